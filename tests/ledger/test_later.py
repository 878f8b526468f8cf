"""Work that begins later waits like work that waits for others, and is let go by the sweeper when its time has come."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from redis.asyncio import Redis

from cutaway.ledger import Ledger, Order
from cutaway.ledger.readings import PutOff


def order(name: str, **more: object) -> Order:
    return Order.model_validate({"id": name, "kind": "shot", "key": f"k-{name}", "spec": {}, "queue": "cpu"} | more)


async def dispatch(ledger: Ledger, *orders: Order) -> list[tuple[str, str]]:
    done = await ledger.dispatch(
        orders, tenant="t", thread="th", version_id="v", quote_id="q", message_id="m", cut_key="cut", scopes=()
    )
    return [tuple(one) for one in done.ready]  # type: ignore[misc]


async def test_an_order_for_later_is_not_ready_and_says_when_it_will_be(redis: Redis) -> None:
    ledger = Ledger(redis)
    begins_ms = round(time.time() * 1000) + 3_600_000
    assert await dispatch(ledger, order("op1", not_before_ms=begins_ms)) == []
    found = await ledger.get("op1")
    assert found.phase == "waiting"
    assert found.not_before
    assert round(found.not_before.timestamp() * 1000) == begins_ms
    assert list(await ledger.sweep()) == []


async def test_an_order_whose_time_has_passed_begins_at_once(redis: Redis) -> None:
    ledger = Ledger(redis)
    assert await dispatch(ledger, order("op1", not_before_ms=1)) == [("op1", "cpu")]


async def test_the_sweeper_lets_it_go_when_its_time_has_come(redis: Redis) -> None:
    ledger = Ledger(redis)
    await dispatch(ledger, order("op1", not_before_ms=round(time.time() * 1000) + 3_600_000))
    # The time comes: what the sweeper goes by is moved, so that nothing waits here.
    await redis.zadd("cutaway:open", {"op1": 1})
    assert [tuple(one) for one in await ledger.sweep()] == [("op1", "cpu")]
    found = await ledger.get("op1")
    assert (found.phase, found.not_before) == ("ready", None)


async def test_what_waits_for_others_too_waits_for_both(redis: Redis) -> None:
    ledger = Ledger(redis)
    later = round(time.time() * 1000) + 3_600_000
    await dispatch(ledger, order("op1", queue="io"), order("op2", after=("op1",), not_before_ms=later))
    await redis.zadd("cutaway:open", {"op2": 1})
    await ledger.sweep()
    assert (await ledger.get("op2")).phase == "waiting"


async def test_what_waits_says_by_when_it_is_needed_and_how_long_it_takes(redis: Redis) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    later, needed = now + timedelta(hours=1), now + timedelta(hours=9)
    times = {"needed_by_ms": ms(needed), "takes_ms": 90_000}
    ledger = Ledger(redis)
    await dispatch(
        ledger, order("op1", model="gpu:one", not_before_ms=ms(later), **times), order("op2", model="gpu:one")
    )
    assert await ledger.put_off(now) == (PutOff("op1", "gpu", later, 90.0, needed),)
    assert await ledger.put_off(later) == ()


async def test_it_can_be_moved_while_it_waits_and_not_once_it_is_ready(redis: Redis) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    ledger, moved = Ledger(redis), now + timedelta(hours=5)
    await dispatch(ledger, order("op1", not_before_ms=ms(now + timedelta(hours=1))), order("op2"))
    assert await ledger.put_off_until({"op1": moved, "op2": moved, "gone": moved}) == 1
    assert (await ledger.get("op1")).not_before == moved
    assert (await ledger.get("op2")).phase == "ready"
    assert await redis.zscore("cutaway:open", "op1") == ms(moved)


async def test_it_can_be_moved_to_now(redis: Redis) -> None:
    ledger = Ledger(redis)
    await dispatch(ledger, order("op1", not_before_ms=round(time.time() * 1000) + 3_600_000))
    await ledger.put_off_until({"op1": datetime(2026, 1, 1, tzinfo=UTC)})
    assert [tuple(one) for one in await ledger.sweep()] == [("op1", "cpu")]


def ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


async def test_it_can_be_cancelled_while_it_waits(redis: Redis) -> None:
    ledger = Ledger(redis)
    await dispatch(ledger, order("op1", not_before_ms=round(time.time() * 1000) + 3_600_000))
    await ledger.cancel("op1", {"code": "stopped", "message": "Not any more."})
    assert (await ledger.get("op1")).phase == "cancelled"
