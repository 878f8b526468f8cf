"""Backdrop: a street of town houses, close enough for balconies, shop windows and the lights strung between them."""

# Coordinates read better in rows than one to a line.
# fmt: off
from __future__ import annotations

import random

from cutaway_providers.sketch.backdrops.builds import Glow, Panes, lamp_post, pool
from cutaway_providers.sketch.backdrops.land import slope
from cutaway_providers.sketch.backdrops.site import Site
from cutaway_providers.sketch.layers import Layer, Sheetlike
from cutaway_providers.sketch.life import Live, bulbs, smoke
from cutaway_providers.sketch.palette import Colour, at_depth, mix, times
from cutaway_providers.sketch.sheet import Sheet
from cutaway_providers.sketch.stage import Stage

FRONTS: tuple[Colour, ...] = ((214, 128, 104), (238, 206, 148), (150, 172, 180), (206, 190, 172), (186, 148, 160),
                              (168, 186, 156))
CLOTHS: tuple[Colour, ...] = ((196, 76, 68), (70, 128, 122), (228, 176, 84), (92, 110, 168))
NEON: tuple[Colour, ...] = ((255, 92, 168), (86, 226, 240), (176, 116, 255), (255, 214, 122))


def street(stage: Stage, site: Site) -> list[Sheetlike]:
    """Roofs and chimneys behind, town houses with balconies and shops, lights across the street, cobbles and a kerb."""
    hour = stage.hour
    unit = stage.rise
    layers: list[Sheetlike] = [_roofs(stage, "far", 10, 0.14, 26, 0.30, 0.5),
                               _roofs(stage, "mid", 20, 0.34, 15, 0.36, 1.3)]
    chance = stage.random("near")
    top, bottom = stage.horizon - 0.64 * unit, stage.horizon + 0.12 * stage.height
    sheet = Sheet(stage, top, bottom)
    foot = stage.horizon + 0.026 * stage.height
    panes = Panes(stage, "near", 0.5)
    count = max(4, round(stage.period / (0.34 * unit)))
    # Gaps in the row show the sky and the farther roofs: a wall without a break would be flat.
    glows: list[Glow] = []
    neon = "neon" in site.words
    for i in range(count):
        x0, wide = (i + 0.03) * stage.period / count, stage.period / count * (0.94 if i % 4 != 3 else 0.70)
        high = (0.34 + 0.15 * chance.random()) * unit
        _front(stage, sheet, panes, chance, x0, wide, foot, high, glows, neon)
    sheet.rect(-1, foot - 2, stage.period + 1, bottom, at_depth(hour, (150, 146, 148), 2.4))
    layers.append(sheet.finish("near", 30, 0.64, haze=0.08, glows=[*panes.glows, *glows]))
    layers += panes.layers("near", 30, 0.64, top, bottom)
    strings = max(2, round(stage.period / (0.9 * stage.width)))
    chance = stage.random("strings")
    warm: tuple[Colour, ...] = NEON if neon else ((255, 222, 150), (255, 204, 120))
    layers += [
        Live(f"string.{i}", 32.0, 0.72, (i + 0.05) * stage.period / strings, stage.horizon - 0.44 * unit,
             stage.period / strings,
             bulbs(chance, 0.9 * stage.period / strings, 0.075 * unit, 0.015 * stage.unit,
                   warm if hour.lamps else CLOTHS,
                   at_depth(hour, (64, 62, 70), 2.8), lit=hour.lamps, count=13))
        for i in range(strings)
    ]
    layers.append(Live("steam", 33.0, 0.9, 0.84 * stage.width, stage.horizon + 0.05 * stage.height, 0.2 * stage.unit,
                       smoke(chance, mix(hour.haze, (230, 230, 232), 0.5), 0.13 * unit, 0.030 * stage.unit,
                             strength=0.3)))
    return [*layers, _pavement(stage, site), _planters(stage)]


