"""People: one body, dressed by its words; it walks, runs, climbs, sits, rows, rides, waves and stands."""

# Coordinates read better in rows than one to a line.
# fmt: off
from __future__ import annotations

import math

from cutaway_providers.sketch.palette import NEAR_BLACK, mix
from cutaway_providers.sketch.pen import Pen, Point, joint, shade, step
from cutaway_providers.sketch.subjects.drawing import Drawing, Look, Pose
from cutaway_providers.sketch.subjects.hats import hair_behind, hair_over, put_on_hat, streaming
from cutaway_providers.sketch.subjects.mouth import INSIDE, opened
from cutaway_providers.sketch.subjects.part import Part
from cutaway_providers.sketch.subjects.tools import SEATED, STAVES, give_thing, hold, wear_behind, wear_over
from cutaway_providers.sketch.subjects.wardrobe import Dress, dress

WALK_DUTY = 0.58
STRIDE = 0.36
THIGH = 0.217
SHIN = 0.222
UPPER_ARM = 0.165
FOREARM = 0.165
GIFT = (226, 96, 92)


def draw_person(pen: Pen, pose: Pose, look: Look) -> None:
    """A person in side view, facing right."""
    wear = dress(look)
    if pose.deed in SEATED:
        _seated(pen, pose, wear)
        return
    run = max(0.0, pose.pace - 1.0)
    bob = 0.003 * math.sin(pose.t * 2)
    if pose.pace:
        bob = (0.012 + 0.016 * run) * math.sin(math.tau * 2 * pose.cycle - 0.6)
    leap = _leap(pose)
    stoop = 0.05 if wear.old else 0.0
    lean = 0.015 + 0.05 * run + (0.04 if pose.deed == "climb" else 0.0) if pose.pace else 0.0
    hip: Point = (0.0, 0.465 + bob + leap)
    chest: Point = (lean + stoop, 0.74 + bob + leap - stoop * 0.4)
    wear_behind(pen, pose, wear, hip, chest)
    _arm(pen, pose, wear, chest, far=True)
    for far in (True, False):
        phase = pose.cycle + (0.5 if far else 0.0)
        if pose.pace:
            stride = (STRIDE + 0.10 * run) * (0.7 if wear.old else 1.0)
            forward, up = step(phase, stride, 0.07 + 0.10 * run + (0.06 if pose.deed == "climb" else 0),
                               WALK_DUTY - 0.12 * run)
        else:
            forward, up = (0.035 if far else -0.035), 0.0
        if pose.deed == "dance":
            forward, up = _dance_step(pose, far=far)
        _leg(pen, wear, hip, (forward, up + leap * 0.75), far=far)
    _torso(pen, pose, wear, hip, chest, swing=0.02 * math.sin(math.tau * pose.cycle))
    _head(pen, pose, wear, (chest[0] + lean * 0.6 + stoop * 0.6, chest[1] + 0.135))
    _arm(pen, pose, wear, chest, far=False)


def _dance_step(pose: Pose, *, far: bool) -> tuple[float, float]:
    """A foot in a dance: one bears, the other is drawn up and pointed, by turns."""
    beat = math.sin(math.tau * pose.t * 0.7 + (math.pi if far else 0.0))
    return (0.05 if far else -0.03) + 0.10 * max(0.0, beat), 0.15 * max(0.0, beat)


def _leap(pose: Pose) -> float:
    return 0.22 * max(0.0, math.sin(math.tau * pose.t * 0.7)) if pose.deed == "jump" else 0.0


def _leg(pen: Pen, wear: Dress, hip: Point, foot: Point, *, far: bool) -> None:
    cloth = shade(wear.trousers, -0.28) if far else wear.trousers
    ankle: Point = (foot[0], foot[1] + 0.035)
    knee = joint(hip, ankle, THIGH, SHIN, 1)
    pen.limb([hip, knee, ankle], [0.105, 0.082, 0.062], cloth)
    shoe = shade(wear.shoes, -0.25) if far else wear.shoes
    toe = 0.03 if foot[1] > 0.02 else 0.0
    pen.blob([(ankle[0] - 0.042, foot[1] + 0.055), (ankle[0] + 0.035, foot[1] + 0.055),
              (ankle[0] + 0.095, foot[1] + 0.03 - toe),
              (ankle[0] + 0.10, foot[1] + 0.004 - toe), (ankle[0] - 0.042, foot[1] + 0.002)], shoe, edge=0, steps=4)


