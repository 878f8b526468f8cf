"""Backdrop: an office over the town."""

# Coordinates read better in rows than one to a line.
# fmt: off
from __future__ import annotations

from cutaway_providers.sketch.backdrops.builds import Glow, Panes
from cutaway_providers.sketch.backdrops.furniture import indoor
from cutaway_providers.sketch.backdrops.interior import bays, fronds, shaft
from cutaway_providers.sketch.backdrops.site import Site
from cutaway_providers.sketch.layers import Layer, Sheetlike
from cutaway_providers.sketch.life import Live, breath, clock
from cutaway_providers.sketch.palette import mix, times
from cutaway_providers.sketch.sheet import Sheet
from cutaway_providers.sketch.stage import Stage

CLOCK_AT = {"dawn": 6.6, "day": 11.2, "dusk": 7.3, "night": 10.4}


def office(stage: Stage, site: Site) -> list[Sheetlike]:
    """A city behind wide windows with blinds, desks with glowing screens, a clock that ticks, plants, carpet."""
    hour = stage.hour
    unit = stage.rise
    layers: list[Sheetlike] = [_skyline(stage)]
    count = bays(stage)
    step = stage.period / count
    wall = indoor(stage, (208, 214, 218))
    sheet = Sheet(stage, -stage.pad, stage.horizon + 0.06 * stage.height)
    sheet.rect(-1, -stage.pad, stage.period + 1, stage.horizon + 0.06 * stage.height, wall)
    top, low = stage.horizon - 0.66 * unit, stage.horizon - 0.16 * unit
    frame = indoor(stage, (96, 104, 116))
    for i in range(count):
        x0, x1 = (i + 0.04) * step, (i + 0.64) * step
        sheet.rect(x0 - 6, top - 6, x1 + 6, low + 6, frame)
        for k in range(3):
            a, b = x0 + (x1 - x0) * k / 3 + 3, x0 + (x1 - x0) * (k + 1) / 3 - 3
            sheet.clear([(a, top + 2), (b, top + 2), (b, low - 2), (a, low - 2)])
        sheet.rect(x0 - 10, low + 5, x1 + 10, low + 13, times(wall, 0.86))
        for k in range(6):
            y = top + 2 + k * 0.016 * unit
            sheet.rect(x0, y, x1, y + 0.010 * unit, indoor(stage, (232, 230, 224)))
        bx = (i + 0.83) * step
        if i % 2 == 0:
            board = indoor(stage, (246, 246, 242))
            w, h = 0.125 * step + 0.04 * unit, 0.125 * unit
            by = stage.horizon - 0.42 * unit
            sheet.rect(bx - w - 4, by - h - 4, bx + w + 4, by + h + 4, frame)
            sheet.rect(bx - w, by - h, bx + w, by + h, board)
            for k, (tall, colour) in enumerate(((0.5, (92, 140, 176)), (0.8, (92, 140, 176)), (0.65, (226, 168, 84)),
                                                (1.15, (206, 96, 80)))):
                cx = bx - w * 0.72 + k * w * 0.30
                sheet.rect(cx, by + h * 0.75 - h * tall, cx + w * 0.18, by + h * 0.75, indoor(stage, colour))
            sheet.line([(bx - w * 0.75, by + h * 0.2), (bx - w * 0.3, by - h * 0.15), (bx + w * 0.1, by - h * 0.05),
                        (bx + w * 0.75, by - h * 0.65)], 2.6,
                       indoor(stage, (80, 90, 104)))
        else:
            face = indoor(stage, (250, 248, 240))
            layers.append(Live(f"clock.{i}", 20.6, 0.60, bx, stage.horizon - 0.50 * unit, 0.08 * unit,
                               clock(0.058 * unit, face, indoor(stage, (62, 66, 76)), hour=CLOCK_AT[hour.name])))
            poster = indoor(stage, (226, 178, 104))
            sheet.rect(bx - 0.05 * unit, stage.horizon - 0.39 * unit, bx + 0.05 * unit, stage.horizon - 0.25 * unit,
                       poster)
            sheet.oval(bx, stage.horizon - 0.33 * unit, 0.03 * unit, 0.03 * unit, indoor(stage, (206, 92, 76)))
    layers.append(sheet.finish("mid", 20, 0.60, shadow=0.0, light=0.4))
    layers += _desks(stage, count, step)
    layers += shaft(stage, count, step, 0.34)
    return [*layers, _carpet(stage), fronds(stage)]


