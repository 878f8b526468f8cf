"""xAI: exact bodies of its three paths, an empty 202, moderated clips, and ticks."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import respx

from cutaway.contract import (
    Brief,
    GenerationRequest,
    Handle,
    InputFile,
    InputRef,
    InputRole,
    Placing,
    RemoteProvider,
    Size,
    Status,
)
from cutaway.errors import FailureKind, ProviderError
from cutaway.testing import KEY as CANARY
from cutaway.testing import ProviderContract
from cutaway_providers.xai import provider
from cutaway_providers.xai.vendor import MAX_DATA_BYTES, XAI

URL = "https://api.x.ai/v1"
KEY = "xai-0123456789abcdef"
HANDLE = Handle(provider="xai", model="grok-imagine-video", native_id="req-1")
BASE, NEWER = "grok-imagine-video", "grok-imagine-video-1.5"


class TestXAI(ProviderContract):
    shapes = Path(__file__).parent / "shapes" / "xai.json"

    def build(self, base_url: str, **settings: Any) -> RemoteProvider:
        vendor = provider(base_url=base_url + "/v1", api_key=CANARY, **settings)
        assert isinstance(vendor, XAI)
        return vendor


@asynccontextmanager
async def account(**settings: Any) -> AsyncIterator[XAI]:
    vendor = provider(**({"api_key": KEY} | settings))
    assert isinstance(vendor, XAI)
    try:
        yield vendor
    finally:
        await vendor.aclose()


def order(width_px: int = 1280, height_px: int = 720, **over: Any) -> GenerationRequest:
    fields: dict[str, Any] = {
        "brief": Brief(prompt="a fox crosses a street"),
        "duration_s": 5,
        "size": Size(width_px=width_px, height_px=height_px),
    }
    return GenerationRequest(**(fields | over))


def ref(role: InputRole, number: int = 1, duration_s: float | None = None) -> InputRef:
    media_type = "video/mp4" if "video" in role else "image/png"
    return InputRef(sha256=f"{number:064x}", role=role, media_type=media_type, duration_s=duration_s)


def at_hand(*refs: InputRef, url: str = "https://store.test/", size_bytes: int = 4) -> Placing:
    files = {
        one.sha256: InputFile(Path("nowhere"), one.media_type, size_bytes, url and url + one.sha256[-1]) for one in refs
    }
    return Placing("op-1", inputs=files)


async def sent(
    request: GenerationRequest, path: str, model: str = BASE, placing: Placing | None = None
) -> dict[str, Any]:
    with respx.mock:
        route = respx.post(f"{URL}/videos/{path}").respond(200, json={"request_id": "req-1"})
        async with account() as us:
            handle = await us.submit(model, request, placing or at_hand(*request.inputs))
        assert handle.native_id == "req-1"
        (call,) = route.calls
        assert call.request.headers["authorization"] == f"Bearer {KEY}"
        body: dict[str, Any] = json.loads(call.request.content)
        return body


async def polled(status: int = 200, **answer: Any) -> Status:
    with respx.mock:
        respx.get(f"{URL}/videos/req-1").respond(status, **answer)
        async with account() as us:
            return await us.poll(HANDLE)


async def test_words_become_a_generation() -> None:
    assert await sent(order(), "generations") == {
        "model": "grok-imagine-video",
        "prompt": "a fox crosses a street",
        "duration": 5,
        "resolution": "720p",
        "aspect_ratio": "16:9",
    }
    assert (await sent(order(1080, 1920), "generations", NEWER))["resolution"] == "1080p"


async def test_pictures_go_as_a_first_frame_or_as_references() -> None:
    body = await sent(order(inputs=(ref("first_frame"),)), "generations")
    assert body["image"] == {"url": "https://store.test/1"}
    body = await sent(order(inputs=(ref("reference"), ref("reference", 2))), "generations", NEWER)
    assert body["reference_images"] == [{"url": "https://store.test/1"}, {"url": "https://store.test/2"}]


async def test_a_picture_without_an_address_goes_as_a_data_uri(tmp_path: Path) -> None:
    one, path = ref("first_frame"), tmp_path / "a.png"
    path.write_bytes(b"data")
    placing = Placing("op-1", inputs={one.sha256: InputFile(path, "image/png", 4)})
    body = await sent(order(inputs=(one,)), "generations", placing=placing)
    assert body["image"] == {"url": "data:image/png;base64,ZGF0YQ=="}


async def test_an_edit_follows_its_source_and_an_extension_has_a_length() -> None:
    source = ref("source_video", duration_s=8)
    assert await sent(order(operation="edit", inputs=(source,)), "edits") == {
        "model": "grok-imagine-video",
        "prompt": "a fox crosses a street",
        "video": {"url": "https://store.test/1"},
    }
    assert await sent(order(operation="extend", inputs=(source,), duration_s=6), "extensions") == {
        "model": "grok-imagine-video",
        "prompt": "a fox crosses a street",
        "video": {"url": "https://store.test/1"},
        "duration": 6,
    }


@pytest.mark.parametrize(
    ("model", "request_"),
    [
        (BASE, order(1920, 1080)),
        (BASE, order(duration_s=16)),
        (BASE, order(duration_s=2.5)),
        (BASE, order(2100, 900)),
        (BASE, order(operation="edit")),
        (BASE, order(operation="edit", inputs=(ref("source_video", duration_s=9),))),
        (BASE, order(operation="extend", duration_s=1, inputs=(ref("source_video"),))),
        (BASE, order(operation="extend", duration_s=11, inputs=(ref("source_video"),))),
        (BASE, order(inputs=(ref("source_video"),))),
        (BASE, order(inputs=(ref("first_frame"), ref("reference", 2)))),
        (BASE, order(operation="edit", inputs=(ref("source_video"), ref("reference", 2)))),
        (BASE, order(inputs=tuple(ref("reference", number) for number in range(8)))),
        (NEWER, order(operation="edit", inputs=(ref("source_video"),))),
        (NEWER, order(1920, 1080, inputs=(ref("reference"),))),
    ],
)
async def test_what_it_cannot_do_is_refused_before_anything_is_sent(model: str, request_: GenerationRequest) -> None:
    with respx.mock:
        async with account() as us:
            with pytest.raises(ProviderError) as raised:
                await us.submit(model, request_, at_hand(*request_.inputs))
    assert raised.value.kind == "unsupported"


async def test_a_large_input_without_an_address_is_refused() -> None:
    one = ref("first_frame")
    async with account() as us:
        with pytest.raises(ProviderError, match="by a public address only"):
            await us.submit(BASE, order(inputs=(one,)), at_hand(one, url="", size_bytes=MAX_DATA_BYTES + 1))


async def test_an_empty_202_is_a_job_under_way_but_an_empty_200_is_not() -> None:
    assert (await polled(202)).state == "running"
    waiting = await polled(202, json={"status": "pending", "progress": 40})
    assert (waiting.state, waiting.progress) == ("running", 0.4)
    with pytest.raises(ProviderError, match="no known status"):
        await polled(200, json={})


async def test_an_error_in_a_good_answer_is_that_error() -> None:
    for said, kind in (("Incorrect API key provided: xa***ef.", "auth"), ("Later.", "provider")):
        with pytest.raises(ProviderError, match=said[:5]) as raised:
            await polled(json={"code": "words", "error": said})
        assert (raised.value.kind, raised.value.retryable) == (kind, kind == "provider")


async def test_a_moderated_clip_failed_and_may_still_cost() -> None:
    video = {"url": "", "duration": 5, "respect_moderation": False}
    status = await polled(json={"status": "done", "video": video, "usage": {"cost_in_usd_ticks": 3_500_000_000}})
    assert status.failure is not None
    assert (status.state, status.failure.kind, status.outputs) == ("failed", "policy", ())
    assert status.cost_usd == Decimal("0.35")


@pytest.mark.parametrize(
    ("code", "message", "kind"),
    [
        ("invalid_argument", "The prompt was rejected by moderation.", "policy"),
        ("invalid_argument", "Too long.", "invalid"),
        ("service_unavailable", "Later.", "capacity"),
        ("something_new", "", "provider"),
    ],
)
async def test_a_failed_job_has_a_kind(code: str, message: str, kind: FailureKind) -> None:
    status = await polled(json={"status": "failed", "error": {"code": code, "message": message}})
    assert status.failure is not None
    assert (status.state, status.failure.kind) == ("failed", kind)
    assert status.failure.retryable == (kind == "capacity")


@pytest.mark.parametrize(
    ("status", "message", "kind"),
    [
        (400, "Incorrect API key provided: xa***ef.", "auth"),
        (403, "Your newly created team doesn't have any credits yet.", "balance"),
        (400, "Content blocked by moderation.", "policy"),
        (400, "Video editing is not supported for this model.", "invalid"),
        (403, "No.", "auth"),
        (429, "Too many requests.", "quota"),
    ],
)
async def test_a_refusal_has_the_kind_its_words_tell(status: int, message: str, kind: FailureKind) -> None:
    with respx.mock:
        respx.post(f"{URL}/videos/generations").respond(status, json={"code": "words", "error": message})
        respx.get(f"{URL}/models").respond(status, json={"code": "words", "error": message})
        async with account() as us:
            for asking in (us.submit(BASE, order(), Placing("op-1")), us.check()):
                with pytest.raises(ProviderError) as raised:
                    await asking
                assert (raised.value.kind, raised.value.code) == (kind, "provider")
                assert raised.value.retryable == (kind == "quota")


def test_prices_are_bounds() -> None:
    prices = {model.id: model.price for model in provider.models()}
    base, newer = prices[BASE], prices[NEWER]
    assert base is not None
    assert newer is not None
    source = ref("source_video", duration_s=8)
    assert base.upper_bound_usd(order()) == Decimal("0.35")
    assert base.upper_bound_usd(order(848, 480, inputs=(ref("first_frame"),))) == Decimal("0.252")
    assert base.upper_bound_usd(order(operation="edit", inputs=(source,))) == Decimal("0.64")
    assert base.upper_bound_usd(order(operation="edit", inputs=(ref("source_video"),))) is None
    assert base.upper_bound_usd(order(operation="extend", inputs=(source,))) == Decimal("0.99")
    assert newer.upper_bound_usd(order(1920, 1080)) == Decimal("1.25")
