"""Hats and hair: what is on a head around (x, y), drawn behind it or over it."""

# Coordinates read better in rows than one to a line.
# fmt: off
from __future__ import annotations

import math
from collections.abc import Callable

from cutaway_providers.sketch.palette import NEAR_BLACK, Colour, mix
from cutaway_providers.sketch.pen import shade
from cutaway_providers.sketch.subjects.drawing import Pose
from cutaway_providers.sketch.subjects.part import Brush
from cutaway_providers.sketch.subjects.wardrobe import Dress

GOLD: Colour = (238, 192, 78)
COVERING = frozenset({"helmet", "visor", "hood"})
"""What hides the hair."""


def hair_behind(pen: Brush, pose: Pose, wear: Dress, x: float, y: float) -> None:
    """Hair that hangs behind the neck."""
    if wear.hat in COVERING:
        return
    blow, up = streaming(pose, wear)
    sway = 0.008 * math.sin(pose.t * 1.9) - 0.02 * pose.pace + blow
    if wear.style == "long":
        pen.blob([(x - 0.02, y + 0.10), (x - 0.105, y + 0.06), (x - 0.12 + sway * 0.4, y - 0.06 + up * 0.3),
                  (x - 0.13 + sway, y - 0.16 + up), (x - 0.05 + sway, y - 0.14 + up * 0.8),
                  (x + 0.02 + sway * 0.2, y - 0.03)], wear.hair)
    elif wear.style == "ponytail":
        pen.blob([(x - 0.07, y + 0.07), (x - 0.14, y + 0.07), (x - 0.19 + sway, y - 0.03 + up * 0.7),
                  (x - 0.17 + sway * 1.5, y - 0.13 + up * 1.3),
                  (x - 0.13 + sway, y - 0.06 + up * 0.8), (x - 0.09, y + 0.01)], wear.hair)
    elif wear.style == "bun":
        pen.oval(x - 0.105, y + 0.075, 0.05, 0.048, wear.hair, edge=0.008)
    elif wear.style == "bob":
        pen.blob([(x - 0.02, y + 0.10), (x - 0.11, y + 0.05), (x - 0.12, y - 0.05), (x - 0.09, y - 0.095),
                  (x - 0.01, y - 0.07)], wear.hair)


def streaming(pose: Pose, wear: Dress) -> tuple[float, float]:
    """How far the ends of loose hair or cloth are blown along and up, fluttering."""
    flutter = 1 + 0.28 * math.sin(pose.t * 9.0) + 0.14 * math.sin(pose.t * 15.1)
    # Ahead of the wind hair lies over the face; it is shown held back.
    wind = max(-1.3, min(1.3, wear.wind * (1 + 0.35 * math.sin(pose.t * 2.3))))
    return (0.085 if wind < 0 else 0.05) * wind * flutter, 0.045 * abs(wind) * flutter


def hair_over(pen: Brush, wear: Dress, x: float, y: float) -> None:
    """Hair on the crown and the side of the head."""
    if wear.hat in COVERING:
        return
    if wear.style == "bald":
        pen.blob([(x - 0.075, y + 0.02), (x - 0.095, y - 0.005), (x - 0.088, y - 0.035), (x - 0.055, y - 0.035),
                  (x - 0.05, y + 0.005)], wear.hair, edge=0)
        return
    if wear.style == "curly":
        for cx, cy, r in ((-0.085, 0.0, 0.045), (-0.095, 0.055, 0.05), (-0.055, 0.10, 0.052), (0.0, 0.115, 0.052),
                          (0.05, 0.09, 0.042), (-0.04, 0.06, 0.05)):
            pen.oval(x + cx, y + cy, r, r, wear.hair, edge=0.006)
        return
    top = 0.135 if wear.style == "quiff" else 0.105
    pen.blob([(x + 0.082, y + 0.055 + (0.03 if wear.style == "quiff" else 0)), (x + 0.04, y + top),
              (x - 0.04, y + 0.105), (x - 0.098, y + 0.05),
              (x - 0.090, y - 0.025), (x - 0.055, y - 0.03), (x - 0.045, y + 0.025),
              (x + 0.01, y + 0.06)] if wear.style != "crop" else
             [(x + 0.07, y + 0.06), (x + 0.03, y + 0.098), (x - 0.04, y + 0.098), (x - 0.09, y + 0.05),
              (x - 0.085, y + 0.0), (x - 0.06, y + 0.01), (x - 0.02, y + 0.066)],
             wear.hair)


