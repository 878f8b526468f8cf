"""Policies in the store: applied, in a canary, taken back, one move after another."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from redis.asyncio import Redis

from cutaway.errors import InputError, NotFoundError
from cutaway.ledger.decisions import MOST_KEPT, DecisionLog
from cutaway.ledger.policies import MOST_BACK, PolicyShelf, PolicyState
from cutaway.ledger.quotes import QuoteBook

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


async def put(shelf: PolicyShelf, revision: str, *, percent: int = 100, shadow: bool = False) -> PolicyState:
    return await shelf.apply(revision, "mine", {"is": revision}, now=NOON, percent=percent, shadow=shadow)


async def test_nothing_applied_is_the_default(redis: Redis) -> None:
    assert await PolicyShelf(redis).state() == PolicyState()


async def test_an_applied_policy_holds_and_is_kept(redis: Redis) -> None:
    shelf = PolicyShelf(redis)
    await put(shelf, "a")
    assert (await shelf.state()).active == "a"
    assert await shelf.document("a") == {"is": "a"}
    assert [(one["did"], one["revision"]) for one in await shelf.history()] == [("apply", "a")]


async def test_a_canary_stands_beside_the_active_one_until_it_is_taken_back(redis: Redis) -> None:
    shelf = PolicyShelf(redis)
    await put(shelf, "a")
    state = await put(shelf, "b", percent=5)
    assert (state.active, state.canary, state.percent) == ("a", "b", 5)
    assert await shelf.rollback(now=NOON) == PolicyState(active="a", before=("",))


async def test_a_canary_that_is_applied_for_all_is_the_active_one(redis: Redis) -> None:
    shelf = PolicyShelf(redis)
    await put(shelf, "a")
    await put(shelf, "b", percent=5)
    assert await put(shelf, "b") == PolicyState(active="b", before=("", "a"))


async def test_rollbacks_go_back_step_by_step_to_the_default_and_no_further(redis: Redis) -> None:
    shelf = PolicyShelf(redis)
    await put(shelf, "a")
    await put(shelf, "b")
    assert [(await shelf.rollback(now=NOON)).active for _ in range(2)] == ["a", ""]
    with pytest.raises(InputError, match="no policy to go back to"):
        await shelf.rollback(now=NOON)


async def test_applying_the_active_one_again_changes_nothing(redis: Redis) -> None:
    shelf = PolicyShelf(redis)
    await put(shelf, "a")
    assert await put(shelf, "a") == PolicyState(active="a", before=("",))
    with pytest.raises(InputError, match="holds for all already"):
        await put(shelf, "a", percent=5)


async def test_a_shadow_changes_nothing_for_anybody(redis: Redis) -> None:
    shelf = PolicyShelf(redis)
    state = await put(shelf, "b", shadow=True)
    assert (state.active, state.canary, state.shadow) == ("", "", "b")


async def test_moves_at_once_follow_each_other(redis: Redis) -> None:
    shelf = PolicyShelf(redis)
    await asyncio.gather(*(put(shelf, f"r{number}") for number in range(8)))
    state = await shelf.state()
    assert {state.active, *state.before} == {"", *(f"r{number}" for number in range(8))}


async def test_the_way_back_is_bounded(redis: Redis) -> None:
    shelf = PolicyShelf(redis)
    for number in range(MOST_BACK + 5):
        await put(shelf, f"r{number}")
    assert len((await shelf.state()).before) == MOST_BACK


async def test_a_revision_that_is_not_there_is_told(redis: Redis) -> None:
    with pytest.raises(NotFoundError):
        await PolicyShelf(redis).document("nowhere")


async def test_decisions_are_written_with_their_quote_once(redis: Redis) -> None:
    book = QuoteBook(redis, "acme")
    for _ in range(2):
        await book.save_first("q", "v", {"most_usd": str(Decimal(1))}, ({"shot": 1}, {"shot": 2}))
    assert await DecisionLog(redis, "acme").read() == ({"shot": 1}, {"shot": 2})
    assert await DecisionLog(redis, "other").read() == ()


async def test_decisions_are_read_from_a_moment_on(redis: Redis) -> None:
    await QuoteBook(redis, "acme").save("q", "v", {}, ({"shot": 1},))
    log = DecisionLog(redis, "acme")
    assert await log.read(since=datetime(2020, 1, 1, tzinfo=UTC)) == ({"shot": 1},)
    assert await log.read(since=datetime(2200, 1, 1, tzinfo=UTC)) == ()


async def test_the_oldest_decisions_go(redis: Redis) -> None:
    await QuoteBook(redis, "acme").save("q", "v", {}, tuple({"shot": n} for n in range(MOST_KEPT + 3)))
    found = await DecisionLog(redis, "acme").read()
    assert (len(found), found[0], found[-1]) == (MOST_KEPT, {"shot": 3}, {"shot": MOST_KEPT + 2})
