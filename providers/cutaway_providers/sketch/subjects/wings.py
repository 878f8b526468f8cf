"""Winged ones that are no birds: butterfly, bee, dragon."""

# Coordinates read better in rows than one to a line.
# fmt: off
from __future__ import annotations

import math

from cutaway_providers.sketch.palette import NEAR_BLACK, Colour, mix
from cutaway_providers.sketch.pen import Pen, Point, shade
from cutaway_providers.sketch.subjects.drawing import Drawing, Look, Pose
from cutaway_providers.sketch.subjects.mouth import lips, opened
from cutaway_providers.sketch.subjects.part import Part
from cutaway_providers.sketch.subjects.quadruped import DUTY, Beast, Legs, draw_beast, nod


def draw_butterfly(pen: Pen, pose: Pose, look: Look) -> None:
    """A butterfly seen from the side and a little from above; its wings open and close."""
    colour = look.main((236, 132, 52))
    dark = mix(colour, NEAR_BLACK, 0.75)
    aloft = pose.deed == "fly"
    y = 0.5 if aloft else 0.48
    spread = 0.5 + 0.5 * math.sin(math.tau * pose.t * (2.4 if aloft else 0.5))
    for near, tone in ((False, shade(colour, -0.24)), (True, colour)):
        wide = (0.35 + 0.65 * spread) * (1.0 if near else 0.82)
        side = -1 if near else 1
        part = Part(pen, 0.0, y, wide=wide * -side, turn=0.25 * side)
        part.blob([(0.0, 0.02), (0.10, 0.40), (0.40, 0.66), (0.66, 0.62), (0.66, 0.36), (0.44, 0.12), (0.16, 0.0)],
                  dark)
        part.blob([(0.07, 0.08), (0.16, 0.36), (0.40, 0.57), (0.57, 0.54), (0.57, 0.36), (0.40, 0.15), (0.18, 0.05)],
                  tone, edge=0)
        part.blob([(0.0, 0.0), (0.26, 0.0), (0.50, -0.12), (0.52, -0.34), (0.34, -0.46), (0.14, -0.34), (0.03, -0.12)],
                  dark)
        part.blob([(0.05, -0.03), (0.26, -0.04), (0.43, -0.14), (0.44, -0.31), (0.32, -0.38), (0.17, -0.29)],
                  shade(tone, 0.12), edge=0)
        part.oval(0.48, 0.44, 0.06, 0.06, (254, 246, 226))
        part.oval(0.35, -0.24, 0.05, 0.05, (254, 246, 226))
        for a, b in (((0.09, 0.12), (0.50, 0.50)), ((0.12, 0.08), (0.52, 0.30))):
            part.line([a, b], 0.014, dark)
    body = Part(pen, 0.0, y, turn=-0.35)
    body.limb([(0.0, -0.30), (0.0, -0.05), (0.0, 0.14)], [0.05, 0.08, 0.09], (62, 48, 54))
    body.oval(0.0, 0.21, 0.065, 0.065, (62, 48, 54))
    for lean in (-0.10, 0.12):
        body.line([(0.0, 0.25), (lean * 0.6, 0.38), (lean * 1.4, 0.46)], 0.016, (62, 48, 54))
        body.oval(lean * 1.4, 0.46, 0.022, 0.022, (62, 48, 54))
    body.oval(0.03, 0.225, 0.014, 0.016, (255, 255, 255))


def draw_bee(pen: Pen, pose: Pose, look: Look) -> None:
    """A bee, round and furred, its wings a blur."""
    gold = look.main((246, 192, 60))
    aloft = pose.deed == "fly"
    y = 0.5 if aloft else 0.32
    hum = math.sin(pose.t * 47.0)
    if not aloft:
        for x in (-0.16, 0.04, 0.22):
            pen.line([(x, y - 0.18), (x + 0.05, 0.10), (x + 0.10, 0.015)], 0.026, NEAR_BLACK)
    else:
        for x in (-0.10, 0.08, 0.22):
            pen.line([(x, y - 0.20), (x - 0.02, y - 0.32), (x + 0.03, y - 0.37)], 0.024, NEAR_BLACK)
    pen.poly([(-0.52, y + 0.03), (-0.72, y - 0.03), (-0.52, y - 0.08)], NEAR_BLACK, edge=0)
    pen.blob([(-0.58, y - 0.02), (-0.46, y + 0.22), (-0.14, y + 0.34), (0.20, y + 0.28), (0.36, y + 0.04),
              (0.28, y - 0.18),
              (0.0, y - 0.28), (-0.36, y - 0.22)], gold)
    for x, top, low in ((-0.40, 0.255, -0.195), (-0.16, 0.335, -0.255)):
        pen.blob([(x - 0.06, y + top - 0.02), (x + 0.06, y + top), (x + 0.09, y), (x + 0.05, y + low),
                  (x - 0.06, y + low + 0.02),
                  (x - 0.02, y)], NEAR_BLACK, edge=0, steps=4)
    pen.oval(0.36, y + 0.06, 0.21, 0.21, mix(gold, NEAR_BLACK, 0.8), edge=0.010)
    Part(pen, 0.42, y + 0.10).oval(0.02, 0.0, 0.080, 0.088, (255, 252, 246))
    Part(pen, 0.42, y + 0.10).eye(pose, 0.035, 0.0, 0.045)
    pen.line([(0.46, y - 0.03), (0.53, y - 0.02)], 0.018, (250, 230, 190))
    lips(pen, pose, 0.49, y - 0.035, 0.035)
    for dx in (0.0, 0.10):
        pen.line([(0.38 + dx, y + 0.25), (0.44 + dx, y + 0.40), (0.54 + dx, y + 0.44)], 0.022, NEAR_BLACK)
    for x, tilt, tone in ((0.02, -0.35, (206, 226, 238)), (-0.10, 0.20, (230, 242, 248))):
        leaf = Part(pen, x, y + 0.24, turn=tilt + (0.28 * hum if aloft else 0.03 * math.sin(pose.t * 3)))
        leaf.blob([(0.0, 0.0), (-0.18, 0.22), (-0.20, 0.46), (-0.04, 0.54), (0.12, 0.42), (0.12, 0.18)], tone)
        leaf.line([(0.0, 0.04), (-0.06, 0.40)], 0.010, (168, 194, 212))


