"""The /v1/videos adapter: its wire, its settings, and its behaviour against a vendor that breaks everything."""

from __future__ import annotations

import asyncio
import email.parser
import email.policy
import logging
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest
import respx
from bench.faulty_provider import AFTER, BEFORE, FaultyProvider, Tier, read_truth

from cutaway.contract import (
    Brief,
    GenerationRequest,
    Handle,
    InputFile,
    InputRef,
    InputRole,
    NativeRef,
    OperationKind,
    Placing,
    RemoteProvider,
    Size,
    SubmitTier,
)
from cutaway.errors import (
    ConfigError,
    FailureKind,
    MediaError,
    NotConfiguredError,
    ProviderError,
    StaleLeaseError,
    SubmitUnknownError,
)
from cutaway.media.probe import probe
from cutaway.registry import build
from cutaway_providers.openai_videos import provider
from cutaway_providers.openai_videos.vendor import OpenAIVideos

URL = "https://vendor.test/v1"
KEY = "sk-canary-0123456789abcdef"
REFERENCE = "metadata[cutaway_key]"
PRICE = {"usd_per_s": 0.1, "source": "price list", "as_of": "2026-11-01"}
MODEL: dict[str, Any] = {"id": "wan2.2", "price": PRICE}
HANDLE = Handle(provider="openai_videos", model="wan2.2", native_id="video_1")
TIERS: dict[Tier, SubmitTier] = {"A": "deduplicates", "B": "findable", "C": "listable", "D": "blind"}


def order(prompt: str = "a fox crosses a street", duration_s: float = 1) -> GenerationRequest:
    return GenerationRequest(
        brief=Brief(prompt=prompt, negative="blur"),
        duration_s=duration_s,
        size=Size(width_px=64, height_px=48),
        seed=7,
    )


def built(**settings: Any) -> OpenAIVideos:
    vendor = provider(**settings)
    assert isinstance(vendor, OpenAIVideos)
    return vendor


@asynccontextmanager
async def account(url: str = URL, **settings: Any) -> AsyncIterator[OpenAIVideos]:
    vendor = built(**({"base_url": url, "models": [MODEL], "api_key": KEY} | settings))
    try:
        yield vendor
    finally:
        await vendor.aclose()


@asynccontextmanager
async def hell(
    folder: Path, tier: Tier = "A", *faults: str, work_s: float = 0, **options: Any
) -> AsyncIterator[tuple[FaultyProvider, OpenAIVideos]]:
    """A faulty vendor where each named fault always happens, and an adapter that knows its tier."""
    settings: dict[str, Any] = {"submit_tier": TIERS[tier], "read_s": 0.3, "total_s": 5}
    if tier == "B":
        settings["reference_field"] = REFERENCE
    always = dict.fromkeys(faults, 1.0)
    async with (
        FaultyProvider(folder / "truth.jsonl", tier, always, work_s=work_s, **options) as vendor,
        account(vendor.base_url, **settings) as us,
    ):
        yield vendor, us


def fields(request: httpx.Request) -> list[tuple[str, str, str | None]]:
    """Name, text and file name of every part of a multipart body, in order."""
    head = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
    parts = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(head + request.content).iter_parts()
    found = []
    for part in parts:
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        found.append((str(part.get_param("name", header="content-disposition")), content.decode(), part.get_filename()))
    return found


async def download(us: OpenAIVideos, handle: Handle) -> bytes:
    return b"".join([piece async for piece in us.fetch(handle, "content")])


# --- the wire ---------------------------------------------------------------------------------------------------------


@respx.mock
async def test_an_order_is_one_multipart_post_with_the_plain_fields() -> None:
    route = respx.post(f"{URL}/videos").respond(200, json={"id": "video_1", "status": "queued"})
    async with account() as us:
        handle = await us.submit("wan2.2", order("ein Fuchs, naß", 4.5), Placing("op-1"))
    assert handle == HANDLE
    (call,) = route.calls
    assert call.request.headers["content-type"].startswith("multipart/form-data; boundary=")
    assert call.request.headers["authorization"] == f"Bearer {KEY}"
    assert "idempotency-key" not in call.request.headers
    assert fields(call.request) == [
        ("prompt", "ein Fuchs, naß", None),
        ("model", "wan2.2", None),
        ("seconds", "4.5", None),
        ("size", "64x48", None),
    ]


