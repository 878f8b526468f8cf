"""What a quote's decisions rested on, as it is kept for replays: facts of each order, never its words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cutaway.conversation.rungs import ordered
from cutaway.conversation.services import Services
from cutaway.conversation.turn import Quote
from cutaway.errors import RoutingError
from cutaway.routing import Conditions, RoutingDecision, route
from cutaway.routing.replay import Facts, Recorded
from cutaway.storyboard.model import Storyboard


def recorded(
    services: Services, quote: Quote, storyboard: Storyboard, message: Mapping[str, Any]
) -> tuple[dict[str, Any], ...]:
    """One entry per decision of the quote, and one beside it for a policy in the shadow, where there is one."""
    entries: list[Recorded] = []
    for plan in quote.shots:
        decision = quote.decisions.get(plan.shot_id)
        if decision is None:
            continue
        request = ordered(storyboard, plan)
        one = Recorded(
            at=quote.created_at,
            tenant=services.tenant,
            thread=quote.thread,
            shot_id=plan.shot_id,
            facts=Facts.of(request),
            wanted=message.get("model", ""),
            tags=tuple(message.get("tags") or ()),
            paid_refused=services.paid_refused,
            decision=decision,
        )
        entries.append(one)
        beside = _in_the_shadow(services, one, request)
        if beside is not None:
            entries.append(one.model_copy(update={"shadow": True, "decision": beside}))
    return tuple(entry.model_dump(mode="json") for entry in entries)


def _in_the_shadow(services: Services, one: Recorded, request: Any) -> RoutingDecision | None:
    """What the policy in the shadow would have decided; None without one, or where it refuses."""
    if services.shadow is None:
        return None
    conditions = Conditions(
        now=one.at, tenant=one.tenant, tags=one.tags, wanted=one.wanted, paid_refused=services.paid_refused,
        unhealthy=services.unhealthy,
    )  # fmt: skip
    try:
        return route(request, services.candidates, services.shadow, conditions)
    except RoutingError:
        return None
