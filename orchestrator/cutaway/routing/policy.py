"""What an operator allows: budgets, approval, and which models may be chosen.

`RoutingPolicy()` holds the defaults; `policies/default.yaml` says the same and a test compares them.
"""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import Literal

from pydantic import Field

from cutaway.contract import Frozen

Usd = Decimal


class Budgets(Frozen):
    """Hard limits in USD. A hold that does not fit is refused before anything is sent."""

    per_clip_usd: Usd = Field(default=Usd("0.50"), ge=0)
    per_turn_usd: Usd = Field(default=Usd("2.00"), ge=0)
    per_thread_usd: Usd = Field(default=Usd("5.00"), ge=0)
    per_user_day_usd: Usd = Field(default=Usd("10.00"), ge=0)
    per_tenant_month_usd: Usd = Field(default=Usd("100.00"), ge=0)
    per_provider_month_usd: dict[str, Usd] = Field(default_factory=dict)
    """What all tenants together may spend at a provider instance in a month, by its name; others have no such limit."""


class Approval(Frozen):
    """When a person is asked first: any quote that can cost more than this many USD."""

    ask_above_usd: Usd = Field(default=Usd("0"), ge=0)


class Choice(Frozen):
    """Which models may be chosen, and in what order ties are broken. Model ids are `provider:model`."""

    objective: Literal["price", "quality"] = "price"
    only: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    prefer: tuple[str, ...] = ()


class RoutingPolicy(Frozen):
    """One policy. `revision` names its content, and every decision keeps it."""

    name: str = "default"
    budgets: Budgets = Budgets()
    approval: Approval = Approval()
    choice: Choice = Choice()

    @property
    def revision(self) -> str:
        """12 hex digits of the policy's content."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:12]
