"""What a work-horse carries: the media libraries, loaded before the fork, and nothing of the conversation or servers.

A horse is forked for every job. What it imports itself it pays for each time (`langgraph` alone is over a second),
and what its worker carries for nothing is memory and time in every one.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from bench.faulty_provider import FaultyProvider
from redis import Redis

from cutaway import Orchestrator, load_settings
from cutaway.contract import Brief, GenerationRequest, Size
from cutaway.jobs.entry import open_bench
from cutaway.jobs.poller import poll_once
from cutaway.ledger import Order
from cutaway.storyboard.model import CastMember, Overlay, Shot, Storyboard

pytestmark = pytest.mark.slow

NEVER = frozenset({"litellm", "langgraph", "langchain_core", "langsmith", "fastapi", "uvicorn", "openai", "typer"})
PRELOADED = frozenset({"cutaway", "cutaway_providers", "av", "PIL", "numpy"})

CONFIG = """
providers:
  lab:
    adapter: openai_videos
    name: lab
    base_url: {url}
    submit_tier: deduplicates
    models:
      - id: m1
        sizes: [848x480]
        max_duration_s: 10
        price: {{usd_per_s: "0.30", source: a test, as_of: "2026-11-01"}}
"""


@dataclass(frozen=True, slots=True)
class Report:
    """One job of a horse: the packages it had in the end, those it had not before, and the modules it imported."""

    packages: frozenset[str]
    new_packages: frozenset[str]
    during: tuple[str, ...]


def environment(valkey_url: str, folder: Path) -> dict[str, str]:
    told = {
        "CUTAWAY_DATA_DIR": str(folder / "data"),
        "CUTAWAY_RUNTIME_DIR": str(folder / "run"),
        "CUTAWAY_REDIS_URL": valkey_url,
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }
    return {k: v for k, v in os.environ.items() if not k.startswith("CUTAWAY_")} | told


async def work(queue: str, environ: dict[str, str], folder: Path) -> list[Report]:
    """Let a real worker empty the queue; a report for each job it did."""
    reports = folder / f"{queue}.jsonl"
    reports.unlink(missing_ok=True)
    script = Path(__file__).with_name("watched_worker.py")
    worker = await asyncio.create_subprocess_exec(sys.executable, str(script), queue, str(reports), env=environ)
    assert await worker.wait() == 0
    told = [json.loads(line) for line in reports.read_text().splitlines()]
    return [report(one["loaded"], one["during"]) for one in told]


def report(loaded: list[str], during: list[str]) -> Report:
    before = {name.partition(".")[0] for name in set(loaded) - set(during)}
    packages = frozenset(name.partition(".")[0] for name in loaded)
    return Report(packages, packages - before, tuple(during))


FILM = Storyboard(
    cast=(CastMember(id="fox", name="fox", kind="red fox"),),
    shots=(Shot(id="s1", duration_s=1, cast=("fox",), action="trots through a pine forest", weather="snow"),),
    overlays=(Overlay(id="t", kind="title", text="Fox"),),
)
REQUEST = GenerationRequest(brief=Brief(prompt="a fox"), duration_s=1, size=Size(width_px=848, height_px=480))
ORDER = Order(
    id="remote",
    kind="shot",
    key="key",
    spec={
        "request": REQUEST.model_dump(mode="json"),
        "offers": [{"model": "lab:m1", "hold_micro": 300_000, "queue": "io"}],
    },
    queue="io",
    hold_micro=300_000,
    shot_id="s1",
    model="lab:m1",
)


async def draw(environ: dict[str, str], folder: Path) -> list[Report]:
    """A film with a title: the horses that drew its shot and made its cut."""
    async with Orchestrator.open(settings=load_settings(environ, cwd=folder), worker=False) as studio:
        turn = await studio.render("t", FILM)
        assert turn.error is None
        found = await work("cpu", environ, folder)
        assert turn.version
        assert (await studio.version("t", turn.version.id)).state == "ready"
    return found


async def fetch(environ: dict[str, str], folder: Path) -> list[Report]:
    """A paid order: the horses that placed it and fetched its result."""
    async with FaultyProvider(folder / "truth.jsonl", price_micro_per_s=300_000) as vendor:
        config = folder / "cutaway.yaml"
        config.write_text(CONFIG.format(url=vendor.base_url))
        environ = environ | {"CUTAWAY_CONFIG": str(config)}
        async with AsyncExitStack() as stack:
            bench, remote = await open_bench(load_settings(environ, cwd=folder), stack)
            done = await bench.ledger.dispatch(
                [ORDER], tenant="t", thread="th", version_id="v", quote_id="q", message_id="m", cut_key="none"
            )
            await bench.queue.wake(done.ready)
            found = await work("io", environ, folder)
            while (await bench.ledger.get(ORDER.id)).phase == "submitted":
                await poll_once(remote)
                await asyncio.sleep(0.05)  # the poll is not due yet
            found += await work("io", environ, folder)
            assert (await bench.ledger.get(ORDER.id)).phase == "done"
    return found


Job = Callable[[dict[str, str], Path], Coroutine[Any, Any, list[Report]]]
JOBS: dict[str, Job] = {"draw": draw, "fetch": fetch}


@pytest.fixture(scope="module")
def reports(valkey_url: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Report]]:
    """What the horses of each kind of job told; the jobs run once for all tests."""
    found: dict[str, list[Report]] = {}
    for name, job in JOBS.items():
        folder = tmp_path_factory.mktemp(name)
        with Redis.from_url(valkey_url) as redis:
            redis.flushall()
        found[name] = asyncio.run(job(environment(valkey_url, folder), folder))
        assert len(found[name]) == 2, "a job ran more or less often than it should"
    return found


@pytest.mark.parametrize("job", JOBS)
def test_a_work_horse_carries_no_conversation_and_no_server(reports: dict[str, list[Report]], job: str) -> None:
    for report in reports[job]:
        assert {"redis", "rq", "av", "PIL", "cutaway_providers"} <= report.packages
        assert report.packages & NEVER == frozenset()


@pytest.mark.parametrize("job", JOBS)
def test_no_package_is_first_imported_by_a_job(reports: dict[str, list[Report]], job: str) -> None:
    for report in reports[job]:
        new = {name for name in report.new_packages if name not in sys.stdlib_module_names}
        # Extension modules of numpy share a package of this kind; it is empty.
        assert {name for name in new if not name.startswith("_cython_")} == set()


@pytest.mark.parametrize("job", JOBS)
def test_no_module_of_ours_or_of_the_media_libraries_is_first_imported_by_a_job(
    reports: dict[str, list[Report]], job: str
) -> None:
    for report in reports[job]:
        late = [name for name in report.during if name.partition(".")[0] in PRELOADED]
        assert not late, ", ".join(late)
