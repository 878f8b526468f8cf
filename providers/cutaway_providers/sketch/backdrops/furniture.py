"""Furniture for rooms: pictures, book shelves, a kitchen stove, a side table."""

# Coordinates read better in rows than one to a line.
# fmt: off
from __future__ import annotations

from cutaway_providers.sketch.palette import Colour, times
from cutaway_providers.sketch.sheet import Sheet
from cutaway_providers.sketch.stage import Stage


def indoor(stage: Stage, colour: Colour) -> Colour:
    """A local colour by lamplight or daylight: rooms stay readable at night."""
    tint = {"dawn": (1.0, 0.92, 0.88), "day": (1.0, 1.0, 0.98), "dusk": (0.88, 0.68, 0.62), "night": (0.58, 0.50, 0.54)}
    return times(colour, tint[stage.hour.name])


def paint_picture(stage: Stage, sheet: Sheet, x: float, y: float, i: int) -> None:
    """A framed picture around (x, y)."""
    w, h = 0.075 * stage.unit, 0.10 * stage.unit
    sheet.rect(x - w - 5, y - h - 5, x + w + 5, y + h + 5, indoor(stage, (134, 96, 70)))
    sheet.rect(x - w, y - h, x + w, y + h, indoor(stage, ((188, 214, 220), (236, 206, 160), (206, 190, 214),
                                                          (190, 212, 178))[i % 4]))
    if i % 2:
        sheet.oval(x, y, w * 0.5, w * 0.5, indoor(stage, (222, 120, 84)))
    else:
        sheet.poly([(x - w, y + h), (x - w * 0.3, y - h * 0.2), (x + w * 0.3, y + h * 0.5), (x + w * 0.6, y + h * 0.1),
                    (x + w, y + h)],
                   indoor(stage, (96, 132, 120)))


def paint_shelf(stage: Stage, sheet: Sheet, x: float, foot: float, unit: float, wood: Colour) -> None:
    """A shelf of books."""
    chance = stage.random("books")
    w, high = 0.17 * unit, 0.40 * unit
    sheet.rect(x - w, foot - high, x + w, foot, times(wood, 0.72))
    for k in range(3):
        y = foot - high * (0.04 + 0.32 * k)
        sheet.rect(x - w, y - 4, x + w, y + 3, wood)
        at = x - w + 8
        while at < x + w - 16:
            thick = (0.010 + 0.012 * chance.random()) * unit
            tall = high * (0.17 + 0.09 * chance.random())
            tone = indoor(stage, chance.choice(((190, 84, 72), (86, 128, 142), (214, 176, 96), (112, 134, 92),
                                                (232, 222, 204), (116, 92, 128))))
            if chance.random() < 0.86:
                sheet.rect(at, y - 4 - tall, at + thick, y - 4, tone)
            at += thick + 1.5
    for side in (-1, 1):
        sheet.rect(x + side * w - 4, foot - high - 4, x + side * w + 4, foot, wood)
    sheet.rect(x - w - 7, foot - high - 6, x + w + 7, foot - high + 2, wood)


def paint_stove(stage: Stage, sheet: Sheet, x: float, foot: float, unit: float) -> None:
    """A counter with an oven, a kettle and jars on a shelf above."""
    front = indoor(stage, (112, 152, 150))
    top = indoor(stage, (236, 226, 208))
    iron = indoor(stage, (72, 72, 82))
    w, high = 0.25 * unit, 0.19 * unit
    sheet.rect(x - w, foot - high, x + w * 0.72, foot, front)
    for fx in (-0.96, -0.52, -0.08):
        sheet.rect(x + fx * w, foot - high * 0.86, x + (fx + 0.38) * w, foot - high * 0.10, times(front, 0.90))
        sheet.rect(x + (fx + 0.16) * w, foot - high * 0.76, x + (fx + 0.24) * w, foot - high * 0.72, top)
    sheet.rect(x - 0.08 * w, foot - high * 0.88, x + w * 0.68, foot - high * 0.06, iron)
    warm = (255, 176, 88) if stage.hour.lamps else indoor(stage, (150, 110, 90))
    sheet.rect(x + 0.02 * w, foot - high * 0.62, x + w * 0.58, foot - high * 0.20, warm)
    sheet.rect(x - w * 1.03, foot - high - 7, x + w * 0.76, foot - high + 1, top)
    kettle = indoor(stage, (206, 96, 80))
    kx, ky, r = x + 0.30 * w, foot - high - 6, 0.032 * unit
    sheet.blob([(kx - r, ky), (kx - r * 0.9, ky - r), (kx, ky - r * 1.5), (kx + r * 0.9, ky - r), (kx + r, ky)], kettle)
    sheet.line([(kx - r * 0.7, ky - r * 1.3), (kx, ky - r * 2.3), (kx + r * 0.7, ky - r * 1.3)], 3, iron)
    sheet.poly([(kx + r * 0.7, ky - r * 0.5), (kx + r * 1.6, ky - r * 1.3), (kx + r * 1.75, ky - r * 1.1),
                (kx + r * 0.9, ky - r * 0.1)], kettle)
    board = foot - high - 0.13 * unit
    sheet.rect(x - w * 0.95, board, x + w * 0.70, board + 6, indoor(stage, (150, 104, 76)))
    for k, colour in enumerate(((232, 196, 120), (196, 98, 84), (124, 154, 108), (222, 214, 198), (150, 118, 150))):
        jx, jh = x - w * 0.80 + k * 0.058 * unit, (0.050 + 0.012 * (k % 3)) * unit
        sheet.rect(jx - 0.019 * unit, board - jh, jx + 0.019 * unit, board, indoor(stage, colour))
        sheet.rect(jx - 0.021 * unit, board - jh - 5, jx + 0.021 * unit, board - jh, indoor(stage, (120, 88, 70)))


def paint_table(stage: Stage, sheet: Sheet, x: float, foot: float, unit: float, wood: Colour) -> None:
    """A side table with a plant."""
    w, high = 0.20 * unit, 0.20 * unit
    sheet.rect(x - w, foot - high, x + w, foot - high + 8, wood)
    for fx in (-0.86, 0.86):
        sheet.poly([(x + fx * w - 5, foot - high + 6), (x + fx * w + 5, foot - high + 6), (x + fx * w + 3, foot),
                    (x + fx * w - 3, foot)], times(wood, 0.8))
    pot = indoor(stage, (206, 118, 86))
    leaf = indoor(stage, (92, 142, 96))
    rim = foot - high
    for k in range(7):
        lean = (k - 3) * 0.026 * unit
        tip = x + lean * 1.6, rim - (0.19 - 0.012 * abs(k - 3)) * unit
        blade = [(x - 3, rim - 0.05 * unit), (x + lean * 0.7 - 6, rim - 0.11 * unit), tip,
                 (x + lean * 0.9 + 6, rim - 0.11 * unit), (x + 3, rim - 0.05 * unit)]
        sheet.blob(blade, times(leaf, 0.9 + 0.05 * (k % 3)))
    sheet.poly([(x - 0.034 * unit, foot - high - 0.066 * unit), (x + 0.034 * unit, foot - high - 0.066 * unit),
                (x + 0.025 * unit, foot - high),
                (x - 0.025 * unit, foot - high)], pot)
