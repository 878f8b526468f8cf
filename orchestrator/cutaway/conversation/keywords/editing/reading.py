"""What was read of a message: its edits, and the words that had no effect."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from cutaway.conversation.keywords.targets import EVERYWHERE, WHOLE, scope_of
from cutaway.storyboard import edits as e
from cutaway.storyboard.edits import Edit
from cutaway.storyboard.model import Storyboard

_DESCRIBES: Final = re.compile(r"\b(?:a|an|two|three|some)\s+(?:[a-z-]+ ){1,3}?[a-z]+(?:s|ing)\b|⟪")


@dataclass(slots=True)
class Reading:
    """The edits of a message, known to apply. `unused` are words of changed clauses that had no effect.

    `notes` are sentences for the reply about words that were understood and not taken.
    """

    edits: list[Edit] = field(default_factory=list)
    scopes: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    problem: str = ""
    choices: tuple[str, ...] = ()
    same: bool = False
    notes: list[str] = field(default_factory=list)

    @property
    def sure(self) -> bool:
        """Whether every word of the message is accounted for."""
        told = any(_DESCRIBES.search(words.lower()) for words in self.aside)
        return bool(self.edits) and not self.unused and not told and not self.problem


def reached(before: Storyboard, after: Storyboard, edits: list[Edit]) -> str:
    """Which shots these edits reach, in words."""
    if all(isinstance(edit, e.ReplaceText) for edit in edits):
        return EVERYWHERE
    shots: list[str] = []
    for edit in edits:
        if isinstance(edit, e.AddShot):
            return "a new shot"
        named = getattr(edit, "shots", None)
        one = getattr(edit, "shot", None)
        if isinstance(edit, e.AddOverlay):
            one = edit.overlay.shot_id
        elif isinstance(edit, e.ChangeOverlay | e.RemoveOverlay):
            one = next((o.shot_id for o in before.overlays if o.id == edit.overlay_id), None)
        shots += [*(named or ()), *([one] if isinstance(one, str) else [])]
    film = before if all(before.shot(s) for s in shots) else after
    return scope_of(film, tuple(dict.fromkeys(s for s in shots if film.shot(s)))) if shots else WHOLE
