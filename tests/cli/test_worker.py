"""`cutaway worker` beside a server that somebody else runs."""

from __future__ import annotations

import asyncio
import json
import os
import signal

import pytest

from cli.machine import Machine
from cutaway.jobs.alive import alive_workers, by_queue
from cutaway.jobs.embedded import open_embedded
from cutaway.settings import load_settings

pytestmark = pytest.mark.slow


async def test_a_worker_draws_for_a_chat_on_another_server_and_leaves_on_sigterm(machine: Machine) -> None:
    settings = load_settings(machine.environment(), cwd=machine.home)
    async with await open_embedded(settings, worker_command=()) as server:
        worker = machine.start("worker", "--count", "2", CUTAWAY_REDIS_URL=server.url)
        assert worker.stderr is not None
        line = await asyncio.to_thread(worker.stderr.readline)
        assert "queue cpu, 2 processes" in line
        assert str(settings.socket_path) in line

        args = ("chat", "--once", "a red fox trots through a pine forest, 1 second", "--thread", "w", "--json")
        done = await asyncio.to_thread(machine.run, *args, CUTAWAY_REDIS_URL=server.url)
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["version"]["state"] == "ready"
        assert by_queue(await alive_workers(server.url)) == {"cpu": 2}

        os.kill(worker.pid, signal.SIGTERM)
        await asyncio.to_thread(worker.communicate, timeout=15)
        assert worker.returncode == 0
        assert await alive_workers(server.url) == ()


async def test_a_chat_without_any_worker_says_how_to_start_one(machine: Machine) -> None:
    settings = load_settings(machine.environment(), cwd=machine.home)
    async with await open_embedded(settings, worker_command=()) as server:
        args = ("chat", "--once", "a red fox trots through a pine forest, 1 second", "--thread", "w")
        chat = machine.start(*args, CUTAWAY_REDIS_URL=server.url)
        assert chat.stderr is not None
        line = await asyncio.to_thread(chat.stderr.readline)
        assert "cutaway worker" in line
        chat.send_signal(signal.SIGINT)
        await asyncio.to_thread(chat.communicate, timeout=15)
        assert chat.returncode == 130
