from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cutaway.errors import StoryboardError
from cutaway.storyboard import SCHEMA_VERSION, Storyboard, dump, load, parse
from cutaway.storyboard.upcast import CURRENT, STEPS
from storyboard.films import film

GOLDEN = Path(__file__).parent / "golden"


def test_a_storyboard_of_schema_0_is_read_in_the_current_shape() -> None:
    board = load((GOLDEN / "version-0.json").read_text())
    assert [(s.duration_s, s.setting, s.action) for s in board.shots] == [
        (4.0, "a grey sea", "rows home"),
        (2.5, "the tower", "climbs the stairs"),
    ]
    assert (board.schema_version, board.overlays[0].text) == (SCHEMA_VERSION, "Home")
    assert load(dump(board)) == board


def test_every_older_schema_has_its_step_up() -> None:
    assert sorted(STEPS) == list(range(CURRENT))
    assert CURRENT == SCHEMA_VERSION


def test_a_newer_schema_is_refused_and_says_to_upgrade() -> None:
    data = json.loads(dump(film())) | {"schema_version": CURRENT + 1}
    with pytest.raises(StoryboardError, match=rf"schema version {CURRENT + 1}.*Upgrade"):
        parse(data)


@pytest.mark.parametrize("version", ["1", -1, 1.5, None])
def test_a_schema_version_that_is_no_version_is_refused(version: Any) -> None:
    with pytest.raises(StoryboardError, match="schema version"):
        parse(json.loads(dump(film())) | {"schema_version": version})


@pytest.mark.parametrize("text", ["", "not json", "[]", "3", '{"shots": []}', '{"schema_version": 1}'])
def test_what_is_no_storyboard_is_refused(text: str) -> None:
    with pytest.raises(StoryboardError):
        load(text)


def test_an_unknown_key_is_refused_with_its_place() -> None:
    data = json.loads(dump(film()))
    data["shots"][1]["colour"] = "red"
    with pytest.raises(StoryboardError, match=r"shots\.1\.colour"):
        parse(data)


def test_equal_storyboards_give_equal_bytes() -> None:
    assert dump(film()) == dump(Storyboard.model_validate(json.loads(dump(film()))))
