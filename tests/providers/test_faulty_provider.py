"""The vendor from hell is itself exact: the same faults for the same orders, and a truth file that misses nothing."""

from __future__ import annotations

import asyncio
import base64
import hmac
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
from bench.faulty_provider import FAULTS, WEBHOOK_SECRET, FaultyProvider, make_clip, read_form, read_truth

from house.places import ROOT

FORM = {"prompt": "a fox", "model": "m", "seconds": "1", "size": "64x48"}


async def create(client: httpx.AsyncClient, base_url: str, key: str, **more: str) -> int | str:
    """The status of one order's answer, or the name of what broke."""
    files = {name: (None, value) for name, value in (FORM | more).items()}
    try:
        answer = await client.post(f"{base_url}/videos", files=files, headers={"Idempotency-Key": key})
    except httpx.HTTPError as error:
        return type(error).__name__
    return answer.status_code


@pytest.mark.parametrize("seed", [1, 2])
async def test_the_same_orders_meet_the_same_faults_in_any_order_of_arrival(seed: int, tmp_path: Path) -> None:
    shares = {"drop_before": 0.2, "500_before": 0.2, "502_after": 0.2, "429": 0.2, "wrong_bill": 0.5}
    seen = []
    for turn, keys in enumerate((range(30), reversed(range(30)))):
        async with FaultyProvider(tmp_path / f"{turn}", "A", shares, seed) as vendor, httpx.AsyncClient() as client:
            met = {key: await create(client, vendor.base_url, f"op-{key}") for key in keys}
            charged = {job.key: (job.id, job.charged_micro) for job in vendor.jobs.values()}
        seen.append((met, charged))
    assert seen[0] == seen[1]
    assert len({*seen[0][0].values()}) > 3


async def test_another_seed_meets_other_faults(tmp_path: Path) -> None:
    seen = []
    for seed in (1, 2):
        async with (
            FaultyProvider(tmp_path / f"{seed}", "A", {"500_after": 0.5}, seed) as vendor,
            httpx.AsyncClient() as client,
        ):
            seen.append([await create(client, vendor.base_url, f"op-{key}") for key in range(30)])
    assert seen[0] != seen[1]


async def test_a_wrong_bill_is_half_as_much_again_in_the_poll_and_in_the_truth(tmp_path: Path) -> None:
    async with FaultyProvider(tmp_path / "t", faults={"wrong_bill": 1}) as vendor, httpx.AsyncClient() as client:
        await create(client, vendor.base_url, "op-1")
        (job,) = vendor.jobs
        shown = (await client.get(f"{vendor.base_url}/videos/{job}")).json()
    assert shown["usage"]["cost"] == 0.15
    assert [line["charged_micro"] for line in read_truth(tmp_path / "t") if line["event"] == "accepted"] == [150_000]


async def test_an_unknown_word_comes_once_and_a_late_job_takes_ten_times_as_long(tmp_path: Path) -> None:
    now = [1_000.0]
    faults = {"odd_status": 1.0, "late": 1.0}
    async with (
        FaultyProvider(tmp_path / "t", faults=faults, work_s=10, clock=lambda: now[-1]) as vendor,
        httpx.AsyncClient() as client,
    ):
        await create(client, vendor.base_url, "op-1")
        (job,) = vendor.jobs
        words = []
        for at in (1_001, 1_002, 1_050, 1_101):
            now.append(at)
            words.append((await client.get(f"{vendor.base_url}/videos/{job}")).json()["status"])
    assert words == ["warming_up", "queued", "in_progress", "completed"]


async def test_a_restarted_server_knows_its_jobs_and_forgets_a_line_a_kill_cut_off(tmp_path: Path) -> None:
    truth = tmp_path / "t"
    async with FaultyProvider(truth) as vendor, httpx.AsyncClient() as client:
        assert await create(client, vendor.base_url, "op-1") == 200
    with truth.open("ab") as file:
        file.write(b'{"event": "acc')
    async with FaultyProvider(truth) as vendor, httpx.AsyncClient() as client:
        assert await create(client, vendor.base_url, "op-1") == 200
        assert await create(client, vendor.base_url, "op-2") == 200
        assert len(vendor.jobs) == 2
    events = [line["event"] for line in read_truth(truth)]
    assert events == ["arrived", "accepted", "arrived", "repeated", "arrived", "accepted"]


