"""A reasoner that has read the table, and plans made of what the table expects."""

from __future__ import annotations

from collections.abc import Iterable

from cutaway.conversation.plan import Citation, Situation, TurnPlan
from cutaway.evaluation.conversation import Bound, Conversation, Outcome
from cutaway.evaluation.playing import Step, play
from cutaway.evaluation.words import first


def plan_of(outcome: Outcome, bound: Bound = "middle") -> TurnPlan:
    return TurnPlan(
        intent=outcome.intent,
        decision=outcome.decision,
        edits=outcome.edits_at(bound),
        storyboard=outcome.film.storyboard() if outcome.film else None,
        target=outcome.target,
        reply=" ".join(first(words) for words in outcome.says),
        citations=tuple(Citation(ref=ref, text="-") for ref in outcome.cites),
        choices=("make it night",) if outcome.choices else (),
    )


def steps(conversations: Iterable[Conversation]) -> list[Step]:
    return [step for conversation in conversations for step in play(conversation)]


class Oracle:
    """Answers each known situation as the table wants it."""

    name = "oracle"

    def __init__(self, conversations: Iterable[Conversation]) -> None:
        self._known = [(step.situation, plan_of(step.turn.gold)) for step in steps(conversations)]

    async def plan(self, situation: Situation) -> TurnPlan:
        return next(plan for known, plan in self._known if known == situation)
