"""Four-legged animals: fox, dog, cat and their kin."""

# Coordinates read better in rows than one to a line.
# fmt: off
from __future__ import annotations

import math
from dataclasses import dataclass

from cutaway_providers.sketch.palette import NEAR_BLACK, Colour, mix
from cutaway_providers.sketch.pen import Pen, Point, joint, shade, step
from cutaway_providers.sketch.subjects.drawing import Drawing, Look, Pose, eye
from cutaway_providers.sketch.subjects.mouth import jaw, lips

WALK_DUTY = 0.56
STRIDE = 0.46


@dataclass(frozen=True, slots=True)
class Coat:
    """The colours of one animal."""

    fur: Colour
    pale: Colour
    sock: Colour
    tip: Colour


def draw_fox(pen: Pen, pose: Pose, look: Look) -> None:
    """A fox (or, when its words say so, a wolf): brush tail, pointed ears, dark socks."""
    fur = look.main((142, 148, 160) if look.says("wolf") else (222, 104, 44))
    if look.says("red") and look.says("fox"):
        fur = (214, 86, 38)
    coat = Coat(fur, mix(fur, (255, 250, 240), 0.82), mix(fur, NEAR_BLACK, 0.78), (252, 246, 236))
    if pose.deed == "sit" and not pose.pace:
        _seated(pen, pose, coat)
        _fox_head(pen, pose, coat, -0.14, 0.16 + _bob(pose))
        return
    bob = _bob(pose)
    sway = 0.07 * math.sin(math.tau * (pose.cycle if pose.pace else pose.t * 0.35))
    y = bob
    tail = [(-0.50, 0.60 + y), (-0.74, 0.66 + y + sway * 0.4), (-1.04, 0.64 + y + sway), (-1.30, 0.52 + y + sway * 1.6),
            (-1.40, 0.44 + y + sway * 1.9), (-1.22, 0.40 + y + sway * 1.3), (-0.94, 0.40 + y + sway * 0.8),
            (-0.66, 0.44 + y + sway * 0.2), (-0.50, 0.48 + y)]
    pen.blob(tail, coat.fur)
    s = sway
    pen.blob([(-1.12, 0.60 + y + s * 1.2), (-1.30, 0.52 + y + s * 1.6), (-1.41, 0.435 + y + s * 1.9),
              (-1.24, 0.405 + y + s * 1.35), (-1.10, 0.41 + y + s), (-1.16, 0.50 + y + s * 1.2)], coat.tip, edge=0)
    _legs(pen, pose, coat, y, hips=(-0.42, 0.25), thick=0.11, far=True)
    body = [(-0.56, 0.60 + y), (-0.40, 0.68 + y), (-0.10, 0.66 + y), (0.18, 0.68 + y), (0.38, 0.72 + y),
            (0.46, 0.60 + y), (0.42, 0.44 + y), (0.24, 0.34 + y), (-0.06, 0.37 + y), (-0.34, 0.36 + y),
            (-0.56, 0.44 + y)]
    pen.blob(body, coat.fur)
    pen.blob([(0.47, 0.66 + y), (0.50, 0.54 + y), (0.40, 0.40 + y), (0.24, 0.345 + y), (0.26, 0.45 + y),
              (0.36, 0.56 + y)], coat.pale, edge=0)
    _legs(pen, pose, coat, y, hips=(-0.46, 0.30), thick=0.12, far=False)
    _fox_head(pen, pose, coat, 0.0, y + 0.012 * math.sin(math.tau * 2 * pose.cycle + 1.2))


def _fox_head(pen: Pen, pose: Pose, coat: Coat, x: float, y: float) -> None:
    ear = 0.02 * math.sin(pose.t * 2.3)
    pen.poly([(0.40 + x, 0.82 + y), (0.42 + x + ear, 1.02 + y), (0.56 + x, 0.88 + y)], shade(coat.fur, -0.25))
    head = [(0.30 + x, 0.70 + y), (0.36 + x, 0.84 + y), (0.50 + x, 0.90 + y), (0.66 + x, 0.86 + y),
            (0.78 + x, 0.74 + y), (0.97 + x, 0.665 + y), (0.95 + x, 0.625 + y), (0.76 + x, 0.60 + y),
            (0.56 + x, 0.56 + y), (0.38 + x, 0.58 + y)]
    pen.blob(head, coat.fur)
    pen.blob([(0.40 + x, 0.60 + y), (0.50 + x, 0.69 + y), (0.66 + x, 0.69 + y), (0.80 + x, 0.67 + y),
              (0.93 + x, 0.635 + y), (0.76 + x, 0.60 + y), (0.56 + x, 0.56 + y)], coat.pale, edge=0)
    jaw(pen, pose, (0.70 + x, 0.61 + y), (0.95 + x, 0.635 + y), coat.pale, deep=0.10)
    pen.poly([(0.47 + x, 0.86 + y), (0.55 + x + ear, 1.05 + y), (0.66 + x, 0.86 + y)], coat.fur)
    pen.poly([(0.515 + x, 0.87 + y), (0.553 + x + ear * 0.8, 0.985 + y), (0.62 + x, 0.87 + y)], coat.sock, edge=0)
    pen.oval(0.955 + x, 0.662 + y, 0.034, 0.030, NEAR_BLACK)
    eye(pen, pose, 0.675 + x, 0.765 + y, 0.03)


