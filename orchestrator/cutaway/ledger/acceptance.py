"""Which clips people kept: counts for each model and kind of operation, which the router updates its prior with.

Kept: the host reported `accepted` or `published`. Rejected: the host reported it, a person asked for another take, or
had it made by another model. Undo says nothing, and neither does an edit of what the clip should show.

The counts are the evidence of a Beta distribution (`routing/quality.py`) with exponential forgetting: a clip weighs 1
when it is counted and half of that after every 90 days, since models change under their names. A tenant's clips count
for that tenant only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, Literal

from cutaway.ledger.side_script import SideScript
from cutaway.ledger.speeds import kind_of

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from cutaway.ledger.operation import Operation

HALF_LIFE: Final = timedelta(days=90)

ClipOutcome = Literal["accepted", "rejected", "published"]


@dataclass(frozen=True, slots=True)
class Counted:
    """What weight of clips was kept and rejected."""

    kept: float
    rejected: float


class Acceptance:
    """The counts of one tenant."""

    def __init__(self, redis: Redis, tenant: str, *, clock: Callable[[], datetime] | None = None) -> None:
        """Without a `clock` the server's own counts."""
        self._redis = redis
        self._script = SideScript(redis, "outcome")
        self._tenant = tenant
        self._clock = clock

    async def report(self, operation: Operation, outcome: ClipOutcome, *, by: Literal["host", "turn"] = "host") -> bool:
        """Count what became of a finished clip; true when a count changed.

        The same again changes nothing, another outcome moves the count. `by="turn"` is a guess from what a person asked
        for next: it says nothing about a clip that was published.
        """
        now = "" if self._clock is None else int(self._clock().timestamp() * 1000)
        kind, half_life_ms = kind_of(operation), int(HALF_LIFE.total_seconds() * 1000)
        return bool(await self._script.run(self._tenant, operation.id, kind, outcome, by, now, half_life_ms))

    async def all(self, now: datetime) -> dict[tuple[str, str], Counted]:
        """By model and kind of operation, as much as they weigh now."""
        stored: Any = await self._redis.hgetall(key_of(self._tenant))
        return read(stored, now)


def key_of(tenant: str) -> str:
    """The hash with a tenant's counts."""
    return f"cutaway:{tenant}:acceptance"


def read(stored: Mapping[str, str], now: datetime) -> dict[tuple[str, str], Counted]:
    """The hash as it is stored, forgotten up to now."""
    found = {}
    for name, text in stored.items():
        model, _, kind = name.rpartition(" ")
        kept, rejected, at_ms = text.split()
        age_s = max(0.0, now.timestamp() - int(at_ms) / 1000)
        left = 0.5 ** (age_s / HALF_LIFE.total_seconds())
        found[model, kind] = Counted(float(kept) * left, float(rejected) * left)
    return found


__all__ = ["HALF_LIFE", "Acceptance", "ClipOutcome", "Counted", "key_of", "read"]
