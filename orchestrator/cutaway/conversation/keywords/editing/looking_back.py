"""What the last messages named: the shots and the cast that "it" and "that one" may stand for."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.editing.cast_meant import names_in
from cutaway.conversation.keywords.editing.line import Line
from cutaway.conversation.keywords.editing.memory import Memory
from cutaway.conversation.keywords.editing.shots_meant import Finder
from cutaway.conversation.keywords.text import mask
from cutaway.storyboard.model import Storyboard

NOT_FOR_US: Final = re.compile(
    r"^(?:what(?! about| if)|who|whom|whose|where (?:is|are|was|were|do|does|did|can"
    r"|will)|why|how(?! about)|when(?! (?:the|he|she|it|they|we))|which (?:one|of|shot"
    r"|colou?r|version)|does|did|do (?:you|i|we)|has|have (?:you|i|we)|remind|tell me"
    r"|explain|describe|list|compare|is (?!it (?:at all )?(?:possible|ok|alright|all right|fine) (?:to|if"
    r"|for))(?:it|this|that|there|the|my|what|anything|everything)"
    r"|are (?:we|you|they|there|the)|was|were|am i|will (?:it|this)|would it(?! be (?:possible|ok|alright|nice"
    r"|lovely|better) (?:to|if))|should i)\b(?!.*\b(?:can "
    r"you|could you|please make|make it)\b)"
)
_SIDE: Final = re.compile(r"\b(?:before|after|behind|in front of|ahead of|following)\b")


def look_back(memory: Memory, film: Storyboard, own: frozenset[str]) -> None:
    """What the last messages named: the shots and the cast "it" may stand for."""
    texts = [Line(mask(text[:300]), mask(text[:300]).text, own) for text in memory.said[:3]]
    cast: list[str] = []
    for line in texts:
        cast += [name.cast_id for name in names_in(line, film) if name.cast_id not in cast]
    memory.cast = tuple(
        dict.fromkeys(
            [
                *(m.id for m in memory.members if memory.members and not texts[:1]),
                *cast,
                *(m.id for m in memory.members),
            ]
        )
    )
    if memory.undone:
        return
    if memory.added or memory.moved:
        memory.shots = memory.added or memory.moved
        # Of two that changed places the one that was told to go before or after the other has moved.
        side = _SIDE.search(texts[0].text) if memory.moved and texts else None
        if side and texts and len(one := Finder(film, memory).by_words(texts[0].text[: side.start()])) == 1:
            memory.shots = tuple(one)
    for n, line in enumerate(texts[:2]):
        if memory.before is None and memory.said[n] in memory.told and not line.text.endswith("?"):
            return  # it told the film that was made
        named = Finder(memory.before or film, memory).all_in(line.part(0, len(line.text)))
        shots = tuple(i for i in named.shots if film.shot(i))
        if n == 0 and (memory.added or memory.moved) and _made_by(line.text):
            return
        if shots and len(shots) < len(film.shots):
            memory.shots = shots
            return
        if named.whole and not (n == 0 and memory.reach and len(memory.reach) < len(film.shots)):
            memory.shots = ()
            return
        if n == 0 and memory.reach and len(memory.reach) < len(film.shots) and not line.text.endswith("?"):
            memory.shots = memory.reach
            return


def _made_by(text: str) -> bool:
    """Whether a message may have made the last change: it is no question."""
    return not NOT_FOR_US.search(text)
