"""The Ark adapter: exact bodies, the charge from tokens, refusals before anything is sent, and a careful cancel."""

from __future__ import annotations

import base64
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import httpx
import pytest
import respx

from cutaway.contract import GenerationRequest, Handle, InputFile, Placing
from cutaway.errors import ConfigError, NotConfiguredError, ProviderError
from cutaway.testing import KEY as CANARY
from cutaway.testing import ProviderContract
from cutaway_providers.ark import provider
from cutaway_providers.ark.vendor import Ark
from providers.ordering import order, placing, ref

BASE: Final = "https://ark.cn-beijing.volces.com"
TASKS: Final = f"{BASE}/api/v3/contents/generations/tasks"
KEY: Final = "ark-0123456789abcdef"
SHAPES: Final = json.loads((Path(__file__).parent / "shapes" / "ark.json").read_text().replace("{base}", BASE))
JOB: Final = SHAPES["native_id"]


class TestArk(ProviderContract):
    shapes = Path(__file__).parent / "shapes" / "ark.json"

    def build(self, base_url: str, **settings: Any) -> Ark:
        vendor = provider(base_url=f"{base_url}/api/v3", api_key=CANARY, **settings)
        assert isinstance(vendor, Ark)
        return vendor


@asynccontextmanager
async def account(**settings: Any) -> AsyncIterator[Ark]:
    vendor = provider(**({"api_key": KEY} | settings))
    assert isinstance(vendor, Ark)
    try:
        yield vendor
    finally:
        await vendor.aclose()


async def sent(model: str, request: GenerationRequest) -> tuple[dict[str, Any], Handle]:
    """The body that an order becomes, and its handle."""
    with respx.mock:
        route = respx.post(TASKS).respond(200, json=SHAPES["accepted"]["submit"]["json"])
        async with account() as ark:
            handle = await ark.submit(model, request, placing(request))
        (call,) = route.calls
        assert call.request.headers["authorization"] == f"Bearer {KEY}"
        body: dict[str, Any] = json.loads(call.request.content)
        return body, handle


async def test_words_become_one_task() -> None:
    body, handle = await sent("doubao-seedance-2.0", order(audio=True))
    assert body == {
        "model": "doubao-seedance-2-0-260128",
        "content": [{"type": "text", "text": "a fox crosses a street"}],
        "resolution": "720p",
        "ratio": "16:9",
        "duration": 5,
        "seed": 7,
        "generate_audio": True,
        "watermark": False,
    }
    assert handle.native_id == JOB
    assert handle.data == {"usd_per_m_tokens": "6.571429"}


async def test_an_edit_sends_its_source_as_a_reference_video_and_its_charge_stays_unknown() -> None:
    request = order(
        ref("reference", 2), ref("source_video", 1, duration_s=4.0), ref("reference_audio", 3), operation="edit"
    )
    body, handle = await sent("doubao-seedance-2.0", request)
    assert body["content"][1:] == [
        {"type": "image_url", "image_url": {"url": "https://store.test/2"}, "role": "reference_image"},
        {"type": "video_url", "video_url": {"url": "https://store.test/1"}, "role": "reference_video"},
        {"type": "audio_url", "audio_url": {"url": "https://store.test/3"}, "role": "reference_audio"},
    ]
    assert handle.data == {}


async def test_frames_keep_their_roles_and_give_seedance_2_5_its_shape() -> None:
    request = order(ref("last_frame", 2), ref("first_frame", 1))
    body, _ = await sent("doubao-seedance-2.5", request)
    assert [item.get("role") for item in body["content"]] == [None, "first_frame", "last_frame"]
    assert body["ratio"] == "adaptive"
    body, _ = await sent("doubao-seedance-2.0", request)
    assert body["ratio"] == "16:9"


async def test_a_picture_without_an_address_goes_inside_the_order(tmp_path: Path) -> None:
    picture = tmp_path / "p.png"
    picture.write_bytes(b"\x89PNG")
    one = ref("first_frame")
    with respx.mock:
        route = respx.post(TASKS).respond(200, json={"id": JOB})
        async with account() as ark:
            inputs = {one.sha256: InputFile(picture, "image/png", 4)}
            await ark.submit("doubao-seedance-2.0", order(one), Placing("op-1", inputs=inputs))
    url = json.loads(route.calls[0].request.content)["content"][1]["image_url"]["url"]
    assert url == "data:image/png;base64," + base64.b64encode(b"\x89PNG").decode()


@pytest.mark.parametrize(
    ("model", "request_", "said"),
    [
        ("doubao-seedance-2.0", order(duration_s=3), "makes no 3 s"),
        ("doubao-seedance-2.0", order(duration_s=5.5), "makes no 5.5 s"),
        ("doubao-seedance-2.0-fast", order(width_px=1920, height_px=1080), "1920x1080"),
        ("doubao-seedance-2.0", order(ref("last_frame")), "without a first_frame"),
        ("doubao-seedance-2.0", order(ref("first_frame"), ref("reference", 2)), "separate orders"),
        ("doubao-seedance-2.0", order(ref("reference_audio")), "only together"),
        ("doubao-seedance-2.0", order(operation="edit"), "needs a source_video"),
        ("doubao-seedance-2.0", order(ref("reference", media_type="application/pdf")), "application/pdf"),
        ("doubao-seedance-2.5", order(ref("reference")), "takes no reference input"),
        ("dreamina-seedance-2.0", order(), "has no model"),
    ],
)
async def test_what_it_cannot_do_is_refused_before_anything_is_sent(
    model: str, request_: GenerationRequest, said: str
) -> None:
    with respx.mock:
        async with account() as ark:
            with pytest.raises(ProviderError, match=said) as caught:
                await ark.submit(model, request_, placing(request_))
    assert caught.value.kind == "unsupported"


