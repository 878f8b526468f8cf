"""Processes die at the worst moment; the film still arrives, once."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import psutil
import pytest
from redis.asyncio import Redis

from cutaway import Orchestrator, TurnResult, load_settings
from cutaway.conversation.keywords import KeywordReasoner
from cutaway.events import Event

pytestmark = [pytest.mark.chaos, pytest.mark.slow]

FOX = "a red fox trots through a pine forest at dusk, then climbs a ridge as snow falls"


@pytest.fixture
def environ(tmp_path: Path, valkey_url: str) -> dict[str, str]:
    told = {
        "CUTAWAY_DATA_DIR": str(tmp_path / "data"),
        "CUTAWAY_RUNTIME_DIR": str(tmp_path / "run"),
        "CUTAWAY_REDIS_URL": valkey_url,
    }
    return {k: v for k, v in os.environ.items() if not k.startswith("CUTAWAY_")} | told


@pytest.fixture
def start_worker(environ: dict[str, str]) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        process = subprocess.Popen([sys.executable, "-m", "cutaway.cli", "worker", "--count", "2"], env=environ)
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            family = psutil.Process(process.pid).children(recursive=True)
            # The supervisor first, or it would start others; some of the rest may be gone by themselves by then.
            process.kill()
            for child in family:
                with contextlib.suppress(psutil.NoSuchProcess):
                    child.kill()
        process.wait()


@pytest.fixture
async def studio(redis: Redis, environ: dict[str, str], tmp_path: Path) -> AsyncIterator[Orchestrator]:
    async with Orchestrator.open(settings=load_settings(environ, cwd=tmp_path), reasoner=KeywordReasoner()) as opened:
        yield opened


async def until(studio: Orchestrator, turn: TurnResult, wanted: Callable[[Event], bool]) -> Event:
    async for event in studio.events(turn.thread):
        if wanted(event):
            return event
    raise AssertionError("the events ended")


def kill_tree(process: subprocess.Popen[bytes]) -> None:
    family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
    for member in family:
        with contextlib.suppress(psutil.NoSuchProcess):
            member.send_signal(signal.SIGKILL)
    psutil.wait_procs(family, timeout=10)


def horses(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    """Work-horses: the children of the worker processes, which are the children of the supervisor."""
    return [horse for worker in psutil.Process(process.pid).children() for horse in worker.children()]


async def made_once(studio: Orchestrator, turn: TurnResult) -> None:
    """Each shot and the cut is booked exactly once, and the film is there."""
    assert turn.version
    assert turn.version.state == "ready"
    assert turn.version.path
    assert Path(turn.version.path).stat().st_size > 10_000
    events = await studio.event_log.read(turn.thread)
    done = [event.operation_id for event in events if event.type == "operation.done"]
    assert sorted(done) == sorted(set(done))
    assert len(done) == 3
    assert [event.type for event in events].count("version.ready") == 1
    assert await studio.ledger.open_ids() == ()


async def test_every_worker_killed_in_the_middle_of_a_shot_costs_nothing_but_time(
    studio: Orchestrator, start_worker: Callable[[], subprocess.Popen[bytes]]
) -> None:
    first = start_worker()
    turn = await studio.send("t", FOX)
    await until(studio, turn, lambda event: event.type == "operation.progress")
    kill_tree(first)
    start_worker()
    await made_once(studio, await asyncio.wait_for(studio.wait(turn), 90))


async def test_a_work_horse_killed_alone_is_replaced_while_its_worker_lives(
    studio: Orchestrator, start_worker: Callable[[], subprocess.Popen[bytes]]
) -> None:
    worker = start_worker()
    turn = await studio.send("t", FOX)
    await until(studio, turn, lambda event: event.type == "operation.progress")
    for horse in horses(worker):
        horse.kill()
    await made_once(studio, await asyncio.wait_for(studio.wait(turn), 90))


async def test_a_work_horse_dies_with_its_worker(
    studio: Orchestrator, start_worker: Callable[[], subprocess.Popen[bytes]]
) -> None:
    worker = start_worker()
    turn = await studio.send("t", FOX)
    await until(studio, turn, lambda event: event.type == "operation.progress")
    orphans = horses(worker)
    assert orphans
    for parent in psutil.Process(worker.pid).children():
        parent.kill()
    gone, alive = psutil.wait_procs(orphans, timeout=5)
    assert gone
    assert not alive
    await made_once(studio, await asyncio.wait_for(studio.wait(turn), 90))


async def test_a_drained_worker_returns_its_lease_and_is_gone_within_ten_seconds(
    studio: Orchestrator, start_worker: Callable[[], subprocess.Popen[bytes]]
) -> None:
    worker = start_worker()
    turn = await studio.send("t", FOX)
    await until(studio, turn, lambda event: event.type == "operation.progress")
    worker.terminate()
    await asyncio.wait_for(asyncio.to_thread(worker.wait), 10)
    returned = [event for event in await studio.event_log.read("t") if event.type == "operation.returned"]
    assert returned
    start_worker()
    await made_once(studio, await asyncio.wait_for(studio.wait(turn), 90))
