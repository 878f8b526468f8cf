"""Which font draws a text, and what to do about letters it lacks.

The fonts in `fonts/` look the same everywhere: Latin, Greek, Cyrillic, Vietnamese, Arabic, Hebrew, Thai, Devanagari,
kana, hangul and the common Han characters. A text that needs more is drawn with the first installed font that has all
its letters; without one, accents are dropped and a note says so. A font given by the caller is always the one used.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Final, Literal

from PIL import ImageFont

from cutaway.errors import MediaError

Font = ImageFont.FreeTypeFont
Face = Callable[[int], Font]
Voice = Literal["sans", "bold", "serif", "condensed", "hand"]

ELLIPSIS: Final = "..."
_FONTS: Final = resources.files("cutaway.media") / "fonts"
_VOICES: Final[dict[Voice, str]] = {
    "sans": "sans", "bold": "sans-bold", "serif": "serif", "condensed": "condensed", "hand": "hand",
}  # fmt: skip
_SCRIPTS: Final = ("arabic", "hebrew", "thai", "devanagari", "han", "hangul")
_INSTALLED: Final = (
    "DejaVuSans.ttf",
    "NotoSansCJK-Regular.ttc",
    "NotoSans-Regular.ttf",
    "LiberationSans-Regular.ttf",
    "Arial Unicode.ttf",
    "Hiragino Sans GB.ttc",
    "AppleSDGothicNeo.ttc",
    "msyh.ttc",
    "malgun.ttf",
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


def choose(text: str, font: Path | None, voice: Voice = "sans") -> tuple[Face, str, tuple[str, ...]]:
    """A face for `text`, the text it draws (nearly always the same one), and notes for a person.

    `voice` is the kind of letters wanted; a script that it lacks is drawn in its own plain letters. Raises
    `MediaError` when `font` is not a font file.
    """
    if font is not None:
        given = _named(str(font))
        lacking = _lacking(text, given)
        note = f'{font.name} has no letters for "{lacking[:12]}" in "{text[:40]}"; choose a font that has.'
        return given, text, (note,) if lacking else ()
    best: Face | None = None
    for face in _faces(voice):
        lacking = _lacking(text, face)
        if not lacking:
            return face, text, ()
        if best is None or len(lacking) < len(_lacking(text, best)):
            best = face
    if best is None:
        raise MediaError("No font can be read.", fix="Install Pillow from a wheel (pip install pillow).")
    lacking = _lacking(text, best)
    plain = "".join(_simpler(letter) if letter in lacking else letter for letter in text)
    note = (
        f'No font here has letters for "{lacking[:12]}" in "{text[:40]}"; install one (Debian: fonts-noto-cjk), '
        "or name a font file in CUTAWAY_FONT."
    )
    return best, plain, (note,)


def _faces(voice: Voice) -> Iterator[Face]:
    """The faces to try, the wanted one first."""
    yield _own(_VOICES[voice])
    for plain in ("sans-bold" if voice != "sans" else "sans", *_SCRIPTS):
        yield _own(plain)
    for name in _INSTALLED:
        try:
            yield _named(name)
        except MediaError:
            continue


def _lacking(text: str, face: Face) -> str:
    letters = face(_TRIAL_PX)
    empty = letters.getmask(_UNASSIGNED)
    shape = (empty.size, bytes(empty))
    lacking: list[str] = []
    for letter in sorted(set(text)):
        if letter.isspace() or not letter.isprintable() or unicodedata.combining(letter):
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


def _own(name: str) -> Face:
    return lambda size_px: _load(str(_FONTS / f"{name}.woff2"), size_px)


def _named(name: str) -> Face:
    _load(name, _TRIAL_PX)
    return lambda size_px: _load(name, size_px)


@lru_cache(maxsize=256)
def _load(name: str, size_px: int) -> Font:
    try:
        return ImageFont.truetype(name, size_px)
    except OSError as error:
        raise MediaError(f"{name} is not a font: {error}.", fix="Set `font` to a .ttf or .otf file.") from error
