"""From order to start: an operation through the ledger and our worker, against a bare job through RQ's own worker.

Both workers fork for each job, listen to one queue of one server (`appendfsync always`) and take turns, one order at a
time. A bare job starts when its function notes the time; an operation when its claim is written, which is later than
its function's start. Times are the server's.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from redis import Redis as SyncRedis
from redis.asyncio import Redis

from cutaway import load_settings
from cutaway.jobs.embedded import open_embedded
from cutaway.jobs.queue import RqQueue
from cutaway.ledger import Ledger, Order
from cutaway.ledger.connection import connect

ROUNDS = 60
WARM = 5
STARTED = "bench:started"
"""Where bench/bare_job.py notes its start."""


async def measure() -> dict[str, float]:
    """Milliseconds from order to start, both ways, and their ratio."""
    with tempfile.TemporaryDirectory(prefix="cl-", dir="/tmp", ignore_cleanup_errors=True) as folder:
        environ = {"CUTAWAY_DATA_DIR": f"{folder}/d", "CUTAWAY_RUNTIME_DIR": f"{folder}/r"}
        hold = await open_embedded(load_settings(environ, cwd=Path(folder)), worker_command=())
        redis = await connect(hold.url)
        workers = [_start(command, environ, hold.url) for command in (_ours(), _bare(hold.url))]
        try:
            ours, bare = await _alternate(redis, hold.url)
        finally:
            for worker in workers:
                worker.terminate()
                await asyncio.to_thread(worker.wait)
            await redis.aclose()
            await hold.close()
    return {
        "operation, order to claim, ms": statistics.median(ours),
        "bare RQ job, enqueue to start, ms": statistics.median(bare),
        "operation / bare RQ": statistics.median(ours) / statistics.median(bare),
    }


def _ours() -> list[str]:
    return [sys.executable, "-m", "cutaway.jobs.worker", "cpu"]


def _bare(url: str) -> list[str]:
    return [sys.executable, "-m", "rq.cli", "worker", "--url", url, "--quiet", "bare"]


def _start(command: Sequence[str], environ: dict[str, str], url: str) -> subprocess.Popen[bytes]:
    told = os.environ | environ | {"CUTAWAY_REDIS_URL": url, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.Popen(command, env=told, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


async def _alternate(redis: Redis, url: str) -> tuple[list[float], list[float]]:
    from rq import Queue

    ledger, line = Ledger(redis), RqQueue(url)
    ours: list[float] = []
    bare: list[float] = []
    with SyncRedis.from_url(url) as connection:
        queue = Queue("bare", connection=connection)
        for number in range(ROUNDS + WARM):
            ours.append(await _operation(redis, ledger, line, number))
            begun = _now(connection)
            queue.enqueue("bare_job.note_start", url)
            while not (started := connection.lpop(STARTED)):
                time.sleep(0.0005)
            bare.append(float(started) - begun)
    return ours[WARM:], bare[WARM:]


async def _operation(redis: Redis, ledger: Ledger, line: RqQueue, number: int) -> float:
    seconds, micro = await redis.time()
    order = Order(id=f"op{number}", kind="shot", key=f"k{number}", spec={}, queue="cpu", model="nobody:nothing")
    done = await ledger.dispatch(
        [order], tenant="t", thread=f"th{number}", version_id="v", quote_id="q", message_id="m", cut_key="c"
    )
    await line.wake(done.ready)
    events = f"cutaway:t:thread:th{number}:events"
    after = "0"
    while True:
        found: Any = await redis.xread({events: after}, block=5_000)
        for after, fields in found[0][1]:
            if fields["type"] == "operation.started":
                # The id of a stream entry is the server's time in milliseconds.
                return float(after.partition("-")[0]) + 0.5 - (seconds * 1000 + micro / 1000)


def _now(connection: SyncRedis) -> float:
    seconds, micro = connection.time()
    return float(seconds * 1000 + micro / 1000)


def main(argv: Sequence[str]) -> dict[str, str]:
    """Measure and print."""
    found = asyncio.run(measure())
    for name, value in found.items():
        print(f"{name}: {value:.2f}")
    return {name: f"{value:.2f}" for name, value in found.items()}


if __name__ == "__main__":
    main([])
