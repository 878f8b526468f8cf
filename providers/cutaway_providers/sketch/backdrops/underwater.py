"""Backdrop: under water. It has no sky of ours: light falls from the surface, and what is far turns to water."""

# Coordinates read better in rows than one to a line.
# fmt: off
from __future__ import annotations

import math

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from cutaway_providers.sketch.backdrops.land import rolling, slope
from cutaway_providers.sketch.backdrops.site import Site
from cutaway_providers.sketch.layers import Layer, Sheetlike, lay_colour, lay_glow
from cutaway_providers.sketch.life import Live, Touch, bubbles, motes
from cutaway_providers.sketch.palette import Colour, mix, times
from cutaway_providers.sketch.sheet import Sheet
from cutaway_providers.sketch.stage import Stage

# The water at the surface and in the depths.
WATER: dict[str, tuple[Colour, Colour]] = {
    "dawn": ((150, 196, 196), (24, 74, 108)), "day": ((118, 214, 222), (14, 78, 124)),
    "dusk": ((214, 134, 124), (36, 44, 94)), "night": ((44, 84, 142), (8, 18, 50)),
}


def underwater(stage: Stage, site: Site) -> list[Sheetlike]:
    """Light that falls in shafts through moving water, reefs in the blue, shoals, kelp that sways, rippled sand."""
    hour = stage.hour
    top, deep = WATER[hour.name]
    layers: list[Sheetlike] = [_depths(stage, top, deep)]
    for name, depth, parallax, lift, count, tone in (("far", 10, 0.14, 0.10, 9, 0.30),
                                                     ("mid", 20, 0.36, 0.05, 10, 0.55)):
        chance = stage.random(name)
        sheet = Sheet(stage, stage.horizon - 0.52 * stage.rise, stage.horizon + 0.12 * stage.height)
        line = rolling(stage, chance, stage.horizon - lift * stage.rise, 0.030 * stage.rise)
        colour = _sunk(stage, (40, 74, 96), tone)
        for i in range(count):
            x, w = (i + 0.7 * chance.random()) * stage.period / count, (0.06 + 0.08 * chance.random()) * stage.rise
            h = (0.08 + 0.20 * chance.random()) * stage.rise
            sheet.blob([(x - w, line(x) + 14), (x - w * 0.8, line(x) - h * 0.5), (x - w * 0.3, line(x) - h),
                        (x + w * 0.25, line(x) - h * 0.8),
                        (x + w * 0.7, line(x) - h * 0.55), (x + w, line(x) + 14)], times(colour,
                                0.9 + 0.14 * chance.random()))
        sheet.profile(line, colour)
        layers.append(sheet.finish(name, depth, parallax, shadow=0.15, light=0.5))
    layers += [_shoal(stage, "shoal.far", 14.0, 0.22, 0.016, (120, 170, 190), 0.05, 26),
               _shoal(stage, "shoal.near", 24.0, 0.5, 0.030, (240, 176, 92), -0.085, 12)]
    layers += [_reef(stage), *_kelp(stage)]
    light = mix(top, (255, 255, 255), 0.45)
    layers.append(Live("shafts", 28.0, 0.10, 0.0, 0.0, 2.0 * stage.width, _shafts(stage, light)))
    chance = stage.random("bubbles")
    for i, (x, parallax) in enumerate(((0.22, 0.7), (0.66, 0.7), (0.9, 1.0))):
        layers.append(Live(f"bubbles.{i}", 31.0 + 15 * (parallax > 0.9), parallax, x * stage.width,
                           stage.horizon + 0.04 * stage.height, 0.3 * stage.unit,
                           bubbles(chance, mix(light, (255, 255, 255), 0.4), 0.72 * stage.height, 0.012 * stage.unit)))
    layers.append(Live("plankton", 70.0, 1.1, 0.5 * stage.width, stage.height, 1.2 * stage.width,
                       motes(chance, light, 1.6 * stage.width, stage.height, 0.0038 * stage.unit)))
    return [*layers, _sand(stage, site), _veil(stage, deep), _front_kelp(stage)]


