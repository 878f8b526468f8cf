"""Workload W1, conversation-video-v1: what a finished second costs under each policy, against the best there is.

Every policy makes the same films to the end, shot by shot, until each clip is accepted. A policy's cost is the exact
mean over the attempts of the ways it chose, so no policy is lucky; what our router hears of kept and rejected clips is
drawn, the same draws for everybody.

    attainable    the best way for each shot, knowing its difficulty and every probability, but not the draws
    clairvoyant   every first attempt is accepted: no policy can reach it
"""

from __future__ import annotations

import math
import random
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bench.workloads.choosers import Chooser, Fixed, floor_policy, routed
from bench.workloads.market import Market, Model, market
from bench.workloads.sessions import Session, Shot, sessions
from bench.workloads.world import Truth, Way, World, draw

FLOOR: Final = 1340.0
WORLD: Final = World()
EQUAL: Final = 35.0
"""Equal quality: at most so many Elo under the best published, a win in 45 of 100 against it."""
FLAGSHIP: Final = {"apr": "veo-3.1-audio-1080p", "aug": "veo-3.1-audio"}
SENSITIVITY: Final[Mapping[str, World]] = {
    "kappa 0.5": World(kappa=0.5),
    "kappa 2": World(kappa=2.0),
    "rho still 0.4": World(rho_still=0.4),
    "rho still 0.85": World(rho_still=0.85),
    "edits 0.5": World(edits=0.5),
    "edits 4": World(edits=4.0),
    "single shot": World(single_shot=True),
    "p edit 0.35": World(p_edit=0.35),
    "sd difficulty 0.2": World(sd_difficulty=0.2),
    "sd difficulty 1.4": World(sd_difficulty=1.4),
    "p render 0.5": World(p_rend=0.5),
    "p render 0.9": World(p_rend=0.9),
}


@dataclass(frozen=True, slots=True)
class Setting:
    """One cell of the benchmark: a market, a floor for finals in Elo, a world, and how wrong published ratings are."""

    market: Market
    floor: float
    world: World = WORLD
    wrong_elo: float = 0.0

    @property
    def eligible(self) -> tuple[Model, ...]:
        """The models whose published rating reaches the floor."""
        return tuple(one for one in self.market.finals if one.elo >= self.floor)


@dataclass(frozen=True, slots=True)
class Scale:
    """How many conversations and replicates, and from which seed."""

    sessions: int = 150
    seeds: int = 5
    seed: int = 7


Costs = dict[str, list[float]]
"""USD per finished second by policy, one value a replicate."""


def setting(name: str, equal: bool, world: World | None = None, wrong_elo: float = 0.0) -> Setting:
    """A snapshot at the floor of 1340, or at equal quality."""
    found = market(name)
    floor = found.best.elo - EQUAL if equal else FLOOR
    return Setting(found, floor, world or WORLD, wrong_elo)


def choosers(at: Setting, truth_seed: str) -> dict[str, Chooser]:
    """Every policy by its name."""
    here, best = at.market, at.market.best
    low = min(at.eligible, key=lambda one: one.usd_s)
    stale = market("apr").best.id
    made: dict[str, Chooser] = {
        "always-best, naive": Fixed(here, best),
        "always-best + cache": Fixed(here, best, cache=True),
        "always-best + cache + edit": Fixed(here, best, cache=True, edit=True),
        "always-best, same workflow": Fixed(here, best, cache=True, edit=True, drafts=True),
        "fixed flagship, naive": Fixed(here, here.models[FLAGSHIP[here.name]]),
        "fixed flagship, same workflow": Fixed(here, here.models[FLAGSHIP[here.name]], True, True, True),
        "always-cheapest, naive": Fixed(here, min(here.finals, key=lambda one: one.usd_s)),
        "lowest-cost with fallback, naive": Fixed(here, low),
        "lowest-cost with fallback, same workflow": Fixed(here, low, True, True, True),
        "ours": ours(at, truth_seed),
    }
    if here.name != "apr":
        made["April's choice kept, naive"] = Fixed(here, here.models[stale])
    return made


def ours(at: Setting, seed: str, learns: bool = True) -> Chooser:
    """Our router with published ratings, or with ratings that are off by a normal error."""
    if not at.wrong_elo:
        return routed(at.market, floor_policy(at.floor), learns=learns)
    random_ = random.Random(f"wrong {seed}")
    wrong = {one.id: one.elo + random_.gauss(0, at.wrong_elo) for one in at.market.models.values()}
    only = tuple(one.id for one in at.eligible)
    return routed(at.market, floor_policy(at.floor, only), wrong, learns)


