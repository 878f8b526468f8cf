"""A second wake-up for the same remote order arrives at the worst moment, and changes nothing."""

from __future__ import annotations

from pathlib import Path

from bench.chaos.vendor import Vendor
from bench.chaos.world import World
from redis.asyncio import Redis

from cutaway.jobs.poller import poll_once
from cutaway.jobs.run import run_operation
from cutaway.ledger import Ledger


async def test_a_worker_that_saw_an_order_being_placed_does_not_draw_it_when_it_is_ready_again(
    redis: Redis, tmp_path: Path
) -> None:
    """`work_on` looks first and acts later; in between a refusal (429) may have put the order back."""
    world = World(redis, tmp_path, Vendor("lab", "deduplicates"))
    await world.order()
    await run_operation(world.bench, "op1")
    operation = await Ledger(redis).get("op1")
    assert (operation.phase, operation.fence) == ("ready", 0)


async def test_an_order_that_was_not_taken_wakes_one_worker_and_not_two(redis: Redis, tmp_path: Path) -> None:
    world = World(redis, tmp_path, Vendor("lab", "findable", faults=["drop_before"]))
    await world.order()
    (ordered,) = world.queue.waiting
    world.queue.waiting.clear()
    taken = (await world.remote.submissions.take(ordered, owner="w")).operation
    assert taken is not None
    await world.remote.submissions.doubt(taken, {"code": "submit_unknown"})
    await poll_once(world.remote)
    await world.queue.wake(await world.ledger.sweep())
    assert world.queue.waiting == ["op1"]
