"""What was charged, from the ledger's own append-only record, summed the way people ask for it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from cutaway.errors import InputError

if TYPE_CHECKING:
    from redis.asyncio import Redis

BY: Final = ("day", "model", "user", "thread", "tenant", "tag")


async def spending(
    redis: Redis, tenants: Sequence[str], *, since: datetime, by: Sequence[str]
) -> dict[tuple[str, ...], int]:
    """Micro-USD charged since a moment, per combination of `by` (see `BY`), largest first.

    A charge with several tags counts under each of them, so a sum over tags can exceed what was spent; corrections of
    earlier charges are negative. Raises `InputError` for another dimension.
    """
    unknown = [name for name in by if name not in BY]
    if unknown or not by:
        raise InputError(f"Spending cannot be summed by {unknown or 'nothing'}.", fix=f"Use {', '.join(BY)}.")
    start = f"{int(since.timestamp() * 1000)}-0"
    sums: Counter[tuple[str, ...]] = Counter()
    for tenant in tenants:
        entries: Any = await redis.xrange(f"cutaway:{tenant}:spend", min=start)
        for _, fields in entries:
            day = datetime.fromtimestamp(int(fields["at_ms"]) / 1000, tz=UTC).date().isoformat()
            tags = json.loads(fields.get("tags", "[]")) if "tag" in by else []
            for tag in tags or [""]:
                row = {**fields, "day": day, "tenant": tenant, "tag": tag}
                sums[tuple(row.get(name, "") for name in by)] += int(fields["charged_micro"])
    return dict(sums.most_common())


async def charged_to(redis: Redis, tenant: str, user: str, *, since: datetime) -> tuple[int, int]:
    """What one user was charged since a moment, in micro-USD, and for how many clips that cost something.

    A still costs money and is no clip.
    """
    total, clips = 0, set()
    entries: Any = await redis.xrange(f"cutaway:{tenant}:spend", min=f"{int(since.timestamp() * 1000)}-0")
    for _, fields in entries:
        if fields.get("user", "") == user:
            total += int(fields["charged_micro"])
            clips.add(fields.get("operation_id") or fields.get("id", ""))
    async with redis.pipeline(transaction=False) as pipe:
        for clip in clips:
            await pipe.hget(f"cutaway:op:{clip}", "spec")
        specs: list[str | None] = await pipe.execute()
    return total, sum(not _is_still(spec) for spec in specs)


def _is_still(spec: str | None) -> bool:
    request: dict[str, Any] = (json.loads(spec).get("request") or {}) if spec else {}
    return request.get("stage") == "still"


async def tenants(redis: Redis) -> tuple[str, ...]:
    """Every tenant that ever ordered something, by name."""
    return tuple(sorted(str(name) for name in await redis.smembers("cutaway:tenants")))
