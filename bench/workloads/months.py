"""Workload W3: what a person's monthly budget buys, as a share of what an all-knowing plan would buy with it.

A person has 1 + Poisson(2) conversations a month (assumed; a row shows 1 + Poisson(3)); each shot is made once or not
at all, and a finished one is worth its seconds times q = P(its model wins against Veo 3.1 with audio) = 1 / (1 +
10^((1364 - R)/400)). Shots are made as they come, until the month's money is gone.

    optimum   the linear program of the multiple-choice knapsack over the whole month, knowing every difficulty and mean
              cost beforehand; parts of shots count. Solved exactly: the hull of each shot's ways, taken in the order of
              value per dollar (Sinha & Zoltners 1979)
    share     value over the optimum's, charging each shot the mean cost of the way chosen, and counting the shot that
              the money runs out in for the part it paid for, as the optimum does
    drawn     the same with attempts drawn one by one under the hard cap (`Conditions.left_usd`): an attempt that what
              is left does not cover is not ordered, and a shot that is not finished is worth nothing

Ours is the real router under a policy with a floor for finals (equal quality in August, where the best is cheap; 1340
in April). Always-best and lowest-cost have the same workflow and cap.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Final

from bench.workloads.choosers import Chooser, Fixed, Routed, floor_policy, routed
from bench.workloads.conversation import EQUAL, FLOOR, Best, rejected, setting
from bench.workloads.sessions import Shot, poisson, sessions
from bench.workloads.world import Truth, Way, World, draw

BUDGETS: Final = (3, 6, 12, 20)
MORE_CONVERSATIONS: Final = 2.0
ANCHOR: Final = 1364.0


@dataclass(frozen=True, slots=True)
class Month:
    """What one person wants in a month, shot by shot."""

    shots: tuple[Shot, ...]


@dataclass(frozen=True, slots=True)
class Spent:
    """What a month gave: quality-seconds, USD spent, and USD spent beyond the budget (0 under a hard cap)."""

    worth: float
    usd: float
    over_usd: float


def worth(truth: Truth, model: str, seconds: float) -> float:
    """Quality-seconds of one finished shot."""
    return float(seconds / (1 + 10 ** ((ANCHOR - truth.ratings[model]) / 400)))


def months(world: World, people: int, seed: str, more: float = MORE_CONVERSATIONS) -> list[Month]:
    """The same for every policy and every budget."""
    random_ = random.Random(f"months {seed}")
    counts = [1 + poisson(more, random_.random()) for _ in range(people)]
    films = iter(sessions(world, sum(counts), f"months {seed}"))
    return [Month(tuple(shot for _ in range(count) for shot in next(films).shots)) for count in counts]


def optimum(truth: Truth, ways: Sequence[Way], month: Month, budget: float) -> float:
    """The linear program's quality-seconds."""
    steps: list[tuple[float, float, float]] = []
    for shot in month.shots:
        points = sorted(
            (truth.mean_usd(way, shot.seconds, shot.difficulty), worth(truth, way.model, shot.seconds)) for way in ways
        )
        hull = [(0.0, 0.0)]
        for usd, value in points:
            if value <= hull[-1][1]:
                continue
            while len(hull) > 1 and _slope(hull[-1], (usd, value)) >= _slope(hull[-2], hull[-1]):
                hull.pop()
            hull.append((usd, value))
        steps += [(_slope(a, b), b[0] - a[0], b[1] - a[1]) for a, b in pairwise(hull)]
    total = 0.0
    for slope, usd, value in sorted(steps, reverse=True):
        if usd > budget:
            return total + slope * budget
        budget -= usd
        total += value
    return total


def _slope(a: tuple[float, float], b: tuple[float, float]) -> float:
    return (b[1] - a[1]) / (b[0] - a[0])


def share_of(chooser: Chooser, truth: Truth, month: Month, budget: float) -> float:
    """Quality-seconds of a month at mean costs."""
    left, got = budget, 0.0
    for shot in month.shots:
        way = chosen(chooser, shot, None)
        if way is None:
            continue
        usd = truth.mean_usd(way, shot.seconds, shot.difficulty)
        part = min(1.0, left / usd)
        got += part * worth(truth, way.model, shot.seconds)
        left -= part * usd
        if left <= 0:
            break
    return got


def live(chooser: Chooser, truth: Truth, month: Month, budget: Decimal, seed: str) -> Spent:
    """One month under a hard cap, attempt by attempt."""
    random_ = random.Random(f"draws {seed}")
    left, got = budget, 0.0
    for shot in month.shots:
        draws = random_.random(), random_.random()
        way = chosen(chooser, shot, left)
        if way is None:
            continue
        finals, lowers = rejected(truth, way, shot, *draws)
        orders = [truth.market.models[way.model].price(shot.seconds)] * (finals + 1)
        if way.rung:
            orders = [truth.market.models[way.rung].price(shot.seconds)] * (lowers + 1) + orders
        for usd in orders:
            if usd > left:
                break
            left -= usd
        else:
            got += worth(truth, way.model, shot.seconds)
    return Spent(got, float(budget - left), float(max(-left, Decimal(0))))


def chosen(chooser: Chooser, shot: Shot, left: Decimal | None) -> Way | None:
    """The way a chooser takes when so much is left; None when its router finds nobody who may make the shot."""
    if not isinstance(chooser, Routed):
        return chooser.choose(shot, touched=False)
    chooser.conditions = replace(chooser.conditions, left_usd=left)
    found = chooser.offer(shot)
    return None if found is None else found[0]


@dataclass(frozen=True, slots=True)
class Row:
    """Shares of the optimum at each budget, at mean costs and drawn, and the most any month went over, in USD."""

    policy: str
    shares: tuple[float, ...]
    drawn: tuple[float, ...]
    over_usd: float


def run(name: str, people: int, seeds: int, seed: int, more: float = MORE_CONVERSATIONS) -> list[Row]:
    """Every policy on one snapshot, over all replicates."""
    at = setting(name, equal=False)
    floor = FLOOR if name == "apr" else at.market.best.elo - EQUAL
    low = min(at.eligible, key=lambda one: one.usd_s)
    made: dict[str, Chooser] = {
        "always-best, same workflow": Fixed(at.market, at.market.best, cache=True, edit=True, drafts=True),
        "lowest-cost, same workflow": Fixed(at.market, low, cache=True, edit=True, drafts=True),
        "ours": routed(at.market, floor_policy(floor), learns=False),
    }
    got = {policy: [[0.0, 0.0] for _ in BUDGETS] for policy in made}
    most = [0.0 for _ in BUDGETS]
    over = dict.fromkeys(made, 0.0)
    for replicate in range(seeds):
        truth = draw(at.world, at.market, random.Random(f"ratings {seed} {replicate}"))
        lives = months(at.world, people, f"{seed} {replicate}", more)
        ways = Best(at, truth).new
        for place, budget in enumerate(BUDGETS):
            most[place] += sum(optimum(truth, ways, month, budget) for month in lives)
            for policy, chooser in made.items():
                for number, month in enumerate(lives):
                    got[policy][place][0] += share_of(chooser, truth, month, budget)
                    spent = live(chooser, truth, month, Decimal(budget), f"{seed} {replicate} {number}")
                    got[policy][place][1] += spent.worth
                    over[policy] = max(over[policy], spent.over_usd)
    return [
        Row(
            policy,
            tuple(pair[0] / top for pair, top in zip(pairs, most, strict=True)),
            tuple(pair[1] / top for pair, top in zip(pairs, most, strict=True)),
            over[policy],
        )
        for policy, pairs in got.items()
    ]
