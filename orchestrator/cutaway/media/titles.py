"""Titles: the name of a film over its picture, in one of five styles.

Each is drawn within the safe area, in letters of its own and with what keeps them readable over any picture.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageDraw, ImageFilter

from cutaway.media.letters import Voice
from cutaway.media.timeline import TitleStyle
from cutaway.media.typeset import Block, Measure, Rgba, write

IVORY: Final[Rgba] = (255, 252, 244, 255)
INK: Final[Rgba] = (22, 22, 27, 255)
EMBER: Final[Rgba] = (226, 92, 46, 255)

Paint = Callable[[Image.Image, Block, int, int], None]
"""Draws a block into a picture of the whole frame: at a top in pixels, with a margin from the sides."""


@dataclass(frozen=True, slots=True)
class Style:
    """One style: its letters, its measure, where its middle stands (a share of the height), and how it is painted.

    `caps` sets it in capitals.
    """

    voice: Voice
    measure: Measure
    middle: float
    paint: Paint
    caps: bool = False


def _plain(image: Image.Image, block: Block, top: int, _: int) -> None:
    middle = image.width / 2
    _shadowed(image, block, middle, top, "ma")
    rule = max(1, round(block.letters.size / 22))
    half = min(block.width_px, block.letters.size * 2) / 2
    below = top + block.height_px + block.letters.size * 0.12
    if below + rule < image.height:
        ImageDraw.Draw(image).rectangle((middle - half, below, middle + half, below + rule), fill=(255, 252, 244, 190))


def _elegant(image: Image.Image, block: Block, top: int, _: int) -> None:
    middle, size = image.width / 2, block.letters.size
    _shadowed(image, block, middle, top, "ma")
    rule, half = max(1, round(size / 40)), max(block.width_px / 2, size * 1.5) + size * 0.2
    canvas = ImageDraw.Draw(image)
    for y in (top - size * 0.16, top + block.height_px + size * 0.16):
        if 0 <= y < image.height - rule:
            canvas.rectangle((middle - half, y, middle + half, y + rule), fill=(255, 252, 244, 150))
    point = size * 0.07
    below = top + block.height_px + size * 0.16 + rule / 2
    canvas.polygon(
        [(middle, below - point), (middle + point, below), (middle, below + point), (middle - point, below)],
        fill=IVORY,
    )


def _bold(image: Image.Image, block: Block, top: int, margin: int) -> None:
    size = block.letters.size
    bar = max(3, round(size * 0.13))
    left = margin + bar + size * 0.24
    _shadowed(image, block, left, top, "la")
    ImageDraw.Draw(image).rectangle(
        (margin, top + size * 0.12, margin + bar, top + block.height_px - size * 0.06), fill=EMBER
    )


def _handwritten(image: Image.Image, block: Block, top: int, _: int) -> None:
    middle, size = image.width / 2, block.letters.size
    _shadowed(image, block, middle, top, "ma")
    half, y = block.width_px / 2, top + block.height_px + size * 0.02
    # A stroke of the pen under the words: it swells and thins out, a little higher at its end.
    steps = 40
    upper, lower = [], []
    for k in range(steps + 1):
        along = k / steps
        x = middle - half * 0.9 + half * 1.8 * along
        rise = y - size * 0.10 * along * along
        thick = size * 0.035 * (1 - (2 * along - 0.8) ** 2 / 2)
        upper.append((x, rise - thick))
        lower.append((x, rise + thick))
    if y + size * 0.05 < image.height:
        ImageDraw.Draw(image).polygon([*upper, *reversed(lower)], fill=(255, 214, 120, 240))


def _band(image: Image.Image, block: Block, top: int, _: int) -> None:
    size = block.letters.size
    ImageDraw.Draw(image).rectangle(
        (0, top - size * 0.34, image.width, top + block.height_px + size * 0.34), fill=(16, 16, 20, 172)
    )
    write(image, block, image.width / 2, top, "ma", IVORY)


def _shadowed(image: Image.Image, block: Block, x: float, top: int, anchor: str) -> None:
    size = block.letters.size
    shadow = Image.new("RGBA", image.size, (0, 0, 0, 0))
    write(shadow, block, x, top + max(1, round(size / 18)), anchor, (0, 0, 0, 215))
    soft = shadow.filter(ImageFilter.GaussianBlur(max(1.0, size / 9)))
    image.alpha_composite(soft)
    image.alpha_composite(soft)
    write(image, block, x, top, anchor, IVORY)


# A title stands above the middle, where the subject of a shot seldom stands; a bold one below it, at the side.
STYLES: Final[dict[TitleStyle, Style]] = {
    "plain": Style("bold", Measure(0.118, 0.070, 0.034, 3, 0.82, 0.80, 1.18), 0.24, _plain),
    "elegant": Style("serif", Measure(0.128, 0.072, 0.034, 3, 0.78, 0.72, 1.14), 0.25, _elegant),
    "bold": Style("condensed", Measure(0.170, 0.080, 0.034, 3, 0.72, 0.78, 1.10), 0.64, _bold, caps=True),
    "handwritten": Style("hand", Measure(0.170, 0.085, 0.038, 3, 0.82, 0.78, 0.98), 0.25, _handwritten),
    "band": Style("bold", Measure(0.088, 0.056, 0.034, 3, 0.86, 0.74, 1.20), 0.26, _band),
}
"""How each style of title looks."""
