"""Many small worlds side by side in one process, each in a database of its own, so that round trips overlap."""

from __future__ import annotations

import asyncio
import logging
import tempfile
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from bench.chaos.clock import Changes, ClockedLedger
from redis.asyncio import Redis

LANES = 8
"""A server has 16 databases unless told otherwise."""

T = TypeVar("T")


async def in_lanes(
    url: str, jobs: Iterable[T], work: Callable[[Redis, ClockedLedger, T], Awaitable[str]], *, changes: Changes = ()
) -> list[str]:
    """Do every job, `LANES` at a time, each lane with a database and a ledger; gives what went wrong, in job order.

    `work` finds its database empty and gives "" when all is well. Databases 0 to 7 of the server are emptied.
    """
    found: list[tuple[int, str]] = []
    queue = enumerate(jobs)

    async def lane(number: int) -> None:
        redis: Redis = Redis.from_url(url, db=number, decode_responses=True)
        scripts = ClockedLedger(redis, changes=changes)
        try:
            for index, job in queue:
                await redis.flushdb()
                if wrong := await work(redis, scripts, job):
                    found.append((index, wrong))
            await redis.flushdb()
        finally:
            await redis.aclose()

    with quiet():
        await asyncio.gather(*(lane(number) for number in range(LANES)))
    return [wrong for _, wrong in sorted(found)]


@contextmanager
def quiet() -> Iterator[None]:
    """Keep the house's own warnings out of the way: here every misfortune is on purpose, thousands of times."""
    log = logging.getLogger("cutaway")
    before = log.level
    log.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        log.setLevel(before)


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder for files that live a millisecond: in memory where the system has such a place."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(prefix="chaos-", dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder)
