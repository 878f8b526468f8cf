"""Observed times: from the order to the clip, the last 200 of each model and kind of operation."""

from __future__ import annotations

from pathlib import Path

from bench.chaos.vendor import Vendor
from bench.chaos.world import World
from redis.asyncio import Redis

from cutaway.ledger import Ledger, Operation
from cutaway.ledger.speeds import Speeds, Took


async def finished(redis: Redis, folder: Path) -> Operation:
    world = World(redis, folder, Vendor("v", "blind"))
    await world.order()
    return await world.run()


async def again(redis: Redis, speeds: Speeds, operation: Operation, seconds: float) -> None:
    """The same operation as another one that took so long."""
    await redis.hdel("cutaway:op:op1", "timed")
    await redis.hset("cutaway:op:op1", mapping={"intent_ms": "1000", "done_ms": str(round(1000 + seconds * 1000))})
    await speeds.count(operation)


async def test_percentiles_are_of_the_last_clips_all_weighing_the_same(redis: Redis, tmp_path: Path) -> None:
    operation, speeds = await finished(redis, tmp_path), Speeds(redis, sample=10)
    for seconds in (999, 999, *range(1, 11)):
        await again(redis, speeds, operation, seconds)
    assert await speeds.all() == {("v:one", "generate"): Took(5, 9, 10)}


async def test_an_operation_is_counted_once(redis: Redis, tmp_path: Path) -> None:
    operation, speeds = await finished(redis, tmp_path), Speeds(redis)
    await again(redis, speeds, operation, 7)
    await speeds.count(operation)
    assert (await speeds.all())["v:one", "generate"].samples == 1


async def test_what_is_not_done_is_not_counted(redis: Redis, tmp_path: Path) -> None:
    world = World(redis, tmp_path, Vendor("v", "blind"))
    await world.order()
    await Speeds(redis).count(await Ledger(redis).get("op1"))
    assert await Speeds(redis).all() == {}
