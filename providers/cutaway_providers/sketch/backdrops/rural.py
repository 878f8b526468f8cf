"""Backdrops of open country: farm, road, snow field."""

# Coordinates read better in rows than one to a line.
# fmt: off
from __future__ import annotations

import math

from cutaway_providers.sketch.backdrops.builds import Panes, cottage, fence
from cutaway_providers.sketch.backdrops.land import foreground, ground, hills, leafy, peaked, pine, rolling, slope
from cutaway_providers.sketch.backdrops.site import Site
from cutaway_providers.sketch.layers import Layer, Sheetlike
from cutaway_providers.sketch.life import Live, flock, mill, smoke
from cutaway_providers.sketch.palette import Colour, at_depth, mix, times
from cutaway_providers.sketch.sheet import Sheet
from cutaway_providers.sketch.stage import Stage

GRASS: Colour = (122, 168, 84)
WHEAT: Colour = (226, 190, 104)
LEAF: Colour = (104, 150, 84)
BARK: Colour = (104, 78, 64)
SNOW: Colour = (240, 244, 250)


def farm(stage: Stage, site: Site) -> list[Sheetlike]:
    """Patchwork fields, a windmill that turns, a red barn with a silo, hay bales, a fence; crows over the wheat."""
    hour = stage.hour
    chance = stage.random("near")
    unit = stage.rise
    near = Sheet(stage, stage.horizon - 0.46 * unit, stage.horizon + 0.12 * stage.height)
    # By themselves: they sway in the wind, houses do not.
    trees = Sheet(stage, stage.horizon - 0.46 * unit, stage.horizon + 0.12 * stage.height)
    panes = Panes(stage, "near")
    line = rolling(stage, chance, stage.horizon - 0.018 * unit, 0.012 * unit)
    layers: list[Sheetlike] = [hills(stage, "far", 10, 0.14, 0.17, 0.05, (136, 172, 150), 0.2), *_fields(stage)]
    for i in range(2):
        x = (i + 0.30) * stage.period / 2
        _barn(stage, near, panes, x, line(x) + 5, 0.30 * unit)
        cottage(near, stage, chance, panes, x + 0.40 * unit, line(x) + 5, 0.22 * unit, 0.12 * unit, 2.2)
        leafy(trees, x - 0.36 * unit, line(x) + 4, 0.30 * unit, at_depth(hour, LEAF, 2.2), chance,
              at_depth(hour, BARK, 2.2))
        mx = x + 0.78 * unit
        top = line(mx) - 0.26 * unit
        wall = at_depth(hour, (232, 224, 208), 2.1)
        near.poly([(mx - 0.052 * unit, line(mx) + 5), (mx - 0.032 * unit, top), (mx + 0.032 * unit, top),
                   (mx + 0.052 * unit, line(mx) + 5)], wall)
        near.poly([(mx, top), (mx + 0.032 * unit, top), (mx + 0.052 * unit, line(mx) + 5), (mx, line(mx) + 5)],
                  times(wall, 0.9))
        near.blob([(mx - 0.038 * unit, top + 2), (mx, top - 0.05 * unit), (mx + 0.038 * unit, top + 2)],
                  at_depth(hour, (150, 84, 70), 2.2))
        layers.append(Live(f"mill.{i}", 30.4, 0.62, mx, top, 0.18 * unit,
                           mill(0.17 * unit, at_depth(hour, (96, 74, 62), 2.4),
                                mix(at_depth(hour, (246, 240, 226), 2.4), hour.rim, 0.1))))
    near.profile(line, at_depth(hour, GRASS, 2.1))
    for _ in range(7):
        x = chance.random() * stage.period
        r = 0.026 * unit
        hay = at_depth(hour, WHEAT, 2.4)
        near.oval(x, line(x) + 0.012 * unit, r * 1.25, r, hay)
        near.oval(x + r * 0.35, line(x) + 0.012 * unit, r * 0.72, r * 0.82, times(hay, 1.06))
        near.oval(x + r * 0.35, line(x) + 0.012 * unit, r * 0.30, r * 0.36, times(hay, 0.86))
    fence(near, stage, stage.horizon + 0.016 * stage.height, 0.045 * unit, at_depth(hour, (158, 126, 98), 2.4),
          gap=0.085 * stage.unit)
    layers.append(trees.finish("near.trees", 30, 0.62, haze=0.10))
    layers.append(near.finish("near", 30, 0.62, haze=0.10, glows=panes.glows))
    layers += panes.layers("near", 30, 0.62, near.top, near.top + near.rows)
    layers.append(Live("birds", 21.0, 0.3, 0.3 * stage.width, 0.34 * stage.height, 0.4 * stage.width,
                       flock(stage.random("birds"), at_depth(hour, (44, 44, 56), 2.2), 0.2 * stage.width,
                             0.015 * stage.unit, 0.05 * stage.width)))
    return [*layers, ground(stage, (150, 142, 84), climbs=site.climbs), _wheat(stage)]


