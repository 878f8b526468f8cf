"""The bench's own parts: it counts what the vendor's books say, and leaves no process behind."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from bench.peers.arms import Books
from bench.peers.audit import audit, table
from bench.peers.stage import Stage


def taken(number: int) -> dict[str, object]:
    return {"event": "accepted", "fields": {"prompt": f"a fox, number {number}"}, "charged_micro": 100_000}


def test_a_row_counts_what_was_paid_twice_lost_parked_and_booked_wrong() -> None:
    truth: list[dict[str, object]] = [{"event": "arrived"}, taken(0), taken(0), taken(0), taken(1), taken(2)]
    books = Books(frozenset({0, 1}), parked=frozenset({2}), booked_micro=200_000, held_micro=100_000)
    row = audit("an arm", 4, books, truth, kills=7, wall_s=12.4)
    assert row.cells() == ("an arm", "4", "5", "1", "1", "1", "-0.30", "0.10", "7", "12")
    assert table([row]).splitlines()[2] == "| an arm | 4 | 5 | 1 | 1 | 1 | -0.30 | 0.10 | 7 | 12 |"


def test_a_row_of_an_arm_that_did_everything_right_is_zeros() -> None:
    books = Books(frozenset({0, 1}), booked_micro=200_000)
    row = audit("an arm", 2, books, [taken(0), taken(1)], kills=0, wall_s=1)
    assert row.cells()[3:8] == ("0", "0", "0", "0.00", "0.00")


@pytest.fixture
def folder() -> Iterator[Path]:
    # Short enough for the sockets in it, which pytest's own folders are not.
    with tempfile.TemporaryDirectory(prefix="cp-", dir="/tmp") as made:
        yield Path(made)


def fail_with_an_orphan(folder: Path) -> None:
    with Stage(folder) as stage:
        left = folder / "left"
        shell = stage.start("shell", ["sh", "-c", f"sleep 1000 & echo $! > {left}.part && mv {left}.part {left}; wait"])
        stage.until(left.exists, shell, "shell")
        shell.kill()
        raise ZeroDivisionError


def test_a_stage_ends_what_its_processes_left_behind_also_after_an_error(folder: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        fail_with_an_orphan(folder)
    orphan = int((folder / "left").read_text())
    assert not psutil.pid_exists(orphan) or psutil.Process(orphan).status() == psutil.STATUS_ZOMBIE


def test_a_process_that_ends_too_early_is_an_error_with_its_last_words(folder: Path) -> None:
    with Stage(folder) as stage:
        shell = stage.start("shell", ["sh", "-c", "echo no room >&2; exit 3"])
        with pytest.raises(RuntimeError, match=r"shell ended\.\nno room"):
            stage.until(lambda: False, shell, "shell")
