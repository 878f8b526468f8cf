"""The multiple-choice knapsack: one item of every group, the most value that a capacity holds. Exact, in integers.

Within a group an item that weighs more and is worth no more than another is never taken (dominance). Of what is left,
the upper hull gives the linear relaxation by greedy increments (Sinha & Zoltners 1979). The increment that breaks the
capacity has the efficiency `p/q`, the price of one unit of weight, and for any price the relaxed problem

    bound = sum over groups of max(value - p/q weight) + p/q capacity

is worth at least the optimum (Lagrange). An item that alone loses more than lies between this bound and the best found
cannot be in a better choice and is dropped. The rest is solved group by group over the states that no other dominates,
each cut off by the same bound (dynamic programming with lists and bounds, Dyer, Riha & Walker 1995; Pisinger 1995).

The work is limited by a count, not by a clock, so alike inputs give alike results. Where it runs out, only the states
with the best bounds go on, and `bound` says how much more could have been there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

WORK_LIMIT: Final = 250_000
"""Steps (a state times an item) before states are dropped: under a second."""


@dataclass(frozen=True, slots=True)
class Item:
    """One choice: what it takes of the capacity (at least 0), and what it is worth (any integer)."""

    weight: int
    value: int


@dataclass(frozen=True, slots=True)
class Solution:
    """The item taken of each group, by index; nothing that fits is worth more than `bound`.

    Among choices of the same value it is the lightest, when it is `exact`.
    """

    chosen: tuple[int, ...]
    weight: int
    value: int
    bound: int

    @property
    def exact(self) -> bool:
        """True when no choice that fits is worth more."""
        return self.bound == self.value


@dataclass(frozen=True, slots=True)
class _Option:
    weight: int
    value: int
    index: int
    reduced: int = 0


@dataclass(slots=True)
class _State:
    weight: int
    value: int
    reduced: int
    before: _State | None
    index: int


def solve(groups: Sequence[Sequence[Item]], capacity: int, *, work_limit: int = WORK_LIMIT) -> Solution | None:
    """The choice of the most value within the capacity, None when even the lightest items do not fit.

    Every group needs an item. Takes at most about `work_limit` steps, then gives the best found with its bound.
    """
    if sum(min(item.weight for item in group) for group in groups) > capacity:
        return None
    # A tie is broken for the lighter choice: values are scaled so far up that all weights together count less.
    scale = 1 + sum(max(item.weight for item in group) for group in groups)
    fronts = [_front(group, scale) for group in groups]
    search = _Search(fronts, capacity, work_limit)
    chosen, bound = search.run()
    value = sum(group[i].value for group, i in zip(groups, chosen, strict=True))
    weight = sum(group[i].weight for group, i in zip(groups, chosen, strict=True))
    return Solution(chosen, weight, value, value if bound is None else max(value, (bound + capacity) // scale))


def _front(group: Sequence[Item], scale: int) -> list[_Option]:
    """The items that no other dominates, from the lightest on; values scaled, less the weight."""
    front: list[_Option] = []
    for index in sorted(range(len(group)), key=lambda i: (group[i].weight, -group[i].value, i)):
        item = group[index]
        value = item.value * scale - item.weight
        if not front or value > front[-1].value:
            front.append(_Option(item.weight, value, index))
    return front


def _hull(front: Sequence[_Option]) -> list[int]:
    """Places on the upper hull of a front: what each increment adds per weight falls."""
    hull: list[int] = []
    for place, option in enumerate(front):
        while len(hull) > 1:
            one, two = front[hull[-2]], front[hull[-1]]
            rise = (two.value - one.value) * (option.weight - two.weight)
            if rise > (option.value - two.value) * (two.weight - one.weight):
                break
            hull.pop()
        hull.append(place)
    return hull


class _Search:
    """One search: the best choice so far, and what is still possible."""

    def __init__(self, fronts: list[list[_Option]], capacity: int, work_limit: int) -> None:
        self._fronts = fronts
        self._capacity = capacity
        self._work_left = work_limit
        self._best: list[int] = []
        """Indexes of the best choice, by group."""
        self._best_value = 0
        self._dropped: int | None = None
        """The highest reduced bound among states that were dropped for want of work."""
        self._p = 0
        self._q = 1

    def run(self) -> tuple[tuple[int, ...], int | None]:
        """The best choice, and a bound on its scaled value where it is not proven to be the best."""
        if self._greedy():
            return tuple(self._best), None
        self._walk()
        return tuple(self._best), None if self._dropped is None else self._dropped // self._q

    def _greedy(self) -> bool:
        """The linear relaxation rounded down, and its price of weight; True when everything fitted."""
        hulls = [_hull(front) for front in self._fronts]
        steps = []
        for number, hull in enumerate(hulls):
            for step in range(1, len(hull)):
                one, two = self._fronts[number][hull[step - 1]], self._fronts[number][hull[step]]
                steps.append((-(two.value - one.value) / (two.weight - one.weight), number, step, one, two))
        steps.sort(key=lambda entry: entry[:3])
        taken = [front[0] for front in self._fronts]
        left = self._capacity - sum(option.weight for option in taken)
        broken: set[int] = set()
        for _, number, _, one, two in steps:
            if number in broken:
                continue
            if two.weight - one.weight <= left:
                left -= two.weight - one.weight
                taken[number] = two
                continue
            if not broken:
                self._p, self._q = two.value - one.value, two.weight - one.weight
            broken.add(number)
        self._swap(taken, left)
        self._best = [option.index for option in taken]
        self._best_value = sum(option.value for option in taken)
        return not broken

    def _swap(self, taken: list[_Option], left: int) -> None:
        """Put what is left over to use: the best swap of one item that fits, until there is none."""
        while True:
            gain, number, better = 0, -1, taken[0] if taken else None
            for place, front in enumerate(self._fronts):
                here = taken[place]
                for option in front:
                    if option.weight - here.weight > left:
                        break
                    if option.value - here.value > gain:
                        gain, number, better = option.value - here.value, place, option
            if not gain or better is None:
                return
            left -= better.weight - taken[number].weight
            taken[number] = better

    def _walk(self) -> None:
        p, q, capacity = self._p, self._q, self._capacity
        groups = [
            [_Option(o.weight, o.value, o.index, q * o.value - p * o.weight) for o in front] for front in self._fronts
        ]
        tops = [max(option.reduced for option in group) for group in groups]
        slack = sum(tops) + p * capacity - q * (self._best_value + 1)
        groups = [[o for o in group if top - o.reduced <= slack] for group, top in zip(groups, tops, strict=True)]
        if slack < 0:
            return
        # Few choices first: the best found grows before the many are multiplied.
        order = sorted(range(len(groups)), key=lambda number: (len(groups[number]), number))
        stars = [max(group, key=lambda option: (option.reduced, -option.weight)) for group in groups]
        layer = [_State(0, 0, 0, None, -1)]
        for place, number in enumerate(order):
            rest = order[place + 1 :]
            layer = self._layer(
                layer,
                groups[number],
                lightest=sum(groups[i][0].weight for i in rest),
                star=(sum(stars[i].weight for i in rest), sum(stars[i].value for i in rest)),
                top=sum(tops[i] for i in rest) + p * capacity,
                complete=partial(self._note, order[: place + 1], rest, stars),
            )
            if not layer:
                return
            layer = self._within_work(
                layer,
                sum(len(groups[i]) for i in rest),
                top=sum(tops[i] for i in rest) + p * capacity,
            )

    def _layer(
        self,
        layer: list[_State],
        group: list[_Option],
        *,
        lightest: int,
        star: tuple[int, int],
        top: int,
        complete: Callable[[_State], None],
    ) -> list[_State]:
        """Every state with every item of the group that may still lead to something better than the best found."""
        q = self._q
        room = self._capacity - lightest
        star_weight, star_value = star
        star_room = self._capacity - star_weight
        least = q * (self._best_value + 1) - top
        found: dict[int, _State] = {}
        self._work_left -= len(layer) * len(group)
        for state in layer:
            for option in group:
                weight = state.weight + option.weight
                if weight > room:
                    break
                reduced = state.reduced + option.reduced
                if reduced < least:
                    continue
                value = state.value + option.value
                known = found.get(weight)
                if known is not None and known.value >= value:
                    continue
                new = _State(weight, value, reduced, state, option.index)
                found[weight] = new
                if weight <= star_room and value + star_value > self._best_value:
                    self._best_value = value + star_value
                    complete(new)
                    least = q * (self._best_value + 1) - top
        kept: list[_State] = []
        for weight in sorted(found):
            state = found[weight]
            if state.reduced >= least and (not kept or state.value > kept[-1].value):
                kept.append(state)
        return kept

    def _within_work(self, layer: list[_State], items_ahead: int, *, top: int) -> list[_State]:
        """The layer cut down to what the remaining work allows, the best bounds first."""
        allowed = max(1, self._work_left // items_ahead) if items_ahead else len(layer)
        if len(layer) <= allowed:
            return layer
        ranked = sorted(layer, key=lambda state: (-state.reduced, state.weight))
        lost = ranked[allowed].reduced + top
        self._dropped = lost if self._dropped is None else max(self._dropped, lost)
        return sorted(ranked[:allowed], key=lambda state: state.weight)

    def _note(self, done: list[int], rest: list[int], stars: list[_Option], state: _State) -> None:
        """Keep a state completed with the best items of the groups ahead as the best found."""
        best = [-1] * len(self._fronts)
        for number in rest:
            best[number] = stars[number].index
        here: _State | None = state
        for number in reversed(done):
            assert here is not None
            best[number] = here.index
            here = here.before
        self._best = best
