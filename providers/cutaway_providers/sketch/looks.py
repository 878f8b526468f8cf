"""Looks other than paper: each draws the composed frame anew with a line, a fill, a texture and a palette of its own.

All of them work on the frame's three planes; lines are where neighbouring pixels differ.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from cutaway_providers.sketch.palette import Colour, mix
from cutaway_providers.sketch.planes import (
    Plane,
    edges,
    falling,
    frame_of,
    grey_of,
    mapped,
    mixed,
    picture_of,
    plane_of,
    planes_of,
    rising,
    screen,
    times,
)
from cutaway_providers.sketch.stage import Stage

Redraw = Callable[[Image.Image, float], Image.Image]
"""From an opaque premultiplied frame and its moment in seconds to the frame in this look."""

LIFT = {"dawn": 0.85, "day": 0.95, "dusk": 0.68, "night": 0.50}
"""Dark hours are lifted: these looks tell the hour by their lines, not by blackness."""


def redraw_of(look: str, stage: Stage) -> Redraw | None:
    """The function that redraws a frame in this look, `None` for paper."""
    makers = {"ink": _ink, "neon": _neon, "blueprint": _blueprint, "chalkboard": _chalk}
    return makers[look](stage) if look in makers else None


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


def _fibres(stage: Stage, colour: Colour, rough: int, seed: int) -> tuple[Plane, Plane, Plane]:
    """A sheet of this colour with blotches and fibres."""
    rng = np.random.default_rng(seed)
    w, h = stage.width, stage.height
    coarse = Image.fromarray(rng.integers(0, 256, (h // 40 + 2, w // 40 + 2), np.uint8)).resize(
        (w, h), Image.Resampling.BICUBIC
    )
    fine = rng.integers(0, 256, (h, w)).astype(np.int16)
    fine = (fine + np.roll(fine, 1, 1) + np.roll(fine, 2, 1)) // 3
    level = (np.asarray(coarse, np.int16) - 128) * rough // 160 + (fine - 128) * rough // 220
    red, green, blue = (np.clip(part + level, 0, 255).astype(np.uint8) for part in colour)
    return red, green, blue


def _ink(stage: Stage) -> Redraw:
    """Pen on laid paper: black contours, hatching for shade, cross-hatching for dark, one spot of vermilion."""
    paper = _fibres(stage, (247, 240, 224), 13, 5)
    lifted = _lifted(stage)
    gap = stage.unit / 96
    first, second = (
        times(plane_of(_hatching(stage, turn, gap, stage.unit / 480, seed)), 200)
        for turn, seed in ((-0.9, 1), (0.7, 2))
    )
    floor = 8 if stage.hour.lamps else 15
    reach = max(1, round(stage.unit / 420))
    # A sky on fire is no spot of colour: at dusk and dawn only what is redder than the sky gets it.
    spot = {"day": 58, "night": 40, "dusk": 92, "dawn": 74}[stage.hour.name]

    def redraw(frame: Image.Image, t: float) -> Image.Image:
        red, green, blue = planes = planes_of(frame)
        grey = mapped(grey_of(*planes), lifted)
        # The hand redraws its strokes three times a second: the picture lives without crawling.
        shift = 5 * (int(t * 3) % 3)
        rows, columns = slice(2 * shift, 2 * shift + stage.height), slice(shift, shift + stage.width)
        hatched = np.maximum(
            times(falling(grey, 176, 5), first[rows, columns]), times(falling(grey, 122, 6), second[rows, columns])
        )
        # Where it is darkest the pen fills; everywhere in the shade lies a thin wash.
        wash = np.uint8(205) - np.clip(grey, 85, 205)
        wash >>= np.uint8(1)
        marks = np.maximum(np.maximum(hatched, falling(grey, 70, 8)), wash)
        left = ~times(np.maximum(marks, edges(planes, reach, floor, 8)), 224)
        sheet = paper
        rest = np.maximum(green, blue)
        warm = np.clip(np.maximum(red, rest) - rest, spot, spot + 58) - np.uint8(spot)
        where = picture_of(warm).getbbox()
        if where:
            part = slice(where[1], where[3]), slice(where[0], where[2])
            share = warm[part] * np.uint8(4)
            sheet = red, green, blue = paper[0].copy(), paper[1].copy(), paper[2].copy()
            for plane, level in zip(sheet, (214, 74, 44), strict=True):
                plane[part] = mixed(plane[part], level, share)
        # Ink takes light from the paper.
        red, green, blue = (times(plane, left) for plane in sheet)
        return frame_of(red, green, blue)

    return redraw


def _neon(stage: Stage) -> Redraw:
    """Tubes of light in the colours of what they draw, on near-black, with a halo and a scanned screen."""
    w, h = stage.width, stage.height
    tint = mix((10, 6, 26), stage.hour.sky[0], 0.12)
    floor = 7 if stage.hour.lamps else 12
    step = max(3, round(h / 160))
    reach = max(1, round(stage.unit / 300))

    def hue(band: Plane, grey: Plane, base: int) -> Plane:
        # Against the frame's grey: what was nearly grey becomes violet, what had a hue glows in it.
        apart = np.subtract(band, grey, dtype=np.int16)
        apart *= 77
        apart >>= 3
        apart += round((base - 40) * 2.3)
        np.clip(apart, 60, 255, out=apart)
        apart += band
        # Both together as a share of 1.6.
        apart *= 5
        apart >>= 3
        return np.clip(apart, 0, 255).astype(np.uint8)

    def redraw(frame: Image.Image, t: float) -> Image.Image:
        planes = planes_of(frame)
        grey = grey_of(*planes)
        tubes = edges(planes, reach, floor, 9)
        halo = picture_of(tubes).reduce(4).filter(ImageFilter.BoxBlur(2)).filter(ImageFilter.BoxBlur(3))
        beat = 0.92 + 0.08 * math.sin(t * 11) * math.sin(t * 3.1)
        halo = halo.point([min(255, round(v * 1.5 * beat)) for v in range(256)])
        # So soft that every second pixel of it is enough.
        halo = halo.resize((w // 2, h // 2), Image.Resampling.BILINEAR, box=(0, 0, w / 4, h / 4))
        wide = plane_of(halo.resize((w, h), Image.Resampling.NEAREST))
        # Halo and core are one light in the end, laid once.
        shining = screen(wide, times(tubes, 235))
        burning = rising(tubes, 190, 3)
        out = []
        for band, base, dark, low, scanned in zip(planes, (104, 74, 128), tint, (26, 20, 44), (4, 2, 12), strict=True):
            tone = hue(band, grey, base)
            tone += times(~tone, burning)
            plane = mixed(times(band, low) + np.uint8(dark), tone, shining)
            plane[::step] = times(plane[::step], 181) + np.uint8(scanned * 74 // 255)
            out.append(plane)
        return frame_of(*out)

    return redraw


def _blueprint(stage: Stage) -> Redraw:
    """White construction lines on blue: flat tones, a fine and a coarse grid, a frame with its measures."""
    w, h = stage.width, stage.height
    deep, high = (18, 56, 122), (44, 98, 172)
    gamma = _lifted(stage)
    steps = [round(v / 255 * 4) for v in gamma]
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
    fibre = np.clip(_fibres(stage, (128, 128, 128), 14, 9)[0], 120, 140) - np.uint8(120)
    reach = max(1, round(stage.unit / 480))
    ruled = np.maximum(plane_of(grid), fibre * np.uint8(3) >> np.uint8(1))

    def redraw(frame: Image.Image, t: float) -> Image.Image:
        planes = planes_of(frame)
        step = mapped(grey_of(*planes), steps)
        lines = edges(planes, reach, floor, 8)
        # A second, fainter pass a little off: the ruler slipped, as it does.
        ghost = np.roll(times(lines, 70), (-2 * reach, 2 * reach), (0, 1))
        paper = ~np.maximum(np.maximum(lines, ghost), ruled)
        # Flat tones in fifths, seen from white: lines take the blue away.
        tones = (
            np.uint8(255 - low) - (step * np.uint8(2 * (up - low) // 4) >> np.uint8(1))
            for low, up in zip(deep, high, strict=True)
        )
        red, green, blue = (~times(tone, paper) for tone in tones)
        return frame_of(red, green, blue)

    return redraw


def _chalk(stage: Stage) -> Redraw:
    """Coloured chalk on a wiped board: rubbed fills with the grain of the board, broken soft lines, dust."""
    board = _fibres(stage, (40, 58, 52), 15, 7)
    floor = 8 if stage.hour.lamps else 14
    rng = np.random.default_rng(23)
    w, h = stage.width, stage.height
    grain = rng.integers(0, 256, (h + 32, w + 32)).astype(np.int16)
    tooth = np.clip((grain + np.roll(grain, 1, 0) + np.roll(grain, 1, 1)) // 3 * 2 - 96, 0, 255).astype(np.uint8)
    hatching = _hatching(stage, -0.75, stage.unit / 120, stage.unit / 170, 3).filter(ImageFilter.BoxBlur(0.7))
    rub = rising(times(tooth, plane_of(hatching)), 0, 2)
    rough = rising(tooth, 0, 2)
    rough = np.minimum(rough, 185) + np.uint8(70)
    fill = [min(235, max(0, round((v - 30) * 1.05))) for v in _lifted(stage)]
    reach = max(1, round(stage.unit / 260))

    def redraw(frame: Image.Image, t: float) -> Image.Image:
        planes = planes_of(frame)
        shift = 6 * (int(t * 3) % 3)
        part = slice(shift, shift + h), slice(shift, shift + w)
        share = times(mapped(grey_of(*planes), fill), rub[part])
        lines = times(edges(planes, reach, floor, 7), rough[part])
        out = []
        for band, base, white in zip(planes, board, (lines, lines, times(lines, 232)), strict=True):
            pale = np.clip(band, 0, 203) + np.uint8(52)
            out.append(screen(mixed(base, pale, share), white))
        return frame_of(*out)

    return redraw
