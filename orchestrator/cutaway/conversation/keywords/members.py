"""Who of the cast the words of a change mean."""

from __future__ import annotations

import re

from cutaway.conversation.keywords.phrases import find_member, read_thing, tokens
from cutaway.conversation.keywords.segments import Segment
from cutaway.conversation.keywords.text import cut, listed
from cutaway.storyboard.edits import ChangeCast
from cutaway.storyboard.model import CastMember


def meant(segment: Segment, words: str) -> CastMember | None:
    """The cast member these words mean; "it" means the only one there is."""
    text = segment.masked.bare(words).strip()
    if re.search(r"\band\b|,", text, re.I):
        return None
    if text.lower() in {"it", "him", "her", "them"} and len(segment.film.cast) == 1:
        return segment.film.cast[0]
    thing = read_thing(tokens(re.sub(r"'s$", "", text)))
    return find_member(segment.film.cast, thing) if thing else None


def cast_list(segment: Segment) -> str:
    """The cast as a message says it: "the fox and the dog"."""
    return listed(f"the {m.name}" for m in segment.film.cast) or "nobody"


def with_trait(who: CastMember, trait: str) -> ChangeCast:
    """The edit that gives a member one more trait."""
    parts = [part for part in (who.description, trait) if part]
    return ChangeCast(cast_id=who.id, description=cut(", ".join(parts), 200))
