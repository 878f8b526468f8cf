"""Whom a few words of a clause mean, and how its words were typed, for readers of looks."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.editing.cast_meant import Name, names_in, pronoun_in
from cutaway.conversation.keywords.editing.line import Line
from cutaway.conversation.keywords.editing.stage import Stage
from cutaway.storyboard.model import CastMember

TAIL: Final = re.compile(
    r"(?:[\s,]+(?:as well|too|also|please|obviously|of course|instead|though|then|now|again|i think|rather|and all"
    r"|on(?: for .{2,30})?(?= *$)))+[\s.!]*$"
)
_BESIDES: Final = frozenset("the my our that this her his old little dear both all and".split())


def whose(stage: Stage, words: str) -> CastMember | None:
    """The member that words name, when they name nothing else."""
    words = re.sub(
        r"^(?:(?:and|but|also|so|then|that|make|have|let|show|maybe|perhaps)\s+)+(?=\w)", "", words.strip(" ,")
    )
    line = Line.plain(words)
    names = [name for name in names_in(line, stage.film) if not name.indefinite]
    one: Name | None = names[0] if len({name.cast_id for name in names}) == 1 else None
    if one is None and not names:
        one = pronoun_in(line, stage.film, stage.memory)
    if one is None or len(words) - (one.end - one.start) > 8:
        return None
    rest = f"{words[: one.start]} {words[one.end :]}".split()
    return stage.member(one.cast_id) if all(word in _BESIDES for word in rest) else None


def typed_in(stage: Stage, start: int, end: int) -> str:
    """What was typed between two places of a clause, without the small words at its end."""
    typed = stage.line.masked.bare(stage.line.typed(start, end)).strip(" .,!?")
    return TAIL.sub("", typed).strip(" .,!?")
