"""What people wear or carry: shoe, backpack, umbrella, ball, balloon, book."""

# Coordinates read better in rows than one to a line.
# fmt: off
from __future__ import annotations

import math

from cutaway_providers.sketch.palette import NEAR_BLACK, PAPER, mix
from cutaway_providers.sketch.pen import Pen, Point, shade
from cutaway_providers.sketch.subjects.drawing import Drawing, Look, Pose
from cutaway_providers.sketch.subjects.part import Part


def draw_shoe(pen: Pen, pose: Pose, look: Look) -> None:
    """A sneaker; a boot when its words say so. It taps its toe."""
    boot = look.says("boot", "boots", "hiking")
    main = look.main((148, 98, 62) if boot else (226, 84, 72))
    sole = (92, 70, 58) if boot else PAPER
    tap = 0.05 * max(0.0, math.sin(pose.t * 2.4)) ** 3
    part = Part(pen, -0.5, 0.0, turn=tap)
    part.pen.blob([part.at(*p) for p in ((-0.08, 0.12), (-0.05, 0.18), (0.50, 0.16), (1.10, 0.15), (1.20, 0.10),
                                         (1.16, 0.02), (0.60, 0.0), (0.10, 0.0), (-0.06, 0.03))],
                  sole)
    part.line([(-0.06, 0.065), (0.5, 0.05), (1.17, 0.06)], 0.018, shade(sole, -0.25))
    for k in range(9):
        part.box(0.0 + 0.125 * k, 0.0, 0.06 + 0.125 * k, 0.022, shade(sole, -0.35), edge=0)
    top = 0.86 if boot else 0.58
    part.blob([(-0.04, 0.16), (-0.06, top * 0.7), (-0.02, top), (0.16, top - 0.05), (0.34, top - 0.02), (0.44, 0.46),
               (0.66, 0.36), (0.96, 0.31), (1.13, 0.23), (1.14, 0.15),
               (0.5, 0.145)], main)
    part.blob([(0.86, 0.155), (0.88, 0.28), (0.98, 0.30), (1.12, 0.23), (1.14, 0.155)],
              mix(main, PAPER, 0.75) if not boot else shade(main, -0.22), edge=0)
    part.blob([(-0.04, 0.16), (-0.055, 0.36), (0.06, 0.40), (0.20, 0.30), (0.24, 0.155)], shade(main, -0.22), edge=0)
    part.blob([(-0.01, top - 0.01), (0.15, top - 0.07), (0.33, top - 0.03), (0.28, top - 0.11), (0.14, top - 0.13),
               (0.02, top - 0.08)], shade(main, -0.45), edge=0)
    if not boot:
        part.blob([(0.20, 0.18), (0.36, 0.20), (0.60, 0.33), (0.40, 0.30), (0.26, 0.27)], mix(main, PAPER, 0.85),
                  edge=0)
    for k in range(4):
        x, y = 0.37 + 0.085 * k, (top - 0.09 - 0.05 * k if not boot else top - 0.12 - 0.13 * k)
        x = x if not boot else 0.34 + 0.02 * k * k
        part.limb([(x - 0.045, y - 0.05), (x + 0.06, y + 0.015)], [0.030, 0.030], PAPER)
    sway = 0.02 * math.sin(pose.t * 2.4)
    part.line([(0.36, top - 0.07), (0.47, top + 0.04), (0.54 + sway, top - 0.02)], 0.020, PAPER)
    part.line([(0.36, top - 0.07), (0.30, top + 0.05), (0.25 - sway, top - 0.01)], 0.020, PAPER)


