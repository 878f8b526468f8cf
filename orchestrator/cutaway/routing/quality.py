"""How many attempts an accepted clip takes: from published ratings, and from what people kept so far.

**Prior.** Arena ratings are Bradley-Terry in Elo units: P(a beats b) = 1 / (1 + 10^((Rb - Ra)/400)) (Bradley & Terry
1952; Elo 1978). A person accepts a clip when it beats what they had in mind; that bar is a rating too, so

    p(R) = 1 / (1 + e^-(BASE + K (R - ANCHOR))),   K = ln 10 / 400

`BASE` is set so that Seedance 2.0 (rated 1471 between April and August 2026) takes 4.0 attempts per kept clip: 164
generated, 41 kept in one published production (invideo, 2026-06-26). A rating known to +-h (95 %) is normal with
standard deviation s = h / 1.96; the mean number of attempts then has a closed form, because 1/p = 1 + e^-x:

    E[1/p] = 1 + e^(-(BASE + K (R - ANCHOR)) + (K s)^2 / 2)

**Posterior.** What was kept and rejected of a model updates a Beta distribution that starts at the prior with the
weight of `PRIOR_WEIGHT` observations: attempts = (a0 + b0 + kept + rejected) / (a0 + kept), a0 = PRIOR_WEIGHT / E[1/p].

An edit changes a clip that is there; ratings of new clips say little about it, so every editor starts at
`EDIT_ACCEPTANCE` (an assumption, printed as such by the benchmark).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from cutaway.contract import OperationKind, Quality

ANCHOR: Final = 1364.0
"""Veo 3.1 with audio, which held this rating from April to August 2026."""
K: Final = math.log(10) / 400
SEEDANCE_ELO: Final = 1471.0
SEEDANCE_ATTEMPTS: Final = 164 / 41
BASE: Final = -math.log(SEEDANCE_ATTEMPTS - 1) - K * (SEEDANCE_ELO - ANCHOR)
UNKNOWN: Final = (1000.0, 300.0)
"""Rating and half interval of a model that nobody rated: the bottom of the board, and wide."""
PRIOR_WEIGHT: Final = 250.0
"""Attempts the prior is worth: what one known to +-25 Elo (standard deviation s) says at p = 1/4, 1/(p (1-p) (K s)^2).

Attempts per kept clip scatter as widely as their mean, so a light prior leaves good models for bad luck, and what is
not chosen is not seen again; one that is never moved keeps wrong ratings. `python bench/router.py --tune` tries weights
on conversations that no reported figure is made of. Mean regret with right ratings, with ratings off by 160 Elo, with
other assumptions, and the worst cell over always taking the best (150 conversations, 3 replicates):

    weight      12     50    100    150    250    400   1000   never moved
    right     3.6 %  2.9 %  2.3 %  2.2 %  2.0 %  2.2 %  2.0 %  2.5 %
    off       4.9 %  3.6 %  3.6 %  3.8 %  3.7 %  4.1 %  4.8 %  7.4 %
    other     3.4 %  2.6 %  2.2 %  2.2 %  2.2 %  2.3 %  2.7 %  3.9 %
    worst     1.075  1.024  1.020  1.007  1.001  1.000  1.000  1.090

250 has the lowest sum of the three means; from 100 to 400 it is flat.
"""
EDIT_ACCEPTANCE: Final = 0.55


@dataclass(frozen=True, slots=True)
class Seen:
    """What people kept and rejected of one model and operation so far."""

    kept: float = 0.0
    rejected: float = 0.0


NOTHING_SEEN: Final = Seen()


def acceptance(elo: float) -> float:
    """The probability that one new clip of a model of this rating is accepted, 0 to 1."""
    return 1 / (1 + math.exp(-(BASE + K * (elo - ANCHOR))))


def wins(elo: float) -> float:
    """q: the probability that a clip of a model of this rating is preferred to one of `ANCHOR`'s, 0 to 1."""
    return float(1 / (1 + 10 ** ((ANCHOR - elo) / 400)))


def prior_attempts(quality: Quality | None, operation: OperationKind = "generate") -> float:
    """The expected attempts per accepted clip before anything was seen, at least 1."""
    if operation == "edit":
        return 1 / EDIT_ACCEPTANCE
    elo, half = (quality.elo, quality.half_interval) if quality is not None else UNKNOWN
    spread = K * half / 1.96
    return 1 + math.exp(min(-(BASE + K * (elo - ANCHOR)) + spread * spread / 2, 50.0))


def attempts(prior: float, seen: Seen = NOTHING_SEEN) -> float:
    """The expected attempts per accepted clip, at least 1: the prior's, moved by what was kept and rejected."""
    kept = PRIOR_WEIGHT / prior + seen.kept
    return (PRIOR_WEIGHT + seen.kept + seen.rejected) / kept
