"""A revised storyboard turned into a quote: per shot what must be made, by which model, and the most it can cost."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from cutaway.contract import GenerationRequest
from cutaway.conversation.conditions import gather
from cutaway.conversation.services import Services
from cutaway.conversation.turn import Quote, QuoteState, ShotPlan
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
    user: str = "",
    tags: Sequence[str] = (),
) -> Quote:
    """The quote for `new`, by `model` where it is named. Raises `RoutingError` naming the shot that none can make.

    What is already made is reused at $0 whichever version it was made for; what is being made is waited for.
    """
    changes = diff(old, new).shots
    keys = list({change.content_key for change in changes})
    made = await services.ledger.made(services.tenant, keys)
    making = await services.ledger.making(services.tenant, keys)
    film = cut_key(new)
    if await services.ledger.made(services.tenant, [film]):
        changes = tuple(change.model_copy(update={"change_class": "reuse"}) for change in changes)
    decisions: dict[str, RoutingDecision] = {}
    plans: list[ShotPlan] = []
    ordered: set[str] = set()
    conditions: Conditions | None = None
    for change in changes:
        shot = new.shots[change.number - 1]
        if change.content_key in made or change.content_key in making or change.content_key in ordered:
            plans.append(_kept(change, shot, making))
            continue
        ordered.add(change.content_key)
        conditions = conditions or await gather(
            services, thread=thread, user=user, message_id=message_id, tags=tags, model=model
        )
        decision = _decide(services, order(new, shot), change, conditions)
        decisions[shot.id] = decision
        plans.append(_made_anew(change, shot, decision))
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


def _made_anew(change: ShotChange, shot: Shot, decision: RoutingDecision) -> ShotPlan:
    return ShotPlan(
        shot_id=shot.id,
        number=change.number,
        seconds=shot.played_s,
        change_class="generate",
        fields=change.fields,
        what=describe(shot),
        model=decision.chosen.model,
        most_usd=decision.chosen.most_usd,
        why=decision.chosen.why,
        sources=shot.sources,
    )


def _kept(change: ShotChange, shot: Shot, making: Mapping[str, str]) -> ShotPlan:
    local = bool(change.fields) and change.fields != ("new",) and change.change_class == "local"
    being_made = making.get(change.content_key)
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
