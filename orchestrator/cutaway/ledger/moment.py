"""The moment as the store knows it, read in one round trip: health, freezes, what is under way, budgets, counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from cutaway.ledger import acceptance, health, speeds
from cutaway.ledger.acceptance import Counted
from cutaway.ledger.budgets import limit_fields, lowered
from cutaway.ledger.freezes import KEY as FROZEN
from cutaway.ledger.ledger import limits_key
from cutaway.ledger.operation import from_micro
from cutaway.ledger.speeds import Took
from cutaway.ledger.terms import Scope

if TYPE_CHECKING:
    from redis.asyncio import Redis

CAPS: Final = "cutaway:caps"


@dataclass(frozen=True, slots=True)
class Booked:
    """What is held and charged of one budget in its window, in USD, and what people lowered it to (None: nothing).

    `lowered_for` is the one thread, user or provider it was lowered for, '' where it was for each of them.
    """

    usd: Decimal
    lowered_usd: Decimal | None = None
    lowered_for: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """What holds at one moment for one tenant.

    `resting` says why a provider or a `provider:model` gets no orders; `frozen` is every freeze. `left_usd` is what the
    tightest of the budgets asked for still holds (None: none was asked for) and `tightest` that budget with the limit
    that holds now; `provider_left_usd` is what each account's holds, `provider_limit_usd` of how much. `used` and
    `accounts` say what each of them has used. `in_flight` counts operations before a worker, in work or with the
    vendor; `caps` their most, by provider.
    """

    resting: Mapping[str, str] = field(default_factory=dict)
    frozen: Mapping[str, str] = field(default_factory=dict)
    in_flight: Mapping[str, int] = field(default_factory=dict)
    caps: Mapping[str, int] = field(default_factory=dict)
    left_usd: Decimal | None = None
    tightest: Scope | None = None
    provider_left_usd: Mapping[str, Decimal] = field(default_factory=dict)
    provider_limit_usd: Mapping[str, Decimal] = field(default_factory=dict)
    used: Mapping[str, Booked] = field(default_factory=dict)
    accounts: Mapping[str, Booked] = field(default_factory=dict)
    took: Mapping[tuple[str, str], Took] = field(default_factory=dict)
    kept: Mapping[tuple[str, str], Counted] = field(default_factory=dict)


async def read_moment(
    redis: Redis,
    tenant: str,
    now: datetime,
    *,
    providers: Sequence[str],
    scopes: Sequence[Scope] = (),
    accounts: Mapping[str, Scope] | None = None,
) -> Moment:
    """The moment for a tenant; `accounts` are the months of provider instances that have a limit."""
    account_scopes = dict(accounts or {})
    every = (*scopes, *account_scopes.values())
    async with redis.pipeline(transaction=False) as pipe:
        for key in (health.KEY, FROZEN, CAPS, speeds.KEY, acceptance.key_of(tenant)):
            await pipe.hgetall(key)
        for name in providers:
            await pipe.scard(f"cutaway:flying:provider:{name}")
        if every:
            await pipe.hmget(limits_key(tenant), limit_fields(every))
        for scope in every:
            await pipe.hmget(scope.key, ["held", "charged"])
        answers: list[Any] = await pipe.execute()
    resting, frozen, caps, took, kept = answers[:5]
    flying = answers[5 : 5 + len(providers)]
    holding, booked = _booked(every, answers[5 + len(providers) :])
    left = [_left(scope, one) for scope, one in zip(holding, booked, strict=True)]
    names = [scope.name for scope in scopes]
    least = min(range(len(scopes)), key=lambda place: left[place], default=None)
    return Moment(
        resting=health.reasons(resting, now),
        frozen=dict(frozen),
        in_flight={name: int(count) for name, count in zip(providers, flying, strict=True) if count},
        caps={name.removeprefix("provider:"): int(cap) for name, cap in caps.items() if name.startswith("provider:")},
        left_usd=None if least is None else left[least],
        tightest=None if least is None else holding[least],
        provider_left_usd=dict(zip(account_scopes, left[len(scopes) :], strict=True)),
        provider_limit_usd={
            name: from_micro(scope.limit_micro)
            for name, scope in zip(account_scopes, holding[len(scopes) :], strict=True)
        },
        used=dict(zip(names, booked, strict=False)),
        accounts=dict(zip(account_scopes, booked[len(scopes) :], strict=True)),
        took=speeds.read(took),
        kept=acceptance.read(kept, now),
    )


def _booked(scopes: Sequence[Scope], answers: Sequence[Any]) -> tuple[tuple[Scope, ...], list[Booked]]:
    """Each budget with its limit as it is lowered now, and what is held and charged of it."""
    if not scopes:
        return (), []
    limits, *used = answers
    limited = lowered(scopes, limits)
    booked = [
        Booked(
            from_micro(int(held or 0) + int(charged or 0)),
            from_micro(now.limit_micro) if now.limit_micro < scope.limit_micro else None,
            scope.who if mine else "",
        )
        for scope, now, mine, (held, charged) in zip(scopes, limited, limits[::2], used, strict=True)
    ]
    return limited, booked


def _left(scope: Scope, booked: Booked) -> Decimal:
    return max(Decimal(0), from_micro(scope.limit_micro) - booked.usd)


__all__ = ["Booked", "Moment", "read_moment"]