def _torso(pen: Pen, pose: Pose, wear: Dress, hip: Point, chest: Point, *, swing: float) -> None:
    hx, hy = hip
    cx, cy = chest
    blow = streaming(pose, wear)[0] if pose.deed not in SEATED else 0.0
    if wear.skirt and pose.deed not in SEATED:
        pen.blob([(hx - 0.09, hy + 0.06), (hx - 0.15 - swing + blow * 0.75, hy - 0.18 + abs(blow) * 0.4),
                  (hx + swing + blow * 0.75, hy - 0.21 + abs(blow) * 0.2),
                  (hx + 0.16 - swing + blow * 0.75, hy - 0.17),
                  (hx + 0.085, hy + 0.06)], wear.coat)
    hem = 0.3 * blow
    coat = [(hx - 0.105 - swing + hem, hy - 0.055), (hx - 0.10, hy + 0.06), (cx - 0.105, cy - 0.06),
            (cx - 0.08, cy + 0.04), (cx, cy + 0.065), (cx + 0.08, cy + 0.03), (cx + 0.105, cy - 0.09),
            (hx + 0.095, hy + 0.05), (hx + 0.105 + swing + hem, hy - 0.055), (hx + hem, hy - 0.07)]
    pen.blob(coat, wear.coat)
    pen.line([(cx + 0.045, cy + 0.04), (hx + 0.055, hy - 0.055)], 0.008, shade(wear.coat, -0.3))
    for k in (0.25, 0.55, 0.85):
        pen.oval(cx + 0.065 + (hx - cx) * k, cy + (hy - cy) * k, 0.008, 0.008, shade(wear.coat, -0.45))
    if wear.hat == "helmet":
        pen.box(cx - 0.17, cy - 0.18, cx - 0.09, cy + 0.06, shade(wear.coat, -0.18), round_by=0.03)
    pen.limb([(cx - 0.045, cy + 0.055), (cx + 0.05, cy + 0.05)], [0.045, 0.04], mix(wear.coat, (255, 255, 255), 0.35))
    wear_over(pen, pose, wear, hip, chest, swing)


def _head(sheet: Pen, pose: Pose, wear: Dress, at: Point) -> None:
    grown = 1.26 if wear.child else 1.0
    pen = Part(sheet, at[0], at[1] + 0.004 * math.sin(pose.t * 1.7) + 0.03 * (grown - 1), size=grown)
    x = y = 0.0
    hair_behind(pen, pose, wear, x, y)
    pen.limb([(x - 0.01, y - 0.05), (x - 0.015, y - 0.10)], [0.06, 0.065], shade(wear.skin, -0.14))
    pen.blob([(x - 0.082, y + 0.03), (x - 0.03, y + 0.092), (x + 0.05, y + 0.082), (x + 0.084, y + 0.02),
              (x + 0.104, y - 0.008), (x + 0.078, y - 0.03), (x + 0.058, y - 0.075), (x, y - 0.088),
              (x - 0.06, y - 0.055)], wear.skin)
    if wear.beard:
        pen.blob([(x - 0.05, y - 0.02), (x + 0.0, y - 0.025), (x + 0.085, y - 0.035), (x + 0.085, y - 0.08),
                  (x + 0.03, y - 0.115), (x - 0.04, y - 0.085)], mix(wear.hair, (255, 255, 255), 0.2))
    _mouth(pen, pose, wear, x, y)
    pen.oval(x - 0.028, y - 0.004, 0.018, 0.022, shade(wear.skin, -0.16))
    if pose.blink:
        pen.line([(x + 0.036, y + 0.018), (x + 0.066, y + 0.016)], 0.009, NEAR_BLACK)
    else:
        pen.oval(x + 0.052, y + 0.018, 0.011, 0.014, NEAR_BLACK)
    if wear.old and wear.hat not in {"helmet", "visor"}:
        pen.line([(x + 0.036, y - 0.002), (x + 0.062, y - 0.006)], 0.006, shade(wear.skin, -0.25))
    hair_over(pen, wear, x, y)
    put_on_hat(pen, wear, x, y)


