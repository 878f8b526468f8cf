"""A film that is told after some talk, as in "A little story. A keeper writes a letter. He folds it into a boat".

What nobody could read as a whole is looked at sentence by sentence: those that tell who does what are the film, what
comes before them is talk, and of that only how the film is to be (its length, shape, look) is kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from cutaway.conversation.keywords.headed import ANOTHER, heading
from cutaway.conversation.keywords.heard import Heard
from cutaway.conversation.keywords.shots import draft
from cutaway.conversation.keywords.text import mask
from cutaway.conversation.plan import Situation, TurnPlan

MAX_CHARS: Final = 1_500
_ENDS: Final = re.compile(r"(?<=[.!?])\s+|\n+|\s+/\s+")
_OURS: Final = re.compile(
    r"^(?:(?:so|and|but|well|ok(?:ay)?|oh|now|then),?\s+)*(?:i|we|you|let'?s|please|can|could|would)\b", re.I
)


def told_after_talk(heard: Heard, understand: Callable[[Situation], TurnPlan]) -> TurnPlan | None:
    """The plan for the film in a message that was not understood as a whole; None when no sentence tells one."""
    text = heard.masked.text
    if len(text) > MAX_CHARS:
        return None
    parts = [part.strip() for part in _ENDS.split(text) if part.strip()]
    first = next((n for n, part in enumerate(parts) if _tells(part)), None)
    if first is None or first == 0:
        return None
    talk = " ".join(parts[:first])
    if heard.situation.storyboard is not None and not ANOTHER.search(talk):
        return None
    told = " ".join(part if part[-1] in ".!?" else f"{part}." for part in parts[first:])
    again = heard.masked.restore(f"{heading(talk)}{told}")
    plan = understand(heard.situation.model_copy(update={"text": again}))
    return plan if plan.intent == "make" else None


def _tells(part: str) -> bool:
    """Whether a sentence tells who does what."""
    if _OURS.match(part) or part.endswith("?") or len(part.split()) < 3:
        return False
    found = draft(mask(part), part)
    return any(clause.subjects and clause.verb and not clause.spoken for clause in found.clauses[:1])
