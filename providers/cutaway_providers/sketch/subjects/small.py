"""Small animals near the ground: rabbit, mouse, frog, turtle."""

# Coordinates read better in rows than one to a line.
# fmt: off
from __future__ import annotations

import math

from cutaway_providers.sketch.palette import NEAR_BLACK, Colour, mix
from cutaway_providers.sketch.pen import Pen, shade, step
from cutaway_providers.sketch.subjects.drawing import Drawing, Look, Pose
from cutaway_providers.sketch.subjects.mouth import jaw
from cutaway_providers.sketch.subjects.part import Part

HOP = 0.62
"""The heights a hop covers."""


def _hop(pose: Pose) -> tuple[float, float]:
    """How high a hopper is in this moment of its hop and how far it is stretched (0 gathered, 1 stretched)."""
    if not pose.pace:
        return 0.0, 0.0
    phase = pose.cycle % 1.0
    if phase < 0.3:
        return 0.0, 0.0
    flight = (phase - 0.3) / 0.7
    return math.sin(math.pi * flight), math.sin(math.pi * min(1.0, flight * 1.25))


def draw_rabbit(pen: Pen, pose: Pose, look: Look) -> None:
    """A rabbit that hops; its ears fold back in the air, its nose twitches."""
    coat = look.main((176, 150, 128))
    pale = mix(coat, (255, 252, 246), 0.7)
    high, far = _hop(pose)
    y = 0.22 * high
    part = Part(pen, 0.0, y, turn=0.16 * far - 0.10 * (pose.cycle % 1.0) * far)
    part.oval(-0.50, 0.26, 0.105, 0.10, (252, 250, 246), edge=0.01)
    reach = 0.22 * far
    for tone, dx in ((shade(coat, -0.28), 0.06), (None, 0.0)):
        if tone:
            part.limb([(0.24 + dx, 0.34), (0.28 + dx + reach, 0.16 + reach * 0.3), (0.32 + dx + reach * 1.4, 0.045)],
                      [0.14, 0.10, 0.085], tone)
            part.limb([(-0.24 + dx - reach * 0.8, 0.10), (-0.02 + dx - reach * 1.6, 0.05)], [0.12, 0.10], tone)
    part.blob([(-0.50, 0.24), (-0.46, 0.44), (-0.28, 0.58), (-0.02, 0.58), (0.20, 0.54), (0.34, 0.48), (0.36, 0.32),
               (0.22, 0.16), (-0.04, 0.09), (-0.34, 0.08)], coat)
    part.blob([(0.35, 0.40), (0.33, 0.26), (0.20, 0.16), (0.0, 0.12), (0.14, 0.24), (0.24, 0.36)], pale, edge=0)
    part.blob([(-0.48, 0.20), (-0.44, 0.40), (-0.28, 0.46), (-0.12, 0.38), (-0.08, 0.22), (-0.20, 0.08), (-0.38, 0.06)],
              shade(coat, -0.08))
    part.limb([(-0.30 - reach, 0.075 - reach * 0.1), (-0.04 - reach * 1.5, 0.05 - reach * 0.2)], [0.12, 0.10],
              shade(coat, -0.02))
    part.limb([(0.22, 0.32), (0.27 + reach, 0.16 + reach * 0.3), (0.30 + reach * 1.4, 0.045)], [0.15, 0.105, 0.09],
              coat)
    head = Part(pen, *part.at(0.36, 0.60), turn=0.03 * math.sin(pose.t * 1.3))
    back = 0.55 * far + 0.05 * math.sin(pose.t * 1.7)
    for dx, tone in ((-0.03, shade(coat, -0.22)), (0.04, coat)):
        ear = Part(pen, *head.at(-0.06 + dx, 0.14), turn=0.22 + back - dx * 2)
        ear.blob([(-0.05, -0.03), (-0.085, 0.16), (-0.05, 0.36), (0.0, 0.42), (0.05, 0.36), (0.085, 0.16),
                  (0.05, -0.03)],
                 tone)
        if dx > 0:
            ear.blob([(-0.02, 0.04), (-0.04, 0.18), (0.0, 0.36), (0.04, 0.18), (0.025, 0.04)], (236, 172, 172), edge=0)
    head.blob([(-0.17, 0.0), (-0.13, 0.14), (0.0, 0.19), (0.13, 0.15), (0.23, 0.05), (0.24, -0.04), (0.16, -0.12),
               (0.0, -0.15), (-0.13, -0.10)], coat)
    head.blob([(0.06, -0.04), (0.17, 0.0), (0.24, -0.03), (0.17, -0.115), (0.05, -0.135)], pale, edge=0)
    jaw(head, pose, (0.10, -0.105), (0.205, -0.075), pale, deep=0.08)
    twitch = 0.008 * math.sin(pose.t * 14)
    head.poly([(0.205, 0.025 + twitch), (0.255, 0.01 + twitch), (0.222, -0.02 + twitch)], (214, 110, 118), edge=0)
    for tilt in (-0.02, 0.02):
        head.line([(0.16, -0.03), (0.30, -0.04 + tilt)], 0.007, (250, 248, 244))
    head.eye(pose, 0.095, 0.075, 0.034)


