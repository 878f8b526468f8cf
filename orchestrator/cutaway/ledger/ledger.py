"""The ledger: operations and the money held for them. Every move is one Lua script.

The scripts live in `scripts/`; this file only names their arguments and turns refusals into errors. Nothing here
renders, waits or talks to a queue: callers wake workers for the ids that come back as ready.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from typing import TYPE_CHECKING, Any, Final, cast

from cutaway.errors import BudgetError, NotFoundError, StaleLeaseError
from cutaway.ledger.operation import Operation, Order, from_micro, read_row

if TYPE_CHECKING:
    from redis.asyncio import Redis

LEASE_MS: Final = 5_000
SEND_MS: Final = 60_000
MARGIN_MS: Final = 10_000
RENEW_EVERY_S: Final = 1.0
MAX_ATTEMPTS: Final = 3
SWEEP_AGAIN_MS: Final = 5_000

Wake = tuple[str, str]
"""An operation id and the queue it waits for."""


@dataclass(frozen=True, slots=True)
class Scope:
    """One budget a dispatch counts against. `limit_micro` is micro-USD; `ttl_s` 0 keeps the window for ever."""

    key: str
    name: str
    limit_micro: int
    ttl_s: int = 0


@dataclass(frozen=True, slots=True)
class Dispatched:
    """What a dispatch did: `ready` must be woken; `operations` maps each order to its operation ('' = already made)."""

    ready: tuple[Wake, ...]
    operations: Mapping[str, str] = field(default_factory=dict)
    version_ready: bool = False


@functools.cache
def _source(name: str) -> str:
    return (resources.files("cutaway.ledger") / "scripts" / f"{name}.lua").read_text()


def settle_window_ms(send_ms: int) -> int:
    """Longer than any order can still be on its way: a lease, the send deadline, and a margin."""
    return LEASE_MS + send_ms + MARGIN_MS


class Ledger:
    """Operations of every tenant in one Redis."""

    def __init__(self, redis: Redis, *, settle_ms: int | None = None) -> None:
        """A view on `redis`. `settle_ms` is how long a silent submission is given before it is looked for."""
        settle_ms = settle_window_ms(SEND_MS) if settle_ms is None else settle_ms
        self._redis = redis
        self._settle_ms = settle_ms
        self._scripts: dict[str, Any] = {}

    def source(self, name: str) -> str:
        """The Lua of one script, with what all of them share."""
        return _source("common") + _source(name)

    async def run(self, name: str, *args: object) -> Any:
        """Run the script `name` of this room; for the room's own files."""
        script = self._scripts.get(name)
        if script is None:
            script = self._scripts[name] = self._redis.register_script(self.source(name))
        return await script(keys=[], args=[str(a) for a in args])

    async def dispatch(
        self,
        orders: Sequence[Order],
        *,
        tenant: str,
        thread: str,
        version_id: str,
        quote_id: str,
        message_id: str,
        cut_key: str,
        scopes: Sequence[Scope] = (),
    ) -> Dispatched:
        """Write a version's operations with their holds, all or nothing. Repeating it changes nothing.

        Raises `BudgetError` naming the first budget without room; then nothing was written.
        """
        request = {
            "tenant": tenant,
            "thread": thread,
            "version_id": version_id,
            "quote_id": quote_id,
            "message_id": message_id,
            "cut_key": cut_key,
            "scopes": [{"key": s.key, "name": s.name, "limit_micro": s.limit_micro, "ttl_s": s.ttl_s} for s in scopes],
            "operations": [
                order.model_dump(mode="json", exclude={"spec"}) | {"spec": json.dumps(order.spec, sort_keys=True)}
                for order in orders
            ],
        }
        answer = json.loads(await self.run("dispatch", json.dumps(request)))
        if refused := answer.get("refused"):
            left, needed = (from_micro(max(0, refused[name])) for name in ("headroom_micro", "needed_micro"))
            raise BudgetError(
                f"The {refused['budget']} budget has ${left:.2f} left and this needs up to ${needed:.2f}; "
                "nothing was started.",
                fix="Choose fewer or cheaper shots, or raise the budget.",
                **refused,
            )
        return Dispatched(wakes(answer["ready"]), dict(answer["operations"] or {}), answer["version_ready"])

    async def claim(self, operation_id: str, *, owner: str, lease_ms: int = LEASE_MS) -> Operation | None:
        """Take a ready (or orphaned) operation under a new fence; None when there is nothing to do.

        An operation that wore out its attempts is failed here, so that a poisonous one cannot go round for ever.
        """
        answer = json.loads(await self.run("claim", operation_id, owner, lease_ms, MAX_ATTEMPTS))
        if row := answer.get("claimed"):
            return read_row({k: str(v) for k, v in row.items()})
        if answer["refused"] == "worn_out":
            operation = await self.get(operation_id)
            error = {
                "code": "worn_out",
                "message": f"It ended {MAX_ATTEMPTS} workers without a result.",
                "retryable": False,
            }
            await self.fail(operation, error, charged_micro=operation.owed_micro)
        return None

    async def renew(
        self, operation: Operation, progress: float, *, announce: bool = True, lease_ms: int = LEASE_MS
    ) -> None:
        """Keep the lease and say how far the work is (0 to 1). Raises `StaleLeaseError` when it is lost."""
        if not await self.run("renew", operation.id, operation.fence, lease_ms, f"{progress:.4f}", int(announce)):
            raise StaleLeaseError(f"Another worker holds operation {operation.id} now.")

    async def finish(
        self,
        operation: Operation,
        *,
        asset: str,
        facts: Mapping[str, Any],
        notes: Sequence[str] = (),
        charged_micro: int = 0,
    ) -> tuple[Wake, ...]:
        """Book the result once and settle; gives the operations this releases. Raises `StaleLeaseError`."""
        answer = json.loads(
            await self.run(
                "finish",
                operation.id,
                operation.fence,
                asset,
                charged_micro,
                json.dumps(dict(facts)),
                json.dumps(list(notes)),
            )
        )
        if answer.get("stale"):
            raise StaleLeaseError(f"Operation {operation.id} is no longer this worker's; its result is thrown away.")
        return wakes(answer["ready"])

    async def fail(
        self,
        operation: Operation,
        error: Mapping[str, Any],
        *,
        again: bool = False,
        counts: bool = True,
        charged_micro: int = 0,
        delay_ms: int = 0,
    ) -> tuple[Wake, ...]:
        """End this attempt: back after `delay_ms` (`again`), or failed for good, which cancels what waits for it."""
        answer = json.loads(
            await self.run(
                "fail",
                operation.id,
                operation.fence,
                json.dumps(dict(error)),
                int(again),
                charged_micro,
                int(counts),
                delay_ms,
            )
        )
        return () if answer.get("stale") else wakes(answer["ready"])

    async def sweep(self, limit: int = 100) -> tuple[Wake, ...]:
        """Open operations that nobody works on although their time has come."""
        return wakes(json.loads(await self.run("sweep", limit, SWEEP_AGAIN_MS, self._settle_ms)))

    async def get(self, operation_id: str, *, tenant: str | None = None) -> Operation:
        """One operation. Raises `NotFoundError`, also for another tenant's."""
        row = await self._redis.hgetall(f"cutaway:op:{operation_id}")
        if not row or (tenant is not None and row["tenant"] != tenant):
            raise NotFoundError(f"There is no operation {operation_id!r}.", fix="`cutaway ops list` shows them.")
        return read_row(cast("dict[str, str]", row))

    async def of_version(self, tenant: str, version_id: str) -> tuple[Operation, ...]:
        """The operations a version ordered itself, oldest first."""
        ids = await self._redis.smembers(f"cutaway:{tenant}:version:{version_id}:operations")
        found = await self._all(tenant, [str(i) for i in ids])
        return tuple(sorted(found, key=lambda o: (o.created_at, o.id)))

    async def of_thread(self, tenant: str, thread: str, limit: int = 200) -> tuple[Operation, ...]:
        """The newest operations of a thread, oldest first."""
        ids = await self._redis.lrange(f"cutaway:{tenant}:thread:{thread}:operations", -limit, -1)
        return await self._all(tenant, [str(i) for i in ids])

    async def _all(self, tenant: str, ids: Sequence[str]) -> tuple[Operation, ...]:
        """The tenant's operations among `ids`, in that order, in one round trip."""
        async with self._redis.pipeline(transaction=False) as pipe:
            for operation_id in ids:
                await pipe.hgetall(f"cutaway:op:{operation_id}")
            rows: list[dict[str, str]] = await pipe.execute()
        return tuple(read_row(row) for row in rows if row and row["tenant"] == tenant)

    async def open_ids(self) -> tuple[str, ...]:
        """Ids of every operation that is not finished, of all tenants."""
        return tuple(str(i) for i in await self._redis.zrange("cutaway:open", 0, -1))

    async def made(self, tenant: str, keys: Sequence[str]) -> dict[str, str]:
        """Which content keys already have an asset: key to sha256."""
        if not keys:
            return {}
        found = await self._redis.hmget(f"cutaway:{tenant}:made", list(keys))
        return {k: str(sha) for k, sha in zip(keys, found, strict=True) if sha}

    async def making(self, tenant: str, keys: Sequence[str]) -> dict[str, str]:
        """Which content keys are being made right now: key to operation id."""
        if not keys:
            return {}
        found = await self._redis.hmget(f"cutaway:{tenant}:making", list(keys))
        return {k: str(i) for k, i in zip(keys, found, strict=True) if i}

    async def asset_facts(self, tenant: str, sha256: str) -> dict[str, Any] | None:
        """Media facts stored with an asset, or None."""
        text = await self._redis.get(f"cutaway:{tenant}:asset:{sha256}")
        return json.loads(text) if text else None

    async def spent(self, scopes: Sequence[Scope]) -> dict[str, tuple[int, int]]:
        """Per scope name: micro-USD held and charged."""
        result: dict[str, tuple[int, int]] = {}
        for scope in scopes:
            held, charged = await self._redis.hmget(scope.key, ["held", "charged"])
            result[scope.name] = (int(held or 0), int(charged or 0))
        return result


def wakes(pairs: Any) -> tuple[Wake, ...]:
    """Pairs of operation and queue as a script answers them."""
    return tuple((str(op), str(queue)) for op, queue in pairs or [])
