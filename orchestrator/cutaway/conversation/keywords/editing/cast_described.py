"""How somebody looks, in adjectives, ages and lists: "pirate: older, scruffier", "make the frog really big"."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.editing.cast_whose import TAIL, typed_in, whose
from cutaway.conversation.keywords.editing.cast_words import COLOUR, with_trait
from cutaway.conversation.keywords.editing.line import Line
from cutaway.conversation.keywords.editing.look_words import is_age, is_look, is_trait, may_be_had
from cutaway.conversation.keywords.editing.scene_values import scene_values
from cutaway.conversation.keywords.editing.stage import Stage
from cutaway.conversation.keywords.phrases import known_subject
from cutaway.conversation.keywords.words import COLOURS
from cutaway.storyboard.edits import ChangeCast

MODAL: Final = (
    r"(?:(?:always|often|usually|used to|would have|should|must|could|can|would|might|has to|needs to|ought to|to"
    r"|also|now"
    r"|really|just|still)\s+)*"
)
_LISTED: Final = re.compile(r"^(?P<who>[^:,]{2,30}?)\s*(?::|,| - )\s*(?P<what>.+)$")
_MADE: Final = re.compile(
    r"^(?:make|have|let|want|turn)\s+(?P<who>.{2,30}?)\s+(?:look\s+|be\s+)?(?P<how>(?:(?:really|very|much|a bit|a"
    r" little|a lot"
    r"|so|even|rather|quite|far|way)\s+)*[a-z-]+(?:(?:,| and|,? but)?\s+(?:really |very |much |more )?[a-z-]+){0,2}"
    r"(?:\s+(?:than|like|as)\s+(?:(?:the|an?|my|his|her|our)\s+)?[a-z-]+(?:\s[a-z-]+)?)?)$"
)
_PACE: Final = frozenset(
    "slow slower fast faster quick quicker long longer short shorter loud louder quiet quieter"
    " early late first last".split()
)
_TOO: Final = frozenset("so too how such".split())
_DEGREE: Final = frozenset("really very much a bit little lot so even rather quite far way and but more less".split())


def listed_looks(stage: Stage) -> ChangeCast | None:
    """The words "pirate: older, scruffier, grey beard": a list of looks after the name."""
    match = _LISTED.match(TAIL.sub("", stage.text))
    who = whose(stage, match["who"]) if match else None
    if match is None or who is None:
        return None
    if COLOUR.fullmatch(match["what"]):
        return None
    parts = [part for part in re.split(r"\s*,\s*(?:and\s+)?|\s+and\s+", match["what"].strip()) if part]
    # "runner: woman, braids"
    checked = parts[1:] if len(parts) > 1 and known_subject(parts[0]) else parts
    if not checked or not all(
        is_look(part) or is_age(part) or all(is_trait(w) for w in part.split()) for part in checked
    ):
        return None
    return with_trait(who, trait=typed_in(stage, match.start("what"), match.end("what")))


def aged(stage: Stage) -> ChangeCast | None:
    """How old somebody is: "can the girl be about seven years old"."""
    text = TAIL.sub("", re.sub(r"^(?:(?:make|have|let|and|but)\s+)+", "", stage.text))
    for gap in re.finditer(r"\s+", text):
        rest = re.sub(rf"^{MODAL}(?:(?:be|is|are|was|were|looks?)\s+)?", "", text[gap.end() :])
        if is_age(rest) and (who := whose(stage, text[: gap.start()])) is not None:
            return with_trait(who, trait=rest)
    return None


def made_so(stage: Stage) -> ChangeCast | None:
    """The words "make the frog really big, bigger than the house": adjectives, and what somebody is compared with."""
    match = _MADE.match(TAIL.sub("", stage.text))
    while match is not None:
        who = whose(stage, match["who"])
        plain = re.split(r"\s+(?:than|like|as)\s+", match["how"])[0]
        words = [w for w in re.findall(r"[a-z-]+", plain) if w not in _DEGREE]
        short = match["who"] in {"him", "her"} or (who is not None and known_subject(who.kind.split()[-1]))
        pace = _PACE - {"short", "shorter"} if short else _PACE
        if who is not None and words and all(is_trait(w) and w not in pace for w in words):
            if all(w in COLOURS for w in words) or (
                match["who"] in {"it", "this", "that"} and (_scenic(plain) or not stage.memory.named)
            ):
                return None
            return with_trait(who, trait=typed_in(stage, match.start("how"), match.end("how")))
        gap = match.string.find(" ", match.end("who") + 1)
        if gap < 0 or gap - match.start("who") > 30:
            return None
        match = re.match(_MADE.pattern.replace("{2,30}?", f"{{{gap - match.start('who')},30}}?"), match.string)
    return None


def bare_look(stage: Stage) -> ChangeCast | None:
    """Only something worn, or an adjective, for the one last spoken of: "hard hat as well"."""
    text = TAIL.sub("", re.sub(r"^(?:(?:and|also|plus|with|maybe|rather|in)\s+)+", "", stage.text))
    first, *more = re.split(r"\s*,\s*(?:and\s+)?|\s+and\s+", text)
    if more and is_look(first) and all(may_be_had(part) for part in more):
        text = first  # "white hair, and a pipe"
    topic = {m.id for m in stage.memory.members} & set(stage.memory.cast[:1])
    trait = (
        (stage.memory.named or (topic and len(text.split()) < 4))
        and not set(text.split()) & _TOO
        and text
        and all(is_trait(w) and w not in COLOURS for w in text.split())
    )
    if stage.meant.named or stage.cast or (stage.memory.lost and not stage.memory.named):
        return None
    if not is_look(text) and (not trait or text in _PACE or _scenic(text)):
        return None
    spoken = [m for c in stage.memory.cast if (m := stage.film.member(c))]
    if not stage.memory.members and not stage.memory.named:
        # Only one there who can wear it.
        spoken = [m for m in stage.film.cast if known_subject(m.kind.split()[-1])] if is_look(text) else []
        spoken = spoken if len(spoken) == 1 else []
    if not spoken:
        return None
    start = stage.text.index(text)
    end = len(stage.text) if more else start + len(text)
    return with_trait(spoken[0], trait=typed_in(stage, start, end))


def _scenic(words: str) -> bool:
    """Whether words may be meant for the picture: its light, weather, colours or pace."""
    line = Line.plain(words)
    return bool(scene_values(line, camera_words=True)) or any(w in _PACE for w in words.split())
