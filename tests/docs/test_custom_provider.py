"""The example of an adapter is installed like a stranger's package, keeps its contract, and makes a film."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cli.machine import Machine, new_machine
from cutaway.media.probe import probe
from house.places import ROOT

EXAMPLE = ROOT / "examples" / "custom_provider"
MOST_LINES = 120

pytestmark = pytest.mark.slow


@dataclass(frozen=True, slots=True)
class Installed:
    """An environment with the example in it, and the rest of the example's files."""

    python: Path
    folder: Path
    machine: Machine

    def run(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        """`python -m WORDS`, in the example's folder."""
        return subprocess.run(
            [str(self.python), "-m", *words],
            cwd=self.folder,
            env=self.machine.environment(CUTAWAY_ALLOW_PAID_EMBEDDED="true", **more),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )

    def cutaway(self, *words: str, **more: str) -> Any:
        done = self.run("cutaway.cli", *words, "--json", **more)
        assert done.returncode == 0, done.stdout + done.stderr
        return json.loads(done.stdout)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    home = tmp_path_factory.mktemp("custom")
    folder = home / "example"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home / "venv")], check=True, timeout=60)
    python = home / "venv" / "bin" / "python"
    # What is installed here is there too, so that nothing is fetched.
    (own,) = (home / "venv" / "lib").glob("python*/site-packages")
    (own / "here.pth").write_text(f"import site; site.addsitedir({sysconfig.get_path('purelib')!r})\n")
    with new_machine(home) as machine:
        made = Installed(python, folder, machine)
        pip = ("pip", "install", "-q", "--disable-pip-version-check", "--no-index", "--no-deps", "--no-build-isolation")
        done = made.run(*pip, ".")
        assert done.returncode == 0, done.stderr
        shutil.rmtree(folder / "acme_video")  # from here on there is only what was installed
        yield made


@pytest.fixture
def acme(installed: Installed) -> Iterator[str]:
    """The address of the example's server; `cutaway.yaml` names it."""
    command = [str(installed.python), "server.py", "0"]
    environment = installed.machine.environment()
    with subprocess.Popen(
        command, cwd=installed.folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as server:
        try:
            assert server.stdout is not None
            address = server.stdout.readline().split()[-1]
            assert address.startswith("http://127.0.0.1:")
            plain = (EXAMPLE / "cutaway.yaml").read_text(encoding="utf-8")
            (installed.folder / "cutaway.yaml").write_text(plain.replace("http://127.0.0.1:8099/v1", address))
            yield address
        finally:
            server.terminate()


def test_its_own_tests_pass(installed: Installed) -> None:
    done = installed.run("pytest", "-q", "-p", "no:cacheprovider", "tests", PYTEST_ADDOPTS="")
    assert done.returncode == 0, done.stdout
    assert " passed" in done.stdout


def test_it_is_found_through_its_entry_point_and_says_what_it_lacks(installed: Installed, tmp_path: Path) -> None:
    plain = tmp_path / "plain.yaml"
    plain.write_text("{}\n")
    (row,) = (
        one
        for one in installed.cutaway("providers", "list", CUTAWAY_CONFIG=str(plain))["providers"]
        if one["name"] == "acme"
    )
    assert (row["title"], row["ready"], row["models"], row["configured"]) == ("Acme Video", False, 1, False)
    assert "ACME_API_KEY" in row["fix"]
    (model,) = installed.cutaway("models", "--provider", "acme", CUTAWAY_CONFIG=str(plain))["models"]
    assert model["model"] == "acme:acme-1"
    assert (model["usable"], model["problem"], "ACME_API_KEY" in model["fix"]) == (False, "acme has no key.", True)
    assert (model["usd_per_s"], model["price_as_of"]) == ("0.0200", "2026-11-20")


def test_a_film_is_ordered_from_its_server_and_paid(installed: Installed, acme: str) -> None:
    key = {"ACME_API_KEY": "any"}
    (row,) = (one for one in installed.cutaway("providers", "list", **key)["providers"] if one["name"] == "acme")
    assert row["ready"]
    (checked,) = installed.cutaway("providers", "check", "acme", **key)["providers"]
    assert checked["state"] == "ok"
    assert acme in checked["says"]
    turn = installed.cutaway("chat", "--once", "a red fox trots through a forest, 3 seconds", "--yes", **key)
    assert {shot["model"] for shot in turn["shots"]} == {"acme:acme-1"}
    assert (turn["version"]["state"], turn["version"]["charged_usd"]) == ("ready", "0.06")
    film = probe(Path(turn["version"]["path"]))
    assert film.duration_s == pytest.approx(3, abs=0.1)


def test_the_adapter_stays_short() -> None:
    lines = (EXAMPLE / "acme_video" / "vendor.py").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= MOST_LINES
