"""Larger things on wheels: truck, bus, train, tractor, motorcycle."""

# Coordinates read better in rows than one to a line.
# fmt: off
from __future__ import annotations

import math

from cutaway_providers.sketch.palette import NEAR_BLACK, PAPER, Colour, mix
from cutaway_providers.sketch.pen import Pen, shade
from cutaway_providers.sketch.subjects.drawing import Drawing, Look, Pose
from cutaway_providers.sketch.subjects.vehicles import wheel

GLASS: Colour = (168, 210, 222)
STEEL: Colour = (206, 210, 214)
WARM: Colour = (255, 226, 150)
RED_LIGHT: Colour = (226, 64, 58)


def _bounce(pose: Pose) -> float:
    return 0.008 * math.sin(pose.t * 13) if pose.pace else 0.003 * math.sin(pose.t * 2)


def _headlight(pen: Pen, look: Look, x: float, y: float, reach: float = 2.0) -> None:
    pen.oval(x, y, 0.035, 0.045, (255, 246, 206), lit=look.lamps, edge=0.006)
    if look.lamps:
        pen.glow(x + 0.03, y, 0.55, (255, 236, 170), 0.7)
        pen.beam(x + 0.02, y, -0.06, reach, 0.20, (255, 238, 178), 0.34)


def draw_truck(pen: Pen, pose: Pose, look: Look) -> None:
    """A lorry with a box body; red with a ladder for the fire brigade, white with a cross for an ambulance."""
    fire, sick = look.says("fire", "firetruck"), look.says("ambulance")
    paint = look.main((204, 52, 46) if fire else (246, 244, 238) if sick else (62, 112, 170))
    load = shade(paint, -0.12) if fire else (246, 244, 238) if sick else (238, 228, 208)
    y = _bounce(pose)
    pen.box(-1.12, 0.20 + y, 0.98, 0.30 + y, (74, 72, 82))
    if fire:
        for x in (-1.02, -0.06):
            pen.line([(x, 0.96 + y), (x, 1.0 + y)], 0.03, STEEL)
        for yy in (0.985, 1.045):
            pen.line([(-1.10, yy + y), (0.30, yy + y)], 0.020, STEEL)
        for k in range(10):
            pen.line([(-1.06 + 0.145 * k, 0.985 + y), (-1.06 + 0.145 * k, 1.045 + y)], 0.014, STEEL)
    pen.box(-1.16, 0.28 + y, 0.34, 0.95 + y, load, round_by=0.03)
    pen.box(-1.16, 0.28 + y, 0.34, 0.36 + y, shade(load, -0.18), edge=0)
    for k in range(1, 5):
        pen.line([(-1.16 + 0.30 * k, 0.38 + y), (-1.16 + 0.30 * k, 0.93 + y)], 0.010, shade(load, -0.10))
    if sick:
        pen.box(-0.50, 0.50 + y, -0.32, 0.86 + y, (214, 58, 54), edge=0)
        pen.box(-0.59, 0.59 + y, -0.23, 0.77 + y, (214, 58, 54), edge=0)
    elif not fire:
        pen.box(-1.0, 0.52 + y, 0.18, 0.72 + y, paint, edge=0)
        pen.poly([(0.02, 0.52 + y), (0.18, 0.62 + y), (0.02, 0.72 + y)], mix(paint, PAPER, 0.5), edge=0)
    else:
        for k in range(3):
            pen.box(-1.04 + 0.42 * k, 0.44 + y, -0.70 + 0.42 * k, 0.80 + y, STEEL, round_by=0.02, edge=0.006)
    pen.blob([(0.40, 0.24 + y), (0.40, 0.80 + y), (0.48, 0.88 + y), (0.80, 0.88 + y), (0.92, 0.80 + y),
              (1.04, 0.54 + y),
              (1.08, 0.34 + y), (1.04, 0.24 + y), (0.72, 0.22 + y)], paint, steps=4)
    pen.poly([(0.62, 0.56 + y), (0.62, 0.80 + y), (0.82, 0.80 + y), (0.95, 0.56 + y)], GLASS, edge=0)
    pen.poly([(0.68, 0.56 + y), (0.74, 0.80 + y), (0.79, 0.80 + y), (0.74, 0.56 + y)], shade(GLASS, 0.45), edge=0)
    pen.line([(0.58, 0.30 + y), (0.58, 0.82 + y)], 0.012, shade(paint, -0.3))
    pen.box(0.64, 0.47 + y, 0.74, 0.49 + y, shade(paint, -0.45), edge=0)
    pen.box(0.96, 0.22 + y, 1.12, 0.29 + y, STEEL, round_by=0.02)
    if fire or sick:
        blue = math.sin(pose.t * 9) > 0
        pen.box(0.52, 0.87 + y, 0.70, 0.945 + y, (92, 152, 246) if blue else (60, 92, 168), round_by=0.03, lit=blue)
        if blue:
            pen.glow(0.61, 0.92 + y, 0.5, (110, 160, 255), 0.7)
    for x in (-0.82, -0.42, 0.74):
        wheel(pen, x, 0.19, 0.19, pose.cycle, spokes=5, tyre=0.5)
    pen.box(-1.18, 0.30 + y, -1.14, 0.40 + y, RED_LIGHT, edge=0, lit=look.lamps)
    _headlight(pen, look, 1.05, 0.40 + y)


