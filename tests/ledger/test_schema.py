"""Rows outlive releases: older ones are brought up, newer ones are left to whoever knows them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bench.chaos.vendor import Vendor
from bench.chaos.world import BUDGET, World
from redis.asyncio import Redis

from cutaway.errors import StoreError
from cutaway.jobs.poller import poll_once
from cutaway.ledger import Ledger
from cutaway.ledger.operation import ROW_SCHEMA

GOLDEN = Path(__file__).with_name("golden")


class OldLedger(Ledger):
    """The ledger of a release that knows only rows one schema older."""

    def source(self, name: str) -> str:
        return super().source(name).replace(f"local SCHEMA = {ROW_SCHEMA}", f"local SCHEMA = {ROW_SCHEMA - 1}")


async def test_the_scripts_and_the_reader_know_the_same_schema(redis: Redis) -> None:
    assert f"local SCHEMA = {ROW_SCHEMA}\n" in Ledger(redis).source("claim")


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("row-*.json")), ids=lambda path: path.stem)
async def test_a_row_of_every_released_schema_is_read_placed_made_and_settled(
    redis: Redis, tmp_path: Path, path: Path
) -> None:
    """The golden row is a ready remote order with a hold, as that release's dispatch wrote it."""
    world = World(redis, tmp_path, Vendor("v", "blind"))
    row = json.loads(path.read_text())
    await redis.hset("cutaway:op:op1", mapping=row)
    await redis.zadd("cutaway:open", {"op1": 0})
    await redis.hset(BUDGET, "held", row["hold_micro"])
    operation = await world.run()
    assert (operation.phase, operation.tags) == ("done", ())
    assert await world.books() == (0, 100_000)


async def test_an_old_worker_leaves_a_newer_row_to_a_new_one(redis: Redis, tmp_path: Path) -> None:
    world = World(redis, tmp_path, Vendor("v", "blind"))
    await world.order()
    old = OldLedger(redis)
    assert (await old.take("op1", owner="old")).operation is None
    await world.pass_time()
    assert await old.sweep() == ()
    assert (await world.ledger.get("op1")).attempts == 0
    assert (await world.run()).phase == "done"


async def test_a_row_of_an_unknown_schema_parks_without_stopping_the_others(redis: Redis, tmp_path: Path) -> None:
    world = World(redis, tmp_path, Vendor("v", "blind"))
    await world.order("strange")
    await world.order("op1")
    await redis.hset("cutaway:op:strange", "schema", "99")
    await redis.zadd("cutaway:polls", {"strange": 0})
    assert (await world.run()).phase == "done"
    await poll_once(world.remote)
    assert await redis.hget("cutaway:op:strange", "phase") == "ready"
    assert await redis.hget(BUDGET, "held") == "100000"
    assert [one.id for one in await world.ledger.of_thread("t", "th")] == ["op1"]
    with pytest.raises(StoreError, match=r"newer Cutaway \(row schema 99"):
        await world.ledger.get("strange")
