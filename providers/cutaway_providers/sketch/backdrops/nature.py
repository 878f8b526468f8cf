"""Backdrops outdoors: meadow, forest, mountains, desert, camp."""

# Coordinates read better in rows than one to a line.
# fmt: off
from __future__ import annotations

from cutaway_providers.sketch.backdrops.builds import birds_over, leaves_above
from cutaway_providers.sketch.backdrops.land import foreground, ground, hills, leafy, peaked, pine, rolling
from cutaway_providers.sketch.backdrops.site import Site
from cutaway_providers.sketch.layers import Sheetlike
from cutaway_providers.sketch.life import Live, breath, flame, smoke
from cutaway_providers.sketch.palette import at_depth, mix, times
from cutaway_providers.sketch.sheet import Sheet
from cutaway_providers.sketch.stage import Stage

GRASS = (116, 168, 84)
FIR = (54, 104, 84)
LEAF = (104, 158, 84)
BARK = (104, 78, 64)
ROCK = (132, 134, 150)
SAND = (232, 186, 124)


def meadow(stage: Stage, site: Site) -> list[Sheetlike]:
    """Hills, a line of round trees, a flowered field."""
    chance = stage.random("near")
    near = Sheet(stage, stage.horizon - 0.55 * stage.rise, stage.horizon + 0.12 * stage.height)
    line = rolling(stage, chance, stage.horizon - 0.03 * stage.rise, 0.02 * stage.rise)
    colour = at_depth(stage.hour, GRASS, 2.1)
    near.profile(line, colour)
    for i in range(9):
        x = (i + 0.15 + 0.7 * chance.random()) * stage.period / 9
        tall = (0.20 + 0.16 * chance.random()) * stage.rise
        leafy(near, x, line(x) + 4, tall, at_depth(stage.hour, LEAF, 2.0 + 0.3 * chance.random()), chance,
              at_depth(stage.hour, BARK, 2.2))
    return [
        hills(stage, "far", 10, 0.16, 0.16, 0.055, (140, 172, 160), 0.2),
        hills(stage, "mid", 20, 0.36, 0.075, 0.040, (132, 176, 112), 1.1),
        near.finish("near", 30, 0.66, haze=0.10),
        birds_over(stage, 0.62, 0.26, 0.034),
        ground(stage, GRASS, climbs=site.climbs),
        foreground(stage, GRASS),
        leaves_above(stage, LEAF, count=2),
    ]


def forest(stage: Stage, site: Site) -> list[Sheetlike]:
    """Three depths of firs standing in mist, each rooted in its own bank."""
    layers: list[Sheetlike] = [hills(stage, "far", 10, 0.14, 0.20, 0.05, (120, 158, 150), 0.1)]
    for name, depth, parallax, count, low, tall, tone, lift in (
        ("mid.far", 15, 0.26, 34, 0.20, 0.16, 0.9, 0.055),
        ("mid", 20, 0.42, 22, 0.34, 0.20, 1.5, 0.035),
        ("near", 30, 0.68, 11, 0.50, 0.26, 2.3, 0.010),
    ):
        chance = stage.random(name)
        sheet = Sheet(stage, stage.horizon - (low + tall + lift + 0.05) * stage.rise,
                      stage.horizon + 0.12 * stage.height)
        line = rolling(stage, chance, stage.horizon - lift * stage.rise, 0.012 * stage.rise)
        for i in range(count):
            x = (i + 0.1 + 0.8 * chance.random()) * stage.period / count
            size = (low + tall * chance.random()) * stage.rise
            pine(sheet, x, line(x) + 5, size, at_depth(stage.hour, FIR, tone + 0.25 * chance.random()), chance)
        sheet.profile(line, at_depth(stage.hour, mix(FIR, GRASS, 0.3), tone))
        layers.append(sheet.finish(name, depth, parallax, haze=stage.hour.haze_share * (1.15 - 0.32 * tone)))
    layers.append(ground(stage, (92, 122, 78), climbs=site.climbs))
    layers.append(foreground(stage, (70, 100, 70)))
    layers.append(birds_over(stage, 0.34, 0.16, 0.04))
    return layers


