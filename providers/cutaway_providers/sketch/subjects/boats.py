"""Boats: the rowing boat with its oars and the sailing boat. Their ground point is the water line."""

# Coordinates read better in rows than one to a line.
# fmt: off
from __future__ import annotations

import math

from cutaway_providers.sketch.palette import PAPER, mix
from cutaway_providers.sketch.pen import Pen, shade
from cutaway_providers.sketch.subjects.drawing import Drawing, Look, Pose

ROW_RATE_HZ = 0.45


def draw_boat(pen: Pen, pose: Pose, look: Look) -> None:
    """A wooden rowing boat, bow to the right; with somebody in it the oars move."""
    wood = look.main((176, 104, 66))
    inside = shade(wood, -0.42)
    pen.blob([(-1.36, 0.56), (-0.6, 0.50), (0.4, 0.50), (1.48, 0.70), (1.0, 0.36), (-1.1, 0.34)], inside)
    pen.box(-0.95, 0.40, -0.72, 0.50, shade(wood, 0.1), edge=0)
    hull = [(-1.40, 0.56), (-1.30, 0.20), (-1.12, -0.10), (-0.4, -0.22), (0.6, -0.20), (1.12, 0.05), (1.38, 0.40),
            (1.52, 0.74),
            (1.10, 0.56), (0.5, 0.45), (-0.3, 0.41), (-1.0, 0.46)]
    pen.blob(hull, wood)
    for k, tone in ((0.62, -0.16), (0.30, -0.30)):
        pen.line([(-1.37, 0.10 + 0.42 * k), (-0.9, 0.02 + 0.42 * k), (0.0, -0.03 + 0.40 * k), (0.9, 0.06 + 0.42 * k),
                  (1.36, 0.30 + 0.38 * k)],
                 0.022, shade(wood, tone))
    pen.line([(-1.41, 0.565), (-1.0, 0.475), (-0.3, 0.425), (0.5, 0.465), (1.1, 0.575), (1.53, 0.755)], 0.060,
             mix(wood, PAPER, 0.62))
    lock = (-0.42, 0.47)
    pull = math.sin(math.tau * pose.t * ROW_RATE_HZ)
    back = math.cos(math.tau * pose.t * ROW_RATE_HZ) < 0
    if not look.crewed:
        pull, back = -0.2, False
    lift = 0.16 * abs(math.cos(math.tau * pose.t * ROW_RATE_HZ)) if back else 0.0
    dx = -0.40 - 0.22 * pull
    handle = (lock[0] - dx * 0.85, lock[1] + 0.25 - lift * 0.3)
    blade = (lock[0] + dx * 2.1, -0.10 + lift * 1.8)
    pen.limb([handle, lock, blade], [0.045, 0.042, 0.038], mix(wood, PAPER, 0.45), edge=0.012)
    ux, uy = blade[0] - lock[0], blade[1] - lock[1]
    far = (blade[0] + ux * 0.34, blade[1] + uy * 0.34)
    pen.limb([blade, far], [0.06, 0.13], mix(wood, PAPER, 0.55), edge=0.01)
    pen.oval(lock[0], lock[1], 0.05, 0.05, (70, 66, 72))


def draw_sailboat(pen: Pen, pose: Pose, look: Look) -> None:
    """A small sailing boat with two sails that fill and slacken, and a pennant."""
    cloth = look.main((250, 244, 230))
    stripe = (206, 84, 72) if look.colour is None else mix(cloth, (255, 255, 255), 0.5)
    swell = 0.030 * math.sin(pose.t * 1.3)
    pen.limb([(0.02, 0.10), (0.02, 0.98)], [0.022, 0.014], (128, 92, 66))
    flag = 0.02 * math.sin(pose.t * 7)
    pen.poly([(0.02, 0.985), (-0.10, 0.965 + flag), (0.02, 0.935)], (206, 70, 60), edge=0)
    pen.blob([(-0.015, 0.92), (-0.16 - swell, 0.66), (-0.32 - swell, 0.42), (-0.44, 0.235), (-0.22, 0.215),
              (-0.012, 0.225)], cloth)
    pen.poly([(-0.232 - swell, 0.545), (-0.300 - swell, 0.445), (-0.012, 0.445), (-0.012, 0.545)], stripe, edge=0)
    pen.blob([(0.055, 0.84), (0.20 + swell, 0.58), (0.36 + swell * 0.6, 0.32), (0.43, 0.215), (0.24, 0.235),
              (0.06, 0.25)], shade(cloth, -0.08))
    pen.limb([(-0.45, 0.215), (0.02, 0.205)], [0.014, 0.016], (128, 92, 66))
    pen.blob([(-0.47, 0.145), (-0.44, 0.03), (-0.34, -0.06), (0.22, -0.06), (0.40, 0.04), (0.50, 0.175), (0.30, 0.135),
              (-0.1, 0.12)],
             (52, 84, 118))
    pen.line([(-0.475, 0.15), (-0.1, 0.128), (0.30, 0.142), (0.505, 0.182)], 0.022, PAPER)
    pen.line([(-0.435, 0.05), (0.0, 0.025), (0.405, 0.06)], 0.012, (206, 84, 72))


