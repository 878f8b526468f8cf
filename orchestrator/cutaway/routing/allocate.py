"""Many shots, one budget: which model makes which shot, so that all of them fit and the film is worth the most.

The router chooses shot by shot. Where its choices together can cost more than a budget holds, or would give a film
several looks, they are made together here, in this order:

1. Shots that a model made before keep it (continuity), while that fits.
2. The router's own choices, when they fit together and have one look (or the policy mixes looks).
3. They fit but have several looks: of the model families that can make every shot, the first by the policy's objective
   whose best models fit; the look that the film already has goes before others.
4. They do not fit: of all families the one, and of its models those, that fit and are worth the most, exactly.
5. No family fits alone, or the policy mixes looks: of all models those that fit and are worth the most, exactly.

What counts against the budget is the most each shot can be charged (`most_usd`, integer micro-USD), never what it
usually costs. What a pick is *worth* are the expected accepted seconds of quality that its one paid attempt brings:

    worth = seconds x 1/attempts x q,   q = 1 / (1 + 10^((ANCHOR - Elo)/400))

`attempts` is the router's (prior and acceptance seen, `quality.py`), q the chance to win against Veo 3.1, which stayed
at 1364 (arena.ai, April to August 2026); quality-seconds are also what the monthly workload of the benchmark counts.
A short budget never makes a shot dearer than the router would: dearer picks count only where one look needs them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from cutaway.contract import usd
from cutaway.errors import BudgetError
from cutaway.routing.arithmetic import MICRO
from cutaway.routing.decision import RoutingDecision
from cutaway.routing.knapsack import WORK_LIMIT, Item, solve
from cutaway.routing.picks import Decision, Pick, lines_first
from cutaway.routing.quality import UNKNOWN, wins
from cutaway.routing.telling import document


@dataclass(frozen=True, slots=True)
class Wish:
    """One shot that needs money: its name for messages ("shot 3"), what the router ranked, who made it before."""

    name: str
    decision: Decision
    made_by: str = ""


@dataclass(frozen=True, slots=True)
class Allotted:
    """The pick of one shot, and why it is not simply the router's."""

    name: str
    decision: Decision
    pick: Pick
    why: str = ""

    @property
    def model(self) -> str:
        """`provider:model`."""
        return self.pick.able.candidate.id

    def document(self) -> RoutingDecision:
        """The decision as it is kept, with this pick chosen and the router's order after it."""
        others = tuple(pick for pick in self.decision.picks if pick is not self.pick)
        kept = document(replace(self.decision, picks=(self.pick, *others)))
        if not self.why:
            return kept
        chosen = kept.chosen.model_copy(update={"why": self.why})
        return kept.model_copy(update={"ranked": (chosen, *kept.ranked[1:])})


@dataclass(frozen=True, slots=True)
class Allocation:
    """A pick for every shot. `gap` is how much more worth there could have been, as a share: 0 means proven best."""

    shots: tuple[Allotted, ...]
    most_usd: Decimal
    look: str = ""
    """The model family of all shots, '' when there are several."""
    gap: float = 0.0


def allocate(
    wishes: Sequence[Wish],
    budget_usd: Decimal,
    *,
    budget: str = "the turn's budget",
    mix_looks: bool = False,
    look: str = "",
    work_limit: int = WORK_LIMIT,
) -> Allocation:
    """A pick for every shot, within a budget whose name is for messages. `look` is the family the film has so far.

    Raises `BudgetError` when even the cheapest picks of all shots do not fit.
    """
    film = _Film(tuple(wishes), _micro(budget_usd, ROUND_FLOOR), budget, work_limit)
    for pinned in (True, False) if any(wish.made_by for wish in wishes) else (False,):
        found = film.chosen(mix_looks, look, pinned)
        if found is not None:
            return found
    least = sum(min(_most(pick) for pick in wish.decision.picks) for wish in wishes)
    raise BudgetError(
        f"These {len(wishes)} shots cost at least {usd(Decimal(least) / MICRO)} together; "
        f"{budget} has {usd(budget_usd)} left.",
        budget=budget,
        headroom_micro=film.budget_micro,
        needed_micro=least,
        fix="Order fewer or shorter shots, a lower resolution, or raise the budget.",
    )


def worth(pick: Pick, seconds: float) -> float:
    """Expected accepted seconds of quality that one attempt of this pick brings: above 0, at most `seconds`."""
    quality = pick.able.candidate.profile.quality
    elo = quality.elo if quality is not None else UNKNOWN[0]
    return seconds / pick.attempts * wins(elo)


def family(pick: Pick) -> str:
    """The look of a pick's clips: the model itself, whoever serves it."""
    return pick.able.candidate.profile.family or pick.able.candidate.profile.id


