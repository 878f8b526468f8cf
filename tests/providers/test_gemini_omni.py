"""Gemini Omni: exact interactions, chains by id, refusals behind 400 and 200, and what tokens cost."""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest
import respx

from cutaway.contract import (
    Brief,
    GenerationRequest,
    Handle,
    HearsWebhooks,
    InputFile,
    InputRef,
    InputRole,
    NativeRef,
    Placing,
    RemoteProvider,
    Size,
    WebhookCall,
)
from cutaway.errors import FailureKind, NotConfiguredError, ProviderError
from cutaway.testing import KEY as CANARY
from cutaway.testing import ProviderContract
from cutaway_providers.gemini_omni import provider
from cutaway_providers.gemini_omni.reading import cost_usd
from cutaway_providers.gemini_omni.vendor import MAX_INLINE_BYTES, GeminiOmni, downloadable

URL = "https://generativelanguage.googleapis.com/v1beta"
KEY = "AIza0123456789abcdef"
HANDLE = Handle(provider="gemini_omni", model="gemini-omni-1.1-flash", native_id="v1_abc")
PRICES = {"input": "1.50", "video": "17.50", "text": "9"}


class TestGeminiOmni(ProviderContract):
    shapes = Path(__file__).parent / "shapes" / "gemini_omni.json"

    def build(self, base_url: str, **settings: Any) -> RemoteProvider:
        vendor = provider(base_url=base_url + "/v1beta", api_key=CANARY, **settings)
        assert isinstance(vendor, GeminiOmni)
        return vendor


@asynccontextmanager
async def account(**settings: Any) -> AsyncIterator[GeminiOmni]:
    vendor = provider(**({"api_key": KEY} | settings))
    assert isinstance(vendor, GeminiOmni)
    try:
        yield vendor
    finally:
        await vendor.aclose()


def order(width_px: int = 1280, height_px: int = 720, **over: Any) -> GenerationRequest:
    fields: dict[str, Any] = {
        "brief": Brief(prompt="a fox crosses a street"),
        "duration_s": 8,
        "size": Size(width_px=width_px, height_px=height_px),
    }
    return GenerationRequest(**(fields | over))


def ref(role: InputRole, number: int = 1, native: NativeRef | None = None) -> InputRef:
    media_type = "video/mp4" if "video" in role else "image/png"
    return InputRef(sha256=f"{number:064x}", role=role, media_type=media_type, native=native)


def at_hand(tmp_path: Path, *refs: InputRef, size_bytes: int = 4) -> Placing:
    files = {}
    for one in refs:
        path = tmp_path / one.sha256
        path.write_bytes(b"data")
        files[one.sha256] = InputFile(path, one.media_type, size_bytes)
    return Placing("op-1", inputs=files)


async def sent(request: GenerationRequest, placing: Placing, model: str = "gemini-omni-1.1-flash") -> dict[str, Any]:
    with respx.mock:
        route = respx.post(f"{URL}/interactions").respond(200, json={"id": "v1_abc", "status": "in_progress"})
        async with account() as us:
            handle = await us.submit(model, request, placing)
        assert handle.native_id == "v1_abc"
        (call,) = route.calls
        assert call.request.headers["x-goog-api-key"] == KEY
        assert call.request.headers["api-revision"] == "2026-05-20"
        assert "authorization" not in call.request.headers
        body: dict[str, Any] = json.loads(call.request.content)
        return body


async def polled(answer: dict[str, Any], status: int = 200) -> Any:
    with respx.mock:
        respx.get(f"{URL}/interactions/v1_abc").respond(status, json=answer)
        async with account() as us:
            return await us.poll(HANDLE)


async def test_words_become_one_stored_background_interaction() -> None:
    assert await sent(order(), Placing("op-1")) == {
        "model": "gemini-omni-1.1-flash",
        "background": True,
        "store": True,
        "generation_config": {"video_config": {"task": "text_to_video"}},
        "response_format": {
            "type": "video",
            "delivery": "uri",
            "resolution": "720p",
            "duration": "8s",
            "aspect_ratio": "16:9",
        },
        "input": [{"type": "text", "text": "a fox crosses a street"}],
    }


async def test_an_edit_of_its_own_clip_goes_on_by_id_and_uploads_nothing() -> None:
    source = ref("source_video", native=NativeRef(provider="gemini_omni", native_id="v1_before"))
    body = await sent(order(operation="edit", inputs=(source,)), Placing("op-1"))
    assert body["previous_interaction_id"] == "v1_before"
    assert body["generation_config"] == {"video_config": {"task": "edit"}}
    assert body["response_format"] == {"type": "video", "delivery": "uri", "resolution": "720p"}
    assert body["input"] == [{"type": "text", "text": "a fox crosses a street"}]


async def test_another_vendors_clip_travels_inside_the_order(tmp_path: Path) -> None:
    source = ref("source_video", native=NativeRef(provider="runway", native_id="task-1"))
    body = await sent(order(operation="extend", inputs=(source,)), at_hand(tmp_path, source))
    assert "previous_interaction_id" not in body
    assert body["input"][0] == {
        "type": "video",
        "mime_type": "video/mp4",
        "data": base64.b64encode(b"data").decode(),
    }
    assert body["response_format"]["duration"] == "8s"