@respx.mock
async def test_a_model_gets_the_fields_its_settings_name() -> None:
    route = respx.post(f"{URL}/videos").respond(200, json={"id": "video_1"})
    model = MODEL | {
        "vendor_model": "Wan-AI/Wan2.2",
        "sends": ["seed", "negative_prompt", "num_frames"],
        "extra": {"num_inference_steps": 30, "generate_sound": False},
    }
    async with account(models=[model]) as us:
        await us.submit("wan2.2", order(), Placing("op-1"))
    sent = {name: text for name, text, _ in fields(route.calls.last.request)}
    assert sent["model"] == "Wan-AI/Wan2.2"
    assert (sent["seed"], sent["negative_prompt"], sent["num_frames"]) == ("7", "blur", "24")
    assert (sent["num_inference_steps"], sent["generate_sound"]) == ("30", "false")


@respx.mock
async def test_the_key_travels_as_the_tier_wants_it() -> None:
    route = respx.post(f"{URL}/videos").respond(200, json={"id": "video_1"})
    async with account(submit_tier="deduplicates") as us:
        await us.submit("wan2.2", order(), Placing("op-1"))
    assert route.calls.last.request.headers["idempotency-key"] == "op-1"
    async with account(submit_tier="findable", reference_field=REFERENCE) as us:
        await us.submit("wan2.2", order(), Placing("op-1"))
    assert (REFERENCE, "op-1", None) in fields(route.calls.last.request)
    assert "idempotency-key" not in route.calls.last.request.headers


@pytest.mark.parametrize("data", [{}, {"id": ""}, {"id": 5}, {"id": ".."}, {"id": "x" * 2000}])
@respx.mock
async def test_an_accepted_order_without_a_usable_id_is_unknown(data: dict[str, Any]) -> None:
    respx.post(f"{URL}/videos").respond(200, json=data)
    async with account() as us:
        with pytest.raises(SubmitUnknownError):
            await us.submit("wan2.2", order(), Placing("op-1"))


@pytest.mark.parametrize(
    ("model", "request_"),
    [
        ("other", order()),
        ("wan2.2", order().model_copy(update={"operation": "edit"})),
        ("wan2.2", order().model_copy(update={"modality": "image"})),
        (
            "wan2.2",
            order().model_copy(
                update={"inputs": (InputRef(sha256="a" * 64, role="reference", media_type="image/png"),)}
            ),
        ),
    ],
)
@respx.mock
async def test_an_order_the_dialect_cannot_carry_is_refused_before_anything_is_sent(
    model: str, request_: GenerationRequest
) -> None:
    route = respx.post(f"{URL}/videos")
    async with account() as us:
        with pytest.raises(ProviderError) as caught:
            await us.submit(model, request_, Placing("op-1"))
    assert caught.value.kind == "unsupported"
    assert not route.called


EDITOR = MODEL | {
    "operations": ["generate", "edit", "extend"],
    "input_roles": ["first_frame", "source_video"],
    "extra": {"steps": 4},
}


def with_input(role: InputRole, operation: OperationKind = "generate", native: str = "") -> GenerationRequest:
    """An order with one input, made by the instance `native` when that is named."""
    media_type = "image/png" if role == "first_frame" else "video/mp4"
    made = NativeRef(provider=native, native_id="video_0") if native else None
    ref = InputRef(sha256="a" * 64, role=role, media_type=media_type, native=made)
    return order(duration_s=4).model_copy(update={"operation": operation, "inputs": (ref,)})


@respx.mock
async def test_a_first_frame_goes_along_as_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"png")
    files = {"a" * 64: InputFile(tmp_path / "a.png", "image/png", 3)}
    route = respx.post(f"{URL}/videos").respond(200, json={"id": "video_1"})
    async with account(models=[EDITOR]) as us:
        await us.submit("wan2.2", with_input("first_frame"), Placing("op-1", inputs=files))
    assert fields(route.calls.last.request)[-1] == ("input_reference", "png", "first_frame.png")


