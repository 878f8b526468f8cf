"""What each process of an interleaving works with: the shared ledger and vendors, behind its own gate."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal

from bench.chaos.clock import Clock, ClockedLedger
from bench.chaos.ending import Auditor
from bench.chaos.schedule import Actor, Schedule
from bench.chaos.vendor import Vendor
from bench.chaos.world import Later, make
from redis.asyncio import Redis

from cutaway.contract import GenerationRequest, Handle, Placing, Provider, Status, StillOurs
from cutaway.errors import CutawayError, StaleLeaseError, SubmitUnknownError
from cutaway.jobs.entry import work_on
from cutaway.jobs.remote import RemoteBench
from cutaway.jobs.run import Bench
from cutaway.ledger import Ledger
from cutaway.ledger.submissions import Submissions
from cutaway.media.store import AssetStore

SelfFence = Literal["whole", "late", "none"]
"""How a sender checks its lease: from before the intent, only from after its answer, or not at all."""

LOST_ANSWERS: Final = 0.15


@dataclass(slots=True)
class Shared:
    """The world of one operation: everything that is the same for every process."""

    redis: Redis
    scripts: ClockedLedger
    clock: Clock
    schedule: Schedule
    vendors: Sequence[Vendor]
    folder: Path
    chance: random.Random
    queue: Later
    auditor: Auditor
    self_fence: SelfFence
    settle_ms: int

    def later(self) -> Callable[[], bool]:
        """Whether time has passed since this was called: nothing falls due before."""
        now_ms = self.clock.now_ms
        return lambda: self.clock.now_ms > now_ms


class Process:
    """One worker, poller or sweeper. Without an actor nobody can come between its calls."""

    def __init__(self, shared: Shared, actor: Actor | None) -> None:
        self.shared, self.actor = shared, actor
        self.ledger = GatedLedger(self)
        providers: dict[str, Provider] = {v.name: GatedVendor(self, v) for v in shared.vendors}
        self.remote = RemoteBench(
            ledger=self.ledger,
            submissions=Submissions(self.ledger),
            providers=providers,
            queue=shared.queue,
            owner=actor.name if actor else "last",
            settle_s=shared.settle_ms / 1000,
            monotonic=shared.clock.monotonic,
        )
        store = AssetStore(shared.folder)
        self.bench = Bench(self.ledger, store, providers, shared.folder, shared.queue, self.remote.owner, make=make)

    async def work(self) -> None:
        """Do the first job that waits."""
        await work_on(self.bench, self.remote, self.shared.queue.waiting.pop(0), stopping=lambda: False)

    async def stand(self, where: str) -> None:
        """Let others go first."""
        if self.actor is not None:
            await self.actor.gate(where)

    def last_look(self, still_ours: StillOurs) -> StillOurs:
        """What a sender asks in the last instruction before its bytes leave."""
        if self.shared.self_fence == "none":
            return lambda: None
        if self.shared.self_fence == "whole":
            return still_ours
        begun_s = self.shared.clock.monotonic()
        limit_s = min(self.remote.submissions.lease_ms, self.remote.submissions.send_ms) / 1000

        def look() -> None:
            if self.shared.clock.monotonic() - begun_s > limit_s:
                raise StaleLeaseError("The lease ran out before the order was sent.")

        return look


class GatedLedger(Ledger):
    """A ledger before and after whose every script call others may go first."""

    def __init__(self, process: Process) -> None:
        super().__init__(process.shared.redis)
        self._process = process

    async def run(self, name: str, *args: object) -> Any:
        """Run a script of the ledger that all share."""
        if name == "renew":
            # Renewals come by real seconds. Here a lease ends when the schedule says, so its keeper never gets a turn.
            await asyncio.Event().wait()
        await self._process.stand(f"before {name}")
        answer = await self._process.shared.scripts.run(name, *args)
        await self._process.stand(f"after {name}")
        return answer


class GatedVendor:
    """A vendor before and after whose every call others may go first, and whose orders take a while to arrive."""

    def __init__(self, process: Process, inner: Vendor) -> None:
        self._process, self._inner, self.name = process, inner, inner.name

    def profiles(self) -> Any:
        """The vendor's own."""
        return self._inner.profiles()

    async def submit(self, model: str, request: GenerationRequest, placing: Placing) -> Handle:
        """Place the order: a last look at the lease, then bytes that arrive within the send deadline."""
        process, shared = self._process, self._process.shared
        last_look = process.last_look(placing.still_ours)
        await process.stand("before submit")
        last_look()
        if process.actor is None:
            return await self._inner.submit(model, request, Placing(placing.key))

        async def arrive(sent: Actor) -> Handle:
            await shared.schedule.fly(sent, process.remote.submissions.send_ms)
            return await self._inner.submit(model, request, Placing(placing.key))

        async def arrive_unseen(sent: Actor) -> None:
            with contextlib.suppress(CutawayError):
                await arrive(sent)

        if shared.chance.random() < LOST_ANSWERS:
            await shared.schedule.enter(f"the order of {process.actor.name}", arrive_unseen)
            raise SubmitUnknownError("The connection broke; the order arrives all the same.")
        handle = await arrive(process.actor)
        await process.stand("after submit")
        return handle

    async def poll(self, handle: Handle) -> Status:
        """How a job stands."""
        await self._process.stand("before poll")
        status = await self._inner.poll(handle)
        await self._process.stand("after poll")
        return status

    async def fetch(self, handle: Handle, output: str) -> AsyncIterator[bytes]:
        """The result."""
        await self._process.stand("before fetch")
        async for block in self._inner.fetch(handle, output):
            yield block
        await self._process.stand("after fetch")

    async def find(
        self, model: str, request: GenerationRequest, key: str, since: datetime | None = None
    ) -> Handle | None:
        """An order's job, if the vendor has it."""
        await self._process.stand("before find")
        handle = await self._inner.find(model, request, key, since)
        await self._process.stand("after find")
        return handle

    async def cancel(self, handle: Handle) -> bool:
        """Whether the job was stopped."""
        await self._process.stand("before cancel")
        stopped = await self._inner.cancel(handle)
        await self._process.stand("after cancel")
        return stopped
