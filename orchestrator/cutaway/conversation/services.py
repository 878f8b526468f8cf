"""What the nodes of the graph may use, handed in for each run; nothing of it is ever checkpointed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from cutaway.conversation.attachments import Shelf
from cutaway.conversation.plan import Reasoner
from cutaway.conversation.policies import Policies
from cutaway.jobs.capacity import Pools
from cutaway.jobs.queue import JobQueue
from cutaway.ledger import Ledger
from cutaway.ledger.acceptance import Acceptance
from cutaway.ledger.quotes import QuoteBook
from cutaway.routing import Catalog, Conditions, RoutingPolicy
from cutaway.storyboard.model import Resolution
from cutaway.storyboard.versions import Versions

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from cutaway.conversation.batches import Batches
    from cutaway.conversation.shapes import Shapes


@dataclass(frozen=True, slots=True)
class Services:
    """The rooms one tenant's conversation works with.

    `paid_refused` says why nothing that costs money may be used here ('' when it may). `still_owner` raises
    `ConflictError` once another process answers this thread; it is asked before anything is written. `policy` is the
    one that holds; where `policies` are given, `for_thread` says which. `shadow` decides beside it and orders nothing.
    """

    tenant: str
    ledger: Ledger
    quotes: QuoteBook
    versions: Versions
    shelf: Shelf
    queue: JobQueue
    reasoner: Reasoner
    candidates: Catalog
    policy: RoutingPolicy
    clock: Callable[[], datetime]
    paid_refused: str = ""
    resolution: Resolution = "480p"
    aliases: Mapping[str, str] = field(default_factory=dict)
    unhealthy: Mapping[str, str] = field(default_factory=dict)
    redis: Redis | None = None
    """The store, where the moment is read from; None: nothing is known of it."""
    pools: Pools | None = None
    acceptance: Acceptance | None = None
    still_owner: Callable[[], Awaitable[None]] | None = None
    policies: Policies | None = None
    shadow: RoutingPolicy | None = None
    moment: Conditions | None = None
    """What holds now, where it was read once for many films; None: each film reads it."""
    shapes: Shapes | None = None
    batches: Batches | None = None
    """Decides orders of one shape once, where many films are priced together."""

    async def for_thread(self, thread: str) -> Services:
        """The same rooms with the policy that holds for a conversation now."""
        if self.policies is None:
            return self
        policy, shadow = await self.policies.of(self.tenant, thread)
        return replace(self, policy=policy, shadow=shadow)
