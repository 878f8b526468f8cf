"""Budgets: what they count, who may lower them, and what people are told."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from bench.chaos.vendor import Vendor
from bench.chaos.world import BUDGET, World
from redis.asyncio import Redis

from app.test_orchestrator import MAKE
from cutaway import RoutingPolicy
from cutaway.errors import BudgetError, ConflictError, InputError, StoreError
from cutaway.ledger import Ledger, Order, Part, Scope
from cutaway.ledger.budgets import Limits
from cutaway.ledger.moment import read_moment
from cutaway.routing import Budgets
from fakes import FlatArtist, Scripted, open_studio
from money.test_books import SINCE

ERROR = {"code": "x", "message": "it broke"}


def shot(name: str, hold: int = 100, model: str = "a:m", key: str = "") -> Order:
    return Order(id=f"op{name}", kind="shot", key=key or name, spec={}, queue="cpu", hold_micro=hold, model=model)


async def order(ledger: Ledger, *orders: Order, limit: int = 1_000, **more: Any) -> None:
    await ledger.dispatch(
        orders,
        tenant="t",
        thread="th",
        version_id="v",
        quote_id="q",
        message_id="m",
        cut_key="c",
        scopes=[Scope("b", "thread", limit, who="th")],
        **more,
    )


async def crossings(redis: Redis) -> list[tuple[str, str]]:
    found: Any = await redis.xrange("cutaway:t:thread:th:events")
    return [(f["budget"], f["percent"]) for _, f in found if f["type"] == "budget.crossed"]


async def test_a_batch_is_admitted_as_a_whole_or_not_at_all(redis: Redis) -> None:
    ledger = Ledger(redis)
    parts = [Part([shot(f"{n}")], f"row{n}", f"v{n}", "q", "m", f"c{n}") for n in range(12)]
    with pytest.raises(BudgetError, match="thread budget"):
        await ledger.dispatch_all(parts, tenant="t", scopes=[Scope("b", "thread", 1_100)])
    assert await redis.keys("cutaway:op:*") == []
    await ledger.dispatch_all(parts, tenant="t", scopes=[Scope("b", "thread", 1_200)])
    assert await redis.hget("b", "held") == "1200"
    assert len([key for key in await redis.keys("cutaway:op:op*") if ":versions" not in str(key)]) == 12


async def test_a_batch_orders_what_two_rows_share_once(redis: Redis) -> None:
    ledger = Ledger(redis)
    parts = [Part([shot(f"{n}", key="same")], f"row{n}", f"v{n}", "q", "m", f"c{n}") for n in range(3)]
    done = await ledger.dispatch_all(parts, tenant="t", scopes=[Scope("b", "thread", 100)])
    assert set(done.operations.values()) == {"op0"}


async def test_each_share_of_a_budget_is_announced_once_and_only_the_largest_crossed(redis: Redis) -> None:
    ledger = Ledger(redis)
    await order(ledger, shot("1", 400))
    assert await crossings(redis) == []
    await order(ledger, shot("2", 200))
    assert await crossings(redis) == [("thread", "50")]
    await order(ledger, shot("3", 100))
    await order(ledger, shot("4", 300))
    assert await crossings(redis) == [("thread", "50"), ("thread", "100")]


async def test_a_clip_over_its_limit_is_refused_by_name(redis: Redis) -> None:
    with pytest.raises(BudgetError, match=r"clip budget allows \$0\.0001 "):
        await order(Ledger(redis), shot("1", 101), clip_limit_micro=100)
    assert await redis.exists("b") == 0


async def test_a_budget_of_zero_admits_free_work_only(redis: Redis) -> None:
    ledger = Ledger(redis)
    await order(ledger, shot("free", 0), limit=0)
    with pytest.raises(BudgetError):
        await order(ledger, shot("paid", 1), limit=0)


async def test_an_accounts_month_is_one_budget_for_all_tenants(redis: Redis) -> None:
    ledger = Ledger(redis)
    account = {"a": Scope("account", "provider-month", 150, who="a")}
    await order(ledger, shot("1"), shot("other", model="b:m"), providers=account)
    with pytest.raises(BudgetError, match="provider-month"):
        await ledger.dispatch(
            [shot("2")],
            tenant="another",
            thread="th",
            version_id="v",
            quote_id="q",
            message_id="m",
            cut_key="c",
            providers=account,
        )
    assert await redis.hget("account", "held") == "100"


async def test_a_fall_back_moves_its_hold_to_the_next_account_and_gives_the_rest_back(
    redis: Redis, tmp_path: Path
) -> None:
    first = Vendor("a", "blind", ["fail_job"], price=Decimal("0.10"))
    second = Vendor("b", "blind", price=Decimal("0.06"))
    scopes = {name: {"key": f"account:{name}", "limit_micro": 500_000, "ttl_s": 0} for name in "ab"}
    world = World(redis, tmp_path, first, second, provider_scopes=scopes)
    await world.order()
    operation = await world.run()
    assert (operation.phase, operation.model, operation.hold_micro) == ("done", "b:one", 60_000)
    assert await redis.hgetall("account:a") == {"held": "0"}
    assert await redis.hgetall("account:b") == {"held": "0", "charged": "60000"}
    assert (await redis.hmget(BUDGET, ["held", "charged"])) == ["0", "60000"]


async def test_a_fall_back_that_the_next_account_cannot_cover_is_a_failure(redis: Redis, tmp_path: Path) -> None:
    first, second = Vendor("a", "blind", ["fail_job"]), Vendor("b", "blind")
    scopes = {"a": {"key": "account:a", "limit_micro": 500_000, "ttl_s": 0}}
    scopes |= {"b": {"key": "account:b", "limit_micro": 10, "ttl_s": 0}}
    world = World(redis, tmp_path, first, second, provider_scopes=scopes)
    await world.order()
    assert (await world.run()).phase == "failed"
    assert second.posts == 0
    assert await redis.hget("account:a", "held") == "0"


async def test_a_vendor_that_bills_for_free_work_is_booked_and_paused(redis: Redis) -> None:
    ledger = Ledger(redis)
    await order(ledger, shot("1", 0))
    taken = await ledger.claim("op1", owner="w")
    assert taken
    await ledger.finish(taken, asset="a" * 64, facts={}, charged_micro=70)
    spent: Any = await redis.xrange("cutaway:t:spend")
    assert [fields["charged_micro"] for _, fields in spent] == ["70"]
    assert await redis.hget("cutaway:frozen", "model:a:m")


async def test_the_same_id_for_another_order_is_a_conflict(redis: Redis) -> None:
    ledger = Ledger(redis)
    await order(ledger, shot("1"))
    with pytest.raises(ConflictError, match="op1"):
        await order(ledger, shot("1", key="other"))
    assert await redis.hget("b", "held") == "100"


async def test_a_person_lowers_a_budget_and_raises_it_again_within_the_policy(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    artist = FlatArtist("paid", "0.10")
    policy = RoutingPolicy(budgets=Budgets(per_provider_month_usd={"far": Decimal(20)}))
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE, MAKE), artist, policy=policy) as studio:
        books = studio.books
        await books.set_budget("thread", Decimal("0.05"), who="t")
        await books.set_budget("user-day", Decimal("3"))
        await books.set_budget("provider-month", Decimal("7"), who="far")
        shown = {row.name: row.limit_usd for row in await books.budgets("t", user="ann")}
        assert (shown["thread"], shown["user-day"], shown["provider-month"]) == (
            Decimal("0.05"),
            Decimal(3),
            Decimal(7),
        )
        refused = await studio.send("t", "a fox", user="ann", approved=True)
        assert refused.error
        assert "thread budget has $0.05 of $0.05 left" in refused.error["message"]
        other = await studio.send("another", "a fox", user="ann", approved=True)
        assert other.error is None
        await books.set_budget("thread", None, who="t")
        assert (await books.budgets("t"))[0].limit_usd == Decimal(5)


@pytest.mark.parametrize(
    ("name", "limit", "who", "said"),
    [
        ("thread", "5.01", "", "above the policy's limit of \\$5"),
        ("mood", "1", "", "'mood' is no budget"),
        ("thread", "-1", "", "-1 is not an amount"),
        ("thread", "NaN", "", "NaN is not an amount"),
        ("provider-month", "1", "nobody", "no limit for provider 'nobody'"),
    ],
)
async def test_a_limit_that_cannot_be_set_says_why(
    redis: Redis, valkey_url: str, tmp_path: Path, name: str, limit: str, who: str, said: str
) -> None:
    async with open_studio(valkey_url, tmp_path, Scripted()) as studio:
        with pytest.raises(InputError, match=said):
            await studio.books.set_budget(name, Decimal(limit), who=who)
        assert await redis.keys("cutaway:*:limits") == []


async def test_spending_is_summed_by_tag_and_over_tenants(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE, MAKE), FlatArtist("paid", "0.10")) as studio:
        await studio.wait(await studio.send("t", "a fox", tags=["spring", "ads"], approved=True))
        other = studio.for_tenant("acme")
        await other.send("t", "a fox", approved=True)
        books = studio.books
        by_tag = await books.spending(since=SINCE, by=["tag"])
        assert by_tag == {("spring",): 200_000, ("ads",): 200_000}
        assert {key[0] for key in await books.spending(since=SINCE, by=["tenant"])} == {"local"}
        everyone = await books.spending(since=SINCE, by=["tenant"], everyone=True)
        assert everyone[("local",)] == 200_000


async def test_a_full_server_refuses_orders_in_words_and_lets_open_work_end(redis: Redis) -> None:
    ledger = Ledger(redis)
    await order(ledger, shot("1"))
    used = int((await redis.info("memory"))["used_memory"])
    await redis.config_set("maxmemory", used // 2)
    try:
        with pytest.raises(StoreError, match="memory is full"):
            await order(ledger, shot("2"))
        taken = await ledger.claim("op1", owner="w")
        assert taken
        await ledger.finish(taken, asset="a" * 64, facts={}, charged_micro=100)
    finally:
        await redis.config_set("maxmemory", 0)
    assert await redis.hgetall("b") == {"held": "0", "charged": "100"}


async def test_a_moment_says_for_whom_a_budget_was_lowered(redis: Redis) -> None:
    limits, now = Limits(redis, "t"), datetime(2026, 11, 20, 12, tzinfo=UTC)
    await limits.set("thread", Decimal("0.10"), who="th", ceiling_usd=Decimal(5))
    await limits.set("turn", Decimal("0.20"), ceiling_usd=Decimal(2))
    scopes = [Scope("b", "thread", 5_000_000, who="th"), Scope("c", "turn", 2_000_000)]
    moment = await read_moment(redis, "t", now, providers=(), scopes=scopes)
    said = {name: (one.lowered_usd, one.lowered_for) for name, one in moment.used.items()}
    assert said == {"thread": (Decimal("0.10"), "th"), "turn": (Decimal("0.20"), "")}
