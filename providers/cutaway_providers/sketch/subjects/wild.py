"""Animals of the wild: wolf, lion, bear, deer, elephant."""

# Coordinates read better in rows than one to a line.
# fmt: off
from __future__ import annotations

import math

from cutaway_providers.sketch.palette import NEAR_BLACK, Colour, mix
from cutaway_providers.sketch.pen import Pen, shade
from cutaway_providers.sketch.subjects.drawing import Drawing, Look, Pose
from cutaway_providers.sketch.subjects.mouth import jaw, lips
from cutaway_providers.sketch.subjects.part import Part
from cutaway_providers.sketch.subjects.quadruped import DUTY, Beast, Legs, draw_beast, lies, nod, tail

IVORY: Colour = (248, 240, 220)


def draw_wolf(pen: Pen, pose: Pose, look: Look) -> None:
    """A wolf: long legs, a deep ruffed chest, a low brush, amber eyes."""
    draw_beast(pen, pose, look, WOLF, look.main((126, 134, 148)))


def _wolf_behind(part: Part, pose: Pose, coat: Colour, look: Look) -> None:
    sway = 0.05 * math.sin(math.tau * pose.cycle if pose.pace else pose.t * 1.1)
    lift = 0.10 if lies(pose) else 0.16 * max(0.0, pose.pace - 0.5)
    part.blob([(-0.50, 0.64), (-0.62, 0.62 + lift * 0.3), (-0.78 + sway * 0.3, 0.46 + lift),
               (-0.92, 0.28 + lift * 1.5 + sway),
               (-0.84, 0.26 + lift * 1.4 + sway), (-0.68, 0.36 + lift * 0.8), (-0.52, 0.52)], shade(coat, -0.08))
    part.blob([(-0.82, 0.40 + lift * 1.2 + sway * 0.7), (-0.92, 0.28 + lift * 1.5 + sway),
               (-0.84, 0.26 + lift * 1.4 + sway), (-0.75, 0.33 + lift)], mix(coat, NEAR_BLACK, 0.5), edge=0)


def _wolf_body(part: Part, pose: Pose, coat: Colour, look: Look) -> None:
    pale = mix(coat, (255, 252, 246), 0.62)
    part.blob([(-0.56, 0.60), (-0.46, 0.69), (-0.24, 0.685), (0.0, 0.68), (0.22, 0.74), (0.42, 0.74), (0.50, 0.60),
               (0.44, 0.42), (0.28, 0.34), (0.04, 0.38), (-0.22, 0.44), (-0.42, 0.42), (-0.55, 0.48)], coat)
    part.blob([(-0.52, 0.645), (-0.44, 0.69), (-0.20, 0.685), (0.08, 0.69), (0.26, 0.735), (0.34, 0.70), (0.10, 0.62),
               (-0.20, 0.62), (-0.40, 0.60)], mix(coat, NEAR_BLACK, 0.36), edge=0)
    part.blob([(0.50, 0.62), (0.45, 0.44), (0.28, 0.345), (0.10, 0.37), (0.26, 0.44), (0.36, 0.54)], pale, edge=0)


