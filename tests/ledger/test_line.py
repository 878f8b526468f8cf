"""The line before the workers: short queues, fair turns, caps, and nothing that waits for ever."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from redis.asyncio import Redis

from cutaway.ledger import Ledger, Order
from cutaway.ledger.ledger import Crew
from cutaway.ledger.submissions import Submissions

ASSET = "a" * 64
QUANTUM_S = 10


class Later(Ledger):
    """A ledger whose server's clock is ahead by what the key `ahead` says (milliseconds)."""

    def source(self, name: str) -> str:
        old = "return t[1] * 1000 + math.floor(t[2] / 1000)"
        text = super().source(name)
        assert old in text
        return text.replace(old, f"{old} + tonumber(redis.call('GET', 'ahead') or 0)")


async def order(
    ledger: Ledger, *names: str, tenant: str = "t", queue: str = "cpu", model: str = "sketch:paper", **more: Any
) -> list[str]:
    orders = [
        Order(id=f"op{tenant}{name}", kind="shot", key=f"{tenant}{name}", spec={}, queue=queue, model=model, **more)
        for name in names
    ]
    done = await ledger.dispatch(
        orders, tenant=tenant, thread="th", version_id="v", quote_id="q", message_id="m", cut_key="c"
    )
    return [operation for operation, _ in done.ready]


async def crew(ledger: Ledger, **workers: int) -> list[str]:
    woken = await ledger.sweep(crew=Crew("here", workers), waiting={})
    return [operation for operation, _ in woken]


async def finish(ledger: Ledger, operation_id: str) -> list[str]:
    operation = await ledger.claim(operation_id, owner="w")
    assert operation
    return [woken for woken, _ in await ledger.finish(operation, asset=ASSET, facts={})]


async def test_a_queue_holds_at_most_twice_its_free_workers(redis: Redis) -> None:
    ledger = Ledger(redis)
    await crew(ledger, cpu=3)
    picked = await order(ledger, *map(str, range(20)))
    assert len(picked) == 6
    for taken in picked[:3]:
        assert await ledger.claim(taken, owner="w")
    assert await crew(ledger, cpu=3) == []


async def test_a_worker_that_ends_its_work_is_given_the_next(redis: Redis) -> None:
    ledger = Ledger(redis)
    first = await order(ledger, *map(str, range(5)))
    assert len(first) == 2  # one worker is assumed where none has reported
    assert len(await finish(ledger, first[0])) == 1


async def test_tenants_take_turns_however_much_one_of_them_ordered(redis: Redis) -> None:
    ledger = Ledger(redis)
    done = await order(ledger, *map(str, range(60)), tenant="a", weight_s=5)
    await order(ledger, "0", "1", "2", tenant="b", weight_s=5)
    served: list[str] = []
    while done:
        served += done
        done = [woken for one in done for woken in await finish(ledger, one)]
    assert max(served.index(f"opb{n}") for n in range(3)) < 10
    assert len(served) == 63


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(lengths=st.lists(st.lists(st.integers(1, 60), min_size=1, max_size=8), min_size=2, max_size=4))
def test_no_tenant_gets_ahead_by_more_than_one_turn_and_one_order(
    valkey_url: str, lengths: Sequence[Sequence[int]]
) -> None:
    async def play() -> None:
        redis: Redis = Redis.from_url(valkey_url, decode_responses=True)
        await redis.flushall()
        ledger = Ledger(redis)
        weights: dict[str, int] = {}
        await redis.hset("cutaway:caps", "tenant", "0")  # everybody stands in line before anybody is picked
        for tenant, seconds in zip("abcd", lengths, strict=False):
            for number, weight in enumerate(seconds):
                await order(ledger, str(number), tenant=tenant, weight_s=weight)
                weights[f"op{tenant}{number}"] = weight
        await ledger.set_caps({})
        left = Counter(operation[2] for operation in weights)
        served: Counter[str] = Counter()
        done = await crew(ledger, cpu=1)
        while done:
            for one in done:
                served[one[2]] += weights[one]
                left[one[2]] -= 1
                waiting = [tenant for tenant in left if left[tenant]]
                # Every tenant that still has work has had its share, up to one turn and one order.
                for tenant in waiting:
                    assert served[one[2]] - served[tenant] <= 2 * (QUANTUM_S + 60)
            done = [woken for one in done for woken in await finish(ledger, one)]
        assert not any(left.values())
        await redis.aclose()

    asyncio.run(play())


