"""Things on wheels: the car and the bicycle."""

# Coordinates read better in rows than one to a line.
# fmt: off
from __future__ import annotations

import math

from cutaway_providers.sketch.palette import NEAR_BLACK, Colour, mix
from cutaway_providers.sketch.pen import Pen, Point, shade
from cutaway_providers.sketch.subjects.drawing import Drawing, Look, Pose

GLASS: Colour = (168, 210, 222)
CAR_WHEEL = 0.225
BIKE_WHEEL = 0.33


def draw_car(pen: Pen, pose: Pose, look: Look) -> None:
    """A small rounded car; its windows are holes when somebody drives it, so the driver shows."""
    paint = look.main((206, 62, 52))
    if look.says("taxi", "cab"):
        paint = look.main((244, 196, 62))
    bounce = 0.010 * math.sin(pose.t * 13) if pose.pace else 0.004 * math.sin(pose.t * 2)
    y = bounce
    roof = [(-0.86, 0.56 + y), (-0.66, 0.90 + y), (-0.42, 0.985 + y), (0.16, 0.985 + y), (0.40, 0.90 + y),
            (0.72, 0.56 + y)]
    rear = [(-0.70, 0.58 + y), (-0.55, 0.83 + y), (-0.40, 0.90 + y), (-0.16, 0.90 + y), (-0.16, 0.58 + y)]
    front = [(-0.06, 0.58 + y), (-0.06, 0.90 + y), (0.14, 0.90 + y), (0.32, 0.83 + y), (0.54, 0.58 + y)]
    if look.crewed:
        top = [(-0.86, 0.56 + y), (-0.66, 0.90 + y), (-0.42, 0.985 + y), (0.16, 0.985 + y), (0.40, 0.90 + y),
               (0.72, 0.56 + y),
               (0.54, 0.58 + y), (0.32, 0.83 + y), (0.14, 0.90 + y), (-0.40, 0.90 + y), (-0.55, 0.83 + y), (-0.70,
                                                                                                            0.58 + y)]
        pen.poly(top, paint, edge=0)
        pen.poly([(-0.16, 0.58 + y), (-0.16, 0.92 + y), (-0.06, 0.92 + y), (-0.06, 0.58 + y)], paint, edge=0)
    else:
        pen.blob([*roof[:3], (-0.12, 1.0 + y), *roof[3:]], paint)
        pen.poly(rear, GLASS, edge=0)
        pen.poly(front, GLASS, edge=0)
        pen.poly([(-0.44, 0.58 + y), (-0.30, 0.90 + y), (-0.22, 0.90 + y), (-0.36, 0.58 + y)], shade(GLASS, 0.45),
                 edge=0)
        pen.poly([(0.14, 0.58 + y), (0.02, 0.86 + y), (0.09, 0.86 + y), (0.22, 0.58 + y)], shade(GLASS, 0.45), edge=0)
    body = [(-1.32, 0.24 + y), (-1.36, 0.42 + y), (-1.28, 0.56 + y), (-0.92, 0.60 + y), (-0.2, 0.605 + y),
            (0.66, 0.60 + y),
            (1.08, 0.545 + y), (1.32, 0.46 + y), (1.37, 0.30 + y), (1.30, 0.20 + y), (0.0, 0.185 + y), (-1.24,
                                                                                                        0.19 + y)]
    pen.blob(body, paint)
    pen.poly([(-1.33, 0.27 + y), (1.36, 0.27 + y), (1.31, 0.19 + y), (-1.27, 0.19 + y)], shade(paint, -0.28), edge=0)
    pen.line([(-1.26, 0.475 + y), (0.5, 0.485 + y), (1.22, 0.44 + y)], 0.016, shade(paint, 0.35))
    pen.line([(-0.11, 0.57 + y), (-0.11, 0.24 + y)], 0.012, shade(paint, -0.32))
    pen.box(-0.30, 0.485 + y, -0.18, 0.512 + y, shade(paint, -0.4), edge=0)
    pen.box(0.28, 0.485 + y, 0.40, 0.512 + y, shade(paint, -0.4), edge=0)
    pen.box(1.18, 0.225 + y, 1.42, 0.275 + y, (206, 210, 214), round_by=0.02, edge=0)
    pen.box(-1.42, 0.225 + y, -1.20, 0.275 + y, (206, 210, 214), round_by=0.02, edge=0)
    if look.says("taxi", "cab"):
        pen.box(-0.24, 0.985 + y, 0.02, 1.06 + y, (255, 250, 232), round_by=0.02)
    pen.oval(1.275, 0.40 + y, 0.062, 0.072, (255, 246, 206), lit=look.lamps, edge=0.008)
    pen.box(-1.365, 0.37 + y, -1.30, 0.47 + y, (226, 64, 58), round_by=0.02, edge=0, lit=look.lamps)
    for x in (-0.82, 0.82):
        pen.oval(x, CAR_WHEEL + 0.03 + y, CAR_WHEEL * 1.22, CAR_WHEEL * 1.16, shade(paint, -0.55))
        wheel(pen, x, CAR_WHEEL, CAR_WHEEL, pose.cycle, spokes=5, tyre=0.42)
    if look.lamps:
        pen.glow(1.32, 0.40 + y, 0.9, (255, 236, 170), 0.7)
        pen.glow(-1.36, 0.42 + y, 0.45, (255, 70, 60), 0.6)
        pen.beam(1.30, 0.40 + y, -0.06, 2.6, 0.20, (255, 238, 178), 0.34)