def _sunk(stage: Stage, local: Colour, tone: float) -> Colour:
    """A local colour seen through water: the farther (`tone` 0 to 1), the more of the water's own."""
    top, deep = WATER[stage.hour.name]
    light = {"dawn": 0.86, "day": 1.0, "dusk": 0.74, "night": 0.46}[stage.hour.name]
    return mix(mix(top, deep, 0.62), times(local, (0.72 * light, 0.94 * light, 1.0 * light)), tone)


def _depths(stage: Stage, top: Colour, deep: Colour) -> Layer:
    width, height = stage.width, stage.height + 2 * stage.pad
    share = np.clip(np.arange(height) / height, 0, 1)[:, None, None] ** 0.8
    noise = np.random.default_rng(11).uniform(-0.9, 0.9, (height, width, 1)).astype(np.float32)
    pixels = np.empty((height, width, 4), np.uint8)
    pixels[..., :3] = np.clip(np.array(top, np.float32) * (1 - share) + np.array(deep, np.float32) * share + noise, 0,
                              255)
    pixels[..., 3] = 255
    image = Image.frombytes("RGBa", (width, height), pixels.tobytes())
    hour = stage.hour
    lay_glow(image, hour.sun_at[0] * width, stage.pad * 0.6, 0.9 * stage.unit, mix(top, (255, 255, 255), 0.6),
             {"night": 0.25}.get(hour.name, 0.6))
    return Layer("sky", 0.0, 0.0, image, -float(stage.pad), 0, solid=-float(stage.pad))


