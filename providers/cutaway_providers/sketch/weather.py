"""Weather: its own layers over the others, so that a change of weather touches nothing else."""

# Coordinates read better in rows than one to a line.
# fmt: off
from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from cutaway_providers.sketch.air import Painter, fog, gusts, lightning
from cutaway_providers.sketch.layers import Layer, Sheetlike, View, tinted
from cutaway_providers.sketch.palette import Colour, mix
from cutaway_providers.sketch.scene import AIRLESS, INDOORS, ROOFED, WATER, WINDOWLESS, Sketch
from cutaway_providers.sketch.stage import Stage
from cutaway_providers.sketch.wet import puddles, rings

BEYOND_ROOF = 29.0
"""Just farther than the roof's posts: there it falls on the tracks and the town."""


@dataclass(slots=True)
class Veil:
    """A layer of weather that is painted anew in every drawing."""

    name: str
    depth: float
    painter: Painter

    def paint(self, canvas: Image.Image, stage: Stage, view: View, t: float, below: float = math.inf) -> None:
        """Lay it over `canvas`."""
        self.painter(canvas, stage, view, t)

    def hides_from(self, stage: Stage, view: View, t: float) -> float:
        """Weather hides nothing completely."""
        return math.inf


def weather_layers(stage: Stage, sketch: Sketch, backdrop: Sequence[Sheetlike]) -> list[Sheetlike]:
    """The layers of this weather at their depths; indoors it stays behind the window, at a station beyond the roof."""
    indoors = sketch.setting in INDOORS
    dry = indoors or sketch.setting in ROOFED
    layers: list[Sheetlike] = []
    kind = sketch.weather
    if sketch.setting in WINDOWLESS | AIRLESS:
        return layers
    # A window shows little of the weather, so what it shows is stronger.
    strength = 1.4 if dry else 1.0
    if kind in {"rain", "storm", "snow", "fog"}:
        grey = {"rain": 0.46, "storm": 0.72, "snow": 0.34, "fog": 0.40}[kind] * (1.4 if indoors else 1.0)
        layers.append(Layer("weather.sky", 6.0, 0.0, _overcast(stage, grey, dark=kind == "storm"), 0.0, 0))
        if not indoors:
            # Clouds take the sun's light off the far layers too, which lie before the sky.
            grey *= 0.55
            shade = _overcast(stage, grey, dark=kind == "storm")
            layers.append(Layer("weather.shade", 25.9, 0.0, shade, 0.0, 0))
    if kind in {"rain", "storm"}:
        heavy = 1.7 if kind == "storm" else 1.0
        near = 0.8 if indoors else 1.0 if dry else 0.55
        depth = 13.0 if indoors else BEYOND_ROOF if dry else 32.0
        layers.append(Veil("weather.far", depth, _rain(stage, "far", near, heavy * strength)))
        if not dry:
            layers.append(Veil("weather.front", 90.0, _rain(stage, "front", 1.0, heavy)))
            if sketch.setting not in WATER:
                layers.append(Veil("weather.puddles", 44.0, puddles(stage, heavy)))
            layers.append(Veil("weather.ground", 68.0, rings(stage, heavy)))
    if kind == "storm":
        layers.append(Veil("weather.bolt", 7.0, lightning(stage)))
    if kind == "snow":
        layers.append(Veil("weather.far", 13.0 if indoors else 22.0, _snow(stage, "far", 0.8 if indoors else 0.5)))
        if indoors:
            layers.append(Veil("weather.mid", 14.0, _snow(stage, "mid", 0.55)))
        else:
            layers += [_settled(stage, layer) for layer in backdrop
                       if isinstance(layer, Layer) and layer.name in _snowy(sketch)]
            layers.append(Veil("weather.mid", BEYOND_ROOF if dry else 45.0, _snow(stage, "mid", 0.8)))
            if not dry:
                layers.append(Veil("weather.front", 90.0, _snow(stage, "front", 1.25)))
    if kind == "fog":
        places = ((11.0, 0.60), (13.0, 0.50)) if indoors else ((12.0, 0.50), (24.0, 0.42), (38.0, 0.38), (78.0, 0.22))
        layers += [Veil(f"weather.{i}", depth, fog(stage, i, dense)) for i, (depth, dense) in enumerate(places)]
    if kind == "wind":
        layers.append(Veil("weather.far", 13.0 if indoors else 46.0, gusts(stage, "far", 0.7)))
        if not indoors:
            layers.append(Veil("weather.front", 90.0, gusts(stage, "front", 1.0)))
    return layers


def _snowy(sketch: Sketch) -> set[str]:
    if sketch.setting in ROOFED:
        return {"mid"}
    return {"near"} if sketch.setting in WATER else {"mid", "near", "ground"}


def _overcast(stage: Stage, share: float, *, dark: bool) -> Image.Image:
    hour = stage.hour
    grey: Colour = mix(mix(hour.sky[0], hour.sky[2], 0.45), (150, 156, 168), 0.45)
    if dark or hour.name == "night":
        grey = mix(grey, hour.shade, 0.55)
    down, across = (np.linspace(0, 1, side, dtype=np.float32) for side in (stage.height, stage.width))
    levels = np.outer(np.cos(5 * down), np.sin(9 * across) * np.float32(0.06 * share * 255))
    levels += ((1 - 0.45 * down) * np.float32(share * 255))[:, None]
    alpha = Image.fromarray(np.clip(levels, 0, 255).astype(np.uint8), "L")
    return tinted(grey, alpha)


