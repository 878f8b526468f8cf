"""OpenRouter: the contract's behaviours, exact bodies, chains by an earlier job, and what it charged."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
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
    ListsPrices,
    NativeRef,
    OperationKind,
    Placing,
    RemoteProvider,
    Size,
    WebhookCall,
)
from cutaway.errors import NotConfiguredError, ProviderError
from cutaway.testing import KEY, ProviderContract
from cutaway_providers.openrouter import provider
from cutaway_providers.openrouter.vendor import OpenRouter

BASE = "https://openrouter.ai/api/v1"
HANDLE = Handle(provider="openrouter", model="hailuo-3", native_id="job/1")
SECRET = "a secret of the workspace"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
CHAIN = {
    "id": "chain",
    "vendor_model": "vendor/chain",
    "operations": ["generate", "edit", "extend"],
    "native_edit": True,
    "input_roles": ["source_video", "reference", "first_frame"],
    "max_inputs": {"reference": 2},
    "wire": {"seed": True},
}


class TestOpenRouter(ProviderContract):
    shapes = Path(__file__).parent / "shapes" / "openrouter.json"

    def build(self, base_url: str, **settings: Any) -> RemoteProvider:
        vendor = provider(base_url=base_url + "/api/v1", api_key=KEY, **settings)
        assert isinstance(vendor, OpenRouter)
        return vendor


def order(
    *inputs: InputRef, operation: OperationKind = "generate", size: tuple[int, int] = (2560, 1440), **more: Any
) -> GenerationRequest:
    return GenerationRequest(
        operation=operation,
        brief=Brief(prompt="a fox", negative="captions"),
        duration_s=more.pop("duration_s", 5),
        size=Size(width_px=size[0], height_px=size[1]),
        inputs=inputs,
        seed=7,
        **more,
    )


def given(role: InputRole, native: NativeRef | None = None, media_type: str = "image/png") -> InputRef:
    return InputRef(sha256=role.encode().hex().ljust(64, "0")[:64], role=role, media_type=media_type, native=native)


@asynccontextmanager
async def account(**settings: Any) -> AsyncIterator[OpenRouter]:
    vendor = provider(**({"api_key": KEY} | settings))
    assert isinstance(vendor, OpenRouter)
    try:
        yield vendor
    finally:
        await vendor.aclose()


async def sent(vendor: OpenRouter, model: str, request: GenerationRequest, **inputs: InputFile) -> dict[str, Any]:
    respx.post(f"{BASE}/videos").mock(httpx.Response(202, json={"id": "job-1", "status": "pending"}))
    files = {ref.sha256: inputs[ref.role] for ref in request.inputs if ref.role in inputs}
    await vendor.submit(model, request, Placing(key="k", inputs=files))
    body = json.loads(respx.calls.last.request.content)
    assert isinstance(body, dict)
    return body


@respx.mock
async def test_the_body_of_an_order(tmp_path: Path) -> None:
    picture = tmp_path / "a.png"
    picture.write_bytes(b"\x89PNG")
    near = InputFile(picture, "image/png", 4)
    far = InputFile(picture, "image/png", 4, "https://ours.test/b.png")
    async with account() as vendor:
        body = await sent(
            vendor,
            "hailuo-3",
            order(given("first_frame"), given("last_frame"), audio=True),
            first_frame=near,
            last_frame=far,
        )
    assert body == {
        "model": "minimax/hailuo-3",
        "prompt": "a fox",
        "duration": 5,
        "resolution": "2K",
        "aspect_ratio": "16:9",
        "generate_audio": True,
        "frame_images": [
            {
                "type": "image_url",
                "image_url": {"url": "data:image/png;base64,iVBORw=="},
                "frame_type": "first_frame",
            },
            {"type": "image_url", "image_url": {"url": "https://ours.test/b.png"}, "frame_type": "last_frame"},
        ],
    }


@respx.mock
@pytest.mark.parametrize("operation", ["edit", "extend"])
async def test_a_chain_goes_on_from_the_earlier_job(operation: OperationKind) -> None:
    source = given("source_video", NativeRef(provider="openrouter", native_id="job-0"), "video/mp4")
    look = InputFile(Path("/none"), "image/png", 1, "https://ours.test/look.png")
    async with account(models=[CHAIN]) as vendor:
        body = await sent(
            vendor, "chain", order(source, given("reference"), operation=operation, size=(1280, 720)), reference=look
        )
    assert (body["previous_job_id"], body["seed"], body["resolution"]) == ("job-0", 7, "720p")
    assert body["input_references"] == [{"type": "image_url", "image_url": {"url": "https://ours.test/look.png"}}]
    assert "frame_images" not in body


@respx.mock
@pytest.mark.parametrize(
    ("model", "asked"),
    [
        ("chain", order(operation="edit")),
        ("chain", order(given("source_video", media_type="video/mp4"), operation="edit")),
        (
            "chain",
            order(
                given("source_video", NativeRef(provider="fal", native_id="1"), media_type="video/mp4"),
                operation="extend",
            ),
        ),
        (
            "chain",
            order(given("source_video", NativeRef(provider="openrouter", native_id="1"), media_type="video/mp4")),
        ),
        ("chain", order(given("first_frame"), given("reference"))),
        ("chain", order(given("reference", media_type="video/mp4"))),
        ("chain", order(voice="Ann")),
        ("chain", order(size=(640, 360))),
        ("hailuo-3", order(duration_s=5.5)),
        ("hailuo-3", order(duration_s=16)),
        ("hailuo-3", order(size=(1280, 720))),
    ],
)
async def test_what_it_cannot_do_is_refused_unsent(model: str, asked: GenerationRequest) -> None:
    async with account(models=[CHAIN]) as vendor:
        with pytest.raises(ProviderError) as caught:
            await vendor.submit(model, asked, Placing(key="k"))
    assert caught.value.kind == "unsupported"
    assert not respx.calls


@respx.mock
async def test_a_forbidden_order_is_policy_only_when_its_words_say_so() -> None:
    asked = order(size=(854, 480))
    for said, kind in (("Your input was flagged", "policy"), ("Key limit exceeded", "auth")):
        respx.post(f"{BASE}/videos").mock(httpx.Response(403, json={"error": {"code": 403, "message": said}}))
        async with account() as vendor:
            with pytest.raises(ProviderError) as caught:
                await vendor.submit("grok-imagine-video", asked, Placing(key="k"))
        assert caught.value.kind == kind


@respx.mock
async def test_results_stay_behind_the_key_and_their_cost_is_read() -> None:
    route = respx.get(f"{BASE}/videos/job%2F1")
    done = {"id": "job/1", "status": "completed", "usage": {"cost": 0.25, "is_byok": False}}
    async with account() as vendor:
        route.mock(httpx.Response(200, json=done))
        status = await vendor.poll(HANDLE)
        assert status.outputs == ("/videos/job%2F1/content?index=0",)
        assert status.cost_usd == Decimal("0.25")
        content = respx.get(f"{BASE}/videos/job%2F1/content", params={"index": "0"}).mock(
            httpx.Response(200, content=b"clip", headers={"content-type": "video/mp4"})
        )
        assert b"".join([piece async for piece in vendor.fetch(HANDLE, status.outputs[0])]) == b"clip"
        assert content.calls.last.request.headers["authorization"] == f"Bearer {KEY}"
        route.mock(httpx.Response(200, json=done | {"usage": {"cost": 0.01, "is_byok": True}}))
        assert (await vendor.poll(HANDLE)).cost_usd is None


def report(body: bytes, secret: str = SECRET, at: datetime = NOW) -> WebhookCall:
    """A report as OpenRouter sends it: time and body, joined with a comma, under the workspace's secret."""
    stamp = str(int(at.timestamp()))
    digest = hmac.new(secret.encode(), f"{stamp},".encode() + body, hashlib.sha256).hexdigest()
    return WebhookCall(headers={"x-openrouter-signature": f"t={stamp},v1={digest}"}, body=body)


