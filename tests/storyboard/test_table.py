"""Tables as people give them: rows by column name, and every fault with its line."""

from __future__ import annotations

import pytest

from cutaway.errors import InputError
from cutaway.storyboard.rows import MAX_ROWS
from cutaway.storyboard.table import read_table


@pytest.mark.parametrize("comma", [",", ";", "\t"])
def test_a_table_is_read_whatever_separates_its_cells(comma: str) -> None:
    text = f"name{comma} price\nEmber{comma} $89 \n\nGlow{comma}$49\n"
    assert read_table("p.csv", text.encode()).rows == (
        {"name": "Ember", "price": "$89"},
        {"name": "Glow", "price": "$49"},
    )


def test_a_quoted_cell_may_hold_the_separator_and_a_mark_of_byte_order_is_no_letter() -> None:
    data = b'\xef\xbb\xbfname,claim\r\nEmber,"Warm, bright"\r\n'
    assert read_table("p.csv", data).rows == ({"name": "Ember", "claim": "Warm, bright"},)


def test_a_row_is_known_by_the_line_it_begins_on() -> None:
    assert read_table("p.csv", b'a,b\n\n"two\nlines",1\nx,2\n').lines == (3, 5)


def test_a_short_row_has_empty_cells() -> None:
    assert read_table("p.csv", b"name,price\nEmber\n").rows == ({"name": "Ember", "price": ""},)


def test_lines_of_json_keep_numbers() -> None:
    assert read_table("p.jsonl", b'{"name": "Ember", "hours": 40}\n\n').rows == ({"name": "Ember", "hours": 40},)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("p.csv", b"", "p.csv has no rows"),
        ("p.csv", b"name,price\n", "p.csv has no rows"),
        ("p.csv", b"name,,price\na,b,c\n", "line 1: column 2 has no name"),
        ("p.csv", b"name,name\na,b\n", "line 1 names the column 'name' twice"),
        ("p.csv", b'name,price\n"two\nlines",1\na,b,c\n', "line 4 has 3 cells for 2 columns"),
        ("p.csv", b'name\n"open\n', "not readable as CSV"),
        ("p.csv", b"name\n\xff\n", r"not UTF-8 text \(line 2\)"),
        ("p.jsonl", b'{"a": 1}\n{"a": \n', "line 2 is not JSON"),
        ("p.jsonl", b"[1]\n", "line 1 is no JSON object"),
        ("p.csv", b"name\n" + b"x\n" * (MAX_ROWS + 1), "has 1,001 rows; a batch has at most 1,000"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(name: str, data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_table(name, data)
