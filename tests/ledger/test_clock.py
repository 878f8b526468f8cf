"""The server's clock jumps by an hour while orders are under way: none is placed twice, none is left behind."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Any, get_args

import pytest
from bench.chaos.skew import SkewedWorld
from bench.chaos.sweep import audit
from bench.chaos.vendor import Fault, Vendor
from redis.asyncio import Redis

from cutaway.contract import GenerationRequest, Handle, ModelProfile, SubmitTier
from cutaway.jobs.entry import work_on
from cutaway.ledger import Operation

HOUR_S = 3_600
LONG_S = 600.0
"""A window that never passes while a test runs."""
SHORT_S = 0.05
"""A window that passes while a test runs; the test waits for what follows, not for the time."""
TIERS: tuple[SubmitTier, ...] = get_args(SubmitTier)
JUMPS = [(HOUR_S,), (-HOUR_S,), (HOUR_S, -HOUR_S), (-HOUR_S, HOUR_S), (HOUR_S, HOUR_S)]


class Slow(Vendor):
    """A vendor whose list shows an order only once it is `listed`, and where something may happen during a call."""

    def __init__(self, tier: SubmitTier, *faults: Fault, find_lag_s: float = 0.0) -> None:
        super().__init__("v", tier, list(faults))
        self.find_lag_s = find_lag_s
        self.listed = True
        self.while_sending: Callable[[], Awaitable[None]] | None = None
        self.while_fetching: Callable[[], Awaitable[None]] | None = None

    def profiles(self) -> tuple[ModelProfile, ...]:
        return tuple(p.model_copy(update={"find_lag_s": self.find_lag_s}) for p in super().profiles())

    async def submit(self, *args: Any) -> Handle:
        happens, self.while_sending = self.while_sending, None
        if happens is not None:
            await happens()
        return await super().submit(*args)

    async def fetch(self, handle: Handle, output: str) -> AsyncIterator[bytes]:
        happens, self.while_fetching = self.while_fetching, None
        if happens is not None:
            await happens()
        async for block in super().fetch(handle, output):
            yield block

    async def find(
        self, model: str, request: GenerationRequest, key: str, since: datetime | None = None
    ) -> Handle | None:
        return await super().find(model, request, key, since) if self.listed else None


async def rest(world: SkewedWorld, vendor: Slow, folder: Path) -> Operation:
    """What becomes of it with another poller, whose window is short, once the vendor lists what it has."""
    vendor.listed = True
    heir = SkewedWorld(world.redis, folder, vendor, settle_s=SHORT_S)
    heir.queue.waiting.extend(world.queue.waiting)
    operation = await heir.run(rounds=300)
    await audit(operation, heir)
    return operation


CASES = [
    pytest.param(tier, jumps, id=f"{tier} {' '.join(f'{by_s:+d}' for by_s in jumps)}")
    for tier, jumps in itertools.product(TIERS, JUMPS)
]


@pytest.mark.parametrize(("tier", "jumps"), CASES)
async def test_a_jump_after_the_answer_was_lost_does_not_send_the_order_again(
    redis: Redis, tmp_path: Path, tier: SubmitTier, jumps: tuple[int, ...]
) -> None:
    vendor = Slow(tier, "drop_after")
    vendor.listed = False
    world = SkewedWorld(redis, tmp_path, vendor, settle_s=LONG_S)
    await world.order()
    await world.work()
    for by_s in jumps:
        await world.jump(by_s)
        await world.look()
        await world.work()
    assert len(vendor.jobs) == 1, "ordered again"
    operation = await rest(world, vendor, tmp_path)
    assert (operation.phase, operation.parked) == (("unknown", True) if tier == "blind" else ("done", False))


@pytest.mark.parametrize(("tier", "jumps"), CASES)
async def test_a_jump_while_the_order_is_on_its_way_does_not_send_it_again(
    redis: Redis, tmp_path: Path, tier: SubmitTier, jumps: tuple[int, ...]
) -> None:
    vendor = Slow(tier)
    world = SkewedWorld(redis, tmp_path, vendor, settle_s=LONG_S)

    async def others_look() -> None:
        for by_s in jumps:
            await world.jump(by_s)
            await world.look()

    vendor.while_sending = others_look
    await world.order()
    await world.work()
    assert len(vendor.jobs) == 1, "ordered again"
    assert (await rest(world, vendor, tmp_path)).phase == "done"


@pytest.mark.parametrize("by_s", [HOUR_S, -HOUR_S])
async def test_a_jump_while_a_result_is_fetched_books_it_once(redis: Redis, tmp_path: Path, by_s: int) -> None:
    vendor = Slow("blind")
    world = SkewedWorld(redis, tmp_path, vendor, settle_s=LONG_S)

    async def another_worker() -> None:
        await world.jump(by_s)
        await work_on(world.bench, world.remote, "op1", stopping=lambda: False)

    vendor.while_fetching = another_worker
    await world.order()
    operation = await world.move_on()
    await audit(operation, world)
    assert operation.phase == "done"
    events: Any = await redis.xrange("cutaway:t:thread:th:events")
    assert [fields["type"] for _, fields in events].count("operation.done") == 1


@pytest.mark.parametrize("fault", ["", "busy", "drop_before", "drop_after", "refuse", "fail_job"])
@pytest.mark.parametrize("by_s", [HOUR_S, -HOUR_S])
@pytest.mark.parametrize("tier", TIERS)
async def test_nothing_is_stuck_or_paid_twice_when_the_clock_moves_on_after_a_jump(
    redis: Redis, tmp_path: Path, tier: SubmitTier, by_s: int, fault: Fault
) -> None:
    for place in ("before it is sent", "while it is sent", "after it was sent"):
        await redis.flushall()
        vendor = Slow(tier, fault)
        world = SkewedWorld(redis, tmp_path, vendor, settle_s=SHORT_S)
        await world.order()
        if place == "before it is sent":
            await world.jump(by_s)
        elif place == "while it is sent":
            vendor.while_sending = lambda world=world: world.jump(by_s)
        await world.work()
        if place == "after it was sent":
            await world.jump(by_s)
        await audit(await world.move_on(), world)


async def test_an_order_written_by_a_clock_that_was_behind_is_looked_for_as_long_as_any_other(
    redis: Redis, tmp_path: Path
) -> None:
    vendor = Slow("listable", "drop_after", find_lag_s=LONG_S)
    vendor.listed = False
    world = SkewedWorld(redis, tmp_path, vendor, settle_s=SHORT_S)
    await world.jump(-HOUR_S)
    await world.order()
    await world.work()
    await world.jump(HOUR_S)
    await world.look()
    await world.work()
    assert len(vendor.jobs) == 1, "ordered again before a vendor that lists late could have listed it"
    vendor.find_lag_s = 0.0
    assert (await rest(world, vendor, tmp_path)).phase == "done"


async def test_an_order_written_by_a_clock_that_was_ahead_is_not_waited_for_longer_than_any_other(
    redis: Redis, tmp_path: Path
) -> None:
    vendor = Slow("listable", "drop_before", find_lag_s=SHORT_S)
    world = SkewedWorld(redis, tmp_path, vendor, settle_s=SHORT_S)
    await world.jump(HOUR_S)
    await world.order()
    await world.work()
    await world.jump(-HOUR_S)
    assert (await rest(world, vendor, tmp_path)).phase == "done"
    assert vendor.posts == 2
