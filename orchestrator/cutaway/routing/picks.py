"""What a decision is while it is made: picks with their scores, and everything that is out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from cutaway.contract import GenerationRequest
from cutaway.routing.conditions import Conditions
from cutaway.routing.effective import Effective
from cutaway.routing.judging import Able, Catalog, Out
from cutaway.routing.policy import RoutingPolicy

FOREVER: Final = float("inf")
Score = tuple[Any, ...]


# Not frozen, nor is Decision, Out or Effective: setting the fields of frozen ones is a third of a decision's time.
@dataclass(slots=True)
class Pick:
    """A model that may be used now. `cost` is USD per accepted second, `wait_s` None where nobody knows.

    `line_s` is how much of it is spent in line for an account that is full: 0 where there is room, infinite where
    nobody knows.
    """

    able: Able
    attempts: float
    cost: float
    wait_s: float | None
    score: Score
    line_s: float = 0.0


@dataclass(slots=True)
class Decision:
    """Picks, best first, and everything that is out. `paced` says why what is left over bought a better first one."""

    picks: tuple[Pick, ...]
    out: tuple[Out, ...]
    effective: Effective
    policy: RoutingPolicy
    catalog: Catalog
    request: GenerationRequest
    conditions: Conditions
    paced: str = ""


def lines_first(conditions: Conditions, holds: Effective) -> bool:
    """True where what can begin now goes first, then the shortest line: for what is needed as soon as it can be.

    With a deadline a line is only time, which there is, and what is soonest counts it in its wait.
    """
    return conditions.deadline is None and holds.preferences.objective != "latency"
