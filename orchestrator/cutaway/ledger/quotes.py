"""Quotes by id, and what a message's turn stood on when it was first answered. JSON in, JSON out.

Both are written once: a turn that is run again after a crash finds its own first plan and price, whatever a reasoner or
a price list would say by now. The decisions of a quote are kept beside it under the hash of their content: orders of
one shape are decided alike, so a thousand quotes of a batch share the few decisions they rest on.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from cutaway.ledger.decisions import add_decisions

if TYPE_CHECKING:
    from redis.asyncio import Redis


FOOTING_S: Final = 30 * 86_400
"""How long a replay may come after the first try."""
AT_ONCE: Final = 200
"""Quotes in one round trip."""


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
            self._add(pipe, quote_id, version_id, quote)
            add_decisions(pipe, self._tenant, decisions)
            await pipe.execute()

    async def save_all(self, quotes: Iterable[tuple[str, str, Mapping[str, Any]]], *, first: bool = False) -> None:
        """Store many quotes, each with its id and version, a few hundred at a time; `first` keeps those that are there.

        A decision may be given by name, as `save_decisions` gave it.
        """
        every = list(quotes)
        for start in range(0, len(every), AT_ONCE):
            async with self._redis.pipeline(transaction=True) as pipe:
                for quote_id, version_id, quote in every[start : start + AT_ONCE]:
                    self._add(pipe, quote_id, version_id, quote, first=first)
                await pipe.execute()

    async def save_decisions(self, decisions: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
        """Keep decisions, equal ones once, and give the name of each."""
        named = [_named(decision) for decision in decisions]
        async with self._redis.pipeline(transaction=True) as pipe:
            for name, text in dict(named).items():
                await pipe.set(self._decision(name), text)
            await pipe.execute()
        return tuple(name for name, _ in named)

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
        return None if text is None else await self._whole(json.loads(text))

    async def of_version(self, version_id: str) -> dict[str, Any] | None:
        """The newest quote of a version, or None."""
        quote_id = await self._redis.get(f"{self._prefix}version:{version_id}:quote")
        return await self.load(str(quote_id)) if quote_id else None

    async def of_versions(self, version_ids: Sequence[str]) -> tuple[tuple[dict[str, Any], ...], dict[str, Any]]:
        """The newest quotes of many versions, in order, with decisions by name, and those decisions.

        Versions without a quote are left out.
        """
        found: list[dict[str, Any]] = []
        for start in range(0, len(version_ids), AT_ONCE):
            some = version_ids[start : start + AT_ONCE]
            ids = await self._redis.mget([f"{self._prefix}version:{one}:quote" for one in some])
            texts = await self._redis.mget([f"{self._prefix}quote:{one!s}" for one in ids if one]) if any(ids) else []
            found += [json.loads(text) for text in texts if text]
        names = {name for quote in found for name in quote.get("decisions", {}).values() if isinstance(name, str)}
        return tuple(found), await self._decisions(names)

    def _add(self, pipe: Any, quote_id: str, version_id: str, quote: Mapping[str, Any], *, first: bool = False) -> None:
        """Queue a quote on a pipeline, its decisions once each."""
        kept = dict(quote)
        names: dict[str, str] = {}
        for shot, decision in kept.get("decisions", {}).items():
            if isinstance(decision, str):
                names[shot] = decision
                continue
            names[shot], text = _named(decision)
            pipe.set(self._decision(names[shot]), text)
        if "decisions" in kept:
            kept["decisions"] = names
        pipe.set(f"{self._prefix}quote:{quote_id}", json.dumps(kept), nx=first)
        pipe.set(f"{self._prefix}version:{version_id}:quote", quote_id, nx=first)

    async def _whole(self, quote: dict[str, Any]) -> dict[str, Any]:
        """A stored quote with its decisions put in; older ones hold them already."""
        given = quote.get("decisions") or {}
        there = await self._decisions({name for name in given.values() if isinstance(name, str)})
        if there:
            quote["decisions"] = {
                shot: there.get(one, one) if isinstance(one, str) else one for shot, one in given.items()
            }
        return quote

    async def _decisions(self, names: Iterable[str]) -> dict[str, Any]:
        wanted = sorted(set(names))
        texts = await self._redis.mget([self._decision(name) for name in wanted]) if wanted else []
        return {name: json.loads(text) for name, text in zip(wanted, texts, strict=True) if text}

    def _decision(self, name: str) -> str:
        return f"{self._prefix}decision:{name}"


def _named(decision: Mapping[str, Any]) -> tuple[str, str]:
    """A decision's name, 32 hex digits of its content's hash, and its JSON."""
    text = json.dumps(dict(decision), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32], text
