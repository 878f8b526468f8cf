"""Power cuts: the append-only file ends at any byte, a server starts on what is left, and the work goes on.

With `appendfsync always` every answered write is on disk. A file that ends at byte X is therefore a power cut at a
moment when no more than X bytes had been answered for, and the vendors are as they were at that moment. The one write
that was under way may be whole, torn or missing.
"""

from __future__ import annotations

import argparse
import asyncio
import copy
import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bench.chaos.crowd import TIERS, Counted, Crowd, audit, unbalanced
from bench.chaos.store import client, serve, tail_of
from bench.chaos.vendor import Fault
from bench.chaos.world import Fuse
from redis import Redis as SyncRedis

FAULTS: Final[tuple[Fault, ...]] = (
    "", "", "", "", "", "busy", "drop_before", "drop_after", "refuse", "policy",
    "fail_job", "fail_job_charged", "overbill",
)  # fmt: skip
OPERATIONS: Final = 12
CUTS_PER_WORLD: Final = 50
DIGEST: Final = ("--enable-debug-command", "local")


@dataclass(frozen=True, slots=True)
class Moment:
    """What was true at once: bytes on disk, a digest of the whole store, the vendors, and the orders answered for."""

    size: int
    digest: str
    vendors: tuple[Counted, ...]
    answered: tuple[str, ...]


@dataclass(slots=True)
class Recorder(Fuse):
    """A fuse that notes the moment before and after every call, and still dies where it is told to."""

    crowd: Crowd = field(init=False)
    store: SyncRedis = field(init=False)
    tail: Path = field(init=False)
    moments: list[Moment] = field(default_factory=list)

    async def step(self) -> None:
        self.note()
        await Fuse.step(self)

    def note(self) -> None:
        """Blocking, on purpose: nothing else of this process may move while the moment is taken."""
        digest = str(self.store.execute_command("DEBUG", "DIGEST"))  # type: ignore[no-untyped-call]
        vendors = tuple(copy.deepcopy(list(self.crowd.known.values())))
        self.moments.append(Moment(self.tail.stat().st_size, digest, vendors, tuple(self.crowd.ordered)))


@dataclass(frozen=True, slots=True)
class Recording:
    """A world that was played to its end: the server's folder, every moment, and who was asked for which operation."""

    home: Path
    moments: Sequence[Moment]
    routes: dict[str, tuple[str, ...]]


async def run(*, cuts: int, seed: int, ahead: int = 0, tally: Counter[str] | None = None) -> list[str]:
    """Cut `cuts` times, go on and audit; gives every broken promise, so nothing is good.

    `tally` counts what was done. `ahead` takes the vendors that many moments after the cut, as if as many answered
    steps had been lost (a server without `appendfsync always`): the promises must break then, or this proves nothing.
    """
    dice = random.Random(f"aof {seed}")
    wrong: list[str] = []
    tally = Counter() if tally is None else tally
    # A unix socket's path must stay under 104 bytes, hence /tmp.
    with tempfile.TemporaryDirectory(prefix="cut-", dir="/tmp") as home:
        for world, first in enumerate(range(0, cuts, CUTS_PER_WORLD)):
            recording = await record(Path(home) / f"w{world}", dice)
            tally["moments"] += len(recording.moments)
            for number in range(first, min(first + CUTS_PER_WORLD, cuts)):
                found = await cut(recording, Path(home) / "cut", dice, ahead, tally)
                wrong += [f"seed {seed}, cut {number}: {text}" for text in found]
    return wrong


