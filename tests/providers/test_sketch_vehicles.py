"""The sketch artist's vehicles and buildings."""

from __future__ import annotations

import pytest

from providers.sketching import WIDE, actor_of, by_id, check_drawn, scene_of, seen, shot_of

ROAD = [
    ("delivery truck", "truck"), ("fire engine", "truck"), ("ambulance", "truck"), ("city bus", "bus"),
    ("steam train", "train"), ("tram", "train"), ("red tractor", "tractor"), ("motorcycle", "motorcycle"),
]  # fmt: skip
AIR = [
    ("passenger plane", "aeroplane"), ("biplane", "aeroplane"), ("helicopter", "helicopter"),
    ("hot air balloon", "hot air balloon"), ("ufo", "flying saucer"),
]  # fmt: skip
BUILDINGS = [
    ("stone castle", "castle"), ("old windmill", "windmill"), ("village church", "church"),
    ("skyscraper", "skyscraper"),    ("cottage", "house"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "subject"), ROAD)
def test_a_vehicle_of_the_road_drives(kind: str, subject: str) -> None:
    check_drawn(kind, subject, action="waits")
    actor = actor_of(kind, action="drives", size=WIDE)
    assert actor.at(1.5).x > actor.at(0.2).x
    assert actor.at(1.5).pose.cycle > actor.at(0.2).pose.cycle


@pytest.mark.parametrize(("kind", "subject"), AIR)
def test_an_aircraft_flies_when_nothing_else_is_said(kind: str, subject: str) -> None:
    check_drawn(kind, subject, action="")
    assert actor_of(kind, action="").member.deed == "fly"


def test_a_rocket_that_launches_leaves_the_frame_upwards() -> None:
    check_drawn("rocket", "rocket")
    rocket = actor_of("rocket", action="launches")
    assert seen(rocket, 0.0).bottom > 300
    assert seen(rocket, 2.0).bottom < 60


def test_a_ship_sails_on_the_sea() -> None:
    check_drawn("ocean liner", "ship", setting="the sea", action="sails", in_water=True)
    assert shot_of(scene_of("ship", action="", setting="")).sketch.setting == "sea"


@pytest.mark.parametrize(("kind", "subject"), BUILDINGS)
def test_a_building_stands_in_the_distance_and_something_on_it_moves(kind: str, subject: str) -> None:
    film = shot_of(scene_of(kind))
    actor = by_id(film, "m0")
    assert (actor.member.subject, film.sketch.notes) == (subject, ())
    assert actor.depth < 50
    assert seen(actor, 0.2).picture != seen(actor, 1.7).picture
    assert seen(actor, 0.2).top >= 0


def test_lamps_are_lit_at_night() -> None:
    for kind in ("truck", "bus", "train", "castle", "skyscraper", "ship"):
        assert seen(actor_of(kind, hour="night"), 0.5).picture != seen(actor_of(kind), 0.5).picture


@pytest.mark.parametrize(("steed", "subject"), [("horse", "horse"), ("motorcycle", "motorcycle")])
def test_somebody_who_rides_sits_on_what_the_shot_has(steed: str, subject: str) -> None:
    film = shot_of(scene_of("woman", steed, action=f"rides the {steed}"))
    (mount,) = film.troupe.actors
    assert mount.member.subject == subject
    assert mount.rider is not None
    assert mount.rider.member.label == "woman"
