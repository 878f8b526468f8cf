"""Words on the picture said once more, a little differently: "three more songs, make it", "she's head coach now"."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.editing.stage import Found, Stage
from cutaway.conversation.keywords.editing.stems import bag
from cutaway.conversation.keywords.text import cut
from cutaway.storyboard.edits import ChangeOverlay
from cutaway.storyboard.model import MAX_TEXT_CHARS, Overlay

_MAKE_IT: Final = re.compile(
    r"^(?:(?:make|have|let) (?:it|that|this)(?: say| read)?|(?:it|that|this) (?:should|must|has to|ought to|needs"
    r" to) (?:be|say|read)"
    r"|should (?:be|say|read)|rather|better|just|simply|say|write)\s+(?P<what>\S.*)$"
)
_TAIL: Final = re.compile(
    r"[\s,]+(?:make it|instead|rather|please|now|it should be|it should say|would be better|i meant|i mean)$"
)
_NOT_SO: Final = re.compile(r"^(?P<what>\S+ \S+.*?)\s*[,-]+\s*not\s+(?P<old>.+)$")
_IS: Final = re.compile(
    r"^(?:he|she|it|they|that|this)\s+(?:is|are)\s+(?:now |really |actually |a |an |the )*(?P<what>[a-z-]+(?:"
    r" [a-z-]+){1,2}?)(?: now| actually| these days| today)*$"
)


def retold(stage: Stage) -> Found | None:
    """Other words for those changed last, where most of them are the same; None when it is not plainly them."""
    memory = stage.memory
    if not memory.overlays or memory.fields or memory.members or memory.film_fields or re.search(r"⟪|:", stage.text):
        return None
    there = memory.overlays[-1]
    if against := _NOT_SO.match(stage.text):
        for one in stage.film.overlays:
            if against["old"] in one.text.lower().split() and (
                found := _mostly(stage, one, against.start("what"), against.end("what"))
            ):
                stage.line.use(0, len(stage.text))
                return found
    if made := _MAKE_IT.match(stage.text):
        found = _mostly(stage, there, made.start("what"), made.end("what"))
    elif tail := _TAIL.search(stage.text):
        found = _mostly(stage, there, 0, tail.start())
    else:
        found = None
    if found is None and (role := _IS.match(stage.text)):
        found = _fuller(stage, there, role["what"])
    if found is not None:
        stage.line.use(0, len(stage.text))
    return found


def _mostly(stage: Stage, there: Overlay, start: int, end: int) -> Found | None:
    typed = stage.line.masked.bare(stage.line.typed(start, end)).strip(" .,!")
    new, old = bag(typed), bag(there.text)
    shared = len(new & old)
    if not shared or 2 * shared < len(new) or 2 * shared < len(old) or typed == there.text:
        return None
    if there.text[:1].isupper() and typed.islower():
        typed = typed[:1].upper() + typed[1:]
    return Found([ChangeOverlay(overlay_id=there.id, text=cut(typed, MAX_TEXT_CHARS))])


def _fuller(stage: Stage, there: Overlay, what: str) -> Found | None:
    """A title that grew: "head coach" where "coach" is shown."""
    last = what.split()[-1]
    shown = re.search(rf"(?<!\w){re.escape(last)}(?!\w)", there.text, re.I)
    if shown is None or re.search(rf"(?<!\w){re.escape(what)}(?!\w)", there.text, re.I):
        return None
    new = f"{there.text[: shown.start()]}{what}{there.text[shown.end() :]}"
    return Found([ChangeOverlay(overlay_id=there.id, text=cut(new, MAX_TEXT_CHARS))])
