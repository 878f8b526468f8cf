"""The one function a queue message can reach. Two sync lines around one coroutine."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Callable
from contextlib import AsyncExitStack
from types import FrameType

from cutaway.contract import Provider
from cutaway.errors import JobError
from cutaway.http.client import preload as preload_http
from cutaway.jobs.queue import RqQueue
from cutaway.jobs.remote import RemoteBench, place_taken
from cutaway.jobs.run import Bench, run_taken
from cutaway.jobs.terms import ledger_of
from cutaway.ledger.connection import connect, open_client
from cutaway.ledger.health import Health
from cutaway.ledger.ledger import settle_window_ms
from cutaway.ledger.speeds import Speeds
from cutaway.ledger.submissions import Submissions
from cutaway.media.preload import preload as preload_media
from cutaway.media.store import AssetStore
from cutaway.registry import providers_of
from cutaway.settings import Settings, load_settings

_stop = False  # one work-horse runs one job; a signal handler has nowhere else to put this
_settings: Settings | None = None  # what the worker was started with; its forks must not read a changed file
_providers: dict[str, Provider] | None = None  # built with them, before the fork


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
    global _settings, _providers
    import cutaway.jobs.make  # noqa: F401 - the heavy half of a job

    preload_media()
    preload_http()
    _settings = load_settings()
    _providers = providers_of(_settings)
    for provider in _providers.values():
        if load := getattr(provider, "preload", None):
            load()
    url = redis_url(_settings)
    asyncio.run(check_server(url, _settings))
    return url


async def check_server(url: str, settings: Settings) -> None:
    """Once per process, before its first job. Raises `StoreError` for a server that cannot keep the promises."""
    redis = await connect(url, durability=settings.durability, replicas=settings.replicas)
    await redis.aclose()


def redis_url(settings: Settings) -> str:
    """The server this worker serves. Raises `JobError` when none is named: a worker never starts its own."""
    if not settings.redis_url:
        raise JobError("No Redis is named for this worker.", fix="Set CUTAWAY_REDIS_URL, or start `cutaway worker`.")
    return settings.redis_url


async def work_on(bench: Bench, remote: RemoteBench, operation_id: str, *, stopping: Callable[[], bool]) -> None:
    """Place a remote order that is ready; make, or fetch, anything else."""
    begun = remote.monotonic()
    taken = await remote.submissions.take(operation_id, owner=bench.owner)
    await bench.queue.wake(taken.ready)
    operation = taken.operation
    if operation is None:
        return
    if operation.phase == "submitting":
        await place_taken(remote, operation, begun=begun)
    else:
        await run_taken(bench, operation, stopping=stopping)


async def _run(operation_id: str) -> None:
    settings = _settings or load_settings()
    async with AsyncExitStack() as stack:
        bench, remote = await open_bench(settings, stack, providers=_providers)
        await work_on(bench, remote, operation_id, stopping=lambda: _stop)


async def open_bench(
    settings: Settings, stack: AsyncExitStack, *, providers: dict[str, Provider] | None = None
) -> tuple[Bench, RemoteBench]:
    """Everything a worker works with, closed when `stack` closes. The server was checked when the process started."""
    url = redis_url(settings)
    redis = open_client(url)
    stack.push_async_callback(redis.aclose)
    send_ms = settings.send_s * 1000
    ledger, queue = ledger_of(settings, redis), RqQueue(url)
    providers = providers_of(settings) if providers is None else providers
    for provider in providers.values():
        if close := getattr(provider, "aclose", None):
            stack.push_async_callback(close)
    owner = f"{socket.gethostname()}:{os.getpid()}"
    bench = Bench(
        ledger=ledger,
        store=AssetStore(settings.data_dir / "assets"),
        providers=providers,
        scratch=settings.data_dir / "scratch",
        queue=queue,
        owner=owner,
        speeds=Speeds(redis),
        font=settings.font,
    )
    submissions = Submissions(ledger, send_ms=send_ms)
    settle_s = settle_window_ms(send_ms) / 1000
    health = Health(redis)
    remote = RemoteBench(
        ledger, submissions, providers, queue, owner, settle_s=settle_s, store=bench.store, health=health
    )
    return bench, remote