def _wolf_front(part: Part, pose: Pose, coat: Colour, look: Look) -> None:
    pale = mix(coat, (255, 252, 246), 0.72)
    dark = mix(coat, NEAR_BLACK, 0.4)
    part.blob([(0.20, 0.74), (0.34, 0.86), (0.48, 0.90), (0.60, 0.80), (0.58, 0.64), (0.50, 0.50), (0.38, 0.52),
               (0.26, 0.62)], coat, edge=0.006)
    head = Part(part.pen, *part.at(0.54, 0.82), turn=nod(pose, 0.05) + (0.55 if look.says("howls", "howling") else 0))
    head.poly([(-0.09, 0.08), (-0.05, 0.235), (0.05, 0.11)], shade(dark, -0.1), edge=0)
    head.poly([(-0.17, -0.02), (-0.26, -0.08), (-0.16, -0.09), (-0.19, -0.17), (-0.07, -0.12), (0.0, -0.03)], pale,
              edge=0)
    head.blob([(-0.15, 0.0), (-0.10, 0.10), (0.02, 0.135), (0.13, 0.10), (0.21, 0.04), (0.37, 0.0), (0.395, -0.04),
               (0.36, -0.085), (0.20, -0.105), (0.06, -0.12), (-0.09, -0.10)], coat)
    head.blob([(0.0, -0.03), (0.14, -0.012), (0.28, -0.035), (0.375, -0.06), (0.35, -0.09), (0.20, -0.105),
               (0.04, -0.12)], pale, edge=0)
    head.line([(0.20, -0.082), (0.355, -0.068)], 0.008, dark)
    jaw(head, pose, (0.16, -0.092), (0.365, -0.078), pale, deep=0.08)
    head.poly([(-0.02, 0.09), (0.04, 0.26), (0.13, 0.09)], coat)
    head.poly([(0.02, 0.10), (0.045, 0.20), (0.09, 0.10)], dark, edge=0)
    head.oval(0.385, -0.018, 0.026, 0.024, NEAR_BLACK)
    head.eye(pose, 0.145, 0.042, 0.017, (238, 190, 84))
    head.line([(0.10, 0.075), (0.175, 0.062)], 0.012, dark)


def draw_lion(pen: Pen, pose: Pose, look: Look) -> None:
    """A lion with a full mane; a lioness without, a tiger with stripes."""
    tiger = look.says("tiger")
    coat = look.main((236, 142, 58) if tiger else (222, 168, 92))
    draw_beast(pen, pose, look, LION, coat)


def _maned(look: Look) -> bool:
    return not look.says("lioness", "tiger", "leopard", "cheetah", "panther", "puma", "cougar", "jaguar", "cub")


def _lion_behind(part: Part, pose: Pose, coat: Colour, look: Look) -> None:
    sway = 0.08 * math.sin(pose.t * 1.5)
    points = [(-0.54, 0.62), (-0.70, 0.52), (-0.82, 0.42), (-0.92, 0.44 + sway * 0.4), (-0.99, 0.55 + sway)]
    part.limb(points, [0.07, 0.06, 0.052, 0.048, 0.04], shade(coat, -0.08), edge=0.008)
    x, y = points[-1]
    if _maned(look):
        part.blob([(x - 0.05, y - 0.03), (x - 0.07, y + 0.08), (x + 0.01, y + 0.15), (x + 0.06, y + 0.06),
                   (x + 0.03, y - 0.03)], (128, 74, 44))


def _lion_body(part: Part, pose: Pose, coat: Colour, look: Look) -> None:
    part.blob([(-0.60, 0.56), (-0.54, 0.68), (-0.38, 0.70), (-0.10, 0.66), (0.16, 0.70), (0.36, 0.72), (0.46, 0.58),
               (0.42, 0.42), (0.24, 0.34), (-0.04, 0.36), (-0.30, 0.39), (-0.52, 0.42)], coat)
    part.blob([(0.36, 0.40), (0.24, 0.34), (-0.04, 0.36), (-0.30, 0.39), (-0.06, 0.42), (0.20, 0.42)],
              mix(coat, (255, 246, 226), 0.6), edge=0)
    if look.says("tiger"):
        for x in (-0.50, -0.38, -0.25, -0.12, 0.02, 0.16):
            part.poly([(x - 0.03, 0.69), (x + 0.035, 0.69), (x + 0.015, 0.50), (x - 0.01, 0.50)], (60, 46, 48), edge=0)
    elif look.says("leopard", "cheetah", "jaguar"):
        for k in range(14):
            part.oval(-0.50 + 0.065 * k, 0.52 + 0.07 * math.sin(k * 2.4), 0.024, 0.022, (92, 62, 44))


