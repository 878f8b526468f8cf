"""The event log of threads: read and follow. A Redis stream per thread, never trimmed here.

Nothing appends from Python: the mailbox and the ledger write events in the same script as the move they report.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

from cutaway.events.event import Event, read_event

if TYPE_CHECKING:
    from redis.asyncio import Redis

BLOCK_MS = 1_000


class EventLog:
    """Events of one tenant's threads."""

    def __init__(self, redis: Redis, tenant: str) -> None:
        self._redis = redis
        self._tenant = tenant

    def _key(self, thread: str) -> str:
        return f"cutaway:{self._tenant}:thread:{thread}:events"

    async def read(self, thread: str, *, after: str = "0", limit: int | None = None) -> tuple[Event, ...]:
        """Events after the id `after`, oldest first."""
        start = "-" if after in {"", "0"} else f"({after}"
        entries: Any = await self._redis.xrange(self._key(thread), min=start, max="+", count=limit)
        return tuple(e for event_id, fields in entries if (e := read_event(event_id, fields)))

    async def last_id(self, thread: str) -> str:
        """Id of the newest event, "0" for a thread without any."""
        newest: Any = await self._redis.xrevrange(self._key(thread), count=1)
        return str(newest[0][0]) if newest else "0"

    async def follow(self, thread: str, *, after: str = "0") -> AsyncIterator[Event]:
        """Events after `after` as they happen, without end. Stop iterating to leave."""
        cursor = after or "0"
        while True:
            found = await self._redis.xread({self._key(thread): cursor}, count=100, block=BLOCK_MS)
            for _, entries in _streams(found):
                for event_id, fields in entries:
                    cursor = event_id
                    if event := read_event(event_id, fields):
                        yield event

    async def transcript(self, thread: str) -> tuple[tuple[str, str], ...]:
        """The whole conversation as (who, text); who is "person" or "studio"."""
        said: list[tuple[str, str]] = []
        for event in await self.read(thread):
            if event.type == "message.received":
                said.append(("person", event.data.get("text", "")))
            elif event.type == "turn.completed":
                said.append(("studio", event.data.get("reply", "")))
        return tuple(said)


def _streams(found: Any) -> Any:
    """RESP2 answers a list of pairs, RESP3 a mapping of lists; both as pairs of (name, entries)."""
    if not found:
        return []
    if isinstance(found, dict):
        return [
            (name, batches[0] if batches and isinstance(batches[0], list) else batches)
            for name, batches in found.items()
        ]
    return found
