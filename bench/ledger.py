"""What the ledger adds: dispatches a second against a bare counter script, and round trips of one operation.

Both run in one process against one server with `appendfsync always`, in alternating rounds. A dispatch checks and holds
five budgets and writes the operation with its event; the counter script does one HINCRBY and nothing else.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from redis.asyncio import Redis

from cutaway import load_settings
from cutaway.jobs.embedded import open_embedded
from cutaway.ledger import Ledger, Order, Scope
from cutaway.ledger.connection import connect

ROUNDS = 7
CALLS = 300
CLIENTS = 8


async def measure() -> dict[str, float]:
    """The measures as numbers: calls a second, their ratio, and round trips."""
    with tempfile.TemporaryDirectory(prefix="cl-", dir="/tmp", ignore_cleanup_errors=True) as folder:
        environ = {"CUTAWAY_DATA_DIR": f"{folder}/d", "CUTAWAY_RUNTIME_DIR": f"{folder}/r"}
        hold = await open_embedded(load_settings(environ, cwd=Path(folder)), worker_command=())
        redis = await connect(hold.url)
        try:
            count = redis.register_script("return redis.call('HINCRBY', KEYS[1], 'n', 1)")
            dispatches, counters = [], []
            for number in range(ROUNDS):
                counters.append(await _rate(lambda _: count(keys=["counter"])))
                dispatches.append(await _rate(_dispatcher(redis, number)))
            trips = await _round_trips(redis)
        finally:
            await redis.aclose()
            await hold.close()
    return {
        "dispatches / s": statistics.median(dispatches),
        "bare counter scripts / s": statistics.median(counters),
        "dispatch / counter": statistics.median(d / c for d, c in zip(dispatches, counters, strict=True)),
        "round trips of one operation": trips,
    }


def _dispatcher(redis: Redis, number: int) -> Callable[[int], Awaitable[object]]:
    ledger = Ledger(redis)
    scopes = [Scope(f"budget:{i}", f"b{i}", 10**15) for i in range(5)]

    def call(index: int) -> Awaitable[object]:
        return _order(ledger, f"{number}x{index}", scopes)

    return call


def _order(ledger: Ledger, name: str, scopes: Sequence[Scope] = ()) -> Awaitable[object]:
    order = Order(id=f"op{name}", kind="shot", key=f"k{name}", spec={}, queue="cpu", hold_micro=1 if scopes else 0)
    return ledger.dispatch(
        [order],
        tenant="t",
        thread="th",
        version_id=f"v{name}",
        quote_id="q",
        message_id="m",
        cut_key="c",
        scopes=scopes,
    )


async def _rate(call: Callable[[int], Awaitable[object]]) -> float:
    async def client(which: int) -> None:
        for index in range(CALLS // CLIENTS):
            await call(which * CALLS + index)

    begun = time.perf_counter()
    await asyncio.gather(*(client(which) for which in range(CLIENTS)))
    return CALLS // CLIENTS * CLIENTS / (time.perf_counter() - begun)


async def _round_trips(redis: Redis) -> float:
    """Reads the server did for 50 operations from order to settlement, for each of them."""
    ledger = Ledger(redis)

    async def reads() -> int:
        return int((await redis.info("stats"))["total_reads_processed"])

    async def life(name: str) -> None:
        await _order(ledger, name)
        operation = await ledger.claim(f"op{name}", owner="w")
        assert operation is not None
        await ledger.finish(operation, asset="a" * 64, facts={})

    await life("warm")
    before = await reads()
    for number in range(50):
        await life(f"trip{number}")
    return (await reads() - before - 1) / 50


def main(argv: Sequence[str]) -> dict[str, str]:
    """Measure and print."""
    found = asyncio.run(measure())
    for name, value in found.items():
        print(f"{name}: {value:.2f}")
    return {name: f"{value:.2f}" for name, value in found.items()}


if __name__ == "__main__":
    main([])
