"""Quotes by id, and which of them waits for a person. JSON in, JSON out; the ledger does not read them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from redis.asyncio import Redis


class QuoteBook:
    """Quotes of one tenant."""

    def __init__(self, redis: Redis, tenant: str) -> None:
        self._redis = redis
        self._prefix = f"cutaway:{tenant}:"

    async def save(self, quote_id: str, version_id: str, quote: Mapping[str, Any]) -> None:
        """Store a quote, also as the newest one of its version. Saving the same id again replaces it."""
        async with self._redis.pipeline(transaction=True) as pipe:
            await pipe.set(f"{self._prefix}quote:{quote_id}", json.dumps(dict(quote)))
            await pipe.set(f"{self._prefix}version:{version_id}:quote", quote_id)
            await pipe.execute()

    async def load(self, quote_id: str) -> dict[str, Any] | None:
        """The quote, or None."""
        text = await self._redis.get(f"{self._prefix}quote:{quote_id}")
        return json.loads(text) if text else None

    async def of_version(self, version_id: str) -> dict[str, Any] | None:
        """The newest quote of a version, or None."""
        quote_id = await self._redis.get(f"{self._prefix}version:{version_id}:quote")
        return await self.load(str(quote_id)) if quote_id else None
