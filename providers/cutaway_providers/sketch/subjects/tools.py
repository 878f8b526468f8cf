"""What people carry and what they wear over their coat."""

# Coordinates read better in rows than one to a line.
# fmt: off
from __future__ import annotations

import math

from cutaway_providers.sketch.palette import NEAR_BLACK, PAPER, Colour, mix
from cutaway_providers.sketch.pen import Pen, Point, shade
from cutaway_providers.sketch.subjects.drawing import Pose
from cutaway_providers.sketch.subjects.hats import streaming
from cutaway_providers.sketch.subjects.part import Part
from cutaway_providers.sketch.subjects.wardrobe import Dress

WOOD: Colour = (150, 106, 70)
STEEL: Colour = (196, 202, 210)
GOLD: Colour = (238, 192, 78)
SEATED = frozenset({"row", "ride", "sit", "drive"})
STAVES = frozenset({"staff", "fork", "stick", "cane"})
"""What stands on the ground beside the hand."""


def hold(pen: Pen, pose: Pose, wear: Dress, hand: Point) -> None:
    """The tool of this dress in the hand."""
    x, y = hand
    if wear.tool in STAVES:
        _stave(pen, wear, x, y)
        return
    swing = 0.06 * math.sin(pose.t * 1.7)
    if wear.tool in {"umbrella", "balloon"}:
        # An umbrella is held against the wind, a balloon flies before it.
        swing += (0.20 if wear.tool == "umbrella" else -0.22) * wear.wind
    part = Part(pen, x, y, turn=swing)
    if wear.tool == "umbrella":
        _umbrella(part, wear.tool_colour or (206, 62, 74))
    elif wear.tool == "balloon":
        part.line([(0.0, 0.0), (0.03, 0.22), (0.0, 0.44)], 0.008, (120, 110, 110))
        skin = wear.tool_colour or (214, 62, 62)
        part.oval(0.0, 0.58, 0.12, 0.15, skin)
        part.oval(-0.04, 0.64, 0.03, 0.045, shade(skin, 0.5), edge=0)
    elif wear.tool == "spoon":
        part.limb([(-0.01, -0.05), (0.05, 0.16)], [0.022, 0.018], WOOD)
        part.oval(0.063, 0.20, 0.034, 0.045, shade(WOOD, 0.15), edge=0.006)
    elif wear.tool == "bread":
        part.blob([(-0.10, 0.0), (-0.06, 0.06), (0.06, 0.08), (0.20, 0.05), (0.22, 0.0), (0.08, -0.03)], (222, 160, 84))
        for k in range(3):
            part.line([(-0.02 + 0.07 * k, 0.0), (0.02 + 0.07 * k, 0.055)], 0.014, (246, 210, 150))
    elif wear.tool in {"hammer", "axe"}:
        part.limb([(-0.02, -0.07), (0.05, 0.17)], [0.026, 0.022], WOOD)
        if wear.tool == "hammer":
            part.poly([(-0.02, 0.17), (0.13, 0.13), (0.145, 0.19), (0.0, 0.23)], (110, 114, 124), edge=0.006)
        else:
            part.blob([(0.03, 0.13), (0.13, 0.06), (0.17, 0.14), (0.15, 0.22), (0.05, 0.19)],
                      (206, 62, 56) if wear.hat == "fire" else (120, 124, 134))
            part.blob([(0.13, 0.06), (0.17, 0.14), (0.15, 0.22), (0.12, 0.14)], STEEL, edge=0)
    elif wear.tool in {"bag", "case"}:
        leather = wear.tool_colour or ((122, 78, 54) if wear.tool == "case" else (94, 68, 58))
        part.line([(-0.035, -0.02), (-0.03, 0.015), (0.03, 0.015), (0.035, -0.02)], 0.016, shade(leather, -0.3))
        part.box(-0.105, -0.16, 0.115, -0.02, leather, round_by=0.02)
        part.box(-0.105, -0.095, 0.115, -0.08, shade(leather, -0.25), edge=0)
        if wear.tool == "bag":
            part.box(-0.03, -0.135, 0.04, -0.112, PAPER, edge=0)
            part.box(-0.007, -0.158, 0.017, -0.089, PAPER, edge=0)
        else:
            part.box(-0.015, -0.10, 0.025, -0.07, GOLD, edge=0)
    elif wear.tool == "flask":
        part.poly([(0.0, 0.12), (0.04, 0.12), (0.04, 0.06), (0.10, -0.05), (-0.06, -0.05), (0.0, 0.06)],
                  (214, 234, 238), edge=0.006)
        bubble = 0.01 * math.sin(pose.t * 5)
        part.poly([(0.015, 0.015 + bubble), (0.035, 0.015 - bubble), (0.088, -0.04), (-0.048, -0.04)], (126, 206, 120),
                  edge=0)
    elif wear.tool == "sword":
        part.poly([(-0.012, 0.03), (0.012, 0.03), (0.012, 0.36), (0.0, 0.40), (-0.012, 0.36)], STEEL, edge=0.006)
        part.box(-0.06, 0.02, 0.06, 0.045, GOLD, round_by=0.01)
        part.limb([(0.0, -0.05), (0.0, 0.03)], [0.022, 0.022], (92, 62, 48))
        part.oval(0.0, -0.06, 0.02, 0.02, GOLD)
    elif wear.tool == "book":
        part.poly([(-0.07, -0.05), (0.07, -0.07), (0.09, 0.08), (-0.05, 0.10)],
                  wear.tool_colour or (150, 58, 62))
        part.poly([(-0.05, -0.035), (0.075, -0.053), (0.09, 0.065), (-0.035, 0.085)], (250, 244, 228), edge=0)
    elif wear.tool == "brush":
        part.limb([(-0.03, -0.06), (0.06, 0.13)], [0.012, 0.016], WOOD)
        part.blob([(0.05, 0.11), (0.08, 0.11), (0.09, 0.18), (0.06, 0.15)], (206, 84, 160), edge=0)
    elif wear.tool == "camera":
        part.box(-0.07, -0.03, 0.08, 0.07, (58, 58, 68), round_by=0.02)
        part.oval(0.075, 0.02, 0.03, 0.04, (110, 116, 130))
    elif wear.tool == "sack":
        part.blob([(-0.03, 0.03), (-0.10, 0.06), (-0.32, 0.06), (-0.40, -0.14), (-0.28, -0.27), (-0.10, -0.22),
                   (-0.04, -0.06)], wear.tool_colour or (164, 116, 78))
    elif wear.tool == "guitar":
        _guitar(pen, pose, hand)


