"""Backdrops with water: sea, harbour, lake, beach. Waves are sheets of paper that slide and bob."""

# Coordinates read better in rows than one to a line.
# fmt: off
from __future__ import annotations

import math

from cutaway_providers.sketch.backdrops.builds import birds_over
from cutaway_providers.sketch.backdrops.land import foreground, hills, pine, rolling
from cutaway_providers.sketch.backdrops.site import Site
from cutaway_providers.sketch.layers import Drift, Layer, Sheetlike
from cutaway_providers.sketch.palette import Colour, at_depth, mix, times
from cutaway_providers.sketch.sheet import Sheet
from cutaway_providers.sketch.stage import Stage

DEEP: Colour = (52, 116, 150)
SAND: Colour = (232, 200, 148)
FIR: Colour = (54, 104, 84)


def sea(stage: Stage, site: Site) -> list[Sheetlike]:
    """Open water to a far shore; whoever cannot swim stands on a jetty in front."""
    layers: list[Sheetlike] = [
        hills(stage, "far", 10, 0.10, 0.004, 0.024, (120, 150, 160), 0.1),
        *_sails(stage, 26.5, 0.10, 4),
        *_water(stage, afloat=site.afloat),
        birds_over(stage, 0.30, 0.30, 0.05),
    ]
    return [*layers, *([] if site.afloat else [_jetty(stage)])]


def harbour(stage: Stage, site: Site) -> list[Sheetlike]:
    """Water between a quay with gabled houses and the jetty."""
    hour = stage.hour
    chance = stage.random("near")
    sheet = Sheet(stage, stage.horizon - 0.45 * stage.rise, stage.horizon + 0.12 * stage.height)
    quay = stage.horizon - 0.012 * stage.height
    glows = []
    count = 14
    for i in range(count):
        x0, wide = i * stage.period / count, stage.period / count
        high = (0.15 + 0.10 * chance.random()) * stage.rise
        wall = at_depth(hour, chance.choice(((206, 96, 84), (232, 190, 112), (120, 152, 172), (238, 226, 206),
                                             (146, 170, 132))), 2.0)
        sheet.rect(x0 + 1, quay - high, x0 + wide - 1, quay + 6, wall)
        sheet.poly([(x0 - 2, quay - high), (x0 + wide / 2, quay - high - 0.075 * stage.rise),
                    (x0 + wide + 2, quay - high)], times(wall, 0.70))
        for row in range(3):
            for column in range(3):
                x, y = x0 + wide * (0.24 + 0.26 * column), quay - high * (0.82 - 0.27 * row)
                lit = hour.lamps and chance.random() < 0.55
                pane = (255, 212, 120) if lit else times(wall, 0.74)
                sheet.rect(x - wide * 0.07, y, x + wide * 0.07, y + high * 0.14, pane)
                if lit:
                    glows.append((x, y + high * 0.07, wide * 0.22, (255, 206, 120), 0.30))
    sheet.rect(-1, quay, stage.period + 1, quay + 0.03 * stage.height, at_depth(hour, (128, 118, 112), 2.2))
    layers: list[Sheetlike] = [
        hills(stage, "far", 10, 0.10, 0.10, 0.035, (120, 150, 160), 0.3),
        sheet.finish("near", 28, 0.5, haze=0.08, glows=glows),
        *_sails(stage, 31.0, 0.76, 5, moored=True),
        birds_over(stage, 0.60, 0.22, -0.045),
        *_water(stage, afloat=site.afloat),
    ]
    return [*layers, *([] if site.afloat else [_jetty(stage)])]


