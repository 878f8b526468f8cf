"""Backdrop: a railway station under an iron roof, with a train that pulls in, weighs, and stops."""

# Coordinates read better in rows than one to a line.
# fmt: off
from __future__ import annotations

import math

from cutaway_providers.sketch.backdrops.builds import Glow, Panes
from cutaway_providers.sketch.backdrops.land import slope
from cutaway_providers.sketch.backdrops.office import CLOCK_AT
from cutaway_providers.sketch.backdrops.site import Site
from cutaway_providers.sketch.layers import Drift, Layer, Sheetlike
from cutaway_providers.sketch.life import Live, breath, clock, smoke
from cutaway_providers.sketch.palette import Colour, at_depth, mix, times
from cutaway_providers.sketch.sheet import Sheet
from cutaway_providers.sketch.stage import RAIL, Stage

BRICK: Colour = (176, 112, 92)


def station(stage: Stage, site: Site) -> list[Sheetlike]:
    """The town beyond the tracks, the train, iron columns that carry the roof, a clock, benches, the platform."""
    hour = stage.hour
    unit = stage.rise
    layers: list[Sheetlike] = [_town(stage), _far_platform(stage)]
    if not site.rails:
        layers += _arriving(stage)
    layers.append(_hall(stage))
    count = max(2, round(stage.period / (1.0 * stage.unit)))
    step = stage.period / count
    face, iron = (252, 246, 226), at_depth(hour, (52, 60, 66), 2.8)
    for i in range(0, count, 2):
        layers.append(Live(f"clock.{i}", 31.0, 0.72, (i + 0.60) * step, stage.horizon - 0.46 * unit, 0.1 * unit,
                           clock(0.050 * unit, mix(iron, face, 0.92 if hour.lamps else 0.84), iron,
                                 hour=CLOCK_AT[hour.name])))
    layers.append(Live("signal", 23.0, 0.40, 0.86 * stage.width, stage.horizon - 0.30 * unit, 0.1 * unit,
                       breath((255, 84, 70), 0.055 * stage.unit, rate=0.5, strength=0.95)))
    return [*layers, _platform(stage, site), _luggage(stage)]


def _arriving(stage: Stage) -> list[Sheetlike]:
    """The train with its steam."""
    train, mouth = _train(stage)
    arrive = _arrival(stage)
    puff = smoke(stage.random("steam"), mix(stage.hour.haze, (240, 240, 242), 0.5), 0.17 * stage.rise,
                 0.040 * stage.unit, strength=0.5)

    def steam(canvas: object, x: float, y: float, zoom: float, t: float) -> None:
        puff(canvas, x + arrive(t)[0] * zoom, y, zoom, t)  # type: ignore[arg-type]

    return [train, Live("steam", 25.5, 0.50, mouth[0], mouth[1], 3.0 * stage.width, steam)]


def _town(stage: Stage) -> Layer:
    hour = stage.hour
    chance = stage.random("far")
    sheet = Sheet(stage, stage.horizon - 0.46 * stage.rise, stage.horizon + 0.10 * stage.height)
    panes = Panes(stage, "far", 0.4)
    for i in range(20):
        x, w = (i + 0.15 * chance.random()) * stage.period / 20, stage.period / 20 * 0.94
        y = stage.horizon - (0.13 + 0.17 * chance.random()) * stage.rise
        wall = at_depth(hour, ((186, 150, 136), (160, 164, 172), (206, 184, 150))[i % 3], 0.5)
        sheet.rect(x, y, x + w, stage.horizon + 6, wall)
        sheet.poly([(x - 2, y), (x + w / 2, y - 0.05 * stage.rise), (x + w + 2, y)], times(wall, 0.86))
        for row in range(4):
            for column in range(3):
                px, py, s = x + w * (0.22 + 0.28 * column), y + (0.018 + 0.034 * row) * stage.rise, w * 0.05
                panes.pane(sheet, [(px - s, py), (px + s, py), (px + s, py + s * 2.2), (px - s, py + s * 2.2)], wall,
                           0.8)
        if i % 7 == 3:
            sheet.rect(x + w * 0.40, y - 0.17 * stage.rise, x + w * 0.54, y, times(wall, 0.9))
    return sheet.finish("far", 10, 0.14, haze=hour.haze_share)


