"""Pictures given for the cast, and its colours."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.members import meant
from cutaway.conversation.keywords.pictured import named_in, shows
from cutaway.conversation.keywords.segments import Reading, Segment
from cutaway.conversation.keywords.targets import WHOLE
from cutaway.conversation.keywords.text import listed
from cutaway.conversation.keywords.words import COLOURS, SPECIES
from cutaway.storyboard.edits import AddReference, ChangeCast
from cutaway.storyboard.model import CastMember

_PICTURE: Final = re.compile(r"\b(?:use|take|attach|set|apply|add|put)\b", re.I)
_PICTURED: Final = re.compile(r"\b(?:picture|photo|image|drawing|reference)\b", re.I)
_OF_WHOM: Final = re.compile(
    r"\b(?:for|as|of|on|to)\s+(?!(?:(?:an?|the)\s+)?(?:reference|picture|photo|image|drawing)\b)(?P<who>(?:the|my|our"
    r"|it|him|her|them|[A-Z]|[a-z])[^.]*)$",
)


def read_pictured(segment: Segment) -> Reading | None:
    """A picture given for one of the cast."""
    text = segment.masked.bare(segment.rest)
    images = [(image.ref.rpartition(":")[0] or image.ref, image.sha256) for image in segment.images]
    named = next(((name, sha256) for name, sha256 in images if named_in(text, name)), None)
    if not images or not _PICTURE.search(text) or not (named or _PICTURED.search(text)):
        return None
    name, sha256 = named or images[-1]
    said = re.sub(re.escape(name), " ", text, flags=re.I).strip()
    match = _OF_WHOM.search(said)
    who = meant(segment, match["who"]) if match else _pictured(segment, name)
    if who is None:
        cast = _in_reach(segment) or list(segment.film.cast)
        called = f"the picture {name}" if named else "this picture"
        return Reading(
            problem=f"Who is the picture of? The cast is {listed(f'the {m.name}' for m in cast) or 'nobody'}.",
            choices=tuple(f"Use {called} for the {m.name}" for m in cast[:4]),
        )
    return Reading(edits=[AddReference(cast_id=who.id, sha256=sha256)], scope=WHOLE if segment.shots else None)


def _in_reach(segment: Segment) -> list[CastMember]:
    """The cast of the shots that are named, of the whole film when none is."""
    inside = {c for shot in segment.film.shots if shot.id in segment.shots for c in shot.cast}
    return [member for member in segment.film.cast if not segment.shots or member.id in inside]


def _pictured(segment: Segment, file_name: str) -> CastMember | None:
    """Who a picture shows when the words do not say: the only one there, or the one its file is named after."""
    cast = _in_reach(segment)
    named = [member for member in cast if shows(file_name, member)]
    return named[0] if len(named) == 1 else cast[0] if len(cast) == 1 else None


def in_colour(who: CastMember, colour: str) -> ChangeCast:
    """The edit that gives a member a colour."""
    kind = who.kind.split()
    # A "blue red fox" is nobody: a species named by its colour keeps only its noun.
    plain = (
        " ".join(kind[1:]) if len(kind) > 1 and (kind[0].lower() in COLOURS or who.kind.lower() in SPECIES) else None
    )
    name = plain if plain and who.name.lower() == who.kind.lower() else None
    return ChangeCast(cast_id=who.id, colour=colour, kind=plain, name=name)
