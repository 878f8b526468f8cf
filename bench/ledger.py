"""What the ledger adds: reserving against a bare counter, and round trips of an operation.

Everything runs against one server with `appendfsync always`, in alternating rounds. The counter script does one HINCRBY
and nothing else; reserving checks five budgets with their lowered limits and holds an amount in each; a dispatch also
writes the operation, its place in the line and its event.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict
from pathlib import Path

from redis.asyncio import Redis

from cutaway import load_settings
from cutaway.jobs.embedded import open_embedded
from cutaway.ledger import Ledger, Order, Scope
from cutaway.ledger.connection import connect
from cutaway.ledger.ledger import limits_key, script_text
from cutaway.ledger.submissions import Submissions

ROUNDS = 7
CALLS = 300
CLIENTS = 8
SHOTS = 6


async def measure() -> dict[str, float]:
    """The measures as numbers: calls a second, their ratio, and round trips."""
    with tempfile.TemporaryDirectory(prefix="cl-", dir="/tmp", ignore_cleanup_errors=True) as folder:
        environ = {"CUTAWAY_DATA_DIR": f"{folder}/d", "CUTAWAY_RUNTIME_DIR": f"{folder}/r"}
        hold = await open_embedded(load_settings(environ, cwd=Path(folder)), worker_command=())
        redis = await connect(hold.url)
        try:
            count = redis.register_script("return redis.call('HINCRBY', KEYS[1], 'n', 1)")
            dispatches, reserves, counters = [], [], []
            for number in range(ROUNDS):
                counters.append(await _rate(lambda _: count(keys=["counter"])))
                reserves.append(await _rate(_reserver(redis)))
                dispatches.append(await _rate(_dispatcher(redis, number)))
            local = await _round_trips(redis, "cpu")
            remote = await _round_trips(redis, "io")
        finally:
            await redis.aclose()
            await hold.close()
    return {
        "bare counter scripts / s": statistics.median(counters),
        "reserves across five budgets / s": statistics.median(reserves),
        "dispatches / s": statistics.median(dispatches),
        "reserve / counter": statistics.median(r / c for r, c in zip(reserves, counters, strict=True)),
        "dispatch / counter": statistics.median(d / c for d, c in zip(dispatches, counters, strict=True)),
        "round trips an operation, film of six drawn shots": local,
        "round trips an operation, film of six remote shots": remote,
    }


def _reserver(redis: Redis) -> Callable[[int], Awaitable[object]]:
    """Only the part of a dispatch that reserves: the same code, called alone."""
    script = redis.register_script(
        f"{script_text('reserve')} local refused = reserve(cjson.decode(ARGV[1]), ARGV[2]) return refused and 0 or 1"
    )
    scopes = [asdict(Scope(f"budget:{i}", f"b{i}", 10**15, who="w")) for i in range(5)]
    wanted = json.dumps([[scope, 1] for scope in scopes])

    def call(_: int) -> Awaitable[object]:
        return script(keys=[], args=[wanted, limits_key("t")])

    return call


def _dispatcher(redis: Redis, number: int) -> Callable[[int], Awaitable[object]]:
    ledger = Ledger(redis)
    scopes = [Scope(f"budget:{i}", f"b{i}", 10**15) for i in range(5)]

    def call(index: int) -> Awaitable[object]:
        return _order(ledger, f"{number}x{index}", scopes)

    return call


def _order(ledger: Ledger, name: str, scopes: Sequence[Scope]) -> Awaitable[object]:
    order = Order(id=f"op{name}", kind="shot", key=f"k{name}", spec={}, queue="cpu", hold_micro=1)
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


async def _round_trips(redis: Redis, queue: str) -> float:
    """Reads the server did from order to settlement for films of six shots, for each of their operations."""
    ledger = Ledger(redis)

    async def reads() -> int:
        return int((await redis.info("stats"))["total_reads_processed"])

    await _film_life(ledger, "warm", queue=queue)
    before, operations = await reads(), 0
    for number in range(10):
        operations += await _film_life(ledger, f"trip{number}", queue=queue)
    return (await reads() - before - 1) / operations


async def _film_life(ledger: Ledger, name: str, *, queue: str) -> int:
    """A film of six shots and its cut, from the order to the finished film; gives how many operations that were."""
    shots = [
        Order(id=f"op{name}{queue}{i}", kind="shot", key=f"{name}{queue}{i}", spec={}, queue=queue, model="v:m")
        for i in range(SHOTS)
    ]
    cut = Order(
        id=f"op{name}{queue}cut", kind="cut", key=f"{name}{queue}cut", spec={}, queue="cpu",
        after=tuple(shot.id for shot in shots),
    )  # fmt: skip
    await ledger.dispatch(
        [*shots, cut], tenant="t", thread="th", version_id=f"{name}{queue}", quote_id="q", message_id="m",
        cut_key=cut.key,
    )  # fmt: skip
    submissions = Submissions(ledger)
    for shot in shots if queue == "io" else ():
        placed = (await submissions.take(shot.id, owner="w")).operation
        assert placed is not None
        handle = {"provider": "v", "model": "m", "native_id": shot.id, "data": {}}
        await submissions.accept(placed, handle, poll_after_s=60)
        # What the poller found out; its own claims are batched, so they stand apart.
        await submissions.found(placed, "rendered", {"outputs": ["x"], "cost_micro": 0, "note": ""})
    for order in (*shots, cut):
        taken = (await submissions.take(order.id, owner="w")).operation
        assert taken is not None
        await ledger.finish(taken, asset="a" * 64, facts={})
    return SHOTS + 1


def main(argv: Sequence[str]) -> dict[str, str]:
    """Measure and print."""
    found = asyncio.run(measure())
    for name, value in found.items():
        print(f"{name}: {value:.2f}")
    return {name: f"{value:.2f}" for name, value in found.items()}


if __name__ == "__main__":
    main([])