def _seated(pen: Pen, pose: Pose, coat: Coat) -> None:
    """The body of a sitting animal, its chest at (0.22, 0.7), its tail laid around it."""
    breath = 0.008 * math.sin(pose.t * 2.1)
    swish = 0.05 * math.sin(pose.t * 1.1)
    tail = [(-0.30, 0.10), (-0.52, 0.075), (-0.72, 0.10 + swish * 0.4), (-0.88, 0.18 + swish),
            (-0.94, 0.27 + swish * 1.4)]
    pen.limb(tail, [0.14, 0.17, 0.17, 0.13, 0.05], coat.fur, edge=0.012)
    pen.limb(tail[3:], [0.11, 0.04], coat.tip)
    pen.limb([(0.20, 0.52), (0.24, 0.05)], [0.14, 0.08], shade(coat.fur, -0.3))
    pen.blob([(-0.40, 0.10), (-0.42, 0.28), (-0.26, 0.50), (-0.06, 0.70), (0.10, 0.86 + breath), (0.28, 0.84 + breath),
              (0.35, 0.62),
              (0.30, 0.40), (0.18, 0.22), (0.06, 0.02), (-0.24, 0.0)], coat.fur)
    pen.blob([(0.22, 0.80 + breath), (0.345, 0.74), (0.34, 0.56), (0.28, 0.40), (0.20, 0.46), (0.20, 0.62)], coat.pale,
             edge=0)
    pen.blob([(-0.40, 0.14), (-0.34, 0.34), (-0.16, 0.38), (0.0, 0.26), (0.04, 0.08), (-0.08, 0.0), (-0.30, 0.0)],
             shade(coat.fur, -0.06))
    pen.limb([(-0.10, 0.035), (0.10, 0.03)], [0.08, 0.065], coat.sock)
    pen.limb([(0.24, 0.56), (0.275, 0.26)], [0.17, 0.10], coat.fur)
    pen.limb([(0.275, 0.28), (0.28, 0.04)], [0.10, 0.075], coat.sock)
    pen.limb([(0.28, 0.035), (0.36, 0.025)], [0.075, 0.06], coat.sock)


def draw_dog(pen: Pen, pose: Pose, look: Look) -> None:
    """A dog: dropped ears, blunt muzzle, wagging tail, a collar."""
    fur = look.main((190, 136, 84))
    coat = Coat(fur, mix(fur, (255, 248, 236), 0.7), mix(fur, (255, 248, 236), 0.55), mix(fur, (255, 248, 236), 0.6))
    if pose.deed == "sit" and not pose.pace:
        _seated(pen, pose, coat)
        _dog_head(pen, pose, coat, -0.16, 0.10 + _bob(pose))
        return
    y = _bob(pose)
    wag = 0.16 * math.sin(pose.t * 9.0)
    pen.limb([(-0.50, 0.60 + y), (-0.70, 0.74 + y), (-0.80 + wag * 0.5, 0.94 + y + wag * 0.12)], [0.13, 0.10, 0.06],
             coat.fur, edge=0.012)
    _legs(pen, pose, coat, y, hips=(-0.40, 0.26), thick=0.13, far=True)
    pen.blob([(-0.58, 0.58 + y), (-0.42, 0.69 + y), (-0.08, 0.67 + y), (0.22, 0.70 + y), (0.40, 0.74 + y),
              (0.48, 0.58 + y), (0.40, 0.40 + y), (0.16, 0.33 + y), (-0.12, 0.38 + y), (-0.36, 0.38 + y),
              (-0.56, 0.42 + y)], coat.fur)
    pen.blob([(0.46, 0.62 + y), (0.46, 0.48 + y), (0.34, 0.37 + y), (0.16, 0.335 + y), (0.20, 0.43 + y),
              (0.34, 0.52 + y)], coat.pale, edge=0)
    _legs(pen, pose, coat, y, hips=(-0.45, 0.30), thick=0.14, far=False)
    _dog_head(pen, pose, coat, 0.0, y + 0.014 * math.sin(math.tau * 2 * pose.cycle + 1.0))


