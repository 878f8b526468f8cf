"""Which rungs a new shot climbs: a still or a draft first, when it saves more on the final than it costs.

Each attempt at a final of cost c_F is kept when its composition (who, where, what happens, how it is framed) and its
rendering are both right: p = p_comp x p_rend. `P_REND` is the share that rendering alone passes (an assumption of the
benchmark, performance reference 3.1); p is 1/attempts of the router's pick, so p_comp = p / p_rend, at most 1.

Attempts until one is kept are geometric: a rung of cost c and chance p costs c/p on average, because

    sum over n of n c p (1-p)^(n-1) = c/p

**One stage.** E1 = c_F / (p_comp p_rend).

**Two stages.** A still or draft (cost c_D) is repeated until its composition is right, which it is with chance p_D. Of
a choice made there the share rho survives into the final; where it does not, the final draws its composition anew. So
each attempt at the final has the right one with chance rho' = rho + (1-rho) p_comp, and

    E2 = c_D/p_D + c_F/(rho' p_rend)

which is less than E1 exactly when

    c_D/p_D < (c_F/p_rend) (1/p_comp - 1/rho')

**Three stages.** A still settles what the draft shows: each draft is right with chance rho_S' = rho_S + (1-rho_S) p_D,
and E3 = c_S/p_S + c_D/rho_S' + c_F/(rho_D' p_rend).

The animatic costs nothing and is always climbed where the policy has it. Of the other ways the cheapest is taken, of
equal ones the shorter. The figures are what is paid until a person is content, which is more than one order's price.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from cutaway.contract import Stage
from cutaway.routing.picks import Pick
from cutaway.routing.policy import Ladder

P_REND: Final = 0.74
"""The chance that a clip of the right composition is rendered well enough to keep."""
WAYS: Final[tuple[tuple[Stage, ...], ...]] = (
    ("final",),
    ("still", "final"),
    ("draft", "final"),
    ("still", "draft", "final"),
)


@dataclass(frozen=True, slots=True)
class Rung:
    """What one attempt at a stage usually costs in USD, and how many attempts a kept clip of its model takes.

    `attempts` (at least 1) counts whole clips, composition and rendering; a still or draft is only judged on the first.
    """

    cost_usd: float
    attempts: float

    def composition(self, p_rend: float = P_REND) -> float:
        """The chance that one attempt has the right composition, above 0, at most 1."""
        return min(1.0, 1 / (self.attempts * p_rend))

    def rendering(self, p_rend: float = P_REND) -> float:
        """The chance that an attempt of the right composition is kept: `p_rend`, more for a model kept more often."""
        return max(p_rend, 1 / self.attempts)


@dataclass(frozen=True, slots=True)
class Climb:
    """The rungs to climb, what the shot is expected to cost that way and by finals alone, and both in words."""

    rungs: tuple[Stage, ...]
    expected_usd: float
    direct_usd: float
    words: str

    @property
    def saves_usd(self) -> float:
        """What the lower rungs save, negative where a policy climbs them although they do not pay."""
        return self.direct_usd - self.expected_usd


def rung(pick: Pick) -> Rung:
    """A router's pick as a rung."""
    return Rung(pick.able.expected_usd, pick.attempts)


def climb(
    final: Rung,
    *,
    still: Rung | None = None,
    draft: Rung | None = None,
    ladder: Ladder | None = None,
    p_rend: float = P_REND,
) -> Climb:
    """Which rungs pay before a final. None of `still` or `draft`: nothing can make one.

    The policy's `climb` decides: `pays` takes the cheapest way, `always` every rung there is, `never` finals alone.
    `p_rend` is above 0, at most 1.
    """
    ladder = ladder or Ladder()
    below: dict[Stage, Rung] = {}
    if still is not None and "still" in ladder.rungs:
        below["still"] = still
    if draft is not None and "draft" in ladder.rungs:
        below["draft"] = draft
    ways = [way for way in WAYS if all(stage in below or stage == "final" for stage in way)]
    costs = {way: expected_usd(way, final, below, ladder, p_rend) for way in ways}
    direct = costs[("final",)]
    way = {"pays": min(ways, key=lambda one: costs[one]), "always": ways[-1], "never": ways[0]}[ladder.climb]
    animatic: tuple[Stage, ...] = ("animatic",) if "animatic" in ladder.rungs and ladder.climb != "never" else ()
    return Climb((*animatic, *way), costs[way], direct, _words(way, costs[way], direct, final, below))


def expected_usd(
    way: tuple[Stage, ...], final: Rung, below: Mapping[Stage, Rung], ladder: Ladder, p_rend: float = P_REND
) -> float:
    """What a shot costs until it is kept, in USD, when it climbs these rungs (the module says why)."""
    total, survives = 0.0, 0.0
    for stage in way[:-1]:
        one = below[stage]
        total += one.cost_usd / (survives + (1 - survives) * one.composition(p_rend))
        survives = ladder.rho_still if stage == "still" else ladder.rho_draft
    right = survives + (1 - survives) * final.composition(p_rend)
    return total + final.cost_usd / (right * final.rendering(p_rend))


def pays(first: Rung, final: Rung, rho: float, p_rend: float = P_REND) -> bool:
    """True when this still or draft before the final costs less than it saves: the two-stage rule of the module."""
    p_comp = final.composition(p_rend)
    survives = rho + (1 - rho) * p_comp
    saved = final.cost_usd / final.rendering(p_rend) * (1 / p_comp - 1 / survives)
    return first.cost_usd / first.composition(p_rend) < saved


def _words(way: tuple[Stage, ...], cost: float, direct: float, final: Rung, below: Mapping[Stage, Rung]) -> str:
    tries = f"{final.attempts:.1f} tries a kept clip"
    if len(way) == 1:
        if below and direct:
            lowest = " or ".join(f"a {stage}" for stage in below)
            return f"a final at once, about ${direct:.2f} ({tries}); {lowest} first would not save money"
        return f"a final at once, about ${direct:.2f}: {tries}"
    first = " and then ".join(f"a {stage}" for stage in way[:-1])
    if cost < direct:
        return f"{first} first saves about ${direct - cost:.2f} of ${direct:.2f}: {tries}"
    return f"{first} first, as the policy wants; it costs about ${cost - direct:.2f} more than ${direct:.2f}: {tries}"
