"""Products and small things that stand still: lantern, mug, bottle, box."""

# Coordinates read better in rows than one to a line.
# fmt: off
from __future__ import annotations

import math

from cutaway_providers.sketch.palette import NEAR_BLACK, PAPER, mix
from cutaway_providers.sketch.pen import Pen, shade
from cutaway_providers.sketch.subjects.drawing import Drawing, Look, Pose

FLAME = (255, 206, 106)


def draw_lantern(pen: Pen, pose: Pose, look: Look) -> None:
    """A lantern with a flame behind glass; in the dark it lights its surroundings."""
    metal = look.main((66, 92, 104))
    dark, light = shade(metal, -0.3), shade(metal, 0.22)
    flicker = 0.5 + 0.3 * math.sin(pose.t * 7.1) + 0.2 * math.sin(pose.t * 11.3 + 1)
    sway = 0.012 * math.sin(pose.t * 1.3)
    pen.line([(-0.21, 0.76), (-0.24 + sway, 0.90), (-0.12 + sway, 1.00), (0.12 + sway, 1.00), (0.24 + sway, 0.90),
              (0.21, 0.76)],
             0.022, dark)
    pen.box(-0.085, 0.78, 0.085, 0.86, dark, round_by=0.02)
    pen.poly([(-0.10, 0.80), (0.10, 0.80), (0.22, 0.68), (-0.22, 0.68)], metal)
    pen.box(-0.24, 0.645, 0.24, 0.695, light, round_by=0.02)
    glass = mix((232, 238, 232), FLAME, 0.55 if look.lamps else 0.22)
    pen.blob([(-0.17, 0.65), (-0.215, 0.43), (-0.17, 0.22), (0.17, 0.22), (0.215, 0.43), (0.17, 0.65)], glass,
             lit=look.lamps, edge=0)
    pen.blob([(-0.11, 0.60), (-0.15, 0.43), (-0.11, 0.25), (0.11, 0.25), (0.15, 0.43), (0.11, 0.60)],
             mix(glass, (255, 240, 196), 0.55), edge=0, lit=look.lamps)
    tall = 0.20 + 0.035 * flicker
    tip = 0.02 * math.sin(pose.t * 5.3)
    pen.blob([(-0.055, 0.30), (-0.035, 0.26), (0.035, 0.26), (0.055, 0.30), (0.035 + tip * 0.6, 0.26 + tall * 0.6),
              (tip, 0.26 + tall),
              (-0.035 + tip * 0.4, 0.26 + tall * 0.55)], (250, 150, 54), lit=True)
    pen.blob([(-0.028, 0.29), (0.0, 0.265), (0.028, 0.29), (0.012 + tip * 0.5, 0.26 + tall * 0.45),
              (tip * 0.6, 0.26 + tall * 0.68)],
             (255, 242, 170), lit=True, edge=0)
    for x in (-0.20, 0.20):
        pen.limb([(x, 0.21), (x * 1.14, 0.43), (x, 0.66)], [0.026, 0.026, 0.026], dark)
    pen.line([(-0.225, 0.43), (0.225, 0.43)], 0.014, dark)
    pen.limb([(-0.13, 0.56), (-0.155, 0.42)], [0.018, 0.008], (255, 255, 250))
    pen.box(-0.235, 0.165, 0.235, 0.225, light, round_by=0.02)
    pen.poly([(-0.21, 0.17), (0.21, 0.17), (0.25, 0.03), (-0.25, 0.03)], metal)
    pen.box(-0.27, 0.0, 0.27, 0.05, dark, round_by=0.02)
    pen.oval(0.0, 0.10, 0.035, 0.035, (222, 178, 92), edge=0.008)
    strength = (0.95 if look.lamps else 0.34) * (0.86 + 0.14 * flicker)
    pen.glow(0.0, 0.42, 1.7 if look.lamps else 0.75, (255, 190, 96), strength * 0.75)
    pen.glow(0.0, 0.40, 0.50, (255, 226, 150), strength * 0.5)


def draw_mug(pen: Pen, pose: Pose, look: Look) -> None:
    """A mug with a band, a handle and rising steam."""
    clay = look.main((214, 96, 76))
    for k in range(3):
        steam(pen, pose, -0.16 + 0.16 * k, 0.80, k)
    pen.blob([(0.30, 0.64), (0.52, 0.66), (0.60, 0.46), (0.50, 0.24), (0.28, 0.22)], shade(clay, -0.16))
    pen.blob([(0.30, 0.54), (0.43, 0.54), (0.48, 0.45), (0.42, 0.33), (0.28, 0.32)],
             mix(shade(clay, -0.5), PAPER, 0.35), edge=0)
    pen.poly([(-0.37, 0.74), (-0.352, 0.34), (-0.335, 0.10), (-0.31, 0.035), (-0.25, 0.0), (0.25, 0.0), (0.31, 0.035),
              (0.335, 0.10),
              (0.352, 0.34), (0.37, 0.74)], clay)
    pen.oval(0.0, 0.74, 0.372, 0.075, shade(clay, 0.22), edge=0.01)
    pen.oval(0.0, 0.738, 0.325, 0.056, (84, 52, 40))
    pen.oval(-0.08, 0.745, 0.12, 0.018, (128, 84, 60))
    pen.poly([(-0.354, 0.40), (0.354, 0.40), (0.345, 0.24), (-0.345, 0.24)], mix(clay, PAPER, 0.75), edge=0)
    for k in range(5):
        x = -0.26 + 0.13 * k
        pen.poly([(x - 0.05, 0.26), (x, 0.38), (x + 0.05, 0.26)], clay, edge=0)
    pen.limb([(-0.27, 0.64), (-0.265, 0.46)], [0.045, 0.03], shade(clay, 0.38))


