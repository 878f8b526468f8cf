"""The sketch artist's places: depth, life, light that follows the hour, and what is said when words contradict."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from cutaway.contract import Size
from cutaway.errors import ProviderError
from cutaway_providers.sketch import provider
from cutaway_providers.sketch.artist import SIZES
from cutaway_providers.sketch.backdrops import BACKDROPS
from cutaway_providers.sketch.layers import Layer
from cutaway_providers.sketch.scene import read
from providers.sketches import film, frame, layers_at, order

PLACES = (
    "forest mountains city sea beach desert meadow village street room kitchen office studio station space underwater "
    "camp harbour lake stairs farm castle market snowfield road"
).split()


def test_every_promised_place_is_drawn() -> None:
    assert set(PLACES) <= set(BACKDROPS)


@pytest.mark.parametrize("setting", sorted(BACKDROPS))
def test_a_place_has_depth(setting: str) -> None:
    shot = film(order(setting=setting))
    assert shot.sketch.setting == setting
    assert len(shot.layers) >= 4
    assert len({getattr(layer, "parallax", None) for layer in shot.layers}) >= 4


@pytest.mark.parametrize("setting", sorted(set(BACKDROPS) - {"studio"}))
def test_a_place_lives_while_nobody_moves(setting: str) -> None:
    # Clouds drift and waves roll everywhere; a place has something of its own that moves.
    request = order(setting=setting, time_of_day="dusk")
    early, late = layers_at(request, 0.3), layers_at(request, 1.4)
    assert [name for name in early if early[name] != late[name] and name not in {"clouds", "sky"}]


def test_windows_light_up_while_dusk_falls_and_not_by_day() -> None:
    shot = film(order(setting="village", time_of_day="dusk"))
    lights = [layer for layer in shot.layers if isinstance(layer, Layer) and layer.shown is not None]
    assert lights
    assert all(layer.shown is not None and not layer.shown(0.0) and layer.shown(1.9) for layer in lights)
    day = film(order(setting="village", time_of_day="day"))
    assert not [layer for layer in day.layers if isinstance(layer, Layer) and layer.shown is not None]


def test_a_train_pulls_in_braking_all_the_way_and_stands() -> None:
    train = film(order(setting="railway station", duration_s=4.0)).layer("train")
    assert isinstance(train, Layer)
    assert train.drift is not None
    at = [train.drift(t)[0] for t in (0.0, 0.8, 1.6, 2.4, 3.6, 3.9)]
    ways = [b - a for a, b in pairwise(at)]
    assert ways[0] > ways[1] > ways[2] > 0
    assert abs(at[5] - at[4]) < 2


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_person_stands_inside_the_frame_of_every_format(width: int, height: int) -> None:
    shot = film(order("young woman", action="waits", setting="street", size=Size(width_px=width, height_px=height)))
    (actor,) = shot.troupe.actors
    spot = actor.at(0.5)
    top = spot.y - actor.drawing.box[3] * actor.scale
    assert 0.1 * height < top < shot.stage.horizon < spot.y < 0.95 * height
    assert 0.2 * width < spot.x < 0.8 * width


@pytest.mark.parametrize("weather", ["rain", "snow", "fog", "storm", "wind"])
@pytest.mark.parametrize(("setting", "where"), [("the moon", "in space"), ("a coral reef", "under water")])
def test_there_is_no_weather_in_space_or_under_water_and_that_is_said(setting: str, where: str, weather: str) -> None:
    sketch = read(order(setting=setting, weather=weather))
    assert sketch.notes == (f"There is no {weather} {where}, so I left it out.",)
    assert not [layer for layer in film(order(setting=setting, weather=weather)).layers if "weather" in layer.name]


@pytest.mark.parametrize(
    ("words", "setting", "notes"),
    [
        (
            "the desert underwater",
            "underwater",
            ("The setting names a desert and the sea bed, so I drew the sea bed.",),
        ),
        ("the sea, underwater", "underwater", ()),
        ("a space station", "space", ()),
        ("an office space", "office", ()),
        ("a village under the stars", "village", ()),
        ("a market on the station square", "station", ()),
    ],
)
def test_words_that_contradict_each_other_give_one_place(words: str, setting: str, notes: tuple[str, ...]) -> None:
    sketch = read(order("dog", setting=words))
    assert (sketch.setting, sketch.notes) == (setting, notes)


@pytest.mark.parametrize(
    ("scene", "notes"),
    [
        ({"action": "walks at midnight"}, ("The words say midnight and the shot's hour is day, so I drew day.",)),
        ({"action": "walks at noon"}, ()),
        ({"action": "walks from dusk till night", "time_of_day": "night"}, ()),
        ({"setting": "a forest at sunset", "time_of_day": "dawn"},
         ("The words say sunset and the shot's hour is dawn, so I drew dawn.",)),
    ],
)  # fmt: skip
def test_an_hour_that_the_words_deny_is_drawn_and_said(scene: dict[str, Any], notes: tuple[str, ...]) -> None:
    assert read(order("dog", **scene)).notes == notes


def test_everything_that_contradicts_is_said_once_and_the_rest_is_drawn() -> None:
    request = order("dog", setting="the desert at noon, underwater", weather="snow", time_of_day="night")
    sketch = read(request)
    assert (sketch.setting, sketch.weather, sketch.hour) == ("underwater", "snow", "night")
    assert len(sketch.notes) == 3
    assert frame(request).getextrema() != ((0, 0),) * 3


def test_a_cast_of_fifty_is_drawn_up_to_the_limit_and_the_numbers_are_said() -> None:
    cast = [
        {"id": f"dog{k}", "name": f"dog {k}", "kind": "dog", "description": "", "colour": "", "references": []}
        for k in range(50)
    ]
    sketch = read(order(cast=cast))
    assert any("50" in note and str(len(sketch.cast)) in note for note in sketch.notes)


@pytest.mark.parametrize("duration_s", [0.1, 600.0])
async def test_a_shot_too_short_or_too_long_is_refused_with_the_bounds(tmp_path: Any, duration_s: float) -> None:
    request = order().model_copy(update={"duration_s": duration_s, "size": Size(width_px=848, height_px=480)})
    with pytest.raises(ProviderError, match=rf"0\.5 to 60 s; {duration_s:g} s were ordered"):
        await provider().render("paper", request, {}, tmp_path / "no.mp4", lambda _: None, lambda: False)
    assert not list(tmp_path.iterdir())


CHANGES: dict[str, dict[str, Any]] = {
    "weather": {"weather": "rain"},
    "camera length": {"duration_s": 2.0},
    "lighting": {"lighting": "film noir"},
    "look": {"look": "neon"},
    "cast": {"kind": "bottle"},
    "action": {"action": "stands there"},
}


@pytest.mark.parametrize("change", sorted(CHANGES))
@pytest.mark.parametrize("setting", ["street", "kitchen", "castle"])
def test_an_edit_leaves_every_layer_that_it_does_not_name_pixel_for_pixel(setting: str, change: str) -> None:
    edited = CHANGES[change] | {"setting": setting}
    before, after = layers_at(order(setting=setting)), layers_at(order(**edited))
    assert {name: after[name] for name in before} == before
    added = after.keys() - before.keys()
    assert all(name.startswith("weather.") for name in added)
    assert bool(added) == (change == "weather")


@pytest.mark.parametrize("weather", ["rain", "storm", "snow"])
def test_under_the_station_roof_nothing_falls_before_the_cast_and_the_platform_stays_dry(weather: str) -> None:
    shot = film(order("girl", setting="station", weather=weather))
    falling = {layer.name: layer.depth for layer in shot.layers if layer.name.startswith("weather.")}
    roof = shot.layer("near").depth
    assert {name for name, depth in falling.items() if depth > roof} == set()
    assert falling["weather.far"] > shot.layer("far").depth
    clear = film(order("girl", setting="station"))
    assert shot.layer_at("ground", 0.8).tobytes() == clear.layer_at("ground", 0.8).tobytes()


def test_a_train_of_the_cast_stands_on_its_rails_beyond_the_platform_and_is_the_only_one() -> None:
    shot = film(order("train", setting="station"))
    (train,) = shot.troupe.actors
    assert shot.layer("mid").depth < train.depth < shot.layer("near").depth
    assert shot.stage.horizon < train.base < shot.stage.feet
    assert {"train", "steam"}.isdisjoint(layer.name for layer in shot.layers)
    without = film(order("girl", setting="station"))
    assert {"train", "steam"} <= {layer.name for layer in without.layers}
