"""fal: the queue's true shapes, its addresses, and the arguments of its apps."""

from __future__ import annotations

import base64
import hashlib
import importlib
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
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from cutaway.contract import (
    Brief,
    GenerationRequest,
    Handle,
    HearsWebhooks,
    InputFile,
    InputRef,
    InputRole,
    Modality,
    OperationKind,
    Placing,
    RemoteProvider,
    Size,
    WebhookCall,
)
from cutaway.errors import ConfigError, NotConfiguredError, ProviderError, SubmitUnknownError
from cutaway.testing import KEY, ProviderContract
from cutaway.vendor import read_catalog
from cutaway_providers.fal import provider
from cutaway_providers.fal.vendor import Fal
from cutaway_providers.fal.wire import read_wire

BASE = "https://queue.fal.run"
SHAPES: dict[str, Any] = json.loads(
    (Path(__file__).parent / "shapes" / "fal.json").read_text(encoding="utf-8").replace("{base}", BASE)
)
JOB = SHAPES["native_id"]
PLACE = f"{BASE}/fal-ai/pika/requests/{JOB}"
JWKS = "https://rest.fal.ai/.well-known/jwks.json"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOOK = "https://ours.test/hooks/fal?order=op-1&nonce=abc"


class TestFal(ProviderContract):
    shapes = Path(__file__).parent / "shapes" / "fal.json"

    def build(self, base_url: str, **settings: Any) -> RemoteProvider:
        vendor = provider(base_url=base_url, storage_url=base_url, api_key=KEY, **settings)
        assert isinstance(vendor, Fal)
        return vendor


def reply(shape: dict[str, Any]) -> httpx.Response:
    return httpx.Response(shape["status"], json=shape["json"])


def order(
    *inputs: InputRef,
    size: tuple[int, int] = (1280, 720),
    duration_s: float = 5,
    operation: OperationKind = "generate",
    modality: Modality = "video",
    **more: Any,
) -> GenerationRequest:
    return GenerationRequest(
        operation=operation,
        modality=modality,
        brief=Brief(prompt="a fox crosses a street", negative="captions"),
        duration_s=duration_s,
        size=Size(width_px=size[0], height_px=size[1]),
        inputs=inputs,
        seed=7,
        **more,
    )


def given(
    role: InputRole, file: Path | None = None, url: str = "", media_type: str = "image/png"
) -> tuple[InputRef, Placing]:
    content = file.read_bytes() if file else b""
    ref = InputRef(sha256=hashlib.sha256(content + role.encode()).hexdigest(), role=role, media_type=media_type)
    return ref, Placing(key="k", inputs={ref.sha256: InputFile(file or Path("/none"), media_type, len(content), url)})


@asynccontextmanager
async def account(**settings: Any) -> AsyncIterator[Fal]:
    vendor = provider(**({"api_key": KEY} | settings))
    assert isinstance(vendor, Fal)
    try:
        yield vendor
    finally:
        await vendor.aclose()


async def handle_of(vendor: Fal) -> Handle:
    respx.post(f"{BASE}/fal-ai/pika/v2.2/text-to-video").mock(reply(SHAPES["accepted"]["submit"]))
    return await vendor.submit("pika-2.2", order(), Placing(key="k"))


def script(shape: dict[str, Any]) -> None:
    respx.get(f"{PLACE}/status").mock(reply(shape["poll"]))
    if "result" in shape:
        respx.get(PLACE).mock(reply(shape["result"]))


@respx.mock
async def test_an_order_is_one_post_with_the_apps_own_arguments() -> None:
    async with account() as vendor:
        handle = await handle_of(vendor)
    sent = respx.calls.last.request
    assert sent.headers["authorization"] == f"Key {KEY}"
    assert json.loads(sent.content) == {
        "prompt": "a fox crosses a street",
        "negative_prompt": "captions",
        "duration": 5,
        "resolution": "720p",
        "aspect_ratio": "16:9",
        "seed": 7,
    }
    assert (handle.native_id, handle.data["status"]) == (JOB, f"/fal-ai/pika/requests/{JOB}/status")
    assert KEY not in handle.model_dump_json()


