"""Backdrop: space, the ground of a moon under stars and a ringed planet, with no air and no weather of ours."""

# Coordinates read better in rows than one to a line.
# fmt: off
from __future__ import annotations

import math
import random

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from cutaway_providers.sketch.backdrops.land import Line, rolling, slope
from cutaway_providers.sketch.backdrops.site import Site
from cutaway_providers.sketch.layers import Layer, Sheetlike, lay_colour, lay_glow
from cutaway_providers.sketch.life import Live, Touch, breath, flag
from cutaway_providers.sketch.palette import Colour, mix, times
from cutaway_providers.sketch.sheet import Sheet
from cutaway_providers.sketch.stage import Stage

VOID: Colour = (10, 10, 24)
DUST: dict[str, Colour] = {"dawn": (206, 176, 168), "day": (206, 206, 208), "dusk": (176, 128, 136),
                           "night": (112, 126, 170)}

def space(stage: Stage, site: Site) -> list[Sheetlike]:
    """Stars and a band of dust, a ringed planet, a small world; craters, a lander with its flag, moon dust."""
    hour = stage.hour
    chance = stage.random("mid")
    dust = DUST[hour.name]
    layers: list[Sheetlike] = [_heavens(stage), _planet(stage)]
    for name, depth, parallax, lift, swing, tone in (("far", 10, 0.14, 0.10, 0.040, 0.34),
                                                     ("mid", 20, 0.34, 0.045, 0.026, 0.58)):
        chance = stage.random(name)
        sheet = Sheet(stage, stage.horizon - 0.34 * stage.rise, stage.horizon + 0.12 * stage.height)
        line = rolling(stage, chance, stage.horizon - lift * stage.rise, swing * stage.rise, busy=6)
        colour = mix(VOID, dust, tone)
        for i in range(7):
            x, w = (i + chance.random()) * stage.period / 7, (0.05 + 0.07 * chance.random()) * stage.rise
            h = (0.03 + 0.07 * chance.random()) * stage.rise
            sheet.poly([(x - w, line(x - w) + 6), (x - w * 0.5, line(x) - h * 0.7), (x - w * 0.1, line(x) - h),
                        (x + w * 0.3, line(x) - h * 0.75),
                        (x + w, line(x + w) + 6)], times(colour, 0.92))
            away = 1 if hour.sun_at[0] < 0.5 else -1
            sheet.poly([(x - w * 0.1, line(x) - h), (x + away * w * 0.4, line(x) - h * 0.6),
                        (x + away * w, line(x + away * w) + 6), (x + away * w * 0.2, line(x) + 6)],
                       times(colour, 0.70))
        sheet.profile(line, colour)
        _craters(stage, sheet, line, colour, chance, 12, 0.05)
        layers.append(sheet.finish(name, depth, parallax, shadow=0.25, light=0.7))
    near, pole = _lander(stage)
    layers.append(near)
    layers.append(Live("flag", 30.5, 0.66, pole[0], pole[1], 0.12 * stage.rise,
                       _stiff(flag([(214, 84, 72), (246, 240, 226), (84, 116, 170)], 0.085 * stage.rise,
                                   0.050 * stage.rise))))
    layers.append(Live("beacon", 30.6, 0.66, pole[2], pole[3], 0.1 * stage.rise,
                       breath((255, 96, 84), 0.05 * stage.unit, rate=0.6, strength=0.9)))
    for i in range(5):
        layers.append(Live(f"twinkle.{i}", 1.0, 0.02, (0.08 + 0.2 * i + 0.1 * chance.random()) * stage.width,
                           (0.06 + 0.4 * chance.random()) * stage.height,
                           20, breath((220, 230, 255), 0.022 * stage.unit, rate=0.3 + 0.1 * i, strength=0.9,
                                      turn=i * 1.9)))
    layers.append(Live("meteor", 2.0, 0.02, 0.5 * stage.width, 0.2 * stage.height, 2.0 * stage.width, _meteor(stage)))
    return [*layers, _moon_ground(stage, site), _rocks(stage)]


