"""What people kept: counted once for each clip, moved by a later word, forgotten by half every 90 days."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from bench.chaos.vendor import Vendor
from bench.chaos.world import World
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from redis.asyncio import Redis

from cutaway.ledger import Ledger, Operation
from cutaway.ledger.acceptance import HALF_LIFE, Acceptance, ClipOutcome, Counted
from ledger.test_health import Clock

ONE = ("v:one", "generate")


async def clip(redis: Redis, folder: Path) -> Operation:
    world = World(redis, folder, Vendor("v", "blind"))
    await world.order()
    return await world.run()


async def test_a_clip_counts_once_however_often_it_is_reported(redis: Redis, tmp_path: Path) -> None:
    operation, clock = await clip(redis, tmp_path), Clock()
    acceptance = Acceptance(redis, "t", clock=clock)
    assert await acceptance.report(operation, "accepted")
    assert not await acceptance.report(operation, "accepted")
    assert not await acceptance.report(operation, "published")
    assert await acceptance.all(clock.now) == {ONE: Counted(1, 0)}


async def test_a_later_word_moves_the_count(redis: Redis, tmp_path: Path) -> None:
    operation, clock = await clip(redis, tmp_path), Clock()
    acceptance = Acceptance(redis, "t", clock=clock)
    await acceptance.report(operation, "accepted")
    clock.forward(30 * 86_400)
    assert await acceptance.report(operation, "rejected")
    found = (await acceptance.all(clock.now))[ONE]
    assert [found.kept, found.rejected] == pytest.approx([0, 1], abs=1e-6)


async def test_half_of_a_count_is_forgotten_in_ninety_days(redis: Redis, tmp_path: Path) -> None:
    operation, clock = await clip(redis, tmp_path), Clock()
    acceptance = Acceptance(redis, "t", clock=clock)
    await acceptance.report(operation, "rejected")
    assert (await acceptance.all(clock.now + timedelta(days=90)))[ONE].rejected == pytest.approx(0.5)
    assert timedelta(days=90) == HALF_LIFE


async def test_what_somebody_asks_next_does_not_unsay_that_a_clip_was_published(redis: Redis, tmp_path: Path) -> None:
    operation, clock = await clip(redis, tmp_path), Clock()
    acceptance = Acceptance(redis, "t", clock=clock)
    await acceptance.report(operation, "published")
    assert not await acceptance.report(operation, "rejected", by="turn")
    assert await acceptance.report(operation, "rejected")


async def test_another_tenants_clip_and_one_that_is_not_there_count_for_nobody(redis: Redis, tmp_path: Path) -> None:
    operation = await clip(redis, tmp_path)
    clock = Clock()
    assert not await Acceptance(redis, "other", clock=clock).report(operation, "accepted")
    world = World(redis, tmp_path, Vendor("v", "blind"))
    await redis.flushall()
    await world.order()
    assert not await Acceptance(redis, "t", clock=clock).report(await Ledger(redis).get("op1"), "accepted")
    assert await Acceptance(redis, "t").all(clock.now) == {}


OUTCOMES = st.sampled_from(["accepted", "rejected", "published"])


@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=st.lists(st.tuples(OUTCOMES, st.integers(0, 200)), min_size=1, max_size=8))
async def test_however_often_a_host_changes_its_mind_one_clip_weighs_what_its_last_move_weighs(
    redis: Redis, tmp_path: Path, told: list[tuple[ClipOutcome, int]]
) -> None:
    await redis.flushall()
    operation, clock = await clip(redis, tmp_path), Clock()
    acceptance = Acceptance(redis, "t", clock=clock)
    kept, moved = None, clock.now
    for outcome, days in told:
        clock.forward(days * 86_400)
        if kept is not (outcome != "rejected"):
            kept, moved = outcome != "rejected", clock.now
        await acceptance.report(operation, outcome)
    weight = 0.5 ** ((clock.now - moved) / HALF_LIFE)
    found = (await acceptance.all(clock.now))[ONE]
    assert found.kept == pytest.approx(weight if kept else 0, abs=1e-6)
    assert found.rejected == pytest.approx(0 if kept else weight, abs=1e-6)
