"""A batch as people read it, and as the JSON that `--json` prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cutaway.cli.frame import Terminal, plain
from cutaway.contract import usd

if TYPE_CHECKING:
    from cutaway.conversation.batch import Batch, BatchRow
    from cutaway.conversation.turn import BudgetView

MODELS: Final = 3


def quote(terminal: Terminal, batch: Batch, budget: BudgetView) -> None:
    """The one price: how many films and shots, what is shared, the estimate and the most, and whose budget it is."""
    from cutaway.conversation.replies import shots

    films = _films(len(batch.rows))
    shared = f"; {batch.shared} more are shared between rows or made already, and cost nothing" if batch.shared else ""
    waited = f", {batch.under_way} under way{_by(batch.under_way_by)} for another order" if batch.under_way else ""
    terminal.say(f"Batch {batch.id} of thread {batch.thread}", style="bold")
    terminal.say(f"  {films}, {shots(batch.clips)} to make{_by(batch.models)}{waited}{shared}.")
    terminal.say(f"  It costs about {usd(batch.expected_usd)}, {usd(batch.most_usd)} at most.")
    whose = f" of {budget.who}" if budget.who else ""
    terminal.say(
        f"  It counts against the {budget.name} budget{whose}: {usd(budget.left_usd)} of {usd(budget.limit_usd)} left."
    )
    if batch.sample < len(batch.rows):
        first = "The first row is" if batch.sample == 1 else f"The first {batch.sample} rows are"
        terminal.say(f"  {first} made as a sample, for at most {usd(batch.sample_usd)}.")


def results(
    terminal: Terminal, batch: Batch, files: Mapping[int, Path], failures: Mapping[int, Sequence[Mapping[str, Any]]]
) -> None:
    """The films of the rows that were ordered, as a table; why those that failed did; what it cost."""
    terminal.document = document(batch, files, failures)
    _table(terminal, batch.ordered, files)
    for number, errors in failures.items():
        for error in errors:
            terminal.complain({**error, "message": f"row {number}: {error.get('message', '')}"})
    ready = sum(1 for row in batch.ordered if row.film and row.film.state == "ready")
    charged = sum((row.film.charged_usd for row in batch.rows if row.film), Decimal(0))
    where = f" in {next(iter(files.values())).parent}" if files else ""
    terminal.say(
        f"{ready} of {_films(len(batch.ordered))} ready{where}; at most {usd(batch.most_usd)} was quoted for "
        f"all {len(batch.rows)}, {usd(charged)} was charged.",
        style="bold",
    )


def standing(
    terminal: Terminal,
    batch: Batch,
    failures: Mapping[int, Sequence[Mapping[str, Any]]] | None = None,
    waits: Mapping[int, Sequence[Mapping[str, Any]]] | None = None,
) -> None:
    """Where a batch stands, why rows failed or stand still, and what can be done with it."""
    terminal.document = document(batch, failures=failures, waits=waits)
    terminal.say(f"Batch {batch.id} of thread {batch.thread}: {_state(batch)}", style="bold")
    terminal.say(f"  {batch.words}.")
    _table(terminal, batch.rows, {})
    for number, reasons in (waits or {}).items():
        for text in dict.fromkeys(waiting(one) for one in reasons):
            terminal.say(f"  row {number} waits: {text}")
    for number, errors in (failures or {}).items():
        for text in dict.fromkeys(str(one.get("message", "")) for one in errors):
            terminal.say(f"  row {number} has no film: {plain(text)}")
    if batch.state in {"pending", "sampled"}:
        terminal.say(f"`cutaway batch approve {batch.id}` makes the rest, `cutaway batch cancel {batch.id}` ends it.")


def waiting(reason: Mapping[str, Any]) -> str:
    """Why work stands still, in one line, with the time of its next try."""
    return f"{plain(str(reason.get('message', '')))} (next try at {reason['retry_at']})"


def document(
    batch: Batch,
    files: Mapping[int, Path] | None = None,
    failures: Mapping[int, Sequence[Mapping[str, Any]]] | None = None,
    waits: Mapping[int, Sequence[Mapping[str, Any]]] | None = None,
) -> dict[str, Any]:
    """The batch as JSON, with the file of each row where films were written."""
    found = batch.model_dump(mode="json", exclude={"content", "answered"})
    for row in found["rows"]:
        row["file"] = str(files[row["row"]]) if files and row["row"] in files else None
        row["failures"] = [dict(one) for one in (failures or {}).get(row["row"], ())]
        row["waits"] = [dict(one) for one in (waits or {}).get(row["row"], ())]
    return found


def _state(batch: Batch) -> str:
    match batch.state:
        case "pending":
            return "quoted; nothing was ordered"
        case "sampled":
            return f"the sample was ordered ({_films(batch.sample)}); the rest waits for a yes"
        case "approved":
            return "everything was ordered"
        case _:
            return "cancelled; no more is ordered"


def _table(terminal: Terminal, rows: Sequence[BatchRow], files: Mapping[int, Path]) -> None:
    from cutaway.cli.show import table

    listed = table(terminal, "Row", "Name", "State", "Seconds", "At most", "Charged", "Film")
    for row in rows:
        film = row.film
        file = files.get(row.row)
        listed.add_row(
            str(row.row),
            plain(row.name) or "-",
            film.state.replace("_", " ") if film else "-",
            f"{film.duration_s:.1f}" if film else "-",
            usd(row.most_usd),
            usd(film.charged_usd) if film else "-",
            plain(file.name) if file else "-",
        )
    terminal.out.print(listed)
    for row in rows:
        # A line each: a path that a table folds can not be copied.
        if row.film and row.film.path and row.row not in files:
            terminal.say(f" {row.row}  {row.film.path}")


def _by(models: Sequence[str]) -> str:
    named = ", ".join(models[:MODELS]) + (" and others" if len(models) > MODELS else "")
    return f" by {named}" if named else ""


def _films(count: int) -> str:
    return "1 film" if count == 1 else f"{count} films"
