"""The world of one operation on a clock of its own: fast, since no key need be found whose time should come."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any, Final

from bench.chaos.clock import Clock, ClockedLedger
from bench.chaos.ending import Auditor
from bench.chaos.vendor import Vendor
from bench.chaos.world import BUDGET, Died, Fuse, FusedLedger, World, shot_order
from redis.asyncio import Redis

from cutaway.jobs.entry import work_on
from cutaway.jobs.poller import poll_once
from cutaway.ledger import Ledger, Operation, Scope, Wake
from cutaway.ledger.submissions import Submissions

LONG_MS: Final = 3_600_000
"""Longer than anything waits."""


class FusedScripts(FusedLedger):
    """A fused ledger that runs another ledger's scripts, so that they are read and hashed once for many worlds."""

    def __init__(self, redis: Redis, scripts: ClockedLedger, fuse: Fuse) -> None:
        super().__init__(redis)
        self.fuse, self._shared = fuse, scripts

    async def run(self, name: str, *args: object) -> Any:
        await self.fuse.step()
        answer = await self._shared.run(name, *args)
        await self.fuse.step()
        return answer


class ClockedWorld(World):
    """A world that goes by the clock of its scripts, which begins anew. `deaths` are points of its life."""

    def __init__(
        self, redis: Redis, folder: Path, scripts: ClockedLedger, *vendors: Vendor, deaths: tuple[int, ...]
    ) -> None:
        super().__init__(redis, folder, *vendors, deaths=deaths)
        self.scripts = scripts
        self.clock = scripts.clock = Clock()
        self.auditor = Auditor(redis, "op1", BUDGET)
        self.ledger = FusedScripts(redis, scripts, self.fuse)
        submissions = Submissions(self.ledger, lease_ms=60_000, send_ms=60_000)
        self.remote = dataclasses.replace(self.remote, ledger=self.ledger, submissions=submissions)
        self.bench = dataclasses.replace(self.bench, ledger=self.ledger)

    async def order(self, operation_id: str = "op1") -> None:
        """Order the shot."""
        await self.queue.wake(await dispatch_shot(self.scripts, self.vendors))

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
            ending = await self.auditor.read()
            if ending.at_rest:
                return ending.operation
            self.clock.now_ms += LONG_MS
        raise AssertionError(f"stuck: {ending.operation!r}")


async def dispatch_shot(ledger: Ledger, vendors: tuple[Vendor, ...]) -> tuple[Wake, ...]:
    """Order the shot "op1" against one budget; gives what to wake."""
    done = await ledger.dispatch(
        [shot_order(vendors)],
        tenant="t",
        thread="th",
        version_id="v",
        quote_id="q",
        message_id="m",
        cut_key="none",
        scopes=[Scope(BUDGET, "thread", 10_000_000)],
    )
    return done.ready