def lake(stage: Stage, site: Site) -> list[Sheetlike]:
    """Still water below wooded hills, a grassy bank in front."""
    chance = stage.random("near")
    near = Sheet(stage, stage.horizon - 0.30 * stage.rise, stage.horizon + 0.10 * stage.height)
    line = rolling(stage, chance, stage.horizon - 0.012 * stage.rise, 0.008 * stage.rise)
    for i in range(46):
        x = (i + chance.random()) * stage.period / 46
        pine(near, x, line(x) + 3, (0.07 + 0.10 * chance.random()) * stage.rise, at_depth(stage.hour, FIR, 1.7), chance)
    near.profile(line, at_depth(stage.hour, FIR, 1.8))
    layers: list[Sheetlike] = [
        birds_over(stage, 0.40, 0.30, 0.03),
        hills(stage, "far", 10, 0.12, 0.20, 0.060, (132, 156, 168), 0.1),
        hills(stage, "mid", 20, 0.26, 0.09, 0.040, (104, 148, 122), 1.0),
        near.finish("near", 26, 0.40, haze=0.12),
        *_water(stage, afloat=site.afloat, calm=0.5),
    ]
    return [*layers, *([] if site.afloat else [_shore(stage, (112, 152, 88)), foreground(stage, (96, 140, 80))])]


def beach(stage: Stage, site: Site) -> list[Sheetlike]:
    """Sand in front of the sea, a headland far away."""
    layers: list[Sheetlike] = [
        hills(stage, "far", 10, 0.10, 0.025, 0.035, (140, 160, 150), 0.2),
        *_sails(stage, 26.5, 0.10, 2),
        *_water(stage, afloat=site.afloat),
        birds_over(stage, 0.66, 0.24, -0.045),
    ]
    return [*layers, *([] if site.afloat else [_shore(stage, SAND, foam=True)])]


def _water(stage: Stage, *, afloat: bool, calm: float = 1.0) -> list[Layer]:
    layers = [_sheen(stage)]
    # Floaters lie between the second and the third sheet, at the water line of the third.
    rows = ((30.0, 0.74, 0.020, 0.006), (42.0, 0.90, 0.050, 0.008), (60.0, 1.06, 0.086, 0.011),
            (64.0, 1.18, 0.135, 0.014))
    for i, (depth, parallax, down, high) in enumerate(rows):
        layers.append(_wave(stage, f"water.{i}", depth, parallax, down, high * calm, i))
    if afloat:
        layers.append(_wave(stage, "front", 80, 1.4, 0.195, 0.015 * calm, 4))
    return layers


def _sails(stage: Stage, depth: float, parallax: float, count: int, *, moored: bool = False) -> list[Sheetlike]:
    """Boats: far sails that cross slowly, or moored ones with bare masts that rock at the quay."""
    hour = stage.hour
    chance = stage.random("sails")
    tall = (0.20 if moored else 0.075) * stage.rise
    foot = stage.horizon + (0.018 if moored else 0.006) * stage.height
    sheet = Sheet(stage, foot - tall * 1.3, foot + 0.03 * stage.height)
    tone = 2.3 if moored else 0.7
    for i in range(count):
        x = (i + 0.2 + 0.6 * chance.random()) * stage.period / count
        size = tall * (0.75 + 0.4 * chance.random())
        hull = at_depth(hour, ((196, 84, 70), (240, 236, 226), (70, 104, 140))[i % 3], tone)
        wood = at_depth(hour, (120, 90, 70), tone)
        sheet.blob([(x - size * 0.40, foot - size * 0.10), (x + size * 0.44, foot - size * 0.12),
                    (x + size * 0.32, foot + size * 0.05), (x - size * 0.30, foot + size * 0.05)], hull)
        sheet.line([(x, foot - size * 0.08), (x, foot - size * 1.15)], max(1.6, size * 0.022), wood)
        if moored:
            sheet.line([(x, foot - size * 0.30), (x + size * 0.34, foot - size * 0.26)], max(2.0, size * 0.05),
                       at_depth(hour, (232, 226, 210), tone))
            sheet.line([(x - size * 0.36, foot - size * 0.12), (x, foot - size * 1.12),
                        (x + size * 0.40, foot - size * 0.12)],
                       1.1, wood)
        else:
            cloth = mix(at_depth(hour, (250, 246, 234), tone), hour.sun, 0.25)
            sheet.poly([(x + size * 0.03, foot - size * 0.20), (x + size * 0.03, foot - size * 1.10),
                        (x + size * 0.42, foot - size * 0.20)], cloth)
            sheet.poly([(x - size * 0.03, foot - size * 0.20), (x - size * 0.03, foot - size * 0.95),
                        (x - size * 0.32, foot - size * 0.20)], times(cloth, 0.9))
    pace, bob = (0.0 if moored else 0.012) * stage.width, (0.004 if moored else 0.0012) * stage.height
    return [sheet.finish("sails", depth, parallax, shadow=0.15, light=0.7,
                         drift=lambda t: (pace * t, bob * math.sin(t * 1.2)))]


