"""What is drawn behind and around words that are no title: captions, lower thirds, price tags and end cards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PIL import Image, ImageDraw

from cutaway.media.titles import EMBER, INK, IVORY
from cutaway.media.typeset import Block, Rgba, baseline_top, write

WHITE: Final[Rgba] = (255, 255, 255, 255)
SPOKEN: Final[Rgba] = (255, 255, 255, 255)
SPEAKING: Final[Rgba] = (255, 208, 96, 255)
UNSPOKEN: Final[Rgba] = (255, 255, 255, 120)

Painted = Callable[[Image.Image, Block, int, int, int], None]
"""Draws a block: picture, block, top, margin from the side, padding; all in pixels."""


def caption(image: Image.Image, block: Block, top: int, _: int, pad: int) -> None:
    """White letters on a dark bar, centred."""
    _bar(image, block, top, pad)
    write(image, block, image.width / 2, top, "ma", WHITE)


def caption_at_word(image: Image.Image, block: Block, top: int, pad: int, word: int) -> None:
    """A caption at the moment of its word number `word` (from 0): that one lit, those to come dimmed."""
    _bar(image, block, top, pad)
    canvas = ImageDraw.Draw(image)
    number = 0
    for row, line in enumerate(block.lines):
        x = image.width / 2 - block.letters.getlength(line) / 2
        y = baseline_top(block, top, row)
        before = ""
        for said in line.split():
            fill = SPEAKING if number == word else SPOKEN if number < word else UNSPOKEN
            at = x + block.letters.getlength(before)
            canvas.text((at, y), said, font=block.letters, fill=fill, anchor="la")
            before += f"{said} "
            number += 1


def lower_third(image: Image.Image, block: Block, top: int, margin: int, pad: int) -> None:
    """Dark letters on a light plate at the left, with an accent."""
    accent = max(2, pad // 2)
    bottom = top + block.height_px + pad * 0.8
    canvas = ImageDraw.Draw(image)
    canvas.rounded_rectangle(
        (margin, top - pad * 0.8, margin + accent + block.width_px + pad * 2.4, bottom),
        radius=pad * 0.5,
        fill=(250, 248, 242, 236),
    )
    canvas.rectangle((margin, top - pad * 0.8, margin + accent, bottom), fill=(214, 84, 44, 255))
    write(image, block, margin + accent + pad * 1.2, top, "la", (24, 24, 28, 255))


def price_tag(image: Image.Image, block: Block, top: int, margin: int, pad: int) -> None:
    """A paper tag with a punched hole at the upper right: the point at its left, the price in it."""
    tip = block.height_px * 0.42 + pad
    right, left = image.width - margin - 3, image.width - margin - block.width_px - pad * 2.2
    upper, lower = top - pad * 0.7, top + block.height_px + pad * 0.7
    middle = (upper + lower) / 2
    shape = [(left, upper), (right, upper), (right, lower), (left, lower), (left - tip, middle)]
    # Drawn four times as large and reduced: its slanted edges would be jagged.
    scale = 4
    big = Image.new("RGBA", (image.width, round(lower - upper + 8)), (0, 0, 0, 0)).resize(
        (image.width * scale, round(lower - upper + 8) * scale)
    )
    canvas = ImageDraw.Draw(big)
    canvas.polygon([(x * scale, (y - upper + 4) * scale) for x, y in shape], fill=EMBER)
    hole, hx, hy = max(2.0, block.height_px * 0.09), left - tip * 0.30, middle - upper + 4
    for radius, fill in ((hole * 1.7, (255, 236, 220, 255)), (hole, (40, 26, 22, 255))):
        canvas.ellipse(tuple(v * scale for v in (hx - radius, hy - radius, hx + radius, hy + radius)), fill=fill)
    image.alpha_composite(big.resize((image.width, big.height // scale), Image.Resampling.LANCZOS), (0, int(upper) - 4))
    write(image, block, right - pad * 0.9, top, "ra", IVORY)


def veil(image: Image.Image) -> None:
    """The dark veil of an end card over the whole frame, darker towards the edges."""
    shade = Image.radial_gradient("L").resize(image.size).point([round(176 + v * 0.28) for v in range(256)])
    image.paste((*INK[:3], 255), (0, 0), shade)
    image.putalpha(shade)


def end_card(image: Image.Image, head: Block, rest: Block | None, top: int, gap: int) -> None:
    """The last words on a veil: the first line large, a rule, the others smaller under it."""
    veil(image)
    middle = image.width / 2
    write(image, head, middle, top, "ma", IVORY)
    if rest is None:
        return
    half, y = min(head.width_px, head.letters.size * 3) / 2, top + head.height_px + gap / 2
    ImageDraw.Draw(image).rectangle((middle - half, y, middle + half, y + max(1, gap // 12)), fill=EMBER)
    write(image, rest, middle, top + head.height_px + gap, "ma", (236, 232, 224, 255))


def _bar(image: Image.Image, block: Block, top: int, pad: int) -> None:
    middle = image.width / 2
    box = (middle - block.width_px / 2 - pad * 1.6, top - pad * 0.7, middle + block.width_px / 2 + pad * 1.6)
    ImageDraw.Draw(image).rounded_rectangle(
        (*box, top + block.height_px + pad * 0.7), radius=pad * 1.1, fill=(14, 14, 18, 158)
    )
