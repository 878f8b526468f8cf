"""Birds of their own shape: owl, eagle, penguin, duck, swan; one way to spread wings for all of them."""

# Coordinates read better in rows than one to a line.
# fmt: off
from __future__ import annotations

import math

from cutaway_providers.sketch.palette import NEAR_BLACK, Colour, mix
from cutaway_providers.sketch.pen import Pen, shade, step
from cutaway_providers.sketch.subjects.drawing import Drawing, Look, Pose
from cutaway_providers.sketch.subjects.mouth import jaw, lips
from cutaway_providers.sketch.subjects.part import Part

BEAK: Colour = (242, 174, 66)


def beat(pose: Pose, rate_hz: float) -> float:
    """How high the wings are (-1 to 1): beats between glides."""
    glide = 0.5 + 0.5 * math.sin(pose.t * 0.9)
    return math.sin(math.tau * pose.t * rate_hz) * (0.4 + 0.6 * glide)


def wing(part: Part, x: float, y: float, lift: float, span: float, colour: Colour, tip: Colour) -> None:
    """A spread wing from the shoulder at (x, y), raised by `lift` (-1 to 1), its fingers darker."""
    def up(share: float, along: float) -> tuple[float, float]:
        return x - along * span, y + span * lift * share
    root, fore = (x + 0.16, y), (x + 0.20, y + 0.10 * lift)
    part.blob([root, fore, up(0.55, -0.06), up(0.95, 0.22), up(1.14, 0.62), up(1.02, 0.86), up(0.70, 0.66),
               up(0.42, 0.50), up(0.14, 0.40), (x - 0.24, y - 0.04)], colour)
    for k in range(4):
        s = 0.60 + 0.14 * k
        part.poly([up(0.62 + 0.14 * k, s - 0.08), up(1.12 - 0.02 * k, s - 0.02), up(0.96 - 0.06 * k, s + 0.16)], tip,
                  edge=0)


def draw_eagle(pen: Pen, pose: Pose, look: Look) -> None:
    """An eagle with a pale head: broad wings aloft, upright when it stands."""
    coat = look.main((104, 72, 52))
    head: Colour = (250, 246, 236) if not look.says("hawk", "falcon", "kite", "golden") else mix(coat, (236, 200, 140),
                                                                                                 0.4)
    if pose.deed == "fly":
        lift = 0.62 * beat(pose, 1.3) + 0.22
        part = Part(pen, 0.0, 0.5)
        wing(part, 0.08, 0.10, lift * 0.9, 1.05, shade(coat, -0.32), shade(coat, -0.45))
        part.poly([(-0.46, 0.06), (-0.98, 0.12), (-1.00, -0.04), (-0.94, -0.14), (-0.46, -0.10)], shade(head, -0.06))
        part.blob([(-0.60, 0.0), (-0.30, 0.15), (0.10, 0.18), (0.44, 0.16), (0.50, 0.02), (0.30, -0.14), (-0.10, -0.19),
                   (-0.44, -0.13)], coat)
        for x in (-0.06, 0.06):
            part.limb([(x - 0.1, -0.15), (x - 0.18, -0.24)], [0.09, 0.05], BEAK)
        _eagle_head(part, pose, 0.50, 0.10, head)
        wing(part, -0.04, 0.10, lift, 1.12, shade(coat, 0.06), shade(coat, -0.3))
        return
    hop = 0.04 * abs(math.sin(pose.t * 3.0)) if pose.pace else 0.0
    part = Part(pen, 0.0, hop + 0.006 * math.sin(pose.t * 2))
    for x in (-0.02, 0.14):
        part.limb([(x, 0.24), (x + 0.01, 0.06)], [0.13, 0.06], BEAK)
        for dx in (-0.05, 0.04, 0.10):
            pen.limb([(x + 0.01, 0.05 + hop), (x + dx + 0.02, 0.02 + hop)], [0.04, 0.03], BEAK)
    part.poly([(-0.26, 0.30), (-0.50, -0.0), (-0.34, 0.0), (-0.10, 0.24)], shade(head, -0.08))
    part.blob([(-0.30, 0.34), (-0.22, 0.66), (-0.02, 0.84), (0.18, 0.82), (0.30, 0.62), (0.28, 0.36), (0.16, 0.17),
               (-0.06, 0.15)], coat)
    part.blob([(-0.06, 0.76), (0.12, 0.66), (0.10, 0.40), (-0.10, 0.20), (-0.34, 0.06), (-0.32, 0.36), (-0.20, 0.62)],
              shade(coat, -0.18))
    _eagle_head(part, pose, 0.14, 0.86, head)