def _dog_head(pen: Pen, pose: Pose, coat: Coat, x: float, y: float) -> None:
    pen.limb([(0.34 + x, 0.64 + y), (0.46 + x, 0.80 + y)], [0.30, 0.24], coat.fur)
    pen.limb([(0.30 + x, 0.745 + y), (0.52 + x, 0.655 + y)], [0.055, 0.055], (196, 58, 52))
    pen.oval(0.50 + x, 0.625 + y, 0.032, 0.032, (236, 196, 84))
    pen.blob([(0.34 + x, 0.84 + y), (0.42 + x, 0.97 + y), (0.58 + x, 1.00 + y), (0.70 + x, 0.93 + y),
              (0.86 + x, 0.87 + y),
              (0.90 + x, 0.79 + y), (0.84 + x, 0.72 + y), (0.64 + x, 0.70 + y), (0.46 + x, 0.70 + y)], coat.fur)
    pen.blob([(0.66 + x, 0.84 + y), (0.78 + x, 0.875 + y), (0.90 + x, 0.83 + y), (0.88 + x, 0.75 + y),
              (0.76 + x, 0.715 + y),
              (0.64 + x, 0.74 + y)], coat.pale, edge=0)
    if (pose.pace or pose.deed == "sit") and pose.deed != "talk":
        pen.blob([(0.73 + x, 0.735 + y), (0.80 + x, 0.735 + y), (0.79 + x, 0.66 + y), (0.74 + x, 0.66 + y)],
                 (232, 120, 128))
    jaw(pen, pose, (0.66 + x, 0.735 + y), (0.88 + x, 0.765 + y), coat.pale, deep=0.11)
    pen.oval(0.885 + x, 0.845 + y, 0.042, 0.034, NEAR_BLACK)
    flap = 0.03 * math.sin(math.tau * 2 * pose.cycle)
    pen.blob([(0.40 + x, 0.96 + y), (0.52 + x, 0.97 + y), (0.53 + x, 0.82 + y), (0.46 + x, 0.68 + y + flap),
              (0.37 + x, 0.70 + y + flap), (0.35 + x, 0.84 + y)], shade(coat.fur, -0.3))
    eye(pen, pose, 0.63 + x, 0.885 + y, 0.03)


def draw_cat(pen: Pen, pose: Pose, look: Look) -> None:
    """A cat: round head, whiskers, a tail held in a curl."""
    fur = look.main((92, 96, 112))
    coat = Coat(fur, mix(fur, (255, 250, 244), 0.75), mix(fur, (255, 250, 244), 0.7), fur)
    if pose.deed == "sit" and not pose.pace:
        _seated(pen, pose, coat)
        _cat_head(pen, pose, coat, -0.22, 0.16 + _bob(pose))
        return
    y = _bob(pose) * 0.7
    curl = 0.09 * math.sin(pose.t * 1.9)
    tail = [(-0.50, 0.54 + y), (-0.66, 0.53 + y), (-0.80, 0.58 + y), (-0.88, 0.70 + y), (-0.90 + curl * 0.3, 0.84 + y),
            (-0.86 + curl * 0.7, 0.96 + y), (-0.77 + curl * 1.2, 1.03 + y), (-0.66 + curl * 1.6, 1.04 + y)]
    pen.limb(tail, [0.11, 0.105, 0.10, 0.095, 0.09, 0.085, 0.08, 0.065], coat.fur, edge=0.012)
    _legs(pen, pose, coat, y, hips=(-0.40, 0.24), thick=0.11, far=True)
    pen.blob([(-0.60, 0.52 + y), (-0.44, 0.62 + y), (-0.10, 0.60 + y), (0.22, 0.62 + y), (0.42, 0.66 + y),
              (0.46, 0.50 + y), (0.34, 0.34 + y), (0.0, 0.32 + y), (-0.34, 0.30 + y), (-0.58, 0.38 + y)], coat.fur)
    for i in range(4):
        x = -0.40 + 0.19 * i
        pen.limb([(x, 0.60 + y), (x + 0.03, 0.49 + y)], [0.05, 0.015], shade(coat.fur, -0.28))
    _legs(pen, pose, coat, y, hips=(-0.46, 0.30), thick=0.115, far=False)
    _cat_head(pen, pose, coat, 0.0, y + 0.01 * math.sin(math.tau * 2 * pose.cycle))


