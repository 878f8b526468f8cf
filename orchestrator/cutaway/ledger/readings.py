"""What the ledger tells about operations, assets and budgets. Nothing here changes anything."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, cast

from cutaway.errors import NotFoundError
from cutaway.ledger.operation import ROW_SCHEMA, Operation, read_row
from cutaway.ledger.terms import Scope

if TYPE_CHECKING:
    from redis.asyncio import Redis


_PUT_OFF: Final = ("phase", "model", "not_before_ms", "needed_by_ms", "takes_ms")


@dataclass(frozen=True, slots=True)
class PutOff:
    """Work that waits for its time, whoever's it is: which provider instance makes it, from when on, and until when.

    `takes_s` is how long a machine is expected to take, 0 where nobody knew; `needed_by` None where nobody said.
    """

    id: str
    provider: str
    begins: datetime
    takes_s: float
    needed_by: datetime | None


class Readings:
    """The reading half of a ledger."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

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

    async def awaited(self, tenant: str, version_id: str) -> tuple[Operation, ...]:
        """The operations a version was ordered to wait for, its own and those that others ordered, oldest first."""
        version = f"cutaway:{tenant}:version:{version_id}"
        ids = await self._redis.sunion([f"{version}:operations", f"{version}:awaits"])
        found = await self._all(tenant, [str(i) for i in ids])
        return tuple(sorted(found, key=lambda o: (o.created_at, o.id)))

    async def waits_for(self, version_id: str, operation_id: str) -> bool:
        """Whether a version still waits for an operation: it was ordered to, and did not give it up."""
        members = await self._redis.smembers(f"cutaway:op:{operation_id}:versions")
        return any(json.loads(str(one))[1] == version_id for one in members)

    async def of_thread(self, tenant: str, thread: str, limit: int = 200) -> tuple[Operation, ...]:
        """The newest operations of a thread, oldest first."""
        ids = await self._redis.lrange(f"cutaway:{tenant}:thread:{thread}:operations", -limit, -1)
        return await self._all(tenant, [str(i) for i in ids])

    async def in_doubt(self, tenant: str, thread: str) -> tuple[Operation, ...]:
        """The thread's orders that may have been taken and nobody knows yet."""
        ids = await self._redis.smembers(f"cutaway:{tenant}:thread:{thread}:doubts")
        return await self._all(tenant, sorted(str(i) for i in ids)) if ids else ()

    async def of_jobs(self, provider: str, native_ids: Sequence[str]) -> dict[str, str]:
        """Which operation has each of a vendor's jobs: its id by the job's, known ones only."""
        if not native_ids:
            return {}
        found = await self._redis.hmget(f"cutaway:jobs:{provider}", list(native_ids))
        return {native: str(i) for native, i in zip(native_ids, found, strict=True) if i}

    async def doubles(self, tenant: str) -> tuple[dict[str, str], ...]:
        """Jobs that vendors made although their operations had gone on: operation_id, model, handle (JSON)."""
        entries: Any = await self._redis.xrange(f"cutaway:{tenant}:doubles")
        return tuple(dict(fields) for _, fields in entries)

    async def _all(self, tenant: str, ids: Sequence[str]) -> tuple[Operation, ...]:
        """The tenant's operations among `ids`, in that order, in one round trip."""
        async with self._redis.pipeline(transaction=False) as pipe:
            for operation_id in ids:
                await pipe.hgetall(f"cutaway:op:{operation_id}")
            rows: list[dict[str, str]] = await pipe.execute()
        known = (row for row in rows if row and int(row["schema"]) <= ROW_SCHEMA)
        return tuple(read_row(row) for row in known if row["tenant"] == tenant)

    async def open_ids(self) -> tuple[str, ...]:
        """Ids of every operation that is not finished, of all tenants."""
        return tuple(str(i) for i in await self._redis.zrange("cutaway:open", 0, -1))

    async def open_operations(self, tenant: str) -> tuple[Operation, ...]:
        """The tenant's operations that are not finished."""
        return await self._all(tenant, await self.open_ids())

    async def put_off(self, now: datetime) -> tuple[PutOff, ...]:
        """The work of all tenants that begins after `now`, earliest first: machines are shared between them."""
        after = f"({round(now.timestamp() * 1000)}"
        ids = [str(i) for i in await self._redis.zrangebyscore("cutaway:open", after, "(+inf")]
        if not ids:
            return ()
        async with self._redis.pipeline(transaction=False) as pipe:
            for operation_id in ids:
                await pipe.hmget(f"cutaway:op:{operation_id}", list(_PUT_OFF))
            rows: list[list[str | None]] = await pipe.execute()
        found = []
        for operation_id, (phase, model, begins_ms, needed_ms, takes_ms) in zip(ids, rows, strict=True):
            if phase == "waiting" and model and int(begins_ms or 0):
                needed = _time(needed_ms) if int(needed_ms or 0) else None
                provider = model.partition(":")[0]
                found.append(PutOff(operation_id, provider, _time(begins_ms), int(takes_ms or 0) / 1000, needed))
        return tuple(found)

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

    async def spent(self, scopes: Sequence[Scope]) -> tuple[tuple[int, int], ...]:
        """Per scope, in their order: micro-USD held and charged."""
        async with self._redis.pipeline(transaction=False) as pipe:
            for scope in scopes:
                await pipe.hmget(scope.key, ["held", "charged"])
            found: list[list[str | None]] = await pipe.execute()
        return tuple((int(held or 0), int(charged or 0)) for held, charged in found)


def _time(milliseconds: str | None) -> datetime:
    return datetime.fromtimestamp(int(milliseconds or 0) / 1000, tz=UTC)
