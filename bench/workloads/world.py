"""What is true in the simulation: how often an attempt is accepted, and what a way of making a shot costs on average.

One attempt is accepted when its composition is right and its rendering holds up, p = p_comp x p_rend, with

    logit p_comp = base        + kappa K (R - 1471)       - d          K = ln 10 / 400, d ~ N(0, sd_d) the difficulty
    logit p_rend = logit(0.74) + kappa K (R - 1471) / 2   - d / 2

`base` is solved so that a model rated 1471 takes 4.0 generations per kept shot on average over difficulties (164
generated, 41 kept: invideo, 2026-06-26, Seedance 2.0). A still or draft settles the composition, and a share `rho` of
that survives into the final; the rest is drawn anew: rho' = rho + (1 - rho) p_comp. Attempts go on until one is
accepted, so numbers of attempts are geometric and mean costs exact:

    at once     c_F / (p_comp p_rend)
    two stages  c_D / p_D + c_F / (rho' p_rend)       pays iff  c_D/p_D < (c_F/p_rend) (1/p_comp - 1/rho')
    edit        c_E / p_edit

Sourced: prices, ratings with their intervals, the yield. Assumed: everything else, hence the sensitivity rows.
"""

from __future__ import annotations

import functools
import math
import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bench.workloads.market import Market, Model

from cutaway.routing.quality import EDIT_ACCEPTANCE, SEEDANCE_ATTEMPTS, SEEDANCE_ELO, K

STEPS: Final = 81


@dataclass(frozen=True, slots=True)
class World:
    """The assumptions. The defaults are the reference's; each sensitivity row changes one."""

    kappa: float = 1.0
    p_rend: float = 0.74
    rho_still: float = 0.65
    rho_draft: float = 0.90
    p_edit: float = EDIT_ACCEPTANCE
    sd_difficulty: float = 0.8
    edits: float = 1.5
    single_shot: bool = False

    @property
    def base(self) -> float:
        """The composition's logit of a model rated 1471 at difficulty 0."""
        return _base(self.p_rend, self.sd_difficulty)

    def p_comp(self, rating: float, difficulty: float) -> float:
        """Probability that the composition of one attempt is right."""
        return logistic(self.base + self.kappa * K * (rating - SEEDANCE_ELO) - difficulty)

    def p_render(self, rating: float, difficulty: float) -> float:
        """Probability that the rendering of one attempt holds up."""
        logit = math.log(self.p_rend / (1 - self.p_rend))
        return logistic(logit + (self.kappa * K * (rating - SEEDANCE_ELO) - difficulty) / 2)


@dataclass(frozen=True, slots=True)
class Way:
    """How one shot is made: the model, whether it edits what is there, and what settles the composition before."""

    model: str
    edit: bool = False
    rung: str = ""


@dataclass(frozen=True, slots=True)
class Truth:
    """A market in a world, with each model's true rating drawn within its published interval."""

    world: World
    market: Market
    ratings: Mapping[str, float]

    def mean_usd(self, way: Way, seconds: float, difficulty: float) -> float:
        """What a way costs on average until a clip is accepted, in USD."""
        model = self.market.models[way.model]
        if way.edit:
            return model.usd(seconds) / self.world.p_edit
        comp, render = self.chances(model, difficulty)
        if not way.rung:
            return model.usd(seconds) / (comp * render)
        lower = self.market.models[way.rung]
        return lower.usd(seconds) / self.settles(lower, model, difficulty) + model.usd(seconds) / (
            self.survives(lower, comp) * render
        )

    def chances(self, model: Model, difficulty: float) -> tuple[float, float]:
        """p_comp and p_rend of one attempt."""
        rating = self.ratings[model.id]
        return self.world.p_comp(rating, difficulty), self.world.p_render(rating, difficulty)

    def settles(self, lower: Model, model: Model, difficulty: float) -> float:
        """Probability that one still or draft is taken; a still composes as well as the model it is for (assumed)."""
        return self.world.p_comp(self.ratings[model.id if lower.still else lower.id], difficulty)

    def survives(self, lower: Model, comp: float) -> float:
        """rho': the probability that a final's composition is right once the lower rung was taken."""
        rho = self.world.rho_still if lower.still else self.world.rho_draft
        return rho + (1 - rho) * comp


def draw(world: World, market: Market, random_: random.Random) -> Truth:
    """One replicate: ratings drawn within their intervals, in the order of the snapshot."""
    ratings = {one.id: random_.gauss(one.elo, one.half_interval / 1.96) for one in market.models.values()}
    return Truth(world, market, ratings)


def logistic(x: float) -> float:
    """1 / (1 + e^-x)."""
    return 1 / (1 + math.exp(-x))


@functools.lru_cache(maxsize=64)
def _base(p_rend: float, sd: float) -> float:
    """By bisection: mean attempts over difficulties fall as the base rises."""
    logit = math.log(p_rend / (1 - p_rend))
    points = [8 * (i / (STEPS - 1) - 0.5) for i in range(STEPS)]
    weights = [math.exp(-z * z / 2) for z in points]

    def mean_attempts(base: float) -> float:
        means = [1 / (logistic(base - sd * z) * logistic(logit - sd * z / 2)) for z in points]
        return sum(w * m for w, m in zip(weights, means, strict=True)) / sum(weights)

    low, high = -8.0, 8.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if mean_attempts(middle) > SEEDANCE_ATTEMPTS else (low, middle)
    return (low + high) / 2
