"""The moment a decision was made in, as it is kept beside it: small, JSON, and enough to decide again.

Only what the router reads is kept, and only of the models and accounts that were candidates. A mapping holds at most
`MOST_NAMES` entries and a reason `MOST_CHARS` characters; what did not fit is named in `cut`, so that a replay can say
that it guesses. What is at its default is left out when a record is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Final, TypeVar

from pydantic import Field

from cutaway.contract import Frozen, OperationKind
from cutaway.routing.conditions import Budget, Conditions, MayLeave, Pool, Speed, Used
from cutaway.routing.decision import RoutingDecision
from cutaway.routing.pacing import Month
from cutaway.routing.policy import Budgets, RoutingPolicy
from cutaway.routing.quality import Seen

MOST_NAMES: Final = 64
MOST_CHARS: Final = 120
NOTHING: Final = Decimal(0)

T = TypeVar("T")


def limits_of(budgets: Budgets) -> dict[str, Decimal]:
    """A policy's budgets by the names the ledger counts them under, narrowest first."""
    return {
        "turn": budgets.per_turn_usd,
        "thread": budgets.per_thread_usd,
        "user-day": budgets.per_user_day_usd,
        "tenant-month": budgets.per_tenant_month_usd,
    }


class Spent(Frozen):
    """What one budget had held and charged, in USD; `lowered_usd` is what people had lowered it to."""

    usd: Decimal = NOTHING
    lowered_usd: Decimal | None = None

    def limit(self, limit_usd: Decimal) -> Decimal:
        """The limit that held of a policy's limit, in USD."""
        return limit_usd if self.lowered_usd is None else min(limit_usd, self.lowered_usd)

    def left(self, limit_usd: Decimal) -> Decimal:
        """What a budget of this limit still held, in USD, at least 0."""
        return max(NOTHING, self.limit(limit_usd) - self.usd)


class PlanMonth(Frozen):
    """What a person had spent of a plan's month, in USD, and how many shots were ordered together.

    A month that is spent up counts as spent, and no more.
    """

    usd: Decimal = NOTHING
    shots: int = Field(default=1, ge=1)

    def under(self, budget_usd: Decimal) -> Month:
        """The month of a plan that lets this much be spent."""
        return Month(budget_usd, max(NOTHING, budget_usd - self.usd), self.shots)


class Machines(Frozen):
    """A pool of ours: free slots, orders waiting, seconds until the next is free; None: unknown."""

    free_slots: int | None = None
    queued: int | None = None
    eta_s: float | None = None
    reasoning_busy: bool = False
    idle_from: datetime | None = None


