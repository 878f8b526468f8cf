"""The sketch artist's sheets: painted in parts, picked from enlarged patches, and yet one picture."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PIL import Image, ImageDraw

from cutaway_providers.sketch.enlarge import enlarged
from cutaway_providers.sketch.layers import Layer, View
from cutaway_providers.sketch.palette import HOURS
from cutaway_providers.sketch.parts import parts_of
from cutaway_providers.sketch.stage import Stage

STAGE = Stage(848, 480, 2.0, HOURS["day"], "7")


def noise(width: int, height: int) -> Image.Image:
    rng = np.random.default_rng(4)
    return Image.frombytes("RGBa", (width, height), rng.integers(0, 256, (height, width, 4), np.uint8).tobytes())


def sheet() -> Layer:
    """Towers of several heights, a lone cloud and ground without a hole from row 400 on."""
    image = Image.new("RGBa", (STAGE.period, 500))
    pen = ImageDraw.Draw(image)
    for left, top in ((30, 300), (400, 100), (870, 220), (1600, 50)):
        pen.rectangle((left, top, left + 90, 499), fill=(200, 90, top // 2, 255))
    pen.ellipse((1110, 20, 1370, 100), fill=(90, 90, 100, 120))
    pen.rectangle((0, 400, STAGE.period, 499), fill=(40, 80, 50, 255))
    return Layer("towers", 30.0, 1.0, image, 0.0, STAGE.period, solid=400.0)


def canvas() -> Image.Image:
    return Image.new("RGBa", (STAGE.width, STAGE.height), (0, 0, 0, 255))


def pixels(image: Image.Image) -> np.ndarray[tuple[int, ...], np.dtype[np.int16]]:
    return np.frombuffer(image.tobytes(), np.uint8).reshape(image.height, image.width, 4).astype(np.int16)


def laid(image: Image.Image, left: int) -> Image.Image:
    """What a frame at column `left` shows of a sheet that begins again after its width."""
    frame = canvas()
    for start in (-left, image.width - left):
        frame.paste(image, (start, 0), image)
    return frame


@pytest.mark.parametrize("grown", [(2.0, 2.0), (1.5, 1.5), (3.0, 1.0), (4.0, 1.0)])
def test_enlarging_comes_close_to_linear_interpolation(grown: tuple[float, float]) -> None:
    across, down = grown
    picture = noise(64, 74).reduce(2)
    picture = picture.crop((0, 0, 32, 36))
    large = enlarged(picture, across, down)
    filtered = picture.resize(large.size, Image.Resampling.BILINEAR)
    assert large.size == (round(32 * across), round(36 * down))
    assert np.abs(pixels(large) - pixels(filtered)).mean() < 5
    assert abs((pixels(large) - pixels(filtered)).mean()) < 0.7


def test_enlarging_one_colour_gives_that_colour_to_the_edge() -> None:
    large = enlarged(Image.new("RGBa", (40, 40), (3, 77, 201, 250)), 1.5, 1.5)
    assert large.getcolors() == [(60 * 60, (3, 77, 201, 250))]


@pytest.mark.parametrize("x", [0, 97, 1190])
def test_a_sheet_painted_in_its_parts_is_the_whole_sheet(x: int) -> None:
    layer, frame = sheet(), canvas()
    layer.paint(frame, STAGE, View(x=float(x)), 0.0)
    assert frame.tobytes() == laid(layer.image, x).tobytes()


def test_an_enlarged_sheet_has_no_gap_between_its_parts() -> None:
    layer, frame = sheet(), canvas()
    layer.paint(frame, STAGE, View(x=1301.3, zoom=1.17), 0.0)
    whole = Layer("whole", 30.0, 1.0, layer.image.copy(), 0.0, STAGE.period)
    # One faint line across the top keeps it in a single part.
    ImageDraw.Draw(whole.image).line((0, 0, STAGE.period, 0), fill=(0, 0, 0, 1))
    in_one = canvas()
    whole.paint(in_one, STAGE, View(x=1301.3, zoom=1.17), 0.0)
    difference = np.abs(pixels(frame) - pixels(in_one)).max(axis=2)
    assert (difference > 40).mean() < 0.002
    assert frame.getchannel("a").getextrema() == (255, 255)


def test_parts_hold_all_that_is_painted_once_and_leave_out_what_is_empty() -> None:
    layer = sheet()
    alpha = pixels(layer.image)[..., 3] > 0
    times = np.zeros_like(alpha, int)
    for part in parts_of(layer.image, 400, endless=True):
        times[part.top : part.bottom, part.left : part.right] += 1
    assert times[alpha].min() == times.max() == 1
    assert times.mean() < 0.7
    assert math.isclose(alpha.mean(), alpha[times > 0].mean() * times.mean(), rel_tol=1e-9)
