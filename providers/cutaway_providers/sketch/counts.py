"""How many of one kind a member is: "two kids", "five hens", "pigeons", "a choir"."""

from __future__ import annotations

from typing import Final

MAX_SHOWN: Final = 5
"""More of one kind are shown as this many, with a note."""
SOME: Final = 3
"""A plural without a number."""
NUMBERS: Final[dict[str, int]] = {
    "two": 2, "both": 2, "pair": 2, "couple": 2, "twin": 2, "twins": 2, "duo": 2, "three": 3, "trio": 3, "triplets": 3,
    "few": 3, "several": 4, "four": 4, "quartet": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "dozen": 12, "many": 5, "group": 4, "flock": 5, "herd": 5, "pack": 4, "bunch": 4, "crowd": 5, "row": 4, "queue": 5,
    "swarm": 5, "school": 5, "gang": 4, "litter": 4, "lots": 5, "hundreds": 5, "dozens": 5,
}  # fmt: skip
GROUPS: Final[dict[str, int]] = {
    "choir": 5, "crowd": 5, "audience": 5, "team": 5, "band": 4, "orchestra": 5, "class": 5, "crew": 4, "squad": 4,
    "queue": 5, "family": 3, "parents": 2, "grandparents": 2, "couple": 2, "twins": 2, "police": 2, "guests": 4,
    "fans": 5, "people": 4, "passengers": 4, "newlyweds": 2, "siblings": 2, "spectators": 5, "protesters": 5,
}  # fmt: skip
"""Words that are several people by themselves."""
_IRREGULAR: Final = frozenset("children people men women mice geese wolves oxen calves leaves loaves".split())
_SINGULAR: Final = frozenset(
    """bus glasses headphones binoculars scissors jeans trousers sunglasses chess gas glass dress grass cross compass
    octopus walrus circus boss princess waitress hostess actress moss cactus virus swiss christmas species news
    earphones shoes boots trainers stairs skis ruins woods""".split()
)


def count_of(words: list[str], noun: str) -> int:
    """How many these words of a kind or name mean, 1 to 12; `noun` is the one that named the drawing."""
    if (place := next((i for i, w in enumerate(words) if w in NUMBERS), None)) is not None and place + 1 < len(words):
        return NUMBERS[words[place]]
    last = noun if noun in words else words[-1] if words else ""
    if last in GROUPS:
        return GROUPS[last]
    return SOME if is_plural(last) else 1


def is_plural(word: str) -> bool:
    """Whether a noun is of several things."""
    if word in _IRREGULAR:
        return True
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) and word not in _SINGULAR
