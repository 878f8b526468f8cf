"""Which model makes which shot of a quote: each within its limits, and all of them within one budget and one look."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from cutaway.contract import GenerationRequest
from cutaway.conversation.plans import Allowance
from cutaway.conversation.services import Services
from cutaway.errors import BudgetError, RoutingError
from cutaway.routing import Conditions, RoutingDecision
from cutaway.routing.allocate import Wish, allocate
from cutaway.routing.conditions import MayLeave
from cutaway.routing.downgrade import Routed, disclosed, route_within
from cutaway.routing.router import decide


@dataclass(frozen=True, slots=True)
class Need:
    """One shot that is to be made: its id and number, the order, and how far what it is made of may go."""

    shot_id: str
    number: int
    request: GenerationRequest
    may_leave: MayLeave = "vendors"

    def under(self, conditions: Conditions) -> Conditions:
        """The moment as it binds this shot."""
        return conditions if self.may_leave == "vendors" else replace(conditions, may_leave=self.may_leave)


def decide_alone(services: Services, need: Need, conditions: Conditions, allowance: Allowance | None = None) -> Routed:
    """The decision for one shot within every limit. Raises `RoutingError` naming the shot."""
    if services.shapes is not None:
        return services.shapes.alone(need, conditions, lambda widest: _alone(services, widest, conditions, allowance))
    return _alone(services, need, conditions, allowance)


def _alone(services: Services, need: Need, conditions: Conditions, allowance: Allowance | None) -> Routed:
    request, note = allowance.lowered(need.request) if allowance else (need.request, "")
    try:
        routed = _routed(services, request, need.under(conditions), allowance)
    except RoutingError as error:
        raise error.about(f"Shot {need.number}") from error
    said = "; ".join(part for part in (note, routed.note) if part)
    if routed.request.duration_s != need.request.duration_s:
        raise RoutingError(
            f"Shot {need.number} can only be made shorter here: {said}.",
            rejections={one.model: one.reason for one in routed.decision.rejections},
            fix=f"Say: make shot {need.number} {routed.request.duration_s:g} seconds long.",
        )
    if note:
        decision = disclosed(routed.decision, routed.request, note, routed.decision.ask, resized=True)
        return replace(routed, decision=decision, note=said)
    return routed


def decide_together(
    services: Services, needs: Sequence[Need], found: Sequence[Routed], moments: Sequence[Conditions], look: str
) -> dict[str, RoutingDecision]:
    """The decisions of all shots, so that they fit what is left and have one look where the policy wants it.

    `found` are the decisions made one by one, each in its own of the `moments`; where they fit together they stay as
    they are. Where not even the cheapest fit they stay too: the ledger refuses the hold, and names the budget. `look`
    is the model family of the film's other final shots, '' when there is none.
    """
    if services.shapes is not None:
        return services.shapes.together(
            needs, found, look, lambda widest: _together(services, widest, found, moments, look)
        )
    return _together(services, needs, found, moments, look)


def _together(
    services: Services, needs: Sequence[Need], found: Sequence[Routed], moments: Sequence[Conditions], look: str
) -> dict[str, RoutingDecision]:
    alone = {need.shot_id: routed.decision for need, routed in zip(needs, found, strict=True)}
    # A draft comes from the model of its final; it is not the draft that is weighed against others.
    every = zip(needs, found, moments, strict=True)
    finals = [(need, routed, moment) for need, routed, moment in every if routed.request.stage == "final"]
    if not finals or (len(finals) < 2 and not look):
        return alone
    policy = services.policy
    left = policy.budgets.per_turn_usd
    spare = finals[0][2].left_usd
    left = left if spare is None else min(left, spare)
    try:
        wishes = [
            Wish(f"shot {need.number}", decide(routed.request, services.candidates, policy, need.under(moment)))
            for need, routed, moment in finals
        ]
        together = allocate(wishes, left, mix_looks=policy.mix_looks, look=look)
    except (BudgetError, RoutingError):
        return alone
    for (need, routed, _), shot in zip(finals, together.shots, strict=True):
        if shot.model != routed.decision.chosen.model:
            resized = routed.request.size != need.request.size
            made = shot.document()
            alone[need.shot_id] = (
                disclosed(made, routed.request, routed.note, routed.decision.ask, resized=resized)
                if routed.note
                else made
            )
    return alone


def look_of(services: Services, model: str) -> str:
    """The model family of a clip that a model made, '' for one that is not here any more."""
    for one in services.candidates:
        if one.id == model:
            return one.profile.family or one.profile.id
    return ""


def _routed(
    services: Services, request: GenerationRequest, conditions: Conditions, allowance: Allowance | None
) -> Routed:
    plan_usd: Decimal | None = allowance.most_usd if allowance else None
    try:
        return route_within(request, services.candidates, services.policy, conditions, plan_usd=plan_usd)
    except RoutingError:
        # Where no budget has room for anything, the ledger refuses the hold, and says which budget it was.
        relaxed = replace(conditions, left_usd=None, provider_left_usd={})
        if relaxed != conditions:
            with contextlib.suppress(RoutingError):
                return route_within(request, services.candidates, services.policy, relaxed, plan_usd=plan_usd)
        raise