def _skyline(stage: Stage) -> Layer:
    hour = stage.hour
    chance = stage.random("far")
    sheet = Sheet(stage, stage.horizon - 0.62 * stage.rise, stage.horizon)
    panes = Panes(stage, "far", 0.5)
    for depth, count in ((0, 22), (1, 16)):
        for i in range(count):
            x, w = (i + 0.2 * chance.random()) * stage.period / count, stage.period / count * 0.86
            y = stage.horizon - (0.24 + 0.26 * chance.random() - 0.06 * depth) * stage.rise
            wall = mix(hour.ramp[depth], hour.ramp[depth + 1], 0.3 + 0.5 * chance.random())
            sheet.rect(x, y, x + w, stage.horizon, wall)
            if depth:
                for row in range(7):
                    for column in range(4):
                        px, py, s = x + w * (0.16 + 0.22 * column), y + (0.02 + 0.034 * row) * stage.rise, w * 0.05
                        panes.pane(sheet, [(px - s, py), (px + s, py), (px + s, py + s * 2.4), (px - s, py + s * 2.4)],
                                   wall, 1.5)
    return sheet.finish("far", 10, 0.22, shadow=0.2)


def _desks(stage: Stage, count: int, step: float) -> list[Sheetlike]:
    hour = stage.hour
    unit = stage.rise
    sheet = Sheet(stage, -stage.pad, stage.horizon + 0.12 * stage.height)
    foot = stage.horizon + 0.055 * stage.height
    wood, leg = indoor(stage, (196, 158, 118)), indoor(stage, (84, 88, 98))
    glows: list[Glow] = []
    out: list[Sheetlike] = []
    for i in range(count):
        x, w, y = (i + 0.36) * step, 0.235 * unit, foot - 0.175 * unit
        sheet.rect(x - w, y, x + w, y + 0.016 * unit, wood)
        for side in (-0.92, 0.92):
            sheet.poly([(x + side * w - 3, y + 0.016 * unit), (x + side * w + 3, y + 0.016 * unit),
                        (x + side * w * 1.03 + 3, foot), (x + side * w * 1.03 - 3, foot)], leg)
        sheet.rect(x + w * 0.42, y + 0.016 * unit, x + w * 0.86, foot - 0.03 * unit, times(wood, 0.86))
        for k in range(3):
            sheet.rect(x + w * 0.58, y + (0.034 + 0.040 * k) * unit, x + w * 0.70, y + (0.038 + 0.040 * k) * unit, leg)
        mw, mh = 0.092 * unit, 0.115 * unit
        for dx in (-0.45, 0.10):
            cx = x + dx * w
            sheet.rect(cx - 4, y - 0.03 * unit, cx + 4, y, leg)
            sheet.rect(cx - 0.03 * unit, y - 4, cx + 0.03 * unit, y, leg)
            sheet.rect(cx - mw - 3, y - 0.03 * unit - mh, cx + mw + 3, y - 0.024 * unit, leg)
            screen = (140, 196, 226) if not hour.lamps else (150, 214, 244)
            sheet.rect(cx - mw, y - 0.026 * unit - mh, cx + mw, y - 0.030 * unit, times(screen, 0.9))
            for k in range(4):
                sheet.rect(cx - mw * 0.8, y - mh + 0.018 * unit * k, cx - mw * 0.8 + mw * (0.6 + 0.25 * ((k + i) % 4)),
                           y - mh + 0.018 * unit * k + 3,
                           times(screen, 0.62 if k % 2 else 1.15))
            if hour.lamps:
                glows.append((cx, y - 0.07 * unit, 0.15 * unit, (140, 206, 244), 0.34))
        lx = x + w * 0.76
        sheet.line([(lx, y), (lx + 0.012 * unit, y - 0.09 * unit), (lx - 0.03 * unit, y - 0.135 * unit)], 3, leg)
        sheet.poly([(lx - 0.055 * unit, y - 0.105 * unit), (lx - 0.018 * unit, y - 0.125 * unit),
                    (lx - 0.026 * unit, y - 0.150 * unit), (lx - 0.046 * unit, y - 0.138 * unit)],
                   indoor(stage, (206, 92, 76)))
        if hour.lamps:
            glows.append((lx - 0.04 * unit, y - 0.06 * unit, 0.20 * unit, (255, 206, 126), 0.55))
        cx = x - w * 0.20
        sheet.rect(cx - 0.052 * unit, foot - 0.225 * unit, cx + 0.052 * unit, foot - 0.105 * unit,
                   indoor(stage, (76, 104, 124)))
        sheet.rect(cx - 0.060 * unit, foot - 0.100 * unit, cx + 0.060 * unit, foot - 0.080 * unit,
                   indoor(stage, (66, 92, 110)))
        sheet.rect(cx - 3, foot - 0.08 * unit, cx + 3, foot - 0.016 * unit, leg)
        sheet.line([(cx - 0.05 * unit, foot), (cx, foot - 0.02 * unit), (cx + 0.05 * unit, foot)], 4, leg)
        px = (i + 0.74) * step
        _plant(stage, sheet, px, foot, unit)
        lamp_y = stage.horizon - 0.70 * unit
        sheet.rect(x - w * 0.9, lamp_y, x + w * 0.9, lamp_y + 0.016 * unit,
                   (255, 248, 226) if hour.lamps else indoor(stage, (240, 240, 236)))
        for side in (-0.7, 0.7):
            sheet.rect(x + side * w - 1, -stage.pad, x + side * w + 1, lamp_y, leg)
        if hour.lamps:
            glows.append((x, lamp_y + 0.06 * unit, 0.40 * unit, (255, 232, 190), 0.34))
        out.append(Live(f"led.{i}", 30.7, 0.72, x + w * 0.10 + mw * 0.85, y - 0.022 * unit, 20,
                        breath((120, 240, 170), 0.016 * stage.unit, rate=0.8, strength=0.9, turn=i * 2.0)))
    return [sheet.finish("near", 30, 0.72, shadow=0.28, light=0.6, glows=glows), *out]


