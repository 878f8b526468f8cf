"""Words spelled as they sound: "fite" for fight, "nite" for night, "kitshen" for kitchen."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_AS_HEARD: Final = tuple(
    (re.compile(pattern), heard)
    for pattern, heard in (
        (r"tch|sh|ch", "C"),
        (r"igh", "i"),
        (r"augh|ough", "o"),
        (r"ph", "f"),
        (r"^kn", "n"),
        (r"^wr", "r"),
        (r"wh", "w"),
        (r"ck|c(?![eiy])|q", "k"),
        (r"c(?=[eiy])|z", "s"),
        (r"dge|j", "g"),
        (r"mb\b", "m"),
        (r"(?<=[a-z])[aeiouyhw]+", ""),
        (r"(.)\1+", r"\1"),
        (r"s$", ""),
    )
)


@lru_cache(maxsize=4096)
def heard(word: str) -> str:
    """What is left of a word when only what is heard of it counts: its first letter and its other consonants."""
    for pattern, sound in _AS_HEARD:
        word = pattern.sub(sound, word)
    return word


def sounds_like(word: str, name: str) -> bool:
    """Whether a word may be the name as somebody wrote it by ear. Short words of few sounds must begin alike."""
    if abs(len(word) - len(name)) > 3 or len(name) < 4:
        return False
    one = heard(word)
    return len(one) > 1 and one == heard(name) and (word[:2] == name[:2] or len(one) > 3)
