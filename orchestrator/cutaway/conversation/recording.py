"""What a quote's decisions rested on, as it is kept for replays: facts of each order and its moment, no words."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from cutaway.contract import GenerationRequest
from cutaway.conversation.services import Services
from cutaway.errors import RoutingError
from cutaway.routing import Conditions, RoutingDecision
from cutaway.routing.circumstances import Circumstances
from cutaway.routing.recorded import Facts, Recorded
from cutaway.routing.replay import decide_again


def record(
    services: Services,
    decision: RoutingDecision,
    request: GenerationRequest,
    conditions: Conditions,
    *,
    thread: str,
    shot_id: str,
    plan_usd: Decimal | None = None,
) -> Recorded:
    """One decision with its order and its moment. `plan_usd` is the most a subscription allowed for it."""
    then = Circumstances.of(conditions, decision, request.operation, plan_usd=plan_usd)
    return Recorded(
        at=conditions.now,
        tenant=conditions.tenant,
        thread=thread,
        shot_id=shot_id,
        facts=Facts.of(request),
        wanted=conditions.wanted,
        made_by=conditions.made_by,
        tags=conditions.tags,
        paid_refused=conditions.paid_refused,
        decision=decision,
        then=then,
    )


def documents(services: Services, recorded: Sequence[Recorded]) -> tuple[dict[str, Any], ...]:
    """One entry per decision, and one beside it for a policy in the shadow, where there is one."""
    entries: list[Recorded] = []
    for one in recorded:
        entries.append(one)
        beside = _in_the_shadow(services, one)
        if beside is not None:
            entries.append(one.model_copy(update={"shadow": True, "decision": beside}))
    return tuple(entry.document for entry in entries)


def _in_the_shadow(services: Services, one: Recorded) -> RoutingDecision | None:
    """What the policy in the shadow would have decided in the same moment; None without one, or where it refuses."""
    if services.shadow is None:
        return None
    try:
        return decide_again(one, services.candidates, services.shadow).routed().decision
    except RoutingError:
        return None