class Circumstances(Frozen):
    """What one decision saw of its moment.

    `left_usd` is what the `tightest` budget still held (None: no store was there to ask). `used` and `accounts` say
    what each budget and each account with a limit had used, so that other limits can be tried; a budget that is not
    named had used nothing. `plan_usd` is the most a subscription allowed, `month` what was spent of its month.
    `under_way` has an account's orders under way and the most it takes (0: no limit). `seen` (kept, rejected) and
    `speeds` (p50_s, p90_s, clips) are those of the order's operation, by model. `places` says when our models could
    begin in idle hours, None where none was free.
    """

    left_usd: Decimal | None = None
    tightest: str = ""
    used: dict[str, Spent] = Field(default_factory=dict)
    accounts: dict[str, Spent] = Field(default_factory=dict)
    plan_usd: Decimal | None = None
    month: PlanMonth | None = None
    may_leave: MayLeave = "vendors"
    unhealthy: dict[str, str] = Field(default_factory=dict)
    under_way: dict[str, tuple[int, int]] = Field(default_factory=dict)
    seen: dict[str, tuple[float, float]] = Field(default_factory=dict)
    speeds: dict[str, tuple[float, float, int]] = Field(default_factory=dict)
    pools: dict[str, Machines] = Field(default_factory=dict)
    needed_by: datetime | None = None
    places: dict[str, datetime | None] = Field(default_factory=dict)
    cut: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        conditions: Conditions,
        decision: RoutingDecision,
        operation: OperationKind,
        *,
        plan_usd: Decimal | None = None,
    ) -> Circumstances:
        """What is kept of a moment, beside the decision made in it."""
        models = [one.model for one in decision.ranked] + [one.model for one in decision.rejections]
        accounts = list(dict.fromkeys(model.partition(":")[0] for model in models))
        cut: list[str] = []

        def kept(name: str, found: Mapping[str, T], order: Sequence[str]) -> dict[str, T]:
            there = [one for one in order if one in found]
            if len(there) > MOST_NAMES:
                cut.append(name)
            return {one: found[one] for one in there[:MOST_NAMES]}

        flying = {
            name: (conditions.in_flight.get(name, 0), conditions.max_in_flight.get(name, 0))
            for name in accounts
            if conditions.in_flight.get(name)
        }
        seen = {model: (_short(one.kept), _short(one.rejected)) for (model, _), one in _of(conditions.seen, operation)}
        speeds = {
            model: (_short(one.p50_s), _short(one.p90_s), one.samples)
            for (model, _), one in _of(conditions.speeds, operation)
        }
        pools = {
            name: Machines(
                free_slots=one.free_slots, queued=one.queued, eta_s=one.eta_s, reasoning_busy=one.reasoning_busy,
                idle_from=one.idle_from,
            )
            for name, one in conditions.pools.items()
        }  # fmt: skip
        month = conditions.month
        return cls(
            left_usd=conditions.left_usd,
            tightest=conditions.tightest.name if conditions.tightest else "",
            used={name: _spent(one) for name, one in conditions.used.items() if one != Used()},
            accounts=kept("accounts", {n: _spent(one) for n, one in conditions.accounts.items()}, accounts),
            plan_usd=plan_usd,
            month=PlanMonth(usd=month.budget_usd - month.left_usd, shots=month.shots) if month else None,
            may_leave=conditions.may_leave,
            unhealthy={
                name: reason[:MOST_CHARS]
                for name, reason in kept("unhealthy", conditions.unhealthy, [*accounts, *models]).items()
            },
            under_way=kept("under_way", flying, accounts),
            seen=kept("seen", seen, models),
            speeds=kept("speeds", speeds, models),
            pools=kept("pools", pools, accounts),
            needed_by=conditions.deadline,
            places=kept("places", conditions.places, models),
            cut=tuple(cut),
        )

    def onto(self, base: Conditions, operation: OperationKind) -> Conditions:
        """The moment as the router reads it, but for the money: `within` adds what a policy then leaves."""
        return replace(
            base,
            may_leave=self.may_leave,
            unhealthy=self.unhealthy,
            in_flight={name: busy for name, (busy, _) in self.under_way.items()},
            max_in_flight={name: most for name, (_, most) in self.under_way.items() if most},
            seen={(model, operation): Seen(*counts) for model, counts in self.seen.items()},
            speeds={(model, operation): Speed(*took) for model, took in self.speeds.items()},
            pools={name: Pool(**one.model_dump()) for name, one in self.pools.items()},
            deadline=self.needed_by,
            places=self.places,
        )

    def within(self, conditions: Conditions, policy: RoutingPolicy) -> Conditions:
        """The moment with what this policy would have had left. An account that nobody counted is not limited."""
        left, tightest = None, None
        if self.left_usd is not None:
            budgets = [(name, self.used.get(name, _UNUSED), limit) for name, limit in limits_of(policy.budgets).items()]
            name, used, limit = min(budgets, key=lambda one: one[1].left(one[2]))  # the narrowest of equals
            left, tightest = used.left(limit), Budget(name, used.limit(limit))
        months = policy.budgets.per_provider_month_usd
        there = {name: (self.accounts[name], limit) for name, limit in months.items() if name in self.accounts}
        return replace(
            conditions,
            left_usd=left,
            tightest=tightest,
            provider_left_usd={name: used.left(limit) for name, (used, limit) in there.items()},
            provider_limit_usd={name: used.limit(limit) for name, (used, limit) in there.items()},
            month=self.month.under(policy.plan.spendable_usd) if self.month and policy.plan else None,
        )

    def guessed(self, policy: RoutingPolicy) -> tuple[str, ...]:
        """What a replay under a policy cannot know.

        `conditions` that did not fit, an account's `budget`, what a person had spent of a plan's `month`.
        """
        uncounted = self.left_usd is not None and set(policy.budgets.per_provider_month_usd) - set(self.accounts)
        months = self.month is None and policy.plan is not None
        return (
            *(("conditions",) if self.cut else ()),
            *(("budget",) if uncounted else ()),
            *(("month",) if months else ()),
        )


_UNUSED: Final = Spent()


def _spent(used: Used) -> Spent:
    return Spent(usd=used.usd, lowered_usd=used.lowered_usd)


def _of(
    found: Mapping[tuple[str, OperationKind], T], operation: OperationKind
) -> Iterable[tuple[tuple[str, OperationKind], T]]:
    return ((key, one) for key, one in found.items() if key[1] == operation)


def _short(number: float) -> float:
    """Six significant digits: what a decision can tell apart."""
    return float(f"{number:.6g}")
