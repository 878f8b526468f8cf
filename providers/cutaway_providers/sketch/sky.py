"""The sky: gradient, stars, sun or moon with its glow, and paper clouds."""

# Coordinates read better in rows than one to a line.
# fmt: off
from __future__ import annotations

import math

import numpy as np
from PIL import Image, ImageDraw

from cutaway_providers.sketch.layers import Layer, glow_picture, lay_glow
from cutaway_providers.sketch.palette import mix
from cutaway_providers.sketch.sheet import Sheet
from cutaway_providers.sketch.stage import Stage


def paint_sky(stage: Stage) -> Layer:
    """The farthest layer: opaque, as wide as the frame, reaching `pad` rows beyond it."""
    hour = stage.hour
    width, height = stage.width, stage.height + 2 * stage.pad
    share = np.clip((np.arange(height) - stage.pad * 0.6) / (stage.horizon + stage.pad * 0.4), 0, 1)[:, None]
    top, middle, low = (np.array(c, np.float32) for c in hour.sky)
    first = np.clip(share / 0.58, 0, 1)
    second = np.clip((share - 0.5) / 0.5, 0, 1) ** 1.15
    column = (top + (middle - top) * first) * (1 - second) + low * second
    # Half a level of noise: without it the encoder bands a smooth gradient.
    noise = np.random.default_rng(11).integers(-14, 15, (height, width), np.int16)
    pixels = np.empty((height, width, 4), np.uint8)
    for channel in range(3):
        # In sixteenths of a level, which fit 16 bits.
        sixteenths = (column[:, channel, None] * 16).astype(np.int16)
        pixels[..., channel] = np.clip((sixteenths + noise) >> 4, 0, 255)
    pixels[..., 3] = 255
    image = Image.frombytes("RGBa", (width, height), pixels.tobytes())
    _stars(stage, image)
    _sun(stage, image)
    return Layer("sky", 0.0, 0.0, image, -float(stage.pad), 0, solid=-float(stage.pad))


def _stars(stage: Stage, image: Image.Image) -> None:
    chance = stage.random("stars")
    size = 3
    picture = ImageDraw.Draw(image)
    for _ in range(stage.hour.stars):
        x = chance.random() * image.width
        y = chance.random() ** 1.3 * stage.horizon * (0.95 if stage.hour.name == "night" else 0.4) + stage.pad * 0.4
        bright = chance.random()
        colour = mix((150, 170, 226), (255, 252, 240), bright)
        r = stage.unit / 480 * (0.5 + 1.0 * bright**size)
        # A soft point: strength is mixed into the sky's own colour because the sky is opaque.
        under = image.getpixel((int(x), int(y)))
        assert isinstance(under, tuple)
        r_, g_, b_ = mix((int(under[0]), int(under[1]), int(under[2])), colour, 0.45 + 0.55 * bright)
        picture.ellipse((x - r, y - r, x + r, y + r), fill=(r_, g_, b_, 255))


def _sun(stage: Stage, image: Image.Image) -> None:
    hour = stage.hour
    x, y = hour.sun_at[0] * stage.width, hour.sun_at[1] * stage.height + stage.pad
    r = hour.sun_size * stage.unit
    for reach, part in ((7.5, 0.42), (3.6, 0.40), (1.9, 0.45)):
        lay_glow(image, x, y, r * reach, hour.glow, hour.glow_strength * part)
    scale = 4
    side = math.ceil(r * 2 + 4)
    disc = Image.new("RGBa", (side * scale, side * scale))
    pen = ImageDraw.Draw(disc)
    c, rr = side * scale / 2, r * scale
    pen.ellipse((c - rr, c - rr, c + rr, c + rr), fill=(*hour.sun, 255))
    if hour.name == "night":
        dim = mix(hour.sun, hour.sky[0], 0.16)
        for fx, fy, fr in ((-0.30, -0.25, 0.20), (0.25, 0.10, 0.26), (-0.15, 0.42, 0.14), (0.38, -0.42, 0.11)):
            pen.ellipse((c + rr * (fx - fr), c + rr * (fy - fr), c + rr * (fx + fr), c + rr * (fy + fr)),
                        fill=(*dim, 255))
    small = disc.reduce(scale)
    image.paste(small, (round(x - side / 2), round(y - side / 2)), small)