def _roofs(stage: Stage, name: str, depth: float, parallax: float, count: int, high: float, tone: float) -> Layer:
    hour = stage.hour
    chance = stage.random(name)
    unit = stage.rise
    sheet = Sheet(stage, stage.horizon - (high + 0.30) * unit, stage.horizon + 0.12 * stage.height)
    step = stage.period / count
    panes = Panes(stage, name, 0.45)
    for i in range(count):
        x0, wide = i * step - 2, step + 4
        y = stage.horizon - (high * (0.66 + 0.34 * chance.random())) * unit
        wall = at_depth(hour, chance.choice(FRONTS), tone)
        roof = at_depth(hour, chance.choice(((150, 88, 78), (112, 104, 118), (132, 96, 92))), tone)
        sheet.rect(x0, y, x0 + wide, stage.horizon + 0.1 * stage.height, wall)
        sheet.poly([(x0 - 2, y + 2), (x0 + wide * 0.2, y - 0.075 * unit), (x0 + wide * 0.8, y - 0.075 * unit),
                    (x0 + wide + 2, y + 2)], roof)
        cx = x0 + wide * (0.25 + 0.5 * chance.random())
        sheet.rect(cx - wide * 0.05, y - 0.125 * unit, cx + wide * 0.05, y - 0.05 * unit, times(roof, 0.9))
        if i % 6 == 2 and tone < 1:
            sheet.rect(cx - wide * 0.16, y - 0.20 * unit, cx + wide * 0.16, y, times(wall, 0.95))
            sheet.blob([(cx - wide * 0.2, y - 0.19 * unit), (cx - wide * 0.16, y - 0.25 * unit), (cx, y - 0.29 * unit),
                        (cx + wide * 0.16, y - 0.25 * unit),
                        (cx + wide * 0.2, y - 0.19 * unit)], roof)
        for row in range(4):
            for column in range(3):
                x, wy, w = x0 + wide * (0.24 + 0.26 * column), y + (0.026 + 0.062 * row) * unit, wide * 0.052
                panes.pane(sheet, [(x - w, wy), (x + w, wy), (x + w, wy + 0.030 * unit), (x - w, wy + 0.030 * unit)],
                           wall, tone)
    return sheet.finish(name, depth, parallax, haze=hour.haze_share * (1.1 - 0.35 * tone))


