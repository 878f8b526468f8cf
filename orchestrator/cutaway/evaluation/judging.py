"""A reasoner's plan held against what may rightly come of a message."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import ValidationError

from cutaway.conversation.plan import TurnPlan
from cutaway.errors import EditError
from cutaway.evaluation.conversation import Outcome
from cutaway.evaluation.differences import edited_differently, made_differently
from cutaway.evaluation.playing import Step
from cutaway.evaluation.words import mentions
from cutaway.storyboard.apply import apply


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is right about one plan.

    `edits` and `film` say whether the film that would come of it is right; None where the message asks for none.
    `right` is all of it: intent, edits, film, words of the reply, citations. `wrong` says what is not, in a few words.
    """

    step: Step
    plan: TurnPlan | None
    decision: bool
    intent: bool
    edits: bool | None
    film: bool | None
    right: bool
    wrong: tuple[str, ...]

    @property
    def asked(self) -> bool:
        """True when the reasoner answered with a question."""
        return self.plan is not None and self.plan.intent == "ask"

    @property
    def acted(self) -> bool:
        """True when the reasoner made a film or changed one, in place or not."""
        return self.plan is not None and self.plan.intent in {"make", "edit"}


def judge(step: Step, plan: TurnPlan) -> Verdict:
    """The verdict on a plan. Of several right outcomes the one counts that the plan comes nearest to."""
    outcomes = step.turn.outcomes
    found = [_wrong(step, plan, outcome) for outcome in outcomes]
    # Outcomes of the plan's own intent come first, then those with the fewest faults.
    nearest = min(range(len(found)), key=lambda n: (outcomes[n].intent != plan.intent, len(found[n]), n))
    right = not found[nearest]
    gold = step.turn.gold
    return Verdict(
        step=step,
        plan=plan,
        decision=any(outcome.decision == plan.decision for outcome in outcomes),
        intent=any(outcome.intent == plan.intent for outcome in outcomes),
        edits=right if gold.edits else None,
        film=right if gold.film is not None else None,
        right=right,
        wrong=found[nearest],
    )


def unanswered(step: Step, problem: str) -> Verdict:
    """The verdict on a turn to which the reasoner gave no plan."""
    gold = step.turn.gold
    no = (f"no plan: {problem}",)
    return Verdict(step, None, False, False, False if gold.edits else None, False if gold.film else None, False, no)


def _wrong(step: Step, plan: TurnPlan, outcome: Outcome) -> tuple[str, ...]:
    found: list[str] = []
    if plan.decision != outcome.decision:
        found.append(f"decides for {plan.decision}, not {outcome.decision}")
    if plan.intent != outcome.intent:
        return (*found, f"intent {plan.intent}, not {outcome.intent}")
    if outcome.edits:
        found += _wrong_edits(step, plan, outcome)
    if outcome.film is not None and plan.storyboard is not None:
        found += made_differently(plan.storyboard, outcome.film, step.turn.say)
    if outcome.target and [target.strip().removeprefix("v") for target in plan.target] != list(outcome.target):
        found.append(f"target {', '.join(plan.target) or 'none'}, not {', '.join(outcome.target)}")
    missing = set(outcome.cites) - {citation.ref for citation in plan.citations}
    found += [f"does not cite {ref}" for ref in sorted(missing)]
    found += [f"the reply lacks {words!r}" for words in outcome.says if not mentions(plan.reply, words)]
    if outcome.choices and not plan.choices:
        found.append("asks without choices")
    return tuple(found)


def _wrong_edits(step: Step, plan: TurnPlan, outcome: Outcome) -> list[str]:
    before = step.situation.storyboard
    assert before is not None  # playing has looked
    try:
        after = apply(before, plan.edits)
    except EditError as error:
        return [f"its edits do not apply: {error.message}"]
    except ValidationError as error:
        return [f"its edits do not apply: {error.errors()[0]['msg']}"]
    return edited_differently(before, after, outcome, step.turn.say)
