"""Sheets: layers being painted: shapes, then grain, mist, a lit edge and a soft shadow."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from cutaway_providers.sketch.layers import Drift, Layer, lay_glow, tinted
from cutaway_providers.sketch.palette import Colour
from cutaway_providers.sketch.pen import Point, curve
from cutaway_providers.sketch.stage import Stage

OVERSAMPLE = 2
MARGIN = 24
BAND = 32
GRAIN_ROWS = 128
BRIGHT = 128
BRIGHT_TO_BLACK = 258


class Sheet:
    """Paints one layer, twice its size, wrapping sideways. Coordinates are world pixels, y down."""

    def __init__(self, stage: Stage, top: float, bottom: float) -> None:
        self.stage = stage
        self.top = math.floor(top)
        self.rows = math.ceil(bottom) - self.top
        self.period = stage.period
        self._image = Image.new("RGBa", (self.period * OVERSAMPLE, self.rows * OVERSAMPLE))
        self._draw = ImageDraw.Draw(self._image)

    def poly(self, points: Sequence[Point], colour: Colour) -> None:
        """A filled polygon."""
        low, high = min(p[0] for p in points), max(p[0] for p in points)
        for turn in (-self.period, 0, self.period):
            if low + turn < self.period and high + turn > 0:
                at = [((x + turn) * OVERSAMPLE, (y - self.top) * OVERSAMPLE) for x, y in points]
                self._draw.polygon(at, fill=(*colour, 255))

    def blob(self, points: Sequence[Point], colour: Colour) -> None:
        """A smooth closed shape through `points`."""
        self.poly(curve(points), colour)

    def rect(self, x0: float, y0: float, x1: float, y1: float, colour: Colour) -> None:
        """A rectangle."""
        self.poly([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], colour)

    def oval(self, x: float, y: float, rx: float, ry: float, colour: Colour) -> None:
        """An ellipse."""
        count = max(20, min(120, round(max(rx, ry) * 0.8)))
        turns = [k * math.tau / count for k in range(count)]
        self.poly([(x + rx * math.cos(turn), y + ry * math.sin(turn)) for turn in turns], colour)

    def line(self, points: Sequence[Point], width: float, colour: Colour) -> None:
        """A stroke."""
        low, high = min(p[0] for p in points), max(p[0] for p in points)
        for turn in (-self.period, 0, self.period):
            if low + turn < self.period and high + turn > 0:
                at = [((x + turn) * OVERSAMPLE, (y - self.top) * OVERSAMPLE) for x, y in points]
                self._draw.line(at, fill=(*colour, 255), width=max(1, round(width * OVERSAMPLE)), joint="curve")

    def profile(self, y_at: Callable[[float], float], colour: Colour, *, step: float = 4.0) -> None:
        """Everything below the line `y_at(x)`; the line repeats after the period."""
        count = math.ceil(self.period / step)
        xs = [self.period * i / count for i in range(count + 1)]
        floor = self.top + self.rows
        self.poly([(xs[0], floor), *((x, y_at(x)) for x in xs), (xs[-1], floor)], colour)

    def clear(self, points: Sequence[Point]) -> None:
        """Cut a hole (a window): what lies behind shows through."""
        for turn in (-self.period, 0, self.period):
            at = [((x + turn) * OVERSAMPLE, (y - self.top) * OVERSAMPLE) for x, y in points]
            self._draw.polygon(at, fill=(0, 0, 0, 0))

    def finish(
        self,
        name: str,
        depth: float,
        parallax: float,
        *,
        haze: float = 0.0,
        shadow: float = 0.34,
        light: float = 1.0,
        drift: Drift | None = None,
        glows: Sequence[tuple[float, float, float, Colour, float]] = (),
    ) -> Layer:
        """The layer: grain, mist at its foot (`haze` 0 to 1), a lit upper edge and a soft shadow behind it."""
        stage = self.stage
        small = self._image.reduce(OVERSAMPLE)
        # The large picture is the film's biggest; what follows must not stand beside it.
        del self._image, self._draw
        box = small.getbbox() or (0, 0, small.width, small.height)
        first = max(0, box[1] - MARGIN)
        small = small.crop((0, first, small.width, small.height))
        pixels = np.frombuffer(small.tobytes("raw", "RGBa"), np.uint8).reshape(small.height, small.width, 4)
        pixels = _papered(stage, name, pixels, haze, light)
        image = Image.frombytes("RGBa", small.size, pixels.tobytes())
        if shadow:
            image = _shadowed(stage, image, shadow)
        top = self.top + first
        # A light reaches beyond its sheet: give it the rows it needs.
        above = max((math.ceil(top - (y - radius)) for _, y, radius, _, _ in glows), default=0)
        above = min(max(0, above), top + 2 * stage.pad)
        if above:
            image = image.crop((0, -above, image.width, image.height))
        for x, y, radius, colour, strength in glows:
            for turn in (-self.period, 0, self.period):
                lay_glow(image, x + turn, y - top + above, radius, colour, strength)
        return Layer(
            name, depth, parallax, image, float(top - above), self.period, drift, solid=_solid_from(image, top - above)
        )


def _papered(stage: Stage, name: str, pixels: NDArray[np.uint8], haze: float, light: float) -> NDArray[np.uint8]:
    height = pixels.shape[0]
    hour = stage.hour
    reach = max(2, round(stage.unit / 240))
    mist = (haze * np.clip(np.linspace(-0.25, 1.0, height), 0, 1) ** 1.3 * 256).astype(np.int32)[:, None]
    misty = int(np.argmax(mist > 0)) if haze else height
    feet = [_foot(level) for level in hour.haze]
    rim = np.int16(hour.rim_share * 0.5 * light * 128)
    grain = _grain(stage, len(name))
    out = np.empty_like(pixels)
    # In bands, which stay in the processor's cache.
    for first in range(0, height, BAND):
        band, foggy = slice(first, min(height, first + BAND)), max(first, misty)
        alpha = pixels[band, :, 3].astype(np.int16)
        above = np.zeros_like(alpha)
        start = max(0, first - reach)
        above[start - first + reach :] = pixels[start : max(0, band.stop - reach), :, 3]
        # The edge in 128ths, so that it fits 16 bits: half the memory, twice the speed.
        edge = (np.clip(alpha - above, 0, 255) * rim) >> 8
        tooth = grain[np.arange(first, band.stop) % GRAIN_ROWS]
        for channel in range(3):
            value = pixels[band, :, channel].astype(np.int16)
            value += (tooth * value) >> 9
            if foggy < band.stop:
                part = value[foggy - first :]
                foot = feet[channel].take(pixels[foggy : band.stop, :, 3])
                part += ((foot - part) * mist[foggy : band.stop]) >> 8
            value += ((hour.rim[channel] - value) * edge) >> 7
            out[band, :, channel] = np.clip(value, 0, alpha)
    out[..., 3] = pixels[..., 3]
    return out


def _grain(stage: Stage, kind: int) -> NDArray[np.int16]:
    """The tooth of the paper, -21 to 21: as wide as a sheet and so high that nobody sees it begin again."""
    noise = np.random.default_rng(kind * 7919 + 17).integers(-7, 8, (GRAIN_ROWS, stage.period), np.int16)
    grain: NDArray[np.int16] = noise + np.roll(noise, 1, 1) + np.roll(noise, 2, 1)
    return grain


def _foot(level: int) -> NDArray[np.int16]:
    """What a sheet's foot is drawn towards by opacity, for this level of the haze.

    Bright levels lie below black, so that a foot gains depth and colour where true mist would only pale it.
    """
    return (np.arange(256) * (level if level <= BRIGHT else level - BRIGHT_TO_BLACK) // 255).astype(np.int16)


def _solid_from(image: Image.Image, top: float) -> float:
    """The world row from which on a sheet is opaque all along to its end, infinite when it is not."""
    alpha = np.frombuffer(image.getchannel("a").tobytes(), np.uint8).reshape(image.height, image.width)
    open_rows = np.flatnonzero(alpha.min(axis=1) < 255)
    first = int(open_rows[-1]) + 1 if open_rows.size else 0
    return top + first if first < image.height else math.inf


def _shadowed(stage: Stage, image: Image.Image, strength: float) -> Image.Image:
    soft = max(3.0, stage.unit / 60)
    alpha = image.getchannel("a")
    # The sheet repeats: its shadow falls across the seam.
    around = Image.new("L", (image.width + 2 * MARGIN, image.height))
    for left in (MARGIN - image.width, MARGIN, MARGIN + image.width):
        around.paste(alpha, (left, 0))
    # Soft as it is, half its size is enough to blur.
    half = around.reduce(2).filter(ImageFilter.BoxBlur(soft / 2)).filter(ImageFilter.BoxBlur(soft * 0.3))
    soft_shape = half.resize(around.size, Image.Resampling.BILINEAR, box=(0, 0, around.width / 2, around.height / 2))
    dark = soft_shape.crop((MARGIN, 0, MARGIN + image.width, image.height))
    out = tinted(stage.hour.shade, dark, strength)
    out.paste(image, (0, 0), image)
    return out