def draw_mouse(pen: Pen, pose: Pose, look: Look) -> None:
    """A mouse: round ears, a long tail, quick feet."""
    coat = look.main((150, 146, 156))
    pink = (240, 170, 170)
    bob = 0.02 * math.sin(math.tau * 2 * pose.cycle) if pose.pace else 0.008 * math.sin(pose.t * 2.6)
    wave = [(-0.50 - 0.13 * k, 0.16 + 0.03 * k + 0.05 * math.sin(k * 1.3 - pose.t * 3)) for k in range(6)]
    pen.limb(wave, [0.075, 0.062, 0.05, 0.042, 0.034, 0.022], pink)
    for far in (True, False):
        for x, shift in ((-0.30, 0.0), (0.30, 0.5)):
            forward, up = step(pose.cycle + shift + (0.5 if far else 0), 0.22, 0.06, 0.55) if pose.pace else (0.0, 0.0)
            tone = shade(pink, -0.2) if far else pink
            pen.limb([(x, 0.16 + bob), (x + forward, 0.04 + up), (x + forward + 0.10, 0.035 + up)], [0.09, 0.07, 0.06],
                     tone)
    pen.blob([(-0.60, 0.18 + bob), (-0.54, 0.42 + bob), (-0.30, 0.58 + bob), (0.02, 0.56 + bob), (0.30, 0.46 + bob),
              (0.44, 0.30 + bob), (0.30, 0.12 + bob), (-0.10, 0.06 + bob), (-0.46, 0.06 + bob)], coat)
    head = Part(pen, 0.36, 0.38 + bob, turn=0.06 * math.sin(pose.t * 1.9))
    head.oval(0.02, 0.26, 0.15, 0.16, shade(coat, -0.22), edge=0.012)
    head.blob([(-0.24, 0.0), (-0.16, 0.17), (0.04, 0.20), (0.22, 0.10), (0.42, -0.06), (0.43, -0.11), (0.26, -0.17),
               (0.0, -0.20), (-0.20, -0.14)], coat)
    head.blob([(0.06, -0.12), (0.24, -0.08), (0.42, -0.09), (0.26, -0.17), (0.02, -0.195)],
              mix(coat, (255, 252, 248), 0.65), edge=0)
    jaw(head, pose, (0.16, -0.155), (0.37, -0.125), mix(coat, (255, 252, 248), 0.65), deep=0.11)
    head.oval(-0.12, 0.23, 0.18, 0.19, coat, edge=0.014)
    head.oval(-0.115, 0.225, 0.12, 0.13, pink)
    head.oval(0.435, -0.07, 0.036, 0.034, (222, 110, 120))
    for tilt in (-0.07, 0.0, 0.07):
        head.line([(0.33, -0.10), (0.50, -0.12 + tilt)], 0.009, (246, 246, 246))
    head.eye(pose, 0.17, 0.04, 0.042)


