from __future__ import annotations

import pytest

from cutaway.storyboard import Storyboard, apply, brief, content_key, order, scene
from cutaway.storyboard import edits as e
from storyboard.films import film


def wordy() -> Storyboard:
    return apply(film(), [e.SetAction(action="walks on and on " * 20), e.SetSetting(setting="a very long road " * 20)])


@pytest.mark.parametrize("limit", [1, 20, 100, 399])
def test_a_brief_is_cut_within_a_models_limit_at_a_word(limit: int) -> None:
    board = wordy()
    whole = brief(board, board.shots[0], max_chars=100_000).prompt
    cut = brief(board, board.shots[0], max_chars=limit).prompt
    assert len(cut) <= limit
    assert whole.startswith(cut)
    assert limit < 20 or whole[len(cut)] == " "


def test_a_brief_that_fits_is_whole() -> None:
    board = film()
    whole = brief(board, board.shots[1]).prompt
    assert brief(board, board.shots[1], max_chars=len(whole)).prompt == whole
    assert whole.startswith("Rusty (red fox)")
    assert "Ada (owl)" in whole
    assert "climbs a ridge" in whole


def test_an_order_holds_the_shots_length_size_scene_and_references() -> None:
    board = apply(film(), [e.AddReference(cast_id="fox", sha256="a" * 64), e.SetResolution(resolution="720p")])
    request = order(board, board.shots[1])
    assert (request.duration_s, str(request.size), request.fps) == (4.0, "1280x720", 24)
    assert request.scene == scene(board, board.shots[1])
    assert [ref.sha256 for ref in request.inputs] == ["a" * 64]


def test_an_order_never_holds_words_for_the_picture() -> None:
    board = film()
    assert "$89" not in order(board, board.shots[1]).model_dump_json()


def test_another_take_is_another_picture_with_another_seed() -> None:
    board = film()
    again = apply(board, [e.Retake(shots=("s1",))])
    assert content_key(board, board.shots[0]) != content_key(again, again.shots[0])
    assert order(board, board.shots[0]).seed != order(again, again.shots[0]).seed


def test_each_stage_has_its_own_key() -> None:
    board = film()
    assert content_key(board, board.shots[0], "animatic") != content_key(board, board.shots[0], "final")
