"""A queue message can wake one function with one operation id, and nothing else, whatever was written into Redis."""

from __future__ import annotations

import json
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from redis import Redis
from rq import Queue, SimpleWorker

from cutaway.jobs.message import FUNCTION, HEADER, Serializer, Wakeup
from cutaway.jobs.queue import PREFIX, RqQueue


@pytest.fixture
def server(valkey_url: str) -> Iterator[Redis]:
    client = Redis.from_url(valkey_url)
    client.flushall()
    yield client
    client.close()


def run_all(server: Redis) -> None:
    queue = Queue(PREFIX + "cpu", connection=server, job_class=Wakeup, serializer=Serializer)
    worker = SimpleWorker([queue], connection=server, job_class=Wakeup, serializer=Serializer)
    worker.work(burst=True, logging_level="CRITICAL")


def forge(server: Redis, data: bytes, **fields: Any) -> str:
    """Put a job hash into Redis as an attacker with a connection would."""
    job_id = uuid.uuid4().hex
    record: Any = {"data": data, "status": "queued", "origin": PREFIX + "cpu", "created_at": "2026-11-20T00:00:00Z"}
    record |= fields
    server.hset(f"rq:job:{job_id}", mapping=record)
    server.rpush(f"rq:queue:{PREFIX}cpu", job_id)
    server.sadd("rq:queues", f"rq:queue:{PREFIX}cpu")
    return job_id


def why_failed(server: Redis, job_id: str) -> str:
    job = Wakeup.fetch(job_id, connection=server, serializer=Serializer)
    assert job.get_status() == "failed"
    result = job.latest_result()
    assert result is not None
    return result.exc_string or ""


def call(function: str, *args: object) -> bytes:
    return HEADER + json.dumps([function, None, list(args), {}]).encode()


def test_a_forged_function_does_not_run(server: Redis, tmp_path: Path) -> None:
    marker = tmp_path / "marker"
    job_id = forge(server, call("os.system", f"touch {marker}"))
    run_all(server)
    assert not marker.exists()
    assert "only 'cutaway.jobs.entry.run' may run" in why_failed(server, job_id)


@pytest.mark.parametrize("name", ["success_callback_name", "failure_callback_name", "stopped_callback_name"])
def test_a_forged_callback_does_not_run(server: Redis, tmp_path: Path, name: str) -> None:
    trap = tmp_path / "trap.py"
    marker = tmp_path / "marker"
    trap.write_text(f"def spring(*args, **kwargs):\n    open({str(marker)!r}, 'w').close()\n")
    sys.path.insert(0, str(tmp_path))
    try:
        job_id = forge(server, call(FUNCTION, "abc"), **{name: "trap.spring"})
        run_all(server)
    finally:
        sys.path.remove(str(tmp_path))
        sys.modules.pop("trap", None)
    assert not marker.exists()
    assert "callback; that is never used here" in why_failed(server, job_id)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"dependency_ids": json.dumps(["other"])}, "dependencies"),
        ({"retries_left": "5"}, "retries"),
        ({"repeats_left": "5"}, "a repeat"),
        (
            {"webhooks": json.dumps([{"url": "http://127.0.0.1:9/", "job_status": "failed", "http_method": "GET"}])},
            "webhooks",
        ),
    ],
)
def test_a_message_that_asks_for_more_than_a_wake_up_is_refused(
    server: Redis, fields: dict[str, str], said: str
) -> None:
    job_id = forge(server, call(FUNCTION, "abc"), **fields)
    run_all(server)
    assert f"asks for {said}" in why_failed(server, job_id)


@pytest.mark.parametrize("args", [(), ("a", "b"), (1,), ("../x",), ({"a": 1},)])
def test_a_message_without_exactly_one_operation_id_is_refused(server: Redis, args: tuple[object, ...]) -> None:
    job_id = forge(server, call(FUNCTION, *args))
    run_all(server)
    assert "exactly one operation id" in why_failed(server, job_id)


def test_a_pickled_message_is_refused_unread(server: Redis, tmp_path: Path) -> None:
    marker = tmp_path / "marker"
    job_id = forge(server, f"cos\nsystem\n(S'touch {marker}'\ntR.".encode())
    run_all(server)
    assert not marker.exists()
    assert "was not written by Cutaway" in why_failed(server, job_id)


async def test_a_plain_rq_worker_fails_and_names_the_right_command(valkey_url: str, server: Redis) -> None:
    await RqQueue(valkey_url).wake([("abc123", "cpu")])
    plain = [sys.executable, "-m", "rq.cli", "worker", "--url", valkey_url, "--burst", PREFIX + "cpu"]
    done = subprocess.run(plain, capture_output=True, text=True, timeout=60, check=False)
    said = done.stdout + done.stderr
    assert "cutaway worker" in said
    assert server.exists("cutaway:open") == 0
