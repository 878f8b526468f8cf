"""The promises have teeth: each of these broken ledgers and workers is caught by the scenario that names it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from bench.chaos.sweep import audit
from bench.chaos.vendor import Vendor
from bench.chaos.world import World
from redis.asyncio import Redis

from cutaway.errors import ProviderError, SubmitUnknownError
from cutaway.jobs.entry import work_on
from cutaway.ledger import Ledger, Order, Scope

NO_INTENT = (
    ("claim", "set(id, 'phase', 'submitting',", "set(id, 'phase', 'ready',"),
    ("accept", "(r.phase == 'submitting' or", "(r.phase == 'ready' or"),
)
NO_FENCE = (
    "finish",
    "if r.fence ~= fence or (r.phase ~= 'submitted' and r.phase ~= 'rendered') then",
    "if false then",
)
NO_REPEAT = ("finish", "if r.phase == 'done' and r.fence == fence and r.asset == asset then", "if false then")
NO_SETTLE_ONCE = ("finish", "if r.money == 'settled' or r.money == 'released' then", "if false then")


async def breaks(redis: Redis, folder: Path, vendor: Callable[[], Vendor], *changes: tuple[str, str, str]) -> bool:
    """True when some death, or none, makes the mutant break a promise."""
    for point in range(-1, 24):
        await redis.flushall()
        world = World(redis, folder, vendor(), deaths=[point] if point >= 0 else [], changes=changes)
        await world.order()
        try:
            await audit(await world.run(rounds=12), world)
        except AssertionError:
            return True
    return False


async def test_an_order_without_a_written_intent_is_placed_twice(redis: Redis, tmp_path: Path) -> None:
    assert await breaks(redis, tmp_path, lambda: Vendor("v", "blind"), *NO_INTENT)


async def test_taking_a_timeout_for_not_sent_pays_twice(redis: Redis, tmp_path: Path) -> None:
    class Naive(Vendor):
        async def submit(self, *args: Any) -> Any:
            try:
                return await super().submit(*args)
            except SubmitUnknownError as error:
                raise ProviderError("It surely failed.", kind="provider", retryable=True, retry_after_s=0) from error

    assert await breaks(redis, tmp_path, lambda: Naive("v", "blind", ["drop_after"]))


async def test_a_transport_that_retries_pays_twice(redis: Redis, tmp_path: Path) -> None:
    class Eager(Vendor):
        async def submit(self, *args: Any) -> Any:
            try:
                return await super().submit(*args)
            except SubmitUnknownError:
                return await super().submit(*args)

    assert await breaks(redis, tmp_path, lambda: Eager("v", "blind", ["drop_after"]))


async def test_a_hold_released_while_the_outcome_is_unknown_is_missed(redis: Redis, tmp_path: Path) -> None:
    change = (
        "doubt",
        "set(r.id, 'phase', 'unknown',",
        "set(r.id, 'money', settle(r, 0), 'phase', 'unknown',",
    )
    assert await breaks(redis, tmp_path, lambda: Vendor("v", "blind", ["drop_after"]), change)


async def booked_twice(redis: Redis, *changes: tuple[str, str, str]) -> int:
    """What a budget is charged when a worker whose lease was taken over books its result as well."""
    ledger = World(redis, Path("."), Vendor("v", "blind"), changes=changes).ledger
    order = Order(id="op1", kind="shot", key="k", spec={}, queue="cpu", hold_micro=10)
    scope = Scope("budget", "thread", 100)
    where: Any = {"tenant": "t", "thread": "th", "version_id": "v", "quote_id": "q", "message_id": "m", "cut_key": "c"}
    await ledger.dispatch([order], **where, scopes=[scope])
    zombie = await ledger.claim("op1", owner="zombie", lease_ms=-1)
    heir = await ledger.claim("op1", owner="heir")
    assert zombie
    assert heir
    for who, asset in ((heir, "a" * 64), (zombie, "b" * 64)):
        await asyncio.gather(ledger.finish(who, asset=asset, facts={}, charged_micro=10), return_exceptions=True)
    return int(await redis.hget("budget", "charged") or 0)


async def test_without_the_fence_and_settling_once_a_zombie_is_paid_as_well(redis: Redis) -> None:
    assert await booked_twice(redis) == 10
    await redis.flushall()
    assert await booked_twice(redis, NO_FENCE, NO_REPEAT, NO_SETTLE_ONCE) == 20


async def test_settling_once_holds_alone_when_the_fence_is_gone(redis: Redis) -> None:
    assert await booked_twice(redis, NO_FENCE) == 10
    await redis.flushall()
    assert await booked_twice(redis, NO_FENCE, NO_SETTLE_ONCE) == 20


async def test_a_budget_checked_before_it_is_added_to_is_overspent(redis: Redis) -> None:
    class CheckThenAdd(Ledger):
        async def dispatch(self, orders: Any, *, scopes: Any = (), **more: Any) -> Any:
            used = await self.spent(scopes)
            for scope, (held, charged) in zip(scopes, used, strict=True):
                if held + charged + sum(o.hold_micro for o in orders) > scope.limit_micro:
                    raise ProviderError("over budget")
            await asyncio.sleep(0)
            return await super().dispatch(orders, scopes=[Scope(s.key, s.name, 10**12) for s in scopes], **more)

    async def admitted(ledger: Ledger) -> int:
        await redis.flushall()
        where: Any = {"tenant": "t", "thread": "th", "quote_id": "q", "message_id": "m", "cut_key": "c"}
        tries = [
            ledger.dispatch(
                [Order(id=f"op{i}", kind="shot", key=f"k{i}", spec={}, queue="cpu", hold_micro=1_300_000)],
                version_id=f"v{i}",
                scopes=[Scope("budget", "thread", 20_000_000)],
                **where,
            )
            for i in range(64)
        ]
        results = await asyncio.gather(*tries, return_exceptions=True)
        return sum(1 for result in results if not isinstance(result, Exception))

    assert await admitted(Ledger(redis)) == 15
    assert await admitted(CheckThenAdd(redis)) > 15


async def test_a_webhook_that_is_believed_makes_a_film_of_a_failed_job(redis: Redis, tmp_path: Path) -> None:
    """A forged webhook says that a job is done for nothing; the vendor's own answer is that it failed."""

    async def ends_as(hear: Callable[[World], Awaitable[object]]) -> str:
        await redis.flushall()
        world = World(redis, tmp_path, Vendor("v", "blind", ["fail_job"]))
        await world.order()
        await work_on(world.bench, world.remote, "op1", stopping=lambda: False)
        await hear(world)
        return (await world.run()).phase

    async def believe(world: World) -> None:
        said = {"outputs": ["out"], "cost_micro": 0}
        await world.queue.wake(await world.remote.submissions.found(await world.ledger.get("op1"), "rendered", said))

    assert await ends_as(lambda world: world.ledger.nudge("v", "job0")) == "failed"
    assert await ends_as(believe) == "done"


async def test_a_webhook_makes_only_its_own_open_jobs_poll_due(redis: Redis, tmp_path: Path) -> None:
    world = World(redis, tmp_path, Vendor("v", "blind"))
    await world.order()
    await work_on(world.bench, world.remote, "op1", stopping=lambda: False)
    assert await world.remote.submissions.due() == ()
    assert not await world.ledger.nudge("v", "another")
    assert not await world.ledger.nudge("w", "job0")
    assert await world.ledger.nudge("v", "job0")
    assert [one.id for one in await world.remote.submissions.due()] == ["op1"]
    await world.run()
    assert not await world.ledger.nudge("v", "job0")