def _fields(stage: Stage) -> list[Sheetlike]:
    """Fields in strips of their own colours, with furrows that run away from us and hedges between."""
    hour = stage.hour
    chance = stage.random("mid")
    sheet = Sheet(stage, stage.horizon - 0.22 * stage.rise, stage.horizon + 0.12 * stage.height)
    line = rolling(stage, chance, stage.horizon - 0.10 * stage.rise, 0.030 * stage.rise)
    sheet.profile(line, at_depth(hour, GRASS, 1.1))
    low = stage.horizon + 0.02 * stage.height
    crops: tuple[Colour, ...] = (WHEAT, (150, 176, 88), (176, 136, 96), (206, 202, 116), (116, 160, 92))
    count = 9
    for i in range(count):
        x0, x1 = (i + 0.02) * stage.period / count, (i + 0.98) * stage.period / count
        crop = at_depth(hour, crops[i % 5], 1.15)
        lean = 0.10 * stage.rise
        steps = [x0 + (x1 - x0) * k / 8 for k in range(9)]
        sheet.poly([*((x, line(x) + 3) for x in steps), (x1 + lean, low), (x0 - lean, low)], crop)
        for k in range(1, 8):
            x, share = x0 + (x1 - x0) * k / 8, (k / 8 - 0.5) * 2
            sheet.poly([(x, line(x) + 3), (x + 1, line(x) + 3), (x + lean * share + 3, low),
                        (x + lean * share - 3, low)], times(crop, 0.91))
        for k in range(5):
            sheet.oval(x0 + 0.01 * k * stage.rise, line(x0) - 1, 0.014 * stage.rise, 0.014 * stage.rise,
                       at_depth(hour, LEAF, 1.3 + 0.06 * k))
    return [sheet.finish("mid", 20, 0.34, haze=hour.haze_share * 0.6)]


