"""The moment, gathered once for a quote: one round trip to the store, and whatever our own machines last said."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import cast

from cutaway.contract import OperationKind
from cutaway.conversation.dispatch import budget_scopes
from cutaway.conversation.services import Services
from cutaway.ledger import from_micro
from cutaway.ledger.budgets import provider_scopes
from cutaway.ledger.moment import Moment, read_moment
from cutaway.routing import Conditions
from cutaway.routing.conditions import Budget, Pool, Speed, Used
from cutaway.routing.quality import Seen


async def gather(
    services: Services,
    *,
    thread: str = "",
    user: str = "",
    message_id: str = "",
    tags: Sequence[str] = (),
    model: str = "",
) -> Conditions:
    """What holds now for orders of one message.

    `model` is the one they are to be made by, '' when the policy chooses. Services without a store know only what they
    were given.
    """
    if services.moment is not None:
        return services.moment
    now = services.clock()
    base = Conditions(
        now=now,
        unhealthy=services.unhealthy,
        paid_refused=services.paid_refused,
        wanted=model,
        tenant=services.tenant,
        tags=tuple(tags),
    )
    if services.redis is None:
        return base
    names = tuple(dict.fromkeys(candidate.provider for candidate in services.candidates))
    reading = read_moment(
        services.redis,
        services.tenant,
        now,
        providers=names,
        scopes=budget_scopes(services, thread=thread, user=user, message_id=message_id),
        accounts=provider_scopes(services.policy.budgets.per_provider_month_usd, now),
    )
    moment, pools = await asyncio.gather(reading, services.pools.now() if services.pools else _none())
    speeds = {
        (name, cast("OperationKind", kind)): Speed(took.p50_s, took.p90_s, took.samples)
        for (name, kind), took in moment.took.items()
    }
    return replace(
        base,
        unhealthy=_unhealthy(services, moment),
        left_usd=moment.left_usd,
        tightest=Budget(moment.tightest.name, from_micro(moment.tightest.limit_micro)) if moment.tightest else None,
        provider_left_usd=moment.provider_left_usd,
        provider_limit_usd=moment.provider_limit_usd,
        used={name: Used(one.usd, one.lowered_usd, one.lowered_for) for name, one in moment.used.items()},
        accounts={name: Used(one.usd, one.lowered_usd, one.lowered_for) for name, one in moment.accounts.items()},
        in_flight=moment.in_flight,
        max_in_flight=moment.caps,
        seen={
            (name, cast("OperationKind", kind)): Seen(one.kept, one.rejected)
            for (name, kind), one in moment.kept.items()
        },
        speeds=speeds,
        pools={name: _expected(services, name, pool, speeds, now) for name, pool in pools.items()},
    )


async def _none() -> dict[str, Pool]:
    return {}


def _unhealthy(services: Services, moment: Moment) -> dict[str, str]:
    """Breakers and freezes. What is drawn here is never frozen: it orders nothing."""
    remote = {candidate.provider for candidate in services.candidates if not candidate.local}
    found = {**services.unhealthy, **moment.resting}
    for what, reason in moment.frozen.items():
        kind, _, name = what.partition(":")
        if what in {"all", f"tenant:{services.tenant}"}:
            found |= dict.fromkeys(remote, f"frozen: {reason}")
        elif kind in {"provider", "model"}:
            found[name] = f"frozen: {reason}"
    return found


def _expected(
    services: Services, name: str, pool: Pool, speeds: Mapping[tuple[str, OperationKind], Speed], now: datetime
) -> Pool:
    """A pool with when its next slot is free, and when its idle hours begin.

    With every slot busy and `queued` waiting, an order begins after (queued + 1) / slots clips of the slowest of its
    models and operations (median), since nobody knows which those are. That counts a running clip as just begun, so
    it is late rather than early. Without an observed time, or while a language model on the same GPUs is busy, nobody
    knows.
    """
    assert services.pools is not None
    options = services.pools.wanted[name]
    window = next((one for one in services.policy.peak if one.name == options.idle), None)
    begins = pool.idle_from if window is None else window.next_begin(now)
    eta_s = pool.eta_s
    times = [speed.p50_s for (model, _), speed in speeds.items() if model.partition(":")[0] == name]
    if not pool.free_slots and pool.queued is not None and times and not pool.reasoning_busy:
        eta_s = max(times) * (pool.queued + 1) / options.slots
    return replace(pool, eta_s=eta_s, idle_from=begins)