def _stave(pen: Pen, wear: Dress, x: float, y: float) -> None:
    if wear.tool == "cane":
        pen.limb([(x + 0.05, 0.01), (x + 0.01, y + 0.01), (x - 0.03, y + 0.04), (x - 0.06, y + 0.02)],
                 [0.018, 0.024, 0.024, 0.02], shade(WOOD, -0.2))
        return
    top = y + (0.10 if wear.tool == "stick" else 0.34)
    pen.limb([(x + 0.02, 0.01), (x, top)], [0.022, 0.026], WOOD)
    if wear.tool == "staff":
        pen.limb([(x, top), (x + 0.03, top + 0.05), (x + 0.07, top + 0.03)], [0.024, 0.026, 0.018], WOOD)
        pen.oval(x + 0.01, top + 0.055, 0.032, 0.034, (130, 226, 240), lit=True)
        pen.glow(x + 0.01, top + 0.055, 0.26, (130, 226, 250), 0.7)
    elif wear.tool == "fork":
        pen.limb([(x - 0.05, top), (x + 0.05, top)], [0.016, 0.016], STEEL)
        for dx in (-0.05, 0.0, 0.05):
            pen.limb([(x + dx, top), (x + dx, top + 0.12)], [0.014, 0.008], STEEL)


def _guitar(pen: Pen, pose: Pose, hand: Point) -> None:
    part = Part(pen, 0.10, 0.60, turn=-1.15)
    wood = (206, 140, 74)
    part.box(-0.014, 0.10, 0.014, 0.36, (92, 60, 46), edge=0.006)
    part.box(-0.026, 0.35, 0.026, 0.41, shade(wood, -0.3), round_by=0.01, edge=0)
    part.blob([(-0.05, -0.17), (-0.14, -0.12), (-0.15, -0.04), (-0.10, 0.02), (-0.11, 0.09), (-0.05, 0.135),
               (0.05, 0.135), (0.11, 0.09), (0.10, 0.02), (0.15, -0.04),
               (0.14, -0.12), (0.05, -0.17)], wood)
    part.oval(0.0, 0.03, 0.045, 0.045, (74, 48, 40))
    part.box(-0.05, -0.11, 0.05, -0.09, (92, 60, 46), edge=0)
    for k in range(2):
        age = (pose.t * 0.5 + k / 2) % 1.0
        size = math.sin(math.pi * age)
        if size > 0.25:
            x, y = 0.34 + 0.06 * math.sin(pose.t * 2 + k * 3), 0.66 + 0.36 * age
            pen.oval(x, y, 0.026 * size, 0.020 * size, NEAR_BLACK)
            pen.line([(x + 0.02 * size, y), (x + 0.02 * size, y + 0.08 * size), (x + 0.05 * size, y + 0.065 * size)],
                     0.010, NEAR_BLACK)


