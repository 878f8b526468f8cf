"""Four legs: one gait, one way to lie down and one order of pieces for every animal that walks on all fours."""

# Coordinates read better in rows than one to a line.
# fmt: off
from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from cutaway_providers.sketch.palette import Colour
from cutaway_providers.sketch.pen import Pen, Point, joint, shade, step
from cutaway_providers.sketch.subjects.drawing import Look, Pose
from cutaway_providers.sketch.subjects.part import Part

DUTY = 0.58


@dataclass(frozen=True, slots=True)
class Legs:
    """Where the legs hang and how they are made, in the animal's units.

    `hind` and `fore` are the x of hip and shoulder, `hip` their y, `thick` the width at hip, knee and foot; `foot` is
    the colour of the lowest part (`None`: as the leg) and `kind` its shape; `stride` is what one cycle covers.
    """

    hind: float
    fore: float
    hip: float
    thick: tuple[float, float, float]
    kind: str = "hoof"
    foot: Colour | None = None
    stride: float = 0.44
    lift: float = 0.07
    hock: float = -0.65
    knee: float = 0.5


@dataclass(frozen=True, slots=True)
class Beast:
    """One animal: its legs, its coat, and the pieces behind, of and before its body, drawn in this order."""

    legs: Legs
    behind: Callable[[Part, Pose, Colour, Look], None]
    body: Callable[[Part, Pose, Colour, Look], None]
    front: Callable[[Part, Pose, Colour, Look], None]
    limb: Callable[[Colour], Colour] = lambda coat: coat


def draw_beast(pen: Pen, pose: Pose, look: Look, beast: Beast, coat: Colour) -> None:
    """The animal as it is at this moment: walking, running, standing, or lying when it sits."""
    legs = beast.legs
    lying = lies(pose)
    run = max(0.0, pose.pace - 1)
    drop = legs.hip - 0.40 * legs.hip if lying else 0.0
    y = _bob(pose) - drop
    pitch = 0.05 * run * math.sin(math.tau * pose.cycle + 0.8)
    body = Part(pen, 0.0, y, turn=pitch)
    limb = beast.limb(coat)
    beast.behind(body, pose, coat, look)
    for far in (True, False):
        tone = shade(limb, -0.28) if far else shade(limb, -0.04)
        if lying:
            _folded(pen, legs, tone, legs.hip - drop, far=far)
        else:
            _legs(pen, pose, legs, tone, y, far=far)
        if far:
            beast.body(body, pose, coat, look)
    beast.front(body, pose, coat, look)


def _bob(pose: Pose) -> float:
    if pose.pace:
        return (0.014 + 0.022 * max(0.0, pose.pace - 1)) * math.sin(math.tau * 2 * pose.cycle)
    return 0.007 * math.sin(pose.t * 2.1)


def _legs(pen: Pen, pose: Pose, legs: Legs, tone: Colour, y: float, *, far: bool) -> None:
    top, knee_width, foot_width = legs.thick
    run = max(0.0, pose.pace - 1)
    for front, x in ((False, legs.hind), (True, legs.fore)):
        x += 0.035 if far else 0.0
        hip = (x, legs.hip + y)
        trot = pose.cycle + (0.5 if far != front else 0.0) + (0.06 if front else 0.0)
        gallop = pose.cycle + (0.45 if front else 0.0) + (0.13 if far else 0.0)
        phase = gallop if run > 0.5 else trot
        if pose.pace:
            forward, up = step(phase, legs.stride * (1 + 0.25 * run), legs.lift * (1 + run), DUTY - 0.14 * run)
            if run > 0.5 and far:
                forward, up = forward * 0.96, up
        else:
            forward, up = (0.02 if front else -0.02) * (-1 if far else 1), 0.0
        foot: Point = (x + forward, up + foot_width * 0.42)
        ankle: Point = (foot[0] - (0.012 if front else 0.03), foot[1] + legs.hip * 0.16)
        bone = legs.hip * 0.436
        bend = joint(hip, ankle, bone, bone, legs.knee if front else legs.hock)
        pen.limb([hip, bend, ankle], [top * (0.86 if front else 1.0), knee_width, foot_width], tone)
        _foot(pen, legs, tone, ankle, foot, up, foot_width)


def _foot(pen: Pen, legs: Legs, tone: Colour, ankle: Point, foot: Point, up: float, width: float) -> None:
    colour = tone if legs.foot is None else legs.foot
    pen.limb([ankle, foot], [width, width], tone)
    if legs.kind == "hoof":
        pen.poly([(foot[0] - width * 0.5, up + width * 0.8), (foot[0] + width * 0.45, up + width * 0.8),
                  (foot[0] + width * 0.72, up), (foot[0] - width * 0.55, up)], colour, edge=0)
    elif legs.kind == "pillar":
        pen.box(foot[0] - width * 0.55, up, foot[0] + width * 0.6, up + width * 0.6, tone, round_by=width * 0.2, edge=0)
        for k in (-0.25, 0.08, 0.4):
            pen.oval(foot[0] + width * k, up + width * 0.13, width * 0.13, width * 0.13, colour)
    else:
        pen.limb([foot, (foot[0] + width * 0.7, up + width * 0.36)], [width, width * 0.78], colour)


def _folded(pen: Pen, legs: Legs, tone: Colour, y: float, *, far: bool) -> None:
    """Legs of an animal that lies down: the fore ones stretched ahead, the hind ones tucked in."""
    top, knee, foot = legs.thick
    shift = 0.06 if far else 0.0
    pen.limb([(legs.fore + shift, y), (legs.fore + 0.04 + shift, foot * 0.6), (legs.fore + 0.26 + shift, foot * 0.5)],
             [top * 0.9, knee, foot], tone)
    pen.limb([(legs.hind + shift, y * 0.9), (legs.hind + 0.20 + shift, y * 0.55)], [top * 1.1, top * 0.9], tone)
    pen.limb([(legs.hind + 0.02 + shift, foot * 0.55), (legs.hind + 0.26 + shift, foot * 0.5)], [knee, foot], tone)


def tail(part: Part, pose: Pose, root: Point, drop: float, width: float, colour: Colour, *, tuft: Colour | None = None,
         speed: float = 1.6) -> None:
    """A hanging tail that swishes, with a tuft when `tuft` is a colour."""
    sway = 0.07 * math.sin(pose.t * speed) + 0.03 * math.sin(pose.t * speed * 2.3)
    x, y = root
    drop *= 0.5 if lies(pose) else 1.0
    points = [(x, y), (x - 0.07, y - drop * 0.3), (x - 0.09 + sway * 0.5, y - drop * 0.65), (x - 0.08 + sway, y - drop)]
    part.limb(points, [width, width * 0.85, width * 0.7, width * 0.6], colour)
    if tuft:
        part.blob([(points[3][0] - 0.015, y - drop * 0.86), (points[3][0] - 0.05, y - drop * 1.1),
                   (points[3][0] - 0.005, y - drop * 1.32), (points[3][0] + 0.035, y - drop * 1.08)], tuft, edge=0)


def lies(pose: Pose) -> bool:
    """True when the animal lies on the ground, so that nothing may hang below its belly."""
    return pose.deed == "sit" and not pose.pace


def nod(pose: Pose, amount: float = 0.05) -> float:
    """How far a head is turned, in radians, as it walks or looks about."""
    if pose.pace:
        return amount * math.sin(math.tau * 2 * pose.cycle + 1.0)
    return amount * (math.sin(pose.t * 0.8) + 0.4 * math.sin(pose.t * 1.9))