def draw_bus(pen: Pen, pose: Pose, look: Look) -> None:
    """A bus full of windows, passengers behind some; two decks when its words say double."""
    double, school = look.says("double", "decker", "london"), look.says("school")
    paint = look.main((204, 52, 46) if double else (246, 190, 60) if school else (78, 150, 112))
    y = _bounce(pose)
    top = 1.02 if double else 0.80
    pen.box(-1.24, 0.16 + y, 1.24, top + y, paint, round_by=0.12)
    pen.box(-1.23, 0.16 + y, 1.23, 0.26 + y, shade(paint, -0.28), round_by=0.04, edge=0)
    pane = WARM if look.lamps else GLASS
    for floor in ((0.46, 0.68), (0.78, 0.95)) if double else ((0.46, 0.70),):
        for k in range(6):
            x = -1.12 + 0.345 * k
            pen.box(x, floor[0] + y, x + 0.29, floor[1] + y, pane, round_by=0.03, edge=0, lit=look.lamps)
            if (k * 7 + round(look.variety * 10)) % 3:
                tone = mix(((226, 176, 136), (120, 84, 62), (190, 134, 96))[k % 3], pane, 0.15)
                pen.oval(x + 0.14, floor[0] + 0.12 + y, 0.045, 0.055, tone)
                pen.box(x + 0.08, floor[0] + y, x + 0.20, floor[0] + 0.07 + y, shade(paint, -0.35 if k % 2 else 0.25),
                        round_by=0.03, edge=0)
            if not look.lamps:
                pen.poly([(x + 0.05, floor[0] + y), (x + 0.13, floor[1] + y), (x + 0.17, floor[1] + y),
                          (x + 0.09, floor[0] + y)],
                         shade(pane, 0.4), edge=0)
    pen.box(0.98, 0.22 + y, 1.17, 0.70 + y, mix(pane, paint, 0.15), round_by=0.03, edge=0.006)
    pen.line([(1.075, 0.22 + y), (1.075, 0.70 + y)], 0.012, shade(paint, -0.3))
    pen.line([(-1.22, 0.40 + y), (0.96, 0.40 + y)], 0.022, mix(paint, PAPER, 0.7))
    if school:
        pen.line([(-1.22, 0.33 + y), (0.96, 0.33 + y)], 0.014, NEAR_BLACK)
    pen.box(1.18, top - 0.13 + y, 1.25, top - 0.06 + y, (255, 214, 110), round_by=0.01, edge=0, lit=look.lamps)
    for x in (-0.80, 0.72):
        pen.oval(x, 0.21 + y, 0.215, 0.20, shade(paint, -0.55))
        wheel(pen, x, 0.175, 0.175, pose.cycle, spokes=6, tyre=0.45)
    pen.box(-1.27, 0.34 + y, -1.22, 0.44 + y, RED_LIGHT, edge=0, lit=look.lamps)
    _headlight(pen, look, 1.22, 0.34 + y)


