"""Animals of the farm: horse, cow, sheep, pig."""

# Coordinates read better in rows than one to a line.
# fmt: off
from __future__ import annotations

import math

from cutaway_providers.sketch.palette import NEAR_BLACK, Colour, mix
from cutaway_providers.sketch.pen import Pen, shade
from cutaway_providers.sketch.subjects.drawing import Drawing, Look, Pose
from cutaway_providers.sketch.subjects.mouth import jaw
from cutaway_providers.sketch.subjects.part import Part
from cutaway_providers.sketch.subjects.quadruped import DUTY, Beast, Legs, draw_beast, lies, nod, tail

HORN: Colour = (232, 222, 196)
PINK: Colour = (240, 176, 172)


def draw_horse(pen: Pen, pose: Pose, look: Look) -> None:
    """A horse with a flowing mane and tail; striped or with a horn when its words say zebra or unicorn."""
    coat = look.main((250, 246, 244) if look.says("unicorn") else (156, 98, 62))
    draw_beast(pen, pose, look, HORSE, coat)


def _mane(coat: Colour, look: Look) -> Colour:
    return (206, 132, 190) if look.says("unicorn") else mix(coat, NEAR_BLACK, 0.62)


def _horse_behind(part: Part, pose: Pose, coat: Colour, look: Look) -> None:
    flow = 0.05 * math.sin(pose.t * 1.7) - 0.10 * pose.pace
    lift = 0.16 if lies(pose) else 0.10 * pose.pace
    part.blob([(-0.46, 0.70), (-0.55, 0.715 + lift * 0.2), (-0.66 + flow * 0.4, 0.62 + lift * 0.6),
               (-0.72 + flow, 0.40 + lift * 1.2), (-0.70 + flow * 1.2, 0.22 + lift * 1.5),
               (-0.62 + flow * 0.8, 0.34 + lift), (-0.56 + flow * 0.4, 0.52 + lift * 0.3)], _mane(coat, look))


def _horse_body(part: Part, pose: Pose, coat: Colour, look: Look) -> None:
    part.blob([(-0.52, 0.62), (-0.47, 0.71), (-0.32, 0.735), (-0.10, 0.69), (0.14, 0.705), (0.34, 0.74), (0.46, 0.66),
               (0.46, 0.54), (0.34, 0.45), (0.08, 0.42), (-0.20, 0.44), (-0.38, 0.45), (-0.51, 0.50)], coat)
    part.blob([(0.30, 0.45), (0.08, 0.425), (-0.20, 0.445), (-0.06, 0.475), (0.18, 0.475)], shade(coat, -0.16), edge=0)
    part.blob([(-0.50, 0.60), (-0.40, 0.68), (-0.28, 0.60), (-0.30, 0.46), (-0.42, 0.43), (-0.52, 0.50)], coat, edge=0)


def _horse_front(part: Part, pose: Pose, coat: Colour, look: Look) -> None:
    sway = nod(pose, 0.045)
    hair = _mane(coat, look)
    part.blob([(0.18, 0.68), (0.34, 0.86), (0.47, 1.03), (0.60, 1.06), (0.64, 0.94), (0.55, 0.78), (0.48, 0.56),
               (0.34, 0.50)], coat, edge=0.008)
    head = Part(part.pen, *part.at(0.575, 1.0), turn=sway)
    wind = 0.02 * math.sin(pose.t * 2.6) + 0.03 * pose.pace
    part.blob([(0.55, 1.10), (0.44, 1.075), (0.33, 0.96 + wind), (0.22, 0.84 + wind), (0.13, 0.71 + wind * 0.5),
               (0.24, 0.72), (0.36, 0.84), (0.47, 0.99)], hair)
    head.poly([(-0.01, 0.05), (-0.015, 0.16), (0.055, 0.065)], shade(coat, -0.2), edge=0)
    head.blob([(-0.07, 0.05), (0.02, 0.095), (0.11, 0.065), (0.22, -0.05), (0.315, -0.145), (0.325, -0.205),
               (0.27, -0.24), (0.20, -0.21), (0.10, -0.13), (-0.02, -0.13)], coat)
    head.blob([(0.255, -0.09), (0.315, -0.145), (0.325, -0.205), (0.27, -0.24), (0.215, -0.20)],
              mix(coat, NEAR_BLACK, 0.35), edge=0)
    head.oval(0.295, -0.165, 0.012, 0.016, NEAR_BLACK)
    head.line([(0.235, -0.205), (0.275, -0.20)], 0.008, NEAR_BLACK)
    jaw(head, pose, (0.19, -0.20), (0.30, -0.225), mix(coat, NEAR_BLACK, 0.35), deep=0.08)
    head.poly([(0.02, 0.07), (0.035, 0.185), (0.095, 0.06)], coat)
    head.eye(pose, 0.105, 0.005, 0.024)
    head.blob([(-0.03, 0.10), (0.05, 0.105), (0.14, 0.05), (0.15, -0.01 + wind), (0.07, 0.045)], hair, edge=0)
    if look.says("unicorn"):
        head.poly([(0.10, 0.07), (0.26, 0.27), (0.155, 0.045)], (252, 214, 120))
    if look.crewed:
        part.blob([(-0.14, 0.70), (-0.10, 0.775), (0.0, 0.735), (0.12, 0.775), (0.14, 0.70), (0.10, 0.58),
                   (-0.06, 0.58)], (120, 58, 44))
        head.line([(0.20, -0.03), (0.17, -0.17)], 0.016, (92, 52, 40))
        part.line([(0.12, 0.80), head.at(0.19, -0.14)], 0.012, (92, 52, 40))