def run(at: Setting, scale: Scale, names: Sequence[str] = ()) -> Costs:
    """USD per finished second of every policy, or of the named ones, and of the two optima."""
    found: Costs = {}
    for replicate in range(scale.seeds):
        seed = f"{scale.seed} {replicate}"
        truth = draw(at.world, at.market, random.Random(f"ratings {seed}"))
        films = sessions(at.world, scale.sessions, seed)
        seconds = sum(film.seconds for film in films)
        everyone = choosers(at, seed)
        for name in names or everyone:
            found.setdefault(name, []).append(_usd(everyone[name], truth, films, seed) / seconds)
        best = Best(at, truth)
        total = sum(best.usd(shot, touched) for film in films for shot, touched in made(film, whole_film=False))
        found.setdefault("attainable", []).append(total / seconds)
        lucky = sum(best.lucky_usd(shot, touched) for film in films for shot, touched in made(film, whole_film=False))
        found.setdefault("clairvoyant", []).append(lucky / seconds)
    return found


def made(film: Session, whole_film: bool) -> list[tuple[Shot, bool]]:
    """The shots that are made in a conversation, in order, and whether a wish touched them. An undo makes nothing."""
    found = [(shot, False) for shot in film.shots]
    for wish in film.requests:
        if wish.undo:
            continue
        touched = range(len(film.shots)) if whole_film else wish.touched
        found += [(film.shots[place], True) for place in touched]
    return found


def _usd(chooser: Chooser, truth: Truth, films: Sequence[Session], seed: str) -> float:
    total = 0.0
    random_ = random.Random(f"attempts {seed}")
    for film in films:
        for shot, touched in made(film, chooser.whole_film):
            way = chooser.choose(shot, touched)
            total += truth.mean_usd(way, shot.seconds, shot.difficulty)
            chooser.heard(way, *rejected(truth, way, shot, random_.random(), random_.random()))
    return total


def rejected(truth: Truth, way: Way, shot: Shot, final: float, lower: float) -> tuple[int, int]:
    """How many finals, and how many of the lower rung, are rejected before one is kept, at these quantiles."""
    if way.edit:
        return quantile(truth.world.p_edit, final), 0
    model = truth.market.models[way.model]
    comp, render = truth.chances(model, shot.difficulty)
    if not way.rung:
        return quantile(comp * render, final), 0
    rung = truth.market.models[way.rung]
    settles = truth.settles(rung, model, shot.difficulty)
    return quantile(truth.survives(rung, comp) * render, final), quantile(settles, lower)


def quantile(kept: float, uniform: float) -> int:
    """Failures before the first success of this probability, at a quantile."""
    return int(math.log(1 - uniform) / math.log(1 - kept)) if kept < 1 else 0


class Best:
    """The two optima of a setting."""

    def __init__(self, at: Setting, truth: Truth) -> None:
        self._truth = truth
        models = at.market.models.values()
        rungs = ("", *(one.id for one in models if one.draft or one.still))
        self.new = tuple(Way(one.id, rung=rung) for one in at.eligible for rung in rungs)
        self._edits = tuple(Way(one.id, edit=True) for one in models if one.edits)

    def usd(self, shot: Shot, touched: bool) -> float:
        """Of the best way, on average."""
        mean: Callable[[Way], float] = lambda way: self._truth.mean_usd(way, shot.seconds, shot.difficulty)  # noqa: E731
        return min(map(mean, (*self.new, *self._edits) if touched else self.new))

    def lucky_usd(self, shot: Shot, touched: bool) -> float:
        """Of one attempt of the cheapest model."""
        ways = (*self.new, *self._edits) if touched else self.new
        return min(self._truth.market.models[way.model].usd(shot.seconds) for way in ways if not way.rung)


def mean(costs: Costs, name: str) -> float:
    """Mean over replicates."""
    return statistics.fmean(costs[name])


def difference(costs: Costs, other: str, name: str = "ours") -> tuple[float, float]:
    """How much dearer than another policy, as a share: mean over replicates, and the standard error of that mean.

    Both make the same films with the same draws (common random numbers), so replicates are compared one by one.
    """
    values = [mine / theirs - 1 for mine, theirs in zip(costs[name], costs[other], strict=True)]
    error = statistics.stdev(values) / math.sqrt(len(values)) if len(values) > 1 else 0.0
    return statistics.fmean(values), error


def regret(costs: Costs, name: str = "ours") -> tuple[float, float]:
    """Cost over the attainable optimum, less one: mean and standard deviation over replicates."""
    values = [mine / best - 1 for mine, best in zip(costs[name], costs["attainable"], strict=True)]
    return statistics.fmean(values), statistics.stdev(values) if len(values) > 1 else 0.0