@respx.mock
@pytest.mark.parametrize(
    "stranger",
    [
        "https://evil.test/fal-ai/pika/requests/{job}/status",
        "http://queue.fal.run/fal-ai/pika/requests/{job}/status",
        "https://queue.fal.run@evil.test/{job}",
        "https://queue.fal.run:444/{job}",
        "https://queue.fal.run/fal-ai/pika/requests/another/status",
        None,
        7,
    ],
)
async def test_addresses_elsewhere_are_not_followed(stranger: Any) -> None:
    named = stranger.format(job=JOB) if isinstance(stranger, str) else stranger
    answer = SHAPES["accepted"]["submit"]["json"] | {"status_url": named, "response_url": named, "cancel_url": named}
    respx.post(f"{BASE}/fal-ai/pika/v2.2/text-to-video").mock(httpx.Response(200, json=answer))
    async with account() as vendor:
        handle = await vendor.submit("pika-2.2", order(), Placing(key="k"))
    assert handle.data == {
        "status": f"/fal-ai/pika/requests/{JOB}/status",
        "response": f"/fal-ai/pika/requests/{JOB}",
        "cancel": f"/fal-ai/pika/requests/{JOB}/cancel",
    }


@respx.mock
@pytest.mark.parametrize("state", sorted(SHAPES["polls"]))
async def test_states(state: str) -> None:
    async with account() as vendor:
        handle = await handle_of(vendor)
        script(SHAPES["polls"][state])
        status = await vendor.poll(handle)
    assert status.state == state
    assert status.outputs == ((f"{BASE}/files/out.mp4",) if state == "succeeded" else ())
    assert status.cost_usd is None


@respx.mock
@pytest.mark.parametrize("kind", sorted(SHAPES["failures"]))
async def test_failures_show_when_the_result_is_fetched(kind: str) -> None:
    async with account() as vendor:
        handle = await handle_of(vendor)
        script(SHAPES["failures"][kind])
        status = await vendor.poll(handle)
    assert status.state == "failed"
    assert status.failure is not None
    assert status.failure.kind == kind
    assert status.failure.retryable == (kind == "capacity")


@respx.mock
@pytest.mark.parametrize("kind", sorted(SHAPES["refusals"]))
async def test_refusals(kind: str) -> None:
    respx.post(f"{BASE}/fal-ai/pika/v2.2/text-to-video").mock(reply(SHAPES["refusals"][kind]["submit"]))
    async with account() as vendor:
        with pytest.raises(ProviderError) as caught:
            await vendor.submit("pika-2.2", order(), Placing(key="k"))
    assert not isinstance(caught.value, SubmitUnknownError)
    assert caught.value.kind == kind
    assert len(respx.calls) == 1


@respx.mock
@pytest.mark.parametrize(
    "answer", [httpx.Response(500, json={"detail": "x"}), httpx.Response(403), httpx.Response(200)]
)
async def test_doubts_stay_doubts(answer: httpx.Response) -> None:
    respx.post(f"{BASE}/fal-ai/pika/v2.2/text-to-video").mock(answer)
    async with account() as vendor:
        with pytest.raises(SubmitUnknownError):
            await vendor.submit("pika-2.2", order(), Placing(key="k"))
    assert len(respx.calls) == 1


@respx.mock
async def test_trouble_with_the_result_is_not_the_jobs_failure() -> None:
    done = SHAPES["polls"]["succeeded"]["poll"]
    async with account() as vendor:
        handle = await handle_of(vendor)
        for status in (401, 429, 500, 502, 503):
            script({"poll": done, "result": {"status": status, "json": {"detail": "try later"}}})
            with pytest.raises(ProviderError):
                await vendor.poll(handle)
        script({"poll": done, "result": {"status": 504, "json": {"detail": "x", "error_type": "request_timeout"}}})
        failed = await vendor.poll(handle)
        script({"poll": done, "result": {"status": 404, "json": {"detail": "gone"}}})
        lost = await vendor.poll(handle)
    assert failed.failure is not None
    assert failed.failure.kind == "capacity"
    assert lost.state == "lost"


@respx.mock
async def test_unknown_words_raise_and_gone_jobs_are_lost() -> None:
    async with account() as vendor:
        handle = await handle_of(vendor)
        script(SHAPES["unknown_word"])
        with pytest.raises(ProviderError, match="PAUSED"):
            await vendor.poll(handle)
        script(SHAPES["gone"])
        assert (await vendor.poll(handle)).state == "lost"


