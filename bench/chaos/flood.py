"""A flood: orders are dispatched until the server has no memory left for them.

Callers must get a refusal they know, nothing that was answered may be lost, orders on their way to a vendor must find
their end, now or once there is memory again, and none of them may be placed twice.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import tempfile
from collections import Counter
from collections.abc import Awaitable
from pathlib import Path
from typing import Any, Final

from bench.chaos.crowd import TIERS, Counted, Crowd, audit, unbalanced
from bench.chaos.store import client, serve
from bench.chaos.vendor import Fault
from redis.asyncio import Redis

from cutaway.contract import Handle
from cutaway.errors import StoreError
from cutaway.jobs.entry import work_on
from cutaway.jobs.poller import poll_once

REFUSAL: Final[type[Exception]] = StoreError
"""What a full store looks like to everybody who calls the ledger. The one place that says so."""

PADDING_BYTES: Final = (1_000, 32_000)
"""How much longer than usual an order's text is, from and to."""
FLYING: Final[tuple[Fault, ...]] = ("", "drop_after", "drop_before", "refuse", "busy")
"""What becomes of the orders that are on their way, at each vendor, when the memory is gone."""
TAKEN: Final = 3
"""Orders each vendor has taken before."""


class Gate(Counted):
    """A vendor that is reached at once and goes on once `opened`."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.reached = asyncio.Semaphore(0)
        self.opened = asyncio.Event()

    async def submit(self, *args: Any) -> Handle:
        self.reached.release()
        await self.opened.wait()
        return await super().submit(*args)


class Flood:
    """A crowd on a server whose memory is limited, what went wrong and a count of what happened."""

    def __init__(self, crowd: Crowd, refusal: type[Exception], tally: Counter[str]) -> None:
        self.crowd = crowd
        self.redis: Redis = crowd.redis
        self.refusal = refusal
        self.tally = tally
        self.wrong: list[str] = []
        self.orders = 0

    async def order(self, *names: str, padding: str = "") -> str:
        """One more order; gives its id."""
        name = f"op{self.orders}"
        await self.crowd.order(name, *names, padding=padding)
        self.orders += 1
        return name

    async def attempt(self, what: str, deed: Awaitable[object]) -> bool:
        """Do it, or be refused; any other error is noted as wrong. True when it was done."""
        try:
            await deed
        except Exception as error:
            self.tally[f"{what}: {type(error).__name__}"] += 1
            if not isinstance(error, self.refusal):
                self.wrong.append(f"{what} raised {type(error).__name__} ({error}) and not {self.refusal.__name__}")
            return False
        self.tally[f"{what}: done"] += 1
        return True

    async def fill(self, headroom_bytes: int, dice: random.Random) -> None:
        """Dispatch until the server refuses; from then on its limit is far below what it uses.

        Otherwise it would have room again whenever a client's buffer is freed, and what follows would prove nothing.
        """
        await self._limit(await self._used() + headroom_bytes)
        room = True
        while room:
            order = self.order(dice.choice(list(TIERS)), padding="x" * dice.randint(*PADDING_BYTES))
            room = await self.attempt("dispatch", order)
        await self._limit(await self._used() // 2)

    async def work(self) -> None:
        """What workers and pollers do while there is no memory, once every delay has run out."""
        await self._limit(0)
        await self.crowd.pass_time()
        await self._limit(await self._used() // 2)
        await self.attempt("poll", poll_once(self.crowd.remote))
        await self.attempt("sweep", self.crowd.ledger.sweep())
        for name in self.crowd.ordered:
            work = work_on(self.crowd.bench, self.crowd.remote, name, stopping=lambda: False)
            await self.attempt("work", work)

    async def check(self, when: str) -> None:
        """Nothing answered is lost and every hold is where it was, at any moment."""
        there = [name for name in self.crowd.ordered if await self.redis.exists(f"cutaway:op:{name}")]
        if lost := sorted(set(self.crowd.ordered) - set(there)):
            self.wrong.append(f"{when}: answered orders are lost: {lost}")
        if await self.redis.exists(f"cutaway:op:op{self.orders}"):
            self.wrong.append(f"{when}: the refused order is there")
        self.wrong += [f"{when}: {text}" for text in await unbalanced(self.redis, await self.crowd.operations())]

    async def raise_memory(self) -> None:
        """As much as it wants."""
        await self._limit(0)

    async def _used(self) -> int:
        return int((await self.redis.info("memory"))["used_memory"])

    async def _limit(self, size_bytes: int) -> None:
        await self.redis.config_set("maxmemory", size_bytes)


async def run(
    *,
    seed: int,
    headroom_bytes: int = 3_000_000,
    refusal: type[Exception] = REFUSAL,
    tally: Counter[str] | None = None,
) -> list[str]:
    """Flood a server that has `headroom_bytes` left; gives every broken promise, so nothing is good.

    `seed` says which orders come, `refusal` what a full store must look like, and `tally` counts what happened.
    """
    dice = random.Random(f"flood {seed}")
    tally = Counter() if tally is None else tally
    # A unix socket's path must stay under 104 bytes, hence /tmp.
    with tempfile.TemporaryDirectory(prefix="cut-", dir="/tmp") as home:
        async with serve(Path(home), "--maxmemory-policy", "noeviction") as url, client(url) as redis:
            gates = [Gate(name, tier) for name, tier in TIERS.items()]
            crowd = Crowd(redis, Path(home) / "files", *gates)
            return await play(Flood(crowd, refusal, tally), gates, headroom_bytes, dice)


async def play(flood: Flood, gates: list[Gate], headroom_bytes: int, dice: random.Random) -> list[str]:
    """Orders taken before, orders on their way while it happens, the flood, and what comes after it."""
    crowd = flood.crowd
    for gate in gates:
        gate.opened.set()
        for _ in range(TAKEN):
            await flood.order(gate.name)
    await crowd.beat()
    flying = []
    for gate in gates:
        gate.opened.clear()
        gate.reached = asyncio.Semaphore(0)
        gate.faults = list(FLYING)
        for _ in FLYING:
            name = await flood.order(gate.name)
            work = work_on(crowd.bench, crowd.remote, name, stopping=lambda: False)
            flying.append(asyncio.create_task(flood.attempt("book what came of an order on its way", work)))
            await gate.reached.acquire()
    crowd.queue.waiting.clear()  # those that are on their way

    await flood.fill(headroom_bytes, dice)
    await flood.check("when it is full")
    for gate in gates:
        gate.opened.set()
    await asyncio.gather(*flying)
    for _ in range(3):
        await flood.work()
        await flood.check("while it is full")
    flood.tally.update(f"while it is full {one.phase}" for one in await crowd.operations())

    await flood.raise_memory()
    if not await flood.attempt("dispatch after it was raised", flood.order("a")):
        flood.wrong.append("the refused order is refused with memory, too")
    try:
        found = await crowd.rest()
    except AssertionError as error:
        return [*flood.wrong, str(error)]
    flood.tally.update(f"ended {one.phase}" for one in found)
    return flood.wrong + await audit(crowd, found)


def main() -> int:
    """Flood from the command line; 0 when nothing broke."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--headroom", type=int, default=3_000_000, help="bytes the server has left")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    tally: Counter[str] = Counter()
    wrong = asyncio.run(run(seed=asked.seed, headroom_bytes=asked.headroom, tally=tally))
    for text in wrong:
        print(text)
    print(f"{len(wrong)} promises broken; " + ", ".join(f"{what}: {count}" for what, count in sorted(tally.items())))
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
