"""A table of rows as a person gives it: CSV (comma, semicolon or tab, a header line), or JSON with an object a line.

What cannot be read is refused with the line it is in; nothing is guessed and no row is left out silently.
"""

from __future__ import annotations

import csv
import io
import json
from pathlib import PurePath
from typing import Any, Final, NamedTuple

from cutaway.errors import InputError
from cutaway.storyboard.rows import MAX_ROWS, Row

MAX_BYTES: Final = 5_000_000
JSON_LINES: Final = frozenset({".jsonl", ".ndjson"})


class Table(NamedTuple):
    """Rows in order, and the line of the file that each begins on, counted from 1."""

    rows: tuple[Row, ...]
    lines: tuple[int, ...]


def read_table(name: str, data: bytes) -> Table:
    """The rows of a file; `.jsonl` and `.ndjson` hold an object a line, anything else is CSV.

    Cells and column names are trimmed, empty lines left out. Raises `InputError` naming the line that cannot be read:
    another encoding than UTF-8, a column without a name or named twice, a row with more cells than columns, a line
    that is no JSON object, no rows, or more than 1,000.
    """
    if len(data) > MAX_BYTES:
        raise InputError(
            f"{name} has {len(data):,} bytes; the limit is {MAX_BYTES:,}.", fix="Split it into several tables."
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise InputError(f"{name} is not UTF-8 text (line {line}).", fix="Save it as UTF-8.") from error
    rows = _json_rows(name, text) if PurePath(name).suffix.lower() in JSON_LINES else _csv_rows(name, text)
    if not rows:
        raise InputError(f"{name} has no rows.", fix="Give a line that names the columns, and a line for each film.")
    if len(rows) > MAX_ROWS:
        raise InputError(f"{name} has {len(rows):,} rows; a batch has at most {MAX_ROWS:,}.", fix="Split the table.")
    return Table(tuple(row for _, row in rows), tuple(line for line, _ in rows))


def _csv_rows(name: str, text: str) -> list[tuple[int, Row]]:
    comma = max(",;\t", key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=comma, strict=True)
    columns: list[str] = []
    rows: list[tuple[int, Row]] = []
    line = 0
    try:
        for cells in reader:
            # A quoted cell may span lines; a row is named by the line it begins on.
            line, begins = reader.line_num, line + 1
            cells = [cell.strip() for cell in cells]
            if not any(cells):
                continue
            if not columns:
                columns = _columns(name, cells, begins)
                continue
            if len(cells) > len(columns) and any(cells[len(columns) :]):
                raise InputError(
                    f"{name}, line {begins} has {len(cells)} cells for {len(columns)} columns.",
                    fix=f"Put a cell that holds {comma!r} in quotation marks.",
                )
            cells += [""] * (len(columns) - len(cells))
            rows.append((begins, dict(zip(columns, cells, strict=False))))
    except csv.Error as error:
        raise InputError(
            f"{name} is not readable as CSV: {error} (line {line + 1}).", fix="Close its quotation marks."
        ) from error
    return rows


def _columns(name: str, cells: list[str], line: int) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    for number, cell in enumerate(cells, 1):
        if not cell:
            raise InputError(f"{name}, line {line}: column {number} has no name.", fix="Name every column.")
        if cells.index(cell) != number - 1:
            raise InputError(f"{name}, line {line} names the column {cell!r} twice.", fix="Give each its own name.")
    return cells


def _json_rows(name: str, text: str) -> list[tuple[int, Row]]:
    rows: list[tuple[int, Row]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row: Any = json.loads(line)
        except ValueError as error:
            raise InputError(f"{name}, line {number} is not JSON: {error}.", fix="Write one object a line.") from error
        if not isinstance(row, dict):
            raise InputError(
                f"{name}, line {number} is no JSON object.", fix='Write one object a line, like {"name": "Ann"}.'
            )
        rows.append((number, row))
    return rows