def draw_frog(pen: Pen, pose: Pose, look: Look) -> None:
    """A frog that leaps; at rest its throat swells."""
    skin = look.main((104, 168, 78))
    pale = mix(skin, (252, 250, 220), 0.62)
    high, far = _hop(pose)
    y = 0.42 * high
    part = Part(pen, 0.0, y, turn=0.25 * far)
    dark = shade(skin, -0.22)
    for dx, tone in ((0.06, shade(skin, -0.36)), (0.0, dark)):
        if far > 0.25:
            part.limb([(-0.30 + dx, 0.24), (-0.62 + dx, 0.14), (-0.90 + dx, 0.10), (-1.10 + dx, 0.02)],
                      [0.22, 0.15, 0.11, 0.08], tone)
        else:
            part.limb([(-0.24 + dx, 0.30), (-0.52 + dx, 0.40), (-0.34 + dx, 0.09)], [0.24, 0.20, 0.13], tone)
            part.limb([(-0.36 + dx, 0.055), (0.0 + dx, 0.045), (0.08 + dx, 0.04)], [0.11, 0.08, 0.10], tone)
        part.limb([(0.22 + dx, 0.34), (0.30 + dx + far * 0.2, 0.18), (0.34 + dx + far * 0.3, 0.06)],
                  [0.13, 0.10, 0.08], tone)
        part.limb([(0.30 + dx + far * 0.3, 0.045), (0.44 + dx + far * 0.3, 0.04)], [0.07, 0.08], tone)
    puff = 0.03 * max(0.0, math.sin(pose.t * 3.2))
    part.blob([(-0.52, 0.20), (-0.46, 0.36), (-0.22, 0.56), (0.06, 0.72), (0.34, 0.76), (0.56, 0.66), (0.62, 0.52),
               (0.50, 0.36 - puff), (0.30, 0.20 - puff), (0.0, 0.12), (-0.34, 0.08)], skin)
    part.blob([(0.60, 0.52), (0.50, 0.36 - puff), (0.30, 0.20 - puff), (0.02, 0.13), (0.06, 0.28), (0.30, 0.44)], pale,
              edge=0)
    for x, yy, r in ((-0.28, 0.40, 0.05), (-0.08, 0.52, 0.06), (-0.14, 0.34, 0.04), (0.12, 0.60, 0.045)):
        part.oval(x, yy, r, r * 0.8, dark)
    part.line([(0.63, 0.545), (0.46, 0.50), (0.24, 0.54)], 0.022, shade(skin, -0.5))
    jaw(part, pose, (0.26, 0.53), (0.61, 0.53), pale, deep=0.16)
    for x, tone in ((0.18, dark), (0.36, skin)):
        part.oval(x, 0.80, 0.125, 0.12, tone, edge=0.012)
        if pose.blink:
            part.line([(x - 0.06, 0.80), (x + 0.08, 0.80)], 0.02, NEAR_BLACK)
        else:
            part.oval(x + 0.02, 0.81, 0.082, 0.078, (252, 240, 170))
            part.oval(x + 0.035, 0.81, 0.048, 0.042, NEAR_BLACK)
    part.oval(0.57, 0.635, 0.014, 0.012, shade(skin, -0.5))


