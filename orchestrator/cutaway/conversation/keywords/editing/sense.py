"""Whether an edit says what a person could mean: nobody is called "could she shake herself dry", no place "sheet"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from cutaway.conversation.keywords.lexicon import can_be, is_only, is_word
from cutaway.conversation.keywords.phrases import drawable
from cutaway.conversation.keywords.words import COLOURS, PLACES, PREPOSITIONS, VERBS
from cutaway.storyboard import edits as e
from cutaway.storyboard.edits import Edit

_MAX_NAME_WORDS: Final = 7
_TALK: Final = frozenset(
    """i you we they he she it me us them could would should can will shall might must may was were is are am be been
    did does do not never no please because although though but if whether why what which who whose how when where
    maybe perhaps actually really honestly anyway sorry thanks instead rather just also too very supposed ought
    i'd i'm i've it's that's don't doesn't isn't wouldn't couldn't hmm oh ok okay yes yeah lol um uh er""".split()
)
"""Words that belong to talk about a film, and to no name, place or look in it."""
_PLACED: Final = frozenset(
    "i you we they he she it me us him them where who is are was were rather very just also too really instead".split()
)
"""Of those, words that a place may hold: "the house where she lives"."""
_FILM: Final = frozenset(
    """shot shots scene scenes clip clips film video picture pictures end ending start beginning sheet list file notes
    last first second third one ones all both rest other others same thing things bit part way everything
    anything nothing something""".split()
)
_CITED: Final = re.compile(
    r"\b(?:from|on|in|off|per|see|as (?:on|in|per)) (?:the|our|my|that) (?:\w+ )?(?:sheet|list|file|table|notes?"
    r"|leaflet|brochure|document|doc|page|menu|spec|csv)\b",
    re.I,
)


def sensible(edits: Sequence[Edit]) -> bool:
    """Whether each of these edits has values that can be what somebody meant; edits without free words always do."""
    return all(_sensible(edit) for edit in edits)


def _sensible(edit: Edit) -> bool:
    match edit:
        case e.AddCast():
            return _somebody(edit.member.kind) and _looks(edit.member.description)
        case e.ChangeCast():
            return (not edit.kind or _somebody(edit.kind)) and _looks(edit.description or "")
        case e.SetSetting():
            return _place(edit.setting)
        case e.SetAction():
            return _deed(edit.action)
        case e.AddShot():
            return _deed(edit.shot.action)
        case e.AddOverlay():
            return not _CITED.search(edit.overlay.text)
        case _:
            return True


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", text.lower())


def _somebody(kind: str) -> bool:
    words = _words(kind)
    if not words or len(words) > _MAX_NAME_WORDS or _TALK & set(words):
        return not words  # "R2-D2" and "007" are names
    last = words[-1]
    return drawable(last) or not is_word(last) or can_be(last, "NOUN")


def _looks(description: str) -> bool:
    words = _words(description)
    return not _TALK & set(words) and not (len(words) == 1 and is_only(words[0], "ADV"))


def _place(setting: str) -> bool:
    words = _words(setting)
    if not words:
        return True
    last = words[-1]
    adverb = last.endswith("ly") and is_only(last, "ADV")  # "outdoors" and "upstairs" are places
    return (
        not (_TALK - _PLACED) & set(words)
        and last not in _FILM
        and (last in PLACES or not (adverb or is_only(last, "VERB")))
    )


def _deed(action: str) -> bool:
    words = _words(action)
    if not words:
        return True
    if len(words) > 1 and words[0] in {"looks", "look", "looking", "seems", "feels"}:
        # "Looks rather grey" says what is wrong with a picture, "looks up" and "looks at the sea" what somebody does.
        rest = [w for w in words[1:] if not is_only(w, "ADV")]
        return not rest or rest[0] in PREPOSITIONS or not (can_be(rest[0], "ADJ") or rest[0] in COLOURS)
    return words[0] in VERBS or not is_only(words[0], "ADV")
