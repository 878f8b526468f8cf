"""Reading the dialect's objects: states, kinds of failure, costs, and whether a listed job is an order."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from cutaway.errors import FailureKind
from cutaway.vendor import State, at, money, number

STATES: Final[Mapping[str, State]] = {
    "queued": "queued",
    "pending": "queued",
    "in_progress": "running",
    "processing": "running",
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
COSTS: Final = ("usage.cost", "usage.provider_reported_cost_usd", "cost_usd")
MAX_TIME: Final = 10**11


def same_order(item: Mapping[str, Any], fields: Mapping[str, Any], earliest: float) -> bool | None:
    """Whether a listed job is this order; None when it lacks what would tell."""
    created = number(item.get("created_at"), MAX_TIME)
    if created is not None and created < earliest:
        return False
    pairs = [(str(item[name]).strip(), fields[name].strip()) for name in ("prompt", "model", "size") if item.get(name)]
    seconds = number(item.get("seconds"), 10**6)
    if any(theirs != ours for theirs, ours in pairs) or (seconds is not None and seconds != Decimal(fields["seconds"])):
        return False
    return None if created is None or seconds is None or len(pairs) < 3 else True


def echoed(item: Mapping[str, Any], field: str) -> Any:
    """The value of a bracketed form name (`metadata[key]`) in a JSON object, nested or flat."""
    return item[field] if field in item else at(item, ".".join(re.findall(r"\w+", field)))


def nested(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Bracketed form names as JSON: `{"video[id]": 1}` is `{"video": {"id": 1}}`."""
    body: dict[str, Any] = {}
    for field, value in fields.items():
        *above, last = re.findall(r"\w+", field)
        inner = body
        for name in above:
            inner = inner.setdefault(name, {})
        inner[last] = value
    return body


def cost_usd(data: Mapping[str, Any], field: str) -> Decimal | None:
    """What the vendor says it charged, in USD; None when it says nothing that can be believed."""
    said = (at(data, one) for one in ((field,) if field else COSTS))
    return money(next((one for one in said if one is not None), None))
