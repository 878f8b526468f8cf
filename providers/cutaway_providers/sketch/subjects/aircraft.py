"""Things that fly without wings to flap: aeroplane, helicopter, hot-air balloon, rocket, flying saucer."""

# Coordinates read better in rows than one to a line.
# fmt: off
from __future__ import annotations

import math

from cutaway_providers.sketch.palette import PAPER, Colour, mix
from cutaway_providers.sketch.pen import Pen, shade
from cutaway_providers.sketch.subjects.drawing import Drawing, Look, Pose
from cutaway_providers.sketch.subjects.part import Part

GLASS: Colour = (150, 200, 222)
WARM: Colour = (255, 226, 150)


def draw_plane(pen: Pen, pose: Pose, look: Look) -> None:
    """An airliner; a small one with a propeller when its words say biplane, glider or propeller."""
    if look.says("propeller", "biplane", "small", "seaplane", "vintage", "crop"):
        _propeller_plane(pen, pose, look)
        return
    paint = look.main((246, 246, 244))
    accent = (206, 62, 60) if look.colour is None else shade(paint, -0.35)
    y = 0.42 + 0.006 * math.sin(pose.t * 2.1)
    pen.poly([(-0.10, y - 0.04), (-0.62, y + 0.22), (-0.74, y + 0.22), (-0.36, y - 0.02)], shade(paint, -0.3), edge=0)
    pen.poly([(-0.92, y + 0.06), (-1.22, y + 0.17), (-1.30, y + 0.17), (-1.12, y + 0.04)], shade(accent, -0.3), edge=0)
    pen.poly([(-0.86, y + 0.10), (-1.20, y + 0.48), (-1.34, y + 0.48), (-1.22, y + 0.06)], accent)
    pen.blob([(-1.30, y + 0.06), (-0.90, y + 0.14), (-0.20, y + 0.15), (0.60, y + 0.15), (0.98, y + 0.11),
              (1.20, y + 0.01), (1.18, y - 0.05),
              (0.86, y - 0.12), (0.10, y - 0.13), (-0.70, y - 0.08), (-1.18, y + 0.01)], paint, steps=5)
    pen.poly([(-1.26, y + 0.015), (1.205, y + 0.015), (1.20, y - 0.025), (-1.14, y - 0.02)], accent, edge=0)
    for k in range(13):
        pen.box(-0.72 + 0.115 * k, y + 0.045, -0.67 + 0.115 * k, y + 0.095, WARM if look.lamps else (92, 132, 164),
                round_by=0.02,
                edge=0, lit=look.lamps)
    pen.poly([(0.94, y + 0.105), (1.0, y + 0.105), (1.10, y + 0.055), (0.98, y + 0.05)], (62, 86, 112), edge=0)
    pen.box(0.02, y - 0.24, 0.34, y - 0.13, shade(paint, -0.12), round_by=0.05)
    pen.oval(0.335, y - 0.185, 0.022, 0.05, (74, 76, 88))
    pen.poly([(0.30, y - 0.05), (-0.34, y - 0.36), (-0.56, y - 0.36), (-0.22, y - 0.05)], shade(paint, -0.08))
    pen.poly([(-0.96, y + 0.03), (-1.30, y - 0.08), (-1.40, y - 0.08), (-1.20, y + 0.03)], shade(accent, -0.08))
    if pose.deed not in {"fly", "rise", "fall"}:
        for x in (-0.20, 0.80):
            pen.limb([(x, y - 0.10), (x, 0.07)], [0.04, 0.03], (110, 112, 122))
            pen.oval(x, 0.065, 0.065, 0.065, (50, 48, 56))
    blink = math.sin(pose.t * 6) > 0.5
    pen.oval(-0.52, y - 0.35, 0.018, 0.018, (250, 80, 70) if blink else (150, 60, 60), lit=blink)
    if look.lamps and blink:
        pen.glow(-0.52, y - 0.36, 0.24, (255, 70, 60), 0.9)
        pen.glow(-1.27, y + 0.48, 0.2, (255, 255, 255), 0.7)


