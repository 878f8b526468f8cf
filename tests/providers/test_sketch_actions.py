"""What the cast of a sketch does together: talk, give, fall, rise, stop, and where one is to another."""

from __future__ import annotations

import pytest

from cutaway_providers.sketch.cast import Actor
from providers.sketching import actor_of, by_id, film_of, scene_of, seen, shot_of


def pair(*kinds: str, action: str, **scene: float) -> tuple[Actor, Actor]:
    shot = shot_of(scene_of(*kinds, action=action, **scene))  # type: ignore[arg-type]
    return by_id(shot, "m0"), by_id(shot, "m1")


def test_two_who_talk_are_turned_to_each_other_and_take_turns() -> None:
    one, other = pair("wizard", "knight", action="talk", duration_s=6.0)
    assert (one.flip, other.flip) == (False, True)
    told = [(one.at(t).pose.deed, other.at(t).pose.deed) for t in (0.5, 2.5, 4.0)]
    assert told == [("talk", "idle"), ("idle", "talk"), ("talk", "idle")]


def test_something_without_a_picture_passes_from_hand_to_hand_as_a_parcel() -> None:
    woman, boy = pair("woman", "boy", action="gives the boy something")
    assert [(woman.at(t).pose.gift, boy.at(t).pose.gift) for t in (0.4, 1.6)] == [(True, False), (False, True)]
    assert (woman.flip, boy.flip) == (False, True)
    assert 0 < boy.start - woman.start < 0.3 * 480


def test_a_thing_of_the_cast_that_is_given_goes_from_one_to_the_other() -> None:
    shot = shot_of(scene_of("woman", "man", "book", action="gives the man a book"))
    woman, man, book = (by_id(shot, f"m{i}") for i in range(3))
    assert book.at(0.2).x < book.at(1.8).x
    assert woman.start < book.at(0.2).x < man.start
    assert not woman.at(0.2).pose.gift


@pytest.mark.parametrize("kind", ["balloon", "woman", "helicopter", "rocket"])
def test_what_rises_goes_up_and_what_falls_comes_down(kind: str) -> None:
    rising, falling = actor_of(kind, action="rises"), actor_of(kind, action="falls")
    assert rising.at(1.9).y < rising.at(0.1).y - 40
    assert falling.at(1.9).y > falling.at(0.1).y + 40
    assert falling.at(1.9).pose.deed == "idle"


def test_what_stops_goes_first_and_then_stands() -> None:
    dog = actor_of("dog", action="walks and stops")
    assert dog.member.deed == "stop"
    assert dog.at(0.8).x > dog.at(0.2).x + 5
    assert dog.at(1.9).x == dog.at(1.4).x
    assert (dog.at(0.5).pose.pace, dog.at(1.9).pose.pace) == (1.0, 0.0)


def test_a_dancer_dances() -> None:
    assert actor_of("dancer", action="dances").at(0.5).pose.deed == "dance"


def test_behind_is_nearer_the_horizon_and_drawn_first() -> None:
    man, tree = pair("man", "tree", action="hides behind the tree")
    assert man.depth < tree.depth
    assert man.base < tree.base
    assert abs(man.start - tree.start) < 0.25 * 480


def test_on_stands_on_the_top_of_the_other() -> None:
    cat, chair = pair("cat", "chair", action="sits on the chair")
    assert cat.start == chair.start
    assert seen(chair, 0.5).top < cat.at(0.5).y < seen(chair, 0.5).bottom
    assert cat.depth > chair.depth


def test_on_moves_with_whom_it_stands() -> None:
    mouse, elephant = pair("mouse", "elephant", action="the elephant walks with the mouse on the elephant")
    assert mouse.at(1.5).x - mouse.at(0.5).x == pytest.approx(elephant.at(1.5).x - elephant.at(0.5).x)


def test_toward_walks_up_to_the_other_and_stands_before_it() -> None:
    dog, girl = pair("dog", "girl", action="runs toward the girl")
    apart = [abs(dog.at(t).x - girl.at(t).x) for t in (0.0, 0.2, 1.9)]
    assert apart[0] > apart[1] > apart[2] > 20
    assert girl.at(1.9).x == girl.at(0.0).x
    assert (dog.flip, girl.flip) == (False, True)


def test_beside_stands_close() -> None:
    near, far = pair("cat", "dog", action="the cat sits beside the dog"), pair("cat", "dog", action="sit")
    assert abs(near[0].start - near[1].start) < abs(far[0].start - far[1].start)


def test_four_with_a_relation_stay_in_the_frame() -> None:
    shot = shot_of(scene_of("farmer", "cow", "pig", "duck", action="the duck stands on the cow"))
    for actor in shot.troupe.actors:
        look = seen(actor, 0.5)
        assert look.left > -10
        assert look.right < 490


def test_the_same_scene_gives_the_same_frame() -> None:
    request = scene_of("woman", "boy", action="gives the boy a present", hour="dusk")
    assert film_of(request).draw(0.9).tobytes() == film_of(request).draw(0.9).tobytes()
