"""Buildings that stand in the distance: castle, windmill, church, skyscraper."""

# Coordinates read better in rows than one to a line.
# fmt: off
from __future__ import annotations

import math

from cutaway_providers.sketch.palette import PAPER, Colour, mix
from cutaway_providers.sketch.pen import Pen, shade
from cutaway_providers.sketch.subjects.drawing import Drawing, Look, Pose

LIT: Colour = (255, 214, 122)
DIM: Colour = (78, 88, 108)


def _window(pen: Pen, look: Look, x: float, y: float, w: float, h: float) -> None:
    pen.box(x - w, y, x + w, y + h, LIT if look.lamps else DIM, round_by=w, edge=0, lit=look.lamps)
    if look.lamps:
        pen.glow(x, y + h / 2, 0.10, (255, 206, 120), 0.5)


def _flag(pen: Pen, pose: Pose, x: float, y: float, colour: Colour) -> None:
    flap = [0.012 * math.sin(pose.t * 6 - k * 1.2) * k for k in range(4)]
    pen.line([(x, y), (x, y + 0.13)], 0.010, (92, 76, 66))
    pen.poly([(x, y + 0.13), (x + 0.045, y + 0.12 + flap[1]), (x + 0.09, y + 0.115 + flap[2]),
              (x + 0.13, y + 0.095 + flap[3]),
              (x + 0.09, y + 0.07 + flap[2]), (x + 0.045, y + 0.065 + flap[1]), (x, y + 0.07)], colour, edge=0)


def draw_castle(pen: Pen, pose: Pose, look: Look) -> None:
    """A castle of four towers under pointed roofs, a gate with a portcullis, flags in the wind."""
    stone = look.main((190, 180, 172))
    roof = (86, 98, 148) if look.colour is None else shade(stone, -0.4)

    def tower(x: float, wide: float, top: float, tone: Colour, *, pointed: bool) -> None:
        pen.box(x - wide, 0.0, x + wide, top, tone)
        pen.box(x + wide * 0.35, 0.0, x + wide, top, shade(tone, -0.12), edge=0)
        pen.box(x - wide * 1.2, top - 0.02, x + wide * 1.2, top + 0.05, tone, edge=0.008)
        if pointed:
            pen.poly([(x - wide * 1.3, top + 0.05), (x, top + 0.05 + wide * 2.9), (x + wide * 1.3, top + 0.05)], roof)
            pen.poly([(x + wide * 0.2, top + 0.05), (x, top + 0.05 + wide * 2.9), (x + wide * 1.3, top + 0.05)],
                     shade(roof, -0.18), edge=0)
        else:
            for k in range(3):
                cx = x - wide * 1.2 + wide * 0.3 + k * wide * 0.9
                pen.box(cx - wide * 0.28, top + 0.04, cx + wide * 0.28, top + 0.09, tone, edge=0.006)

    _flag(pen, pose, 0.0, 1.02, (206, 62, 58))
    tower(0.0, 0.115, 0.64, shade(stone, -0.10), pointed=True)
    _window(pen, look, 0.0, 0.50, 0.024, 0.08)
    for x in (-0.27, 0.27):
        tower(x, 0.085, 0.50, shade(stone, -0.05), pointed=True)
        _window(pen, look, x, 0.37, 0.018, 0.065)
    pen.box(-0.36, 0.0, 0.36, 0.34, stone)
    for k in range(8):
        x = -0.34 + 0.09 * k
        pen.box(x, 0.33, x + 0.05, 0.39, stone, edge=0.006)
    for k in range(9):
        x, y = -0.30 + 0.073 * k, 0.08 + 0.10 * (k * 5 % 3)
        if abs(x) > 0.12:
            pen.box(x, y, x + 0.045, y + 0.024, shade(stone, -0.10), edge=0)
    pen.blob([(-0.095, 0.0), (-0.095, 0.14), (-0.06, 0.21), (0.0, 0.235), (0.06, 0.21), (0.095, 0.14), (0.095, 0.0)],
             shade(stone, -0.3), edge=0,
             steps=4)
    pen.blob([(-0.07, 0.0), (-0.07, 0.13), (-0.04, 0.185), (0.0, 0.20), (0.04, 0.185), (0.07, 0.13), (0.07, 0.0)],
             (74, 58, 56), edge=0, steps=4)
    for k in range(3):
        pen.line([(-0.04 + 0.04 * k, 0.0), (-0.04 + 0.04 * k, 0.18)], 0.008, (132, 110, 92))
    for y in (0.06, 0.12):
        pen.line([(-0.07, y), (0.07, y)], 0.008, (132, 110, 92))
    for x in (-0.43, 0.43):
        tower(x, 0.105, 0.42, stone, pointed=True)
        _window(pen, look, x - 0.02, 0.28, 0.020, 0.07)
        _flag(pen, pose, x, 0.76, (246, 196, 80))
    for x in (-0.22, 0.22):
        _window(pen, look, x, 0.17, 0.016, 0.06)


