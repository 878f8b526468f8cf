"""A wish to stop is decided once, and what it costs is said as it is."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from bench.chaos.vendor import Vendor, charged
from bench.chaos.world import World
from redis.asyncio import Redis

from app.test_orchestrator import FILM, MAKE
from cutaway.contract import CancelLevel
from cutaway.conversation.keywords import KeywordReasoner
from cutaway.conversation.plan import TurnPlan
from cutaway.conversation.stopping import cancel_version
from cutaway.jobs.entry import work_on
from cutaway.jobs.poller import poll_once
from cutaway.ledger import Ledger, Order, Scope
from fakes import FlatArtist, Scripted, open_studio

ERROR = {"code": "cancelled", "message": "It was stopped on request.", "retryable": False}


async def placed(redis: Redis, folder: Path, vendor: Vendor) -> World:
    """A world whose order is with the vendor and not done."""
    world = World(redis, folder, vendor)
    await world.order()
    await work_on(world.bench, world.remote, "op1", stopping=lambda: False)
    assert (await world.ledger.get("op1")).phase == "submitted"
    return world


async def test_an_order_that_has_not_left_is_cancelled_at_once_and_its_hold_goes_back(
    redis: Redis, tmp_path: Path
) -> None:
    vendor = Vendor("v", "blind")
    world = World(redis, tmp_path, vendor)
    await world.order()
    assert (await world.ledger.cancel("op1", ERROR)).outcome == "cancelled"
    operation = await world.run()
    assert (operation.phase, operation.money, vendor.posts) == ("cancelled", "released", 0)
    assert await world.books() == (0, 0)


@pytest.mark.parametrize(("level", "charge"), [("yes", 0), ("best_effort", 100_000)])
async def test_a_vendor_that_stops_a_job_ends_it_and_its_promise_says_what_is_booked(
    redis: Redis, tmp_path: Path, level: CancelLevel, charge: int
) -> None:
    vendor = Vendor("v", "blind", cancel_level=level, stops=True)
    world = await placed(redis, tmp_path, vendor)
    assert (await world.ledger.cancel("op1", ERROR)).outcome == "asked"
    operation = await world.run()
    assert (operation.phase, operation.charged_micro) == ("cancelled", charge)
    assert await world.books() == (0, charge)
    assert operation.error
    assert ("may still charge" in operation.error["message"]) == bool(charge)


async def test_a_vendor_that_does_not_stop_is_paid_and_its_clip_is_kept(redis: Redis, tmp_path: Path) -> None:
    vendor = Vendor("v", "blind", cancel_level="best_effort", stops=False)
    world = await placed(redis, tmp_path, vendor)
    await world.ledger.cancel("op1", ERROR)
    operation = await world.run()
    assert (operation.phase, operation.cancel, operation.charged_micro) == ("done", "refused", 100_000)


async def test_a_vendor_that_has_made_it_is_not_asked_to_stop(redis: Redis, tmp_path: Path) -> None:
    world = await placed(redis, tmp_path, Vendor("v", "blind"))
    await world.pass_time()
    await poll_once(world.remote)
    assert (await world.ledger.cancel("op1", ERROR)).outcome == "too_late"
    assert (await world.run()).phase == "done"


async def test_a_cancelled_order_in_doubt_ends_when_it_was_never_taken_and_is_stopped_when_it_was(
    redis: Redis, tmp_path: Path
) -> None:
    for fault, stops, phase in (("drop_before", True, "cancelled"), ("drop_after", True, "cancelled")):
        await redis.flushall()
        vendor = Vendor("v", "findable", [fault], cancel_level="yes", stops=stops)  # type: ignore[list-item]
        world = World(redis, tmp_path, vendor)
        await world.order()
        await work_on(world.bench, world.remote, "op1", stopping=lambda: False)
        assert (await world.ledger.get("op1")).phase == "unknown"
        assert (await world.ledger.cancel("op1", ERROR)).outcome == "asked"
        operation = await world.run()
        assert (operation.phase, vendor.posts) == (phase, 1)
        assert await world.books() == (0, 0)


async def test_an_order_parked_in_doubt_can_not_be_cancelled(redis: Redis, tmp_path: Path) -> None:
    world = World(redis, tmp_path, Vendor("v", "blind", ["drop_after"]))
    await world.order()
    await world.run()
    assert (await world.ledger.cancel("op1", ERROR)).outcome == "in_doubt"
    assert await world.books() == (100_000, 0)


async def test_a_cancelled_order_does_not_fall_back(redis: Redis, tmp_path: Path) -> None:
    first, second = Vendor("a", "blind", ["fail_job"], stops=False), Vendor("b", "blind")
    world = World(redis, tmp_path, first, second)
    await world.order()
    await work_on(world.bench, world.remote, "op1", stopping=lambda: False)
    await world.ledger.cancel("op1", ERROR)
    assert (await world.run()).phase == "cancelled"
    assert second.posts == 0


async def test_a_wish_at_any_moment_leaves_the_books_right(redis: Redis, tmp_path: Path) -> None:
    """The wish comes after each possible number of script and vendor calls, with every way a vendor can answer it."""
    for level, stops in itertools.product(("none", "yes"), (True, False)):
        for moment in range(14):
            await redis.flushall()
            vendor = Vendor("v", "findable", cancel_level=level, stops=stops)  # type: ignore[arg-type]
            world = World(redis, tmp_path, vendor)
            await world.order()
            world.fuse.then(moment, lambda: Ledger(redis).cancel("op1", ERROR))
            operation = await world.run()
            held, spent = await world.books()
            assert held == 0, (level, stops, moment)
            assert spent == operation.charged_micro == charged([vendor]), (level, stops, moment)
            assert operation.phase in {"done", "cancelled"}


async def test_what_waits_for_a_cancelled_order_is_cancelled_and_its_hold_released(redis: Redis) -> None:
    ledger = Ledger(redis)
    draft = Order(id="draft", kind="shot", key="d", spec={}, queue="cpu", hold_micro=10)
    final = Order(id="final", kind="shot", key="f", spec={}, queue="cpu", hold_micro=90, after=("draft",))
    film = Order(id="film", kind="cut", key="c", spec={}, queue="cpu", after=("final",))
    await ledger.dispatch(
        [draft, final, film],
        tenant="t",
        thread="th",
        version_id="v",
        quote_id="q",
        message_id="m",
        cut_key="c",
        scopes=[Scope("b", "thread", 100)],
    )
    taken = await ledger.claim("draft", owner="w")
    assert taken
    await ledger.fail(taken, {"code": "x", "message": "no"})
    assert [(await ledger.get(one)).phase for one in ("draft", "final", "film")] == ["failed", "cancelled", "cancelled"]
    assert await redis.hget("b", "held") == "0"


async def test_no_while_a_film_is_being_made_stops_what_only_it_needs(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    no = TurnPlan(intent="decline", rationale="They said stop.")
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE, no, no), FlatArtist(), working=False) as studio:
        turn = await studio.send("t", "a fox", approved=True)
        said = await studio.send("t", "stop")
        assert "nothing was charged" in said.reply
        assert {one.phase for one in await studio.operations("t")} == {"cancelled"}
        assert (await studio.wait(turn)).version
        assert "nothing is being made" in (await studio.send("t", "stop")).reply


async def test_a_film_that_two_versions_wait_for_goes_on(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE, MAKE), FlatArtist(), working=False) as studio:
        first = await studio.send("one", "a fox", approved=True)
        await studio.send("two", "a fox", approved=True)
        assert first.version
        stopped = await cancel_version(studio.services, "one", first.version.id)
        assert {one.outcome for one in stopped} == {"needed"}
        assert all(one.is_open for one in await studio.operations("one"))


@pytest.mark.parametrize(
    ("said", "phases"),
    [("stop", {"cancelled"}), ("please cancel the render", {"cancelled"}), ("no", {"ready", "waiting"})],
)
async def test_only_a_word_for_stopping_stops_what_is_being_made(
    redis: Redis, valkey_url: str, tmp_path: Path, said: str, phases: set[str]
) -> None:
    async with open_studio(valkey_url, tmp_path, KeywordReasoner(), FlatArtist(), working=False) as studio:
        await studio.render("t", FILM, approved=True)
        await studio.send("t", said)
        assert {one.phase for one in await studio.operations("t")} <= phases
