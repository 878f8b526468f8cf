"""Backdrops with houses: the city and its street."""

# Coordinates read better in rows than one to a line.
# fmt: off
from __future__ import annotations

import random

from cutaway_providers.sketch.backdrops.builds import birds_over
from cutaway_providers.sketch.backdrops.land import slope
from cutaway_providers.sketch.backdrops.site import Site
from cutaway_providers.sketch.layers import Layer, Sheetlike
from cutaway_providers.sketch.life import Live, breath, smoke
from cutaway_providers.sketch.palette import Colour, at_depth, mix, times
from cutaway_providers.sketch.sheet import Sheet
from cutaway_providers.sketch.stage import Stage

WARM: tuple[Colour, ...] = ((255, 214, 122), (255, 196, 96), (255, 232, 168))
NEON: tuple[Colour, ...] = ((255, 92, 168), (86, 226, 240), (176, 116, 255), (255, 214, 122))
WALLS: tuple[Colour, ...] = ((186, 120, 104), (150, 148, 164), (204, 172, 134), (128, 140, 158), (176, 138, 150))


def city(stage: Stage, site: Site) -> list[Sheetlike]:
    """Towers in the haze, houses with windows that light up after sunset, a pavement with lamps."""
    neon = "neon" in site.words
    layers: list[Sheetlike] = [birds_over(stage, 0.36, 0.16, 0.03)]
    for name, depth, parallax, count, low, tall, tone in (
        ("far", 10, 0.14, 20, 0.26, 0.30, 0.3),
        ("mid", 20, 0.34, 15, 0.20, 0.28, 1.3),
        ("near", 30, 0.64, 11, 0.15, 0.15, 2.25),
    ):
        layers.append(_block(stage, name, depth, parallax, count, low, tall, tone, neon))
    layers.append(_pavement(stage, site))
    layers.append(_railing(stage))
    chance = stage.random("steam")
    vapour = mix(stage.hour.haze, (232, 232, 236), 0.5)
    layers += [
        Live(f"vapour.{i}", 15.0 + 10 * (i % 2), (0.14, 0.34)[i % 2], x * stage.width,
             stage.horizon - 0.42 * stage.rise, 0.3 * stage.unit,
             smoke(chance, vapour, 0.16 * stage.rise, 0.034 * stage.unit, strength=0.45))
        for i, x in enumerate((0.22, 0.70, 1.3))
    ]
    if stage.hour.lamps:
        layers += [
            Live(f"beacon.{i}", 11.0, 0.14, x * stage.width, stage.horizon - 0.585 * stage.rise, 20,
                 breath((255, 80, 70), 0.024 * stage.unit, rate=0.5, strength=0.95, turn=i * 2.1))
            for i, x in enumerate((0.32, 0.88))
        ]
    return layers


def _block(
    stage: Stage, name: str, depth: float, parallax: float, count: int, low: float, tall: float, tone: float, neon: bool
) -> Layer:
    chance = stage.random(name)
    hour = stage.hour
    foot = stage.horizon + 0.03 * stage.height
    sheet = Sheet(stage, stage.horizon - (low + tall + 0.12) * stage.rise, stage.horizon + 0.12 * stage.height)
    step = stage.period / count
    glows: list[tuple[float, float, float, Colour, float]] = []
    for i in range(count):
        x0 = i * step + step * 0.04 * chance.random()
        wide = step * (0.80 + 0.17 * chance.random())
        high = (low + tall * chance.random() ** 1.2) * stage.rise
        wall = at_depth(hour, chance.choice(WALLS), tone)
        wall = mix(wall, times(wall, 0.88), chance.random())
        y0 = foot - high
        sheet.rect(x0, y0, x0 + wide, foot + 0.1 * stage.height, wall)
        sheet.rect(x0 + wide * 0.80, y0, x0 + wide, foot + 0.1 * stage.height, times(wall, 0.90))
        _roof(sheet, chance, x0, y0, wide, wall, stage, tone)
        _windows(sheet, chance, stage, x0, y0, wide, foot, wall, tone, neon)
        if tone > 2:
            glows += _shop(sheet, chance, stage, x0, wide, foot, wall, neon)
    sheet.rect(-1, foot, stage.period + 1, foot + 0.12 * stage.height, at_depth(hour, (120, 122, 134), tone))
    return sheet.finish(name, depth, parallax, haze=hour.haze_share * (1.1 - 0.38 * tone), glows=glows)


