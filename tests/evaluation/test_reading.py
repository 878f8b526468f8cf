"""A conversations file: what is wrong with it is said with its line and turn, before anything is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from cutaway.errors import InputError
from cutaway.evaluation.reading import read

GOOD = """\
- conversation: fox
  start: {cast: [fox], shots: [{cast: [fox], setting: forest}]}
  context: {sheet.md: ["Fox food", "Price: $4"]}
  turns:
    - {say: "at night", edits: [{op: set_time, time_of_day: night}]}
    - say: how much is the food?
      kind: question
      intent: answer
      cites: ["sheet.md:2"]
"""


def read_text(tmp_path: Path, text: str) -> str:
    """What is said about a file, '' when nothing is."""
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    try:
        read(path)
    except InputError as error:
        return error.message.removeprefix(f"{path}")
    return ""


def test_a_good_file_is_read(tmp_path: Path) -> None:
    assert read_text(tmp_path, GOOD) == ""


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("set_time,", "set_tme,", ", line 5: turn 1 of 'fox': Input tag 'set_tme'"),
        ("time_of_day: night", "time_of_day: noon", ", line 5: turn 1 of 'fox'"),
        (
            "time_of_day: night}",
            "time_of_day: night, shots: [s9]}",
            ", line 5: turn 1 of 'fox': its edits do not apply",
        ),
        ("time_of_day: night", "time_of_day: day", ", line 5: turn 1 of 'fox': its edits change nothing"),
        ("sheet.md:2", "sheet.md:3", ", line 6: turn 2 of 'fox': cites 'sheet.md:3'"),
        ("intent: answer", "intent: undo\n      target: ['7']", ", line 6: turn 2 of 'fox': there is no version 7"),
        ("intent: answer", "intent: redo", ", line 6: turn 2 of 'fox': there is nothing to redo"),
        ("intent: answer", "intent: edit", ", line 6: turn 2 of 'fox': intent edit needs edits"),
        ("kind: question", "kid: question", "kid: Extra inputs"),
        ("- conversation: fox", "- conversation: The Fox", ", line 1: the head of 'The Fox', conversation"),
        ("cast: [fox], setting", "cast: [dog], setting", "names cast 'dog'"),
        ("  turns:", "  turns: []\n  other:", ", line 4: the head of 'fox', turns"),
    ],
)
def test_a_fault_is_named_with_its_place(tmp_path: Path, old: str, new: str, says: str) -> None:
    assert old in GOOD
    assert says in read_text(tmp_path, GOOD.replace(old, new))


def test_a_name_used_twice_is_refused(tmp_path: Path) -> None:
    assert "another conversation has this name" in read_text(tmp_path, GOOD + GOOD)


@pytest.mark.parametrize("text", ["", "just words", "conversation: fox", "- [a, b"])
def test_what_is_no_list_of_conversations_is_refused(tmp_path: Path, text: str) -> None:
    assert read_text(tmp_path, text) != ""


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There is no file"):
        read(tmp_path / "none.yaml")
