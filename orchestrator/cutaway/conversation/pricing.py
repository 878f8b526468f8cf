"""A revised storyboard turned into a quote: per shot what must be made, by which model, and the most it can cost."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from cutaway.contract import GenerationRequest, Stage
from cutaway.conversation.conditions import gather
from cutaway.conversation.rungs import at_least, first_rung, highest, keys_of
from cutaway.conversation.services import Services
from cutaway.conversation.turn import NextRung, Quote, QuoteState, ShotPlan
from cutaway.errors import RoutingError
from cutaway.ledger import from_micro
from cutaway.routing import Conditions, RoutingDecision, route
from cutaway.storyboard.brief import order
from cutaway.storyboard.diff import ShotChange, cut_key, diff
from cutaway.storyboard.model import Shot, Storyboard


def name_quote(tenant: str, thread: str, message_id: str, version_id: str) -> str:
    """32 hex digits: the same message priced for the same version is the same quote, so replays cannot order twice."""
    return hashlib.sha256("\x1f".join((tenant, thread, message_id, version_id)).encode()).hexdigest()[:32]


async def price(
    services: Services,
    *,
    thread: str,
    message_id: str,
    version_id: str,
    old: Storyboard | None,
    new: Storyboard,
    model: str = "",
    stage: Stage | None = None,
    user: str = "",
    tags: Sequence[str] = (),
) -> Quote:
    """The quote for `new`, by `model` where it is named. Raises `RoutingError` naming the shot that none can make.

    `stage` is the rung every shot should be on at least; None begins new shots on the policy's first rung.

    What is already made is reused at $0 whichever version it was made for; what is being made is waited for.
    """
    changes = diff(old, new).shots
    keys = {shot.id: keys_of(new, shot) for shot in new.shots}
    every = list({key for rungs in keys.values() for key in rungs.values()})
    made = await services.ledger.made(services.tenant, every)
    making = await services.ledger.making(services.tenant, every)
    begins = first_rung(services.policy, services.candidates, paid_refused=services.paid_refused)
    wanted: Stage = "final" if model else stage or begins
    decisions: dict[str, RoutingDecision] = {}
    plans: list[ShotPlan] = []
    ordered: dict[str, Stage] = {}

    async def moment() -> Conditions:
        return await gather(services, thread=thread, user=user, message_id=message_id, tags=tags, model=model)

    conditions: Conditions | None = None
    for change in changes:
        shot = new.shots[change.number - 1]
        rungs = keys[shot.id]
        there = highest(rungs, made.keys() | making.keys() | ordered.keys())
        if there is not None and at_least(there, wanted):
            plans.append(_kept(change, shot, there, rungs[there], making))
            continue
        conditions = conditions or await moment()
        decision = _decide(services, order(new, shot, stage=wanted), change, conditions)
        rung = _rung(services, decision, wanted)
        if there is not None and at_least(there, rung):
            plans.append(_kept(change, shot, there, rungs[there], making))
            continue
        ordered[rungs[rung]] = rung
        decisions[shot.id] = decision
        plans.append(_made_anew(change, shot, decision, rung))
    film = cut_key(new, {plan.shot_id: plan.stage for plan in plans})
    if await services.ledger.made(services.tenant, [film]):
        plans = [_shown_before(plan) for plan in plans]
    outlined = [plan for plan in plans if plan.stage == "animatic"] if begins == "animatic" else []
    next_rung = _next_rung(services, new, outlined, conditions or await moment()) if outlined else None
    most = sum((plan.most_usd for plan in plans), Decimal(0))
    in_doubt = await _in_doubt(services, thread, set(decisions)) if decisions else Decimal(0)
    return Quote(
        id=name_quote(services.tenant, thread, message_id, version_id),
        version_id=version_id,
        thread=thread,
        message_id=message_id,
        shots=tuple(plans),
        decisions=decisions,
        cut_key=film,
        next_rung=next_rung,
        most_usd=most,
        in_doubt_usd=in_doubt,
        state="pending" if most and in_doubt else _gate(services, most),
        created_at=services.clock(),
    )


async def _in_doubt(services: Services, thread: str, shots: set[str]) -> Decimal:
    """The most that earlier orders of these shots may still cost, while nobody knows whether they were taken."""
    doubts = await services.ledger.in_doubt(services.tenant, thread)
    return from_micro(sum(one.hold_micro - one.charged_micro for one in doubts if one.shot_id in shots))


def _gate(services: Services, most_usd: Decimal) -> QuoteState:
    return "automatic" if most_usd <= services.policy.approval.ask_above_usd else "pending"


def _decide(
    services: Services, request: GenerationRequest, change: ShotChange, conditions: Conditions
) -> RoutingDecision:
    try:
        return _routed(services, request, conditions)
    except RoutingError as error:
        raise RoutingError(
            f"Shot {change.number}: {error.message}", rejections=error.rejections, fix=error.fix
        ) from error


def _rung(services: Services, decision: RoutingDecision, wanted: Stage) -> Stage:
    """The rung of what the chosen model makes: an artist that only outlines makes an animatic, whatever was asked."""
    chosen = next(one for one in services.candidates if one.id == decision.chosen.model)
    return wanted if wanted in chosen.profile.stages or "animatic" not in chosen.profile.stages else "animatic"


def _shown_before(plan: ShotPlan) -> ShotPlan:
    """A shot of a film that was composed before: there is nothing local left to do."""
    return plan.model_copy(update={"change_class": "reuse"}) if plan.change_class == "local" else plan


def _next_rung(
    services: Services, storyboard: Storyboard, outlined: Sequence[ShotPlan], conditions: Conditions
) -> NextRung:
    """What final pictures for the outlined shots would cost at most, or why they cannot be had."""
    most, models = Decimal(0), []
    for plan in outlined:
        shot = storyboard.shots[plan.number - 1]
        try:
            decision = route(order(storyboard, shot, stage="final"), services.candidates, services.policy, conditions)
        except RoutingError as error:
            return NextRung(stage="final", shots=len(outlined), why_not=f"{error.message} {error.fix}".strip())
        most += decision.chosen.most_usd
        models.append(decision.chosen.model)
    return NextRung(stage="final", shots=len(outlined), most_usd=most, models=tuple(dict.fromkeys(models)))


def _routed(services: Services, request: GenerationRequest, conditions: Conditions) -> RoutingDecision:
    try:
        return route(request, services.candidates, services.policy, conditions)
    except RoutingError:
        # Where only accounts that are full could make it, it stands in line for one of them. Where no budget has room
        # for anything, the ledger refuses the hold, and says which budget it was.
        waiting = replace(conditions, max_in_flight={})
        for relaxed in (waiting, replace(waiting, left_usd=None, provider_left_usd={})):
            if relaxed != conditions:
                with contextlib.suppress(RoutingError):
                    return route(request, services.candidates, services.policy, relaxed)
        raise


def _made_anew(change: ShotChange, shot: Shot, decision: RoutingDecision, stage: Stage) -> ShotPlan:
    return ShotPlan(
        shot_id=shot.id,
        number=change.number,
        seconds=shot.played_s,
        change_class="generate",
        stage=stage,
        fields=change.fields,
        what=describe(shot),
        model=decision.chosen.model,
        most_usd=decision.chosen.most_usd,
        why=decision.chosen.why,
        sources=shot.sources,
    )


def _kept(change: ShotChange, shot: Shot, stage: Stage, key: str, making: Mapping[str, str]) -> ShotPlan:
    local = bool(change.fields) and change.fields != ("new",) and change.change_class == "local"
    being_made = making.get(key)
    if being_made:
        why = "already being made; it is waited for"
    elif local:
        why = "composed here from the picture that exists"
    else:
        why = "the picture exists and did not change"
    return ShotPlan(
        shot_id=shot.id,
        number=change.number,
        seconds=shot.played_s,
        change_class="local" if local else "reuse",
        stage=stage,
        fields=change.fields,
        what=describe(shot),
        operation_id=being_made,
        why=why,
        sources=shot.sources,
    )


def describe(shot: Shot) -> str:
    """A shot in a few words, for tables."""
    where = f" in {shot.setting}" if shot.setting and shot.setting.lower() not in shot.action.lower() else ""
    weather = f", {shot.weather}" if shot.weather != "clear" else ""
    doing = " ".join(part for part in (", ".join(shot.cast), shot.action) if part)
    return f"{doing}{where}, {shot.time_of_day}{weather}".strip(" ,")