@pytest.mark.parametrize(
    ("operation", "path", "seconds"), [("edit", "edits", []), ("extend", "extensions", [("seconds", "4", None)])]
)
@respx.mock
async def test_an_edit_names_the_servers_own_clip_and_sends_any_other(
    operation: OperationKind, path: str, seconds: list[Any], tmp_path: Path
) -> None:
    (tmp_path / "a.mp4").write_bytes(b"mp4")
    files = {"a" * 64: InputFile(tmp_path / "a.mp4", "video/mp4", 3)}
    route = respx.post(f"{URL}/videos/{path}").respond(200, json={"id": "video_1"})
    plain = [("prompt", "a fox crosses a street", None), *seconds, ("steps", "4", None)]
    sources = {
        "openai_videos": ("video[id]", "video_0", None),
        "another": ("video", "mp4", "source_video.mp4"),
        "": ("video", "mp4", "source_video.mp4"),
    }
    async with account(models=[EDITOR]) as us:
        for native, source in sources.items():
            await us.submit("wan2.2", with_input("source_video", operation, native), Placing("op-1", inputs=files))
            assert fields(route.calls.last.request) == [*plain, source]
        (profile,) = us.profiles()
    assert profile.native_edit


@pytest.mark.parametrize(
    ("change", "request_"),
    [
        ({}, with_input("source_video")),
        ({}, with_input("first_frame", "edit")),
        ({}, order().model_copy(update={"operation": "edit"})),
        ({}, with_input("first_frame").model_copy(update={"inputs": with_input("first_frame").inputs * 2})),
        ({"required_roles": ["first_frame"]}, order()),
        ({"operations": ["generate"]}, with_input("source_video", "edit")),
    ],
)
@respx.mock
async def test_inputs_that_do_not_belong_to_an_operation_are_refused(
    change: dict[str, Any], request_: GenerationRequest
) -> None:
    async with account(models=[EDITOR | change]) as us:
        with pytest.raises(ProviderError) as caught:
            await us.submit("wan2.2", request_, Placing("op-1"))
    assert caught.value.kind == "unsupported"
    assert not respx.calls


async def test_edits_cannot_be_told_apart_by_content() -> None:
    async with account(models=[EDITOR], submit_tier="listable") as us:
        with pytest.raises(ProviderError) as caught:
            await us.find("wan2.2", with_input("source_video", "edit"), "op-1")
    assert caught.value.kind == "unknown"


@pytest.mark.parametrize(
    ("data", "state", "progress", "cost"),
    [
        ({"status": "queued"}, "queued", None, None),
        ({"status": "in_progress", "progress": 40}, "running", 0.4, None),
        ({"status": "in_progress", "progress": 900}, "running", 1.0, None),
        ({"status": "in_progress", "progress": "half"}, "running", None, None),
        ({"status": "completed", "progress": 100, "usage": {"cost": 0.35}}, "succeeded", 1.0, Decimal("0.35")),
        ({"status": "completed", "cost_usd": "1.20"}, "succeeded", None, Decimal("1.20")),
        ({"status": "completed", "usage": {"cost": -1}}, "succeeded", None, None),
        ({"status": "completed", "usage": {"cost": 1e30}}, "succeeded", None, None),
        ({"status": "completed", "usage": {"cost": True}}, "succeeded", None, None),
        ({"status": "completed", "usage": {"cost": "NaN"}}, "succeeded", None, None),
        ({"status": "completed", "usage": 3}, "succeeded", None, None),
        ({"status": "cancelled"}, "cancelled", None, None),
        ({"status": "failed", "error": {"code": "cancelled"}}, "cancelled", None, None),
        ({"status": "expired"}, "expired", None, None),
    ],
)
@respx.mock
async def test_a_poll_reads_state_progress_and_cost(
    data: dict[str, Any], state: str, progress: float | None, cost: Decimal | None
) -> None:
    respx.get(f"{URL}/videos/video_1").respond(200, json=data, headers={"openai-poll-after-ms": "1500"})
    async with account() as us:
        status = await us.poll(HANDLE)
    assert (status.state, status.progress, status.cost_usd) == (state, progress, cost)
    assert status.poll_after_s == 1.5
    assert status.outputs == (("content",) if state == "succeeded" else ())


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        ({"code": "moderation_blocked", "message": "no"}, "policy"),
        ({"code": "insufficient_quota", "message": "no"}, "balance"),
        ({"code": "rate_limit_exceeded", "message": "no"}, "quota"),
        ({"type": "invalid_request_error", "code": None}, "invalid"),
        ({"code": "gpu_on_fire"}, "provider"),
        ("just words", "provider"),
        (None, "provider"),
    ],
)
@respx.mock
async def test_a_failed_job_says_why(error: Any, kind: FailureKind) -> None:
    respx.get(f"{URL}/videos/video_1").respond(200, json={"status": "failed", "error": error})
    async with account() as us:
        status = await us.poll(HANDLE)
    assert status.failure is not None
    assert status.failure.kind == kind
    assert status.failure.message


