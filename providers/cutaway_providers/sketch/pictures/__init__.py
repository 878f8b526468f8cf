"""Pictures of common nouns for what the artist has no drawing of: flat shapes, read when one is first needed.

`pictures.json.gz` holds 841 of Microsoft's Fluent Emoji (flat, MIT) as polygons, found by names of Unicode CLDR; the
licences lie beside it in `LICENSES.txt`, and `build.py` makes it anew.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

SPAN = 640
"""Width and height of every picture, in the units of its points; y points down."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One noun's picture: its name and its shapes far to near, each a colour and closed lines of (x, y).

    `leftward` is true when it looks to the left, as animals and vehicles do.
    """

    name: str
    leftward: bool
    shapes: tuple[tuple[tuple[int, int, int], tuple[tuple[tuple[int, int], ...], ...]], ...]


ALSO: Final[dict[str, str]] = {
    "hen": "rooster", "cockerel": "rooster", "pumpkin pie": "pie", "satchel": "backpack", "sword": "crossed swords",
    "clam": "oyster", "dough": "bread", "loaf": "bread", "bun": "bagel", "muffin": "cupcake", "sandals": "thong sandal",
}  # fmt: skip
"""More words for some pictures than Unicode gives them."""


def picture_of(words: Sequence[str]) -> tuple[str, Picture] | None:
    """The word or pair of words that a picture answers to, the last in reading order, with the picture."""
    known: dict[str, str] = _book()["words"]
    for i in range(len(words) - 1, -1, -1):
        for spoken in ([f"{words[i - 1]} {words[i]}"] if i else []) + [words[i]]:
            for form in (spoken, spoken.removesuffix("s"), spoken.removesuffix("es"), _singular(spoken)):
                if (name := known.get(form) or known.get(ALSO.get(form, ""))) is not None:
                    return form, _picture(name)
    return None


def _singular(word: str) -> str:
    return word[:-3] + "y" if word.endswith("ies") else word


@lru_cache(maxsize=1)
def _book() -> dict[str, Any]:
    data = files(__package__).joinpath("pictures.json.gz").read_bytes()
    book: dict[str, Any] = json.loads(gzip.decompress(data))
    return book


def _picture(name: str) -> Picture:
    shapes = []
    for colour, parts in _book()["shapes"][name]:
        red, green, blue = (int(colour[i : i + 2], 16) for i in (0, 2, 4))
        lines = tuple(tuple(zip(part[::2], part[1::2], strict=True)) for part in parts)
        shapes.append(((red, green, blue), lines))
    return Picture(name, name in _book()["leftward"], tuple(shapes))
