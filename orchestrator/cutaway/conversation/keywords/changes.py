"""A message about a film becomes edits: every single change read, tried on the film, and said back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from cutaway.conversation.keywords.captions import read_captions
from cutaway.conversation.keywords.cast_changes import read_cast_changes
from cutaway.conversation.keywords.look_changes import read_look_changes
from cutaway.conversation.keywords.refusals import say_refusal
from cutaway.conversation.keywords.segments import FREE_TEXT, Reading, Segment, split_segments
from cutaway.conversation.keywords.shot_changes import read_shot_changes
from cutaway.conversation.keywords.targets import EVERYWHERE, WHOLE, read_target
from cutaway.conversation.keywords.text import Masked
from cutaway.conversation.plan import ContextImage
from cutaway.errors import EditError
from cutaway.storyboard.apply import apply
from cutaway.storyboard.edits import Edit, ReplaceText
from cutaway.storyboard.model import Storyboard

_LIMIT_SEGMENTS: Final = 40


@dataclass(slots=True)
class Changes:
    """The edits of a message. `problem` is asked back; `ignored` had no effect; `same`: nothing would change."""

    edits: list[Edit] = field(default_factory=list)
    scopes: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    problem: str = ""
    choices: tuple[str, ...] = ()
    same: bool = False


def read_changes(masked: Masked, text: str, film: Storyboard, images: tuple[ContextImage, ...] = ()) -> Changes:
    """Every change the text asks for. The edits are known to apply to `film`."""
    changes = Changes()
    before = film
    for part in split_segments(text)[:_LIMIT_SEGMENTS]:
        # Words after "caption shot 2:" are the person's own, so no shot is looked for in them.
        target = read_target(part.partition(":")[0] if FREE_TEXT.match(part) else part, film)
        if target.problem:
            changes.problem = target.problem
            changes.choices = (f"Make shot {len(film.shots)} night",)
            return changes
        segment = Segment(part, masked, film, target, images)
        reading = _read(segment)
        if reading.problem:
            changes.problem, changes.choices = reading.problem, reading.choices
            return changes
        if not reading.edits:
            changes.ignored.append(masked.restore(part))
            continue
        if reading.unused:
            changes.ignored.append(masked.restore(reading.unused))
        try:
            film = apply(film, reading.edits)
        except EditError as error:
            changes.problem, changes.choices = say_refusal(film, reading.edits, error)
            return changes
        changes.edits += reading.edits
        if all(isinstance(edit, ReplaceText) for edit in reading.edits):
            changes.scopes.append(EVERYWHERE)
        else:
            changes.scopes.append(reading.scope or (segment.target.scope if segment.shots else WHOLE))
    changes.same = bool(changes.edits) and film == before
    return changes


def _read(segment: Segment) -> Reading:
    for read in (read_captions, read_shot_changes, read_cast_changes):
        if (reading := read(segment)) is not None:
            return reading
    return read_look_changes(segment)
