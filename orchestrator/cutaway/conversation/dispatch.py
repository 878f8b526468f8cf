"""An approved quote turned into operations in the ledger, in one script, and workers woken for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from cutaway.conversation.later import settle_places
from cutaway.conversation.rungs import ordered
from cutaway.conversation.services import Services
from cutaway.conversation.turn import Quote, ShotPlan
from cutaway.jobs.orders import cut_order, shot_order
from cutaway.ledger import Order, Scope, to_micro
from cutaway.ledger.budgets import provider_scopes
from cutaway.ledger.budgets import scopes as scopes_of
from cutaway.ledger.terms import Part
from cutaway.routing.circumstances import limits_of
from cutaway.storyboard.brief import content_key
from cutaway.storyboard.model import Storyboard


async def dispatch(
    services: Services, quote: Quote, storyboard: Storyboard, *, user: str, tags: tuple[str, ...] = ()
) -> Quote:
    """Write the quote's operations with their holds and wake workers; gives the quote with operation ids.

    Repeating it changes nothing. Raises `BudgetError` when a budget has no room; then nothing was written.
    """
    scopes = budget_scopes(services, thread=quote.thread, user=user, message_id=quote.message_id)
    (sent,) = await dispatch_all(services, [(quote, storyboard)], scopes=scopes, user=user, tags=tags)
    return sent


async def dispatch_all(
    services: Services,
    films: Sequence[tuple[Quote, Storyboard]],
    *,
    scopes: tuple[Scope, ...],
    user: str,
    tags: tuple[str, ...] = (),
) -> tuple[Quote, ...]:
    """Write the operations of many quotes in one step, all or nothing, and wake workers; what they share is made once.

    Everything counts against `scopes`. Raises `BudgetError` when one has no room; then nothing was written.
    """
    budgets = services.policy.budgets
    providers = provider_scopes(budgets.per_provider_month_usd, services.clock())
    parts = [_part(services, quote, storyboard, providers, user, tags) for quote, storyboard in films]
    done = await services.ledger.dispatch_all(
        parts,
        tenant=services.tenant,
        scopes=scopes,
        providers=providers,
        clip_limit_micro=to_micro(budgets.per_clip_usd),
    )
    await services.queue.wake(done.ready)
    sent = []
    for (quote, _), part in zip(films, parts, strict=True):
        by_shot = {o.shot_id: done.operations.get(o.id, "") for o in part.orders if o.kind == "shot"}
        shots = tuple(_with_operation(plan, by_shot) for plan in quote.shots)
        sent.append(quote.model_copy(update={"shots": shots}))
    return await settle_places(services, sent)


def _part(
    services: Services,
    quote: Quote,
    storyboard: Storyboard,
    providers: Mapping[str, Scope],
    user: str,
    tags: tuple[str, ...],
) -> Part:
    """One quote as orders: its shots that are made, and the cut that waits for them."""
    common: dict[str, Any] = {
        "tenant": services.tenant,
        "thread": quote.thread,
        "quote_id": quote.id,
        "user": user,
        "tags": tags,
    }
    orders: list[Order] = []
    waits: dict[str, str] = {}
    for plan in quote.shots:
        shot = storyboard.shots[plan.number - 1]
        key = content_key(storyboard, shot, plan.stage)
        if plan.change_class == "generate":
            made = shot_order(
                shot,
                ordered(storyboard, plan),
                quote.decisions[plan.shot_id],
                key,
                providers=providers,
                **common,
            )
            if plan.not_before is not None:
                made = made.model_copy(update=_put_off(plan.not_before, plan))
            orders.append(made)
            waits[key] = made.id
        elif plan.operation_id:
            waits[key] = plan.operation_id
    orders.append(cut_order(storyboard, quote.cut_key, waits, stages=quote.stages, **common))
    return Part(orders, quote.thread, quote.version_id, quote.id, quote.message_id, quote.cut_key)


def _put_off(begins: datetime, plan: ShotPlan) -> dict[str, int]:
    """What the ledger keeps of work that waits for an idle hour: from when on, until when, and how long it takes."""
    takes_ms = round((plan.done_by - begins).total_seconds() * 1000) if plan.done_by else 0
    needed_ms = round(plan.needed_by.timestamp() * 1000) if plan.needed_by else 0
    return {"not_before_ms": round(begins.timestamp() * 1000), "needed_by_ms": needed_ms, "takes_ms": takes_ms}


def budget_scopes(services: Services, *, thread: str, user: str, message_id: str) -> tuple[Scope, ...]:
    """The budgets one message counts against, with the policy's limits."""
    return scopes_of(
        tenant=services.tenant,
        thread=thread,
        user=user,
        message_id=message_id,
        now=services.clock(),
        limits_usd=limits_of(services.policy.budgets),
    )


def _with_operation(plan: ShotPlan, by_shot: dict[str, str]) -> ShotPlan:
    operation = by_shot.get(plan.shot_id)
    return plan.model_copy(update={"operation_id": operation}) if operation else plan