def _roof(
    sheet: Sheet, chance: random.Random, x: float, y: float, wide: float, wall: Colour, stage: Stage, tone: float
) -> None:
    kind = chance.random()
    unit = stage.unit
    dark = times(wall, 0.82)
    if kind < 0.25:
        sheet.rect(x + wide * 0.2, y - unit * 0.03, x + wide * 0.75, y + 1, wall)
        sheet.rect(x + wide * 0.44, y - unit * 0.10, x + wide * 0.47, y, dark)
    elif kind < 0.45 and tone < 2:
        sheet.poly([(x, y + 1), (x + wide * 0.5, y - unit * 0.07), (x + wide, y + 1)], dark)
    elif kind < 0.7:
        sheet.rect(x - 2, y - unit * 0.012, x + wide + 2, y + unit * 0.008, dark)
        if tone > 1:
            sheet.rect(x + wide * 0.14, y - unit * 0.055, x + wide * 0.34, y - unit * 0.012, times(wall, 0.74))
            sheet.poly([(x + wide * 0.12, y - unit * 0.055), (x + wide * 0.24, y - unit * 0.075),
                        (x + wide * 0.36, y - unit * 0.055)], dark)
    else:
        sheet.rect(x + wide * 0.08, y - unit * 0.02, x + wide * 0.92, y + 1, dark)


def _windows(
    sheet: Sheet, chance: random.Random, stage: Stage, x0: float, y0: float, wide: float, foot: float, wall: Colour,
    tone: float, neon: bool,
) -> None:
    hour = stage.hour
    size = stage.unit * (0.011 + 0.008 * tone)
    columns = max(2, int(wide / (size * 2.1)))
    rows = int((foot - y0 - stage.unit * (0.04 if tone < 2 else 0.17)) / (size * 2.3))
    gap = wide / columns
    share = {"night": 0.52, "dusk": 0.36, "dawn": 0.10, "day": 0.0}[hour.name]
    blank = mix(wall, hour.sky[0] if hour.name == "day" else hour.sky[1], 0.30)
    blank = times(blank, 0.9) if not hour.lamps else times(wall, 0.78)
    for row in range(rows):
        for column in range(columns):
            x = x0 + (column + 0.5) * gap
            y = y0 + size * 1.5 + row * size * 2.3
            lit = chance.random() < share
            colour = chance.choice(NEON if neon else WARM) if lit else blank
            if lit:
                colour = mix(colour, wall, 0.42 - 0.14 * tone)
            sheet.rect(x - size * 0.5, y, x + size * 0.5, y + size * 1.35, colour)
            if tone > 2:
                sheet.rect(x - size * 0.5, y + size * 0.62, x + size * 0.5, y + size * 0.70, times(colour, 0.8))


def _shop(
    sheet: Sheet, chance: random.Random, stage: Stage, x0: float, wide: float, foot: float, wall: Colour, neon: bool
) -> list[tuple[float, float, float, Colour, float]]:
    hour = stage.hour
    unit = stage.unit
    top = foot - unit * 0.125
    glass = mix(chance.choice(NEON if neon else WARM), wall, 0.18) if hour.lamps else mix(wall, (220, 236, 240), 0.40)
    sheet.rect(x0 + wide * 0.08, top, x0 + wide * 0.60, foot - unit * 0.01, glass)
    sheet.rect(x0 + wide * 0.33, top, x0 + wide * 0.345, foot - unit * 0.01, times(wall, 0.7))
    sheet.rect(x0 + wide * 0.68, top + unit * 0.005, x0 + wide * 0.88, foot, times(wall, 0.62))
    awning = at_depth(hour, chance.choice(((206, 84, 74), (72, 140, 132), (232, 180, 86), (96, 116, 176))), 2.6)
    stripes = 6
    for k in range(stripes):
        a, b = x0 + wide * (0.05 + 0.58 * k / stripes), x0 + wide * (0.05 + 0.58 * (k + 1) / stripes)
        colour = awning if k % 2 else mix(awning, at_depth(hour, (250, 246, 238), 2.6), 0.75)
        sheet.poly([(a + 3, top - unit * 0.035), (b + 3, top - unit * 0.035), (b, top + unit * 0.012),
                    ((a + b) / 2, top + unit * 0.022), (a, top + unit * 0.012)], colour)
    if not hour.lamps:
        return []
    return [(x0 + wide * 0.34, foot - unit * 0.06, unit * 0.20, glass, 0.40)]