@respx.mock
@pytest.mark.parametrize(("status", "word", "stops"), [(202, "CANCELLATION_REQUESTED", True), (200, "OK", True)])
async def test_cancel(status: int, word: str, stops: bool) -> None:
    async with account() as vendor:
        handle = await handle_of(vendor)
        respx.put(f"{PLACE}/cancel").mock(httpx.Response(status, json={"status": word}))
        assert await vendor.cancel(handle) is stops
        respx.put(f"{PLACE}/cancel").mock(httpx.Response(400, json={"status": "ALREADY_COMPLETED"}))
        assert await vendor.cancel(handle) is False


@respx.mock
@pytest.mark.parametrize(
    ("model", "request_", "app", "body"),
    [
        (
            "kling-4",
            order(size=(1920, 1080)),
            "kling/v4/text-to-video",
            {"duration": 5, "resolution": "1080p", "aspect_ratio": "16:9"},
        ),
        (
            "seedance-2.5",
            order(audio=True),
            "bytedance/seedance-2.5/text-to-video",
            {"duration": "5", "resolution": "720p", "aspect_ratio": "16:9", "generate_audio": True},
        ),
        (
            "ltx-2.3-fast",
            order(size=(3840, 2160), duration_s=8),
            "fal-ai/ltx-2.3/text-to-video/fast",
            {"duration": 8, "resolution": "2160p", "aspect_ratio": "16:9", "generate_audio": False, "fps": 25},
        ),
        (
            "flux-2",
            order(modality="image"),
            "fal-ai/flux-2",
            {"image_size": {"width": 1280, "height": 720}, "seed": 7, "num_images": 1, "output_format": "png"},
        ),
        (
            "kokoro-english",
            order(modality="audio", audio=True, voice="af_heart"),
            "fal-ai/kokoro/american-english",
            {"voice": "af_heart"},
        ),
        (
            "kling-3.0-pro",
            order(size=(1920, 1080), audio=True),
            "fal-ai/kling-video/v3/pro/text-to-video",
            {"duration": "5", "aspect_ratio": "16:9", "generate_audio": True, "negative_prompt": "captions"},
        ),
        (
            "minimax-h3",
            order(size=(2560, 1440)),
            "minimax/h3/text-to-video",
            {"duration": 5, "resolution": "2K", "aspect_ratio": "16:9"},
        ),
        (
            "hailuo-2.3",
            order(size=(1366, 768), duration_s=6),
            "fal-ai/minimax/hailuo-2.3/standard/text-to-video",
            {"duration": "6"},
        ),
        (
            "flux-2-pro",
            order(size=(1920, 1080), modality="image"),
            "fal-ai/flux-2-pro",
            {"image_size": {"width": 1920, "height": 1080}, "seed": 7, "output_format": "png"},
        ),
    ],
)
async def test_each_app_gets_its_own_names(model: str, request_: Any, app: str, body: dict[str, Any]) -> None:
    route = respx.post(f"{BASE}/{app}").mock(httpx.Response(200, json={"request_id": "r1"}))
    async with account() as vendor:
        handle = await vendor.submit(model, request_, Placing(key="k"))
    assert json.loads(route.calls.last.request.content) == {"prompt": "a fox crosses a street"} | body
    owner, alias = app.split("/")[:2]
    assert handle.data["cancel"] == f"/{owner}/{alias}/requests/r1/cancel"


@respx.mock
async def test_inputs_go_by_address_as_data_or_through_the_storage(tmp_path: Path) -> None:
    small, large = tmp_path / "small.png", tmp_path / "large.mp4"
    small.write_bytes(b"\x89PNG")
    large.write_bytes(bytes(2_000_001))
    respx.post(f"{BASE}/kling/v4/image-to-video").mock(httpx.Response(200, json={"request_id": "r1"}))
    respx.post(f"{BASE}/kling/v4/video-to-video/edit").mock(httpx.Response(200, json={"request_id": "r2"}))
    upload = respx.post("https://rest.fal.ai/storage/upload/initiate", params={"storage_type": "fal-cdn-v3"}).mock(
        httpx.Response(
            200, json={"upload_url": "https://rest.fal.ai/put/1", "file_url": "https://v3.fal.media/files/1.mp4"}
        )
    )
    put = respx.put("https://rest.fal.ai/put/1").mock(httpx.Response(200))
    async with account() as vendor:
        ref, placing = given("first_frame", url="https://ours.test/a.png")
        await vendor.submit("kling-4", order(ref), placing)
        assert json.loads(respx.calls.last.request.content)["start_image_url"] == "https://ours.test/a.png"
        ref, placing = given("first_frame", small)
        await vendor.submit("kling-4", order(ref), placing)
        assert json.loads(respx.calls.last.request.content)["start_image_url"] == "data:image/png;base64,iVBORw=="
        ref, placing = given("source_video", large, media_type="video/mp4")
        look, more = given("reference", url="https://ours.test/b.png")
        placing = Placing(key="k", inputs={**placing.inputs, **more.inputs})
        await vendor.submit("kling-4-edit", order(ref, look, operation="edit"), placing)
    body = json.loads(respx.calls.last.request.content)
    assert body == {
        "prompt": "a fox crosses a street",
        "video_url": "https://v3.fal.media/files/1.mp4",
        "image_urls": ["https://ours.test/b.png"],
    }
    assert json.loads(upload.calls.last.request.content) == {"content_type": "video/mp4", "file_name": "large.mp4"}
    assert put.calls.last.request.content == large.read_bytes()


