"""Shots meant by who is in them: "where the seals are", "everything but the kingfisher", "mist round the hens"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from cutaway.conversation.keywords.editing.cast_meant import Name, names_in
from cutaway.conversation.keywords.editing.line import Line
from cutaway.conversation.keywords.lexicon import can_be
from cutaway.storyboard.model import Storyboard

_WHERE: Final = re.compile(
    r"\b(?:in the (?:one|shot|scene|bit|part)s? )?(?:where|when|while|whenever|once|as soon as|as|until)\s+"
    r"(?:(?:we|you|i|they) (?:\w+ )?(?:see|meet|get to|reach|come to|are with|have)\s+|there (?:is|are)\s+|it is\s+)?"
    r"(?=(?:the|my|our|his|her|their|that|this)\s)"
)
_FIRST: Final = re.compile(r"[ ,·]*(?:(?:for|on|with|in|at|where|when)\b[ ,·]*)?")
_AFTER: Final = re.compile(r" (?P<verb>[a-z]+)(?: (?:up|in|on|out|along|there|him|her|it|them|around|by)\b)?")


def where_they_are(line: Line, film: Storyboard) -> tuple[str, ...]:
    """The shots of somebody a line has a "where" or a "when" for, () for none; those words are then read."""
    for match in _WHERE.finditer(line.free):
        name = next((one for one in names_in(line, film) if match.end() - 1 <= one.start <= match.end()), None)
        if name is None or name.indefinite or not (shots := shots_of(film, [name])):
            continue
        end = name.end
        verb = _AFTER.match(line.free, end)
        if verb and can_be(verb["verb"], "VERB") and verb["verb"] not in {"make", "put", "can", "have", "let"}:
            end = verb.end()
        line.use(match.start(), end)
        return shots
    return ()


def spared(tail: Line, film: Storyboard) -> tuple[str, ...]:
    """The shots of the first of those a line names, () where it begins with something else; it is then read."""
    names = [name for name in names_in(tail, film) if not name.indefinite]
    if not names or tail.free[: names[0].start].strip(" ,·") not in {
        "",
        "for",
        "on",
        "with",
        "in",
        "at",
        "where",
        "when",
    }:
        return ()
    shots = shots_of(film, names[:1])
    if shots:
        tail.use(0, names[0].end)
    return shots


def shots_of(film: Storyboard, names: Sequence[Name]) -> tuple[str, ...]:
    """The shots in which all of them are, or any of them; () when that is every shot or none."""
    ids = {name.cast_id for name in names}
    together = tuple(shot.id for shot in film.shots if ids <= set(shot.cast))
    found = together or tuple(shot.id for shot in film.shots if ids & set(shot.cast))
    return found if len(found) < len(film.shots) else ()