def _propeller_plane(pen: Pen, pose: Pose, look: Look) -> None:
    paint = look.main((224, 98, 56))
    wood = (236, 214, 170)
    y = 0.44
    pen.poly([(-0.60, y + 0.04), (-0.98, y + 0.36), (-1.10, y + 0.32), (-1.02, y + 0.0)], paint)
    pen.blob([(-1.06, y + 0.06), (-0.40, y + 0.15), (0.20, y + 0.17), (0.66, y + 0.13), (0.74, y), (0.64, y - 0.13),
              (0.10, y - 0.17),
              (-0.50, y - 0.09), (-1.04, y)], paint)
    pen.box(0.60, y - 0.12, 0.74, y + 0.12, (96, 96, 106), round_by=0.04)
    pen.blob([(-0.26, y + 0.14), (-0.20, y + 0.25), (-0.02, y + 0.26), (0.06, y + 0.15)], GLASS, edge=0.006)
    pen.oval(-0.12, y + 0.22, 0.065, 0.07, (226, 176, 136))
    pen.blob([(-0.20, y + 0.22), (-0.14, y + 0.30), (-0.05, y + 0.27), (-0.06, y + 0.22)], (118, 78, 52), edge=0)
    pen.limb([(0.26, y - 0.12), (0.22, y + 0.34)], [0.025, 0.025], (120, 92, 70))
    pen.limb([(-0.06, y - 0.12), (-0.10, y + 0.34)], [0.025, 0.025], (120, 92, 70))
    pen.box(-0.30, y + 0.33, 0.46, y + 0.39, wood, round_by=0.03)
    pen.box(-0.34, y - 0.15, 0.44, y - 0.09, shade(wood, -0.1), round_by=0.03)
    pen.box(-1.16, y + 0.02, -0.84, y + 0.06, wood, round_by=0.02)
    turn = pose.t * 40 if pose.deed == "fly" or pose.pace else pose.t * 0.6
    reach = 0.30 * abs(math.cos(turn)) + 0.06
    if pose.deed == "fly":
        pen.oval(0.79, y, 0.022, 0.30, (226, 224, 220))
    pen.limb([(0.79, y - reach), (0.79, y + reach)], [0.03, 0.03], (110, 84, 62))
    pen.oval(0.79, y, 0.05, 0.06, shade(paint, -0.3))
    pen.limb([(0.22, y - 0.14), (0.30, y - 0.34)], [0.03, 0.03], (120, 92, 70))
    pen.oval(0.31, y - 0.355, 0.085, 0.085, (52, 50, 58))
    pen.oval(0.31, y - 0.355, 0.035, 0.035, (196, 198, 204))


