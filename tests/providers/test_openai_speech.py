"""The /v1/audio/speech adapter: one request, one sound kept in our store."""

from __future__ import annotations

import io
import json
import wave
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import av
import pytest
import respx

from cutaway.contract import Brief, GenerationRequest, Handle, Placing, RemoteProvider, Size
from cutaway.errors import ConfigError, FailureKind, ProviderError, SubmitUnknownError
from cutaway.jobs.inputs import media_type_of
from cutaway.media.store import AssetStore
from cutaway.testing import KEY, ProviderContract
from cutaway.vendor import read_catalog
from cutaway_providers.openai_speech import BASE_URL, provider
from cutaway_providers.openai_speech.vendor import OpenAISpeech

SHAPES = json.loads((Path(__file__).parent / "shapes/openai_speech.json").read_text(encoding="utf-8"))
SOUND = SHAPES["accepted"]["submit"]["text"].encode()
MODELS = [model.model_dump(exclude_unset=True) for model in read_catalog("cutaway_providers", "openai_speech")]


class TestOpenAISpeech(ProviderContract):
    shapes = Path(__file__).parent / "shapes/openai_speech.json"

    def build(self, base_url: str, **settings: Any) -> OpenAISpeech:
        vendor = provider(base_url=f"{base_url}/v1", api_key=KEY, **({"models": MODELS} | settings))
        assert isinstance(vendor, OpenAISpeech)
        return vendor


def built(**settings: Any) -> OpenAISpeech:
    made = provider(**({"api_key": "sk-test"} | settings))
    assert isinstance(made, OpenAISpeech)
    return made


def order(**changes: Any) -> GenerationRequest:
    brief, size = Brief(prompt="Hello there."), Size(width_px=64, height_px=64)
    made = GenerationRequest(modality="audio", brief=brief, duration_s=2, size=size, voice="coral")
    return made.model_copy(update=changes)


async def keep(content: bytes) -> str:
    assert content == SOUND
    return "f" * 64


@pytest.fixture
def server() -> Iterator[respx.MockRouter]:
    with respx.mock(base_url=BASE_URL, assert_all_called=False) as router:
        yield router


async def test_an_order_is_one_post_and_its_sound_is_kept(server: respx.MockRouter) -> None:
    route = server.post("/audio/speech").respond(200, content=SOUND, headers={"content-type": "audio/mpeg"})
    us = built()
    handle = await us.submit("tts-1", order(), Placing("op-1", keep=keep))
    assert (handle.native_id, handle.kept) == ("op-1", ("f" * 64,))
    (call,) = route.calls
    want = {"model": "tts-1", "input": "Hello there.", "voice": "coral", "response_format": "mp3"}
    assert json.loads(call.request.content) == want
    assert (await us.poll(handle)).state == "succeeded"
    assert (await us.poll(Handle(provider="openai_speech", model="tts-1", native_id="x"))).state == "lost"


async def test_the_result_is_an_audio_file_kept_from_the_answer(server: respx.MockRouter, tmp_path: Path) -> None:
    """Through our own store, as a worker keeps it: the file is a sound of the answer's length, byte for byte."""
    spoken = io.BytesIO()
    with wave.open(spoken, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(24_000)
        out.writeframes(b"\0\x10" * 12_000)
    server.post("/audio/speech").respond(200, content=spoken.getvalue(), headers={"content-type": "audio/wav"})
    store, us = AssetStore(tmp_path / "store"), built()
    handle = await us.submit("tts-1", order(), Placing("op-1", keep=store.put))
    status = await us.poll(handle)
    assert (status.state, status.outputs) == ("succeeded", handle.kept)
    path = await store.path(status.outputs[0])
    assert path.read_bytes() == spoken.getvalue()
    assert media_type_of(path.read_bytes()[:16]) == "audio/wav"
    with av.open(str(path)) as sound:
        (stream,) = sound.streams
        assert stream.type == "audio"
        assert sound.duration is not None
        assert sound.duration / av.time_base == pytest.approx(0.5)


@pytest.mark.parametrize("kind", sorted(SHAPES["refusals"]))
async def test_a_sure_refusal_has_its_kind(kind: FailureKind, server: respx.MockRouter) -> None:
    reply = SHAPES["refusals"][kind]["submit"]
    route = server.post("/audio/speech")
    for status in (reply["status"], 200):
        route.respond(status, json=reply["json"])
        with pytest.raises(ProviderError) as caught:
            await built().submit("tts-1", order(), Placing("op-1"))
        assert caught.value.kind == kind
        assert not isinstance(caught.value, SubmitUnknownError)


@pytest.mark.parametrize(("content", "kind"), [(b"", "audio/mpeg"), (b"<html>", "text/html"), (b"{}", "audio/json")])
async def test_an_answer_without_a_sound_is_unknown(content: bytes, kind: str, server: respx.MockRouter) -> None:
    route = server.post("/audio/speech").respond(200, content=content, headers={"content-type": kind})
    if kind == "audio/json":  # claims to be a sound: the store's reader judges its bytes
        route.respond(200, json={})
    with pytest.raises(SubmitUnknownError):
        await built().submit("tts-1", order(), Placing("op-1", keep=keep))


@pytest.mark.parametrize(
    "request_",
    [
        order(voice="nobody"),
        order(voice="marin"),
        order(modality="video"),
        order(operation="edit"),
        order(brief=Brief(prompt="x" * 4097)),
    ],
)
async def test_what_it_cannot_say_is_refused_before_anything_is_sent(
    request_: GenerationRequest, server: respx.MockRouter
) -> None:
    with pytest.raises(ProviderError) as caught:
        await built().submit("tts-1", request_, Placing("op-1"))
    assert caught.value.kind == "unsupported"
    assert not server.calls


async def test_a_server_of_ones_own_has_its_voice_and_needs_no_key(server: respx.MockRouter) -> None:
    url = "http://voices.test:8880/v1"
    route = server.post(f"{url}/audio/speech").respond(200, content=SOUND, headers={"content-type": "audio/wav"})
    model = {"id": "kokoro", "modality": "audio", "wire": {"voice": "af_heart", "fields": {"response_format": "wav"}}}
    own = provider(base_url=url, models=[model, {"id": "mute", "modality": "audio"}])
    assert isinstance(own, RemoteProvider)
    await own.submit("kokoro", order(voice=""), Placing("op-1", keep=keep))
    sent = json.loads(route.calls.last.request.content)
    assert (sent["voice"], sent["response_format"]) == ("af_heart", "wav")
    assert "authorization" not in route.calls.last.request.headers
    with pytest.raises(ProviderError, match="needs a voice"):
        await own.submit("mute", order(voice=""), Placing("op-1", keep=keep))


def test_words_are_priced_by_the_character() -> None:
    prices = {profile.id: profile.price for profile in provider.models()}
    for model, usd_per_million in (("tts-1", 15), ("tts-1-hd", 30)):
        price = prices[model]
        assert price is not None
        assert price.upper_bound_usd(order()) == 12 * Decimal(usd_per_million) / 1_000_000
        assert price.upper_bound_usd(order(duration_s=60)) == price.upper_bound_usd(order())
    assert prices["gpt-4o-mini-tts"] is None


def test_openai_needs_a_key_and_another_server_needs_models() -> None:
    for settings in ({}, {"base_url": "http://gpu.test/v1"}):
        with pytest.raises(ConfigError, match=r"key|models"):
            provider(**settings)


async def test_check_lists_models(server: respx.MockRouter) -> None:
    server.get("/models").respond(200, json=SHAPES["checked"]["check"]["json"])
    assert "answers" in await built().check()
