"""A thousand remote operations in flight, watched by one poller process over real HTTP.

Each is placed for real with a vendor that takes an hour and asks to be polled every five seconds. Then one
`cutaway.jobs.watch` process runs; what it costs is read from the system, what it asked from the vendor.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # as a script, only bench/ itself is on the path

from bench.faulty_provider import FaultyProvider

from cutaway import load_settings
from cutaway.contract import Brief, GenerationRequest, Size
from cutaway.jobs.embedded import open_embedded
from cutaway.jobs.entry import open_bench
from cutaway.jobs.remote import place
from cutaway.ledger import Order

IN_FLIGHT = 1_000
POLL_AFTER_S = 5.0
WATCHED_S = 20.0
CONFIG = """
providers:
  lab:
    adapter: openai_videos
    name: lab
    base_url: {url}
    submit_tier: deduplicates
    models:
      - {{id: m, sizes: [64x64], max_duration_s: 10, price: {{usd_per_s: "0.1", source: bench, as_of: "2026-11-01"}}}}
"""


async def measure() -> dict[str, float]:
    """Polls a second, the share of one core, and resident MiB of the poller."""
    async with AsyncExitStack() as stack:
        folder = Path(
            stack.enter_context(tempfile.TemporaryDirectory(prefix="cl-", dir="/tmp", ignore_cleanup_errors=True))
        )
        vendor = await stack.enter_async_context(
            FaultyProvider(folder / "truth.jsonl", work_s=3_600, poll_after_s=POLL_AFTER_S)
        )
        (folder / "cutaway.yaml").write_text(CONFIG.format(url=vendor.base_url))
        environ = {"CUTAWAY_DATA_DIR": f"{folder}/d", "CUTAWAY_RUNTIME_DIR": f"{folder}/r"}
        hold = await open_embedded(load_settings(environ, cwd=folder), worker_command=())
        stack.push_async_callback(hold.close)
        environ |= {"CUTAWAY_REDIS_URL": hold.url, "CUTAWAY_CONFIG": f"{folder}/cutaway.yaml"}
        await _place_all(environ, folder)
        before = len(vendor.requests)
        watcher = subprocess.Popen([sys.executable, "-m", "cutaway.jobs.watch"], env=os.environ | environ)
        stack.callback(watcher.wait)
        stack.callback(watcher.kill)
        process = psutil.Process(watcher.pid)
        while len(vendor.requests) < before + IN_FLIGHT:  # everything has been looked at once
            await asyncio.sleep(0.1)
        begun, used = len(vendor.requests), sum(process.cpu_times()[:2])
        await asyncio.sleep(WATCHED_S)
        polls, used = len(vendor.requests) - begun, sum(process.cpu_times()[:2]) - used
        resident = process.memory_info().rss
    return {
        "operations in flight": IN_FLIGHT,
        "polls / s": polls / WATCHED_S,
        "polls asked for / s": IN_FLIGHT / POLL_AFTER_S,
        "share of one core": used / WATCHED_S,
        "resident MiB": resident / 2**20,
    }


async def _place_all(environ: Mapping[str, str], folder: Path) -> None:
    async with AsyncExitStack() as stack:
        bench, remote = await open_bench(load_settings(environ, cwd=folder), stack)
        request = GenerationRequest(brief=Brief(prompt="a fox"), duration_s=1, size=Size(width_px=64, height_px=64))
        spec = {"request": request.model_dump(mode="json"), "offers": []}
        orders = [
            Order(id=f"op{number}", kind="shot", key=f"k{number}", spec=spec, queue="io", model="lab:m")
            for number in range(IN_FLIGHT)
        ]
        await bench.ledger.dispatch(
            orders, tenant="t", thread="th", version_id="v", quote_id="q", message_id="m", cut_key="c"
        )
        for start in range(0, IN_FLIGHT, 50):
            await asyncio.gather(*(place(remote, order.id) for order in orders[start : start + 50]))


def main(argv: Sequence[str]) -> dict[str, str]:
    """Measure and print."""
    found = asyncio.run(measure())
    for name, value in found.items():
        print(f"{name}: {value:.2f}")
    return {name: f"{value:.2f}" for name, value in found.items()}


if __name__ == "__main__":
    main([])