def _heavens(stage: Stage) -> Layer:
    chance = stage.random("sky")
    width, height = stage.width, stage.height + 2 * stage.pad
    rng = np.random.default_rng(chance.getrandbits(32))
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    coarse = np.asarray(Image.fromarray(rng.integers(0, 256, (9, 14), np.uint8), "L").resize((width, height),
            Image.Resampling.BICUBIC), np.float32) / 255
    band = np.exp(-(((y / height - 0.30) - 0.34 * (x / width - 0.5)) / 0.16) ** 2) * (0.35 + 0.75 * coarse)
    noise = rng.uniform(-0.9, 0.9, (height, width)).astype(np.float32)
    pixels = np.empty((height, width, 4), np.uint8)
    for channel, (dark, glow) in enumerate(zip(VOID, (104, 78, 150), strict=True)):
        pixels[..., channel] = np.clip(dark + (glow - dark) * band * 0.75 + noise, 0, 255)
    pixels[..., 3] = 255
    image = Image.frombytes("RGBa", (width, height), pixels.tobytes())
    pen = ImageDraw.Draw(image)
    for _ in range(520):
        px, py = chance.random() * width, chance.random() * height
        bright = chance.random() ** 3
        r = stage.unit / 480 * (0.4 + 1.3 * bright)
        tone = mix((120, 130, 180), mix((255, 250, 240), (180, 210, 255), chance.random()), 0.35 + 0.65 * bright)
        pen.ellipse((px - r, py - r, px + r, py + r), fill=(*tone, 255))
    for _ in range(6):
        px, py = chance.random() * width, chance.random() * height * 0.6
        lay_glow(image, px, py, 0.020 * stage.unit, (220, 230, 255), 0.8)
    return Layer("sky", 0.0, 0.0, image, -float(stage.pad), 0, solid=-float(stage.pad))


def _planet(stage: Stage) -> Layer:
    """A banded planet with rings low on one side, and a small blue world high on the other."""
    hour = stage.hour
    scale = 2
    width, height = stage.width, stage.height
    image = Image.new("RGBa", (width, height))
    side = 1 if hour.sun_at[0] > 0.5 else -1
    r = 0.26 * stage.unit
    cx, cy = (0.5 + side * 0.22) * width, 0.30 * height
    box = math.ceil(r * 2.6)
    disc = Image.new("RGBa", (box * 2 * scale, box * 2 * scale))
    pen = ImageDraw.Draw(disc)
    c, rr = box * scale, r * scale
    ring = (214, 190, 160)
    for back in (True, False):
        if not back:
            pen.ellipse((c - rr, c - rr, c + rr, c + rr), fill=(214, 148, 110, 255))
            bands = ((-0.72, 0.16, (236, 196, 156)), (-0.36, 0.20, (190, 112, 92)), (0.05, 0.14, (240, 208, 170)),
                     (0.34, 0.24, (182, 104, 96)), (0.74, 0.20, (150, 84, 92)))
            for y0, high, colour in bands:
                for k in range(int(high * rr)):
                    y = y0 * rr + k - high * rr / 2
                    half = math.sqrt(max(0.0, rr * rr - y * y)) - 1
                    pen.line((c - half, c + y, c + half, c + y), fill=(*colour, 255))
            dark = Image.new("L", disc.size)
            ImageDraw.Draw(dark).ellipse((c - rr, c - rr, c + rr, c + rr), fill=190)
            ImageDraw.Draw(dark).ellipse((c - rr + side * rr * 0.42, c - rr * 1.06, c + rr + side * rr * 0.42,
                                          c + rr * 0.94), fill=0)
            body = Image.new("L", disc.size)
            ImageDraw.Draw(body).ellipse((c - rr, c - rr, c + rr, c + rr), fill=255)
            disc.paste((14, 10, 34, 255), (0, 0), ImageChops.multiply(dark.filter(ImageFilter.BoxBlur(rr * 0.10)),
                                                                      body))
        for k, (out, tone) in enumerate(((1.86, 0.8), (1.66, 1.0), (1.46, 0.62))):
            start, end = (180, 360) if back else (0, 180)
            w = out * rr
            pen.arc((c - w, c - w * 0.26, c + w, c + w * 0.26), start, end, fill=(*times(ring, tone), 255),
                    width=round(rr * (0.10 - 0.01 * k)))
    small = disc.reduce(scale).rotate(-14 * side, Image.Resampling.BILINEAR)
    lay_glow(image, cx, cy, r * 2.0, (206, 150, 120), 0.24)
    image.paste(small, (round(cx - box), round(cy - box)), small)
    wx, wy, wr = (0.5 - side * 0.32) * width, 0.16 * height, 0.055 * stage.unit
    lay_glow(image, wx, wy, wr * 2.4, (120, 170, 240), 0.5)
    world = Image.new("RGBa", (round(wr * 2 + 4) * 3, round(wr * 2 + 4) * 3))
    pen, middle = ImageDraw.Draw(world), round(wr * 2 + 4) * 1.5
    rr = wr * 3
    pen.ellipse((middle - rr, middle - rr, middle + rr, middle + rr), fill=(70, 130, 200, 255))
    for fx, fy, fr in ((-0.3, -0.2, 0.34), (0.25, 0.3, 0.30), (0.3, -0.5, 0.18)):
        low, high = middle + rr * (fy - fr * 0.7), middle + rr * (fy + fr * 0.7)
        pen.ellipse((middle + rr * (fx - fr), low, middle + rr * (fx + fr), high), fill=(110, 166, 110, 255))
    for fy in (-0.35, 0.15):
        low, high = middle + rr * (fy - 0.06), middle + rr * (fy + 0.06)
        pen.ellipse((middle - rr * 0.7, low, middle + rr * 0.3, high), fill=(236, 244, 252, 255))
    small = world.reduce(3)
    image.paste(small, (round(wx - small.width / 2), round(wy - small.height / 2)), small)
    return Layer("planet", 5.0, 0.03, image, 0.0, 0)


