"""Which of the things in the notes is lighter, cheaper or bigger: their figures set side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cutaway.conversation.keywords.sheet import PRICE, pairs, plain
from cutaway.conversation.plan import ContextLine

_ASKED: Final[tuple[tuple[str, str, int], ...]] = (
    (r"light(?:er|est)|weighs? (?:less|least)", "weight", -1),
    (r"heav(?:ier|iest)|weighs? (?:more|most)", "weight", 1),
    (r"cheap(?:er|est)|costs? (?:less|least)|(?:less|least) expensive|lower price|better value", "price", -1),
    (r"dear(?:er|est)|pric(?:ier|iest)|costs? (?:more|most)|(?:more|most) expensive|higher price", "price", 1),
    (r"big(?:ger|gest)|larg(?:er|est)|holds? (?:more|most)|taller|tallest|wider|widest|fits? (?:more|most)", "size", 1),
    (r"small(?:er|est)|holds? (?:less|least)|narrower|tiniest|compact", "size", -1),
    (r"long(?:er|est)|lasts? (?:longer|longest)", "time", 1),
    (r"short(?:er|est)|quick(?:er|est)|fast(?:er|est)", "time", -1),
    (r"new(?:er|est)|younger|youngest", "year", 1),
    (r"old(?:er|est)", "year", -1),
)  # fmt: skip
_UNITS: Final[tuple[tuple[str, str, float], ...]] = (
    (r"kg|kilos?", "weight", 1.0), (r"g|grams?", "weight", 0.001), (r"lbs?", "weight", 0.4536),
    (r"oz", "weight", 0.02835),
    (r"ml", "size", 0.001), (r"cl", "size", 0.01), (r"l|litres?|liters?", "size", 1.0),
    (r"mm", "size", 0.001), (r"cm", "size", 0.01), (r"m|metres?|meters?|m²|sqm", "size", 1.0),
    (r"seconds?|secs?", "time", 1 / 60), (r"minutes?|mins?", "time", 1.0), (r"hours?|hrs?|h", "time", 60.0),
    (r"days?", "time", 1440.0), (r"years?", "time", 525_600.0),
)  # fmt: skip
_KEYS: Final[tuple[tuple[str, str], ...]] = (
    (r"weigh", "weight"), (r"price|cost|rrp|fee", "price"),
    (r"sleeps|seats|size|volume|capacity|holds|height|width|length|rooms?", "size"),
    (r"burn|last|duration|time|takes", "time"), (r"year|built|since|founded", "year"),
)  # fmt: skip
_NAMES: Final = frozenset({"name", "product", "title", "item", "model"})
_NUMBER: Final = re.compile(r"\d{1,9}(?:[.,]\d{1,3})*")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one thing: `kind` is "weight", "price" ..., `value` in kilograms, litres, metres or minutes."""

    name: str
    kind: str
    value: float
    said: str
    line: ContextLine
    rowed: bool = False


def compared(question: str, context: Sequence[ContextLine]) -> tuple[str, tuple[ContextLine, ...]] | None:
    """The answer to a comparison and the lines it comes from; None where the notes have no two to compare."""
    wanted = next(
        ((kind, way) for pattern, kind, way in _ASKED if re.search(rf"\b(?:{pattern})\b", question, re.I)), None
    )
    if wanted is None:
        return None
    kind, way = wanted
    found = [figure for figure in figures(context) if figure.kind == kind]
    words = set(re.findall(r"[a-z]+", question.lower()))
    named = [figure for figure in found if set(re.findall(r"[a-z]{3,}", figure.name.lower())) & words]
    rows = [figure for figure in found if figure.rowed]
    there = named if len(named) > 1 else rows if len(rows) > 1 else found
    if len({figure.name for figure in there}) < 2:
        return None
    there = sorted(there, key=lambda figure: -way * figure.value)
    first, rest = there[0], there[1:4]
    said = ", ".join(f"{figure.name} {figure.said}" for figure in rest)
    lines = tuple(dict.fromkeys(figure.line for figure in (first, *rest)))
    refs = ", ".join(line.ref for line in lines)
    return f"{first.name}: {first.said}, against {said} ({refs}).", lines


def figures(context: Sequence[ContextLine]) -> list[Figure]:
    """Every figure in the notes with its thing: a row's name, a key that names a thing, or the document."""
    found: list[Figure] = []
    documents: dict[str, str] = {}
    for line in context:
        documents.setdefault(line.ref.rpartition(":")[0], plain(line.text))
    for line in context:
        keyed = pairs(line)
        row = next((value for key, value in keyed if key in _NAMES), "")
        title = documents[line.ref.rpartition(":")[0]]
        for key, value in keyed or [("", plain(line.text))]:
            kind = next((name for pattern, name in _KEYS if re.search(pattern, key)), "")
            name = row or (title if kind or not key else key)
            if key in _NAMES or (read := _value(key, value, kind)) is None:
                continue
            found.append(Figure(name[:60], read[0], read[1], value[:60], line, bool(row)))
    return found


def _value(key: str, text: str, kind: str) -> tuple[str, float] | None:
    number = _NUMBER.search(text)
    if number is None:
        return None
    amount = float(number[0].replace(",", "") if re.search(r",\d{3}", number[0]) else number[0].replace(",", "."))
    after = text[number.end() :].strip().lower()
    for pattern, unit_kind, factor in _UNITS:
        if re.match(rf"(?:{pattern})\b", after):
            return (kind if kind in {"price"} else unit_kind), amount * factor
    if kind:
        return kind, amount
    if PRICE.search(text) or (key and re.fullmatch(r"\d+[.,]\d{2}", text.strip())):
        return "price", amount
    return None
