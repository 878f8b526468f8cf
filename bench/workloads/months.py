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
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Final

from bench.workloads.choosers import Chooser, Fixed, Routed, cheapest_way, floor_policy, option, routed
from bench.workloads.conversation import EQUAL, FLOOR, Best, rejected, setting
from bench.workloads.market import Market, Model
from bench.workloads.sessions import Shot, poisson, sessions
from bench.workloads.world import Truth, Way, World, draw

from cutaway.routing.pacing import Month as Money
from cutaway.routing.plan import Plan
from cutaway.routing.policy import Ladder
from cutaway.routing.quality import wins

BUDGETS: Final = (3, 6, 12, 20)
MORE_CONVERSATIONS: Final = 2.0
PLAN: Final = Plan(name="month", price_usd=Decimal(20), included_seconds=600, pace=0.7)
"""A plan of which the router reads the pace only: each row says the budget."""
PRICES: Final = (0.0, *(0.05 * 1.5**step for step in range(10)))
"""Shadow prices tried, in quality-seconds per USD; beyond the last the cheapest way is always taken."""
OURS: Final = "ours"
UNPACED: Final = "ours, what is left over kept"
HINDSIGHT: Final = "one shadow price, in hindsight"
UNFORESEEN: Final = "best without foresight"


@dataclass(frozen=True, slots=True)
class Month:
    """What one person wants in a month, shot by shot, and when in the month each is wanted (0 to 1)."""

    shots: tuple[Shot, ...]
    when: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Spent:
    """What a month gave: quality-seconds, USD spent, and USD spent beyond the budget (0 under a hard cap)."""

    worth: float
    usd: float
    over_usd: float


def worth(truth: Truth, model: str, seconds: float) -> float:
    """Quality-seconds of one finished shot."""
    return seconds * wins(truth.ratings[model])


def months(world: World, people: int, seed: str, more: float = MORE_CONVERSATIONS) -> list[Month]:
    """The same for every policy and every budget."""
    random_ = random.Random(f"months {seed}")
    counts = [1 + poisson(more, random_.random()) for _ in range(people)]
    films = iter(sessions(world, sum(counts), f"months {seed}"))
    made = []
    for count in counts:
        when = sorted(random_.random() for _ in range(count))
        wanted = [(shot, at) for at in when for shot in next(films).shots]
        made.append(Month(tuple(shot for shot, _ in wanted), tuple(at for _, at in wanted)))
    return made


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
    for shot, when in zip(month.shots, month.when, strict=True):
        way = chosen(chooser, shot, None, _money(budget, left), when)
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
    for shot, when in zip(month.shots, month.when, strict=True):
        draws = random_.random(), random_.random()
        way = chosen(chooser, shot, left, Money(budget, left), when)
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


def chosen(chooser: Chooser, shot: Shot, left: Decimal | None, month: Money, when: float) -> Way | None:
    """The way a chooser takes when so much is left; None when its router finds nobody who may make the shot."""
    if not isinstance(chooser, Routed):
        return chooser.choose(shot, touched=False)
    begin = chooser.conditions.now.replace(day=1, hour=0)
    now = begin + when * timedelta(days=monthrange(begin.year, begin.month)[1])
    chooser.conditions = replace(chooser.conditions, now=now, left_usd=left, month=month)
    found = chooser.offer(shot)
    return None if found is None else found[0]


def _money(budget: float, left: float) -> Money:
    return Money(Decimal(str(budget)), Decimal(str(max(left, 0.0))))


@dataclass(slots=True)
class Priced:
    """One shadow price: the way of the most published quality-seconds less `usd_price` times its expected USD."""

    market: Market
    finals: Sequence[Model]
    per_usd: float
    whole_film: bool = False
    kept: dict[float, Way] = field(default_factory=dict)

    def choose(self, shot: Shot, touched: bool) -> Way:
        """One way for each length."""
        if shot.seconds not in self.kept:
            rungs = [option(one, shot.seconds) for one in self.market.models.values() if one.draft or one.still]
            found = []
            for model in self.finals:
                way, usd = cheapest_way([option(model, shot.seconds)], rungs, [], Ladder())
                found.append((shot.seconds * wins(model.elo) - self.per_usd * usd, way))
            self.kept[shot.seconds] = max(found, key=lambda pair: pair[0])[1]
        return self.kept[shot.seconds]

    def heard(self, way: Way, rejected: int, lower_rejected: int) -> None:
        """A fixed price learns nothing."""


@dataclass(frozen=True, slots=True)
class Row:
    """Shares of the optimum at each budget, at mean costs and drawn, and the most any month went over, in USD.

    `drawn` is empty, and `over_usd` 0, for bounds: those are plans at mean costs.
    """

    policy: str
    shares: tuple[float, ...]
    drawn: tuple[float, ...] = ()
    over_usd: float = 0.0


def run(name: str, people: int, seeds: int, seed: int, more: float = MORE_CONVERSATIONS) -> list[Row]:
    """Every policy on one snapshot, over all replicates, and then the bounds."""
    from bench.workloads.foresight import Foresight  # which builds on this module

    at = setting(name, equal=False)
    floor = FLOOR if name == "apr" else at.market.best.elo - EQUAL
    low = min(at.eligible, key=lambda one: one.usd_s)
    plain = floor_policy(floor)
    paced = plain.model_copy(update={"plan": PLAN})
    made: dict[str, Chooser] = {
        "always-best, same workflow": Fixed(at.market, at.market.best, cache=True, edit=True, drafts=True),
        "lowest-cost, same workflow": Fixed(at.market, low, cache=True, edit=True, drafts=True),
        UNPACED: routed(at.market, plain, learns=False),
        OURS: routed(at.market, paced, learns=False),
    }
    prices = [Priced(at.market, at.eligible, price) for price in PRICES]
    got = {policy: [[0.0, 0.0] for _ in BUDGETS] for policy in made}
    priced = [[0.0 for _ in BUDGETS] for _ in prices]
    unforeseen = [0.0 for _ in BUDGETS]
    most = [0.0 for _ in BUDGETS]
    over = dict.fromkeys(made, 0.0)
    for replicate in range(seeds):
        truth = draw(at.world, at.market, random.Random(f"ratings {seed} {replicate}"))
        lives = months(at.world, people, f"{seed} {replicate}", more)
        ways = Best(at, truth).new
        for place, budget in enumerate(BUDGETS):
            most[place] += sum(optimum(truth, ways, month, budget) for month in lives)
            best = Foresight(truth, ways, budget, more)
            unforeseen[place] += sum(best.share(month) for month in lives)
            for number, one in enumerate(prices):
                priced[number][place] += sum(share_of(one, truth, month, budget) for month in lives)
            for policy, chooser in made.items():
                for number, month in enumerate(lives):
                    got[policy][place][0] += share_of(chooser, truth, month, budget)
                    spent = live(chooser, truth, month, Decimal(budget), f"{seed} {replicate} {number}")
                    got[policy][place][1] += spent.worth
                    over[policy] = max(over[policy], spent.over_usd)
    rows = [
        Row(
            policy,
            tuple(pair[0] / top for pair, top in zip(pairs, most, strict=True)),
            tuple(pair[1] / top for pair, top in zip(pairs, most, strict=True)),
            over[policy],
        )
        for policy, pairs in got.items()
    ]
    hindsight = [max(found) for found in zip(*priced, strict=True)]
    rows += [
        Row(name, tuple(value / top for value, top in zip(values, most, strict=True)))
        for name, values in ((HINDSIGHT, hindsight), (UNFORESEEN, unforeseen))
    ]
    return rows
