"""A world whose server's clock can jump: every script reads a time that is wrong by as much as a key says."""

from __future__ import annotations

import dataclasses
from importlib.resources import files
from pathlib import Path
from typing import Final

from bench.chaos.clock import Changes
from bench.chaos.vendor import Vendor
from bench.chaos.world import FusedLedger, World
from redis.asyncio import Redis

from cutaway.jobs.entry import work_on
from cutaway.jobs.poller import poll_once
from cutaway.ledger import Operation
from cutaway.ledger.submissions import Submissions

SKEW: Final = "skew_s"
TIME: Final = "redis.call('TIME')"
SKEWED: Final = (
    f"(function() local now = {TIME} "
    f"return {{ tostring(now[1] + (tonumber(redis.call('GET', '{SKEW}') or 0))), now[2] }} end)()"
)


def changes() -> Changes:
    """What makes every script read the wrong clock."""
    scripts = (Path(str(files("cutaway.ledger"))) / "scripts").glob("*.lua")
    return [(script.stem, TIME, SKEWED) for script in sorted(scripts) if script.stem != "common"]


class SkewedWorld(World):
    """A world of one operation where a doubt is left alone for `settle_s` before anybody concludes from silence."""

    def __init__(self, redis: Redis, folder: Path, *vendors: Vendor, settle_s: float) -> None:
        super().__init__(redis, folder, *vendors, changes=changes())
        ledger = FusedLedger(redis)
        ledger.fuse, ledger.changes = self.fuse, tuple(changes())
        submissions = Submissions(ledger, lease_ms=60_000, send_ms=60_000)
        self.ledger = ledger
        self.remote = dataclasses.replace(self.remote, ledger=ledger, submissions=submissions, settle_s=settle_s)
        self.bench = dataclasses.replace(self.bench, ledger=ledger)

    async def jump(self, by_s: int) -> None:
        """The server's clock jumps, forward or back, and stays so."""
        await self.redis.incrby(SKEW, by_s)

    async def work(self) -> None:
        """Do what lies in the queue, once."""
        while self.queue.waiting:
            await work_on(self.bench, self.remote, self.queue.waiting.pop(0), stopping=lambda: False)

    async def look(self) -> None:
        """Another process sweeps, then looks at what is due."""
        await self.queue.wake(await self.ledger.sweep())
        await poll_once(self.remote)

    async def move_on(self, rounds: int = 400) -> Operation:
        """Go on while the server's clock moves five minutes a round, until the operation is at rest.

        Unlike `run` no lease or delay is taken away: whatever waits for a moment must see that moment come.
        """
        for _ in range(rounds):
            await self.work()
            await self.look()
            operation = await self.ledger.get("op1")
            if not operation.is_open or operation.parked:
                return operation
            await self.jump(300)
        raise AssertionError(f"stuck: {await self.redis.hgetall('cutaway:op:op1')}")
