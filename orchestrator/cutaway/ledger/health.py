"""Circuit breakers for each provider instance and each of its models, shared by every machine.

closed     orders leave. It opens when `failures` orders or jobs failed within `window_s` and they are at least half of
           what was ordered there; a key that is refused or an empty account opens the provider's at once, for longer
open       no order leaves, and no new one is quoted, until a time: the vendor's Retry-After, or `open_s`, doubled with
           each time in a row up to `longest_s`
half-open  after that, exactly one order leaves. It is the probe: when it succeeds the breaker closes, when it fails it
           opens again; one that says nothing for `probe_s` counts no longer

What counts is that the vendor could not do it: kinds "provider", "capacity", "auth", "balance", and "unknown" for
orders whose answer was lost, since their holds pile up. A refusal of content or of the order's form never counts. A
vendor's breaker needs failures of several models; a single model that fails has its own.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, Literal

from cutaway.errors import CutawayError
from cutaway.ledger.side_script import SideScript

if TYPE_CHECKING:
    from redis.asyncio import Redis

KEY: Final = "cutaway:breakers"
COUNTS: Final = frozenset({"provider", "capacity", "auth", "balance", "unknown"})

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Terms:
    """When a breaker opens and for how long; times in seconds."""

    failures: int = 5
    window_s: float = 600.0
    open_s: float = 60.0
    account_s: float = 900.0
    longest_s: float = 1_800.0
    probe_s: float = 900.0

    def json(self) -> str:
        """As the script reads it: milliseconds."""
        milliseconds = {
            name.removesuffix("_s") + "_ms": round(value * 1000)
            for name, value in asdict(self).items()
            if name.endswith("_s")
        }
        return json.dumps(milliseconds | {"failures": self.failures})


class Health:
    """What is known of the vendors' health. Reporting never fails: an order's own booking matters more."""

    def __init__(
        self, redis: Redis, *, terms: Terms | None = None, clock: Callable[[], datetime] | None = None
    ) -> None:
        """Without a `clock` the server's own counts, the same for all machines."""
        self._redis = redis
        self._script = SideScript(redis, "breaker")
        self._terms = (terms or Terms()).json()
        self._clock = clock

    async def admit(self, model: str, operation_id: str) -> float:
        """Seconds an order must wait before it may leave; 0 when it may, in a half-open breaker as the probe."""
        waits_ms = await self._run("admit", model, operation_id)
        return float(waits_ms or 0) / 1000

    async def taken(self, model: str, operation_id: str) -> None:
        """A vendor took an order."""
        await self._run("taken", model, operation_id)

    async def done(self, model: str, operation_id: str) -> None:
        """A vendor finished a job."""
        await self._run("done", model, operation_id)

    async def failed(
        self, model: str, operation_id: str, error: CutawayError, *, stage: Literal["order", "job"]
    ) -> None:
        """An order was not taken, or a job failed. `error` says why; content refusals are no failure of the vendor."""
        kind = getattr(error, "kind", "provider")
        if kind not in COUNTS:
            await self._run("answered", model, operation_id)
            return
        status = getattr(error, "status", None)
        retry_s = getattr(error, "retry_after_s", None)
        said = f"{status} {kind}" if status else kind
        await self._run("failed", model, operation_id, kind, said, -1 if retry_s is None else retry_s * 1000, stage)

    async def why(self, now: datetime) -> dict[str, str]:
        """Why each provider, or `provider:model`, should not be used now; those that may be tried are not named."""
        stored: Any = await self._redis.hgetall(KEY)
        return reasons(stored, now)

    async def retry_now(self) -> None:
        """Let every vendor at rest be tried once now: a key was changed, or the way to it."""
        stored: Any = await self._redis.hgetall(KEY)
        for name, text in stored.items():
            breaker = json.loads(text)
            await self._redis.hset(KEY, name, json.dumps(breaker | {"until_ms": 0, "probe_until_ms": 0}))

    async def _run(
        self, event: str, model: str, operation_id: str, kind: str = "", said: str = "", retry_ms: float = -1,
        stage: str = "",
    ) -> Any:  # fmt: skip
        names = json.dumps([model.partition(":")[0], model])
        now = "" if self._clock is None else int(self._clock().timestamp() * 1000)
        try:
            return await self._script.run(
                event, operation_id, names, model, kind, said, round(retry_ms), now, self._terms, stage
            )
        except Exception as error:  # whatever the server says: health is a hint, the order goes on
            log.warning("The health of %s could not be kept (%s): %s", model, event, error)
            return None


def reasons(stored: Mapping[str, str], now: datetime) -> dict[str, str]:
    """The breakers as stored, as reasons not to use what they are named after."""
    found = {}
    now_ms = now.timestamp() * 1000
    for name, text in stored.items():
        breaker = json.loads(text)
        said = _said(breaker)
        if now_ms < breaker["until_ms"]:
            found[name] = f"{said}; tried again at {_at(breaker['until_ms'])} UTC"
        elif now_ms < breaker.get("probe_until_ms", 0):
            found[name] = f"{said}; one order is tried now"
    return found


def _said(breaker: Mapping[str, Any]) -> str:
    failures, orders = breaker["failures"], breaker["orders"]
    since = f"since {_at(breaker['since_ms'])} ({breaker['said']})"
    return f"{failures} of {orders} order{'' if orders == 1 else 's'} failed {since}"


def _at(milliseconds: float) -> str:
    return f"{datetime.fromtimestamp(milliseconds / 1000, tz=UTC):%H:%M}"


__all__ = ["Health", "Terms", "reasons"]
