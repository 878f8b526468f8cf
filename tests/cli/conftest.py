"""Machines for the tests of the command line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.machine import Machine, new_machine


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    """A machine for one test."""
    with new_machine(tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """A machine for all tests of a file, each on its own thread; its server stays warm between them."""
    with new_machine(tmp_path_factory.mktemp("machine")) as made:
        yield made
