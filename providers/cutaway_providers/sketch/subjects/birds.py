"""The bird, on the wing or perched."""

# Coordinates read better in rows than one to a line.
# fmt: off
from __future__ import annotations

import math

from cutaway_providers.sketch.palette import Colour, mix
from cutaway_providers.sketch.pen import Pen, shade
from cutaway_providers.sketch.subjects.drawing import Drawing, Look, Pose, eye
from cutaway_providers.sketch.subjects.mouth import jaw


def draw_bird(pen: Pen, pose: Pose, look: Look) -> None:
    """A bird on the wing; perched, with folded wings, when it sits or stands."""
    fur = look.main((72, 122, 176))
    pale = mix(fur, (255, 248, 236), 0.72)
    beak = (242, 174, 66)
    aloft = pose.deed == "fly"
    y = 0.5 if aloft else 0.30
    beat = math.sin(math.tau * pose.t * 2.6) if aloft else 0.0
    glide = 0.5 + 0.5 * math.sin(pose.t * 0.9)
    lift = (0.75 * beat * (0.45 + 0.55 * glide) + 0.12) if aloft else 0.0
    if not aloft:
        hop = 0.04 * abs(math.sin(pose.t * 3.0)) if pose.pace else 0.0
        y += hop
        for x in (-0.02, 0.10):
            pen.line([(x, 0.22 + hop), (x + 0.02, 0.02 + hop), (x + 0.10, 0.01 + hop)], 0.03, beak)
    else:
        _wing(pen, 0.04, y + 0.08, lift * 0.9, shade(fur, -0.34), 0.94)
    pen.poly([(-0.40, y + 0.04), (-0.86, y + 0.12), (-0.92, y - 0.02), (-0.78, y - 0.06), (-0.40, y - 0.10)],
             shade(fur, -0.2))
    pen.blob([(-0.52, y), (-0.24, y + 0.18), (0.14, y + 0.20), (0.36, y + 0.26), (0.52, y + 0.20), (0.56, y + 0.08),
              (0.42, y - 0.06), (0.12, y - 0.20), (-0.22, y - 0.18)], fur)
    pen.blob([(0.46, y + 0.04), (0.30, y + 0.04), (0.0, y - 0.06), (-0.22, y - 0.14), (0.10, y - 0.195),
              (0.40, y - 0.06)], pale, edge=0)
    jaw(pen, pose, (0.53, y + 0.085), (0.70, y + 0.10), beak, deep=0.12)
    pen.poly([(0.53, y + 0.20), (0.74, y + 0.11), (0.54, y + 0.07)], beak)
    eye(pen, pose, 0.44, y + 0.165, 0.032)
    if aloft:
        _wing(pen, -0.04, y + 0.10, lift, shade(fur, 0.10), 1.0)
    else:
        pen.blob([(0.20, y + 0.12), (0.02, y + 0.14), (-0.34, y + 0.02), (-0.60, y - 0.04), (-0.30, y - 0.12),
                  (0.08, y - 0.08)], shade(fur, -0.16))


def _wing(pen: Pen, x: float, y: float, lift: float, colour: Colour, size: float) -> None:
    up = lift * size
    pen.blob([(x + 0.26, y), (x + 0.20, y + up * 0.55), (x - 0.02, y + up * 1.0), (x - 0.42, y + up * 1.22 - 0.04),
              (x - 0.56, y + up * 1.10 - 0.08), (x - 0.44, y + up * 0.70 - 0.06), (x - 0.40, y + up * 0.36 - 0.05),
              (x - 0.20, y - 0.05)], colour)


DRAWINGS = {
    "bird": Drawing(draw_bird, 0.15, (-1.1, -0.7, 0.9, 1.75), "flyer", 2.2, 1.0, 0.4),
}
