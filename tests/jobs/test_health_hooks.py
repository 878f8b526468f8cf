"""Workers and pollers tell the breakers what vendors do, and heed them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bench.chaos.vendor import Fault, Vendor
from bench.chaos.world import World
from redis.asyncio import Redis

from cutaway.ledger import Ledger
from cutaway.ledger.health import Health, Terms
from cutaway.ledger.speeds import Speeds
from ledger.test_health import Clock


def world_of(redis: Redis, folder: Path, *vendors: Vendor, failures: int = 1) -> tuple[World, Health, Clock]:
    clock = Clock()
    health = Health(redis, terms=Terms(failures=failures), clock=clock)
    world = World(redis, folder, *vendors)
    world.remote = replace(world.remote, health=health)
    world.bench = replace(world.bench, speeds=Speeds(redis))
    return world, health, clock


async def after(redis: Redis, folder: Path, fault: Fault) -> dict[str, str]:
    world, health, clock = world_of(redis, folder, Vendor("v", "blind", [fault]))
    await world.order()
    await world.run()
    return await health.why(clock.now)


async def test_a_job_that_failed_counts_against_its_model(redis: Redis, tmp_path: Path) -> None:
    assert (await after(redis, tmp_path, "fail_job"))["v:one"].startswith("1 of 1 order failed since 12:00 (provider)")


async def test_an_order_whose_answer_was_lost_counts_too(redis: Redis, tmp_path: Path) -> None:
    assert "v:one" in await after(redis, tmp_path, "drop_after")


async def test_refused_content_and_a_wrong_order_say_nothing_of_the_vendor(redis: Redis, tmp_path: Path) -> None:
    assert await after(redis, tmp_path, "policy") == {}
    await redis.flushall()
    assert await after(redis, tmp_path, "refuse") == {}


async def test_an_order_for_a_vendor_at_rest_goes_to_the_next_model_and_nothing_is_sent(
    redis: Redis, tmp_path: Path
) -> None:
    resting, next_one = Vendor("v", "blind"), Vendor("w", "blind")
    world, health, _ = world_of(redis, tmp_path, resting, next_one)
    await fail(health)
    await world.order()
    operation = await world.run()
    assert (operation.phase, operation.model, resting.posts, next_one.posts) == ("done", "w:one", 0, 1)


async def test_without_another_model_it_waits_without_counting_as_a_try(redis: Redis, tmp_path: Path) -> None:
    vendor = Vendor("v", "blind")
    world, health, clock = world_of(redis, tmp_path, vendor)
    await fail(health)
    await world.order()
    for _ in range(10):
        await work(world)
    waiting = await Ledger(redis).get("op1")
    assert (waiting.phase, waiting.attempts, vendor.posts) == ("ready", 0, 0)
    clock.forward(60)
    operation = await world.run()
    assert (operation.phase, vendor.posts) == ("done", 1)
    assert await health.why(clock.now) == {}
    assert not await redis.exists("cutaway:breakers")


async def test_a_clip_that_arrived_tells_how_long_its_model_takes(redis: Redis, tmp_path: Path) -> None:
    world, _, _ = world_of(redis, tmp_path, Vendor("v", "blind"))
    await world.order()
    await world.run()
    took = (await Speeds(redis).all())["v:one", "generate"]
    assert took.samples == 1
    assert 0 < took.p50_s < 60


async def fail(health: Health) -> None:
    from cutaway.errors import ProviderError

    await health.failed("v:one", "earlier", ProviderError("No."), stage="job")


async def work(world: World) -> None:
    from cutaway.jobs.entry import work_on

    await world.pass_time()
    await world.queue.wake(await world.ledger.sweep())
    while world.queue.waiting:
        await work_on(world.bench, world.remote, world.queue.waiting.pop(0), stopping=lambda: False)