def mountains(stage: Stage, site: Site) -> list[Sheetlike]:
    """Two ranges with snow on the summits, dark firs at their feet, stony ground."""
    layers: list[Sheetlike] = [birds_over(stage, 0.30, 0.24, 0.03)]
    for name, depth, parallax, peaks, high, tone in (("far", 10, 0.10, 4, 0.66, 0.15), ("mid", 20, 0.26, 6, 0.42, 1.0)):
        chance = stage.random(name)
        base = stage.horizon - 0.02 * stage.rise
        line, tops = peaked(stage, chance, base, high * stage.rise, peaks)
        sheet = Sheet(stage, base - (high + 0.05) * stage.rise, stage.horizon + 0.12 * stage.height)
        colour = at_depth(stage.hour, ROCK, tone)
        sheet.profile(line, colour, step=2.0)
        snow = mix(at_depth(stage.hour, (250, 250, 252), tone), (255, 255, 255),
                   0.22 if stage.hour.name != "night" else 0.08)
        for x, y in tops:
            d = 0.115 * high * stage.rise / 0.4
            left = [(x - f * d * 1.1, line(x - f * d * 1.1)) for f in (1.0, 0.6, 0.3)]
            right = [(x + f * d * 1.1, line(x + f * d * 1.1)) for f in (0.3, 0.6, 1.0)]
            sheet.poly([*left, (x, y), *right, (x + 0.55 * d, right[2][1] - d * 0.25),
                        (x + 0.25 * d, right[2][1] + d * 0.12),
                        (x, right[2][1] - d * 0.3), (x - 0.4 * d, left[0][1] + d * 0.1), (x - 0.65 * d,
                                                                                          left[0][1] - d * 0.3)], snow)
            # The side away from the light is a fold of darker paper.
            fold = times(colour, 0.86)
            side = -1 if stage.hour.sun_at[0] > 0.5 else 1
            foot = base + 0.03 * stage.rise
            sheet.poly([(x + side * 0.1 * d, y + 1.55 * d), (x + side * 1.5 * d, line(x + side * 1.5 * d) + 4),
                        (x + side * 2.6 * d, foot),
                        (x + side * 0.5 * d, foot), (x - side * 0.15 * d, y + 2.4 * d)], fold)
        layers.append(sheet.finish(name, depth, parallax, haze=stage.hour.haze_share * (1.2 - 0.4 * tone)))
    chance = stage.random("near")
    near = Sheet(stage, stage.horizon - 0.30 * stage.rise, stage.horizon + 0.12 * stage.height)
    line = rolling(stage, chance, stage.horizon - 0.035 * stage.rise, 0.02 * stage.rise)
    for i in range(26):
        x = (i + chance.random()) * stage.period / 26
        pine(near, x, line(x) + 4, (0.08 + 0.10 * chance.random()) * stage.rise, at_depth(stage.hour, FIR, 2.2), chance)
    near.profile(line, at_depth(stage.hour, mix(ROCK, FIR, 0.5), 2.2))
    layers.append(near.finish("near", 30, 0.62, haze=0.10))
    layers.append(ground(stage, mix(ROCK, GRASS, 0.35), climbs=site.climbs, detail="stones"))
    layers.append(foreground(stage, ROCK, kind="stones"))
    return layers


def desert(stage: Stage, site: Site) -> list[Sheetlike]:
    """Mesas, dunes with a lit and a shaded side, a few cacti."""
    hour = stage.hour
    chance = stage.random("far")
    far = Sheet(stage, stage.horizon - 0.45 * stage.rise, stage.horizon + 0.12 * stage.height)
    line = rolling(stage, chance, stage.horizon - 0.06 * stage.rise, 0.015 * stage.rise)
    stone = at_depth(hour, (206, 128, 92), 0.35)
    for i in range(5):
        x = (i + 0.2 + 0.5 * chance.random()) * stage.period / 5
        w, h = (0.10 + 0.14 * chance.random()) * stage.rise, (0.12 + 0.16 * chance.random()) * stage.rise
        y = stage.horizon - 0.04 * stage.rise
        far.poly([(x - w * 1.25, y), (x - w * 0.95, y - h * 0.55), (x - w * 0.9, y - h), (x + w * 0.85, y - h),
                  (x + w * 0.92, y - h * 0.5),
                  (x + w * 1.3, y)], stone)
        far.rect(x - w * 0.9, y - h * 0.78, x + w * 0.88, y - h * 0.70, times(stone, 0.92))
    far.profile(line, at_depth(hour, SAND, 0.5))
    layers: list[Sheetlike] = [far.finish("far", 10, 0.14, haze=hour.haze_share), birds_over(stage, 0.5, 0.22, -0.02)]
    for name, depth, parallax, lift, swing, tone in (("mid", 20, 0.34, 0.055, 0.030, 1.2),
                                                     ("near", 30, 0.64, 0.02, 0.022, 2.1)):
        chance = stage.random(name)
        sheet = Sheet(stage, stage.horizon - (lift + 0.24) * stage.rise, stage.horizon + 0.12 * stage.height)
        dune = rolling(stage, chance, stage.horizon - lift * stage.rise, swing * stage.rise, busy=4)
        if name == "near":
            for i in range(6):
                _cactus(sheet, (i + 0.2 + 0.6 * chance.random()) * stage.period / 6, dune,
                        (0.10 + 0.08 * chance.random()) * stage.rise, at_depth(hour, (84, 132, 92), 2.2))
        sheet.profile(dune, at_depth(hour, SAND, tone))
        layers.append(sheet.finish(name, depth, parallax, haze=0.16))
    layers.append(ground(stage, SAND, climbs=site.climbs, detail="sand"))
    layers.append(foreground(stage, (190, 140, 96), kind="stones"))
    return layers


