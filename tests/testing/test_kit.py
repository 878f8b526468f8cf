"""The kit notices adapters that break the contract, and lets one pass that keeps it."""

from __future__ import annotations

import asyncio
import contextlib
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest

from cutaway.contract import GenerationRequest, Handle, ModelProfile, Placing, RemoteProvider, Status
from cutaway.errors import ProviderError, SubmitUnknownError
from cutaway.testing import KEY, ProviderContract, Reply, ScriptedVendor, Shapes
from cutaway.testing.server import FAULTS
from cutaway.testing.table import contract_table, results
from cutaway_providers.openai_videos.account import read
from cutaway_providers.openai_videos.vendor import OpenAIVideos

SHAPES = Path(__file__).parents[1] / "providers" / "shapes" / "openai_videos.json"
PRICE = {"usd_per_s": "0.10", "source": "made up for tests", "as_of": "2026-11-01"}


class OrdersAgain(OpenAIVideos):
    """Takes a lost answer for a reason to try again."""

    async def submit(self, model: str, request: GenerationRequest, placing: Placing) -> Handle:
        try:
            return await super().submit(model, request, placing)
        except SubmitUnknownError:
            return await super().submit(model, request, placing)


class SureOfALoss(OpenAIVideos):
    """Calls an order refused whose answer was lost."""

    async def submit(self, model: str, request: GenerationRequest, placing: Placing) -> Handle:
        try:
            return await super().submit(model, request, placing)
        except SubmitUnknownError as error:
            raise ProviderError(error.message, kind="provider", retryable=True) from None


