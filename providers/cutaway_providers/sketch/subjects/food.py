"""Food and what it is made with: cake, burger, pizza, teapot, kettle."""

# Coordinates read better in rows than one to a line.
# fmt: off
from __future__ import annotations

import math

from cutaway_providers.sketch.palette import PAPER, Colour, mix
from cutaway_providers.sketch.pen import Pen, shade
from cutaway_providers.sketch.subjects.drawing import Drawing, Look, Pose
from cutaway_providers.sketch.subjects.products import steam

BREAD: Colour = (222, 160, 84)


def draw_cake(pen: Pen, pose: Pose, look: Look) -> None:
    """A cake of two tiers on a stand, with icing and candles that burn; a small one for cupcake or muffin."""
    icing = look.main((240, 158, 178))
    sponge = (248, 228, 188)
    pen.box(-0.10, 0.0, 0.10, 0.12, (206, 210, 214), round_by=0.02)
    pen.box(-0.24, 0.0, 0.24, 0.035, (190, 196, 202), round_by=0.015)
    pen.box(-0.62, 0.10, 0.62, 0.15, (226, 230, 234), round_by=0.025)
    for half, low, high in ((0.50, 0.15, 0.46), (0.33, 0.46, 0.72)):
        pen.box(-half, low, half, high, sponge, round_by=0.03)
        pen.box(-half, low + (high - low) * 0.38, half, low + (high - low) * 0.52, shade(icing, -0.1), edge=0)
        drips = [(-half - 0.015, high + 0.01)]
        count = round(half * 16)
        for k in range(count + 1):
            x = -half + 2 * half * k / count
            drips.append((x, high - (0.13 if k % 2 else 0.06) * (1.0 if k % 3 else 0.75)))
        drips.append((half + 0.015, high + 0.01))
        pen.blob([*drips, (half * 0.6, high + 0.035), (-half * 0.6, high + 0.035)], icing, steps=4)
        for k in range(count):
            x = -half + half / count + 2 * half * k / count
            pen.oval(x, low + 0.02, 0.030, 0.028, mix(icing, PAPER, 0.55))
    for k in range(3):
        x = -0.18 + 0.18 * k
        pen.box(x - 0.018, 0.73, x + 0.018, 0.90, ((110, 176, 220), (246, 206, 90), (140, 200, 130))[k], edge=0.006)
        flick = 0.012 * math.sin(pose.t * 9 + k * 2.2)
        pen.blob([(x - 0.020, 0.915), (x, 0.90), (x + 0.020, 0.915), (x + flick, 0.985 + abs(flick))], (255, 190, 80),
                 lit=True, edge=0)
        pen.blob([(x - 0.009, 0.917), (x, 0.907), (x + 0.009, 0.917), (x + flick * 0.5, 0.95)], (255, 244, 190),
                 lit=True, edge=0)
        pen.glow(x, 0.94, 0.42 if look.lamps else 0.16, (255, 196, 100), 0.55)
    pen.oval(-0.27, 0.765, 0.045, 0.045, (204, 44, 54), edge=0.006)
    pen.oval(0.28, 0.765, 0.045, 0.045, (204, 44, 54), edge=0.006)


def draw_burger(pen: Pen, pose: Pose, look: Look) -> None:
    """A hamburger, layer on layer; it settles as if just put down."""
    squeeze = 0.012 * math.sin(pose.t * 2.0)
    pen.blob([(-0.58, 0.10), (-0.56, 0.02), (-0.40, 0.0), (0.40, 0.0), (0.56, 0.02), (0.58, 0.10), (0.52, 0.20),
              (-0.52, 0.20)], BREAD)
    y = 0.20 + squeeze * 0.3
    pen.blob([(-0.62, y + 0.06), (-0.56, y - 0.02), (-0.44, y + 0.03), (-0.30, y - 0.035), (-0.14, y + 0.03),
              (0.02, y - 0.035), (0.18, y + 0.03), (0.34, y - 0.03),
              (0.48, y + 0.03), (0.60, y - 0.01), (0.62, y + 0.07), (0.40, y + 0.10), (-0.40, y + 0.10)],
              (112, 176, 84))
    y += 0.085 + squeeze * 0.3
    pen.box(-0.58, y, 0.58, y + 0.15, look.main((120, 72, 52)), round_by=0.075)
    for k in range(9):
        pen.oval(-0.48 + 0.12 * k, y + 0.07 + 0.03 * (-1) ** k, 0.022, 0.016, (92, 54, 40))
    y += 0.135 + squeeze * 0.3
    pen.poly([(-0.60, y + 0.045), (0.60, y + 0.045), (0.60, y), (0.40, y), (0.26, y - 0.10), (0.12, y), (-0.18, y),
              (-0.36, y - 0.12), (-0.50, y), (-0.60, y)], (250, 196, 70))
    pen.box(-0.54, y + 0.035, -0.02, y + 0.095, (214, 66, 58), round_by=0.03, edge=0.008)
    pen.box(0.02, y + 0.035, 0.54, y + 0.095, (214, 66, 58), round_by=0.03, edge=0.008)
    y += 0.095 + squeeze
    pen.blob([(-0.60, y + 0.04), (-0.58, y + 0.16), (-0.42, y + 0.32), (-0.14, y + 0.41), (0.14, y + 0.41),
              (0.42, y + 0.32), (0.58, y + 0.16), (0.60, y + 0.04), (0.44, y),
              (-0.44, y)], BREAD)
    pen.blob([(-0.46, y + 0.18), (-0.32, y + 0.31), (-0.10, y + 0.36), (-0.20, y + 0.28), (-0.36, y + 0.18)],
             shade(BREAD, 0.25), edge=0)
    for k in range(11):
        x = -0.42 + 0.084 * k
        pen.oval(x, y + 0.20 + 0.13 * (1 - (x / 0.5) ** 2) - 0.07 * (k % 2), 0.024, 0.014, (252, 240, 208))
    for k in range(2):
        steam(pen, pose, -0.16 + 0.30 * k, y + 0.46, k)


