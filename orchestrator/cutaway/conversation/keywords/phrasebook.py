"""Fixed sayings: a message that consists of nothing but known phrases tells its kinds, whatever their order."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_GAP: Final = re.compile(r"[\s,.!?;:()/*~^+\"'-]*")
_TOO_LONG_CHARS: Final = 300


class Phrasebook:
    """Phrases by kind, each `a|b|c`: regular expressions in which a line may break before any "|".

    A text is read from the left; of the phrases that fit, the longest is taken.
    """

    def __init__(self, phrases: Mapping[str, str]) -> None:
        self._kinds: Final = {kind: _compiled(pattern) for kind, pattern in phrases.items()}
        # Most texts begin with none of them: one search tells, before each is tried for the longest.
        self._some: Final = re.compile("|".join(one.pattern for ones in self._kinds.values() for one in ones), re.I)

    def kinds(self, text: str) -> tuple[str, ...]:
        """The kinds of the phrases in order; () when anything else is said, too, or the text is too long."""
        found, left = self.lead(text)
        return () if left else found

    def lead(self, text: str) -> tuple[tuple[str, ...], str]:
        """The kinds of the phrases the text begins with, and what is left after them."""
        if len(text) > _TOO_LONG_CHARS:
            return (), text
        found: list[str] = []
        at = _end(_GAP, text, 0)
        while at < len(text) and self._some.match(text, at):
            reach, kind = max((_end(one, text, at), kind) for kind, ones in self._kinds.items() for one in ones)
            if reach <= at:
                break
            found.append(kind)
            at = _end(_GAP, text, reach)
        return tuple(found), text[at:]


def _compiled(pattern: str) -> tuple[re.Pattern[str], ...]:
    joined = re.sub(r"\s*\n\s*", "", pattern.strip())
    return tuple(re.compile(rf"(?:{one})(?![\w'])", re.I) for one in _alternatives(joined))


def _alternatives(pattern: str) -> list[str]:
    """The parts between the outermost bars."""
    parts, depth, start = [], 0, 0
    for at, char in enumerate(pattern):
        if char == "\\" or (at and pattern[at - 1] == "\\"):
            continue
        depth += (char == "(") - (char == ")")
        if char == "|" and not depth:
            parts.append(pattern[start:at])
            start = at + 1
    return [part for part in (*parts, pattern[start:]) if part]


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at
