"""Gemini's image models: one request, one kept picture, refusals behind 200, and what tokens cost."""

from __future__ import annotations

import base64
import hashlib
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
)
from cutaway.errors import NotConfiguredError, ProviderError, SubmitUnknownError
from cutaway.testing import KEY as CANARY
from cutaway.testing import ProviderContract
from cutaway_providers.gemini_images import provider
from cutaway_providers.gemini_images.vendor import MAX_INLINE_BYTES, GeminiImages

SHAPES = Path(__file__).parent / "shapes" / "gemini_images.json"
ANSWER = json.loads(SHAPES.read_text(encoding="utf-8"))["accepted"]["submit"]["json"]
PNG = base64.b64decode("iVBORw0KGgo=")
URL = "https://generativelanguage.googleapis.com/v1beta/models"
MODEL = "gemini-nano-banana-2.1"
KEY = "AIza0123456789abcdef"


class TestGeminiImages(ProviderContract):
    shapes = SHAPES

    def build(self, base_url: str, **settings: Any) -> RemoteProvider:
        vendor = provider(base_url=base_url + "/v1beta", api_key=CANARY, **settings)
        assert isinstance(vendor, GeminiImages)
        return vendor


class Store:
    def __init__(self) -> None:
        self.kept: list[bytes] = []

    async def __call__(self, content: bytes) -> str:
        self.kept.append(content)
        return hashlib.sha256(content).hexdigest()


@asynccontextmanager
async def account(**settings: Any) -> AsyncIterator[GeminiImages]:
    vendor = provider(**({"api_key": KEY} | settings))
    assert isinstance(vendor, GeminiImages)
    try:
        yield vendor
    finally:
        await vendor.aclose()


def order(*roles: InputRole, width_px: int = 1376, height_px: int = 768, **over: Any) -> GenerationRequest:
    fields: dict[str, Any] = {
        "modality": "image",
        "brief": Brief(prompt="a fox"),
        "duration_s": 1,
        "size": Size(width_px=width_px, height_px=height_px),
        "inputs": tuple(
            InputRef(sha256=f"{number:064x}", role=role, media_type="image/png") for number, role in enumerate(roles)
        ),
    }
    return GenerationRequest(**(fields | over))


def at_hand(tmp_path: Path, request: GenerationRequest, size_bytes: int = 8, media_type: str = "image/png") -> Placing:
    path = tmp_path / "a.png"
    path.write_bytes(PNG)
    files = {one.sha256: InputFile(path, media_type, size_bytes) for one in request.inputs}
    return Placing("op-1", inputs=files, keep=Store())


async def placed(answer: dict[str, Any], model: str = MODEL, store: Store | None = None) -> tuple[Handle, Any]:
    with respx.mock:
        respx.post(f"{URL}/{MODEL}:generateContent").respond(200, json=answer)
        async with account() as us:
            handle = await us.submit(model, order(), Placing("op-1", keep=store or Store()))
            return handle, await us.poll(handle)


async def sent(request: GenerationRequest, placing: Placing, model: str = MODEL, wire: str = MODEL) -> dict[str, Any]:
    with respx.mock:
        route = respx.post(f"{URL}/{wire}:generateContent").respond(200, json=ANSWER)
        async with account() as us:
            await us.submit(model, request, placing)
        (call,) = route.calls
        assert call.request.headers["x-goog-api-key"] == KEY
        assert "authorization" not in call.request.headers
        body: dict[str, Any] = json.loads(call.request.content)
        return body


async def test_an_order_names_tier_and_shape_and_its_picture_is_kept(tmp_path: Path) -> None:
    assert await sent(order(), at_hand(tmp_path, order())) == {
        "contents": [{"role": "user", "parts": [{"text": "a fox"}]}],
        "generationConfig": {
            "responseModalities": ["IMAGE"],
            "imageConfig": {"aspectRatio": "16:9", "imageSize": "1K"},
            "thinkingConfig": {"thinkingLevel": "MINIMAL"},
        },
    }
    store = Store()
    handle, status = await placed(ANSWER, store=store)
    assert store.kept == [PNG]
    assert handle.kept == (hashlib.sha256(PNG).hexdigest(),)
    # 20 tokens in, 1,120 of a picture, 80 of thoughts.
    assert (status.state, status.outputs, status.cost_usd) == ("succeeded", handle.kept, Decimal("0.03423"))


async def test_a_tier_is_a_model_and_lite_names_none(tmp_path: Path) -> None:
    large = order(width_px=1536, height_px=2752)
    body = await sent(large, at_hand(tmp_path, large), f"{MODEL}-2k")
    assert body["generationConfig"]["imageConfig"] == {"aspectRatio": "9:16", "imageSize": "2K"}
    lite = "gemini-3.1-flash-lite-image"
    body = await sent(order(), at_hand(tmp_path, order()), lite, lite)
    assert body["generationConfig"]["imageConfig"] == {"aspectRatio": "16:9"}


