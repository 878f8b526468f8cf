"""Layers: sheets of painted paper that repeat sideways, and how the camera sees them.

A layer is painted once; every frame one `resize` with a fractional box pans and zooms it. Pictures stay
premultiplied (`RGBa`) from the first stroke to the last paste, so nothing is converted per frame.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from cutaway_providers.sketch.palette import Colour
from cutaway_providers.sketch.pen import Point, curve
from cutaway_providers.sketch.stage import Stage

OVERSAMPLE = 2
MARGIN = 24
UNSEEN_PX = 0.22
Drift = Callable[[float], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class View:
    """Where the camera is: pixels along the world at depth 1, pixels tilted up, magnification, pixels orbited."""

    x: float = 0.0
    y: float = 0.0
    zoom: float = 1.0
    orbit: float = 0.0


class Sheetlike(Protocol):
    """Anything in the pile of layers: painted sheets and drawn weather."""

    name: str
    depth: float

    def paint(self, canvas: Image.Image, stage: Stage, view: View, t: float, below: float = math.inf) -> None:
        """Lay it over `canvas`."""
        ...

    def hides_from(self, stage: Stage, view: View, t: float) -> float:
        """The screen row from which on it hides everything behind it."""
        ...


@dataclass(frozen=True, slots=True)
class _Cut:
    left: float
    upper: float
    zoom: float
    first: int
    last: int

    def looks_like(self, other: _Cut, width: int) -> bool:
        """True when the two cuts differ by less than anyone can see; far sheets then need no new cut."""
        if (self.first, self.last) != (other.first, other.last):
            return False
        shift = abs(self.left + width / self.zoom / 2 - other.left - width / other.zoom / 2)
        return shift + abs(self.upper - other.upper) + abs(self.zoom - other.zoom) * width / 2 < UNSEEN_PX


@dataclass(slots=True)
class Layer:
    """One sheet. `parallax` is how much of the camera's way it moves (0 sky, 1 cast); `depth` orders the pile."""

    name: str
    depth: float
    parallax: float
    image: Image.Image
    top: float
    period: int
    drift: Drift | None = None
    solid: float = math.inf
    _seen: tuple[_Cut, Image.Image] | None = field(default=None, repr=False)

    def moves_with(self, other: Layer) -> bool:
        """True when both are always seen shifted and magnified alike."""
        return self.parallax == other.parallax and self.period == other.period and self.drift is other.drift

    def under(self, upper: Layer) -> Layer:
        """This sheet with `upper` glued on top."""
        top = min(self.top, upper.top)
        end = max(self.top + self.image.height, upper.top + upper.image.height)
        image = self.image.crop((0, int(top - self.top), self.image.width, int(end - self.top)))
        image.paste(upper.image, (0, int(upper.top - top)), upper.image)
        return Layer(
            self.name, self.depth, self.parallax, image, top, self.period, self.drift, min(self.solid, upper.solid)
        )

    def hides_from(self, stage: Stage, view: View, t: float) -> float:
        """The screen row from which on nothing behind this sheet can be seen."""
        if math.isinf(self.solid):
            return math.inf
        dy = self.drift(t)[1] if self.drift else 0.0
        return math.ceil(screen_y(stage, view, self.parallax, self.solid + dy)) + 1

    def paint(self, canvas: Image.Image, stage: Stage, view: View, t: float, below: float = math.inf) -> None:
        """Lay this sheet over `canvas` as `view` sees it at `t` seconds; rows from `below` on are hidden anyway."""
        width, height = canvas.size
        height = int(min(height, max(0.0, below)))
        zoom = zoom_at(view, self.parallax)
        dx, dy = self.drift(t) if self.drift else (0.0, 0.0)
        above = screen_y(stage, view, self.parallax, self.top + dy)
        first = max(0, math.ceil(above - 1e-6))
        last = min(height, math.floor(above + self.image.height * zoom + 1e-6))
        if last - first < 2:
            return
        if self.period:
            left = (
                self.parallax * view.x + view.orbit * (self.parallax - 1) - dx + width / 2 - width / zoom / 2
            ) % self.period
        else:
            left = (self.image.width - width / zoom) / 2
        upper = max(0.0, (first - above) / zoom)
        if abs(zoom - 1) < 1e-9:
            upper = float(int(upper))
        cut = _Cut(left, upper, zoom, first, last)
        if self._seen is None or not cut.looks_like(self._seen[0], width):
            self._seen = (cut, self._cut(width, last - first, left, upper, zoom))
        seen = self._seen[1]
        canvas.paste(seen, (0, first), seen)

    def _cut(self, width: int, rows: int, left: float, upper: float, zoom: float) -> Image.Image:
        if abs(zoom - 1) < 1e-9:
            # Whole rows: Pillow then skips the vertical pass, half of the work of a pan.
            strip = self.image.crop((0, int(upper), self.image.width, int(upper) + rows))
            if abs(left - round(left)) < 1e-3:
                return strip.crop((round(left), 0, round(left) + width, rows))
            return strip.resize((width, rows), Image.Resampling.BILINEAR, box=(left, 0, left + width, rows))
        box = (left, upper, left + width / zoom, min(self.image.height, upper + rows / zoom))
        return self.image.resize((width, rows), Image.Resampling.BILINEAR, box=box)


def zoom_at(view: View, parallax: float) -> float:
    """Magnification at this depth: the sky hardly grows, the cast grows fully."""
    return 1 + (view.zoom - 1) * min(1.3, parallax * (1.35 - 0.35 * parallax))


