"""`cutaway doctor` on a healthy machine and on one with a fault."""

from __future__ import annotations

import asyncio
import json

import pytest
from redis.asyncio import Redis

from cli.machine import Machine
from cutaway.errors import ProviderError
from cutaway.ledger import Ledger
from cutaway.ledger.health import Health
from cutaway.ledger.terms import Crew

pytestmark = pytest.mark.slow


def test_a_healthy_machine_passes_with_a_line_for_everything(shared: Machine) -> None:
    done = shared.run("doctor", "--json")
    report = json.loads(done.stdout)
    assert done.returncode == 0, report
    assert report["ok"] is True
    found = {finding["what"]: finding for finding in report["findings"]}
    assert list(found) == [
        "python", "platform", "settings", "data", "store", "workers", "codecs", "reasoner", "providers", "policy",
    ]  # fmt: skip
    assert "Valkey" in found["store"]["says"]
    assert "fsync always" in found["store"]["says"]
    assert "can lose nothing" in found["store"]["says"]
    assert "on cpu" in found["workers"]["says"]
    assert "libx264" in found["codecs"]["says"]
    assert "$0.00 a second" in found["providers"]["says"]


def test_a_store_that_is_away_fails_with_its_fix_and_the_rest_is_still_examined(shared: Machine) -> None:
    done = shared.run("doctor", CUTAWAY_REDIS_URL="redis://127.0.0.1:1/0")
    assert done.returncode == 5
    assert "fail store" in done.stdout
    assert "fix: Start the server" in done.stdout
    assert "ok   codecs" in done.stdout


def test_a_reasoner_without_a_model_fails_with_its_fix(shared: Machine) -> None:
    done = shared.run("doctor", CUTAWAY_REASONER="litellm")
    assert done.returncode == 1
    assert "fail reasoner" in done.stdout
    assert "CUTAWAY_MODEL" in done.stdout


async def test_a_vendor_at_rest_and_the_room_of_own_machines_are_shown(
    machine: Machine, redis: Redis, valkey_url: str
) -> None:
    error = ProviderError("No.", kind="auth", status=401)
    await Health(redis).failed("gpu:wan", "op", error, stage="order")
    await Ledger(redis).sweep(crew=Crew("host", {"cpu": 2}))
    await redis.zadd("cutaway:line:cpu:workers", {"host:1": "9e15", "host:2": "9e15"})
    (machine.home / "cutaway.yaml").write_text(
        "providers:\n  sketch:\n    own: true\n    pool: {kind: queue, queue: cpu}\n"
    )
    done = await asyncio.to_thread(machine.run, "doctor", "--json", CUTAWAY_REDIS_URL=valkey_url)
    found = {finding["what"]: finding["says"] for finding in json.loads(done.stdout)["findings"]}
    assert found["health"].startswith("gpu gets no orders: 1 of 1 order failed since")
    assert found["pools"] == "sketch: 2 free slots, 0 waiting"