def _front(
    stage: Stage, sheet: Sheet, panes: Panes, chance: random.Random, x0: float, wide: float, foot: float, high: float,
    glows: list[Glow], neon: bool,
) -> None:
    hour = stage.hour
    unit = stage.rise
    wall = at_depth(hour, chance.choice(FRONTS), 2.25)
    trim = mix(wall, at_depth(hour, (248, 242, 230), 2.3), 0.6)
    y = foot - high
    sheet.rect(x0, y, x0 + wide, foot + 2, wall)
    sheet.rect(x0 + wide * 0.93, y, x0 + wide, foot + 2, times(wall, 0.88))
    if chance.random() < 0.5:
        roof = at_depth(hour, (104, 98, 114), 2.2)
        sheet.poly([(x0 - 3, y + 2), (x0 + wide * 0.10, y - 0.085 * unit), (x0 + wide * 0.90, y - 0.085 * unit),
                    (x0 + wide + 3, y + 2)], roof)
        for k in (0.3, 0.7):
            dx, w = x0 + wide * k, wide * 0.075
            sheet.poly([(dx - w * 1.3, y - 0.05 * unit), (dx, y - 0.085 * unit), (dx + w * 1.3, y - 0.05 * unit)],
                       times(roof, 0.8))
            panes.pane(sheet, [(dx - w, y - 0.004 * unit), (dx + w, y - 0.004 * unit), (dx + w, y - 0.05 * unit),
                               (dx - w, y - 0.05 * unit)], wall, 2.3)
    sheet.rect(x0 - 4, y - 3, x0 + wide + 4, y + 0.014 * unit, trim)
    sheet.rect(x0 - 2, y + 0.014 * unit, x0 + wide + 2, y + 0.020 * unit, times(wall, 0.8))
    shop = foot - 0.130 * unit
    floors, columns = max(1, int((shop - y - 0.04 * unit) / (0.105 * unit))), 3
    shutter = at_depth(hour, chance.choice(((92, 128, 122), (122, 92, 84), (98, 108, 140))), 2.3)
    balcony = chance.randrange(floors)
    for row in range(floors):
        wy = y + (0.045 + 0.105 * row) * unit
        for column in range(columns):
            x, w, h = x0 + wide * (0.20 + 0.30 * column), wide * 0.062, 0.064 * unit
            sheet.rect(x - w * 1.25, wy - 3, x + w * 1.25, wy + h + 3, trim)
            panes.pane(sheet, [(x - w, wy), (x + w, wy), (x + w, wy + h), (x - w, wy + h)], wall, 2.3,
                       shine=wide * 0.12)
            sheet.rect(x - 0.8, wy, x + 0.8, wy + h, trim)
            for side in (-1, 1):
                sheet.rect(min(x + side * w * 1.3, x + side * w * 2.05), wy - 1,
                           max(x + side * w * 1.3, x + side * w * 2.05), wy + h + 1, shutter)
            if row == balcony:
                iron = at_depth(hour, (58, 58, 68), 2.6)
                sheet.rect(x - w * 2.1, wy + h * 0.56, x + w * 2.1, wy + h * 0.56 + 2, iron)
                sheet.rect(x - w * 2.1, wy + h + 2, x + w * 2.1, wy + h + 6, iron)
                for k in range(7):
                    bx = x - w * 2.0 + w * 4.0 * k / 6
                    sheet.rect(bx - 0.7, wy + h * 0.56, bx + 0.7, wy + h + 3, iron)
                for k in range(4):
                    sheet.oval(x - w * 1.4 + w * 0.95 * k, wy + h * 0.52, w * 0.42, w * 0.34,
                               at_depth(hour, ((204, 84, 92), (110, 154, 92))[k % 2], 2.5))
    wood = at_depth(hour, chance.choice(((76, 104, 98), (122, 72, 62), (72, 84, 120), (146, 112, 76))), 2.4)
    sheet.rect(x0 + wide * 0.04, shop, x0 + wide * 0.92, foot + 1, wood)
    glass = mix(chance.choice(NEON) if neon else (255, 216, 138), wall, 0.15) if hour.lamps else mix(wood,
            (214, 230, 232), 0.55)
    sheet.rect(x0 + wide * 0.08, shop + 0.020 * unit, x0 + wide * 0.56, foot - 0.018 * unit, glass)
    sheet.rect(x0 + wide * 0.315, shop + 0.020 * unit, x0 + wide * 0.325, foot - 0.018 * unit, wood)
    for k in range(5):
        gx = x0 + wide * (0.12 + 0.095 * k)
        tall = (0.012 + 0.018 * chance.random()) * unit
        sheet.rect(gx, foot - 0.018 * unit - tall, gx + wide * 0.05, foot - 0.018 * unit,
                   mix(times(glass, 0.62), wood, 0.3))
    sheet.rect(x0 + wide * 0.64, shop + 0.026 * unit, x0 + wide * 0.84, foot + 1, times(wood, 0.68))
    sheet.rect(x0 + wide * 0.67, shop + 0.034 * unit, x0 + wide * 0.81, shop + 0.080 * unit, mix(glass, wood, 0.25))
    cloth, pale = at_depth(hour, chance.choice(CLOTHS), 2.6), at_depth(hour, (248, 242, 230), 2.6)
    for k in range(7):
        a, b = x0 + wide * (0.05 + 0.54 * k / 7), x0 + wide * (0.05 + 0.54 * (k + 1) / 7)
        colour = cloth if k % 2 == 0 else pale
        sheet.poly([(a + 2, shop - 0.012 * unit), (b + 2, shop - 0.012 * unit), (b - 1, shop + 0.030 * unit),
                    ((a + b) / 2 - 1, shop + 0.038 * unit),
                    (a - 1, shop + 0.030 * unit)], colour)
    sx = x0 + wide * 0.90
    sheet.rect(sx, shop - 0.045 * unit, sx + 0.05 * unit, shop - 0.042 * unit, times(wood, 0.6))
    sheet.oval(sx + 0.034 * unit, shop - 0.014 * unit, 0.024 * unit, 0.024 * unit,
               chance.choice(NEON) if neon and hour.lamps else cloth)
    if hour.lamps:
        glows.append((x0 + wide * 0.32, foot - 0.06 * unit, 0.17 * unit, glass, 0.34))


