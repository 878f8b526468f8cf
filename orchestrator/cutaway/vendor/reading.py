"""Reading values out of a vendor's JSON without trusting it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final

MAX_COST_USD: Final = 100_000


def at(data: Any, path: str) -> Any:
    """The value at a dotted path (`output.task_id`, `data.0.url`) of a JSON value; None where there is none."""
    for name in path.split("."):
        if isinstance(data, Mapping):
            data = data.get(name)
        elif isinstance(data, list) and name.isdigit() and int(name) < len(data):
            data = data[int(name)]
        else:
            return None
    return data


def text(data: Any, path: str) -> str:
    """The text at a dotted path, '' where there is none."""
    found = at(data, path)
    return found if isinstance(found, str) else ""


def number(value: Any, most: int) -> Decimal | None:
    """A number or numeric text from 0 up, at most `most`; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        return None
    try:
        found = Decimal(value)
    except InvalidOperation:
        return None
    return min(found, Decimal(most)) if found.is_finite() and found >= 0 else None


def money(value: Any, usd_per_unit: Decimal = Decimal(1)) -> Decimal | None:
    """What a vendor says it charged, in USD; None when it says nothing that can be believed."""
    units = number(value, 10**18)
    if units is None:
        return None
    cost = units * usd_per_unit
    return cost if cost <= MAX_COST_USD else None
