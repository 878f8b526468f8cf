"""The /v1/images adapter: one request, one picture kept in our store."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
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
from cutaway.errors import ConfigError, FailureKind, ProviderError, SubmitUnknownError
from cutaway.testing import KEY, ProviderContract
from cutaway.vendor import read_catalog
from cutaway_providers.openai_images import BASE_URL, provider
from cutaway_providers.openai_images.vendor import OpenAIImages

SHAPES = json.loads((Path(__file__).parent / "shapes/openai_images.json").read_text(encoding="utf-8"))
ANSWER = SHAPES["accepted"]["submit"]["json"]
PNG = base64.b64decode(ANSWER["data"][0]["b64_json"])
FLARE = "gpt-image-2.6-flare"
MODELS = [model.model_dump(exclude_unset=True) for model in read_catalog("cutaway_providers", "openai_images")]


class TestOpenAIImages(ProviderContract):
    shapes = Path(__file__).parent / "shapes/openai_images.json"

    def build(self, base_url: str, **settings: Any) -> OpenAIImages:
        vendor = provider(base_url=f"{base_url}/v1", api_key=KEY, **({"models": MODELS} | settings))
        assert isinstance(vendor, OpenAIImages)
        return vendor


def built(**settings: Any) -> OpenAIImages:
    made = provider(**({"api_key": "sk-test"} | settings))
    assert isinstance(made, OpenAIImages)
    return made


def order(*roles: InputRole, **changes: Any) -> GenerationRequest:
    refs = tuple(
        InputRef(sha256=str(number) * 64, role=role, media_type="image/png") for number, role in enumerate(roles)
    )
    size = Size(width_px=1280, height_px=720)
    made = GenerationRequest(modality="image", brief=Brief(prompt="a fox"), inputs=refs, duration_s=1, size=size)
    return made.model_copy(update=changes)


class Store:
    def __init__(self) -> None:
        self.kept: list[bytes] = []

    async def __call__(self, content: bytes) -> str:
        self.kept.append(content)
        return hashlib.sha256(content).hexdigest()


@pytest.fixture
def server() -> Iterator[respx.MockRouter]:
    with respx.mock(base_url=BASE_URL, assert_all_called=False) as router:
        yield router


async def test_an_order_is_one_json_post_and_its_picture_is_kept(server: respx.MockRouter) -> None:
    route, store = server.post("/images/generations").respond(200, json=ANSWER), Store()
    us = built()
    handle = await us.submit(FLARE, order(), Placing("op-1", keep=store))
    assert store.kept == [PNG]
    assert handle.kept == (hashlib.sha256(PNG).hexdigest(),)
    assert (handle.native_id, handle.cost_usd) == ("op-1", Decimal(SHAPES["cost_usd"]))
    (call,) = route.calls
    assert call.request.headers["authorization"] == "Bearer sk-test"
    assert json.loads(call.request.content) == {
        "model": FLARE,
        "prompt": "a fox",
        "n": 1,
        "size": "1280x720",
        "output_format": "png",
        "quality": "high",
    }
    status = await us.poll(handle)
    assert (status.state, status.outputs, status.cost_usd) == ("succeeded", handle.kept, handle.cost_usd)


@pytest.mark.parametrize(("roles", "field"), [(("reference",), b"image"), (("first_frame", "reference"), b"image[]")])
async def test_pictures_go_to_edits(
    roles: tuple[InputRole, ...], field: bytes, server: respx.MockRouter, tmp_path: Path
) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    files = {str(number) * 64: InputFile(tmp_path / "a.png", "image/png", len(PNG)) for number in range(2)}
    route = server.post("/images/edits").respond(200, json=ANSWER)
    await built().submit("gpt-image-2", order(*roles), Placing("op-1", inputs=files, keep=Store()))
    body = route.calls.last.request.content
    assert body.count(b'name="' + field + b'"; filename="') == len(roles)
    assert b'name="size"\r\n\r\n1280x720' in body
    assert b'name="quality"\r\n\r\nmedium' in body


@pytest.mark.parametrize("kind", sorted(SHAPES["refusals"]))
async def test_a_sure_refusal_has_its_kind(kind: FailureKind, server: respx.MockRouter) -> None:
    reply = SHAPES["refusals"][kind]["submit"]
    server.post("/images/generations").respond(reply["status"], json=reply["json"])
    with pytest.raises(ProviderError) as caught:
        await built().submit(FLARE, order(), Placing("op-1"))
    assert caught.value.kind == kind
    assert not isinstance(caught.value, SubmitUnknownError)


@pytest.mark.parametrize("data", [{}, {"data": []}, {"data": [{"b64_json": "!"}]}, {"data": [{"revised_prompt": ""}]}])
async def test_an_answer_without_a_picture_is_unknown(data: dict[str, Any], server: respx.MockRouter) -> None:
    server.post("/images/generations").respond(200, json=data)
    with pytest.raises(SubmitUnknownError):
        await built().submit(FLARE, order(), Placing("op-1", keep=Store()))


async def test_an_error_in_a_good_answer_is_that_error(server: respx.MockRouter) -> None:
    server.post("/images/generations").respond(200, json=SHAPES["refusals"]["policy"]["submit"]["json"])
    with pytest.raises(ProviderError) as caught:
        await built().submit(FLARE, order(), Placing("op-1"))
    assert caught.value.kind == "policy"


async def test_an_address_is_fetched_and_a_cost_that_nobody_states_is_unknown(server: respx.MockRouter) -> None:
    url = f"{BASE_URL}/files/a.png"
    server.post("/images/generations").respond(200, json={"data": [{"url": url}]})
    us = built()
    handle = await us.submit(FLARE, order(), Placing("op-1"))
    assert handle.cost_usd is None
    assert (await us.poll(handle)).outputs == (url,)
    assert (await us.poll(Handle(provider="openai_images", model=FLARE, native_id="x"))).state == "lost"


@pytest.mark.parametrize(
    ("model", "request_"),
    [
        (FLARE, order("reference")),
        (FLARE, order(size=Size(width_px=640, height_px=480))),
        ("gpt-image-2", order(operation="edit")),
        (FLARE, order(modality="video")),
        ("dall-e-3", order()),
    ],
)
async def test_what_a_model_cannot_make_is_refused_before_anything_is_sent(
    model: str, request_: GenerationRequest, server: respx.MockRouter
) -> None:
    with pytest.raises(ProviderError) as caught:
        await built().submit(model, request_, Placing("op-1"))
    assert caught.value.kind == "unsupported"
    assert not server.calls


def test_a_price_covers_what_the_tokens_cost() -> None:
    profiles = {profile.id: profile for profile in provider.models()}
    price = profiles["gpt-image-2"].price
    assert price is not None
    bound = price.upper_bound_usd(order("reference", "reference"))
    assert bound is not None
    # 1,756 output tokens, 2 x 1,536 tokens of pictures, and the prompt's 5 characters with 6 tokens around them.
    assert Decimal("0.0775") < bound < Decimal("0.0900")
    flare = profiles[FLARE].price
    assert flare is not None
    assert flare.upper_bound_usd(order(operation="edit")) is None


def test_openai_needs_a_key_and_another_server_needs_models() -> None:
    assert isinstance(built(), RemoteProvider)
    for settings in ({}, {"base_url": "http://gpu.test/v1"}):
        with pytest.raises(ConfigError, match=r"key|models"):
            provider(**settings)
    model = {"id": "flux2", "modality": "image"}
    own = provider(base_url="http://gpu.test/v1", models=[model])
    assert [profile.id for profile in own.profiles()] == ["flux2"]


async def test_check_lists_models(server: respx.MockRouter) -> None:
    server.get("/models").respond(200, json=SHAPES["checked"]["check"]["json"])
    assert "answers" in await built().check()