@pytest.mark.parametrize(("role", "task"), [("first_frame", "image_to_video"), ("reference", "reference_to_video")])
async def test_pictures_name_their_task(role: InputRole, task: str, tmp_path: Path) -> None:
    one = ref(role)
    body = await sent(order(720, 1280, inputs=(one,)), at_hand(tmp_path, one))
    assert body["generation_config"]["video_config"] == {"task": task}
    assert body["input"][0]["type"] == "image"
    assert body["response_format"]["aspect_ratio"] == "9:16"


@pytest.mark.parametrize(
    "request_",
    [
        order(duration_s=2),
        order(duration_s=4.5),
        order(1024, 1024),
        order(848, 480),
        order(operation="edit"),
        order(operation="upscale"),
        order(inputs=(ref("source_video"),)),
        order(inputs=(ref("first_frame"), ref("reference", 2))),
        order(inputs=tuple(ref("reference", number) for number in range(4))),
        order(inputs=(ref("last_frame"),)),
    ],
)
async def test_what_it_cannot_do_is_refused_before_anything_is_sent(
    request_: GenerationRequest, tmp_path: Path
) -> None:
    with respx.mock:
        async with account() as us:
            with pytest.raises(ProviderError) as raised:
                await us.submit("gemini-omni-1.1-flash", request_, at_hand(tmp_path, *request_.inputs))
    assert raised.value.kind == "unsupported"


async def test_inputs_over_an_orders_limit_are_refused(tmp_path: Path) -> None:
    one = ref("first_frame")
    placing = at_hand(tmp_path, one, size_bytes=MAX_INLINE_BYTES + 1)
    async with account() as us:
        with pytest.raises(ProviderError, match="at most 14000000 bytes"):
            await us.submit("gemini-omni-1.1-flash", order(inputs=(one,)), placing)


@pytest.mark.parametrize(
    ("status", "message", "kind"),
    [
        (400, "API key not valid. Please pass a valid API key.", "auth"),
        (400, "The prompt was blocked by our safety policies.", "policy"),
        (400, "safety_settings is not a field.", "invalid"),
        (403, "Permission denied.", "auth"),
    ],
)
async def test_a_refusal_has_the_kind_its_words_tell(status: int, message: str, kind: FailureKind) -> None:
    with respx.mock:
        respx.post(f"{URL}/interactions").respond(status, json={"error": {"code": status, "message": message}})
        async with account() as us:
            with pytest.raises(ProviderError) as raised:
                await us.submit("gemini-omni-1.1-flash", order(), Placing("op-1"))
    assert (raised.value.kind, raised.value.status) == (kind, status)


async def test_a_bad_key_does_not_pass_for_an_answer() -> None:
    with respx.mock:
        error = {"error": {"code": 400, "message": "API key not valid. Please pass a valid API key."}}
        respx.get(f"{URL}/models").respond(400, json=error)
        async with account() as us:
            with pytest.raises(ProviderError) as raised:
                await us.check()
    assert raised.value.kind == "auth"


async def test_a_job_that_nobody_knows_is_lost_and_another_400_is_asked_again() -> None:
    unknown = await polled({"error": {"code": "invalid_request", "message": "Invalid interaction name."}}, 400)
    assert unknown.state == "lost"
    with pytest.raises(ProviderError) as raised:
        await polled({"error": {"code": "invalid_request", "message": "Unsupported file uri."}}, 400)
    assert raised.value.retryable


async def test_words_instead_of_a_video_are_a_refusal_but_not_when_one_was_made() -> None:
    said = [{"type": "model_output", "content": [{"type": "text", "text": "No."}]}]
    refused = await polled({"status": "completed", "steps": said})
    assert (refused.state, refused.failure.kind, refused.failure.message) == ("failed", "policy", "No.")
    usage = {"output_tokens_by_modality": [{"modality": "video", "tokens": 5792}]}
    lost = await polled({"status": "completed", "steps": said, "usage": usage})
    assert (lost.failure.kind, lost.cost_usd) == ("provider", Decimal("0.10136"))


async def test_a_recorded_safety_fault_is_a_refusal() -> None:
    failed = await polled(
        {"status": "failed", "steps": [{"type": "model_output", "error": {"code": 3, "message": "m"}}]}
    )
    assert (failed.failure.kind, failed.failure.message) == ("provider", "3 m")
    failed = await polled({"status": "failed", "error": {"status": "PROHIBITED_CONTENT", "message": "m"}})
    assert failed.failure.kind == "policy"


async def test_a_large_job_with_its_video_inside_is_read_out_of_it() -> None:
    video = b"\x00" * 4_000_000
    content = [{"type": "video", "mime_type": "video/mp4", "data": base64.b64encode(video).decode()}]
    job = {"status": "completed", "steps": [{"type": "model_output", "content": content}]}
    with respx.mock:
        respx.get(f"{URL}/interactions/v1_abc").respond(200, json=job)
        async with account() as us:
            status = await us.poll(HANDLE)
            assert status.outputs == ("inline",)
            assert b"".join([piece async for piece in us.fetch(HANDLE, "inline")]) == video