def _lion_front(part: Part, pose: Pose, coat: Colour, look: Look) -> None:
    turn = nod(pose, 0.04)
    head = Part(part.pen, *part.at(0.50, 0.80), turn=turn, size=1.08)
    mane = (140, 82, 48)
    if _maned(look):
        wind = 0.012 * math.sin(pose.t * 2.2)
        outer = [(0.31 * math.cos(a) * (1 + 0.07 * (k % 2)) - 0.05 + wind * (k % 3),
                  0.34 * math.sin(a) * (1 + 0.07 * (k % 2)) - 0.03)
                 for k, a in enumerate(math.tau * i / 22 for i in range(22))]
        head.blob(outer, mane, steps=3)
        inner = [(x * 0.78 + 0.01, y * 0.78) for x, y in outer]
        head.blob(inner, shade(mane, 0.14), edge=0, steps=3)
    else:
        part.limb([(0.32, 0.60), (0.46, 0.76)], [0.32, 0.24], coat)
    for x in (-0.06, 0.11):
        head.oval(x, 0.175, 0.058, 0.058, shade(coat, -0.1), edge=0.008)
        head.oval(x + 0.005, 0.17, 0.030, 0.030, mix(coat, (110, 60, 50), 0.5))
    head.blob([(-0.13, 0.03), (-0.10, 0.15), (0.03, 0.20), (0.16, 0.15), (0.215, 0.04), (0.24, -0.05), (0.18, -0.15),
               (0.04, -0.19), (-0.09, -0.12)], coat, edge=0.008)
    head.blob([(0.07, -0.02), (0.20, -0.01), (0.25, -0.06), (0.22, -0.14), (0.10, -0.18), (0.03, -0.11)],
              mix(coat, (255, 248, 232), 0.72), edge=0)
    head.poly([(0.13, 0.012), (0.235, 0.012), (0.20, -0.045), (0.175, -0.05)], (96, 56, 52), edge=0)
    head.line([(0.185, -0.045), (0.18, -0.09), (0.13, -0.105)], 0.010, (96, 56, 52))
    lips(head, pose, 0.165, -0.125, 0.045)
    for x in (0.055, 0.165):
        head.eye(pose, x, 0.075, 0.018, (244, 206, 110))
    if look.says("tiger"):
        for x, lean in ((-0.02, -0.02), (0.04, 0.0), (0.10, 0.02)):
            head.poly([(x, 0.185), (x + 0.03, 0.185), (x + 0.015 + lean, 0.12)], (60, 46, 48), edge=0)
        for y in (0.02, -0.04, -0.10):
            head.poly([(-0.12, y + 0.015), (-0.12, y - 0.015), (-0.03, y)], (60, 46, 48), edge=0)


def draw_bear(pen: Pen, pose: Pose, look: Look) -> None:
    """A bear: humped, heavy, short-eared; white for polar, with patches for panda."""
    coat = look.main((246, 244, 238) if look.says("polar", "panda") else (118, 78, 54))
    draw_beast(pen, pose, look, PANDA if look.says("panda") else BEAR, coat)


def _bear_behind(part: Part, pose: Pose, coat: Colour, look: Look) -> None:
    part.oval(-0.66, 0.66, 0.07, 0.06, shade(coat, -0.1), edge=0.008)


def _bear_body(part: Part, pose: Pose, coat: Colour, look: Look) -> None:
    breath = 0.008 * math.sin(pose.t * 1.8)
    part.blob([(-0.68, 0.56), (-0.64, 0.74), (-0.46, 0.86), (-0.16, 0.86 + breath), (0.12, 0.92 + breath), (0.34, 0.92),
               (0.50, 0.78), (0.54, 0.56), (0.42, 0.34), (0.16, 0.27), (-0.18, 0.28), (-0.48, 0.29), (-0.66, 0.40)],
               coat)
    part.blob([(0.34, 0.31), (0.16, 0.27), (-0.18, 0.28), (-0.46, 0.29), (-0.20, 0.36), (0.12, 0.36)],
              shade(coat, -0.2), edge=0)
    if look.says("panda"):
        part.blob([(0.14, 0.92), (0.36, 0.92), (0.50, 0.78), (0.52, 0.52), (0.38, 0.33), (0.20, 0.28), (0.12, 0.54)],
                  (54, 50, 58), edge=0)