def _eagle_head(part: Part, pose: Pose, x: float, y: float, colour: Colour) -> None:
    head = Part(part.pen, *part.at(x, y), turn=0.06 * math.sin(pose.t * 1.1))
    head.poly([(-0.20, -0.02), (-0.16, -0.14), (-0.08, -0.07), (0.0, -0.16), (0.06, -0.07), (0.12, -0.13), (0.14, 0.0)],
              colour, edge=0)
    head.blob([(-0.20, 0.0), (-0.14, 0.13), (0.02, 0.17), (0.15, 0.12), (0.19, 0.0), (0.10, -0.10), (-0.10, -0.10)],
              colour)
    jaw(head, pose, (0.12, -0.03), (0.26, -0.045), BEAK, deep=0.09)
    head.blob([(0.13, 0.08), (0.28, 0.07), (0.335, -0.01), (0.31, -0.10), (0.25, -0.03), (0.14, -0.03)], BEAK,
              edge=0.008)
    head.eye(pose, 0.095, 0.045, 0.026, (250, 214, 90))
    head.line([(0.03, 0.10), (0.15, 0.08)], 0.022, shade(colour, -0.35))


def draw_owl(pen: Pen, pose: Pose, look: Look) -> None:
    """An owl: a face of two discs, ear tufts, barred breast; it turns its head and flies without haste."""
    coat = look.main((236, 234, 232) if look.says("snowy") else (142, 106, 76))
    pale = mix(coat, (255, 248, 232), 0.62)
    aloft = pose.deed == "fly"
    part = Part(pen, 0.0, 0.16 if aloft else 0.0, turn=-0.55 if aloft else 0.0)
    lift = 0.6 * beat(pose, 1.6) + 0.16
    if aloft:
        wing(Part(pen, 0.06, 0.56), 0.0, 0.0, lift * 0.9, 0.95, shade(coat, -0.3), shade(coat, -0.42))
    for x in (-0.10, 0.10):
        if not aloft:
            for dx in (-0.05, 0.0, 0.05):
                pen.limb([(x, 0.06), (x + dx, 0.025)], [0.05, 0.04], BEAK)
    part.blob([(-0.20, 0.10), (-0.30, 0.0), (-0.16, 0.02)], shade(coat, -0.2))
    part.blob([(-0.32, 0.40), (-0.28, 0.68), (0.0, 0.80), (0.28, 0.68), (0.32, 0.40), (0.22, 0.12), (0.0, 0.05),
               (-0.22, 0.12)], coat)
    part.blob([(-0.20, 0.42), (-0.14, 0.60), (0.04, 0.64), (0.20, 0.58), (0.25, 0.38), (0.16, 0.14), (0.0, 0.08),
               (-0.14, 0.16)], pale, edge=0)
    for row in range(4):
        for k in range(3 - row % 2):
            x = -0.08 + 0.11 * k + 0.055 * (row % 2)
            y = 0.50 - 0.105 * row
            part.poly([(x - 0.03, y + 0.02), (x + 0.03, y + 0.02), (x, y - 0.03)], shade(coat, -0.15), edge=0)
    if not aloft:
        sway = 0.01 * math.sin(pose.t * 2)
        part.blob([(-0.26, 0.64), (-0.36 - sway, 0.44), (-0.34 - sway, 0.20), (-0.22, 0.08), (-0.18, 0.34)],
                  shade(coat, -0.16))
        part.blob([(0.26, 0.64), (0.36 + sway, 0.44), (0.33 + sway, 0.22), (0.24, 0.12), (0.22, 0.36)],
                  shade(coat, -0.10))
    look_about = 0.07 * max(-1.0, min(1.0, 1.6 * math.sin(pose.t * 0.7)))
    head = Part(pen, *part.at(0.0, 0.80), turn=0.05 * math.sin(pose.t * 0.9))
    for side in (-1, 1):
        head.poly([(side * 0.12, 0.18), (side * 0.27, 0.34), (side * 0.28, 0.10)], shade(coat, -0.2), edge=0.008)
    head.blob([(-0.31, 0.0), (-0.27, 0.16), (0.0, 0.235), (0.27, 0.16), (0.31, 0.0), (0.22, -0.14), (0.0, -0.18),
               (-0.22, -0.14)], coat)
    for side in (-1, 1):
        x = side * 0.125 + look_about
        head.oval(x, 0.015, 0.145, 0.15, pale)
        head.oval(x, 0.02, 0.088, 0.09, (248, 190, 70))
        if pose.blink:
            head.oval(x, 0.02, 0.092, 0.094, shade(coat, 0.15))
            head.line([(x - 0.07, 0.01), (x + 0.07, 0.01)], 0.018, NEAR_BLACK)
        else:
            head.oval(x + look_about * 0.15, 0.02, 0.052, 0.055, NEAR_BLACK)
            head.oval(x + 0.02, 0.045, 0.016, 0.016, (255, 255, 255))
    lips(head, pose, look_about, -0.115, 0.030)
    head.poly([(look_about - 0.04, -0.03), (look_about + 0.04, -0.03), (look_about, -0.12)], BEAK, edge=0.006)
    if aloft:
        wing(Part(pen, -0.06, 0.54), 0.0, 0.0, lift, 1.02, shade(coat, 0.05), shade(coat, -0.28))


