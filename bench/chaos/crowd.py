"""Many operations in one world, each with an order of its own, and what must hold for all of them together."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from bench.chaos.vendor import Vendor
from bench.chaos.world import BUDGET, REQUEST, Died, Fuse, FusedVendor, World
from redis.asyncio import Redis

from cutaway.contract import GenerationRequest, Handle, Placing, SubmitTier
from cutaway.errors import SubmitUnknownError
from cutaway.jobs.entry import work_on
from cutaway.jobs.poller import poll_once
from cutaway.ledger import Ledger, Operation, Order, Scope, freezes

TIERS: Final[dict[str, SubmitTier]] = {"a": "deduplicates", "b": "findable", "c": "listable", "d": "blind"}
MONTH = "cutaway:t:budget:month"
BUDGETS = (BUDGET, MONTH)
LIMIT_MICRO = 1_000_000_000


class Counted(Vendor):
    """A vendor that also remembers which orders it was sent and did not surely refuse, whether it took them or not.

    Without that, an order in doubt that is sent again and then taken looks like an order that was taken once.
    """

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.sent: list[int] = []

    async def submit(self, model: str, request: GenerationRequest, placing: Placing) -> Handle:
        try:
            handle = await super().submit(model, request, placing)
        except SubmitUnknownError:
            self.sent.append(request.seed)
            raise
        self.sent.append(request.seed)
        return handle


class Crowd(World):
    """A world of several operations `op0`, `op1`, ...; the number is the seed of the order, so no two are alike."""

    def __init__(self, redis: Redis, folder: Path, *vendors: Counted, fuse: Fuse | None = None) -> None:
        super().__init__(redis, folder, *vendors)
        self.known = {vendor.name: vendor for vendor in vendors}
        self.ordered: list[str] = []
        if fuse is not None:
            self.fuse = self.ledger.fuse = fuse
            for provider in self.remote.providers.values():
                assert isinstance(provider, FusedVendor)
                provider.fuse = fuse

    async def order(self, operation_id: str = "op1", *names: str, padding: str = "") -> None:
        """Order one shot from the vendors named, the first first; ordering it again changes nothing."""
        offers: list[dict[str, Any]] = [
            {"model": f"{v.name}:{v.model}", "hold_micro": int(v.price * 1_000_000), "queue": "io"}
            for v in (self.known[name] for name in names)
        ]
        request = REQUEST.model_copy(update={"seed": int(operation_id.removeprefix("op"))})
        made = Order(
            id=operation_id,
            kind="shot",
            key=f"key{operation_id}",
            spec={"request": request.model_dump(mode="json"), "offers": offers, "padding": padding},
            queue="io",
            hold_micro=offers[0]["hold_micro"],
            shot_id=f"s{operation_id}",
            model=offers[0]["model"],
        )
        done = await Ledger(self.redis).dispatch(
            [made],
            tenant="t",
            thread="th",
            version_id=f"v{operation_id}",
            quote_id="q",
            message_id=f"m{operation_id}",
            cut_key=f"cut{operation_id}",
            scopes=[Scope(BUDGET, "thread", LIMIT_MICRO), Scope(MONTH, "tenant-month", LIMIT_MICRO)],
        )
        if operation_id not in self.ordered:
            self.ordered.append(operation_id)
        await self.queue.wake(done.ready)

    async def beat(self) -> None:
        """Work on what waits, look at what is due, sweep; one thing after the other, so that a seed tells the order."""
        try:
            while self.queue.waiting:
                await work_on(self.bench, self.remote, self.queue.waiting.pop(0), stopping=lambda: False)
            for _ in self.ordered:
                if not await poll_once(self.remote, limit=1):
                    break
            await self.queue.wake(await self.ledger.sweep())
        except Died:
            self.queue.waiting.clear()

    async def rest(self, rounds: int = 60) -> list[Operation]:
        """Go on, through deaths, until no operation moves any more. Raises `AssertionError` when some never stop."""
        for _ in range(rounds):
            await self.beat()
            found = await self.operations()
            if all(not one.is_open or one.parked for one in found):
                return found
            await self.pass_time()
        raise AssertionError(f"stuck: {[(one.id, one.phase, one.model) for one in found if one.is_open]}")

    async def operations(self) -> list[Operation]:
        """Every operation that was ordered."""
        return [await Ledger(self.redis).get(name) for name in self.ordered]

    async def pass_time(self) -> None:
        """Every lease and delay runs out and a person thaws every model that billed too much.

        In one transaction: a crash sees all of it or nothing.
        """
        scores: dict[str, Any] = {
            key: await self.redis.zrange(key, 0, -1, withscores=True) for key in ("cutaway:open", "cutaway:polls")
        }
        async with self.redis.pipeline(transaction=True) as pipe:
            await pipe.delete(freezes.KEY)
            for name in self.ordered:
                await pipe.hset(f"cutaway:op:{name}", "lease_until_ms", "0")
            for key, scored in scores.items():
                if due := {member: 0 for member, score in scored if score != float("inf")}:
                    await pipe.zadd(key, due)
            await pipe.execute()


async def unbalanced(redis: Redis, found: Sequence[Operation]) -> list[str]:
    """Signs of a move that was only half made, at any moment: holds, charges and the list of what is open."""
    wrong = []
    held = sum(one.hold_micro for one in found if one.money == "held")
    charged = sum(one.charged_micro for one in found if one.money == "settled")
    for budget in BUDGETS:
        booked = [int(value or 0) for value in await redis.hmget(budget, ["held", "charged"])]
        if booked != [held, charged]:
            wrong.append(f"{budget} has held and charged {booked}, its operations {[held, charged]}")
    listed, still = set(await Ledger(redis).open_ids()), {one.id for one in found if one.is_open}
    if listed != still:
        wrong.append(f"listed as open and not, or open and not listed: {sorted(listed ^ still)}")
    return wrong


async def audit(crowd: Crowd, found: Sequence[Operation]) -> list[str]:
    """What is wrong with a crowd at rest: the rules every ending must keep, each operation by itself and in sum."""
    wrong = await unbalanced(crowd.redis, found)
    for one in found:
        number = int(one.id.removeprefix("op"))
        truth = 0
        for vendor in crowd.known.values():
            jobs = [job for job in vendor.jobs if json.loads(job.order)["seed"] == number]
            truth += sum(job.charged_micro for job in jobs)
            if len(jobs) > 1:
                wrong.append(f"{one.id} was ordered {len(jobs)} times from {vendor.name}")
            if vendor.tier == "blind" and vendor.sent.count(number) > 1:
                wrong.append(f"{one.id} was sent {vendor.sent.count(number)} times to {vendor.name}, which is blind")
        if one.phase == "unknown":
            if not one.parked or one.money != "held":
                wrong.append(f"{one.id} is in doubt, parked={one.parked}, money={one.money}")
        elif one.money not in {"settled", "released"}:
            wrong.append(f"{one.id} is {one.phase} and its money {one.money}: a hold leaked")
        if one.charged_micro != truth:
            wrong.append(f"{one.id} is charged {one.charged_micro} and its vendors say {truth}")
        if one.phase == "done" and not one.asset:
            wrong.append(f"{one.id} is done without an asset")
    return wrong