@dataclass(frozen=True, slots=True)
class _Film:
    wishes: tuple[Wish, ...]
    budget_micro: int
    budget: str
    work_limit: int

    def chosen(self, mix_looks: bool, look: str, pinned: bool) -> Allocation | None:
        """The picks of all shots, None when none fit. `pinned` keeps shots with the model that made them."""
        own = [_pins(wish) if pinned else wish.decision.picks for wish in self.wishes]
        firsts = [picks[0] for picks in own]
        if self._fits(firsts) and (mix_looks or len({family(pick) for pick in firsts} | ({look} - {""})) <= 1):
            return self._allocation(firsts, 0, 0)
        if not mix_looks:
            one = self._one_look(own, look)
            if one is not None:
                return one
            if self._fits(firsts):
                return self._allocation(firsts, 0, 0)
        return self._most_worth([_no_dearer(picks, picks[0]) for picks in own], self.work_limit)

    def _one_look(self, own: Sequence[Sequence[Pick]], look: str) -> Allocation | None:
        """All shots by one family. A shot that keeps its model does not hinder the others to share a look."""
        free = [i for i, picks in enumerate(own) if len(picks) > 1 or not self.wishes[i].made_by]
        able = [{family(pick) for pick in own[i]} for i in free]
        families = sorted(set.intersection(*able)) if able else []
        kept = {family(picks[0]) for i, picks in enumerate(own) if i not in free} | ({look} - {""})
        by_family = {name: [_of(picks, name) or list(picks) for picks in own] for name in families}
        ranked = sorted(families, key=lambda name: (name not in kept, *self._rank(by_family[name]), name))
        firsts = [[picks[0] for picks in by_family[name]] for name in ranked]
        fitting = next((picks for picks in firsts if self._fits(picks)), None)
        if fitting is not None and self._fits([picks[0] for picks in own]):
            return self._allocation(fitting, 0, 0)
        work = self.work_limit // max(len(ranked), 1)
        best, best_rank = None, (False, 0.0)
        for name in ranked:
            options = [_no_dearer(p, o[0]) for p, o in zip(by_family[name], own, strict=True)]
            found = self._most_worth(options, work)
            if found is not None and (best is None or (name in kept, self._worth_of(found)) > best_rank):
                best, best_rank = found, (name in kept, self._worth_of(found))
        return best

    def _rank(self, options: Sequence[Sequence[Pick]]) -> tuple[float, int, int, float]:
        """Where lines, the policy's lists and its objective put a family: the sums over its best picks, low is good."""
        firsts = [picks[0] for picks in options]
        line_s = total = 0.0
        for wish, pick in zip(self.wishes, firsts, strict=True):
            # Cost counts by the second and ratings weigh by it; prices and waits are whole.
            if lines_first(wish.decision.conditions, wish.decision.effective):
                line_s += pick.line_s
            by_second = wish.decision.effective.preferences.objective in ("accepted_cost", "quality")
            total += float(pick.score[1]) * (wish.decision.request.duration_s if by_second else 1)
        return (
            line_s,
            sum(pick.able.place[0] for pick in firsts),
            sum(pick.able.place[1] for pick in firsts),
            total,
        )

    def _most_worth(self, options: Sequence[Sequence[Pick]], work: int) -> Allocation | None:
        groups = [
            [Item(_most(pick), round(worth(pick, wish.decision.request.duration_s) * MICRO)) for pick in picks]
            for wish, picks in zip(self.wishes, options, strict=True)
        ]
        solved = solve(groups, self.budget_micro, work_limit=work)
        if solved is None:
            return None
        picks = [picks[i] for picks, i in zip(options, solved.chosen, strict=True)]
        return self._allocation(picks, solved.value, solved.bound)

    def _fits(self, picks: Sequence[Pick]) -> bool:
        return sum(_most(pick) for pick in picks) <= self.budget_micro

    def _worth_of(self, allocation: Allocation) -> float:
        return sum(worth(shot.pick, shot.decision.request.duration_s) for shot in allocation.shots)

    def _allocation(self, picks: Sequence[Pick], value: int, bound: int) -> Allocation:
        looks = {family(pick) for pick in picks}
        fitted = self._fits([wish.decision.picks[0] for wish in self.wishes])
        return Allocation(
            shots=tuple(
                Allotted(wish.name, wish.decision, pick, self._why(wish, pick, fitted, looks))
                for wish, pick in zip(self.wishes, picks, strict=True)
            ),
            most_usd=Decimal(sum(_most(pick) for pick in picks)) / MICRO,
            look=looks.pop() if len(looks) == 1 else "",
            gap=(bound - value) / bound if bound > value else 0.0,
        )

    def _why(self, wish: Wish, pick: Pick, fitted: bool, looks: set[str]) -> str:
        """Why a shot did not get what the router ranked first, '' when it did."""
        first = wish.decision.picks[0]
        model = pick.able.candidate.id
        if pick is first:
            return ""
        if wish.made_by == model:
            return f"made this shot before; {first.able.candidate.id} would drop its look"
        less = Decimal(_most(first) - _most(pick)) / MICRO
        said = f"{usd(less)} cheaper than {first.able.candidate.id}" if less > 0 else ""
        if fitted:
            look = f"keeps one look ({family(pick)}) over all {len(self.wishes)} shots"
            dearer = f", for {usd(-less)} more" if less < 0 else ""
            return f"{look}{dearer}"
        because = f"so that all {len(self.wishes)} shots fit {self.budget} of {usd(Decimal(self.budget_micro) / MICRO)}"
        one = f" with one look ({next(iter(looks))})" if len(looks) == 1 and len(self.wishes) > 1 else ""
        drift = "; a face or a voice may drift" if wish.made_by else ""
        return f"{said or 'chosen'} {because}{one}{drift}"


def _pins(wish: Wish) -> Sequence[Pick]:
    """The picks of a shot that its earlier model made: only that one, where it can make it still."""
    kept = [pick for pick in wish.decision.picks if wish.made_by and pick.able.candidate.id == wish.made_by]
    return kept or wish.decision.picks


def _of(picks: Sequence[Pick], name: str) -> list[Pick]:
    return [pick for pick in picks if family(pick) == name]


def _no_dearer(picks: Sequence[Pick], first: Pick) -> Sequence[Pick]:
    """The picks that cost no more than the router's choice, or else the cheapest."""
    within = [pick for pick in picks if _most(pick) <= _most(first)]
    return within or [min(picks, key=_most)]


def _most(pick: Pick) -> int:
    return _micro(pick.able.most_usd, ROUND_CEILING)


def _micro(amount_usd: Decimal, rounding: str) -> int:
    return int((amount_usd * MICRO).to_integral_value(rounding))
