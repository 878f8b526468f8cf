"""Reading the dialect's objects: states, kinds of failure, costs, and whether a listed job is an order."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final, Literal

from cutaway.errors import FailureKind

STATES: Final[Mapping[str, Literal["queued", "running", "succeeded", "failed", "cancelled", "expired"]]] = {
    "queued": "queued",
    "in_progress": "running",
    "completed": "succeeded",
    "failed": "failed",
    "cancelled": "cancelled",
    "expired": "expired",
}
CODE_KINDS: Final[Mapping[str, FailureKind]] = {
    **dict.fromkeys(
        ("moderation_blocked", "content_policy_violation", "content_filter", "content_moderated"), "policy"
    ),
    **dict.fromkeys(("insufficient_quota", "billing_hard_limit_reached", "insufficient_balance"), "balance"),
    **dict.fromkeys(("invalid_request_error", "invalid_prompt", "invalid_value"), "invalid"),
    **dict.fromkeys(("rate_limit_exceeded", "rate_limited"), "quota"),
    **dict.fromkeys(("server_overloaded", "overloaded", "timeout"), "capacity"),
    "model_not_found": "not_found",
}
MAX_COST_USD: Final = 100_000
MAX_TIME: Final = 10**11

log = logging.getLogger(__name__)


def same_order(item: Mapping[str, Any], form: Mapping[str, str], earliest: float) -> bool | None:
    """Whether a listed job is this order; None when it lacks what would tell."""
    created = number(item.get("created_at"), MAX_TIME)
    if created is not None and created < earliest:
        return False
    pairs = [(str(item[name]).strip(), form[name].strip()) for name in ("prompt", "model", "size") if item.get(name)]
    seconds = number(item.get("seconds"), 10**6)
    if any(theirs != ours for theirs, ours in pairs) or (seconds is not None and seconds != Decimal(form["seconds"])):
        return False
    return None if created is None or seconds is None or len(pairs) < 3 else True


def at(data: Any, field: str) -> Any:
    """The value of a bracketed form name (`metadata[key]`) in a JSON object, nested or flat."""
    if isinstance(data, Mapping) and field in data:
        return data[field]
    for name in re.findall(r"\w+", field):
        data = data.get(name) if isinstance(data, Mapping) else None
    return data


def number(value: Any, most: int) -> Decimal | None:
    """A number or numeric text from 0 up, at most `most`; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        return None
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return min(number, Decimal(most)) if number.is_finite() and number >= 0 else None


def cost_usd(data: Mapping[str, Any]) -> Decimal | None:
    """What the vendor says it charged, in USD; None when it says nothing that can be believed."""
    for field in ("usage[cost]", "usage[provider_reported_cost_usd]", "cost_usd"):
        said = at(data, field)
        if said is not None:
            cost = number(said, MAX_COST_USD + 1)
            if cost is None or cost > MAX_COST_USD:
                log.warning("A vendor reports a cost that is no amount of USD: %.40r", said)
                return None
            return cost
    return None
