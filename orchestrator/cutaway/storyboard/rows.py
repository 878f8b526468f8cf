"""One storyboard times many rows of data: `{name}` in its words becomes what the row has under `name`.

Placeholders may stand in every free text: the title, the style's words, the cast's names, kinds, descriptions and
colours, the shots' actions, settings and lighting, and overlays. `{{name}}` means the words `{name}` themselves. What a
row says is put in as it is: a placeholder inside a value stays words. Equal words give equal content keys, so what is
the same in two rows (a shot without placeholders, two rows with the same colour) is made once.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from pydantic import ValidationError

from cutaway.errors import InputError
from cutaway.storyboard.model import MAX_TEXT_CHARS, Storyboard

MAX_ROWS: Final = 1000
MOST_TOLD: Final = 20
"""Faults that one error names."""
_PLACE: Final = re.compile(r"\{\{([A-Za-z][A-Za-z0-9 _.-]{0,39})\}\}|\{([A-Za-z][A-Za-z0-9 _.-]{0,39})\}")

Row = Mapping[str, Any]
"""One row: columns by name. Values are words or numbers."""


def placeholders(storyboard: Storyboard) -> tuple[str, ...]:
    """The columns that the storyboard's words name, each once, in the order of the film."""
    return tuple(_named(storyboard))


def _named(storyboard: Storyboard) -> dict[str, str]:
    """The columns that the storyboard names, each with the first place that does."""
    found: dict[str, str] = {}
    for where, text in _texts(storyboard):
        for match in _PLACE.finditer(text):
            if match[2]:
                found.setdefault(match[2].strip(), where)
    return found


def fill(storyboard: Storyboard, rows: Sequence[Row]) -> tuple[Storyboard, ...]:
    """A storyboard for every row, in order.

    Raises `InputError` naming the row (from 1), the column and the shot of every placeholder that a row has nothing
    for, of every value that cannot be used, and of words that grow too long (the first `MOST_TOLD` of them); and for no
    rows, or more than 1,000.
    """
    if not 1 <= len(rows) <= MAX_ROWS:
        raise InputError(
            f"A batch has 1 to {MAX_ROWS:,} rows, not {len(rows):,}.", fix="Split the data into several batches."
        )
    named = _named(storyboard)
    if not named and len(rows) > 1:
        raise InputError(
            f"Nothing in the storyboard changes with the data, so all {len(rows)} films would be the same.",
            fix="Write a column's name in braces where its value should be, for example {name}.",
        )
    faults: list[InputError] = list(_missing_everywhere(named, rows))
    told = {fault.message for fault in faults}
    films = []
    for number, row in enumerate(rows, 1):
        wrong = [fault for column, where in named.items() if (fault := _fault(row, number, column, where, rows))]
        faults += [fault for fault in wrong if fault.message not in told]
        if wrong:
            continue
        try:
            films.append(_filled(storyboard, row, number))
        except InputError as error:
            faults.append(error)
    if faults:
        more = f"\nand {len(faults) - MOST_TOLD} more." if len(faults) > MOST_TOLD else ""
        raise InputError("\n".join(fault.message for fault in faults[:MOST_TOLD]) + more, fix=faults[0].fix)
    return tuple(films)


def unused(storyboard: Storyboard, rows: Sequence[Row]) -> tuple[str, ...]:
    """What to know about columns that the storyboard does not name: a sentence each, with what was perhaps meant."""
    named = placeholders(storyboard)
    columns = dict.fromkeys(str(column) for row in rows for column in row)
    said = []
    for column in columns:
        if column in named:
            continue
        place = _place_called(storyboard, column)
        hint = f"; {place}" if place else ""
        said.append(f"The column {column!r} is used nowhere{hint}.")
    return tuple(said)


def name_rows(storyboard: Storyboard, rows: Sequence[Row]) -> tuple[str, ...]:
    """What each row calls itself, at most 60 characters: its first column that the storyboard names, as words."""
    named = placeholders(storyboard)
    return tuple(next((said for c in row if c in named and (said := _said(row[c]))), "")[:60] for row in rows)


