"""Quotes by id, and what a message's turn stood on when it was first answered. JSON in, JSON out.

Both are written once: a turn that is run again after a crash finds its own first plan and price, whatever a reasoner or
a price list would say by now.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from cutaway.ledger.decisions import add_decisions

if TYPE_CHECKING:
    from redis.asyncio import Redis


FOOTING_S: Final = 30 * 86_400
"""How long a replay may come after the first try."""


class QuoteBook:
    """Quotes of one tenant."""

    def __init__(self, redis: Redis, tenant: str) -> None:
        self._redis = redis
        self._tenant = tenant
        self._prefix = f"cutaway:{tenant}:"

    async def save(
        self, quote_id: str, version_id: str, quote: Mapping[str, Any], decisions: tuple[Mapping[str, Any], ...] = ()
    ) -> None:
        """Store a quote, also as the newest one of its version. Saving the same id again replaces it.

        `decisions` go into the tenant's `DecisionLog` in the same transaction.
        """
        async with self._redis.pipeline(transaction=True) as pipe:
            await pipe.set(f"{self._prefix}quote:{quote_id}", json.dumps(dict(quote)))
            await pipe.set(f"{self._prefix}version:{version_id}:quote", quote_id)
            add_decisions(pipe, self._tenant, decisions)
            await pipe.execute()

    async def save_first(
        self, quote_id: str, version_id: str, quote: Mapping[str, Any], decisions: tuple[Mapping[str, Any], ...] = ()
    ) -> dict[str, Any]:
        """Store a quote unless its id has one; gives the stored one, so that a replayed turn keeps its first price."""
        known = await self.load(quote_id)
        if known is not None:
            return known
        await self.save(quote_id, version_id, quote, decisions)
        return dict(quote)

    async def footing(self, thread: str, message_id: str, found: Mapping[str, Any]) -> dict[str, Any]:
        """What a turn stands on (its plan, the head it read): the first of a message is kept, a replay gets it."""
        key = f"{self._prefix}thread:{thread}:footing:{message_id}"
        known: Any = await self._redis.set(key, json.dumps(dict(found)), nx=True, get=True, ex=FOOTING_S)
        return json.loads(known) if known else dict(found)

    async def load_footing(self, thread: str, message_id: str) -> dict[str, Any] | None:
        """The footing of a message that began before, or None."""
        known = await self._redis.get(f"{self._prefix}thread:{thread}:footing:{message_id}")
        return json.loads(known) if known else None

    async def load(self, quote_id: str) -> dict[str, Any] | None:
        """The quote, or None."""
        text = await self._redis.get(f"{self._prefix}quote:{quote_id}")
        return json.loads(text) if text else None

    async def of_version(self, version_id: str) -> dict[str, Any] | None:
        """The newest quote of a version, or None."""
        quote_id = await self._redis.get(f"{self._prefix}version:{version_id}:quote")
        return await self.load(str(quote_id)) if quote_id else None
