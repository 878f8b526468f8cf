"""The HeyGen adapter: exact bodies, scripts that fit the seconds paid for, and videos found by their title."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import respx

from cutaway.contract import Brief, GenerationRequest, Handle, Placing, RemoteProvider, Size
from cutaway.errors import ProviderError
from cutaway.testing import KEY as CANARY
from cutaway.testing import ProviderContract
from cutaway_providers.heygen import provider
from cutaway_providers.heygen.vendor import HeyGen

URL = "https://api.heygen.com/v3"
KEY = "hg-0123456789abcdef"
MODELS = [{"id": "avatar-iv-photo", "wire": {"avatar_id": "look-1"}}]
HANDLE = Handle(provider="heygen", model="avatar-iv-photo", native_id="vid_1")
ACCEPTED = {"data": {"video_id": "vid_1", "status": "waiting"}}


class TestHeyGen(ProviderContract):
    shapes = Path(__file__).parent / "shapes" / "heygen.json"

    def build(self, base_url: str, **settings: Any) -> RemoteProvider:
        vendor = provider(base_url=base_url, api_key=CANARY, models=MODELS, **settings)
        assert isinstance(vendor, HeyGen)
        return vendor


@asynccontextmanager
async def account(**settings: Any) -> AsyncIterator[HeyGen]:
    vendor = provider(**({"api_key": KEY, "models": MODELS} | settings))
    assert isinstance(vendor, HeyGen)
    try:
        yield vendor
    finally:
        await vendor.aclose()


def order(script: str = "Welcome to the harbour.", width_px: int = 1280, height_px: int = 720, **over: Any) -> Any:
    size = Size(width_px=width_px, height_px=height_px)
    fields: dict[str, Any] = {"brief": Brief(prompt=script), "duration_s": 5, "size": size, "voice": "voice-1"}
    return GenerationRequest(**(fields | over))


async def test_a_script_becomes_an_avatars_video_with_our_key_as_its_title() -> None:
    with respx.mock:
        route = respx.post(f"{URL}/videos").respond(200, json=ACCEPTED)
        async with account() as us:
            assert await us.submit("avatar-iv-photo", order(audio=True), Placing("op-1")) == HANDLE
        request = route.calls.last.request
    assert request.headers["x-api-key"] == KEY
    assert "authorization" not in request.headers
    assert json.loads(request.content) == {
        "type": "avatar",
        "avatar_id": "look-1",
        "script": "Welcome to the harbour.",
        "voice_id": "voice-1",
        "resolution": "720p",
        "aspect_ratio": "16:9",
        "engine": {"type": "avatar_iv"},
        "title": "op-1",
    }


async def test_only_models_with_an_avatar_are_offered() -> None:
    async with account() as us:
        assert [one.id for one in us.profiles()] == ["avatar-iv-photo"]
    async with account(models=None) as us:
        assert us.profiles() == ()


@pytest.mark.parametrize(
    ("model", "request_", "words"),
    [
        pytest.param("avatar-iii", order(), "no avatar", id="no avatar"),
        pytest.param("avatar-iv-photo", order(voice=""), "needs a voice", id="no voice"),
        pytest.param("avatar-iv-photo", order("x" * 51), "longer than", id="a script over the seconds"),
        pytest.param("avatar-iv-photo", order("港" * 17), "longer than", id="such a script in Chinese"),
        pytest.param("avatar-iv-photo", order(duration_s=200), "200 s", id="too long"),
        pytest.param("avatar-iv-photo", order("Hi.", 960, 720), "960x720", id="4:3"),
        pytest.param("avatar-iv-photo", order(operation="edit"), "cannot edit", id="an edit"),
    ],
)
async def test_what_it_cannot_do_is_refused_before_anything_is_sent(
    model: str, request_: GenerationRequest, words: str
) -> None:
    with respx.mock(assert_all_called=False) as router:
        async with account() as us:
            with pytest.raises(ProviderError, match=words) as caught:
                await us.submit(model, request_, Placing("op-1"))
    assert caught.value.kind == "unsupported"
    assert not router.calls


async def test_an_account_may_trust_its_voice_to_be_faster() -> None:
    fast = [{"id": "avatar-iv-photo", "wire": {"avatar_id": "look-1", "bytes_per_s": 14}}]
    with respx.mock:
        respx.post(f"{URL}/videos").respond(200, json=ACCEPTED)
        async with account(models=fast) as us:
            assert await us.submit("avatar-iv-photo", order("x" * 70), Placing("op-1")) == HANDLE


async def test_a_lost_order_is_found_by_its_title() -> None:
    with respx.mock:
        listed = respx.get(f"{URL}/videos", params={"title": "op-1", "limit": "10"})
        async with account() as us:
            other, ours = {"id": "vid_2", "title": "op-12"}, {"id": "vid_1", "title": "op-1"}
            listed.respond(200, json={"data": [other, ours], "has_more": False})
            assert await us.find("avatar-iv-photo", order(), "op-1") == HANDLE
            listed.respond(200, json={"data": [other], "has_more": False})
            assert await us.find("avatar-iv-photo", order(), "op-1") is None
            unsettled: list[dict[str, Any]] = [
                {"data": [other], "has_more": True},
                {"data": [ours, ours]},
                {"data": {}},
                {},
            ]
            for answer in unsettled:
                listed.respond(200, json=answer)
                with pytest.raises(ProviderError) as caught:
                    await us.find("avatar-iv-photo", order(), "op-1")
                assert caught.value.kind == "unknown"


@pytest.mark.parametrize(("code", "kind"), [("content_moderation", "policy"), (None, "provider"), ("new", "provider")])
async def test_only_a_plain_word_makes_a_failure_one_of_policy(code: str | None, kind: str) -> None:
    with respx.mock:
        video = {"id": "vid_1", "status": "failed", "failure_code": code, "failure_message": "No."}
        respx.get(f"{URL}/videos/vid_1").respond(200, json={"data": video})
        async with account() as us:
            status = await us.poll(HANDLE)
    assert status.failure is not None
    assert (status.state, status.failure.kind) == ("failed", kind)


def test_prices_go_by_resolution() -> None:
    price = next(one for one in provider.models() if one.id == "avatar-iv-twin").price
    assert price is not None
    assert price.upper_bound_usd(order(duration_s=10)) == Decimal("0.667")
    assert price.upper_bound_usd(order("Hi.", 3840, 2160, duration_s=10)) == Decimal("0.833")
    assert price.upper_bound_usd(order("Hi.", 854, 480)) is None
