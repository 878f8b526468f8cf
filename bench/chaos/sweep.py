"""Deaths at one, two or three points of an order's life, for every fault of a vendor of every tier, with a fallback.

The points are before and after every script call and every vendor call. Every single point of every order from one
vendor is always among the scenarios; then come their pairs, and chosen pairs and triples with two vendors. Whoever
starts the process again finds only what the ledger knows.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bench.chaos.clock import Changes, ClockedLedger
from bench.chaos.clocked import ClockedWorld
from bench.chaos.ending import FAULTS, TIERS, Auditor, wrongs
from bench.chaos.lanes import in_lanes, scratch
from bench.chaos.vendor import Fault, Vendor
from bench.chaos.world import BUDGET, World
from redis.asyncio import Redis

from cutaway.contract import SubmitTier
from cutaway.ledger import Operation

ALL_FAULTS: Final[tuple[Fault, ...]] = (*FAULTS, "policy")
AGAIN: Final = 8
"""Points that a restart after a death adds to a life, roughly."""

Kind = tuple[SubmitTier, Fault]
KINDS: Final[tuple[Kind, ...]] = tuple(itertools.product(TIERS, ALL_FAULTS))


@dataclass(frozen=True, slots=True)
class Found:
    """How many scenarios were played, and what went wrong in which."""

    scenarios: int
    violations: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Scenario:
    """The first vendor and perhaps its fallback, each with its first fault, and the points of death."""

    kinds: tuple[Kind, ...]
    deaths: tuple[int, ...] = ()


async def run(url: str, *, scenarios: int, seed: int, changes: Changes = ()) -> Found:
    """Play `scenarios` of them on the server at `url`, whose databases 0 to 7 are emptied."""
    points: dict[Kind, int] = {}
    with scratch() as folder:

        async def measure(redis: Redis, scripts: ClockedLedger, kind: Kind) -> str:
            world = _world(redis, folder, Scenario((kind,)), scripts)
            await world.order()
            await world.run()
            points[kind] = world.fuse.count
            return ""

        async def one(redis: Redis, scripts: ClockedLedger, scenario: Scenario) -> str:
            world = _world(redis, folder, scenario, scripts)
            await world.order()
            try:
                await world.run()
                found = wrongs(await world.auditor.read(), world.vendors)
            except AssertionError as error:
                found = [str(error)]
            return f"{scenario}: {'; '.join(found)}" if found else ""

        await in_lanes(url, KINDS, measure)
        chosen = itertools.islice(_scenarios(points, scenarios, random.Random(f"sweep {seed}")), scenarios)
        return Found(scenarios, await in_lanes(url, chosen, one, changes=changes))


def _world(redis: Redis, folder: Path, scenario: Scenario, scripts: ClockedLedger) -> ClockedWorld:
    vendors = [Vendor("vw"[n], tier, [fault]) for n, (tier, fault) in enumerate(scenario.kinds)]
    return ClockedWorld(redis, folder, scripts, *vendors, deaths=scenario.deaths)


def _scenarios(points: Mapping[Kind, int], number: int, chance: random.Random) -> Iterator[Scenario]:
    """Every single death with one vendor, then pairs for up to half of what is left, then anything, without end."""
    single = [Scenario((kind,), (point,)) for kind in KINDS for point in range(points[kind] + 2)]
    pairs = [
        Scenario((kind,), pair) for kind in KINDS for pair in itertools.combinations(range(points[kind] + AGAIN), 2)
    ]
    chance.shuffle(single)
    chance.shuffle(pairs)
    yield from single
    yield from pairs[: max(0, number - len(single)) // 2]
    while True:
        kinds = tuple(chance.choices(KINDS, k=chance.choice((1, 2, 2))))
        most = sum(points[kind] for kind in kinds) + AGAIN
        yield Scenario(kinds, tuple(sorted(chance.sample(range(most), chance.choice((2, 3))))))


async def play(redis: Redis, folder: Path, *vendors: Vendor, deaths: Sequence[int] = ()) -> tuple[Operation, World]:
    """One order from `vendors` on an emptied server, driven until it is at rest."""
    await redis.flushall()
    world = World(redis, folder, *vendors, deaths=deaths)
    await world.order()
    return await world.run(), world


async def audit(operation: Operation, world: World) -> None:
    """Raises `AssertionError` with every promise that the ending of the world's operation breaks."""
    found = wrongs(await Auditor(world.redis, operation.id, BUDGET).read(), world.vendors)
    assert not found, "; ".join(found)
