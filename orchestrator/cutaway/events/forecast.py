"""How far a version is and how long it still takes, from what its own events measured.

Nothing is assumed about a machine or a vendor: seconds of work per second of film are measured on what has finished
(in this version, or in earlier ones whose events are shown first), and on what runs by its own share of progress. What
nothing was measured of yet is named instead of guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median
from typing import Final, Literal

from cutaway.events.event import Event

CUT: Final = "cut"
TELLING_SHARE: Final = 0.1
"""Below this share of its work an operation's own pace says too little."""

Phase = Literal["waits", "runs", "done", "ended"]


@dataclass(slots=True)
class Part:
    """One operation of a version: a shot or the cut. `film_s` is how much film it makes."""

    film_s: float
    kind: str = "shot"
    phase: Phase = "waits"
    share: float = 0.0
    model: str = ""
    begun: datetime | None = None

    @property
    def trade(self) -> tuple[str, str]:
        """What its pace tells of: shots by the same model, or any cut."""
        return self.kind, self.model if self.kind != CUT else ""


@dataclass(frozen=True, slots=True)
class Planned:
    """A shot that is to be made: how many seconds of film, by which model."""

    film_s: float
    model: str = ""


@dataclass(frozen=True, slots=True)
class Outlook:
    """Where a version stands: `done` of `shots` shots, whether the cut is `joining`, and what is still to come.

    `left_s` is the time left for what can be told, None when nothing can; `untold` names what is not in it.
    """

    done: int
    shots: int
    joining: bool
    left_s: float | None
    untold: tuple[str, ...] = ()

    def __str__(self) -> str:
        """For example `2 of 3 shots, about 8 s left`."""
        where = f"{self.done} of {self.shots} shot{'s' if self.shots > 1 else ''}"
        if self.joining or not self.shots:
            where = "joining the shots"
        if self.left_s is None:
            return where
        beyond = f", not counting {' and '.join(self.untold)}" if self.untold else ""
        return f"{where}, about {spoken(self.left_s)} left{beyond}"


@dataclass(slots=True)
class Forecast:
    """Follows the operations of one version: `shots` by operation id, and a cut of `cut_s` seconds at last."""

    shots: Mapping[str, Planned]
    cut_s: float
    _parts: dict[str, Part] = field(default_factory=dict)
    _paces: dict[tuple[str, str], list[float]] = field(default_factory=dict)
    _others: dict[str, Part] = field(default_factory=dict)
    _lanes: int = 1

    def __post_init__(self) -> None:
        """Everything waits; the cut comes last."""
        self._parts = {name: Part(shot.film_s, model=shot.model) for name, shot in self.shots.items()}
        self._parts[CUT] = Part(self.cut_s, kind=CUT)

    def learn(self, event: Event, film_s: Mapping[str, float]) -> None:
        """Measure an earlier version's operation; `film_s` is how much film each operation made."""
        if event.operation_id in film_s:
            part = self._others.setdefault(event.operation_id, Part(film_s[event.operation_id], kind=event.kind))
            self._move(part, event)

    def see(self, event: Event) -> None:
        """Take in an event of the version."""
        part = self._parts.get(CUT if event.kind == CUT else event.operation_id)
        if part is not None:
            self._move(part, event)
            running = sum(one.phase == "runs" for one in self._parts.values())
            self._lanes = max(self._lanes, running)

    def outlook(self, now: datetime) -> Outlook:
        """How it stands at a moment.

        Left is the longest of what runs, or all that is to be done shared by as many lanes as ran at once so far, and
        after it the cut.
        """
        shots = [part for part in self._parts.values() if part.kind != CUT]
        cut = self._parts[CUT]
        done = sum(part.phase == "done" for part in shots)
        untold: list[str] = []
        ahead = [(part, self._left(part, now)) for part in shots if part.phase in {"waits", "runs"}]
        known = [left for _, left in ahead if left is not None]
        lacking = len(ahead) - len(known)
        if lacking:
            untold.append(f"{lacking} shot{'s' if lacking > 1 else ''}")
        longest = max(known, default=0.0)
        left: float | None = max(longest, sum(known) / self._lanes) if known else None if lacking else 0.0
        joins = self._left(cut, now)
        if cut.phase in {"waits", "runs"}:
            if joins is None:
                untold.append("joining them")
            else:
                left = (left or 0.0) + joins
        if left is not None and not known and joins is None:
            left = None
        return Outlook(done, len(shots), cut.phase == "runs", left, tuple(untold))

    def _move(self, part: Part, event: Event) -> None:
        match event.type:
            case "operation.started":
                part.phase, part.begun, part.share, part.model = "runs", event.at, 0.0, event.model or part.model
            case "operation.progress":
                part.phase, part.begun = "runs", part.begun or event.at
                part.share = max(part.share, event.share or 0.0)
            case "operation.done":
                if part.begun is not None and part.film_s > 0:
                    took_s = max(0.0, (event.at - part.begun).total_seconds())
                    self._paces.setdefault(part.trade, []).append(took_s / part.film_s)
                part.phase, part.share = "done", 1.0
            case "operation.returned" | "operation.fell_back":
                part.model = event.model or part.model
                part.phase, part.begun, part.share = "waits", None, 0.0
            case "operation.failed" | "operation.cancelled":
                part.phase = "ended"

    def _left(self, part: Part, now: datetime) -> float | None:
        """Seconds left of one operation; its own pace counts once it says enough."""
        if part.phase in {"done", "ended"}:
            return 0.0
        elapsed = 0.0 if part.begun is None else max(0.0, (now - part.begun).total_seconds())
        if part.phase == "runs" and part.share >= TELLING_SHARE and elapsed > 0:
            return elapsed * (1 - part.share) / part.share
        measured = self._paces.get(part.trade, [])
        if not measured:
            # Another shot of this version may tell by its own progress.
            measured = [
                (now - one.begun).total_seconds() / one.share / one.film_s
                for one in self._parts.values()
                if one.trade == part.trade and one.phase == "runs" and one.begun and one.share >= TELLING_SHARE
            ]
        return max(0.0, median(measured) * part.film_s - elapsed) if measured else None


def spoken(seconds: float) -> str:
    """A time as people say it: `4 s`, `25 s`, `3 min`; rounded up, to 5 s from 20 s on and to minutes from 90 s on."""
    if seconds < 1:
        return "1 s"
    if seconds < 20:
        return f"{int(seconds + 0.999)} s"
    if seconds < 90:
        return f"{int(seconds / 5 + 0.999) * 5} s"
    return f"{int(seconds / 60 + 0.999)} min"