async def test_pictures_travel_inside_the_order(tmp_path: Path) -> None:
    request = order("first_frame", "reference", operation="edit")
    body = await sent(request, at_hand(tmp_path, request))
    one = {"inlineData": {"mimeType": "image/png", "data": "iVBORw0KGgo="}}
    assert body["contents"][0]["parts"] == [one, one, {"text": "a fox"}]


async def test_the_last_picture_that_is_no_thought_is_the_result() -> None:
    parts = [
        {"inlineData": {"mimeType": "image/png", "data": base64.b64encode(b"draft").decode()}},
        {"text": "Here it is."},
        {"inlineData": {"mimeType": "image/png", "data": base64.b64encode(b"final").decode()}},
        {"inlineData": {"mimeType": "image/png", "data": base64.b64encode(b"a thought").decode()}, "thought": True},
    ]
    store = Store()
    await placed({"candidates": [{"content": {"parts": parts}, "finishReason": "STOP"}]}, store=store)
    assert store.kept == [b"final"]


@pytest.mark.parametrize(
    ("reason", "kind"),
    [("IMAGE_SAFETY", "policy"), ("PROHIBITED_CONTENT", "policy"), ("NO_IMAGE", "provider"), ("NEW", "provider")],
)
async def test_a_reason_instead_of_a_picture_is_a_failed_job_that_may_have_cost(reason: str, kind: str) -> None:
    usage = {"promptTokenCount": 1000, "thoughtsTokenCount": 1000, "candidatesTokensDetails": []}
    candidate = {"content": {}, "finishReason": reason, "finishMessage": "Not this."}
    handle, status = await placed({"candidates": [candidate], "usageMetadata": usage})
    assert (status.state, status.outputs, status.cost_usd) == ("failed", (), Decimal("0.009"))
    assert (status.failure.kind, status.failure.message) == (kind, f"{reason} Not this.")
    assert Handle.model_validate_json(handle.model_dump_json()) == handle


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"candidates": []},
        {"candidates": [{"finishReason": "STOP", "content": {"parts": [{"text": "a fox"}]}}]},
        {"candidates": [{"content": {"parts": [{"inlineData": {"mimeType": "image/png", "data": "!"}}]}}]},
    ],
)
async def test_an_answer_with_neither_is_unknown(answer: dict[str, Any]) -> None:
    with pytest.raises(SubmitUnknownError):
        await placed(answer)


async def test_a_handle_without_a_result_is_lost() -> None:
    async with account() as us:
        assert (await us.poll(Handle(provider="gemini_images", model=MODEL, native_id="x"))).state == "lost"


@pytest.mark.parametrize(
    ("model", "request_"),
    [
        (MODEL, order(width_px=1280, height_px=720)),
        (MODEL, order(width_px=2752, height_px=1536)),
        (MODEL, order(operation="edit")),
        (MODEL, order("first_frame", "first_frame")),
        (MODEL, order("last_frame")),
        (MODEL, order(modality="video")),
        ("gemini-3.1-flash-image", order()),
    ],
)
async def test_what_a_model_cannot_make_is_refused_before_anything_is_sent(
    model: str, request_: GenerationRequest, tmp_path: Path
) -> None:
    with respx.mock(assert_all_called=False) as router:
        async with account() as us:
            with pytest.raises(ProviderError) as caught:
                await us.submit(model, request_, at_hand(tmp_path, request_))
    assert caught.value.kind == "unsupported"
    assert not router.calls


@pytest.mark.parametrize(("size_bytes", "media_type"), [(MAX_INLINE_BYTES + 1, "image/png"), (8, "image/gif")])
async def test_pictures_that_cannot_go_along_are_refused(size_bytes: int, media_type: str, tmp_path: Path) -> None:
    request = order("reference")
    async with account() as us:
        with pytest.raises(ProviderError) as caught:
            await us.submit(MODEL, request, at_hand(tmp_path, request, size_bytes, media_type))
    assert caught.value.kind == "unsupported"


def test_prices_cover_what_the_tokens_cost() -> None:
    models = {model.id: model for model in provider.models()}
    # The picture's tokens, and what an announcement says a picture of the tier costs.
    for name, usd in ((MODEL, "0.0336"), (f"{MODEL}-2k", "0.0504"), (f"{MODEL}-4k", "0.1134")):
        price = models[name].price
        assert price is not None
        most, usual = price.upper_bound_usd(order("reference")), price.expected_usd(order("reference"))
        assert most is not None
        assert usual is not None
        assert Decimal(usd) + Decimal("0.01") + Decimal("0.00168") <= most
        assert Decimal(usd) <= usual <= most
    assert models["gemini-3-pro-image"].price is None


def test_without_a_key_it_says_which_one() -> None:
    with pytest.raises(NotConfiguredError, match="GEMINI_API_KEY"):
        provider()
