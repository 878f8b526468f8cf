"""Waiting for the films of a batch: one bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from cutaway.cli.frame import Terminal
from cutaway.cli.progress import interruptible, watch

if TYPE_CHECKING:
    from cutaway.app import Orchestrator
    from cutaway.conversation.batch import Batch, Progress

LOOK_S: Final = 0.5
LINES: Final = 20
"""Lines of progress at most, where no bar can move."""


async def follow(terminal: Terminal, studio: Orchestrator, batch: Batch) -> None:
    """Return once every ordered film is ready, failed or in doubt. Raises `Interrupted` on Ctrl-C; the work goes on."""

    async def until_settled() -> None:
        with _counter(terminal, len(batch.ordered)) as counter:
            watching = asyncio.create_task(watch(terminal, studio, counter))
            try:
                while not counter.show(await studio.batches.progress(batch)):
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