async def record(home: Path, dice: random.Random) -> Recording:
    """Play a crowd to its end on a server of its own: every tier, faults, fallbacks, and workers that die."""
    home.mkdir()
    names = list(TIERS)
    routes = {f"op{n}": tuple(dice.sample(names, dice.choice((1, 1, 2)))) for n in range(OPERATIONS)}
    vendors = [Counted(name, tier, dice.choices(FAULTS, k=OPERATIONS)) for name, tier in TIERS.items()]
    async with serve(home, *DIGEST) as url, client(url) as redis:
        recorder = Recorder(at=sorted(dice.sample(range(150), 3)))
        crowd = Crowd(redis, home / "files", *vendors, fuse=recorder)
        recorder.crowd, recorder.tail = crowd, tail_of(home)
        with SyncRedis.from_url(url, decode_responses=True) as recorder.store:
            recorder.note()
            for name, route in routes.items():
                await crowd.order(name, *route)
                recorder.note()
                if dice.random() < 0.3:
                    await crowd.beat()
            await crowd.rest()
            recorder.note()
    return Recording(home, recorder.moments, routes)


async def cut(recording: Recording, home: Path, dice: random.Random, ahead: int, tally: Counter[str]) -> list[str]:
    """One power cut: where it is, what the restarted server has, and what becomes of it."""
    moments = recording.moments
    size = moments[-1].size
    # Any byte; or exactly between two writes, where the vendors may have moved and the store has not.
    at = dice.randrange(size) if dice.random() < 0.7 else dice.choice(moments).size
    exact = [index for index, moment in enumerate(moments) if moment.size == at]
    last = dice.choice(exact) if exact else max(i for i, moment in enumerate(moments) if moment.size < at)
    moment, later = moments[last], moments[min(last + ahead, len(moments) - 1)]
    tally["cuts"] += 1
    tally["between writes" if exact else "inside a write"] += 1
    where = f"byte {at} of {size}, moment {last}"

    shutil.copytree(recording.home, home, ignore=shutil.ignore_patterns("v.sock", "files"))
    with tail_of(home).open("r+b") as file:
        file.truncate(at)
    try:
        # What is written from here on is not cut again, so it need not reach the disk.
        async with serve(home, *DIGEST, "--appendfsync", "no") as url, client(url) as redis:
            crowd = Crowd(redis, home / "files", *copy.deepcopy(later.vendors))
            wrong = await restarted(crowd, moment)
            if not wrong or ahead:
                wrong += await go_on(crowd, recording, dice, tally)
    except RuntimeError as error:
        wrong = [str(error)]
    finally:
        shutil.rmtree(home)
    return [f"{where}: {text}" for text in wrong]


async def restarted(crowd: Crowd, moment: Moment) -> list[str]:
    """What is wrong with the store before anybody touches it: exactly the answered moves, each of them whole."""
    wrong = []
    digest = await crowd.redis.execute_command("DEBUG", "DIGEST")  # type: ignore[no-untyped-call]
    if digest != moment.digest:
        wrong.append("the store is not as it was when the last write was answered")
    there = [name for name in moment.answered if await crowd.redis.exists(f"cutaway:op:{name}")]
    if lost := sorted(set(moment.answered) - set(there)):
        wrong.append(f"answered orders are lost: {lost}")
    crowd.ordered = there
    return wrong + await unbalanced(crowd.redis, await crowd.operations())


async def go_on(crowd: Crowd, recording: Recording, dice: random.Random, tally: Counter[str]) -> list[str]:
    """Callers without an answer order again, workers start, and what comes of it is audited."""
    if dice.random() < 0.5:
        crowd.queue.waiting.extend(crowd.ordered)  # wake-ups that lay in the queue, most of them stale by now
    for name, route in recording.routes.items():
        await crowd.order(name, *route)
    try:
        found = await crowd.rest()
    except AssertionError as error:
        return [str(error)]
    tally.update(f"ended {one.phase}" for one in found)
    return await audit(crowd, found)


def main() -> int:
    """Cut from the command line; 0 when nothing broke."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cuts", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    tally: Counter[str] = Counter()
    wrong = asyncio.run(run(cuts=asked.cuts, seed=asked.seed, tally=tally))
    for text in wrong:
        print(text)
    print(f"{len(wrong)} promises broken; " + ", ".join(f"{what}: {count}" for what, count in sorted(tally.items())))
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
