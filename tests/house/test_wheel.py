"""What is shipped: one wheel with two packages and all their files, nothing that hides somebody else's."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

from house.places import ADAPTERS, ENGINE, ROOT

PACKAGES = (ENGINE, ADAPTERS)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    out = tmp_path_factory.mktemp("wheel")
    build = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert build.returncode == 0, build.stderr
    (path,) = out.glob("cutaway-*.whl")
    return zipfile.ZipFile(path)


def test_the_wheel_holds_two_packages_and_nothing_beside_them(wheel: zipfile.ZipFile) -> None:
    tops = {name.partition("/")[0] for name in wheel.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"cutaway", "cutaway_providers"}


def test_every_file_of_the_packages_is_in_the_wheel(wheel: zipfile.ZipFile) -> None:
    wanted = {
        path.relative_to(package.parent).as_posix()
        for package in PACKAGES
        for path in package.rglob("*")
        if path.is_file() and path.suffix != ".pyc" and not path.name.startswith(".")
    }
    assert wanted - set(wheel.namelist()) == set()
    assert {"cutaway/py.typed", "cutaway_providers/py.typed"} <= wanted


def test_the_wheel_carries_its_licence_notice_and_entry_points(wheel: zipfile.ZipFile) -> None:
    info = next(name.partition("/")[0] for name in wheel.namelist() if ".dist-info/" in name)
    assert {f"{info}/licenses/LICENSE", f"{info}/licenses/NOTICE"} <= set(wheel.namelist())
    entry_points = wheel.read(f"{info}/entry_points.txt").decode()
    assert "cutaway = cutaway.cli:main" in entry_points
    assert "[cutaway.providers]" in entry_points
    metadata = Parser().parsestr(wheel.read(f"{info}/METADATA").decode())
    assert metadata["Requires-Python"] == ">=3.11"


def test_the_containers_are_not_packages() -> None:
    for container in ("orchestrator", "providers", "policies", "bench"):
        assert not Path(ROOT, container, "__init__.py").exists()
