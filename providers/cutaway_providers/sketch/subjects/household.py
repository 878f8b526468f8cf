"""Things of house and garden: chair, guitar, flower, tree."""

# Coordinates read better in rows than one to a line.
# fmt: off
from __future__ import annotations

import math

from cutaway_providers.sketch.palette import Colour, mix
from cutaway_providers.sketch.pen import Pen, shade
from cutaway_providers.sketch.subjects.drawing import Drawing, Look, Pose
from cutaway_providers.sketch.subjects.part import Part

LEAF: Colour = (98, 156, 84)


def draw_chair(pen: Pen, pose: Pose, look: Look) -> None:
    """A chair from the side; upholstered for an armchair; a rocking chair rocks."""
    wood = look.main((176, 118, 74))
    if look.says("armchair", "sofa", "couch", "upholstered", "lounge"):
        cloth = look.main((86, 128, 138))
        for x in (-0.36, 0.36):
            pen.limb([(x, 0.14), (x * 1.06, 0.0)], [0.06, 0.035], (128, 88, 62))
        pen.blob([(-0.36, 0.30), (-0.40, 0.80), (-0.26, 0.98), (0.0, 1.0), (0.26, 0.98), (0.40, 0.80), (0.36, 0.30)],
                 shade(cloth, -0.1))
        for x, y in ((-0.16, 0.82), (0.16, 0.82), (0.0, 0.70), (-0.2, 0.60), (0.2, 0.60)):
            pen.oval(x, y, 0.018, 0.018, shade(cloth, -0.4))
        breath = 0.006 * math.sin(pose.t * 1.6)
        pen.box(-0.36, 0.26, 0.36, 0.46 + breath, shade(cloth, 0.12), round_by=0.08)
        pen.box(-0.40, 0.10, 0.40, 0.30, cloth, round_by=0.05)
        for x0, x1 in ((-0.54, -0.32), (0.32, 0.54)):
            pen.box(x0, 0.10, x1, 0.58, cloth, round_by=0.10)
        return
    rocks = look.says("rocking")
    part = Part(pen, 0.0, 0.05 if rocks else 0.0, turn=0.10 * math.sin(pose.t * 1.8) if rocks else 0.0)
    dark = shade(wood, -0.25)
    if rocks:
        part.limb([(-0.50, 0.06), (-0.25, -0.03), (0.0, -0.05), (0.25, -0.03), (0.50, 0.06)],
                  [0.035, 0.045, 0.05, 0.045, 0.035], dark)
    part.limb([(-0.20, 0.46), (-0.24, 0.0)], [0.05, 0.04], dark)
    part.limb([(0.32, 0.46), (0.34, 0.0)], [0.05, 0.04], dark)
    part.limb([(-0.32, 0.98), (-0.27, 0.46), (-0.32, 0.0)], [0.055, 0.06, 0.042], wood, edge=0.01)
    part.limb([(0.26, 0.46), (0.26, 0.0)], [0.055, 0.042], wood, edge=0.01)
    part.limb([(-0.29, 0.20), (0.26, 0.20)], [0.035, 0.035], dark)
    for k in range(3):
        part.limb([(-0.315 + 0.012 * k, 0.90 - 0.13 * k), (-0.235 + 0.010 * k, 0.885 - 0.13 * k)], [0.06, 0.05],
                  shade(wood, 0.1))
    part.box(-0.34, 0.43, 0.34, 0.50, wood, round_by=0.03)
    cushion = (206, 92, 80) if look.colour is None else mix(wood, (255, 255, 255), 0.4)
    breath = 0.006 * math.sin(pose.t * 1.6)
    part.blob([(-0.29, 0.51), (-0.30, 0.56 + breath), (0.0, 0.585 + breath), (0.31, 0.56), (0.32, 0.51), (0.0, 0.50)],
              cushion)


