"""The one function a queue message can reach. Two sync lines around one coroutine."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
from contextlib import AsyncExitStack
from types import FrameType

from cutaway.errors import JobError
from cutaway.jobs.queue import RqQueue
from cutaway.jobs.run import Bench, run_operation
from cutaway.ledger import Ledger
from cutaway.ledger.connection import connect
from cutaway.media.preload import preload
from cutaway.media.store import AssetStore
from cutaway.registry import build
from cutaway.settings import Settings, load_settings

log = logging.getLogger(__name__)

_stop = False  # one work-horse runs one job; a signal handler has nowhere else to put this


def request_stop(signum: int, frame: FrameType | None) -> None:
    """Signal handler: the work stops at its next frame boundary."""
    global _stop
    _stop = True


def run(operation_id: str) -> None:
    """Do the operation, if it is still there to be done."""
    from rq import get_current_job

    from cutaway.jobs.message import Wakeup

    if not isinstance(get_current_job(), Wakeup):
        raise JobError("This queue is run by: cutaway worker.", fix="Start `cutaway worker` instead of `rq worker`.")
    asyncio.run(_run(operation_id))


def prepare() -> str:
    """Load what every job needs before workers fork, so that a job starts in milliseconds; gives the Redis URL."""
    preload()
    settings = load_settings()
    build(settings.providers)
    return redis_url(settings)


def redis_url(settings: Settings) -> str:
    """The server this worker serves. Raises `JobError` when none is named: a worker never starts its own."""
    if not settings.redis_url:
        raise JobError("No Redis is named for this worker.", fix="Set CUTAWAY_REDIS_URL, or start `cutaway worker`.")
    return settings.redis_url


async def _run(operation_id: str) -> None:
    settings = load_settings()
    url = redis_url(settings)
    async with AsyncExitStack() as stack:
        redis = await connect(url, durability=settings.durability)
        stack.push_async_callback(redis.aclose)
        bench = Bench(
            ledger=Ledger(redis),
            store=AssetStore(settings.data_dir / "assets"),
            providers=build(settings.providers),
            scratch=settings.data_dir / "scratch",
            queue=RqQueue(url),
            owner=f"{socket.gethostname()}:{os.getpid()}",
        )
        await run_operation(bench, operation_id, stopping=lambda: _stop)