def draw_helicopter(pen: Pen, pose: Pose, look: Look) -> None:
    """A helicopter; its rotor turns, faster in the air."""
    paint = look.main((66, 112, 150))
    aloft = pose.deed in {"fly", "rise", "fall"}
    turn = pose.t * (34 if aloft else 1.2)
    y = 0.36 if aloft else 0.28
    for x in (-0.26, 0.30):
        pen.limb([(x, y + 0.02), (x + 0.04, 0.06)], [0.03, 0.03], (92, 94, 104))
    pen.limb([(-0.46, 0.045), (0.44, 0.045), (0.56, 0.09)], [0.035, 0.035, 0.025], (92, 94, 104))
    pen.poly([(-0.30, y + 0.34), (-1.08, y + 0.36), (-1.08, y + 0.28), (-0.30, y + 0.12)], shade(paint, -0.1))
    pen.poly([(-1.00, y + 0.32), (-1.16, y + 0.56), (-1.26, y + 0.54), (-1.16, y + 0.28)], paint)
    pen.blob([(-0.52, y + 0.20), (-0.44, y + 0.42), (-0.16, y + 0.50), (0.20, y + 0.48), (0.52, y + 0.32),
              (0.66, y + 0.10), (0.56, y - 0.02),
              (0.20, y - 0.07), (-0.24, y - 0.06), (-0.46, y + 0.04)], paint)
    pen.blob([(0.16, y + 0.44), (0.36, y + 0.38), (0.56, y + 0.20), (0.58, y + 0.10), (0.16, y + 0.10)],
             WARM if look.lamps else GLASS, edge=0,
             lit=look.lamps)
    pen.line([(0.34, y + 0.10), (0.34, y + 0.38)], 0.016, shade(paint, -0.2))
    pen.box(-0.30, y + 0.16, 0.04, y + 0.38, mix(GLASS, paint, 0.15), round_by=0.04, edge=0)
    pen.line([(-0.48, y + 0.08), (0.63, y + 0.04)], 0.030, PAPER)
    pen.limb([(0.0, y + 0.46), (0.0, y + 0.60)], [0.07, 0.045], (92, 94, 104))
    reach = 0.98 * (0.35 + 0.65 * abs(math.cos(turn)))
    if aloft:
        pen.limb([(-1.0, y + 0.605), (1.0, y + 0.605)], [0.012, 0.012], (206, 208, 214))
    pen.limb([(-reach, y + 0.61), (0.0, y + 0.62), (reach, y + 0.61)], [0.028, 0.045, 0.028], (74, 76, 86))
    spin = turn * 1.4
    for k in range(2):
        a = spin + k * math.pi / 2
        pen.limb([(-1.18 - 0.15 * math.cos(a), y + 0.42 - 0.15 * math.sin(a)),
                  (-1.18 + 0.15 * math.cos(a), y + 0.42 + 0.15 * math.sin(a))],
                 [0.022, 0.022], (74, 76, 86))
    if look.lamps:
        pen.glow(0.60, y, 0.4, (255, 240, 190), 0.7)
        pen.beam(0.58, y - 0.02, -0.7, 1.2, 0.3, (255, 240, 190), 0.25)


def draw_airship(pen: Pen, pose: Pose, look: Look) -> None:
    """A hot-air balloon: gores of two colours, a basket, a burner that glows now and then."""
    cloth = look.main((214, 76, 64))
    second = (248, 216, 132) if look.colour is None else mix(cloth, PAPER, 0.75)
    burn = max(0.0, math.sin(pose.t * 1.1)) ** 3
    for x in (-0.09, 0.09):
        pen.line([(x, 0.13), (x * 2.3, 0.34)], 0.008, (110, 86, 66))
        pen.line([(x * 0.4, 0.13), (x * 0.8, 0.32)], 0.008, (110, 86, 66))
    pen.poly([(-0.06, 0.305), (-0.18, 0.36), (0.18, 0.36), (0.06, 0.305)], shade(cloth, -0.3))
    outline = [(-0.15, 0.335), (-0.30, 0.48), (-0.375, 0.66), (-0.33, 0.84), (-0.18, 0.96), (0.0, 0.995), (0.18, 0.96),
               (0.33, 0.84),
               (0.375, 0.66), (0.30, 0.48), (0.15, 0.335)]
    pen.blob(outline, cloth)
    for inner, outer in ((0.18, 0.56),):
        for side in (-1, 1):
            pen.blob([(side * x * outer, y) for x, y in outline[:6]] + [(side * x * inner, y) for x,
                                                                        y in reversed(outline[:6])], second,
                     edge=0)
    pen.blob([(x * 0.18, y) for x, y in outline], cloth, edge=0)
    pen.blob([(0.375, 0.66), (0.30, 0.48), (0.15, 0.335), (0.13, 0.34), (0.23, 0.52), (0.28, 0.68), (0.22, 0.88),
              (0.18, 0.96), (0.33, 0.84)],
             shade(cloth, -0.16), edge=0)
    pen.line([(-0.345, 0.555), (-0.18, 0.535), (0.0, 0.53), (0.18, 0.535), (0.345, 0.555)], 0.026, PAPER)
    if burn > 0.05:
        pen.blob([(-0.022, 0.20), (0.0, 0.20 + 0.13 * burn), (0.022, 0.20), (0.0, 0.185)], (255, 196, 90), lit=True,
                 edge=0)
        pen.glow(0.0, 0.40, 0.50, (255, 190, 100), 0.75 * burn)
    pen.oval(0.045, 0.175, 0.024, 0.028, (226, 176, 136))
    pen.blob([(0.02, 0.18), (0.03, 0.21), (0.065, 0.205), (0.068, 0.18)], (92, 62, 48), edge=0, steps=3)
    pen.box(0.018, 0.11, 0.075, 0.152, (70, 112, 150), round_by=0.015, edge=0)
    pen.poly([(-0.10, 0.13), (0.10, 0.13), (0.085, 0.0), (-0.085, 0.0)], (164, 116, 72))
    for k in range(3):
        pen.line([(-0.095 + 0.004 * k, 0.105 - 0.035 * k), (0.095 - 0.004 * k, 0.105 - 0.035 * k)], 0.007,
                 (128, 86, 54))
    pen.box(-0.108, 0.12, 0.108, 0.145, (128, 86, 54), round_by=0.01, edge=0)


