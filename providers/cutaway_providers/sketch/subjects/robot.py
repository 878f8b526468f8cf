"""The robot: a boxy body on jointed legs, glowing eyes, an antenna."""

# Coordinates read better in rows than one to a line.
# fmt: off
from __future__ import annotations

import math

from cutaway_providers.sketch.palette import Colour, mix
from cutaway_providers.sketch.pen import Pen, joint, shade, step
from cutaway_providers.sketch.subjects.drawing import Drawing, Look, Pose
from cutaway_providers.sketch.subjects.mouth import opened

EYE: Colour = (140, 236, 255)
STRIDE = 0.30
DUTY = 0.6


def draw_robot(pen: Pen, pose: Pose, look: Look) -> None:
    """A friendly robot in side view; it walks stiffly and looks about."""
    steel = look.main((126, 150, 172))
    dark, pale = shade(steel, -0.38), shade(steel, 0.35)
    bob = 0.012 * abs(math.sin(math.tau * pose.cycle)) if pose.pace else 0.004 * math.sin(pose.t * 2.2)
    if pose.deed == "jump":
        bob += 0.20 * max(0.0, math.sin(math.tau * pose.t * 0.7))
    seated = pose.deed in {"sit", "row", "drive", "ride"}
    if seated:
        bob -= 0.22
    hip_y = 0.36 + bob
    _arm(pen, pose, -0.02, hip_y + 0.33, dark, far=True)
    for far in (True, False):
        tone = dark if far else steel
        forward, up = step(pose.cycle + (0.5 if far else 0.0), STRIDE, 0.06,
                           DUTY) if pose.pace else ((0.04 if far else -0.05), 0.0)
        up += max(0.0, bob) * 0.8 if pose.deed == "jump" else 0.0
        if seated:
            forward, up = 0.32 + (0.04 if far else 0), 0.0
        foot = (forward, up + 0.055)
        knee = joint((0.0, hip_y + 0.02), foot, 0.18, 0.18, 1)
        pen.limb([(0.0, hip_y + 0.02), knee], [0.075, 0.07], tone)
        pen.limb([knee, foot], [0.07, 0.065], shade(tone, -0.08))
        pen.oval(knee[0], knee[1], 0.046, 0.046, shade(tone, -0.25))
        pen.box(foot[0] - 0.085, up, foot[0] + 0.125, up + 0.065, shade(tone, -0.2), round_by=0.03, edge=0)
    pen.box(-0.13, hip_y - 0.03, 0.13, hip_y + 0.06, dark, round_by=0.03, edge=0)
    pen.box(-0.20, hip_y + 0.035, 0.20, hip_y + 0.36, steel, round_by=0.06)
    pen.box(-0.02, hip_y + 0.13, 0.165, hip_y + 0.29, pale, round_by=0.03, edge=0.006)
    for k, colour in enumerate(((246, 196, 80), (116, 212, 150), (240, 108, 96))):
        lit = math.sin(pose.t * 3 + k * 2.1) > -0.2
        pen.oval(0.025 + 0.047 * k, hip_y + 0.25, 0.016, 0.016, colour if lit else shade(colour, -0.5), lit=lit)
    for k in range(3):
        pen.line([(0.01, hip_y + 0.16 + 0.022 * k), (0.135 - 0.03 * (k % 2), hip_y + 0.16 + 0.022 * k)], 0.009,
                 shade(steel, -0.2))
    for x in (-0.16, 0.16):
        pen.oval(x, hip_y + 0.075, 0.013, 0.013, dark)
    pen.box(-0.06, hip_y + 0.35, 0.06, hip_y + 0.40, dark, edge=0)
    turn = 0.015 * math.sin(pose.t * 0.9)
    _head(pen, pose, turn, hip_y + 0.39, steel, dark)
    _arm(pen, pose, -0.02, hip_y + 0.33, steel, far=False)


def _head(pen: Pen, pose: Pose, x: float, y: float, steel: Colour, dark: Colour) -> None:
    pen.line([(x - 0.03, y + 0.18), (x - 0.05 + 0.01 * math.sin(pose.t * 5), y + 0.25)], 0.014, dark)
    pulse = 0.5 + 0.5 * math.sin(pose.t * 4)
    pen.oval(x - 0.05 + 0.01 * math.sin(pose.t * 5), y + 0.262, 0.022, 0.022,
             mix((240, 108, 96), (255, 220, 180), pulse), lit=True)
    pen.box(x - 0.165, y, x + 0.175, y + 0.19, steel, round_by=0.055)
    pen.box(x - 0.06, y + 0.05, x + 0.19, y + 0.145, (34, 44, 62), round_by=0.045, edge=0)
    if pose.blink:
        pen.line([(x + 0.0, y + 0.098), (x + 0.05, y + 0.098)], 0.012, EYE, lit=True)
        pen.line([(x + 0.10, y + 0.098), (x + 0.15, y + 0.098)], 0.012, EYE, lit=True)
    else:
        pen.oval(x + 0.025, y + 0.098, 0.026, 0.032, EYE, lit=True)
        pen.oval(x + 0.125, y + 0.098, 0.026, 0.032, EYE, lit=True)
    if speaks := opened(pose):
        # A bar of light where a mouth would be, as long as it is loud.
        wide = 0.015 + 0.055 * speaks
        pen.line([(x + 0.075 - wide, y + 0.028), (x + 0.075 + wide, y + 0.028)], 0.018, EYE, lit=True)
    pen.box(x - 0.185, y + 0.06, x - 0.155, y + 0.13, dark, round_by=0.01, edge=0)
    pen.glow(x + 0.075, y + 0.098, 0.30, EYE, 0.5)


def _arm(pen: Pen, pose: Pose, x: float, y: float, colour: Colour, *, far: bool) -> None:
    swing = math.sin(math.tau * (pose.cycle + (0.25 if far else 0.75))) if pose.pace else 0.12 * math.sin(pose.t * 1.3)
    hand = (x + 0.03 + 0.11 * swing, y - 0.25 + 0.02 * abs(swing))
    if pose.deed == "wave" and not far:
        hand = (x + 0.15 + 0.05 * math.sin(pose.t * 7), y + 0.22)
    elif pose.deed in {"work", "eat", "cheer"}:
        lift = 0.22 if pose.deed == "cheer" else -0.12
        hand = (x + 0.20, y + lift + 0.05 * math.sin(pose.t * 5.2 + (math.pi if far else 0.0)))
    elif pose.deed in {"row", "drive", "ride"}:
        hand = (x + 0.24, y - 0.10)
    elbow = joint((x, y), hand, 0.135, 0.135, -1)
    pen.limb([(x, y), elbow], [0.075, 0.058], shade(colour, -0.08))
    pen.limb([elbow, hand], [0.058, 0.062], colour, edge=0 if far else 0.006)
    pen.oval(elbow[0], elbow[1], 0.034, 0.034, shade(colour, -0.3))
    for side in (-1, 1):
        pen.limb([hand, (hand[0] + 0.025 + 0.012 * side, hand[1] - 0.045 + 0.02 * side)], [0.03, 0.018],
                 shade(colour, -0.35))


DRAWINGS = {
    "robot": Drawing(draw_robot, 0.43, (-0.42, -0.05, 0.56, 1.34), "walker", 0.42, STRIDE / DUTY, 0.24, leans=False),
}