def _shafts(stage: Stage, light: Colour) -> Touch:
    """Beams of light that slide and breathe, drawn at an eighth of their size: they have no detail to lose."""
    chance = stage.random("shafts")
    beams = [(chance.random(), 0.03 + 0.06 * chance.random(), chance.random() * math.tau) for _ in range(9)]
    coarse = 8
    size = (stage.width // coarse, stage.height // coarse)
    fade = Image.linear_gradient("L").rotate(180).resize(size)
    strength = {"dawn": 0.34, "day": 0.36, "dusk": 0.30, "night": 0.16}[stage.hour.name]
    falling = fade.point([round(v * strength) for v in range(256)])
    dark = Image.new("L", size)

    def touch(canvas: Image.Image, x: float, y: float, zoom: float, t: float) -> None:
        mask = Image.new("L", size)
        pen = ImageDraw.Draw(mask)
        for at, wide, turn in beams:
            cx = (at * 1.3 - 0.1 + 0.025 * math.sin(t * 0.5 + turn)) * size[0]
            w = wide * size[0] * (1 + 0.3 * math.sin(t * 0.8 + turn * 2))
            lean = -0.22 * size[0]
            level = round(150 + 90 * math.sin(t * 0.7 + turn))
            pen.polygon([(cx - w * 0.5, 0), (cx + w * 0.5, 0), (cx + w * 1.6 + lean, size[1]),
                         (cx - w * 0.8 + lean, size[1])], fill=level)
        soft = Image.composite(mask.filter(ImageFilter.BoxBlur(1.6)), dark, falling)
        lay_colour(canvas, light, (0, 0), soft.resize(canvas.size, Image.Resampling.BILINEAR))

    return touch


def _shoal(stage: Stage, name: str, depth: float, parallax: float, size: float, local: Colour, speed: float,
           count: int) -> Layer:
    """Fish that swim together, rising and sinking as one."""
    chance = stage.random(name)
    sheet = Sheet(stage, 0.10 * stage.height, 0.72 * stage.height)
    tone = _sunk(stage, local, 0.35 + parallax)
    way = 1 if speed > 0 else -1
    for group in range(2):
        cx = (0.3 + 0.5 * group + 0.1 * chance.random()) * stage.period * 0.8
        cy = (0.26 + 0.22 * chance.random()) * stage.height
        for _ in range(count // 2):
            x, y = cx + chance.gauss(0, 0.13) * stage.width, cy + chance.gauss(0, 0.05) * stage.height
            s = size * stage.unit * (0.7 + 0.6 * chance.random())
            colour = times(tone, 0.86 + 0.25 * chance.random())
            sheet.blob([(x + way * s, y), (x + way * s * 0.3, y - s * 0.42), (x - way * s * 0.7, y - s * 0.1),
                        (x - way * s * 0.7, y + s * 0.1), (x + way * s * 0.3, y + s * 0.40)], colour)
            sheet.poly([(x - way * s * 0.55, y), (x - way * s * 1.15, y - s * 0.40), (x - way * s * 1.0, y),
                        (x - way * s * 1.15, y + s * 0.40)], times(colour, 0.88))
            if parallax > 0.3:
                sheet.oval(x + way * s * 0.58, y - s * 0.08, s * 0.09, s * 0.09, (24, 30, 44))
                sheet.poly([(x + way * s * 0.15, y - s * 0.36), (x + way * s * 0.30, y - s * 0.38),
                            (x + way * s * 0.22, y + s * 0.36), (x + way * s * 0.06, y + s * 0.34)], mix(colour,
                                    (255, 255, 255), 0.5))
    pace = speed * stage.width
    return sheet.finish(name, depth, parallax, shadow=0.10, light=0.5,
                        drift=lambda t: (pace * t + 0.01 * stage.width * math.sin(t * 1.1),
                                         0.014 * stage.height * math.sin(t * 0.8)))


def _reef(stage: Stage) -> Layer:
    """Rocks with corals of many kinds, and a wreck's ribs."""
    chance = stage.random("near")
    unit = stage.rise
    sheet = Sheet(stage, stage.horizon - 0.40 * unit, stage.horizon + 0.12 * stage.height)
    line = rolling(stage, chance, stage.horizon - 0.006 * unit, 0.014 * unit)
    rock = _sunk(stage, (84, 92, 104), 0.82)
    tones: tuple[Colour, ...] = ((236, 106, 108), (244, 168, 92), (186, 110, 190), (246, 214, 120), (112, 196, 170))
    wood = _sunk(stage, (110, 84, 70), 0.74)
    wx = 0.78 * stage.width
    for k in range(6):
        x, h = wx + k * 0.075 * unit, (0.23 - 0.025 * abs(k - 2)) * unit
        sheet.blob([(x, line(x) + 8), (x - 0.030 * unit, line(x) - h * 0.5), (x + 0.005 * unit, line(x) - h),
                    (x + 0.012 * unit, line(x) - h * 0.96), (x - 0.014 * unit, line(x) - h * 0.5), (x + 0.016 * unit,
                            line(x) + 8)], wood)
    sheet.line([(wx - 0.03 * unit, line(wx) - 0.04 * unit), (wx + 0.42 * unit, line(wx) - 0.02 * unit)], 0.018 * unit,
               times(wood, 0.85))
    for i in range(11):
        x, w = (i + 0.8 * chance.random()) * stage.period / 11, (0.05 + 0.07 * chance.random()) * unit
        h, y = (0.05 + 0.10 * chance.random()) * unit, line(x)
        sheet.blob([(x - w, y + 10), (x - w * 0.8, y - h * 0.6), (x - w * 0.2, y - h), (x + w * 0.5, y - h * 0.75),
                    (x + w, y + 10)], times(rock, 0.86 + 0.2 * chance.random()))
        for j in range(3):
            cx, colour = x + (j - 1) * w * 0.7, _sunk(stage, tones[(i + j) % 5], 0.86)
            tall = (0.05 + 0.08 * chance.random()) * unit
            foot = y - h * (0.35 if j == 1 else 0.05)
            kind = (i + j) % 3
            if kind == 0:
                for k in range(7):
                    lean = (k - 3) * 0.24
                    tip = cx + math.sin(lean) * tall, foot - math.cos(lean) * tall * (0.8 + 0.2 * chance.random())
                    sheet.line([(cx, foot), ((cx + tip[0]) / 2 + 3, (foot + tip[1]) / 2), tip], 0.010 * unit, colour)
                    sheet.oval(tip[0], tip[1], 0.008 * unit, 0.008 * unit, mix(colour, (255, 255, 255), 0.3))
            elif kind == 1:
                for k in range(4):
                    r = tall * (0.34 - 0.05 * k)
                    sheet.oval(cx, foot - tall * (0.12 + 0.18 * k), r, r * 0.6, times(colour, 0.82 + 0.10 * k))
            else:
                for k in range(3):
                    px, ph = cx + (k - 1) * 0.022 * unit, tall * (0.7 + 0.25 * k)
                    sheet.rect(px - 0.009 * unit, foot - ph, px + 0.009 * unit, foot + 4, colour)
                    sheet.oval(px, foot - ph, 0.011 * unit, 0.006 * unit, times(colour, 0.6))
    sheet.profile(line, _sunk(stage, (196, 182, 140), 0.72))
    return sheet.finish("near", 30, 0.66, shadow=0.22, light=0.7)


def _kelp(stage: Stage) -> list[Sheetlike]:
    """Stands of kelp, each blade bending later than the one before it."""
    out: list[Sheetlike] = []
    for i, (at, tall) in enumerate(((0.06, 0.62), (0.44, 0.40), (0.94, 0.70), (1.30, 0.50), (1.62, 0.66))):
        x = at * stage.width
        if x < stage.period - 0.1 * stage.width:
            out.append(Live(f"kelp.{i}", 30.2, 0.66, x, stage.horizon + 0.03 * stage.height, 0.3 * stage.unit,
                            _blades(stage, f"kelp.{i}", tall * stage.rise, _sunk(stage, (70, 132, 84), 0.8), 6)))
    return out


def _blades(stage: Stage, name: str, tall: float, colour: Colour, count: int) -> Touch:
    chance = stage.random(name)
    each = [((chance.random() - 0.5) * 0.16 * stage.unit, 0.6 + 0.4 * chance.random(),
             chance.random() * math.tau) for _ in range(count)]

    def touch(canvas: Image.Image, x: float, y: float, zoom: float, t: float) -> None:
        wide, high = 0.36 * stage.unit * zoom, tall * zoom * 1.08
        picture = Image.new("RGBa", (max(2, round(wide)), max(2, round(high))))
        pen = ImageDraw.Draw(picture)
        foot = picture.height
        for k, (dx, part, turn) in enumerate(each):
            h = tall * part * zoom
            steps = 12
            line = []
            for j in range(steps + 1):
                share = j / steps
                bend = 0.055 * stage.unit * share ** 1.4 * math.sin(t * 1.1 + turn * 0.3 - share * 2.2)
                bend += 0.010 * stage.unit * share * math.sin(t * 2.3 + turn)
                line.append((wide / 2 + (dx * (0.5 + 0.5 * share) + bend) * zoom, foot - h * share))
            half = 0.012 * stage.unit * zoom
            left = [(px - half * (1 - (j / steps) ** 2) * (1 + 0.3 * (j % 2)), py) for j, (px, py) in enumerate(line)]
            right = [(px + half * (1 - (j / steps) ** 2) * (1 + 0.3 * ((j + 1) % 2)), py) for j,
                     (px, py) in enumerate(line)]
            pen.polygon([*left, *reversed(right)], fill=(*times(colour, 0.80 + 0.08 * (k % 4)), 255))
        canvas.paste(picture, (round(x - wide / 2), round(y - foot)), picture)

    return touch


def _sand(stage: Stage, site: Site) -> Layer:
    chance = stage.random("ground")
    rise = 0.40 * stage.height if site.climbs else 0.0
    sheet = Sheet(stage, stage.horizon - rise - 0.04 * stage.height, stage.height + stage.pad)
    sand = _sunk(stage, (226, 208, 160), 0.80)

    def up(x: float) -> float:
        return slope(stage, x) if site.climbs else 0.0

    soft = rolling(stage, chance, stage.horizon + 0.016 * stage.height, 0.008 * stage.height)
    sheet.profile(lambda x: soft(x) - up(x), sand)
    for row in range(9):
        y = stage.horizon + (0.034 + 0.0034 * row * row) * stage.height
        for i in range(18):
            x = (i + chance.random()) * stage.period / 18
            w = (0.03 + 0.05 * chance.random()) * stage.unit * (0.7 + 0.12 * row)
            h = 1.5 + 0.6 * row
            sheet.blob([(x - w, y - up(x) + h), (x - w * 0.4, y - up(x) - h * 0.4), (x + w * 0.3, y - up(x) + h * 0.5),
                        (x + w, y - up(x)), (x + w * 0.2, y - up(x) + h * 1.3)],
                       mix(sand, (255, 255, 255), 0.16) if (i + row) % 2 else times(sand, 0.90))
    for _ in range(14):
        x, y = chance.random() * stage.period, stage.horizon + (0.05 + 0.16 * chance.random()) * stage.height
        r, tone = (0.010 + 0.010 * chance.random()) * stage.unit, _sunk(stage,
                ((240, 130, 110), (250, 236, 214))[chance.randrange(2)], 0.9)
        points = []
        for k in range(10):
            a, reach = k * math.pi / 5, r * (1.0 if k % 2 else 0.45)
            points.append((x + reach * math.sin(a), y - up(x) + 0.5 * reach * math.cos(a)))
        sheet.poly(points, tone)
    return sheet.finish("ground", 40, 1.0, shadow=0.2, light=0.6)


def _veil(stage: Stage, deep: Colour) -> Layer:
    """The water between us and the cast."""
    rows = np.linspace(0.06, 0.26, stage.height + 2 * stage.pad)[:, None] * np.ones((1, stage.width))
    alpha = rows * 255
    pixels = np.empty((*rows.shape, 4), np.uint8)
    for channel, value in enumerate(mix(deep, WATER[stage.hour.name][0], 0.3)):
        pixels[..., channel] = alpha * value / 255
    pixels[..., 3] = alpha
    return Layer("water", 74.0, 0.0, Image.frombytes("RGBa", (stage.width, rows.shape[0]), pixels.tobytes()),
                 -float(stage.pad), 0)


def _front_kelp(stage: Stage) -> Layer:
    """Dark weed and corals along the lower edge."""
    chance = stage.random("front")
    sheet = Sheet(stage, 0.84 * stage.height, stage.height + stage.pad)
    dark = times(_sunk(stage, (34, 66, 74), 1.0), 0.55)
    base = stage.height + stage.pad
    for i in range(10):
        x = (i + chance.random()) * stage.period / 10
        for k in range(6):
            tall, lean = (0.05 + 0.05 * chance.random()) * stage.unit, (chance.random() - 0.5) * 0.06 * stage.unit
            px = x + (k - 2.5) * 0.016 * stage.unit
            foot = stage.height + 4
            sheet.blob([(px - 5, foot), (px - 6 + lean * 0.3, foot - tall * 0.5), (px + lean, foot - tall),
                        (px + 7 + lean * 0.3, foot - tall * 0.45), (px + 5, foot)],
                       times(dark, 0.8 + 0.1 * (k % 4)))
    sheet.profile(rolling(stage, chance, 0.995 * stage.height, 0.006 * stage.height), dark)
    sheet.rect(-1, stage.height, stage.period + 1, base, dark)
    way = 0.006 * stage.width
    return sheet.finish("front", 80, 1.32, shadow=0.25, light=0.3, drift=lambda t: (way * math.sin(t * 1.1), 0.0))
