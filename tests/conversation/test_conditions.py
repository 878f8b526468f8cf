"""The moment a quote is made in: one round trip, and every fact where the router looks for it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from bench.chaos.vendor import Vendor
from redis.asyncio import Redis

from app.test_orchestrator import FILM, MAKE
from cutaway import RoutingPolicy
from cutaway.conversation.conditions import gather
from cutaway.conversation.pricing import price
from cutaway.conversation.services import Services
from cutaway.errors import ProviderError, RoutingError
from cutaway.jobs.capacity import PoolOptions, Pools
from cutaway.ledger import Ledger
from cutaway.ledger.health import Health, Terms
from cutaway.routing import Budgets
from cutaway.routing.conditions import Pool, Speed
from cutaway.routing.windows import Window
from fakes import FlatArtist, Scripted, open_studio

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


@asynccontextmanager
async def services_of(
    url: str, folder: Path, *artists: Any, policy: RoutingPolicy | None = None
) -> AsyncIterator[Services]:
    vendors = artists or (Vendor("v", "blind"), Vendor("w", "blind"))
    async with open_studio(url, folder, Scripted(MAKE), *vendors, policy=policy, working=False) as studio:
        yield replace(studio.services, clock=lambda: NOON)


async def decide(services: Services, **more: Any) -> Any:
    quote = await price(services, thread="t", message_id="m", version_id="v", old=None, new=FILM, **more)
    return quote.decisions["s1"]


async def rest(redis: Redis, model: str) -> None:
    error = ProviderError("No.", kind="capacity", status=503)
    await Health(redis, terms=Terms(failures=1), clock=lambda: NOON).failed(model, "op", error, stage="order")


async def test_a_model_at_rest_is_passed_over_and_the_decision_says_why(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    await rest(redis, "v:one")
    async with services_of(valkey_url, tmp_path) as services:
        decision = await decide(services)
    assert decision.chosen.model == "w:one"
    assert [one.reason for one in decision.rejections] == [
        "its provider is not well: 1 of 1 order failed since 12:00 (503 capacity); tried again at 12:01 UTC"
    ]


@pytest.mark.parametrize("what", ["all", "tenant:local", "provider:v", "model:v:one"])
async def test_what_is_frozen_is_passed_over_but_never_what_is_drawn_here(
    redis: Redis, valkey_url: str, tmp_path: Path, what: str
) -> None:
    await redis.hset("cutaway:frozen", what, "bills look wrong")
    async with services_of(valkey_url, tmp_path, Vendor("v", "blind"), FlatArtist()) as services:
        decision = await decide(services)
    assert decision.chosen.model == "flat:one"
    assert [one.reason for one in decision.rejections] == ["its provider is not well: frozen: bills look wrong"]


async def test_an_account_that_is_full_is_passed_over_and_stood_in_line_for_when_nobody_else_is_there(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    await Ledger(redis).set_caps({"provider:v": 1, "provider:w": 1})
    await redis.sadd("cutaway:flying:provider:v", "busy")
    async with services_of(valkey_url, tmp_path) as services:
        decision = await decide(services)
        assert decision.chosen.model == "w:one"
        assert decision.rejections == ()
        await redis.sadd("cutaway:flying:provider:w", "busy too")
        decision = await decide(services)
    assert decision.chosen.model == "v:one"
    assert decision.chosen.notes == ("has 1 order under way of 1 at most: nobody knows when it begins",)


async def test_a_full_account_is_waited_for_as_long_as_its_clips_take(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    await Ledger(redis).set_caps({"provider:v": 2, "provider:w": 1})
    await redis.sadd("cutaway:flying:provider:v", "busy", "busy too")
    await redis.sadd("cutaway:flying:provider:w", "busy three")
    await redis.hset("cutaway:speeds", mapping={"v:one generate": "60 90 12", "w:one generate": "40 90 12"})
    async with services_of(valkey_url, tmp_path) as services:
        decision = await decide(services)
        soon = await decide(services, needed_by=NOON + timedelta(seconds=85))
    assert [(one.model, one.expected_wait_s) for one in decision.ranked] == [("v:one", 90), ("w:one", 80)]
    assert decision.chosen.notes == ("has 2 orders under way of 2 at most: it begins in about 30 s",)
    assert soon.chosen.model == "w:one"
    assert soon.rejections[0].reason == "would be done at 12:01 UTC (30 s of it in line), after 12:01"


async def test_the_tightest_budget_and_each_account_tell_what_is_left(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    policy = RoutingPolicy(budgets=Budgets(per_provider_month_usd={"v": Decimal(7)}))
    async with services_of(valkey_url, tmp_path, policy=policy) as services:
        await redis.hset("cutaway:local:budget:user:ann:2026-11-25", mapping={"held": 1_000_000, "charged": 8_500_000})
        await redis.hset("cutaway:budget:provider:v:2026-11", mapping={"charged": 1_000_000})
        found = await gather(services, thread="t", user="ann", message_id="m")
        assert (found.left_usd, found.provider_left_usd) == (Decimal("0.5"), {"v": Decimal(6)})
        assert (str(found.tightest), found.provider_limit_usd) == ("the user-day budget of $10.00", {"v": Decimal(7)})
        await redis.hset("cutaway:local:limits", "thread:t", "200000")
        lowered = await gather(services, thread="t", user="ann", message_id="m")
        assert (lowered.left_usd, str(lowered.tightest)) == (Decimal("0.2"), "the thread budget of $0.20")


async def test_observed_times_and_counts_reach_the_router(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    await redis.hset("cutaway:speeds", mapping={"v:one generate": "60.000 90.000 12", "v:one edit": "5.000 6.000 2"})
    await redis.hset("cutaway:local:acceptance", "v:one generate", f"3.0 1.0 {int(NOON.timestamp() * 1000)}")
    async with services_of(valkey_url, tmp_path) as services:
        found = await gather(services)
    assert found.speeds == {("v:one", "generate"): Speed(60, 90, 12), ("v:one", "edit"): Speed(5, 6, 2)}
    assert {key: (seen.kept, seen.rejected) for key, seen in found.seen.items()} == {("v:one", "generate"): (3, 1)}


async def test_a_busy_pool_tells_when_an_order_would_begin(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    await redis.hset("cutaway:speeds", "v:one generate", "60.000 90.000 12")
    policy = RoutingPolicy(peak=(Window(name="night", hours="22:00-06:00"),))
    told = {"v": Pool(free_slots=0, queued=3), "w": Pool(free_slots=0, queued=3, reasoning_busy=True)}

    async def ask(name: str, options: PoolOptions) -> Pool:
        return told[name]

    options = PoolOptions(kind="nvml", slots=2, idle="night")
    async with services_of(valkey_url, tmp_path, policy=policy) as services:
        pools = Pools({"v": options, "w": options}, services.ledger, ask=ask)
        found = await gather(replace(services, pools=pools))
    assert found.pools["v"].eta_s == 120
    assert found.pools["v"].idle_from == datetime(2026, 11, 25, 22, 0, tzinfo=UTC)
    assert found.pools["w"].eta_s is None
    assert found.wait_s("v:one", "v", found.works_s("v:one", "generate", None, 5)) == 180


async def test_a_quote_of_many_shots_reads_the_moment_in_one_round_trip(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    async with services_of(valkey_url, tmp_path) as services:
        before = await _reads(redis)
        await decide(services)
        assert await _reads(redis) - before == 1


async def test_rules_see_the_tenant_and_the_tags(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    rules = [{"name": "ads", "when": {"tag": ["ad"], "tenant": ["local"]}, "then": {"only": ["w:one"]}}]
    policy = RoutingPolicy.model_validate({"rules": rules})
    async with services_of(valkey_url, tmp_path, policy=policy) as services:
        assert (await decide(services)).chosen.model == "v:one"
        assert (await decide(services, tags=("ad",))).chosen.model == "w:one"


async def test_with_every_vendor_at_rest_the_refusal_says_when_they_are_tried_again(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    await rest(redis, "v:one")
    await rest(redis, "w:one")
    async with services_of(valkey_url, tmp_path) as services:
        with pytest.raises(RoutingError) as error:
            await decide(services)
    assert "tried again at 12:01 UTC" in error.value.rejections["v:one"]


async def _reads(redis: Redis) -> int:
    """How often the breakers were read."""
    stats: Any = await redis.info("commandstats")
    return int(stats.get("cmdstat_scard", {}).get("calls", 0)) // 2