def _plant(stage: Stage, sheet: Sheet, x: float, foot: float, unit: float) -> None:
    leaf = indoor(stage, (84, 138, 98))
    for k in range(9):
        lean = (k - 4) * 0.030 * unit
        tall = (0.28 - 0.022 * abs(k - 4)) * unit
        tip = x + lean * 1.5, foot - tall
        sheet.blob([(x - 2, foot - 0.09 * unit), (x + lean * 0.6 - 0.012 * unit, foot - tall * 0.62), tip,
                    (x + lean * 0.8 + 0.014 * unit, foot - tall * 0.60),
                    (x + 2, foot - 0.09 * unit)], times(leaf, 0.84 + 0.06 * (k % 4)))
    sheet.poly([(x - 0.040 * unit, foot - 0.10 * unit), (x + 0.040 * unit, foot - 0.10 * unit),
                (x + 0.030 * unit, foot), (x - 0.030 * unit, foot)],
               indoor(stage, (236, 232, 222)))


def _carpet(stage: Stage) -> Layer:
    sheet = Sheet(stage, stage.horizon, stage.height + stage.pad)
    chance = stage.random("ground")
    base = indoor(stage, (112, 124, 140))
    top = stage.horizon + 0.050 * stage.height
    sheet.rect(-1, top - 0.012 * stage.height, stage.period + 1, top, indoor(stage, (80, 86, 98)))
    row = 0
    y = top
    while y < stage.height + stage.pad:
        deep = (0.022 + 0.012 * row) * stage.height
        number = 18
        for i in range(number):
            x, w = (i + 0.5 * (row % 2)) * stage.period / number, stage.period / number
            sheet.rect(x, y, x + w + 1, y + deep + 1, times(base, 0.95 + 0.09 * chance.random() - 0.02 * row))
        y += deep
        row += 1
    return sheet.finish("ground", 40, 1.0, shadow=0.18, light=0.4)
