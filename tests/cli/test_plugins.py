"""Commands that other packages bring: found by entry point, loaded only when run, never in the way of our own."""

from __future__ import annotations

import importlib
import sys
from importlib.metadata import EntryPoint

import typer
from typer.testing import CliRunner

from cutaway.cli import plugins
from house.places import pyproject


def point(name: str, value: str) -> EntryPoint:
    return EntryPoint(name=name, value=value, group=plugins.GROUP)


def command_line(*points: EntryPoint, taken: tuple[str, ...] = ()) -> typer.Typer:
    app = typer.Typer()

    @app.command()
    def own() -> None:
        print("ours")

    @app.command()
    def other() -> None:
        print("ours too")

    plugins.attach(app, taken=taken, found=points)
    return app


def test_a_command_gets_its_words_even_help_and_gives_the_status() -> None:
    app = command_line(point("sketch", "cutaway_providers.sketch.commands:main"))
    help_said = CliRunner().invoke(app, ["sketch", "sheet", "--help"])
    assert help_said.exit_code == 0
    assert "--only" in help_said.stdout
    assert CliRunner().invoke(app, ["sketch", "sheet", "--tile", "1"]).exit_code == 2


def test_nothing_is_loaded_for_the_list_of_commands() -> None:
    app = command_line(point("later", "no.such.module:main"))
    said = CliRunner().invoke(app, ["--help"])
    assert said.exit_code == 0
    assert "later" in said.stdout
    assert "no.such" not in sys.modules


def test_a_command_that_cannot_be_loaded_is_named_with_the_fix() -> None:
    said = CliRunner().invoke(command_line(point("later", "no.such.module:main")), ["later"])
    assert said.exit_code == 5
    assert "later" in said.stderr
    assert "Install its package again" in said.stderr


def test_our_own_names_are_not_taken_over() -> None:
    app = command_line(point("own", "no.such.module:main"), taken=("own",))
    assert CliRunner().invoke(app, ["own"]).stdout.strip() == "ours"


def test_the_commands_of_this_project_can_be_loaded() -> None:
    for name, value in pyproject()["project"]["entry-points"][plugins.GROUP].items():
        module, _, function = value.partition(":")
        assert callable(getattr(importlib.import_module(module), function)), name
