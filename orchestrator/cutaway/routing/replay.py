"""Decisions of the past decided again under another policy: what it would cost, take and refuse, and how sure that is.

Nothing is sent. Each order is decided as at its own moment, with what was known then of budgets, health, queues and
times, among the models that were there then and are still known; prices are today's catalog. Every figure is an
expectation, so each says on how much of it nobody measured anything. Equal input gives equal output.

A shot is decided by itself: that a film's shots share one budget and one look is not played again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from cutaway.contract import Frozen, GenerationRequest
from cutaway.errors import RoutingError
from cutaway.routing.catalog import Candidate
from cutaway.routing.conditions import Conditions
from cutaway.routing.downgrade import Within, decide_within
from cutaway.routing.judging import Catalog
from cutaway.routing.policy import RoutingPolicy
from cutaway.routing.recorded import Recorded


class Outcome(Frozen):
    """What one policy would have made of one decision. `guessed` names what nobody measured or kept.

    `quality`, `wait` and `price` of the chosen model; `models` that are gone; `conditions` of a record from before they
    were kept; the `budget` of an account that nobody counted; a person's `month` under a plan that was not there then;
    a `draft`, whose final is not decided again with it. `no_final`: more was ordered than the outline it comes to.
    """

    model: str = ""
    refused: str = ""
    most_usd: Decimal = Decimal(0)
    expected_usd: Decimal = Decimal(0)
    wait_s: float | None = None
    elo: float | None = None
    guessed: tuple[str, ...] = ()
    changed: bool = False
    no_final: bool = False


class Summary(Frozen):
    """One policy over all decisions.

    `most_usd` is what the orders could cost, `expected_usd` what their kept clips are expected to (with the attempts
    they take): less is no gain where `no_final` counts orders that come to an outline only. `wait_s` is the mean of the
    known waits and `elo` the mean of the known ratings. `guessed` is the share of decisions (0 to 1) of which some part
    is a guess, and `guesses` how many decisions guess each thing.
    """

    policy: str
    revision: str
    decisions: int
    most_usd: Decimal
    expected_usd: Decimal
    wait_s: float | None
    elo: float | None
    refused: int
    no_final: int
    changed: int
    guessed: float
    guesses: dict[str, int]
    outcomes: tuple[Outcome, ...]


def replay(recorded: Sequence[Recorded], candidates: Sequence[Candidate], policy: RoutingPolicy) -> Summary:
    """Decide every recorded order again under a policy."""
    return Past(recorded, candidates).under(policy)


def as_it_was(recorded: Sequence[Recorded], candidates: Sequence[Candidate]) -> Summary:
    """What was decided then, summed up like a replay."""
    return Past(recorded, candidates).as_it_was()


def decide_again(one: Recorded, candidates: Sequence[Candidate], policy: RoutingPolicy) -> Within:
    """Decide one recorded order under a policy, in its own moment. Raises `RoutingError` like `route`."""
    return _decide(one, one.facts.request, one.conditions, candidates, policy)


class Past:
    """Recorded decisions, made ready once for any number of policies."""

    def __init__(self, recorded: Sequence[Recorded], candidates: Sequence[Candidate]) -> None:
        self._candidates = {one.id: one for one in candidates}
        there: dict[frozenset[str], Catalog] = {}
        self._orders = []
        for one in recorded:
            models = one.models
            if models not in there:
                there[models] = Catalog([c for c in candidates if c.id in models])
            gone = len(there[models]) < len(models)
            self._orders.append(_Order(one, one.facts.request, one.conditions, there[models], gone))

    def under(self, policy: RoutingPolicy) -> Summary:
        """What a policy would have decided."""
        return _summed(policy.name, policy.revision, [self._again(order, policy) for order in self._orders])

    def as_it_was(self) -> Summary:
        """What was decided."""
        outcomes = []
        for order in self._orders:
            chosen = order.recorded.decision.chosen
            candidate = self._candidates.get(chosen.model)
            outcomes.append(
                _outcome(
                    chosen.model,
                    candidate,
                    chosen.most_usd,
                    chosen.attempts,
                    chosen.expected_wait_s,
                    [],
                    no_final=bool(order.recorded.decision.no_final),
                )
            )
        revisions = {order.recorded.decision.policy_revision for order in self._orders}
        return _summed("recorded", revisions.pop() if len(revisions) == 1 else "several", outcomes)

    def _again(self, order: _Order, policy: RoutingPolicy) -> Outcome:
        one = order.recorded
        guessed = ["models"] if order.gone else []
        guessed += ["conditions"] if one.then is None else one.then.guessed(policy)
        if one.facts.stage == "draft":
            guessed.append("draft")
        try:
            within = _decide(one, order.request, order.conditions, order.there, policy)
        except RoutingError as error:
            return Outcome(refused=f"{error.message} {error.fix}".strip(), guessed=tuple(guessed), changed=True)
        pick = within.found.picks[0]
        candidate, most_usd = pick.able.candidate, pick.able.most_usd
        if not within.resized and _price_moved(order, candidate.id, most_usd, pick.able.arithmetic):
            guessed.append("price")
        changed = candidate.id != one.decision.chosen.model
        return _outcome(
            candidate.id,
            candidate,
            most_usd,
            round(pick.attempts, 2),
            pick.wait_s,
            guessed,
            changed=changed,
            no_final=pick.able.outlines,
        )


@dataclass(frozen=True, slots=True)
class _Order:
    recorded: Recorded
    request: GenerationRequest
    conditions: Conditions
    there: Catalog
    gone: bool


def _decide(
    one: Recorded,
    request: GenerationRequest,
    conditions: Conditions,
    candidates: Sequence[Candidate],
    policy: RoutingPolicy,
) -> Within:
    if one.then is None:
        return decide_within(request, candidates, policy, conditions)
    within = one.then.within(conditions, policy)
    return decide_within(request, candidates, policy, within, plan_usd=one.then.plan_usd)


def _price_moved(order: _Order, model: str, most_usd: Decimal, arithmetic: str) -> bool:
    """True when the order's price is, or may be, another one today than it was then."""
    decision = order.recorded.decision
    for ranked in decision.ranked:
        if ranked.model == model:
            return ranked.most_usd != most_usd
    for rejected in decision.rejections:
        if rejected.model == model and rejected.arithmetic:
            return rejected.arithmetic != arithmetic
    return decision.catalog_date != order.there.newest_price