@pytest.mark.parametrize("tier", ["B", "C", "D"])
async def test_a_list_shows_what_its_tier_says(tier: Any, tmp_path: Path) -> None:
    async with FaultyProvider(tmp_path / "t", tier) as vendor, httpx.AsyncClient() as client:
        await create(client, vendor.base_url, "", **{"metadata[cutaway_key]": "op-1"})
        answer = await client.get(f"{vendor.base_url}/videos")
    if tier == "D":
        assert answer.status_code == 405
        return
    (item,) = answer.json()["data"]
    assert {name: item[name] for name in FORM} == FORM
    assert item.get("metadata") == ({"cutaway_key": "op-1"} if tier == "B" else None)


@pytest.mark.parametrize(
    ("fault", "count", "signed"), [("", 1, [True]), ("webhook_lost", 0, []), ("webhook_forged", 2, [False, True])]
)
async def test_a_callback_is_signed_lost_or_forged(fault: str, count: int, signed: list[bool], tmp_path: Path) -> None:
    calls: list[tuple[dict[str, str], bytes]] = []
    enough = asyncio.Event()

    async def hear(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower().split("\r\n")[1:-2]
        headers = dict(line.split(": ", 1) for line in head)
        calls.append((headers, await reader.readexactly(int(headers["content-length"]))))
        writer.write(b"HTTP/1.1 204 X\r\nconnection: close\r\n\r\n")
        await writer.drain()
        writer.close()
        if len(calls) == count:
            enough.set()

    server = await asyncio.start_server(hear, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hook"
    vendor = FaultyProvider(tmp_path / "t", faults={fault: 1.0} if fault else {})
    async with vendor, httpx.AsyncClient() as client:
        await create(client, vendor.base_url, "op-1", callback_url=url)
        if count:
            await asyncio.wait_for(enough.wait(), 5)
        else:
            await asyncio.gather(*vendor.callbacks())
    server.close()
    assert [_is_signed(*call) for call in calls] == signed


def _is_signed(headers: dict[str, str], body: bytes) -> bool:
    if "webhook-id" not in headers:
        return False
    # Header names were lowered with their values; the id keeps its case because it has none.
    said = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    wanted = "v1," + base64.b64encode(hmac.digest(WEBHOOK_SECRET, said, "sha256")).decode()
    return headers["webhook-signature"] == wanted.lower()


def test_a_form_is_read_with_its_brackets_and_umlauts() -> None:
    request = httpx.Request("POST", "http://x", files={"prompt": (None, "naß\r\n😀"), "metadata[a]": (None, "1")})
    found = read_form(request.headers["content-type"], request.read())
    assert found == {"prompt": "naß\r\n😀", "metadata[a]": "1"}


def test_a_clip_is_an_mp4_of_the_ordered_size() -> None:
    assert make_clip(64, 48, 1.0)[4:8] == b"ftyp"


def test_a_fault_nobody_knows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="explode"):
        FaultyProvider(tmp_path / "t", faults={"explode": 1})
    assert "explode" not in FAULTS


async def test_the_program_says_its_port_and_loses_nothing_it_answered_when_killed(tmp_path: Path) -> None:
    truth = tmp_path / "t"
    command = [sys.executable, str(ROOT / "bench" / "faulty_provider.py"), "--truth", str(truth), "--faults", "hang=0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        base_url = json.loads(process.stdout.readline())["base_url"]
        async with httpx.AsyncClient() as client:
            answers = [await create(client, base_url, f"op-{number}") for number in range(5)]
        os.kill(process.pid, signal.SIGKILL)
    assert answers == [200] * 5
    assert [line["key"] for line in read_truth(truth) if line["event"] == "accepted"] == [f"op-{n}" for n in range(5)]
