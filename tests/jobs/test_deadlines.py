"""Work that takes too long is ended or told, never left to run for ever."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from bench.chaos.vendor import Vendor
from bench.chaos.world import World
from redis.asyncio import Redis

from cutaway.contract import Handle, Status
from cutaway.errors import StoppedError
from cutaway.jobs.entry import work_on
from cutaway.jobs.poller import poll_once
from cutaway.jobs.run import Bench, Made, Work, run_operation
from cutaway.ledger import Order


async def told(redis: Redis, kind: str) -> int:
    found: Any = await redis.xrange("cutaway:t:thread:th:events")
    return sum(1 for _, fields in found if fields["type"] == kind)


async def test_an_attempt_over_its_time_stops_at_a_frame_and_after_three_the_order_failed(
    redis: Redis, tmp_path: Path
) -> None:
    async def endless(bench: Bench, work: Work, folder: Path) -> Made:
        assert work.cancelled()
        raise StoppedError("The painter was asked to stop.")

    world = World(redis, tmp_path)
    bench = dataclasses.replace(world.bench, make=endless, attempt_s=0.0)
    order = Order(id="op1", kind="shot", key="k", spec={}, queue="cpu", model="slow:one")
    await world.ledger.dispatch(
        [order], tenant="t", thread="th", version_id="v", quote_id="q", message_id="m", cut_key="c"
    )
    for _ in range(3):
        await run_operation(bench, "op1")
    operation = await world.ledger.get("op1")
    assert (operation.phase, operation.attempts) == ("failed", 3)
    assert operation.error
    assert operation.error["code"] == "deadline"


async def test_a_vendors_job_that_takes_for_ever_is_told_once_and_stays_open(redis: Redis, tmp_path: Path) -> None:
    class Slow(Vendor):
        async def poll(self, handle: Handle) -> Status:
            return Status(state="running", poll_after_s=0.0)

    world = World(redis, tmp_path, Slow("v", "blind"))
    world.remote = dataclasses.replace(world.remote, overdue_s=-1.0)
    await world.order()
    await work_on(world.bench, world.remote, "op1", stopping=lambda: False)
    for _ in range(3):
        await world.pass_time()
        assert await poll_once(world.remote) == 1
    operation = await world.ledger.get("op1")
    assert (operation.phase, operation.money) == ("submitted", "held")
    assert await told(redis, "operation.overdue") == 1
