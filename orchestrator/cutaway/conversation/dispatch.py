"""An approved quote turned into operations in the ledger, in one script, and workers woken for them."""

from __future__ import annotations

from typing import Any

from cutaway.conversation.services import Services
from cutaway.conversation.turn import Quote, ShotPlan
from cutaway.jobs.orders import cut_order, shot_order
from cutaway.ledger import Order, Scope, to_micro
from cutaway.ledger.budgets import provider_scopes, scopes
from cutaway.storyboard.brief import content_key, order
from cutaway.storyboard.model import Storyboard


async def dispatch(
    services: Services, quote: Quote, storyboard: Storyboard, *, user: str, tags: tuple[str, ...] = ()
) -> Quote:
    """Write the quote's operations with their holds and wake workers; gives the quote with operation ids.

    Repeating it changes nothing. Raises `BudgetError` when a budget has no room; then nothing was written.
    """
    common: dict[str, Any] = {
        "tenant": services.tenant,
        "thread": quote.thread,
        "quote_id": quote.id,
        "user": user,
        "tags": tags,
    }
    budgets = services.policy.budgets
    providers = provider_scopes(budgets.per_provider_month_usd, services.clock())
    orders: list[Order] = []
    waits: dict[str, str] = {}
    for plan in quote.shots:
        shot = storyboard.shots[plan.number - 1]
        key = content_key(storyboard, shot, plan.stage)
        if plan.change_class == "generate":
            made = shot_order(
                shot,
                order(storyboard, shot, stage=plan.stage),
                quote.decisions[plan.shot_id],
                key,
                providers=providers,
                **common,
            )
            orders.append(made)
            waits[key] = made.id
        elif plan.operation_id:
            waits[key] = plan.operation_id
    orders.append(cut_order(storyboard, quote.cut_key, waits, stages=quote.stages, **common))
    done = await services.ledger.dispatch(
        orders,
        tenant=services.tenant,
        thread=quote.thread,
        version_id=quote.version_id,
        quote_id=quote.id,
        message_id=quote.message_id,
        cut_key=quote.cut_key,
        scopes=budget_scopes(services, thread=quote.thread, user=user, message_id=quote.message_id),
        providers=providers,
        clip_limit_micro=to_micro(budgets.per_clip_usd),
    )
    await services.queue.wake(done.ready)
    by_shot = {o.shot_id: done.operations.get(o.id, "") for o in orders if o.kind == "shot"}
    return quote.model_copy(update={"shots": tuple(_with_operation(plan, by_shot) for plan in quote.shots)})


def budget_scopes(services: Services, *, thread: str, user: str, message_id: str) -> tuple[Scope, ...]:
    """The budgets one message counts against, with the policy's limits."""
    budgets = services.policy.budgets
    return scopes(
        tenant=services.tenant,
        thread=thread,
        user=user,
        message_id=message_id,
        now=services.clock(),
        limits_usd={
            "turn": budgets.per_turn_usd,
            "thread": budgets.per_thread_usd,
            "user-day": budgets.per_user_day_usd,
            "tenant-month": budgets.per_tenant_month_usd,
        },
    )


def _with_operation(plan: ShotPlan, by_shot: dict[str, str]) -> ShotPlan:
    operation = by_shot.get(plan.shot_id)
    return plan.model_copy(update={"operation_id": operation}) if operation else plan
