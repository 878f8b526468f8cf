"""The account's list of jobs, newest first, and whether one of them is an order whose answer was lost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

from cutaway.errors import ProviderError
from cutaway.vendor import RemoteVendor, at, text

MAX_PAGES: Final = 20
"""A page holds 100 jobs."""


async def jobs_since(vendor: RemoteVendor, earliest: datetime) -> list[tuple[datetime, Mapping[str, Any]]]:
    """What the account ordered by API since a moment, with when.

    Raises `ProviderError` (kind "unknown") when the list does not surely reach back to it.
    """
    found: list[tuple[datetime, Mapping[str, Any]]] = []
    params: dict[str, str] = {}
    for _ in range(MAX_PAGES):
        page = (await vendor.client.get_json("/predictions", params=params)).data
        jobs = page.get("results")
        if not isinstance(jobs, list):
            break
        for job in jobs:
            created = moment(at(job, "created_at"))
            if created is None:
                raise ProviderError(f"{vendor.name} lists a job without its time.", kind="unknown")
            if created < earliest:
                return found
            if text(job, "source") != "web":
                found.append((created, job))
        # Only the cursor is taken from the address of the next page: the key goes to our own path.
        params = dict(parse_qsl(urlsplit(text(page, "next")).query))
        if not params:
            if page.get("next", "") is None:
                return found
            break
    raise ProviderError(f"The list of {vendor.name} does not surely reach back to {earliest:%H:%M:%S}.", kind="unknown")


def moment(value: Any) -> datetime | None:
    """A time as the API writes it, None for anything without a zone."""
    try:
        found = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return found if found.tzinfo else None


def is_order(job: Mapping[str, Any], model: str, ours: Mapping[str, object], names: Mapping[str, str]) -> bool | None:
    """Whether a listed job is the order with this input (its files aside); None when that cannot be told.

    Another model, other words or another seed settle it. The rest must be as we sent it: a job that differs there was
    not sent by this version of the adapter, and nobody knows by what.
    """
    if text(job, "model") != model:
        return False
    theirs = at(job, "input")
    if not isinstance(theirs, Mapping) or job.get("data_removed"):
        return None
    words = names.get("prompt", "")
    if not words or not isinstance(theirs.get(words), str):
        return None
    if str(theirs[words]).split() != str(ours[words]).split():
        return False
    seed = names.get("seed", "")
    if seed and isinstance(theirs.get(seed), int) and theirs[seed] != ours[seed]:
        return False
    return True if all(theirs.get(name) == value for name, value in ours.items() if name != words) else None
