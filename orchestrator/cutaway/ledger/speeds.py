"""How long each model took lately: seconds from the moment an order left until its clip was stored.

The last 200 clips of a model and kind of operation count, all the same; percentiles are nearest rank. Waiting in our
own line is not part of it, a vendor's queue is.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from cutaway.ledger.side_script import SideScript

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from cutaway.ledger.operation import Operation

KEY: Final = "cutaway:speeds"
SAMPLE: Final = 200

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds from order to clip: the median, the 90th percentile, and of how many clips."""

    p50_s: float
    p90_s: float
    samples: int


class Speeds:
    """Observed times of every model. Counting never fails: the clip's own booking matters more."""

    def __init__(self, redis: Redis, *, sample: int = SAMPLE) -> None:
        self._redis = redis
        self._script = SideScript(redis, "speed")
        self._sample = sample

    async def count(self, operation: Operation) -> None:
        """Count a remote operation whose clip was just booked; once, however often it is said."""
        try:
            await self._script.run(operation.id, kind_of(operation), self._sample)
        except Exception as error:  # whatever the server says
            log.warning("The time of operation %s could not be kept: %s", operation.id, error)

    async def all(self) -> dict[tuple[str, str], Took]:
        """By model and kind of operation."""
        stored: Any = await self._redis.hgetall(KEY)
        return read(stored)


def kind_of(operation: Operation) -> str:
    """What was ordered: generate, edit, extend, ..."""
    request = operation.spec.get("request", {})
    return str(request.get("operation", "generate"))


def read(stored: Mapping[str, str]) -> dict[tuple[str, str], Took]:
    """The hash as it is stored."""
    found = {}
    for name, text in stored.items():
        model, _, kind = name.rpartition(" ")
        p50, p90, samples = text.split()
        found[model, kind] = Took(float(p50), float(p90), int(samples))
    return found


__all__ = ["Speeds", "Took", "kind_of", "read"]