def _barn(stage: Stage, sheet: Sheet, panes: Panes, x: float, foot: float, wide: float) -> None:
    hour = stage.hour
    red, trim = at_depth(hour, (186, 66, 54), 2.2), at_depth(hour, (244, 236, 222), 2.2)
    roof = at_depth(hour, (110, 100, 108), 2.2)
    silo = at_depth(hour, (196, 200, 204), 2.1)
    sx, sw, sh = x + wide * 0.66, wide * 0.13, wide * 0.92
    sheet.rect(sx - sw, foot - sh, sx + sw, foot + 3, silo)
    sheet.rect(sx + sw * 0.2, foot - sh, sx + sw, foot + 3, times(silo, 0.88))
    for k in range(1, 6):
        sheet.rect(sx - sw, foot - sh * k / 6, sx + sw, foot - sh * k / 6 + 1.6, times(silo, 0.8))
    sheet.blob([(sx - sw, foot - sh + 2), (sx - sw * 0.7, foot - sh - sw * 0.8), (sx, foot - sh - sw * 1.1),
                (sx + sw * 0.7, foot - sh - sw * 0.8),
                (sx + sw, foot - sh + 2)], times(roof, 1.1))
    high = wide * 0.42
    gable = [(x - wide / 2, foot + 3), (x - wide / 2, foot - high), (x - wide * 0.34, foot - high * 1.52),
             (x, foot - high * 1.86),
             (x + wide * 0.34, foot - high * 1.52), (x + wide / 2, foot - high), (x + wide / 2, foot + 3)]
    sheet.poly(gable, red)
    for k in range(1, 14):
        px = x - wide / 2 + wide * k / 14
        top = foot - high - high * 0.86 * (1 - abs(px - x) / (wide / 2)) ** 0.75
        sheet.rect(px, top, px + 1.4, foot + 3, times(red, 0.9))
    sheet.line([(px, py - 2) for px, py in gable[1:6]], wide * 0.045, roof)
    w, h = wide * 0.17, high * 0.72
    sheet.rect(x - w, foot - h, x + w, foot + 2, times(red, 0.78))
    for a, b in (((x - w, foot - h), (x + w, foot)), ((x + w, foot - h), (x - w, foot))):
        sheet.line([a, b], wide * 0.016, trim)
    sheet.line([(x - w, foot), (x - w, foot - h), (x + w, foot - h), (x + w, foot)], wide * 0.018, trim)
    panes.pane(sheet, [(x - w * 0.45, foot - high * 1.16), (x + w * 0.45, foot - high * 1.16),
                       (x + w * 0.45, foot - high * 1.42),
                       (x - w * 0.45, foot - high * 1.42)], red, 2.2, shine=wide * 0.2)


def _wheat(stage: Stage) -> Layer:
    """Ears of wheat along the lower edge."""
    chance = stage.random("front")
    sheet = Sheet(stage, 0.86 * stage.height, stage.height + stage.pad)
    colour = times(at_depth(stage.hour, WHEAT, 3.0), 0.62)
    base = 0.995 * stage.height
    sheet.rect(-1, base, stage.period + 1, stage.height + stage.pad, times(colour, 0.7))
    for _ in range(200):
        x, tall = chance.random() * stage.period, (0.045 + 0.045 * chance.random()) * stage.unit
        bend = (0.2 + 0.4 * chance.random()) * tall
        tone = times(colour, 0.75 + 0.5 * chance.random())
        sheet.line([(x, base + 4), (x + bend * 0.3, base - tall * 0.6), (x + bend, base - tall)], 1.6,
                   times(tone, 0.86))
        for k in range(3):
            ex, ey = x + bend * (0.72 + 0.16 * k), base - tall * (0.82 + 0.10 * k)
            sheet.oval(ex, ey, tall * 0.045, tall * 0.075, tone)
    return sheet.finish("front", 80, 1.32, shadow=0.25, light=0.5)


