"""Text set into a box: the largest letters that let all of it be read, in lines of nearly equal length."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image, ImageDraw

from cutaway.media.letters import ELLIPSIS, Face, Font

Rgba = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Measure:
    """How large a text may be. Shares are of the frame's shorter side, except `width` and `height`: of their own side.

    Up to `lines` lines are set as large as `size` allows; smaller than `soft_min` it may take more lines, and under
    `hard_min` it is shortened.
    """

    size: float
    soft_min: float
    hard_min: float
    lines: int
    width: float
    height: float
    leading: float


@dataclass(frozen=True, slots=True)
class Block:
    """A text in lines; `whole` is False when it had to be shortened. `width_px` is that of its longest line."""

    lines: tuple[str, ...]
    letters: Font
    step_px: int
    width_px: int
    whole: bool

    @property
    def height_px(self) -> int:
        """All lines with their leading."""
        return self.step_px * len(self.lines)


def fit(text: str, measure: Measure, short_px: int, wide_px: int, high_px: int, face: Face) -> Block:
    """Set `text` into `wide_px` x `high_px`; a line break in it is kept."""
    largest = max(8, round(short_px * measure.size))
    soft, hard = max(8, round(short_px * measure.soft_min)), max(7, round(short_px * measure.hard_min))
    for size_px in range(largest, hard - 1, -1):
        letters = face(size_px)
        lines = wrap(text, letters, wide_px)
        # Large letters only for a few lines; smaller ones may fill the box, since a complete text matters more.
        most = measure.lines if size_px > soft else len(lines)
        if len(lines) <= most and len(lines) * round(size_px * measure.leading) <= high_px:
            return _block(_balanced(text, letters, wide_px, lines), letters, measure, whole=True)
    letters = face(hard)
    keep = max(1, high_px // round(hard * measure.leading))
    lines = wrap(text, letters, wide_px)[:keep]
    last = lines[-1]
    while last and letters.getlength(last + ELLIPSIS) > wide_px:
        last = last[:-1]
    return _block([*lines[:-1], last.rstrip() + ELLIPSIS], letters, measure, whole=False)


def write(image: Image.Image, block: Block, x: float, top: float, anchor: str, fill: Rgba) -> None:
    """Draw the block's lines from `top`; `anchor` "ma" centres them at `x`, "la" begins and "ra" ends them there."""
    canvas = ImageDraw.Draw(image)
    for number, line in enumerate(block.lines):
        canvas.text((x, baseline_top(block, top, number)), line, font=block.letters, fill=fill, anchor=anchor)


def baseline_top(block: Block, top: float, number: int) -> float:
    """Where the letters of a line begin: its share of the leading is above them."""
    ascent, descent = block.letters.getmetrics()
    return top + number * block.step_px + (block.step_px - ascent - descent) / 2


def wrap(text: str, letters: Font, wide_px: int) -> list[str]:
    """The lines of a text no wider than `wide_px`. A word that is wider breaks between letters."""
    return [line for part in text.split("\n") for line in _wrapped(part, letters, wide_px)]


def _block(lines: list[str], letters: Font, measure: Measure, *, whole: bool) -> Block:
    wide = max(1, *(round(letters.getlength(line)) for line in lines))
    return Block(tuple(lines), letters, round(letters.size * measure.leading), wide, whole)


def _wrapped(text: str, letters: Font, wide_px: int) -> list[str]:
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if letters.getlength(longer) <= wide_px:
            line = longer
            continue
        if line:
            lines.append(line)
        # A word wider than the line: a URL, or a script without spaces.
        line = ""
        for letter in word:
            if line and letters.getlength(line + letter) > wide_px:
                lines.append(line)
                line = letter
            else:
                line += letter
    return [*lines, line] if line or not lines else lines


def _balanced(text: str, letters: Font, wide_px: int, lines: list[str]) -> list[str]:
    """The same number of lines, of nearly equal length: no single word left on the last one."""
    narrow = wide_px // 2
    while wide_px - narrow > 4:
        middle = (wide_px + narrow) // 2
        tried = wrap(text, letters, middle)
        if len(tried) > len(lines) or any(len(line.split()) == 0 for line in tried):
            narrow = middle
        else:
            wide_px, lines = middle, tried
    return lines