def draw_cow(pen: Pen, pose: Pose, look: Look) -> None:
    """A cow: broad patches, an udder, short horns; it chews."""
    draw_beast(pen, pose, look, BULL if look.says("bull", "ox", "bison", "buffalo") else COW, look.main(
        (112, 74, 54) if look.says("bull", "ox", "bison", "buffalo") else (248, 244, 238)))


def _cow_behind(part: Part, pose: Pose, coat: Colour, look: Look) -> None:
    tail(part, pose, (-0.635, 0.82), 0.46, 0.035, shade(coat, -0.18), tuft=(70, 56, 56))


def _cow_body(part: Part, pose: Pose, coat: Colour, look: Look) -> None:
    part.blob([(-0.64, 0.70), (-0.60, 0.85), (-0.44, 0.90), (-0.10, 0.875), (0.22, 0.90), (0.44, 0.89), (0.55, 0.74),
               (0.50, 0.52), (0.30, 0.40), (0.0, 0.38), (-0.30, 0.41), (-0.56, 0.46)], coat)
    patch = (72, 58, 60) if max(coat) > 200 else shade(coat, -0.3)
    part.blob([(-0.60, 0.80), (-0.44, 0.89), (-0.26, 0.86), (-0.24, 0.70), (-0.40, 0.62), (-0.54, 0.66)], patch, edge=0)
    part.blob([(-0.08, 0.86), (0.16, 0.885), (0.22, 0.72), (0.10, 0.58), (-0.06, 0.64), (-0.12, 0.76)], patch, edge=0)
    part.blob([(0.30, 0.52), (0.46, 0.56), (0.50, 0.64), (0.40, 0.66), (0.32, 0.60)], patch, edge=0)


def _udder(part: Part, pose: Pose, coat: Colour, look: Look) -> None:
    _cow_body(part, pose, coat, look)
    part.blob([(-0.36, 0.43), (-0.34, 0.34), (-0.22, 0.315), (-0.13, 0.36), (-0.12, 0.42)], PINK, edge=0)
    for x in (-0.29, -0.20):
        part.limb([(x, 0.335), (x, 0.295)], [0.03, 0.02], shade(PINK, -0.1))


def _cow_front(part: Part, pose: Pose, coat: Colour, look: Look) -> None:
    chew = 0.012 * math.sin(pose.t * 5.0)
    part.blob([(0.34, 0.88), (0.52, 0.95), (0.64, 0.88), (0.58, 0.70), (0.46, 0.60), (0.34, 0.68)], coat, edge=0.006)
    head = Part(part.pen, *part.at(0.62, 0.86), turn=nod(pose, 0.05))
    head.blob([(-0.06, 0.06), (-0.20, 0.085), (-0.22, 0.03), (-0.08, -0.01)], shade(coat, -0.2))
    head.blob([(-0.08, 0.10), (-0.10, 0.17), (-0.04, 0.225), (-0.035, 0.15), (-0.02, 0.10)], HORN)
    head.blob([(-0.08, 0.07), (0.0, 0.125), (0.12, 0.10), (0.20, 0.02), (0.27, -0.08), (0.24, -0.19), (0.12, -0.22),
               (0.0, -0.14), (-0.08, -0.04)], coat)
    head.blob([(0.16, -0.04), (0.265, -0.06), (0.285, -0.14), (0.24, -0.205 + chew), (0.13, -0.225 + chew),
               (0.11, -0.13)], PINK, edge=0)
    head.oval(0.225, -0.10, 0.014, 0.018, shade(PINK, -0.5))
    head.line([(0.16, -0.185 + chew), (0.245, -0.17 + chew)], 0.010, shade(PINK, -0.4))
    jaw(head, pose, (0.12, -0.20), (0.255, -0.19), PINK, deep=0.085)
    head.blob([(0.02, 0.10), (0.03, 0.18), (0.10, 0.225), (0.095, 0.15), (0.085, 0.09)], HORN)
    head.eye(pose, 0.085, 0.025, 0.026)
    head.blob([(0.0, 0.075), (-0.13, 0.06), (-0.16, -0.01), (-0.05, 0.0)], shade(coat, -0.12))
    head.blob([(-0.03, 0.11), (0.03, 0.14), (0.075, 0.105), (0.02, 0.07)], (88, 70, 66), edge=0)