def draw_windmill(pen: Pen, pose: Pose, look: Look) -> None:
    """A windmill: a tapering tower, a cap and four turning sails."""
    wall = look.main((238, 228, 208))
    wood = (128, 88, 62)
    pen.poly([(-0.24, 0.0), (-0.14, 0.60), (0.14, 0.60), (0.24, 0.0)], wall)
    pen.poly([(0.07, 0.0), (0.045, 0.60), (0.14, 0.60), (0.24, 0.0)], shade(wall, -0.12), edge=0)
    pen.box(-0.235, 0.22, 0.235, 0.25, wood)
    for k in range(7):
        pen.line([(-0.22 + 0.073 * k, 0.25), (-0.22 + 0.073 * k, 0.30)], 0.010, wood)
    pen.line([(-0.235, 0.30), (0.235, 0.30)], 0.012, wood)
    pen.blob([(-0.17, 0.59), (-0.13, 0.70), (0.0, 0.755), (0.13, 0.70), (0.17, 0.59)], (164, 78, 66))
    pen.box(-0.045, 0.0, 0.045, 0.14, (104, 72, 62), round_by=0.03, edge=0)
    _window(pen, look, -0.01, 0.44, 0.022, 0.07)
    _window(pen, look, 0.10, 0.12, 0.018, 0.055)
    hub = (0.0, 0.63)
    turn = pose.t * 0.7
    for k in range(4):
        a = turn + k * math.pi / 2
        ux, uy = math.cos(a), math.sin(a)
        nx, ny = -uy, ux
        pen.limb([hub, (hub[0] + ux * 0.47, hub[1] + uy * 0.47)], [0.026, 0.018], wood)
        frame = [(hub[0] + ux * r + nx * w, hub[1] + uy * r + ny * w) for r,
                 w in ((0.09, 0.01), (0.09, 0.085), (0.46, 0.095), (0.46, 0.01))]
        pen.poly(frame, mix(PAPER, wall, 0.3), edge=0.008)
        for r in (0.18, 0.27, 0.36):
            pen.line([(hub[0] + ux * r, hub[1] + uy * r), (hub[0] + ux * r + nx * 0.09, hub[1] + uy * r + ny * 0.09)],
                     0.008, wood)
        pen.line([(hub[0] + ux * 0.09 + nx * 0.05, hub[1] + uy * 0.09 + ny * 0.05),
                  (hub[0] + ux * 0.46 + nx * 0.05, hub[1] + uy * 0.46 + ny * 0.05)],
                 0.007, wood)
    pen.oval(*hub, 0.034, 0.034, shade(wood, -0.2), edge=0.006)


