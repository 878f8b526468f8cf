"""Words drawn over pictures: captions, titles, lower thirds, price tags and end cards.

The text is always exact and complete while any readable size of it fits; only then is it shortened, and a note says
so. `letters` chooses the font, `typeset` the size and the lines, `titles` and `plates` what they look like.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image

from cutaway.contract import Size
from cutaway.media import plates
from cutaway.media.letters import Voice, choose
from cutaway.media.timeline import OverlayKind, TitleStyle
from cutaway.media.titles import STYLES
from cutaway.media.typeset import Block, Measure, fit

SAFE_SHARE: Final = 0.05


@dataclass(frozen=True, slots=True)
class Drawn:
    """An overlay as an RGBA picture of the whole frame, with the box (left, top, right, bottom) that is not empty."""

    image: Image.Image
    box: tuple[int, int, int, int]
    notes: tuple[str, ...]


_CAPTION: Final = Measure(0.056, 0.042, 0.026, 2, 0.84, 0.42, 1.28)
_LOWER_THIRD: Final = Measure(0.064, 0.046, 0.030, 2, 0.56, 0.40, 1.24)
_PRICE_TAG: Final = Measure(0.098, 0.062, 0.034, 1, 0.46, 0.30, 1.12)
_END_HEAD: Final = Measure(0.125, 0.075, 0.034, 3, 0.80, 0.42, 1.16)
_END_REST: Final = Measure(0.052, 0.044, 0.028, 4, 0.76, 0.30, 1.34)


@dataclass(frozen=True, slots=True)
class _Page:
    """A frame with its safe area, in pixels."""

    size: Size
    lift: int

    @property
    def short(self) -> int:
        return min(self.size.width_px, self.size.height_px)

    @property
    def margin_x(self) -> int:
        return round(self.size.width_px * SAFE_SHARE)

    @property
    def margin_y(self) -> int:
        return round(self.size.height_px * SAFE_SHARE)

    @property
    def pad(self) -> int:
        return max(2, round(self.short * 0.022))

    def set(self, text: str, measure: Measure, voice: Voice, font: Path | None, notes: list[str]) -> Block:
        """The text within the safe area; notes are added."""
        wide = min(round(self.size.width_px * measure.width), self.size.width_px - 2 * self.margin_x - 2 * self.pad)
        high = min(
            round(self.size.height_px * measure.height),
            self.size.height_px - 2 * self.margin_y - 2 * self.pad - self.lift,
        )
        face, shown, said = choose(text, font, voice)
        block = fit(shown, measure, self.short, max(8, wide), max(1, high), face)
        notes.extend(said)
        if not block.whole:
            notes.append(f'"{text[:40]}..." is too long for the picture and was shortened; use fewer words.')
        return block

    def bottom(self, block: Block) -> int:
        """The top of a block that ends at the lower edge of the safe area."""
        return self.size.height_px - self.margin_y - self.pad - block.height_px - self.lift


def draw(
    kind: OverlayKind,
    text: str,
    size: Size,
    *,
    style: TitleStyle = "plain",
    word: int | None = None,
    font: Path | None = None,
    lift_px: int = 0,
) -> Drawn:
    """Draw one overlay for a frame of `size`, `lift_px` higher than usual (to clear another one).

    `style` is that of a title; `word` lights one word of a caption (from 0) and dims those after it. The lines of an
    end card are kept: the first is its headline. Notes name what could not be shown as asked: letters the font lacks,
    or a text too long to be complete. Raises `MediaError` when `font` is not a font file.
    """
    page = _Page(size, lift_px)
    image = Image.new("RGBA", (size.width_px, size.height_px), (0, 0, 0, 0))
    notes: list[str] = []
    words = " ".join(text.split())
    if kind == "title":
        _title(image, page, words, style, font, notes)
    elif kind == "end_card":
        _end_card(image, page, text, font, notes)
    elif kind == "price_tag":
        block = page.set(words, _PRICE_TAG, "condensed", font, notes)
        plates.price_tag(image, block, page.margin_y + page.pad, page.margin_x, page.pad)
    elif kind == "lower_third":
        block = page.set(words, _LOWER_THIRD, "bold", font, notes)
        plates.lower_third(image, block, page.bottom(block), page.margin_x, page.pad)
    else:
        block = page.set(words, _CAPTION, "sans", font, notes)
        if word is None:
            plates.caption(image, block, page.bottom(block), page.margin_x, page.pad)
        else:
            plates.caption_at_word(image, block, page.bottom(block), page.pad, word)
    return Drawn(image, image.getbbox() or (0, 0, 2, 2), tuple(dict.fromkeys(notes)))


def pixels(drawn: Drawn) -> tuple[np.ndarray[tuple[int, ...], np.dtype[np.uint8]], int, int]:
    """The overlay's non-empty part as RGBA numbers with its left and top, all even."""
    left, top, right, bottom = drawn.box
    left, top = left - left % 2, top - top % 2
    right, bottom = right + right % 2, bottom + bottom % 2
    return np.asarray(drawn.image.crop((left, top, right, bottom)), dtype=np.uint8), left, top


def _title(image: Image.Image, page: _Page, text: str, style: TitleStyle, font: Path | None, notes: list[str]) -> None:
    look = STYLES[style]
    block = page.set(text.upper() if look.caps else text, look.measure, look.voice, font, notes)
    highest, lowest = page.margin_y + page.pad, page.bottom(block)
    top = round(page.size.height_px * look.middle) - block.height_px // 2 - page.lift
    look.paint(image, block, max(highest, min(top, lowest)), page.margin_x)


def _end_card(image: Image.Image, page: _Page, text: str, font: Path | None, notes: list[str]) -> None:
    first, *others = [" ".join(line.split()) for line in text.splitlines() if line.strip()] or [""]
    head = page.set(first, _END_HEAD, "serif", font, notes)
    rest = page.set("\n".join(others), _END_REST, "sans", font, notes) if others else None
    gap = round(page.short * 0.075)
    high = head.height_px + (gap + rest.height_px if rest else 0)
    plates.end_card(image, head, rest, max(page.margin_y, round((page.size.height_px - high) / 2)), gap)
