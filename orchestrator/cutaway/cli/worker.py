"""`cutaway worker`: renders what conversations ordered, until told to stop."""

from __future__ import annotations

import os
from contextlib import AsyncExitStack
from typing import Annotated, Final

import typer

from cutaway.cli.frame import Terminal, read_settings, run

QUEUES: Final = ("cpu",)
MOST_BY_ITSELF: Final = 4
IO_WORKERS: Final = 2


def worker(
    queue: Annotated[str, typer.Option(help="The queue to serve: cpu (drawing and cutting).")] = "cpu",
    count: Annotated[
        int | None, typer.Option(min=1, max=256, help="Worker processes; default: CUTAWAY_WORKERS, or up to 4.")
    ] = None,
) -> None:
    """Serve one queue of the server in CUTAWAY_REDIS_URL, or of the embedded one. SIGTERM hands work back."""
    if queue not in QUEUES:
        raise typer.BadParameter(f"{queue!r} is not a queue; there is {', '.join(QUEUES)}.", param_hint="--queue")
    run(lambda terminal: _serve(terminal, queue, count))


async def _serve(terminal: Terminal, queue: str, count: int | None) -> int:
    from cutaway.contract import RemoteProvider
    from cutaway.folders import prepare_data_dir
    from cutaway.jobs.queue import RqQueue
    from cutaway.jobs.supervisor import Crew, supervise
    from cutaway.jobs.terms import caps_of, ledger_of
    from cutaway.ledger.connection import connect, redact
    from cutaway.registry import providers_of
    from cutaway.settings import inherited, told

    settings = read_settings()
    prepare_data_dir(settings)
    wanted = count or settings.workers or min(MOST_BY_ITSELF, os.cpu_count() or 1)
    async with AsyncExitStack() as stack:
        url = settings.redis_url
        if url is None:
            from cutaway.jobs.embedded import open_embedded

            # This process is the worker; the guard need not keep another one.
            hold = await open_embedded(settings, worker_command=())
            stack.push_async_callback(hold.close)
            url = hold.url
        redis = await connect(url, durability=settings.durability, replicas=settings.replicas)
        stack.push_async_callback(redis.aclose)
        vendors = any(isinstance(provider, RemoteProvider) for provider in providers_of(settings).values())
        workers = {queue: wanted} | ({"io": IO_WORKERS} if vendors else {})
        crew = Crew(
            workers=workers,
            environment=inherited() | told(settings, url),
            watches_vendors=vendors,
            count_doubts_days=settings.count_doubts_days,
        )

        def started(number: int) -> None:
            kind = "embedded server" if settings.embedded else "server"
            terminal.note(
                f"cutaway worker: queue {' and '.join(workers)}, {number} processes, {kind} {redact(url)}", style=""
            )

        ledger = ledger_of(settings, redis)
        await ledger.set_caps(caps_of(settings))
        await supervise(crew, ledger, RqQueue(url), started=started)
    return 0