def draw_ship(pen: Pen, pose: Pose, look: Look) -> None:
    """A steamer: decks of portholes, funnels that smoke, a flag astern."""
    hull = look.main((44, 58, 92))
    white = (250, 248, 242)
    lit = look.lamps
    for f in range(2):
        x = -0.34 + 0.44 * f
        for k in range(4):
            age = (pose.t * 0.3 + k / 4 + f * 0.13) % 1.0
            if age < 0.9:
                size = (0.03 + 0.09 * age) * (1 - 0.5 * age)
                pen.oval(x - 0.55 * age, 0.86 + 0.20 * age, size, size, (216, 214, 216))
        pen.poly([(x - 0.085, 0.50), (x + 0.085, 0.50), (x + 0.055, 0.84), (x - 0.095, 0.84)], (206, 70, 58))
        pen.poly([(x - 0.097, 0.78), (x + 0.060, 0.78), (x + 0.055, 0.84), (x - 0.095, 0.84)], (48, 46, 56), edge=0)
    pen.line([(0.62, 0.40), (0.58, 0.90)], 0.016, (128, 92, 66))
    pen.line([(-0.80, 0.34), (-0.84, 0.72)], 0.014, (128, 92, 66))
    flap = [0.014 * math.sin(pose.t * 6 - k * 1.2) * k for k in range(4)]
    pen.poly([(-0.835, 0.72), (-0.90, 0.71 + flap[1]), (-0.97, 0.70 + flap[3]), (-0.965, 0.62 + flap[3]),
              (-0.895, 0.63 + flap[1]),
              (-0.83, 0.64)], (206, 62, 58), edge=0)
    pen.poly([(-0.62, 0.40), (-0.58, 0.53), (0.40, 0.53), (0.50, 0.40)], white)
    pen.poly([(-0.86, 0.24), (-0.82, 0.41), (0.66, 0.41), (0.80, 0.24)], white)
    pen.poly([(0.30, 0.53), (0.30, 0.62), (0.46, 0.62), (0.44, 0.53)], white)
    for row, (x0, count, y) in enumerate(((-0.74, 13, 0.325), (-0.48, 8, 0.468))):
        for k in range(count):
            pen.box(x0 + 0.112 * k - 0.026, y - 0.024, x0 + 0.112 * k + 0.026, y + 0.024,
                    (255, 222, 140) if lit and (k + row) % 4 else (104, 138, 164), round_by=0.012, edge=0,
                    lit=lit and bool((k + row) % 4))
    pen.blob([(-1.02, 0.26), (-0.98, 0.06), (-0.86, -0.10), (0.0, -0.12), (0.78, -0.10), (0.94, 0.06), (1.14, 0.34),
              (0.80, 0.26), (0.0, 0.235),
              (-0.7, 0.24)], hull, steps=4)
    pen.poly([(-0.965, 0.03), (0.93, 0.03), (0.79, -0.10), (0.0, -0.12), (-0.87, -0.10)], (166, 56, 52), edge=0)
    pen.line([(-1.01, 0.255), (-0.5, 0.225), (0.4, 0.235), (0.86, 0.275), (1.13, 0.345)], 0.024, white)
    for k in range(11):
        pen.oval(-0.80 + 0.15 * k, 0.14, 0.022, 0.022, (255, 222, 140) if lit else (190, 206, 216), lit=lit)
    pen.limb([(0.90, 0.16), (0.88, 0.06)], [0.016, 0.020], (190, 196, 204))
    if lit:
        pen.glow(0.1, 0.36, 0.8, (255, 214, 140), 0.35)


DRAWINGS = {
    "boat": Drawing(draw_boat, 0.19, (-2.35, -0.45, 1.7, 1.0), "floater", 0.55, 1.0, 0.0, seat=(0.12, 0.10)),
    "sailboat": Drawing(draw_sailboat, 0.62, (-0.62, -0.12, 0.62, 1.06), "floater", 0.20, 1.0, 0.0, seat=(-0.20, 0.02),
                        rider_size=0.72),
    "ship": Drawing(draw_ship, 0.40, (-1.28, -0.18, 1.28, 1.16), "floater", 0.22, 1.0, 0.0, leans=False),
}
