"""Layers: painted sheets that repeat sideways, and how the camera sees them.

A layer is painted once; every frame picks the pixels of its parts. Pictures stay premultiplied (`RGBa`) from the first
stroke to the last paste, so nothing is converted per frame.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from cutaway_providers.sketch.palette import Colour
from cutaway_providers.sketch.parts import Part, parts_of
from cutaway_providers.sketch.stage import Stage

SMALL_PX = 4_000

Drift = Callable[[float], tuple[float, float]]
Shown = Callable[[float], bool]


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


@dataclass(slots=True)
class Layer:
    """One sheet. `parallax` is how much of the camera's way it moves (0 sky, 1 cast); `depth` orders the pile.

    `drift` moves it by itself, `shown` says at which seconds it is there at all (a window that lights up).
    """

    name: str
    depth: float
    parallax: float
    image: Image.Image
    top: float
    period: int
    drift: Drift | None = None
    solid: float = math.inf
    shown: Shown | None = None
    _parts: list[Part] | None = field(default=None, repr=False)

    def moves_with(self, other: Layer) -> bool:
        """True when both are always seen shifted and magnified alike."""
        return (
            self.parallax == other.parallax
            and self.period == other.period
            and self.drift is other.drift
            and self.shown is other.shown
        )

    def under(self, upper: Layer) -> Layer:
        """This sheet with `upper` glued on top."""
        top = min(self.top, upper.top)
        end = max(self.top + self.image.height, upper.top + upper.image.height)
        image = self.image.crop((0, int(top - self.top), self.image.width, int(end - self.top)))
        image.paste(upper.image, (0, int(upper.top - top)), upper.image)
        return Layer(
            self.name, self.depth, self.parallax, image, top, self.period, self.drift, min(self.solid, upper.solid),
            self.shown,
        )  # fmt: skip

    def hides_from(self, stage: Stage, view: View, t: float) -> float:
        """The screen row from which on nothing behind this sheet can be seen."""
        if math.isinf(self.solid):
            return math.inf
        dy = self.drift(t)[1] if self.drift else 0.0
        return math.ceil(screen_y(stage, view, self.parallax, self.solid + dy)) + 1

    def paint(self, canvas: Image.Image, stage: Stage, view: View, t: float, below: float = math.inf) -> None:
        """Lay this sheet over `canvas` as `view` sees it at `t` seconds; rows from `below` on are hidden anyway."""
        if self.shown and not self.shown(t):
            return
        width = canvas.width
        height = min(canvas.height, max(0.0, below))
        zoom = zoom_at(view, self.parallax)
        dx, dy = self.drift(t) if self.drift else (0.0, 0.0)
        above = screen_y(stage, view, self.parallax, self.top + dy)
        still = abs(zoom - 1) < 1e-9
        if still:
            above = float(math.ceil(above - 1e-6))
        first = max(0, math.ceil(above - 1e-6))
        last = int(min(height, math.floor(above + self.image.height * zoom + 1e-6)))
        if last - first < 2:
            return
        if self.period:
            left = (
                self.parallax * view.x + view.orbit * (self.parallax - 1) - dx + width / 2 - width / zoom / 2
            ) % self.period
        else:
            left = (self.image.width - width / zoom) / 2
        for part in self._painted():
            # Neighbours round the same number, so that they neither overlap nor leave a gap.
            upper = max(first, round(above + part.top * zoom))
            lower = min(last, round(above + part.bottom * zoom))
            for turn in (0, 1) if self.period and not part.endless else (0,):
                start = left - turn * self.period
                x0, x1 = 0, width
                if not part.endless:
                    x0 = max(x0, round((part.left - start) * zoom))
                    x1 = min(x1, round((part.right - start) * zoom))
                if x1 <= x0 or lower <= upper:
                    part.leave(turn)
                    continue
                box = (start + x0 / zoom, (upper - above) / zoom, start + x1 / zoom, (lower - above) / zoom)
                part.lay(canvas, turn, (x0, upper, x1, lower), box, self._piece)

    def _painted(self) -> list[Part]:
        if self._parts is None:
            # Not from its first row: that one is smoothed with the open row above.
            solid = min(self.image.height, max(0.0, self.solid - self.top + (self.solid > self.top)))
            self._parts = parts_of(self.image, int(solid), endless=bool(self.period))
        return self._parts

    def _piece(self, left: int, upper: int, right: int, lower: int) -> Image.Image:
        """These columns and rows; beyond its period the sheet begins again."""
        if not self.period or (left >= 0 and right <= self.image.width):
            return self.image.crop((left, upper, right, lower))
        piece = Image.new("RGBa", (right - left, lower - upper))
        for turn in range(left // self.period * self.period, right, self.period):
            first, last = max(left, turn), min(right, turn + self.period)
            piece.paste(self.image.crop((first - turn, upper, last - turn, lower)), (first - left, 0))
        return piece


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


def tinted(colour: Colour, alpha: Image.Image, share: float = 1.0) -> Image.Image:
    """A premultiplied picture of one colour with `share` (0 to 1) of this opacity."""
    # A pixel is one 32-bit word: one table gives all four channels.
    words = _tint_words(colour, share).take(np.frombuffer(alpha.tobytes(), np.uint8))
    return Image.frombytes("RGBa", alpha.size, words.tobytes())


@lru_cache(maxsize=128)
def _tint_words(colour: Colour, share: float) -> NDArray[np.uint32]:
    levels = [round(v * share) for v in range(256)]
    table = np.array([[v * part // 255 for part in (*colour, 255)] for v in levels], np.uint8)
    return table.view(np.uint32).ravel()


def lay_colour(
    canvas: Image.Image, colour: Colour, at: tuple[int, int], alpha: Image.Image, share: float = 1.0
) -> None:
    """Lay one colour with `share` of this opacity over premultiplied `canvas`, `at` its upper left corner.

    Pillow lays a picture by its own alpha eight times faster than a colour by a mask; making the picture only pays
    when it is not small.
    """
    if alpha.width * alpha.height < SMALL_PX and share == 1.0:
        canvas.paste((*colour, 255), at, alpha)
        return
    picture = tinted(colour, alpha, share)
    canvas.paste(picture, at, picture)


def glow_picture(radius: int, colour: Colour, strength: float) -> Image.Image:
    """A round light, premultiplied, `2 * radius` pixels wide."""
    away = ((np.arange(radius, dtype=np.float32) + np.float32(0.5)) / radius) ** 2
    fall = np.clip(1 - np.sqrt(away[:, None] + away[None, :]), 0, 1)
    quarter = (fall * fall * (255 * strength)).astype(np.uint8)
    half = np.concatenate([quarter[::-1], quarter])
    return tinted(colour, Image.fromarray(np.concatenate([half[:, ::-1], half], axis=1), "L"))


def lay_glow(image: Image.Image, x: float, y: float, radius: float, colour: Colour, strength: float) -> None:
    """Lay a round light over `image`, inside what is already painted there or not."""
    r = max(2, round(radius))
    if not (-r < round(x) < image.width + r and -r < round(y) < image.height + r):
        return
    glow = glow_picture(r, colour, strength)
    image.paste(glow, (round(x) - r, round(y) - r), glow)
