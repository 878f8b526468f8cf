"""The ledger's promises, on a real Valkey."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from redis.asyncio import Redis

from cutaway.errors import BudgetError, NotFoundError, StaleLeaseError
from cutaway.ledger import Dispatched, Ledger, Order, Scope
from cutaway.ledger.ledger import MAX_ATTEMPTS

FACTS = {"duration_s": 3.0}
ASSET = "a" * 64
OTHER = "b" * 64


def shot(name: str, *, hold: int = 0, key: str | None = None) -> Order:
    return Order(
        id=f"op{name}",
        kind="shot",
        key=key or f"key{name}",
        spec={"n": name},
        queue="cpu",
        hold_micro=hold,
        shot_id=name,
    )


def cut(*after: str, name: str = "cut", key: str = "keycut") -> Order:
    return Order(id=f"op{name}", kind="cut", key=key, after=after, spec={}, queue="cpu")


async def order(ledger: Ledger, *orders: Order, version: str = "v1", **more: Any) -> Dispatched:
    return await ledger.dispatch(
        orders,
        tenant=more.pop("tenant", "t"),
        thread="th",
        version_id=version,
        quote_id="q",
        message_id="m",
        cut_key=orders[-1].key,
        **more,
    )


async def events(redis: Redis) -> list[tuple[str, str]]:
    found: Any = await redis.xrange("cutaway:t:thread:th:events")
    return [(fields["type"], fields.get("operation_id") or fields["version_id"]) for _, fields in found]


async def make(ledger: Ledger, operation_id: str, asset: str = ASSET, **more: Any) -> tuple[tuple[str, str], ...]:
    operation = await ledger.claim(operation_id, owner="w")
    assert operation is not None
    return await ledger.finish(operation, asset=asset, facts=FACTS, **more)


async def test_shots_are_ready_at_once_and_the_cut_waits_for_them(redis: Redis) -> None:
    ledger = Ledger(redis)
    done = await order(ledger, shot("1"), shot("2"), cut("op1", "op2"))
    assert {i for i, _ in done.ready} == {"op1", "op2"}
    assert (await ledger.get("opcut")).phase == "waiting"
    assert await make(ledger, "op1") == ()
    assert await make(ledger, "op2") == (("opcut", "cpu"),)
    assert (await ledger.get("opcut")).phase == "ready"


async def test_ordering_the_same_version_twice_writes_it_once(redis: Redis) -> None:
    ledger = Ledger(redis)
    first = await order(ledger, shot("1", hold=5), cut("op1"), scopes=[Scope("b", "thread", 100)])
    again = await order(ledger, shot("1", hold=5), cut("op1"), scopes=[Scope("b", "thread", 100)])
    assert len(first.ready) == 1
    assert again.ready == ()
    assert await redis.hget("b", "held") == "5"


async def test_what_is_already_made_is_not_ordered_again(redis: Redis) -> None:
    ledger = Ledger(redis)
    await order(ledger, shot("1"), cut("op1"))
    await make(ledger, "op1")
    again = await order(ledger, shot("9", key="key1"), cut("op9", name="cut2", key="other"), version="v2")
    assert again.operations["op9"] == ""
    assert again.ready == (("opcut2", "cpu"),)


async def test_what_is_being_made_for_another_version_is_waited_for(redis: Redis) -> None:
    ledger = Ledger(redis)
    await order(ledger, shot("1"), cut("op1"))
    again = await order(ledger, shot("9", key="key1"), cut("op9", name="cut2", key="other"), version="v2")
    assert again.operations["op9"] == "op1"
    assert again.ready == ()
    assert ("opcut2", "cpu") in await make(ledger, "op1")


async def test_the_version_is_announced_when_its_cut_is_done(redis: Redis) -> None:
    ledger = Ledger(redis)
    await order(ledger, shot("1"), cut("op1"))
    await make(ledger, "op1")
    await make(ledger, "opcut", OTHER)
    assert (await events(redis))[-1] == ("version.ready", "v1")


async def test_a_version_whose_film_exists_is_ready_when_it_is_dispatched(redis: Redis) -> None:
    ledger = Ledger(redis)
    await order(ledger, cut())
    await make(ledger, "opcut")
    again = await order(ledger, cut(name="other"), version="v2")
    assert again.made == {"v2"}
    assert (await events(redis))[-1] == ("version.ready", "v2")


async def test_two_versions_with_the_same_film_under_way_are_both_announced(redis: Redis) -> None:
    ledger = Ledger(redis)
    await order(ledger, cut())
    await order(ledger, cut(name="other"), version="v2")
    await make(ledger, "opcut")
    ready = [version for kind, version in await events(redis) if kind == "version.ready"]
    assert sorted(ready) == ["v1", "v2"]


async def test_only_one_of_many_workers_gets_an_operation(redis: Redis) -> None:
    ledger = Ledger(redis)
    await order(ledger, shot("1"))
    got = await asyncio.gather(*(ledger.claim("op1", owner=f"w{i}") for i in range(20)))
    assert sum(1 for operation in got if operation) == 1


async def test_a_worker_whose_lease_was_taken_over_cannot_book_its_result(redis: Redis) -> None:
    ledger = Ledger(redis)
    await order(ledger, shot("1", hold=7), scopes=[Scope("b", "thread", 100)])
    zombie = await ledger.claim("op1", owner="zombie", lease_ms=-1)
    heir = await ledger.claim("op1", owner="heir")
    assert zombie
    assert heir
    with pytest.raises(StaleLeaseError):
        await ledger.renew(zombie, 0.5)
    with pytest.raises(StaleLeaseError):
        await ledger.finish(zombie, asset=OTHER, facts=FACTS, charged_micro=7)
    await ledger.finish(heir, asset=ASSET, facts=FACTS, charged_micro=6)
    row = await ledger.get("op1")
    assert (row.asset, row.charged_micro, row.money) == (ASSET, 6, "settled")
    assert await redis.hgetall("b") == {"held": "0", "charged": "6"}


async def test_a_result_booked_twice_is_settled_once(redis: Redis) -> None:
    ledger = Ledger(redis)
    await order(ledger, shot("1", hold=7), scopes=[Scope("b", "thread", 100)])
    operation = await ledger.claim("op1", owner="w")
    assert operation
    for _ in range(3):
        await ledger.finish(operation, asset=ASSET, facts=FACTS, charged_micro=7)
    assert await redis.hgetall("b") == {"held": "0", "charged": "7"}
    assert [kind for kind, _ in await events(redis)].count("operation.done") == 1


async def test_a_budget_without_room_refuses_the_whole_dispatch_and_names_it(redis: Redis) -> None:
    ledger = Ledger(redis)
    scopes = [Scope("wide", "thread", 1_000_000), Scope("tight", "turn", 300_000)]
    with pytest.raises(BudgetError, match=r"turn budget has \$0\.30 of \$0\.30 left .* up to \$0\.40") as refused:
        await order(ledger, shot("1", hold=200_000), shot("2", hold=200_000), scopes=scopes)
    assert (refused.value.headroom_micro, refused.value.needed_micro) == (300_000, 400_000)
    assert await redis.keys("cutaway:op:*") == []
    assert await redis.exists("wide", "tight") == 0


async def test_sixty_four_turns_at_once_never_exceed_a_budget(redis: Redis) -> None:
    ledger = Ledger(redis)
    scopes = [Scope("b", "thread", 20_000_000)]
    tries = [order(ledger, shot(str(i), hold=1_300_000), version=f"v{i}", scopes=scopes) for i in range(64)]
    results = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(1 for r in results if isinstance(r, Dispatched)) == 15
    assert await redis.hget("b", "held") == str(15 * 1_300_000)


async def test_a_failed_shot_cancels_its_cut_and_releases_every_hold(redis: Redis) -> None:
    ledger = Ledger(redis)
    await order(ledger, shot("1", hold=9), cut("op1"), scopes=[Scope("b", "thread", 100)])
    operation = await ledger.claim("op1", owner="w")
    assert operation
    await ledger.fail(operation, {"code": "provider", "message": "no"})
    assert ((await ledger.get("op1")).phase, (await ledger.get("opcut")).phase) == ("failed", "cancelled")
    assert (await ledger.get("op1")).money == "released"
    assert await redis.hget("b", "held") == "0"
    assert await ledger.open_ids() == ()
    assert (await events(redis))[-1] == ("version.failed", "v1")


async def test_a_returned_lease_does_not_count_as_an_attempt(redis: Redis) -> None:
    ledger = Ledger(redis)
    await order(ledger, shot("1"))
    for _ in range(MAX_ATTEMPTS + 2):
        operation = await ledger.claim("op1", owner="w")
        assert operation
        await ledger.fail(operation, {"code": "stopped"}, again=True, counts=False)
    assert (await ledger.get("op1")).phase == "ready"


async def test_an_operation_that_ends_every_worker_is_given_up(redis: Redis) -> None:
    ledger = Ledger(redis)
    await order(ledger, shot("1"), cut("op1"))
    for _ in range(MAX_ATTEMPTS):
        assert await ledger.claim("op1", owner="doomed", lease_ms=-1)
    assert await ledger.claim("op1", owner="next") is None
    row = await ledger.get("op1")
    assert row.phase == "failed"
    assert row.error
    assert row.error["code"] == "worn_out"


async def test_the_sweeper_finds_an_orphan_once_and_leaves_waiting_work_alone(redis: Redis) -> None:
    ledger = Ledger(redis)
    await order(ledger, shot("1"), cut("op1"))
    assert await ledger.claim("op1", owner="doomed", lease_ms=-1)
    assert await ledger.sweep() == (("op1", "cpu"),)
    assert await ledger.sweep() == ()


async def test_an_operation_of_another_tenant_is_not_found(redis: Redis) -> None:
    ledger = Ledger(redis)
    await order(ledger, shot("1"), tenant="mine")
    with pytest.raises(NotFoundError):
        await ledger.get("op1", tenant="theirs")


async def test_a_row_of_a_newer_schema_is_not_claimed(redis: Redis) -> None:
    ledger = Ledger(redis)
    await order(ledger, shot("1"))
    await redis.hset("cutaway:op:op1", "schema", "99")
    assert await ledger.claim("op1", owner="w") is None
    assert await redis.hget("cutaway:op:op1", "phase") == "ready"
