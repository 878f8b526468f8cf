"""What the storm's watch calls an orphan, a recovery and an excess."""

from __future__ import annotations

import json
from pathlib import Path

from bench.chaos.harm import Hit
from bench.chaos.watch import Watch, orphans_of, overruns_micro
from redis.asyncio import Redis

OP = "cutaway:op:op1"
BUDGET = "budget"


def watch_of(redis: Redis, truth: Path, *, at: float = 100.0) -> Watch:
    watch = Watch(redis, BUDGET, limit_micro=1000, hold_micro=100, truth=truth, clock=lambda: at)
    watch.open.add("op1")
    return watch


def row(phase: str, *, fence: int, lease_until_ms: int = 0) -> dict[str, str]:
    facts = {"phase": phase, "parked": "", "fence": fence, "owner": "host:7", "lease_until_ms": lease_until_ms}
    return {name: str(value) for name, value in (facts | {"updated_ms": 1}).items()}


async def put(redis: Redis, facts: dict[str, str]) -> None:
    for name, value in facts.items():
        await redis.hset(OP, name, value)


def test_only_a_lease_that_the_dead_held_at_that_moment_makes_an_orphan() -> None:
    held = row("rendered", fence=2, lease_until_ms=99_000)
    assert [o.operation for o in orphans_of(Hit(95.0, frozenset({7, 8}), dead=True), {"op1": held})] == ["op1"]
    assert not orphans_of(Hit(99.5, frozenset({7}), dead=True), {"op1": held})
    assert not orphans_of(Hit(95.0, frozenset({8}), dead=True), {"op1": held})
    assert not orphans_of(Hit(95.0, frozenset({7}), dead=True), {"op1": held | {"phase": "done"}})


async def test_a_fetch_is_recovered_when_its_fence_grows(redis: Redis, tmp_path: Path) -> None:
    watch = watch_of(redis, tmp_path / "truth.jsonl")
    await put(redis, row("rendered", fence=2, lease_until_ms=99_000))
    watch.hit(Hit(96.0, frozenset({7}), dead=True))
    await watch.look()
    assert watch.recoveries == []
    await redis.hset(OP, "fence", 3)
    await watch.look()
    await watch.look()
    assert (watch.recoveries, watch.after_lease) == ([4.0], [1.0])


async def test_a_zombie_counts_when_it_held_a_lease(redis: Redis, tmp_path: Path) -> None:
    watch = watch_of(redis, tmp_path / "truth.jsonl")
    await put(redis, row("rendered", fence=2, lease_until_ms=99_000))
    watch.hit(Hit(96.0, frozenset({7}), dead=False))
    watch.hit(Hit(96.0, frozenset({8}), dead=False))
    await watch.look()
    await put(redis, row("rendered", fence=3))
    await watch.look()
    assert (watch.frozen_holders, watch.recoveries) == (1, [])


async def test_a_submission_is_in_doubt_before_it_is_settled(redis: Redis, tmp_path: Path) -> None:
    watch = watch_of(redis, tmp_path / "truth.jsonl")
    await put(redis, row("submitting", fence=2, lease_until_ms=99_000))
    watch.hit(Hit(95.0, frozenset({7}), dead=True))
    await watch.look()
    await redis.hset(OP, "phase", "unknown")
    await watch.look()
    await watch.look()
    assert (watch.doubts, watch.settled, watch.recoveries) == ([5.0], [], [])
    await redis.hset(OP, "parked", "1")
    await watch.look()
    assert (watch.settled, watch.parked, watch.open) == ([5.0], 1, set())


async def test_more_than_the_limit_is_an_excess_unless_the_vendor_billed_too_much(redis: Redis, tmp_path: Path) -> None:
    truth = tmp_path / "truth.jsonl"
    truth.write_text(json.dumps({"event": "accepted", "charged_micro": 150}) + "\n")
    assert overruns_micro(truth, 100) == 50
    watch = watch_of(redis, truth)
    await redis.hset(BUDGET, mapping={"held": 500, "charged": 550})
    await watch.look()
    assert watch.over_micro == 0
    await redis.hset(BUDGET, "charged", 560)
    await watch.look()
    assert watch.over_micro == 10


async def test_a_model_frozen_for_its_bill_is_thawed_and_counted(redis: Redis, tmp_path: Path) -> None:
    watch = watch_of(redis, tmp_path / "truth.jsonl")
    await redis.hset("cutaway:frozen", "model:lab:m1", "billed too much")
    await watch.look()
    assert (watch.thaws, await redis.exists("cutaway:frozen")) == (1, 0)