@respx.mock
async def test_a_word_nobody_knows_is_not_taken_for_queued() -> None:
    respx.get(f"{URL}/videos/video_1").respond(200, json={"status": "pondering"})
    async with account() as us:
        with pytest.raises(ProviderError, match="pondering") as caught:
            await us.poll(HANDLE)
    assert caught.value.kind == "unsupported"


@respx.mock
async def test_a_job_the_server_forgot_is_lost_and_an_outage_is_not() -> None:
    route = respx.get(f"{URL}/videos/video_1")
    async with account() as us:
        route.respond(404, json={"error": {"message": "unknown id"}})
        assert (await us.poll(HANDLE)).state == "lost"
        route.respond(503)
        with pytest.raises(ProviderError) as caught:
            await us.poll(HANDLE)
    assert caught.value.retryable


@respx.mock
async def test_an_id_cannot_leave_its_place_in_the_path() -> None:
    route = respx.get(url__regex=r".*").respond(200, json={"status": "queued"})
    async with account() as us:
        await us.poll(HANDLE.model_copy(update={"native_id": "../files?a=b#c"}))
    assert route.calls.last.request.url.raw_path == b"/v1/videos/..%2Ffiles%3Fa%3Db%23c"


# --- look-ups ---------------------------------------------------------------------------------------------------------

SINCE = datetime(2026, 11, 20, 12, 0, 0, tzinfo=UTC)


def listed(name: str, after_s: float = 1, **changes: Any) -> dict[str, Any]:
    """A job as a list shows it, created `after_s` seconds after the order's intent."""
    job = {"id": name, "prompt": "a fox crosses a street", "model": "wan2.2", "size": "64x48", "seconds": "1"}
    return job | {"created_at": int(SINCE.timestamp() + after_s)} | changes


@pytest.mark.parametrize(
    "other",
    [
        listed("old", -60),
        listed("other", prompt="a hen"),
        listed("other", model="wan3"),
        listed("other", size="48x64"),
        listed("other", seconds="2"),
    ],
    ids=["older", "prompt", "model", "size", "seconds"],
)
@respx.mock
async def test_a_listed_job_is_found_by_content_and_age(other: dict[str, Any]) -> None:
    route = respx.get(f"{URL}/videos")
    async with account(submit_tier="listable") as us:
        route.respond(200, json={"data": [other], "has_more": False})
        assert await us.find("wan2.2", order(), "op-1", SINCE) is None
        route.respond(200, json={"data": [listed("ours"), other], "has_more": False})
        found = await us.find("wan2.2", order(), "op-1", SINCE)
    assert found is not None
    assert found.native_id == "ours"


@pytest.mark.parametrize(
    "answer",
    [
        {"data": [listed("one"), listed("two")]},
        {"data": [{"id": "one", "created_at": SINCE.timestamp() + 1}]},
        {"data": [listed("one", prompt="a hen")], "has_more": True},
        {"videos": []},
        {"data": [listed(".")]},
    ],
    ids=["two match", "no content", "pages repeat", "no list", "no usable id"],
)
@respx.mock
async def test_a_list_that_leaves_doubt_never_says_not_there(answer: dict[str, Any]) -> None:
    respx.get(f"{URL}/videos").respond(200, json=answer)
    async with account(submit_tier="listable") as us:
        with pytest.raises(ProviderError) as caught:
            await us.find("wan2.2", order(), "op-1", SINCE)
    assert caught.value.kind == "unknown"


