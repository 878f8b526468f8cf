"""The pen: smooth paper shapes in a subject's own units, drawn large and reduced.

Units are the subject's height; the origin is the ground between its feet; y points up; it faces right. The picture
is premultiplied (`RGBa`), so it can be reduced, resized and pasted without a bright fringe. `nudge` shifts the drawing
by a fraction of a pixel, so that slow moves do not jump from pixel to pixel.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from PIL import Image, ImageDraw

from cutaway_providers.sketch.palette import Colour, mix, times

Point = tuple[float, float]
OVERSAMPLE = 3
PAPER_EDGE = 0.012


class Pen:
    """Draws one sprite. `box` is (left, bottom, right, top) in units; `scale` is pixels per unit."""

    def __init__(
        self,
        box: tuple[float, float, float, float],
        scale: float,
        *,
        tint: tuple[float, float, float] = (1.0, 1.0, 1.0),
        flip: bool = False,
        lean: float = 0.0,
        nudge: Point = (0.0, 0.0),
    ) -> None:
        self.left, self.bottom, self.right, self.top = box
        self.scale = scale
        self.tint = tint
        self.flip = flip
        self.glows: list[tuple[float, float, float, Colour, float]] = []
        self.beams: list[tuple[Point, Point, float, Colour, float]] = []
        self._k = scale * OVERSAMPLE
        self.width = max(1, math.ceil((self.right - self.left) * scale))
        self.height = max(1, math.ceil((self.top - self.bottom) * scale))
        # The way from units to pixels as one affine map, since every point of every piece of paper goes it.
        k, cos, sin, side = self._k, math.cos(lean), math.sin(lean), -1.0 if flip else 1.0
        x0 = (self.right if flip else -self.left) * k + nudge[0] * OVERSAMPLE
        y0 = self.top * k + nudge[1] * OVERSAMPLE
        self._map = (side * cos * k, side * sin * k, x0, sin * k, -cos * k, y0)
        self._image = Image.new("RGBa", (self.width * OVERSAMPLE, self.height * OVERSAMPLE))
        self._draw = ImageDraw.Draw(self._image)

    def finish(self) -> Image.Image:
        """The sprite, premultiplied, `width` x `height` pixels."""
        left, top, right, bottom = self._image.getbbox() or (0, 0, 1, 1)
        left, top = left // OVERSAMPLE, top // OVERSAMPLE
        right, bottom = -(-right // OVERSAMPLE), -(-bottom // OVERSAMPLE)
        # Only what is painted: a box leaves room for limbs and tails that are elsewhere now.
        painted = (left * OVERSAMPLE, top * OVERSAMPLE, right * OVERSAMPLE, bottom * OVERSAMPLE)
        sprite = Image.new("RGBa", (self.width, self.height))
        sprite.paste(self._image.reduce(OVERSAMPLE, painted), (left, top))
        return sprite

    def place(self, x: float, y: float) -> Point:
        """A point in units as pixels of the finished sprite."""
        px, py = self._xy(x, y)
        return px / OVERSAMPLE, py / OVERSAMPLE

    def poly(self, points: Sequence[Point], colour: Colour, *, edge: float = PAPER_EDGE, lit: bool = False) -> None:
        """A straight-edged piece of paper; `edge` is the visible thickness under it, 0 for none."""
        self._fill(self._at(points), colour, edge, lit)

    def blob(
        self, points: Sequence[Point], colour: Colour, *, edge: float = PAPER_EDGE, lit: bool = False, steps: int = 7
    ) -> None:
        """A smooth closed piece of paper through `points`."""
        self._fill(curve(self._at(points), steps), colour, edge, lit)

    def oval(
        self, x: float, y: float, rx: float, ry: float, colour: Colour, *, edge: float = 0.0, lit: bool = False
    ) -> None:
        """An ellipse around (x, y)."""
        count = 28 if max(rx, ry) * self._k > 30 else 16
        points = [
            (x + rx * math.cos(i * math.tau / count), y + ry * math.sin(i * math.tau / count)) for i in range(count)
        ]
        self._fill(self._at(points), colour, edge, lit)

    def box(
        self,
        x0: float,
        y0: float,
        x1: float,
        y1: float,
        colour: Colour,
        *,
        round_by: float = 0.0,
        edge: float = PAPER_EDGE,
        lit: bool = False,
    ) -> None:
        """A rectangle with corners rounded by `round_by` units."""
        r = min(round_by, (x1 - x0) / 2, (y1 - y0) / 2)
        if r <= 0:
            self.poly([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], colour, edge=edge, lit=lit)
            return
        points: list[Point] = []
        for cx, cy, start in ((x1 - r, y1 - r, 0), (x0 + r, y1 - r, 1), (x0 + r, y0 + r, 2), (x1 - r, y0 + r, 3)):
            points += [
                (cx + r * math.cos((start + i / 5) * math.pi / 2), cy + r * math.sin((start + i / 5) * math.pi / 2))
                for i in range(6)
            ]
        self.poly(points, colour, edge=edge, lit=lit)

    def limb(self, points: Sequence[Point], widths: Sequence[float], colour: Colour, *, edge: float = 0.0) -> None:
        """A tapering limb along `points`; `widths` are its thickness at each point."""
        ink = self._ink(colour, lit=False)
        at = self._at(points)
        radii = [w * self._k / 2 for w in widths]
        if edge:
            drop = edge * self._k
            self._limb([(x + drop, y + drop) for x, y in at], radii, self._ink(times(colour, 0.7), lit=False))
        self._limb(at, radii, ink)

    def line(self, points: Sequence[Point], width: float, colour: Colour, *, lit: bool = False) -> None:
        """A thin stroke of constant `width` units."""
        at = self._at(points)
        self._draw.line(at, fill=self._ink(colour, lit=lit), width=max(1, round(width * self._k)), joint="curve")

    def stamp(self, picture: Image.Image, x: float, y: float, width: float, height: float) -> None:
        """Lay a premultiplied picture, `width` x `height` units, around (x, y); it is never mirrored nor tilted."""
        px, py = self._xy(x, y)
        size = max(1, round(width * self._k)), max(1, round(height * self._k))
        small = picture.resize(size, Image.Resampling.BILINEAR)
        if self.tint != (1.0, 1.0, 1.0):
            tables = [[min(255, round(v * part)) for v in range(256)] for part in self.tint]
            small = small.point([*tables[0], *tables[1], *tables[2], *range(256)])
        self._image.paste(small, (round(px - size[0] / 2), round(py - size[1] / 2)), small)

    def glow(self, x: float, y: float, radius: float, colour: Colour, strength: float = 1.0) -> None:
        """Remember a light at (x, y) reaching `radius` units; it is laid over the frame after the sprite."""
        px, py = self.place(x, y)
        self.glows.append((px, py, radius * self.scale, colour, strength))

    def beam(
        self, x: float, y: float, angle: float, reach: float, spread: float, colour: Colour, strength: float
    ) -> None:
        """Remember a beam from (x, y) along `angle`, `reach` units long and `spread` units wide per unit of reach."""
        end = x + reach * math.cos(angle), y + reach * math.sin(angle)
        self.beams.append((self.place(x, y), self.place(*end), spread, colour, strength))

    def _xy(self, x: float, y: float) -> Point:
        return self._at(((x, y),))[0]

    def _at(self, points: Sequence[Point]) -> list[Point]:
        xx, xy, x0, yx, yy, y0 = self._map
        return [(x * xx + y * xy + x0, x * yx + y * yy + y0) for x, y in points]

    def _ink(self, colour: Colour, *, lit: bool) -> tuple[int, int, int, int]:
        r, g, b = colour if lit else times(colour, self.tint)
        return r, g, b, 255

    def _fill(self, points: list[Point], colour: Colour, edge: float, lit: bool) -> None:
        if edge and not lit:
            drop = edge * self._k
            self._draw.polygon(
                [(x + drop * 0.5, y + drop) for x, y in points], fill=self._ink(times(colour, 0.7), lit=False)
            )
        self._draw.polygon(points, fill=self._ink(colour, lit=lit))

    def _limb(self, at: Sequence[Point], radii: Sequence[float], ink: tuple[int, int, int, int]) -> None:
        for (x, y), r in zip(at, radii, strict=True):
            self._draw.ellipse((x - r, y - r, x + r, y + r), fill=ink)
        for i in range(len(at) - 1):
            (x0, y0), (x1, y1) = at[i], at[i + 1]
            length = math.hypot(x1 - x0, y1 - y0) or 1.0
            nx, ny = (y0 - y1) / length, (x1 - x0) / length
            a, b = radii[i], radii[i + 1]
            self._draw.polygon(
                [(x0 + nx * a, y0 + ny * a), (x1 + nx * b, y1 + ny * b),
                 (x1 - nx * b, y1 - ny * b), (x0 - nx * a, y0 - ny * a)], fill=ink,
            )  # fmt: skip


def curve(points: Sequence[Point], steps: int = 7) -> list[Point]:
    """A closed Catmull-Rom curve through `points`."""
    out: list[Point] = []
    count = len(points)
    weights = [_weights(step / steps) for step in range(steps)]
    for i in range(count):
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = (points[(i + k) % count] for k in (-1, 0, 1, 2))
        out += [(ax * a + bx * b + cx * c + dx * d, ay * a + by * b + cy * c + dy * d) for a, b, c, d in weights]
    return out


def _weights(t: float) -> tuple[float, float, float, float]:
    t2, t3 = t * t, t * t * t
    return (
        0.5 * (-t + 2 * t2 - t3),
        0.5 * (2 - 5 * t2 + 3 * t3),
        0.5 * (t + 4 * t2 - 3 * t3),
        0.5 * (t3 - t2),
    )


def joint(hip: Point, foot: Point, upper: float, lower: float, bend: float) -> Point:
    """Where the knee is for a two-bone leg; `bend` is +1 when it points forward, -1 backward."""
    dx, dy = foot[0] - hip[0], foot[1] - hip[1]
    reach = max(1e-6, min(math.hypot(dx, dy), (upper + lower) * 0.9995))
    along = (upper * upper - lower * lower + reach * reach) / (2 * reach)
    off = math.sqrt(max(0.0, upper * upper - along * along))
    length = math.hypot(dx, dy) or 1e-6
    ux, uy = dx / length, dy / length
    return hip[0] + ux * along - uy * off * bend, hip[1] + uy * along + ux * off * bend


def step(phase: float, stride: float, lift: float, duty: float = 0.6) -> Point:
    """A foot's place (forward, up) relative to its resting point at `phase` (cycles) of a walk."""
    phase %= 1.0
    if phase < duty:
        return stride * (0.5 - phase / duty), 0.0
    swing = (phase - duty) / (1 - duty)
    ease = swing * swing * (3 - 2 * swing)
    return stride * (ease - 0.5), lift * math.sin(math.pi * swing)


def shade(colour: Colour, by: float) -> Colour:
    """Lighter for `by` > 0, darker for `by` < 0; `by` is -1 to 1."""
    return mix(colour, (255, 255, 255), by) if by > 0 else times(colour, 1 + by)
