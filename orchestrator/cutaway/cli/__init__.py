"""The `cutaway` command. Each file beside this one is a command or a group of them.

Everything here loads typer only; a command loads the rest once it runs, so `cutaway --help` answers at once.
"""

from __future__ import annotations

import contextlib
import io
import sys
from typing import Annotated

import typer

from cutaway.cli import (
    batch,
    chat,
    demo,
    doctor,
    evaluate,
    models,
    money,
    ops,
    plugins,
    policy,
    providers,
    versions,
    worker,
)

app = typer.Typer(
    name="cutaway",
    help="Conversations that cut away to video, and the next turn revises what was made.",
    epilog="Exit codes: 0 done, 1 failed, 2 wrong input, 3 over budget, 4 provider or reasoner, 5 settings or store.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command("demo")(demo.demo)
app.command("chat")(chat.chat)
app.add_typer(batch.app, name="batch")
app.command("versions")(versions.versions)
app.add_typer(models.app, name="models")
app.add_typer(providers.app, name="providers")
app.add_typer(policy.app, name="policy")
app.add_typer(ops.app, name="ops")
app.add_typer(money.budget, name="budget")
app.command("spend")(money.spend)
app.command("freeze")(money.freeze)
app.command("thaw")(money.thaw)
app.command("worker")(worker.worker)
app.command("doctor")(doctor.doctor)
app.command("evaluate")(evaluate.evaluate)
plugins.attach(
    app,
    taken=[one.name or "" for one in app.registered_commands] + [group.name or "" for group in app.registered_groups],
)


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"cutaway {version('cutaway')}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Conversations that cut away to video, and the next turn revises what was made."""


def main() -> None:
    """Run the command line of this process and exit with its status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that cannot show a letter gets a question mark, never a stack trace.
            with contextlib.suppress(ValueError, OSError):
                stream.reconfigure(errors="replace")
    app()