async def test_the_key_goes_along_with_a_download_from_google() -> None:
    with respx.mock:
        headers = {"content-type": "video/mp4"}
        route = respx.get(f"{URL}/files/out:download?alt=media").respond(200, content=b"mp4", headers=headers)
        async with account() as us:
            pieces = us.fetch(HANDLE, f"{URL}/files/out:download?alt=media")
            assert b"".join([piece async for piece in pieces]) == b"mp4"
        assert route.calls[0].request.headers["x-goog-api-key"] == KEY


def test_an_address_becomes_that_of_the_bytes() -> None:
    assert downloadable(f"{URL}/files/a") == f"{URL}/files/a:download?alt=media"
    assert downloadable(f"{URL}/files/a:download") == f"{URL}/files/a:download?alt=media"
    assert downloadable(f"{URL}/files/a:download?alt=media") == f"{URL}/files/a:download?alt=media"
    assert downloadable("https://elsewhere.test/a.mp4") == "https://elsewhere.test/a.mp4"


def test_what_tokens_cost() -> None:
    out = [{"modality": "video", "tokens": 17376}, {"modality": "thought", "tokens": 412}]
    usage = {"total_input_tokens": 21, "total_thought_tokens": 412, "output_tokens_by_modality": out}
    assert cost_usd({"usage": usage}, PRICES) == Decimal("0.3078195")
    usage["output_tokens_by_modality"] = out[:1]
    assert cost_usd({"usage": usage}, PRICES) == Decimal("0.3078195")
    assert cost_usd({}, PRICES) is None
    assert cost_usd({"usage": usage}, {}) is None


@pytest.mark.parametrize(("status", "stopped"), [(200, True), (400, False), (404, False)])
async def test_a_cancel_says_whether_google_will_stop(status: int, stopped: bool) -> None:
    with respx.mock:
        respx.post(f"{URL}/interactions/v1_abc/cancel").respond(status, json={"id": "v1_abc"})
        async with account() as us:
            assert await us.cancel(HANDLE) is stopped


NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
KEY_OF_SECRET = b"a secret of the project's webhook"
SECRET = "whsec_" + base64.b64encode(KEY_OF_SECRET).decode()


def told(data: dict[str, Any], key: bytes = KEY_OF_SECRET) -> WebhookCall:
    """A call as Google sends it: a thin envelope, signed by the Standard Webhooks scheme."""
    envelope = {"type": "interaction.completed", "version": "v1", "timestamp": "2026-11-20T12:00:00Z", "data": data}
    body, stamp = json.dumps(envelope).encode(), str(int(NOW.timestamp()))
    signature = base64.b64encode(hmac.digest(key, f"msg_1.{stamp}.".encode() + body, "sha256")).decode()
    headers = {"webhook-id": "msg_1", "webhook-timestamp": stamp, "webhook-signature": f"v1,{signature}"}
    return WebhookCall(headers=headers, body=body)


async def test_a_signed_webhook_names_its_interaction() -> None:
    async with account(webhook_secret=SECRET) as us:
        assert isinstance(us, HearsWebhooks)
        heard = await us.parse_webhook(told({"id": "v1_abc"}), NOW)
        assert (heard.native_id, heard.verified, heard.why) == ("v1_abc", True, "")
        forged = await us.parse_webhook(told({"id": "v1_abc"}, key=b"another key of some length"), NOW)
        assert (forged.native_id, forged.verified) == ("v1_abc", False)
        assert forged.why
        assert SECRET not in repr(us.account)
        for call in (told({}), told({"id": 7}), WebhookCall(headers={}, body=b"<html>")):
            with pytest.raises(ProviderError) as raised:
                await us.parse_webhook(call, NOW)
            assert raised.value.kind == "invalid"


async def test_without_the_webhooks_secret_no_call_is_verified() -> None:
    async with account() as us:
        assert not (await us.parse_webhook(told({"id": "v1_abc"}), NOW)).verified


def test_prices_are_bounds_and_an_unpriced_order_stays_unpriced() -> None:
    models = {model.id: model for model in provider.models()}
    price = models["gemini-omni-1.1-flash"].price
    assert price is not None
    assert price.upper_bound_usd(order()) == Decimal("0.8212")
    assert price.upper_bound_usd(order(operation="extend", inputs=(ref("source_video"),))) is None
    assert models["gemini-omni-1.2-flash"].price is None


def test_without_a_key_it_says_which_one() -> None:
    with pytest.raises(NotConfiguredError, match="GEMINI_API_KEY"):
        provider()


async def test_a_dropped_order_is_in_doubt() -> None:
    with respx.mock:
        respx.post(f"{URL}/interactions").mock(side_effect=httpx.ReadTimeout)
        async with account() as us:
            with pytest.raises(ProviderError) as raised:
                await us.submit("gemini-omni-1.1-flash", order(), Placing("op-1"))
    assert raised.value.code == "submit_unknown"
