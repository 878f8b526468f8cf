"""What operators ask the books, and what they can tell them."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from bench.chaos.vendor import Vendor
from bench.chaos.world import Later, World
from redis.asyncio import Redis

from app.test_orchestrator import FILM, MAKE
from cutaway.errors import ConfigError, InputError, NotFoundError
from cutaway.jobs.poller import poll_once
from cutaway.jobs.remote import RemoteBench, place
from cutaway.ledger import Ledger
from cutaway.ledger.submissions import Submissions
from cutaway.routing.policy_file import read_policy
from fakes import FlatArtist, Scripted, open_studio

HEAD = "apiVersion: cutaway/v1\nkind: RoutingPolicy\nmetadata: {name: mine}\n"
SINCE = datetime.now(UTC) - timedelta(days=1)


async def in_doubt(redis: Redis, folder: Path) -> World:
    world = World(redis, folder, Vendor("v", "blind", ["drop_after"]))
    await world.order()
    assert (await world.run()).parked
    return world


@pytest.mark.parametrize(("taken", "money", "charged"), [(True, "settled", 100_000), (False, "released", 0)])
async def test_a_person_can_say_what_became_of_an_order_in_doubt(
    redis: Redis, valkey_url: str, tmp_path: Path, taken: bool, money: str, charged: int
) -> None:
    world = await in_doubt(redis, tmp_path)
    async with open_studio(valkey_url, tmp_path, Scripted(), tenant="t") as studio:
        found = await studio.books.resolve("op1", taken=taken)
        assert (found.phase, found.money, found.charged_micro) == ("failed", money, charged)
        assert await world.books() == (0, charged)
        with pytest.raises(InputError, match="only an unknown outcome"):
            await studio.books.resolve("op1", taken=taken)


async def test_another_tenants_doubt_cannot_be_resolved(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    await in_doubt(redis, tmp_path)
    async with open_studio(valkey_url, tmp_path, Scripted(), tenant="other") as studio:
        with pytest.raises(NotFoundError):
            await studio.books.resolve("op1", taken=True)


async def test_spending_is_summed_by_what_is_asked(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE, MAKE), FlatArtist("paid", "0.10")) as studio:
        await studio.wait(await studio.send("one", "a fox", user="ann", approved=True))
        await studio.wait(await studio.send("two", "a fox", user="bob", approved=True))
        day = datetime.now(UTC).date().isoformat()
        assert await studio.books.spending(since=SINCE, by=["day"]) == {(day,): 200_000}
        assert await studio.books.spending(since=SINCE, by=["user"]) == {("ann",): 200_000}
        assert await studio.books.spending(since=datetime.now(UTC) + timedelta(days=1), by=["model"]) == {}
        with pytest.raises(InputError, match="day, model, user, thread, tenant, tag"):
            await studio.books.spending(since=SINCE, by=["mood"])


async def test_budgets_show_what_is_charged_and_what_is_left(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE), FlatArtist("paid", "0.10")) as studio:
        await studio.wait(await studio.send("t", "a fox", user="ann", approved=True))
        found = {row.name: row for row in await studio.books.budgets("t", user="ann")}
        assert (found["thread"].charged_usd, found["thread"].left_usd) == (Decimal("0.2"), Decimal("4.8"))
        assert set(found) == {"thread", "user-day", "tenant-month"}


async def test_a_freeze_needs_a_reason_and_a_known_kind(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    async with open_studio(valkey_url, tmp_path, Scripted()) as studio:
        await studio.books.freezes.freeze("provider:v", "bills look wrong")
        assert await studio.books.freezes.list() == {"provider:v": "bills look wrong"}
        assert await studio.books.freezes.thaw("provider:v")
        assert not await studio.books.freezes.thaw("provider:v")
        with pytest.raises(InputError, match="reason"):
            await studio.books.freezes.freeze("all", " ")
        with pytest.raises(InputError, match="'weather' cannot be frozen"):
            await studio.books.freezes.freeze("weather", "rain")


async def test_a_quote_names_only_fallbacks_that_cannot_cost_more(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    artists = (FlatArtist("cheap", "0.10"), FlatArtist("same", "0.10"), FlatArtist("dear", "0.20"))
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE), *artists, working=False) as studio:
        turn = await studio.render("t", FILM, approved=True)
        operation = await studio.ledger.get(turn.shots[0].operation_id or "")
        assert [offer["model"] for offer in operation.spec["offers"]] == ["cheap:one", "same:one"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{HEAD}nmae: x", "nmae"),
        (f"{HEAD}spec: {{budgets: {{per_clip_usd: lots}}}}", "spec.budgets.per_clip_usd"),
        ("[", "not YAML"),
        ("!!python/x y", "YAML"),
    ],
)
def test_a_policy_file_with_a_fault_names_the_place(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "policy.yaml"
    path.write_text(text)
    with pytest.raises(ConfigError, match=said):
        read_policy(path)


async def test_waiting_for_a_film_ends_when_only_a_person_can_go_on(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    vendor = Vendor("v", "blind", ["drop_after"], price=Decimal("0.10"))
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE), vendor, working=False, tenant="t") as studio:
        turn = await studio.send("t", "a fox", approved=True)
        waiting = asyncio.create_task(studio.wait(turn))
        ledger = Ledger(redis)
        remote = RemoteBench(ledger, Submissions(ledger), {"v": vendor}, Later(), "w", settle_s=0.0)
        for shot in turn.shots:
            await place(remote, shot.operation_id or "")
        while not await poll_once(remote):
            await redis.zadd("cutaway:polls", {shot.operation_id or "": 0 for shot in turn.shots}, xx=True)
        done = await asyncio.wait_for(waiting, 10)
        assert done.version
        assert done.version.state == "in_doubt"