def draw_pizza(pen: Pen, pose: Pose, look: Look) -> None:
    """A pizza seen a little from above, one slice drawn out, its cheese in threads."""
    pull = 0.09 + 0.05 * math.sin(pose.t * 1.3)
    cx, cy, rx, ry = 0.0, 0.46, 0.66, 0.32
    pen.oval(cx, cy - 0.05, rx * 1.08, ry * 1.06, (164, 116, 72), edge=0.012)

    def slice_of(a0: float, a1: float, dx: float, dy: float) -> None:
        def ring(share: float) -> list[tuple[float, float]]:
            return [(cx + dx + rx * share * math.cos(a0 + (a1 - a0) * k / 12),
                     cy + dy + ry * share * math.sin(a0 + (a1 - a0) * k / 12)) for k in range(13)]
        pen.poly([(cx + dx, cy + dy), *ring(1.0)], BREAD)
        pen.poly([(cx + dx, cy + dy), *ring(0.88)], (206, 70, 52), edge=0)
        pen.poly([(cx + dx, cy + dy), *ring(0.83)], (250, 206, 92), edge=0)
        middle = (a0 + a1) / 2
        for r, shift in ((0.36, 0.0), (0.66, 0.24), (0.64, -0.24)):
            x, y = cx + dx + rx * r * math.cos(middle + shift), cy + dy + ry * r * math.sin(middle + shift)
            pen.oval(x, y, 0.066, 0.044, (196, 60, 50), edge=0.006)
            pen.oval(x - 0.012, y + 0.008, 0.034, 0.020, (220, 96, 80))
        x, y = cx + dx + rx * 0.55 * math.cos(middle + 0.1), cy + dy + ry * 0.55 * math.sin(middle + 0.1)
        pen.blob([(x - 0.05, y), (x, y + 0.026), (x + 0.055, y + 0.006), (x, y - 0.02)], (92, 148, 72), edge=0)
    step = math.tau / 8
    for k in (2, 1, 3, 0, 4, 7, 5, 6):
        a0 = -math.pi / 2 - step / 2 + step * k
        out = pull if k == 0 else 0.0
        if k == 0:
            for j in (-1, 0, 1):
                pen.line([(cx + 0.12 * j, cy - 0.05), (cx + 0.10 * j, cy - 0.05 - pull)], 0.022, (252, 222, 130))
        slice_of(a0 + 0.012, a0 + step - 0.012, 0.0, -out)
    for k in range(3):
        steam(pen, pose, -0.30 + 0.28 * k, 0.74, k)


