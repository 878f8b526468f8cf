"""Layers: painted sheets that repeat sideways, and how the camera sees them.

A layer is painted once. Every frame picks its pixels from a patch: the part of the layer around the view, enlarged
once with smooth edges, so that a pan or a zoom only copies (seven times faster than filtering every frame) and still
lands on a half, when only panning a quarter, of a pixel. Pictures stay premultiplied (`RGBa`) from the first stroke to
the last paste, so nothing is converted per frame.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

import numpy as np
from PIL import Image

from cutaway_providers.sketch.palette import Colour
from cutaway_providers.sketch.stage import Stage

UNSEEN_PX = 0.22
LARGE_PX = 600_000
SMALL_PX = 10_000
SLACK = 0.08
"""How far a patch reaches beyond the view, as a share of the frame's width: to both sides, all ahead once it moves."""

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


@dataclass(frozen=True, slots=True)
class _Patch:
    """Part of a layer, enlarged `across` and `down` times; `left` and `upper` are its corner in the layer."""

    left: int
    upper: int
    right: int
    lower: int
    across: float
    down: float
    image: Image.Image

    def holds(self, box: tuple[float, float, float, float], across: float, down: float) -> bool:
        return (
            (self.across, self.down) == (across, down)
            and self.left <= box[0]
            and self.upper <= box[1]
            and box[2] <= self.right
            and box[3] <= self.lower
        )


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
    _patch: _Patch | None = field(default=None, repr=False)
    _seen: tuple[_Cut, Image.Image] | None = field(default=None, repr=False)

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
            self._seen = (cut, self._cut(width, last - first, left, upper, zoom, canvas.width * canvas.height))
        seen = self._seen[1]
        # Rows without a hole are copied, not blended.
        whole = min(last, max(first, self.hides_from(stage, view, t)))
        if whole > first:
            above_it = seen.crop((0, 0, width, int(whole) - first)) if whole < last else seen
            canvas.paste(above_it, (0, first), above_it)
        if whole < last:
            canvas.paste(seen.crop((0, int(whole) - first, width, last - first)), (0, int(whole)))

    def _cut(self, width: int, rows: int, left: float, upper: float, zoom: float, large_px: int) -> Image.Image:
        still = abs(zoom - 1) < 1e-9
        if still and abs(left - round(left)) < 1e-3:
            return self._piece(round(left), int(upper), round(left) + width, int(upper) + rows)
        # A large frame's pixels are small: less of one is enough, and a patch of it would take four times the memory.
        fine = 2.0 if large_px < LARGE_PX else 1.5
        across, down = (fine * 2, 1.0) if still else (fine, fine)
        box = (left, upper, left + width / zoom, min(float(self.image.height), upper + rows / zoom))
        if self._patch is None or not self._patch.holds(box, across, down):
            self._patch = self._enlarged(box, across, down, SLACK * width)
        patch = self._patch
        across = patch.image.width / (patch.right - patch.left)
        down = patch.image.height / (patch.lower - patch.upper)
        at = (
            (box[0] - patch.left) * across,
            (box[1] - patch.upper) * down,
            min((box[2] - patch.left) * across, patch.image.width),
            min((box[3] - patch.upper) * down, patch.image.height),
        )
        return patch.image.resize((width, rows), Image.Resampling.NEAREST, box=at)

    def _enlarged(self, box: tuple[float, float, float, float], across: float, down: float, slack: float) -> _Patch:
        """A patch that holds `box` and what a moving camera sees next."""
        before, after = slack, slack
        if self._patch is not None:
            # The view left the last patch to one side and mostly keeps going that way.
            moved = (box[0] + box[2] - self._patch.left - self._patch.right) / 2
            if self.period:
                moved = (moved + self.period / 2) % self.period - self.period / 2
            before, after = (2.0, 2 * slack) if moved > 0 else (2 * slack, 2.0)
        left, right = math.floor(box[0] - before), math.ceil(box[2] + after)
        if not self.period:
            left, right = max(0, left), min(self.image.width, right)
        upper, lower = max(0, math.floor(box[1] - slack / 4)), min(self.image.height, math.ceil(box[3] + slack / 4))
        size = (math.ceil((right - left) * across), math.ceil((lower - upper) * down))
        whole = left >= 0 and right <= self.image.width
        source = self.image if whole else self._piece(left, upper, right, lower)
        around = (left, upper, right, lower) if whole else (0, 0, right - left, lower - upper)
        image = source.resize(size, Image.Resampling.BILINEAR, box=around)
        return _Patch(left, upper, right, lower, across, down, image)

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


def tinted(colour: Colour, alpha: Image.Image) -> Image.Image:
    """A premultiplied picture of one colour with this opacity."""
    return Image.merge("RGBa", (alpha, alpha, alpha, alpha)).point(_tint_tables(colour))


@lru_cache(maxsize=64)
def _tint_tables(colour: Colour) -> list[int]:
    return [v * c // 255 for c in (*colour, 255) for v in range(256)]


def lay_colour(canvas: Image.Image, colour: Colour, at: tuple[int, int], alpha: Image.Image) -> None:
    """Lay one colour with this opacity over premultiplied `canvas`, `at` its upper left corner.

    Pillow lays a picture by its own alpha eight times faster than a colour by a mask; making the picture only pays
    when it is large.
    """
    if alpha.width * alpha.height < SMALL_PX:
        canvas.paste((*colour, 255), at, alpha)
        return
    picture = tinted(colour, alpha)
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
