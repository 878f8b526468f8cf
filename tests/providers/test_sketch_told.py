"""What a sketch shows beside its cast: things and others that the action tells of, and several of a kind."""

from __future__ import annotations

import pytest

from cutaway.contract import Size
from cutaway_providers.sketch.counts import count_of
from providers.sketching import SHAPES, by_id, scene_of, seen, shot_of


def told(*kinds: str, action: str, setting: str = "meadow") -> list[tuple[str, str]]:
    """Each member that the action alone brings: its word and what it is drawn as."""
    sketch = shot_of(scene_of(*kinds, action=action, setting=setting)).sketch
    return [(m.label, m.subject) for m in sketch.cast if m.id.startswith("told.")]


@pytest.mark.parametrize(
    ("action", "seen"),
    [
        ("plays football", [("football", "ball")]),
        ("drinks coffee", [("coffee", "mug")]),
        ("chases a cat", [("cat", "cat")]),
        ("gives the girl a croissant", [("girl", "child"), ("croissant", "card")]),
        ("shows a boy a giant toothbrush", [("boy", "child"), ("toothbrush", "card")]),
        ("walks with a dog past a castle", [("dog", "dog")]),
        ("stands beside three sheep", [("sheep", "sheep")]),
    ],
)
def test_what_the_action_tells_of_is_shown(action: str, seen: list[tuple[str, str]]) -> None:
    assert told("woman", action=action) == seen


@pytest.mark.parametrize(
    "action",
    [
        "walks through a door",
        "waves her hand",
        "trots like a king",
        "looks at the moon",
        "puts on a helmet",
        "thinks of a dragon",
        "walks home",
        "takes a step back",
        "runs in the rain",
    ],
)
def test_places_comparisons_and_clothes_are_no_things(action: str) -> None:
    assert told("woman", action=action) == []


def test_whom_the_cast_has_already_is_not_shown_twice() -> None:
    assert told("woman", "red fox", action="feeds a fox") == []


def test_more_than_two_things_or_a_full_cast_bring_no_more() -> None:
    assert len(told("woman", action="holds a book, a ball, a guitar and an umbrella")) == 2
    assert told("fox", "owl", "bear", "wolf", action="find a book") == []


def test_a_colour_in_the_action_is_the_things_colour() -> None:
    shot = shot_of(scene_of("girl", action="holds a green umbrella"))
    plain = shot_of(scene_of("girl", action="holds an umbrella"))
    assert by_id(shot, "told.umbrella").look.colour != by_id(plain, "told.umbrella").look.colour


def test_who_drives_what_is_told_of_is_in_it() -> None:
    cast = shot_of(scene_of("farmer", action="drives a tractor")).sketch.cast
    assert [(m.subject, m.deed) for m in cast] == [("tractor", "drive")]


def test_who_rides_a_wave_has_no_bicycle() -> None:
    cast = shot_of(scene_of("surfer", action="rides a wave", setting="sea")).sketch.cast
    assert [m.subject for m in cast] == ["person"]


def test_a_thing_given_that_is_drawn_goes_from_hand_to_hand() -> None:
    shot = shot_of(scene_of("baker", "girl", action="gives the girl a croissant"))
    baker, girl, croissant = by_id(shot, "m0"), by_id(shot, "m1"), by_id(shot, "told.croissant")
    assert baker.start < croissant.at(0.2).x < croissant.at(1.8).x < girl.start


@pytest.mark.parametrize(
    ("words", "noun", "count"),
    [
        ("two kids", "kid", 2),
        ("five brown hens", "hens", 5),
        ("pigeons", "pigeon", 3),
        ("choir", "choir", 5),
        ("a pair of boots", "boots", 2),
        ("fox", "fox", 1),
        ("children", "children", 3),
        ("bus", "bus", 1),
        ("glass of water", "glass", 1),
        ("octopus", "octopus", 1),
        ("headphones", "headphones", 1),
        ("a dozen eggs", "eggs", 12),
    ],
)
def test_numbers_plurals_and_groups_are_counted(words: str, noun: str, count: int) -> None:
    assert count_of(words.split(), noun) == count


def test_several_of_a_kind_stand_apart_and_look_different() -> None:
    kids = [a for a in shot_of(scene_of("three kids")).troupe.actors if a.member.id == "m0"]
    assert len(kids) == 3
    assert len({round(a.start / 20) for a in kids}) == 3
    assert len({a.look.variety for a in kids}) == 3


def test_many_of_a_kind_are_five_and_the_reply_says_so() -> None:
    shot = shot_of(scene_of("ten kids"))
    assert len(shot.troupe.actors) == 5
    assert "I draw up to 5 of a kind, not 'ten kids'." in shot.sketch.notes


def test_the_first_of_several_is_where_one_alone_would_be() -> None:
    one, many = shot_of(scene_of("hen")), shot_of(scene_of("five hens"))
    assert by_id(one, "m0").start == max(many.troupe.actors, key=lambda a: a.depth).start


def test_what_is_carried_goes_along_in_the_hand() -> None:
    shot = shot_of(scene_of("man", action="carries a box home"))
    man, box = by_id(shot, "m0"), by_id(shot, "told.box")
    for t in (0.2, 1.0, 1.8):
        assert abs(box.at(t).x - man.at(t).x) < 0.3 * man.scale
        assert man.at(t).y - 0.75 * man.scale < box.at(t).y < man.at(t).y - 0.5 * man.scale
    assert man.at(1.8).x != man.at(0.2).x


def test_who_eats_lifts_it_to_the_mouth() -> None:
    shot = shot_of(scene_of("boy", action="eats an apple"))
    apple = by_id(shot, "told.apple")
    heights = [apple.at(t / 10).y for t in range(20)]
    assert max(heights) - min(heights) > 0.15 * by_id(shot, "m0").scale


def test_a_thing_in_the_hand_takes_no_place_of_its_own() -> None:
    one, reading = (by_id(shot_of(scene_of("woman", action=a)), "m0") for a in ("waits", "reads a book"))
    assert reading.start == one.start


def test_a_thing_that_is_only_there_stands_on_the_ground() -> None:
    shot = shot_of(scene_of("woman", action="waits with a suitcase beside a bus"))
    assert by_id(shot, "told.bus").holder is None
    assert not by_id(shot, "m0").holds


@pytest.mark.parametrize(("action", "deed"), [("kneads", "work"), ("drinks", "eat"), ("cheers", "cheer")])
def test_busy_people_move_their_hands(action: str, deed: str) -> None:
    baker = by_id(shot_of(scene_of("baker", action=action)), "m0")
    assert baker.member.deed == deed
    assert len({seen(baker, t).picture for t in (0.1, 0.5, 0.9)}) == 3


@pytest.mark.parametrize("size", SHAPES)
def test_all_of_several_are_in_the_frame(size: Size) -> None:
    shot = shot_of(scene_of("two kids", "dog", "kite", size=size))
    for actor in shot.troupe.actors:
        assert 0 <= actor.start <= size.width_px
