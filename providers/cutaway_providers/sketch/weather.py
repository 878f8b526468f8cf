"""Weather: its own layers over the others, so that a change of weather touches nothing else."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from cutaway_providers.sketch.layers import Layer, Sheetlike, View, tinted
from cutaway_providers.sketch.palette import Colour, mix
from cutaway_providers.sketch.scene import INDOORS, WATER, Sketch
from cutaway_providers.sketch.stage import Stage

Painter = Callable[[Image.Image, Stage, View, float], None]


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


def weather_layers(stage: Stage, sketch: Sketch, backdrop: Sequence[Layer]) -> list[Sheetlike]:
    """The layers of this weather at their depths; indoors it stays behind the window."""
    indoors = sketch.setting in INDOORS
    layers: list[Sheetlike] = []
    kind = sketch.weather
    if kind in {"rain", "storm", "snow", "fog"}:
        grey = {"rain": 0.46, "storm": 0.72, "snow": 0.34, "fog": 0.40}[kind]
        layers.append(Veil("weather.sky", 6.0, _overcast(stage, grey, dark=kind == "storm")))
        if kind in {"rain", "storm"} and not indoors:
            layers.append(Veil("weather.dim", 89.0, _dim(stage, 0.26 if kind == "storm" else 0.12)))
    if kind in {"rain", "storm"}:
        heavy = 1.7 if kind == "storm" else 1.0
        layers.append(Veil("weather.far", 13.0 if indoors else 32.0, _rain(stage, "far", 0.55, heavy)))
        if not indoors:
            layers.append(Veil("weather.front", 90.0, _rain(stage, "front", 1.0, heavy)))
            layers.append(Veil("weather.ground", 68.0, _splashes(stage, heavy)))
    if kind == "storm":
        layers.append(Veil("weather.bolt", 7.0, _lightning(stage)))
    if kind == "snow":
        layers.append(Veil("weather.far", 13.0 if indoors else 22.0, _snow(stage, "far", 0.5)))
        if not indoors:
            layers += [_settled(stage, layer) for layer in backdrop if layer.name in _snowy(sketch)]
            layers.append(Veil("weather.mid", 45.0, _snow(stage, "mid", 0.8)))
            layers.append(Veil("weather.front", 90.0, _snow(stage, "front", 1.25)))
    if kind == "fog":
        places = ((11.0, 0.30),) if indoors else ((12.0, 0.50), (24.0, 0.42), (38.0, 0.38), (78.0, 0.22))
        layers += [Veil(f"weather.{i}", depth, _fog(stage, i, strength)) for i, (depth, strength) in enumerate(places)]
    if kind == "wind":
        layers.append(Veil("weather.far", 13.0 if indoors else 46.0, _gusts(stage, "far", 0.7)))
        if not indoors:
            layers.append(Veil("weather.front", 90.0, _gusts(stage, "front", 1.0)))
    return layers


def _snowy(sketch: Sketch) -> set[str]:
    return {"near"} if sketch.setting in WATER else {"mid", "near", "ground"}


def _overcast(stage: Stage, share: float, *, dark: bool) -> Painter:
    hour = stage.hour
    grey: Colour = mix(mix(hour.sky[0], hour.sky[2], 0.45), (150, 156, 168), 0.45)
    if dark or hour.name == "night":
        grey = mix(grey, hour.shade, 0.55)
    fall = np.linspace(1.0, 0.55, stage.height)[:, None] * np.ones((1, stage.width))
    waves = np.sin(np.linspace(0, 9, stage.width))[None, :] * np.cos(np.linspace(0, 5, stage.height))[:, None]
    alpha = Image.fromarray(np.clip((fall + 0.06 * waves) * share * 255, 0, 255).astype(np.uint8), "L")
    veil = tinted(grey, alpha)

    def paint(canvas: Image.Image, stage: Stage, view: View, t: float) -> None:
        canvas.paste(veil, (0, 0), veil)

    return paint


def _dim(stage: Stage, share: float) -> Painter:
    veil = tinted(mix(stage.hour.shade, (60, 70, 90), 0.4), Image.new("L", (stage.width, stage.height), int(255 * share)))

    def paint(canvas: Image.Image, stage: Stage, view: View, t: float) -> None:
        canvas.paste(veil, (0, 0), veil)

    return paint


def _tile(stage: Stage, draw: Callable[[ImageDraw.ImageDraw, float, float, float], None], colour: Colour) -> Image.Image:
    """A tile of twice the frame that repeats after one frame in both directions; `draw` gets offsets and scale."""
    scale = 2
    width, height = stage.width, stage.height
    mask = Image.new("L", (width * scale, height * scale))
    pen = ImageDraw.Draw(mask)
    for dx in (-width, 0, width):
        for dy in (-height, 0, height):
            draw(pen, dx * scale, dy * scale, scale)
    small = mask.reduce(scale)
    wide = Image.new("L", (width * 2, height * 2))
    for x in (0, width):
        for y in (0, height):
            wide.paste(small, (x, y))
    return tinted(colour, wide)


def _rain(stage: Stage, name: str, near: float, heavy: float) -> Painter:
    chance = stage.random(f"weather:rain:{name}")
    unit = stage.unit / 480
    slant = 0.16 if heavy < 1.5 else 0.34
    drops = [
        (chance.random() * stage.width, chance.random() * stage.height, (16 + 22 * chance.random()) * near * unit, 70 + 90 * chance.random())
        for _ in range(int((150 if near < 1 else 90) * heavy))
    ]

    def draw(pen: ImageDraw.ImageDraw, dx: float, dy: float, scale: float) -> None:
        for x, y, length, bright in drops:
            x0, y0 = x * scale + dx, y * scale + dy
            pen.line((x0, y0, x0 - slant * length * scale, y0 + length * scale), fill=int(bright), width=max(2, round(1.5 * near * unit * scale)))

    tile = _tile(stage, draw, mix((214, 226, 240), stage.hour.haze, 0.25))
    speed = 1.35 * stage.height * near * (1.3 if heavy > 1.5 else 1.0)

    def paint(canvas: Image.Image, stage: Stage, view: View, t: float) -> None:
        fallen = speed * t
        x, y = int(fallen * slant + view.x * near) % stage.width, int(-fallen) % stage.height
        piece = tile.crop((x, y, x + stage.width, y + stage.height))
        canvas.paste(piece, (0, 0), piece)

    return paint


def _splashes(stage: Stage, heavy: float) -> Painter:
    ink = (*mix((220, 230, 244), stage.hour.haze, 0.3), 255)
    unit = stage.unit / 480

    def paint(canvas: Image.Image, stage: Stage, view: View, t: float) -> None:
        chance = stage.random(f"weather:splash:{round(t * 12)}")
        mask = Image.new("L", (stage.width, stage.height - int(stage.horizon)))
        pen = ImageDraw.Draw(mask)
        for _ in range(int(26 * heavy)):
            x, y = chance.random() * stage.width, (0.04 + 0.20 * chance.random()) * stage.height
            w = (2 + 5 * chance.random()) * unit * (0.6 + y / stage.height * 3)
            pen.arc((x - w, y - w * 0.35, x + w, y + w * 0.35), 150, 390, fill=int(60 + 90 * chance.random()), width=max(1, round(unit)))
        canvas.paste(ink, (0, int(stage.horizon)), mask)

    return paint


def _lightning(stage: Stage) -> Painter:
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
            canvas.paste((226, 232, 255, 255), (0, 0, *canvas.size), Image.new("L", canvas.size, int(120 * glare)))
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
        branch = [(px, py), (px + 0.06 * stage.unit * scale, py + 0.07 * stage.height * scale), (px + 0.05 * stage.unit * scale, py + 0.14 * stage.height * scale)]
        pen.line(branch, fill=200, width=max(1, round(width * 0.55)))
    small = mask.reduce(scale)
    halo = small.filter(ImageFilter.BoxBlur(stage.unit / 60))
    mixed = ImageChops.lighter(small, halo.point([min(255, v * 3) for v in range(256)]))
    canvas.paste((244, 246, 255, 255), (0, 0), mixed.point([int(v * min(1.0, glare + 0.2)) for v in range(256)]))


def _snow(stage: Stage, name: str, near: float) -> Painter:
    chance = stage.random(f"weather:snow:{name}")
    unit = stage.unit / 480
    flakes = [
        (chance.random() * stage.width, chance.random() * stage.height, (1.0 + 1.7 * chance.random()) * near * unit, 120 + 130 * chance.random())
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
        piece = tile.crop((x, y, x + stage.width, y + stage.height))
        canvas.paste(piece, (0, 0), piece)

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
    white = mix((250, 251, 255), mix(stage.hour.sky[1], stage.hour.haze, 0.5), {"day": 0.06, "dawn": 0.20, "dusk": 0.34, "night": 0.62}[stage.hour.name])
    box = cap.getbbox() or (0, 0, cap.width, cap.height)
    image = tinted(white, cap.crop((0, box[1], cap.width, box[3])))
    return Layer(f"weather.{layer.name}", layer.depth + 0.5, layer.parallax, image, layer.top + box[1], layer.period, layer.drift)


def _fog(stage: Stage, i: int, strength: float) -> Painter:
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


def _gusts(stage: Stage, name: str, near: float) -> Painter:
    chance = stage.random(f"weather:wind:{name}")
    unit = stage.unit
    leaves = [(chance.random(), chance.random(), chance.random(), chance.random()) for _ in range(12)]
    lines = [(chance.random(), chance.random(), chance.random()) for _ in range(5)]
    ink = (*mix((255, 255, 255), stage.hour.haze, 0.3), 255)
    tones: tuple[Colour, ...] = ((204, 128, 60), (176, 150, 66), (150, 84, 56), (120, 140, 76))

    def paint(canvas: Image.Image, stage: Stage, view: View, t: float) -> None:
        scale = 2
        mask = Image.new("L", (stage.width, stage.height))
        pen = ImageDraw.Draw(mask)
        for a, b, c in lines:
            head = ((a + t * (0.55 + 0.3 * b) * near) % 1.5 - 0.25) * stage.width
            y = (0.12 + 0.66 * c) * stage.height
            length = (0.22 + 0.2 * b) * stage.width
            points = [(head - length * k / 14, y + 0.016 * unit * math.sin(k * 0.55 + a * 9 + t * 2)) for k in range(15)]
            for k in range(14):
                pen.line((points[k], points[k + 1]), fill=int(95 * math.sin(math.pi * (k + 0.5) / 14) * near), width=max(1, round(unit / 300)))
        canvas.paste(ink, (0, 0), mask)
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
            ImageDraw.Draw(leaf).polygon([((px + side / 2) * scale, (py + side / 2) * scale) for px, py in shape], fill=255)
            colour = mix(tones[i % 4], stage.hour.ramp[3], 0.25 if stage.hour.name == "day" else 0.5)
            canvas.paste((*colour, 255), (round(x - side / 2), round(y - side / 2)), leaf.reduce(scale))

    return paint
