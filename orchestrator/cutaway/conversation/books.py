"""The money side of a studio: budgets, what was spent, freezes, and orders in doubt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from cutaway.conversation.dispatch import budget_scopes
from cutaway.conversation.services import Services
from cutaway.conversation.turn import BudgetView
from cutaway.errors import InputError
from cutaway.ledger import Operation, Scope, from_micro, to_micro
from cutaway.ledger.budgets import Limits, provider_scopes
from cutaway.ledger.freezes import Freezes
from cutaway.ledger.spending import spending, tenants

if TYPE_CHECKING:
    from redis.asyncio import Redis

PER_MESSAGE = frozenset({"turn"})


class Books:
    """The books of one tenant."""

    def __init__(self, services: Services, redis: Redis) -> None:
        self._services = services
        self._redis = redis
        self._limits = Limits(redis, services.tenant)
        self.freezes = Freezes(redis)

    async def budgets(self, thread: str, *, user: str = "") -> tuple[BudgetView, ...]:
        """Each budget that a message in this thread by this user counts against now, with the limit that holds."""
        services = await self._services.for_thread(thread)
        found = await self._limits.effective(_scopes(services, thread, user))
        used = await self._services.ledger.spent(found)
        return tuple(
            BudgetView(
                name=scope.name,
                who=scope.who,
                limit_usd=from_micro(scope.limit_micro),
                held_usd=from_micro(held),
                charged_usd=from_micro(charged),
            )
            for scope, (held, charged) in zip(found, used, strict=True)
        )

    async def set_budget(self, name: str, limit_usd: Decimal | None, *, who: str = "") -> None:
        """Lower a budget, or raise it again within the policy's limit (None: back to that limit).

        `who` names one thread, user or provider; without it the limit holds for each. Orders already admitted go on.
        Raises `InputError` above the policy's limit or for an unknown budget.
        """
        if limit_usd is None:
            await self._limits.clear(name, who=who)
            return
        services = await self._services.for_thread(who if name in {"thread", "turn"} else "")
        ceilings = {scope.name: scope for scope in _scopes(services, "", "") if scope.name != "provider-month"}
        accounts = {s.who: s for s in _scopes(services, "", "") if s.name == "provider-month"}
        if name == "provider-month" and who not in accounts:
            known = ", ".join(accounts) or "none"
            raise InputError(f"The policy sets no limit for provider {who!r}.", fix=f"Providers with a limit: {known}.")
        ceiling = accounts[who] if name == "provider-month" else ceilings.get(name)
        ceiling_usd = from_micro(ceiling.limit_micro) if ceiling else services.policy.budgets.per_turn_usd
        await self._limits.set(name, limit_usd, who=who, ceiling_usd=ceiling_usd)

    async def spending(
        self, *, since: datetime, by: Sequence[str], everyone: bool = False
    ) -> dict[tuple[str, ...], int]:
        """Micro-USD charged since a moment, per combination of day, model, user, thread, tenant and tag.

        `everyone` sums over all tenants: for operators of the server, never for a tenant's own request.
        """
        whose = await tenants(self._redis) if everyone else (self._services.tenant,)
        return await spending(self._redis, whose, since=since, by=by)

    async def resolve(
        self, operation_id: str, *, taken: bool, cost_usd: Decimal | None = None, native_id: str = ""
    ) -> Operation:
        """Say what became of an order in doubt.

        Not taken: its hold is given back. Taken: `cost_usd`, or the whole hold, is booked; with the vendor's own id of
        the job (`native_id`) it is followed and fetched instead, so that what was paid for is not lost. Raises
        `NotFoundError`, and `InputError` for an operation whose outcome is not in doubt.
        """
        services = self._services
        operation = await services.ledger.get(operation_id, tenant=services.tenant)
        if operation.phase != "unknown":
            raise InputError(
                f"Operation {operation_id} is {operation.phase}; only an unknown outcome can be resolved.",
                fix="`cutaway ops list` shows which are.",
            )
        if cost_usd is not None and not (cost_usd.is_finite() and 0 <= cost_usd <= 1_000_000):
            raise InputError(f"{cost_usd} is not what an order can cost.", fix="Give the amount in USD, 0 or more.")
        if taken and native_id:
            return await self._follow(operation, native_id)
        error = {
            "code": "resolved",
            "message": "A person found that the vendor took it." if taken else "A person found that it was not taken.",
            "retryable": False,
        }
        cost_micro = None if cost_usd is None else to_micro(cost_usd)
        woken = await services.ledger.resolve(operation, error, taken=taken, cost_micro=cost_micro)
        await services.queue.wake(woken or ())
        return await services.ledger.get(operation_id, tenant=services.tenant)

    async def _follow(self, operation: Operation, native_id: str) -> Operation:
        from cutaway.ledger.submissions import Submissions

        if operation.counted:
            raise InputError(
                f"Operation {operation.id} was counted as charged already; its job can not be followed any more.",
                fix="Resolve it with --taken (and --cost), then ask for another take.",
            )
        provider, _, model = operation.model.replace("/", ":", 1).partition(":")
        handle = {"provider": provider, "model": model, "native_id": native_id, "data": {}}
        accepted = await Submissions(self._services.ledger).accept(operation, handle, poll_after_s=0.0)
        await self._services.queue.wake(accepted.ready)
        return await self._services.ledger.get(operation.id, tenant=self._services.tenant)


def _scopes(services: Services, thread: str, user: str) -> tuple[Scope, ...]:
    found = budget_scopes(services, thread=thread, user=user, message_id="")
    accounts = provider_scopes(services.policy.budgets.per_provider_month_usd, services.clock())
    return (*(scope for scope in found if scope.name not in PER_MESSAGE), *accounts.values())