DONE = json.dumps({"type": "video.generation.completed", "data": {"id": "job-1", "status": "completed"}}).encode()


async def test_a_report_is_checked_with_the_secret_of_the_workspace() -> None:
    async with account(webhook_secret=SECRET) as vendor:
        assert isinstance(vendor, HearsWebhooks)
        heard = await vendor.parse_webhook(report(DONE), NOW)
        assert (heard.native_id, heard.verified, heard.why) == ("job-1", True, "")
        forged = (
            report(DONE).model_copy(update={"body": DONE.replace(b"completed", b"failed")}),
            report(DONE, "another secret"),
            report(DONE, at=NOW - timedelta(seconds=301)),
            WebhookCall(headers={}, body=DONE),
        )
        for call in forged:
            heard = await vendor.parse_webhook(call, NOW)
            assert (heard.native_id, heard.verified) == ("job-1", False)
            assert heard.why
        for body in (b"", b"[]", b'{"data": []}', b'{"data": {"id": 7}}'):
            with pytest.raises(ProviderError) as caught:
                await vendor.parse_webhook(report(body), NOW)
            assert caught.value.kind == "invalid"
    async with account() as vendor:
        heard = await vendor.parse_webhook(report(DONE), NOW)
    assert (heard.native_id, heard.verified) == ("job-1", False)
    assert {model.webhook for model in provider.models()} == {"hmac"}


