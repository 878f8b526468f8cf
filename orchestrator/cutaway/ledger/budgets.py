"""Which budgets one dispatch counts against. A charge counts in the window in which it was reserved, UTC."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Final

from cutaway.ledger.ledger import Scope
from cutaway.ledger.operation import to_micro

DAY_S: Final = 86_400
KEEP_S: Final = 400 * DAY_S


def scopes(
    *, tenant: str, thread: str, user: str, message_id: str, now: datetime, limits_usd: Mapping[str, Decimal]
) -> tuple[Scope, ...]:
    """The scopes named in `limits_usd` (turn, thread, user-day, tenant-month), narrowest first."""
    keys = {
        "turn": f"turn:{thread}:{message_id}",
        "thread": f"thread:{thread}",
        "user-day": f"user:{user}:{now:%Y-%m-%d}",
        "tenant-month": f"month:{now:%Y-%m}",
    }
    return tuple(
        Scope(f"cutaway:{tenant}:budget:{keys[name]}", name, to_micro(limits_usd[name]), KEEP_S)
        for name in keys
        if name in limits_usd
    )
