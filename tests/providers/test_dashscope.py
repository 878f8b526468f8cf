"""The DashScope adapter: exact bodies of each mode, 200s that are refusals, billed seconds, and prices by region."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest
import respx

from cutaway.contract import GenerationRequest, Handle, InputFile, Placing
from cutaway.errors import ConfigError, NotConfiguredError, ProviderError
from cutaway.testing import KEY as CANARY
from cutaway.testing import ProviderContract
from cutaway_providers.dashscope import provider
from cutaway_providers.dashscope.vendor import DashScope
from providers.ordering import order, placing, ref

BASE: Final = "https://dashscope-intl.aliyuncs.com"
ORDERS: Final = f"{BASE}/api/v1/services/aigc/video-generation/video-synthesis"
KEY: Final = "sk-0123456789abcdef"
SHAPES: Final = json.loads((Path(__file__).parent / "shapes" / "dashscope.json").read_text().replace("{base}", BASE))
JOB: Final = SHAPES["native_id"]
TASK: Final = f"{BASE}/api/v1/tasks/{JOB}"


class TestDashScope(ProviderContract):
    shapes = Path(__file__).parent / "shapes" / "dashscope.json"

    def build(self, base_url: str, **settings: Any) -> DashScope:
        vendor = provider(base_url=f"{base_url}/api/v1", api_key=CANARY, **settings)
        assert isinstance(vendor, DashScope)
        return vendor


@asynccontextmanager
async def account(**settings: Any) -> AsyncIterator[DashScope]:
    vendor = provider(**({"api_key": KEY} | settings))
    assert isinstance(vendor, DashScope)
    try:
        yield vendor
    finally:
        await vendor.aclose()


async def sent(model: str, request: GenerationRequest) -> dict[str, Any]:
    """The body that an order becomes."""
    with respx.mock:
        route = respx.post(ORDERS).respond(200, json=SHAPES["accepted"]["submit"]["json"])
        async with account() as us:
            handle = await us.submit(model, request, placing(request))
        assert handle.native_id == JOB
        (call,) = route.calls
        assert call.request.headers["authorization"] == f"Bearer {KEY}"
        assert call.request.headers["x-dashscope-async"] == "enable"
        body: dict[str, Any] = json.loads(call.request.content)
        return body


async def test_words_become_a_task_of_wan_3() -> None:
    assert await sent("wan3.0-video", order(audio=True)) == {
        "model": "wan3.0-video",
        "input": {"prompt": "a fox crosses a street"},
        "parameters": {
            "resolution": "720P",
            "ratio": "16:9",
            "duration": 5,
            "seed": 7,
            "watermark": False,
            "audio": True,
        },
    }


async def test_an_edit_of_wan_2_7_keeps_length_shape_and_sound_of_its_source() -> None:
    request = order(ref("reference", 2), ref("source_video", duration_s=4.7), operation="edit", duration_s=4.7)
    assert await sent("wan2.7-videoedit", request) == {
        "model": "wan2.7-videoedit",
        "input": {
            "prompt": "a fox crosses a street",
            "negative_prompt": "blur",
            "media": [
                {"type": "video", "url": "https://store.test/1"},
                {"type": "reference_image", "url": "https://store.test/2"},
            ],
        },
        "parameters": {"resolution": "720P", "seed": 7, "watermark": False, "audio_setting": "origin"},
    }
    shorter = order(ref("source_video", duration_s=8.0), operation="edit", duration_s=3)
    assert (await sent("wan2.7-videoedit", shorter))["parameters"]["duration"] == 3


async def test_a_picture_gives_the_clip_its_shape() -> None:
    request = order(ref("reference_audio", 3), ref("last_frame", 2), ref("first_frame"))
    body = await sent("wan2.7-i2v", request)
    assert [one["type"] for one in body["input"]["media"]] == ["first_frame", "last_frame", "driving_audio"]
    assert "ratio" not in body["parameters"]


async def test_wan_3_edits_by_reference_video() -> None:
    request = order(ref("source_video", duration_s=5.0), operation="edit")
    body = await sent("wan3.0-video", request)
    assert body["input"]["media"] == [{"type": "reference_video", "url": "https://store.test/1"}]
    assert body["parameters"]["duration"] == 5


async def test_a_picture_without_an_address_goes_inside_the_order(tmp_path: Path) -> None:
    picture = tmp_path / "p.png"
    picture.write_bytes(b"abc")
    one = ref("first_frame")
    with respx.mock:
        route = respx.post(ORDERS).respond(200, json=SHAPES["accepted"]["submit"]["json"])
        async with account() as us:
            inputs = {one.sha256: InputFile(picture, "image/png", 3)}
            await us.submit("wan2.7-i2v", order(one), Placing("op-1", inputs=inputs))
    assert json.loads(route.calls[0].request.content)["input"]["media"][0]["url"] == "data:image/png;base64,YWJj"


@pytest.mark.parametrize(
    ("model", "request_", "said"),
    [
        ("wan3.0-video", order(duration_s=1), "makes no 1 s"),
        ("wan3.0-video", order(duration_s=5.5), "makes no 5.5 s"),
        ("wan2.7-t2v", order(width_px=848, height_px=480), "848x480"),
        ("wan2.7-t2v", order(width_px=1680, height_px=720), "1680x720"),
        ("wan2.7-i2v", order(), "needs a first_frame"),
        ("wan3.0-video", order(ref("last_frame")), "without a first_frame"),
        ("wan3.0-video", order(ref("first_frame"), ref("reference", 2)), "separate orders"),
        ("wan3.0-video", order(operation="edit"), "needs a source_video"),
        ("wan3.0-video", order(ref("source_video", duration_s=12.0), operation="edit", duration_s=25), "together"),
        ("wan2.7-videoedit", order(ref("source_video", duration_s=8.0), operation="edit", duration_s=3.5), "3.5 s"),
        ("wan2.7-t2v", order(ref("first_frame")), "takes no first_frame"),
    ],
)
async def test_what_it_cannot_do_is_refused_before_anything_is_sent(
    model: str, request_: GenerationRequest, said: str
) -> None:
    with respx.mock:
        async with account() as us:
            with pytest.raises(ProviderError, match=said) as caught:
                await us.submit(model, request_, placing(request_))
    assert caught.value.kind == "unsupported"


async def test_a_video_without_an_address_is_refused() -> None:
    request = order(ref("source_video", duration_s=4.0), operation="edit", duration_s=4)
    with respx.mock:
        async with account() as us:
            with pytest.raises(ProviderError, match="public https address"):
                await us.submit("wan2.7-videoedit", request, placing(request, url=""))


@pytest.mark.parametrize("status", ["its own", 200])
@pytest.mark.parametrize("kind", SHAPES["refusals"])
async def test_refusals_have_their_kind_even_as_a_200(kind: str, status: Any) -> None:
    reply = SHAPES["refusals"][kind]["submit"]
    with respx.mock:
        respx.post(ORDERS).respond(reply["status"] if status == "its own" else status, json=reply["json"])
        async with account() as us:
            with pytest.raises(ProviderError) as caught:
                await us.submit("wan3.0-video", order(), placing(order()))
    assert caught.value.kind == kind
    assert caught.value.retryable is (kind == "quota")


async def polled(reply: dict[str, Any], data: dict[str, Any] | None = None) -> Any:
    handle = Handle(provider="dashscope", model="wan3.0-video", native_id=JOB, data=data or {})
    with respx.mock:
        respx.get(TASK).respond(reply["status"], json=reply["json"])
        async with account() as us:
            return await us.poll(handle)


@pytest.mark.parametrize("state", SHAPES["polls"])
async def test_polls_have_their_state(state: str) -> None:
    status = await polled(SHAPES["polls"][state]["poll"], {"usd_per_s": "0.10"})
    assert status.state == state
    assert status.outputs == ((f"{BASE}/files/out.mp4",) if state == "succeeded" else ())
    assert status.cost_usd == (Decimal(SHAPES["cost_usd"]) if state == "succeeded" else None)


@pytest.mark.parametrize("kind", SHAPES["failures"])
async def test_failures_have_their_kind(kind: str) -> None:
    status = await polled(SHAPES["failures"][kind]["poll"])
    assert status.state == "failed"
    assert status.failure.kind == kind


async def test_odd_answers_are_not_taken_for_progress() -> None:
    with pytest.raises(ProviderError, match="POLISHING"):
        await polled(SHAPES["unknown_word"]["poll"])
    with pytest.raises(ProviderError, match="Throttling") as caught:
        await polled({"status": 200, "json": {"code": "Throttling", "message": "slow down"}})
    assert caught.value.kind == "quota"
    assert (await polled(SHAPES["gone"]["poll"])).state == "lost"
    done = {"status": 200, "json": {"output": {"task_id": JOB, "task_status": "SUCCEEDED"}}}
    assert (await polled(done)).failure.kind == "provider"


@pytest.mark.parametrize(("answer", "stopped"), [(200, True), (400, False)])
async def test_only_a_waiting_job_is_cancelled(answer: int, stopped: bool) -> None:
    with respx.mock:
        respx.post(f"{TASK}/cancel").respond(answer, json={"request_id": "r-3"})
        async with account() as us:
            handle = Handle(provider="dashscope", model="wan3.0-video", native_id=JOB)
            assert await us.cancel(handle) is stopped


async def test_regions_differ_in_address_and_price() -> None:
    async with account(region="cn") as us:
        assert us.client.base_url == "https://dashscope.aliyuncs.com/api/v1"
        price = {one.id: one.price for one in us.profiles()}["wan3.0-video"]
        assert price is not None
        assert price.upper_bound_usd(order()) == Decimal("0.082513") * 5
    own = {"id": "wan2.7-t2v", "price": {"usd_per_s": "0.2", "source": "our contract", "as_of": "2026-11-01"}}
    async with account(region="us", models=[own]) as us:
        prices = {one.id: one.price for one in us.profiles()}
        assert prices["wan3.0-video"] is None
        assert prices["wan2.7-t2v"] is not None
    with pytest.raises(ConfigError, match="region"):
        provider(api_key=KEY, region="mars")
    with pytest.raises(NotConfiguredError, match="no key"):
        provider()


async def test_the_check_asks_for_a_job_nobody_has() -> None:
    with respx.mock:
        respx.get(url__regex=rf"{BASE}/api/v1/tasks/0+").respond(200, json=SHAPES["polls"]["expired"]["poll"]["json"])
        async with account() as us:
            assert "answers" in await us.check()


def test_an_edit_bills_what_goes_in_and_what_comes_out() -> None:
    price = {one.id: one.price for one in provider.models()}["wan2.7-videoedit"]
    assert price is not None
    request = order(ref("source_video", duration_s=4.7), operation="edit", duration_s=4.7)
    assert price.upper_bound_usd(request) == Decimal("1.00")


async def test_happyhorse_takes_its_pictures_like_wan() -> None:
    for region, cost in (("intl", Decimal("0.70")), ("cn", Decimal("0.618845"))):
        async with account(region=region) as us:
            models = {one.id: one for one in us.profiles() if one.family == "happyhorse-1.1"}
        assert sorted(models) == ["happyhorse-1.1-i2v", "happyhorse-1.1-r2v", "happyhorse-1.1-t2v"]
        for one in models.values():
            assert one.price is not None
            assert one.price.upper_bound_usd(order()) == cost
    body = await sent("happyhorse-1.1-r2v", order(ref("reference", 1), ref("reference", 2)))
    assert body["input"] == {
        "prompt": "a fox crosses a street",
        "media": [{"type": "reference_image", "url": f"https://store.test/{number}"} for number in (1, 2)],
    }
