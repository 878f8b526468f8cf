"""What must hold in every ending, with any faults, any deaths and any order of things."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, get_args

from bench.chaos.vendor import Fault, Vendor, charged
from redis.asyncio import Redis

from cutaway.contract import SubmitTier
from cutaway.ledger import Operation
from cutaway.ledger.operation import read_row

TIERS: Final[tuple[SubmitTier, ...]] = get_args(SubmitTier)
FAULTS: Final[tuple[Fault, ...]] = (
    "",
    "busy",
    "drop_before",
    "drop_after",
    "refuse",
    "fail_job",
    "fail_job_charged",
    "overbill",
)

# Everything an audit reads in one round trip. KEYS: operation, budget, spending record.
_READ: Final = """
local booked = 0
for _, entry in ipairs(redis.call('XRANGE', KEYS[3], '-', '+')) do
  for i = 1, #entry[2], 2 do
    if entry[2][i] == 'charged_micro' then booked = booked + tonumber(entry[2][i + 1]) end
  end
end
local money = redis.call('HMGET', KEYS[2], 'held', 'charged')
return cjson.encode({ redis.call('HGETALL', KEYS[1]), tonumber(money[1] or 0), tonumber(money[2] or 0), booked })
"""


@dataclass(frozen=True, slots=True)
class Ending:
    """An operation and its money as the ledger has them, in micro-USD; `booked` sums the spending record."""

    operation: Operation
    held: int
    charged: int
    booked: int

    @property
    def at_rest(self) -> bool:
        """True when nobody could move it any more, or only a person."""
        return not self.operation.is_open or (self.operation.phase == "unknown" and self.operation.parked)


class Auditor:
    """Reads the ending of one operation of tenant "t"."""

    def __init__(self, redis: Redis, operation_id: str, budget: str) -> None:
        self._read = redis.register_script(_READ)
        self._keys = [f"cutaway:op:{operation_id}", budget, "cutaway:t:spend"]

    async def read(self) -> Ending:
        """The ending as it is now."""
        flat, held, spent, booked = json.loads(await self._read(keys=self._keys))
        return Ending(read_row(dict(zip(flat[::2], flat[1::2], strict=True))), held, spent, booked)


def wrongs(ending: Ending, vendors: Sequence[Vendor]) -> list[str]:
    """Every promise this ending breaks."""
    operation, truth = ending.operation, charged(vendors)
    found = [f"ordered {len(v.jobs)} times from {v.name}" for v in vendors if len(v.jobs) > 1]
    if not ending.at_rest:
        return [*found, f"not at rest: {operation.phase}"]
    if operation.phase == "unknown":
        if operation.money != "held" or ending.held != operation.hold_micro:
            found.append(f"an order in doubt of {operation.hold_micro} holds {ending.held} ({operation.money})")
        return found
    if ending.held:
        found.append(f"a hold of {ending.held} leaked")
    if not ending.charged == ending.booked == operation.charged_micro == truth:
        found.append(
            f"charged {ending.charged}, recorded {ending.booked}, operation {operation.charged_micro}, vendor {truth}"
        )
    if operation.phase == "done" and not operation.asset:
        found.append("done without a file")
    return found
