"""`cutaway batch`: one storyboard times the rows of a table; a price first, then a sample, then the rest."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from typer.core import TyperGroup

from cutaway.cli.frame import Terminal, open_studio, run
from cutaway.cli.money import AsJson, amount

if TYPE_CHECKING:
    from cutaway.app import Orchestrator
    from cutaway.storyboard.model import Storyboard

MAKE: Final = "make"


class _ThreadOrCommand(TyperGroup):
    """`cutaway batch THREAD ROWS` is `cutaway batch make THREAD ROWS`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the command in where none is named."""
        if args and args[0] not in {*self.commands, "--help"}:
            args = [MAKE, *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=_ThreadOrCommand,
    help="One film for each row of a table. `cutaway batch THREAD ROWS.csv` is short for `batch make THREAD ROWS.csv`.",
    no_args_is_help=True,
)
BatchId = Annotated[
    str, typer.Argument(metavar="BATCH", help="The batch's id, as `cutaway batch THREAD ROWS` names it.")
]
Out = Annotated[Path | None, typer.Option(help="The folder the films go to, named by their rows.")]


@app.command(MAKE)
def make(
    thread: Annotated[str, typer.Argument(help="The conversation whose film is made for each row.")],
    rows: Annotated[
        Path, typer.Argument(help="A .csv with a line of column names, or a .jsonl with an object a line.")
    ],
    version: Annotated[int | None, typer.Option(min=1, help="The film's version; without it, the current one.")] = None,
    storyboard: Annotated[
        Path | None, typer.Option(help="A storyboard in YAML or JSON instead of the conversation's film.")
    ] = None,
    sample: Annotated[int, typer.Option(min=1, help="How many rows are made and shown first.")] = 1,
    limit_usd: Annotated[
        str | None, typer.Option(help="Order nothing when all rows together could cost more than this, in USD.")
    ] = None,
    model: Annotated[str, typer.Option(help="Make every shot with this model.")] = "",
    out: Out = None,
    yes: Annotated[bool, typer.Option("--yes", help="Make the rest without asking, once the sample is there.")] = False,
    as_json: AsJson = False,
) -> None:
    """Make one film for each row: `{column}` in the film's words becomes what the row says.

    Every row is checked and one price is told before anything is made; a sample comes first.
    """
    limit = None if limit_usd is None else amount(limit_usd)
    if version is not None and storyboard is not None:
        raise typer.BadParameter("a storyboard from a file has no version.", param_hint="--version")

    async def work(terminal: Terminal) -> int:
        from cutaway.cli.batch_order import Wish, order
        from cutaway.storyboard.rows import unused
        from cutaway.storyboard.table import read_table

        table = read_table(rows.name, _read(rows)).rows
        async with open_studio() as studio:
            film = await _film(studio, thread, version, storyboard)
            notes = unused(film, table)
            for note in notes:
                terminal.note(note, style="yellow")
            batch = await studio.batch(thread, film, table, sample=min(sample, len(table)), model=model)
            wish = Wish(out=out or Path(f"{rows.stem}-films"), yes=yes, limit_usd=limit, notes=notes)
            return await order(terminal, studio, batch, wish)

    run(work, as_json=as_json)


@app.command("status")
def status(batch_id: BatchId, as_json: AsJson = False) -> None:
    """Where a batch stands: its price, what was ordered, and the film of each row."""

    async def work(terminal: Terminal) -> int:
        from cutaway.cli import batch_show

        async with open_studio() as studio:
            batch = await studio.batches.find(batch_id)
            batch = await studio.batch_results(batch.thread, batch.id)
            failures = await studio.batches.failures(batch)
            batch_show.standing(terminal, batch, failures, await studio.batches.waits(batch))
        return 0

    run(work, as_json=as_json)


@app.command("approve")
def approve(
    batch_id: BatchId,
    out: Out = None,
    only_sample: Annotated[bool, typer.Option("--only-sample", help="Order the sample and no more.")] = False,
    no_wait: Annotated[bool, typer.Option("--no-wait", help="Order, and leave; the films are made meanwhile.")] = False,
    as_json: AsJson = False,
) -> None:
    """Order all rows of a batch that was quoted, or its sample; what was ordered is not ordered again."""

    async def work(terminal: Terminal) -> int:
        from cutaway.cli.batch_order import finish

        async with open_studio() as studio:
            batch = await studio.batches.find(batch_id)
            batch = await studio.approve_batch(batch.thread, batch.id, only_sample=only_sample)
            return await finish(terminal, studio, batch, out, wait=not no_wait)

    run(work, as_json=as_json)


@app.command("cancel")
def cancel(batch_id: BatchId, as_json: AsJson = False) -> None:
    """Order no more rows, and stop what is still being made for this batch; films that are there stay."""

    async def work(terminal: Terminal) -> int:
        from cutaway.cli import batch_show

        async with open_studio() as studio:
            batch, stopped = await studio.batches.cancel(batch_id)
            results = await studio.batch_results(batch.thread, batch.id)
        for text in dict.fromkeys(one.text for one in stopped):
            terminal.say(text)
        batch_show.standing(terminal, results)
        terminal.document |= {"stopped": [one.model_dump(mode="json") for one in stopped]}
        return 0

    run(work, as_json=as_json)


@app.command("results")
def results(batch_id: BatchId, out: Out = None, as_json: AsJson = False) -> None:
    """The films of a batch as they are now; with --out they are copied there."""

    async def work(terminal: Terminal) -> int:
        from cutaway.cli.batch_order import tell

        async with open_studio() as studio:
            batch = await studio.batches.find(batch_id)
            return await tell(terminal, studio, batch, out)

    run(work, as_json=as_json)


def _read(path: Path) -> bytes:
    from cutaway.errors import InputError

    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(
            f"The file {str(path)!r} cannot be read: {error.strerror}.", fix="Give the path of a readable file."
        ) from error


async def _film(studio: Orchestrator, thread: str, number: int | None, path: Path | None) -> Storyboard:
    """The storyboard whose words the rows fill: a version of the thread, or one of a file."""
    from cutaway.conversation.answers import find_version
    from cutaway.errors import StoryboardError
    from cutaway.storyboard.model import parse

    if path is None:
        version = await find_version(studio.services, thread, None if number is None else str(number))
        return await studio.services.versions.storyboard(version)
    import yaml

    try:
        return parse(yaml.safe_load(_read(path)))
    except StoryboardError as error:
        raise StoryboardError(f"{path}: {error.message}", fix=error.fix) from error
    except yaml.YAMLError as error:
        raise StoryboardError(f"{path} is neither YAML nor JSON: {' '.join(str(error).split())}.") from error