def _filled(storyboard: Storyboard, row: Row, number: int) -> Storyboard:
    data = storyboard.model_dump(mode="json")
    for where, part, field in _fields(data):
        if _PLACE.search(part[field]):
            part[field] = _PLACE.sub(_value_of(row), part[field])
            if len(part[field]) > MAX_TEXT_CHARS:
                raise InputError(
                    f"Row {number}: the {field} of {where} becomes {len(part[field])} characters long.",
                    fix=f"At most {MAX_TEXT_CHARS} fit; shorten the row's words.",
                )
    try:
        return Storyboard.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"]) or "storyboard"
        raise InputError(f"Row {number} makes a storyboard that is not valid at {place}: {first['msg']}.") from error


def _value_of(row: Row) -> Callable[[re.Match[str]], str]:
    """What stands in for a placeholder; the row has been looked through already."""
    return lambda match: f"{{{match[1]}}}" if match[1] else _said(row[match[2].strip()])


def _fault(row: Row, number: int, column: str, where: str, rows: Sequence[Row]) -> InputError | None:
    """What is wrong with a row's value for a placeholder, None when nothing is."""
    if column not in row:
        everywhere = len(rows) > 1 and not any(column in one for one in rows)
        who = "No row has a" if everywhere else f"Row {number} has no"
        return InputError(f"{who} column {column!r}, which {where} names.", fix=_near(row, column))
    if _said(row[column]):
        return None
    return InputError(
        f"Row {number}, column {column!r} has nothing that {where} could say.",
        fix="Give one line of words or a number there.",
    )


def _missing_everywhere(named: Mapping[str, str], rows: Sequence[Row]) -> Iterator[InputError]:
    """A column that no row has is told once."""
    for column, where in named.items():
        if len(rows) > 1 and not any(column in row for row in rows):
            fault = _fault(rows[0], 1, column, where, rows)
            assert fault is not None  # no row has it
            yield fault


def _near(row: Row, column: str) -> str:
    near = difflib.get_close_matches(column.lower(), [str(one).lower() for one in row], n=1)
    meant = next((str(one) for one in row if near and str(one).lower() == near[0]), "")
    hint = f"Did you mean {{{meant}}}? " if meant else ""
    has = ", ".join(map(str, row)) or "none"
    return f"{hint}It has {has}; {{{{{column}}}}} stands for the words themselves."


def _place_called(storyboard: Storyboard, column: str) -> str:
    """Where a column that nothing names could belong: a placeholder, cast or overlay of nearly that name."""
    low = column.lower()
    if near := difflib.get_close_matches(low, [one.lower() for one in placeholders(storyboard)], n=1):
        return f"did you mean {{{next(p for p in placeholders(storyboard) if p.lower() == near[0])}}}?"
    for overlay in storyboard.overlays:
        if difflib.get_close_matches(low, [overlay.id.lower()]):
            return f"the overlay {overlay.id!r} says {overlay.text!r} in every film: did you mean {{{column}}} there?"
    for member in storyboard.cast:
        if difflib.get_close_matches(low, [member.id.lower(), member.name.lower(), member.kind.lower()], n=1):
            return f"the cast {member.id!r} is the same in every film: did you mean {{{column}}} in its name or kind?"
    return ""


def _said(value: Any) -> str:
    """A value as words, '' for what is none: nothing, lists, several lines, control characters."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        return ""
    text = str(value).strip()
    return text if text.isprintable() else ""


def _texts(storyboard: Storyboard) -> Iterator[tuple[str, str]]:
    for where, part, field in _fields(storyboard.model_dump(mode="json")):
        yield where, part[field]


def _fields(data: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Every free text of a storyboard's JSON: where it stands, the object and its key."""
    yield "the film", data, "title"
    yield "the style", data["style"], "words"
    for member in data["cast"]:
        for field in ("name", "kind", "description", "colour"):
            yield f"cast {member['id']!r}", member, field
    numbers = {shot["id"]: number for number, shot in enumerate(data["shots"], 1)}
    for shot in data["shots"]:
        for field in ("action", "setting", "lighting"):
            yield f"shot {numbers[shot['id']]} ({shot['id']!r})", shot, field
    for overlay in data["overlays"]:
        on = overlay["shot_id"]
        place = f"shot {numbers[on]} ({on!r})" if on is not None else "the film"
        yield f"overlay {overlay['id']!r} of {place}", overlay, "text"
