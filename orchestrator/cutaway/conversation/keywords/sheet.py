"""A product sheet read from context lines: name, price, colour, features, each with its line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cutaway.conversation.keywords.phrases import tokens
from cutaway.conversation.keywords.verbs import find_verb
from cutaway.conversation.keywords.words import OUTDOOR_GOODS
from cutaway.conversation.plan import ContextLine

PRICE: Final = re.compile(
    r"(?:US|CA|AU)?[$€£¥₹]\s?\d{1,9}(?:[.,]\d{1,3}){0,3}(?:\.\d{2})?"
    r"|\b\d{1,9}(?:[.,]\d{1,3}){0,3}\s?(?:€|£|USD|EUR|GBP|dollars|euros|pounds)(?!\w)",
    re.I,
)
_FIELD: Final = re.compile(r"^\s*([A-Za-z][\w /&()-]{0,30}?)\s*[:=|]\s*(\S.*)$")
_MARKERS: Final = re.compile(r"^\s*(?:#{1,6}\s+|[-*+•]\s+|\d{1,2}[.)]\s+)|\*\*|__|`")
_NAME_KEYS: Final = frozenset({"name", "product", "product name", "title", "item", "model"})
_COLOUR_KEYS: Final = frozenset({"colour", "color", "finish", "colours", "colors"})
_TELLING: Final = frozenset(
    "holds brewed made fired built baked grown roasted contains closed open no not free comes needs weighs "
    "measures fits keeps".split()
)
_OTHER_KEYS: Final = frozenset({"tagline", "slogan", "sku", "url", "link", "brand", "category", "id", "notes"})


@dataclass(frozen=True, slots=True)
class Fact:
    """Words of the sheet and the line they stand in."""

    text: str
    line: ContextLine


@dataclass(frozen=True, slots=True)
class Sheet:
    """One product. A part the sheet does not give is None."""

    name: Fact
    price: Fact | None = None
    colour: Fact | None = None
    tagline: Fact | None = None
    features: tuple[Fact, ...] = ()
    lines: tuple[ContextLine, ...] = ()

    @property
    def outdoors(self) -> bool:
        """Whether the sheet speaks of camps, trails or forests."""
        words = {word for line in self.lines for word in re.findall(r"[a-z]+", line.text.lower())}
        return bool(words & OUTDOOR_GOODS)


def plain(text: str) -> str:
    """A line without Markdown markers."""
    return _MARKERS.sub("", text).strip()


def pairs(line: ContextLine) -> list[tuple[str, str]]:
    """The "key: value" pairs of a line; a CSV row holds several, parted by semicolons."""
    parts = plain(line.text).split("; ")
    found = [match.groups() for part in parts if (match := _FIELD.match(part))]
    return [(key.strip().lower(), value.strip()) for key, value in found]


def read_sheets(context: Sequence[ContextLine]) -> list[Sheet]:
    """The products the context holds, in order; one per document, or one per row of a table."""
    sheets: list[Sheet] = []
    documents: dict[str, list[ContextLine]] = {}
    for line in context:
        documents.setdefault(line.ref.rpartition(":")[0], []).append(line)
    for lines in documents.values():
        rows = [line for line in lines if {key for key, _ in pairs(line)} & _NAME_KEYS and len(pairs(line)) > 1]
        for part in [[row] for row in rows] if rows else [lines]:
            if (sheet := _read(part)) is not None:
                sheets.append(sheet)
    return sheets


def _may_name(line: ContextLine) -> bool:
    """Whether a line may be the name of a product: short, no pair, no price, and no sentence with a verb."""
    text = plain(line.text)
    if pairs(line) or not text or len(text) > 80 or PRICE.search(text):
        return False
    words = tokens(text)
    return find_verb(words, opening=True)[0] is None and not _telling(words)


def _telling(words: Sequence[str]) -> bool:
    """Whether words tell something, "Holds 350 ml", "Brewed in Leeds", rather than name it."""
    return bool(words) and len(words) > 1 and words[0].lower() in _TELLING


def _read(lines: Sequence[ContextLine]) -> Sheet | None:
    found: dict[str, Fact] = {}
    features: list[Fact] = []
    fields = 0
    named = next((line for line in lines if _may_name(line)), None)
    for line in lines:
        keyed = pairs(line)
        for key, value in keyed:
            fields += 1
            fact = Fact(value, line)
            if key in _NAME_KEYS:
                found.setdefault("name", fact)
            elif "price" in key or key in {"cost", "rrp", "msrp"}:
                amount = PRICE.search(value)
                found.setdefault("price", Fact(amount[0].strip() if amount else value, line))
            elif key in _COLOUR_KEYS:
                found.setdefault("colour", fact)
            elif key in {"tagline", "slogan"}:
                found.setdefault("tagline", fact)
            elif key not in _OTHER_KEYS:
                features.append(Fact(value if key in {"feature", "features"} else f"{key.capitalize()}: {value}", line))
        text = plain(line.text)
        if not keyed and text:
            amount = PRICE.search(text)
            if "name" not in found and line is named:
                found["name"] = Fact(text, line)
            elif amount and "price" not in found:
                found["price"] = Fact(amount[0].strip(), line)
            elif len(text) <= 160:
                features.append(Fact(text, line))
    if "name" not in found or not ("price" in found or fields >= 2):
        return None
    # Whole sentences say more on screen than "weight: 310 g"; numbers say more than adjectives.
    features.sort(key=lambda fact: (":" in fact.text, not any(c.isdigit() for c in fact.text)))
    return Sheet(
        name=found["name"],
        price=found.get("price"),
        colour=found.get("colour"),
        tagline=found.get("tagline"),
        features=tuple(features),
        lines=tuple(lines),
    )