def draw_guitar(pen: Pen, pose: Pose, look: Look) -> None:
    """A guitar on its stand, its strings humming; slim and horned for an electric one, small for a violin."""
    electric = look.says("electric", "bass", "rock")
    wood = look.main((196, 62, 58) if electric else (206, 140, 74))
    dark = (92, 60, 46)
    turn = -0.16 + 0.015 * math.sin(pose.t * 1.3)
    pen.limb([(-0.02, 0.30), (-0.20, 0.0)], [0.025, 0.03], (70, 66, 74))
    pen.limb([(0.10, 0.30), (0.26, 0.0)], [0.025, 0.03], (70, 66, 74))
    part = Part(pen, 0.02, 0.0, turn=turn)
    part.box(-0.026, 0.44, 0.026, 0.90, dark, edge=0.008)
    part.blob([(-0.042, 0.88), (-0.05, 0.98), (-0.03, 1.0), (0.03, 1.0), (0.05, 0.98), (0.042, 0.88)],
              shade(wood, -0.3), steps=3)
    for k in range(3):
        for side in (-1, 1):
            part.oval(side * 0.062, 0.905 + 0.032 * k, 0.014, 0.011, (222, 210, 180))
    if electric:
        part.blob([(-0.06, 0.06), (-0.22, 0.12), (-0.24, 0.26), (-0.15, 0.36), (-0.20, 0.50), (-0.12, 0.55),
                   (-0.04, 0.44), (0.05, 0.42), (0.13, 0.50), (0.17, 0.44),
                   (0.14, 0.34), (0.23, 0.24), (0.20, 0.10), (0.06, 0.05)], wood)
        part.blob([(-0.05, 0.12), (-0.14, 0.18), (-0.08, 0.40), (0.0, 0.40), (0.10, 0.22), (0.06, 0.12)],
                  (250, 246, 236), edge=0)
        for y in (0.24, 0.33):
            part.box(-0.06, y, 0.06, y + 0.025, dark, edge=0)
    else:
        part.blob([(-0.08, 0.02), (-0.24, 0.08), (-0.27, 0.20), (-0.19, 0.31), (-0.17, 0.36), (-0.20, 0.46),
                   (-0.12, 0.54), (0.0, 0.555), (0.12, 0.54), (0.20, 0.46), (0.17, 0.36),
                   (0.19, 0.31), (0.27, 0.20), (0.24, 0.08), (0.08, 0.02)], wood)
        part.blob([(-0.07, 0.05), (-0.21, 0.10), (-0.235, 0.20), (-0.16, 0.31), (-0.14, 0.36), (-0.17, 0.45),
                   (-0.10, 0.515), (0.0, 0.525), (0.10, 0.515), (0.17, 0.45),
                   (0.14, 0.36), (0.16, 0.31), (0.235, 0.20), (0.21, 0.10), (0.07, 0.05)], shade(wood, 0.2), edge=0)
        part.oval(0.0, 0.38, 0.085, 0.085, shade(wood, -0.35))
        part.oval(0.0, 0.38, 0.068, 0.068, (56, 40, 36))
        part.box(-0.026, 0.44, 0.026, 0.60, dark, edge=0)
    part.box(-0.10, 0.135, 0.10, 0.165, dark, round_by=0.012, edge=0)
    for k in range(6):
        y = 0.50 + 0.062 * k
        part.line([(-0.026, y), (0.026, y)], 0.006, (206, 196, 170))
    for k in range(4):
        x = -0.018 + 0.012 * k
        hum = 0.004 * math.sin(pose.t * 60 + k) * math.exp(-((pose.t * 0.8 + k * 0.1) % 1.0) * 3)
        part.line([(x, 0.15), (x + hum, 0.45), (x * 0.8, 0.92)], 0.0045, (250, 246, 232))