def wear_behind(pen: Pen, pose: Pose, wear: Dress, hip: Point, chest: Point) -> None:
    """What hangs behind the body: a pack, a cape, a quiver of air."""
    cx, cy = chest
    if wear.over == "pack":
        pen.box(cx - 0.20, cy - 0.20, cx - 0.06, cy + 0.05, (196, 96, 66) if not wear.child else (84, 132, 176),
                round_by=0.04)
        pen.box(cx - 0.195, cy + 0.04, cx - 0.08, cy + 0.085, (122, 146, 160), round_by=0.02, edge=0.006)
    elif wear.over == "cape":
        flow = 0.03 * math.sin(pose.t * 3.1) + 0.10 * pose.pace - 0.7 * streaming(pose, wear)[0]
        pen.blob([(cx + 0.02, cy + 0.06), (cx - 0.10, cy + 0.02), (cx - 0.18 - flow, cy - 0.24),
                  (cx - 0.24 - flow * 1.6, hip[1] - 0.26), (cx - 0.08 - flow * 0.6, hip[1] - 0.24),
                  (cx + 0.02, cy - 0.2)], (206, 48, 54))


def wear_over(pen: Pen, pose: Pose, wear: Dress, hip: Point, chest: Point, swing: float) -> None:
    """What is worn over the coat."""
    hx, hy = hip
    cx, cy = chest
    coat = wear.coat
    if pose.deed in SEATED and wear.over in {"robe", "apron", "coat", "tutu"}:
        return
    if wear.over == "robe":
        pen.blob([(hx - 0.11, hy + 0.05), (hx - 0.15 - swing, hy - 0.22), (hx - 0.13 - swing, hy - 0.36),
                  (hx + 0.02, hy - 0.38), (hx + 0.16 - swing, hy - 0.35), (hx + 0.13, hy - 0.16),
                  (hx + 0.10, hy + 0.05)], coat)
        pen.line([(hx + 0.05, hy + 0.02), (hx + 0.06 - swing, hy - 0.36)], 0.012, shade(coat, -0.25))
        pen.limb([(hx - 0.10, hy + 0.06), (hx + 0.10, hy + 0.06)], [0.032, 0.032], GOLD)
    elif wear.over == "apron":
        white = PAPER if max(coat) < 225 else (226, 226, 224)
        pen.blob([(cx + 0.0, cy - 0.04), (cx + 0.10, cy - 0.06), (hx + 0.115, hy + 0.04),
                  (hx + 0.13 + swing, hy - 0.16), (hx - 0.01, hy - 0.17), (hx - 0.02, hy + 0.04)], white, edge=0.006)
        pen.line([(hx - 0.10, hy + 0.07), (hx + 0.11, hy + 0.055)], 0.014, shade(white, -0.2))
    elif wear.over == "stripes":
        band = (250, 232, 110)
        for y in (hy + 0.08, hy + 0.0):
            pen.limb([(hx - 0.095, y), (hx + 0.095, y)], [0.026, 0.026], band)
        pen.limb([(cx - 0.05, cy + 0.03), (hx - 0.06, hy + 0.08)], [0.024, 0.024], band)
    elif wear.over == "badge":
        pen.limb([(hx - 0.10, hy + 0.015), (hx + 0.10, hy + 0.015)], [0.034, 0.034], NEAR_BLACK)
        pen.box(hx + 0.03, hy, hx + 0.075, hy + 0.03, GOLD, edge=0)
        pen.poly([(cx + 0.05 + 0.026 * r * math.cos(a), cy - 0.06 + 0.026 * r * math.sin(a)) for r,
                  a in ((1.0 if k % 2 == 0 else 0.5, k * math.pi / 5 + 0.3) for k in range(10))], GOLD, edge=0)
    elif wear.over == "stethoscope":
        pen.line([(cx - 0.03, cy + 0.055), (cx + 0.02, cy - 0.06), (cx + 0.06, cy - 0.10)], 0.014, (74, 82, 96))
        pen.line([(cx + 0.05, cy + 0.045), (cx + 0.075, cy - 0.04), (cx + 0.06, cy - 0.10)], 0.014, (74, 82, 96))
        pen.oval(cx + 0.06, cy - 0.125, 0.022, 0.022, STEEL, edge=0.004)
        if pose.deed not in SEATED:
            _tails(pen, wear, hx, hy, swing)
    elif wear.over == "coat":
        _tails(pen, wear, hx, hy, swing)
        pen.box(cx + 0.02, cy - 0.11, cx + 0.075, cy - 0.06, shade(coat, -0.08), edge=0.004)
        pen.line([(cx + 0.035, cy - 0.07), (cx + 0.035, cy - 0.03)], 0.010, (66, 112, 180))
    elif wear.over == "dungarees":
        denim = wear.trousers
        pen.blob([(hx - 0.105, hy - 0.05), (hx - 0.10, hy + 0.06), (cx - 0.0, cy - 0.10), (cx + 0.095, cy - 0.11),
                  (hx + 0.10, hy + 0.05), (hx + 0.105, hy - 0.05)], denim, edge=0.006)
        pen.limb([(cx + 0.02, cy - 0.10), (cx - 0.04, cy + 0.045)], [0.026, 0.024], denim)
        pen.limb([(cx + 0.085, cy - 0.11), (cx + 0.06, cy + 0.03)], [0.024, 0.022], denim)
        pen.oval(cx + 0.082, cy - 0.105, 0.010, 0.010, GOLD)
    elif wear.over in {"sash", "belt"}:
        pen.limb([(hx - 0.10, hy + 0.03), (hx + 0.10, hy + 0.03)], [0.036, 0.036],
                 (40, 38, 44) if wear.over == "belt" else (206, 166, 72))
        pen.box(hx + 0.03, hy + 0.008, hx + 0.085, hy + 0.052, GOLD, round_by=0.008, edge=0)
    elif wear.over == "scarf":
        pen.blob([(cx - 0.06, cy + 0.08), (cx + 0.06, cy + 0.07), (cx + 0.08, cy + 0.0), (cx + 0.03, cy - 0.06),
                  (cx - 0.04, cy + 0.02)], (206, 62, 56), edge=0.006)
        blow, up = streaming(pose, wear)
        if blow:
            pen.limb([(cx - 0.03, cy + 0.045), (cx - 0.05 + blow * 1.6, cy + 0.02 + up * 0.6),
                      (cx - 0.05 + blow * 2.6, cy + up * 1.4)], [0.045, 0.055, 0.04], (206, 62, 56))
    elif wear.over == "shawl":
        pen.blob([(cx - 0.115, cy - 0.10), (cx - 0.09, cy + 0.05), (cx, cy + 0.075), (cx + 0.09, cy + 0.03),
                  (cx + 0.115, cy - 0.10), (cx, cy - 0.16)], mix(coat, PAPER, 0.45), edge=0.008)
    elif wear.over == "tutu":
        flare = 0.02 * math.sin(pose.t * 3)
        for k, tone in enumerate((shade(coat, 0.15), coat)):
            pen.blob([(hx - 0.09, hy + 0.04), (hx - 0.25 - flare, hy - 0.01 - 0.03 * k), (hx - 0.14, hy - 0.075),
                      (hx, hy - 0.06), (hx + 0.14, hy - 0.075), (hx + 0.25 + flare, hy - 0.01 - 0.03 * k),
                      (hx + 0.09, hy + 0.04)], tone, edge=0.006)
    elif wear.over == "armour":
        pen.oval(cx - 0.02, cy - 0.01, 0.075, 0.065, shade(coat, 0.15), edge=0.008)
        pen.line([(cx - 0.09, hy + 0.10), (cx + 0.10, hy + 0.10)], 0.012, shade(coat, -0.35))
        pen.limb([(hx - 0.10, hy + 0.02), (hx + 0.10, hy + 0.02)], [0.034, 0.034], (120, 78, 54))
        pen.poly([(cx + 0.02, cy - 0.04), (cx + 0.09, cy - 0.05), (cx + 0.085, cy - 0.12), (cx + 0.05, cy - 0.15),
                  (cx + 0.02, cy - 0.11)], (206, 58, 58), edge=0)
    elif wear.over == "cape":
        pen.poly([(cx + 0.0, cy - 0.05), (cx + 0.09, cy - 0.06), (cx + 0.05, cy - 0.15)], (252, 208, 78), edge=0.004)
        pen.limb([(hx - 0.10, hy + 0.02), (hx + 0.10, hy + 0.02)], [0.034, 0.034], (252, 208, 78))
        pen.blob([(hx - 0.10, hy + 0.0), (hx + 0.10, hy + 0.0), (hx + 0.09, hy - 0.07), (hx, hy - 0.10),
                  (hx - 0.09, hy - 0.07)], (206, 48, 54), edge=0)
    elif wear.over == "tie":
        pen.poly([(cx + 0.0, cy + 0.055), (cx + 0.075, cy + 0.05), (cx + 0.075, cy - 0.10)], (250, 250, 248), edge=0)
        pen.poly([(cx + 0.035, cy + 0.04), (cx + 0.06, cy + 0.04), (cx + 0.075, cy - 0.10), (cx + 0.055, cy - 0.14),
                  (cx + 0.045, cy - 0.10)], (186, 52, 58), edge=0)