def _craters(stage: Stage, sheet: Sheet, line: Line, colour: Colour, chance: random.Random, count: int,
             reach: float) -> None:
    roll = chance.random
    for _ in range(count):
        x, y0 = roll() * stage.period, (0.020 + reach * roll()) * stage.height
        w = (0.012 + 0.045 * roll()) * stage.unit * (0.5 + y0 / (0.06 * stage.height))
        y, h = line(x) + y0, w * 0.26
        sheet.oval(x, y, w, h, times(colour, 1.16))
        sheet.oval(x, y + h * 0.12, w * 0.88, h * 0.80, times(colour, 0.66))
        sheet.oval(x, y + h * 0.34, w * 0.76, h * 0.58, times(colour, 0.84))


def _lander(stage: Stage) -> tuple[Layer, tuple[float, float, float, float]]:
    hour = stage.hour
    chance = stage.random("near")
    unit = stage.rise
    sheet = Sheet(stage, stage.horizon - 0.46 * unit, stage.horizon + 0.12 * stage.height)
    colour = mix(VOID, DUST[hour.name], 0.78)
    line = rolling(stage, chance, stage.horizon - 0.006 * unit, 0.010 * unit)
    x, y = 0.20 * stage.width, line(0.20 * stage.width) + 4
    foil, white, leg = (214, 166, 84), (226, 228, 232), (120, 122, 134)
    s = 0.155 * unit
    for side in (-1, 1):
        sheet.line([(x + side * s * 0.42, y - s * 0.62), (x + side * s * 0.95, y - s * 0.06)], s * 0.055, leg)
        sheet.line([(x + side * s * 0.25, y - s * 0.40), (x + side * s * 0.80, y - s * 0.24)], s * 0.035, leg)
        sheet.oval(x + side * s * 0.97, y - s * 0.02, s * 0.15, s * 0.045, leg)
    sheet.poly([(x - s * 0.16, y - s * 0.38), (x + s * 0.16, y - s * 0.38), (x + s * 0.28, y - s * 0.14),
                (x - s * 0.28, y - s * 0.14)], times(leg, 0.7))
    sheet.poly([(x - s * 0.58, y - s * 0.42), (x - s * 0.62, y - s * 0.82), (x + s * 0.62, y - s * 0.82),
                (x + s * 0.58, y - s * 0.42)], foil)
    for k in range(5):
        sheet.poly([(x - s * 0.5 + k * s * 0.22, y - s * 0.44), (x - s * 0.44 + k * s * 0.22, y - s * 0.80),
                    (x - s * 0.36 + k * s * 0.22, y - s * 0.44)], times(foil, 0.84 + 0.1 * (k % 2)))
    sheet.poly([(x - s * 0.46, y - s * 0.82), (x - s * 0.52, y - s * 1.20), (x - s * 0.24, y - s * 1.44),
                (x + s * 0.24, y - s * 1.44), (x + s * 0.52, y - s * 1.20), (x + s * 0.46, y - s * 0.82)], white)
    sheet.poly([(x + s * 0.10, y - s * 0.82), (x + s * 0.12, y - s * 1.44), (x + s * 0.24, y - s * 1.44),
                (x + s * 0.52, y - s * 1.20), (x + s * 0.46, y - s * 0.82)], times(white, 0.84))
    sheet.oval(x - s * 0.16, y - s * 1.12, s * 0.13, s * 0.13, (255, 224, 150) if hour.lamps else (74, 96, 128))
    sheet.line([(x + s * 0.30, y - s * 1.40), (x + s * 0.42, y - s * 1.86)], s * 0.03, leg)
    sheet.blob([(x - s * 0.5, y - s * 1.62), (x - s * 0.2, y - s * 1.46), (x - s * 0.06, y - s * 1.66),
                (x - s * 0.36, y - s * 1.72)], times(white, 0.92))
    px = x + s * 1.9
    sheet.rect(px - 1.6, y - s * 1.35, px + 1.6, y + 3, (206, 208, 214))
    dome = x + 1.05 * stage.width
    w = 0.20 * unit
    for k, share in enumerate((1.0, 0.94)):
        arc = [math.pi * i / 24 for i in range(25)]
        colour_at = (mix(VOID, (150, 190, 220), 0.62), mix(VOID, (110, 160, 200), 0.50))[k]
        sheet.poly([(dome - w * share * math.cos(a), line(dome) + 6 - w * share * math.sin(a)) for a in arc], colour_at)
    for k in range(1, 6):
        a = math.pi * k / 6
        sheet.line([(dome, line(dome) + 6 - w * 0.05), (dome - w * math.cos(a), line(dome) + 6 - w * math.sin(a))],
                   1.6, mix(VOID, (190, 214, 230), 0.7))
    glows = [(dome, line(dome) - w * 0.3, w * 1.1, (255, 220, 150), 0.42)] if hour.lamps else []
    sheet.profile(line, colour)
    _craters(stage, sheet, line, colour, chance, 10, 0.02)
    return sheet.finish("near", 30, 0.66, shadow=0.30, light=0.9, glows=glows), (px, y - s * 1.35, x + s * 0.42,
                                                                                 y - s * 1.88)