def put_on_hat(pen: Brush, wear: Dress, x: float, y: float) -> None:
    """The hat for this dress on a head around (x, y)."""
    if wear.hat:
        HATS[wear.hat](pen, wear, x, y)


def _cap(pen: Brush, wear: Dress, x: float, y: float) -> None:
    navy = (44, 58, 96)
    pen.blob([(x - 0.105, y + 0.055), (x - 0.10, y + 0.12), (x - 0.01, y + 0.145), (x + 0.08, y + 0.115),
              (x + 0.09, y + 0.06)], navy)
    pen.blob([(x + 0.03, y + 0.075), (x + 0.10, y + 0.07), (x + 0.145, y + 0.045), (x + 0.07, y + 0.045)],
             shade(navy, -0.35), edge=0)
    pen.limb([(x - 0.098, y + 0.062), (x + 0.088, y + 0.064)], [0.026, 0.026], (226, 186, 92))


def _police(pen: Brush, wear: Dress, x: float, y: float) -> None:
    tone = shade(wear.coat, -0.15)
    pen.blob([(x - 0.115, y + 0.08), (x - 0.125, y + 0.13), (x, y + 0.165), (x + 0.125, y + 0.14),
              (x + 0.105, y + 0.075)], tone)
    pen.limb([(x - 0.10, y + 0.062), (x + 0.09, y + 0.064)], [0.034, 0.034], NEAR_BLACK)
    pen.blob([(x + 0.02, y + 0.07), (x + 0.09, y + 0.068), (x + 0.15, y + 0.035), (x + 0.07, y + 0.04)], (30, 30, 38),
             edge=0)
    pen.oval(x + 0.055, y + 0.108, 0.024, 0.026, GOLD)


def _toque(pen: Brush, wear: Dress, x: float, y: float) -> None:
    pen.blob([(x - 0.10, y + 0.14), (x - 0.13, y + 0.20), (x - 0.06, y + 0.25), (x + 0.01, y + 0.24),
              (x + 0.07, y + 0.25), (x + 0.125, y + 0.19), (x + 0.085, y + 0.13)],
             (250, 249, 244))
    pen.box(x - 0.095, y + 0.06, x + 0.085, y + 0.145, (240, 238, 230))


def _helmet(pen: Brush, wear: Dress, x: float, y: float) -> None:
    pen.oval(x + 0.005, y + 0.005, 0.145, 0.145, (238, 240, 244), edge=0.012)
    pen.blob([(x + 0.0, y + 0.085), (x + 0.09, y + 0.085), (x + 0.125, y + 0.01), (x + 0.09, y - 0.065),
              (x + 0.0, y - 0.065), (x - 0.03, y + 0.01)], (64, 92, 132), edge=0)
    pen.blob([(x + 0.02, y + 0.065), (x + 0.07, y + 0.065), (x + 0.09, y + 0.02), (x + 0.03, y + 0.03)],
             (150, 190, 222), edge=0)


def _hard(pen: Brush, wear: Dress, x: float, y: float) -> None:
    pen.blob([(x - 0.105, y + 0.055), (x - 0.085, y + 0.12), (x, y + 0.15), (x + 0.08, y + 0.115),
              (x + 0.10, y + 0.055)], (250, 206, 66))
    pen.limb([(x - 0.12, y + 0.055), (x + 0.145, y + 0.052)], [0.024, 0.02], (228, 178, 44))