def _cactus(sheet: Sheet, x: float, line: object, tall: float, colour: tuple[int, int, int]) -> None:
    assert callable(line)
    y, w = line(x) + 4, tall * 0.085
    sheet.blob([(x - w, y), (x - w, y - tall * 0.92), (x, y - tall), (x + w, y - tall * 0.92), (x + w, y)], colour)
    for side, low in ((-1, 0.40), (1, 0.54)):
        out = x + side * tall * 0.24
        sheet.line([(x, y - tall * low), (out, y - tall * low), (out, y - tall * (low + 0.26))], w * 1.4, colour)
        sheet.oval(out, y - tall * (low + 0.26), w * 0.7, w * 0.7, colour)
        sheet.oval(out, y - tall * low, w * 0.7, w * 0.7, colour)


def camp(stage: Stage, site: Site) -> list[Sheetlike]:
    """The forest's edge with a lit tent."""
    layers = [layer for layer in forest(stage, site) if layer.name != "near"]
    hour = stage.hour
    chance = stage.random("near")
    near = Sheet(stage, stage.horizon - 0.50 * stage.rise, stage.horizon + 0.12 * stage.height)
    line = rolling(stage, chance, stage.horizon + 0.015 * stage.rise, 0.008 * stage.rise)
    glows = []
    for i in range(8):
        x = (i + 0.3 + 0.5 * chance.random()) * stage.period / 8
        if i % 4 == 1:
            s = 0.17 * stage.rise
            y = line(x) + 6
            cloth = (255, 196, 104) if hour.lamps else at_depth(hour, (226, 130, 74), 2.6)
            near.poly([(x - s, y), (x - s * 0.05, y - s * 1.15), (x + s * 0.62, y)], cloth)
            near.poly([(x + s * 0.62, y), (x - s * 0.05, y - s * 1.15), (x + s * 0.30, y - s * 1.0),
                       (x + s * 1.25, y)], times(cloth, 0.72))
            near.poly([(x - s * 0.32, y), (x - s * 0.08, y - s * 0.86), (x + s * 0.12, y)], times(cloth, 0.5))
            if hour.lamps:
                glows.append((x - s * 0.05, y - s * 0.45, s * 2.2, (255, 190, 100), 0.45))
        else:
            pine(near, x, line(x) + 5, (0.32 + 0.14 * chance.random()) * stage.rise, at_depth(hour, FIR, 2.3), chance)
    near.profile(line, at_depth(hour, mix(FIR, GRASS, 0.4), 2.3))
    layers.append(near.finish("near", 30, 0.68, haze=0.08, glows=glows))
    # The fire stands beside the tent, behind the cast: its light is the place's lamp after dark.
    x, y, size = 0.72 * stage.width, stage.horizon + 0.045 * stage.height, 0.036 * stage.rise
    layers += [
        Live("fire.glow", 41.0, 1.0, x, y - size, 0.4 * stage.unit,
             breath((255, 170, 80), (0.30 if hour.lamps else 0.14) * stage.unit, flicker=True, strength=0.62)),
        Live("fire", 41.2, 1.0, x, y, 0.2 * stage.unit, flame(size)),
        Live("fire.smoke", 41.1, 1.0, x, y - size * 1.6, 0.3 * stage.unit,
             smoke(stage.random("smoke"), mix(hour.haze, (230, 230, 232), 0.4), 0.36 * stage.rise, 0.034 * stage.unit,
                   strength=0.35)),
    ]
    return layers