def draw_rocket(pen: Pen, pose: Pose, look: Look) -> None:
    """A rocket on its fins; in flight it stands on fire."""
    paint = look.main((206, 62, 58))
    hull = (246, 244, 240)
    aloft = pose.deed in {"fly", "rise", "run", "climb"}
    y = 0.16 if aloft else 0.10
    if aloft:
        flick = 0.5 + 0.3 * math.sin(pose.t * 29) + 0.2 * math.sin(pose.t * 43)
        for wide, long, tone in ((0.115, 0.34, (240, 112, 48)), (0.08, 0.24, (252, 184, 72)),
                                 (0.04, 0.15, (255, 244, 190))):
            tall = long * (0.85 + 0.3 * flick)
            pen.blob([(-wide, y + 0.02), (-wide * 0.8, y - tall * 0.5), (0.0, y - tall), (wide * 0.8, y - tall * 0.5),
                      (wide, y + 0.02)], tone,
                     lit=True, edge=0)
        pen.glow(0.0, y - 0.1, 0.6, (255, 170, 80), 0.8)
        for k in range(6):
            age = (pose.t * 0.9 + k / 6) % 1.0
            side = (-1) ** k * (0.05 + 0.12 * age)
            pen.oval(side, y - 0.20 - 0.26 * age, 0.03 + 0.05 * (1 - age), 0.03 + 0.05 * (1 - age), (230, 226, 224))
    else:
        for k in range(3):
            age = (pose.t * 0.5 + k / 3) % 1.0
            if age < 0.9:
                size = 0.05 * (1 - age)
                pen.oval((-1) ** k * (0.08 + 0.16 * age), 0.05 + 0.05 * age, size, size, (232, 230, 228))
    pen.poly([(-0.14, y + 0.34), (-0.30, y + 0.10), (-0.30, y - 0.10), (-0.12, y + 0.06)], shade(paint, -0.12))
    pen.poly([(0.14, y + 0.34), (0.30, y + 0.10), (0.30, y - 0.10), (0.12, y + 0.06)], shade(paint, -0.26))
    pen.poly([(-0.09, y + 0.05), (-0.11, y - 0.03), (0.11, y - 0.03), (0.09, y + 0.05)], (84, 84, 94))
    pen.blob([(-0.13, y + 0.04), (-0.17, y + 0.30), (-0.155, y + 0.54), (-0.09, y + 0.74), (0.0, y + 0.86),
              (0.09, y + 0.74), (0.155, y + 0.54),
              (0.17, y + 0.30), (0.13, y + 0.04)], hull)
    pen.blob([(0.05, y + 0.04), (0.075, y + 0.30), (0.07, y + 0.54), (0.04, y + 0.74), (0.0, y + 0.86),
              (0.09, y + 0.74), (0.155, y + 0.54),
              (0.17, y + 0.30), (0.13, y + 0.04)], shade(hull, -0.12), edge=0)
    pen.blob([(-0.105, y + 0.70), (-0.06, y + 0.79), (0.0, y + 0.865), (0.06, y + 0.79), (0.105, y + 0.70),
              (0.0, y + 0.68)], paint, edge=0)
    pen.oval(0.0, y + 0.52, 0.078, 0.078, shade(paint, -0.1), edge=0.008)
    pen.oval(0.0, y + 0.52, 0.056, 0.056, WARM if look.lamps else GLASS, lit=look.lamps)
    pen.poly([(-0.035, y + 0.50), (-0.01, y + 0.56), (0.015, y + 0.56), (-0.015, y + 0.48)], shade(GLASS, 0.5), edge=0)
    pen.box(-0.165, y + 0.20, 0.165, y + 0.25, paint, edge=0)
    pen.poly([(-0.025, y + 0.30), (0.025, y + 0.30), (0.03, y - 0.08), (-0.03, y - 0.08)], paint, edge=0.008)


