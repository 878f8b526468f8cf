"""Workload W2: a week of clips on eight H100, some needed at once, some by tonight, some by tomorrow.

33 clips of 5 s an hour (Wan2.2 on all eight cards, 109 s each: Morphic, November 2025), arrivals Poisson with a day's
rhythm of 4:1, half of them needed within the hour, 30 % within 4 hours, 20 % within 24; what does not fit goes to an
API at $0.51 a clip. Every hour the real `cutaway.routing.deferral.lay` plans what waits, and the hour's share runs.

    run now   every clip in the hour it arrives, first come first served; the rest overflow
    ours      `lay`, which knows nothing of what will arrive
    optimum   the least overflow of any schedule that knows the week. Its LP has a matrix of intervals (totally
              unimodular), so by duality it is the most that demand locked into disjoint stretches exceeds capacity:
              max over disjoint [a, b] of sum (clips that arrive at a or later and are due by b) - 33 (b - a + 1)
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Final

from bench.workloads.sessions import poisson_draw

from cutaway.routing.deferral import Idle, Waiting, lay

CLIPS_AN_HOUR: Final = 33
CLIP_S: Final = 109.09
HOURS: Final = 168
CLASSES: Final = ((0, 0.5), (4, 0.3), (24, 0.2))
"""Hours a clip may wait beyond the one it arrives in, and the share of clips of which it is so."""
API_USD: Final = Decimal("0.51")
H100_HOUR_USD: Final = 1.95
CARDS: Final = 8
LOADS: Final = (0.80, 0.95, 1.10)
MONDAY: Final = datetime(2026, 8, 17, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Clip:
    """Hour of arrival, and the last hour in which it may run."""

    arrives: int
    due: int


@dataclass(frozen=True, slots=True)
class Week:
    """Overflow in clips, ways side by side."""

    clips: int
    run_now: int
    ours: int
    optimum: int

    @property
    def over_optimum(self) -> float:
        """Ours over the optimum's; 1 when neither overflows."""
        return self.ours / self.optimum if self.optimum else (1.0 if not self.ours else math.inf)

    @property
    def usd_a_clip(self) -> float:
        """Rent of the cards and what went elsewhere, per clip, with ours."""
        return (CARDS * H100_HOUR_USD * HOURS + float(API_USD) * self.ours) / self.clips


def week(load: float, seed: int, hours: int = HOURS) -> Week:
    """One week at a load (arrivals over capacity)."""
    clips = arrivals(load, seed, hours)
    return Week(len(clips), run_now(clips, hours), ours(clips, hours), optimum(clips, hours))


def arrivals(load: float, seed: int, hours: int) -> list[Clip]:
    """Poisson arrivals, most in the evening, a quarter as many before dawn."""
    random_ = random.Random(f"week {seed} {load}")
    made = []
    for hour in range(hours):
        rate = load * CLIPS_AN_HOUR * (1 + 0.6 * math.cos(2 * math.pi * (hour - 18) / 24))
        for _ in range(poisson_draw(rate, random_)):
            wait = random_.choices([wait for wait, _ in CLASSES], [share for _, share in CLASSES])[0]
            made.append(Clip(hour, hour + wait))
    return made


def run_now(clips: Sequence[Clip], hours: int) -> int:
    """Overflow without waiting."""
    counts = [0] * hours
    for clip in clips:
        counts[clip.arrives] += 1
    return sum(max(0, count - CLIPS_AN_HOUR) for count in counts)


def ours(clips: Sequence[Clip], hours: int) -> int:
    """Overflow when `lay` plans anew each hour, until nothing waits."""
    waiting: list[Waiting] = []
    overflow, upcoming = 0, sorted(enumerate(clips), key=lambda pair: pair[1].arrives, reverse=True)
    hour = 0
    while upcoming or waiting or hour < hours:
        now = MONDAY + timedelta(hours=hour)
        while upcoming and upcoming[-1][1].arrives == hour:
            number, clip = upcoming.pop()
            due = MONDAY + timedelta(hours=clip.due + 1)
            waiting.append(Waiting(f"{number:06d}", CLIP_S, due, API_USD))
        places = lay(waiting, [Idle(now, now + timedelta(hours=48))], now)
        next_hour = now + timedelta(hours=1)
        overflow += sum(place.where == "elsewhere" for place in places)
        waiting = [
            place.work for place in places if place.where == "own" and place.done is not None and place.done > next_hour
        ]
        hour += 1
    return overflow


def optimum(clips: Sequence[Clip], hours: int) -> int:
    """The least overflow there can be, by the dual; capacity goes on after the last arrival."""
    last = max((clip.due for clip in clips), default=0)
    due_by: list[list[int]] = [[] for _ in range(max(hours, last + 1))]
    for clip in clips:
        due_by[clip.due].append(clip.arrives)
    best = [0] * (len(due_by) + 1)
    inside = [0] * len(due_by)  # inside[a]: clips that arrive at a or later and are due by the present b
    for b, found in enumerate(due_by):
        counts = [0] * (b + 2)
        for arrives in found:
            counts[arrives] += 1
        more = 0
        for a in range(b, -1, -1):
            more += counts[a]
            inside[a] += more
        best[b + 1] = max(best[b], max(best[a] + inside[a] - CLIPS_AN_HOUR * (b - a + 1) for a in range(b + 1)))
    return best[-1]
