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
    that is; `provider_left_usd` is what each account's holds, `provider_limit_usd` of how much. `month` is what a
    plan's month still holds of a person's money (None: no plan, or it is not known).
    `deadline` is when the clip is needed; None: as soon as it can be.
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
    month: Month | None = None
    in_flight: Mapping[str, int] = field(default_factory=dict)
    max_in_flight: Mapping[str, int] = field(default_factory=dict)
    seen: Mapping[tuple[str, OperationKind], Seen] = field(default_factory=dict)
    speeds: Mapping[str, Speed] = field(default_factory=dict)
    pools: Mapping[str, Pool] = field(default_factory=dict)
    deadline: datetime | None = None

    def left_in_words(self) -> str:
        """What the tightest budget still holds, and of what. Only where there is one."""
        assert self.left_usd is not None
        return f"{usd(self.left_usd)} are left of {self.tightest or 'the budget'}"

    def provider_left_in_words(self, provider: str) -> str:
        """What a provider's month still holds, and of what. Only where it has a limit."""
        limit = self.provider_limit_usd.get(provider)
        of = "" if limit is None else f" of the provider-month budget of {usd(limit)}"
        return f"{usd(self.provider_left_usd[provider])} are left this month at {provider}{of}"

    @property
    def today(self) -> date:
        """The UTC date."""
        return self.now.date()

    def wait_s(self, model: str, provider: str, speed_s_per_s: float | None, duration_s: float) -> float | None:
        """Seconds until a clip ordered now is expected to be there, None when nobody knows.

        Observed times beat the published speed; a pool's queue comes on top, and an unknown queue makes it unknown.
        """
        seen = self.speeds.get(model)
        works_s = seen.p50_s if seen is not None else (None if speed_s_per_s is None else speed_s_per_s * duration_s)
        pool = self.pools.get(provider)
        if pool is None or pool.is_free:
            return works_s
        begins = self.idle_begin(provider)
        if begins is not None:
            return None if works_s is None else (begins - self.now).total_seconds() + works_s
        return None if pool.eta_s is None else pool.eta_s + (works_s or 0.0)

    def idle_begin(self, provider: str) -> datetime | None:
        """When our machines of this provider are idle next, for work with a deadline that finds them busy."""
        pool = self.pools.get(provider)
        if self.deadline is None or pool is None or pool.is_free or pool.idle_from is None:
            return None
        return pool.idle_from if self.now < pool.idle_from < self.deadline else None
