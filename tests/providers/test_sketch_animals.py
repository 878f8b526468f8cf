"""The sketch artist's animals: each answers to its noun, moves, and fits every frame."""

from __future__ import annotations

import pytest
from PIL import Image, ImageChops

from cutaway_providers.sketch.pen import Pen
from cutaway_providers.sketch.subjects import DRAWINGS
from cutaway_providers.sketch.subjects.drawing import Look, Pose
from cutaway_providers.sketch.subjects.mouth import opened
from providers.sketching import actor_of, check_drawn, scene_of, seen, shot_of

LAND = [
    ("grey wolf", "wolf"), ("red fox", "fox"), ("wild horse", "horse"), ("white unicorn", "horse"),
    ("dairy cow", "cow"), ("black bull", "cow"), ("woolly sheep", "sheep"), ("pink piglet", "pig"),
    ("old elephant", "elephant"),
    ("male lion", "lion"), ("bengal tiger", "lion"), ("brown bear", "bear"), ("giant panda", "bear"),
    ("white rabbit", "rabbit"), ("young stag", "deer"), ("field mouse", "mouse"), ("tree frog", "frog"),
    ("sea turtle", "turtle"), ("emperor penguin", "penguin"), ("green dragon", "dragon"),
]  # fmt: skip
ALOFT = [
    ("barn owl", "owl"), ("golden eagle", "eagle"), ("monarch butterfly", "butterfly"), ("honey bee", "bee"),
    ("fire dragon", "dragon"), ("white swan", "swan"), ("wild duck", "duck"),
]  # fmt: skip
AFLOAT = [
    ("goldfish", "fish"), ("great white shark", "shark"), ("blue whale", "whale"), ("bottlenose dolphin", "dolphin"),
    ("giant octopus", "octopus"), ("rubber duck", "duck"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "subject"), LAND)
def test_an_animal_of_the_land_is_drawn_as_itself(kind: str, subject: str) -> None:
    check_drawn(kind, subject)


@pytest.mark.parametrize(("kind", "subject"), ALOFT)
def test_an_animal_that_flies_stays_under_the_upper_edge(kind: str, subject: str) -> None:
    check_drawn(kind, subject, action="flies")


@pytest.mark.parametrize(("kind", "subject"), AFLOAT)
def test_an_animal_of_the_sea_swims(kind: str, subject: str) -> None:
    check_drawn(kind, subject, action="swims", setting="the sea", in_water=True)
    assert actor_of(kind, action="swims", setting="the sea").member.deed == "swim"


def test_no_two_animals_are_the_same_drawing() -> None:
    kinds = sorted({subject: kind for kind, subject in (*LAND, *AFLOAT, *ALOFT)}.values())
    assert len({seen(actor_of(kind), 0.5).picture for kind in kinds}) == len(kinds)


@pytest.mark.parametrize("kind", ["wolf", "horse", "elephant", "penguin", "whale"])
def test_an_animal_that_goes_left_is_the_mirror_of_one_that_goes_right(kind: str) -> None:
    right, left = actor_of(kind, action="runs"), actor_of(kind, action="runs to the left")
    assert (right.flip, left.flip) == (False, True)
    assert right.speed > 0 > left.speed


def test_a_running_horse_has_another_gait_than_a_walking_one() -> None:
    walking, running = actor_of("horse", action="walks"), actor_of("horse", action="gallops")
    assert running.speed > 1.5 * walking.speed
    assert seen(walking, 0.5).picture != seen(running, 0.5).picture


def test_words_choose_among_the_coats_of_one_drawing() -> None:
    pictures = {seen(actor_of(kind), 0.5).picture for kind in ("lion", "lioness", "tiger", "leopard")}
    assert len(pictures) == 4


@pytest.mark.parametrize(
    ("kind", "note"),
    [
        ("coyote", "I drew the coyote as a wolf."),
        ("white goose", "I drew the goose as a duck."),
        ("killer orca", "I drew the orca as a whale."),
        ("sea gull", "I drew the gull as a bird."),
        ("toad", "I drew the toad as a frog."),
        ("donkey", "I drew the donkey as a horse."),
    ],
)
def test_a_near_relative_is_said(kind: str, note: str) -> None:
    assert shot_of(scene_of(kind)).sketch.notes == (note,)


SPEAKERS = (
    "fox", "wolf", "dog", "cat", "lion", "bear", "elephant", "deer", "horse", "cow", "sheep", "pig", "rabbit", "mouse",
    "frog", "turtle", "bird", "eagle", "owl", "penguin", "duck", "swan", "fish", "shark", "whale", "dolphin", "octopus",
    "dragon", "bee", "robot", "child", "person",
)  # fmt: skip


@pytest.mark.parametrize("subject", SPEAKERS)
def test_whoever_talks_opens_and_shuts_a_mouth(subject: str) -> None:
    drawing = DRAWINGS[subject]

    def drawn(deed: str, t: float) -> Image.Image:
        pen = Pen(drawing.box, 160)
        drawing.draw(pen, Pose(t, deed=deed), Look(None, frozenset({subject})))
        return pen.finish()

    wide, narrow = 0.15, 0.43
    assert opened(Pose(wide, deed="talk")) > 2 * opened(Pose(narrow, deed="talk"))
    for t in (wide, narrow):
        changed = ImageChops.difference(drawn("talk", t), drawn("idle", t)).getbbox(alpha_only=False)
        assert changed is not None
        if subject not in {"child", "person"}:
            # Nothing but the mouth is elsewhere than in one who is silent at this moment; people move a hand, too.
            whole = drawn("idle", t)
            assert (changed[2] - changed[0]) * (changed[3] - changed[1]) < 0.06 * whole.width * whole.height


def test_a_mouth_is_shut_while_its_owner_is_silent() -> None:
    assert opened(Pose(0.15, deed="idle")) == 0