def road(stage: Stage, site: Site) -> list[Sheetlike]:
    """A road through hills: telegraph poles with sagging wires, a far range, hedges, the asphalt and its line."""
    hour = stage.hour
    unit = stage.rise
    chance = stage.random("far")
    line, _ = peaked(stage, chance, stage.horizon - 0.10 * unit, 0.24 * unit, 6)
    far = Sheet(stage, stage.horizon - 0.40 * unit, stage.horizon + 0.10 * stage.height)
    far.profile(line, at_depth(hour, (150, 160, 178), 0.2), step=2.0)
    layers: list[Sheetlike] = [far.finish("far", 10, 0.10, haze=hour.haze_share)]
    layers.append(hills(stage, "mid", 20, 0.30, 0.085, 0.038, (140, 172, 110), 1.1))
    chance = stage.random("near")
    near = Sheet(stage, stage.horizon - 0.46 * unit, stage.horizon + 0.12 * stage.height)
    bank = rolling(stage, chance, stage.horizon - 0.020 * unit, 0.014 * unit)
    for i in range(5):
        x = (i + 0.2 + 0.6 * chance.random()) * stage.period / 5
        leafy(near, x, bank(x) + 4, (0.17 + 0.14 * chance.random()) * unit, at_depth(hour, LEAF, 2.0), chance,
              at_depth(hour, BARK, 2.1))
    near.profile(bank, at_depth(hour, GRASS, 2.1))
    for _ in range(80):
        x, r = chance.random() * stage.period, (0.010 + 0.016 * chance.random()) * unit
        near.oval(x, bank(x) + 2, r * 1.4, r, times(at_depth(hour, LEAF, 2.2), 0.86 + 0.24 * chance.random()))
    pole, count = at_depth(hour, (112, 88, 74), 2.6), max(3, round(stage.period / (0.95 * stage.unit)))
    tall, step = 0.40 * unit, stage.period / count
    foot = stage.horizon + 0.012 * stage.height
    for i in range(count):
        x = (i + 0.35) * step
        near.rect(x - 3, foot - tall, x + 3, foot + 3, pole)
        near.rect(x - 0.055 * unit, foot - tall * 0.94, x + 0.055 * unit, foot - tall * 0.94 + 4, pole)
        for side in (-1, 1):
            near.oval(x + side * 0.048 * unit, foot - tall * 0.955, 3, 4, mix(pole, hour.rim, 0.35))
            wire = [(x + side * 0.048 * unit + step * k / 12,
                     foot - tall * 0.955 + 0.16 * tall * 4 * (k / 12) * (1 - k / 12)) for k in range(13)]
            near.line(wire, 1.2, mix(pole, hour.sky[1], 0.25))
    layers.append(near.finish("near", 30, 0.66, haze=0.10))
    layers.append(Live("birds", 12.0, 0.12, 0.62 * stage.width, 0.30 * stage.height, 0.4 * stage.width,
                       flock(stage.random("birds"), at_depth(hour, (52, 56, 70), 1.8), 0.2 * stage.width,
                             0.013 * stage.unit, -0.035 * stage.width)))
    return [*layers, _asphalt(stage, site), foreground(stage, GRASS)]


def _asphalt(stage: Stage, site: Site) -> Layer:
    hour = stage.hour
    chance = stage.random("ground")
    rise = 0.40 * stage.height if site.climbs else 0.0

    def up(x: float) -> float:
        return slope(stage, x) if site.climbs else 0.0

    top = stage.horizon + 0.016 * stage.height
    sheet = Sheet(stage, top - rise - 0.10 * stage.height, stage.height + stage.pad)
    verge, tar = at_depth(hour, (150, 152, 96), 2.75), at_depth(hour, (104, 104, 112), 2.85)
    sheet.profile(lambda x: top - up(x), verge)
    first = top + 0.030 * stage.height
    sheet.profile(lambda x: first - up(x), times(tar, 0.92))
    sheet.profile(lambda x: first + 0.008 * stage.height - up(x), tar)
    white = mix(tar, at_depth(hour, (250, 244, 226), 2.8), 0.75)
    sheet.profile(lambda x: first + 0.018 * stage.height - up(x), white)
    sheet.profile(lambda x: first + 0.023 * stage.height - up(x), tar)
    for _ in range(160):
        x, y = chance.random() * stage.period, first + (0.03 + 0.20 * chance.random()) * stage.height
        w = (0.004 + 0.016 * chance.random()) * stage.unit
        sheet.oval(x, y - up(x), w, 1.3, times(tar, 0.90 + 0.22 * chance.random()))
    dashes = 9
    for i in range(dashes):
        x, w, y = i * stage.period / dashes, 0.45 * stage.period / dashes, 0.930 * stage.height
        h = 0.011 * stage.height
        sheet.poly([(x, y - up(x)), (x + w, y - up(x + w)), (x + w * 0.97, y + h - up(x + w)),
                    (x - w * 0.03, y + h - up(x))], white)
    for i in range(8):
        x = (i + 0.5) * stage.period / 8
        y = top + 0.020 * stage.height - up(x)
        sheet.rect(x - 3.2, y - 0.060 * stage.rise, x + 3.2, y, at_depth(hour, (244, 240, 230), 2.8))
        sheet.rect(x - 3.2, y - 0.052 * stage.rise, x + 3.2, y - 0.036 * stage.rise, at_depth(hour, (206, 66, 56), 2.8))
    return sheet.finish("ground", 40, 1.0, shadow=0.22, light=0.5)


