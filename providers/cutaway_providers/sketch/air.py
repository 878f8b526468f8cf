"""The moving air: fog, wind and lightning."""

# Coordinates read better in rows than one to a line.
# fmt: off
from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from cutaway_providers.sketch.layers import View, lay_colour, tinted
from cutaway_providers.sketch.palette import Colour, mix
from cutaway_providers.sketch.stage import Stage

Painter = Callable[[Image.Image, Stage, View, float], None]


def fog(stage: Stage, i: int, strength: float) -> Painter:
    """A drifting bank of fog."""
    chance = np.random.default_rng(stage.random(f"weather:fog:{i}").getrandbits(32))
    hour = stage.hour
    coarse = Image.fromarray(chance.integers(0, 256, (10, 22), np.uint8), "L")
    tiled = Image.new("L", (66, 10))
    for k in range(3):
        tiled.paste(coarse, (22 * k, 0))
    soft = tiled.resize((stage.width * 3, stage.height), Image.Resampling.BICUBIC)
    rows = np.arange(stage.height) / stage.height
    bank = np.exp(-(((rows - (0.60 + 0.07 * i)) / 0.24) ** 2)) * 0.9 + 0.22
    noise = np.frombuffer(soft.tobytes(), np.uint8).reshape(stage.height, stage.width * 3) / 255.0
    alpha = np.clip(bank[:, None] * (0.55 + 0.75 * noise) * strength * 255, 0, 235).astype(np.uint8)
    colour = mix(hour.haze, (214, 218, 224), {"day": 0.55, "dawn": 0.35, "dusk": 0.20, "night": 0.12}[hour.name])
    veil = tinted(colour, Image.fromarray(alpha[:, stage.width // 2 : stage.width * 5 // 2 + 2], "L"))
    speed = (0.012 + 0.009 * i) * stage.width * (1 if i % 2 else -1)

    def paint(canvas: Image.Image, stage: Stage, view: View, t: float) -> None:
        x = round(speed * t + view.x * (0.2 + 0.25 * i)) % stage.width
        piece = veil.crop((x, 0, x + stage.width, stage.height))
        canvas.paste(piece, (0, 0), piece)

    return paint


def gusts(stage: Stage, name: str, near: float) -> Painter:
    """Streaks of wind and tumbling leaves."""
    chance = stage.random(f"weather:wind:{name}")
    unit = stage.unit
    leaves = [(chance.random(), chance.random(), chance.random(), chance.random()) for _ in range(12)]
    lines = [(chance.random(), chance.random(), chance.random()) for _ in range(5)]
    ink = mix((255, 255, 255), stage.hour.haze, 0.3)
    tones: tuple[Colour, ...] = ((204, 128, 60), (176, 150, 66), (150, 84, 56), (120, 140, 76))

    def paint(canvas: Image.Image, stage: Stage, view: View, t: float) -> None:
        scale = 2
        mask = Image.new("L", (stage.width, stage.height))
        pen = ImageDraw.Draw(mask)
        for a, b, c in lines:
            head = ((a + t * (0.55 + 0.3 * b) * near) % 1.5 - 0.25) * stage.width
            y = (0.12 + 0.66 * c) * stage.height
            length = (0.22 + 0.2 * b) * stage.width
            points = [(head - length * k / 14,
                       y + 0.016 * unit * math.sin(k * 0.55 + a * 9 + t * 2)) for k in range(15)]
            for k in range(14):
                pen.line((points[k], points[k + 1]), fill=int(95 * math.sin(math.pi * (k + 0.5) / 14) * near),
                         width=max(1, round(unit / 300)))
        lay_colour(canvas, ink, (0, 0), mask)
        for i, (a, b, c, d) in enumerate(leaves):
            x = ((a + t * (0.34 + 0.22 * b) * near) % 1.2 - 0.1) * stage.width
            y = (0.10 + 0.78 * c + 0.045 * math.sin(t * (2.0 + b) + d * 9)) * stage.height
            turn, size = t * (3 + 4 * d) + a * 9, unit * 0.018 * near * (0.7 + 0.6 * d)
            flat = abs(math.sin(t * 4 + b * 7)) * 0.7 + 0.25
            shape = []
            for k in range(8):
                w = math.tau * k / 8
                px, py = size * math.cos(w), size * 0.5 * flat * math.sin(w) * (1 + 0.3 * math.cos(w))
                shape.append((px * math.cos(turn) - py * math.sin(turn), px * math.sin(turn) + py * math.cos(turn)))
            side = math.ceil(size * 2.4)
            leaf = Image.new("L", (side * scale, side * scale))
            ImageDraw.Draw(leaf).polygon([((px + side / 2) * scale, (py + side / 2) * scale) for px, py in shape],
                                         fill=255)
            colour = mix(tones[i % 4], stage.hour.ramp[3], 0.25 if stage.hour.name == "day" else 0.5)
            lay_colour(canvas, colour, (round(x - side / 2), round(y - side / 2)), leaf.reduce(scale))

    return paint


def lightning(stage: Stage) -> Painter:
    """Flashes every few seconds, each with a bolt."""
    chance = stage.random("weather:bolt")
    flashes: list[tuple[float, float]] = []
    at = 0.5 + 0.7 * chance.random()
    while at < stage.duration_s:
        flashes.append((at, 0.15 + 0.7 * chance.random()))
        at += 1.8 + 2.4 * chance.random()
    forks = [(0.5 - chance.random(), 0.4 + 0.6 * chance.random()) for _ in range(9)]

    def paint(canvas: Image.Image, stage: Stage, view: View, t: float) -> None:
        for start, x in flashes:
            age = t - start
            if not 0 <= age < 0.5:
                continue
            glare = (1 - age / 0.5) * (1.0 if age < 0.1 or 0.18 < age < 0.3 else 0.45)
            lay_colour(canvas, (226, 232, 255), (0, 0), Image.new("L", canvas.size, int(120 * glare)))
            if age < 0.3:
                _bolt(canvas, stage, x * stage.width, forks, glare)

    return paint


def _bolt(canvas: Image.Image, stage: Stage, x: float, forks: Sequence[tuple[float, float]], glare: float) -> None:
    scale = 2
    mask = Image.new("L", (canvas.width * scale, int(stage.horizon) * scale))
    pen = ImageDraw.Draw(mask)
    points = [(x * scale, 0.0)]
    for sway, drop in forks:
        px, py = points[-1]
        points.append((px + sway * 0.13 * stage.unit * scale, py + drop * 0.12 * stage.height * scale))
    width = stage.unit / 480 * 3.4 * scale
    pen.line(points, fill=255, width=round(width), joint="curve")
    for k in (2, 4):
        px, py = points[k]
        branch = [(px, py), (px + 0.06 * stage.unit * scale, py + 0.07 * stage.height * scale),
                  (px + 0.05 * stage.unit * scale, py + 0.14 * stage.height * scale)]
        pen.line(branch, fill=200, width=max(1, round(width * 0.55)))
    small = mask.reduce(scale)
    halo = small.filter(ImageFilter.BoxBlur(stage.unit / 60))
    mixed = ImageChops.lighter(small, halo.point([min(255, v * 3) for v in range(256)]))
    lay_colour(canvas, (244, 246, 255), (0, 0), mixed.point([int(v * min(1.0, glare + 0.2)) for v in range(256)]))
