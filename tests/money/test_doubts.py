"""Orders in doubt: counted when nobody resolves them, corrected when somebody does, found by an audit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from bench.chaos.vendor import Job, Vendor
from bench.chaos.world import World
from redis.asyncio import Redis

from app.test_orchestrator import MAKE
from cutaway.contract import Handle, ListedJob
from cutaway.conversation.plan import TurnPlan
from cutaway.errors import InputError, ProviderError
from cutaway.jobs.audit import AuditReport, audit
from cutaway.jobs.remote import place
from cutaway.ledger.submissions import Submissions
from cutaway.routing import Approval, RoutingPolicy
from cutaway.storyboard.edits import Retake
from fakes import Scripted, open_studio
from money.test_books import in_doubt

SINCE = datetime.now(UTC) - timedelta(days=1)


async def spent(redis: Redis) -> list[int]:
    found: Any = await redis.xrange("cutaway:t:spend")
    return [int(fields["charged_micro"]) for _, fields in found]


async def test_a_doubt_nobody_resolves_is_counted_as_charged_once_and_only_when_it_is_old(
    redis: Redis, tmp_path: Path
) -> None:
    world = await in_doubt(redis, tmp_path)
    assert await world.ledger.count_doubts(older_than_s=3600) == 0
    assert await world.ledger.count_doubts(older_than_s=0) == 1
    assert await world.ledger.count_doubts(older_than_s=0) == 0
    operation = await world.ledger.get("op1")
    assert (operation.phase, operation.money, operation.counted, operation.charged_micro) == (
        "unknown",
        "settled",
        True,
        100_000,
    )
    assert await world.books() == (0, 100_000)


@pytest.mark.parametrize(
    ("taken", "cost", "charged", "record"),
    [
        (False, None, 0, [100_000, -100_000]),
        (True, None, 100_000, [100_000]),
        (True, Decimal("0.04"), 40_000, [100_000, -60_000]),
        (True, Decimal("0.15"), 150_000, [100_000, 50_000]),
    ],
)
async def test_what_was_counted_is_corrected_by_what_a_person_finds(
    redis: Redis,
    valkey_url: str,
    tmp_path: Path,
    taken: bool,
    cost: Decimal | None,
    charged: int,
    record: Sequence[int],
) -> None:
    world = await in_doubt(redis, tmp_path)
    await world.ledger.count_doubts(older_than_s=0)
    async with open_studio(valkey_url, tmp_path, Scripted(), tenant="t") as studio:
        found = await studio.books.resolve("op1", taken=taken, cost_usd=cost)
    assert (found.phase, found.charged_micro) == ("failed", charged)
    assert await world.books() == (0, charged)
    assert await spent(redis) == list(record)


async def test_a_taken_order_is_booked_at_what_the_vendor_charged(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    world = await in_doubt(redis, tmp_path)
    async with open_studio(valkey_url, tmp_path, Scripted(), tenant="t") as studio:
        await studio.books.resolve("op1", taken=True, cost_usd=Decimal("0.03"))
        assert await world.books() == (0, 30_000)
    assert await spent(redis) == [30_000]


async def test_a_job_that_a_person_found_is_followed_and_its_clip_is_not_lost(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    world = await in_doubt(redis, tmp_path)
    async with open_studio(valkey_url, tmp_path, Scripted(), tenant="t") as studio:
        found = await studio.books.resolve("op1", taken=True, native_id=world.vendors[0].jobs[0].id)
        assert found.phase == "submitted"
    operation = await world.run()
    assert (operation.phase, operation.charged_micro, world.vendors[0].posts) == ("done", 100_000, 1)


async def test_a_counted_job_is_not_followed_any_more_and_an_absurd_cost_is_refused(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    world = await in_doubt(redis, tmp_path)
    await world.ledger.count_doubts(older_than_s=0)
    async with open_studio(valkey_url, tmp_path, Scripted(), tenant="t") as studio:
        with pytest.raises(InputError, match="counted as charged"):
            await studio.books.resolve("op1", taken=True, native_id="job0")
        for cost in ("-1", "NaN", "1e9"):
            with pytest.raises(InputError, match="is not what an order can cost"):
                await studio.books.resolve("op1", taken=True, cost_usd=Decimal(cost))
    assert await world.books() == (0, 100_000)


async def test_another_take_while_an_order_is_in_doubt_asks_with_both_sums(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    vendor = Vendor("v", "blind", ["drop_after"], price=Decimal("0.10"))
    again = TurnPlan(
        intent="edit", edits=(Retake(shots=("s1",)),), decision="video", rationale="Another take was asked for."
    )
    policy = RoutingPolicy(approval=Approval(ask_above_usd=Decimal(1)))
    scripted = Scripted(MAKE, again)
    async with open_studio(valkey_url, tmp_path, scripted, vendor, policy=policy, working=False) as studio:
        turn = await studio.send("t", "a fox")
        assert turn.quote_state == "automatic"
        world = World(redis, tmp_path, vendor)
        await place(world.remote, turn.shots[0].operation_id or "")
        asked = await studio.send("t", "another take")
        assert asked.quote_state == "pending"
        assert "may cost $0.10 + $0.10" in asked.reply


class Listing(Vendor):
    """A vendor that also lists what it has."""

    def __init__(self, *args: Any, keys: bool = True, **more: Any) -> None:
        super().__init__(*args, **more)
        self.keys = keys

    async def listed(self, since: datetime) -> tuple[ListedJob, ...]:
        return tuple(
            ListedJob(native_id=job.id, created_at=SINCE, key=job.key if self.keys else "", prompt="a fox")
            for job in self.jobs
        )


async def audited(world: World) -> AuditReport:
    vendors: Any = {vendor.name: vendor for vendor in world.vendors}
    return await audit(world.ledger, vendors, "t", since=SINCE)


async def test_an_audit_of_a_sound_ledger_finds_nothing(redis: Redis, tmp_path: Path) -> None:
    vendor = Listing("v", "findable")
    world = World(redis, tmp_path, vendor)
    await world.order()
    await world.run()
    report = await audited(world)
    assert (report.findings, report.looked_at, report.unknown_jobs) == ((), {"v": 1}, {})


async def test_an_audit_reports_a_job_made_twice_and_one_that_is_not_ours(redis: Redis, tmp_path: Path) -> None:
    vendor = Listing("v", "findable")
    world = World(redis, tmp_path, vendor)
    await world.order()
    await world.run()
    vendor.jobs.append(Job("twice", "op1-0", "", ""))
    vendor.jobs.append(Job("foreign", "somebody-0", "", ""))
    report = await audited(world)
    assert [(found.kind, found.native_id, found.operation_id) for found in report.findings] == [
        ("double", "twice", "op1")
    ]
    assert report.unknown_jobs == {"v": 1}


@pytest.mark.parametrize(("keys", "kind"), [(True, "found"), (False, "suspect")])
async def test_an_audit_finds_the_job_of_an_order_in_doubt(redis: Redis, tmp_path: Path, keys: bool, kind: str) -> None:
    vendor = Listing("v", "blind", ["drop_after"], keys=keys)
    world = World(redis, tmp_path, vendor)
    await world.order()
    await world.run()
    report = await audited(world)
    assert [(found.kind, found.native_id) for found in report.findings] == [(kind, "job0")]


async def test_a_late_worker_that_brings_a_second_job_is_on_record(redis: Redis, tmp_path: Path) -> None:
    world = World(redis, tmp_path, Vendor("v", "blind"))
    await world.order()
    taken = (await world.remote.submissions.take("op1", owner="zombie")).operation
    assert taken
    await redis.hset("cutaway:op:op1", "fence", "9")
    late = Handle(provider="v", model="one", native_id="late")
    kept = await Submissions(world.ledger).accept(taken, late.model_dump(mode="json"), poll_after_s=0)
    assert not kept.kept
    assert [(found.kind, found.native_id) for found in (await audited(world)).findings] == [("double", "late")]


async def test_a_vendor_whose_list_fails_is_named_as_not_compared(redis: Redis, tmp_path: Path) -> None:
    class Broken(Listing):
        async def listed(self, since: datetime) -> tuple[ListedJob, ...]:
            raise ProviderError("The list ends too early.", kind="unknown")

    world = World(redis, tmp_path, Broken("v", "findable"))
    assert (await audited(world)).unlisted == {"v": "The list ends too early."}
