"""One word of what happens put right: "he went right, not left", "coffee, not tea"."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.editing.stage import Found, Stage
from cutaway.conversation.keywords.editing.stems import SMALL
from cutaway.conversation.keywords.places import place_of
from cutaway.conversation.keywords.words import NUMBERS
from cutaway.storyboard.edits import Edit, SetAction, SetSetting

_WORD: Final = r"[a-z][a-z-]*"
_NOT: Final = re.compile(
    rf"(?P<new>{_WORD}),? (?:and |but )?(?:not|rather than|instead of) (?:the |a |an |to the |some |any"
    rf" )?(?P<old>{_WORD})$"
    rf"|\bnot (?:the |a |an |to the )?(?P<old2>{_WORD})(?:, (?:but )?| but )(?:rather |it is |it was )?(?:the |a"
    r" |an |to the "
    r"|some )?"
    rf"(?P<new2>{_WORD})$"
)


_ELSEWHERE: Final = re.compile(
    rf"\bnot (?:in |at |on )?(?:the |a |an )?(?P<old>{_WORD})(?P<ref> (?:for|in|with) the [a-z ]{{3,30}}?)?,"
    r" (?:but |rather |make it )*"
    rf"(?:in |at |on )?(?:the |a |an )?(?P<new>{_WORD}(?: {_WORD}){{0,2}})$"
)


_BECOMES: Final = re.compile(
    rf"^(?:make |turn |let )?(?:the |that )(?P<old>{_WORD})(?P<ref>)? (?:should be|should become|be|become|into)"
    r" (?:a |an |the )?"
    rf"(?P<new>{_WORD}(?: {_WORD})?)$"
)


def read_other_place(stage: Stage) -> Found | None:
    """Another place where a correction names the one there is: "not the garden, the village hall"."""
    text = stage.text.strip(" ,.!")
    match = _ELSEWHERE.search(text)
    if match is None and (match := _BECOMES.search(text)) and not place_of(match["new"].split()):
        return None
    if match is None:
        return None
    there = [s.id for s in stage.film.shots if re.search(rf"\b{re.escape(match['old'])}\b", s.setting, re.I)]
    named = stage.finder.by_words(match["ref"].split(" ", 2)[2]) if match["ref"] else stage.memory.shots
    shots = tuple(i for i in there if i in named) or tuple(there)
    if not shots:
        return None
    new = stage.line.typed(*match.span("new"))
    stage.line.use(0, len(stage.text))
    return Found([SetSetting(shots=shots if len(shots) < len(stage.film.shots) else (), setting=new)])


def read_deed_word(stage: Stage) -> Found | None:
    """The action with one word in the place of another, where a correction names a word of it."""
    if (place := read_other_place(stage)) is not None:
        return place
    match = _NOT.search(stage.text.strip(" ,.!"))
    if match is None or stage.meant.wrong:
        return None
    old, new = match["old"] or match["old2"], match["new"] or match["new2"]
    holding = [s for s in stage.film.shots if re.search(rf"\b{re.escape(old)}\b", s.action, re.I)]
    first = [s for s in holding if s.id in (stage.shots or stage.memory.shots)]
    found = first or holding
    if not found or {old, new} & (SMALL | set(NUMBERS)) or len(old) < 3:
        return None
    typed = stage.line.typed(*(match.span("new") if match["new"] else match.span("new2")))
    edits: list[Edit] = [
        SetAction(shots=(s.id,), action=re.sub(rf"\b{re.escape(old)}\b", typed, s.action, count=1, flags=re.I))
        for s in found
    ]
    stage.line.use(0, len(stage.text))
    return Found(edits)
