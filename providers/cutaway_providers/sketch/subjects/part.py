"""A part: drawing in coordinates of its own, moved, sized and turned onto the sheet (a head that nods, a wheel)."""

from __future__ import annotations

import math
from collections.abc import Sequence

from cutaway_providers.sketch.palette import NEAR_BLACK, Colour
from cutaway_providers.sketch.pen import PAPER_EDGE, Pen, Point
from cutaway_providers.sketch.subjects.drawing import Pose


class Part:
    """Draws with `pen` around (x, y), `size` times as large (`wide` times that across) and turned by `turn` radians."""

    def __init__(
        self, pen: Pen, x: float = 0.0, y: float = 0.0, *, size: float = 1.0, wide: float = 1.0, turn: float = 0.0
    ) -> None:
        self.pen = pen
        self.x, self.y, self.size, self.wide = x, y, size, wide
        self._cos, self._sin = math.cos(turn), math.sin(turn)

    def at(self, x: float, y: float) -> Point:
        """Where this part's (x, y) is on the sheet."""
        x, y = x * self.size * self.wide, y * self.size
        return self.x + x * self._cos - y * self._sin, self.y + x * self._sin + y * self._cos

    def blob(
        self, points: Sequence[Point], colour: Colour, *, edge: float = PAPER_EDGE, lit: bool = False, steps: int = 6
    ) -> None:
        """A smooth closed piece of paper."""
        self.pen.blob([self.at(*p) for p in points], colour, edge=edge, lit=lit, steps=steps)

    def poly(self, points: Sequence[Point], colour: Colour, *, edge: float = PAPER_EDGE, lit: bool = False) -> None:
        """A straight-edged piece of paper."""
        self.pen.poly([self.at(*p) for p in points], colour, edge=edge, lit=lit)

    def box(
        self, x0: float, y0: float, x1: float, y1: float, colour: Colour, *, edge: float = PAPER_EDGE,
        round_by: float = 0.0, lit: bool = False,
    ) -> None:  # fmt: skip
        """A rectangle with corners rounded by `round_by`."""
        r = min(round_by, abs(x1 - x0) / 2, abs(y1 - y0) / 2)
        if r <= 0:
            self.poly([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], colour, edge=edge, lit=lit)
            return
        corners = ((x1 - r, y1 - r, 0), (x0 + r, y1 - r, 1), (x0 + r, y0 + r, 2), (x1 - r, y0 + r, 3))
        turn = math.pi / 2
        self.poly(
            [
                (cx + r * math.cos((q + i / 4) * turn), cy + r * math.sin((q + i / 4) * turn))
                for cx, cy, q in corners
                for i in range(5)
            ],
            colour, edge=edge, lit=lit,
        )  # fmt: skip

    def oval(
        self, x: float, y: float, rx: float, ry: float, colour: Colour, *, edge: float = 0.0, lit: bool = False
    ) -> None:
        """An ellipse around (x, y)."""
        count = 24
        points = [
            (x + rx * math.cos(i * math.tau / count), y + ry * math.sin(i * math.tau / count)) for i in range(count)
        ]
        self.poly(points, colour, edge=edge, lit=lit)

    def limb(self, points: Sequence[Point], widths: Sequence[float], colour: Colour, *, edge: float = 0.0) -> None:
        """A tapering limb."""
        self.pen.limb([self.at(*p) for p in points], [w * self.size for w in widths], colour, edge=edge)

    def line(self, points: Sequence[Point], width: float, colour: Colour, *, lit: bool = False) -> None:
        """A thin stroke."""
        self.pen.line([self.at(*p) for p in points], width * self.size, colour, lit=lit)

    def glow(self, x: float, y: float, radius: float, colour: Colour, strength: float = 1.0) -> None:
        """A light around (x, y)."""
        self.pen.glow(*self.at(x, y), radius * self.size, colour, strength)

    def eye(self, pose: Pose, x: float, y: float, r: float, iris: Colour | None = None) -> None:
        """A dark eye with a glint, on a coloured iris if one is given; a line while it blinks."""
        if pose.blink:
            self.line([(x - r, y), (x + r, y - r * 0.2)], r * 0.6, NEAR_BLACK)
            return
        if iris:
            self.oval(x, y, r * 1.45, r * 1.5, iris)
        self.oval(x, y, r, r * 1.1, NEAR_BLACK)
        self.oval(x + r * 0.3, y + r * 0.35, r * 0.34, r * 0.34, (255, 255, 255))


Brush = Pen | Part
"""What draws: a whole sheet or a part of it."""
