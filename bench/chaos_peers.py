"""The same misbehaving vendor and the same killing, three ways to have clips made: who pays twice, who loses what?

    python bench/chaos_peers.py [--operations 80] [--kills 40] [--seed 7] [--quiet-s 45] [--arms rq,cutaway]

Every arm gets a Valkey of its own (every write synced), five worker processes, and `faulty_provider.py` as a process
of its own with the same seed and faults: 17 % of the orders are refused (429, 500), or taken while the answer is lost
(connection dropped, 502, hang). The vendor's own file, synced before each answer, is the truth that books are held to.

Every half second, while work is moving, one process below the supervisor is killed with -9: a work-horse, a worker, or
a worker with its work-horse, as when a container dies. An arm gets at most one kill for two operations: kills without
end would all fall on the last few operations, and an operation that ends worker after worker is given up (by Cutaway
after three, by RQ after six).

    rq             RQ's worker pool and default Worker, Retry(max=5); the job posts, polls, downloads, then books
    litellm        the same job, the paid call through Router.avideo_generation with the Router's default retries
    cutaway        `cutaway worker`; the vendor answers a repeated Idempotency-Key with the first job
    cutaway-blind  the same, but the vendor knows no key and lists nothing: what is in doubt is parked for a person

The vendor of the first three knows Idempotency-Key. Neither RQ arm sends one: vendors' SDKs and LiteLLM send none, and
code written the usual way has no name for an order that would outlive a retry. Where it is sent, and the vendor heeds
it, paying twice ends; losing results and booking less than was charged does not.

An operation is lost when it has no result, and nobody is told about it, once the arm is over: everything has a result
or is parked, or for `--quiet-s` nothing was ordered and nothing finished, without kills. RQ may recover some later. It
takes a dead worker's job for abandoned 60 to 90 s after the last heartbeat, at the next maintenance: every 600 s in a
busy worker (up to about 660 s), but an idle one waits 405 s for a job before it looks at the clock, so after up to
about 15 minutes. A job that comes back so is ordered, and paid, again: its vendor id was never saved. A longer
`--quiet-s` waits for that; with 720, none of 11 came back. Seconds count from the first order to the last that moved.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # as a script, only bench/ itself is on the path

from bench.faulty_provider import read_truth
from bench.peers.arms import PROCESSES, Arm, Books, CutawayArm, RqArm
from bench.peers.audit import COLUMNS, Row, audit, table
from bench.peers.stage import Stage, kill_one

FAULTS: Final = {"429": 0.03, "500_before": 0.03, "drop_after": 0.05, "502_after": 0.04, "hang": 0.02}
WORK_S: Final = 0.5
KILL_EVERY_S: Final = 0.5
MOVING_S: Final = 3.0
"""Nothing moved for so long: no more kills until something does."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One arm: its name in the table, the vendor's tier, and how it is made."""

    label: str
    tier: str
    make: Callable[[Stage], Arm]


ARMS: Final[Mapping[str, Entry]] = {
    "rq": Entry("RQ, the usual way", "A", lambda stage: RqArm(stage, "bench.peers.usual")),
    "litellm": Entry("LiteLLM Router on RQ", "A", lambda stage: RqArm(stage, "bench.peers.gateway")),
    "cutaway": Entry("Cutaway", "A", lambda stage: CutawayArm(stage, "deduplicates")),
    "cutaway-blind": Entry("Cutaway, blind vendor", "D", lambda stage: CutawayArm(stage, "blind")),
}


@dataclass(frozen=True, slots=True)
class Play:
    """What every arm meets alike: how many operations and kills, the seed, and when nothing more is expected."""

    operations: int
    kills: int
    seed: int
    quiet_s: float


def run(entry: Entry, play: Play) -> Row:
    """Run one arm from its first order until it is over; gives its row."""
    # Short, for the sockets in it; not with ignore_cleanup_errors: what is left over is a process that is left over.
    with tempfile.TemporaryDirectory(prefix="cp-", dir="/tmp") as folder, Stage(Path(folder)) as stage:
        stage.start_valkey()
        stage.start_vendor(tier=entry.tier, faults=FAULTS, seed=play.seed, work_s=WORK_S)
        with entry.make(stage) as arm:
            books, kills, wall_s = _work(stage, arm, play, random.Random(f"{play.seed} {entry.label}"))
        return audit(entry.label, play.operations, books, read_truth(stage.truth), kills=kills, wall_s=wall_s)


def _work(stage: Stage, arm: Arm, play: Play, dice: random.Random) -> tuple[Books, int, float]:
    """The books at the end, how many processes were killed, and seconds from the first order to the last move."""
    supervisor = stage.start("workers", arm.command(), arm.environ())
    stage.until(lambda: len(supervisor.children()) >= PROCESSES, supervisor, "workers")
    begun = moved = time.monotonic()
    arm.order(range(play.operations))
    seen, kills = (0, 0), 0
    while True:
        time.sleep(KILL_EVERY_S)
        stage.check(supervisor, "workers")
        books = arm.books()
        now, state = time.monotonic(), (stage.truth.stat().st_size, len(books.delivered | books.parked))
        if state != seen:
            seen, moved = state, now
        if state[1] == play.operations or now - moved > play.quiet_s:
            return books, kills, moved - begun
        if kills < play.kills and now - moved < MOVING_S:
            kills += kill_one(supervisor, dice)


def main(argv: Sequence[str]) -> dict[str, str]:
    """Run the arms one after another and print the table; gives each row as text."""
    parser = argparse.ArgumentParser(description="Kill workers of three systems while a vendor misbehaves.")
    parser.add_argument("--operations", type=int, default=80)
    parser.add_argument(
        "--kills", type=int, default=None, help="at most so many an arm; half the operations if not given"
    )
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--quiet-s", type=float, default=45.0, help="an arm in which nothing moves for so long is over")
    parser.add_argument("--arms", default=",".join(ARMS), help=f"some of {', '.join(ARMS)}, separated by commas")
    given = parser.parse_args(argv)
    names = given.arms.split(",")
    if unknown := sorted(set(names) - set(ARMS)):
        parser.error(f"no arm {', '.join(unknown)}; there are {', '.join(ARMS)}")
    kills = given.operations // 2 if given.kills is None else given.kills
    play = Play(given.operations, kills, given.seed, given.quiet_s)
    rows = []
    for name in names:
        print(f"{ARMS[name].label} ...", file=sys.stderr, flush=True)
        rows.append(run(ARMS[name], play))
    print(table(rows))
    return {row.arm: ", ".join(map(" ".join, zip(row.cells()[1:], COLUMNS[1:], strict=True))) for row in rows}


if __name__ == "__main__":
    main(sys.argv[1:])