async def test_a_lower_priority_is_overtaken_for_a_minute_and_no_longer(redis: Redis) -> None:
    ledger = Later(redis)
    await ledger.set_caps({"tenant": 0})
    await order(ledger, "batch", priority=1)
    await order(ledger, "soon")
    await redis.set("ahead", 61_000)
    await order(ledger, "late")
    await ledger.set_caps({})
    first = await crew(ledger, cpu=3)
    assert first == ["optsoon", "optbatch", "optlate"]


async def test_a_tenants_cap_holds_back_only_that_tenant(redis: Redis) -> None:
    ledger = Ledger(redis)
    await ledger.set_caps({"tenant:greedy": 1})
    await crew(ledger, cpu=5)
    assert await order(ledger, "0", "1", "2", tenant="greedy") == ["opgreedy0"]
    assert len(await order(ledger, "0", "1", "2", tenant="other")) == 3
    assert await finish(ledger, "opgreedy0") == ["opgreedy1"]


async def test_a_vendors_cap_counts_its_jobs_until_they_end_and_lets_others_pass(redis: Redis) -> None:
    ledger = Ledger(redis)
    submissions = Submissions(ledger)
    await ledger.set_caps({"provider:slow": 1})
    await crew(ledger, io=5)
    assert await order(ledger, "0", "1", queue="io", model="slow:m") == ["opt0"]
    assert await order(ledger, "2", queue="io", model="quick:m") == ["opt2"]
    taken = (await submissions.take("opt0", owner="w")).operation
    assert taken
    handle = {"provider": "slow", "model": "m", "native_id": "j", "data": {}}
    assert (await submissions.accept(taken, handle, poll_after_s=0)).ready == ()
    error = {"code": "x", "message": "it broke"}
    assert await ledger.fail(taken, error) == (("opt1", "io"),)


async def test_a_frozen_vendor_is_said_once_and_takes_no_place(redis: Redis) -> None:
    ledger = Ledger(redis)
    await redis.hset("cutaway:frozen", "provider:slow", "outage")
    await crew(ledger, io=1)
    assert await order(ledger, "0", "1", queue="io", model="slow:m") == []
    assert await order(ledger, "2", queue="io", model="quick:m") == ["opt2"]
    assert await crew(ledger, io=1) == []
    events: Any = await redis.xrange("cutaway:t:thread:th:events")
    assert [fields["reason"] for _, fields in events if fields["type"] == "operation.held_back"] == ["outage"] * 2
    await redis.delete("cutaway:frozen")
    assert await crew(ledger, io=1) == ["opt0"]


async def test_a_wake_up_that_is_lost_is_repeated_and_one_that_waits_is_not(redis: Redis) -> None:
    ledger = Later(redis)
    assert await order(ledger, "0") == ["opt0"]
    await redis.set("ahead", 3_000)
    assert await ledger.sweep(waiting={"cpu": ["opt0"]}) == ()
    await redis.set("ahead", 6_000)
    assert await ledger.sweep(waiting={"cpu": []}) == (("opt0", "cpu"),)


async def test_a_dead_workers_order_is_back_in_line_within_its_lease(redis: Redis) -> None:
    ledger = Later(redis)
    await order(ledger, "0")
    assert await ledger.claim("opt0", owner="w")
    await redis.set("ahead", 3_900)
    assert await ledger.sweep(waiting={}) == ()
    await redis.set("ahead", 4_100)
    assert await ledger.sweep(waiting={}) == (("opt0", "cpu"),)
    heir = await ledger.claim("opt0", owner="heir")
    assert heir
    assert heir.attempts == 2


async def test_an_order_that_ends_three_workers_is_not_given_to_a_fourth(redis: Redis) -> None:
    ledger = Later(redis)
    await order(ledger, "0")
    for attempt in range(1, 4):
        assert await ledger.claim("opt0", owner="w")
        await redis.set("ahead", attempt * 5_000)
        assert await ledger.sweep(waiting={}) == (("opt0", "cpu"),)
    assert await ledger.claim("opt0", owner="w") is None
    assert (await ledger.get("opt0")).phase == "failed"


async def test_nothing_stays_on_any_list_once_all_is_done(redis: Redis) -> None:
    ledger = Ledger(redis)
    done = await order(ledger, *map(str, range(7)))
    while done:
        done = [woken for one in done for woken in await finish(ledger, one)]
    keys: Any = await redis.keys("cutaway:line:*")
    assert sorted(keys) == []
    assert await redis.keys("cutaway:flying:*") == []
    assert await redis.zcard("cutaway:open") == 0