def draw_dragon(pen: Pen, pose: Pose, look: Look) -> None:
    """A dragon: it walks on four legs or flies on ribbed wings; in the dark it breathes a little fire."""
    scales = look.main((86, 142, 96))
    if pose.deed == "fly":
        part = Part(pen, 0.0, 0.22)
        for x in (-0.30, 0.22):
            part.limb([(x, 0.40), (x - 0.16, 0.26), (x - 0.30, 0.24)], [0.15, 0.10, 0.07], shade(scales, -0.2))
        _dragon_behind(part, pose, scales, look)
        _dragon_body(part, pose, scales, look)
        _dragon_front(part, pose, scales, look)
        return
    draw_beast(pen, pose, look, DRAGON, scales)


def _bat_wing(part: Part, lift: float, colour: Colour, skin: Colour, at: Point) -> None:
    x, y = at
    tip = (x - 0.62, y + 0.30 + 0.62 * lift)
    wrist = (x - 0.10, y + 0.34 + 0.34 * lift)
    ends = [tip, (x - 0.72, y + 0.10 + 0.30 * lift), (x - 0.56, y - 0.02 + 0.10 * lift), (x - 0.30, y - 0.06)]
    outline: list[Point] = [(x + 0.08, y), wrist]
    for k, end in enumerate(ends):
        outline.append(end)
        if k + 1 < len(ends):
            nxt = ends[k + 1]
            outline.append(((end[0] + nxt[0]) / 2 + 0.09, (end[1] + nxt[1]) / 2 + 0.03))
    part.poly(outline, skin)
    part.limb([(x + 0.05, y), wrist], [0.085, 0.05], colour)
    for end in ends[:3]:
        part.limb([wrist, end], [0.04, 0.018], colour)
    part.poly([wrist, (wrist[0] + 0.05, wrist[1] + 0.09), (wrist[0] + 0.03, wrist[1] - 0.01)], (246, 232, 200), edge=0)


def _lift(pose: Pose, folded: float) -> float:
    """How high the wings are: beating aloft, hardly moving on the ground."""
    if pose.deed == "fly":
        return math.sin(math.tau * pose.t * 0.8) * 0.8 + 0.35
    return folded + 0.08 * math.sin(pose.t * 1.4)


def _dragon_behind(part: Part, pose: Pose, coat: Colour, look: Look) -> None:
    lift = _lift(pose, 0.45)
    _bat_wing(part, lift, shade(coat, -0.4), shade(mix(coat, (214, 122, 80), 0.5), -0.35), (0.10, 0.70))
    sway = [0.05 * k * math.sin(pose.t * 1.5 - 0.6 * k) for k in range(6)]
    spine = [(-0.46, 0.56), (-0.68, 0.48), (-0.88, 0.36 + sway[2] * 0.4), (-1.06, 0.32 + sway[3] * 0.5),
             (-1.22, 0.38 + sway[4] * 0.5),
             (-1.34, 0.50 + sway[5] * 0.5)]
    part.limb(spine, [0.26, 0.20, 0.15, 0.11, 0.08, 0.05], coat, edge=0.01)
    for (x, y), r in zip(spine[:5], (0.12, 0.095, 0.075, 0.058, 0.045), strict=True):
        part.poly([(x - 0.05, y + r), (x - 0.06, y + r + 0.10), (x + 0.05, y + r + 0.02)], shade(coat, -0.35), edge=0)
    x, y = spine[-1]
    part.poly([(x + 0.02, y - 0.05), (x - 0.12, y + 0.02), (x - 0.06, y + 0.17), (x + 0.06, y + 0.06)], (214, 122, 80))