def _outcome(
    model: str,
    candidate: Candidate | None,
    most_usd: Decimal,
    attempts: float,
    wait_s: float | None,
    guessed: Sequence[str],
    *,
    changed: bool = False,
    no_final: bool,
) -> Outcome:
    quality = candidate.profile.quality if candidate is not None else None
    unknown = [*(["quality"] if quality is None else []), *(["wait"] if wait_s is None else [])]
    return Outcome(
        model=model,
        most_usd=most_usd,
        expected_usd=(most_usd * Decimal(str(attempts))).quantize(Decimal("0.000001")),
        wait_s=wait_s,
        elo=quality.elo if quality is not None else None,
        guessed=(*guessed, *unknown),
        changed=changed,
        no_final=no_final,
    )


def _summed(policy: str, revision: str, outcomes: Sequence[Outcome]) -> Summary:
    waits = [one.wait_s for one in outcomes if one.wait_s is not None]
    elos = [one.elo for one in outcomes if one.elo is not None]
    return Summary(
        policy=policy,
        revision=revision,
        decisions=len(outcomes),
        most_usd=sum((one.most_usd for one in outcomes), Decimal(0)),
        expected_usd=sum((one.expected_usd for one in outcomes), Decimal(0)),
        wait_s=sum(waits) / len(waits) if waits else None,
        elo=sum(elos) / len(elos) if elos else None,
        refused=sum(1 for one in outcomes if one.refused),
        no_final=sum(1 for one in outcomes if one.no_final),
        changed=sum(1 for one in outcomes if one.changed),
        guessed=sum(1 for one in outcomes if one.guessed) / len(outcomes) if outcomes else 0.0,
        guesses=dict(sorted(Counter(kind for one in outcomes for kind in one.guessed).items())),
        outcomes=tuple(outcomes),
    )
