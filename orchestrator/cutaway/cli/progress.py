"""Waiting for a version: live bars on a terminal, one line per change elsewhere. Ctrl-C ends the waiting only."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, Protocol, Self, TypeVar

from cutaway.cli.frame import Terminal, plain

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from cutaway.app import Orchestrator
    from cutaway.conversation.turn import TurnResult
    from cutaway.events import Event, Forecast

T = TypeVar("T")

STEP: Final = 0.25
SHORT: Final = 120
"""Characters of a reason in a line of progress."""
QUIET_S: Final = 6.0
"""After this long without any news, somebody should look whether a worker is there at all."""


class Watched(Protocol):
    """Whatever is waited for: when it last had news, by the monotonic clock."""

    last_news: float


class Interrupted(Exception):  # noqa: N818 - an outcome, like KeyboardInterrupt
    """Ctrl-C was pressed while something was waited for; what was waited for here has ended."""


async def interruptible(work: Coroutine[Any, Any, T]) -> T:
    """The result of the work, which Ctrl-C ends. Raises `Interrupted` then."""
    with _interrupts() as stop:
        task = asyncio.create_task(work)
        stopping = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait({task, stopping}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            task.cancel()
            stopping.cancel()
            await asyncio.gather(task, stopping, return_exceptions=True)
    if task.cancelled():
        raise Interrupted
    return task.result()


async def wait(terminal: Terminal, studio: Orchestrator, turn: TurnResult, *, after: str) -> TurnResult:
    """Show the making of the turn's version until it is ready or failed; `after` is the last event seen before it.

    A version that is ready already is given at once, with its files and without a bar. Raises `Interrupted` on Ctrl-C;
    the work goes on.
    """
    if turn.version is not None and turn.version.state == "ready":
        return await studio.wait(turn)

    async def follow() -> TurnResult:
        with board(terminal, turn, await studio.forecast(turn), studio.poster) as shown:
            watching = asyncio.create_task(watch(terminal, studio, shown))
            try:
                return await studio.wait(turn, on_event=shown.see, after=after)
            finally:
                watching.cancel()
                await asyncio.gather(watching, return_exceptions=True)

    return await interruptible(follow())


class Board:
    """Follows the operations one turn waits for."""

    def __init__(
        self,
        terminal: Terminal,
        turn: TurnResult,
        forecast: Forecast | None = None,
        poster: Callable[[Event], Awaitable[Path | None]] | None = None,
    ) -> None:
        """Rows for the shots that are being made, and one for the cut.

        `forecast` tells how long it still takes; `poster` finds the picture of a shot that is done.
        """
        self.last_news = time.monotonic()
        self._forecast = forecast
        self._poster = poster
        self._terminal = terminal
        self._version_id = turn.version.id if turn.version else ""
        self._number = turn.version.number if turn.version else 0
        self._names = {s.operation_id: f"shot {s.number}" for s in turn.shots if s.operation_id}
        self._shares: dict[str, float] = {}

    def __enter__(self) -> Self:
        """Begin to show."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End showing."""

    async def see(self, event: Event) -> None:
        """Take an event in; anything that belongs to other work is left out."""
        self.last_news = time.monotonic()
        if self._forecast:
            self._forecast.see(event)
        name = self._names.get(event.operation_id)
        if name is None and event.kind == "cut" and event.version_id == self._version_id:
            name = "the cut"
        if name is None:
            return
        match event.type:
            case "operation.started":
                self.show(name, 0.0, f"begun by {event.model}" if event.model else "begun")
            case "operation.progress":
                self.show(name, event.share or 0.0, "")
            case "operation.done":
                self.show(name, 1.0, "done" if name == "the cut" else self._done())
                picture = await self._poster(event) if self._poster and name != "the cut" else None
                if picture is not None:
                    self._terminal.note(f"v{self._number} {name}: {picture}")
                for note in event.notes:
                    self._terminal.note(f"{name}: {note}", style="yellow")
            case "operation.returned":
                why = str((event.error or {}).get("message", "")).rstrip(".")
                short = f" ({why if len(why) <= SHORT else why[: SHORT - 1] + '…'})" if why else ""
                self.show(name, 0.0, f"given back{short}; it begins again")
            case "operation.failed" | "operation.cancelled":
                why = str((event.error or {}).get("message", ""))
                self.show(name, 0.0, f"{event.type.removeprefix('operation.')}: {why}".rstrip(": "))

    def outlook(self) -> str:
        """How it stands now: `2 of 3 shots, about 8 s left`; nothing when nobody forecasts."""
        return "" if self._forecast is None else str(self._forecast.outlook(datetime.now(UTC)))

    def _done(self) -> str:
        outlook = self.outlook()
        return f"done ({outlook})" if outlook else "done"

    def show(self, name: str, share: float, word: str) -> None:
        """One line for a change; of progress only every quarter."""
        seen = self._shares.get(name, 0.0)
        if word:
            self._shares[name] = share
            self._terminal.note(f"v{self._number} {name}: {word}")
        elif share < 1 and share - seen >= STEP:
            self._shares[name] = share
            outlook = self.outlook()
            self._terminal.note(f"v{self._number} {name}: {share:.0%}{f' ({outlook})' if outlook else ''}")