def draw_sheep(pen: Pen, pose: Pose, look: Look) -> None:
    """A sheep: a cloud of wool on dark legs; a goat when its words say so."""
    draw_beast(pen, pose, look, SHEEP, look.main((246, 240, 228)))


def _wool(part: Part, pose: Pose, coat: Colour, look: Look) -> None:
    breath = 0.006 * math.sin(pose.t * 2.1)
    curls = [(-0.50, 0.62, 0.16), (-0.42, 0.80, 0.17), (-0.20, 0.89, 0.18), (0.05, 0.91, 0.18), (0.28, 0.84, 0.17),
             (0.38, 0.64, 0.16), (0.28, 0.47, 0.14), (0.04, 0.41, 0.15), (-0.22, 0.41, 0.15), (-0.42, 0.47, 0.15)]
    for x, y, r in curls:
        part.oval(x, y + breath, r, r, coat, edge=0.012)
    part.oval(-0.06, 0.65, 0.42, 0.30, coat)
    for x, y in ((-0.36, 0.70), (-0.12, 0.78), (0.14, 0.72), (-0.22, 0.54), (0.06, 0.54)):
        arc = [(x + 0.07 * math.cos(a), y + 0.06 * math.sin(a)) for a in (math.pi * k / 6 for k in range(7))]
        part.line(arc, 0.014, shade(coat, -0.14))


def _sheep_front(part: Part, pose: Pose, coat: Colour, look: Look) -> None:
    face = (74, 64, 68) if max(coat) > 120 else (216, 190, 170)
    head = Part(part.pen, *part.at(0.46, 0.82), turn=nod(pose, 0.06))
    head.blob([(-0.02, 0.05), (-0.17, 0.07), (-0.21, 0.0), (-0.06, -0.03)], shade(face, -0.15))
    head.blob([(-0.10, 0.08), (0.02, 0.125), (0.13, 0.07), (0.235, -0.06), (0.235, -0.15), (0.15, -0.185),
               (0.02, -0.13), (-0.08, -0.05)], face)
    head.oval(0.205, -0.085, 0.012, 0.014, shade(face, -0.5))
    head.line([(0.15, -0.145), (0.215, -0.13)], 0.010, shade(face, -0.45))
    jaw(head, pose, (0.10, -0.15), (0.225, -0.14), face, deep=0.075)
    head.oval(0.09, 0.005, 0.036, 0.038, (250, 246, 236))
    head.eye(pose, 0.095, 0.003, 0.021)
    for x, y, r in ((-0.09, 0.09, 0.075), (0.0, 0.135, 0.075), (0.075, 0.105, 0.055)):
        head.oval(x, y, r, r, coat, edge=0.008)


def draw_pig(pen: Pen, pose: Pose, look: Look) -> None:
    """A round pig with a curly tail and a snout."""
    draw_beast(pen, pose, look, PIG, look.main((244, 172, 168)))


def _pig_behind(part: Part, pose: Pose, coat: Colour, look: Look) -> None:
    wag = 0.03 * math.sin(pose.t * 6)
    curl = [(-0.62 - 0.05 * k - 0.06 * math.sin(k * 1.5), 0.68 + 0.07 * math.cos(k * 1.5) + wag * k * 0.3)
            for k in (0.0, 0.7, 1.4, 2.1, 2.8, 3.5, 4.2)]
    part.limb(curl, [0.05, 0.048, 0.046, 0.044, 0.042, 0.038, 0.03], shade(coat, -0.08), edge=0.008)


