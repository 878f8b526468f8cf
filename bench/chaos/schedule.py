"""Processes that stand still at every point where another may go first, and a seeded choice of who goes on."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Coroutine
from typing import Any, Final

from bench.chaos.clock import Clock

STEPS: Final = 400
"""More than any cast needs; a schedule that is longer goes round in circles."""
NAPS: Final = (10, STEPS, STEPS)
"""Turns a process sleeps; the long one ends when nobody else can do anything."""


class Actor:
    """One process. It runs only between two calls of `gate`, and never while another does."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.where = ""
        self.steps = 0
        self.sleeps_after = 0
        self.sleeps_for = 0
        self.wakes_at = 0
        self.can_go: Callable[[], bool] = lambda: True
        self._opened: asyncio.Future[None] | None = None
        self._still = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def gate(self, where: str, can_go: Callable[[], bool] = lambda: True) -> None:
        """Stand here until chosen; not chosen while `can_go` says no."""
        self.where, self.can_go = where, can_go
        self._opened = asyncio.get_running_loop().create_future()
        self._still.set()
        await self._opened

    async def start(self, life: Coroutine[Any, Any, None]) -> None:
        """Begin `life` and return when it stands at its first gate."""
        self._task = asyncio.create_task(life)
        self._task.add_done_callback(lambda _: self._still.set())
        await self._still.wait()

    async def go(self) -> None:
        """Go on to the next gate, or to the end."""
        assert self._opened is not None
        self.steps += 1
        self._still.clear()
        self._opened.set_result(None)
        await self._still.wait()

    @property
    def ended(self) -> bool:
        """True when its life is over."""
        return self._task is not None and self._task.done()

    @property
    def error(self) -> BaseException | None:
        """What ended it too early."""
        if self._task is None or not self._task.done() or self._task.cancelled():
            return None
        return self._task.exception()

    async def stop(self) -> None:
        """End it wherever it stands."""
        if self._task is not None and not self._task.done():
            self._task.cancel()
            await asyncio.wait([self._task])


class Schedule:
    """Chooses who goes on, and when time passes, from a seed.

    Some processes, the first two more often, fall asleep at a random step, for a while or until nobody else can do
    anything: the zombies that leases and fences are for. `spans_ms` are the lengths by which time passes.
    """

    def __init__(self, chance: random.Random, clock: Clock, spans_ms: tuple[int, ...]) -> None:
        self.actors: list[Actor] = []
        self.trace: list[str] = []
        self._chance, self._clock, self._spans_ms = chance, clock, spans_ms
        self._arrivals: dict[Actor, int] = {}
        self._hurry = chance.choice((0.1, 0.3))
        self._turn = 0

    async def enter(self, name: str, life: Callable[[Actor], Coroutine[Any, Any, None]]) -> Actor:
        """Start a process. May be called by a process too."""
        actor = Actor(name)
        self.actors.append(actor)
        await actor.start(life(actor))
        return actor

    async def fly(self, actor: Actor, limit_ms: int) -> None:
        """Let an order be on its way: others go on meanwhile, often for long, but no more than `limit_ms` pass."""
        actor.wakes_at = max(actor.wakes_at, self._turn + self._chance.choice((0, *NAPS)))
        self._arrivals[actor] = self._clock.now_ms + limit_ms
        try:
            await actor.gate("on its way")
        finally:
            del self._arrivals[actor]

    async def play(self) -> None:
        """Go on until nobody can."""
        first = self.actors[:2]
        for crowd in self._chance.choice(((), (first,), (self.actors,), (first, self.actors))):
            sleeper = self._chance.choice(crowd)
            sleeper.sleeps_after, sleeper.sleeps_for = self._chance.randrange(1, 11), self._chance.choice(NAPS)
        for self._turn in range(STEPS):
            if self._chance.random() < self._hurry or not self._able():
                self._pass_time()
            able = self._able()
            if not able:
                return
            awake = [actor for actor in able if actor.wakes_at <= self._turn]
            await self._go(self._chance.choice(awake or able))
        raise AssertionError(f"still going round after {STEPS} turns")

    async def stop(self) -> None:
        """End everybody."""
        for actor in self.actors:
            await actor.stop()

    def _able(self) -> list[Actor]:
        return [actor for actor in self.actors if not actor.ended and actor.can_go()]

    async def _go(self, actor: Actor) -> None:
        self.trace.append(f"{actor.name}: {actor.where}")
        await actor.go()
        if actor.steps == actor.sleeps_after:
            actor.wakes_at = self._turn + actor.sleeps_for

    def _pass_time(self) -> None:
        left_ms = min(self._arrivals.values(), default=1 << 62) - self._clock.now_ms
        spans = [span for span in self._spans_ms if span <= left_ms]
        if spans:
            span = self._chance.choice(spans)
            self.trace.append(f"{span} ms pass")
            self._clock.now_ms += span