class Naive(OpenAIVideos):
    """Talks HTTP by itself: one kept client that follows redirects and sends the key wherever it goes."""

    def browser(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(headers={"X-Key": KEY}, follow_redirects=True, trust_env=False)

    async def submit(self, model: str, request: GenerationRequest, placing: Placing) -> Handle:
        placing.still_ours()
        async with self.browser() as client:
            answer = await client.post(f"{self.account.base_url}/videos", json={"prompt": request.brief.prompt})
        try:
            answer.raise_for_status()
            return Handle(provider=self.name, model=model, native_id=answer.json()["id"], data={"key": KEY})
        except (httpx.HTTPError, ValueError, KeyError) as error:
            raise SubmitUnknownError(f"{error}: {answer.text}", kind="unknown") from None

    async def fetch(self, handle: Handle, output: str) -> AsyncIterator[bytes]:
        target = f"{self.account.base_url}/videos/{handle.native_id}/content"
        async with self.browser() as client, client.stream("GET", target) as response:
            async for piece in response.aiter_bytes():
                yield piece


class Early(OpenAIVideos):
    """Asks about the lease before it prepares the order, and never again."""

    async def submit(self, model: str, request: GenerationRequest, placing: Placing) -> Handle:
        placing.still_ours()
        with contextlib.suppress(ProviderError):
            await self.client.get_json("/videos")
        return await super().submit(model, request, Placing(placing.key, inputs=placing.inputs))


class Careless(OpenAIVideos):
    """Never asks about the lease, and drops what it cannot do."""

    async def submit(self, model: str, request: GenerationRequest, placing: Placing) -> Handle:
        plain = request.model_copy(update={"audio": False, "inputs": (), "operation": "generate"})
        return await super().submit(model, plain, Placing(placing.key))


class Hopeful(OpenAIVideos):
    """Reads whatever it does not know as queued, and says that everything stops and that nothing is there."""

    async def poll(self, handle: Handle) -> Status:
        try:
            status = await super().poll(handle)
        except ProviderError:
            return Status(state="queued")
        return status.model_copy(update={"cost_usd": Decimal(1)}) if status.state == "succeeded" else status

    async def cancel(self, handle: Handle) -> bool:
        return True

    async def find(
        self, model: str, request: GenerationRequest, key: str, since: datetime | None = None
    ) -> Handle | None:
        return None

    def profiles(self) -> tuple[ModelProfile, ...]:
        return super().profiles() * 2


class Forgetful(OpenAIVideos):
    """Calls a job failed that its vendor forgot, blames everything on the provider, and finishes without a result."""

    async def poll(self, handle: Handle) -> Status:
        status = await super().poll(handle)
        failure = status.failure and status.failure.model_copy(update={"kind": "provider"})
        changed = {"state": "failed"} if status.state == "lost" else {}
        return status.model_copy(update=changed | {"failure": failure, "outputs": ()})

    async def check(self) -> str:
        return "fine"


def subject(kind: type[OpenAIVideos]) -> ProviderContract:
    class Subject(ProviderContract):
        shapes = SHAPES

        def build(self, base_url: str, **settings: Any) -> RemoteProvider:
            models = [{"id": "wan2.2", "price": PRICE}]
            return kind(read({"base_url": base_url + "/v1", "api_key": KEY, "models": models} | settings))

    return Subject()


LOST = "test_a_lost_answer_costs_one_post_and_leaves_the_order_unknown"
CAUGHT = [
    (OrdersAgain, LOST, "500"),
    (OrdersAgain, LOST, "drop after reading"),
    (OrdersAgain, LOST, "hang"),
    (SureOfALoss, LOST, "503 from a proxy"),
    (SureOfALoss, LOST, "200 cut off"),
    (SureOfALoss, "test_the_answer_that_breaks_off_in_the_middle_leaves_the_order_unknown"),
    (SureOfALoss, "test_a_redirected_order_is_not_followed_and_stays_unknown", 302),
    (Naive, "test_a_redirected_order_is_not_followed_and_stays_unknown", 307),
    (Naive, "test_a_refused_order_is_surely_not_taken_and_says_why", "auth"),
    (Naive, "test_too_many_orders_are_told_when_to_come_back"),
    (Naive, "test_an_unknown_model_is_refused_and_nothing_is_sent"),
    (Naive, "test_words_over_the_limit_are_refused_and_nothing_is_sent"),
    (Naive, "test_the_key_travels_in_one_header_and_nowhere_else"),
    (Naive, "test_a_handle_holds_no_key"),
    (Naive, "test_a_result_in_another_place_is_fetched_without_the_key"),
    (Naive, "test_a_result_over_the_limit_raises"),
    (Naive, "test_a_broken_result_raises", ("html", FAULTS["200 garbage"])),
    (Early, "test_the_lease_is_asked_right_before_the_order_leaves"),
    (Careless, "test_a_lost_lease_keeps_the_order_here"),
    (Careless, "test_the_lease_is_asked_right_before_the_order_leaves"),
    (Careless, "test_sound_is_refused_by_a_model_without_it"),
    (Careless, "test_an_unsupported_operation_is_refused_and_nothing_is_sent"),
    (Careless, "test_an_input_that_the_model_does_not_take_is_refused_and_nothing_is_sent"),
    (Hopeful, "test_a_status_word_that_nobody_knows_raises"),
    (Hopeful, "test_a_broken_poll_may_be_asked_again_and_says_nothing_about_the_job", "500"),
    (Hopeful, "test_a_broken_poll_may_be_asked_again_and_says_nothing_about_the_job", "garbage"),
    (Hopeful, "test_a_finished_job_says_what_it_cost"),
    (Hopeful, "test_a_job_is_stopped_with_one_request_where_the_vendor_can"),
    (Hopeful, "test_a_search_that_the_vendor_cannot_make_is_refused_and_never_says_not_there"),
    (Hopeful, "test_profiles_are_valid_and_each_id_is_there_once"),
    (Forgetful, "test_a_job_that_the_vendor_forgot_is_lost"),
    (Forgetful, "test_a_failed_job_says_why", "policy"),
    (Forgetful, "test_each_state_of_a_job_is_read", "succeeded"),
    (Forgetful, "test_a_check_where_nobody_listens_raises"),
]


@pytest.mark.parametrize("case", CAUGHT, ids=lambda case: f"{case[0].__name__}-{'-'.join(map(str, case[1:]))[:90]}")
async def test_the_kit_notices_an_adapter_that(case: tuple[Any, ...]) -> None:
    kind, behaviour, *values = case
    with pytest.raises((Exception, pytest.fail.Exception)) as caught:
        await getattr(subject(kind), behaviour)(*values)
    assert not isinstance(caught.value, AttributeError | TypeError)
    if behaviour != "test_a_check_where_nobody_listens_raises":  # the real adapter has no check
        await getattr(subject(OpenAIVideos), behaviour)(*values)


@pytest.mark.parametrize("status", [401, 500])
async def test_the_kit_notices_a_key_in_an_error(status: int, caplog: pytest.LogCaptureFixture) -> None:
    behaviour = "test_no_error_and_no_log_line_shows_the_key"
    with pytest.raises(AssertionError, match="canary"):
        await getattr(subject(Naive), behaviour)(status, caplog)
    caplog.clear()
    await getattr(subject(OpenAIVideos), behaviour)(status, caplog)


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
        Said("passed", "one", "test_a_key_stays_here"),
        Said("failed", "one", "test_a_key_stays_here"),
        Said("skipped", "two", "test_a_key_stays_here"),
        Said("skipped", "two", "test_it_stops"),
        Said("passed", "two", "test_it_stops"),
    ]
    assert results(reports) == {
        "test_a_key_stays_here": {"one": "FAIL", "two": "-"},
        "test_it_stops": {"two": "ok"},
    }
    assert contract_table(reports) == [
        "the provider contract: 2 behaviours, 2 adapters",
        "",
        "                  one  two",
        "a key stays here  FAIL  -",
        "it stops               ok",
    ]
    assert [line for line in contract_table(reports, width=10) if line.endswith(("one", "two"))] != []
    assert contract_table([Said("passed")]) == []


@pytest.mark.parametrize("name", ["FakeProvider", "ScriptedVendor"])
def test_a_host_uses_it_without_pytest(name: str) -> None:
    code = f"import sys; from cutaway.testing import {name}; print('pytest' in sys.modules, 'av' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.split() == ["False", "False"]
