"""How the router's two free numbers were chosen: on conversations and months that no reported figure is made of.

`PRIOR_WEIGHT` (routing/quality.py) is the number of attempts that a published rating is worth against what was kept and
rejected. Tried in every cell of W1: ratings right, ratings off by 160 Elo, each assumption of the world changed. `pace`
of a plan (routing/pacing.py) is tried in W3, at budgets on both sides of those reported.

`SEED` is refused by the benchmark itself, so what is tuned here is reported on other draws.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping
from decimal import Decimal
from random import Random
from typing import Final

from bench.workloads import conversation, months
from bench.workloads.choosers import floor_policy, routed
from bench.workloads.conversation import EQUAL, FLOOR, SENSITIVITY, Best, Scale, mean, regret, setting
from bench.workloads.market import NAMES
from bench.workloads.world import draw

from cutaway.routing import quality
from cutaway.routing.plan import Plan

SEED: Final = 990_001
LADDER: Final = "always-best, same workflow"
WEIGHTS: Final = (12.0, 50.0, 100.0, 150.0, 250.0, 400.0, 1000.0, 1e9)
PACES: Final = (0.4, 0.55, 0.7, 0.85, 1.0, 1.15)
BUDGETS: Final = (6, 12, 20, 30, 40)


def weights(scale: Scale) -> Iterator[str]:
    """A line for each weight: mean regret with right ratings, off ones and other worlds, and the worst cell."""
    yield "PRIOR_WEIGHT     right   off by 160   other worlds   worst over always-best with the ladder"
    chosen = quality.PRIOR_WEIGHT
    ladder = {
        (name, equal, label): mean(conversation.run(setting(name, equal, world), scale, (LADDER,)), LADDER)
        for name in NAMES for equal in (False, True) for label, world in SENSITIVITY.items()
    }  # fmt: skip
    try:
        for weight in WEIGHTS:
            # Only here: elsewhere it is the constant that was chosen from these lines.
            quality.PRIOR_WEIGHT = weight  # type: ignore[misc]
            yield f"{weight:>12g}" + _regrets(scale, ladder)
    finally:
        quality.PRIOR_WEIGHT = chosen  # type: ignore[misc]


def _regrets(scale: Scale, ladder: Mapping[tuple[str, bool, str], float]) -> str:
    right, off, other, worst = [], [], [], 0.0
    for name in NAMES:
        for equal in (False, True):
            right.append(regret(conversation.run(setting(name, equal), scale, ("ours",)))[0])
            wide = Scale(scale.sessions, 4 * scale.seeds, scale.seed)
            off.append(regret(conversation.run(setting(name, equal, wrong_elo=160), wide, ("ours",)))[0])
            for label, world in SENSITIVITY.items():
                costs = conversation.run(setting(name, equal, world), scale, ("ours",))
                other.append(regret(costs)[0])
                worst = max(worst, mean(costs, "ours") / ladder[name, equal, label])
    means = [statistics.fmean(found) for found in (right, off, other)]
    return f"{means[0]:>10.2%}{means[1]:>13.2%}{means[2]:>15.2%}{worst:>12.4f}"


def paces(people: int, seeds: int) -> Iterator[str]:
    """A line for each market and pace: shares of the offline optimum by budget, and their mean."""
    yield f"{'pace':<12}" + "".join(f"{f'${budget}':>9}" for budget in BUDGETS) + f"{'mean':>9}"
    for name in NAMES:
        for pace in (None, *PACES):
            shares = [_share(name, pace, budget, people, seeds) for budget in BUDGETS]
            said = "kept" if pace is None else f"{pace:g}"
            yield f"{f'{name} {said}':<12}" + "".join(f"{one:>9.1%}" for one in (*shares, statistics.fmean(shares)))


def _share(name: str, pace: float | None, budget: int, people: int, seeds: int) -> float:
    at = setting(name, equal=False)
    floor = FLOOR if name == "apr" else at.market.best.elo - EQUAL
    plan = Plan(name="month", price_usd=Decimal(20), included_seconds=600, pace=pace)
    ours = routed(at.market, floor_policy(floor).model_copy(update={"plan": plan}), learns=False)
    got = most = 0.0
    for replicate in range(seeds):
        truth = draw(at.world, at.market, Random(f"ratings {SEED} {replicate}"))
        ways = Best(at, truth).new
        for month in months.months(at.world, people, f"{SEED} {replicate}"):
            got += months.share_of(ours, truth, month, budget)
            most += months.optimum(truth, ways, month, budget)
    return got / most


def lines(scale: Scale) -> Iterator[str]:
    """Both grids."""
    yield from weights(Scale(scale.sessions, scale.seeds, SEED))
    yield ""
    yield from paces(scale.sessions // 2, scale.seeds)
