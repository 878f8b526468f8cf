"""Messages and files on their way in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cutaway.conversation.context import MAX_CONTEXT_LINES, classify, clean_message, read_context
from cutaway.errors import AttachmentError, MessageError

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 32
MP4 = b"\x00\x00\x00\x20ftypisom" + b"\x00" * 32


def _lines(name: str, text: str) -> list[tuple[str, str]]:
    return [(line.ref, line.text) for line in read_context(name, text.encode())]


def test_markdown_loses_its_markers_and_keeps_its_line_numbers() -> None:
    sheet = (
        "# Ember camp lantern\n\nPrice: **$89**\n- Burns 40 hours on `one` charge\n"
        "* [Manual](https://x.test/a)\n---\n1. Hang it\n> Colour: brass\n"
    )

    assert _lines("lantern.md", sheet) == [
        ("lantern.md:1", "Ember camp lantern"),
        ("lantern.md:3", "Price: $89"),
        ("lantern.md:4", "Burns 40 hours on one charge"),
        ("lantern.md:5", "Manual"),
        ("lantern.md:7", "Hang it"),
        ("lantern.md:8", "Colour: brass"),
    ]


def test_words_that_only_look_like_markers_stay() -> None:
    assert _lines("a.md", "#1 in camps\n2 * 3 * 4\nsnake_case_name\n-5 degrees") == [
        ("a.md:1", "#1 in camps"),
        ("a.md:2", "2 * 3 * 4"),
        ("a.md:3", "snake_case_name"),
        ("a.md:4", "-5 degrees"),
    ]


def test_plain_text_is_left_as_it_is() -> None:
    assert _lines("notes.txt", "# not a heading\r\n\r\n* star") == [
        ("notes.txt:1", "# not a heading"),
        ("notes.txt:3", "* star"),
    ]


def test_a_table_in_markdown_becomes_its_cells() -> None:
    assert _lines("a.md", "| Name | Price |\n|---|---|\n| Mug | $19 |") == [
        ("a.md:1", "Name; Price"),
        ("a.md:3", "Mug; $19"),
    ]


def test_csv_rows_name_their_columns_and_the_line_they_start_on() -> None:
    goods = 'name,price,note\nEmber,$89,"two\nlines"\n\nMug,$19,\n'

    assert _lines("goods.csv", goods) == [
        ("goods.csv:2", "name: Ember; price: $89; note: two lines"),
        ("goods.csv:5", "name: Mug; price: $19"),
    ]


def test_csv_with_semicolons_and_a_byte_order_mark_is_read() -> None:
    assert _lines("goods.csv", "\ufeffname;price\nEmber;$89") == [("goods.csv:2", "name: Ember; price: $89")]


def test_a_csv_with_only_a_header_is_one_line() -> None:
    assert _lines("goods.csv", "name,price\n") == [("goods.csv:1", "name; price")]


def test_the_reference_holds_the_file_name_without_its_folder() -> None:
    assert _lines("../secret/notes.txt", "hello")[0][0] == "notes.txt:1"


def test_emoji_and_right_to_left_words_stay_in_context() -> None:
    assert _lines("a.txt", "שלום 🦊\u202e") == [("a.txt:1", "שלום 🦊")]


def test_text_that_is_not_utf8_is_refused_with_the_file_the_line_and_the_fix() -> None:
    with pytest.raises(AttachmentError, match=r"prices\.txt is not UTF-8 text \(line 2, byte 9\).*Save it as UTF-8"):
        read_context("prices.txt", b"Price:  \n\xa389")


def test_a_file_over_a_megabyte_is_refused_with_its_size() -> None:
    with pytest.raises(AttachmentError, match=r"1,000,001 bytes; the limit is 1,000,000"):
        read_context("big.txt", b"a" * 1_000_001)


def test_two_thousand_lines_are_read_and_one_more_is_refused() -> None:
    assert len(read_context("a.txt", b"line\n" * MAX_CONTEXT_LINES)) == MAX_CONTEXT_LINES
    with pytest.raises(AttachmentError, match=r"2,001 lines; the limit is 2,000"):
        read_context("a.txt", b"line\n" * (MAX_CONTEXT_LINES + 1))


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.csv"])
def test_a_file_without_words_is_refused(name: str) -> None:
    with pytest.raises(AttachmentError, match="no words"):
        read_context(name, b"\n \n")


def test_another_type_is_not_read_as_text() -> None:
    with pytest.raises(AttachmentError, match=r"Accepted are text"):
        read_context("run.exe", b"hello")


@given(data=st.binary(max_size=400), name=st.sampled_from(["a.md", "a.txt", "a.csv"]))
def test_any_bytes_are_read_or_refused_plainly(data: bytes, name: str) -> None:
    try:
        lines = read_context(name, data)
    except AttachmentError as error:
        refusal = error.message
        lines = ()
    else:
        refusal = name
    assert name in refusal
    numbers = [int(line.ref.rpartition(":")[2]) for line in lines]
    assert numbers == sorted(set(numbers))
    assert all(line.text.strip() and "\n" not in line.text for line in lines)


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.png", PNG, "image"),
        ("renamed.txt", PNG, "image"),
        ("a.jpg", b"\xff\xd8\xff\xe0 jpeg", "image"),
        ("a.webp", b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image"),
        ("a.gif", b"GIF89a....", "image"),
        ("sheet.md", b"# Ember", "text"),
        ("SHEET.CSV", b"a,b", "text"),
        ("empty.txt", b"", "text"),
    ],
)
def test_a_file_is_told_by_its_bytes_and_then_by_its_name(name: str, data: bytes, kind: str) -> None:
    assert classify(name, data) == kind


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("clip.mp4", MP4),
        ("clip.txt", MP4),
        ("clip.webm", b"\x1aE\xdf\xa3 webm"),
        ("clip.avi", b"RIFF\x00\x00\x00\x00AVI LIST"),
        ("clip.mov", b""),
    ],
)
def test_a_video_is_refused_with_what_to_send_instead(name: str, data: bytes) -> None:
    with pytest.raises(AttachmentError, match=r"video input is not accepted yet.*picture.*describe"):
        classify(name, data)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", b"%PDF-1.7"),
        ("a.zip", b"PK\x03\x04"),
        ("run", b"#!/bin/sh"),
        ("a.png", b"not a picture"),
        ("a.md", b"\x00\x01"),
    ],
)
def test_any_other_type_is_refused_naming_the_file_and_what_is_accepted(name: str, data: bytes) -> None:
    with pytest.raises(AttachmentError, match=rf"^{name}.*Accepted are text \(\.md"):
        classify(name, data)


def test_a_hostile_file_name_is_shown_on_one_short_line() -> None:
    with pytest.raises(AttachmentError) as caught:
        classify("\u202egnp\n" + "x" * 500, b"?")

    assert "\n" not in caught.value.message
    assert len(caught.value.message) < 200


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("  make it night \n", "make it night"),
        ("a\x00b\x07c\x1b[31m", "abc[31m"),
        ("one\ttwo\r\nthree", "one two\nthree"),
        ("cafe\u0301", "caf\u00e9"),
        ("a\u202egnp.exe\u202c \u2066b\u2069", "agnp.exe b"),
        ("fox\ud83e", "fox"),
        ("🦊 👩‍🚒 ❤️", "🦊 👩‍🚒 ❤️"),
        ("اجعله ليلاً", "اجعله ليلاً"),
        ("שלום\u200f!", "שלום\u200f!"),
    ],
)
def test_a_message_is_cleaned_and_keeps_what_is_meant(text: str, clean: str) -> None:
    assert clean_message(text) == clean


@pytest.mark.parametrize("text", ["", "   \n\t", "\x00\x07", "\u202e\u202c", "\u200b\u200d", "\ud800"])
def test_an_empty_message_is_refused(text: str) -> None:
    with pytest.raises(MessageError, match="The message is empty"):
        clean_message(text)


def test_a_message_of_the_greatest_length_is_taken_and_a_longer_one_refused_with_both_numbers() -> None:
    assert len(clean_message("a" * 20_000)) == 20_000
    with pytest.raises(MessageError, match=r"100,000 characters; the limit is 20,000"):
        clean_message("a" * 100_000)


@given(st.text(st.characters(), max_size=300))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    try:
        once = clean_message(text)
    except MessageError:
        return
    assert clean_message(once) == once
    once.encode()
