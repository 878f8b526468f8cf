"""Policy files as arguments of a command: all that is wrong in them is told at once, and is wrong input (exit 2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cutaway.cli.candidates import everyone

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from cutaway.cli.frame import Terminal
    from cutaway.routing import RoutingPolicy
    from cutaway.routing.finding import Finding
    from cutaway.routing.reading import Reading
    from cutaway.settings import Settings


def given(terminal: Terminal, names: Sequence[str]) -> tuple[RoutingPolicy, ...]:
    """The policies of files, or of names that come with Cutaway.

    Raises `InputError` with every fault of all of them; with `--json` the document lists them as findings, like lint's.
    """
    from cutaway.errors import InputError
    from cutaway.routing.policy_file import find_policy, read
    from cutaway.routing.reading import all_of

    readings = [read(find_policy(name)) for name in names]
    findings = [one for reading in readings for one in reading.findings]
    if findings:
        told = all_of(findings)
        error = InputError(told.message, fix=told.fix)
        terminal.document = {"error": error.data() | {"findings": [one.model_dump(mode="json") for one in findings]}}
        raise error
    return tuple(reading.policy for reading in readings if reading.policy is not None)


def lint_here(settings: Settings, path: Path, today: date) -> tuple[Reading, tuple[Finding, ...]]:
    """A file with everything found in it, tried on the models and the settings of this machine."""
    from cutaway.jobs.capacity import pools_of
    from cutaway.routing.lint import lint

    candidates, problems = everyone(settings)
    idle = {name: pool.idle for name, pool in pools_of(settings).items() if pool.idle}
    return lint(path, candidates, today=today, aliases=settings.aliases, unusable=problems.keys(), idle_windows=idle)