def _bear_front(part: Part, pose: Pose, coat: Colour, look: Look) -> None:
    panda = look.says("panda")
    part.limb([(0.34, 0.68), (0.56, 0.72)], [0.44, 0.34], (54, 50, 58) if panda else coat)
    head = Part(part.pen, *part.at(0.62, 0.74), turn=nod(pose, 0.06))
    ear = (54, 50, 58) if panda else shade(coat, -0.08)
    for x in (-0.10, 0.08):
        head.oval(x, 0.185, 0.065, 0.065, ear, edge=0.008)
        head.oval(x + 0.005, 0.18, 0.034, 0.034, shade(ear, -0.25))
    head.blob([(-0.19, 0.03), (-0.15, 0.16), (0.0, 0.215), (0.14, 0.16), (0.21, 0.06), (0.33, 0.01), (0.35, -0.06),
               (0.30, -0.12), (0.16, -0.16), (0.0, -0.17), (-0.14, -0.10)], coat)
    head.blob([(0.17, 0.03), (0.32, 0.015), (0.355, -0.05), (0.30, -0.12), (0.15, -0.14), (0.11, -0.05)],
              mix(coat, (255, 244, 226), 0.4), edge=0)
    head.blob([(0.285, 0.025), (0.35, 0.012), (0.365, -0.03), (0.32, -0.05), (0.285, -0.02)], NEAR_BLACK, edge=0)
    head.line([(0.19, -0.10), (0.30, -0.085)], 0.010, shade(coat, -0.55))
    jaw(head, pose, (0.15, -0.115), (0.32, -0.10), mix(coat, (255, 244, 226), 0.4), deep=0.09)
    if panda:
        head.blob([(0.03, 0.10), (0.11, 0.115), (0.14, 0.05), (0.08, -0.005), (0.02, 0.03)], (54, 50, 58), edge=0)
    head.eye(pose, 0.095, 0.07, 0.020, (226, 214, 200) if panda else None)


def draw_deer(pen: Pen, pose: Pose, look: Look) -> None:
    """A deer: slender, spotted, with antlers unless its words say doe or fawn; a giraffe it is not."""
    draw_beast(pen, pose, look, DEER, look.main((184, 122, 74)))


def _deer_behind(part: Part, pose: Pose, coat: Colour, look: Look) -> None:
    flick = 0.03 * max(0.0, math.sin(pose.t * 3.1)) ** 4
    part.blob([(-0.44, 0.62), (-0.54, 0.60 + flick), (-0.56, 0.50 + flick), (-0.48, 0.50), (-0.42, 0.54)],
              (252, 246, 236))


def _deer_body(part: Part, pose: Pose, coat: Colour, look: Look) -> None:
    part.blob([(-0.48, 0.54), (-0.42, 0.63), (-0.26, 0.65), (-0.04, 0.62), (0.16, 0.635), (0.34, 0.66), (0.42, 0.57),
               (0.38, 0.46), (0.22, 0.41), (0.0, 0.42), (-0.22, 0.45), (-0.40, 0.44)], coat)
    part.blob([(0.36, 0.46), (0.22, 0.41), (0.0, 0.42), (-0.22, 0.45), (0.0, 0.465), (0.20, 0.465)],
              mix(coat, (255, 248, 236), 0.62), edge=0)
    for x, y in ((-0.34, 0.585), (-0.24, 0.60), (-0.14, 0.575), (-0.29, 0.535), (-0.04, 0.585), (-0.17, 0.53)):
        part.oval(x, y, 0.017, 0.014, mix(coat, (255, 248, 236), 0.7))


