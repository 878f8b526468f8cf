"""Words drawn over pictures: captions, titles and lower thirds.

The text is always exact and complete while any readable size of it fits; only then is it shortened, and a note says
so. `letters` chooses the font.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from cutaway.contract import Size
from cutaway.media.letters import ELLIPSIS, Face, Font, choose
from cutaway.media.timeline import OverlayKind

SAFE_SHARE: Final = 0.05
TITLE_MIDDLE: Final = 0.24


@dataclass(frozen=True, slots=True)
class Drawn:
    """An overlay as an RGBA picture of the whole frame, with the box (left, top, right, bottom) that is not empty."""

    image: Image.Image
    box: tuple[int, int, int, int]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Style:
    # Shares are of the frame's shorter side, except `width` and `height`, which are of their own side.
    size: float
    soft_min: float
    hard_min: float
    lines: int
    width: float
    height: float
    leading: float


_STYLES: Final[dict[OverlayKind, _Style]] = {
    "caption": _Style(0.056, 0.042, 0.026, 2, 0.84, 0.42, 1.28),
    "title": _Style(0.135, 0.070, 0.034, 3, 0.82, 0.80, 1.16),
    "lower_third": _Style(0.064, 0.046, 0.030, 2, 0.56, 0.40, 1.24),
}


def draw(kind: OverlayKind, text: str, size: Size, *, font: Path | None = None, lift_px: int = 0) -> Drawn:
    """Draw one overlay for a frame of `size`, `lift_px` higher than usual (to clear another one).

    Notes name what could not be shown as asked: letters the font lacks, or a text too long to be complete. Raises
    `MediaError` when `font` is not a font file.
    """
    style = _STYLES[kind]
    short = min(size.width_px, size.height_px)
    margin_x, margin_y = round(size.width_px * SAFE_SHARE), round(size.height_px * SAFE_SHARE)
    pad = max(2, round(short * 0.022))
    wide = min(round(size.width_px * style.width), size.width_px - 2 * margin_x - 2 * pad)
    high = min(round(size.height_px * style.height), size.height_px - 2 * margin_y - 2 * pad - lift_px)
    face, shown, said = choose(" ".join(text.split()), font)
    letters, lines, whole = _fit(shown, style, short, wide, max(1, high), face)
    notes = list(said)
    if not whole:
        notes.append(f'"{text[:40]}..." is too long for the picture and was shortened; use fewer words.')
    step = round(letters.size * style.leading)
    block_w = max(1, *(round(letters.getlength(line)) for line in lines))
    block_h = step * len(lines)
    image = Image.new("RGBA", (size.width_px, size.height_px), (0, 0, 0, 0))
    if kind == "title":
        # Above the middle, where the subject of a shot seldom stands; a long title keeps to the safe area.
        top = max(margin_y + pad, round(size.height_px * TITLE_MIDDLE) - block_h // 2) - lift_px
        _title(image, lines, letters, step, top, block_w)
    elif kind == "caption":
        top = size.height_px - margin_y - pad - block_h - lift_px
        _caption(image, lines, letters, step, top, block_w, pad)
    else:
        top = size.height_px - margin_y - pad - block_h - lift_px
        _lower_third(image, lines, letters, step, margin_x, top, block_w, pad)
    return Drawn(image, image.getbbox() or (0, 0, 2, 2), tuple(notes))


def pixels(drawn: Drawn) -> tuple[np.ndarray[tuple[int, ...], np.dtype[np.uint8]], int, int]:
    """The overlay's non-empty part as RGBA numbers with its left and top, all even."""
    left, top, right, bottom = drawn.box
    left, top = left - left % 2, top - top % 2
    right, bottom = right + right % 2, bottom + bottom % 2
    return np.asarray(drawn.image.crop((left, top, right, bottom)), dtype=np.uint8), left, top


def _caption(image: Image.Image, lines: list[str], letters: Font, step: int, top: int, block_w: int, pad: int) -> None:
    middle = image.width / 2
    bar = (middle - block_w / 2 - pad * 1.6, top - pad * 0.7, middle + block_w / 2 + pad * 1.6)
    ImageDraw.Draw(image).rounded_rectangle(
        (*bar, top + step * len(lines) + pad * 0.7), radius=pad * 1.1, fill=(14, 14, 18, 158)
    )
    _write(image, lines, letters, step, top, middle, "ma", (255, 255, 255, 255))


