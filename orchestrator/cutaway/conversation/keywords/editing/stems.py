"""Words compared by their stem: "the jump", "jumping" and "jumps" are one word."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from cutaway.conversation.keywords.phrases import singular
from cutaway.conversation.keywords.words import VERB_FORMS

SMALL: Final = frozenset(
    """a an the and with of in on at to into onto from by for off over under up down out along across through it
    its his her their this that is are be being very some one shot scene past around near toward towards him
    them""".split()
)
_ENDS: Final = ("ations", "ation", "ing", "ers", "er", "ed", "es", "s", "e", "ion", "y")
_SHARED: Final = 5


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """What is left of a word without its ending."""
    word = word.lower().removesuffix("'s")
    if word in VERB_FORMS:
        word = VERB_FORMS[word][0]
    word = singular(word)
    for end in _ENDS:
        if word.endswith(end) and len(word) - len(end) >= 3:
            word = word.removesuffix(end)
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouls" else word


def alike(a: str, b: str) -> bool:
    """Whether two stems are of one word: celebrat(e) and celebration, star and stars."""
    if a == b:
        return True
    n = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return n >= _SHARED and len(a) - n <= 3 and len(b) - n <= 3


def bag(text: str) -> frozenset[str]:
    """The stems of the words that carry meaning."""
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text.lower())
    return frozenset(stem(word) for word in words if word not in SMALL)
