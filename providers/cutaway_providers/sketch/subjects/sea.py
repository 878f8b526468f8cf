"""Animals of the sea: fish, shark, whale, dolphin, octopus. Their ground point is below the middle of the body."""

# Coordinates read better in rows than one to a line.
# fmt: off
from __future__ import annotations

import math

from cutaway_providers.sketch.palette import NEAR_BLACK, mix
from cutaway_providers.sketch.pen import Pen, Point, shade
from cutaway_providers.sketch.subjects.drawing import Drawing, Look, Pose
from cutaway_providers.sketch.subjects.mouth import jaw, lips
from cutaway_providers.sketch.subjects.part import Part


def swum(points: list[Point], pose: Pose, amount: float, *, length: float = 1.0, rate_hz: float = 0.9) -> list[Point]:
    """Points of a body bent by the wave that runs along it: the tail swings most, the head hardly."""
    out = []
    for x, y in points:
        back = max(0.0, (0.35 - x) / length)
        bend = amount * back * back * math.sin(math.tau * rate_hz * pose.t + 1.8 * x)
        out.append((x, y + bend))
    return out


def draw_fish(pen: Pen, pose: Pose, look: Look) -> None:
    """A fish with bands; its tail and fins fan."""
    skin = look.main((242, 140, 56))
    y = 0.5

    def up(points: list[Point]) -> list[Point]:
        return [(x, v + y) for x, v in swum(points, pose, 0.22, rate_hz=1.6)]

    fin = shade(skin, -0.2)
    pen.blob(up([(-0.46, 0.02), (-0.72, 0.28), (-0.88, 0.30), (-0.80, 0.0), (-0.88, -0.30), (-0.72, -0.26)]), fin)
    pen.blob(up([(-0.26, 0.26), (-0.16, 0.48), (0.10, 0.50), (0.24, 0.32)]), fin)
    pen.blob(up([(-0.16, -0.28), (-0.22, -0.46), (-0.02, -0.42), (0.08, -0.30)]), fin)
    pen.blob(up([(-0.54, 0.04), (-0.30, 0.26), (0.06, 0.36), (0.40, 0.28), (0.64, 0.06), (0.64, -0.04), (0.42, -0.26),
                 (0.06, -0.34), (-0.30, -0.24), (-0.54, -0.04)]), skin)
    pale = (252, 248, 240)
    pen.blob(up([(0.16, 0.35), (0.30, 0.33), (0.28, 0.0), (0.32, -0.30), (0.18, -0.335), (0.12, 0.0)]), pale, edge=0)
    pen.blob(up([(-0.26, 0.285), (-0.12, 0.33), (-0.14, 0.0), (-0.12, -0.31), (-0.26, -0.265), (-0.20, 0.0)]), pale,
             edge=0)
    flutter = 0.06 * math.sin(pose.t * 8)
    pen.blob([(0.14, y - 0.04), (-0.04, y + 0.06 + flutter), (-0.12, y - 0.08 + flutter), (0.02, y - 0.16)],
             shade(skin, 0.16))
    part = Part(pen, 0.44, y + 0.06)
    part.oval(0.0, 0.02, 0.075, 0.078, (255, 255, 252))
    part.eye(pose, 0.015, 0.02, 0.042)
    lips(pen, pose, 0.625, y - 0.02, 0.050)
    gape = 0.015 * math.sin(pose.t * 3)
    pen.line([(0.655, y - 0.01), (0.57, y - 0.04 + gape)], 0.022, shade(skin, -0.5))
    for k in range(3):
        age = (pose.t * 0.5 + k / 3) % 1.0
        if age < 0.9:
            pen.oval(0.74 + 0.05 * math.sin(pose.t * 3 + k * 2), y + 0.10 + 0.55 * age, 0.022 + 0.018 * age,
                     0.022 + 0.018 * age,
                     (226, 242, 250))