def _fire(pen: Brush, wear: Dress, x: float, y: float) -> None:
    red = (206, 54, 48)
    pen.blob([(x - 0.11, y + 0.055), (x - 0.10, y + 0.13), (x - 0.02, y + 0.175), (x + 0.07, y + 0.135),
              (x + 0.10, y + 0.055)], red)
    pen.blob([(x - 0.18, y + 0.02), (x - 0.11, y + 0.07), (x + 0.05, y + 0.072), (x + 0.15, y + 0.055),
              (x + 0.05, y + 0.04), (x - 0.08, y + 0.035)], shade(red, -0.2), edge=0)
    pen.poly([(x + 0.035, y + 0.075), (x + 0.10, y + 0.075), (x + 0.07, y + 0.145)], GOLD, edge=0.006)


def _pointed(pen: Brush, wear: Dress, x: float, y: float) -> None:
    pen.blob([(x - 0.105, y + 0.055), (x - 0.075, y + 0.19), (x - 0.065, y + 0.30), (x - 0.13, y + 0.37),
              (x - 0.02, y + 0.33), (x + 0.05, y + 0.20), (x + 0.10, y + 0.055)], wear.coat)
    pen.limb([(x - 0.17, y + 0.05), (x + 0.17, y + 0.05)], [0.03, 0.03], shade(wear.coat, -0.2))
    pen.limb([(x - 0.095, y + 0.085), (x + 0.085, y + 0.085)], [0.03, 0.03], GOLD)
    pen.oval(x - 0.01, y + 0.20, 0.018, 0.018, GOLD)


def _brim(pen: Brush, wear: Dress, x: float, y: float) -> None:
    pen.blob([(x - 0.09, y + 0.06), (x - 0.07, y + 0.14), (x, y + 0.13), (x + 0.07, y + 0.14), (x + 0.085, y + 0.06)],
             (196, 152, 98))
    pen.limb([(x - 0.08, y + 0.075), (x + 0.078, y + 0.075)], [0.024, 0.024], (142, 84, 62))
    pen.limb([(x - 0.17, y + 0.06), (x, y + 0.052), (x + 0.18, y + 0.06)], [0.02, 0.03, 0.02], (178, 134, 84))


def _crown(pen: Brush, wear: Dress, x: float, y: float) -> None:
    pen.poly([(x - 0.09, y + 0.06), (x - 0.105, y + 0.17), (x - 0.05, y + 0.12), (x, y + 0.185), (x + 0.05, y + 0.12),
              (x + 0.10, y + 0.17), (x + 0.085, y + 0.06)], GOLD)
    for dx, tone in ((-0.05, (206, 62, 74)), (0.0, (92, 160, 220)), (0.05, (206, 62, 74))):
        pen.oval(x + dx, y + 0.085, 0.014, 0.014, tone)


def _visor(pen: Brush, wear: Dress, x: float, y: float) -> None:
    steel = wear.coat
    plume = (206, 58, 58)
    pen.blob([(x - 0.02, y + 0.13), (x - 0.06, y + 0.22), (x - 0.16, y + 0.20), (x - 0.20, y + 0.08),
              (x - 0.13, y + 0.13), (x - 0.06, y + 0.14)], plume)
    pen.blob([(x - 0.11, y - 0.04), (x - 0.11, y + 0.07), (x - 0.05, y + 0.135), (x + 0.05, y + 0.13),
              (x + 0.105, y + 0.06), (x + 0.125, y - 0.01), (x + 0.09, y - 0.09),
              (x - 0.07, y - 0.10)], steel)
    pen.blob([(x + 0.0, y + 0.055), (x + 0.10, y + 0.05), (x + 0.145, y - 0.015), (x + 0.09, y - 0.075),
              (x + 0.01, y - 0.06)], shade(steel, 0.2), edge=0.006)
    pen.line([(x + 0.03, y + 0.018), (x + 0.125, y + 0.008)], 0.018, NEAR_BLACK)
    for k in range(3):
        pen.oval(x + 0.06 + 0.022 * k, y - 0.035, 0.006, 0.006, NEAR_BLACK)


def _nurse(pen: Brush, wear: Dress, x: float, y: float) -> None:
    pen.poly([(x - 0.07, y + 0.08), (x - 0.09, y + 0.155), (x + 0.07, y + 0.155), (x + 0.06, y + 0.085)],
             (250, 249, 246))
    pen.box(x - 0.022, y + 0.112, x + 0.012, y + 0.124, (214, 58, 54), edge=0)
    pen.box(x - 0.011, y + 0.10, x + 0.001, y + 0.136, (214, 58, 54), edge=0)


