"""Backdrop: a kitchen."""

# Coordinates read better in rows than one to a line.
# fmt: off
from __future__ import annotations

from cutaway_providers.sketch.backdrops.builds import Glow
from cutaway_providers.sketch.backdrops.furniture import indoor
from cutaway_providers.sketch.backdrops.interior import bays, outside, shaft
from cutaway_providers.sketch.backdrops.site import Site
from cutaway_providers.sketch.layers import Layer, Sheetlike
from cutaway_providers.sketch.life import Live, smoke
from cutaway_providers.sketch.palette import Colour, mix, times
from cutaway_providers.sketch.sheet import Sheet
from cutaway_providers.sketch.stage import Stage


def kitchen(stage: Stage, site: Site) -> list[Sheetlike]:
    """Tiles, a window over the sink, hanging lamps and pans, a stove with a steaming pot, a chequered floor."""
    unit = stage.rise
    layers: list[Sheetlike] = [outside(stage)]
    wall = indoor(stage, (226, 218, 196))
    sheet = Sheet(stage, -stage.pad, stage.horizon + 0.06 * stage.height)
    sheet.rect(-1, -stage.pad, stage.period + 1, stage.horizon + 0.06 * stage.height, wall)
    tile_top = stage.horizon - 0.42 * unit
    tile = indoor(stage, (170, 200, 196))
    sheet.rect(-1, tile_top, stage.period + 1, stage.horizon, times(tile, 0.88))
    chance = stage.random("mid")
    size = 0.034 * unit
    columns = round(stage.period / size)
    for row in range(9):
        for i in range(columns):
            x, w = i * stage.period / columns, stage.period / columns
            sheet.rect(x + 0.8, tile_top + row * size + 0.8, x + w - 0.8, tile_top + (row + 1) * size - 0.8,
                       times(tile, 0.97 + 0.07 * chance.random()))
    count = bays(stage)
    step = stage.period / count
    frame = indoor(stage, (250, 246, 236))
    for i in range(count):
        x, w, high = (i + 0.20) * step, 0.155 * stage.unit, 0.30 * unit
        top = stage.horizon - 0.60 * unit
        sheet.rect(x - w - 9, top - 9, x + w + 9, top + high + 9, frame)
        sheet.rect(x - w - 20, top + high + 7, x + w + 20, top + high + 15, times(frame, 0.86))
        for cx in (-0.5, 0.5):
            sheet.clear([(x + (cx - 0.46) * w, top + 2), (x + (cx + 0.46) * w, top + 2),
                         (x + (cx + 0.46) * w, top + high - 2), (x + (cx - 0.46) * w, top + high - 2)])
        cloth = indoor(stage, (206, 96, 84))
        for k in range(8):
            a, b = x - w - 16 + (2 * w + 32) * k / 8, x - w - 16 + (2 * w + 32) * (k + 1) / 8
            sheet.poly([(a, top - 18), (b, top - 18), (b, top + high * 0.16), ((a + b) / 2, top + high * 0.21),
                        (a, top + high * 0.16)],
                       cloth if k % 2 else mix(cloth, frame, 0.75))
        for k, colour in enumerate(((110, 158, 96), (150, 176, 104), (96, 140, 92))):
            px = x + (k - 1) * w * 0.6
            for j in range(5):
                sheet.line([(px, top + high + 2), (px + (j - 2) * 5, top + high - 18 - 4 * (2 - abs(j - 2)))], 3.2,
                           indoor(stage, colour))
            sheet.poly([(px - 11, top + high - 4), (px + 11, top + high - 4), (px + 8, top + high + 9),
                        (px - 8, top + high + 9)], indoor(stage, (196, 112, 84)))
    layers.append(sheet.finish("mid", 20, 0.60, shadow=0.0, light=0.4))
    layers += _units(stage, count, step)
    layers += shaft(stage, count, step, 0.20)
    return [*layers, _tiles(stage), _table_edge(stage)]


