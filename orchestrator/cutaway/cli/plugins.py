"""Commands that other packages bring: entry points of the group `cutaway.commands`, each loaded only when it is run.

A command is a function from its arguments (a list of words) to an exit status, or, when it was asked for `--json`, to
the one document that is printed. It parses its own arguments, `--help` too, and says what it says on stdout.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Final

import typer

from cutaway.cli import frame

GROUP: Final = "cutaway.commands"
Command = Callable[[list[str]], int | Mapping[str, Any]]


def attach(app: typer.Typer, taken: Iterable[str], found: Iterable[EntryPoint] | None = None) -> None:
    """Add every command found to `app`, none of them loaded; a name that is `taken` stays whose it was."""
    seen = set(taken)
    for point in sorted(entry_points(group=GROUP) if found is None else found, key=lambda one: one.name):
        if point.name in seen:
            continue
        seen.add(point.name)
        # The words after the name belong to the command, its --help with them.
        settings = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}
        said = f"What {point.name} adds (from {point.module.partition('.')[0]})."
        app.command(point.name, context_settings=settings, help=said)(_runner(point))


def _runner(point: EntryPoint) -> Callable[[typer.Context], None]:
    def run(ctx: typer.Context) -> None:
        words = list(ctx.args)
        frame.run(lambda terminal: _carry_out(point, words, terminal), as_json="--json" in words)

    return run


async def _carry_out(point: EntryPoint, words: list[str], terminal: frame.Terminal) -> int:
    from cutaway.errors import ConfigError

    try:
        command: Command = point.load()
    except Exception as error:  # a stranger's code: say whose it is
        raise ConfigError(
            f"The command {point.name} ({point.value}) could not be loaded: {error}",
            fix="Install its package again, or remove it.",
        ) from error
    with contextlib.suppress(BrokenPipeError):
        answer = command(words)
        if isinstance(answer, Mapping):
            terminal.document = dict(answer)
            return 0
        return answer
    return 0