def draw_penguin(pen: Pen, pose: Pose, look: Look) -> None:
    """A penguin that waddles upright and swims flat."""
    coat = look.main((52, 58, 78))
    swims = pose.deed == "swim"
    waddle = 0.09 * math.sin(math.tau * pose.cycle) if pose.pace and not swims else 0.01 * math.sin(pose.t * 1.6)
    part = Part(pen, 0.0, 0.40 if swims else 0.0, turn=-1.15 if swims else waddle)
    for far in (True, False):
        tone = shade(BEAK, -0.25) if far else BEAK
        x = 0.03 if far else -0.07
        forward, up = step(pose.cycle + (0.5 if far else 0), 0.16, 0.05, 0.6) if pose.pace and not swims else (0.0, 0.0)
        foot = part if swims else Part(pen)
        foot.blob([(x + forward - 0.05, up + 0.08), (x + forward + 0.05, up + 0.075), (x + forward + 0.17, up + 0.025),
                   (x + forward + 0.16, up + 0.002), (x + forward - 0.06, up + 0.002)], tone, edge=0, steps=3)
    flap = 0.10 * math.sin(math.tau * pose.cycle) if pose.pace else 0.03 * math.sin(pose.t * 2)
    if pose.deed == "wave":
        flap = 0.7 + 0.2 * math.sin(pose.t * 8)
    part.poly([(-0.22, 0.14), (-0.32, 0.03), (-0.14, 0.08)], coat, edge=0)
    part.blob([(-0.25, 0.34), (-0.25, 0.60), (-0.14, 0.78), (0.06, 0.80), (0.20, 0.64), (0.26, 0.38), (0.19, 0.12),
               (0.0, 0.05), (-0.17, 0.11)], coat)
    part.blob([(-0.04, 0.50), (0.05, 0.70), (0.17, 0.64), (0.255, 0.40), (0.19, 0.13), (0.05, 0.07), (-0.06, 0.20)],
              (250, 248, 242), edge=0)
    head = Part(pen, *part.at(0.01, 0.84), turn=(0.9 if swims else 0.0) + 0.05 * math.sin(pose.t * 1.2))
    head.blob([(-0.17, -0.02), (-0.14, 0.12), (0.0, 0.17), (0.13, 0.11), (0.16, -0.01), (0.08, -0.11), (-0.11, -0.11)],
              coat)
    head.blob([(0.0, -0.10), (-0.01, 0.0), (0.06, 0.03), (0.10, -0.02), (0.10, -0.10)], (250, 248, 242), edge=0)
    head.blob([(-0.06, -0.09), (-0.08, 0.0), (-0.02, 0.02), (0.0, -0.08)], (248, 202, 90), edge=0)
    jaw(head, pose, (0.13, -0.005), (0.265, -0.005), BEAK, deep=0.075)
    head.poly([(0.13, 0.055), (0.29, 0.0), (0.14, -0.02)], BEAK, edge=0.008)
    head.oval(0.075, 0.065, 0.034, 0.034, (250, 248, 242))
    head.eye(pose, 0.08, 0.065, 0.022)
    arm = Part(pen, *part.at(-0.06, 0.64), turn=-0.10 - flap if pose.deed != "wave" else 1.4 + flap)
    arm.blob([(-0.05, 0.04), (-0.09, -0.16), (-0.07, -0.36), (-0.02, -0.40), (0.03, -0.20), (0.06, 0.02)],
             shade(coat, 0.1))