def _tile(stage: Stage, draw: Callable[[ImageDraw.ImageDraw, float, float, float], None],
          colour: Colour) -> Image.Image:
    """A tile of the frame's size that repeats both ways; `draw` gets offsets and scale."""
    scale = 2
    width, height = stage.width, stage.height
    mask = Image.new("L", (width * scale, height * scale))
    pen = ImageDraw.Draw(mask)
    for dx in (-width, 0, width):
        for dy in (-height, 0, height):
            draw(pen, dx * scale, dy * scale, scale)
    return tinted(colour, mask.reduce(scale))


def _lay(canvas: Image.Image, tile: Image.Image, x: int, y: int) -> None:
    """Lay the tile with its (`x`, `y`) at the upper left: a picture lies eight times faster than a colour by a mask."""
    for left in (-x, tile.width - x):
        for top in (-y, tile.height - y):
            canvas.paste(tile, (left, top), tile)


def _rain(stage: Stage, name: str, near: float, heavy: float) -> Painter:
    chance = stage.random(f"weather:rain:{name}")
    unit = stage.unit / 480
    slant = 0.16 if heavy < 1.5 else 0.34
    drops = [
        (chance.random() * stage.width, chance.random() * stage.height, (16 + 22 * chance.random()) * near * unit,
         70 + 90 * chance.random())
        for _ in range(int((150 if near < 1 else 90) * heavy))
    ]

    def draw(pen: ImageDraw.ImageDraw, dx: float, dy: float, scale: float) -> None:
        for x, y, length, bright in drops:
            x0, y0 = x * scale + dx, y * scale + dy
            pen.line((x0, y0, x0 - slant * length * scale, y0 + length * scale), fill=int(bright),
                     width=max(2, round(1.5 * near * unit * scale)))

    tile = _tile(stage, draw, mix((214, 226, 240), stage.hour.haze, 0.25))
    speed = 1.35 * stage.height * near * (1.3 if heavy > 1.5 else 1.0)

    def paint(canvas: Image.Image, stage: Stage, view: View, t: float) -> None:
        fallen = speed * t
        x, y = int(fallen * slant + view.x * near) % stage.width, int(-fallen) % stage.height
        _lay(canvas, tile, x, y)

    return paint


def _snow(stage: Stage, name: str, near: float) -> Painter:
    chance = stage.random(f"weather:snow:{name}")
    unit = stage.unit / 480
    flakes = [
        (chance.random() * stage.width, chance.random() * stage.height, (1.0 + 1.7 * chance.random()) * near * unit,
         120 + 130 * chance.random())
        for _ in range(int(150 / near))
    ]

    def draw(pen: ImageDraw.ImageDraw, dx: float, dy: float, scale: float) -> None:
        for x, y, r, bright in flakes:
            cx, cy, rr = x * scale + dx, y * scale + dy, r * scale
            pen.ellipse((cx - rr, cy - rr, cx + rr, cy + rr), fill=int(bright))

    tile = _tile(stage, draw, mix((255, 255, 255), stage.hour.cloud, 0.12))
    speed = 0.17 * stage.height * near
    turn = chance.random() * math.tau

    def paint(canvas: Image.Image, stage: Stage, view: View, t: float) -> None:
        sway = 0.018 * stage.width * near * math.sin(0.8 * t + turn) - 0.02 * stage.width * t
        x, y = round(view.x * near - sway) % stage.width, round(-speed * t) % stage.height
        _lay(canvas, tile, x, y)

    return paint


def _settled(stage: Stage, layer: Layer) -> Layer:
    """Snow lying on every upper edge of a layer, and thinly on the ground itself."""
    alpha = layer.image.getchannel("a").point([0 if v < 170 else min(255, (v - 170) * 3) for v in range(256)])
    thick = max(2, round(stage.unit / (52 if layer.name == "ground" else 95)))
    shifted = ImageChops.offset(alpha, 0, thick)
    shifted.paste(0, (0, 0, alpha.width, thick))
    cap = ImageChops.subtract(alpha, shifted).filter(ImageFilter.BoxBlur(1.0))
    cap = ImageChops.multiply(cap, alpha).point([int(v * 0.86) for v in range(256)])
    if layer.name == "ground":
        cap = ImageChops.lighter(cap, alpha.point([int(v * 0.62) for v in range(256)]))
    white = mix((250, 251, 255), mix(stage.hour.sky[1], stage.hour.haze, 0.5),
                {"day": 0.06, "dawn": 0.20, "dusk": 0.34, "night": 0.62}[stage.hour.name])
    box = cap.getbbox() or (0, 0, cap.width, cap.height)
    image = tinted(white, cap.crop((0, box[1], cap.width, box[3])))
    return Layer(f"weather.{layer.name}", layer.depth + 0.5, layer.parallax, image, layer.top + box[1], layer.period,
                 layer.drift)
