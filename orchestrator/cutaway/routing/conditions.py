"""The moment as data: clock, health, capacity, money left, what was seen. The router reads nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from cutaway.contract import OperationKind, usd
from cutaway.routing.pacing import Month
from cutaway.routing.quality import Seen

MayLeave = Literal["nowhere", "reasoner", "vendors"]
"""Where the content of a source may go: stay in the house, to the reasoner too, or to video vendors as well."""


@dataclass(frozen=True, slots=True)
class Used:
    """What is held and charged of one budget in its present window, in USD; `lowered_usd` where people lowered it.

    `lowered_for` is the one thread, user or provider it was lowered for, '' where it was for each of them.
    """

    usd: Decimal = Decimal(0)
    lowered_usd: Decimal | None = None
    lowered_for: str = ""


@dataclass(frozen=True, slots=True)
class Speed:
    """How long orders of one model took lately, from the order to the clip, in seconds."""

    p50_s: float
    p90_s: float
    samples: int = 0


@dataclass(frozen=True, slots=True)
class Pool:
    """Our own machines behind one provider instance. `None` is unknown, and unknown is not free.

    `free_slots` is how many clips could start now; `queued` how many wait; `eta_s` when the next would be done;
    `warm` the models that are loaded. `reasoning_busy` says that a language model on the same GPUs has work: video
    waits for it.
    """

    free_slots: int | None = None
    queued: int | None = None
    eta_s: float | None = None
    warm: tuple[str, ...] = ()
    reasoning_busy: bool = False
    idle_from: datetime | None = None
    """When the next idle hours begin, for work that can wait."""

    @property
    def is_free(self) -> bool:
        """True when a clip could surely start now."""
        return bool(self.free_slots) and not self.queued and not self.reasoning_busy


@dataclass(frozen=True, slots=True)
class Budget:
    """A budget by its level (`turn`, `thread`, `user-day`, `tenant-month`) with the limit that holds now."""

    name: str
    limit_usd: Decimal

    def __str__(self) -> str:
        return f"the {self.name} budget of {usd(self.limit_usd)}"


@dataclass(frozen=True, slots=True)
class Conditions:
    """Everything that may change between two decisions.

    Providers are named by instance, models by `provider:model`. `unhealthy` says why a provider should not be used now
    (an open breaker, a freeze). `paid_refused` says why nothing that costs money may be used ('' when it may).
    `clip_limit_usd` is the most this clip may cost now (None: the policy's clip limit).
    `wanted` is the one model an order is to be made by ('' when the policy chooses); `made_by` the one that made the
    clip which is revised. `left_usd` is what the tightest budget of this order still holds and `tightest` says which
    that is; `provider_left_usd` is what each account's holds, `provider_limit_usd` of how much. `used` and `accounts`
    say what each budget and each account had used, for whoever decides again under other limits. `month` is what a
    plan's month still holds of a person's money (None: no plan, or it is not known). `in_flight` counts an account's
    orders under way and `max_in_flight` the most it takes: what comes on top stands in line. `seen` and `speeds` are by
    model and operation. `deadline` is when the clip is needed; None: as soon as it can be. `places` says when a model
    of our own machines can begin in their idle hours, behind the work that waits for them already; None there: no idle
    hour before the deadline holds it.
    """

    now: datetime
    unhealthy: Mapping[str, str] = field(default_factory=dict)
    paid_refused: str = ""
    wanted: str = ""
    made_by: str = ""
    tenant: str = ""
    tags: tuple[str, ...] = ()
    may_leave: MayLeave = "vendors"
    clip_limit_usd: Decimal | None = None
    left_usd: Decimal | None = None
    tightest: Budget | None = None
    provider_left_usd: Mapping[str, Decimal] = field(default_factory=dict)
    provider_limit_usd: Mapping[str, Decimal] = field(default_factory=dict)
    used: Mapping[str, Used] = field(default_factory=dict)
    accounts: Mapping[str, Used] = field(default_factory=dict)
    month: Month | None = None
    in_flight: Mapping[str, int] = field(default_factory=dict)
    max_in_flight: Mapping[str, int] = field(default_factory=dict)
    seen: Mapping[tuple[str, OperationKind], Seen] = field(default_factory=dict)
    speeds: Mapping[tuple[str, OperationKind], Speed] = field(default_factory=dict)
    pools: Mapping[str, Pool] = field(default_factory=dict)
    deadline: datetime | None = None
    places: Mapping[str, datetime | None] = field(default_factory=dict)

    def left_in_words(self) -> str:
        """What the tightest budget still holds, and of what. Only where there is one."""
        assert self.left_usd is not None
        return f"{usd(self.left_usd)} are left of {self.tightest or 'the budget'}"

    def provider_left_in_words(self, provider: str) -> str:
        """What a provider's month still holds, and of what. Only where it has a limit."""
        limit = self.provider_limit_usd.get(provider)
        of = "" if limit is None else f" of the provider-month budget of {usd(limit)}"
        return f"{usd(self.provider_left_usd[provider])} are left this month at {provider}{of}"

    def full_in_words(self, provider: str) -> str:
        """How many orders an account has under way, and of how many. Only where it takes no more than so many."""
        busy, most = self.in_flight[provider], self.max_in_flight[provider]
        return f"has {busy} order{'' if busy == 1 else 's'} under way of {most} at most"

    @property
    def today(self) -> date:
        """The UTC date."""
        return self.now.date()

    def works_s(
        self, model: str, operation: OperationKind, speed_s_per_s: float | None, duration_s: float
    ) -> float | None:
        """Seconds one order takes once it has begun: the observed median, else by the published speed; None unknown."""
        seen = self.speeds.get((model, operation))
        if seen is not None:
            return seen.p50_s
        return None if speed_s_per_s is None else speed_s_per_s * duration_s

    def wait_s(self, model: str, provider: str, works_s: float | None, *, wait_for_idle: bool = True) -> float | None:
        """Seconds until a clip ordered now is expected to be there, None when nobody knows.

        A pool's queue comes on top of the work itself, and an unknown queue makes it unknown. Work with a deadline
        begins in the pool's idle hours instead, unless the policy says not to wait for them.
        """
        pool = self.pools.get(provider)
        if pool is None or pool.is_free:
            return works_s
        begins = self.idle_begin(model, provider) if wait_for_idle else None
        if begins is not None:
            return None if works_s is None else (begins - self.now).total_seconds() + works_s
        return None if pool.eta_s is None else pool.eta_s + (works_s or 0.0)

    def idle_begin(self, model: str, provider: str) -> datetime | None:
        """When a model of our machines can begin in their idle hours, for work with a deadline that finds them busy."""
        pool = self.pools.get(provider)
        if self.deadline is None or pool is None or pool.is_free:
            return None
        begins = self.places.get(model, pool.idle_from)
        return begins if begins is not None and self.now < begins < self.deadline else None

    def lines(self) -> dict[str, float]:
        """The accounts that are full, and how many orders' times pass until a new one can begin there.

        With `busy` under way of at most `cap`, busy - cap + 1 of them must end first, and `cap` end in the time of
        one: (busy - cap + 1) / cap. It counts all as just begun, so it is late rather than early.
        """
        return {
            name: (self.in_flight[name] - cap + 1) / cap
            for name, cap in self.max_in_flight.items()
            if cap > 0 and self.in_flight.get(name, 0) >= cap
        }
