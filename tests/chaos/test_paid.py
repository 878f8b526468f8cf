"""Paid orders over real HTTP, real RQ workers and kill -9: a short sample of the storm that `bench/chaos/storm.py` is.

The vendor's own books say what was ordered and charged.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from bench.chaos.audit import Books, Tally, audit, table
from bench.chaos.house import Tier
from bench.chaos.storm import BUDGET, FAULTS, run
from redis.asyncio import Redis

from cutaway.ledger import Ledger, Operation, Order, Scope

OPERATIONS = 24
KILLS = 6


async def storm(tier: Tier, folder: Path) -> Tally:
    return await run(
        operations=OPERATIONS,
        tier=tier,
        workers=2,
        kills=KILLS,
        zombies=1,
        store_kills=1,
        double_clicks=0.1,
        faults=FAULTS,
        seed=7,
        folder=folder,
    )


@pytest.mark.chaos
@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_no_order_is_lost_or_paid_twice_and_the_books_agree_while_everything_dies(tmp_path: Path) -> None:
    tallies = await asyncio.gather(storm("A", tmp_path / "A"), storm("D", tmp_path / "D"))
    for tally in tallies:
        assert not tally.violations, table(tallies)
        assert tally.admitted + tally.refused == OPERATIONS + 2
        assert tally.done + tally.failed + tally.parked == tally.admitted
        assert tally.done >= OPERATIONS // 2
        assert (sum(tally.kills.values()), sum(tally.zombies.values()), tally.store_kills) == (KILLS, 1, 1)
    assert tallies[0].parked == 0


async def test_the_audit_sees_a_double_payment_a_leak_a_gap_and_a_resend(redis: Redis) -> None:
    order = Order(id="op1", kind="shot", key="k1", spec={}, queue="io", hold_micro=100, model="lab:m1")
    await Ledger(redis).dispatch(
        [order],
        tenant="t",
        thread="th",
        version_id="v",
        quote_id="q",
        message_id="m",
        cut_key="c",
        scopes=[Scope(BUDGET, "thread", 1000)],
    )
    operation = await Ledger(redis).get("op1")
    accepted = {"event": "accepted", "fields": {"prompt": "fox"}, "charged_micro": 100}
    books = Books.read([{"event": "arrived", "prompt": "fox"}, accepted] * 2)
    done = operation.model_copy(update={"phase": "done", "charged_micro": 100})

    def judged(operations: dict[str, Operation], *, held: int, charged: int) -> Tally:
        tally = Tally("D", 0)
        audit(tally, operations, {"op1": "fox"}, books, held, charged)
        return tally

    paid = judged({"op1": done}, held=50, charged=90)
    assert (paid.paid_twice, paid.resent, paid.gap_micro, paid.leaked_micro, paid.done) == (1, 1, 100, 50, 1)
    assert len(paid.violations) == 5
    still_open = judged({"op1": operation}, held=100, charged=0)
    assert (still_open.lost, still_open.stuck, still_open.leaked_micro) == (1, 1, 0)
    gone = judged({}, held=0, charged=0)
    assert (gone.lost, gone.stuck) == (1, 0)


def test_an_order_refused_with_429_may_be_sent_again_and_a_dropped_one_may_not() -> None:
    arrived = {"event": "arrived", "prompt": "fox"}
    assert not Books.read([arrived, {"event": "refused", "fault": "429", "prompt": "fox"}, arrived]).resent["fox"]
    assert Books.read([arrived, {"event": "refused", "fault": "drop_before", "prompt": "fox"}, arrived]).resent["fox"]