def _deer_front(part: Part, pose: Pose, coat: Colour, look: Look) -> None:
    pale = mix(coat, (255, 248, 236), 0.66)
    part.blob([(0.20, 0.64), (0.34, 0.76), (0.42, 0.88), (0.52, 0.88), (0.52, 0.74), (0.46, 0.58), (0.36, 0.50)], coat,
              edge=0.006)
    part.blob([(0.50, 0.80), (0.52, 0.72), (0.455, 0.56), (0.40, 0.54), (0.44, 0.66)], pale, edge=0)
    head = Part(part.pen, *part.at(0.46, 0.88), turn=nod(pose, 0.05))
    if not look.says("doe", "fawn", "bambi"):
        bone = (214, 188, 148)
        for dx, tone in ((-0.03, shade(bone, -0.25)), (0.02, bone)):
            head.limb([(dx, 0.06), (dx - 0.07, 0.20), (dx - 0.06, 0.34), (dx - 0.02, 0.44)],
                      [0.030, 0.026, 0.022, 0.012], tone)
            head.limb([(dx - 0.055, 0.16), (dx + 0.06, 0.25), (dx + 0.08, 0.33)], [0.024, 0.018, 0.010], tone)
            head.limb([(dx - 0.07, 0.25), (dx - 0.17, 0.33), (dx - 0.18, 0.41)], [0.022, 0.018, 0.010], tone)
            head.limb([(dx - 0.06, 0.33), (dx + 0.03, 0.38)], [0.018, 0.010], tone)
    twitch = 0.03 * max(0.0, math.sin(pose.t * 2.7)) ** 6
    head.blob([(-0.02, 0.05), (-0.13, 0.12 + twitch), (-0.20, 0.09 + twitch), (-0.10, 0.02)], shade(coat, -0.15))
    head.blob([(-0.07, 0.01), (-0.03, 0.08), (0.06, 0.085), (0.14, 0.03), (0.24, -0.045), (0.245, -0.085),
               (0.20, -0.11), (0.10, -0.095), (0.0, -0.08)], coat)
    head.blob([(0.06, -0.055), (0.16, -0.06), (0.235, -0.08), (0.20, -0.11), (0.10, -0.095)], pale, edge=0)
    jaw(head, pose, (0.11, -0.095), (0.235, -0.095), pale, deep=0.065)
    head.oval(0.238, -0.058, 0.022, 0.020, NEAR_BLACK)
    head.eye(pose, 0.085, 0.025, 0.021)
    head.blob([(0.0, 0.06), (-0.08, 0.15 + twitch), (-0.16, 0.155 + twitch), (-0.08, 0.05)], coat)


def draw_elephant(pen: Pen, pose: Pose, look: Look) -> None:
    """An elephant: pillar legs, a swinging trunk, flapping ears, tusks."""
    draw_beast(pen, pose, look, ELEPHANT, look.main((138, 144, 156)))


def _elephant_behind(part: Part, pose: Pose, coat: Colour, look: Look) -> None:
    tail(part, pose, (-0.655, 0.74), 0.36, 0.04, shade(coat, -0.15), tuft=(70, 66, 74))


def _elephant_body(part: Part, pose: Pose, coat: Colour, look: Look) -> None:
    part.blob([(-0.66, 0.60), (-0.62, 0.78), (-0.44, 0.90), (-0.14, 0.95), (0.16, 0.94), (0.36, 0.86), (0.44, 0.66),
               (0.38, 0.44), (0.14, 0.34), (-0.20, 0.34), (-0.50, 0.38), (-0.64, 0.46)], coat)
    part.blob([(0.30, 0.40), (0.14, 0.34), (-0.20, 0.34), (-0.48, 0.38), (-0.20, 0.42), (0.12, 0.42)],
              shade(coat, -0.16), edge=0)