def _far_platform(stage: Stage) -> Layer:
    """The opposite platform with its wall of posters, and the wires and signals over the tracks."""
    hour = stage.hour
    unit = stage.rise
    sheet = Sheet(stage, stage.horizon - 0.44 * unit, stage.horizon + 0.12 * stage.height)
    wall = at_depth(hour, BRICK, 1.5)
    top = stage.horizon - 0.115 * unit
    sheet.rect(-1, top, stage.period + 1, stage.horizon - 0.01 * unit, wall)
    sheet.rect(-1, top - 6, stage.period + 1, top, at_depth(hour, (206, 196, 182), 1.6))
    posters: tuple[Colour, ...] = ((222, 176, 96), (112, 158, 172), (206, 106, 88), (150, 172, 124))
    for i in range(10):
        x, w = (i + 0.5) * stage.period / 10, 0.045 * unit
        sheet.rect(x - w - 3, top + 0.014 * unit, x + w + 3, stage.horizon - 0.028 * unit,
                   at_depth(hour, (238, 230, 214), 1.7))
        sheet.rect(x - w, top + 0.018 * unit, x + w, stage.horizon - 0.032 * unit, at_depth(hour, posters[i % 4], 1.7))
        sheet.oval(x, top + 0.050 * unit, w * 0.4, w * 0.4, at_depth(hour, (246, 238, 222), 1.8))
    sheet.rect(-1, stage.horizon - 0.012 * unit, stage.period + 1, stage.horizon + 0.014 * stage.height,
               at_depth(hour, (150, 146, 142), 1.7))
    sheet.rect(-1, stage.horizon + 0.014 * stage.height, stage.period + 1, stage.horizon + 0.12 * stage.height,
               at_depth(hour, (96, 86, 84), 2.0))
    iron = at_depth(hour, (70, 74, 82), 1.8)
    for i in range(5):
        x = (i + 0.42) * stage.period / 5
        sheet.rect(x - 2.4, stage.horizon - 0.40 * unit, x + 2.4, stage.horizon, iron)
        sheet.rect(x - 2.4, stage.horizon - 0.37 * unit, x + 0.09 * unit, stage.horizon - 0.362 * unit, iron)
    for y in (0.355, 0.325):
        sheet.rect(-1, stage.horizon - y * unit, stage.period + 1, stage.horizon - y * unit + 1.2, iron)
    sx = 0.86 * stage.width
    sheet.rect(sx - 0.018 * unit, stage.horizon - 0.335 * unit, sx + 0.018 * unit, stage.horizon - 0.265 * unit,
               times(iron, 0.7))
    sheet.rect(sx - 2.5, stage.horizon - 0.27 * unit, sx + 2.5, stage.horizon, iron)
    sheet.oval(sx, stage.horizon - 0.30 * unit, 0.010 * unit, 0.010 * unit, (214, 70, 58))
    return sheet.finish("mid", 20, 0.40, haze=hour.haze_share * 0.5)


def _arrival(stage: Stage) -> Drift:
    """The train's way: in from the left, braking all along, to rest at nine tenths of the shot; a jolt as it stops."""
    way, rest = 1.15 * stage.width, max(0.8, 0.72 * stage.duration_s)

    def drift(t: float) -> tuple[float, float]:
        share = min(1.0, t / rest)
        left = (1 - share) ** 2.4
        settle = 0.0
        if t > rest:
            age = t - rest
            settle = 0.006 * stage.unit * math.exp(-3.2 * age) * math.sin(age * 11)
        sway = 0.0012 * stage.unit * math.sin(t * 17) * min(1.0, left * 6)
        return -way * left + settle, sway

    return drift