def _dragon_body(part: Part, pose: Pose, coat: Colour, look: Look) -> None:
    for k in range(6):
        x = -0.42 + 0.13 * k
        part.poly([(x - 0.05, 0.66), (x - 0.03, 0.80 - 0.012 * abs(k - 2.5)), (x + 0.07, 0.66)], shade(coat, -0.35),
                  edge=0)
    part.blob([(-0.60, 0.52), (-0.50, 0.66), (-0.24, 0.72), (0.06, 0.70), (0.30, 0.72), (0.44, 0.60), (0.40, 0.42),
               (0.18, 0.32),
               (-0.14, 0.31), (-0.42, 0.36)], coat)
    part.blob([(0.42, 0.52), (0.38, 0.41), (0.18, 0.32), (-0.14, 0.31), (-0.40, 0.36), (-0.12, 0.41), (0.18, 0.43)],
              (240, 220, 160), edge=0)


def _dragon_front(part: Part, pose: Pose, coat: Colour, look: Look) -> None:
    pale = (240, 220, 160)
    neck = [(0.30, 0.58), (0.48, 0.70), (0.52, 0.86), (0.60, 1.00)]
    part.limb(neck, [0.36, 0.26, 0.21, 0.19], coat, edge=0.008)
    part.limb([(0.42, 0.54), (0.58, 0.70), (0.60, 0.86), (0.66, 0.96)], [0.12, 0.09, 0.07, 0.05], pale)
    for x, y in ((0.30, 0.78), (0.39, 0.88), (0.46, 0.98)):
        part.poly([(x - 0.03, y - 0.05), (x - 0.09, y + 0.06), (x + 0.04, y + 0.04)], shade(coat, -0.35), edge=0)
    head = Part(part.pen, *part.at(0.62, 1.02), turn=nod(pose, 0.05))
    if look.lamps or look.says("fire", "breathing", "fiery"):
        puff = max(0.0, math.sin(pose.t * 1.9)) ** 0.5
        if puff > 0.15:
            for reach, wide, tone in ((0.62, 0.15, (244, 120, 50)), (0.44, 0.10, (252, 178, 70)),
                                      (0.26, 0.06, (255, 240, 170))):
                r = reach * puff * (0.9 + 0.1 * math.sin(pose.t * 31))
                head.blob([(0.36, -0.04), (0.36 + r * 0.5, -0.04 + wide), (0.38 + r, -0.05),
                           (0.36 + r * 0.5, -0.06 - wide)], tone,
                          edge=0, lit=True)
            head.glow(0.70, -0.04, 0.62, (255, 160, 70), 0.8 * puff)
    for x, tone in ((-0.09, shade(pale, -0.3)), (-0.03, pale)):
        head.limb([(x, 0.10), (x - 0.10, 0.20), (x - 0.23, 0.24)], [0.07, 0.05, 0.015], tone)
    head.blob([(-0.15, 0.0), (-0.11, 0.12), (0.03, 0.15), (0.16, 0.11), (0.26, 0.07), (0.40, 0.07), (0.44, 0.0),
               (0.40, -0.05),
               (0.20, -0.06), (0.10, -0.12), (-0.06, -0.12)], coat)
    gape = 0.025 + 0.02 * math.sin(pose.t * 1.9) + 0.07 * opened(pose)
    head.blob([(0.40, -0.06 - gape), (0.20, -0.07), (0.06, -0.10), (0.14, -0.14 - gape), (0.34, -0.115 - gape)],
              shade(coat, -0.15),
              edge=0)
    for k in range(3):
        head.poly([(0.22 + 0.06 * k, -0.045), (0.26 + 0.06 * k, -0.045), (0.24 + 0.06 * k, -0.09)], (255, 252, 240),
                  edge=0)
    head.oval(0.385, 0.04, 0.014, 0.012, shade(coat, -0.6))
    head.eye(pose, 0.11, 0.055, 0.020, (252, 220, 90))
    head.line([(0.06, 0.10), (0.17, 0.085)], 0.018, shade(coat, -0.4))
    lift = _lift(pose, 0.35)
    _bat_wing(part, lift, shade(coat, -0.18), mix(coat, (228, 140, 90), 0.55), (0.0, 0.64))


DRAGON = Beast(Legs(-0.40, 0.26, 0.46, (0.24, 0.13, 0.10), kind="paw", stride=0.36), _dragon_behind, _dragon_body,
               _dragon_front)

DRAWINGS = {
    "butterfly": Drawing(draw_butterfly, 0.17, (-0.88, -0.16, 0.90, 1.36), "flyer", 0.8, 1.0, 0.4),
    "bee": Drawing(draw_bee, 0.13, (-0.84, -0.10, 0.84, 1.32), "flyer", 1.4, 1.0, 0.4),
    "dragon": Drawing(draw_dragon, 0.40, (-1.58, -0.14, 1.75, 2.00), "flyer", 0.9, 0.36 / DUTY, 0.62),
}