def _stiff(cloth: Touch) -> Touch:
    """Without air a flag does not ripple: it hangs as it was put."""
    def touch(canvas: Image.Image, x: float, y: float, zoom: float, t: float) -> None:
        cloth(canvas, x, y, zoom, 0.4)

    return touch


def _meteor(stage: Stage) -> Touch:
    chance = stage.random("meteor")
    start = 0.25 + 0.4 * chance.random()

    def touch(canvas: Image.Image, x: float, y: float, zoom: float, t: float) -> None:
        age = (t - start * stage.duration_s) / 0.7
        if not 0 <= age <= 1:
            return
        mask = Image.new("L", canvas.size)
        pen = ImageDraw.Draw(mask)
        hx, hy = (0.10 + 0.5 * age) * canvas.width, (0.06 + 0.22 * age) * canvas.height
        for k in range(14):
            ax, ay = hx - k * 0.011 * canvas.width, hy - k * 0.0048 * canvas.width
            pen.line((ax, ay, ax - 0.011 * canvas.width, ay - 0.0048 * canvas.width),
                     fill=round(230 * (1 - k / 14) * math.sin(math.pi * min(1.0, age + 0.1))), width=2)
        lay_colour(canvas, (236, 242, 255), (0, 0), mask)

    return touch


def _moon_ground(stage: Stage, site: Site) -> Layer:
    chance = stage.random("ground")
    rise = 0.40 * stage.height if site.climbs else 0.0
    sheet = Sheet(stage, stage.horizon - rise - 0.04 * stage.height, stage.height + stage.pad)
    base = DUST[stage.hour.name]

    def up(x: float) -> float:
        return slope(stage, x) if site.climbs else 0.0

    for i in range(3):
        soft = rolling(stage, chance, stage.horizon + (0.014 + 0.056 * i) * stage.height, 0.008 * stage.height)
        tone = times(base, 0.94 - 0.12 * i)
        line = _lifted(soft, up)
        sheet.profile(line, tone)
        _craters(stage, sheet, line, tone, chance, 9, 0.03)
    for _ in range(90):
        x, y = chance.random() * stage.period, stage.horizon + (0.03 + 0.20 * chance.random()) * stage.height
        r = (0.002 + 0.006 * chance.random()) * stage.unit
        sheet.oval(x, y - up(x), r * 1.4, r, times(base, 0.62 + 0.3 * chance.random()))
    return sheet.finish("ground", 40, 1.0, shadow=0.3, light=0.9)


def _lifted(soft: Line, up: Line) -> Line:
    return lambda x: soft(x) - up(x)


def _rocks(stage: Stage) -> Layer:
    chance = stage.random("front")
    sheet = Sheet(stage, 0.86 * stage.height, stage.height + stage.pad)
    dark = times(DUST[stage.hour.name], 0.30)
    base = stage.height + stage.pad
    line = rolling(stage, chance, 0.992 * stage.height, 0.006 * stage.height)
    sheet.profile(line, dark)
    for i in range(9):
        x, r = (i + chance.random()) * stage.period / 9, (0.03 + 0.05 * chance.random()) * stage.unit
        top = 0.998 * stage.height - r * 0.55
        sheet.poly([(x - r * 1.3, base), (x - r, top + r * 0.4), (x - r * 0.3, top), (x + r * 0.4, top + r * 0.12),
                    (x + r * 1.1, top + r * 0.5), (x + r * 1.4, base)], times(dark, 0.9))
        sheet.poly([(x - r * 0.3, top), (x + r * 0.4, top + r * 0.12), (x + r * 0.1, top + r * 0.5),
                    (x - r * 0.6, top + r * 0.4)], times(dark, 1.5))
    return sheet.finish("front", 80, 1.32, shadow=0.3, light=0.6)
