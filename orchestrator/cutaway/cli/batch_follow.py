"""Waiting for the films of a batch: one bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from cutaway.cli.batch_show import waiting
from cutaway.cli.frame import Terminal
from cutaway.cli.progress import interruptible, watch

if TYPE_CHECKING:
    from cutaway.app import Orchestrator
    from cutaway.conversation.batch import Batch, Progress

LOOK_S: Final = 0.5
WAITS_S: Final = 3.0
"""Between two looks for work that stands still: each costs a read for every row looked at."""
LINES: Final = 20
"""Lines of progress at most, where no bar can move."""


async def follow(terminal: Terminal, studio: Orchestrator, batch: Batch) -> None:
    """Return once every ordered film is ready, failed or in doubt. Raises `Interrupted` on Ctrl-C; the work goes on."""

    async def until_settled() -> None:
        with _counter(terminal, len(batch.ordered)) as counter:
            watching = asyncio.create_task(watch(terminal, studio, counter))
            try:
                looked = -WAITS_S
                while not counter.show(await studio.batches.progress(batch)):
                    if time.monotonic() - looked >= WAITS_S:
                        looked = time.monotonic()
                        counter.tell_waits(await studio.batches.waits(batch))
                    await asyncio.sleep(LOOK_S)
            finally:
                watching.cancel()
                await asyncio.gather(watching, return_exceptions=True)

    await interruptible(until_settled())


class _Counter:
    """How many films are there; a line whenever enough have changed."""

    def __init__(self, terminal: Terminal, films: int, bar: Any = None) -> None:
        self.last_news = time.monotonic()
        self._terminal = terminal
        self._films = films
        self._bar = bar
        self._told = -1
        self._seen: Progress | None = None
        self._waits: dict[str, str] = {}

    def tell_waits(self, found: Mapping[int, Sequence[Mapping[str, Any]]]) -> None:
        """Say why work stands still: once a model, and again when it still does after the time of its next try."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        for number, reasons in found.items():
            for one in reasons:
                if self._waits.get(one["model"], "") <= now:
                    self._waits[one["model"]] = one["retry_at"]
                    self._terminal.note(f"row {number} waits: {waiting(one)}")

    def show(self, now: Progress) -> bool:
        """Take the count in; true when all are settled."""
        over = now.ready + now.failed
        if now != self._seen:
            self._seen, self.last_news = now, time.monotonic()
        failed = f", {now.failed} without a film" if now.failed else ""
        words = f"{now.ready} of {self._films} films ready{failed}"
        if self._bar is not None:
            self._bar.update(self._bar.task_ids[0], completed=over, description=words)
        elif over != self._told and (now.settled or over - self._told >= self._films / LINES):
            self._told = over
            self._terminal.note(words)
        return now.settled


@contextlib.contextmanager
def _counter(terminal: Terminal, films: int) -> Iterator[_Counter]:
    if not terminal.live:
        yield _Counter(terminal, films)
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (BarColumn(bar_width=30), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=terminal.err, transient=True) as bar:
        bar.add_task("", total=films)
        yield _Counter(terminal, films, bar)