def draw_flower(pen: Pen, pose: Pose, look: Look) -> None:
    """A flower in a pot that sways; a rose, tulip, sunflower or daisy by its words."""
    sway = 0.05 * math.sin(pose.t * 1.3) + 0.02 * math.sin(pose.t * 2.9)
    x, y = sway, 0.72
    pen.limb([(0.0, 0.20), (sway * 0.3, 0.42), (x, y)], [0.035, 0.032, 0.028], (84, 138, 74))
    for side, low in ((-1, 0.30), (1, 0.38)):
        leaf = Part(pen, sway * 0.25, low, turn=side * (-0.9 + sway))
        leaf.blob([(0.0, 0.0), (0.05, 0.10), (0.03, 0.24), (0.0, 0.28), (-0.04, 0.22), (-0.05, 0.10)], LEAF)
    head = Part(pen, x, y, turn=-sway * 1.5)
    if look.says("tulip", "tulips"):
        tone = look.main((222, 66, 84))
        head.blob([(-0.13, 0.20), (-0.15, 0.0), (-0.08, -0.12), (0.08, -0.12), (0.15, 0.0), (0.13, 0.20), (0.06, 0.10),
                   (0.0, 0.22), (-0.06, 0.10)], tone, steps=3)
        head.blob([(-0.06, 0.10), (0.0, 0.22), (0.06, 0.10), (0.05, -0.10), (-0.05, -0.10)], shade(tone, -0.14), edge=0)
    elif look.says("rose", "roses", "peony"):
        tone = look.main((206, 44, 66))
        head.oval(0.0, 0.02, 0.17, 0.16, shade(tone, -0.2), edge=0.012)
        for r, a in ((0.13, 0.0), (0.105, 2.1), (0.08, 4.2), (0.055, 0.9), (0.03, 3.0)):
            head.oval(0.045 * math.cos(a), 0.03 + 0.04 * math.sin(a), r, r * 0.9, shade(tone, 0.22 - r * 1.8),
                      edge=0.006)
    else:
        sun = look.says("sunflower", "sunflowers")
        tone = look.main((248, 194, 56) if sun else (244, 128, 150))
        count = 14 if sun else 8
        for k in range(count):
            a = math.tau * k / count
            petal = Part(pen, *head.at(0.0, 0.0), turn=a - sway * 1.5)
            wide = 0.055 if sun else 0.085
            petal.blob([(0.06, 0.0), (0.13, wide), (0.22, wide * 0.7), (0.25, 0.0), (0.22, -wide * 0.7),
                        (0.13, -wide)], tone if k % 2 else shade(tone, -0.08), edge=0.006)
        head.oval(0.0, 0.0, 0.12 if sun else 0.085, 0.12 if sun else 0.085, (110, 70, 46) if sun else (250, 206, 84),
                  edge=0.008)
        if sun:
            for k in range(10):
                a = k * 2.4
                head.oval(0.025 * math.sqrt(k) * math.cos(a), 0.025 * math.sqrt(k) * math.sin(a), 0.011, 0.011,
                          (160, 108, 62))
    pen.poly([(-0.17, 0.22), (0.17, 0.22), (0.12, 0.0), (-0.12, 0.0)], (198, 104, 72))
    pen.box(-0.195, 0.20, 0.195, 0.265, (212, 120, 84), round_by=0.02)