def draw_shark(pen: Pen, pose: Pose, look: Look) -> None:
    """A shark: torpedo body, one great fin, gills, teeth."""
    skin = look.main((112, 132, 152))
    pale = mix(skin, (255, 255, 255), 0.78)
    y = 0.5

    def up(points: list[Point]) -> list[Point]:
        return [(x, v + y) for x, v in swum(points, pose, 0.12, length=1.4, rate_hz=0.8)]

    pen.blob(up([(0.10, -0.16), (-0.04, -0.40), (-0.20, -0.46), (-0.12, -0.20)]), shade(skin, -0.3))
    pen.blob(up([(-1.06, 0.03), (-1.20, 0.24), (-1.42, 0.46), (-1.34, 0.10), (-1.42, -0.26), (-1.18, -0.10)]),
             shade(skin, -0.12))
    pen.blob(up([(0.08, 0.22), (-0.06, 0.42), (-0.20, 0.56), (-0.24, 0.40), (-0.28, 0.20)]), shade(skin, -0.12))
    pen.blob(up([(-0.74, 0.10), (-0.86, 0.22), (-0.90, 0.09)]), shade(skin, -0.12))
    pen.blob(up([(-1.14, 0.03), (-0.70, 0.12), (-0.24, 0.25), (0.24, 0.28), (0.66, 0.20), (0.98, 0.06), (1.02, 0.0),
                 (0.80, -0.10), (0.40, -0.20), (0.0, -0.23), (-0.48, -0.14), (-0.86, -0.04), (-1.14, -0.03)]), skin)
    pen.blob(up([(0.96, -0.01), (0.60, -0.03), (0.20, -0.04), (-0.30, -0.06), (-0.80, -0.02), (-0.48, -0.135),
                 (0.0, -0.225),
                 (0.40, -0.195), (0.78, -0.10)]), pale, edge=0)
    pen.poly(up([(0.86, -0.04), (0.56, -0.10), (0.60, -0.135), (0.78, -0.10)]), (96, 52, 62), edge=0)
    jaw(pen, pose, (0.54, y - 0.11), (0.84, y - 0.065), pale, deep=0.10)
    for k in range(4):
        x = 0.62 + 0.055 * k
        pen.poly(up([(x, -0.085 + 0.012 * k), (x + 0.045, -0.077 + 0.012 * k), (x + 0.018, -0.125 + 0.012 * k)]),
                 (255, 255, 255), edge=0)
    for k in range(3):
        pen.line(up([(0.34 - 0.075 * k, 0.10), (0.31 - 0.075 * k, 0.02), (0.34 - 0.075 * k, -0.06)]), 0.018,
                 shade(skin, -0.35))
    pen.blob(up([(0.22, -0.14), (0.08, -0.40), (-0.12, -0.50), (-0.06, -0.24)]), shade(skin, -0.06))
    Part(pen, 0.66, y + 0.085).eye(pose, 0.0, 0.0, 0.030)