def paint_light(stage: Stage) -> list[Layer]:
    """What the sun or moon does to the air before the far layers, and to the ground it shines across."""
    hour = stage.hour
    x, y = hour.sun_at[0] * stage.width, hour.sun_at[1] * stage.height
    air = Image.new("RGBa", (stage.width, stage.height + 2 * stage.pad))
    strength = {"dawn": 0.42, "day": 0.16, "dusk": 0.46, "night": 0.20}[hour.name]
    reach = {"dawn": 0.62, "day": 0.55, "dusk": 0.62, "night": 0.80}[hour.name] * stage.width
    lay_glow(air, x, max(y, 0.45 * stage.height) + stage.pad, reach, hour.glow, strength)
    wide, high = round(0.62 * stage.width), round(0.26 * stage.height)
    pool = glow_picture(128, hour.glow, {"dawn": 0.34, "day": 0.16, "dusk": 0.30, "night": 0.30}[hour.name])
    ground = pool.resize((wide * 2, high * 2), Image.Resampling.BICUBIC)
    shine = Image.new("RGBa", (stage.width, stage.height - round(stage.horizon) + stage.pad))
    shine.paste(ground, (round(x) - wide, round(0.06 * stage.height) - high))
    top, low = (air.getbbox() or (0, 0, 0, air.height))[1::2]
    air = air.crop((0, top, air.width, low))
    return [
        Layer("light", 25.8, 0.0, air, float(top - stage.pad), 0),
        Layer("light.ground", 43.0, 0.0, shine, float(round(stage.horizon)), 0),
    ]


def paint_clouds(stage: Stage) -> Layer:
    """A few paper clouds drifting slowly; thin bands at dawn and dusk, heaps by day, dim shapes at night."""
    hour = stage.hour
    chance = stage.random("clouds")
    sheet = Sheet(stage, -stage.pad, stage.horizon)
    count = {"dawn": 7, "day": 6, "dusk": 8, "night": 4}[hour.name]
    step = stage.period / count
    for i in range(count):
        x = (i + 0.2 + 0.6 * chance.random()) * step
        y = (0.10 + 0.34 * chance.random()) * stage.height
        size = (0.10 + 0.10 * chance.random()) * stage.unit
        near = abs(x - hour.sun_at[0] * stage.width) < size * 2.0 + hour.sun_size * stage.unit * 1.6
        if near and abs(y - hour.sun_at[1] * stage.height) < size * 0.7 + hour.sun_size * stage.unit * 1.6:
            # The sun is the picture's lamp: a cloud may drift across it later, but not start there.
            x += size * 3.2 + hour.sun_size * stage.unit * 2
        colour = mix(hour.cloud, hour.sky[1], 0.18 + 0.35 * chance.random())
        if hour.name == "day":
            _heap(sheet, x, y, size, colour, mix(colour, hour.sky[1], 0.30))
        else:
            _band(sheet, x, y, size, mix(colour, hour.sky[1], 0.30))
    speed = stage.unit * 0.012
    return sheet.finish("clouds", 5.0, 0.06, shadow=0.10, light=0.4, drift=lambda t: (speed * t, 0.0))


def _heap(sheet: Sheet, x: float, y: float, size: float, colour: tuple[int, int, int],
          under: tuple[int, int, int]) -> None:
    puffs = ((-1.15, 0.02, 0.34), (-0.62, -0.16, 0.50), (0.0, -0.30, 0.62), (0.62, -0.12, 0.48), (1.12, 0.04, 0.32))
    for fx, fy, fr in puffs:
        sheet.oval(x + fx * size, y + fy * size, fr * size, fr * size * 0.9, colour)
    sheet.poly([(x - 1.42 * size, y + 0.28 * size), (x - 1.2 * size, y + 0.02 * size),
                (x + 1.2 * size, y + 0.02 * size),
                (x + 1.40 * size, y + 0.28 * size)], colour)
    sheet.blob([(x - 1.40 * size, y + 0.28 * size), (x - 0.6 * size, y + 0.16 * size),
                (x + 0.2 * size, y + 0.20 * size),
                (x + 0.9 * size, y + 0.14 * size), (x + 1.38 * size, y + 0.28 * size), (x, y + 0.31 * size)], under)


def _band(sheet: Sheet, x: float, y: float, size: float, colour: tuple[int, int, int]) -> None:
    w, h = size * 1.9, size * 0.16
    sheet.blob([(x - w, y), (x - w * 0.4, y - h), (x + w * 0.1, y - h * 0.7), (x + w * 0.6, y - h * 1.1), (x + w, y),
                (x + w * 0.5, y + h * 0.7), (x - w * 0.3, y + h * 0.6)], colour)
    sheet.blob([(x - w * 0.5, y + h * 1.5), (x, y + h * 0.9), (x + w * 0.55, y + h * 1.4), (x, y + h * 1.9)], colour)
