"""The kit notices adapters that break the contract, and lets one pass that keeps it."""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from cutaway.testing import ProviderContract, Reply, ScriptedVendor, Shapes
from cutaway.testing.server import FAULTS
from cutaway.testing.table import contract_table, results
from house.places import ROOT
from testing.broken import OrdersAgain, Sound, contract_of, shapes_of, vendors

SHAPES = ROOT / "examples" / "custom_provider" / "tests" / "acme.json"
PLUGINS = ("pytest_asyncio.plugin", "pytest_socket", "xdist.plugin")
CONFTEST = """
import json, os
from collections import Counter
from pathlib import Path
from cutaway.testing.table import contract_table, results

def pytest_collection_modifyitems(items):
    # Every case of a behaviour is for the tests of real adapters; here two of each will do, and none that waits.
    seen = Counter()
    for item in list(items):
        seen[item.cls, item.originalname] += "hang" not in item.name
        if "hang" in item.name or seen[item.cls, item.originalname] > 2:
            items.remove(item)

def pytest_terminal_summary(terminalreporter):
    reports = [report for reports in terminalreporter.stats.values() for report in reports]
    for line in contract_table(reports, 100):
        terminalreporter.write_line(line)
    Path(os.environ["OUTCOMES"]).write_text(json.dumps(results(reports)))
"""
CONTRACTS = """
from pathlib import Path
from house.places import ROOT
from testing.broken import contract_of, vendors

for kind in vendors():
    globals()[f"Test{kind.__name__}"] = contract_of(kind, Path(__file__).parent / f"{kind.__name__}.json")
"""


@dataclass(frozen=True, slots=True)
class Run:
    """What a run of the whole contract over every vendor said."""

    outcomes: dict[str, dict[str, str]]
    table: list[str]
    status: int


def run_of_every_vendor(home: Path) -> Run:
    """The contract of every vendor of `broken`, in a pytest of its own with two workers."""
    plain = json.loads(SHAPES.read_text(encoding="utf-8"))
    for kind in vendors():
        (home / f"{kind.__name__}.json").write_text(json.dumps(shapes_of(kind, plain)))
    (home / "conftest.py").write_text(CONFTEST)
    (home / "test_contracts.py").write_text(CONTRACTS)
    options = ["-q", "-n", "2", "--tb=no", "-W", "error", "--allow-hosts=127.0.0.1", "--allow-unix-socket"]
    options += ["-o", "asyncio_default_fixture_loop_scope=function"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, *(word for name in PLUGINS for word in ("-p", name)), str(home)],
        cwd=home,
        env=os.environ
        | {
            "OUTCOMES": str(home / "outcomes.json"),
            "PYTHONPATH": os.pathsep.join(sys.path),
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        },
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert (home / "outcomes.json").exists(), done.stdout + done.stderr
    outcomes = {
        vendor: {
            behaviour.removeprefix("test_"): said for cells in themes.values() for behaviour, said in cells.items()
        }
        for vendor, themes in json.loads((home / "outcomes.json").read_text(encoding="utf-8")).items()
    }
    return Run(outcomes, done.stdout.splitlines(), done.returncode)


@pytest.mark.slow
def test_each_broken_promise_fails_its_behaviours_and_no_others_and_the_table_shows_it(tmp_path: Path) -> None:
    run = run_of_every_vendor(tmp_path)  # one run for all of it, since it takes a while
    failed = {
        vendor: {behaviour for behaviour, said in outcomes.items() if said == "FAIL"}
        for vendor, outcomes in run.outcomes.items()
    }
    assert failed == {kind.__name__: kind.breaks for kind in vendors()}
    never_failed = set(run.outcomes["Sound"]).difference(*failed.values())
    assert never_failed == set(), "a behaviour that cannot fail"
    assert run.status == 1

    header = next(number for number, line in enumerate(run.table) if line.startswith("adapter "))
    assert run.table[header].split() == ["adapter", "offers", "orders", "jobs", "results", "secrets"]
    rows = {line.split()[0]: line for line in run.table[header + 1 : header + 1 + len(vendors())]}
    assert set(rows) == set(failed)
    assert [name for name, row in rows.items() if "FAIL" not in row] == ["Plain", "Sound"]
    assert re.search(r"  2 FAIL, \d+ ok", rows["NeverAsks"])
    assert re.search(r"  1 FAIL, \d+ ok", rows["Hopeful"])
    named = [line for line in run.table if line.startswith("FAIL  ")]
    assert "FAIL  a status word that nobody knows raises: Hopeful" in named
    assert "FAIL  a lost lease keeps the order here: NeverAsks" in named


def subject(kind: type[Sound]) -> ProviderContract:
    return contract_of(kind, SHAPES)()


@pytest.mark.parametrize("fault", ["500", "drop after reading", "hang"])
async def test_an_adapter_that_orders_again_is_noticed(fault: str) -> None:
    behaviour = "test_a_lost_answer_costs_one_post_and_leaves_the_order_unknown"
    with pytest.raises(AssertionError):
        await getattr(subject(OrdersAgain), behaviour)(fault)
    await getattr(subject(Sound), behaviour)(fault)


# --- its server -------------------------------------------------------------------------------------------------------


async def ask(vendor: ScriptedVendor, path: str, method: str = "GET", **options: Any) -> httpx.Response:
    async with httpx.AsyncClient(trust_env=False, timeout=5) as client:
        return await client.request(method, vendor.base_url + path, **options)


