"""The routing decisions of a tenant with the facts they rested on, so that another policy can be tried on them later.

A Redis stream of the newest `MOST_KEPT`, written in the transaction that saves the quote: a replayed turn finds its
quote and adds nothing. Words of prompts are not in it, only how long they are.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from redis.asyncio import Redis

MOST_KEPT: Final = 10_000


def stream_of(tenant: str) -> str:
    """The key of a tenant's decisions."""
    return f"cutaway:{tenant}:decisions"


class DecisionLog:
    """What was decided for one tenant."""

    def __init__(self, redis: Redis, tenant: str) -> None:
        self._redis = redis
        self._key = stream_of(tenant)

    async def read(self, *, since: datetime | None = None, limit: int = MOST_KEPT) -> tuple[dict[str, Any], ...]:
        """The decisions since a moment (aware; all that are kept without one), oldest first, the newest `limit`."""
        start = "-" if since is None else str(int(since.timestamp() * 1000))
        entries: Any = await self._redis.xrevrange(self._key, max="+", min=start, count=limit)
        return tuple(json.loads(fields["decision"]) for _, fields in reversed(entries))


def add_decisions(pipe: Any, tenant: str, decisions: tuple[Mapping[str, Any], ...]) -> None:
    """Queue decisions on a transaction's pipeline; the oldest beyond `MOST_KEPT` go."""
    for decision in decisions:
        text = json.dumps(dict(decision), separators=(",", ":"))
        pipe.xadd(stream_of(tenant), {"decision": text}, maxlen=MOST_KEPT, approximate=False)