def _mouth(pen: Part, pose: Pose, wear: Dress, x: float, y: float) -> None:
    """A line, or, while talking or singing, a mouth that opens and closes."""
    if share := opened(pose):
        pen.oval(x + 0.066, y - 0.045, 0.016, 0.020 * share, INSIDE)
    elif not wear.beard:
        pen.line([(x + 0.045, y - 0.048), (x + 0.072, y - 0.044)], 0.009, shade(wear.skin, -0.45))


def _arm(pen: Pen, pose: Pose, wear: Dress, chest: Point, *, far: bool, hand: Point | None = None) -> None:
    shoulder: Point = (chest[0] + (0.02 if far else -0.015), chest[1] + 0.012)
    cloth = shade(wear.coat, -0.3) if far else shade(wear.coat, -0.07)
    if hand is None:
        swing = math.sin(math.tau * (pose.cycle + (0.25 if far else 0.75)))
        run = max(0.0, pose.pace - 1)
        if (pose.holds and not far) or (pose.deed == "eat" and not far):
            hand = held_at(pose, shoulder)
        elif pose.deed == "work":
            beat = math.sin(pose.t * 5.2 + (math.pi if far else 0.0))
            hand = (shoulder[0] + 0.19 + 0.035 * beat, shoulder[1] - 0.17 + 0.03 * math.sin(pose.t * 2.6) - 0.02 * beat)
        elif pose.deed == "cheer":
            hand = (shoulder[0] + (-0.10 if far else 0.13), shoulder[1] + 0.25 + 0.035 * math.sin(pose.t * 8))
        elif pose.deed == "wave" and not far:
            hand = (shoulder[0] + 0.14 + 0.06 * math.sin(pose.t * 7), shoulder[1] + 0.27)
        elif pose.deed == "talk" and not pose.pace and not far:
            hand = (shoulder[0] + 0.19 + 0.03 * math.sin(pose.t * 2.9),
                    shoulder[1] - 0.13 + 0.07 * math.sin(pose.t * 4.3))
        elif pose.deed == "give" and not far:
            hand = (shoulder[0] + 0.27, shoulder[1] - 0.10 + 0.01 * math.sin(pose.t * 2))
        elif pose.deed == "dance":
            lift = math.sin(math.tau * pose.t * 0.35 + (math.pi if far else 0.0))
            hand = (shoulder[0] + (-0.17 if far else 0.20), shoulder[1] + 0.16 + 0.07 * lift)
        elif pose.deed == "fall":
            hand = (shoulder[0] + (-0.15 if far else 0.17), shoulder[1] + 0.22 + 0.03 * math.sin(pose.t * 9))
        elif pose.deed == "jump":
            hand = (shoulder[0] + (0.16 if far else 0.10), shoulder[1] + 0.22 * math.sin(math.tau * pose.t * 0.7))
        elif pose.pace:
            hand = (shoulder[0] + 0.03 + (0.15 + 0.06 * run) * swing,
                    shoulder[1] - 0.29 + 0.10 * run + 0.03 * abs(swing))
        else:
            hand = (shoulder[0] + (0.05 if far else 0.01), shoulder[1] - 0.315 + 0.004 * math.sin(pose.t * 2))
        if wear.tool and not far and not pose.holds and pose.deed not in BUSY | {"fall", "jump"}:
            hand = _grip(wear, shoulder, hand)
    carried = wear.tool and not far and not pose.holds and pose.deed not in BUSY | SEATED | {"climb", "swim"}
    if carried:
        hold(pen, pose, wear, hand)
    elbow = joint(shoulder, hand, UPPER_ARM, FOREARM, -1)
    pen.limb([shoulder, elbow, hand], [0.078, 0.064, 0.052], cloth, edge=0 if far else 0.008)
    if pose.gift and not far:
        give_thing(pen, hand, GIFT)
    pen.oval(hand[0], hand[1], 0.030, 0.030, shade(wear.skin, -0.2) if far else wear.skin)


