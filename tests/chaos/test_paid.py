"""Paid orders over real HTTP, real RQ workers and kill -9: the vendor's own books say what was ordered and charged."""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, Literal

import psutil
import pytest
from bench.faulty_provider import FaultyProvider, read_truth
from redis.asyncio import Redis

from cutaway.contract import Brief, GenerationRequest, Size
from cutaway.jobs.queue import RqQueue
from cutaway.ledger import Ledger, Order, Scope

pytestmark = [pytest.mark.chaos, pytest.mark.slow]

ORDERS = 24
BUDGET = "cutaway:t:budget:thread"
FAULTS = {"429": 0.04, "500_before": 0.04, "drop_before": 0.04, "drop_after": 0.06, "502_after": 0.04, "failed": 0.05}
HOLD_MICRO = 300_000

CONFIG = """
providers:
  lab:
    adapter: openai_videos
    name: lab
    base_url: {url}
    submit_tier: {tier}
    total_s: 2
    models:
      - id: m1
        sizes: [848x480]
        max_duration_s: 10
        price: {{usd_per_s: "0.30", source: a test, as_of: "2026-11-01"}}
"""


@pytest.fixture
def environ(tmp_path: Path, valkey_url: str) -> dict[str, str]:
    told = {
        "CUTAWAY_DATA_DIR": str(tmp_path / "data"),
        "CUTAWAY_RUNTIME_DIR": str(tmp_path / "run"),
        "CUTAWAY_REDIS_URL": valkey_url,
        "CUTAWAY_CONFIG": str(tmp_path / "cutaway.yaml"),
        "CUTAWAY_SEND_S": "2",
    }
    return {k: v for k, v in os.environ.items() if not k.startswith("CUTAWAY_")} | told


def order(number: int) -> Order:
    prompt = f"a fox, number {number}"
    request = GenerationRequest(
        brief=Brief(prompt=prompt), duration_s=1, size=Size(width_px=848, height_px=480), seed=number
    ).model_dump(mode="json")
    offers = [{"model": "lab:m1", "hold_micro": HOLD_MICRO, "queue": "io"}]
    return Order(
        id=f"op{number}",
        kind="shot",
        key=f"key{number}",
        spec={"request": request, "offers": offers},
        queue="io",
        hold_micro=HOLD_MICRO,
        shot_id=f"s{number}",
        model="lab:m1",
    )


async def dispatch(ledger: Ledger, queue: RqQueue, number: int) -> None:
    done = await ledger.dispatch(
        [order(number)],
        tenant="t",
        thread="th",
        version_id=f"v{number}",
        quote_id="q",
        message_id=f"m{number}",
        cut_key=f"cut{number}",
        scopes=[Scope(BUDGET, "thread", 100_000_000)],
    )
    await queue.wake(done.ready)


def kill_some(worker: subprocess.Popen[bytes], dice: random.Random) -> None:
    """Kill -9 one of the processes below the supervisor, whichever it is."""
    family = psutil.Process(worker.pid).children(recursive=True)
    if family:
        dice.choice(family).send_signal(signal.SIGKILL)


def stop(worker: subprocess.Popen[bytes]) -> None:
    family = [*psutil.Process(worker.pid).children(recursive=True), psutil.Process(worker.pid)]
    for member in family:
        member.kill()
    worker.wait()


async def at_rest(ledger: Ledger, worker: subprocess.Popen[bytes], dice: random.Random, kills: int) -> list[Any]:
    for beat in range(400):
        found = [await ledger.get(f"op{number}") for number in range(ORDERS)]
        if all(not one.is_open or one.parked for one in found):
            return found
        if kills and beat % 5 == 4:
            kill_some(worker, dice)
            kills -= 1
        await asyncio.sleep(0.25)
    raise AssertionError(f"stuck: {[(one.id, one.phase) for one in found if one.is_open]}")


@pytest.mark.parametrize(("tier", "submit_tier"), [("A", "deduplicates"), ("D", "blind")])
@pytest.mark.timeout(240)
async def test_no_order_is_paid_twice_and_the_books_agree(
    redis: Redis, environ: dict[str, str], tmp_path: Path, valkey_url: str, tier: Literal["A", "D"], submit_tier: str
) -> None:
    dice = random.Random(f"paid {tier}")
    truth = tmp_path / "truth.jsonl"
    async with FaultyProvider(
        truth, tier=tier, faults=FAULTS, seed=7, work_s=0.2, price_micro_per_s=HOLD_MICRO
    ) as vendor:
        (tmp_path / "cutaway.yaml").write_text(CONFIG.format(url=vendor.base_url, tier=submit_tier))
        command = [sys.executable, "-m", "cutaway.cli", "worker", "--count", "1"]
        worker = await asyncio.to_thread(subprocess.Popen, command, env=environ)
        try:
            ledger, queue = Ledger(redis), RqQueue(valkey_url)
            for number in range(ORDERS):
                await dispatch(ledger, queue, number)
                if number % 10 == 0:  # a double click
                    await dispatch(ledger, queue, number)
            found = await at_rest(ledger, worker, dice, kills=12)
        finally:
            await asyncio.to_thread(stop, worker)
    accepted = [line for line in read_truth(truth) if line["event"] == "accepted"]
    by_prompt = [json.dumps(line["fields"]["prompt"]) for line in accepted]
    assert len(by_prompt) == len(set(by_prompt)), "an order was paid twice"
    parked = [one for one in found if one.parked]
    assert submit_tier == "blind" or not parked
    assert {one.phase for one in found} <= {"done", "failed", "unknown"}
    assert sum(1 for one in found if one.phase == "done") >= ORDERS // 2
    held, charged = [int(value or 0) for value in await redis.hmget(BUDGET, ["held", "charged"])]
    assert held == len(parked) * HOLD_MICRO, "a hold leaked"
    assert charged == sum(one.charged_micro for one in found)
    jobs = {line["id"]: line for line in accepted}
    billed = sum(one.charged_micro for one in found if one.handle and one.handle["native_id"] in jobs)
    assert billed == charged, "something was charged that the vendor never took"
