"""The turntable: a product that turns on a disc while a light sweeps over it."""

from __future__ import annotations

import math

from PIL import Image, ImageDraw

from cutaway_providers.sketch.palette import mix, times
from cutaway_providers.sketch.stage import Stage

TURN_S = 6.0
"""Seconds of a whole turn."""
THICK = 0.10
"""How thick the product is, as a share of its sheet's width: what is seen while it stands edge on."""


def turned(picture: Image.Image, axis: float, t: float) -> Image.Image:
    """The premultiplied picture turned about the upright line at `axis` pixels, as it is at `t` seconds.

    The front is drawn twice in a turn, so that a name on it can always be read; between, its edge is seen in shade.
    """
    angle = math.tau * t / TURN_S
    face = abs(math.cos(angle))
    side = math.sin(angle) if math.cos(angle) >= 0 else -math.sin(angle)
    width = max(2, round(picture.width * max(face, 0.03)))
    small = picture.resize((width, picture.height), Image.Resampling.BILINEAR)
    out = Image.new("RGBa", picture.size)
    left = round(axis - axis * width / picture.width)
    depth = round(THICK * picture.width * side)
    dark = _shaded(small, 0.52)
    reach = abs(depth)
    for k in range(reach, 0, -max(1, reach // 6)):
        out.paste(dark, (left + (k if depth > 0 else -k), 0), dark)
    out.paste(_swept(_shaded(small, 0.80 + 0.20 * face), t), (left, 0), small)
    return out


def _shaded(picture: Image.Image, by: float) -> Image.Image:
    table = [round(v * by) for v in range(256)]
    return picture.point([*table * 3, *range(256)])


def _swept(picture: Image.Image, t: float) -> Image.Image:
    """The picture with a slanting band of light crossing it every half turn."""
    share = (t % (TURN_S / 2)) / (TURN_S / 2)
    width, height = picture.size
    band = Image.new("L", (width, height))
    x = (share * 2.2 - 0.6) * width
    for wide, light in ((0.20, 30), (0.11, 56), (0.05, 84)):
        half = wide * width
        ImageDraw.Draw(band).polygon(
            [(x - half, height), (x + half, height), (x + half + 0.3 * width, 0), (x - half + 0.3 * width, 0)],
            fill=light,
        )
    # Premultiplied: white is as much as there is of the product, or its edge would shine brighter than it covers.
    white = Image.merge("RGBa", (picture.getchannel("a"),) * 4)
    out = picture.copy()
    out.paste(white, (0, 0), band)
    return out


def set_on_turntable(canvas: Image.Image, stage: Stage, half: float, x: float, y: float, t: float) -> None:
    """Draw the disc under the product standing at (x, y); `half` is half the product's width in pixels."""
    rx = max(half * 1.5, 0.16 * stage.unit)
    ry, thick = rx * 0.20, rx * 0.10
    scale = 3
    size = (round(2 * rx * 1.1) * scale, round((2 * ry + thick) * 1.15) * scale)
    disc = Image.new("RGBa", size)
    pen = ImageDraw.Draw(disc)
    cx, cy = size[0] / 2, (ry * 1.08) * scale
    top = times((236, 232, 226), stage.cast_tint)
    rim = mix(times(top, 0.62), stage.hour.shade, 0.15)
    for drop, colour in ((thick, rim), (0.0, top)):
        box = (cx - rx * scale, cy - ry * scale + drop * scale, cx + rx * scale, cy + ry * scale + drop * scale)
        pen.ellipse(box, fill=(*colour, 255))
        if drop:
            pen.rectangle((cx - rx * scale, cy, cx + rx * scale, cy + drop * scale), fill=(*colour, 255))
    for k in range(24):
        a = math.tau * (k / 24 + t / TURN_S)
        ex, ey = math.cos(a), math.sin(a)
        points = [(cx + rx * r * ex * scale, cy + ry * r * ey * scale) for r in (0.90, 0.97)]
        pen.line(points, fill=(*times(top, 0.72), 255), width=scale)
    small = disc.reduce(scale)
    canvas.paste(small, (round(x - small.width / 2), round(y - ry * 1.08)), small)
