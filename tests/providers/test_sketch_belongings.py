"""Colours of what somebody has are the thing's, not the coat's."""

from __future__ import annotations

import pytest

from cutaway_providers.sketch.appearance import look_of
from cutaway_providers.sketch.belongings import belongings
from cutaway_providers.sketch.palette import COLOUR_WORDS, Colour
from cutaway_providers.sketch.scene import read
from cutaway_providers.sketch.subjects.wardrobe import Dress, dress
from providers.sketches import film, order


def worn(kind: str, description: str) -> Dress:
    one = {"id": "one", "name": kind, "kind": kind, "description": description, "colour": "", "references": []}
    request = order(cast=[one])
    return dress(look_of(film(request).stage, read(request).cast[0]))


@pytest.mark.parametrize(
    ("description", "things", "left"),
    [
        ("with a red umbrella", {"umbrella": "red"}, "with a umbrella"),
        ("in a yellow coat with a blue umbrella", {"umbrella": "blue"}, "in a yellow coat with a umbrella"),
        ("with green rubber boots, black hair", {"shoes": "green", "hair": "black"}, "with rubber boots , hair"),
        ("with a red coat and an umbrella", {}, "with a red coat and an umbrella"),
        ("with a blue scarf", {}, "with a scarf"),
        ("red, with a bag", {}, "red , with a bag"),
    ],
)
def test_a_colour_is_of_the_thing_it_stands_before(description: str, things: dict[str, str], left: str) -> None:
    assert belongings(description) == ({name: COLOUR_WORDS[word] for name, word in things.items()}, left)


@pytest.mark.parametrize("colour", ["red", "blue", "purple"])
def test_an_umbrella_has_the_colour_asked_for_and_the_coat_keeps_its_own(colour: str) -> None:
    plain, asked = worn("girl", "with an umbrella"), worn("girl", f"with a {colour} umbrella")
    assert asked.tool_colour == COLOUR_WORDS[colour]
    assert asked.coat == plain.coat


def test_a_coat_has_its_colour_beside_an_umbrella_of_another() -> None:
    got = worn("girl", "in a yellow coat with a blue umbrella")
    assert (got.coat, got.tool_colour) == (COLOUR_WORDS["yellow"], COLOUR_WORDS["blue"])


def test_a_black_umbrella_says_nothing_of_the_skin() -> None:
    assert worn("woman", "with a black umbrella").skin == worn("woman", "with an umbrella").skin


@pytest.mark.parametrize(("description", "field"), [("with red hair", "hair"), ("in green boots", "shoes")])
def test_hair_and_shoes_have_the_colour_asked_for(description: str, field: str) -> None:
    colour: Colour = getattr(worn("girl", description), field)
    assert colour == COLOUR_WORDS[description.split()[1]]


def test_an_animal_keeps_its_colour_beside_a_scarf_of_another() -> None:
    one = {"id": "fox", "name": "fox", "kind": "fox", "description": "with a blue scarf", "colour": ""}
    assert read(order(cast=[one])).cast[0].colour is None
