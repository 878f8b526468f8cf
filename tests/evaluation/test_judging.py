"""What counts as right: the film that comes of it, not the way there; a person's own words; ranges; exact texts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cutaway.conversation.plan import TurnPlan
from cutaway.evaluation.conversation import Conversation
from cutaway.evaluation.judging import judge
from cutaway.evaluation.playing import Step, play
from cutaway.evaluation.words import alike, mentions, same
from cutaway.storyboard import edits as e
from cutaway.storyboard.edits import Edit
from cutaway.storyboard.model import CastMember, Overlay, Shot, Storyboard

START = {
    "cast": [{"kind": "fox", "colour": "red"}, "owl"],
    "shots": [{"cast": ["fox"], "action": "trots", "setting": "forest"}, {"cast": ["fox", "owl"], "setting": "ridge"}],
    "texts": [{"kind": "caption", "text": "Vulpes", "shot": 1}],
}


def step(say: str, start: Any = START, **expected: Any) -> Step:
    turn = {"say": say, **expected}
    (found,) = play(Conversation.model_validate({"conversation": "one", "start": start, "turns": [turn]}))
    assert found.problem == ""
    return found


def edited(found: Step, *edits: Edit) -> bool:
    return judge(found, TurnPlan(intent="edit", decision="video", edits=edits)).right


def test_two_ways_to_the_same_film_are_equally_right() -> None:
    found = step("night", edits=[{"op": "set_time", "time_of_day": "night"}])
    assert edited(found, e.SetTime(time_of_day="night"))
    assert edited(found, e.SetTime(shots=("s2",), time_of_day="night"), e.SetTime(shots=("s1",), time_of_day="night"))
    assert not edited(found, e.SetTime(shots=("s2",), time_of_day="night"))


def test_an_edit_too_many_is_wrong() -> None:
    found = step("rain", edits=[{"op": "set_weather", "weather": "rain"}])
    assert not edited(found, e.SetWeather(weather="rain"), e.SetGrade(grade="cool"))


def test_a_range_takes_what_lies_in_it() -> None:
    found = step("slower", edits=[{"op": "set_speed", "speed": "0.4..0.9"}])
    assert all(edited(found, e.SetSpeed(speed=speed)) for speed in (0.4, 0.75, 0.9))
    assert not any(edited(found, e.SetSpeed(speed=speed)) for speed in (0.3, 1.0, 1.5))


def test_words_may_be_the_persons_own_and_nobody_elses() -> None:
    found = step("put it on an old stone bridge", edits=[{"op": "set_setting", "setting": "bridge"}])
    assert edited(found, e.SetSetting(setting="an old stone bridge"))
    assert not edited(found, e.SetSetting(setting="a golden bridge"))
    assert not edited(found, e.SetSetting(setting="an old stone"))


def test_a_new_member_is_told_by_what_it_is_and_not_by_its_id() -> None:
    found = step("add a brown dog", edits=[{"op": "add_cast", "member": _member("dog")}])
    assert edited(found, e.AddCast(member=CastMember(id="rex", name="dog", kind="dog", colour="brown")))
    assert not edited(found, e.AddCast(member=CastMember(id="dog", name="dog", kind="dog")))


def _member(kind: str) -> dict[str, str]:
    return {"id": kind, "name": kind, "kind": kind, "colour": "brown"}


def test_a_new_shot_is_judged_by_the_fields_that_were_asked_for() -> None:
    shot = {"id": "s9", "cast": ["owl"], "action": "sleeps|dozes"}
    found = step("then the owl dozes off", edits=[{"op": "add_shot", "shot": shot}])
    assert edited(found, e.AddShot(shot=Shot(id="new", cast=("owl",), action="dozing", camera="orbit")))
    assert not edited(found, e.AddShot(shot=Shot(id="new", cast=("fox",), action="dozing")))
    assert not edited(found, e.AddShot(shot=Shot(id="new", cast=("owl",), action="dozing"), at=1))


def test_words_on_the_picture_are_exact_where_the_person_wrote_them() -> None:
    overlay = {"id": "t", "kind": "title", "text": "Low Tide", "shot_id": "s1"}
    found = step("title Low Tide", edits=[{"op": "add_overlay", "overlay": overlay}])
    assert edited(found, e.AddOverlay(overlay=Overlay(id="x", kind="title", text="Low Tide", shot_id="s1")))
    assert not edited(found, e.AddOverlay(overlay=Overlay(id="x", kind="title", text="low tide", shot_id="s1")))
    assert not edited(found, e.AddOverlay(overlay=Overlay(id="x", kind="title", text="Low Tide", shot_id="s2")))


def test_the_style_of_new_words_counts_where_one_was_asked_for() -> None:
    bold = {"id": "t", "kind": "title", "text": "Fox", "style": "bold"}
    asked = step('title "Fox" in bold', edits=[{"op": "add_overlay", "overlay": bold}])
    left = step('title "Fox"', edits=[{"op": "add_overlay", "overlay": {"id": "t", "kind": "title", "text": "Fox"}}])
    plain, heavy = (
        e.AddOverlay(overlay=Overlay.model_validate(bold | {"style": style})) for style in ("plain", "bold")
    )
    assert [edited(asked, plain), edited(asked, heavy)] == [False, True]
    assert [edited(left, plain), edited(left, heavy)] == [True, True]


def test_words_that_were_there_keep_how_they_are_drawn() -> None:
    change = {"op": "change_overlay", "overlay_id": "caption-s1"}
    asked = step("light the words as they are said", edits=[change | {"spoken": True}])
    assert edited(asked, e.ChangeOverlay(overlay_id="caption-s1", spoken=True))
    assert not edited(asked, e.ChangeOverlay(overlay_id="caption-s1", style="band"))
    said = step("say Fox instead", edits=[change | {"text": "Fox"}])
    assert not edited(said, e.ChangeOverlay(overlay_id="caption-s1", text="Fox", spoken=True))


def test_the_loudness_of_the_clips_and_whether_the_music_steps_back_count() -> None:
    quiet = step("clips quieter", edits=[{"op": "set_sound", "clips_volume": "0.2..0.7"}])
    assert [edited(quiet, e.SetSound(clips_volume=volume)) for volume in (0.1, 0.5)] == [False, True]
    steady = step("never lower the music", edits=[{"op": "set_sound", "duck": False}])
    assert edited(steady, e.SetSound(duck=False))
    assert not edited(steady, e.SetSound(volume=1))


def test_edits_that_cannot_apply_are_wrong_and_it_says_why() -> None:
    found = step("rain", edits=[{"op": "set_weather", "weather": "rain"}])
    plan = TurnPlan(intent="edit", decision="video", edits=(e.SetWeather(shots=("s7",), weather="rain"),))
    assert judge(found, plan).wrong[0].startswith("its edits do not apply")


def test_a_question_is_right_only_where_one_was_expected_and_with_choices_if_so() -> None:
    ask = TurnPlan(intent="ask", reply="Which one?")
    assert not judge(step("rain", edits=[{"op": "set_weather", "weather": "rain"}]), ask).decision
    found = step("use our song", intent="ask", choices=True)
    assert not judge(found, ask).right
    assert judge(found, ask.model_copy(update={"choices": ("Calm music",)})).right


def test_an_answer_needs_its_words_and_its_source() -> None:
    found = step("how long?", about="film", says=["6|six"])
    assert judge(found, TurnPlan(intent="answer", reply="It plays 6 s.")).right
    assert not judge(found, TurnPlan(intent="answer", reply="It plays 60 s.")).right


def test_a_new_film_is_judged_by_the_facts_that_were_named() -> None:
    film = {"aspect": "1:1", "cast": ["cat|black cat"], "shots": [{"cast": ["cat"], "setting": "roof|rooftop"}]}
    found = step("a square one: a black cat naps on a roof", None, film=film)
    cat = CastMember(id="tom", name="Tom", kind="black cat")
    good = Storyboard(aspect="1:1", cast=(cat,), shots=(Shot(id="a", cast=("tom",), setting="a rooftop"),))
    assert judge(found, _makes(good)).right
    assert not judge(found, _makes(good.model_copy(update={"aspect": "16:9"}))).right
    assert not judge(found, _makes(good.model_copy(update={"shots": (*good.shots, Shot(id="b"))}))).right
    dog = CastMember(id="dog", name="dog", kind="dog")
    assert not judge(found, _makes(good.model_copy(update={"cast": (cat, dog)}))).right
    swallowed = CastMember(id="tom", name="cat", kind="square one a black cat")
    assert not judge(found, _makes(good.model_copy(update={"cast": (swallowed,)}))).right


def test_a_new_film_has_its_words_in_the_style_that_was_named() -> None:
    film: dict[str, Any] = {"cast": ["fox"], "texts": [{"kind": "title", "text": "Fox", "style": "elegant"}]}
    found = step("a fox, with an elegant title: Fox", start=None, film=film)
    elegant = found.turn.gold.film
    assert elegant is not None
    board = elegant.storyboard()
    plain = board.model_copy(update={"overlays": (board.overlays[0].model_copy(update={"style": "plain"}),)})
    assert judge(found, _makes(board)).right
    assert not judge(found, _makes(plain)).right


def _makes(film: Storyboard) -> TurnPlan:
    return TurnPlan(intent="make", decision="video", storyboard=film)


@pytest.mark.parametrize(
    ("a", "b"), [("trots", "trotting"), ("ride", "riding"), ("carry", "carries"), ("dark", "darker"), ("bee", "bees")]
)
def test_endings_do_not_matter(a: str, b: str) -> None:
    assert alike(a, b)
    assert alike(b, a)


@pytest.mark.parametrize(("a", "b"), [("walk", "wall"), ("rain", "train"), ("bear", "bee"), ("day", "night")])
def test_other_words_are_other_words(a: str, b: str) -> None:
    assert not alike(a, b)


def test_nothing_is_not_the_same_as_something() -> None:
    assert same("", "")
    assert not same("forest", "")
    assert not same("", "forest")


def test_a_mention_is_a_whole_word() -> None:
    assert mentions("It plays 9 s.", "9|nine")
    assert not mentions("It plays 19 s.", "9|nine")


def test_the_state_of_a_turn_is_that_of_the_expected_edits_and_moves(tmp_path: Path) -> None:
    turns = [
        {"say": "night", "edits": [{"op": "set_time", "time_of_day": "night"}]},
        {"say": "undo", "intent": "undo"},
        {"say": "redo", "intent": "redo"},
        {"say": "the first", "intent": "undo", "target": ["1"]},
        {"say": "yes", "intent": "approve", "quoted": True},
    ]
    found = list(play(Conversation.model_validate({"conversation": "one", "start": START, "turns": turns})))
    films = [one.situation.storyboard for one in found]
    assert [film.shots[0].time_of_day for film in films if film] == ["day", "night", "day", "night", "day"]
    assert [one.situation.version_id for one in found] == ["v-1", "v-2", "v-1", "v-2", "v-1"]
    assert [len(one.situation.version_numbers) for one in found] == [1, 2, 2, 2, 2]
    assert found[-1].situation.pending_quote
    assert [said.text for said in found[1].situation.window] == ["night", "Done: set time: night."]