def draw_whale(pen: Pen, pose: Pose, look: Look) -> None:
    """A whale: a great pleated throat, flukes, now and then a spout."""
    skin = look.main((70, 104, 142))
    pale = mix(skin, (250, 252, 252), 0.74)
    y = 0.46

    def up(points: list[Point]) -> list[Point]:
        return [(x, v + y) for x, v in swum(points, pose, 0.14, length=1.4, rate_hz=0.45)]

    age = (pose.t * 0.36) % 1.0
    if age < 0.55:
        rise = math.sin(math.pi * age / 0.55)
        for side in (-1, 1):
            pen.limb([(0.40, y + 0.40), (0.40 + 0.06 * side, y + 0.40 + 0.26 * rise),
                      (0.40 + 0.20 * side, y + 0.40 + 0.34 * rise), (0.40 + 0.28 * side, y + 0.36 + 0.22 * rise)],
                     [0.05, 0.06, 0.07, 0.04], (222, 240, 248))
    pen.blob(up([(-0.98, 0.06), (-1.14, 0.22), (-1.40, 0.34), (-1.36, 0.16), (-1.22, 0.06), (-1.38, -0.06),
                 (-1.40, -0.20),
                 (-1.14, -0.10)]), shade(skin, -0.16))
    pen.blob(up([(-1.06, 0.04), (-0.70, 0.12), (-0.34, 0.28), (0.10, 0.40), (0.50, 0.42), (0.84, 0.32), (1.02, 0.10),
                 (1.00, -0.12), (0.78, -0.32), (0.34, -0.40), (-0.14, -0.32), (-0.60, -0.12), (-1.06, -0.03)]), skin)
    pen.blob(up([(1.01, -0.02), (0.70, -0.04), (0.36, -0.12), (0.0, -0.20), (-0.40, -0.20), (-0.12, -0.315),
                 (0.34, -0.395),
                 (0.78, -0.315), (1.00, -0.12)]), pale, edge=0)
    for k in range(4):
        pen.line(up([(0.92 - 0.06 * k, -0.09 - 0.055 * k), (0.46 - 0.06 * k, -0.18 - 0.045 * k),
                     (0.10, -0.24 - 0.02 * k)]), 0.012,
                 shade(pale, -0.2))
    pen.line(up([(1.02, 0.0), (0.74, -0.02), (0.50, -0.02)]), 0.020, shade(skin, -0.4))
    jaw(pen, pose, (0.56, y - 0.025), (1.0, y - 0.015), pale, deep=0.14)
    paddle = 0.10 * math.sin(pose.t * 1.1)
    pen.blob([(0.26, y - 0.16), (0.14, y - 0.34), (-0.08, y - 0.46 + paddle), (-0.10, y - 0.36 + paddle),
              (0.06, y - 0.14)],
             shade(skin, -0.1))
    Part(pen, 0.56, y + 0.07).eye(pose, 0.0, 0.0, 0.032)


def draw_dolphin(pen: Pen, pose: Pose, look: Look) -> None:
    """A dolphin with a smiling beak."""
    skin = look.main((96, 134, 166))
    pale = mix(skin, (255, 255, 255), 0.74)
    y = 0.5

    def up(points: list[Point]) -> list[Point]:
        return [(x, v + y - 0.16 * x * x) for x, v in swum(points, pose, 0.20, length=1.2, rate_hz=1.0)]

    pen.blob(up([(-0.84, 0.06), (-0.98, 0.20), (-1.16, 0.30), (-1.10, 0.10), (-1.18, -0.04), (-1.14, -0.14),
                 (-0.94, -0.04)]),
             shade(skin, -0.16))
    pen.blob(up([(0.02, 0.28), (-0.10, 0.44), (-0.26, 0.54), (-0.26, 0.38), (-0.30, 0.24)]), shade(skin, -0.14))
    pen.blob(up([(-0.92, 0.05), (-0.60, 0.14), (-0.24, 0.28), (0.14, 0.32), (0.44, 0.30), (0.62, 0.22), (0.70, 0.12),
                 (0.94, 0.07), (0.96, 0.02), (0.72, -0.02), (0.44, -0.12), (0.04, -0.17), (-0.40, -0.10),
                 (-0.92, -0.02)]), skin)
    pen.blob(up([(0.92, 0.02), (0.66, 0.03), (0.40, 0.0), (0.0, -0.03), (-0.44, -0.06), (0.04, -0.165), (0.44, -0.115),
                 (0.72, -0.015)]), pale, edge=0)
    pen.line(up([(0.95, 0.05), (0.76, 0.045), (0.60, 0.075)]), 0.016, shade(skin, -0.45))
    back, front = up([(0.66, 0.04), (0.93, 0.035)])
    jaw(pen, pose, back, front, pale, deep=0.10)
    pen.blob(up([(0.28, -0.04), (0.18, -0.26), (0.02, -0.36), (0.04, -0.18), (0.12, -0.04)]), shade(skin, -0.08))
    px, py = up([(0.52, 0.15)])[0]
    Part(pen, px, py).eye(pose, 0.0, 0.0, 0.028)