def _units(stage: Stage, count: int, step: float) -> list[Sheetlike]:
    """Cupboards, sink, stove, fridge, lamps; steam from the pot."""
    hour = stage.hour
    unit = stage.rise
    sheet = Sheet(stage, -stage.pad, stage.horizon + 0.12 * stage.height)
    foot = stage.horizon + 0.052 * stage.height
    front, top_wood = indoor(stage, (92, 136, 134)), indoor(stage, (214, 170, 122))
    iron, brass = indoor(stage, (68, 68, 78)), indoor(stage, (206, 168, 96))
    high = 0.205 * unit
    counter = foot - high
    glows: list[Glow] = []
    out: list[Sheetlike] = []
    doors = round(stage.period / (0.115 * unit))
    sheet.rect(-1, counter, stage.period + 1, foot - 0.022 * unit, front)
    sheet.rect(-1, foot - 0.022 * unit, stage.period + 1, foot, times(front, 0.55))
    for i in range(doors):
        x, w = i * stage.period / doors, stage.period / doors
        sheet.rect(x + 3, counter + 0.018 * unit, x + w - 3, foot - 0.028 * unit, times(front, 0.90 if i % 3 else 0.95))
        sheet.rect(x + 8, counter + 0.032 * unit, x + w - 8, foot - 0.042 * unit, times(front, 1.0))
        sheet.oval(x + w - 12, counter + 0.06 * unit, 3.2, 3.2, brass)
    sheet.rect(-1, counter - 0.016 * unit, stage.period + 1, counter, top_wood)
    sheet.rect(-1, counter, stage.period + 1, counter + 3, times(top_wood, 0.72))
    for i in range(count):
        x0 = i * step
        sx = x0 + 0.20 * step
        sheet.line([(sx, counter - 0.016 * unit), (sx, counter - 0.085 * unit),
                    (sx + 0.03 * unit, counter - 0.10 * unit), (sx + 0.045 * unit, counter - 0.075 * unit)],
                   0.010 * unit, indoor(stage, (190, 196, 200)))
        if i % 2 == 0:
            x, w = x0 + 0.66 * step, 0.15 * unit
            sheet.rect(x - w, counter - 0.016 * unit, x + w, foot - 0.02 * unit, iron)
            warm = (255, 178, 90) if hour.lamps else indoor(stage, (130, 96, 84))
            sheet.rect(x - w * 0.74, counter + 0.050 * unit, x + w * 0.74, foot - 0.055 * unit, times(warm, 0.86))
            sheet.rect(x - w * 0.66, counter + 0.058 * unit, x + w * 0.66, foot - 0.100 * unit, warm)
            for k in range(4):
                sheet.oval(x + (k - 1.5) * w * 0.42, counter + 0.022 * unit, 4, 4, brass)
            px, py, pw, ph = x - w * 0.36, counter - 0.016 * unit, 0.052 * unit, 0.070 * unit
            sheet.rect(px - pw, py - ph, px + pw, py, indoor(stage, (204, 92, 74)))
            sheet.rect(px - pw * 1.1, py - ph - 4, px + pw * 1.1, py - ph + 3, indoor(stage, (170, 72, 62)))
            sheet.oval(px, py - ph - 8, 5, 5, iron)
            out.append(Live(f"steam.{i}", 30.6, 0.72, px, py - ph, 0.2 * stage.unit,
                            smoke(stage.random("steam"), mix((244, 244, 244), hour.haze, 0.2), 0.20 * unit,
                                  0.026 * stage.unit, strength=0.4)))
            sheet.poly([(x - w * 1.1, -stage.pad), (x + w * 1.1, -stage.pad),
                        (x + w * 0.42, stage.horizon - 0.50 * unit), (x - w * 0.42, stage.horizon - 0.50 * unit)],
                       indoor(stage, (176, 182, 186)))
            sheet.poly([(x - w * 0.42, stage.horizon - 0.50 * unit), (x + w * 0.42, stage.horizon - 0.50 * unit),
                        (x + w * 1.15, stage.horizon - 0.43 * unit),
                        (x - w * 1.15, stage.horizon - 0.43 * unit)], indoor(stage, (150, 158, 164)))
            rail = stage.horizon - 0.395 * unit
            sheet.rect(x - w * 1.1, rail, x + w * 1.1, rail + 3, iron)
            for k in range(3):
                kx, r = x + (k - 1) * w * 0.7, (0.030 - 0.005 * k) * unit
                sheet.rect(kx - 1.4, rail, kx + 1.4, rail + 0.03 * unit, iron)
                sheet.oval(kx, rail + 0.03 * unit + r, r, r, (indoor(stage, (190, 112, 76)), iron,
                                                              indoor(stage, (190, 112, 76)))[k])
        else:
            x, w, tall = x0 + 0.66 * step, 0.115 * unit, 0.46 * unit
            body = indoor(stage, (236, 228, 212))
            sheet.rect(x - w, foot - tall, x + w, foot - 3, body)
            sheet.rect(x + w * 0.72, foot - tall, x + w, foot - 3, times(body, 0.90))
            sheet.rect(x - w, foot - tall * 0.66, x + w, foot - tall * 0.65, times(body, 0.72))
            for y0, y1 in ((0.93, 0.74), (0.60, 0.36)):
                sheet.rect(x - w * 0.80, foot - tall * y0, x - w * 0.70, foot - tall * y1, brass)
            for k, colour in enumerate(((220, 96, 80), (246, 214, 110), (120, 164, 190))):
                nx, ny = x + (k - 0.6) * w * 0.4, foot - tall * (0.82 - 0.08 * (k % 2))
                sheet.rect(nx - 8, ny - 8, nx + 8, ny + 8, indoor(stage, colour))
        lx = x0 + 0.42 * step
        ly = stage.horizon - 0.56 * unit
        sheet.rect(lx - 1.2, -stage.pad, lx + 1.2, ly - 0.04 * unit, iron)
        glow = (255, 222, 150) if hour.lamps else indoor(stage, (240, 226, 196))
        sheet.poly([(lx - 0.02 * unit, ly - 0.05 * unit), (lx + 0.02 * unit, ly - 0.05 * unit),
                    (lx + 0.062 * unit, ly), (lx - 0.062 * unit, ly)], indoor(stage, (206, 150, 78)))
        sheet.oval(lx, ly, 0.026 * unit, 0.014 * unit, glow)
        shelf = stage.horizon - 0.40 * unit
        sheet.rect(lx - 0.15 * unit, shelf, lx + 0.10 * unit, shelf + 5, top_wood)
        for k, colour in enumerate(((236, 228, 210), (206, 110, 84), (124, 160, 120), (226, 186, 108))):
            jx, jh = lx - 0.125 * unit + k * 0.058 * unit, (0.044 + 0.012 * (k % 3)) * unit
            sheet.rect(jx - 0.018 * unit, shelf - jh, jx + 0.018 * unit, shelf, indoor(stage, colour))
            sheet.rect(jx - 0.020 * unit, shelf - jh - 4, jx + 0.020 * unit, shelf - jh, indoor(stage, (128, 96, 76)))
        if hour.lamps:
            glows.append((lx, ly + 0.05 * unit, 0.50 * unit, (255, 200, 116), 0.52))
    return [sheet.finish("near", 30, 0.72, shadow=0.28, light=0.6, glows=glows), *out]