def draw_duck(pen: Pen, pose: Pose, look: Look) -> None:
    """A duck, afloat or waddling; yellow for a duckling, with a green head for a drake."""
    young = look.says("duckling", "chick", "rubber")
    coat = look.main((248, 206, 74) if young else (176, 150, 122))
    head = coat if young or look.colour else (54, 122, 92)
    _swimmer(pen, pose, look, coat, head, neck=0.30, bill=(240, 150, 50))


def draw_swan(pen: Pen, pose: Pose, look: Look) -> None:
    """A swan: one long curve of a neck over a white boat of feathers."""
    coat = look.main((250, 249, 246))
    _swimmer(pen, pose, look, coat, coat, neck=0.66, bill=(236, 132, 62))


def _swimmer(pen: Pen, pose: Pose, look: Look, coat: Colour, crown: Colour, *, neck: float, bill: Colour) -> None:
    aloft, afloat = pose.deed == "fly", pose.deed in {"swim", "sail"}
    bob = 0.012 * math.sin(pose.t * 2.0)
    y = 0.30 if aloft else (-0.02 + bob if afloat else 0.18 + abs(bob) * (2 if pose.pace else 1))
    part = Part(pen, 0.0, y)
    lift = 0.6 * beat(pose, 2.2) + 0.2
    if aloft:
        wing(part, 0.06, 0.36, lift * 0.9, 0.86, shade(coat, -0.28), shade(coat, -0.38))
    elif not afloat:
        for far in (True, False):
            forward, up = step(pose.cycle + (0.5 if far else 0), 0.18, 0.06, 0.58) if pose.pace else (0.0, 0.0)
            tone = shade(bill, -0.25) if far else bill
            x = (0.06 if far else -0.02) + forward
            pen.limb([(0.02, 0.24), (x, up + 0.05)], [0.06, 0.05], tone)
            pen.blob([(x - 0.04, up + 0.06), (x + 0.04, up + 0.06), (x + 0.16, up + 0.005), (x - 0.03, up + 0.002)],
                     tone,
                     edge=0, steps=3)
    sway = 0.03 * math.sin(pose.t * 1.3)
    top = 0.50 + neck
    if aloft:
        spine = [(0.34, 0.34), (0.52, 0.40), (0.52 + neck * 0.6, 0.44), (0.56 + neck * 0.75, 0.46)]
        at = (0.60 + neck * 0.75, 0.47)
    else:
        curl = max(0.0, neck - 0.3)
        spine = [(0.36, 0.26), (0.50 + 0.50 * curl, 0.40 + 0.3 * curl), (0.40 - 1.10 * curl, 0.46 + neck * 0.5),
                 (0.44 + sway, top)]
        at = (0.50 + sway, top + 0.02)
    part.limb(_smooth(spine), [0.27 - 0.12 * k / 10 if neck < 0.5 else 0.24 - 0.13 * k / 10 for k in range(11)], coat,
              edge=0.01)
    part.blob([(-0.50, 0.30), (-0.74, 0.44), (-0.66, 0.26), (-0.54, 0.12), (-0.20, 0.02), (0.20, 0.02), (0.44, 0.14),
               (0.50, 0.30), (0.34, 0.42), (0.0, 0.40), (-0.28, 0.36)], coat)
    head = Part(pen, *part.at(*at), turn=0.05 * math.sin(pose.t * 1.1))
    size = 1.0 if neck < 0.5 else 0.82
    head.size = size
    if crown != coat:
        part.limb([(spine[-1][0], spine[-1][1] - 0.10), at], [0.20, 0.20], crown)
        part.limb([(spine[-1][0] - 0.08, spine[-1][1] - 0.145), (spine[-1][0] + 0.09, spine[-1][1] - 0.13)],
                  [0.035, 0.035],
                  (250, 248, 240))
    head.blob([(-0.14, 0.0), (-0.10, 0.12), (0.02, 0.15), (0.13, 0.10), (0.16, 0.0), (0.08, -0.10), (-0.08, -0.10)],
              crown)
    jaw(head, pose, (0.12, -0.045), (0.32, -0.045), bill, deep=0.10)
    head.blob([(0.12, 0.05), (0.24, 0.02), (0.34, -0.005), (0.34, -0.04), (0.22, -0.06), (0.12, -0.05)], bill,
              edge=0.008)
    if neck > 0.5:
        head.blob([(0.11, 0.07), (0.17, 0.07), (0.15, -0.01), (0.08, 0.0)], NEAR_BLACK, edge=0)
    head.eye(pose, 0.065, 0.045, 0.024)
    if aloft:
        wing(part, -0.04, 0.34, lift, 0.92, shade(coat, 0.05), shade(coat, -0.2))
    else:
        part.blob([(0.26, 0.36), (0.10, 0.40), (-0.26, 0.40), (-0.66, 0.42), (-0.46, 0.26), (-0.14, 0.14),
                   (0.14, 0.16)],
                  shade(coat, -0.10))
        for k in range(2):
            part.line([(0.08 - 0.14 * k, 0.22 + 0.02 * k), (-0.30 - 0.10 * k, 0.30 + 0.03 * k)], 0.012,
                      shade(coat, -0.24))


def _smooth(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """A cubic through four control points, in eleven."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = points
    out = []
    for k in range(11):
        t = k / 10
        u = 1 - t
        w = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
        out.append((ax * w[0] + bx * w[1] + cx * w[2] + dx * w[3], ay * w[0] + by * w[1] + cy * w[2] + dy * w[3]))
    return out


DRAWINGS = {
    "eagle": Drawing(draw_eagle, 0.20, (-1.42, -0.75, 1.0, 1.95), "flyer", 1.9, 1.0, 0.42),
    "owl": Drawing(draw_owl, 0.22, (-1.32, -0.40, 0.82, 1.62), "flyer", 1.3, 1.0, 0.36),
    "penguin": Drawing(draw_penguin, 0.26, (-0.66, -0.20, 1.30, 1.14), "walker", 0.42, 0.16 / 0.6, 0.30, leans=False),
    "duck": Drawing(draw_duck, 0.17, (-1.18, -0.40, 1.30, 1.56), "flyer", 1.0, 0.31, 0.50, sinks=0.04),
    "swan": Drawing(draw_swan, 0.22, (-1.18, -0.40, 1.66, 1.62), "flyer", 0.8, 0.31, 0.54, sinks=0.04),
}