BUSY = frozenset({"wave", "give", "dance", "eat", "cheer"})
"""Deeds that need the hand which carries a tool."""


def held_at(pose: Pose, shoulder: Point = (-0.015, 0.752)) -> Point:
    """Where the near hand holds something, in heights: before the chest, and up to the mouth and back while eating."""
    up = max(0.0, math.sin(pose.t * 1.9)) ** 2 if pose.deed == "eat" else 0.0
    return shoulder[0] + 0.20 - 0.07 * up, shoulder[1] - 0.13 + 0.20 * up + 0.004 * math.sin(pose.t * 2)


def _grip(wear: Dress, shoulder: Point, hand: Point) -> Point:
    """Where the hand is with its tool: on a staff beside the body, up with what is shown, down with what is heavy."""
    if wear.tool == "guitar":
        return shoulder[0] + 0.13, shoulder[1] - 0.17
    if wear.tool in STAVES:
        return shoulder[0] + 0.17 + (hand[0] - shoulder[0]) * 0.2, shoulder[1] - 0.20
    if wear.tool in {"bag", "case", "camera"}:
        return hand
    if wear.tool == "sack":
        return shoulder[0] + 0.03, shoulder[1] - 0.03
    return shoulder[0] + 0.15 + (hand[0] - shoulder[0]) * 0.3, shoulder[1] - 0.16


def _seated(pen: Pen, pose: Pose, wear: Dress) -> None:
    """Seated with the hips at y 0.24: on a ground, a bench, a boat's thwart, a saddle."""
    if pose.deed == "ride":
        _rider(pen, pose, wear)
        return
    pull = math.sin(math.tau * pose.t * 0.45) if pose.deed == "row" else 0.0
    lean = -0.06 - 0.10 * pull if pose.deed == "row" else -0.02 + 0.01 * math.sin(pose.t * 1.4)
    hip: Point = (0.0, 0.15 if pose.deed == "sit" else 0.13)
    chest: Point = (lean, hip[1] + 0.27)
    hand: Point = (chest[0] + 0.24 - 0.10 * pull, chest[1] - 0.12) if pose.deed == "row" else SEATED_HAND
    _arm(pen, pose, wear, chest, far=True, hand=hand)
    for far in (True, False):
        foot: Point = (0.36 + (0.04 if far else 0), 0.0) if pose.deed != "sit" else (0.30 + (0.06 if far else 0), 0.0)
        _leg(pen, wear, hip, foot, far=far)
    _torso(pen, pose, wear, hip, chest, swing=0.0)
    _head(pen, pose, wear, (chest[0] + 0.01, chest[1] + 0.135))
    _arm(pen, pose, wear, chest, far=False, hand=hand)


SEATED_HAND: Point = (0.17, 0.22)
"""Where both hands of somebody seated are, in heights."""


def _rider(pen: Pen, pose: Pose, wear: Dress) -> None:
    """Astride a bicycle: saddle at (-0.13, 0.44), pedals turning around (0, 0.17), hands at (0.30, 0.56)."""
    hip: Point = (-0.13, 0.47)
    chest: Point = (0.06, 0.72)
    _arm(pen, pose, wear, chest, far=True, hand=(0.31, 0.555))
    for far in (True, False):
        turn = -math.tau * pose.cycle + (math.pi if far else 0)
        _leg(pen, wear, hip, (0.0 + 0.075 * math.cos(turn), 0.135 + 0.075 * math.sin(turn)), far=far)
    _torso(pen, pose, wear, hip, chest, swing=0.0)
    _head(pen, pose, wear, (chest[0] + 0.05, chest[1] + 0.13))
    _arm(pen, pose, wear, chest, far=False, hand=(0.29, 0.555))


BOX = (-0.60, -0.05, 0.66, 1.70)
DRAWINGS = {
    "person": Drawing(draw_person, 0.46, BOX, "walker", 0.55, STRIDE / WALK_DUTY, 0.20, leans=False),
    "child": Drawing(draw_person, 0.33, BOX, "walker", 0.62, STRIDE / WALK_DUTY, 0.20, leans=False),
}
