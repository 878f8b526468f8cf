"""The most that any plan gets of a month without knowing what is still to come: the bound beside the offline optimum.

The offline optimum of `months.py` knows every wish of the month beforehand; nobody does. The plan here knows all that
can be known: the true ratings, the law that months are drawn from, and of each shot its length and its difficulty when
it comes. It is optimal for that by dynamic programming over the USD left, the shots left of the conversation, the
conversations so far and the time of the month. Of N = 1 + Poisson conversations at uniform times, j of them until t,

    P(N = n | j until t)                    ~  P(N = n) C(n, j) (1 - t)^(n - j)
    P(no other until t' | N = n, j until t) =  ((1 - t') / (1 - t))^(n - j)

and one shot is worth max over ways of  v min(1, B/c) + V(B - c)  with USD B left, V what the rest is then worth. USD
and times lie on grids (values between are linear), so what is played is optimal up to the grids: halving both moved
April's shares at $6 and $20 by 0.2 and 0.3 points.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import groupby
from typing import Final

import numpy as np
import numpy.typing as npt
from bench.workloads.months import Month, worth
from bench.workloads.sessions import LENGTHS_S, MEAN_MORE_SHOTS, MOST_SHOTS, SHARES
from bench.workloads.world import Truth, Way

TIMES: Final = 15
STEPS_USD: Final = 120
MOST_CONVERSATIONS: Final = 10
DIFFICULTIES: Final = 9

Values = npt.NDArray[np.float64]


class Foresight:
    """The optimal plan for one budget in USD where months have 1 + Poisson(`more`) conversations."""

    def __init__(self, truth: Truth, ways: Sequence[Way], budget: float, more: float) -> None:
        self._truth = truth
        self._step = budget / STEPS_USD
        self._budget = budget
        nodes, weights = np.polynomial.hermite_e.hermegauss(DIFFICULTIES)
        self._difficulties = nodes * truth.world.sd_difficulty
        self._ways = [way for way in ways if not self._dominated(way, ways)]
        chances = np.array(SHARES)[:, None] * (weights / weights.sum())[None, :]
        self._chances = chances.reshape(-1)
        usd = np.array(
            [
                [truth.mean_usd(way, seconds, d) for way in self._ways]
                for seconds in LENGTHS_S
                for d in self._difficulties
            ]
        )
        gains = np.array(
            [[worth(truth, way.model, s) for way in self._ways] for s in LENGTHS_S for _ in self._difficulties]
        )
        left = np.linspace(0, budget, STEPS_USD + 1)[:, None, None]
        self._paid = np.minimum(1, left / usd) * gains
        places = np.maximum(left - usd, 0) / self._step
        self._low = np.minimum(places.astype(int), STEPS_USD - 1)
        self._part = places - self._low
        self._rest = self._solve(more)

    def share(self, month: Month) -> float:
        """Quality-seconds of a month, accounted as `months.share_of` does."""
        left, got = self._budget, 0.0
        conversations = [[shot for shot, _ in pairs] for _, pairs in groupby(zip(month.shots, month.when, strict=True),
                                                                             key=lambda pair: pair[1])]  # fmt: skip
        times = sorted(set(month.when))
        for number, (shots, when) in enumerate(zip(conversations, times, strict=True), start=1):
            for ahead, shot in zip(range(len(shots) - 1, -1, -1), shots, strict=True):
                rest = self._rest[min(number, MOST_CONVERSATIONS), round(when * TIMES), ahead]
                best, part, usd = self._at(rest, left), 0.0, 0.0
                value = 0.0
                for way in self._ways:
                    cost = self._truth.mean_usd(way, shot.seconds, shot.difficulty)
                    paid = min(1.0, left / cost)
                    gain = paid * worth(self._truth, way.model, shot.seconds)
                    if gain + self._at(rest, left - paid * cost) > best:
                        best, part, usd, value = gain + self._at(rest, left - paid * cost), paid, cost, gain
                got += value
                left -= part * usd
                if left <= 1e-9:
                    return got
        return got

    def _dominated(self, way: Way, ways: Sequence[Way]) -> bool:
        """True when another way of the same model always costs less, or a better model's no more."""
        truth = self._truth
        mine = [truth.mean_usd(way, s, d) for s in LENGTHS_S for d in self._difficulties]
        for other in ways:
            if other == way or truth.ratings[other.model] < truth.ratings[way.model]:
                continue
            theirs = [truth.mean_usd(other, s, d) for s in LENGTHS_S for d in self._difficulties]
            if all(a <= b for a, b in zip(theirs, mine, strict=True)):
                return True
        return False

    def _at(self, values: Values, left: float) -> float:
        return float(np.interp(left / self._step, np.arange(STEPS_USD + 1), values))

    def _before_a_shot(self, after: Values) -> Values:
        """What USD are worth before a shot whose length and difficulty are not known yet."""
        made = self._paid + after[self._low] * (1 - self._part) + after[self._low + 1] * self._part
        best: Values = np.maximum(made.max(axis=2), after[:, None]) @ self._chances
        return best

    def _solve(self, more: float) -> Values:
        """By conversations so far, time, shots to come of this one, and USD left: what the rest of the month gives."""
        shots = [_poisson(MEAN_MORE_SHOTS, k) for k in range(MOST_SHOTS - 1)]
        shots.append(1 - sum(shots))
        rest = np.zeros((MOST_CONVERSATIONS + 1, TIMES + 1, MOST_SHOTS + 1, STEPS_USD + 1))
        begun = np.zeros((MOST_CONVERSATIONS + 2, TIMES + 1, STEPS_USD + 1))
        for time in range(TIMES, -1, -1):
            for number in range(MOST_CONVERSATIONS, -1, -1):
                for later, chance in self._next(number, time, more):
                    rest[number, time, 0] += chance * begun[number + 1, later]
                for ahead in range(1, MOST_SHOTS + 1):
                    rest[number, time, ahead] = self._before_a_shot(rest[number, time, ahead - 1])
                    begun[number, time] += shots[ahead - 1] * rest[number, time, ahead]
        return rest

    def _next(self, number: int, time: int, more: float) -> list[tuple[int, float]]:
        """Times on the grid with the chance that the next conversation comes then; halves go to both ends of a step."""
        if time == TIMES:
            return []
        to_come = 1 - time / TIMES
        likely = {
            n: _poisson(more, n - 1) * math.comb(n, number) * to_come ** (n - number)
            for n in range(max(number, 1), MOST_CONVERSATIONS + 1)
        }
        total = sum(likely.values())
        found = [0.0] * (TIMES + 1)
        for later in range(time, TIMES):
            none_by, none_until = ((TIMES - at) / (TIMES - time) for at in (later, later + 1))
            chance = sum(
                weight / total * (none_by ** (n - number) - none_until ** (n - number)) for n, weight in likely.items()
            )
            found[later] += chance / 2
            found[later + 1] += chance / 2
        return [(later, chance) for later, chance in enumerate(found) if chance]


def _poisson(mean: float, count: int) -> float:
    return math.exp(-mean) * mean**count / math.factorial(count)
