"""Which policy a conversation is under: from the file or the store, changed between turns and never within one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from redis.asyncio import Redis

from cutaway import RoutingPolicy, TurnPlan
from cutaway.errors import ConfigError
from cutaway.ledger import Ledger
from cutaway.ledger.decisions import DecisionLog
from cutaway.ledger.policies import PolicyShelf
from cutaway.routing.recorded import Recorded
from cutaway.routing.replay import decide_again
from cutaway.routing.source import in_canary
from cutaway.storyboard.edits import SetTime
from cutaway.storyboard.model import Shot, Sound, Storyboard
from fakes import FlatArtist, Scripted, open_studio

FILM = Storyboard(shots=(Shot(id="s1", duration_s=1, action="a fox trots"),), sound=Sound(bed="none"))
MAKE = TurnPlan(intent="make", storyboard=FILM, decision="video")
NIGHT = TurnPlan(intent="edit", edits=(SetTime(shots=("s1",), time_of_day="night"),), decision="video")
DAWN = TurnPlan(intent="edit", edits=(SetTime(shots=("s1",), time_of_day="dawn"),), decision="video")
HEAD = "apiVersion: cutaway/v1\nkind: RoutingPolicy\nmetadata: {name: mine}\nspec:\n"
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


async def put(redis: Redis, policy: RoutingPolicy, **more: Any) -> str:
    document = policy.model_dump(mode="json")
    await PolicyShelf(redis).apply(policy.revision, policy.name, document, now=NOON, **more)
    return policy.revision


async def recorded(redis: Redis) -> list[Recorded]:
    return [Recorded.model_validate(one) for one in await DecisionLog(redis, "local").read()]


async def revisions(redis: Redis) -> list[str]:
    return [one.decision.policy_revision for one in await recorded(redis)]


async def test_an_applied_policy_holds_from_the_next_message_on(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    new = RoutingPolicy(name="new", objective="quality")
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE, NIGHT, DAWN), working=False) as studio:
        await studio.send("t", "a fox")
        await put(redis, new)
        await studio.send("t", "night")
        await PolicyShelf(redis).rollback(now=NOON)
        await studio.send("t", "dawn")
    assert await revisions(redis) == [RoutingPolicy().revision, new.revision, RoutingPolicy().revision]


async def test_a_conversation_stays_on_its_side_of_a_canary(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    new = RoutingPolicy(name="new", objective="quality")
    await put(redis, new, percent=50)
    inside = next(name for name in map(str, range(99)) if in_canary("local", name, 50))
    outside = next(name for name in map(str, range(99)) if not in_canary("local", name, 50))
    plans = (MAKE, NIGHT, MAKE, NIGHT)
    async with open_studio(valkey_url, tmp_path, Scripted(*plans), FlatArtist(usd_per_s="0.01"), working=False) as one:
        for thread in (inside, outside):
            await one.send(thread, "a fox")
            await one.send(thread, "night")
    assert await revisions(redis) == [new.revision] * 2 + [RoutingPolicy().revision] * 2


async def test_a_file_is_read_again_and_a_deleted_one_leaves_the_last_good(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "mine.yaml"
    (tmp_path / "cutaway.yaml").write_text("policy: mine.yaml\n", encoding="utf-8")
    file.write_text(HEAD + "  objective: price\n", encoding="utf-8")
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE, NIGHT, DAWN), working=False) as studio:
        await studio.send("t", "a fox")
        file.write_text(HEAD + "  objective: quality\n", encoding="utf-8")
        await studio.send("t", "night")
        file.unlink()
        await studio.send("t", "dawn")
        assert [one.decision.objective for one in await recorded(redis)] == ["price", "quality", "quality"]
        live = await PolicyShelf(redis).live(str(file))
        assert live
        assert "cannot be read" in live["problem"]
        assert live["revision"] == (await revisions(redis))[-1]
    with pytest.raises(ConfigError, match="cannot be read"):
        async with open_studio(valkey_url, tmp_path, Scripted()):
            pass


async def test_a_stored_policy_that_cannot_be_read_leaves_the_last_good(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    good = RoutingPolicy(name="good", objective="price")
    await put(redis, good)
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE, NIGHT), working=False) as studio:
        await studio.send("t", "a fox")
        await PolicyShelf(redis).apply("f00", "newer", {"objective": "beauty"}, now=NOON)
        await studio.send("t", "night")
    assert await revisions(redis) == [good.revision] * 2
    live = await PolicyShelf(redis).live("store")
    assert live
    assert "f00 cannot be read here" in live["problem"]


async def test_a_policy_given_by_the_host_holds_whatever_the_store_says(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    given = RoutingPolicy(name="given", objective="latency")
    await put(redis, RoutingPolicy(name="new", objective="quality"))
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE), policy=given, working=False) as studio:
        await studio.send("t", "a fox")
    assert await revisions(redis) == [given.revision]


async def test_a_stored_policy_sets_the_budgets_that_are_shown(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    file = RoutingPolicy.model_validate({"name": "small", "budgets": {"per_thread_usd": "1.25"}})
    await put(redis, file)
    async with open_studio(valkey_url, tmp_path, Scripted(), working=False) as studio:
        found = {one.name: str(one.limit_usd) for one in await studio.books.budgets("t")}
    assert found["thread"] == "1.25"


async def test_a_shadow_decides_beside_the_active_one_and_orders_nothing(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    other = RoutingPolicy(name="other", prefer=("b:one",))
    await put(redis, other, shadow=True)
    artists = (FlatArtist("a"), FlatArtist("b"))
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE), *artists) as studio:
        turn = await studio.wait(await studio.send("t", "a fox"))
        assert turn.shots[0].model == "a:one"
    live, beside = await recorded(redis)
    assert (live.shadow, live.decision.chosen.model) == (False, "a:one")
    assert (beside.shadow, beside.decision.chosen.model) == (True, "b:one")
    assert (len(artists[0].rendered), len(artists[1].rendered)) == (1, 0)


async def test_a_recorded_decision_has_the_orders_facts_and_none_of_its_words(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE), working=False) as studio:
        await studio.send("t", "a fox", tags=("spring",))
    (one,) = await recorded(redis)
    assert (one.thread, one.shot_id, one.tags, one.facts.duration_s) == ("t", "s1", ("spring",), 1)
    assert one.facts.prompt_chars > 0
    assert "trots" not in one.model_dump_json()


async def test_a_recorded_decision_has_its_moment_and_is_decided_alike_in_it(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    now_ms = int(datetime.now(UTC).timestamp() * 1000)
    await redis.hset("cutaway:speeds", mapping={"a:one generate": "60 90 12", "a:one edit": "5 6 2"})
    await redis.hset("cutaway:local:acceptance", "b:one generate", f"30 1 {now_ms}")
    await redis.hset("cutaway:local:limits", "thread:t", "250000")
    await Ledger(redis).set_caps({"provider:a": 1})
    await redis.sadd("cutaway:flying:provider:a", "busy")
    artists = (FlatArtist("a", "0.01"), FlatArtist("b", "0.02"), FlatArtist("c", "0.01"))
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE), *artists, working=False) as studio:
        await studio.send("t", "a fox", needed_by=datetime.now(UTC) + timedelta(hours=2))
        (one,) = await recorded(redis)
        assert one.then
        assert (one.then.left_usd, one.then.tightest) == (Decimal("0.25"), "thread")
        assert one.then.used["thread"].lowered_usd == Decimal("0.25")
        assert (one.then.under_way, one.then.speeds) == ({"a": (1, 1)}, {"a:one": (60, 90, 12)})
        assert list(one.then.seen) == ["b:one"]
        assert one.then.needed_by
        assert decide_again(one, studio.services.candidates, studio.services.policy).routed().decision == one.decision


async def test_a_shadow_decides_in_the_moment_of_the_live_decision(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    """Its own budgets count: what the live policy may still spend is too much for the shadow."""
    other = RoutingPolicy.model_validate({"name": "other", "prefer": ["b:one"], "budgets": {"per_thread_usd": "0.015"}})
    await put(redis, other, shadow=True)
    artists = (FlatArtist("a", "0.01"), FlatArtist("b", "0.02"))
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE), *artists, working=False) as studio:
        await studio.send("t", "a fox")
    live, beside = await recorded(redis)
    assert (beside.shadow, beside.decision.policy, beside.decision.chosen.model) == (True, "other", "a:one")
    assert "are left of the thread budget of $0.0150" in beside.decision.rejections[0].reason
    assert beside.then == live.then