@respx.mock
async def test_a_search_reads_pages_until_they_are_older_than_the_order() -> None:
    pages = {
        "": {"data": [listed("a", 9, prompt="x"), listed("b", 8, prompt="x")], "last_id": "b", "has_more": True},
        "b": {"data": [listed("c", 7), listed("d", -900)], "last_id": "d", "has_more": True},
    }
    asked = []

    def page(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.params.get("after", ""))
        return httpx.Response(200, json=pages[asked[-1]])

    respx.get(f"{URL}/videos").mock(side_effect=page)
    async with account(submit_tier="listable") as us:
        found = await us.find("wan2.2", order(), "op-1", SINCE)
    assert asked == ["", "b"]
    assert found is not None
    assert found.native_id == "c"


@pytest.mark.parametrize("tier", ["deduplicates", "blind"])
async def test_a_tier_without_a_search_says_so_and_never_not_there(tier: str) -> None:
    async with account(submit_tier=tier) as us:
        with pytest.raises(ProviderError, match=tier) as caught:
            await us.find("wan2.2", order(), "op-1")
    assert caught.value.kind == "unsupported"


@pytest.mark.parametrize("tier", ["B", "C"])
async def test_an_order_whose_answer_was_lost_is_found_at_the_vendor(tier: Tier, tmp_path: Path) -> None:
    before = datetime.now(UTC)
    async with hell(tmp_path, tier, "drop_after", page=2) as (vendor, us):
        for number in range(5):
            with pytest.raises(SubmitUnknownError):
                await us.submit("wan2.2", order(f"fox {number}"), Placing(f"op-{number}"))
        found = await us.find("wan2.2", order("fox 1"), "op-1", before)
        assert found is not None
        assert vendor.jobs[found.native_id].fields["prompt"] == "fox 1"
        assert await us.find("wan2.2", order("hen"), "op-9", before) is None


async def test_a_repeated_key_gives_the_first_job_and_another_body_is_unknown(tmp_path: Path) -> None:
    async with hell(tmp_path, "A") as (vendor, us):
        first = await us.submit("wan2.2", order(), Placing("op-1"))
        assert await us.submit("wan2.2", order(), Placing("op-1")) == first
        with pytest.raises(SubmitUnknownError):
            await us.submit("wan2.2", order("another"), Placing("op-1"))
        assert len(vendor.jobs) == 1


# --- one POST, whatever happens ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("tier", ["A", "D"])
@pytest.mark.parametrize("fault", [*BEFORE, *AFTER])
async def test_every_fault_costs_exactly_one_post_and_is_judged_by_what_can_be_known(
    fault: str, tier: Tier, tmp_path: Path
) -> None:
    async with hell(tmp_path, tier, fault) as (vendor, us):
        with pytest.raises(ProviderError) as caught:
            await us.submit("wan2.2", order(), Placing("op-1"))
        assert vendor.posts == 1
        assert len(vendor.jobs) == (fault in AFTER)
    assert isinstance(caught.value, SubmitUnknownError) is (fault != "429")
    if fault == "429":
        assert (caught.value.kind, caught.value.retryable, caught.value.retry_after_s) == ("quota", True, 7.0)


async def test_a_lost_lease_sends_nothing(tmp_path: Path) -> None:
    def still_ours() -> None:
        raise StaleLeaseError("The lease ran out.")

    async with hell(tmp_path) as (vendor, us):
        with pytest.raises(StaleLeaseError):
            await us.submit("wan2.2", order(), Placing("op-1", still_ours))
        assert vendor.posts == 0


