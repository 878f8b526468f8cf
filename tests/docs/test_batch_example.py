"""The example of a batch does what its README says: the command and the program, as processes of their own."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.machine import Machine, new_machine
from house.places import ROOT

EXAMPLE = ROOT / "examples" / "batch"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """A machine whose home is a copy of the example."""
    home = tmp_path_factory.mktemp("batch") / "example"
    shutil.copytree(EXAMPLE, home, ignore=shutil.ignore_patterns("__pycache__"))
    with new_machine(home) as machine:
        yield machine


def command() -> list[str]:
    """The words of the README's command line after `cutaway`."""
    line: str
    (line,) = re.findall(r"^\$ cutaway (.+)$", (EXAMPLE / "README.md").read_text("utf-8"), re.MULTILINE)
    return line.split()


def test_the_command_makes_a_film_for_every_product(there: Machine) -> None:
    done = there.run(*command(), "--yes", "--json")
    assert done.returncode == 0, done.stderr
    batch = json.loads(done.stdout)
    assert (len(batch["rows"]), batch["clips"], batch["sample"]) == (5, 6, 2)
    assert "Make the other" not in done.stderr
    names = [Path(row["file"]).name for row in batch["rows"]]
    assert names == ["1-ember.mp4", "2-dawn.mp4", "3-rove.mp4", "4-tide.mp4", "5-mira.mp4"]
    assert len({(there.home / "films" / name).read_bytes() for name in names}) == 5


def test_the_fault_that_the_readme_suggests_is_told(there: Machine) -> None:
    table = there.home / "products.csv"
    right = table.read_text("utf-8")
    table.write_text(right.replace("price", "prize"), "utf-8")
    done = there.run(*command())
    table.write_text(right, "utf-8")
    assert done.returncode == 2
    assert "No row has a column 'price'" in done.stderr
    assert "Did you mean {prize}?" in done.stderr


def test_the_program_makes_the_same_films(there: Machine) -> None:
    done = subprocess.run(
        [sys.executable, "batch.py"],
        cwd=there.home,
        env=there.environment(),
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    films = re.findall(r"^(\w+): (.+\.mp4)$", done.stdout, re.MULTILINE)
    assert [name for name, _ in films if name != "sample"] == ["Ember", "Dawn", "Rove", "Tide", "Mira"]
    assert all(Path(path).exists() for _, path in films)
