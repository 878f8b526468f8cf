"""What every reader of a change works on: the line, the film, what was spoken of, and the edits found."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from cutaway.conversation.keywords.editing.line import Line
from cutaway.conversation.keywords.editing.memory import Memory
from cutaway.conversation.keywords.editing.shots_meant import Finder, Meant
from cutaway.conversation.keywords.text import free_id
from cutaway.conversation.plan import ContextImage, ContextLine
from cutaway.storyboard.edits import Edit
from cutaway.storyboard.model import CastMember, Shot, Storyboard

NOBODY: Final = Meant()


@dataclass(slots=True)
class Stage:
    """One clause on its film. `meant` are the shots it names; `cast` the members it speaks of, by id.

    `notes` are said with the reply: what of the clause was not taken, and why.
    """

    line: Line
    film: Storyboard
    memory: Memory
    finder: Finder
    meant: Meant = NOBODY
    cast: tuple[str, ...] = ()
    alone: bool = True
    images: tuple[ContextImage, ...] = ()
    context: tuple[ContextLine, ...] = ()
    notes: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words of the clause."""
        return self.line.text

    @property
    def shots(self) -> tuple[str, ...]:
        """The shots named, () for the whole film."""
        return self.meant.shots

    def shot(self, shot_id: str) -> Shot:
        """The shot with this id, which is there."""
        found = self.film.shot(shot_id)
        assert found is not None  # ids come from the film
        return found

    def member(self, cast_id: str) -> CastMember:
        """The member with this id, who is there."""
        found = self.film.member(cast_id)
        assert found is not None  # ids come from the film
        return found


def new_shot_id(film: Storyboard) -> str:
    """The next free id of the form s4."""
    used = [int(shot.id[1:]) for shot in film.shots if re.fullmatch(r"s\d{1,6}", shot.id)]
    return free_id(f"s{max([*used, len(film.shots)]) + 1}", (shot.id for shot in film.shots))


@dataclass(slots=True)
class Found:
    """What one clause asks for. A `problem` is asked back, with complete messages that would help."""

    edits: list[Edit] = field(default_factory=list)
    problem: str = ""
    choices: tuple[str, ...] = ()
