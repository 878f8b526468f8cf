"""A message made ready, and the plain plans every reader gives."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cutaway.conversation.keywords.replies import EXAMPLES
from cutaway.conversation.keywords.sheet import read_sheets
from cutaway.conversation.keywords.text import Masked, cut
from cutaway.conversation.plan import Situation, TurnPlan


@dataclass(frozen=True, slots=True)
class Heard:
    """A message made ready: `core` is the text without politeness, `short` the same or empty when it is long."""

    situation: Situation
    masked: Masked
    core: str
    short: str
    whole: str


def ask(
    reply: str,
    rationale: str,
    *,
    choices: tuple[str, ...] = (),
    not_understood: tuple[str, ...] = (),
    confidence: float = 0.5,
) -> TurnPlan:
    """A plan that asks back; nothing is rendered."""
    return TurnPlan(
        intent="ask",
        reply=reply,
        rationale=rationale,
        confidence=confidence,
        choices=tuple(dict.fromkeys(cut(c, 300) for c in choices if c.strip())),
        not_understood=tuple(cut(w, 300) for w in not_understood),
    )


def answer(reply: str, rationale: str, *, choices: tuple[str, ...] = (), confidence: float = 0.9) -> TurnPlan:
    """A plan that answers in words."""
    return TurnPlan(intent="answer", reply=reply, rationale=rationale, confidence=confidence, choices=choices)


def ideas(situation: Situation) -> tuple[str, ...]:
    """Complete messages that make sense next."""
    if situation.storyboard is not None:
        last = len(situation.storyboard.shots)
        return ("Make it night in a city", f"Make shot {last} slower", "Undo")
    return ("Show me the product",) if read_sheets(situation.context) else EXAMPLES


def lowered(words: str) -> str:
    """A sentence as it goes on after a colon."""
    return words[:1].lower() + words[1:] if re.match(r"(?:A|An|The|Two|Three|Then|It)\b", words) else words


def pictures(situation: Situation) -> tuple[tuple[str, str], ...]:
    """The pictures given, as (file name, sha256)."""
    return tuple((image.ref.rpartition(":")[0] or image.ref, image.sha256) for image in situation.images)
