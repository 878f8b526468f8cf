"""SIGKILL at every moment of a conversation turn: the turn is finished once, as if nothing had happened.

    python -m bench.chaos.turns URL [--limit N] [--seed N] [--kinds make,approve]

A scenario is a kind of turn and one or two deaths. Its first processes send the same message and are killed, before
or after a Redis command, a checkpoint call, a commit, the reasoner or the queue; the next sends it twice. Then
versions, operations, holds, budgets, transcript and the turn itself must equal those of an undisturbed run. The
server at URL is emptied before every scenario.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import signal
import sys
import tempfile
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from bench.chaos.turn_worlds import KINDS, OWNER, WORDS, Kind, differences, fork, live, names, tell, warm_up
from redis import Redis

ROOT: Final = Path(__file__).parents[2]
CERTAIN: Final = ("saver", "sqlite", "reasoner", "queue")
PAIRS: Final = 0.25


@dataclass(slots=True)
class Counts:
    """What a run did. `moments` counts the moments of each kind of turn.

    `violations` are sentences about work or money that is not as without deaths, `words` about what was only told
    differently (the turn's result, the transcript, the stored quote).
    """

    scenarios: int = 0
    deaths: int = 0
    moments: dict[str, int] = field(default_factory=dict)
    checkpoint_moments: dict[str, int] = field(default_factory=dict)
    violations: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


async def run(url: str, *, seed: int = 0, limit: int | None = None, kinds: Collection[str] = tuple(KINDS)) -> Counts:
    """Run scenarios in a process of their own, which can fork because it has opened nothing.

    Without a `limit`, every single death of each kind of turn. With one, that many scenarios of each kind: those at
    the checkpointer first, then others drawn with `seed`; a quarter of all die twice.
    """
    command = [sys.executable, "-m", __spec__.name, url, "--seed", str(seed), "--kinds", ",".join(kinds), "--json"]
    command += [] if limit is None else ["--limit", str(limit)]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    try:
        out, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
    if process.returncode != 0:
        raise RuntimeError(f"The scenarios ended with {process.returncode}.")
    return Counts(**json.loads(out))


@dataclass(slots=True)
class Played:
    """One scenario: how often a process was killed, what is there in the end, and what went wrong on the way.

    `moments` are those of the last process before the end, if it was not killed.
    """

    killed: int = 0
    found: Any = None
    complaint: str = ""
    moments: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Stage:
    """Where scenarios are played: a server that is emptied and a folder that is new for each."""

    url: str
    home: Path
    played: int = 0

    def play(self, kind: Kind, deaths: Sequence[int]) -> Played:
        """Kill a process at each of `deaths`, then see what the next one makes of it."""
        return self._play(kind, deaths)

    def undisturbed(self, kind: Kind) -> Played:
        """A turn that nobody kills, with its moments."""
        return self._play(kind, (None,))

    def _play(self, kind: Kind, deaths: Sequence[int | None]) -> Played:
        self.played += 1
        folder = self.home / str(self.played)
        folder.mkdir()
        played = Played()
        with Redis.from_url(self.url) as redis:
            redis.flushdb()
            for number, at in enumerate(deaths):
                ended = fork(_living(self.url, folder, kind, at, first=number == 0))
                if ended.error or ended.signal not in {0, signal.SIGKILL}:
                    played.complaint = f"the process did not die as told: {ended.error or ended.signal}"
                    return played
                played.killed += ended.signal == signal.SIGKILL
                played.moments = ended.said or []
                redis.delete(OWNER)  # the dead process's lease runs out
            ended = fork(lambda: tell(self.url, folder, kind))
        played.found = ended.said
        if ended.signal or ended.error:
            played.complaint = f"the next process failed: {ended.error or f'signal {ended.signal}'}"
        return played


def _living(url: str, folder: Path, kind: Kind, at: int | None, *, first: bool) -> Callable[[], Any]:
    return lambda: live(url, folder, kind, at, first=first)


def rehearse(url: str, *, seed: int, limit: int | None, kinds: Collection[str]) -> Counts:
    """`run`, here; this process must not have opened anything."""
    counts = Counts()
    warm_up()
    with tempfile.TemporaryDirectory(prefix="cut-turns-") as home:
        stage = Stage(url, Path(home))
        dice = random.Random(seed)
        for name in kinds:
            kind = KINDS[name]
            # Also loads the scripts into the server, so that every later turn has the same moments.
            replanned = stage.play(kind, ())
            planned = stage.undisturbed(kind)
            # A reasoner that changes its mind leaves one of two films, never a mixture.
            allowed = [planned.found, replanned.found] if kind.again else [planned.found]
            counts.moments[name] = len(planned.moments)
            counts.checkpoint_moments[name] = sum(map(_certain, planned.moments))
            for deaths in _choose(planned.moments, dice, limit):
                played = stage.play(kind, deaths)
                counts.scenarios += 1
                counts.deaths += played.killed
                _judge(counts, f"{name}, killed at {names(planned.moments, deaths)}", played, allowed)
    return counts


def _judge(counts: Counts, where: str, played: Played, allowed: Sequence[Any]) -> None:
    if played.complaint:
        counts.violations.append(f"{where}: {played.complaint}")
        return
    differing = min((differences(one, played.found) for one in allowed), key=len)
    for part, said in differing.items():
        (counts.words if part in WORDS else counts.violations).append(f"{where}: {part} {said}")


def _choose(moments: Sequence[str], dice: random.Random, limit: int | None) -> list[tuple[int, ...]]:
    """Every death alone, or those at the checkpointer first and then as many others as `limit` leaves."""
    if limit is None:
        return [(at,) for at in range(len(moments))]
    certain = [at for at in range(len(moments)) if _certain(moments[at])]
    rest = [at for at in range(len(moments)) if not _certain(moments[at])]
    chosen = certain + dice.sample(rest, min(len(rest), max(0, limit - len(certain))))
    return [(at, dice.randrange(len(moments))) if dice.random() < PAIRS else (at,) for at in chosen[:limit]]


def _certain(moment: str) -> bool:
    return moment.split()[1] in CERTAIN


def main(argv: Sequence[str]) -> int:
    """Run and print; 1 when something was violated (0 with --json, whose reader decides)."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("url")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--kinds", default=",".join(KINDS))
    parser.add_argument("--json", action="store_true")
    told = parser.parse_args(argv)
    counts = rehearse(told.url, seed=told.seed, limit=told.limit, kinds=told.kinds.split(","))
    if told.json:
        print(json.dumps(asdict(counts)))
        return 0
    print(f"{counts.scenarios} scenarios, {counts.deaths} deaths, moments: {counts.moments}")
    for title, found in (("VIOLATIONS", counts.violations), ("TOLD DIFFERENTLY", counts.words)):
        print(f"{title}: {len(found)}", *found, sep="\n  ")
    return 1 if counts.violations else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