def screen_y(stage: Stage, view: View, parallax: float, y: float) -> float:
    """Where world row `y` is on the screen."""
    pivot = 0.66 * stage.height
    return pivot + (y - pivot) * zoom_at(view, parallax) + view.y * (0.35 + 0.65 * min(1.0, parallax))


def screen_x(stage: Stage, view: View, parallax: float, x: float) -> float:
    """Where world column `x` is on the screen."""
    zoom = zoom_at(view, parallax)
    seen = x - parallax * view.x - view.orbit * (parallax - 1)
    return stage.width / 2 + (seen - stage.width / 2) * zoom


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
        box = small.getbbox() or (0, 0, small.width, small.height)
        first = max(0, box[1] - MARGIN)
        small = small.crop((0, first, small.width, small.height))
        pixels = np.frombuffer(small.tobytes("raw", "RGBa"), np.uint8).reshape(small.height, small.width, 4)
        pixels = _papered(stage, name, pixels, haze, light)
        reach = stage.width + 2 * MARGIN
        wide = np.concatenate([pixels[:, -MARGIN:], pixels, np.tile(pixels, (1, 2, 1))[:, :reach]], axis=1)
        image = Image.frombytes("RGBa", (wide.shape[1], wide.shape[0]), np.ascontiguousarray(wide).tobytes())
        if shadow:
            image = _shadowed(stage, image, shadow)
        top = self.top + first
        # A light reaches beyond its sheet: give it the rows it needs.
        above = max((math.ceil(top - (y - radius)) for _, y, radius, _, _ in glows), default=0)
        above = min(max(0, above), top + 2 * stage.pad)
        image = image.crop((MARGIN, -above, image.width, image.height))
        for x, y, radius, colour, strength in glows:
            for turn in (-self.period, 0, self.period):
                lay_glow(image, x + turn, y - top + above, radius, colour, strength)
        return Layer(
            name, depth, parallax, image, float(top - above), self.period, drift, solid=_solid_from(image, top - above)
        )


def _papered(stage: Stage, name: str, pixels: NDArray[np.uint8], haze: float, light: float) -> NDArray[np.uint8]:
    height, width = pixels.shape[:2]
    hour = stage.hour
    noise = np.random.default_rng(len(name) * 7919 + 17).integers(-7, 8, (height, width), np.int16)
    grain = noise + np.roll(noise, 1, 1) + np.roll(noise, 2, 1)
    alpha = pixels[..., 3].astype(np.int16)
    reach = max(2, round(stage.unit / 240))
    edge = np.clip(alpha - np.vstack([np.zeros((reach, width), np.int16), alpha[:-reach]]), 0, 255)
    mist = (haze * np.clip(np.linspace(-0.25, 1.0, height), 0, 1) ** 1.3 * 256).astype(np.int32)[:, None]
    rim = int(hour.rim_share * 0.5 * light * 256)
    out = np.empty_like(pixels)
    for channel in range(3):
        value = pixels[..., channel].astype(np.int32)
        value += (grain * value) >> 9
        value += ((hour.haze[channel] * alpha // 255 - value) * mist) >> 8
        value += ((hour.rim[channel] - value) * edge // 255 * rim) >> 8
        out[..., channel] = np.clip(value, 0, alpha)
    out[..., 3] = pixels[..., 3]
    return out


def _solid_from(image: Image.Image, top: float) -> float:
    """The world row from which on a sheet is opaque all along to its end, infinite when it is not."""
    alpha = np.frombuffer(image.getchannel("a").tobytes(), np.uint8).reshape(image.height, image.width)
    open_rows = np.flatnonzero(alpha.min(axis=1) < 255)
    first = int(open_rows[-1]) + 1 if open_rows.size else 0
    return top + first if first < image.height else math.inf


def _shadowed(stage: Stage, image: Image.Image, strength: float) -> Image.Image:
    soft = max(3.0, stage.unit / 60)
    alpha = image.getchannel("a")
    dark = alpha.filter(ImageFilter.BoxBlur(soft)).filter(ImageFilter.BoxBlur(soft * 0.6))
    dark = dark.point([round(v * strength) for v in range(256)])
    out = tinted(stage.hour.shade, dark)
    out.paste(image, (0, 0), image)
    return out


def tinted(colour: Colour, alpha: Image.Image) -> Image.Image:
    """A premultiplied picture of one colour with this opacity."""
    bands = [alpha.point([v * c // 255 for v in range(256)]) for c in colour]
    merged = Image.merge("RGBA", (*bands, alpha))
    return Image.frombytes("RGBa", merged.size, merged.tobytes())


def glow_picture(radius: int, colour: Colour, strength: float) -> Image.Image:
    """A round light, premultiplied, `2 * radius` pixels wide."""
    axis = (np.arange(2 * radius) - radius + 0.5) / radius
    fall = np.clip(1 - np.sqrt(axis[:, None] ** 2 + axis[None, :] ** 2), 0, 1) ** 2
    alpha = Image.fromarray((fall * 255 * strength).astype(np.uint8), "L")
    return tinted(colour, alpha)


def lay_glow(image: Image.Image, x: float, y: float, radius: float, colour: Colour, strength: float) -> None:
    """Lay a round light over `image`, inside what is already painted there or not."""
    r = max(2, round(radius))
    glow = glow_picture(r, colour, strength)
    image.paste(glow, (round(x) - r, round(y) - r), glow)
