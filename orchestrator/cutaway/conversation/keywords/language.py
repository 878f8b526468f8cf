"""Is this English? The offline ear reads nothing else, and says so."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_FOREIGN: Final = frozenset(
    """el los las una unos por para con del que como esta muy pero haz hazlo der das und ist ein eine einen einem
    einer mit auf dem den des nicht auch ich wir sie für über durch bei zum zur mach mache le les une dans avec sur
    pour est et au aux je nous vous fais faire il elle lo gli della nel che sono fai um uma com não em na os ao faça
    een het van met niet och är på som med ett jag det ze w na się jest""".split()
)
_ENGLISH: Final = frozenset(
    """the a an of to and in is it on for with as at by from this that then make show shot video me what how why yes no
    not you i my are be add remove change into over through night day add when who where do does can""".split()
)


def is_english(text: str) -> bool:
    """False when most letters are not Latin, or the small words are those of another language."""
    letters = [c for c in text if c.isalpha()]
    latin = sum(1 for c in letters if c.isascii() or unicodedata.name(c, "").startswith("LATIN"))
    if letters and latin * 2 < len(letters):
        return False
    found = re.findall(r"[^\W\d_]+", text.lower())
    foreign = sum(1 for word in found if word in _FOREIGN)
    return foreign < 2 or foreign <= sum(1 for word in found if word in _ENGLISH)
