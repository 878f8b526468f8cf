"""Wind and storm bend what grows and what is worn, from the left; in any other weather both are as they were."""

from __future__ import annotations

import pytest
from PIL import Image

from cutaway_providers.sketch.pen import Pen
from cutaway_providers.sketch.subjects import DRAWINGS
from cutaway_providers.sketch.subjects.drawing import Look, Pose
from cutaway_providers.sketch.sway import GROWN, STRENGTH
from providers.sketches import film, layers_at, order

BLOWN = [(setting, name) for setting, grown in GROWN.items() for name in grown]


def tip(request: object, name: str, t: float) -> tuple[int, int]:
    """Where the highest opaque pixel of a layer is."""
    shot = film(request)  # type: ignore[arg-type]
    alpha = shot.layer_at(name, t).getchannel("a").point([255 if v > 200 else 0 for v in range(256)])
    box = alpha.getbbox()
    assert box is not None
    row = alpha.crop((0, box[1], alpha.width, box[1] + 1)).getbbox()
    assert row is not None
    return row[0], box[1]


@pytest.mark.parametrize(("setting", "name"), BLOWN)
@pytest.mark.parametrize("weather", sorted(STRENGTH))
def test_what_grows_bends_and_sways(setting: str, name: str, weather: str) -> None:
    calm, early, late = (
        layers_at(order(setting=setting, weather=w), t)[name]
        for w, t in (("clear", 0.5), (weather, 0.5), (weather, 1.4))
    )
    assert len({calm, early, late}) == 3


@pytest.mark.parametrize("setting", sorted(GROWN))
def test_what_stands_stiff_does_not_bend(setting: str) -> None:
    calm, wind = layers_at(order(setting=setting)), layers_at(order(setting=setting, weather="wind"))
    stiff = calm.keys() - GROWN[setting].keys()
    assert {name: wind[name] for name in stiff} == {name: calm[name] for name in stiff}


@pytest.mark.parametrize("weather", ["clear", "rain", "fog"])
def test_nothing_bends_without_wind(weather: str) -> None:
    before, after = layers_at(order(weather="clear")), layers_at(order(weather=weather))
    assert {name: after[name] for name in before} == before


def test_trees_lean_with_the_wind_and_a_storm_bends_them_more() -> None:
    calm, wind, storm = (tip(order(weather=w), "near", 0.5) for w in ("clear", "wind", "storm"))
    assert calm[0] < wind[0] < storm[0]


def test_the_bent_layer_reaches_both_edges_of_the_frame() -> None:
    shot = film(order(setting="forest", weather="storm"))
    picture = shot.layer_at("front", 0.5)
    foot = picture.crop((0, picture.height - 2, picture.width, picture.height)).getchannel("a")
    assert foot.getextrema()[0] == 255


def test_the_same_wind_blows_in_the_same_shot() -> None:
    request = order(weather="wind")
    assert film(request).draw(0.7).tobytes() == film(request).draw(0.7).tobytes()


@pytest.mark.parametrize("kind", ["girl", "cowboy", "superhero", "woman"])
def test_hair_and_cloth_are_blown(kind: str) -> None:
    assert len({_worn(kind, wind, 0.4).tobytes() for wind in (-1.0, 0.0, 1.0)}) == 3


def test_whoever_faces_left_has_the_wind_ahead() -> None:
    cast = [{"id": kind, "name": kind, "kind": kind, "description": ""} for kind in ("girl", "boy")]
    left, right = film(order(cast=cast, weather="wind", action="they stand")).troupe.actors
    assert {(actor.flip, actor.look.wind) for actor in (left, right)} == {(False, 1.0), (True, -1.0)}


def test_no_wind_blows_on_the_cast_indoors() -> None:
    inside, outside = (film(order("girl", setting=setting, weather="storm")) for setting in ("kitchen", "meadow"))
    assert inside.troupe.actors[0].look.wind == 0
    assert outside.troupe.actors[0].look.wind > 0


@pytest.mark.parametrize("wind", [-1.5, 1.5])
@pytest.mark.parametrize(
    "words", ["superhero", "cowboy", "girl ponytail", "girl umbrella", "girl balloon", "long woman"]
)
def test_what_is_blown_stays_inside_its_own_sheet(words: str, wind: float) -> None:
    for k in range(8):
        alpha = _worn(words, wind, k * 0.31).getchannel("a")
        left, top, right, bottom = alpha.getbbox() or (0, 0, 0, 0)
        assert left > 0, k
        assert top > 0, k
        assert right < alpha.width, k
        assert bottom < alpha.height, k


def _worn(words: str, wind: float, t: float) -> Image.Image:
    drawing = DRAWINGS["person"]
    pen = Pen(drawing.box, 90)
    drawing.draw(pen, Pose(t, deed="idle"), Look(None, frozenset(words.split()), 0.5, wind=wind))
    return pen.finish()
