"""Everything that tries to break the money's promises, at full size: `make chaos`, or `python -m bench.chaos`.

Prints a table and exits with 1 on any violation. `--share 0.05` runs a twentieth of everything, `--only storm,cuts`
some of it, `--seed N` other dice, `--soak HOURS` goes round with new dice until the time is over.
"""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.chaos import aof, audit, flood, interleave, machine, storm, sweep, turns
from bench.chaos.store import serve

SCENARIOS: Final = 60_000
SCHEDULES: Final = 20_000
STEPS: Final = 100_000
CUTS: Final = 200
DEATHS: Final = 100
ORDERS, WORKERS, KILLS, ZOMBIES, STORE_KILLS = 1_000, 8, 201, 51, 5
TIERS: Final = "ABD"


@dataclass(frozen=True, slots=True)
class Row:
    """What one kind of chaos did: how much of it, every broken promise, and what else is worth knowing."""

    name: str
    amount: str
    violations: Sequence[str]
    notes: str
    wall_s: float


@dataclass(frozen=True, slots=True)
class Round:
    """The dice and the size of one round, and a short folder for servers."""

    seed: int
    share: float
    folder: Path

    def of(self, number: int) -> int:
        """This round's part of a full number, at least one."""
        return max(1, round(number * self.share))


Part = tuple[str, Sequence[str], str]
"""Amount, violations, notes."""


async def deaths(given: Round) -> Part:
    """A process dies at every point of every fault, at pairs and at triples of points."""
    async with serve(_place(given, "deaths")) as url:
        found = await sweep.run(url, scenarios=given.of(SCENARIOS), seed=given.seed)
    return f"{found.scenarios} scenarios", found.violations, "deaths at I/O points x faults x tiers"


async def interleavings(given: Round) -> Part:
    """Live processes over one order, in random order, with leases that run out."""
    async with serve(_place(given, "interleavings")) as url:
        found = await interleave.run(url, schedules=given.of(SCHEDULES), seed=given.seed)
    return f"{found.schedules} schedules", found.violations, "workers, poller, sweeper and a person, late and frozen"


async def moves(given: Round) -> Part:
    """Random moves against a model of the ledger."""

    def play(url: str) -> tuple[int, list[str]]:
        try:
            # The first round is the same every time; a soak takes other steps each time.
            return machine.run_machine(url, steps=given.of(STEPS), derandomize=given.seed == 1, shrink=False), []
        except AssertionError as error:
            return 0, [str(error)]

    async with serve(_place(given, "moves")) as url:
        steps, wrong = await asyncio.to_thread(play, url)
    return f"{steps} moves", wrong, "the ledger against a model of it"


async def cuts(given: Round) -> Part:
    """Power cuts: the append-only file ends at any byte."""
    tally: Counter[str] = Counter()
    wrong = await aof.run(cuts=given.of(CUTS), seed=given.seed, tally=tally)
    return f"{tally['cuts']} cuts", wrong, f"{tally['inside a write']} inside a write"


async def full_memory(given: Round) -> Part:
    """A store whose memory is full."""
    tally: Counter[str] = Counter()
    wrong = await flood.run(seed=given.seed, tally=tally)
    return f"{tally['dispatch: done']} orders in", wrong, f"{tally['ended done']} ended done after it"


async def turns_killed(given: Round) -> Part:
    """SIGKILL at every call a turn makes to its checkpointer, and at others."""
    limit = None if given.share >= 1 else given.of(DEATHS)
    async with serve(_place(given, "turns")) as url:
        found = await turns.run(url, seed=given.seed, limit=limit)
    return f"{found.deaths} deaths", [*found.violations, *found.words], "SIGKILL in a turn, at every checkpoint call"


async def storms(given: Round) -> Part:
    """Real workers, real kills, a real server that dies, a vendor that loses and breaks."""
    tallies = []
    numbers = [given.of(number) for number in (KILLS, ZOMBIES, STORE_KILLS)]
    for place, tier in enumerate(TIERS):
        kills, zombies, store_kills = (storm.split(number, len(TIERS))[place] for number in numbers)
        tallies.append(
            await storm.run(
                operations=given.of(ORDERS),
                tier=tier,  # type: ignore[arg-type]
                workers=WORKERS,
                kills=kills,
                zombies=zombies,
                store_kills=store_kills,
                double_clicks=0.1,
                faults=storm.FAULTS,
                seed=given.seed,
                folder=_place(given, f"storm-{tier}"),
            )
        )
    print(audit.table(tallies), flush=True)
    wrong = [f"{tally.tier}: {line}" for tally in tallies for line in tally.violations]
    killed = sum(sum(tally.kills.values()) for tally in tallies)
    notes = f"{killed} kills, {sum(sum(t.zombies.values()) for t in tallies)} zombies"
    notes += f", {sum(t.store_kills for t in tallies)} server kills, {sum(len(t.misses) for t in tallies)} late"
    return f"{sum(t.admitted for t in tallies)} paid orders", wrong, notes


KINDS: Final[dict[str, Callable[[Round], Awaitable[Part]]]] = {
    "deaths": deaths,
    "interleavings": interleavings,
    "moves": moves,
    "cuts": cuts,
    "memory": full_memory,
    "turns": turns_killed,
    "storm": storms,
}


def _place(given: Round, name: str) -> Path:
    folder = given.folder / name
    folder.mkdir()
    return folder


async def play(given: Round, names: Sequence[str]) -> list[Row]:
    """The kinds of chaos named, one after another."""
    rows = []
    for name in names:
        print(f"== {name}", file=sys.stderr, flush=True)
        begun = time.monotonic()
        amount, wrong, notes = await KINDS[name](given)
        rows.append(Row(name, amount, wrong, notes, time.monotonic() - begun))
    return rows


def table(rows: Sequence[Row]) -> str:
    """The rows as aligned text, every violation below."""
    cells = [("chaos", "amount", "violations", "time", "what")]
    cells += [(row.name, row.amount, str(len(row.violations)), f"{row.wall_s:.0f} s", row.notes) for row in rows]
    widths = [max(len(line[column]) for line in cells) for column in range(5)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in cells]
    return "\n".join(lines + [f"{row.name}: {wrong}" for row in rows for wrong in row.violations])


def main(argv: Sequence[str]) -> int:
    """Run what is asked for; 1 on any violation."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--only", default=",".join(KINDS), help=f"some of {', '.join(KINDS)}")
    parser.add_argument("--share", type=float, default=1.0, help="how much of the full size, 0 to 1")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--soak", type=float, default=0.0, metavar="HOURS", help="go round with new dice this long")
    given = parser.parse_args(argv)
    names = [name for name in given.only.split(",") if name]
    unknown = sorted(set(names) - set(KINDS))
    if unknown or not 0 < given.share <= 1:
        parser.error(f"unknown: {', '.join(unknown)}" if unknown else "--share is above 0 and at most 1")
    # Told to stop, it ends what it started first.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    ends_at = time.monotonic() + given.soak * 3_600
    seed, status = given.seed, 0
    while True:
        # Unix sockets need short paths.
        with tempfile.TemporaryDirectory(prefix="cx-", dir="/tmp", ignore_cleanup_errors=True) as folder:
            rows = asyncio.run(play(Round(seed, given.share, Path(folder)), names))
        print(f"seed {seed}\n{table(rows)}", flush=True)
        status |= int(any(row.violations for row in rows))
        seed += 1
        if time.monotonic() >= ends_at:
            return status


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
