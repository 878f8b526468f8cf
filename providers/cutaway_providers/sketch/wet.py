"""Wet ground: puddles that mirror what stands behind them, and rings where drops fall."""

from __future__ import annotations

from PIL import Image, ImageDraw, ImageFilter

from cutaway_providers.sketch.air import Painter
from cutaway_providers.sketch.layers import View, lay_colour, screen_y, zoom_at
from cutaway_providers.sketch.palette import mix
from cutaway_providers.sketch.stage import Stage


def puddles(stage: Stage, heavy: float) -> Painter:
    """Pools lying on the ground, moving with it, that show the place behind upside down."""
    chance = stage.random("weather:puddles")
    top, rows = 0.026, 0.20
    high = round(rows * stage.height)
    mask = Image.new("L", (stage.period * 2, high * 2))
    pen = ImageDraw.Draw(mask)
    for _ in range(round(15 * heavy)):
        x, y = chance.random() * stage.period * 2, (0.08 + 0.84 * chance.random()) * high * 2
        wide = (0.08 + 0.16 * chance.random()) * stage.unit * (0.6 + y / high / 2)
        thin = wide * (0.10 + 0.05 * chance.random())
        for dx, share in ((0.0, 1.0), (0.55, 0.6), (-0.5, 0.7)):
            for turn in (-2 * stage.period, 0, 2 * stage.period):
                cx, cy = x + dx * wide + turn, y + (share - 1) * thin
                pen.ellipse((cx - wide * share, cy - thin * share, cx + wide * share, cy + thin * share), fill=235)
    # Kept twice as large as it is seen, so that a frame only picks from it.
    single = mask.filter(ImageFilter.BoxBlur(2))
    wide_mask = Image.new("L", ((stage.period + stage.width) * 2, high * 2))
    wide_mask.paste(single, (0, 0))
    wide_mask.paste(single, (stage.period * 2, 0))
    gloss = mix(stage.hour.sky[2], stage.hour.haze, 0.4)

    dimmed = [v * 190 // 255 for v in range(256)]

    def paint(canvas: Image.Image, stage: Stage, view: View, t: float) -> None:
        zoom = zoom_at(view, 1.0)
        y = round(screen_y(stage, view, 1.0, stage.horizon + top * stage.height))
        left = (view.x + stage.width / 2 - stage.width / zoom / 2) % stage.period
        tall = min(round(high * zoom), canvas.height - y)
        if tall < 2:
            return
        box = (left * 2, 0, min(wide_mask.width, (left + stage.width / zoom) * 2), min(high, tall / zoom) * 2)
        seen = wide_mask.resize((stage.width, tall), Image.Resampling.NEAREST, box=box)
        # The mirror is squeezed: a puddle shows a tall strip of the world in few rows, each the mean of two.
        strip = canvas.crop((0, max(0, y - round(tall * 2.6)), canvas.width, y))
        mirror = strip.resize((canvas.width, tall * 2), Image.Resampling.NEAREST).reduce((1, 2))
        mirror = mirror.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        canvas.paste(mirror, (0, y), seen.point(dimmed))
        lay_colour(canvas, gloss, (0, y), seen, 34 / 255)

    return paint


def rings(stage: Stage, heavy: float) -> Painter:
    """Drops that burst on the ground, and the rings they leave."""
    ink = mix((220, 230, 244), stage.hour.haze, 0.3)
    unit = stage.unit / 480

    def paint(canvas: Image.Image, stage: Stage, view: View, t: float) -> None:
        chance = stage.random(f"weather:splash:{round(t * 12)}")
        mask = Image.new("L", (stage.width, stage.height - int(stage.horizon)))
        pen = ImageDraw.Draw(mask)
        for _ in range(int(34 * heavy)):
            x, y = chance.random() * stage.width, (0.04 + 0.20 * chance.random()) * stage.height
            w = (2 + 5 * chance.random()) * unit * (0.6 + y / stage.height * 3)
            bright = int(70 + 100 * chance.random())
            pen.arc((x - w, y - w * 0.35, x + w, y + w * 0.35), 150, 390, fill=bright, width=max(1, round(unit)))
            for side in (-1, 1):
                tip = (x + side * w * 0.5, y - w * (0.7 + 0.6 * chance.random()))
                pen.line((x + side * w * 0.15, y, *tip), fill=bright, width=max(1, round(unit)))
        lay_colour(canvas, ink, (0, int(stage.horizon)), mask)

    return paint
