"""The sketch artist: what it makes, what it says it cannot make, and that an edit moves only its own layer."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image, ImageChops

from cutaway.contract import Brief, GenerationRequest, InputRef, LocalProvider, Rendered, Size
from cutaway.errors import ConfigError, ProviderError, StoppedError
from cutaway.media.house import house_frames
from cutaway_providers.sketch import provider
from cutaway_providers.sketch.backdrops import BACKDROPS
from cutaway_providers.sketch.cards import stand_ins
from cutaway_providers.sketch.film import Film
from cutaway_providers.sketch.layers import Layer, View
from cutaway_providers.sketch.palette import HOURS
from cutaway_providers.sketch.pen import Pen
from cutaway_providers.sketch.puppet import sprite
from cutaway_providers.sketch.scene import read
from cutaway_providers.sketch.subjects import DRAWINGS
from cutaway_providers.sketch.subjects.drawing import Look, Pose
from cutaway_providers.sketch.sway import GROWN, STRENGTH

SMALL = Size(width_px=480, height_px=480)
SHA = "a" * 64


def member(
    kind: str, name: str = "", *, id: str = "", colour: str = "", references: tuple[str, ...] = ()
) -> dict[str, Any]:
    return {
        "id": id or kind.split()[-1],
        "name": name or kind,
        "kind": kind,
        "description": "",
        "colour": colour,
        "references": list(references),
    }


def order(
    *cast: dict[str, Any],
    action: str = "trots",
    setting: str = "forest",
    hour: str = "dusk",
    weather: str = "clear",
    camera: str = "static",
    look: str = "paper",
    seed: int = 3,
    duration_s: float = 1.0,
    size: Size = SMALL,
    **scene: Any,
) -> GenerationRequest:
    whole = {
        "schema": 1,
        "cast": list(cast or (member("red fox"),)),
        "style": {"look": look, "words": ""},
        "action": action,
        "setting": setting,
        "time_of_day": hour,
        "weather": weather,
        "lighting": "",
        "camera": camera,
        "seed": seed,
    } | scene
    return GenerationRequest(brief=Brief(prompt="a fox"), scene=whole, duration_s=duration_s, size=size, seed=seed)


def film(request: GenerationRequest) -> Film:
    sketch = read(request)
    return Film(request, sketch, stand_ins(sketch, {})[0])


async def render(request: GenerationRequest, out: Path, inputs: dict[str, Path] | None = None) -> Rendered:
    return await provider().render("paper", request, inputs or {}, out, lambda _: None, lambda: False)


def painted(request: GenerationRequest) -> dict[str, bytes]:
    return {layer.name: layer.image.tobytes() for layer in film(request).layers if isinstance(layer, Layer)}


def path(request: GenerationRequest) -> list[tuple[float, float, float, float]]:
    (actor,) = film(request).troupe.actors
    spots = [actor.at(k / 12) for k in range(12)]
    return [(spot.x, spot.y, spot.lean, spot.pose.cycle) for spot in spots]


def test_importing_the_adapter_and_asking_its_profiles_loads_no_drawing_library() -> None:
    code = (
        "import sys; from cutaway_providers.sketch import provider; provider().profiles();"
        "print(sorted({'PIL', 'av', 'numpy'} & set(sys.modules)))"
    )
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONPATH": ":".join(sys.path)}
    )
    assert said.stdout.strip() == "[]"


def test_the_artist_is_a_local_provider_whose_one_model_is_free() -> None:
    artist = provider()
    (profile,) = artist.profiles()
    assert isinstance(artist, LocalProvider)
    assert (artist.name, profile.id, profile.audio) == ("sketch", "paper", "never")
    assert profile.price is not None
    assert profile.price.upper_bound_usd(order(duration_s=60)) == 0


def test_a_setting_the_artist_does_not_know_is_refused_by_name() -> None:
    with pytest.raises(ConfigError, match="brush"):
        provider(brush="thick")


@pytest.mark.parametrize(("width", "height"), [(848, 480), (720, 1280)])
async def test_the_file_is_exactly_what_was_ordered(tmp_path: Path, width: int, height: int) -> None:
    out = tmp_path / "shot.mp4"
    made = await render(order(duration_s=0.7, size=Size(width_px=width, height_px=height)), out)
    assert made == Rendered(path=out)
    with av.open(str(out)) as opened:
        assert len(opened.streams) == 1
        video = opened.streams.video[0]
        assert (video.codec_context.name, video.codec_context.pix_fmt) == ("h264", "yuv420p")
        assert (video.codec_context.width, video.codec_context.height) == (width, height)
        assert sum(1 for _ in opened.decode(video)) == 17
        assert video.average_rate == 24
    assert house_frames(out, Size(width_px=width, height_px=height), 24) == 17
    data = out.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")


async def test_the_frames_of_a_held_drawing_look_alike(tmp_path: Path) -> None:
    await render(order(weather="rain", camera="dolly_in"), tmp_path / "out.mp4")
    with av.open(str(tmp_path / "out.mp4")) as container:
        frames = [frame.to_ndarray(format="gray").astype(np.int16) for frame in container.decode(video=0)]
    changes = [float(np.abs(after - before).mean()) for before, after in pairwise(frames)]
    assert max(changes[0::2]) < 0.4 < min(changes[1::2])


def test_a_sheet_goes_on_without_a_seam_where_it_begins_again() -> None:
    shot = film(order())
    near = shot.layer("near")
    assert isinstance(near, Layer)
    half = SMALL.width_px // 2
    start, across = (Image.new("RGBa", (SMALL.width_px, SMALL.height_px)) for _ in range(2))
    near.paint(start, shot.stage, View(), 0.0)
    near.paint(across, shot.stage, View(x=(near.period - half) / near.parallax), 0.0)
    width, height = start.size
    assert start.getbbox() is not None
    assert across.crop((half, 0, width, height)).tobytes() == start.crop((0, 0, width - half, height)).tobytes()


async def test_the_same_order_gives_the_same_bytes_and_another_seed_does_not(tmp_path: Path) -> None:
    for name, seed in (("a", 3), ("b", 3), ("c", 4)):
        await render(order(weather="rain", seed=seed, duration_s=0.5), tmp_path / f"{name}.mp4")
    a, b, c = ((tmp_path / f"{name}.mp4").read_bytes() for name in "abc")
    assert a == b
    assert a != c


def test_the_same_fox_walks_the_same_path_through_another_setting_hour_and_weather() -> None:
    here = path(order())
    assert path(order(setting="city")) == here
    assert path(order(hour="night")) == here
    assert path(order(weather="snow")) == here
    assert path(order(seed=9)) != here


def test_a_new_setting_leaves_the_fox_and_the_sky_pixel_for_pixel_as_they_were() -> None:
    forest, city = film(order()), film(order(setting="city"))
    foxes = [sprite(f.stage, f.troupe.actors[0], f.troupe.actors[0].at(0.5), 1.0)[0].tobytes() for f in (forest, city)]
    assert foxes[0] == foxes[1]
    before, after = painted(order()), painted(order(setting="city"))
    assert before["sky"] == after["sky"]
    assert before["clouds"] == after["clouds"]
    assert before["near"] != after["near"]


@pytest.mark.parametrize("weather", ["rain", "snow", "fog", "storm", "wind"])
def test_new_weather_changes_the_frame_and_no_layer_but_its_own(weather: str) -> None:
    before, after = painted(order()), painted(order(weather=weather))
    # What grows bends in the wind; see test_sketch_wind.
    stiff = before.keys() - (GROWN["forest"] if weather in STRENGTH else {})
    assert {name: after[name] for name in stiff} == {name: before[name] for name in stiff}
    assert all(name.startswith("weather.") for name in after.keys() - before.keys())
    assert film(order()).draw(0.75).tobytes() != film(order(weather=weather)).draw(0.75).tobytes()


def test_a_new_cast_member_leaves_the_backdrop_as_it_was() -> None:
    assert painted(order(member("robot"), action="walks")) == painted(order(member("dog"), action="walks"))


@pytest.mark.parametrize("subject", sorted(DRAWINGS))
def test_every_subject_moves_and_stays_inside_its_own_sheet(subject: str) -> None:
    drawing = DRAWINGS[subject]
    seen = set()
    for deed in ("idle", "walk", "fly", "sit", "row", "ride", "jump", "wave"):
        for k in range(8):
            pen = Pen(drawing.box, 60)
            pose = Pose(t=k * 0.31, cycle=k / 8, pace=1.0 if deed == "walk" else 0.0, deed=deed)
            drawing.draw(pen, pose, Look(None, frozenset({subject}), lamps=True))
            picture = pen.finish()
            alpha = picture.getchannel("a")
            left, top, right, bottom = alpha.getbbox() or (0, 0, 0, 0)
            assert left > 0, (deed, k)
            assert top > 0, (deed, k)
            assert right < alpha.width, (deed, k)
            assert bottom < alpha.height, (deed, k)
            seen.add(picture.tobytes())
    # The lighthouse itself stands still (its beams are laid over the frame); an empty boat leaves its oars at rest.
    assert len(seen) >= (1 if subject in {"lighthouse", "boat"} else 4)


@pytest.mark.parametrize(
    "subject",
    [name for name, drawing in DRAWINGS.items() if drawing.manner == "walker" and name not in {"rabbit", "frog"}],
)
def test_walkers_keep_a_foot_on_the_ground(subject: str) -> None:
    drawing = DRAWINGS[subject]
    for k in range(12):
        pen = Pen(drawing.box, 200)
        drawing.draw(pen, Pose(t=k * 0.2, cycle=k / 12, pace=1.0, deed="walk"), Look(None, frozenset({subject})))
        lowest = (pen.finish().getchannel("a").getbbox() or (0, 0, 0, 0))[3]
        assert abs(lowest - pen.place(0, 0)[1]) < 0.04 * 200


@pytest.mark.parametrize("setting", sorted(BACKDROPS))
def test_every_backdrop_fills_the_frame_below_the_cast_and_differs_by_hour(setting: str) -> None:
    looks = set()
    for hour in ("day", "night"):
        shot = film(order(action="waits", setting=setting, hour=hour))
        assert shot.sketch.setting == setting
        frame = shot.draw(0.5)
        # The lowest row is ground or what stands before it, never a hole to the black canvas.
        assert all(sum(frame.getpixel((x, frame.height - 2))[:3]) > 0 for x in range(0, frame.width, 40))  # type: ignore[index]
        looks.add(frame.tobytes())
    assert len(looks) == 2


@pytest.mark.parametrize("look", ["ink", "neon", "blueprint", "chalkboard"])
def test_every_look_is_drawn_without_a_note(look: str) -> None:
    shot = film(order(look=look))
    assert shot.sketch.notes == ()
    assert shot.draw(0.5).tobytes() != film(order()).draw(0.5).tobytes()


@pytest.mark.parametrize("camera", ["dolly_in", "dolly_out", "pan_left", "pan_right", "tilt_up", "tilt_down", "orbit"])
def test_every_camera_move_moves(camera: str) -> None:
    shot = film(order(member("mug"), action="", setting="studio table", camera=camera))
    assert shot.view(0.0) != shot.view(0.9)
    assert shot.draw(0.0).tobytes() != shot.draw(0.9).tobytes()


@pytest.mark.parametrize("hour", sorted(HOURS))
def test_light_belongs_to_the_hour(hour: str) -> None:
    frame = Image.frombytes(
        "RGBA", (480, 480), film(order(hour=hour, setting="meadow")).draw(0.0).tobytes("raw", "RGBa")
    )
    red, green, blue = (band / 230400 for band in _sums(frame))
    brightness = (red + green + blue) / 3
    assert {"day": brightness > 130, "night": brightness < 70, "dusk": red > 1.3 * green, "dawn": red > blue}[hour]


def _sums(frame: Image.Image) -> list[int]:
    return [sum(v * count for v, count in enumerate(frame.getchannel(band).histogram())) for band in "RGB"]


@pytest.mark.parametrize(
    ("kind", "subject"),
    [
        ("red fox", "fox"), ("grey wolf", "wolf"), ("old labrador", "dog"), ("kitten", "cat"), ("seagull", "bird"),
        ("lighthouse keeper", "person"), ("young woman", "person"), ("pastry chef", "person"), ("boy", "child"),
        ("small robot", "robot"), ("vintage car", "car"), ("yellow taxi", "car"), ("bike", "bicycle"),
        ("rowing boat", "boat"), ("yacht", "sailboat"), ("lighthouse", "lighthouse"), ("camping lantern", "lantern"),
        ("coffee mug", "mug"), ("bottle of wine", "bottle"), ("gift box", "box"), ("otter", "card"),
    ],
)  # fmt: skip
def test_a_kind_finds_its_drawing(kind: str, subject: str) -> None:
    (seen,) = read(order(member(kind), action="waits")).cast
    assert seen.subject == subject


@pytest.mark.parametrize(
    ("words", "setting"),
    [
        ("a pine forest at dusk", "forest"), ("a forest path", "forest"), ("the ridge", "mountains"),
        ("a neon city", "city"), ("open sea", "sea"), ("a fishing harbour", "harbour"), ("a mountain lake", "lake"),
        ("the beach", "beach"), ("sand dunes", "desert"), ("a city park", "meadow"), ("a railway station", "station"),
        ("the moon", "space"),         ("a coral reef", "underwater"), ("a village street",
                "street"), ("a market square", "market"), ("a farm", "farm"),
        ("a small kitchen", "kitchen"),
        ("a wooden table", "studio"), ("the tower stairs", "stairs"), ("a camp", "camp"), ("", "meadow"),
    ],
)  # fmt: skip
def test_a_setting_finds_its_backdrop(words: str, setting: str) -> None:
    assert read(order(action="waits", setting=words)).setting == setting


def test_somebody_who_rows_sits_in_a_boat_on_the_sea() -> None:
    sketch = read(order(member("lighthouse keeper", id="keeper"), action="rows home", setting=""))
    assert [(m.subject, m.rides != "") for m in sketch.cast] == [("boat", False), ("person", True)]
    assert sketch.setting == "sea"
    (boat,) = film(order(member("lighthouse keeper", id="keeper"), action="rows home", setting="")).troupe.actors
    assert boat.rider is not None
    assert boat.rider.member.id == "keeper"


def test_a_climb_goes_up() -> None:
    (fox,) = film(order(action="climbs", setting="ridge", duration_s=4)).troupe.actors
    assert fox.at(3.5).y < fox.at(0.5).y - 30
    assert fox.at(3.5).x > fox.at(0.5).x + 100


def test_four_of_a_cast_stand_apart_inside_the_frame() -> None:
    cast = [member(kind) for kind in ("dog", "woman", "robot", "cat")]
    actors = film(order(*cast, action="wait", setting="park")).troupe.actors
    xs = sorted(actor.at(0.5).x for actor in actors)
    assert xs[0] > 40
    assert xs[-1] < 440
    assert min(b - a for a, b in pairwise(xs)) > 70


def test_colour_words_colour_the_subject() -> None:
    (blue,) = film(order(member("car", colour="blue"), action="drives", setting="city")).troupe.actors
    assert blue.look.colour == (62, 112, 190)


async def test_what_cannot_be_drawn_is_a_card_and_said_so(tmp_path: Path) -> None:
    made = await render(order(member("gizmotron"), setting="the parliament", duration_s=0.5), tmp_path / "card.mp4")
    assert made.notes == (
        "I have no backdrop for 'the parliament', so I drew a meadow.",
        "I have no drawing for 'gizmotron', so it is a labelled card.",
    )
    assert made.path.stat().st_size > 1000


async def test_a_reference_picture_is_shown_and_an_unreadable_one_is_said(tmp_path: Path) -> None:
    picture, broken = tmp_path / "picture", tmp_path / "broken"
    Image.new("RGB", (300, 200), (250, 0, 250)).save(picture, "PNG")
    broken.write_bytes(b"not a picture")
    request = order(member("gizmotron", references=(SHA,)), duration_s=0.5, setting="meadow", hour="day").model_copy(
        update={"inputs": (InputRef(sha256=SHA, role="reference", media_type="image/png"),)}
    )
    shown = await render(request, tmp_path / "shown.mp4", {SHA: picture})
    assert shown.notes == ()
    with av.open(str(shown.path)) as opened:
        pixels = next(opened.decode(video=0)).to_ndarray(format="rgb24")
    magenta = int(((pixels[..., 0] > 200) & (pixels[..., 1] < 60) & (pixels[..., 2] > 200)).sum())
    assert magenta > 2000
    hidden = await render(request, tmp_path / "hidden.mp4", {SHA: broken})
    assert hidden.notes == (
        "I could not read the picture of 'gizmotron', so I did not use it.",
        "I have no drawing for 'gizmotron', so it is a labelled card.",
    )


async def test_without_a_scene_the_words_of_the_brief_are_drawn(tmp_path: Path) -> None:
    request = GenerationRequest(
        brief=Brief(prompt="a red fox trots through a pine forest at night in the rain"), duration_s=0.5, size=SMALL
    )
    sketch = read(request)
    assert ([m.subject for m in sketch.cast], sketch.setting, sketch.hour, sketch.weather) == (
        ["fox"],
        "forest",
        "night",
        "rain",
    )
    assert (await render(request, tmp_path / "words.mp4")).notes == ()


async def test_a_scene_of_another_schema_is_invalid(tmp_path: Path) -> None:
    with pytest.raises(ProviderError, match="schema is 2") as caught:
        await render(order(schema=2), tmp_path / "no.mp4")
    assert caught.value.kind == "invalid"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("model", "change"),
    [
        ("oil", {}),
        ("paper", {"size": Size(width_px=640, height_px=360)}),
        ("paper", {"duration_s": 61.0}),
        ("paper", {"operation": "upscale"}),
    ],
)
async def test_an_order_outside_the_profile_is_unsupported(tmp_path: Path, model: str, change: dict[str, Any]) -> None:
    request = order().model_copy(update=change)
    with pytest.raises(ProviderError) as caught:
        await provider().render(model, request, {}, tmp_path / "no.mp4", lambda _: None, lambda: False)
    assert caught.value.kind == "unsupported"


async def test_cancelling_stops_within_one_drawing_and_leaves_no_file(tmp_path: Path) -> None:
    shares: list[float] = []
    with pytest.raises(StoppedError):
        await provider().render("paper", order(), {}, tmp_path / "x.mp4", shares.append, lambda: len(shares) >= 3)
    assert len(shares) == 3
    assert not list(tmp_path.iterdir())


async def test_progress_rises_to_one_drawing_by_drawing(tmp_path: Path) -> None:
    shares: list[float] = []
    await provider().render("paper", order(), {}, tmp_path / "x.mp4", shares.append, lambda: False)
    assert shares == sorted(shares)
    assert len(shares) == 12
    assert shares[-1] == 1.0


async def test_a_failed_write_leaves_no_part_behind(tmp_path: Path) -> None:
    with pytest.raises(ProviderError, match="could not write") as caught:
        await render(order(duration_s=0.5), tmp_path / "missing" / "x.mp4")
    assert caught.value.retryable
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("kind", "subject"), [("sailing boat", "sailboat"), ("rowing boat", "boat"), ("boat", "boat")])
def test_a_sailing_boat_is_drawn_with_sails_and_a_rowing_boat_without(kind: str, subject: str) -> None:
    assert read(order(member(kind), action="crosses the lake", setting="lake")).cast[0].subject == subject


@pytest.mark.parametrize(
    ("kind", "note"),
    [
        ("black crow", "I drew the crow as a bird."),
        ("grey hamster", "I drew the hamster as a mouse."),
        ("oil tanker", "I drew the tanker as a ship."),
        ("red canoe", "I drew the canoe as a rowing boat."),
        ("poodles", "I drew the poodle as a dog."),
        ("crate", "I drew the crate as a box."),
    ],
)
def test_a_drawing_that_only_resembles_what_was_asked_is_said(kind: str, note: str) -> None:
    assert read(order(member(kind), action="waits", setting="sea")).notes == (note,)


@pytest.mark.parametrize(
    "kind",
    ["bike", "kid", "lighthouse keeper", "young woman", "astronaut", "wolf", "kitten", "puppy", "yellow taxi",
     "sailing ship", "yacht", "cup of coffee", "bottle of wine", "gift", "cottage", "sail boat"],
)  # fmt: skip
def test_an_honest_name_needs_no_note(kind: str) -> None:
    assert read(order(member(kind), action="waits", setting="sea")).notes == ()


def test_a_kind_without_a_drawing_that_borrows_one_from_its_name_is_said() -> None:
    assert read(order(member("snark", "Captain"), action="waits")).notes == ("I drew the snark as a person.",)
    assert read(order(member("animal", "red fox"), action="waits")).notes == ()


@pytest.mark.parametrize(
    ("words", "notes"),
    [
        ("a rooftop", ("I drew the rooftop as a city.",)),
        ("a jungle", ("I drew the jungle as a forest.",)),
        ("a playground", ("I drew the playground as a meadow.",)),
        ("a village street", ()),
        ("a small kitchen", ()),
        ("a pine forest", ()),
        ("a fishing harbour", ()),
    ],
)
def test_a_backdrop_that_only_resembles_what_was_asked_is_said(words: str, notes: tuple[str, ...]) -> None:
    assert read(order(action="waits", setting=words)).notes == notes


def test_a_deed_that_sounds_like_a_place_is_no_setting() -> None:
    assert read(order(member("robot"), action="waters the plants and passes by", setting="")).setting == "meadow"


def test_a_boat_on_dry_land_is_on_the_sea_and_said_so() -> None:
    sketch = read(order(member("boat"), action="waits", setting="a city"))
    assert (sketch.setting, sketch.notes) == ("sea", ("I drew the city as the sea.",))


def ink(request: GenerationRequest) -> int:
    """Pixels as dark as lettering."""
    frame = film(request).draw(0.5)
    return sum(max(pixel[:3]) < 100 for pixel in zip(*[iter(frame.tobytes())] * 4, strict=True))


@pytest.mark.parametrize("others", [0, 1])
def test_the_whole_label_of_a_card_that_swims_is_above_the_water(others: int) -> None:
    def lettering(action: str) -> int:
        cast = [
            [member("gizmotron", name, id="w"), *[member("dog")] * others]
            for name in ("humpback humpback humpback", ".")
        ]
        return ink(order(*cast[0], action=action, setting="sea", hour="day")) - ink(
            order(*cast[1], action=action, setting="sea", hour="day")
        )

    assert lettering("swims") > 0.93 * lettering("waits") > 200


@pytest.mark.parametrize("weather", ["rain", "snow", "fog", "storm"])
@pytest.mark.parametrize("setting", ["kitchen", "tower stairs"])
def test_weather_indoors_is_seen_through_the_windows_and_nowhere_else(setting: str, weather: str) -> None:
    size = Size(width_px=848, height_px=480)
    clear, wild = (
        film(order(member("cat"), action="sits", setting=setting, hour="day", weather=w, size=size))
        for w in ("clear", weather)
    )
    assert wild.sketch.notes == ()
    changed = ImageChops.difference(opaque(clear.draw(0.5)), opaque(wild.draw(0.5))).convert("L")
    assert sum(changed.histogram()[12:]) > 800
    assert changed.crop((0, 400, 848, 480)).getextrema() == (0, 0)


def opaque(frame: Image.Image) -> Image.Image:
    return Image.frombytes("RGBA", frame.size, frame.tobytes()).convert("RGB")


@pytest.mark.parametrize("weather", ["rain", "snow", "fog", "storm", "wind"])
def test_weather_where_there_is_no_window_is_left_out_and_said(weather: str) -> None:
    clear, wild = (film(order(member("mug"), action="", setting="wooden table", weather=w)) for w in ("clear", weather))
    assert wild.sketch.notes == (f"It is indoors, so the {weather} does not show.",)
    assert wild.draw(0.5).tobytes() == clear.draw(0.5).tobytes()