def draw_train(pen: Pen, pose: Pose, look: Look) -> None:
    """A steam engine with its tender, rods that turn and smoke; a smooth one for tram, metro and fast trains."""
    if look.says("tram", "metro", "subway", "bullet", "express", "electric", "modern", "fast", "highspeed", "monorail"):
        _railcar(pen, pose, look)
        return
    paint = look.main((44, 104, 84))
    dark = (58, 56, 66)
    y = _bounce(pose) * 0.6
    for k in range(5):
        age = (pose.t * 0.42 + k / 5) % 1.0
        size = 0.05 + 0.14 * age
        if age < 0.92:
            drift = (0.9 if pose.pace else 0.25) * age
            pen.oval(0.66 - drift, 0.96 + 0.34 * age, size * (1.0 - 0.5 * age), size * (1.0 - 0.55 * age),
                     (232, 230, 228))
    pen.box(-1.30, 0.26 + y, -0.58, 0.58 + y, shade(paint, -0.1))
    pen.blob([(-1.28, 0.57 + y), (-1.14, 0.66 + y), (-0.94, 0.63 + y), (-0.74, 0.67 + y), (-0.60, 0.57 + y)],
             (52, 48, 54), edge=0)
    pen.box(-1.30, 0.32 + y, -0.58, 0.36 + y, (222, 178, 92), edge=0)
    pen.box(-0.50, 0.24 + y, -0.04, 0.90 + y, paint)
    pen.box(-0.40, 0.60 + y, -0.14, 0.82 + y, WARM if look.lamps else GLASS, round_by=0.03, edge=0, lit=look.lamps)
    pen.box(-0.58, 0.88 + y, 0.04, 0.95 + y, dark, round_by=0.03)
    pen.box(-0.06, 0.36 + y, 0.86, 0.70 + y, paint, round_by=0.05)
    for x in (0.16, 0.42, 0.68):
        pen.box(x - 0.016, 0.36 + y, x + 0.016, 0.70 + y, (222, 178, 92), edge=0)
    pen.box(0.80, 0.37 + y, 0.92, 0.69 + y, dark, round_by=0.03)
    pen.poly([(0.59, 0.68 + y), (0.73, 0.68 + y), (0.75, 0.90 + y), (0.57, 0.90 + y)], dark)
    pen.box(0.54, 0.88 + y, 0.78, 0.94 + y, (222, 178, 92), round_by=0.02)
    pen.blob([(0.22, 0.69 + y), (0.23, 0.78 + y), (0.30, 0.82 + y), (0.37, 0.78 + y), (0.38, 0.69 + y)], (222, 178, 92))
    pen.box(-0.56, 0.24 + y, 0.92, 0.31 + y, (176, 54, 48))
    pen.poly([(0.88, 0.30 + y), (1.14, 0.06), (0.86, 0.06)], (176, 54, 48))
    _headlight(pen, look, 0.94, 0.60 + y, 2.4)
    for x, r in ((-1.12, 0.115), (-0.76, 0.115), (-0.30, 0.17), (0.12, 0.17), (0.52, 0.17), (0.82, 0.095)):
        wheel(pen, x, r, r, pose.cycle * (0.17 / r), spokes=6, tyre=0.28)
    turn = -math.tau * pose.cycle
    rod = [(x + 0.09 * math.cos(turn), 0.17 + 0.09 * math.sin(turn)) for x in (-0.30, 0.52)]
    pen.limb(rod, [0.045, 0.045], STEEL, edge=0.008)
    pen.limb([rod[1], (0.72, 0.20)], [0.035, 0.03], STEEL)
    pen.box(0.64, 0.14, 0.80, 0.25, dark, round_by=0.02)


def _railcar(pen: Pen, pose: Pose, look: Look) -> None:
    paint = look.main((236, 238, 240))
    stripe = (46, 108, 168) if look.colour is None else shade(paint, -0.35)
    y = _bounce(pose) * 0.5
    fast = look.says("bullet", "express", "fast", "highspeed")
    if not fast:
        pen.line([(-0.30, 0.80 + y), (-0.44, 0.92 + y), (-0.28, 1.0 + y)], 0.018, (92, 92, 102))
        pen.line([(-0.46, 1.0 + y), (-0.12, 1.0 + y)], 0.022, (92, 92, 102))
    nose = [(0.98, 0.80 + y), (1.22, 0.60 + y), (1.34, 0.36 + y)] if fast else [(1.20, 0.80 + y), (1.30, 0.70 + y),
                                                                                (1.32, 0.40 + y)]
    pen.blob([(-1.30, 0.16 + y), (-1.32, 0.76 + y), (-1.24, 0.81 + y), (-0.4, 0.81 + y), (0.5, 0.81 + y), *nose,
              (1.28, 0.18 + y),
              (0.4, 0.15 + y), (-0.6, 0.15 + y)], paint, steps=4)
    pen.poly([(-1.32, 0.42 + y), (1.30, 0.42 + y), (1.33, 0.34 + y), (-1.32, 0.34 + y)], stripe, edge=0)
    pane = WARM if look.lamps else GLASS
    for k in range(6):
        x = -1.18 + 0.33 * k
        pen.box(x, 0.50 + y, x + 0.26, 0.70 + y, pane, round_by=0.04, edge=0, lit=look.lamps)
    pen.poly([(0.92, 0.50 + y), (0.92, 0.72 + y), (1.02, 0.72 + y), (1.20, 0.54 + y), (1.22, 0.50 + y)], (62, 82, 104),
             edge=0)
    for x in (-0.98, -0.66, 0.52, 0.84):
        wheel(pen, x, 0.10, 0.10, pose.cycle * 1.7, spokes=4, tyre=0.3)
    pen.box(-1.26, 0.12, 1.22, 0.20 + y, (70, 70, 80), round_by=0.03, edge=0)
    _headlight(pen, look, 1.29, 0.30 + y, 2.4)