def steam(pen: Pen, pose: Pose, x: float, y: float, k: int) -> None:
    """One curl of steam above (x, y), the `k`th of several."""
    age = (pose.t * 0.45 + k * 0.37) % 1.0
    size = math.sin(math.pi * age)
    if size < 0.12:
        return
    rise = y + 0.28 * age
    points = [(x + 0.04 * math.sin(0.9 * i + pose.t * 2.2 + k * 2), rise + 0.032 * i) for i in range(8)]
    pen.limb(points, [size * w for w in (0.008, 0.02, 0.034, 0.042, 0.04, 0.03, 0.018, 0.008)], (238, 236, 232))


def draw_bottle(pen: Pen, pose: Pose, look: Look) -> None:
    """A bottle with a label, a cap and something in it that moves a little."""
    glass = look.main((72, 146, 124))
    tilt = 0.018 * math.sin(pose.t * 1.6)
    pen.blob([(-0.17, 0.02), (-0.19, 0.30), (-0.185, 0.56), (-0.11, 0.70), (-0.075, 0.80), (-0.075, 0.90),
              (0.075, 0.90), (0.075, 0.80),
              (0.11, 0.70), (0.185, 0.56), (0.19, 0.30), (0.17, 0.02), (0.0, 0.0)], mix(glass, (255, 255, 255), 0.30))
    pen.blob([(-0.155, 0.035), (-0.17, 0.30), (-0.165, 0.52 + tilt), (0.0, 0.535), (0.165, 0.52 - tilt), (0.17, 0.30),
              (0.155, 0.035),
              (0.0, 0.018)], glass, edge=0)
    pen.box(-0.186, 0.18, 0.186, 0.44, PAPER, round_by=0.02, edge=0.008)
    pen.box(-0.186, 0.405, 0.186, 0.425, shade(glass, -0.25), edge=0)
    pen.box(-0.186, 0.195, 0.186, 0.215, shade(glass, -0.25), edge=0)
    pen.blob([(0.0, 0.375), (0.075, 0.32), (0.0, 0.24), (-0.075, 0.32)], glass, edge=0)
    pen.line([(0.0, 0.26), (0.0, 0.35)], 0.01, PAPER)
    pen.box(-0.09, 0.86, 0.09, 0.985, shade(glass, -0.45), round_by=0.025)
    pen.limb([(-0.125, 0.58), (-0.145, 0.47)], [0.026, 0.018], (255, 255, 255))
    pen.limb([(-0.145, 0.16), (-0.14, 0.09)], [0.02, 0.012], (255, 255, 255))


def draw_box(pen: Pen, pose: Pose, look: Look) -> None:
    """A parcel seen a little from the side, with tape and a mark."""
    card = look.main((198, 152, 102))
    breathe = 0.006 * math.sin(pose.t * 1.8)
    pen.poly([(-0.56, 0.0), (0.20, 0.0), (0.20, 0.66), (-0.56, 0.66)], card)
    pen.poly([(0.20, 0.0), (0.56, 0.12), (0.56, 0.78), (0.20, 0.66)], shade(card, -0.24), edge=0)
    pen.poly([(-0.56, 0.66), (0.20, 0.66), (0.56, 0.78), (-0.18, 0.78)], shade(card, 0.24), edge=0)
    tape = mix(card, (255, 246, 224), 0.62)
    pen.poly([(-0.24, 0.66), (-0.10, 0.66), (0.26, 0.78), (0.12, 0.78)], tape, edge=0)
    pen.poly([(-0.24, 0.66), (-0.10, 0.66), (-0.10, 0.50), (-0.17, 0.525), (-0.24, 0.50)], tape, edge=0.006)
    ink = shade(card, -0.5)
    for x in (-0.42, -0.28):
        pen.poly([(x - 0.045, 0.20 + breathe), (x, 0.28 + breathe), (x + 0.045, 0.20 + breathe)], ink, edge=0)
        pen.box(x - 0.014, 0.10 + breathe, x + 0.014, 0.21 + breathe, ink, edge=0)
    pen.box(-0.02, 0.10, 0.13, 0.22, PAPER, edge=0.006)
    for k in range(3):
        pen.line([(0.005, 0.13 + 0.03 * k), (0.105 - 0.02 * k, 0.13 + 0.03 * k)], 0.008, NEAR_BLACK)


DRAWINGS = {
    "lantern": Drawing(draw_lantern, 0.36, (-0.45, -0.05, 0.45, 1.12), "thing", shadow=0.34),
    "mug": Drawing(draw_mug, 0.26, (-0.55, -0.05, 0.75, 1.45), "thing", shadow=0.44),
    "bottle": Drawing(draw_bottle, 0.42, (-0.32, -0.05, 0.32, 1.08), "thing", shadow=0.24),
    "box": Drawing(draw_box, 0.30, (-0.70, -0.05, 0.70, 0.92), "thing", shadow=0.62),
}