def _title(image: Image.Image, lines: list[str], letters: Font, step: int, top: int, block_w: int) -> None:
    middle = image.width / 2
    shadow = Image.new("RGBA", image.size, (0, 0, 0, 0))
    offset = max(1, letters.size // 18)
    _write(shadow, lines, letters, step, top + offset, middle, "ma", (0, 0, 0, 215))
    soft = shadow.filter(ImageFilter.GaussianBlur(max(1.0, letters.size / 9)))
    image.alpha_composite(soft)
    image.alpha_composite(soft)
    _write(image, lines, letters, step, top, middle, "ma", (255, 252, 244, 255))
    rule = max(1, letters.size // 22)
    half = min(block_w, letters.size * 2) / 2
    below = top + step * len(lines) + letters.size * 0.12
    if below + rule < image.height:
        ImageDraw.Draw(image).rectangle((middle - half, below, middle + half, below + rule), fill=(255, 252, 244, 190))


def _lower_third(
    image: Image.Image, lines: list[str], letters: Font, step: int, left: int, top: int, block_w: int, pad: int
) -> None:
    accent = max(2, pad // 2)
    bottom = top + step * len(lines) + pad * 0.8
    canvas = ImageDraw.Draw(image)
    box = (left, top - pad * 0.8, left + accent + block_w + pad * 2.4, bottom)
    canvas.rounded_rectangle(box, radius=pad * 0.5, fill=(250, 248, 242, 236))
    canvas.rectangle((left, top - pad * 0.8, left + accent, bottom), fill=(214, 84, 44, 255))
    _write(image, lines, letters, step, top, left + accent + pad * 1.2, "la", (24, 24, 28, 255))


def _write(
    image: Image.Image,
    lines: list[str],
    letters: Font,
    step: int,
    top: float,
    x: float,
    anchor: str,
    fill: tuple[int, int, int, int],
) -> None:
    canvas = ImageDraw.Draw(image)
    ascent, descent = letters.getmetrics()
    slack = (step - ascent - descent) / 2
    for number, line in enumerate(lines):
        canvas.text((x, top + number * step + slack), line, font=letters, fill=fill, anchor=anchor)


def _fit(text: str, style: _Style, short: int, wide: int, high: int, face: Face) -> tuple[Font, list[str], bool]:
    largest = max(8, round(short * style.size))
    soft, hard = max(8, round(short * style.soft_min)), max(7, round(short * style.hard_min))
    for size_px in range(largest, hard - 1, -1):
        letters = face(size_px)
        lines = _wrap(text, letters, wide)
        # Large letters only for a few lines; smaller ones may fill the box, since a complete text matters more.
        most = style.lines if size_px > soft else len(lines)
        if len(lines) <= most and len(lines) * round(size_px * style.leading) <= high:
            return letters, _balanced(text, letters, wide, lines), True
    letters = face(hard)
    keep = max(1, high // round(hard * style.leading))
    lines = _wrap(text, letters, wide)[:keep]
    last = lines[-1]
    while last and letters.getlength(last + ELLIPSIS) > wide:
        last = last[:-1]
    return letters, [*lines[:-1], last.rstrip() + ELLIPSIS], False


def _balanced(text: str, letters: Font, wide: int, lines: list[str]) -> list[str]:
    """The same number of lines, of nearly equal length: no single word left on the last one."""
    narrow = wide // 2
    while wide - narrow > 4:
        middle = (wide + narrow) // 2
        tried = _wrap(text, letters, middle)
        if len(tried) > len(lines) or any(len(line.split()) == 0 for line in tried):
            narrow = middle
        else:
            wide, lines = middle, tried
    return lines


def _wrap(text: str, letters: Font, wide: int) -> list[str]:
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if letters.getlength(longer) <= wide:
            line = longer
            continue
        if line:
            lines.append(line)
        # A word wider than the line (a URL, or a script without spaces) breaks between letters.
        line = ""
        for letter in word:
            if line and letters.getlength(line + letter) > wide:
                lines.append(line)
                line = letter
            else:
                line += letter
    return [*lines, line] if line or not lines else lines