def _pig_body(part: Part, pose: Pose, coat: Colour, look: Look) -> None:
    breath = 0.008 * math.sin(pose.t * 2.1)
    part.blob([(-0.66, 0.60), (-0.60, 0.80), (-0.40, 0.92 + breath), (-0.08, 0.95 + breath), (0.26, 0.92), (0.48, 0.82),
               (0.56, 0.60), (0.48, 0.36), (0.20, 0.25), (-0.14, 0.23), (-0.44, 0.28), (-0.60, 0.42)], coat)
    part.blob([(0.40, 0.32), (0.20, 0.25), (-0.14, 0.23), (-0.44, 0.28), (-0.20, 0.32), (0.14, 0.34)],
              shade(coat, -0.12), edge=0)


def _pig_front(part: Part, pose: Pose, coat: Colour, look: Look) -> None:
    head = Part(part.pen, *part.at(0.50, 0.66), turn=nod(pose, 0.06))
    flop = 0.02 * math.sin(math.tau * 2 * pose.cycle)
    head.blob([(-0.10, 0.20), (-0.08, 0.36), (0.06, 0.28), (0.06, 0.18)], shade(coat, -0.2))
    head.blob([(-0.24, 0.02), (-0.18, 0.20), (0.0, 0.27), (0.17, 0.20), (0.24, 0.06), (0.22, -0.10), (0.08, -0.20),
               (-0.12, -0.19), (-0.22, -0.10)], coat)
    head.blob([(0.16, 0.09), (0.34, 0.10), (0.38, 0.02), (0.36, -0.07), (0.20, -0.11), (0.13, -0.02)],
              shade(coat, 0.14), edge=0.008)
    head.oval(0.345, 0.015, 0.040, 0.085, shade(coat, -0.16))
    for y in (0.045, -0.02):
        head.oval(0.348, y, 0.013, 0.018, shade(coat, -0.5))
    head.line([(0.12, -0.135), (0.20, -0.12)], 0.012, shade(coat, -0.45))
    jaw(head, pose, (0.09, -0.145), (0.24, -0.11), coat, deep=0.09)
    head.eye(pose, 0.11, 0.095, 0.024)
    head.blob([(-0.06, 0.25), (0.0, 0.38 + flop), (0.13, 0.30 + flop), (0.12, 0.17), (0.02, 0.19)], shade(coat, -0.10))
    head.oval(0.03, -0.04, 0.05, 0.035, mix(coat, (236, 110, 120), 0.35))


HORSE = Beast(Legs(-0.38, 0.30, 0.50, (0.17, 0.072, 0.05), foot=(62, 52, 52), stride=0.46, lift=0.10), _horse_behind,
              _horse_body, _horse_front)
COW = Beast(Legs(-0.47, 0.33, 0.50, (0.20, 0.10, 0.07), foot=(86, 72, 66), stride=0.36), _cow_behind, _udder,
            _cow_front,
            lambda coat: shade(coat, -0.06))
BULL = Beast(COW.legs, _cow_behind, _cow_body, _cow_front)
SHEEP = Beast(Legs(-0.30, 0.22, 0.42, (0.11, 0.08, 0.065), foot=(44, 38, 40), stride=0.30), lambda *_: None, _wool,
              _sheep_front, lambda coat: (84, 72, 76) if max(coat) > 120 else (206, 180, 160))
PIG = Beast(Legs(-0.40, 0.28, 0.34, (0.20, 0.12, 0.085), foot=(150, 96, 96), stride=0.26, lift=0.05), _pig_behind,
            _pig_body, _pig_front, lambda coat: shade(coat, -0.06))

DRAWINGS = {
    "horse": Drawing(draw_horse, 0.40, (-1.08, -0.06, 1.06, 1.42), "walker", 1.0, 0.46 / DUTY, 0.55, seat=(-0.02, 0.30),
                     rider_size=1.0),
    "cow": Drawing(draw_cow, 0.33, (-0.92, -0.06, 1.04, 1.22), "walker", 0.62, 0.36 / DUTY, 0.62),
    "sheep": Drawing(draw_sheep, 0.26, (-0.78, -0.06, 0.84, 1.18), "walker", 0.62, 0.30 / DUTY, 0.50),
    "pig": Drawing(draw_pig, 0.24, (-0.98, -0.06, 1.00, 1.18), "walker", 0.72, 0.26 / DUTY, 0.58),
}
