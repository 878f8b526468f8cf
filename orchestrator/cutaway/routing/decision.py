"""A routing decision as it is kept: ranked models, every rejection with its reason, and what it was decided by."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from cutaway.contract import Frozen, Size


class Ordered(Frozen):
    """Length and size as a vendor is asked for them, where they differ from the shot's."""

    duration_s: float
    size: Size


class Ranked(Frozen):
    """A model that may be used, with the most it can charge in USD.

    `arithmetic` spells the price out. `attempts` is how many tries an accepted clip is expected to take, and
    `per_accepted_s_usd` what an accepted second then costs. `expected_wait_s` is None where nobody knows. `ordered` is
    set when it is asked for more than the shot needs, and `notes` say so.
    """

    model: str
    provider: str
    most_usd: Decimal
    price_source: str
    price_as_of: date
    why: str
    local: bool = True
    ordered: Ordered | None = None
    notes: tuple[str, ...] = ()
    arithmetic: str = ""
    attempts: float = 1.0
    per_accepted_s_usd: Decimal = Decimal(0)
    expected_wait_s: float | None = None


class Rejected(Frozen):
    """A model that may not be used, why, and its price where it got that far."""

    model: str
    reason: str
    arithmetic: str = ""


class RoutingDecision(Frozen):
    """Ranked candidates, the first of which is chosen, and every rejection with its reason.

    `rules` are the policy's rules that applied; `ask` says why a person must say yes whatever the approval limit is
    ('' when nothing does). `no_final` says why only outlines can be had where more was asked for ('' when more can).
    """

    ranked: tuple[Ranked, ...]
    rejections: tuple[Rejected, ...]
    policy: str
    policy_revision: str
    catalog_date: date | None
    objective: str
    rules: tuple[str, ...] = ()
    ask: str = ""
    no_final: str = ""

    @property
    def chosen(self) -> Ranked:
        """The model to use."""
        return self.ranked[0]