def draw_octopus(pen: Pen, pose: Pose, look: Look) -> None:
    """An octopus: a soft dome, eight arms that curl each in its own time."""
    skin = look.main((204, 92, 108))
    pulse = 0.02 * math.sin(pose.t * 2.4)
    y = 0.30
    for row, tone in ((0, shade(skin, -0.30)), (1, shade(skin, -0.06))):
        for k in range(4):
            side = (k - 1.5) / 1.5 + (0.18 if row == 0 else 0.0)
            reach = 0.30 * abs(side) + 0.16
            phase = pose.t * (2.2 + 0.8 * pose.pace) + k * 1.4 + row * 2.1
            points = []
            for i in range(7):
                s = i / 6
                points.append((side * 0.24 + side * reach * 1.3 * s + 0.09 * s * math.sin(phase - 3 * s),
                               y + 0.06 - (0.30 - 0.05 * row) * math.sin(min(1.0, s * 1.25) * math.pi / 2)
                               + 0.11 * s * s * (1 + math.sin(phase - 2.4 * s))))
            pen.limb(points, [0.15, 0.135, 0.12, 0.10, 0.08, 0.06, 0.035], tone, edge=0.010 if row else 0.0)
            if row:
                for x, yy in points[1:5]:
                    pen.oval(x + 0.01, yy - 0.03, 0.018, 0.018, mix(skin, (255, 244, 236), 0.6))
    pen.blob([(-0.32, y + 0.10), (-0.40, y + 0.34), (-0.36, y + 0.58 + pulse), (-0.14, y + 0.74 + pulse),
              (0.16, y + 0.73 + pulse),
              (0.36, y + 0.56 + pulse), (0.38, y + 0.32), (0.30, y + 0.08), (0.0, y)], skin)
    for x, yy, r in ((-0.22, 0.56, 0.05), (-0.10, 0.65, 0.035), (-0.28, 0.42, 0.03), (0.22, 0.60, 0.04)):
        pen.oval(x, y + yy + pulse, r, r * 0.85, mix(skin, (255, 240, 230), 0.35))
    for x in (-0.06, 0.20):
        pen.oval(x, y + 0.30, 0.090, 0.10, (255, 252, 246))
        if pose.blink:
            pen.oval(x, y + 0.30, 0.094, 0.104, shade(skin, 0.12))
            pen.line([(x - 0.07, y + 0.29), (x + 0.07, y + 0.29)], 0.018, NEAR_BLACK)
        else:
            pen.box(x - 0.05, y + 0.275, x + 0.075, y + 0.325, NEAR_BLACK, round_by=0.025, edge=0)
            pen.oval(x + 0.04, y + 0.325, 0.018, 0.018, (255, 255, 255))
    pen.line([(0.0, y + 0.13), (0.07, y + 0.105), (0.15, y + 0.13)], 0.018, shade(skin, -0.45))
    lips(pen, pose, 0.075, y + 0.115, 0.055)


DRAWINGS = {
    "fish": Drawing(draw_fish, 0.22, (-1.12, -0.18, 0.98, 1.30), "swimmer", 0.9, 1.0, 0.45),
    "shark": Drawing(draw_shark, 0.30, (-1.62, -0.18, 1.16, 1.18), "swimmer", 0.9, 1.0, 0.8),
    "whale": Drawing(draw_whale, 0.38, (-1.62, -0.22, 1.18, 1.34), "swimmer", 0.5, 1.0, 0.8),
    "dolphin": Drawing(draw_dolphin, 0.28, (-1.42, -0.22, 1.10, 1.16), "swimmer", 1.1, 1.0, 0.7),
    "octopus": Drawing(draw_octopus, 0.30, (-1.00, -0.16, 1.24, 1.16), "swimmer", 0.5, 1.0, 0.5),
}
