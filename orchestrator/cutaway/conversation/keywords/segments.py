"""A message of several changes cut into single ones."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from cutaway.conversation.keywords.targets import Target
from cutaway.conversation.keywords.text import Masked
from cutaway.conversation.plan import ContextImage
from cutaway.storyboard.edits import Edit
from cutaway.storyboard.model import Storyboard

COMMANDS: Final = (
    r"make|change|replace|swap|add|remove|delete|set|turn|put|let|have|move|lock|unlock|mute|unmute|slow|speed|trim"
    r"|shorten|"
    r"lengthen|extend|caption|subtitle|title|cut|fade|cross-?fade|dissolve|use|try|give|drop|lose|no|without|zoom"
    r"|pan|tilt|dolly|"
    r"orbit|duplicate|repeat|keep|retake|redo|reroll|switch|insert|take|get rid of|paint|colou?r|rename|name|call"
    r"|increase|"
    r"decrease|lower|raise|reduce|update|slower|faster|shorter|longer|warmer|cooler|colder|louder|quieter|hide"
    r"|regenerate|show|"
    r"vertical|square|in (?:the (?:first|second|third|last) )?shot|in black|edit|exchange|substitute|include|do|undo"
    r"|reverse"
)
_SPLIT: Final = re.compile(
    rf"(?:[.;!?]+|\n)+(?:\s+|$)|\n+|\s*,\s*(?:(?:and|then|but|also|plus)\s+)*(?=(?:{COMMANDS})\b|shot\s+\w+\s+\S)"
    rf"|\s+(?:and|then|but|plus|also)\s+(?:(?:and|then|also)\s+)*(?=(?:{COMMANDS})\b|shot\s+\w+\s+\S)",
    re.I,
)
_PAIRED: Final = re.compile(
    r"^(?:swap|switch|exchange|lock|unlock|delete|remove|duplicate|retake|move|use|replace)\b", re.I
)
_ONLY_SHOT: Final = re.compile(r"^(?:the\s+)?(?:shot|scene)\s+\w+(?:\s+(?:with|for|around|places?|please))*$", re.I)
_SHARED: Final = re.compile(
    r"^(?P<verb>make|paint|colou?r|replace|swap|change|turn|remove|delete"
    r"|lose)\s+(?P<first>the\s+(?:(?!\band\b)[^⟪⟫])+?)\s+and\s+(?P<second>the\s+(?!rest\b|other)[^⟪⟫]+)$",
    re.I,
)


@dataclass(slots=True)
class Segment:
    """One change in words. `rest` is the text without the shots it names."""

    text: str
    masked: Masked
    film: Storyboard
    target: Target
    images: tuple[ContextImage, ...] = ()

    @property
    def rest(self) -> str:
        """The text without the words that name shots."""
        return self.target.rest

    @property
    def shots(self) -> tuple[str, ...]:
        """The shots named, () for the whole film."""
        return self.target.shots


@dataclass(slots=True)
class Reading:
    """What one segment asks for. `unused` are words without effect; a `problem` is asked back instead."""

    edits: list[Edit] = field(default_factory=list)
    unused: str = ""
    problem: str = ""
    choices: tuple[str, ...] = ()
    scope: str | None = None


def _shared_verb(piece: str) -> list[str] | None:
    """The words "Make the dog black and the car blue": the second change borrows the verb of the first."""
    match = _SHARED.match(piece)
    if match is None:
        return None
    first, second = match["first"], match["second"]
    if match["verb"].lower() in {"replace", "swap", "change", "turn"} and not re.search(
        r"\s(?:with|for|by|to|into)\s", first, re.I
    ):
        return None
    if match["verb"].lower() in {"make", "paint", "colour", "color"} and len(first.split()) < 3:
        return None  # "make the dog and the car blue" is one change of two
    return [f"{match['verb']} {first}", f"{match['verb']} {second}"]


def split_segments(text: str) -> list[str]:
    """The single orders of a message, in order."""
    parts: list[str] = []
    for part in _SPLIT.split(text):
        joints = "and|then|also|but|plus|please|now" if parts else "and|also|but|plus|please|now"
        piece = re.sub(rf"^(?:(?:{joints})\b[\s,]*)+", "", part.strip(" ,\t\n"), flags=re.I)
        if not any(c.isalnum() for c in piece):
            continue
        if (several := _shared_verb(piece)) is not None:
            parts += several
        elif parts and _PAIRED.match(parts[-1]) and _ONLY_SHOT.match(piece):
            parts[-1] = f"{parts[-1]} and {piece}"
        else:
            parts.append(piece)
    return parts
