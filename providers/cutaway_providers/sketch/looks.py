"""Looks other than paper: each draws the composed frame anew with a line, a fill, a texture and a palette of its own.

Lines are where neighbouring pixels differ, found with shifted copies (thirty times faster than a rank filter).
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from cutaway_providers.sketch.layers import lay_colour, tinted
from cutaway_providers.sketch.palette import Colour, mix
from cutaway_providers.sketch.stage import Stage

Redraw = Callable[[Image.Image, float], Image.Image]
"""From an opaque premultiplied frame and its moment in seconds to the frame in this look."""

LIFT = {"dawn": 0.85, "day": 0.95, "dusk": 0.68, "night": 0.50}
"""Dark hours are lifted: these looks tell the hour by their lines, not by blackness."""


def redraw_of(look: str, stage: Stage) -> Redraw | None:
    """The function that redraws a frame in this look, `None` for paper."""
    makers = {"ink": _ink, "neon": _neon, "blueprint": _blueprint, "chalkboard": _chalk}
    return makers[look](stage) if look in makers else None


def _edges(frame: Image.Image, reach: int, floor: int, slope: int) -> Image.Image:
    """How much any channel changes within `reach` pixels, 0 to 255. The frame's own border is no edge."""
    across = ImageChops.difference(frame, ImageChops.offset(frame, reach, 0))
    down = ImageChops.difference(frame, ImageChops.offset(frame, 0, reach))
    red, green, blue, _ = ImageChops.lighter(across, down).split()
    lines = ImageChops.lighter(red, ImageChops.lighter(green, blue))
    lines.paste(0, (0, 0, reach, lines.height))
    lines.paste(0, (0, 0, lines.width, reach))
    return lines.point([min(255, max(0, v - floor) * slope) for v in range(256)])


def _grey(red: Image.Image, green: Image.Image, blue: Image.Image) -> Image.Image:
    return Image.merge("RGB", (red, green, blue)).convert("L")


def _lifted(stage: Stage) -> list[int]:
    gamma = LIFT[stage.hour.name]
    return [round(255 * (v / 255) ** gamma) for v in range(256)]


def _hatching(stage: Stage, turn: float, gap: float, width: float, seed: int) -> Image.Image:
    """Pen strokes at an angle, slightly uneven, as a mask somewhat larger than the frame."""
    scale = 2
    w, h = stage.width + 32, stage.height + 32
    mask = Image.new("L", (w * scale, h * scale))
    pen = ImageDraw.Draw(mask)
    chance = stage.random(f"hatch:{seed}")
    reach = math.hypot(w, h)
    ux, uy = math.cos(turn), math.sin(turn)
    for k in range(int(-reach / gap), int(reach / gap)):
        off = k * gap + chance.uniform(-0.18, 0.18) * gap
        cx, cy = w / 2 - uy * off, h / 2 + ux * off
        at = -reach / 2
        while at < reach / 2:
            long = (0.12 + 0.2 * chance.random()) * stage.unit
            x0, y0 = cx + ux * at, cy + uy * at
            x1, y1 = cx + ux * (at + long), cy + uy * (at + long)
            pen.line(
                (x0 * scale, y0 * scale, x1 * scale, y1 * scale),
                fill=chance.randrange(170, 256),
                width=max(1, round(width * scale)),
            )
            at += long + 0.012 * stage.unit * chance.random()
    return mask.reduce(scale)


