"""Quotes and the decisions they share: kept once, given back whole."""

from __future__ import annotations

import json
from typing import Any

from redis.asyncio import Redis

from cutaway.ledger.quotes import QuoteBook


def quote(name: str, *reasons: str) -> dict[str, Any]:
    return {"id": name, "decisions": {f"s{n}": {"why": reason} for n, reason in enumerate(reasons, 1)}}


async def test_equal_decisions_are_kept_once_and_come_back_with_every_quote(redis: Redis) -> None:
    book = QuoteBook(redis, "t")
    await book.save_all([(f"q{n}", f"v{n}", quote(f"q{n}", "cheap", "cheap", "fast")) for n in range(500)])
    assert len(await redis.keys("cutaway:t:decision:*")) == 2
    assert await book.of_version("v499") == quote("q499", "cheap", "cheap", "fast")


async def test_a_quote_that_holds_its_decisions_itself_is_read_as_it_is(redis: Redis) -> None:
    await redis.set("cutaway:t:quote:old", json.dumps(quote("old", "cheap")))
    assert await QuoteBook(redis, "t").load("old") == quote("old", "cheap")


async def test_many_quotes_come_back_in_order_with_decisions_by_name(redis: Redis) -> None:
    book = QuoteBook(redis, "t")
    (name,) = await book.save_decisions([{"why": "cheap"}])
    await book.save_all([(f"q{n}", f"v{n}", {"id": f"q{n}", "decisions": {"s1": name}}) for n in range(300)])
    found, decisions = await book.of_versions([f"v{n}" for n in reversed(range(300))] + ["missing"])
    assert [one["id"] for one in found] == [f"q{n}" for n in reversed(range(300))]
    assert decisions == {name: {"why": "cheap"}}


async def test_the_first_of_many_quotes_with_one_id_is_kept(redis: Redis) -> None:
    book = QuoteBook(redis, "t")
    await book.save_all([("q", "v", quote("q", "cheap"))], first=True)
    await book.save_all([("q", "v", quote("q", "dear"))], first=True)
    assert await book.load("q") == quote("q", "cheap")
