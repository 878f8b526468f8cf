"""Backdrops with cottages: village and market."""

# Coordinates read better in rows than one to a line.
# fmt: off
from __future__ import annotations

import math

from cutaway_providers.sketch.backdrops.builds import (
    TIMBER,
    Glow,
    Panes,
    cottage,
    fence,
    lamp_post,
    leaves_above,
    pool,
)
from cutaway_providers.sketch.backdrops.land import foreground, hills, leafy, rolling, slope
from cutaway_providers.sketch.backdrops.site import Site
from cutaway_providers.sketch.layers import Layer, Sheetlike
from cutaway_providers.sketch.life import Live, bulbs, flock, smoke
from cutaway_providers.sketch.palette import Colour, at_depth, mix, times
from cutaway_providers.sketch.sheet import Sheet
from cutaway_providers.sketch.stage import Stage

GRASS: Colour = (116, 168, 84)
LEAF: Colour = (104, 150, 84)
STONE: Colour = (176, 166, 152)
BUNTING: tuple[Colour, ...] = ((222, 96, 82), (240, 196, 96), (92, 150, 156), (238, 228, 206))


def village(stage: Stage, site: Site) -> list[Sheetlike]:
    """Hills, a church among roofs, a row of cottages with smoking chimneys behind gardens, a cobbled lane."""
    near, mouths, panes = _row(stage, "near", 7, 0.215, 0.148, 2.2)
    layers: list[Sheetlike] = [
        hills(stage, "far", 10, 0.14, 0.20, 0.050, (140, 172, 150), 0.2),
        _church(stage),
        *near,
        *panes,
        lane(stage, site),
        foreground(stage, GRASS),
        leaves_above(stage, LEAF, count=2),
    ]
    chance = stage.random("smoke")
    grey = mix(stage.hour.haze, (236, 236, 236), 0.4)
    layers += [Live(f"smoke.{i}", 29.0, 0.62, x, y, 0.3 * stage.unit,
                    smoke(chance, grey, 0.26 * stage.rise, 0.045 * stage.unit))
               for i, (x, y) in enumerate(mouths) if i % 2 == 0]
    layers.append(Live("birds", 12.0, 0.12, 0.7 * stage.width, 0.22 * stage.height, 0.4 * stage.width,
                       flock(chance, at_depth(stage.hour, (60, 70, 80), 1.6), 0.2 * stage.width, 0.014 * stage.unit,
                             0.035 * stage.width)))
    return layers


def _row(stage: Stage, name: str, count: int, wide: float, high: float,
         tone: float) -> tuple[list[Layer], list[tuple[float, float]], list[Layer]]:
    """Trees and the row of cottages before them; the mouths of its chimneys, and the panes that light up."""
    chance = stage.random(name)
    top, bottom = stage.horizon - 0.52 * stage.rise, stage.horizon + 0.12 * stage.height
    sheet = Sheet(stage, top, bottom)
    # By themselves: they sway in the wind, houses do not.
    trees = Sheet(stage, top, bottom)
    panes = Panes(stage, name)
    line = rolling(stage, chance, stage.horizon - 0.012 * stage.rise, 0.010 * stage.rise)
    mouths = []
    step = stage.period / count
    for i in range(count):
        leafy(trees, (i + 0.98) * step, line((i + 0.98) * step) + 4, (0.20 + 0.10 * chance.random()) * stage.rise,
              at_depth(stage.hour, LEAF, tone), chance, at_depth(stage.hour, TIMBER, tone))
    for i in range(count):
        x = (i + 0.42 + 0.12 * chance.random()) * step
        size = 0.86 + 0.34 * chance.random()
        mouths.append(cottage(sheet, stage, chance, panes, x, line(x) + 4,
                              min(step * 0.80, wide * stage.rise * 1.25) * size,
                              high * stage.rise * size, tone, thatch=i % 3 == 1))
    sheet.profile(line, at_depth(stage.hour, GRASS, tone))
    fence(sheet, stage, stage.horizon + 0.012 * stage.height, 0.048 * stage.rise,
          at_depth(stage.hour, (236, 228, 212), tone),
          gap=0.030 * stage.unit)
    for _ in range(60):
        x, r = chance.random() * stage.period, (0.008 + 0.012 * chance.random()) * stage.unit
        y = stage.horizon + 0.012 * stage.height
        sheet.oval(x, y, r * 1.3, r, times(at_depth(stage.hour, LEAF, tone + 0.2), 0.85 + 0.2 * chance.random()))
        if chance.random() < 0.5:
            sheet.oval(x, y - r * 0.5, r * 0.4, r * 0.4, at_depth(stage.hour, chance.choice(BUNTING), tone))
    behind = trees.finish(f"{name}.trees", 30, 0.62, haze=0.10)
    layer = sheet.finish(name, 30, 0.62, haze=0.10, glows=panes.glows)
    return [behind, layer], mouths, panes.layers(name, 30, 0.62, top, bottom)