async def test_a_video_without_an_address_is_refused() -> None:
    request = order(ref("source_video", duration_s=4.0), operation="edit")
    with respx.mock:
        async with account() as ark:
            with pytest.raises(ProviderError, match="public https address"):
                await ark.submit("doubao-seedance-2.0", request, placing(request, url=""))


@pytest.mark.parametrize("kind", SHAPES["refusals"])
async def test_refusals_have_their_kind(kind: str) -> None:
    reply = SHAPES["refusals"][kind]["submit"]
    with respx.mock:
        respx.post(TASKS).respond(reply["status"], json=reply["json"])
        async with account() as ark:
            with pytest.raises(ProviderError) as caught:
                await ark.submit("doubao-seedance-2.0", order(), placing(order()))
    assert caught.value.kind == kind


async def polled(reply: dict[str, Any], data: dict[str, Any] | None = None) -> Any:
    handle = Handle(provider="ark", model="doubao-seedance-2.0", native_id=JOB, data=data or {})
    with respx.mock:
        respx.get(f"{TASKS}/{JOB}").respond(reply["status"], json=reply["json"])
        async with account() as ark:
            return await ark.poll(handle)


@pytest.mark.parametrize("state", SHAPES["polls"])
async def test_polls_have_their_state(state: str) -> None:
    status = await polled(SHAPES["polls"][state]["poll"], {"usd_per_m_tokens": "6.571429"})
    assert status.state == state
    if state == "succeeded":
        assert status.outputs == (f"{BASE}/files/out.mp4",)
        assert status.cost_usd == Decimal(SHAPES["cost_usd"])
    else:
        assert status.outputs == ()
        assert status.cost_usd == (None if state in {"queued", "running"} else 0)


async def test_a_charge_whose_token_price_is_unknown_is_unknown() -> None:
    assert (await polled(SHAPES["polls"]["succeeded"]["poll"])).cost_usd is None


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("OutputVideoSensitiveContentDetected", "policy"),
        ("OutputVideoSensitiveContentDetected.SomethingNew", "policy"),
        ("InternalServiceError", "provider"),
        ("", "provider"),
    ],
)
async def test_failures_have_their_kind(code: str, kind: str) -> None:
    status = await polled({"status": 200, "json": {"id": JOB, "status": "failed", "error": {"code": code}}})
    assert status.state == "failed"
    assert status.failure.kind == kind


async def test_unknown_words_raise_and_forgotten_jobs_are_lost() -> None:
    with pytest.raises(ProviderError, match="polishing"):
        await polled(SHAPES["unknown_word"]["poll"])
    assert (await polled(SHAPES["gone"]["poll"])).state == "lost"
    done = {"status": 200, "json": {"id": JOB, "status": "succeeded"}}
    assert (await polled(done)).failure.kind == "provider"


@pytest.mark.parametrize(
    ("word", "answer", "stopped"),
    [("queued", 200, True), ("queued", 409, False), ("running", None, False), ("succeeded", None, False)],
)
async def test_only_a_waiting_job_is_deleted(word: str, answer: int | None, stopped: bool) -> None:
    handle = Handle(provider="ark", model="doubao-seedance-2.0", native_id=JOB)
    with respx.mock:
        body = {"id": JOB, "status": word, "content": {"video_url": f"{BASE}/x"}}
        respx.get(f"{TASKS}/{JOB}").respond(200, json=body)
        if answer is not None:
            respx.delete(f"{TASKS}/{JOB}").respond(answer, json={})
        async with account() as ark:
            assert await ark.cancel(handle) is stopped


async def test_the_list_is_read_page_by_page() -> None:
    def page(request: httpx.Request) -> httpx.Response:
        number = int(request.url.params["page_num"])
        count = 100 if number == 1 else 2
        items = [{"id": f"cgt-{number}-{n}", "created_at": 1_795_000_000 + n} for n in range(count)]
        return httpx.Response(200, json={"total": 102, "items": items})

    with respx.mock:
        respx.get(TASKS).mock(side_effect=page)
        async with account() as ark:
            jobs = await ark.listed(datetime.fromtimestamp(1_795_000_000.5, UTC))
    assert len(jobs) == 102


async def test_regions_differ_in_address_and_models() -> None:
    async with account(region="intl") as ark:
        assert ark.client.base_url == "https://ark.ap-southeast.bytepluses.com/api/v3"
        assert [one.id for one in ark.profiles()] == ["dreamina-seedance-2.0"]
    with pytest.raises(ConfigError, match="region"):
        provider(api_key=KEY, region="mars")
    with pytest.raises(ConfigError, match="sold"):
        provider(api_key=KEY, region="intl", only=["doubao-seedance-2.0"])
    with pytest.raises(NotConfiguredError, match="no key"):
        provider()


async def test_the_check_asks_for_the_list() -> None:
    with respx.mock:
        respx.get(TASKS).respond(200, json={"total": 0, "items": []})
        async with account() as ark:
            assert "answers" in await ark.check()


def test_prices_are_bounds_and_byteplus_has_none() -> None:
    known = {one.id: one for one in provider.models()}
    price = known["doubao-seedance-2.0"].price
    assert price is not None
    most, usual = price.upper_bound_usd(order()), price.expected_usd(order())
    charge = Decimal(SHAPES["cost_usd"])
    assert most is not None
    assert usual is not None
    assert usual <= charge <= most
    edit = order(ref("source_video", duration_s=2.0), operation="edit")
    assert price.upper_bound_usd(edit) == Decimal("0.1448") * 9
    assert known["dreamina-seedance-2.0"].price is None