def _train(stage: Stage) -> tuple[Layer, tuple[float, float]]:
    hour = stage.hour
    unit = stage.rise
    sheet = Sheet(stage, stage.horizon - 0.34 * unit, stage.horizon + 0.08 * stage.height)
    body, stripe = at_depth(hour, (58, 110, 116), 2.2), at_depth(hour, (240, 222, 180), 2.2)
    roof, dark = at_depth(hour, (88, 92, 100), 2.2), at_depth(hour, (48, 48, 56), 2.4)
    rail = stage.horizon + RAIL * stage.height
    top, low = rail - 0.205 * unit, rail - 0.030 * unit
    car = 0.58 * unit
    head = 0.80 * stage.width
    panes = Panes(stage, "train", 0.95)
    cars = max(2, min(4, int((stage.period - 0.3 * stage.width) // car)))
    glows: list[Glow] = []
    for k in range(cars):
        x1 = head - k * (car + 0.014 * unit)
        x0 = x1 - car
        nose = 0.075 * unit if k == 0 else 0.0
        sheet.poly([(x0, top + 0.010 * unit), (x0 + 0.010 * unit, top), (x1 - nose, top),
                    (x1 - nose * 0.35, top + 0.045 * unit), (x1, low - 0.030 * unit), (x1, low), (x0, low)], body)
        sheet.rect(x0 + 0.008 * unit, top - 0.014 * unit, x1 - nose - 0.006 * unit, top + 0.004 * unit, roof)
        sheet.rect(x0, top + 0.122 * unit, x1 - nose * 0.08, top + 0.132 * unit, stripe)
        sheet.rect(x0 + 0.012 * unit, low, x1 - 0.012 * unit, low + 0.010 * unit, dark)
        for wheel in (0.14, 0.26, 0.74, 0.86):
            sheet.oval(x0 + car * wheel, rail - 0.016 * unit, 0.021 * unit, 0.021 * unit, dark)
            sheet.oval(x0 + car * wheel, rail - 0.016 * unit, 0.010 * unit, 0.010 * unit, times(roof, 1.1))
        seats = 6
        for i in range(seats):
            if k == 0 and i == seats - 1:
                continue
            wx, w = x0 + car * (0.10 + 0.155 * i), 0.030 * unit
            if i in (0, 5) or (k == 0 and i == 4):
                door = times(body, 1.16)
                sheet.rect(wx - w * 0.8, top + 0.026 * unit, wx + w * 0.8, low, door)
                sheet.rect(wx - 0.7, top + 0.026 * unit, wx + 0.7, low, times(body, 0.8))
                panes.pane(sheet, [(wx - w * 0.55, top + 0.040 * unit), (wx + w * 0.55, top + 0.040 * unit),
                                   (wx + w * 0.55, top + 0.100 * unit), (wx - w * 0.55, top + 0.100 * unit)], body, 2.4)
                continue
            panes.pane(sheet, [(wx - w, top + 0.040 * unit), (wx + w, top + 0.040 * unit),
                               (wx + w, top + 0.105 * unit), (wx - w, top + 0.105 * unit)], body, 2.4)
            if i % 2:
                sheet.oval(wx + w * 0.1, top + 0.088 * unit, w * 0.24, w * 0.28, dark)
                sheet.rect(wx - w * 0.22, top + 0.094 * unit, wx + w * 0.42, top + 0.105 * unit, dark)
        if k == 0:
            glass = times(mix(body, hour.sky[1], 0.5), 0.8)
            sheet.poly([(x1 - nose * 1.9, top + 0.030 * unit), (x1 - nose * 0.62, top + 0.030 * unit),
                        (x1 - nose * 0.20, top + 0.082 * unit), (x1 - nose * 1.9, top + 0.082 * unit)], glass)
            sheet.oval(x1 - 0.014 * unit, low - 0.040 * unit, 0.009 * unit, 0.011 * unit, (255, 244, 206))
            glows.append((x1 - 0.006 * unit, low - 0.040 * unit, (0.20 if hour.lamps else 0.09) * stage.unit,
                          (255, 236, 180), 0.55 if hour.lamps else 0.35))
    layer = sheet.finish("train", 25.0, 0.50, shadow=0.34, light=0.8, drift=_arrival(stage),
                         glows=[*glows, *panes.glows])
    return layer, (head - 0.10 * unit, top - 0.02 * unit)


def _hall(stage: Stage) -> Layer:
    """Columns with brackets, the roof's edge with its cut-out boards, lamps and signs, benches between."""
    hour = stage.hour
    unit = stage.rise
    sheet = Sheet(stage, -stage.pad, stage.horizon + 0.12 * stage.height)
    foot = stage.horizon + 0.028 * stage.height
    iron = at_depth(hour, (52, 86, 84), 2.6)
    roof, board = at_depth(hour, (98, 96, 104), 2.5), at_depth(hour, (228, 216, 190), 2.5)
    eaves = stage.horizon - 0.585 * unit
    sheet.rect(-1, -stage.pad, stage.period + 1, eaves - 0.030 * unit, roof)
    for i in range(34):
        x = i * stage.period / 34
        sheet.rect(x, -stage.pad, x + 2, eaves - 0.030 * unit, times(roof, 0.86))
    sheet.rect(-1, eaves - 0.034 * unit, stage.period + 1, eaves - 0.024 * unit, iron)
    teeth = 90
    for i in range(teeth):
        x, w = i * stage.period / teeth, stage.period / teeth
        sheet.poly([(x + 1, eaves - 0.026 * unit), (x + w - 1, eaves - 0.026 * unit),
                    (x + w - 1, eaves - 0.004 * unit), (x + w / 2, eaves + 0.010 * unit), (x + 1,
                            eaves - 0.004 * unit)], board)
    count = max(2, round(stage.period / (1.0 * stage.unit)))
    step = stage.period / count
    glows: list[Glow] = []
    for i in range(count):
        x, w = (i + 0.10) * step, 0.0115 * unit
        sheet.rect(x - w, eaves - 0.03 * unit, x + w, foot, iron)
        sheet.rect(x - w * 0.3, eaves, x + w * 0.2, foot, times(iron, 1.2))
        sheet.rect(x - w * 2.2, foot - 0.030 * unit, x + w * 2.2, foot + 3, times(iron, 0.86))
        sheet.rect(x - w * 1.8, eaves + 0.13 * unit, x + w * 1.8, eaves + 0.145 * unit, iron)
        for side in (-1, 1):
            curve = [(x + side * 0.13 * unit * (1 - math.cos(k * math.pi / 16)),
                      eaves + 0.14 * unit - 0.15 * unit * math.sin(k * math.pi / 16)) for k in range(9)]
            sheet.line(curve, 0.011 * unit, iron)
            sheet.oval(x + side * 0.060 * unit, eaves + 0.025 * unit, 0.024 * unit, 0.024 * unit, iron)
        bx = (i + 0.34) * step
        if i % 2:
            sign = at_depth(hour, (46, 74, 112), 2.6)
            sheet.rect(bx - 0.004 * unit, eaves, bx + 0.004 * unit, eaves + 0.07 * unit, iron)
            sheet.rect(bx - 0.13 * unit, eaves + 0.06 * unit, bx + 0.13 * unit, eaves + 0.125 * unit,
                       at_depth(hour, (246, 242, 230), 2.7))
            sheet.rect(bx - 0.122 * unit, eaves + 0.067 * unit, bx + 0.122 * unit, eaves + 0.118 * unit, sign)
            for k, length in enumerate((0.07, 0.045, 0.08)):
                sheet.rect(bx - 0.10 * unit + k * 0.072 * unit - k * 4, eaves + 0.086 * unit,
                           bx - 0.10 * unit + k * 0.072 * unit + length * 0.7 * unit - k * 4,
                           eaves + 0.098 * unit, at_depth(hour, (246, 242, 230), 2.7))
        else:
            cx = (i + 0.60) * step
            sheet.rect(cx - 0.004 * unit, eaves, cx + 0.004 * unit, stage.horizon - 0.50 * unit, iron)
        wood = at_depth(hour, (158, 112, 78), 2.6)
        for k in range(3):
            sheet.rect(bx - 0.115 * unit, foot - (0.118 - 0.020 * k) * unit, bx + 0.115 * unit,
                       foot - (0.105 - 0.020 * k) * unit, times(wood, 1 - 0.06 * k))
        sheet.rect(bx - 0.122 * unit, foot - 0.056 * unit, bx + 0.122 * unit, foot - 0.044 * unit, wood)
        for way in (-0.095, 0.095):
            sheet.rect(bx + way * unit - 3, foot - 0.12 * unit, bx + way * unit + 3, foot, iron)
        lx = (i + 0.84) * step
        sheet.rect(lx - 1.4, eaves, lx + 1.4, eaves + 0.07 * unit, iron)
        sheet.poly([(lx - 0.014 * unit, eaves + 0.066 * unit), (lx + 0.014 * unit, eaves + 0.066 * unit),
                    (lx + 0.042 * unit, eaves + 0.096 * unit), (lx - 0.042 * unit, eaves + 0.096 * unit)], iron)
        sheet.oval(lx, eaves + 0.098 * unit, 0.020 * unit, 0.011 * unit,
                   (255, 232, 170) if hour.lamps else mix(iron, (240, 240, 230), 0.6))
        if hour.lamps:
            glows.append((lx, eaves + 0.14 * unit, 0.40 * unit, (255, 208, 126), 0.52))
    sheet.rect(-1, foot, stage.period + 1, stage.horizon + 0.12 * stage.height, at_depth(hour, (150, 144, 140), 2.6))
    return sheet.finish("near", 30, 0.72, shadow=0.32, light=0.5, glows=glows)


def _platform(stage: Stage, site: Site) -> Layer:
    hour = stage.hour
    chance = stage.random("ground")
    rise = 0.40 * stage.height if site.climbs else 0.0

    def up(x: float) -> float:
        return slope(stage, x) if site.climbs else 0.0

    top = stage.horizon + 0.022 * stage.height
    sheet = Sheet(stage, top - rise - 0.02 * stage.height, stage.height + stage.pad)
    slab, yellow = at_depth(hour, (172, 166, 160), 2.8), at_depth(hour, (238, 198, 84), 2.8)
    sheet.profile(lambda x: top - up(x), mix(slab, (255, 255, 255), 0.10))
    sheet.profile(lambda x: top + 0.010 * stage.height - up(x), slab)
    sheet.profile(lambda x: top + 0.020 * stage.height - up(x), yellow)
    sheet.profile(lambda x: top + 0.032 * stage.height - up(x), slab)
    row = 0
    y = top + 0.034 * stage.height
    while y < stage.height + stage.pad:
        deep = (0.030 + 0.012 * row) * stage.height
        number = 16
        w = stage.period / number
        for i in range(number):
            x = (i + 0.5 * (row % 2)) * w
            sheet.poly([(x + 1, y + 1 - up(x)), (x + w - 1, y + 1 - up(x + w)), (x + w - 1, y + deep - 1 - up(x + w)),
                        (x + 1, y + deep - 1 - up(x))],
                       times(slab, (0.93 + 0.10 * chance.random()) * (1 - 0.035 * row)))
        y += deep
        row += 1
    return sheet.finish("ground", 40, 1.0, shadow=0.22, light=0.5)


def _luggage(stage: Stage) -> Layer:
    """Suitcases at our feet, along the lower edge."""
    hour = stage.hour
    chance = stage.random("front")
    sheet = Sheet(stage, 0.86 * stage.height, stage.height + stage.pad)
    base = stage.height + stage.pad
    for i in range(6):
        x = (i + 0.2 + 0.6 * chance.random()) * stage.period / 6
        for k in range(1 + i % 2):
            w, tall = (0.070 + 0.03 * chance.random()) * stage.unit, (0.030 + 0.022 * chance.random()) * stage.unit
            tone = times(at_depth(hour, ((150, 96, 66), (84, 98, 116), (128, 72, 68))[(i + k) % 3], 3.0), 0.5)
            px, top = x + k * 0.12 * stage.unit, stage.height - tall
            sheet.line([(px - w * 0.3, top), (px - w * 0.3, top - 7), (px + w * 0.3, top - 7), (px + w * 0.3, top)], 4,
                       times(tone, 0.8))
            sheet.rect(px - w, top, px + w, base, tone)
            for side in (-0.6, 0.6):
                sheet.rect(px + side * w - 4, top, px + side * w + 4, base, times(tone, 1.35))
    return sheet.finish("front", 80, 1.3, shadow=0.3, light=0.5)
