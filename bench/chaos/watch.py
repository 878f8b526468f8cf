"""Looking at a storm from outside, ten times a second: what moves, who holds what, how soon orphans are taken up.

Everything is read from the ledger's rows and the vendor's truth file; nothing here moves anything, except that a model
frozen for overcharging is thawed, as the person would who looked at the bill.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bench.chaos.harm import Hit
from bench.faulty_provider import read_truth
from redis.asyncio import Redis

from cutaway.ledger.freezes import Freezes

LOOK_EVERY_S: Final = 0.1
FIELDS: Final = ("phase", "parked", "fence", "owner", "lease_until_ms", "updated_ms")
ENDED: Final = frozenset({"done", "failed", "cancelled"})

Row = Mapping[str, str]


@dataclass(slots=True)
class Orphan:
    """A lease, good until `until`, whose holder was killed at `at` (both seconds since the epoch)."""

    operation: str
    fence: int
    at: float
    until: float
    submitting: bool


@dataclass(slots=True)
class Watch:
    """What was seen so far. `open` are the operations not at rest, `moving` those of them that are not in doubt.

    Times in seconds from the kill to the look that noticed, so they are up to `LOOK_EVERY_S` too long:

    recoveries  a work-horse was killed while it held the lease of a fetch: until the operation was claimed again, which
                is seen by its fence
    after_lease the same kills: from the end of the dead one's lease, before which nobody may claim, until then
    doubts      a work-horse was killed while it placed an order: until the operation was `unknown`. It is not claimed
                again on purpose before the settle window is over, since its bytes may have left
    settled     the same kills: until the doubt was resolved: found, placed again, or parked for a person

    `frozen_holders` counts zombies that held a lease when they were stopped.
    """

    redis: Redis
    budget: str
    limit_micro: int
    hold_micro: int
    truth: Path
    open: set[str] = field(default_factory=set)
    moving: int = 0
    parked: int = 0
    frozen_holders: int = 0
    recoveries: list[float] = field(default_factory=list)
    after_lease: list[float] = field(default_factory=list)
    doubts: list[float] = field(default_factory=list)
    settled: list[float] = field(default_factory=list)
    over_micro: int = 0
    samples: int = 0
    thaws: int = 0
    changed_at: float = field(default_factory=time.monotonic)
    clock: Callable[[], float] = time.time
    _hits: list[Hit] = field(default_factory=list)
    _orphans: list[Orphan] = field(default_factory=list)
    _seen: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def hit(self, hit: Hit) -> None:
        """A process was killed or stopped; the next look finds out what it held."""
        self._hits.append(hit)

    def quiet_s(self) -> float:
        """Seconds since anything changed."""
        return time.monotonic() - self.changed_at

    async def look(self) -> None:
        """One look at every open operation, the budget and the freezes."""
        ids = sorted(self.open)
        fresh, self._hits = self._hits, []
        async with self.redis.pipeline(transaction=False) as pipe:
            await pipe.hmget(self.budget, ["held", "charged"])
            for operation in ids:
                await pipe.hmget(f"cutaway:op:{operation}", FIELDS)
            try:
                books, *rows = await pipe.execute()
            except BaseException:
                self._hits += fresh
                raise
        now = self.clock()
        named = (dict(zip(FIELDS, (str(value or "") for value in row), strict=True)) for row in rows)
        seen = dict(zip(ids, named, strict=True))
        self._note_change(seen)
        for hit in fresh:
            if hit.dead:
                self._orphans += orphans_of(hit, seen)
            else:
                self.frozen_holders += len(orphans_of(hit, seen))
        self._orphans = [orphan for orphan in self._orphans if self._still_alone(orphan, seen, now)]
        self._check_budget(sum(int(value or 0) for value in books))
        for operation, row in seen.items():
            if row["phase"] in ENDED or row["parked"] == "1":
                self.open.discard(operation)
                self.parked += row["parked"] == "1"
        self.moving = sum(1 for one, row in seen.items() if one in self.open and row["phase"] != "unknown")
        await self._thaw()

    def _note_change(self, seen: Mapping[str, Row]) -> None:
        marks = {one: (row["phase"], row["parked"], row["fence"], row["updated_ms"]) for one, row in seen.items()}
        if marks != self._seen:
            self._seen, self.changed_at = dict(marks), time.monotonic()

    def _still_alone(self, orphan: Orphan, seen: Mapping[str, Row], now: float) -> bool:
        """Whether an orphan must be watched further; what happened to it is noted."""
        row = seen.get(orphan.operation)
        if row is None:
            return False
        took = now - orphan.at
        if not orphan.submitting:
            if int(row["fence"]) > orphan.fence:
                self.recoveries.append(took)
                self.after_lease.append(now - orphan.until)
            # The very last thing the dead one did may have been to end it.
            return int(row["fence"]) == orphan.fence and row["phase"] not in ENDED
        if row["phase"] == "unknown" and orphan.fence >= 0:
            self.doubts.append(took)
            orphan.fence = -1  # noted once
        if row["phase"] in {"submitting", "unknown"} and row["parked"] != "1":
            return True
        self.settled.append(took)
        return False

    def _check_budget(self, used_micro: int) -> None:
        self.samples += 1
        over_micro = used_micro - self.limit_micro
        if over_micro > 0:
            # What the vendor charged beyond its price is owed whatever the limit says; it was written down before.
            over_micro -= overruns_micro(self.truth, self.hold_micro)
        self.over_micro = max(self.over_micro, over_micro)

    async def _thaw(self) -> None:
        freezes = Freezes(self.redis)
        with contextlib.suppress(OSError):
            for what in await freezes.list():
                self.thaws += await freezes.thaw(what)


def orphans_of(hit: Hit, seen: Mapping[str, Row]) -> list[Orphan]:
    """The leases that those hit held at that moment."""
    found = []
    for operation, row in seen.items():
        pid = row["owner"].rpartition(":")[2]
        alive_until = int(row["lease_until_ms"] or 0) / 1000
        holds = row["phase"] not in ENDED and alive_until > hit.at
        if pid.isdigit() and int(pid) in hit.pids and holds:
            found.append(Orphan(operation, int(row["fence"]), hit.at, alive_until, row["phase"] == "submitting"))
    return found


def overruns_micro(truth: Path, hold_micro: int) -> int:
    """Micro-USD the vendor charged beyond the price of its orders, by its own books."""
    accepted = (line for line in read_truth(truth) if line["event"] == "accepted")
    return sum(max(0, line["charged_micro"] - hold_micro) for line in accepted)