def snowfield(stage: Stage, site: Site) -> list[Sheetlike]:
    """White hills under a far range, firs with snow on every skirt, a cabin with a lit window and smoke, ski tracks."""
    hour = stage.hour
    unit = stage.rise
    chance = stage.random("far")
    line, tops = peaked(stage, chance, stage.horizon - 0.06 * unit, 0.44 * unit, 5)
    far = Sheet(stage, stage.horizon - 0.62 * unit, stage.horizon + 0.10 * stage.height)
    ice = at_depth(hour, (206, 218, 236), 0.3)
    far.profile(line, ice, step=2.0)
    away = 1 if hour.sun_at[0] < 0.5 else -1
    for x, y in tops:
        d = 0.16 * unit
        far.poly([(x, y), (x + away * d * 0.34, y + d * 0.5), (x + away * d * 0.2, y + d * 0.8),
                  (x + away * d * 0.9, y + d * 1.5),
                  (x + away * d * 0.1, stage.horizon), (x - away * d * 0.06, y + d)], times(ice, 0.88))
    layers: list[Sheetlike] = [far.finish("far", 10, 0.10, haze=hour.haze_share)]
    mouths: list[tuple[float, float]] = []
    for name, depth, parallax, trees, low, lift, tone in (("mid", 20, 0.34, 20, 0.12, 0.07, 1.2),
                                                          ("near", 30, 0.64, 9, 0.26, 0.02, 2.2)):
        chance = stage.random(name)
        sheet = Sheet(stage, stage.horizon - (low + 0.34) * unit, stage.horizon + 0.12 * stage.height)
        bank = rolling(stage, chance, stage.horizon - lift * unit, 0.022 * unit)
        white = mix(at_depth(hour, SNOW, tone), hour.cloud, 0.16)
        panes = Panes(stage, name, 1.0)
        for i in range(trees):
            x = (i + 0.1 + 0.8 * chance.random()) * stage.period / trees
            tall = (low + 0.16 * chance.random()) * unit
            _snowy_fir(sheet, stage, x, bank(x) + 4, tall, at_depth(hour, (58, 96, 92), tone), white)
        if name == "near":
            for i in range(2):
                x = (i + 0.36) * stage.period / 2
                mouths.append(cottage(sheet, stage, chance, panes, x, bank(x) + 5, 0.24 * unit, 0.10 * unit, 2.2))
                y = bank(x) + 5 - 0.10 * unit
                sheet.poly([(x - 0.145 * unit, y + 0.012 * unit), (x - 0.085 * unit, y - 0.088 * unit),
                            (x + 0.085 * unit, y - 0.088 * unit),
                            (x + 0.145 * unit, y + 0.012 * unit), (x + 0.10 * unit, y + 0.002 * unit), (x,
                                    y - 0.012 * unit),
                            (x - 0.10 * unit, y + 0.004 * unit)], white)
        sheet.profile(bank, white)
        for _ in range(18):
            x, w = chance.random() * stage.period, (0.03 + 0.08 * chance.random()) * unit
            y = bank(x) + (0.02 + 0.05 * chance.random()) * unit
            sheet.blob([(x - w, y), (x, y - 3), (x + w, y + 1), (x, y + 4)], times(white, 0.93))
        layers.append(sheet.finish(name, depth, parallax, haze=0.12, glows=panes.glows))
        layers += panes.layers(name, depth, parallax, sheet.top, sheet.top + sheet.rows)
    chance = stage.random("smoke")
    layers += [Live(f"smoke.{i}", 29.0, 0.64, x, y, 0.3 * stage.unit, smoke(chance,
            mix(hour.haze, (240, 240, 244), 0.5), 0.28 * unit, 0.042 * stage.unit))
               for i, (x, y) in enumerate(mouths)]
    return [*layers, _drifts(stage, site), _twigs(stage)]