def _tails(pen: Pen, wear: Dress, hx: float, hy: float, swing: float) -> None:
    """The skirts of a long coat."""
    pen.blob([(hx - 0.105, hy + 0.02), (hx - 0.125 - swing, hy - 0.17), (hx + 0.01, hy - 0.185),
              (hx + 0.115 + swing, hy - 0.165), (hx + 0.105, hy + 0.02)], wear.coat, edge=0.008)
    pen.line([(hx + 0.055, hy + 0.02), (hx + 0.06 + swing, hy - 0.165)], 0.008, shade(wear.coat, -0.3))


def give_thing(pen: Pen, hand: Point, colour: Colour) -> None:
    """A small wrapped thing in a hand."""
    x, y = hand
    pen.box(x - 0.055, y - 0.005, x + 0.065, y + 0.095, colour, round_by=0.01)
    pen.box(x - 0.005, y - 0.005, x + 0.018, y + 0.095, mix(colour, PAPER, 0.75), edge=0)
    for side in (-1, 1):
        pen.oval(x + 0.006 + 0.024 * side, y + 0.108, 0.022, 0.015, mix(colour, PAPER, 0.75))


def _umbrella(part: Part, cloth: Colour) -> None:
    """Open, above the head: the stick leans a little back over the shoulder."""
    part.limb([(0.0, -0.08), (-0.05, 0.40)], [0.020, 0.014], WOOD)
    rib: list[Point] = [(-0.42, 0.33), (-0.36, 0.45), (-0.22, 0.55), (-0.06, 0.58), (0.12, 0.54), (0.25, 0.43),
                        (0.31, 0.30)]
    hem: list[Point] = [(0.19, 0.345), (0.07, 0.325), (-0.06, 0.355), (-0.18, 0.345), (-0.30, 0.36)]
    part.poly([*rib, *hem], cloth)
    part.poly([(-0.06, 0.58), (0.05, 0.52), (0.10, 0.42), (0.07, 0.325), (-0.06, 0.355), (-0.08, 0.47)],
              shade(cloth, 0.16), edge=0)
    part.line([(-0.06, 0.58), (-0.067, 0.62)], 0.012, WOOD)
