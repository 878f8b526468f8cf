"""One operation, its vendors and its ledger, driven until nothing moves; any I/O point may be where a process dies."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.chaos.clock import Changes, changed
from bench.chaos.vendor import Vendor
from redis.asyncio import Redis

from cutaway.contract import Brief, GenerationRequest, Handle, Provider, Size, Status
from cutaway.jobs.entry import work_on
from cutaway.jobs.fetching import fetch_output
from cutaway.jobs.poller import poll_once
from cutaway.jobs.remote import RemoteBench
from cutaway.jobs.run import Bench, Made, Work
from cutaway.ledger import Ledger, Operation, Order, Scope
from cutaway.ledger.submissions import Submissions
from cutaway.media.store import AssetStore

REQUEST = GenerationRequest(brief=Brief(prompt="a fox"), duration_s=2, size=Size(width_px=848, height_px=480))
BUDGET = "cutaway:t:budget:thread"


class Died(BaseException):
    """The process is gone."""


@dataclass(slots=True)
class Fuse:
    """Dies at the given I/O points, counted from 0 over the whole life of the world; odd counts die after the call."""

    at: list[int] = field(default_factory=list)
    count: int = 0
    events: dict[int, Callable[[], Awaitable[object]]] = field(default_factory=dict)

    def then(self, point: int, what: Callable[[], Awaitable[object]]) -> None:
        """Let somebody else do something at an I/O point."""
        self.events[point] = what

    async def step(self) -> None:
        here, self.count = self.count, self.count + 1
        if what := self.events.pop(here, None):
            await what()
        if self.at and here == self.at[0]:
            self.at.pop(0)
            raise Died


class FusedLedger(Ledger):
    """A ledger whose every script call may be the last thing the process does, before or after it happened.

    `changes` make it a mutant: in the script named first, the second text becomes the third.
    """

    fuse: Fuse
    changes: Changes = ()

    def source(self, name: str) -> str:
        return changed(name, super().source(name), self.changes)

    async def run(self, name: str, *args: object) -> Any:
        await self.fuse.step()
        answer = await super().run(name, *args)
        await self.fuse.step()
        return answer


class FusedVendor:
    """A vendor whose calls may be the last thing the process does."""

    def __init__(self, inner: Vendor, fuse: Fuse) -> None:
        self.inner, self.fuse, self.name = inner, fuse, inner.name

    def profiles(self) -> Any:
        return self.inner.profiles()

    async def submit(self, *args: Any) -> Handle:
        await self.fuse.step()
        answer = await self.inner.submit(*args)
        await self.fuse.step()
        return answer

    async def poll(self, handle: Handle) -> Status:
        await self.fuse.step()
        answer = await self.inner.poll(handle)
        await self.fuse.step()
        return answer

    async def fetch(self, handle: Handle, output: str) -> AsyncIterator[bytes]:
        await self.fuse.step()
        async for block in self.inner.fetch(handle, output):
            yield block

    async def find(self, model: str, request: GenerationRequest, key: str, since: Any = None) -> Handle | None:
        await self.fuse.step()
        return await self.inner.find(model, request, key, since)

    async def cancel(self, handle: Handle) -> bool:
        await self.fuse.step()
        answer = await self.inner.cancel(handle)
        await self.fuse.step()
        return answer


class Later:
    """A queue that only remembers."""

    def __init__(self) -> None:
        self.waiting: list[str] = []

    async def wake(self, operations: Sequence[tuple[str, str]]) -> None:
        self.waiting.extend(operation for operation, _ in operations)


class World:
    """The ledger, the vendors and the workers. `run` goes on, through deaths, until nothing moves any more."""

    def __init__(
        self,
        redis: Redis,
        folder: Path,
        *vendors: Vendor,
        deaths: Sequence[int] = (),
        changes: Changes = (),
        provider_scopes: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> None:
        """`provider_scopes` are the budgets of the vendors' accounts: key, limit_micro and ttl_s by vendor name."""
        self._accounts = dict(provider_scopes or {})
        self.redis = redis
        self.vendors = vendors
        self.fuse = Fuse(list(deaths))
        self.ledger = FusedLedger(redis)
        self.ledger.fuse, self.ledger.changes = self.fuse, changes
        providers: dict[str, Provider] = {v.name: FusedVendor(v, self.fuse) for v in vendors}
        self.queue = Later()
        submissions = Submissions(self.ledger, lease_ms=60_000, send_ms=60_000)
        self.remote = RemoteBench(self.ledger, submissions, providers, self.queue, "w", settle_s=0.0)
        self.bench = Bench(self.ledger, AssetStore(folder), providers, folder, self.queue, "w", make=make)

    async def order(self, operation_id: str = "op1") -> None:
        """Order one shot from the first vendor, with the others as fallbacks."""
        made = shot_order(self.vendors, operation_id, self._accounts)
        done = await Ledger(self.redis).dispatch(
            [made],
            tenant="t",
            thread="th",
            version_id="v",
            quote_id="q",
            message_id="m",
            cut_key="none",
            scopes=[Scope(BUDGET, "thread", 10_000_000)],
            providers={
                name: Scope(account["key"], "provider-month", account["limit_micro"], who=name)
                for name, account in self._accounts.items()
            },
        )
        await self.queue.wake(done.ready)

    async def run(self, rounds: int = 60) -> Operation:
        """Work, poll and sweep until the operation is at rest; deaths restart the process after its leases ran out."""
        for _ in range(rounds):
            try:
                while self.queue.waiting:
                    await work_on(self.bench, self.remote, self.queue.waiting.pop(0), stopping=lambda: False)
                await poll_once(self.remote)
                await self.queue.wake(await self.ledger.sweep())
            except Died:
                self.queue.waiting.clear()
            operation = await Ledger(self.redis).get("op1")
            if not operation.is_open or operation.parked:
                return operation
            await self.pass_time()
        raise AssertionError(f"stuck: {await self.redis.hgetall('cutaway:op:op1')}")

    async def pass_time(self) -> None:
        """Every lease and delay runs out."""
        await self.redis.hset("cutaway:op:op1", mapping={"lease_until_ms": "0", "not_before_ms": "0"})
        for key in ("cutaway:open", "cutaway:polls"):
            scored: Any = await self.redis.zrange(key, 0, -1, withscores=True)
            for member, score in scored:
                if score != float("inf"):
                    await self.redis.zadd(key, {member: 0})

    async def books(self) -> tuple[int, int]:
        """Micro-USD the budget holds and has charged."""
        held, spent = await self.redis.hmget(BUDGET, ["held", "charged"])
        return int(held or 0), int(spent or 0)


def shot_order(
    vendors: Sequence[Vendor], operation_id: str = "op1", accounts: Mapping[str, Mapping[str, Any]] | None = None
) -> Order:
    """The order of one shot from the first vendor, with the others as fallbacks, and the budgets of their accounts."""
    offers: list[dict[str, Any]] = [
        {"model": f"{v.name}:{v.model}", "hold_micro": int(v.price * 1_000_000), "queue": "io"} for v in vendors
    ]
    return Order(
        id=operation_id,
        kind="shot",
        key=f"key{operation_id}",
        spec={"request": REQUEST.model_dump(mode="json"), "offers": offers, "provider_scopes": dict(accounts or {})},
        queue="io",
        hold_micro=offers[0]["hold_micro"],
        shot_id="s1",
        model=offers[0]["model"],
    )


async def make(bench: Bench, work: Work, folder: Path) -> Made:
    """The file of a fetched result, without the media it would be probed for."""
    rendered = await fetch_output(bench, work, folder / "out")
    asset = hashlib.sha256(rendered.path.read_bytes()).hexdigest()
    total = work.operation.charged_micro + int(rendered.cost_usd * 1_000_000)
    return Made(asset=asset, facts={}, charged_micro=total)