def draw_saucer(pen: Pen, pose: Pose, look: Look) -> None:
    """A flying saucer: a dome with somebody in it, a ring of lights that run round, a pale beam."""
    metal = look.main((150, 160, 180))
    aloft = pose.deed == "fly"
    y = 0.55 if aloft else 0.30
    part = Part(pen, 0.0, y, turn=0.05 * math.sin(pose.t * 1.6))
    if aloft:
        pen.beam(0.0, y - 0.12, -math.pi / 2, 1.5, 0.55, (190, 255, 210), 0.32)
    else:
        for x in (-0.34, 0.34):
            pen.limb([(x * 0.7, y - 0.10), (x, 0.04)], [0.05, 0.04], shade(metal, -0.3))
            pen.box(x - 0.08, 0.0, x + 0.08, 0.045, shade(metal, -0.35), round_by=0.02, edge=0)
    part.blob([(-0.34, 0.08), (-0.30, 0.30), (-0.12, 0.44), (0.12, 0.44), (0.30, 0.30), (0.34, 0.08)], (158, 214, 214))
    skin = (126, 196, 108)
    part.blob([(-0.10, 0.10), (-0.14, 0.22), (-0.06, 0.33), (0.08, 0.33), (0.15, 0.22), (0.09, 0.10)], skin, edge=0)
    for x in (-0.045, 0.065):
        part.oval(x, 0.225, 0.034, 0.012 if pose.blink else 0.048, (38, 34, 44))
    part.blob([(-0.26, 0.14), (-0.23, 0.28), (-0.12, 0.38), (-0.15, 0.30), (-0.20, 0.16)], (236, 250, 250), edge=0)
    part.blob([(-0.82, 0.0), (-0.56, 0.10), (-0.30, 0.14), (0.30, 0.14), (0.56, 0.10), (0.82, 0.0), (0.50, -0.13),
               (0.0, -0.18), (-0.50, -0.13)],
              metal)
    part.blob([(-0.80, -0.005), (-0.30, -0.04), (0.30, -0.04), (0.80, -0.005), (0.50, -0.13), (0.0, -0.18),
               (-0.50, -0.13)], shade(metal, -0.25),
              edge=0)
    for k in range(7):
        x = -0.60 + 0.20 * k
        on = (k + int(pose.t * 6)) % 3 == 0
        tone = ((255, 220, 110), (120, 230, 255), (255, 120, 140))[k % 3]
        part.oval(x, 0.01 - 0.05 * (1 - (x / 0.7) ** 2), 0.042, 0.036, tone if on else shade(tone, -0.45), lit=on)
        if on:
            part.glow(x, -0.02, 0.22, tone, 0.5)


DRAWINGS = {
    "aeroplane": Drawing(draw_plane, 0.26, (-1.55, -0.08, 1.35, 1.05), "flyer", 1.5, 1.0, 0.9),
    "helicopter": Drawing(draw_helicopter, 0.28, (-1.46, -0.06, 1.16, 1.12), "flyer", 0.9, 1.0, 0.6),
    "hot air balloon": Drawing(draw_airship, 0.46, (-0.52, -0.05, 0.52, 1.08), "flyer", 0.12, 1.0, 0.30, leans=False),
    "rocket": Drawing(draw_rocket, 0.44, (-0.44, -0.42, 0.44, 1.10), "flyer", 0.20, 1.0, 0.24, leans=False),
    "flying saucer": Drawing(draw_saucer, 0.24, (-1.0, -0.08, 1.0, 1.12), "flyer", 0.9, 1.0, 0.5),
}
