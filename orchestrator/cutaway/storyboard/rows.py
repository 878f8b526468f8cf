"""One storyboard times many rows of data: `{name}` in its words becomes what the row has under `name`.

Placeholders may stand in every free text: the title, the style's words, the cast's names, kinds and descriptions, the
shots' actions, settings and lighting, and overlays. `{{name}}` means the words `{name}` themselves. What a row says is
put in as it is: a placeholder inside a value stays words. Equal words give equal content keys, so what is the same in
two rows (a shot without placeholders, two rows with the same colour) is made once.
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
_PLACE: Final = re.compile(r"\{\{([A-Za-z][A-Za-z0-9 _.-]{0,39})\}\}|\{([A-Za-z][A-Za-z0-9 _.-]{0,39})\}")

Row = Mapping[str, Any]
"""One row: columns by name. Values are words or numbers."""


def placeholders(storyboard: Storyboard) -> tuple[str, ...]:
    """The columns that the storyboard's words name, each once, in the order of the film."""
    found: dict[str, None] = {}
    for _, text in _texts(storyboard):
        found |= {match[2].strip(): None for match in _PLACE.finditer(text) if match[2]}
    return tuple(found)


def fill(storyboard: Storyboard, rows: Sequence[Row]) -> tuple[Storyboard, ...]:
    """A storyboard for every row, in order.

    Raises `InputError` naming the row (from 1), the column and the shot of the first placeholder that a row has nothing
    for, of a value that cannot be used, or of words that grow too long; and for no rows, or more than 1,000.
    """
    if not 1 <= len(rows) <= MAX_ROWS:
        raise InputError(
            f"A batch has 1 to {MAX_ROWS:,} rows, not {len(rows):,}.", fix="Split the data into several batches."
        )
    named = placeholders(storyboard)
    if not named and len(rows) > 1:
        raise InputError(
            f"Nothing in the storyboard changes with the data, so all {len(rows)} films would be the same.",
            fix="Write a column's name in braces where its value should be, for example {name}.",
        )
    return tuple(_filled(storyboard, row, number) for number, row in enumerate(rows, 1))


def name_rows(storyboard: Storyboard, rows: Sequence[Row]) -> tuple[str, ...]:
    """What each row calls itself, at most 60 characters: its first column that the storyboard names, as words."""
    named = placeholders(storyboard)
    return tuple(next((said for c in row if c in named and (said := _said(row[c]))), "")[:60] for row in rows)


def _filled(storyboard: Storyboard, row: Row, number: int) -> Storyboard:
    data = storyboard.model_dump(mode="json")
    for where, part, field in _fields(data):
        if _PLACE.search(part[field]):
            part[field] = _PLACE.sub(_value_of(row, number, where), part[field])
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


def _value_of(row: Row, number: int, where: str) -> Callable[[re.Match[str]], str]:
    def value(match: re.Match[str]) -> str:
        if match[1]:
            return f"{{{match[1]}}}"
        column = match[2].strip()
        said = _said(row.get(column))
        if said:
            return said
        if column not in row:
            near = difflib.get_close_matches(column, list(row), n=1)
            hint = f"Did you mean {{{near[0]}}}? " if near else ""
            has = ", ".join(map(str, row)) or "none"
            raise InputError(
                f"Row {number} has no column {column!r}, which {where} names.",
                fix=f"{hint}It has {has}; {{{{{column}}}}} stands for the words themselves.",
            )
        raise InputError(
            f"Row {number}, column {column!r} has nothing that {where} could say.",
            fix="Give one line of words or a number there.",
        )

    return value


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
        for field in ("name", "kind", "description"):
            yield f"cast {member['id']!r}", member, field
    numbers = {shot["id"]: number for number, shot in enumerate(data["shots"], 1)}
    for shot in data["shots"]:
        for field in ("action", "setting", "lighting"):
            yield f"shot {numbers[shot['id']]} ({shot['id']!r})", shot, field
    for overlay in data["overlays"]:
        on = overlay["shot_id"]
        place = f"shot {numbers[on]} ({on!r})" if on is not None else "the film"
        yield f"overlay {overlay['id']!r} of {place}", overlay, "text"
