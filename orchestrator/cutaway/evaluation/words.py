"""Comparing what two people would call the same words: endings, articles and order do not matter, the nouns do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

ENDINGS: Final = ("s", "es", "d", "ed", "ing", "er", "en")
SHORTEST: Final = 2
SMALL: Final = frozenset(
    "a an the and with of in on at to into onto from by for off over under up down out along across through it its "
    "his her their this that is are be being very some".split()
)


def alike(a: str, b: str) -> bool:
    """True when two words differ at most in their ending: trots and trotting, glowing and glows, dark and darker."""
    if a == b:
        return True
    stem = a[: next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))]
    if len(stem) < SHORTEST:
        return False
    tails = {a[len(stem) :].removeprefix(stem[-1]), b[len(stem) :].removeprefix(stem[-1])}
    if tails <= {"", *ENDINGS}:
        return True
    # ride and riding, carry and carries.
    return tails <= {"e", "ing", "ed", "er"} or tails <= {"y", "ies", "ied", "ying", "i"}


def spoken(text: str) -> list[str]:
    """The words that carry meaning, in lower case."""
    found = re.findall(r"[\w€$£%]+", text.casefold().replace("'s ", " "))
    return [word for word in found if word not in SMALL]


def choices(wanted: str) -> list[str]:
    """The alternatives of an expected text, `sea|ocean`."""
    return [one.strip() for one in wanted.split("|")]


def first(wanted: str) -> str:
    """The first alternative of an expected text."""
    return choices(wanted)[0]


def holds(got: str, wanted: str) -> bool:
    """True when a text holds every word of one of the alternatives."""
    there = spoken(got)
    return any(all(_among(word, there) for word in spoken(one)) for one in choices(wanted))


def strangers(got: str, known: Sequence[str]) -> list[str]:
    """The words of a text that are in none of the known texts."""
    there = [word for text in known for word in spoken(text)]
    return [word for word in spoken(got) if not _among(word, there)]


def same(got: str, wanted: str, said: str = "") -> bool:
    """True when two texts mean the same: every wanted word is there, any other is the person's own (`said`)."""
    return (not spoken(wanted)) == (not spoken(got)) and holds(got, wanted) and not strangers(got, [wanted, said])


def mentions(reply: str, wanted: str) -> bool:
    """True when a reply holds one of the alternatives as whole words, in any case."""
    return any(re.search(rf"(?<!\w){re.escape(one.casefold())}(?!\w)", reply.casefold()) for one in choices(wanted))


def _among(word: str, there: Sequence[str]) -> bool:
    return any(alike(word, other) for other in there)
