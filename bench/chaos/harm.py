"""What a storm does to the processes: kill -9, stop longer than a lease and continue, and the server's own death.

What is done when is drawn from the seed: each harm has a place in the stream of orders, from 3 % to 95 % of it. Which
process it hits depends on what is alive at that moment.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Literal

import psutil
from bench.chaos.house import House

from cutaway.ledger.ledger import LEASE_MS

Harm = Literal["kill", "zombie", "store"]
Victim = Literal["horse", "worker", "poller", "drawer"]

STOPPED_S: Final = LEASE_MS / 1000 + 1.5
"""How long a zombie sleeps: its lease has run out and others had a second to take its work."""
WEIGHTS: Final[dict[Victim, float]] = {"horse": 0.7, "worker": 0.18, "poller": 0.09, "drawer": 0.03}
HORSE_WITHIN_S: Final = 3.0
"""How long is waited for a work-horse to appear when one is to be hit: each lives for a fraction of a second."""
HORSE_LIFE_S: Final = 0.15
"""About how long one lives: it is hit at any moment of that, not always in its first line."""
LOOK_EVERY_S: Final = 0.01


@dataclass(frozen=True, slots=True)
class Hit:
    """One harm to a process: when (seconds since the epoch), and its id with, if `dead`, those that die with it."""

    at: float
    pids: frozenset[int]
    dead: bool


@dataclass(slots=True)
class Harms:
    """The harms of one storm: `kills`, `zombies` and `stores` are what was really done.

    `told` hears of each kill and stop.
    """

    house: House
    dice: random.Random
    plan: list[tuple[float, Harm]]
    told: Callable[[Hit], None]
    kills: Counter[Victim] = field(default_factory=Counter)
    zombies: Counter[Victim] = field(default_factory=Counter)
    stores: int = 0
    begun: int = 0
    _sleeping: set[int] = field(default_factory=set)

    @classmethod
    def drawn(
        cls, house: House, told: Callable[[Hit], None], *, seed: str, kills: int, zombies: int, stores: int
    ) -> Harms:
        """A plan of so many of each, spread over the stream of orders."""
        dice = random.Random(seed)
        counts: dict[Harm, int] = {"kill": kills, "zombie": zombies, "store": stores}
        kinds = [kind for kind, count in counts.items() for _ in range(count)]
        return cls(house, dice, sorted((dice.uniform(0.03, 0.95), kind) for kind in kinds), told)

    def due(self, share_ordered: float) -> int:
        """How many harms should have begun by now and have not."""
        return sum(1 for place, _ in self.plan[self.begun :] if place <= share_ordered)

    async def run(self, share_ordered: Callable[[], float]) -> None:
        """Do everything planned, each when that share of the orders (0 to 1) was placed; zombies sleep side by side."""
        async with asyncio.TaskGroup() as sleepers:
            for place, harm in self.plan:
                while share_ordered() < place:
                    await asyncio.sleep(LOOK_EVERY_S)
                await self._do(harm, sleepers)
                self.begun += 1

    async def _do(self, harm: Harm, sleepers: asyncio.TaskGroup) -> None:
        if harm == "store":
            await self.house.kill_valkey()
            self.stores += 1
        elif harm == "kill":
            while not self._kill(*await self._victim()):
                pass  # it ended by itself in the meantime
        else:
            # Half of the house at most sleeps at once, else there is nobody left to take the work over.
            while len(self._sleeping) >= max(1, self.house.workers // 2):
                await asyncio.sleep(LOOK_EVERY_S)
            kind, victim = await self._victim()
            while not self._stop(kind, victim):
                kind, victim = await self._victim()
            sleepers.create_task(self._wake(victim))

    def _kill(self, kind: Victim, victim: psutil.Process) -> bool:
        try:
            family = {victim.pid, *(child.pid for child in victim.children(recursive=True))}
            victim.kill()
        except psutil.NoSuchProcess:
            return False
        self.kills[kind] += 1
        self.told(Hit(time.time(), frozenset(family), dead=True))
        return True

    def _stop(self, kind: Victim, victim: psutil.Process) -> bool:
        try:
            victim.send_signal(signal.SIGSTOP)
        except psutil.NoSuchProcess:
            return False
        self.zombies[kind] += 1
        self._sleeping.add(victim.pid)
        self.told(Hit(time.time(), frozenset({victim.pid}), dead=False))
        return True

    async def _wake(self, victim: psutil.Process) -> None:
        await asyncio.sleep(STOPPED_S)
        # Its worker may have been killed, and it with it.
        with contextlib.suppress(psutil.NoSuchProcess):
            victim.send_signal(signal.SIGCONT)
        self._sleeping.discard(victim.pid)

    async def _victim(self) -> tuple[Victim, psutil.Process]:
        """Somebody to harm: of the kind drawn if there is one, else anybody."""
        wanted = self.dice.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        begun = time.monotonic()
        while True:
            alive = self._alive()
            found = [process for kind, process in alive if kind == wanted]
            if found:
                victim = self.dice.choice(found)
                if wanted != "horse" or await self._grown(victim):
                    return wanted, victim
                continue
            if alive and (wanted != "horse" or time.monotonic() - begun > HORSE_WITHIN_S):
                return self.dice.choice(alive)
            await asyncio.sleep(LOOK_EVERY_S)

    async def _grown(self, horse: psutil.Process) -> bool:
        """Whether a work-horse is still at work after some moment of its short life."""
        await asyncio.sleep(self.dice.uniform(0, HORSE_LIFE_S))
        try:
            return bool(horse.status() != psutil.STATUS_ZOMBIE)
        except psutil.NoSuchProcess:
            return False

    def _alive(self) -> list[tuple[Victim, psutil.Process]]:
        found: list[tuple[Victim, psutil.Process]] = []
        for process in self.house.below_supervisors():
            with contextlib.suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
                if process.pid not in self._sleeping and (kind := kind_of(process, self.house)):
                    found.append((kind, process))
        return found


def kind_of(process: psutil.Process, house: House) -> Victim | None:
    """What a process below a supervisor is; None for one that is ending or has not become what it will be."""
    words = process.cmdline()
    if "cutaway.jobs.watch" in words:
        return "poller"
    if "cutaway.jobs.worker" not in words:
        return None
    if process.ppid() not in {supervisor.pid for supervisor in house.supervisors}:
        return "horse"
    return "worker" if words[-1] == "io" else "drawer"