def _church(stage: Stage) -> Layer:
    chance = stage.random("mid")
    hour = stage.hour
    sheet = Sheet(stage, stage.horizon - 0.62 * stage.rise, stage.horizon + 0.12 * stage.height)
    line = rolling(stage, chance, stage.horizon - 0.07 * stage.rise, 0.026 * stage.rise)
    unit = stage.rise
    panes = Panes(stage, "mid", 0.4)
    for i in range(16):
        x = (i + 0.2 + 0.6 * chance.random()) * stage.period / 16
        cottage(sheet, stage, chance, panes, x, line(x) + 6, (0.10 + 0.04 * chance.random()) * unit,
                (0.055 + 0.02 * chance.random()) * unit, 1.25)
    for i in range(2):
        x = (i + 0.16) * stage.period / 2
        y = line(x) + 6
        wall, roof = at_depth(hour, STONE, 1.3), at_depth(hour, (104, 96, 112), 1.3)
        sheet.rect(x, y - 0.13 * unit, x + 0.20 * unit, y, wall)
        sheet.poly([(x - 2, y - 0.13 * unit), (x + 0.03 * unit, y - 0.21 * unit), (x + 0.18 * unit, y - 0.21 * unit),
                    (x + 0.21 * unit, y - 0.13 * unit)], roof)
        w = 0.042 * unit
        sheet.rect(x - w, y - 0.30 * unit, x + w, y, times(wall, 1.04))
        sheet.rect(x, y - 0.30 * unit, x + w, y, times(wall, 0.92))
        sheet.poly([(x - w * 1.2, y - 0.30 * unit), (x, y - 0.50 * unit), (x + w * 1.2, y - 0.30 * unit)], roof)
        sheet.line([(x, y - 0.55 * unit), (x, y - 0.49 * unit)], 2, roof)
        sheet.line([(x - 0.012 * unit, y - 0.532 * unit), (x + 0.012 * unit, y - 0.532 * unit)], 2, roof)
        sheet.oval(x, y - 0.255 * unit, w * 0.45, w * 0.45, at_depth(hour, (244, 236, 214), 1.6))
        for k in range(3):
            wx = x + (0.07 + 0.045 * k) * unit
            panes.pane(sheet, [(wx - 4, y - 0.03 * unit), (wx - 4, y - 0.085 * unit), (wx, y - 0.1 * unit),
                               (wx + 4, y - 0.085 * unit), (wx + 4, y - 0.03 * unit)], wall, 1.3)
    for _ in range(40):
        x, r = chance.random() * stage.period, (0.014 + 0.022 * chance.random()) * unit
        sheet.oval(x, line(x) + 2, r, r, at_depth(hour, LEAF, 1.2 + 0.2 * chance.random()))
    sheet.profile(line, at_depth(hour, GRASS, 1.2))
    return sheet.finish("mid", 20, 0.32, haze=hour.haze_share * 0.7, glows=panes.glows)


