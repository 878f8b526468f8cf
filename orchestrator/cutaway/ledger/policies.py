"""Policies in the store: every revision that was applied, which of them holds, and what running studios go on with.

One server has one set of policies, whatever the tenant. A policy is JSON here; what it says is for the routing room.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from cutaway.errors import InputError, NotFoundError

if TYPE_CHECKING:
    from redis.asyncio import Redis

STATE: Final = "cutaway:policy:state"
REVISIONS: Final = "cutaway:policy:revisions"
HISTORY: Final = "cutaway:policy:history"
LIVE: Final = "cutaway:policy:live"
MOST_BACK: Final = 20
"""How many rollbacks in a row there can be."""
MOST_HISTORY: Final = 100


@dataclass(frozen=True, slots=True)
class PolicyState:
    """Revisions by their role: '' is the default policy as `active`, and nothing as `canary` or `shadow`.

    `before` are the active ones before it, the latest last.
    """

    active: str = ""
    canary: str = ""
    percent: int = 0
    shadow: str = ""
    before: tuple[str, ...] = ()


class PolicyShelf:
    """The store's policies. Every move is one transaction; two at once follow each other."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def state(self) -> PolicyState:
        """Which revisions hold."""
        found: Any = await self._redis.get(STATE)
        return _state(found)

    async def document(self, revision: str) -> dict[str, Any]:
        """A stored policy. Raises `NotFoundError`."""
        text: Any = await self._redis.hget(REVISIONS, revision)
        if not text:
            raise NotFoundError(f"There is no policy revision {revision!r} in the store.")
        found: dict[str, Any] = json.loads(text)["document"]
        return found

    async def revisions(self) -> dict[str, dict[str, Any]]:
        """Every stored revision with `name`, `added_at` and `document`."""
        found: Any = await self._redis.hgetall(REVISIONS)
        return {revision: json.loads(text) for revision, text in found.items()}

    async def history(self, limit: int = 10) -> tuple[dict[str, Any], ...]:
        """The latest moves, newest first: `at`, `did`, `revision`, `percent`."""
        found: Any = await self._redis.lrange(HISTORY, 0, limit - 1)
        return tuple(json.loads(text) for text in found)

    async def apply(
        self,
        revision: str,
        name: str,
        document: Mapping[str, Any],
        *,
        now: datetime,
        percent: int = 100,
        shadow: bool = False,
    ) -> PolicyState:
        """Let a policy hold: for all, for `percent` of the threads beside the active one, or only in the shadow.

        Raises `InputError` when it holds for all already and is to be a canary or a shadow of itself.
        """

        def change(state: PolicyState) -> PolicyState:
            partly = shadow or percent < 100
            if partly and state.active == revision:
                raise InputError(f"{name}@{revision} holds for all already.", fix="Apply another revision.")
            if shadow:
                return replace(state, shadow=revision)
            if partly:
                return replace(state, canary=revision, percent=percent)
            before = state.before if state.active == revision else (*state.before, state.active)[-MOST_BACK:]
            return PolicyState(active=revision, before=before)

        entry = json.dumps({"name": name, "added_at": now.isoformat(), "document": dict(document)})
        did = "shadow" if shadow else "canary" if percent < 100 else "apply"
        return await self._move(change, did, now, percent=percent, entry=(revision, entry))

    async def rollback(self, *, now: datetime) -> PolicyState:
        """Take the canary and the shadow back; without one, the policy before the active one holds again.

        Raises `InputError` when there is nothing to go back to.
        """

        def change(state: PolicyState) -> PolicyState:
            if state.canary or state.shadow:
                return PolicyState(active=state.active, before=state.before)
            if not state.before:
                raise InputError("There is no policy to go back to.", fix="`cutaway policy status` shows what holds.")
            return PolicyState(active=state.before[-1], before=state.before[:-1])

        return await self._move(change, "rollback", now)

    async def note_live(
        self, source: str, *, revision: str, name: str, document: Mapping[str, Any], problem: str, now: datetime
    ) -> None:
        """Write down what a running studio goes on with, so that others can tell when its source is gone."""
        said = {
            "source": source,
            "revision": revision,
            "name": name,
            "document": dict(document),
            "problem": problem,
            "at": now.isoformat(),
        }
        await self._redis.hset(LIVE, source, json.dumps(said))

    async def live(self, source: str) -> dict[str, Any] | None:
        """What running studios said last about a source, None when none ever did."""
        text: Any = await self._redis.hget(LIVE, source)
        return json.loads(text) if text else None

    async def _move(
        self,
        change: Callable[[PolicyState], PolicyState],
        did: str,
        now: datetime,
        *,
        percent: int = 100,
        entry: tuple[str, str] | None = None,
    ) -> PolicyState:
        from redis.exceptions import WatchError

        # Commands after multi() are queued, not awaited; redis-py's types do not know that.
        pipe: Any
        async with self._redis.pipeline(transaction=True) as pipe:
            while True:
                await pipe.watch(STATE)
                after = change(_state(await pipe.get(STATE)))
                pipe.multi()
                if entry is not None:
                    pipe.hset(REVISIONS, *entry)
                pipe.set(STATE, json.dumps(asdict(after)))
                revision = entry[0] if entry else after.active
                said = {"at": now.isoformat(), "did": did, "revision": revision, "percent": percent}
                pipe.lpush(HISTORY, json.dumps(said))
                pipe.ltrim(HISTORY, 0, MOST_HISTORY - 1)
                try:
                    await pipe.execute()
                except WatchError:
                    continue
                return after


def _state(text: str | None) -> PolicyState:
    if not text:
        return PolicyState()
    found = json.loads(text)
    return PolicyState(**(found | {"before": tuple(found["before"])}))