@respx.mock
async def test_the_address_for_reports_goes_into_the_order() -> None:
    respx.post(f"{BASE}/videos").mock(httpx.Response(202, json={"id": "job-1", "status": "pending"}))
    async with account() as vendor:
        placing = Placing(key="k", webhook_url="https://ours.test/hooks/openrouter")
        await vendor.submit("grok-imagine-video", order(size=(854, 480)), placing)
    assert json.loads(respx.calls.last.request.content)["callback_url"] == "https://ours.test/hooks/openrouter"


LISTED = {
    "maker/documented": {"per-video-second": "0.50", "per-video-second-1080p": "0.75"},
    "kwaivgi/kling-v3.0-std": {
        "duration_seconds": "0.084",
        "duration_seconds_with_audio": "0.126",
        "image_to_video_duration_seconds_720p": "0.084",
    },
    "google/veo-3.1": {"duration_seconds_with_audio_4k": "0.60"},
    "minimax/hailuo-3": {"duration_seconds": "0.13", "reference_images": "0.04"},
    "x-ai/grok-imagine-video": {"cents_per_image_input": "0.2", "cents_per_video_output_second_480p": "5"},
    "runway/gen-4.5": {"cents_per_second_output": "12", "minimum_cents_per_generation": "56"},
    "maker/by-token": {"video_tokens": "0.000007"},
    "maker/upscaler": {"cents_per_megapixel_second_precise": "7.5"},
    "maker/odd": {"duration_seconds": "free", "duration_seconds_720p": "0"},
    "maker/none": None,
}


@respx.mock
async def test_listed_prices_are_those_per_second() -> None:
    models = [{"id": name, "pricing_skus": skus} for name, skus in LISTED.items()]
    route = respx.get(f"{BASE}/videos/models").mock(httpx.Response(200, json={"data": [*models, "odd", {}]}))
    async with account() as vendor:
        assert isinstance(vendor, ListsPrices)
        prices = await vendor.listed_prices()
        assert prices == {
            "maker/documented": {"any": Decimal("0.50"), "1080p": Decimal("0.75")},
            "kwaivgi/kling-v3.0-std": {
                "any": Decimal("0.084"),
                "with_audio": Decimal("0.126"),
                "image_to_video_720p": Decimal("0.084"),
            },
            "google/veo-3.1": {"with_audio_4k": Decimal("0.60")},
            "minimax/hailuo-3": {"any": Decimal("0.13")},
            "x-ai/grok-imagine-video": {"480p": Decimal("0.05")},
            "runway/gen-4.5": {"any": Decimal("0.12")},
        }
        route.mock(httpx.Response(200, json={"data": {}}))
        with pytest.raises(ProviderError):
            await vendor.listed_prices()


def test_settings() -> None:
    with pytest.raises(NotConfiguredError, match="OPENROUTER_API_KEY"):
        provider()
    models = {model.id: model for model in provider.models()}
    assert all(model.price is not None for model in models.values())

    def most(name: str, asked: GenerationRequest) -> Decimal | None:
        price = models[name].price
        assert price is not None
        return price.upper_bound_usd(asked)

    assert most("grok-imagine-video", order(given("first_frame"), size=(854, 480), duration_s=1)) == Decimal("0.052")
    assert most("kling-v3.0-pro", order(size=(1280, 720), audio=True)) == Decimal("0.84")
    assert most("hailuo-3", order(given("first_frame"))) == Decimal("0.69")
    # A bill of 4 s at 640x640 is known: 38,800 tokens for 0.1358 USD. The bound holds a larger picture.
    seedance = most("seedance-2.0-mini", order(size=(480, 480), duration_s=4))
    assert seedance is not None
    assert Decimal("0.1358") <= seedance <= Decimal("0.15")