def _snowy_fir(sheet: Sheet, stage: Stage, x: float, foot: float, tall: float, green: Colour, white: Colour) -> None:
    pine(sheet, x, foot, tall, green, stage.random(f"fir.{round(x)}"))
    wide = tall * 0.2
    for k in range(4):
        share = k / 4
        y, half = foot - tall * (0.16 + 0.19 * k), wide * (0.92 - 0.74 * share)
        sheet.blob([(x - half, y), (x - half * 0.4, y - tall * 0.085), (x + half * 0.1, y - tall * 0.12),
                    (x + half * 0.75, y - tall * 0.03),
                    (x + half * 0.3, y - tall * 0.042), (x - half * 0.2, y - tall * 0.03)], white)
    sheet.poly([(x, foot - tall), (x + wide * 0.2, foot - tall * 0.86), (x - wide * 0.14, foot - tall * 0.88)], white)


def _drifts(stage: Stage, site: Site) -> Layer:
    hour = stage.hour
    chance = stage.random("ground")
    rise = 0.40 * stage.height if site.climbs else 0.0
    sheet = Sheet(stage, stage.horizon - rise - 0.05 * stage.height, stage.height + stage.pad)
    white = mix(at_depth(hour, SNOW, 2.9), hour.cloud, 0.10)
    shade = mix(white, hour.sky[0], 0.20)
    for i in range(3):
        base = stage.horizon + (0.014 + 0.060 * i) * stage.height
        soft = rolling(stage, chance, base, 0.010 * stage.height)
        line = (lambda x, soft=soft: soft(x) - slope(stage, x)) if site.climbs else soft
        sheet.profile(line, times(white, 1.0 - 0.035 * i))
        for _ in range(14):
            x, w = chance.random() * stage.period, (0.05 + 0.10 * chance.random()) * stage.unit
            y = line(x) + 0.012 * stage.height
            sheet.blob([(x - w, y + 2), (x, y - 2), (x + w, y + 3), (x, y + 6)], mix(white, shade, 0.5))
    if not site.climbs:
        for dy in (0.0, 0.012):
            track = [(stage.period * k / 160,
                      (0.925 + dy) * stage.height + 4 * math.sin(math.tau * 3 * k / 160)) for k in range(161)]
            sheet.line(track, 2.6, shade)
    for _ in range(60):
        x, y = chance.random() * stage.period, stage.horizon + (0.03 + 0.18 * chance.random()) * stage.height
        sheet.oval(x, y - (slope(stage, x) if site.climbs else 0), 1.3, 1.1,
                   (255, 255, 255) if not hour.lamps else mix(white, (255, 255, 255), 0.5))
    return sheet.finish("ground", 40, 1.0, shadow=0.20, light=0.8)


def _twigs(stage: Stage) -> Layer:
    """A snow bank with bare twigs and berries along the lower edge."""
    hour = stage.hour
    chance = stage.random("front")
    sheet = Sheet(stage, 0.86 * stage.height, stage.height + stage.pad)
    base = 0.985 * stage.height
    bank = rolling(stage, chance, base, 0.010 * stage.height)
    dark = times(at_depth(hour, (96, 80, 80), 3.0), 0.6)
    for i in range(12):
        x = (i + chance.random()) * stage.period / 12
        for k in range(4):
            tall, lean = (0.04 + 0.05 * chance.random()) * stage.unit, (chance.random() - 0.5) * 0.07 * stage.unit
            sheet.line([(x + k * 4, base + 8), (x + k * 4 + lean * 0.4, base - tall * 0.5),
                        (x + k * 4 + lean, base - tall)], 2.2, dark)
            if i % 2:
                sheet.oval(x + k * 4 + lean, base - tall, 3.4, 3.4, times(at_depth(hour, (206, 60, 56), 3.0), 0.8))
    sheet.profile(bank, times(mix(at_depth(hour, SNOW, 3.0), hour.sky[0], 0.25), 0.78))
    return sheet.finish("front", 80, 1.32, shadow=0.28, light=0.6)