def lane(stage: Stage, site: Site, *, paving: bool = False) -> Layer:
    """A lane of rounded cobbles between grass verges (or, paved, all across), with old lanterns."""
    hour = stage.hour
    chance = stage.random("ground")
    rise = 0.40 * stage.height if site.climbs else 0.0

    def up(x: float) -> float:
        return slope(stage, x) if site.climbs else 0.0

    top = stage.horizon + 0.02 * stage.height
    sheet = Sheet(stage, top - rise - 0.46 * stage.rise, stage.height + stage.pad)
    glows: list[Glow] = []
    count = max(2, round(stage.period / (0.85 * stage.width)))
    for i in range(count):
        x = (i + 0.10) * stage.period / count
        lamp_post(sheet, stage, x, top + 6 - up(x), 0.31 * stage.rise, glows)
    grass, stone = at_depth(hour, GRASS, 2.75), at_depth(hour, (172, 160, 146), 2.75)
    sheet.profile(lambda x: top - up(x), stone if paving else grass)
    if not paving:
        sheet.profile(lambda x: top + 0.026 * stage.height - up(x) + 2.5 * math.sin(x / 37), stone)
    row = 0
    y = top + (0.012 if paving else 0.034) * stage.height
    while y < stage.height + stage.pad:
        deep = (0.013 + 0.0045 * row) * stage.height
        wide = deep * 2.5
        number = max(6, round(stage.period / wide))
        wide = stage.period / number
        for i in range(number):
            x = (i + 0.5 * (row % 2)) * wide
            tone = times(stone, (0.88 + 0.16 * chance.random()) * (1.0 - 0.025 * row))
            dy = up(x)
            sheet.blob([(x + wide * 0.05, y + deep * 0.5 - dy), (x + wide * 0.16, y + deep * 0.08 - dy),
                        (x + wide * 0.84, y + deep * 0.08 - dy), (x + wide * 0.95, y + deep * 0.5 - dy),
                        (x + wide * 0.84, y + deep * 0.92 - dy), (x + wide * 0.16, y + deep * 0.92 - dy)], tone)
        y += deep
        row += 1
    if not site.climbs:
        pool(sheet, stage, glows, top + 0.055 * stage.height, stone)
    return sheet.finish("ground", 40, 1.0, shadow=0.22, light=0.6, glows=glows)


