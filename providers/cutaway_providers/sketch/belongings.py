"""Colours that belong to a thing somebody has, not to who has it: "a girl with a red umbrella" wears no red coat."""

from __future__ import annotations

import re
from typing import Final

from cutaway_providers.sketch.palette import COLOUR_WORDS, Colour, colour_of

THINGS: Final[dict[str, str]] = {
    "umbrella": "umbrella parasol brolly",
    "balloon": "balloon balloons",
    "bag": "bag handbag",
    "case": "suitcase briefcase",
    "book": "book",
    "sack": "sack",
    "trousers": "trousers pants jeans shorts leggings",
    "shoes": "shoes boots sneakers trainers shoe boot",
    "hair": "hair haired",
    "": (
        "hat cap scarf helmet gloves glove mittens ribbon bow tie collar eyes eye nose backpack rucksack guitar camera "
        "ball flower flowers rose apple kite flag lantern phone glasses socks belt beard moustache basket ears lips"
    ),
}
"""By what a drawing calls it, the words for a thing; "" for things that are drawn in one colour or not at all."""

_NOUNS: Final = {word: thing for thing, words in THINGS.items() for word in words.split()}
_TOKEN: Final = re.compile(r"#[0-9a-fA-F]{6}\b|[^\W\d_]+|[,.;:]")
_SHADES: Final = frozenset({"dark", "deep", "light", "pale", "bright"})


def belongings(description: str) -> tuple[dict[str, Colour], str]:
    """The colours of the things a description names, and the description without these colour words.

    A colour is a thing's when at most two other words stand between them: "a big red umbrella", "red rubber boots".
    """
    tokens = _TOKEN.findall(description)
    colours: dict[str, Colour] = {}
    gone: set[int] = set()
    for at, token in enumerate(tokens):
        if (thing := _NOUNS.get(token.lower())) is None:
            continue
        for before in range(at - 1, max(-1, at - 4), -1):
            word = tokens[before].lower()
            if word in {"a", "an", "the", "with", "and", "in", "his", "her", "their", ",", ".", ";", ":"}:
                break
            if word in COLOUR_WORDS or word.startswith("#"):
                first = before - 1 if before and tokens[before - 1].lower() in _SHADES else before
                colour = colour_of(" ".join(tokens[first : before + 1]))
                if thing and colour:
                    colours.setdefault(thing, colour)
                gone.update(range(first, before + 1))
                break
    return colours, " ".join(token for at, token in enumerate(tokens) if at not in gone)