def draw_backpack(pen: Pen, pose: Pose, look: Look) -> None:
    """A rucksack with a rolled mat, pockets and straps."""
    cloth = look.main((74, 128, 120))
    tan = (204, 150, 92)
    breath = 0.006 * math.sin(pose.t * 1.6)
    pen.limb([(-0.13, 0.90), (-0.08, 1.0), (0.08, 1.0), (0.13, 0.90)], [0.035] * 4, shade(cloth, -0.4))
    pen.blob([(-0.40, 0.60), (-0.47, 0.40), (-0.44, 0.16), (-0.36, 0.08)], shade(cloth, -0.35))
    pen.blob([(-0.36, 0.02), (-0.40, 0.40), (-0.36, 0.74), (-0.22, 0.91 + breath), (0.0, 0.95 + breath),
              (0.22, 0.91 + breath), (0.36, 0.74), (0.40, 0.40),
              (0.36, 0.02), (0.0, 0.0)], cloth)
    pen.blob([(-0.38, 0.56), (-0.36, 0.76), (-0.20, 0.915 + breath), (0.0, 0.95 + breath), (0.20, 0.915 + breath),
              (0.36, 0.76), (0.38, 0.56), (0.20, 0.50), (-0.20, 0.50)],
             shade(cloth, -0.14))
    for x in (-0.17, 0.17):
        pen.box(x - 0.032, 0.34, x + 0.032, 0.64, tan, round_by=0.01)
        pen.box(x - 0.045, 0.43, x + 0.045, 0.50, (222, 196, 120), round_by=0.015, edge=0.006)
    pen.box(-0.26, 0.07, 0.26, 0.36, shade(cloth, 0.12), round_by=0.06)
    pen.line([(-0.22, 0.29), (0.22, 0.29)], 0.016, shade(cloth, -0.35))
    swing = 0.25 * math.sin(pose.t * 1.9)
    pen.line([(0.16, 0.285), (0.16 + 0.07 * math.sin(swing), 0.285 - 0.09 * math.cos(swing))], 0.018, tan)
    pen.oval(-0.02, 0.18, 0.058, 0.058, tan, edge=0.006)
    pen.poly([(-0.06, 0.155), (-0.02, 0.215), (0.02, 0.155)], shade(cloth, -0.3), edge=0)
    for side in (-1, 1):
        pen.box(min(side * 0.37, side * 0.47), 0.06, max(side * 0.37, side * 0.47), 0.32, shade(cloth, -0.1),
                round_by=0.04)


def draw_umbrella(pen: Pen, pose: Pose, look: Look) -> None:
    """An open umbrella that rocks a little on its handle."""
    cloth = look.main((206, 62, 74))
    part = Part(pen, 0.0, 0.06, turn=0.10 * math.sin(pose.t * 1.1))
    part.limb([(0.0, 0.90), (0.0, 0.06), (0.03, -0.02), (0.09, -0.04), (0.14, 0.0), (0.14, 0.05)],
              [0.022, 0.026, 0.036, 0.04, 0.04, 0.034], (112, 78, 56))
    part.line([(0.0, 0.88), (0.0, 1.0)], 0.018, (112, 78, 56))
    ribs = [-0.62, -0.31, 0.0, 0.31, 0.62]
    dome = [(-0.62, 0.52), (-0.56, 0.70), (-0.36, 0.86), (0.0, 0.94), (0.36, 0.86), (0.56, 0.70), (0.62, 0.52)]
    hem: list[Point] = []
    for a, b in zip(ribs[::-1], ribs[-2::-1], strict=False):
        hem += [((a * 2 + b) / 3, 0.575), ((a + 2 * b) / 3, 0.575), (b, 0.52)]
    part.poly([*_arc(dome), *hem], cloth)
    for k in range(0, 4, 2):
        a, b = ribs[k], ribs[k + 1]
        part.poly([(0.0, 0.94), *[(a * s, 0.94 - 0.42 * abs(s) ** 2.4) for s in (0.5, 0.8, 1.0)],
                   ((a * 2 + b) / 3, 0.575), ((a + 2 * b) / 3, 0.575),
                   *[(b * s, 0.94 - 0.42 * abs(s) ** 2.4) for s in (1.0, 0.8, 0.5)]], mix(cloth, PAPER, 0.6), edge=0)


def _arc(points: list[Point]) -> list[Point]:
    """An open smooth line through points."""
    out: list[Point] = []
    padded = [points[0], *points, points[-1]]
    for i in range(1, len(padded) - 2):
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = padded[i - 1 : i + 3]
        for k in range(6):
            t = k / 6
            t2, t3 = t * t, t * t * t
            w = 0.5 * (-t + 2 * t2 - t3), 0.5 * (2 - 5 * t2 + 3 * t3), 0.5 * (t + 4 * t2 - 3 * t3), 0.5 * (t3 - t2)
            out.append((ax * w[0] + bx * w[1] + cx * w[2] + dx * w[3], ay * w[0] + by * w[1] + cy * w[2] + dy * w[3]))
    return [*out, points[-1]]


