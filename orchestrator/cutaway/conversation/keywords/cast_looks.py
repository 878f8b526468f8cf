"""Changes to how the cast looks and what it is called: pictures, names, colours, traits."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.members import meant, with_trait
from cutaway.conversation.keywords.pictured import named_in, shows
from cutaway.conversation.keywords.segments import Reading, Segment
from cutaway.conversation.keywords.targets import WHOLE
from cutaway.conversation.keywords.text import cut, listed
from cutaway.conversation.keywords.words import ADJECTIVES, COLOURS, SPECIES
from cutaway.storyboard.edits import AddReference, ChangeCast
from cutaway.storyboard.model import CastMember

_PICTURE: Final = re.compile(r"\b(?:use|take|attach|set|apply|add|put)\b", re.I)
_PICTURED: Final = re.compile(r"\b(?:picture|photo|image|drawing|reference)\b", re.I)
_OF_WHOM: Final = re.compile(
    r"\b(?:for|as|of|on|to)\s+(?!(?:(?:an?|the)\s+)?(?:reference|picture|photo|image|drawing)\b)(?P<who>(?:the|my|our"
    r"|it|him|her|them|[A-Z]|[a-z])[^.]*)$",
)
_GIVE: Final = re.compile(
    r"^give\s+(?P<who>(?:the|my)\s+[\w-]+(?:\s+[\w-]+)?)\s+(?P<what>(?:a|an|some|two)\s+\S.*)$", re.I
)
_COLOURS: Final = "|".join(sorted(COLOURS))
_COLOUR: Final = re.compile(
    rf"^(?:make|paint|colou?r|turn|change|have"
    rf"|let)?\s*(?:the\s+colou?r\s+of\s+)?(?P<who>.+?)(?:'s)?(?:\s+colou?r)?\s+(?:to\s+|into\s+|should\s+be\s+|in\s+"
    rf"|is\s+now\s+|be\s+)?(?P<colour>(?:(?:dark|light|bright|pale|deep)\s+)?(?:{_COLOURS}))(?:\s+instead)?$",
    re.I,
)
_TRAIT: Final = re.compile(
    r"^make\s+(?P<who>(?:the|my|that)\s+.+?)\s+(?:look\s+)?(?:a\s+(?:bit|little)\s+)?(?:much\s+|more\s+"
    r"|very\s+)*(?P<trait>[a-z]+)$",
    re.I,
)
_CALL: Final = re.compile(
    r"^(?:re)?(?:name|call)\s+(?P<who>(?:the|my|our)\s+.+?)\s+(?:to\s+|as\s+)?(?P<name>⟪\d+⟫"
    r"|[A-Z][\w'-]*(?:\s+[A-Z][\w'-]*)*)$"
)
_COMPARED: Final = {
    "bigger": "big", "larger": "big", "smaller": "small", "tinier": "tiny", "older": "old", "younger": "young",
    "happier": "happy", "sadder": "sad", "angrier": "angry", "taller": "tall", "thinner": "thin", "fatter": "fat",
    "scarier": "scary", "cuter": "cute", "fluffier": "fluffy", "friendlier": "friendly", "shinier": "shiny",
}  # fmt: skip


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


def read_called(segment: Segment) -> Reading | None:
    """A new name for one of the cast."""
    match = _CALL.match(segment.rest)
    who = meant(segment, match["who"]) if match else None
    if match is None or who is None:
        return None
    return Reading(edits=[ChangeCast(cast_id=who.id, name=cut(segment.masked.bare(match["name"]), 100))])


def read_coloured(segment: Segment) -> Reading | None:
    """A new colour for some of the cast."""
    match = _COLOUR.match(segment.rest)
    if match is None:
        return None
    words, colour = match["who"].strip(), match["colour"].lower()
    if words.lower() in {"it", "them", "everything"}:
        return Reading(
            problem=f"What should be {colour}?",
            choices=tuple(f"Make the {m.name} {colour}" for m in segment.film.cast[:4]),
        )
    several = [meant(segment, part) for part in re.split(r"\s*,\s*|\s+and\s+", words)]
    found = [who for who in several if who is not None]
    if not found or len(found) < len(several):
        return None
    return Reading(edits=[_in_colour(who, colour) for who in found])


def _in_colour(who: CastMember, colour: str) -> ChangeCast:
    kind = who.kind.split()
    # A "blue red fox" is nobody: a species named by its colour keeps only its noun.
    plain = (
        " ".join(kind[1:]) if len(kind) > 1 and (kind[0].lower() in COLOURS or who.kind.lower() in SPECIES) else None
    )
    name = plain if plain and who.name.lower() == who.kind.lower() else None
    return ChangeCast(cast_id=who.id, colour=colour, kind=plain, name=name)


def read_given(segment: Segment) -> Reading | None:
    """Something one of the cast wears or carries."""
    match = _GIVE.match(segment.rest)
    who = meant(segment, match["who"]) if match else None
    if match is None or who is None:
        return None
    return Reading(edits=[with_trait(who, f"with {segment.masked.bare(match['what'])}")])


def read_traited(segment: Segment) -> Reading | None:
    """How one of the cast looks: bigger, older, sad."""
    match = _TRAIT.match(segment.rest)
    who = meant(segment, match["who"]) if match else None
    if match is None or who is None:
        return None
    trait = _COMPARED.get(match["trait"].lower(), match["trait"].lower())
    return Reading(edits=[with_trait(who, trait)]) if trait in ADJECTIVES else None
