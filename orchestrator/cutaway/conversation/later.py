"""Work that may wait for our own machines: its place in their idle hours, among the work that waits there already.

A place is the earliest-deadline-first one (`routing/deferral.py`), found anew for every order and once more when it was
dispatched, so that two orders never have the same hour. What waits already may be moved by that, and still comes in
time: what an earlier person was promised is never given up for a later one. What has begun already is not laid out; it
stands in the pool's own queue.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from cutaway.contract import GenerationRequest
from cutaway.conversation.services import Services
from cutaway.conversation.turn import Quote, ShotPlan
from cutaway.ledger.readings import PutOff
from cutaway.routing import Conditions
from cutaway.routing.conditions import Pool
from cutaway.routing.deferral import Idle, Place, Waiting, lay
from cutaway.routing.effective import effective

LONGEST: Final = timedelta(days=31)
LEAST_S: Final = 1.0
GIVEN_UP_FIRST: Final = Decimal(0)
NEXT: Final = "~~"
"""Sorts behind every other piece of its deadline."""


@dataclass(frozen=True, slots=True)
class Line:
    """The idle hours of one pool of ours, and what waits for them."""

    idle: tuple[Idle, ...]
    waiting: tuple[Waiting, ...] = ()

    def place(self, pieces: Sequence[Waiting], now: datetime) -> dict[str, Place]:
        """Where new pieces go; one that would make another late gives way (`elsewhere`)."""
        new = {piece.id for piece in pieces}
        return {one.work.id: one for one in lay([*self.waiting, *pieces], self.idle, now) if one.work.id in new}


class IdleHours:
    """The idle hours of our machines that are busy now, for the shots of one quote that are needed by a time."""

    def __init__(self, services: Services, now: datetime, lines: Mapping[str, Line]) -> None:
        self._services = services
        self._now = now
        self._lines = dict(lines)
        self._pieces: dict[str, list[Waiting]] = {name: [] for name in lines}

    def around(self, request: GenerationRequest, conditions: Conditions) -> Conditions:
        """The moment with when each of our models could begin this order, behind what this quote has put there."""
        if not self._lines or not self._waits(request, conditions):
            return conditions
        places: dict[str, datetime | None] = {}
        for one in self._services.candidates:
            piece = self._piece(NEXT, one.id, request, conditions) if one.provider in self._lines else None
            if piece is not None:
                before = [replace(put, usd=None) for put in self._pieces[one.provider]]
                found = self._lines[one.provider].place([*before, piece], self._now)[NEXT]
                places[one.id] = found.begin if found.where == "own" else None
        return replace(conditions, places=places)

    def put(self, shot_id: str, model: str, request: GenerationRequest, conditions: Conditions) -> None:
        """Put a shot into the idle hours of the model it is decided for, where it waits for them."""
        provider = model.partition(":")[0]
        if provider not in self._lines or not self._waits(request, conditions):
            return
        # One deadline for all of them, so their names keep them in the order in which they were put.
        piece = self._piece(f"~{len(self._pieces[provider]):06d} {shot_id}", model, request, conditions)
        if piece is not None and conditions.idle_begin(model, provider) is not None:
            self._pieces[provider].append(piece)

    def places(self) -> dict[str, Place]:
        """Where every shot that was put goes, by its id; `elsewhere` where they do not all fit."""
        found = [self._lines[name].place(pieces, self._now) for name, pieces in self._pieces.items() if pieces]
        return {_id(place): place for places in found for place in places.values()}

    def empty(self) -> IdleHours:
        """The same hours before any shot of this quote was put into them."""
        return IdleHours(self._services, self._now, self._lines)

    def __contains__(self, provider: str) -> bool:
        return provider in self._lines

    def _waits(self, request: GenerationRequest, conditions: Conditions) -> bool:
        return effective(self._services.policy, request, conditions).wait_for_idle

    def _piece(self, name: str, model: str, request: GenerationRequest, conditions: Conditions) -> Waiting | None:
        """The order as one of our models would make it; None where nobody knows how long that takes."""
        speed = next((one.profile.speed_s_per_s for one in self._services.candidates if one.id == model), None)
        takes_s = conditions.works_s(model, request.operation, speed, request.duration_s)
        if takes_s is None or conditions.deadline is None:
            return None
        return Waiting(name, max(takes_s, LEAST_S), conditions.deadline, GIVEN_UP_FIRST)


async def idle_hours(services: Services, conditions: Conditions) -> IdleHours:
    """The idle hours that matter for an order with a deadline; none without one."""
    busy = {name: pool for name, pool in conditions.pools.items() if not pool.is_free}
    if conditions.deadline is None or not busy:
        return IdleHours(services, conditions.now, {})
    waiting = await services.ledger.put_off(conditions.now)
    last = max([conditions.deadline, *(one.needed_by for one in waiting if one.needed_by)])
    lines = {
        name: _line(hours, [one for one in waiting if one.provider == name], conditions.now)
        for name, pool in busy.items()
        if (hours := _idle(services, name, pool, conditions.now, last))
    }
    return IdleHours(services, conditions.now, lines)


async def settle_places(services: Services, quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """Lay out anew what waits for the pools these quotes' shots wait for, now that they are dispatched.

    Gives the quotes with the times that hold. What cannot come in time any more comes last.
    """
    fresh = {
        shot.operation_id: shot.model.partition(":")[0]
        for quote in quotes
        for shot in quote.shots
        if shot.not_before is not None and shot.operation_id and shot.model
    }
    if not fresh:
        return tuple(quotes)
    now = services.clock()
    waiting = await services.ledger.put_off(now)
    known = {name: Pool() for name in set(fresh.values())} | (await services.pools.now() if services.pools else {})
    last = max((one.needed_by for one in waiting if one.needed_by), default=now)
    begins: dict[str, datetime] = {}
    done: dict[str, datetime] = {}
    for name in sorted(set(fresh.values())):
        there = [one for one in waiting if one.provider == name]
        hours = _idle(services, name, known[name], now, last + timedelta(days=7))
        if not hours:
            continue
        line = _line(hours, [one for one in there if one.id not in fresh], now)
        new = [_waiting(one, behind="~") for one in there if one.id in fresh]
        for place in _all(line, new, now):
            if place.done is not None:
                begins[_id(place)], done[_id(place)] = place.begin, place.done
    stands = {one.id: one.begins for one in waiting}
    await services.ledger.put_off_until({name: at for name, at in begins.items() if stands[name] != at})
    return tuple(
        quote.model_copy(update={"shots": tuple(_settled(shot, begins, done) for shot in quote.shots)})
        for quote in quotes
    )


def _settled(shot: ShotPlan, begins: Mapping[str, datetime], done: Mapping[str, datetime]) -> ShotPlan:
    name = shot.operation_id or ""
    if shot.not_before is None or name not in begins:
        return shot
    return shot.model_copy(update={"not_before": begins[name], "done_by": done[name]})


def _all(line: Line, fresh: Sequence[Waiting], now: datetime) -> tuple[Place, ...]:
    """A place for everything that waits: fresh pieces in time where they fit, else after the rest."""
    first = lay([*line.waiting, *fresh], line.idle, now)
    away = {place.work.id for place in first if place.where == "elsewhere"}
    if not away:
        return first
    end = max(one.end for one in line.idle)
    late = [replace(piece, deadline=end) if piece.id in away else piece for piece in fresh]
    return lay([*line.waiting, *late], line.idle, now)


def _line(idle: tuple[Idle, ...], there: Sequence[PutOff], now: datetime) -> Line:
    """A pool's line. What will be late as it is keeps the place it has then."""
    waiting = []
    for place in lay([replace(_waiting(one), usd=None) for one in there], idle, now):
        if place.done is not None:
            late = place.where == "late"
            waiting.append(replace(place.work, deadline=place.done) if late else place.work)
    return Line(idle, tuple(waiting))


def _waiting(one: PutOff, behind: str = "") -> Waiting:
    """Work as the ledger has it. Of equal deadlines, what begins earlier now goes first; `behind` sorts it later."""
    deadline = one.needed_by or one.begins + LONGEST
    return Waiting(
        f"{behind}{one.begins.timestamp():015.3f} {one.id}", max(one.takes_s, LEAST_S), deadline, GIVEN_UP_FIRST
    )


def _id(place: Place) -> str:
    return place.work.id.rpartition(" ")[2]


def _idle(services: Services, name: str, pool: Pool, now: datetime, until: datetime) -> tuple[Idle, ...]:
    """The stretches in which a pool's machines are idle, by the policy's window that its settings name."""
    if services.pools is None or name not in services.pools.wanted:
        return ()
    options = services.pools.wanted[name]
    machines = options.slots * max(1, len(options.gpus))
    until = min(until, now + LONGEST)
    window = next((one for one in services.policy.peak if one.name == options.idle), None)
    if window is not None:
        return tuple(Idle(begin, end, machines) for begin, end in window.stretches(now, until))
    begins = pool.idle_from
    return (Idle(begins, until, machines),) if begins is not None and begins < until else ()