class LiveBoard(Board):
    """The same with a moving bar for each operation."""

    def __init__(
        self,
        terminal: Terminal,
        turn: TurnResult,
        forecast: Forecast | None = None,
        poster: Callable[[Event], Awaitable[Path | None]] | None = None,
    ) -> None:
        """Bars on the terminal's stderr, and one line that tells how long it still takes."""
        super().__init__(terminal, turn, forecast, poster)
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        self._bars = Progress(
            TextColumn("        {task.description:<8}", markup=False),
            BarColumn(bar_width=30),
            TextColumn("{task.percentage:>3.0f}% {task.fields[word]}", markup=False),
            TimeElapsedColumn(),
            console=terminal.err,
            transient=True,
        )
        self._all: Any = None
        if forecast is not None:
            self._all = self._bars.add_task("all", total=None, word="")
        self._rows = {name: self._add(name) for name in (*dict.fromkeys(self._names.values()), "the cut")}

    def __enter__(self) -> Self:
        """Begin to draw."""
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the terminal as it was."""
        self._bars.stop()

    def show(self, name: str, share: float, word: str) -> None:
        """Move a bar."""
        row: Any = self._rows.get(name)
        if row is None:
            row = self._rows[name] = self._add(name)
        if word and share == 0.0:
            self._bars.start_task(row)
        self._bars.update(row, completed=share)
        if word:
            self._bars.update(row, word=plain("done" if word.startswith("done") else word))
        if self._all is not None:
            self._bars.update(self._all, word=plain(self.outlook()))

    def _add(self, name: str) -> Any:
        return self._bars.add_task(name, total=1.0, start=False, word="waits")


def board(
    terminal: Terminal,
    turn: TurnResult,
    forecast: Forecast | None = None,
    poster: Callable[[Event], Awaitable[Path | None]] | None = None,
) -> Board:
    """The board that suits the terminal."""
    kind = LiveBoard if terminal.live else Board
    return kind(terminal, turn, forecast, poster)


@contextlib.contextmanager
def _interrupts() -> Iterator[asyncio.Event]:
    """An event that Ctrl-C sets, for as long as the block runs."""
    stop = asyncio.Event()
    if sys.platform == "win32":
        yield stop
        return
    previous = signal.getsignal(signal.SIGINT)
    asyncio.get_running_loop().add_signal_handler(signal.SIGINT, stop.set)
    try:
        yield stop
    finally:
        asyncio.get_running_loop().remove_signal_handler(signal.SIGINT)
        signal.signal(signal.SIGINT, previous)


async def watch(terminal: Terminal, studio: Orchestrator, shown: Watched) -> None:
    """Say once why nothing moves, when nothing moves."""
    from cutaway.jobs.alive import alive_workers
    from cutaway.jobs.guard import read_json

    settings = studio.settings
    while time.monotonic() - shown.last_news < QUIET_S:
        await asyncio.sleep(0.5)
    if settings.redis_url is None:
        problem = await asyncio.to_thread(read_json, settings.runtime_dir / "guard.error")
        if problem.get("reason"):
            terminal.note(f"No news yet: {problem['reason']}. See {settings.logs_dir}.", style="yellow")
            return
    if not await alive_workers(settings.redis_url or settings.embedded_url):
        hint = "it is being started" if settings.redis_url is None else "start one: cutaway worker"
        terminal.note(f"No news yet: no worker is alive; {hint}.", style="yellow")
