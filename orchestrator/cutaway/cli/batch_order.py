"""Ordering a batch from the command line: its price, the sample, one question, the rest, and the films in a folder."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cutaway.cli import batch_show
from cutaway.cli.batch_files import write_films
from cutaway.cli.frame import INTERRUPTED, Terminal
from cutaway.contract import usd
from cutaway.errors import BudgetError

if TYPE_CHECKING:
    from cutaway.app import Orchestrator
    from cutaway.conversation.batch import Batch
    from cutaway.conversation.turn import BudgetView

FILM_FAILED: Final = 4
YES: Final = frozenset({"y", "yes"})


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person asked for beside the batch: where films go, whether to ask, the most it may cost, and notes."""

    out: Path
    yes: bool = False
    limit_usd: Decimal | None = None
    notes: tuple[str, ...] = ()


async def order(terminal: Terminal, studio: Orchestrator, batch: Batch, wish: Wish) -> int:
    """Tell the price, make the sample, ask for the rest, make it; gives the exit status.

    Raises `BudgetError` when all rows together could cost more than the person's limit or than a budget has room for;
    nothing was ordered then.
    """
    policy = (await studio.services.for_thread(batch.thread)).policy
    budget = tightest(await studio.books.budgets(batch.thread), policy.budgets.per_turn_usd)
    batch_show.quote(terminal, batch, budget)
    _check(batch, wish, budget)
    rest = len(batch.rows) - batch.sample
    if rest:
        asks = batch.sample_usd > policy.approval.ask_above_usd
        if asks and not wish.yes and not _agrees(terminal, f"Make the sample for at most {usd(batch.sample_usd)}?"):
            return _later(terminal, batch)
        batch = await studio.approve_batch(batch.thread, batch.id, only_sample=True)
        status = await finish(terminal, studio, batch, wish.out)
        if status:
            return status
    made, most = (f"the other {rest}", batch.rest_usd) if rest else (f"all {batch.sample}", batch.most_usd)
    films = f"{made} films" if max(rest, batch.sample) > 1 else "the film"
    if not wish.yes and not _agrees(terminal, f"Make {films} for at most {usd(most)}?"):
        return _later(terminal, batch)
    batch = await studio.approve_batch(batch.thread, batch.id)
    return await finish(terminal, studio, batch, wish.out)


async def finish(terminal: Terminal, studio: Orchestrator, batch: Batch, out: Path | None, *, wait: bool = True) -> int:
    """Wait for what was ordered, write the films, and tell; Ctrl-C leaves the work running."""
    from cutaway.cli.batch_follow import follow
    from cutaway.cli.progress import Interrupted

    if not wait:
        terminal.document = batch_show.document(batch)
        terminal.note(f"The films are made in the background; `cutaway batch status {batch.id}` shows them.")
        return 0
    try:
        await follow(terminal, studio, batch)
    except Interrupted:
        terminal.document = batch_show.document(batch)
        where = f" --out {out}" if out else ""
        terminal.note(f"\nThe work goes on without you. `cutaway batch status {batch.id}` shows it,")
        terminal.note(f"`cutaway batch results {batch.id}{where}` gives the films.")
        return INTERRUPTED
    return await tell(terminal, studio, batch, out)


async def tell(terminal: Terminal, studio: Orchestrator, batch: Batch, out: Path | None) -> int:
    """The films of the rows that were ordered, in `out` where one is given; the status says whether all are there."""
    batch = await studio.batch_results(batch.thread, batch.id)
    files = await write_films(batch, out) if out else {}
    failures = await studio.batches.failures(batch)
    batch_show.results(terminal, batch, files, failures)
    bad = any(row.film and row.film.state in {"failed", "in_doubt"} for row in batch.ordered)
    return FILM_FAILED if bad else 0


def tightest(budgets: tuple[BudgetView, ...], turn_usd: Decimal) -> BudgetView:
    """The budget with the least room for one more order; a batch is one message, so that message's counts, too."""
    from cutaway.conversation.turn import BudgetView

    turn = BudgetView(name="turn", limit_usd=turn_usd, held_usd=Decimal(0), charged_usd=Decimal(0))
    return min((*budgets, turn), key=lambda one: one.left_usd)


def _check(batch: Batch, wish: Wish, budget: BudgetView) -> None:
    if wish.limit_usd is not None and batch.most_usd > wish.limit_usd:
        raise _too_much(batch, "your limit", wish.limit_usd, "Raise --limit-usd, take fewer rows or a cheaper --model.")
    if batch.most_usd > budget.left_usd:
        fix = f"Take fewer rows or a cheaper --model, or raise it: `cutaway budget set {budget.name} USD`."
        raise _too_much(batch, f"what is left of the {budget.name} budget", budget.left_usd, fix)


def _too_much(batch: Batch, whose: str, limit_usd: Decimal, fix: str) -> BudgetError:
    return BudgetError(
        f"The batch can cost {usd(batch.most_usd)}, which is more than {whose}, {usd(limit_usd)}; nothing was ordered.",
        budget=whose,
        headroom_micro=int(limit_usd * 1_000_000),
        needed_micro=int(batch.most_usd * 1_000_000),
        fix=fix,
    )


def _agrees(terminal: Terminal, question: str) -> bool:
    """A plain yes on stdin; anything else, the end of input too, is a no."""
    terminal.err.print(f"{question} [y/N] ", end="")
    said = sys.stdin.readline()
    if not sys.stdin.isatty():
        terminal.err.print(said.strip())
    return said.strip().lower() in YES


def _later(terminal: Terminal, batch: Batch) -> int:
    terminal.note(f"Nothing more is made. `cutaway batch approve {batch.id}` makes it later.")
    if terminal.document is None:
        terminal.document = batch_show.document(batch)
    return 0