def draw_ball(pen: Pen, pose: Pose, look: Look) -> None:
    """A ball that bounces: beach, foot, basket or tennis by its words."""
    phase = (pose.t * 0.9) % 1.0
    high = 0.55 * 4 * phase * (1 - phase)
    squash = max(0.0, 0.10 - high) * 1.3
    turn = pose.t * 1.4
    rx, ry = 0.42 * (1 + squash), 0.42 * (1 - squash)
    part = Part(pen, 0.0, ry + high * 0.9, size=ry / 0.42, wide=rx / ry)
    if look.says("football", "soccer"):
        part.oval(0.0, 0.0, 0.42, 0.42, look.main((250, 248, 242)), edge=0.014)
        for k in range(6):
            a = turn + k * math.tau / 5
            r = 0.0 if k == 5 else 0.33
            x, y = r * math.cos(a), r * math.sin(a)
            part.poly([(x + 0.12 * math.cos(a + j * math.tau / 5),
                        y + 0.12 * math.sin(a + j * math.tau / 5)) for j in range(5)], NEAR_BLACK, edge=0)
            if k < 5:
                part.line([(0.11 * math.cos(a), 0.11 * math.sin(a)), (x * 0.7, y * 0.7)], 0.014, NEAR_BLACK)
        ring = [(0.425 * math.cos(math.tau * k / 40), 0.425 * math.sin(math.tau * k / 40)) for k in range(41)]
        part.line(ring, 0.030, (214, 210, 204))
    elif look.says("basketball", "basket", "tennis"):
        tennis = look.says("tennis")
        tone = look.main((206, 220, 80) if tennis else (226, 122, 56))
        part.oval(0.0, 0.0, 0.42, 0.42, tone, edge=0.014)
        seam = PAPER if tennis else NEAR_BLACK
        for side in (-1, 1):
            bow = [-1.25 + 0.25 * k for k in range(11)]
            arc = [(side * (0.30 - 0.16 * math.cos(u)), 0.40 * math.sin(u) * 0.82) for u in bow]
            cos, sin = math.cos(turn), math.sin(turn)
            part.line([(x * cos - y * sin, x * sin + y * cos) for x, y in arc], 0.020, seam)
        if not tennis:
            part.line([(-0.41 * math.cos(turn), -0.41 * math.sin(turn)),
                       (0.41 * math.cos(turn), 0.41 * math.sin(turn))], 0.020, seam)
            part.line([(0.41 * math.sin(turn), -0.41 * math.cos(turn)),
                       (-0.41 * math.sin(turn), 0.41 * math.cos(turn))], 0.020, seam)
    else:
        main = look.main((222, 70, 64))
        tones = (main, PAPER, (246, 196, 80), PAPER, (70, 132, 190), PAPER)
        part.oval(0.0, 0.0, 0.42, 0.42, PAPER, edge=0.014)
        for k, tone in enumerate(tones):
            a0, a1 = turn + k * math.tau / 6, turn + (k + 1) * math.tau / 6
            part.poly([(0.0, 0.0), *[(0.42 * math.cos(a0 + (a1 - a0) * j / 5),
                                      0.42 * math.sin(a0 + (a1 - a0) * j / 5)) for j in range(6)]], tone, edge=0)
        part.oval(0.0, 0.0, 0.08, 0.08, PAPER)
    part.oval(-0.15, 0.20, 0.09, 0.06, (255, 255, 255))


