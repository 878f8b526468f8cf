"""Devices: phone, laptop, camera, watch, headphones. What is on a screen moves and shines in the dark."""

# Coordinates read better in rows than one to a line.
# fmt: off
from __future__ import annotations

import math

from cutaway_providers.sketch.palette import NEAR_BLACK, PAPER, Colour, mix
from cutaway_providers.sketch.pen import Pen, shade
from cutaway_providers.sketch.subjects.drawing import Drawing, Look, Pose
from cutaway_providers.sketch.subjects.part import Part

SCREEN: Colour = (38, 52, 84)
TILES: tuple[Colour, ...] = ((246, 196, 80), (240, 108, 96), (116, 212, 150), (110, 176, 240), (206, 140, 220),
                             (250, 236, 214))


def draw_phone(pen: Pen, pose: Pose, look: Look) -> None:
    """A telephone standing upright, its screen with a picture and tiles."""
    body = look.main((58, 62, 76))
    sway = 0.006 * math.sin(pose.t * 1.4)
    part = Part(pen, 0.0, 0.0, turn=-0.06 + sway)
    part.box(-0.235, 0.01, 0.27, 0.99, shade(body, -0.35), round_by=0.075)
    part.box(-0.26, 0.01, 0.245, 0.99, body, round_by=0.075)
    part.box(-0.262, 0.70, -0.255, 0.78, shade(body, 0.3), edge=0)
    lit = look.lamps
    part.box(-0.228, 0.045, 0.213, 0.955, SCREEN, round_by=0.05, edge=0, lit=lit)
    part.blob([(-0.22, 0.56), (-0.12, 0.66), (0.0, 0.60), (0.10, 0.70), (0.205, 0.62), (0.205, 0.52), (-0.22, 0.52)],
              (92, 140, 176), edge=0, lit=lit)
    part.oval(0.10, 0.815, 0.05, 0.05, (252, 220, 140), lit=lit)
    for k in range(6):
        x, y = -0.15 + 0.142 * (k % 3), 0.39 - 0.155 * (k // 3)
        pulse = 0.004 * math.sin(pose.t * 3 + k * 1.3)
        part.box(x - 0.05 - pulse, y - 0.05 - pulse, x + 0.05 + pulse, y + 0.05 + pulse, TILES[k], round_by=0.022,
                 edge=0, lit=lit)
    part.box(-0.055, 0.905, 0.04, 0.93, (20, 22, 30), round_by=0.012, edge=0)
    part.box(-0.07, 0.065, 0.055, 0.078, (236, 236, 240), round_by=0.006, edge=0, lit=lit)
    sweep = (pose.t * 0.28) % 1.6 - 0.3
    if 0.05 < sweep < 0.95:
        x = -0.228 + 0.44 * sweep
        part.poly([(max(-0.228, x - 0.05), 0.10), (min(0.213, x + 0.02), 0.10), (min(0.213, x + 0.10), 0.90),
                   (max(-0.228, min(0.2, x + 0.05)), 0.90)],
                  mix(SCREEN, (255, 255, 255), 0.18), edge=0, lit=lit)
    if lit:
        part.glow(0.0, 0.5, 0.75, (130, 170, 240), 0.5)


def draw_laptop(pen: Pen, pose: Pose, look: Look) -> None:
    """A laptop open at an angle; a cursor blinks in lines of text."""
    metal = look.main((190, 198, 206))
    lit = look.lamps
    pen.poly([(-0.56, 0.12), (-0.50, 0.96), (0.50, 0.96), (0.56, 0.12)], shade(metal, -0.22))
    pen.poly([(-0.52, 0.145), (-0.468, 0.925), (0.468, 0.925), (0.52, 0.145)], (44, 48, 60), edge=0)
    pen.poly([(-0.488, 0.175), (-0.44, 0.895), (0.44, 0.895), (0.488, 0.175)], SCREEN, edge=0, lit=lit)
    pen.poly([(-0.45, 0.76), (-0.442, 0.88), (0.442, 0.88), (0.45, 0.76)], (60, 80, 122), edge=0, lit=lit)
    for k, tone in enumerate(((240, 108, 96), (246, 196, 80), (116, 212, 150))):
        pen.oval(-0.40 + 0.055 * k, 0.82, 0.017, 0.017, tone, lit=lit)
    typed = (pose.t * 7 + 26) % 60
    for row in range(5):
        start, shown = row * 12, typed - row * 12
        long = min(1.0, max(0.0, shown / 11)) * (0.78, 0.56, 0.70, 0.44, 0.62)[row]
        y = 0.69 - 0.095 * row
        if long > 0.02:
            pen.box(-0.40 + 0.04 * (row % 2), y - 0.016, -0.40 + 0.04 * (row % 2) + long * 0.86, y + 0.016,
                    TILES[(start + row) % 6], round_by=0.014, edge=0,
                    lit=lit)
        if 0 < shown <= 12 and math.sin(pose.t * 9) > -0.3:
            x = -0.385 + 0.04 * (row % 2) + long * 0.86
            pen.box(x, y - 0.028, x + 0.012, y + 0.028, (250, 250, 250), edge=0, lit=lit)
    pen.poly([(-0.56, 0.125), (0.56, 0.125), (0.70, 0.03), (-0.70, 0.03)], metal)
    pen.poly([(-0.50, 0.112), (0.50, 0.112), (0.56, 0.066), (-0.56, 0.066)], shade(metal, -0.35), edge=0)
    for k in range(3):
        y = 0.104 - 0.013 * k
        pen.line([(-0.50 - 0.018 * k, y), (0.50 + 0.018 * k, y)], 0.005, shade(metal, 0.1))
    pen.poly([(-0.10, 0.060), (0.10, 0.060), (0.115, 0.038), (-0.115, 0.038)], shade(metal, -0.16), edge=0)
    pen.box(-0.70, 0.0, 0.70, 0.032, shade(metal, -0.15), round_by=0.016, edge=0.006)
    if lit:
        pen.glow(0.0, 0.5, 0.95, (130, 170, 240), 0.5)


def draw_camera(pen: Pen, pose: Pose, look: Look) -> None:
    """A camera with a large lens that focuses, and a strap."""
    body = look.main((66, 64, 72))
    band = (164, 112, 82) if look.colour is None else shade(body, -0.3)
    sway = 0.02 * math.sin(pose.t * 1.2)
    pen.limb([(-0.60, 0.56), (-0.82 + sway, 0.34), (-0.74 + sway, 0.06), (-0.50, 0.02)], [0.04, 0.045, 0.045, 0.03],
             band)
    pen.box(-0.64, 0.0, 0.64, 0.68, body, round_by=0.09)
    pen.poly([(-0.24, 0.66), (-0.16, 0.86), (0.16, 0.86), (0.24, 0.66)], shade(body, 0.08))
    pen.box(-0.63, 0.13, 0.63, 0.49, band, edge=0)
    pen.box(-0.54, 0.68, -0.34, 0.76, (206, 210, 214), round_by=0.03)
    pen.box(0.36, 0.68, 0.50, 0.74, (206, 62, 58), round_by=0.03)
    pen.oval(0.0, 0.34, 0.34, 0.34, (206, 210, 214), edge=0.014)
    pen.oval(0.0, 0.34, 0.29, 0.29, (52, 50, 60))
    turn = 0.5 * math.sin(pose.t * 0.9)
    for k in range(24):
        a = turn + math.tau * k / 24
        pen.line([(0.255 * math.cos(a), 0.34 + 0.255 * math.sin(a)),
                  (0.285 * math.cos(a), 0.34 + 0.285 * math.sin(a))], 0.012, (120, 122, 134))
    pen.oval(0.0, 0.34, 0.21, 0.21, (38, 52, 84))
    iris = 0.12 + 0.02 * math.sin(pose.t * 1.7)
    pen.oval(0.0, 0.34, iris, iris, (24, 30, 52))
    pen.oval(-0.07, 0.42, 0.055, 0.045, (150, 190, 236))
    pen.oval(0.07, 0.27, 0.028, 0.024, (206, 140, 220))
    pen.oval(0.0, 0.76, 0.06, 0.045, (168, 210, 222))
    pen.oval(0.50, 0.58, 0.035, 0.035, (250, 236, 180), lit=look.lamps)


def draw_watch(pen: Pen, pose: Pose, look: Look) -> None:
    """A wrist watch standing on its strap; its hands go round."""
    smart = look.says("smart", "smartwatch", "digital", "fitness")
    strap = look.main((116, 78, 56) if not smart else (58, 62, 76))
    case = (226, 186, 92) if look.says("gold", "golden") else (206, 210, 216)
    y = 0.52
    for sign in (-1, 1):
        low = sorted((y + sign * 0.20, y + sign * 0.50))
        wide = 0.155
        pen.poly([(-wide, y + sign * 0.22), (wide, y + sign * 0.22), (wide * 0.82, y + sign * 0.50),
                  (-wide * 0.82, y + sign * 0.50)], strap)
        for x in (-wide * 0.78, wide * 0.78):
            pen.line([(x, low[0] + 0.03), (x * 0.9, low[1] - 0.03)], 0.009, mix(strap, PAPER, 0.4))
    for k in range(3):
        pen.oval(0.0, y - 0.32 - 0.055 * k, 0.014, 0.014, shade(strap, -0.45))
    pen.box(0.30, y - 0.045, 0.375, y + 0.045, shade(case, -0.18), round_by=0.02)
    if smart:
        pen.box(-0.29, y - 0.33, 0.29, y + 0.33, (64, 66, 76), round_by=0.12)
        pen.box(-0.245, y - 0.285, 0.245, y + 0.285, (20, 24, 38), round_by=0.09, edge=0)
        for r, tone, share in ((0.19, (240, 80, 100), 0.8), (0.14, (150, 226, 90), 0.62), (0.09, (90, 206, 240), 0.9)):
            full = share * (0.85 + 0.15 * math.sin(pose.t * 0.9))
            sweep = [math.tau * full * k / 24 for k in range(25)]
            arc = [(r * math.sin(a), y + r * math.cos(a)) for a in sweep]
            pen.line(arc, 0.036, tone, lit=look.lamps)
        if look.lamps:
            pen.glow(0.0, y, 0.5, (150, 190, 240), 0.5)
        return
    pen.oval(0.0, y, 0.325, 0.325, case, edge=0.014)
    pen.oval(0.0, y, 0.285, 0.285, shade(case, -0.2))
    pen.oval(0.0, y, 0.262, 0.262, (250, 248, 240))
    for k in range(12):
        a = math.tau * k / 12
        inner = 0.20 if k % 3 else 0.185
        pen.line([(inner * math.sin(a), y + inner * math.cos(a)), (0.238 * math.sin(a), y + 0.238 * math.cos(a))],
                 0.010 if k % 3 else 0.018, NEAR_BLACK)
    for turns, long, wide, tone in ((10.15 / 12 + pose.t / 3600, 0.125, 0.024, NEAR_BLACK),
                                    (0.155 + pose.t / 400, 0.185, 0.017, NEAR_BLACK),
                                    (round(pose.t * 4) / 240, 0.205, 0.008, (206, 62, 58))):
        a = math.tau * turns
        pen.limb([(-0.04 * math.sin(a), y - 0.04 * math.cos(a)), (long * math.sin(a), y + long * math.cos(a))],
                 [wide, wide * 0.7], tone)
    pen.oval(0.0, y, 0.018, 0.018, (206, 62, 58))
    pen.limb([(-0.19, y + 0.10), (-0.10, y + 0.19)], [0.020, 0.020], (255, 255, 255))


def draw_headphones(pen: Pen, pose: Pose, look: Look) -> None:
    """Headphones over the ear, standing; notes rise from them."""
    shell = look.main((214, 92, 82))
    dark = (58, 56, 66)
    arc = [(0.40 * math.cos(a), 0.50 + 0.44 * math.sin(a)) for a in (math.pi * k / 14 for k in range(15))]
    pen.limb(arc, [0.085] * 15, dark, edge=0.012)
    pen.limb(arc[3:12], [0.055] * 9, shade(shell, -0.1))
    for side in (-1, 1):
        pen.limb([(side * 0.40, 0.52), (side * 0.40, 0.36)], [0.05, 0.06], (190, 196, 204))
        pen.box(min(side * 0.26, side * 0.40), 0.02, max(side * 0.26, side * 0.40), 0.48, dark, round_by=0.07)
        pen.box(min(side * 0.35, side * 0.51), 0.04, max(side * 0.35, side * 0.51), 0.46, shell, round_by=0.08)
        pen.box(min(side * 0.43, side * 0.49), 0.10, max(side * 0.43, side * 0.49), 0.40,
                shade(shell, -0.2 if side > 0 else 0.18), round_by=0.03, edge=0)
    for k in range(3):
        age = (pose.t * 0.34 + k / 3) % 1.0
        size = math.sin(math.pi * age)
        if size > 0.2:
            x, y = (-0.66, 0.68, 0.58)[k] + 0.05 * math.sin(pose.t * 2 + k * 2), 0.34 + 0.50 * age
            pen.oval(x, y, 0.040 * size, 0.030 * size, shell)
            pen.limb([(x + 0.034 * size, y), (x + 0.034 * size, y + 0.13 * size), (x + 0.08 * size, y + 0.11 * size)],
                     [0.014, 0.014, 0.022], shell)


DRAWINGS = {
    "phone": Drawing(draw_phone, 0.40, (-0.45, -0.05, 0.45, 1.12), "thing", shadow=0.34),
    "laptop": Drawing(draw_laptop, 0.34, (-0.82, -0.05, 0.82, 1.06), "thing", shadow=0.72),
    "camera": Drawing(draw_camera, 0.30, (-0.95, -0.06, 0.78, 0.98), "thing", shadow=0.68),
    "watch": Drawing(draw_watch, 0.36, (-0.48, -0.05, 0.50, 1.12), "thing", shadow=0.24),
    "headphones": Drawing(draw_headphones, 0.34, (-0.85, -0.05, 0.85, 1.10), "thing", shadow=0.52),
}
