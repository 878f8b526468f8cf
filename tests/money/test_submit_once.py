"""A paid order leaves once, whatever breaks where; the books and the vendor's books agree."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bench.chaos.ending import TIERS
from bench.chaos.sweep import audit, play, run
from bench.chaos.vendor import Fault, Vendor
from bench.chaos.world import World
from redis.asyncio import Redis

from cutaway.contract import SubmitTier
from cutaway.jobs.entry import work_on
from money.test_mutants import NO_INTENT


async def test_an_order_is_placed_polled_fetched_and_settled_with_the_vendors_figure(
    redis: Redis, tmp_path: Path
) -> None:
    vendor = Vendor("v", "blind")
    operation, world = await play(redis, tmp_path, vendor)
    assert (operation.phase, operation.money, vendor.posts) == ("done", "settled", 1)
    assert await world.books() == (0, 100_000)


@pytest.mark.parametrize("tier", TIERS)
async def test_a_lost_answer_never_makes_a_second_job(redis: Redis, tmp_path: Path, tier: SubmitTier) -> None:
    vendor = Vendor("v", tier, ["drop_after"])
    operation, world = await play(redis, tmp_path, vendor)
    await audit(operation, world)
    assert operation.phase == ("unknown" if tier == "blind" else "done")


@pytest.mark.parametrize("tier", ["deduplicates", "findable", "listable"])
async def test_an_order_that_never_arrived_is_placed_after_it_was_looked_for(
    redis: Redis, tmp_path: Path, tier: SubmitTier
) -> None:
    vendor = Vendor("v", tier, ["drop_before"])
    operation, world = await play(redis, tmp_path, vendor)
    await audit(operation, world)
    assert (operation.phase, vendor.posts) == ("done", 2)


async def test_a_blind_vendors_doubt_is_parked_with_what_to_do_and_keeps_its_hold(redis: Redis, tmp_path: Path) -> None:
    vendor = Vendor("v", "blind", ["drop_before"])
    operation, world = await play(redis, tmp_path, vendor)
    assert operation.error
    assert "may have been charged" in operation.error["message"]
    assert await world.books() == (100_000, 0)
    assert vendor.posts == 1


async def test_a_busy_vendor_is_asked_again_and_a_sure_refusal_is_not(redis: Redis, tmp_path: Path) -> None:
    busy = Vendor("v", "blind", ["busy", "busy"])
    operation, _ = await play(redis, tmp_path, busy)
    assert (operation.phase, busy.posts) == ("done", 3)
    refusing = Vendor("v", "blind", ["refuse"])
    operation, _ = await play(redis, tmp_path, refusing)
    assert (operation.phase, operation.money, refusing.posts) == ("failed", "released", 1)


async def test_a_vendor_that_is_always_busy_is_given_up(redis: Redis, tmp_path: Path) -> None:
    vendor = Vendor("v", "blind", ["busy"] * 50)
    operation, world = await play(redis, tmp_path, vendor)
    await audit(operation, world)
    assert operation.phase == "failed"
    assert vendor.posts == 5


async def test_a_verified_failure_goes_to_the_next_candidate_within_the_hold(redis: Redis, tmp_path: Path) -> None:
    first, second = Vendor("a", "blind", ["fail_job"]), Vendor("b", "blind")
    operation, world = await play(redis, tmp_path, first, second)
    await audit(operation, world)
    assert (operation.phase, operation.model) == ("done", "b:one")


async def test_a_failure_that_was_charged_leaves_no_room_for_the_next_candidate(redis: Redis, tmp_path: Path) -> None:
    first, second = Vendor("a", "blind", ["fail_job_charged"]), Vendor("b", "blind")
    operation, world = await play(redis, tmp_path, first, second)
    await audit(operation, world)
    assert (operation.phase, operation.charged_micro, second.posts) == ("failed", 100_000, 0)


async def test_a_refusal_for_content_is_not_shopped_around(redis: Redis, tmp_path: Path) -> None:
    first, second = Vendor("a", "blind", ["policy"]), Vendor("b", "blind")
    operation, _ = await play(redis, tmp_path, first, second)
    assert (operation.phase, second.posts) == ("failed", 0)


async def test_no_fallback_starts_while_an_outcome_is_unknown(redis: Redis, tmp_path: Path) -> None:
    first, second = Vendor("a", "blind", ["drop_after"]), Vendor("b", "blind")
    operation, _ = await play(redis, tmp_path, first, second)
    assert (operation.phase, second.posts) == ("unknown", 0)


async def test_a_bill_over_the_hold_is_booked_as_it_is_and_pauses_the_model(redis: Redis, tmp_path: Path) -> None:
    vendor = Vendor("v", "blind", ["overbill"])
    operation, world = await play(redis, tmp_path, vendor)
    await audit(operation, world)
    assert operation.charged_micro == 200_000
    assert "billed 200000" in (await redis.hget("cutaway:frozen", "model:v:one") or "")


async def test_a_frozen_provider_gets_no_order_until_it_is_thawed(redis: Redis, tmp_path: Path) -> None:
    vendor = Vendor("v", "blind")
    await redis.flushall()
    world = World(redis, tmp_path, vendor)
    await world.order()
    await redis.hset("cutaway:frozen", "provider:v", "bills look wrong")
    with pytest.raises(AssertionError, match="stuck"):
        await world.run(rounds=5)
    assert vendor.posts == 0
    await redis.delete("cutaway:frozen")
    assert (await world.run()).phase == "done"


@pytest.mark.parametrize("cost", ["NaN", "-1", "Infinity", "1e99", "lots"])
def test_a_cost_that_cannot_be_believed_books_the_hold_and_says_so(cost: str) -> None:
    from cutaway.jobs.remote import owed_micro

    owed, note = owed_micro(cost, 100_000)
    assert owed == 100_000
    assert cost[:4] in note


@pytest.mark.slow
async def test_deaths_at_every_point_and_at_some_pairs_and_triples_break_no_promise(valkey_url: str) -> None:
    found = await run(valkey_url, scenarios=1_200, seed=1)
    assert found.violations == []


@pytest.mark.slow
async def test_a_sweep_of_deaths_catches_an_order_without_a_written_intent(valkey_url: str) -> None:
    found = await run(valkey_url, scenarios=300, seed=1, changes=NO_INTENT)
    assert any("ordered" in violation for violation in found.violations)


@pytest.mark.parametrize(("fault", "phase"), [("refuse", "failed"), ("busy", "ready")])
async def test_a_sure_refusal_that_comes_after_the_doubt_ends_it(
    redis: Redis, tmp_path: Path, fault: Fault, phase: str
) -> None:
    class Slow(Vendor):
        async def submit(self, *args: Any) -> Any:
            await world.pass_time()
            await world.ledger.sweep()
            assert (await world.ledger.get("op1")).phase == "unknown"
            return await Vendor.submit(self, *args)

    vendor = Slow("v", "blind", [fault])
    await redis.flushall()
    world = World(redis, tmp_path, vendor)
    await world.order()
    await work_on(world.bench, world.remote, "op1", stopping=lambda: False)
    operation = await world.ledger.get("op1")
    assert (operation.phase, operation.parked) == (phase, False)
    assert await redis.zcard("cutaway:doubts") == 0