def wheel(pen: Pen, x: float, y: float, r: float, turns: float, *, spokes: int, tyre: float) -> None:
    """A wheel around (x, y) that has made `turns` turns; `tyre` is the share of its radius that is rubber."""
    pen.oval(x, y, r, r, (44, 42, 50), edge=0.008)
    pen.oval(x, y, r * (1 - tyre * 0.8), r * (1 - tyre * 0.8), (196, 200, 206))
    for k in range(spokes):
        a = -math.tau * (turns + k / spokes)
        pen.limb([(x, y), (x + r * 0.56 * math.cos(a), y + r * 0.56 * math.sin(a))], [0.05, 0.025], (108, 112, 122))
    pen.oval(x, y, r * 0.17, r * 0.17, (70, 72, 82))


def draw_bicycle(pen: Pen, pose: Pose, look: Look) -> None:
    """A bicycle with turning wheels and pedals; riderless it stands on its stand."""
    paint = look.main((42, 132, 138))
    back: Point = (-0.56, BIKE_WHEEL)
    fore: Point = (0.58, BIKE_WHEEL)
    crank: Point = (0.0, 0.29)
    saddle: Point = (-0.22, 0.72)
    head: Point = (0.40, 0.78)
    for x, y in (back, fore):
        _hoop(pen, x, y, BIKE_WHEEL, pose.cycle)
    turn = -math.tau * pose.cycle
    far = (crank[0] - 0.128 * math.cos(turn), crank[1] - 0.128 * math.sin(turn))
    pen.limb([crank, far], [0.03, 0.026], (84, 86, 96))
    for a, b in ((back, crank), (back, saddle), (crank, saddle), (crank, (0.42, 0.68)), ((-0.20, 0.66), head)):
        pen.limb([a, b], [0.048, 0.048], paint, edge=0.008)
    pen.limb([fore, (0.46, 0.62), head, (0.38, 0.90)], [0.04, 0.046, 0.046, 0.04], shade(paint, -0.1))
    pen.limb([(0.38, 0.90), (0.47, 0.945), (0.545, 0.93)], [0.04, 0.042, 0.046], (64, 56, 58))
    pen.blob([(-0.37, 0.735), (-0.34, 0.785), (-0.20, 0.775), (-0.06, 0.755), (-0.08, 0.725), (-0.22, 0.72)],
             (74, 54, 48))
    pen.blob([(0.52, 0.84), (0.60, 0.86), (0.62, 0.80), (0.54, 0.78)], (250, 236, 180), lit=look.lamps)
    pen.oval(crank[0], crank[1], 0.085, 0.085, (120, 124, 132), edge=0.006)
    pen.oval(crank[0], crank[1], 0.05, 0.05, shade(paint, -0.2))
    near = (crank[0] + 0.128 * math.cos(turn), crank[1] + 0.128 * math.sin(turn))
    pen.limb([crank, near], [0.034, 0.028], (96, 98, 108))
    for px, py in (near, far):
        pen.limb([(px - 0.06, py), (px + 0.06, py)], [0.03, 0.03], NEAR_BLACK)
    if not look.crewed and not pose.pace:
        pen.limb([(-0.06, 0.27), (-0.17, 0.02)], [0.026, 0.022], (120, 124, 132))
    if look.lamps:
        pen.glow(0.60, 0.82, 0.8, (255, 236, 170), 0.6)


def _hoop(pen: Pen, x: float, y: float, r: float, turns: float) -> None:
    rim = [(x + r * math.cos(k * math.tau / 40), y + r * math.sin(k * math.tau / 40)) for k in range(41)]
    for k in range(10):
        a = -math.tau * (turns + k / 10)
        pen.line([(x, y), (x + r * math.cos(a), y + r * math.sin(a))], 0.010, mix((220, 222, 226), NEAR_BLACK, 0.25))
    pen.line(rim, 0.050, (52, 48, 54))
    pen.line([(x + (px - x) * 0.91, y + (py - y) * 0.91) for px, py in rim], 0.016, (196, 198, 204))
    pen.oval(x, y, 0.035, 0.035, (96, 98, 108))


DRAWINGS = {
    "car": Drawing(draw_car, 0.25, (-1.5, -0.05, 1.5, 1.12), "wheeled", 1.7, math.tau * CAR_WHEEL, 1.25,
                   seat=(0.10, 0.12), rider_size=0.66),
    "bicycle": Drawing(draw_bicycle, 0.27, (-0.95, -0.05, 0.98, 1.05), "wheeled", 1.6, math.tau * BIKE_WHEEL, 0.85,
                       seat=(0.0, 0.0), rider_in_front=True),
}
