"""What the command says about itself, and what it does not load for that."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from cli.machine import Machine

HEAVY = ("redis", "langgraph", "litellm", "av", "PIL", "numpy", "pydantic", "rq", "httpx", "rich.table")


def test_help_loads_nothing_heavy(machine: Machine) -> None:
    program = (
        "import sys; sys.argv = ['cutaway', '--help']\n"
        "from cutaway.cli import main\n"
        "try: main()\n"
        f"except SystemExit: print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=machine.environment(), check=True
    )
    assert "worker" in done.stdout
    assert done.stderr.strip() == "[]"


def test_help_answers_within_half_a_second(machine: Machine) -> None:
    def once() -> float:
        began = time.perf_counter()
        machine.run("--help")
        return time.perf_counter() - began

    # The best of a few: this measures the command, not what else the machine does.
    assert min(once() for _ in range(5)) < 0.5


@pytest.mark.parametrize(
    "command", ["demo", "chat", "worker", "doctor", "versions", "evaluate", "ops", "ops list", "ops show"]
)
def test_every_command_explains_itself(machine: Machine, command: str) -> None:
    done = machine.run(*command.split(), "--help")
    assert done.returncode == 0
    assert "Usage:" in done.stdout


def test_the_version_is_told(machine: Machine) -> None:
    done = machine.run("--version")
    assert done.returncode == 0
    assert done.stdout.startswith("cutaway ")