def _sheen(stage: Stage) -> Layer:
    """The flat far water with the light's path on it."""
    hour = stage.hour
    sheet = Sheet(stage, stage.horizon - 0.004 * stage.height, stage.horizon + 0.2 * stage.height)
    colour = mix(at_depth(hour, DEEP, 0.9), hour.sky[2], 0.35)
    sheet.rect(-1, stage.horizon, stage.period + 1, stage.horizon + 0.2 * stage.height, colour)
    chance = stage.random("sheen")
    centre = hour.sun_at[0] * stage.width
    for _ in range(60):
        x = centre + chance.gauss(0, 0.07) * stage.width
        y = stage.horizon + (0.004 + 0.03 * chance.random()) * stage.height
        w = (0.008 + 0.03 * chance.random()) * stage.width
        sheet.oval(x, y, w, 1.3, mix(colour, hour.sun, 0.65))
    return sheet.finish("water.far", 25, 0.05, shadow=0.0, light=0.5)


def _wave(stage: Stage, name: str, depth: float, parallax: float, down: float, high: float, i: int) -> Layer:
    chance = stage.random(name)
    top = stage.horizon + down * stage.height
    swell = high * stage.height
    sheet = Sheet(stage, top - 3 * swell, stage.height + stage.pad + 4 * swell)
    count = 22 - 3 * i
    turn = chance.random() * math.tau
    slow = rolling(stage, chance, 0.0, swell * 0.5, busy=3)
    period = stage.period

    def crest(x: float) -> float:
        # Sharp tops and round troughs: the cut edge of a paper wave.
        return top + slow(x) - swell * (1 - abs(math.sin(math.pi * count * x / period + turn))) * 1.7

    colour = times(mix(at_depth(stage.hour, DEEP, 1.1 + 0.42 * i), stage.hour.sky[2], 0.16 - 0.03 * i), 1.04 - 0.06 * i)
    sheet.profile(crest, colour, step=2.0)
    foam = mix(colour, stage.hour.rim, 0.30)
    for k in range(26):
        x = (k + chance.random()) * period / 26
        w = (0.010 + 0.020 * chance.random()) * stage.width
        y = top + slow(x) + (0.014 + 0.03 * chance.random()) * stage.height
        sheet.blob([(x - w, y), (x, y - 1.6), (x + w, y), (x, y + 1.4)], foam)
    return sheet.finish(name, depth, parallax, shadow=0.22, light=1.3, drift=_swell(stage, i, swell))


def _swell(stage: Stage, i: int, swell: float) -> Drift:
    way = (0.016 + 0.006 * i) * stage.width * (1 if i % 2 else -1)
    rate = 0.9 - 0.07 * i
    return lambda t: (way * math.sin(rate * t + i * 1.7), swell * 0.5 * math.sin(rate * 1.35 * t + i * 2.1))


