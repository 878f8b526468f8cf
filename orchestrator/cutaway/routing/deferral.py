"""Work that can wait: earliest deadline first into the idle hours of our own GPUs, or now, elsewhere, at a price.

A clip that is needed tonight costs nothing more on a machine that would stand idle then. Work is laid into the idle
hours in the order of its deadlines. When a piece would come too late, one piece among it and those before it has to be
made elsewhere: the one that is cheapest there for the machine time it frees. For pieces of one length and price this
is the optimum: serving the earliest deadline first wastes no slot that any schedule could use (Glover 1967, matching in
convex bipartite graphs), and giving up one piece whenever a deadline is missed gives up as few as can be (Moore 1968).
For mixed lengths and prices it is a good rule, not a proof.

Plan again whenever something arrives or a machine changes: what has not begun may move. `bench/router.py` holds the
rule to the exact optimum of a week.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal

Where = Literal["own", "elsewhere", "late"]


@dataclass(frozen=True, slots=True)
class Waiting:
    """One piece of work. `own_s` is how long one machine of ours takes; `usd` what it costs elsewhere, now.

    `usd` is None when nobody else may or can make it: then it is never sent away, and can come late.
    """

    id: str
    own_s: float
    deadline: datetime
    usd: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Idle:
    """A stretch of time in which so many of our machines are free. Stretches do not overlap; the end is not part."""

    begin: datetime
    end: datetime
    machines: int = 1


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when a piece is made: on our machines from `begin` to `done`, or elsewhere at once.

    `late`: ours, but after its deadline; with `done` None no idle hour holds it at all. `why` says so in words.
    """

    work: Waiting
    where: Where
    begin: datetime
    done: datetime | None
    why: str


def lay(work: Sequence[Waiting], idle: Sequence[Idle], now: datetime) -> tuple[Place, ...]:
    """A place for every piece, earliest deadline first; equal input gives equal places. Times are aware.

    A piece is not split: it runs on one machine, over stretches that follow each other without a gap. Work that nobody
    else can make is laid after the rest of it fits, where it would be late.
    """
    hours = sorted((one for one in idle if one.end > now and one.machines > 0), key=lambda one: one.begin)
    kept = sorted(work, key=lambda piece: (piece.deadline, piece.id))
    away: list[Waiting] = []
    late: list[Waiting] = []
    while True:
        machines = _Machines(hours, now)
        spans: list[tuple[datetime, datetime]] = []
        for one in kept:
            span = machines.take(one.own_s, one.deadline)
            if span is None:
                break
            spans.append(span)
        if len(spans) == len(kept):
            break
        given_up = min(kept[: len(spans) + 1], key=_worth)
        kept.remove(given_up)
        (late if given_up.usd is None else away).append(given_up)
    places = [Place(one, "own", *span, _waits(now, span[0])) for one, span in zip(kept, spans, strict=True)]
    places += [Place(one, "elsewhere", now, None, f"no idle hour before {_clock(one.deadline)}") for one in away]
    for one in late:
        span = machines.take(one.own_s, None)
        why = "nobody else can make it, and it comes too late here" if span else "nobody can make it in any known hour"
        begin, done = span or (now, None)
        places.append(Place(one, "late", begin, done, why))
    return tuple(sorted(places, key=lambda place: (place.work.deadline, place.work.id)))


def _worth(piece: Waiting) -> tuple[float, float, str]:
    """What keeping a piece here saves per second of machine time: the least is given up first, of equals the later."""
    saves = float("inf") if piece.usd is None else float(piece.usd) / piece.own_s
    return saves, -piece.deadline.timestamp(), piece.id


def _waits(now: datetime, begin: datetime) -> str:
    return "a machine is idle now" if begin <= now else f"waits for an idle machine at {_clock(begin)}"


def _clock(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


class _Machines:
    """When each machine is free next. Pieces are taken in one pass, so a gap that was left is not filled later."""

    def __init__(self, hours: Sequence[Idle], now: datetime) -> None:
        most = max((one.machines for one in hours), default=0)
        self._runs = [_merged([one for one in hours if one.machines > number], now) for number in range(most)]
        self._free = [runs[0][0] if runs else now for runs in self._runs]

    def take(self, seconds: float, deadline: datetime | None) -> tuple[datetime, datetime] | None:
        """The earliest begin and end that hold so many seconds, None when there is none before the deadline."""
        best: tuple[datetime, datetime, int] | None = None
        for number, runs in enumerate(self._runs):
            span = _first(runs, self._free[number], timedelta(seconds=seconds))
            if span is not None and (best is None or span[1] < best[1]):
                best = (*span, number)
        if best is None or (deadline is not None and best[1] > deadline):
            return None
        self._free[best[2]] = best[1]
        return best[0], best[1]


def _merged(hours: Sequence[Idle], now: datetime) -> list[tuple[datetime, datetime]]:
    runs: list[tuple[datetime, datetime]] = []
    for one in hours:
        begin = max(one.begin, now)
        if runs and begin <= runs[-1][1]:
            runs[-1] = (runs[-1][0], max(runs[-1][1], one.end))
        else:
            runs.append((begin, one.end))
    return runs


def _first(
    runs: Sequence[tuple[datetime, datetime]], free: datetime, takes: timedelta
) -> tuple[datetime, datetime] | None:
    for begin, end in runs:
        start = max(begin, free)
        if start + takes <= end:
            return start, start + takes
    return None