def draw_tree(pen: Pen, pose: Pose, look: Look) -> None:
    """A tree that rustles: round, or by its words fir, palm, bare or blossoming; a Christmas tree shines."""
    wind = 0.012 * math.sin(pose.t * 1.5)
    bark = (120, 86, 64)
    if look.says("pine", "fir", "spruce", "christmas", "conifer"):
        green = look.main((64, 118, 84))
        pen.box(-0.05, 0.0, 0.05, 0.20, bark)
        for k in range(4):
            y, half = 0.14 + 0.185 * k, 0.36 - 0.075 * k
            s = wind * (k + 1)
            pen.blob([(-half + s * 0.5, y), (-half * 0.5, y + 0.02), (0.0, y - 0.02), (half * 0.5, y + 0.02),
                      (half + s * 0.5, y), (half * 0.42 + s, y + 0.16), (s * 1.3, y + 0.29),
                      (-half * 0.42 + s, y + 0.16)], shade(green, 0.05 * k - 0.05), steps=3)
        if look.says("christmas"):
            for k in range(11):
                x, y = (0.30 - 0.024 * k) * math.sin(k * 2.4), 0.20 + 0.06 * k
                on = math.sin(pose.t * 3 + k * 1.7) > -0.3
                tone = ((236, 70, 70), (250, 206, 90), (110, 190, 240))[k % 3]
                pen.oval(x, y, 0.024, 0.024, tone if on else shade(tone, -0.35), lit=on)
                if on and look.lamps:
                    pen.glow(x, y, 0.10, tone, 0.7)
            pen.poly([(0.055 * (1 if j % 2 == 0 else 0.42) * math.sin(j * math.pi / 5) + wind * 5,
                       1.0 + 0.055 * (1 if j % 2 == 0 else 0.42) * math.cos(j * math.pi / 5)) for j in range(10)],
                     (252, 214, 96), lit=look.lamps)
        return
    if look.says("palm", "coconut"):
        green = look.main((88, 156, 88))
        trunk = [(0.0, 0.0), (0.06, 0.22), (0.08, 0.46), (0.04 + wind * 2, 0.74)]
        pen.limb(trunk, [0.10, 0.085, 0.07, 0.06], (150, 114, 82), edge=0.01)
        for k in range(1, 7):
            y = 0.11 * k
            pen.line([(0.02 + 0.05 * math.sin(y * 2.6), y), (0.09 + 0.05 * math.sin(y * 2.6), y + 0.012)], 0.010,
                     (118, 86, 62))
        palm: tuple[float, float] = trunk[-1]
        for k, way in enumerate((2.9, 2.3, 0.25, 0.85, 1.55, 3.3, -0.12)):
            cos, sin = math.cos(way), math.sin(way)
            end = (palm[0] + 0.40 * cos + wind * 3, palm[1] + 0.22 * sin - 0.10 * abs(cos))
            arch = (palm[0] + 0.22 * cos, palm[1] + 0.20 * sin + 0.07)
            pen.blob([palm, (arch[0], arch[1] + 0.045), end, (arch[0] * 0.98, arch[1] - 0.035)],
                     shade(green, -0.14 + 0.05 * (k % 4)), edge=0.008)
        for x, y in ((-0.03, -0.03), (0.035, -0.035), (0.0, -0.06)):
            pen.oval(palm[0] + x, palm[1] + y, 0.032, 0.032, (122, 82, 56), edge=0.006)
        return
    blossom = look.says("cherry", "blossom", "sakura", "blossoming")
    autumn = look.says("autumn", "maple", "fall")
    green = look.main((240, 166, 186) if blossom else (222, 132, 62) if autumn else (96, 150, 82))
    pen.blob([(-0.09, 0.0), (-0.05, 0.12), (-0.045, 0.36), (0.045, 0.36), (0.05, 0.12), (0.10, 0.0), (0.0, 0.015)],
             bark, steps=4)
    pen.limb([(0.0, 0.30), (-0.13, 0.46)], [0.05, 0.03], bark)
    pen.limb([(0.0, 0.28), (0.15, 0.44)], [0.05, 0.03], bark)
    if look.says("bare", "dead", "winter"):
        for a, b in (((-0.13, 0.46), (-0.26, 0.64)), ((-0.13, 0.46), (-0.06, 0.72)), ((0.15, 0.44), (0.28, 0.60)),
                     ((0.15, 0.44), (0.12, 0.74)), ((0.0, 0.34), (0.02, 0.80)),
                     ((-0.26, 0.64), (-0.34, 0.76)), ((0.28, 0.60), (0.33, 0.76)), ((0.02, 0.62), (0.10, 0.90)),
                     ((0.02, 0.66), (-0.08, 0.88))):
            pen.limb([a, (b[0] + wind * 2, b[1])], [0.03, 0.012], bark)
        return
    crowns = ((-0.22, 0.52, 0.18), (0.23, 0.53, 0.18), (-0.12, 0.70, 0.20), (0.14, 0.72, 0.20), (0.0, 0.84, 0.16),
              (0.0, 0.58, 0.22))
    for k, (x, y, r) in enumerate(crowns):
        s = wind * (1 + y) * (1 if k % 2 else 1.4)
        pen.oval(x + s, y, r, r * 0.95, shade(green, -0.16 + 0.035 * k), edge=0.010)
    for k in range(12):
        x, y = 0.24 * math.sin(k * 2.39), 0.66 + 0.17 * math.cos(k * 1.7)
        pen.oval(x + wind * 1.5, y, 0.028, 0.020, shade(green, 0.18))
    if blossom or autumn:
        for k in range(4):
            age = (pose.t * 0.25 + k / 4) % 1.0
            pen.oval(-0.3 + 0.2 * k + 0.06 * math.sin(age * 9 + k), 0.55 - 0.50 * age, 0.018, 0.013, green)


DRAWINGS = {
    "chair": Drawing(draw_chair, 0.36, (-0.66, -0.06, 0.66, 1.14), "thing", shadow=0.40, beside=0.72),
    "guitar": Drawing(draw_guitar, 0.46, (-0.40, -0.05, 0.50, 1.12), "thing", shadow=0.26, beside=0.66),
    "flower": Drawing(draw_flower, 0.38, (-0.46, -0.05, 0.46, 1.10), "thing", shadow=0.20),
    "tree": Drawing(draw_tree, 0.58, (-0.56, -0.12, 0.62, 1.15), "thing", shadow=0.26, beside=1.2),
}