async def test_the_server_answers_by_route_in_order_and_remembers_who_asked() -> None:
    async with ScriptedVendor({"job": "GET /jobs/[^/]+", "order": "POST /jobs"}) as vendor:
        vendor.answer("job", Reply.of({"n": 1}), Reply.of({"n": 2}, 202))
        vendor.answer("order", Reply.of({}, 429, retry_after="7"))
        assert [(await ask(vendor, "/jobs/a%20b?x=1")).json()["n"] for _ in range(3)] == [1, 2, 2]
        refused = await ask(vendor, "/jobs", "POST", json={"prompt": "a fox"})
        assert (refused.status_code, refused.headers["retry-after"]) == (429, "7")
        assert (await ask(vendor, "/elsewhere")).status_code == 404

        async def chunks() -> AsyncIterator[bytes]:
            yield b"a "
            yield b"fox"

        await ask(vendor, "/jobs", "POST", content=chunks())
    assert [one.route for one in vendor.requests] == ["job"] * 3 + ["order", "", "order"]
    assert (vendor.requests[0].path, vendor.requests[0].query) == ("/jobs/a b", "x=1")
    assert [one.data for one in vendor.asked("order")] == [{"prompt": "a fox"}, None]
    assert vendor.requests[-1].body == b"a fox"
    assert vendor.strays == ["GET /elsewhere"]


@pytest.mark.parametrize("fault", ["drop before reading", "drop after reading", "hang", "200 cut off"])
async def test_the_server_breaks_on_demand_and_still_counts(fault: str) -> None:
    async with ScriptedVendor({"order": "POST /jobs"}) as vendor:
        vendor.answer("order", FAULTS[fault])
        with pytest.raises((httpx.HTTPError, TimeoutError)):
            async with asyncio.timeout(0.5):
                await ask(vendor, "/jobs", "POST", content=b"x" * 100)
        assert len(vendor.asked("order")) == 1
        assert len(vendor.asked("order")[0].body) == (0 if fault == "drop before reading" else 100)


async def test_a_server_that_hangs_still_stops() -> None:
    async with ScriptedVendor({"order": "POST /jobs"}) as vendor:
        vendor.answer("order", Reply(act="hang"))
        waiting = asyncio.create_task(ask(vendor, "/jobs", "POST"))
        while not vendor.requests:
            await asyncio.sleep(0.01)
    with pytest.raises(httpx.HTTPError):
        await waiting


def test_a_route_that_is_no_method_and_path_is_refused() -> None:
    with pytest.raises(ValueError, match="submit"):
        ScriptedVendor({"submit": "/v1/videos"})


# --- its shapes and its table -----------------------------------------------------------------------------------------


async def test_answers_are_filled_with_the_place_the_time_and_the_order() -> None:
    shapes = Shapes.model_validate(
        {
            "sources": ["made up"],
            "routes": {"poll": "GET /jobs"},
            "model": "one",
            "accepted": {},
            "polls": {"queued": {"poll": {"json": {"url": "{base}/x", "at": "{now_s}", "key": ["{key}"], "n": None}}}},
        }
    )
    async with ScriptedVendor(shapes.routes, {"key": "op-1"}) as vendor:
        vendor.play(shapes.polls["queued"])
        data = (await ask(vendor, "/jobs")).json()
    assert data["url"] == f"{vendor.base_url}/x"
    assert isinstance(data["at"], int)
    assert (data["key"], data["n"]) == (["op-1"], None)


def test_shapes_with_a_key_that_nobody_reads_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    file.write_text('{"sources": ["x"], "routes": {}, "model": "m", "accepted": {}, "pols": {}}')
    with pytest.raises(ValueError, match="pols"):
        Shapes.read(file)


class Said:
    when = "call"

    def __init__(self, outcome: str, *named: str) -> None:
        self.failed, self.skipped = outcome == "failed", outcome == "skipped"
        self.user_properties = [("cutaway_contract", list(named))] if named else []


def test_the_table_shows_the_worst_of_each_adapter_and_behaviour() -> None:
    reports = [
        Said("passed"),
        Said("passed", "one", "secrets", "test_a_key_stays_here"),
        Said("failed", "one", "secrets", "test_a_key_stays_here"),
        Said("skipped", "two", "secrets", "test_a_key_stays_here"),
        Said("skipped", "two", "jobs", "test_it_stops"),
        Said("passed", "two", "jobs", "test_it_stops"),
        Said("passed", "two", "own", "test_it_sings"),
    ]
    assert results(reports) == {
        "one": {"secrets": {"test_a_key_stays_here": "FAIL"}},
        "two": {
            "secrets": {"test_a_key_stays_here": "skip"},
            "jobs": {"test_it_stops": "ok"},
            "own": {"test_it_sings": "ok"},
        },
    }
    assert contract_table(reports) == [
        "the provider contract: 3 behaviours, 2 adapters",
        "",
        "adapter  jobs  secrets  own",
        "one            1 FAIL",
        "two      1 ok  1 skip   1 ok",
        "",
        "FAIL  a key stays here: one",
        "",
        "skip  a key stays here: two",
    ]
    assert max(len(line) for line in contract_table(reports, width=20)[6:]) <= 20
    assert contract_table([Said("passed")]) == []


@pytest.mark.parametrize("name", ["FakeProvider", "ScriptedVendor"])
def test_a_host_uses_it_without_pytest(name: str) -> None:
    code = f"import sys; from cutaway.testing import {name}; print('pytest' in sys.modules, 'av' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.split() == ["False", "False"]