def _elephant_front(part: Part, pose: Pose, coat: Colour, look: Look) -> None:
    head = Part(part.pen, *part.at(0.46, 0.80), turn=nod(pose, 0.03))
    swing = math.sin(math.tau * pose.cycle if pose.pace else pose.t * 1.1)
    raised = pose.deed == "wave"
    trunk = [(0.20, 0.02), (0.32, -0.12), (0.36 + 0.02 * swing, -0.32), (0.36 + 0.06 * swing, -0.50),
             (0.42 + 0.09 * swing, -0.64), (0.50 + 0.10 * swing, -0.66)]
    if lies(pose):
        trunk = [(x, max(y, -0.38)) for x, y in trunk]
    if raised:
        trunk = [(0.20, 0.02), (0.36, -0.06), (0.48, 0.04), (0.52, 0.20), (0.48 + 0.04 * swing, 0.34), (0.52, 0.40)]
    head.limb(trunk, [0.26, 0.20, 0.15, 0.12, 0.10, 0.08], coat, edge=0.012)
    for k in range(1, 4):
        x, y = trunk[k]
        head.line([(x - 0.06, y - 0.015), (x + 0.055, y + 0.015)], 0.010, shade(coat, -0.22))
    head.blob([(-0.20, 0.06), (-0.10, 0.22), (0.06, 0.27), (0.22, 0.20), (0.30, 0.04), (0.26, -0.14), (0.10, -0.24),
               (-0.10, -0.20)], coat)
    jaw(head, pose, (0.04, -0.20), (0.20, -0.24), coat, deep=0.12)
    head.blob([(0.18, -0.12), (0.30, -0.22), (0.44, -0.22), (0.50, -0.16), (0.36, -0.29), (0.22, -0.27)], IVORY)
    head.eye(pose, 0.175, 0.055, 0.022)
    head.line([(0.14, 0.10), (0.21, 0.095)], 0.010, shade(coat, -0.25))
    flap = 0.05 * math.sin(pose.t * 1.7)
    head.blob([(0.05, 0.16), (-0.06, 0.25), (-0.24 - flap, 0.22), (-0.36 - flap, 0.04), (-0.30 - flap, -0.18),
               (-0.16 - flap * 0.5, -0.30), (-0.04, -0.20), (0.04, -0.02)], shade(coat, -0.12))
    head.blob([(0.0, 0.12), (-0.08, 0.18), (-0.22 - flap, 0.15), (-0.30 - flap, 0.02), (-0.25 - flap, -0.14),
               (-0.15 - flap * 0.5, -0.22), (-0.06, -0.12)], mix(coat, (226, 170, 170), 0.35), edge=0)


WOLF = Beast(Legs(-0.42, 0.30, 0.48, (0.19, 0.085, 0.066), kind="paw", stride=0.46, lift=0.07), _wolf_behind,
             _wolf_body,
             _wolf_front, lambda coat: mix(coat, (255, 252, 246), 0.3))
LION = Beast(Legs(-0.44, 0.30, 0.46, (0.22, 0.11, 0.09), kind="paw", stride=0.40), _lion_behind, _lion_body,
             _lion_front)
BEAR = Beast(Legs(-0.46, 0.30, 0.42, (0.28, 0.18, 0.14), kind="paw", stride=0.34, lift=0.05), _bear_behind, _bear_body,
             _bear_front, lambda coat: shade(coat, -0.08))
PANDA = Beast(BEAR.legs, _bear_behind, _bear_body, _bear_front, lambda coat: (54, 50, 58))
DEER = Beast(Legs(-0.36, 0.28, 0.48, (0.14, 0.056, 0.038), foot=(62, 50, 48), stride=0.42, lift=0.10), _deer_behind,
             _deer_body, _deer_front)
ELEPHANT = Beast(Legs(-0.46, 0.26, 0.48, (0.26, 0.19, 0.17), kind="pillar", foot=(226, 222, 214), stride=0.28,
                      lift=0.04),
                 _elephant_behind, _elephant_body, _elephant_front, lambda coat: shade(coat, -0.05))

DRAWINGS = {
    "wolf": Drawing(draw_wolf, 0.31, (-1.06, -0.06, 1.05, 1.26), "walker", 1.15, 0.46 / DUTY, 0.58),
    "lion": Drawing(draw_lion, 0.33, (-1.20, -0.06, 0.98, 1.30), "walker", 0.9, 0.40 / DUTY, 0.60),
    "bear": Drawing(draw_bear, 0.35, (-0.90, -0.06, 1.12, 1.14), "walker", 0.62, 0.34 / DUTY, 0.64),
    "deer": Drawing(draw_deer, 0.40, (-0.76, -0.06, 0.86, 1.48), "walker", 0.95, 0.42 / DUTY, 0.46),
    "elephant": Drawing(draw_elephant, 0.46, (-0.94, -0.06, 1.20, 1.40), "walker", 0.42, 0.28 / DUTY, 0.64),
}
