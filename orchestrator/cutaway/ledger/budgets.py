"""Which budgets one dispatch counts against, and what people lowered them to.

A charge counts in the window in which it was reserved, UTC.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from cutaway.contract import usd
from cutaway.errors import InputError
from cutaway.ledger.ledger import limits_key
from cutaway.ledger.operation import MICRO, to_micro
from cutaway.ledger.terms import Scope

if TYPE_CHECKING:
    from redis.asyncio import Redis

DAY_S: Final = 86_400
NAMES: Final = ("turn", "thread", "user-day", "tenant-month", "provider-month")
KEEP_S: Final = 400 * DAY_S


def scopes(
    *, tenant: str, thread: str, user: str, message_id: str, now: datetime, limits_usd: Mapping[str, Decimal]
) -> tuple[Scope, ...]:
    """The scopes named in `limits_usd` (turn, thread, user-day, tenant-month), narrowest first."""
    found = {
        "turn": (f"turn:{thread}:{message_id}", thread),
        "thread": (f"thread:{thread}", thread),
        "user-day": (f"user:{user}:{now:%Y-%m-%d}", user),
        "tenant-month": (f"month:{now:%Y-%m}", tenant),
    }
    return tuple(
        Scope(f"cutaway:{tenant}:budget:{key}", name, to_micro(limits_usd[name]), KEEP_S, who)
        for name, (key, who) in found.items()
        if name in limits_usd
    )


def provider_scopes(limits_usd: Mapping[str, Decimal], now: datetime) -> dict[str, Scope]:
    """The month of each provider instance that has a limit. It is one account, whichever tenant orders."""
    return {
        name: Scope(f"cutaway:budget:provider:{name}:{now:%Y-%m}", "provider-month", to_micro(limit), KEEP_S, name)
        for name, limit in limits_usd.items()
    }


class Limits:
    """What people lowered a tenant's budgets to. The policy's own limit is the ceiling; dispatch takes the smaller."""

    def __init__(self, redis: Redis, tenant: str) -> None:
        self._redis = redis
        self._key = limits_key(tenant)

    async def set(self, name: str, limit_usd: Decimal, *, who: str = "", ceiling_usd: Decimal) -> None:
        """Lower a budget, or raise it again up to the policy's limit; for one thread, user or provider with `who`.

        Raises `InputError` above the ceiling or for a budget that people cannot set.
        """
        if name not in NAMES:
            raise InputError(f"{name!r} is no budget that can be set.", fix=f"Use {', '.join(NAMES)}.")
        if not limit_usd.is_finite() or limit_usd < 0:
            raise InputError(f"{limit_usd} is not an amount of USD.", fix="Give 0 or more, for example 2.50.")
        if limit_usd > ceiling_usd:
            raise InputError(
                f"{usd(limit_usd)} is above the policy's limit of {usd(ceiling_usd)} for {name}.",
                fix="Only the policy file can raise that.",
            )
        await self._redis.hset(self._key, _field(name, who), str(int(limit_usd * MICRO)))

    async def clear(self, name: str, *, who: str = "") -> bool:
        """Go back to the policy's limit; False when it was not lowered."""
        return bool(await self._redis.hdel(self._key, _field(name, who)))

    async def effective(self, scopes: Sequence[Scope]) -> tuple[Scope, ...]:
        """The scopes with the limits that hold now."""
        if not scopes:
            return ()
        found: Any = await self._redis.hmget(self._key, limit_fields(scopes))
        return lowered(scopes, found)


def limit_fields(scopes: Sequence[Scope]) -> list[str]:
    """Where the hash of a tenant's limits says how far each scope is lowered: for its owner, and for everyone."""
    return [field for scope in scopes for field in (_field(scope.name, scope.who), scope.name)]


def lowered(scopes: Sequence[Scope], found: Sequence[str | None]) -> tuple[Scope, ...]:
    """The scopes with the limits that `limit_fields` gave."""
    limits = [mine or everyones for mine, everyones in zip(found[::2], found[1::2], strict=True)]
    return tuple(
        replace(scope, limit_micro=min(scope.limit_micro, int(limit))) if limit else scope
        for scope, limit in zip(scopes, limits, strict=True)
    )


def _field(name: str, who: str) -> str:
    return f"{name}:{who}" if who else name
