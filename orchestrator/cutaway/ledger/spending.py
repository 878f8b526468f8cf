"""What was charged, from the ledger's own append-only record, summed the way people ask for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from cutaway.errors import InputError

if TYPE_CHECKING:
    from redis.asyncio import Redis

BY: Final = ("day", "model", "user", "thread")


async def spending(redis: Redis, tenant: str, *, since: datetime, by: Sequence[str]) -> dict[tuple[str, ...], int]:
    """Micro-USD charged since a moment, per combination of `by` (day, model, user, thread), largest first.

    Raises `InputError` for another dimension.
    """
    unknown = [name for name in by if name not in BY]
    if unknown or not by:
        raise InputError(f"Spending cannot be summed by {unknown or 'nothing'}.", fix=f"Use {', '.join(BY)}.")
    start = f"{int(since.timestamp() * 1000)}-0"
    entries: Any = await redis.xrange(f"cutaway:{tenant}:spend", min=start)
    sums: Counter[tuple[str, ...]] = Counter()
    for _, fields in entries:
        day = datetime.fromtimestamp(int(fields["at_ms"]) / 1000, tz=UTC).date().isoformat()
        row = {**fields, "day": day}
        sums[tuple(row.get(name, "") for name in by)] += int(fields["charged_micro"])
    return dict(sums.most_common())