def market(stage: Stage, site: Site) -> list[Sheetlike]:
    """A paved square: gabled fronts, stalls under striped awnings, strings of lights and pennants."""
    hour = stage.hour
    near, mouths, panes = _row(stage, "mid", 8, 0.20, 0.17, 1.7)
    for row in near:
        row.depth, row.parallax = 22, 0.42
    for pane in panes:
        pane.depth, pane.parallax = pane.depth - 8, 0.42
    layers: list[Sheetlike] = [hills(stage, "far", 10, 0.12, 0.20, 0.04, (140, 160, 160), 0.2), *near, *panes]
    chance = stage.random("near")
    sheet = Sheet(stage, stage.horizon - 0.34 * stage.rise, stage.horizon + 0.12 * stage.height)
    foot = stage.horizon + 0.024 * stage.height
    sheet.rect(-1, foot - 3, stage.period + 1, stage.horizon + 0.12 * stage.height,
               at_depth(hour, (172, 160, 146), 2.4))
    glows: list[Glow] = []
    count = max(3, round(stage.period / (0.62 * stage.unit)))
    for i in range(count):
        x, w, high = (i + 0.5) * stage.period / count, 0.165 * stage.rise, 0.20 * stage.rise
        _stall(stage, sheet, x, foot, w, high, i)
        if hour.lamps:
            glows.append((x, foot - high * 0.72, 0.22 * stage.unit, (255, 204, 116), 0.5))
    layers.append(sheet.finish("near", 30, 0.70, haze=0.06, glows=glows))
    strings = max(2, count // 2)
    layers += [
        Live(f"string.{i}", 31.0, 0.74, (i + 0.12 * chance.random()) * stage.period / strings,
             stage.horizon - 0.40 * stage.rise, stage.period / strings,
             bulbs(chance, stage.period / strings * 0.9, 0.07 * stage.rise, 0.018 * stage.unit,
                   ((255, 220, 140), (255, 196, 110)) if hour.lamps else BUNTING,
                   at_depth(hour, (70, 66, 72), 2.6), lit=hour.lamps, count=11))
        for i in range(strings)
    ]
    smoky = mouths[::3]
    layers += [Live(f"smoke.{i}", 21.0, 0.42, x, y, 0.3 * stage.unit,
                    smoke(chance, mix(hour.haze, (236, 236, 236), 0.4), 0.22 * stage.rise, 0.036 * stage.unit))
               for i, (x, y) in enumerate(smoky)]
    return [*layers, lane(stage, site, paving=True), _baskets(stage)]


def _stall(stage: Stage, sheet: Sheet, x: float, foot: float, w: float, high: float, i: int) -> None:
    hour = stage.hour
    chance = stage.random(f"stall.{i}")
    wood = at_depth(hour, (150, 112, 82), 2.5)
    dark = times(at_depth(hour, (96, 76, 70), 2.4), 0.8 if not hour.lamps else 1.0)
    sheet.rect(x - w * 0.92, foot - high * 0.80, x + w * 0.92, foot - high * 0.40,
               mix(dark, (255, 196, 110), 0.42) if hour.lamps else dark)
    for side in (-0.96, 0.96):
        sheet.rect(x + side * w - 2.5, foot - high, x + side * w + 2.5, foot, times(wood, 0.78))
    sheet.rect(x - w, foot - high * 0.42, x + w, foot + 2, wood)
    for k in range(1, 6):
        sheet.rect(x - w + k * w / 3, foot - high * 0.36, x - w + k * w / 3 + 1.6, foot, times(wood, 0.84))
    goods: tuple[Colour, ...] = ((218, 76, 62), (240, 172, 64), (124, 168, 84), (232, 214, 120), (150, 84, 130))
    for k in range(4):
        bx = x - w * 0.72 + k * w * 0.48
        sheet.poly([(bx - w * 0.21, foot - high * 0.40), (bx - w * 0.17, foot - high * 0.52),
                    (bx + w * 0.17, foot - high * 0.52),
                    (bx + w * 0.21, foot - high * 0.40)], times(wood, 0.7))
        fruit = at_depth(hour, goods[(i + k) % 5], 2.7)
        for j in range(7):
            sheet.oval(bx + (j - 3) * w * 0.048, foot - high * (0.53 + 0.035 * chance.random() * (3 - abs(j - 3))),
                       w * 0.042, w * 0.042, times(fruit, 0.88 + 0.2 * chance.random()))
    cloth = at_depth(hour, BUNTING[i % 3], 2.6)
    pale = at_depth(hour, (248, 240, 224), 2.6)
    stripes = 8
    for k in range(stripes):
        a, b = x - w * 1.12 + 2.24 * w * k / stripes, x - w * 1.12 + 2.24 * w * (k + 1) / stripes
        ta, tb = x + (a - x) * 0.84, x + (b - x) * 0.84
        colour = cloth if k % 2 else pale
        sheet.poly([(ta, foot - high * 1.22), (tb, foot - high * 1.22), (b, foot - high * 0.94),
                    ((a + b) / 2, foot - high * 0.88),
                    (a, foot - high * 0.94)], colour)


def _baskets(stage: Stage) -> Layer:
    chance = stage.random("front")
    sheet = Sheet(stage, 0.91 * stage.height, stage.height + stage.pad)
    dark = times(at_depth(stage.hour, (120, 92, 74), 3.0), 0.55)
    sheet.rect(-1, 0.99 * stage.height, stage.period + 1, stage.height + stage.pad, times(dark, 0.8))
    for i in range(7):
        x = (i + 0.2 + 0.6 * chance.random()) * stage.period / 7
        w = (0.05 + 0.03 * chance.random()) * stage.unit
        top = 0.965 * stage.height
        for k in range(5):
            sheet.oval(x + (k - 2) * w * 0.36, top, w * 0.22, w * 0.22,
                       times(at_depth(stage.hour, BUNTING[(i + k) % 3], 3.0), 0.6))
        sheet.poly([(x - w, top), (x + w, top), (x + w * 0.8, stage.height + 8), (x - w * 0.8, stage.height + 8)], dark)
    return sheet.finish("front", 80, 1.3, shadow=0.3, light=0.3)