async def test_no_fault_shows_the_key_in_an_error_or_a_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    said = []
    for number, fault in enumerate((*BEFORE, *AFTER, "wrong key")):
        folder = tmp_path / str(number)
        folder.mkdir()
        wrong_key = fault == "wrong key"
        faults = () if wrong_key else (fault,)
        async with hell(folder, "A", *faults, api_key="another" if wrong_key else None) as (_, us):
            with pytest.raises(ProviderError) as caught:
                await us.submit("wan2.2", order(), Placing("op-1"))
            said.append(f"{caught.value!r} {caught.value.data()} {us!r} {us.account!r}")
    assert KEY[:12] not in " ".join(said) + caplog.text
    assert "answered 401" in said[-1]


# --- downloads and cancels --------------------------------------------------------------------------------------------


async def test_an_order_becomes_the_ordered_video(tmp_path: Path) -> None:
    async with hell(tmp_path) as (_, us):
        handle = await us.submit("wan2.2", order(duration_s=2), Placing("op-1"))
        status = await us.poll(handle)
        content = await download(us, handle)
    assert (status.state, status.cost_usd) == ("succeeded", Decimal("0.2"))
    (tmp_path / "clip.mp4").write_bytes(content)
    clip = probe(tmp_path / "clip.mp4")
    assert (clip.width_px, clip.height_px) == (64, 48)
    assert clip.duration_s == pytest.approx(2, abs=0.05)


@pytest.mark.parametrize(("fault", "words"), [("cut", "broke off"), ("html", "not a video"), ("endless", "over")])
async def test_a_broken_download_raises(fault: str, words: str, tmp_path: Path) -> None:
    async with hell(tmp_path, "A", fault) as (vendor, us):
        us = built(base_url=vendor.base_url, models=[MODEL], max_download_bytes=1_000_000)
        handle = await us.submit("wan2.2", order(), Placing("op-1"))
        with pytest.raises(ProviderError, match=words):
            await download(us, handle)
        await us.aclose()
    assert [line["event"] for line in read_truth(vendor.truth)].count("fetched") == 0


async def test_half_a_file_with_a_matching_length_is_no_clip(tmp_path: Path) -> None:
    async with hell(tmp_path, "A", "truncated") as (_, us):
        handle = await us.submit("wan2.2", order(), Placing("op-1"))
        (tmp_path / "clip.mp4").write_bytes(await download(us, handle))
    with pytest.raises(MediaError):
        probe(tmp_path / "clip.mp4")


async def test_an_expired_link_may_be_asked_for_again(tmp_path: Path) -> None:
    async with hell(tmp_path, "A", "expired") as (_, us):
        handle = await us.submit("wan2.2", order(), Placing("op-1"))
        with pytest.raises(ProviderError) as caught:
            await download(us, handle)
        assert (caught.value.status, caught.value.retryable) == (410, True)
        assert len(await download(us, handle)) > 500


@pytest.mark.parametrize(
    "target", ["https://169.254.169.254/", "https://[::ffff:10.0.0.1]/", "https://2852039166/", "http://127.0.0.1:9/"]
)
async def test_a_result_that_points_into_the_house_is_refused(target: str, tmp_path: Path) -> None:
    async with hell(tmp_path, "A", "redirect", redirect_to=target) as (_, us):
        handle = await us.submit("wan2.2", order(), Placing("op-1"))
        with pytest.raises(ProviderError, match=r"not public|not https"):
            await download(us, handle)