def _fibres(stage: Stage, colour: Colour, rough: int, seed: int) -> Image.Image:
    """A sheet of this colour with blotches and fibres, opaque."""
    rng = np.random.default_rng(seed)
    w, h = stage.width, stage.height
    coarse = Image.fromarray(rng.integers(0, 256, (h // 40 + 2, w // 40 + 2), np.uint8)).resize(
        (w, h), Image.Resampling.BICUBIC
    )
    fine = rng.integers(0, 256, (h, w)).astype(np.int16)
    fine = (fine + np.roll(fine, 1, 1) + np.roll(fine, 2, 1)) // 3
    level = (np.asarray(coarse, np.int16) - 128) * rough // 160 + (fine - 128) * rough // 220
    pixels = np.empty((h, w, 4), np.uint8)
    for channel in range(3):
        pixels[..., channel] = np.clip(colour[channel] + level, 0, 255)
    pixels[..., 3] = 255
    return Image.frombytes("RGBa", (w, h), pixels.tobytes())


def _ink(stage: Stage) -> Redraw:
    """Pen on laid paper: black contours, hatching for shade, cross-hatching for dark, one spot of vermilion."""
    paper = _fibres(stage, (247, 240, 224), 13, 5)
    inverted = [255 - v * 224 // 255 for v in range(256)]
    thinned = [v * 200 // 255 for v in range(256)]
    reddened = [min(230, v * 4) for v in range(256)]
    lifted = _lifted(stage)
    gap = stage.unit / 96
    first, second = _hatching(stage, -0.9, gap, stage.unit / 480, 1), _hatching(stage, 0.7, gap, stage.unit / 480, 2)
    mid = [min(255, max(0, round((176 - v) * 5))) for v in range(256)]
    dark = [min(255, max(0, round((122 - v) * 6))) for v in range(256)]
    solid = [min(235, max(0, round((70 - v) * 8))) for v in range(256)]
    floor = 8 if stage.hour.lamps else 15
    wash = [min(60, max(0, round((205 - v) * 0.5))) for v in range(256)]
    reach = max(1, round(stage.unit / 420))
    # A sky on fire is no spot of colour: at dusk and dawn only what is redder than the sky gets it.
    spot = {"day": 58, "night": 40, "dusk": 92, "dawn": 74}[stage.hour.name]

    def redraw(frame: Image.Image, t: float) -> Image.Image:
        red, green, blue, full = frame.split()
        grey = _grey(red, green, blue).point(lifted)
        # The hand redraws its strokes three times a second: the picture lives without crawling.
        shift = 5 * (int(t * 3) % 3)
        box = (shift, 2 * shift, shift + grey.width, 2 * shift + grey.height)
        warm = ImageChops.subtract(red, ImageChops.lighter(green, blue), 1, -spot)
        out = paper.copy()
        spotted = warm.point(reddened)
        where = spotted.getbbox()
        if where:
            lay_colour(out, (214, 74, 44), where[:2], spotted.crop(where))
        strokes = ImageChops.lighter(
            ImageChops.multiply(grey.point(mid), first.crop(box)),
            ImageChops.multiply(grey.point(dark), second.crop(box)),
        )
        marks = ImageChops.lighter(ImageChops.lighter(strokes.point(thinned), grey.point(solid)), grey.point(wash))
        # Ink takes light from the paper: multiplying costs a third of laying a colour through a mask.
        left = ImageChops.lighter(marks, _edges(frame, reach, floor, 8)).point(inverted)
        return ImageChops.multiply(out, Image.merge("RGBa", (left, left, left, full)))

    return redraw


def _neon(stage: Stage) -> Redraw:
    """Tubes of light in the colours of what they draw, on near-black, with a halo and a scanned screen."""
    w, h = stage.width, stage.height
    tint = mix((10, 6, 26), stage.hour.sky[0], 0.12)
    floor = 7 if stage.hour.lamps else 12
    low = [[part + v * scale // 255 for v in range(256)] for part, scale in zip(tint, (26, 20, 44), strict=True)]
    bright = [min(255, max(60, round((v - 40) * 2.3))) for v in range(256)]
    scan = Image.new("L", (w, h), 0)
    pen = ImageDraw.Draw(scan)
    step = max(3, round(h / 160))
    for y in range(0, h, step):
        pen.line((0, y, w, y), fill=74)
    lines = tinted((4, 2, 12), scan)
    cored = [v * 235 // 255 for v in range(256)]
    burning = [max(0, v - 190) * 3 for v in range(256)]
    reach = max(1, round(stage.unit / 300))
    small = (w // 4, h // 4)

    def redraw(frame: Image.Image, t: float) -> Image.Image:
        red, green, blue, _ = frame.split()
        plain = _grey(red, green, blue)
        edges = _edges(frame, reach, floor, 9)
        # Each channel against the frame's grey: what was nearly grey becomes violet, what had a hue glows in it.
        hue = [
            ImageChops.add(ImageChops.subtract(band, plain, 0.24, base).point(bright), band, 1.6)
            for band, base in ((red, 104), (green, 74), (blue, 128))
        ]
        out = frame.point([*low[0], *low[1], *low[2], *range(256)])
        halo = edges.resize(small, Image.Resampling.BOX).filter(ImageFilter.BoxBlur(2)).filter(ImageFilter.BoxBlur(3))
        beat = 0.92 + 0.08 * math.sin(t * 11) * math.sin(t * 3.1)
        wide = halo.point([min(255, round(v * 1.5 * beat)) for v in range(256)]).resize(
            (w, h), Image.Resampling.BILINEAR
        )
        # Halo and core are one light in the end, laid once.
        shining = ImageChops.screen(wide, edges.point(cored))
        light = Image.merge("RGBA", (*hue, shining)).convert("RGBa")
        out.paste(light, (0, 0), light)
        lay_colour(out, (255, 250, 255), (0, 0), edges.point(burning))
        out.paste(lines, (0, 0), lines)
        return out

    return redraw


def _blueprint(stage: Stage) -> Redraw:
    """White construction lines on blue: flat tones, a fine and a coarse grid, a frame with its measures."""
    w, h = stage.width, stage.height
    lifted = _lifted(stage)
    deep, high = (18, 56, 122), (44, 98, 172)
    steps = [mix(deep, high, round(v / 255 * 4) / 4) for v in range(256)]
    tables = [[tone[channel] for tone in steps] for channel in range(3)]
    floor = 7 if stage.hour.lamps else 11
    grid = Image.new("L", (w, h))
    pen = ImageDraw.Draw(grid)
    cell = stage.unit / 24
    for axis, end in ((0, w), (1, h)):
        for k in range(int(end / cell) + 1):
            at = round(k * cell)
            line = (at, 0, at, h) if axis == 0 else (0, at, w, at)
            pen.line(line, fill=62 if k % 4 == 0 else 26)
    edge = round(stage.unit / 34)
    pen.rectangle((edge, edge, w - edge - 1, h - edge - 1), outline=210, width=max(1, round(stage.unit / 400)))
    pen.rectangle((edge - 4, edge - 4, w - edge + 3, h - edge + 3), outline=110)
    for k in range(int(w / cell)):
        at = round(k * cell)
        if edge < at < w - edge:
            pen.line((at, h - edge, at, h - edge - (9 if k % 4 == 0 else 5)), fill=190)
    fibre = (
        _fibres(stage, (128, 128, 128), 14, 9)
        .getchannel("R")
        .point([max(0, min(60, (v - 120) * 3)) for v in range(256)])
    )
    reach = max(1, round(stage.unit / 480))
    ruled = ImageChops.lighter(grid, fibre.point([v // 2 for v in range(256)]))
    dark = Image.new("L", (w, h))

    def redraw(frame: Image.Image, t: float) -> Image.Image:
        red, green, blue, full = frame.split()
        grey = _grey(red, green, blue).point(lifted)
        flat = Image.merge("RGBa", (*[grey.point(table) for table in tables], full))
        lines = _edges(frame, reach, floor, 8)
        # A second, fainter pass a little off: the ruler slipped, as it does.
        ghost = ImageChops.offset(lines, 2 * reach, -2 * reach).point([v * 70 // 255 for v in range(256)])
        lines = ImageChops.lighter(ImageChops.lighter(lines, ghost), ruled)
        return ImageChops.screen(flat, Image.merge("RGBa", (lines, lines, lines, dark)))

    return redraw


def _chalk(stage: Stage) -> Redraw:
    """Coloured chalk on a wiped board: rubbed fills with the grain of the board, broken soft lines, dust."""
    board = _fibres(stage, (40, 58, 52), 15, 7)
    floor = 8 if stage.hour.lamps else 14
    rng = np.random.default_rng(23)
    w, h = stage.width, stage.height
    grain = rng.integers(0, 256, (h + 32, w + 32)).astype(np.int16)
    grain = np.clip((grain + np.roll(grain, 1, 0) + np.roll(grain, 1, 1)) // 3 * 2 - 96, 0, 255).astype(np.uint8)
    tooth = Image.fromarray(grain)
    rub = ImageChops.multiply(
        tooth, _hatching(stage, -0.75, stage.unit / 120, stage.unit / 170, 3).filter(ImageFilter.BoxBlur(0.7))
    )
    lifted = _lifted(stage)
    fill = [min(235, max(0, round((v - 30) * 1.05))) for v in range(256)]
    pale = [min(255, round(52 + v * 0.98)) for v in range(256)]
    reach = max(1, round(stage.unit / 260))
    creamy = [v * 232 // 255 for v in range(256)]
    dark = Image.new("L", (w, h))

    def redraw(frame: Image.Image, t: float) -> Image.Image:
        red, green, blue, _ = frame.split()
        grey = _grey(red, green, blue).point(lifted)
        out = board.copy()
        shift = 6 * (int(t * 3) % 3)
        box = (shift, shift, shift + w, shift + h)
        stroke = rub.crop(box)
        mask = ImageChops.multiply(grey.point(fill), stroke.point([min(255, v * 2) for v in range(256)]))
        rubbed = Image.merge("RGBA", (red.point(pale), green.point(pale), blue.point(pale), mask)).convert("RGBa")
        out.paste(rubbed, (0, 0), rubbed)
        lines = _edges(frame, reach, floor, 7)
        rough = ImageChops.multiply(lines, tooth.crop(box).point([min(255, 70 + v * 2) for v in range(256)]))
        return ImageChops.screen(out, Image.merge("RGBa", (rough, rough, rough.point(creamy), dark)))

    return redraw
