"""The policy in force for a conversation: from the file the settings name, else from the store.

It is asked before each turn, so a change holds from the next message on and a turn never sees two policies.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from cutaway.conversation.terms import within
from cutaway.errors import ConfigError, NotFoundError
from cutaway.ledger.policies import PolicyShelf, PolicyState
from cutaway.routing import RoutingPolicy
from cutaway.routing.policy_file import find_policy
from cutaway.routing.source import FileSource, InForce
from cutaway.settings import Settings

if TYPE_CHECKING:
    from redis.asyncio import Redis

STORE: Final = "store"

log = logging.getLogger(__name__)


class Policies:
    """What holds now, under the limits and aliases of the settings."""

    def __init__(self, settings: Settings, redis: Redis, clock: Callable[[], datetime]) -> None:
        """Reads the file where there is one. Raises `ConfigError` when it has errors."""
        self._settings = settings
        self._clock = clock
        self._shelf = PolicyShelf(redis)
        self._file = FileSource(find_policy(str(settings.policy))) if settings.policy else None
        self._stored: dict[str, RoutingPolicy] = {"": RoutingPolicy()}
        self._within: dict[int, tuple[RoutingPolicy, RoutingPolicy]] = {}
        self._good: tuple[PolicyState, InForce] | None = None
        self._noted: tuple[str, str] | None = None

    @property
    def source(self) -> str:
        """The file's path, or `store`."""
        return name_source(self._settings)

    async def of(self, tenant: str, thread: str) -> tuple[RoutingPolicy, RoutingPolicy | None]:
        """The policy of a conversation, and the one that decides beside it in the shadow."""
        found = await self.in_force()
        shadow = self._limited(found.shadow) if found.shadow else None
        return self._limited(found.of(tenant, thread)), shadow

    async def active(self) -> RoutingPolicy:
        """The policy of every conversation outside a canary."""
        return self._limited((await self.in_force()).policy)

    async def in_force(self) -> InForce:
        """What holds now, as its source says it (without the limits of the settings)."""
        found = self._file.current() if self._file else await self._from_store()
        noted = (found.policy.revision, found.problem)
        if noted != self._noted:
            if found.problem:
                log.warning("The policy %s stays: %s", found.policy.name, found.problem)
            self._noted = noted
            await self._shelf.note_live(
                self.source,
                revision=found.policy.revision,
                name=found.policy.name,
                document=found.policy.model_dump(mode="json"),
                problem=found.problem,
                now=self._clock(),
            )
        return found

    async def _from_store(self) -> InForce:
        state = await self._shelf.state()
        if self._good and self._good[0] == state:
            return self._good[1]
        try:
            found = InForce(
                await self._revision(state.active),
                canary=await self._revision(state.canary) if state.canary else None,
                percent=state.percent,
                shadow=await self._revision(state.shadow) if state.shadow else None,
            )
        except (NotFoundError, ConfigError) as error:
            last = self._good[1] if self._good else InForce(RoutingPolicy())
            return InForce(last.policy, last.canary, last.percent, last.shadow, str(error))
        self._good = (state, found)
        return found

    async def _revision(self, revision: str) -> RoutingPolicy:
        if revision not in self._stored:
            document = await self._shelf.document(revision)
            try:
                self._stored[revision] = RoutingPolicy.model_validate(document)
            except ValidationError as error:
                key = ".".join(str(part) for part in error.errors()[0]["loc"]) or "its content"
                problem = f"The stored policy {revision} cannot be read here: this Cutaway does not take its {key}."
                raise ConfigError(problem, fix="Upgrade this Cutaway, or roll back.") from error
        return self._stored[revision]

    def _limited(self, policy: RoutingPolicy) -> RoutingPolicy:
        known = self._within.get(id(policy))
        if known is None:
            if len(self._within) > 100:
                self._within.clear()
            # Kept beside what it led to, so no other policy can get its id; and the router caches by identity too.
            known = (policy, within(self._settings, policy))
            self._within[id(policy)] = known
        return known[1]


def name_source(settings: Settings) -> str:
    """Where the policy comes from: a file's path, or `store`."""
    return str(find_policy(str(settings.policy))) if settings.policy else STORE


def file_of(settings: Settings) -> Path | None:
    """The policy file the settings name, None when the store has the policies."""
    return find_policy(str(settings.policy)) if settings.policy else None