def draw_balloon(pen: Pen, pose: Pose, look: Look) -> None:
    """A toy balloon on a string; it floats and sways."""
    skin = look.main((222, 66, 72))
    sway = 0.05 * math.sin(pose.t * 1.2)
    rise = 0.02 * math.sin(pose.t * 1.7)
    x, y = sway, 0.74 + rise
    line = [(x * (1 - k / 8) + 0.03 * math.sin(k * 1.3 + pose.t * 1.5) * (k / 8),
             0.50 + rise - 0.50 * k / 8 * (1 + rise * 2)) for k in range(9)]
    pen.line(line, 0.010, mix(skin, NEAR_BLACK, 0.5))
    pen.poly([(x - 0.03, y - 0.285), (x + 0.03, y - 0.285), (x, y - 0.23)], shade(skin, -0.2))
    pen.blob([(x, y - 0.25), (x - 0.13, y - 0.15), (x - 0.21, y + 0.02), (x - 0.17, y + 0.18), (x, y + 0.25),
              (x + 0.17, y + 0.18), (x + 0.21, y + 0.02),
              (x + 0.13, y - 0.15)], skin)
    pen.blob([(x + 0.20, y + 0.0), (x + 0.13, y - 0.15), (x, y - 0.245), (x + 0.06, y - 0.10), (x + 0.10, y + 0.06),
              (x + 0.17, y + 0.16)], shade(skin, -0.16), edge=0)
    pen.blob([(x - 0.14, y + 0.03), (x - 0.13, y + 0.13), (x - 0.06, y + 0.19), (x - 0.09, y + 0.10)], (255, 252, 250),
             edge=0)


def draw_book(pen: Pen, pose: Pose, look: Look) -> None:
    """An open book; now and then a page turns."""
    cover = look.main((150, 58, 62))
    page = (250, 244, 228)
    pen.poly([(-0.72, 0.06), (-0.66, 0.58), (0.0, 0.50), (0.66, 0.58), (0.72, 0.06), (0.0, 0.0)], cover)
    for k in range(3):
        d = 0.014 * k
        pen.blob([(-0.66, 0.10 + d), (-0.61, 0.60 + d), (-0.30, 0.62 + d), (0.0, 0.53 + d), (0.0, 0.045 + d),
                  (-0.34, 0.12 + d)], shade(page, -0.10 + 0.05 * k), edge=0.004)
        pen.blob([(0.66, 0.10 + d), (0.61, 0.60 + d), (0.30, 0.62 + d), (0.0, 0.53 + d), (0.0, 0.045 + d),
                  (0.34, 0.12 + d)], shade(page, -0.12 + 0.05 * k), edge=0.004)
    for row in range(5):
        y = 0.54 - 0.085 * row
        pen.line([(-0.55 - 0.008 * row, y), (-0.30, y + 0.015), (-0.08, y - 0.05)], 0.014, (150, 140, 136))
        pen.line([(0.55 + 0.008 * row, y), (0.30, y + 0.015), (0.08, y - 0.05)], 0.014, (150, 140, 136))
    turn = (pose.t * 0.42) % 1.6
    if turn < 1.0:
        a = math.pi * (turn * turn * (3 - 2 * turn))
        dx, lift = 0.62 * math.cos(a), 0.30 * math.sin(a)
        pen.blob([(0.0, 0.07), (dx * 0.5, 0.12 + lift * 0.7), (dx, 0.12 + lift * 0.8), (dx * 0.94, 0.62 + lift * 0.9),
                  (dx * 0.48, 0.64 + lift), (0.0, 0.55)], shade(page, 0.4))
    pen.limb([(0.0, 0.07), (0.0, 0.53)], [0.016, 0.016], shade(page, -0.3))
    pen.poly([(0.10, 0.04), (0.16, 0.045), (0.155, -0.02), (0.13, 0.0), (0.105, -0.025)], (226, 178, 62), edge=0)


DRAWINGS = {
    "shoe": Drawing(draw_shoe, 0.24, (-0.78, -0.06, 0.95, 1.10), "thing", shadow=0.68),
    "backpack": Drawing(draw_backpack, 0.40, (-0.62, -0.05, 0.62, 1.12), "thing", shadow=0.42, beside=0.55),
    "umbrella": Drawing(draw_umbrella, 0.38, (-0.86, -0.06, 0.86, 1.18), "thing", shadow=0.22, beside=0.9),
    "ball": Drawing(draw_ball, 0.20, (-0.62, -0.05, 0.62, 1.50), "thing", shadow=0.36, beside=0.6),
    "balloon": Drawing(draw_balloon, 0.50, (-0.40, -0.05, 0.40, 1.12), "thing", shadow=0.14, beside=1.2),
    "book": Drawing(draw_book, 0.30, (-0.86, -0.08, 0.86, 1.12), "thing", shadow=0.66, beside=0.4),
}