def _shore(stage: Stage, local: Colour, *, foam: bool = False) -> Layer:
    chance = stage.random("ground")
    top = stage.horizon + 0.070 * stage.height
    sheet = Sheet(stage, top - (0.75 * stage.rise if foam else 0.05 * stage.height), stage.height + stage.pad)
    colour = at_depth(stage.hour, local, 2.7)
    edge = rolling(stage, chance, top, 0.010 * stage.height)
    if foam:
        sheet.profile(lambda x: edge(x) - 0.006 * stage.height, mix(at_depth(stage.hour, (250, 250, 246), 2.6),
                                                                    stage.hour.rim, 0.2))
        sheet.profile(lambda x: edge(x) + 0.004 * stage.height, times(colour, 0.80))
        sheet.profile(lambda x: edge(x) + 0.026 * stage.height, colour)
    else:
        sheet.profile(edge, colour)
        sheet.profile(lambda x: edge(x + 60) + 0.05 * stage.height, times(colour, 0.90))
    if foam:
        for i in range(4):
            _palm(stage, sheet, (i + 0.05 + 0.5 * chance.random()) * stage.period / 4, top + 0.035 * stage.height,
                  (0.50 + 0.14 * chance.random()) * stage.rise, 1 if i % 2 else -1)
    for _ in range(40):
        x, y = chance.random() * stage.period, top + (0.05 + 0.14 * chance.random()) * stage.height
        w = stage.unit * (0.006 + 0.03 * chance.random())
        sheet.blob([(x - w, y), (x, y - 2), (x + w, y), (x, y + 2)], times(colour, 0.88 + 0.2 * chance.random()))
    return sheet.finish("ground", 66, 1.0, shadow=0.25, light=0.8)


def _palm(stage: Stage, sheet: Sheet, x: float, foot: float, tall: float, side: int) -> None:
    bark = at_depth(stage.hour, (140, 106, 80), 2.5)
    leaf = at_depth(stage.hour, (76, 138, 92), 2.5)
    points = [(x + side * 0.20 * tall * (k / 8) ** 2, foot - tall * k / 8) for k in range(9)]
    for k in range(8):
        (x0, y0), (x1, y1) = points[k], points[k + 1]
        w0, w1 = tall * (0.032 - 0.002 * k), tall * (0.026 - 0.002 * k)
        sheet.poly([(x0 - w0, y0), (x1 - w1, y1), (x1 + w1, y1), (x0 + w0, y0)], times(bark, 1.0 if k % 2 else 0.88))
    cx, cy = points[-1]
    for k, (reach, drop) in enumerate(((-0.42, 0.20), (-0.36, -0.02), (-0.16, -0.15), (0.14, -0.16), (0.36, -0.03),
                                       (0.43, 0.19), (0.08, 0.24))):
        tip = cx + reach * tall, cy + drop * tall
        mid = cx + reach * tall * 0.55, cy + drop * tall * 0.35 - 0.10 * tall
        sheet.blob([(cx, cy + 2), (mid[0], mid[1] - 0.025 * tall), tip, (mid[0] - 0.01 * tall, mid[1] + 0.045 * tall)],
                   times(leaf, 0.88 + 0.05 * (k % 4)))
    for dx in (-0.02, 0.025):
        sheet.oval(cx + dx * tall, cy + 0.03 * tall, 0.022 * tall, 0.022 * tall, times(bark, 0.75))


def _jetty(stage: Stage) -> Layer:
    hour = stage.hour
    top = stage.horizon + 0.075 * stage.height
    sheet = Sheet(stage, top - 0.10 * stage.height, stage.height + stage.pad)
    plank = at_depth(hour, (158, 122, 92), 2.8)
    deck = top + 0.10 * stage.height
    count = 30
    for i in range(count):
        x, w = i * stage.period / count, stage.period / count
        colour = times(plank, 0.94 + 0.12 * ((i * 7) % 5) / 5)
        sheet.poly([(x + 1, top), (x + w - 1, top), (x + w - 1, deck + 0.03 * stage.height),
                    (x + 1, deck + 0.03 * stage.height)], colour)
    sheet.rect(-1, deck + 0.03 * stage.height, stage.period + 1, deck + 0.058 * stage.height, times(plank, 0.62))
    sheet.rect(-1, top, stage.period + 1, top + 3, mix(plank, hour.rim, 0.25))
    for i in range(6):
        x = (i + 0.4) * stage.period / 6
        sheet.rect(x - 9, top - 0.045 * stage.height, x + 9, top + 0.02 * stage.height, times(plank, 0.72))
        sheet.rect(x - 11, top - 0.055 * stage.height, x + 11, top - 0.040 * stage.height, times(plank, 0.9))
        sheet.rect(x + 70, deck + 0.05 * stage.height, x + 92, stage.height + stage.pad, times(plank, 0.46))
    return sheet.finish("ground", 66, 1.0, shadow=0.35, light=0.8)