def _pavement(stage: Stage, site: Site) -> Layer:
    hour = stage.hour
    rise = 0.40 * stage.height if site.climbs else 0.0

    def up(x: float) -> float:
        return slope(stage, x) if site.climbs else 0.0

    top = stage.horizon + 0.02 * stage.height
    sheet = Sheet(stage, top - rise - 0.42 * stage.rise, stage.height + stage.pad)
    stone = at_depth(hour, (158, 156, 160), 2.7)
    road = at_depth(hour, (92, 94, 108), 2.9)
    lamp = at_depth(hour, (66, 72, 84), 3.0)
    glows: list[tuple[float, float, float, Colour, float]] = []
    step = stage.period / 4
    for i in range(4):
        x = (i + 0.56) * step
        y = top + 4 - up(x)
        tall = 0.34 * stage.rise
        sheet.poly([(x - 4, y), (x - 2.2, y - tall), (x + 2.2, y - tall), (x + 4, y)], lamp)
        sheet.rect(x - 8, y - 8, x + 8, y + 2, lamp)
        sheet.line([(x, y - tall), (x + 12, y - tall - 12), (x + 30, y - tall - 10)], 3.4, lamp)
        sheet.poly([(x + 20, y - tall - 10), (x + 40, y - tall - 10), (x + 36, y - tall - 2), (x + 24, y - tall - 2)],
                   lamp)
        if hour.lamps:
            sheet.oval(x + 30, y - tall, 6.5, 4, (255, 236, 176))
            glows.append((x + 30, y - tall + 6, 0.20 * stage.unit, (255, 206, 120), 0.62))
    sheet.profile(lambda x: top - up(x), stone)
    for i in range(30):
        x = i * stage.period / 30
        sheet.line([(x, top - up(x) + 2), (x - 0.025 * stage.width, top - up(x) + 0.062 * stage.height)], 1.4,
                   times(stone, 0.86))
    kerb = top + 0.062 * stage.height
    sheet.profile(lambda x: kerb - up(x), mix(stone, (255, 255, 255), 0.12))
    sheet.profile(lambda x: kerb + 0.016 * stage.height - up(x), times(stone, 0.66))
    sheet.profile(lambda x: kerb + 0.030 * stage.height - up(x), road)
    if not site.climbs:
        dash = stage.period / 14
        mark = mix(road, at_depth(hour, (250, 240, 214), 2.6), 0.6)
        for i in range(14):
            y = 0.955 * stage.height
            sheet.poly([(i * dash, y), (i * dash + dash * 0.5, y), (i * dash + dash * 0.48, y + 5),
                        (i * dash - dash * 0.02, y + 5)], mark)
        if hour.lamps:
            for gx, _gy, _r, colour, _s in glows:
                sheet.oval(gx, kerb - 0.02 * stage.height, 0.13 * stage.unit, 0.016 * stage.height,
                           mix(stone, colour, 0.28))
    return sheet.finish("ground", 40, 1.0, shadow=0.22, light=0.6, glows=glows)


def _railing(stage: Stage) -> Layer:
    sheet = Sheet(stage, 0.95 * stage.height, stage.height + stage.pad)
    colour = times(at_depth(stage.hour, (70, 72, 90), 3.0), 0.6)
    sheet.rect(-1, 0.985 * stage.height, stage.period + 1, stage.height + stage.pad, colour)
    return sheet.finish("front", 80, 1.3, shadow=0.3, light=0.3)