def draw_tractor(pen: Pen, pose: Pose, look: Look) -> None:
    """A tractor: one great wheel, one small, a cab and a puffing pipe."""
    paint = look.main((92, 152, 66))
    y = _bounce(pose) * 1.4
    for k in range(3):
        age = (pose.t * 0.8 + k / 3) % 1.0
        if age < 0.9:
            pen.oval(0.46 - 0.25 * age, 0.98 + 0.24 * age + y, 0.02 + 0.05 * age, 0.02 + 0.045 * age, (206, 204, 204))
    pen.limb([(0.46, 0.60 + y), (0.46, 0.95 + y)], [0.045, 0.045], (84, 82, 92))
    pen.box(-0.56, 0.94 + y, 0.20, 1.02 + y, shade(paint, -0.15), round_by=0.03)
    pen.poly([(-0.50, 0.50 + y), (-0.46, 0.95 + y), (0.10, 0.95 + y), (0.16, 0.50 + y)], mix(GLASS, PAPER, 0.2), edge=0)
    for a, b in (((-0.49, 0.48), (-0.45, 0.96)), ((0.16, 0.48), (0.10, 0.96)), ((-0.18, 0.5), (-0.17, 0.95))):
        pen.limb([(a[0], a[1] + y), (b[0], b[1] + y)], [0.05, 0.045], shade(paint, -0.2))
    pen.blob([(-0.24, 0.52 + y), (-0.24, 0.66 + y), (-0.30, 0.76 + y)], (70, 60, 62), edge=0)
    pen.blob([(-0.50, 0.30 + y), (-0.46, 0.58 + y), (0.10, 0.60 + y), (0.60, 0.66 + y), (0.86, 0.58 + y),
              (0.88, 0.34 + y), (0.40, 0.28 + y)],
             paint, steps=4)
    pen.box(0.74, 0.36 + y, 0.90, 0.58 + y, shade(paint, -0.35), round_by=0.03, edge=0)
    for k in range(3):
        pen.line([(0.36, 0.56 - 0.06 * k + y), (0.62, 0.57 - 0.06 * k + y)], 0.018, shade(paint, -0.35))
    pen.blob([(-0.74, 0.62 + y), (-0.56, 0.78 + y), (-0.28, 0.76 + y), (-0.08, 0.56 + y), (-0.20, 0.60 + y),
              (-0.42, 0.68 + y)],
             shade(paint, -0.12))
    _headlight(pen, look, 0.87, 0.54 + y)
    _tractor_wheel(pen, -0.40, 0.38, pose.cycle)
    _tractor_wheel(pen, 0.62, 0.22, pose.cycle * 0.38 / 0.22)


def _tractor_wheel(pen: Pen, x: float, r: float, turns: float) -> None:
    for k in range(16):
        a = -math.tau * (turns + k / 16)
        pen.limb([(x + r * 0.86 * math.cos(a), r + r * 0.86 * math.sin(a)),
                  (x + r * 0.96 * math.cos(a + 0.1), r + r * 0.96 * math.sin(a + 0.1))],
                 [r * 0.16, r * 0.10], (44, 42, 50))
    pen.oval(x, r, r * 0.90, r * 0.90, (52, 50, 58))
    pen.oval(x, r, r * 0.56, r * 0.56, (246, 206, 84))
    for k in range(6):
        a = -math.tau * (turns + k / 6)
        pen.oval(x + r * 0.36 * math.cos(a), r + r * 0.36 * math.sin(a), r * 0.07, r * 0.07, (178, 138, 44))
    pen.oval(x, r, r * 0.16, r * 0.16, (178, 138, 44))


