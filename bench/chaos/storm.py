"""The big storm: thousands of paid orders through real workers while processes die, sleep, and the vendor misbehaves.

    python -m bench.chaos.storm --operations 1000 --tiers ABD --workers 8 --kills 201 --zombies 51 --store-kills 5

The numbers are for all tiers together, shared out evenly, except operations, which are for each. Prints a table and
gives 1 if there was a violation. `run` is one tier. Every order is as cheap as the house accepts (half a second of
64x64), since it is the moves that are tried here and not the pictures.

Placed is as fast as the workers take orders, so that their queue stays short and a recovery is not a wait in a line.
The budget is as large as `operations` holds and some more orders than that are placed: the last ones must be refused.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bench.chaos.audit import Books, Tally, audit, spread, table
from bench.chaos.harm import Harms
from bench.chaos.house import House, Tier
from bench.chaos.watch import LOOK_EVERY_S, Watch
from bench.faulty_provider import read_truth
from redis.asyncio import Redis
from redis.exceptions import RedisError

from cutaway.contract import Brief, GenerationRequest, Size
from cutaway.errors import BudgetError, NotFoundError
from cutaway.jobs.queue import PREFIX, RqQueue
from cutaway.ledger import Ledger, Operation, Order, Scope
from cutaway.ledger.connection import connect
from cutaway.media.store import AssetStore

FAULTS: Final[Mapping[str, float]] = {
    "429": 0.03, "500_before": 0.02, "drop_before": 0.01, "drop_after": 0.025, "502_after": 0.02, "html_after": 0.01,
    "hang": 0.01, "odd_status": 0.005, "failed": 0.015, "wrong_bill": 0.01, "expired": 0.005, "html": 0.003,
    "cut": 0.004, "truncated": 0.003,
}  # fmt: skip
"""17 % of orders; a download is asked for again after a fault, and meets the next one."""

BUDGET: Final = "cutaway:t:budget:thread"
SECONDS: Final = 0.5
HOLD_MICRO: Final = 50_000
MOVING_PER_WORKER: Final = 8
BEHIND: Final = 2
"""Orders wait while more harms than this are due, so that a harm hits work and not an idle house."""
QUIET_S: Final = 60.0
TELL_EVERY_S: Final = 5.0


@dataclass(slots=True)
class Stream:
    """The orders of one storm: `asked` maps each admitted operation to its prompt."""

    ledger: Ledger
    queue: RqQueue
    tier: Tier
    total: int
    limit_micro: int
    admitted: Callable[[str], None]
    asked: dict[str, str] = field(default_factory=dict)
    placed: int = 0
    clicks: int = 0

    async def place(self, number: int) -> None:
        """Dispatch one order as a patient client does: again until there is an answer."""
        order = order_of(self.tier, number)
        while True:
            try:
                done = await self.ledger.dispatch(
                    [order],
                    tenant="t",
                    thread="th",
                    version_id=f"v{number}",
                    quote_id="q",
                    message_id=f"m{number}",
                    cut_key=f"cut{number}",
                    scopes=[Scope(BUDGET, "thread", self.limit_micro)],
                )
            except BudgetError:
                return
            except (RedisError, OSError):
                continue  # the client's own patience was several seconds, with a pause before every try
            break
        if order.id not in self.asked:
            self.asked[order.id] = prompt_of(self.tier, number)
            self.admitted(order.id)
        # A client that dies here wakes nobody; the sweeper does.
        with contextlib.suppress(RedisError, OSError):
            await self.queue.wake(done.ready)


async def run(
    *,
    operations: int,
    tier: Tier,
    workers: int,
    kills: int,
    zombies: int,
    store_kills: int,
    double_clicks: float,
    faults: Mapping[str, float],
    seed: int,
    folder: Path,
) -> Tally:
    """One storm over one tier in an empty `folder`; everything it started is gone when it returns or raises.

    `workers` serve the vendor's queue (rounded up to even). `kills` are kill -9 of any process below a supervisor,
    `zombies` are stopped for longer than a lease and continued, `store_kills` are kill -9 of Valkey; each count is met.
    `double_clicks` is the share of orders after which an order, this or an earlier one, is placed again.
    """
    begun = time.monotonic()
    spare = max(2, operations // 50)
    limit_micro = operations * HOLD_MICRO
    tally = Tally(tier, seed)
    async with House(folder, tier, workers, faults, seed) as house:
        redis = await connect(house.url)
        try:
            watch = Watch(redis, BUDGET, limit_micro, HOLD_MICRO, house.truth)
            stream = Stream(Ledger(redis), RqQueue(house.url), tier, operations + spare, limit_micro, watch.open.add)
            harms = Harms.drawn(
                house, watch.hit, seed=f"harm {tier} {seed}", kills=kills, zombies=zombies, stores=store_kills
            )
            watching = asyncio.create_task(_watch(watch, stream, harms, tally))
            try:
                async with asyncio.timeout(180 + 2 * operations):
                    async with asyncio.TaskGroup() as both:
                        both.create_task(harms.run(lambda: stream.placed / stream.total))
                        both.create_task(_order(stream, watch, harms, redis, double_clicks, f"clicks {tier} {seed}"))
                    tally.ordering_s = time.monotonic() - begun
                    await _rest(watch)
            except TimeoutError:
                tally.violations.append(f"not over after {time.monotonic() - begun:.0f} s")
            finally:
                watching.cancel()
                await asyncio.wait([watching])
            await _count(tally, stream, watch, house, redis)
        finally:
            await redis.aclose()
        tally.violations += [f"a supervisor ended with {code}" for code in house.ended_supervisors()]
    tally.kills = {str(kind): count for kind, count in harms.kills.items()}
    tally.zombies = {str(kind): count for kind, count in harms.zombies.items()}
    tally.store_kills = harms.stores
    tally.wall_s = time.monotonic() - begun
    tally.judge_times()
    return tally


def prompt_of(tier: str, number: int) -> str:
    """The words of an order; no two orders share them, so the vendor's books can be read by them."""
    return f"a fox, {tier} {number}"


