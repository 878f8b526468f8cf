"""Things that stand in the distance: the lighthouse on its rock, a house."""

# Coordinates read better in rows than one to a line.
# fmt: off
from __future__ import annotations

import math

from cutaway_providers.sketch.palette import mix
from cutaway_providers.sketch.pen import Pen, shade
from cutaway_providers.sketch.subjects.drawing import Drawing, Look, Pose


def draw_lighthouse(pen: Pen, pose: Pose, look: Look) -> None:
    """A banded tower on a rock; after sunset its lamp turns and throws two beams."""
    band = look.main((200, 66, 58))
    wall = (246, 240, 228)
    if look.lamps:
        _beams(pen, pose)
    rock = (104, 98, 108)
    pen.blob([(-0.52, -0.10), (-0.46, 0.03), (-0.30, 0.10), (-0.12, 0.15), (0.12, 0.155), (0.30, 0.09), (0.44, 0.05),
              (0.56, -0.10)], rock)
    pen.blob([(-0.28, -0.08), (-0.24, 0.05), (-0.06, 0.12), (0.10, 0.11), (0.02, -0.02), (0.10, -0.10)],
             shade(rock, 0.12), edge=0)
    pen.poly([(0.14, 0.14), (0.14, 0.27), (0.24, 0.335), (0.345, 0.27), (0.345, 0.10)], wall)
    pen.poly([(0.12, 0.265), (0.24, 0.345), (0.365, 0.265)], band)
    pen.box(0.215, 0.17, 0.265, 0.225, (255, 214, 122) if look.lamps else (96, 110, 126), edge=0, lit=look.lamps)
    low, high, foot, neck = 0.13, 0.78, 0.135, 0.078

    def half(y: float) -> float:
        return foot + (neck - foot) * (y - low) / (high - low)

    for k in range(5):
        y0, y1 = low + (high - low) * k / 5, low + (high - low) * (k + 1) / 5
        colour = band if k % 2 else wall
        pen.poly([(-half(y0), y0), (half(y0), y0), (half(y1), y1), (-half(y1), y1)], colour, edge=0)
        pen.poly([(half(y0) * 0.45, y0), (half(y0), y0), (half(y1), y1), (half(y1) * 0.45, y1)], shade(colour, -0.14),
                 edge=0)
    for y in (0.36, 0.61):
        pen.box(-0.022, y, 0.022, y + 0.055, (255, 214, 122) if look.lamps else (70, 82, 98), round_by=0.02, edge=0,
                lit=look.lamps)
    pen.blob([(-0.04, 0.13), (-0.04, 0.20), (0.0, 0.23), (0.04, 0.20), (0.04, 0.13)], (92, 62, 54), edge=0, steps=4)
    pen.box(-0.125, 0.775, 0.125, 0.80, (64, 66, 80))
    pen.line([(-0.125, 0.845), (0.125, 0.845)], 0.010, (64, 66, 80))
    for k in range(7):
        x = -0.12 + 0.04 * k
        pen.line([(x, 0.80), (x, 0.845)], 0.007, (64, 66, 80))
    glass = (255, 236, 164) if look.lamps else (176, 208, 214)
    pen.box(-0.065, 0.80, 0.065, 0.905, glass, edge=0, lit=look.lamps)
    for x in (-0.065, -0.022, 0.022, 0.065):
        pen.line([(x, 0.80), (x, 0.905)], 0.009, (64, 66, 80))
    pen.blob([(-0.095, 0.90), (-0.06, 0.955), (0.0, 0.98), (0.06, 0.955), (0.095, 0.90)], band)
    pen.oval(0.0, 0.985, 0.016, 0.016, (64, 66, 80))
    pen.glow(0.0, 0.855, 0.42 if look.lamps else 0.12, (255, 232, 160), 0.85 if look.lamps else 0.25)


def _beams(pen: Pen, pose: Pose) -> None:
    turn = pose.t * 0.9
    for side in (0.0, math.pi):
        reach = math.cos(turn + side)
        # Seen from the side a turning beam shortens, and brightens as it sweeps past us.
        pen.beam(0.0, 0.855, 0.0 if reach > 0 else math.pi, 2.4 * abs(reach) + 0.05, 0.14 + 0.16 * (1 - abs(reach)),
                 (255, 240, 190), 0.60)


def draw_house(pen: Pen, pose: Pose, look: Look) -> None:
    """A cottage with a chimney that smokes and windows lit after sunset."""
    wall = look.main((232, 208, 176))
    roof = (164, 78, 66)
    for k in range(4):
        age = (pose.t * 0.22 + k / 4) % 1.0
        size = 0.035 + 0.06 * age
        if age < 0.93:
            pen.oval(0.26 + 0.10 * age + 0.02 * math.sin(pose.t + k), 0.93 + 0.42 * age, size * (1 - age * 0.5),
                     size * (1 - age * 0.5), (226, 224, 224))
    pen.box(0.21, 0.62, 0.33, 0.93, (150, 96, 84))
    pen.box(-0.50, 0.0, 0.50, 0.56, wall)
    pen.poly([(-0.60, 0.54), (-0.34, 0.90), (0.34, 0.90), (0.60, 0.54)], roof)
    for k in range(3):
        pen.line([(-0.54 + 0.07 * k, 0.615 + 0.09 * k), (0.54 - 0.07 * k, 0.615 + 0.09 * k)], 0.012, shade(roof, -0.2))
    pane = (255, 214, 122) if look.lamps else mix((150, 186, 200), wall, 0.2)
    for x in (-0.30, 0.30):
        pen.box(x - 0.11, 0.22, x + 0.11, 0.42, (250, 246, 236), edge=0)
        pen.box(x - 0.09, 0.24, x + 0.09, 0.40, pane, edge=0, lit=look.lamps)
        pen.line([(x, 0.24), (x, 0.40)], 0.014, (250, 246, 236))
        if look.lamps:
            pen.glow(x, 0.32, 0.34, (255, 206, 120), 0.5)
    pen.box(-0.085, 0.0, 0.085, 0.36, (104, 72, 62), round_by=0.02)
    pen.oval(0.05, 0.18, 0.014, 0.014, (226, 186, 92))


DRAWINGS = {
    "lighthouse": Drawing(draw_lighthouse, 0.68, (-0.68, -0.18, 0.70, 1.06), "structure", shadow=0.0),
    "house": Drawing(draw_house, 0.42, (-0.66, -0.03, 0.66, 1.42), "structure", shadow=0.0),
}
