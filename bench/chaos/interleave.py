"""Live processes over one remote operation, in random orders: nothing is paid twice, nothing leaks, nothing is stuck.

Two workers, one or two pollers, a sweeper and perhaps a person who wants it stopped stand still before and after every
script call and every vendor call, and a seed decides who goes on, who sleeps through its lease and when time passes.
What is promised, and checked:

- No vendor has two jobs of one order. For "deduplicates" by its key; for "findable" and "listable" because a sender
  checks its lease in the last instruction before the bytes leave, and an order in doubt is looked for only when no byte
  can still be on its way; for "blind" because it is never sent again.
- Every hold is given back once, and the books are the vendor's books.
- Whatever the order of things was, in the end the operation is at rest: closed, or parked for a person.

What is not promised: a process frozen between that last instruction and the network for longer than the settle window.
So an order on its way arrives here within the send deadline.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final, get_args

from bench.chaos.clock import Changes, Clock, ClockedLedger
from bench.chaos.clocked import dispatch_shot
from bench.chaos.ending import FAULTS, TIERS, Auditor, Ending, wrongs
from bench.chaos.lanes import in_lanes, scratch
from bench.chaos.processes import Process, SelfFence, Shared
from bench.chaos.schedule import Actor, Schedule
from bench.chaos.vendor import Vendor
from bench.chaos.world import BUDGET, Later
from redis.asyncio import Redis

from cutaway.contract import CancelLevel
from cutaway.jobs.poller import poll_once
from cutaway.ledger.ledger import LEASE_MS, SEND_MS, settle_window_ms

Life = Callable[[Shared, Actor], Coroutine[Any, Any, None]]

CANCELS: Final[tuple[CancelLevel, ...]] = get_args(CancelLevel)
STOPPED: Final = {"code": "cancelled", "message": "It was stopped on request.", "retryable": False}
ROUNDS_TO_REST: Final = 30
SETTLE_MS: Final = settle_window_ms(SEND_MS)
SPANS_MS: Final = (1_000, LEASE_MS + 1, SEND_MS - 1_000, SEND_MS + 1, SETTLE_MS + 1, SETTLE_MS + 1)


@dataclass(frozen=True, slots=True)
class Found:
    """How many schedules were played, and what went wrong, each with the seed that `replay` takes."""

    schedules: int
    violations: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is broken on purpose: scripts, how a sender checks its lease, how long an order in doubt is left alone."""

    changes: Changes = ()
    self_fence: SelfFence = "whole"
    settle_ms: int = SETTLE_MS


SOUND: Final = Flaw()


async def _work(shared: Shared, actor: Actor) -> None:
    process = Process(shared, actor)
    for _ in range(4):
        await actor.gate("before a job", lambda: bool(shared.queue.waiting))
        await process.work()


async def _poll(shared: Shared, actor: Actor) -> None:
    process = Process(shared, actor)
    for _ in range(10):
        await actor.gate("before a look", shared.later())
        await poll_once(process.remote)


async def _sweep(shared: Shared, actor: Actor) -> None:
    process = Process(shared, actor)
    for _ in range(4):
        await actor.gate("before a sweep", shared.later())
        await shared.queue.wake(await process.ledger.sweep())


async def _cancel(shared: Shared, actor: Actor) -> None:
    process = Process(shared, actor)
    await actor.gate("before a wish to stop")
    await shared.queue.wake((await process.ledger.cancel("op1", STOPPED)).ready)


CAST: Final[tuple[tuple[str, Life], ...]] = (
    ("worker 1", _work),
    ("worker 2", _work),
    ("poller", _poll),
    ("sweeper", _sweep),
)
SOMETIMES: Final[tuple[tuple[str, Life, float], ...]] = (("poller 2", _poll, 0.3), ("person", _cancel, 0.2))
"""Who else may be there, and how often."""


async def run(url: str, *, schedules: int, seed: int, flaw: Flaw = SOUND) -> Found:
    """Play `schedules` random schedules on the server at `url`, whose databases 0 to 7 are emptied."""
    with scratch() as folder:

        async def one(redis: Redis, scripts: ClockedLedger, name: str) -> str:
            wrong, _ = await _play(redis, scripts, folder, name, flaw)
            return wrong and f"{name}: {wrong}"

        names = (f"{seed}:{number}" for number in range(schedules))
        return Found(schedules, await in_lanes(url, names, one, changes=flaw.changes))


async def replay(url: str, name: str, *, flaw: Flaw = SOUND) -> list[str]:
    """Every step of one schedule, then what went wrong. `name` is what a violation begins with, as "7:123"."""
    redis: Redis = Redis.from_url(url, decode_responses=True)
    try:
        await redis.flushdb()
        with scratch() as folder:
            wrong, trace = await _play(redis, ClockedLedger(redis, changes=flaw.changes), folder, name, flaw)
            return [*trace, wrong or "all is well"]
    finally:
        await redis.aclose()


async def _play(redis: Redis, scripts: ClockedLedger, folder: Path, name: str, flaw: Flaw) -> tuple[str, list[str]]:
    chance = random.Random(f"interleave {name}")
    clock = scripts.clock = Clock()
    vendors: tuple[Vendor, ...] = (_vendor("v", chance, faults=chance.randrange(3)),)
    if chance.random() < 0.2:
        vendors += (_vendor("w", chance, faults=1),)
    story = ", ".join(f"{v.name} {v.tier} {v.faults}" for v in vendors)
    schedule = Schedule(chance, clock, SPANS_MS)
    shared = Shared(
        redis=redis,
        scripts=scripts,
        clock=clock,
        schedule=schedule,
        vendors=vendors,
        folder=folder,
        chance=chance,
        queue=Later(),
        auditor=Auditor(redis, "op1", BUDGET),
        self_fence=flaw.self_fence,
        settle_ms=flaw.settle_ms,
    )
    await shared.queue.wake(await dispatch_shot(scripts, vendors))
    try:
        extras = [(role, life) for role, life, share in SOMETIMES if chance.random() < share]
        for role, life in (*CAST, *extras):
            await schedule.enter(role, partial(life, shared))
        await schedule.play()
        found = [f"{actor.name} ended with {actor.error!r}" for actor in schedule.actors if actor.error]
        found += wrongs(await _come_to_rest(shared), vendors)
    except AssertionError as error:
        found = [str(error)]
    finally:
        await schedule.stop()
    return f"{'; '.join(found)} ({story})" if found else "", schedule.trace


def _vendor(name: str, chance: random.Random, *, faults: int) -> Vendor:
    return Vendor(
        name,
        chance.choice(TIERS),
        chance.choices(FAULTS, k=faults),
        cancel_level=chance.choice(CANCELS),
        stops=chance.random() < 0.5,
    )


async def _come_to_rest(shared: Shared) -> Ending:
    """Let one healthy process do all that is left to do; gives the ending as it is then."""
    process = Process(shared, None)
    for _ in range(ROUNDS_TO_REST):
        ending = await shared.auditor.read()
        if ending.at_rest:
            break
        shared.clock.now_ms += SETTLE_MS + 1
        await shared.queue.wake(await process.ledger.sweep())
        await poll_once(process.remote)
        while shared.queue.waiting:
            await process.work()
    return ending
