"""Which font draws a text, and what to do about letters it lacks.

Pillow's built-in font is everywhere and looks the same everywhere, but knows little beyond ASCII. A text that needs
more is drawn with the first installed font that has all its letters; without one, accents are dropped and a note says
so. A font given by the caller is always the one used.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Final

from PIL import ImageFont

from cutaway.errors import MediaError

Font = ImageFont.FreeTypeFont
Face = Callable[[int], Font]

ELLIPSIS: Final = "..."
_INSTALLED: Final = (
    "DejaVuSans.ttf",
    "NotoSans-Regular.ttf",
    "LiberationSans-Regular.ttf",
    "Arial.ttf",
    "Arial Unicode.ttf",
    "NotoSansCJK-Regular.ttc",
    "Hiragino Sans GB.ttc",
    "msyh.ttc",
)
_PLAIN: Final = str.maketrans(
    {
        "\u2013": "-",
        "\u2014": "-",
        "\u2212": "-",
        "\u2018": "'",
        "\u2019": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u2026": "...",
        "\u2022": "*",
        "\u00d7": "x",
        "\u20ac": "EUR ",
    }
)
_UNASSIGNED: Final = "\U0010fffd"
_TRIAL_PX: Final = 24


def choose(text: str, font: Path | None) -> tuple[Face, str, tuple[str, ...]]:
    """A face for `text`, the text it draws (nearly always the same one), and notes for a person.

    Raises `MediaError` when `font` is not a font file.
    """
    if font is not None:
        given = _named(str(font))
        lacking = _lacking(text, given)
        note = f'{font.name} has no letters for "{lacking[:12]}" in "{text[:40]}"; choose a font that has.'
        return given, text, (note,) if lacking else ()
    if not _lacking(text, _built_in):
        return _built_in, text, ()
    best: Face = _built_in
    for name in _INSTALLED:
        try:
            installed = _named(name)
        except MediaError:
            continue
        if not _lacking(text, installed):
            return installed, text, ()
        if len(_lacking(text, installed)) < len(_lacking(text, best)):
            best = installed
    lacking = _lacking(text, best)
    plain = "".join(_simpler(letter) if letter in lacking else letter for letter in text)
    note = f'No font here has letters for "{lacking[:12]}" in "{text[:40]}"; set a font for this script.'
    return best, plain, (note,)


def _lacking(text: str, face: Face) -> str:
    letters = face(_TRIAL_PX)
    empty = letters.getmask(_UNASSIGNED)
    shape = (empty.size, bytes(empty))
    lacking: list[str] = []
    for letter in sorted(set(text)):
        if letter.isspace() or not letter.isprintable():
            continue
        mask = letters.getmask(letter)
        if (mask.size, bytes(mask)) == shape:
            lacking.append(letter)
    return "".join(lacking)


def _simpler(letter: str) -> str:
    plain = letter.translate(_PLAIN)
    if plain != letter:
        return plain
    base = "".join(c for c in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(c))
    return base if base.isascii() and base else letter


@lru_cache(maxsize=128)
def _built_in(size_px: int) -> Font:
    font = ImageFont.load_default(size_px)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise MediaError("This Pillow has no FreeType.", fix="Install Pillow from a wheel (pip install pillow).")
    return font


def _named(name: str) -> Face:
    _load(name, _TRIAL_PX)
    return lambda size_px: _load(name, size_px)


@lru_cache(maxsize=256)
def _load(name: str, size_px: int) -> Font:
    try:
        return ImageFont.truetype(name, size_px)
    except OSError as error:
        raise MediaError(f"{name} is not a font: {error}.", fix="Set `font` to a .ttf or .otf file.") from error