@respx.mock
@pytest.mark.parametrize(
    ("model", "operation", "roles", "app", "body"),
    [
        (
            "kling-3.0-standard",
            "generate",
            {"first_frame": "start_image_url", "last_frame": "end_image_url"},
            "fal-ai/kling-video/v3/standard/image-to-video",
            {"duration": "5", "generate_audio": False, "negative_prompt": "captions"},
        ),
        (
            "seedance-2.0",
            "generate",
            {"reference": "image_urls[]"},
            "bytedance/seedance-2.0/reference-to-video",
            {"duration": "5", "resolution": "720p", "aspect_ratio": "16:9", "generate_audio": False},
        ),
        (
            "wan-2.7",
            "generate",
            {"first_frame": "image_url", "reference_audio": "audio_url"},
            "fal-ai/wan/v2.7/image-to-video",
            {"duration": 5, "resolution": "720p", "negative_prompt": "captions", "seed": 7},
        ),
        (
            "happyhorse-edit",
            "edit",
            {"source_video": "video_url", "reference": "reference_image_urls[]"},
            "alibaba/happy-horse/video-edit",
            {"resolution": "720p", "seed": 7},
        ),
        (
            "pixverse-6",
            "extend",
            {"source_video": "video_url"},
            "fal-ai/pixverse/v6/extend",
            {
                "duration": 5,
                "resolution": "720p",
                "negative_prompt": "captions",
                "seed": 7,
                "generate_audio_switch": False,
            },
        ),
    ],
)
async def test_apps_take_their_inputs_by_their_own_names(
    model: str, operation: OperationKind, roles: dict[InputRole, str], app: str, body: dict[str, Any]
) -> None:
    route = respx.post(f"{BASE}/{app}").mock(httpx.Response(200, json={"request_id": "r1"}))
    refs: list[InputRef] = []
    files: dict[str, InputFile] = {}
    wanted: dict[str, Any] = {"prompt": "a fox crosses a street"} | body
    for role, name in roles.items():
        address = f"https://ours.test/{role}"
        ref, placing = given(role, url=address)
        refs.append(ref)
        files |= placing.inputs
        wanted[name.removesuffix("[]")] = [address] if name.endswith("[]") else address
    async with account() as vendor:
        await vendor.submit(model, order(*refs, operation=operation), Placing(key="k", inputs=files))
    assert json.loads(route.calls.last.request.content) == wanted


@respx.mock
@pytest.mark.parametrize(("size", "target"), [((1920, 1080), "1080p"), ((2560, 1440), "2k"), ((3840, 2160), "4k")])
async def test_an_upscaler_gets_the_source_and_the_resolution(size: tuple[int, int], target: str) -> None:
    route = respx.post(f"{BASE}/fal-ai/bytedance-upscaler/upscale/video").mock(
        httpx.Response(200, json={"request_id": "r1"})
    )
    ref, placing = given("source_video", url="https://ours.test/a.mp4", media_type="video/mp4")
    async with account() as vendor:
        await vendor.submit("bytedance-upscaler", order(ref, operation="upscale", size=size), placing)
    assert json.loads(route.calls.last.request.content) == {
        "video_url": "https://ours.test/a.mp4",
        "target_resolution": target,
        "target_fps": "30fps",
        "enhancement_tier": "standard",
    }