def _cat_head(pen: Pen, pose: Pose, coat: Coat, x: float, y: float) -> None:
    pen.poly([(0.36 + x, 0.82 + y), (0.37 + x, 1.02 + y), (0.52 + x, 0.90 + y)], shade(coat.fur, -0.2))
    pen.poly([(0.60 + x, 0.90 + y), (0.75 + x, 1.02 + y), (0.76 + x, 0.80 + y)], coat.fur)
    pen.poly([(0.645 + x, 0.895 + y), (0.725 + x, 0.965 + y), (0.735 + x, 0.85 + y)], (230, 150, 150), edge=0)
    pen.blob([(0.32 + x, 0.72 + y), (0.38 + x, 0.86 + y), (0.56 + x, 0.92 + y), (0.74 + x, 0.86 + y),
              (0.81 + x, 0.72 + y),
              (0.74 + x, 0.59 + y), (0.56 + x, 0.54 + y), (0.38 + x, 0.59 + y)], coat.fur)
    pen.blob([(0.52 + x, 0.64 + y), (0.66 + x, 0.70 + y), (0.79 + x, 0.67 + y), (0.74 + x, 0.59 + y),
              (0.60 + x, 0.555 + y)],
             coat.pale, edge=0)
    for side, at in ((-1, 0.52 + x), (1, 0.71 + x)):
        if pose.blink:
            pen.line([(at - 0.035, 0.75 + y), (at + 0.035, 0.75 + y)], 0.018, NEAR_BLACK)
        else:
            pen.oval(at, 0.76 + y, 0.042, 0.050, (206, 224, 108), lit=True)
            pen.oval(at + 0.008, 0.76 + y, 0.014, 0.044, NEAR_BLACK)
        for tilt in (-0.03, 0.015):
            pen.line([(0.645 + x + side * 0.07, 0.655 + y), (0.645 + x + side * 0.27, 0.655 + y + tilt)], 0.009,
                     (240, 238, 232))
    pen.poly([(0.615 + x, 0.685 + y), (0.675 + x, 0.685 + y), (0.645 + x, 0.655 + y)], (226, 130, 134), edge=0)
    lips(pen, pose, 0.65 + x, 0.605 + y, 0.040)


def _bob(pose: Pose) -> float:
    if pose.pace:
        return 0.020 * pose.pace * math.sin(math.tau * 2 * pose.cycle)
    return 0.008 * math.sin(pose.t * 2.1)


def _legs(pen: Pen, pose: Pose, coat: Coat, y: float, *, hips: tuple[float, float], thick: float, far: bool) -> None:
    """Two legs on one side: a trot moves each with the opposite leg of the other side."""
    fur = shade(coat.fur, -0.3) if far else coat.fur
    sock = shade(coat.sock, -0.25) if far else coat.sock
    lift = 0.055 + 0.03 * pose.pace
    for front, x in ((False, hips[0]), (True, hips[1])):
        hip = (x, 0.46 + y)
        phase = pose.cycle + (0.5 if far != front else 0.0) + (0.06 if front else 0.0)
        if pose.pace:
            forward, up = step(phase, STRIDE, lift, WALK_DUTY)
        else:
            forward, up = (0.03 if front else -0.03) * (1 if far else -1), 0.0
        foot: Point = (x + forward + (0.02 if front else -0.04), up + 0.035)
        knee = joint(hip, (foot[0], foot[1] + 0.05), 0.235, 0.235, -1 if front else 1)
        if not front:
            knee = joint(hip, (foot[0] - 0.015, foot[1] + 0.05), 0.24, 0.25, 1)
        pen.limb([hip, knee], [thick * (1.5 if front else 1.9), thick * 0.82], fur)
        pen.limb([knee, foot], [thick * 0.82, thick * 0.62], sock)
        pen.limb([foot, (foot[0] + 0.06, foot[1] - 0.012)], [thick * 0.62, thick * 0.5], sock)


SPEED = 1.25
DRAWINGS = {
    "fox": Drawing(draw_fox, 0.275, (-1.56, -0.06, 1.08, 1.28), "walker", SPEED, STRIDE / WALK_DUTY, 0.62),
    "dog": Drawing(draw_dog, 0.27, (-1.08, -0.06, 1.06, 1.18), "walker", SPEED, STRIDE / WALK_DUTY, 0.60),
    "cat": Drawing(draw_cat, 0.21, (-1.12, -0.06, 1.0, 1.24), "walker", 1.1, STRIDE / WALK_DUTY, 0.58),
}