def draw_turtle(pen: Pen, pose: Pose, look: Look) -> None:
    """A turtle under a domed shell; in water its legs are flippers."""
    shell = look.main((112, 126, 72))
    skin: Colour = (142, 172, 104)
    swims = pose.deed == "swim"
    bob = 0.012 * math.sin(math.tau * 2 * pose.cycle) if pose.pace else 0.006 * math.sin(pose.t * 1.7)
    low = 0.18 + bob
    pen.poly([(-0.66, low + 0.10), (-0.86, low - 0.01), (-0.62, low)], skin, edge=0)
    for far in (True, False):
        tone = shade(skin, -0.26) if far else skin
        for front, x in ((False, -0.40), (True, 0.40)):
            x += 0.06 if far else 0.0
            if swims:
                beat = math.sin(math.tau * pose.cycle + (math.pi if far else 0) + (0 if front else 1.5))
                pen.limb([(x, low + 0.06), (x - 0.14 + 0.12 * beat, low - 0.10), (x - 0.30 + 0.2 * beat, low - 0.16)],
                         [0.18, 0.15, 0.06], tone)
                continue
            forward, up = step(pose.cycle + (0.5 if far != front else 0), 0.20, 0.05, 0.62) if pose.pace else (0.0, 0.0)
            pen.limb([(x, low + 0.08), (x + forward, up + 0.065)], [0.20, 0.14], tone)
            for k in range(3):
                pen.oval(x + forward - 0.045 + 0.05 * k, up + 0.022, 0.020, 0.022, mix(skin, (255, 252, 230), 0.6))
    tuck = 0.02 * math.sin(pose.t * 0.9)
    head = Part(pen, 0.74 + tuck, low + 0.27, turn=0.10 * math.sin(pose.t * 0.7))
    pen.limb([(0.48, low + 0.12), (0.62, low + 0.16), (0.72 + tuck, low + 0.26)], [0.20, 0.17, 0.17], skin)
    head.blob([(-0.14, 0.0), (-0.08, 0.13), (0.06, 0.15), (0.19, 0.07), (0.23, -0.03), (0.14, -0.10), (-0.04, -0.12)],
              skin)
    head.line([(0.22, -0.035), (0.10, -0.045)], 0.016, shade(skin, -0.45))
    jaw(head, pose, (0.07, -0.055), (0.21, -0.045), skin, deep=0.09)
    head.eye(pose, 0.09, 0.055, 0.032)
    pen.blob([(-0.72, low), (-0.68, low + 0.24), (-0.46, low + 0.52), (-0.08, low + 0.66), (0.30, low + 0.54),
              (0.54, low + 0.26), (0.60, low), (0.30, low - 0.02), (-0.40, low - 0.02)], shell)
    plate = shade(shell, 0.16)
    for points in ([(-0.26, 0.50), (-0.08, 0.59), (0.12, 0.50), (0.08, 0.30), (-0.22, 0.30)],
                   [(-0.48, 0.42), (-0.34, 0.46), (-0.29, 0.28), (-0.40, 0.14), (-0.58, 0.16)],
                   [(0.20, 0.48), (0.32, 0.42), (0.46, 0.20), (0.30, 0.14), (0.15, 0.30)],
                   [(-0.33, 0.12), (-0.22, 0.24), (0.07, 0.24), (0.20, 0.12), (0.0, 0.09), (-0.2, 0.09)]):
        pen.poly([(x, low + y) for x, y in points], plate, edge=0)
    pen.limb([(-0.72, low + 0.02), (-0.05, low - 0.01), (0.60, low + 0.02)], [0.06, 0.08, 0.06],
             mix(shell, (246, 224, 160), 0.5))


DRAWINGS = {
    "rabbit": Drawing(draw_rabbit, 0.19, (-0.95, -0.06, 0.98, 1.55), "walker", 1.2, HOP, 0.48, leans=False),
    "mouse": Drawing(draw_mouse, 0.13, (-1.35, -0.06, 1.0, 0.98), "walker", 1.3, 0.42, 0.55),
    "frog": Drawing(draw_frog, 0.14, (-1.35, -0.10, 1.0, 1.62), "walker", 1.0, 0.9, 0.50, leans=False),
    "turtle": Drawing(draw_turtle, 0.18, (-1.0, -0.12, 1.14, 0.98), "walker", 0.28, 0.20 / 0.62, 0.62),
}