def test_every_role_of_every_model_has_an_argument() -> None:
    for model in read_catalog("cutaway_providers", "fal"):
        wire = read_wire(model)
        known: set[str] = set(wire.arguments).union(*(route.arguments for route in wire.routes))
        assert set(model.input_roles) <= known, model.id
        assert ("audio" in known) == (model.audio == "optional"), model.id
        assert "duration" in known or model.modality != "video" or set(model.operations) <= {"edit", "upscale"}, (
            model.id
        )


@respx.mock
@pytest.mark.parametrize(
    ("model", "asked"),
    [
        ("pika-2.2", order(duration_s=6)),
        ("pika-2.2", order(size=(640, 360))),
        ("pika-2.2", order(audio=True)),
        ("pika-2.2", order(operation="edit")),
        ("pika-2.2", order(given("source_video")[0])),
        ("kling-4", order(size=(1024, 1024))),
        ("kling-4", order(given("last_frame")[0])),
        ("kling-4", order(voice="af_heart")),
        ("kling-4-edit", order(operation="edit")),
        ("nothing", order()),
    ],
)
async def test_what_an_app_cannot_do_is_refused_unsent(model: str, asked: GenerationRequest) -> None:
    async with account() as vendor:
        with pytest.raises(ProviderError) as caught:
            await vendor.submit(model, asked, Placing(key="k"))
    assert caught.value.kind == "unsupported"
    assert not respx.calls


@respx.mock
async def test_an_app_of_ones_own() -> None:
    mine = {"id": "mine", "title": "Mine", "vendor_model": "me/app", "durations_s": [5], "wire": {"output": "clips"}}
    sent = respx.post(f"{BASE}/me/app").mock(httpx.Response(200, json={"request_id": "r9"}))
    respx.get(f"{BASE}/me/app/requests/r9/status").mock(httpx.Response(200, json={"status": "COMPLETED"}))
    respx.get(f"{BASE}/me/app/requests/r9").mock(
        httpx.Response(200, json={"clips": [{"url": "https://fal.media/1"}, {"url": "https://fal.media/2"}]})
    )
    async with account(models=[mine]) as vendor:
        status = await vendor.poll(await vendor.submit("mine", order(), Placing(key="k")))
    assert json.loads(sent.calls.last.request.content) == {"prompt": "a fox crosses a street"}
    assert status.outputs == ("https://fal.media/1", "https://fal.media/2")


@respx.mock
async def test_check_tells_a_good_key_from_a_bad_one() -> None:
    route = respx.get(url__regex=f"{BASE}/fal-ai/flux/requests/[0-]+/status")
    async with account() as vendor:
        route.mock(httpx.Response(404, json={"detail": "Request not found"}))
        assert BASE in await vendor.check()
        route.mock(httpx.Response(401, json={"detail": "Cannot access"}))
        with pytest.raises(ProviderError) as caught:
            await vendor.check()
    assert caught.value.kind == "auth"


def report(key: Ed25519PrivateKey, body: bytes, at: datetime = NOW) -> WebhookCall:
    """A report as fal sends it: the key signs the ids, the time and the SHA-256 of the body."""
    stamp = str(int(at.timestamp()))
    message = "\n".join((JOB, "user-1", stamp, hashlib.sha256(body).hexdigest()))
    signed = {"request-id": JOB, "user-id": "user-1", "timestamp": stamp, "signature": key.sign(message.encode()).hex()}
    return WebhookCall(headers={f"x-fal-webhook-{name}": said for name, said in signed.items()}, body=body)


def jwks(key: Ed25519PrivateKey) -> httpx.Response:
    public = base64.urlsafe_b64encode(key.public_key().public_bytes_raw()).rstrip(b"=").decode()
    return httpx.Response(200, json={"keys": [{"kty": "OKP", "crv": "Ed25519", "x": public}]})


DONE = json.dumps({"request_id": JOB, "gateway_request_id": JOB, "status": "OK", "payload": {}}).encode()