def draw_motorcycle(pen: Pen, pose: Pose, look: Look) -> None:
    """A motorcycle: tank, engine, exhaust; a step-through for a scooter."""
    paint = look.main((186, 54, 52))
    y = _bounce(pose)
    scooter = look.says("scooter", "moped", "vespa")
    for x in (-0.62, 0.66):
        wheel(pen, x, 0.27, 0.27, pose.cycle, spokes=8, tyre=0.34)
    pen.limb([(0.66, 0.27), (0.44, 0.80 + y)], [0.055, 0.06], STEEL, edge=0.008)
    if scooter:
        pen.blob([(-0.90, 0.40 + y), (-0.78, 0.62 + y), (-0.40, 0.66 + y), (-0.14, 0.56 + y), (-0.10, 0.34 + y),
                  (-0.30, 0.26 + y), (-0.46, 0.40 + y),
                  (-0.64, 0.46 + y)], paint)
        pen.box(-0.20, 0.24 + y, 0.32, 0.31 + y, shade(paint, -0.25), round_by=0.03)
        pen.blob([(0.24, 0.26 + y), (0.30, 0.60 + y), (0.36, 0.82 + y), (0.50, 0.80 + y), (0.46, 0.50 + y),
                  (0.40, 0.28 + y)], paint)
        pen.blob([(-0.74, 0.65 + y), (-0.66, 0.72 + y), (-0.30, 0.71 + y), (-0.14, 0.62 + y), (-0.40, 0.62 + y)],
                 (84, 58, 48))
    else:
        pen.limb([(-0.62, 0.27), (-0.10, 0.33 + y)], [0.06, 0.08], (84, 84, 94))
        pen.box(-0.24, 0.20 + y, 0.22, 0.50 + y, (96, 98, 108), round_by=0.06)
        for k in range(4):
            pen.line([(-0.16, 0.29 + 0.05 * k + y), (0.16, 0.29 + 0.05 * k + y)], 0.018, (150, 154, 162))
        pen.limb([(0.06, 0.24 + y), (-0.30, 0.17 + y), (-0.86, 0.22 + y)], [0.05, 0.07, 0.09], STEEL, edge=0.01)
        pen.blob([(-0.94, 0.62 + y), (-0.70, 0.66 + y), (-0.40, 0.58 + y), (-0.14, 0.60 + y), (-0.12, 0.50 + y),
                  (-0.5, 0.46 + y), (-0.80, 0.52 + y)], (62, 54, 58))
        pen.blob([(-0.18, 0.52 + y), (-0.12, 0.68 + y), (0.14, 0.76 + y), (0.38, 0.70 + y), (0.42, 0.60 + y),
                  (0.20, 0.52 + y)], paint)
        pen.blob([(-0.06, 0.66 + y), (0.12, 0.715 + y), (0.28, 0.68 + y), (0.12, 0.66 + y)], shade(paint, 0.4), edge=0)
        pen.blob([(-0.96, 0.52 + y), (-0.80, 0.56 + y), (-0.46, 0.54 + y), (-0.36, 0.40 + y), (-0.60, 0.50 + y),
                  (-0.84, 0.46 + y)], paint)
    pen.blob([(0.40, 0.50 + y), (0.56, 0.58 + y), (0.78, 0.56 + y), (0.92, 0.40 + y), (0.74, 0.49 + y),
              (0.54, 0.49 + y)], paint)
    pen.limb([(0.45, 0.80 + y), (0.34, 0.90 + y), (0.24, 0.90 + y)], [0.045, 0.04, 0.055], (58, 54, 60))
    pen.oval(0.54, 0.74 + y, 0.085, 0.09, (92, 92, 102), edge=0.008)
    _headlight(pen, look, 0.60, 0.74 + y)
    if look.lamps:
        pen.glow(-0.94, 0.56 + y, 0.35, (255, 70, 60), 0.6)
    pen.oval(-0.95, 0.57 + y, 0.03, 0.04, RED_LIGHT, lit=look.lamps)
    if not look.crewed and not pose.pace:
        pen.limb([(-0.06, 0.24), (-0.20, 0.02)], [0.03, 0.025], (110, 112, 122))


DRAWINGS = {
    "truck": Drawing(draw_truck, 0.34, (-1.35, -0.05, 1.35, 1.16), "wheeled", 1.15, math.tau * 0.19, 1.15),
    "bus": Drawing(draw_bus, 0.38, (-1.42, -0.05, 1.42, 1.14), "wheeled", 1.0, math.tau * 0.175, 1.25),
    "train": Drawing(draw_train, 0.34, (-1.48, -0.05, 1.48, 1.46), "wheeled", 1.2, math.tau * 0.17, 1.3),
    "tractor": Drawing(draw_tractor, 0.34, (-1.0, -0.05, 1.08, 1.34), "wheeled", 0.6, math.tau * 0.38, 0.9),
    "motorcycle": Drawing(draw_motorcycle, 0.24, (-1.12, -0.05, 1.12, 1.05), "wheeled", 2.0, math.tau * 0.27, 0.9,
                          seat=(-0.06, 0.14), rider_in_front=True, rider_size=0.92),
}