def _pavement(stage: Stage, site: Site) -> Layer:
    hour = stage.hour
    chance = stage.random("ground")
    rise = 0.40 * stage.height if site.climbs else 0.0

    def up(x: float) -> float:
        return slope(stage, x) if site.climbs else 0.0

    top = stage.horizon + 0.020 * stage.height
    sheet = Sheet(stage, top - rise - 0.50 * stage.rise, stage.height + stage.pad)
    slab, cobble = at_depth(hour, (176, 168, 160), 2.7), at_depth(hour, (122, 118, 124), 2.85)
    glows: list[Glow] = []
    count = max(2, round(stage.period / (0.95 * stage.width)))
    for i in range(count):
        x = (i + 0.90) * stage.period / count
        lamp_post(sheet, stage, x, top + 8 - up(x), 0.36 * stage.rise, glows)
        tx = x - 0.42 * stage.period / count
        _tree(stage, sheet, tx, top + 8 - up(tx))
    sheet.profile(lambda x: top - up(x), slab)
    kerb = top + 0.060 * stage.height
    for i in range(36):
        x = i * stage.period / 36
        sheet.line([(x, top - up(x) + 1), (x - 0.03 * stage.width, kerb - up(x))], 1.3, times(slab, 0.88))
    sheet.profile(lambda x: top + 0.026 * stage.height - up(x), times(slab, 0.97))
    if not site.climbs:
        pool(sheet, stage, glows, top + 0.034 * stage.height, slab)
    sheet.profile(lambda x: kerb - up(x), mix(slab, (255, 255, 255), 0.14))
    sheet.profile(lambda x: kerb + 0.012 * stage.height - up(x), times(slab, 0.62))
    sheet.profile(lambda x: kerb + 0.020 * stage.height - up(x), cobble)
    row = 0
    y = kerb + 0.022 * stage.height
    while y < stage.height + stage.pad:
        deep = (0.012 + 0.004 * row) * stage.height
        number = max(8, round(stage.period / (deep * 2.3)))
        wide = stage.period / number
        for i in range(number):
            x = (i + 0.5 * (row % 2)) * wide
            dy = up(x)
            sheet.blob([(x + wide * 0.06, y + deep * 0.5 - dy), (x + wide * 0.2, y + deep * 0.1 - dy),
                        (x + wide * 0.8, y + deep * 0.1 - dy),
                        (x + wide * 0.94, y + deep * 0.5 - dy), (x + wide * 0.8, y + deep * 0.9 - dy), (x + wide * 0.2,
                                y + deep * 0.9 - dy)],
                       times(cobble, (0.94 + 0.14 * chance.random()) * (1 - 0.03 * row)))
        y += deep
        row += 1
    return sheet.finish("ground", 40, 1.0, shadow=0.22, light=0.6, glows=glows)


def _tree(stage: Stage, sheet: Sheet, x: float, foot: float) -> None:
    hour = stage.hour
    chance = stage.random(f"tree.{round(x)}")
    tall = 0.26 * stage.rise
    sheet.rect(x - 2.6, foot - tall * 0.6, x + 2.6, foot, at_depth(hour, (96, 74, 64), 2.8))
    leaf = at_depth(hour, (106, 152, 92), 2.7)
    for _ in range(22):
        dx, dy = chance.gauss(0, 0.16), chance.gauss(0, 0.13)
        r = tall * (0.09 + 0.06 * chance.random())
        sheet.oval(x + dx * tall, foot - tall * (0.78 + dy), r, r * 0.92, times(leaf, 0.84 + 0.3 * (0.5 + dy * 1.6)))
    sheet.poly([(x - 0.06 * tall, foot - 0.02 * tall), (x + 0.06 * tall, foot - 0.02 * tall),
                (x + 0.09 * tall, foot + 3), (x - 0.09 * tall, foot + 3)],
               at_depth(hour, (120, 104, 98), 2.8))


def _planters(stage: Stage) -> Layer:
    """Flower boxes and posts with a chain along the lower edge."""
    hour = stage.hour
    chance = stage.random("front")
    sheet = Sheet(stage, 0.88 * stage.height, stage.height + stage.pad)
    dark = times(at_depth(hour, (74, 72, 84), 3.0), 0.6)
    base = stage.height + 4
    posts = 8
    for i in range(posts):
        x = (i + 0.3) * stage.period / posts
        sheet.rect(x - 5, 0.955 * stage.height, x + 5, base + stage.pad, dark)
        sheet.oval(x, 0.952 * stage.height, 7, 7, dark)
        step = stage.period / posts
        sheet.line([(x + step * k / 10,
                     (0.966 + 0.088 * (k / 10) * (1 - k / 10)) * stage.height) for k in range(11)], 3.2, dark)
        if i % 2:
            for _ in range(16):
                fx, r = x + step * (0.3 + 0.4 * chance.random()), (0.008 + 0.010 * chance.random()) * stage.unit
                tone = times(at_depth(hour, chance.choice(((206, 84, 92), (104, 140, 86), (104, 140, 86))), 3.0), 0.62)
                sheet.oval(fx, 0.982 * stage.height - r * chance.random() * 2, r * 1.2, r, tone)
            sheet.rect(x + step * 0.27, 0.985 * stage.height, x + step * 0.73, base + stage.pad, times(dark, 1.25))
    return sheet.finish("front", 80, 1.3, shadow=0.3, light=0.3)