def _bandana(pen: Brush, wear: Dress, x: float, y: float) -> None:
    red = (196, 52, 52)
    pen.blob([(x - 0.10, y + 0.03), (x - 0.095, y + 0.09), (x - 0.02, y + 0.118), (x + 0.07, y + 0.085),
              (x + 0.088, y + 0.045), (x, y + 0.06)], red)
    pen.poly([(x - 0.095, y + 0.05), (x - 0.17, y + 0.02), (x - 0.15, y - 0.03), (x - 0.09, y + 0.02)],
             shade(red, -0.2), edge=0)
    pen.oval(x + 0.052, y + 0.018, 0.020, 0.020, NEAR_BLACK)
    pen.line([(x + 0.03, y + 0.03), (x - 0.08, y + 0.05)], 0.008, NEAR_BLACK)


def _horns(pen: Brush, wear: Dress, x: float, y: float) -> None:
    for side, tone in ((1, (226, 214, 186)), (-1, (244, 234, 208))):
        pen.blob([(x + side * 0.075, y + 0.09), (x + side * 0.14, y + 0.12), (x + side * 0.155, y + 0.22),
                  (x + side * 0.105, y + 0.165), (x + side * 0.06, y + 0.13)], tone)
    pen.blob([(x - 0.10, y + 0.045), (x - 0.085, y + 0.115), (x, y + 0.145), (x + 0.08, y + 0.11),
              (x + 0.095, y + 0.045)], (150, 154, 164))
    pen.limb([(x - 0.10, y + 0.055), (x + 0.095, y + 0.055)], [0.03, 0.03], (170, 128, 72))


def _beret(pen: Brush, wear: Dress, x: float, y: float) -> None:
    pen.blob([(x - 0.13, y + 0.075), (x - 0.10, y + 0.125), (x + 0.0, y + 0.135), (x + 0.085, y + 0.095),
              (x + 0.075, y + 0.06), (x - 0.05, y + 0.07)], (178, 52, 62))
    pen.line([(x - 0.02, y + 0.13), (x - 0.01, y + 0.155)], 0.010, (178, 52, 62))


def _santa(pen: Brush, wear: Dress, x: float, y: float) -> None:
    pen.blob([(x - 0.09, y + 0.07), (x - 0.07, y + 0.18), (x - 0.13, y + 0.17), (x - 0.17, y + 0.08),
              (x - 0.15, y + 0.19), (x - 0.03, y + 0.25), (x + 0.06, y + 0.15),
              (x + 0.08, y + 0.07)], (206, 48, 50))
    pen.limb([(x - 0.095, y + 0.07), (x + 0.085, y + 0.07)], [0.042, 0.042], (250, 248, 244))
    pen.oval(x - 0.165, y + 0.07, 0.03, 0.03, (250, 248, 244))


def _band(pen: Brush, wear: Dress, x: float, y: float) -> None:
    pen.limb([(x - 0.092, y + 0.045), (x + 0.076, y + 0.05)], [0.024, 0.022], mix(wear.coat, (255, 255, 255), 0.75))


def _hood(pen: Brush, wear: Dress, x: float, y: float) -> None:
    pen.blob([(x - 0.11, y - 0.06), (x - 0.11, y + 0.06), (x - 0.04, y + 0.115), (x + 0.05, y + 0.105),
              (x + 0.09, y + 0.05), (x - 0.01, y + 0.045), (x - 0.02, y - 0.01),
              (x + 0.10, y - 0.02), (x + 0.07, y - 0.085), (x - 0.03, y - 0.10)], wear.coat)


HATS: dict[str, Callable[[Brush, Dress, float, float], None]] = {
    "cap": _cap, "police": _police, "toque": _toque, "helmet": _helmet, "hard": _hard, "fire": _fire,
    "pointed": _pointed, "brim": _brim, "crown": _crown, "visor": _visor,
    "nurse": _nurse, "bandana": _bandana, "horns": _horns, "beret": _beret, "santa": _santa, "band": _band,
    "hood": _hood,
}