def draw_church(pen: Pen, pose: Pose, look: Look) -> None:
    """A church: a nave with arched windows, a tower with a swinging bell and a spire."""
    wall = look.main((240, 234, 224))
    roof = (96, 84, 100)
    pen.box(-0.14, 0.0, 0.50, 0.30, wall)
    pen.poly([(-0.16, 0.29), (0.04, 0.50), (0.42, 0.50), (0.56, 0.29)], roof)
    for k in range(3):
        pen.line([(-0.10 + 0.05 * k, 0.345 + 0.05 * k), (0.52 - 0.035 * k, 0.345 + 0.05 * k)], 0.008,
                 shade(roof, -0.18))
    for x in (0.08, 0.24, 0.40):
        _window(pen, look, x, 0.08, 0.032, 0.15)
        pen.line([(x, 0.08), (x, 0.22)], 0.008, shade(wall, -0.15))
    pen.box(-0.38, 0.0, -0.08, 0.58, wall)
    pen.box(-0.17, 0.0, -0.08, 0.58, shade(wall, -0.10), edge=0)
    pen.box(-0.40, 0.56, -0.06, 0.60, shade(wall, -0.16))
    pen.poly([(-0.41, 0.60), (-0.23, 0.98), (-0.05, 0.60)], roof)
    pen.poly([(-0.20, 0.60), (-0.23, 0.98), (-0.05, 0.60)], shade(roof, -0.2), edge=0)
    pen.line([(-0.23, 0.97), (-0.23, 1.10)], 0.014, (226, 186, 92))
    pen.line([(-0.27, 1.055), (-0.19, 1.055)], 0.014, (226, 186, 92))
    pen.blob([(-0.29, 0.40), (-0.29, 0.48), (-0.23, 0.535), (-0.17, 0.48), (-0.17, 0.40)], (74, 66, 78), edge=0)
    swing = 0.35 * math.sin(pose.t * 2.6)
    bx, by = -0.23 + 0.06 * math.sin(swing), 0.50 - 0.05 * math.cos(swing)
    pen.blob([(bx - 0.035, by - 0.03), (bx - 0.022, by + 0.02), (bx, by + 0.035), (bx + 0.022, by + 0.02),
              (bx + 0.035, by - 0.03)], (226, 186, 92),
             edge=0, steps=3)
    pen.oval(-0.23, 0.30, 0.052, 0.052, PAPER, edge=0.006)
    pen.line([(-0.23, 0.30), (-0.23, 0.335)], 0.008, (60, 52, 60))
    pen.line([(-0.23, 0.30), (-0.205, 0.29)], 0.008, (60, 52, 60))
    pen.blob([(-0.285, 0.0), (-0.285, 0.13), (-0.23, 0.19), (-0.175, 0.13), (-0.175, 0.0)], (104, 72, 62), edge=0,
             steps=4)
    pen.oval(-0.195, 0.07, 0.008, 0.008, (226, 186, 92))


def draw_skyscraper(pen: Pen, pose: Pose, look: Look) -> None:
    """A high-rise of glass with setbacks and a mast; at night some windows change."""
    glass = look.main((92, 128, 158))
    for half, low, high, tone in ((0.22, 0.0, 0.62, glass), (0.16, 0.62, 0.82, shade(glass, 0.08)),
                                  (0.095, 0.82, 0.93, shade(glass, 0.16))):
        pen.box(-half, low, half, high, tone)
        pen.box(half * 0.3, low, half, high, shade(tone, -0.16), edge=0)
        columns, rows = round(half * 26), round((high - low) * 17)
        for i in range(columns):
            for k in range(rows):
                x = -half + (i + 0.5) * 2 * half / columns
                y = low + (k + 0.5) * (high - low) / rows
                seed = (i * 73 + k * 151 + round(low * 40) * 31) % 17
                flick = (seed + int(pose.t * 0.5 + seed)) % 5
                on = look.lamps and flick < 3
                pane = LIT if on else mix(tone, (226, 240, 246), 0.42 if seed % 3 else 0.22)
                pen.box(x - 0.021, y - 0.017, x + 0.021, y + 0.017, pane, edge=0, lit=on)
    lift = 0.32 + 0.22 * math.sin(pose.t * 0.35)
    pen.line([(0.15, 0.62), (0.15, lift)], 0.005, (70, 74, 84))
    pen.box(0.105, lift - 0.022, 0.195, lift, (226, 122, 56), edge=0.004)
    pen.box(-0.025, 0.93, 0.025, 0.96, shade(glass, -0.3), edge=0)
    pen.line([(0.0, 0.95), (0.0, 1.08)], 0.012, (110, 112, 124))
    pen.box(-0.07, 0.0, 0.07, 0.06, LIT if look.lamps else (58, 70, 88), edge=0, lit=look.lamps)
    if math.sin(pose.t * 3) > 0:
        pen.oval(0.0, 1.08, 0.014, 0.014, (250, 80, 70), lit=True)
        pen.glow(0.0, 1.08, 0.10, (255, 80, 70), 0.8)


DRAWINGS = {
    "castle": Drawing(draw_castle, 0.58, (-0.66, -0.04, 0.66, 1.22), "structure", shadow=0.0),
    "windmill": Drawing(draw_windmill, 0.58, (-0.60, -0.04, 0.60, 1.18), "structure", shadow=0.0),
    "church": Drawing(draw_church, 0.56, (-0.50, -0.04, 0.64, 1.18), "structure", shadow=0.0),
    "skyscraper": Drawing(draw_skyscraper, 0.64, (-0.30, -0.04, 0.30, 1.16), "structure", shadow=0.0),
}
