"""The conversations of workload W1, conversation-video-v1: what is asked for, and how hard it is."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from typing import Final

from bench.workloads.world import World

LENGTHS_S: Final = (5.0, 8.0, 10.0)
SHARES: Final = (0.5, 0.3, 0.2)
MEAN_MORE_SHOTS: Final = 2.0
MOST_SHOTS: Final = 8
TOUCHES_ALL: Final = 0.3
IS_UNDO: Final = 0.1


@dataclass(frozen=True, slots=True)
class Shot:
    """Seconds, and latent difficulty in logits."""

    seconds: float
    difficulty: float


@dataclass(frozen=True, slots=True)
class Request:
    """A wish after the first film: the shots it touches; an undo goes back to what is there."""

    touched: tuple[int, ...]
    undo: bool


@dataclass(frozen=True, slots=True)
class Session:
    """One conversation: 1 + Poisson(2) shots (at most 8) and Poisson(1.5) wishes."""

    shots: tuple[Shot, ...]
    requests: tuple[Request, ...]

    @property
    def seconds(self) -> float:
        """Length of the finished film."""
        return sum(shot.seconds for shot in self.shots)


def sessions(world: World, count: int, seed: str) -> list[Session]:
    """The same for every policy. Standard normals and uniforms are drawn alike whatever the world's assumptions."""
    random_ = random.Random(f"sessions {seed}")
    made = []
    for _ in range(count):
        more = poisson(MEAN_MORE_SHOTS, random_.random())
        number = 1 if world.single_shot else min(1 + more, MOST_SHOTS)
        draws = [(random_.choices(LENGTHS_S, SHARES)[0], random_.gauss(0, 1)) for _ in range(MOST_SHOTS)]
        shots = tuple(Shot(seconds, world.sd_difficulty * z) for seconds, z in draws[:number])
        wishes = poisson(world.edits, random_.random())
        drawn = [(random_.random(), random_.random(), random_.random()) for _ in range(20)]
        requests = tuple(
            Request(tuple(range(number)) if every < TOUCHES_ALL else (int(which * number),), undo < IS_UNDO)
            for every, which, undo in drawn[:wishes]
        )
        made.append(Session(shots, requests))
    return made


def poisson(mean: float, uniform: float) -> int:
    """The Poisson count at this quantile (0 to 1), so that one draw serves every mean; at most 20."""
    total = term = math.exp(-mean)
    count = 0
    while uniform > total and count < 20:
        count += 1
        term *= mean / count
        total += term
    return count


def poisson_draw(mean: float, random_: random.Random) -> int:
    """A Poisson count of any mean below some hundreds (Knuth 1969)."""
    bound, product, count = math.exp(-mean), random_.random(), 0
    while product > bound:
        product *= random_.random()
        count += 1
    return count