@respx.mock
async def test_a_report_is_checked_with_the_published_keys() -> None:
    key = Ed25519PrivateKey.generate()
    keys = respx.get(JWKS).mock(jwks(key))
    async with account() as vendor:
        assert isinstance(vendor, HearsWebhooks)
        heard = await vendor.parse_webhook(report(key, DONE), NOW)
        assert (heard.native_id, heard.verified, heard.why) == (JOB, True, "")
        assert (await vendor.parse_webhook(report(key, DONE), NOW)).verified
        assert keys.call_count == 1
        true = report(key, DONE)
        forged = (
            true.model_copy(update={"body": DONE.replace(b"OK", b"ERROR")}),
            true.model_copy(update={"headers": {}}),
            report(Ed25519PrivateKey.generate(), DONE),
            report(key, DONE, NOW - timedelta(seconds=301)),
            report(key, DONE, NOW + timedelta(seconds=301)),
        )
        for call in forged:
            heard = await vendor.parse_webhook(call, NOW)
            assert (heard.native_id, heard.verified) == (JOB, False)
            assert heard.why


@respx.mock
async def test_a_report_that_cannot_be_checked_is_heard_and_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    key = Ed25519PrivateKey.generate()
    respx.get(JWKS).mock(httpx.Response(500))
    async with account() as vendor:
        heard = await vendor.parse_webhook(report(key, DONE), NOW)
        assert (heard.native_id, heard.verified) == (JOB, False)
        assert "could not be fetched" in heard.why
        for body in (b"", b"[]", b"{}", b'{"request_id": 7}'):
            with pytest.raises(ProviderError) as caught:
                await vendor.parse_webhook(report(key, body), NOW)
            assert caught.value.kind == "invalid"

        def absent(name: str) -> Any:
            raise ImportError(name)

        monkeypatch.setattr(importlib, "import_module", absent)
        heard = await vendor.parse_webhook(report(key, DONE), NOW)
    assert (heard.native_id, heard.verified) == (JOB, False)
    assert "cryptography" in heard.why


@respx.mock
async def test_the_address_for_reports_goes_along_and_into_no_message() -> None:
    route = respx.post(url__startswith=f"{BASE}/fal-ai/pika/v2.2/text-to-video")
    placing = Placing(key="k", webhook_url=HOOK)
    async with account() as vendor:
        route.mock(reply(SHAPES["accepted"]["submit"]))
        handle = await vendor.submit("pika-2.2", order(), placing)
        assert dict(route.calls.last.request.url.params) == {"fal_webhook": HOOK}
        assert "nonce" not in handle.model_dump_json()
        for answer, kind in ((httpx.Response(422, json={"detail": "x"}), "invalid"), (httpx.Response(500), "unknown")):
            route.mock(answer)
            with pytest.raises(ProviderError) as caught:
                await vendor.submit("pika-2.2", order(), placing)
            assert caught.value.kind == kind
            assert isinstance(caught.value, SubmitUnknownError) == (kind == "unknown")
            assert "nonce" not in str(caught.value)
    assert {model.webhook for model in provider.models()} == {"ed25519"}


def test_settings() -> None:
    with pytest.raises(NotConfiguredError, match="FAL_KEY"):
        provider()
    wrong: list[dict[str, Any]] = [{"routes": []}, {"routes": [{"app": "../x"}]}, {"arguments": {"colour": "c"}}]
    for wire in wrong:
        with pytest.raises(ConfigError, match="mine"):
            provider(api_key=KEY, models=[{"id": "mine", "vendor_model": "a/b", "wire": wire}])


def test_prices() -> None:
    models = {model.id: model for model in provider.models()}
    assert all(model.price is not None and model.price.source_url for model in models.values())

    def most(name: str, asked: GenerationRequest) -> Decimal | None:
        price = models[name].price
        assert price is not None
        return price.upper_bound_usd(asked)

    video = InputRef(sha256="0" * 64, role="source_video", media_type="video/mp4", duration_s=5)
    assert most("pika-2.2", order(size=(1920, 1080), duration_s=10)) == Decimal("0.9")
    assert most("kling-4", order(duration_s=6)) == Decimal("0.942")
    assert most("kling-4-edit", order(video, operation="edit")) == Decimal("1.41")
    assert most("happyhorse-edit", order(video, operation="edit")) == Decimal("1.4")
    assert most("bytedance-upscaler", order(video, size=(3840, 2160), operation="upscale")) == Decimal("0.144")
    assert most("pixverse-6", order(video, operation="extend")) == Decimal("0.45")
    assert most("pixverse-6", order(audio=True)) == Decimal("0.3")
    assert most("flux-2", order(modality="image")) == Decimal("0.012")
    assert most("kokoro-english", order(modality="audio")) == Decimal("0.00002") * len("a fox crosses a street")
