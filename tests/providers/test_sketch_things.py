"""The sketch artist's products and things, the turntable and the hero shot."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from cutaway_providers.sketch.turntable import turned
from providers.sketching import actor_of, check_drawn, film_of, scene_of, seen

THINGS = [
    ("smartphone", "phone"), ("silver laptop", "laptop"), ("running sneaker", "shoe"), ("leather boot", "shoe"),
    ("wrist watch", "watch"), ("smartwatch", "watch"), ("headphones", "headphones"), ("hiking backpack", "backpack"),
    ("wooden chair", "chair"), ("armchair", "chair"), ("old book", "book"), ("electric guitar", "guitar"),
    ("football", "ball"), ("red balloon", "balloon"), ("umbrella", "umbrella"), ("birthday cake", "cake"),
    ("cheeseburger", "burger"), ("pepperoni pizza", "pizza"), ("sunflower", "flower"), ("oak tree", "tree"),
    ("film camera", "camera"), ("porcelain teapot", "teapot"), ("kettle", "kettle"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "subject"), THINGS)
def test_a_thing_is_drawn_as_itself_and_is_never_quite_still(kind: str, subject: str) -> None:
    check_drawn(kind, subject, setting="studio", action="")


def test_no_two_things_are_the_same_drawing() -> None:
    assert len({seen(actor_of(kind, setting="studio"), 0.5).picture for kind, _ in THINGS}) == len(THINGS)


def test_a_thing_beside_somebody_is_smaller_than_alone() -> None:
    assert actor_of("book", "woman").scale < 0.6 * actor_of("book").scale


def test_a_product_on_a_turntable_turns_its_face_away_and_back() -> None:
    film = film_of(scene_of("teapot", action="rotates on a turntable", setting="studio", duration_s=4.0))
    still = film_of(scene_of("teapot", action="", setting="studio", duration_s=4.0))
    assert film.troupe.actors[0].member.deed == "turn"

    def width(t: float) -> int:
        """Columns of the middle of the frame in which the teapot's glaze is seen."""
        frame = film.draw(t)
        row = [frame.getpixel((x, 330)) for x in range(480)]
        return sum(isinstance(p, tuple) and p[2] > p[0] + 30 for p in row)

    assert width(1.5) < 0.4 * width(0.0)
    assert width(3.0) > 0.8 * width(0.0)
    assert film.draw(0.5).tobytes() != still.draw(0.5).tobytes()


def test_a_hero_shot_grows_towards_the_product_and_lights_its_edge() -> None:
    hero, plain = (film_of(scene_of("shoe", action=a, setting="studio")) for a in ("hero shot", ""))
    assert hero.troupe.actors[0].scale > plain.troupe.actors[0].scale
    assert hero.troupe.actors[0].at(1.9).size > hero.troupe.actors[0].at(0.1).size == pytest.approx(1.0, abs=0.01)
    assert hero.draw(0.0).tobytes() != plain.draw(0.0).tobytes()


def test_a_hero_shot_is_known_by_the_words_of_the_product_too() -> None:
    assert actor_of("hero shot of a red sneaker", action="", setting="studio").member.deed == "hero"


def test_the_colour_of_a_product_comes_from_its_words() -> None:
    blue, red = actor_of("blue sneaker"), actor_of("red sneaker")
    assert blue.look.colour != red.look.colour
    assert seen(blue, 0.5).picture != seen(red, 0.5).picture


def test_no_pixel_of_a_turning_product_is_brighter_than_it_covers() -> None:
    picture = Image.new("RGBa", (60, 60))
    ImageDraw.Draw(picture).ellipse((10, 10, 50, 50), fill=(60, 60, 60, 120))
    for t in (0.4, 1.2, 2.0, 2.8):
        pixels = np.asarray(turned(picture, 30.0, t))
        assert (pixels[..., :3].max(axis=2) <= pixels[..., 3]).all()