async def test_cancelling_stops_an_open_job_and_never_destroys_a_finished_one(tmp_path: Path) -> None:
    now = datetime.now(UTC).timestamp()
    times = [now]
    async with hell(tmp_path, "A", work_s=60, clock=lambda: times[-1]) as (vendor, us):
        open_, done = [await us.submit("wan2.2", order(), Placing(key)) for key in ("op-1", "op-2")]
        assert await us.cancel(open_) is True
        times.append(now + 100)
        assert await us.cancel(done) is False
        assert await us.cancel(open_) is False
        assert [job.cancelled for job in vendor.jobs.values()] == [True, False]
        assert len(await download(us, done)) > 500


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_the_vendors_truth_and_the_adapters_view_agree_after_many_broken_orders(
    seed: int, tmp_path: Path
) -> None:
    shares = {"drop_before": 0.1, "drop_after": 0.2, "500_before": 0.1, "502_after": 0.1, "429": 0.1, "wrong_bill": 0.2}
    truth = tmp_path / "truth.jsonl"
    view: dict[str, tuple[str, Decimal | None]] = {}
    async with (
        FaultyProvider(truth, "A", shares, seed) as vendor,
        account(vendor.base_url, submit_tier="deduplicates", total_s=5) as us,
    ):

        async def until_known(key: str) -> None:
            while key not in view:
                try:
                    handle = await us.submit("wan2.2", order(f"fox {key}"), Placing(key))
                except ProviderError:
                    continue  # refused, or unknown: at tier A the same key may go again
                view[key] = (handle.native_id, (await us.poll(handle)).cost_usd)

        await asyncio.gather(*(until_known(f"op-{number}") for number in range(40)))
    lines = read_truth(truth)
    accepted = [line for line in lines if line["event"] == "accepted"]
    assert {line["key"]: (line["id"], Decimal(line["charged_micro"]) / 1_000_000) for line in accepted} == view
    assert len(accepted) == 40
    assert vendor.posts == sum(line["event"] == "arrived" for line in lines) > 40


# --- settings ---------------------------------------------------------------------------------------------------------


def test_a_configured_instance_is_a_remote_provider_with_its_models() -> None:
    model = MODEL | {"sizes": ["832x480", "1280x720"], "max_duration_s": 5, "vendor_model": "Wan-AI/Wan2.2"}
    options = {"adapter": "openai_videos", "name": "gpu", "base_url": URL, "models": [model]}
    made = build({"gpu": options})["gpu"]
    assert isinstance(made, RemoteProvider)
    (profile,) = made.profiles()
    assert (profile.id, profile.title, profile.submit_tier, profile.cancel) == (
        "wan2.2",
        "Wan-AI/Wan2.2",
        "blind",
        "best_effort",
    )
    assert [str(size) for size in profile.sizes] == ["832x480", "1280x720"]
    assert profile.price is not None
    assert (profile.price.usd_per_s, profile.price.as_of) == (Decimal("0.1"), date(2026, 11, 1))
    assert type(profile).model_validate_json(profile.model_dump_json()) == profile


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"base_url": None}, "base_url"),
        ({"base_url": "vendor.test"}, "base URL"),
        ({"models": []}, "models"),
        ({"models": [{"id": "wan2.2"}]}, r"models\.0\.price is missing"),
        ({"models": [MODEL | {"price": {"source": "s", "as_of": "2026-11-01"}}]}, r"models\.0\.price.*usd_per_s"),
        ({"models": [MODEL | {"price": {"usd_per_s": "0.1", "source": "s"}}]}, r"models\.0\.price\.as_of"),
        ({"models": [MODEL | {"price": PRICE | {"usd_per_s": -1}}]}, r"models\.0\.price\.usd_per_s"),
        ({"models": [MODEL | {"sizes": ["wide"]}]}, r"models\.0\.sizes"),
        ({"models": [MODEL | {"sizes": 5}]}, r"models\.0\.sizes"),
        ({"models": [MODEL | {"operations": ["upscale"]}]}, "generate, edit and extend"),
        ({"models": [MODEL | {"input_roles": ["last_frame"]}]}, "input_roles"),
        ({"models": [MODEL | {"operations": ["edit"]}]}, "need source_video"),
        ({"submit_tier": "A"}, "submit_tier"),
        ({"submit_tier": "findable"}, "reference_field"),
        ({"api_key": "two\nlines"}, "key"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_settings_that_cannot_work_are_refused_by_name(change: dict[str, Any], words: str) -> None:
    settings = {"adapter": "openai_videos", "base_url": URL, "models": [MODEL], "api_key": KEY} | change
    with pytest.raises(ConfigError, match=words) as caught:
        build({"gpu": {name: value for name, value in settings.items() if value is not None}})
    assert KEY not in str(caught.value)


def test_without_settings_there_is_no_instance_no_warning_and_no_http_library(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(NotConfiguredError):
        provider()
    assert "openai_videos" not in build({})
    assert caplog.text == ""
    code = "import sys; from cutaway.registry import build; build({}); print('httpx' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "False"
