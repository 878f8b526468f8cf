"""Running a reasoner over conversations, and counting what it got right."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from cutaway.conversation.plan import Reasoner
from cutaway.errors import CutawayError, ReasonerError
from cutaway.evaluation.conversation import Conversation
from cutaway.evaluation.judging import Verdict, judge, unanswered
from cutaway.evaluation.playing import Step, play

AT_ONCE: Final = 4
Z: Final = 1.959963984540054
"""The normal quantile of a two-sided 95 % interval."""


@dataclass(frozen=True, slots=True)
class Share:
    """`right` of `count`, with the 95 % interval by Wilson (1927), which holds for small counts and for 0 and 100 %."""

    right: int
    count: int

    @property
    def share(self) -> float | None:
        """0 to 1, None when nothing was counted."""
        return self.right / self.count if self.count else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The bounds, 0 to 1: (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n); None when nothing was counted."""
        if not self.count:
            return None
        n, p = self.count, self.right / self.count
        middle, spread = p + Z * Z / (2 * n), Z * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
        return max(0.0, (middle - spread) / (1 + Z * Z / n)), min(1.0, (middle + spread) / (1 + Z * Z / n))

    def data(self) -> dict[str, Any]:
        """As JSON: right, count, share and interval."""
        return {"right": self.right, "count": self.count, "share": self.share, "interval_95": self.interval}


@dataclass(frozen=True, slots=True)
class Tally:
    """What a reasoner got right of some turns.

    `decision`: video or words. `intent`: what to do. `edits` and `films`: of the turns that ask for an edit or a new
    film, those that came out fully right. `right`: everything about the turn. `acted`: of the turns in which it made or
    changed something, those that were all right: the rest is what a person has to take back. `asked` counts questions
    it asked, `asked_well` those where a question was right, and `failed` the turns to which it gave no plan.
    """

    count: int
    decision: Share
    intent: Share
    edits: Share
    films: Share
    right: Share
    acted: Share
    asked: int
    asked_well: int
    failed: int

    def data(self) -> dict[str, Any]:
        """As JSON."""
        shares = ("decision", "intent", "edits", "films", "right", "acted")
        return {
            "count": self.count,
            **{name: getattr(self, name).data() for name in shares},
            "asked": self.asked,
            "asked_well": self.asked_well,
            "failed": self.failed,
        }


async def evaluate(reasoner: Reasoner, conversations: Sequence[Conversation]) -> tuple[Verdict, ...]:
    """The verdict on every turn, in order. The reasoner is asked once a turn, at most `AT_ONCE` turns at a time.

    A `ReasonerError` on a turn counts as a miss; other errors of Cutaway end the run. Raises `ReasonerError` for any
    other exception, with the conversation and the turn, and when no turn at all got a plan.
    """
    gate = asyncio.Semaphore(AT_ONCE)
    last: ReasonerError | None = None

    async def one(step: Step) -> Verdict:
        nonlocal last
        async with gate:
            try:
                return judge(step, await reasoner.plan(step.situation))
            except ReasonerError as error:
                last = error
                return unanswered(step, error.message)
            except CutawayError:
                raise
            except Exception as error:
                raise ReasonerError(
                    f"The reasoner failed in {step.conversation.name!r}, turn {step.number}: "
                    f"{type(error).__name__}: {error}.",
                    fix="A reasoner gives a TurnPlan for any message, or raises ReasonerError.",
                ) from error

    steps = [step for conversation in conversations for step in play(conversation)]
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(one(step)) for step in steps]
    except* CutawayError as errors:
        raise _innermost(errors) from None
    verdicts = tuple(task.result() for task in tasks)
    if last is not None and all(verdict.plan is None for verdict in verdicts):
        raise last
    return verdicts


def tally(verdicts: Iterable[Verdict]) -> Tally:
    """The counts over some verdicts."""
    found = list(verdicts)
    return Tally(
        count=len(found),
        decision=_share(one.decision for one in found),
        intent=_share(one.intent for one in found),
        edits=_share(one.edits for one in found if one.edits is not None),
        films=_share(one.film for one in found if one.film is not None),
        right=_share(one.right for one in found),
        acted=_share(one.right for one in found if one.acted),
        asked=sum(one.asked for one in found),
        asked_well=sum(one.asked and one.intent for one in found),
        failed=sum(one.plan is None for one in found),
    )


def by_kind(verdicts: Sequence[Verdict]) -> dict[str, Tally]:
    """The counts per kind of turn, in the order the kinds first appear."""
    kinds = dict.fromkeys(one.step.turn.kind for one in verdicts)
    return {kind: tally(one for one in verdicts if one.step.turn.kind == kind) for kind in kinds}


def _share(found: Iterable[bool]) -> Share:
    counted = list(found)
    return Share(sum(counted), len(counted))


def _innermost(errors: BaseExceptionGroup[Any]) -> BaseException:
    inner = errors.exceptions[0]
    return _innermost(inner) if isinstance(inner, BaseExceptionGroup) else inner
