"""`cutaway worker`: keeps worker processes alive and brings orphaned work back.

Each worker is its own process on one queue. The sweeper tells the ledger four times a second which workers live, and
puts before them what has room, what nobody works on although its time has come (a killed worker), and what was lost on
the way. Once an hour it counts doubts that nobody resolved.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import socket
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from cutaway.errors import CutawayError, JobError
from cutaway.jobs.queue import Line
from cutaway.ledger import Ledger
from cutaway.ledger.ledger import Crew as Present

SWEEP_EVERY_S: Final = 0.25
COUNT_EVERY_S: Final = 3_600.0
DAY_S: Final = 86_400.0
LEAVE_WITHIN_S: Final = 9.0
RESTART_PAUSE_S: Final = 0.5
QUICK_S: Final = 5.0
QUICK_DEATHS: Final = 5

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Crew:
    """How many workers listen to which queue, whether vendors are watched, and the environment they start with."""

    workers: Mapping[str, int]
    environment: Mapping[str, str]
    watches_vendors: bool = False
    count_doubts_days: int = 30
    processes: list[asyncio.subprocess.Process] = field(default_factory=list)
    alive: Counter[str] = field(default_factory=Counter)
    """Worker processes by queue that run right now."""


async def supervise(
    crew: Crew, ledger: Ledger, queue: Line, *, started: Callable[[int], None] = lambda _: None
) -> None:
    """Run until SIGTERM or SIGINT; then workers return their leases and everything is gone within ten seconds.

    Raises `JobError` when a process ends again and again right after its start.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    commands = [("cutaway.jobs.worker", name) for name, count in crew.workers.items() for _ in range(count)]
    started(len(commands))
    if crew.watches_vendors:
        commands.append(("cutaway.jobs.watch", ""))
    keepers = [asyncio.create_task(_keep(crew, module, name, stop)) for module, name in commands]
    sweeper = asyncio.create_task(sweep_forever(crew, ledger, queue))
    stopped = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait([stopped, *keepers], return_when=asyncio.FIRST_COMPLETED)
        for keeper in keepers:
            if keeper.done() and not stop.is_set():
                await keeper  # raises why its process cannot be kept alive
    finally:
        sweeper.cancel()
        await _dismiss(crew)
        for task in (*keepers, sweeper, stopped):
            task.cancel()
        await asyncio.gather(*keepers, sweeper, stopped, return_exceptions=True)


async def sweep_forever(crew: Crew, ledger: Ledger, queue: Line) -> None:
    """Wake workers for whatever has room until cancelled; a server that is away is waited for."""
    owner = f"{socket.gethostname()}:{os.getpid()}"
    count_at = time.monotonic()
    while True:
        try:
            waiting = await queue.waiting(tuple(crew.workers))
            await queue.wake(await ledger.sweep(crew=Present(owner, dict(crew.alive)), waiting=waiting))
            if time.monotonic() >= count_at:
                count_at = time.monotonic() + COUNT_EVERY_S
                await ledger.count_doubts(older_than_s=crew.count_doubts_days * DAY_S)
        except (CutawayError, OSError) as error:
            log.warning("The sweeper could not reach the ledger: %s", error)
        except Exception as error:
            log.warning("The sweeper met %s: %s", type(error).__name__, error)
        await asyncio.sleep(SWEEP_EVERY_S)


async def _keep(crew: Crew, module: str, queue_name: str, stop: asyncio.Event) -> None:
    quick = 0
    while not stop.is_set():
        begun = time.monotonic()
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", module, *filter(None, [queue_name]), env=dict(crew.environment)
        )
        crew.processes.append(process)
        if queue_name:
            crew.alive[queue_name] += 1
        code = await process.wait()
        crew.processes.remove(process)
        if queue_name:
            crew.alive[queue_name] -= 1
        if stop.is_set():
            return
        log.warning("%s %s ended with %s; starting another", module, queue_name, code)
        quick = quick + 1 if code > 0 and time.monotonic() - begun < QUICK_S else 0
        if quick >= QUICK_DEATHS:
            raise JobError(
                f"{module} {queue_name} ended {quick} times right after its start, last with {code}.",
                fix="The lines above say why; `cutaway doctor` checks the settings it reads.",
            )
        await asyncio.sleep(RESTART_PAUSE_S)


async def _dismiss(crew: Crew) -> None:
    for process in crew.processes:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
    waits = [asyncio.create_task(process.wait()) for process in crew.processes]
    if not waits:
        return
    _, late = await asyncio.wait(waits, timeout=LEAVE_WITHIN_S)
    for process in crew.processes:
        if late and process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