def order_of(tier: str, number: int) -> Order:
    """The cheapest order the house accepts."""
    request = GenerationRequest(
        brief=Brief(prompt=prompt_of(tier, number)),
        duration_s=SECONDS,
        size=Size(width_px=64, height_px=64),
        seed=number,
    )
    offers = [{"model": "lab:m1", "hold_micro": HOLD_MICRO, "queue": "io"}]
    return Order(
        id=f"{tier}{number}",
        kind="shot",
        key=f"key{tier}{number}",
        spec={"request": request.model_dump(mode="json"), "offers": offers},
        queue="io",
        hold_micro=HOLD_MICRO,
        shot_id=f"s{number}",
        model="lab:m1",
    )


async def _order(stream: Stream, watch: Watch, harms: Harms, redis: Redis, double_clicks: float, seed: str) -> None:
    dice = random.Random(seed)
    for number in range(stream.total):
        while not await _room(stream, watch, harms, redis):
            await asyncio.sleep(LOOK_EVERY_S / 4)
        again = dice.random() < double_clicks
        other = number if dice.random() < 0.5 else dice.randrange(number + 1)
        await asyncio.gather(stream.place(number), *([stream.place(other)] if again else []))
        stream.clicks += again
        stream.placed = number + 1


async def _room(stream: Stream, watch: Watch, harms: Harms, redis: Redis) -> bool:
    """Whether the house is ready for another order."""
    workers = harms.house.workers
    if watch.moving >= workers * MOVING_PER_WORKER or harms.due(stream.placed / stream.total) > BEHIND:
        return False
    try:
        return int(await redis.llen(f"rq:queue:{PREFIX}io")) < max(1, workers // 4)
    except (RedisError, OSError):
        return False


async def _rest(watch: Watch) -> None:
    """Until everything is at rest, or nothing has moved for a minute."""
    while watch.open and watch.quiet_s() < QUIET_S:
        await asyncio.sleep(LOOK_EVERY_S)


async def _watch(watch: Watch, stream: Stream, harms: Harms, tally: Tally) -> None:
    told = begun = time.monotonic()
    while True:
        with contextlib.suppress(RedisError, OSError):
            await watch.look()
        if time.monotonic() - told > TELL_EVERY_S:
            told = time.monotonic()
            print(
                f"{tally.tier} {told - begun:4.0f} s: {stream.placed}/{stream.total} placed, {len(watch.open)} open, "
                f"{watch.moving} moving, {watch.parked} parked, {harms.kills.total()} kills, "
                f"{harms.zombies.total()} zombies, {harms.stores} store kills, recoveries {spread(watch.recoveries)}",
                file=sys.stderr,
                flush=True,
            )
        await asyncio.sleep(LOOK_EVERY_S)


async def _count(tally: Tally, stream: Stream, watch: Watch, house: House, redis: Redis) -> None:
    """Everything into the tally, from the ledger's rows and the vendor's truth file."""
    operations: dict[str, Operation] = {}
    for operation_id in stream.asked:
        with contextlib.suppress(NotFoundError):
            operations[operation_id] = await stream.ledger.get(operation_id)
    store = AssetStore(house.folder / "data" / "assets")
    stored = {sha: await store.has(sha) for sha in {o.asset for o in operations.values() if o.asset}}
    for operation in operations.values():
        if operation.phase == "done" and not stored.get(operation.asset or ""):
            tally.violations.append(f"{operation.id} is done and its file is not there")
    held, charged = (int(value or 0) for value in await redis.hmget(BUDGET, ["held", "charged"]))
    books = Books.read(read_truth(house.truth))
    tally.admitted, tally.refused = len(stream.asked), stream.total - len(stream.asked)
    tally.over_micro, tally.samples, tally.thaws = max(0, watch.over_micro), watch.samples, watch.thaws
    tally.recoveries, tally.after_lease = watch.recoveries, watch.after_lease
    tally.doubts, tally.settled, tally.frozen_holders = watch.doubts, watch.settled, watch.frozen_holders
    tally.double_clicks, tally.faults = stream.clicks, dict(books.faults)
    audit(tally, operations, stream.asked, books, held, charged)
    over = [o.charged_micro - o.hold_micro for o in operations.values() if o.charged_micro > o.hold_micro]
    tally.overruns, tally.overrun_micro = len(over), sum(over)


def main(argv: Sequence[str]) -> int:
    """Run storms over the tiers asked for, one after another; gives 1 if there was a violation."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--operations", type=int, default=1000, help="orders for each tier")
    parser.add_argument("--tiers", default="ABD")
    parser.add_argument("--workers", type=int, default=8)
    parser.add_argument("--kills", type=int, default=201)
    parser.add_argument("--zombies", type=int, default=51)
    parser.add_argument("--store-kills", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, default=None, help="where logs and books are kept; default: nowhere")
    given = parser.parse_args(argv)
    # A storm that is told to stop ends its children first.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    tallies: list[Tally] = []
    with tempfile.TemporaryDirectory(prefix="storm-", ignore_cleanup_errors=True) as scratch:
        for place, tier in enumerate(given.tiers):
            share = [
                split(number, len(given.tiers))[place] for number in (given.kills, given.zombies, given.store_kills)
            ]
            tallies.append(
                asyncio.run(
                    run(
                        operations=given.operations,
                        tier=tier,
                        workers=given.workers,
                        kills=share[0],
                        zombies=share[1],
                        store_kills=share[2],
                        double_clicks=0.1,
                        faults=FAULTS,
                        seed=given.seed,
                        folder=(given.folder or Path(scratch)) / tier,
                    )
                )
            )
    print(table(tallies))
    return int(any(tally.violations for tally in tallies))


def split(number: int, parts: int) -> list[int]:
    """`number` shared out evenly, the first parts getting what is left over."""
    return [number // parts + (place < number % parts) for place in range(parts)]


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