def _tiles(stage: Stage) -> Layer:
    """A chequered floor running away from us."""
    sheet = Sheet(stage, stage.horizon, stage.height + stage.pad)
    dark, pale = indoor(stage, (186, 138, 114)), indoor(stage, (222, 200, 172))
    top = stage.horizon + 0.048 * stage.height
    sheet.rect(-1, top - 0.012 * stage.height, stage.period + 1, top, indoor(stage, (110, 84, 72)))
    row = 0
    y = top
    while y < stage.height + stage.pad:
        deep = (0.016 + 0.010 * row) * stage.height
        number = 26
        w = stage.period / number
        for i in range(number):
            x = i * w
            base = times(dark if (i + row) % 2 else pale, 1.0 - 0.02 * row)
            sheet.rect(x, y, x + w, y + deep, base)
        sheet.rect(-1, y, stage.period + 1, y + 1.2, times(dark, 0.7))
        y += deep
        row += 1
    return sheet.finish("ground", 40, 1.0, shadow=0.18, light=0.4)


def _table_edge(stage: Stage) -> Layer:
    """The near edge of a table with fruit and a cup, below everybody's feet."""
    chance = stage.random("front")
    sheet = Sheet(stage, 0.88 * stage.height, stage.height + stage.pad)
    wood = times(indoor(stage, (156, 108, 78)), 0.55)
    top = 0.985 * stage.height
    sheet.rect(-1, top, stage.period + 1, stage.height + stage.pad, wood)
    sheet.rect(-1, top, stage.period + 1, top + 3, times(wood, 1.35))
    for i in range(5):
        x, r = (i + 0.2 + 0.6 * chance.random()) * stage.period / 5, 0.022 * stage.unit
        for k in range(4):
            colour: Colour = ((196, 72, 60), (226, 170, 70), (140, 168, 84), (196, 72, 60))[k]
            sheet.oval(x + (k - 1.5) * r * 1.5, top - r * (1.1 + 0.5 * (k % 2)), r, r,
                       times(indoor(stage, colour), 0.62))
        sheet.poly([(x - r * 4, top - r * 1.1), (x + r * 4, top - r * 1.1), (x + r * 2.4, top + 2),
                    (x - r * 2.4, top + 2)], times(wood, 1.2))
    return sheet.finish("front", 80, 1.3, shadow=0.3, light=0.4)