def draw_teapot(pen: Pen, pose: Pose, look: Look) -> None:
    """A round teapot with a lid that rattles now and then."""
    glaze = look.main((88, 148, 160))
    rattle = 0.012 * max(0.0, math.sin(pose.t * 2.3)) * math.sin(pose.t * 40)
    steam(pen, pose, 0.72, 0.76, 0)
    steam(pen, pose, 0.78, 0.80, 1)
    pen.limb([(-0.42, 0.56), (-0.66, 0.62), (-0.76, 0.44), (-0.66, 0.24), (-0.42, 0.20)],
             [0.07, 0.075, 0.075, 0.07, 0.06], shade(glaze, -0.16), edge=0.012)
    pen.blob([(0.38, 0.20), (0.60, 0.28), (0.66, 0.52), (0.78, 0.70), (0.68, 0.74), (0.54, 0.60), (0.42, 0.46)],
             shade(glaze, -0.08))
    pen.blob([(-0.22, 0.02), (-0.46, 0.18), (-0.52, 0.38), (-0.40, 0.60), (-0.16, 0.72), (0.16, 0.72), (0.40, 0.60),
              (0.52, 0.38), (0.46, 0.18), (0.22, 0.02), (0.0, 0.0)], glaze)
    pen.blob([(-0.52, 0.40), (-0.46, 0.30), (0.0, 0.26), (0.46, 0.30), (0.52, 0.40), (0.48, 0.48), (0.0, 0.43),
              (-0.48, 0.48)], mix(glaze, PAPER, 0.78), edge=0)
    for k in range(7):
        x = -0.36 + 0.12 * k
        pen.oval(x, 0.36 + 0.012 * abs(k - 3), 0.030, 0.034, (214, 96, 76))
        pen.oval(x, 0.36 + 0.012 * abs(k - 3), 0.012, 0.013, (250, 210, 110))
    pen.blob([(-0.36, 0.52), (-0.26, 0.62), (-0.10, 0.66), (-0.22, 0.58)], shade(glaze, 0.4), edge=0)
    pen.blob([(-0.20, 0.70 + rattle), (-0.14, 0.79 + rattle), (0.0, 0.82 + rattle), (0.14, 0.79 + rattle),
              (0.20, 0.70 + rattle), (0.0, 0.685 + rattle)], shade(glaze, -0.1))
    pen.oval(0.0, 0.86 + rattle, 0.055, 0.05, (226, 186, 92), edge=0.008)
    pen.box(-0.24, 0.0, 0.24, 0.035, shade(glaze, -0.25), round_by=0.015, edge=0)


def draw_kettle(pen: Pen, pose: Pose, look: Look) -> None:
    """A whistling kettle with a bowed handle; steam leaves its spout."""
    metal = look.main((206, 82, 70))
    shake = 0.005 * math.sin(pose.t * 26) * max(0.0, math.sin(pose.t * 0.9))
    for k in range(3):
        steam(pen, pose, 0.62 + 0.05 * k, 0.62, k)
    bow = [math.pi * (0.06 + 0.88 * k / 12) for k in range(13)]
    arc = [(0.36 * math.cos(a) + shake, 0.56 + 0.40 * math.sin(a)) for a in bow]
    pen.limb(arc, [0.05] * 13, (62, 58, 66), edge=0.01)
    pen.limb(arc[4:9], [0.085] * 5, (128, 88, 62))
    pen.poly([(0.36, 0.34), (0.66, 0.58), (0.60, 0.64), (0.30, 0.50)], shade(metal, -0.12))
    pen.box(-0.50, 0.0, 0.50, 0.06, shade(metal, -0.4), round_by=0.03)
    pen.blob([(-0.50, 0.05), (-0.54, 0.16), (-0.46, 0.38), (-0.28, 0.56), (0.0, 0.61), (0.28, 0.56), (0.46, 0.38),
              (0.54, 0.16), (0.50, 0.05), (0.0, 0.035)], metal)
    pen.blob([(0.50, 0.06), (0.53, 0.16), (0.45, 0.38), (0.28, 0.555), (0.20, 0.56), (0.32, 0.38), (0.38, 0.18),
              (0.34, 0.05)], shade(metal, -0.16), edge=0)
    pen.blob([(-0.42, 0.18), (-0.36, 0.36), (-0.24, 0.48), (-0.30, 0.34), (-0.33, 0.18)], shade(metal, 0.45), edge=0)
    pen.blob([(-0.20, 0.575), (-0.12, 0.635), (0.0, 0.65), (0.12, 0.635), (0.20, 0.575), (0.0, 0.56)],
             shade(metal, -0.1))
    pen.oval(0.0, 0.685, 0.05, 0.045, (62, 58, 66), edge=0.008)


DRAWINGS = {
    "cake": Drawing(draw_cake, 0.34, (-0.74, -0.05, 0.74, 1.12), "thing", shadow=0.50),
    "burger": Drawing(draw_burger, 0.30, (-0.76, -0.05, 0.76, 1.62), "thing", shadow=0.60, beside=0.35),
    "pizza": Drawing(draw_pizza, 0.30, (-0.86, -0.06, 0.86, 1.38), "thing", shadow=0.0, beside=0.4),
    "teapot": Drawing(draw_teapot, 0.28, (-0.90, -0.05, 1.02, 1.36), "thing", shadow=0.46, beside=0.4),
    "kettle": Drawing(draw_kettle, 0.30, (-0.66, -0.05, 0.98, 1.20), "thing", shadow=0.52, beside=0.4),
}
