"""Replicate: each model's own arguments, files, signed webhooks, and orders found in the account's list."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
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
    WebhookCall,
)
from cutaway.errors import ConfigError, NotConfiguredError, ProviderError
from cutaway.testing import KEY, ProviderContract
from cutaway_providers.replicate import BASE_URL, provider
from cutaway_providers.replicate.vendor import Replicate

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SECRET = "whsec_" + base64.b64encode(b"0123456789abcdef0123456789abcdef").decode()
JOB = "gm3qorzdhgbfurvjtvhg6dckhu"
FOX = "a fox crosses a street"


class TestReplicate(ProviderContract):
    shapes = Path(__file__).parent / "shapes" / "replicate.json"

    def build(self, base_url: str, **settings: Any) -> RemoteProvider:
        return built(base_url=f"{base_url}/v1", api_key=self.key, **settings)


def built(**settings: Any) -> Replicate:
    made = provider(**({"api_key": KEY} | settings))
    assert isinstance(made, Replicate)
    return made


def ref(role: InputRole, media_type: str = "image/png", n: int = 1) -> InputRef:
    return InputRef(sha256=hashlib.sha256(f"{role}{n}".encode()).hexdigest(), role=role, media_type=media_type)


def order(width: int = 1280, height: int = 720, seconds: float = 5, *inputs: InputRef, **more: Any) -> Any:
    plain: dict[str, Any] = {
        "brief": Brief(prompt=FOX, negative="captions"),
        "duration_s": seconds,
        "size": Size(width_px=width, height_px=height),
        "inputs": inputs,
        "seed": 7,
    }
    return GenerationRequest(**plain | more)


def placing(*inputs: InputRef, path: Path = Path("/none"), url: str = "", webhook_url: str = "") -> Placing:
    size = path.stat().st_size if path.exists() else 0
    files = {one.sha256: InputFile(path, one.media_type, size, url and f"{url}/{at}") for at, one in enumerate(inputs)}
    return Placing(key="k", inputs=files, webhook_url=webhook_url)


@pytest.fixture
def server() -> Iterator[respx.MockRouter]:
    with respx.mock(base_url=BASE_URL, assert_all_called=False) as router:
        yield router


def sent(route: respx.Route) -> Any:
    (call,) = route.calls
    return json.loads(call.request.content)


@pytest.mark.parametrize(
    ("model", "asked", "path", "body"),
    [
        (
            "kling-3.0",
            order(1920, 1080, audio=True),
            "kwaivgi/kling-v3-video",
            {"duration": 5, "mode": "pro", "aspect_ratio": "16:9", "generate_audio": True},
        ),
        (
            "seedance-1-pro",
            order(),
            "bytedance/seedance-1-pro",
            {"duration": 5, "resolution": "720p", "aspect_ratio": "16:9", "seed": 7},
        ),
        (
            "veo-3.1",
            order(1080, 1920, 8),
            "google/veo-3.1",
            {
                "negative_prompt": "captions",
                "duration": 8,
                "resolution": "1080p",
                "aspect_ratio": "9:16",
                "generate_audio": False,
                "seed": 7,
            },
        ),
        (
            "wan-2.2-t2v-fast",
            order(848, 480),
            "wan-video/wan-2.2-t2v-fast",
            {"resolution": "480p", "aspect_ratio": "16:9", "seed": 7, "num_frames": 81, "frames_per_second": 16},
        ),
        (
            "flux-schnell",
            order(modality="image"),
            "black-forest-labs/flux-schnell",
            {"aspect_ratio": "16:9", "num_outputs": 1, "megapixels": "1", "output_format": "png"},
        ),
    ],
)
async def test_each_model_gets_its_own_names(
    server: respx.MockRouter, model: str, asked: Any, path: str, body: dict[str, Any]
) -> None:
    route = server.post(f"/models/{path}/predictions").respond(201, json={"id": JOB, "status": "starting"})
    handle = await built().submit(model, asked, placing())
    assert sent(route) == {"input": {"prompt": FOX} | body}
    headers = route.calls.last.request.headers
    assert headers["authorization"] == f"Bearer {KEY}"
    assert "prefer" not in headers
    assert (handle.native_id, handle.data) == (JOB, {})


async def test_the_address_for_webhooks_goes_along(server: respx.MockRouter) -> None:
    route = server.post("/models/bytedance/seedance-1-pro/predictions").respond(201, json={"id": JOB})
    await built().submit("seedance-1-pro", order(), placing(webhook_url="https://ours.test/hooks/replicate"))
    body = sent(route)
    assert body.pop("input")
    assert body == {"webhook": "https://ours.test/hooks/replicate", "webhook_events_filter": ["completed"]}


async def test_inputs_go_by_address_as_data_or_through_the_files(server: respx.MockRouter, tmp_path: Path) -> None:
    small, large = tmp_path / "small.png", tmp_path / "large.png"
    small.write_bytes(b"\x89PNG")
    large.write_bytes(bytes(256_001))
    route = server.post("/models/bytedance/seedance-2.0/predictions").respond(201, json={"id": JOB})
    files = server.post("/files").respond(201, json={"id": "f1", "urls": {"get": f"{BASE_URL}/files/f1"}})
    us, looks, frame = built(), (ref("reference", n=1), ref("reference", n=2)), ref("first_frame")
    await us.submit("seedance-2.0", order(1280, 720, 5, *looks), placing(*looks, url="https://ours.test"))
    assert json.loads(route.calls.last.request.content)["input"]["reference_images"] == [
        "https://ours.test/0",
        "https://ours.test/1",
    ]
    await us.submit("seedance-2.0", order(1280, 720, 5, frame), placing(frame, path=small))
    assert json.loads(route.calls.last.request.content)["input"]["image"] == "data:image/png;base64,iVBORw=="
    assert not files.called
    await us.submit("seedance-2.0", order(1280, 720, 5, frame), placing(frame, path=large))
    assert json.loads(route.calls.last.request.content)["input"]["image"] == f"{BASE_URL}/files/f1"
    assert b'name="content"; filename="large.png"\r\nContent-Type: image/png' in files.calls.last.request.content
    files.respond(201, json={})
    with pytest.raises(ProviderError, match="without naming it"):
        await us.submit("seedance-2.0", order(1280, 720, 5, frame), placing(frame, path=large))
    assert route.call_count == 3


async def test_a_model_of_ones_own_and_a_version(server: respx.MockRouter) -> None:
    mine = {
        "id": "mine",
        "vendor_model": "me/clips",
        "durations_s": [5],
        "wire": {
            "arguments": {"prompt": "text", "width": "w", "duration": "length", "first_frame": "images[]"},
            "words": {"duration": {"5": "short"}},
            "always": {"fps": 24},
            "version": "5c7d5dc6",
            "output": "result.clips",
        },
        "input_roles": ["first_frame"],
    }
    route = server.post("/predictions").respond(201, json={"id": JOB})
    poll = server.get(f"/predictions/{JOB}")
    us, frame = built(models=[mine], only=["mine"]), ref("first_frame")
    handle = await us.submit("mine", order(1280, 720, 5, frame), placing(frame, url="https://ours.test"))
    asked = {"text": FOX, "w": 1280, "length": "short", "fps": 24, "images": ["https://ours.test/0"]}
    assert sent(route) == {"version": "5c7d5dc6", "input": asked}
    clips = ["https://replicate.delivery/1.mp4", "https://replicate.delivery/2.mp4"]
    poll.respond(200, json={"status": "succeeded", "output": {"result": {"clips": clips}}})
    assert (await us.poll(handle)).outputs == tuple(clips)
    with pytest.raises(ProviderError) as caught:
        await us.find("mine", order(), "k")
    assert caught.value.kind == "unsupported"


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        ("The input or output was flagged as sensitive. Please try again with different inputs. (E005)", "policy"),
        ("NSFW content detected. Try running it again, or try a different prompt.", "policy"),
        ("Prediction interrupted; please retry (code: PA)", "provider"),
        ("The model ran out of memory. (E1001)", "provider"),
        (None, "provider"),
    ],
)
async def test_a_failure_says_why(server: respx.MockRouter, error: Any, kind: str) -> None:
    server.get(f"/predictions/{JOB}").respond(200, json={"status": "failed", "error": error, "output": None})
    status = await built().poll(Handle(provider="replicate", model="veo-3.1", native_id=JOB))
    assert status.failure is not None
    assert (status.state, status.failure.kind) == ("failed", kind)
    assert status.failure.message == (error or "The vendor gave no reason.")


async def test_outputs_that_were_removed_are_expired(server: respx.MockRouter) -> None:
    poll = server.get(f"/predictions/{JOB}")
    poll.respond(200, json={"status": "succeeded", "output": None, "data_removed": True})
    us, handle = built(), Handle(provider="replicate", model="veo-3.1", native_id=JOB)
    assert (await us.poll(handle)).state == "expired"
    poll.respond(200, json={"status": "succeeded", "output": ["some text"]})
    assert (await us.poll(handle)).state == "failed"


@pytest.mark.parametrize(
    ("status", "word", "stops"),
    [(200, "canceled", True), (200, "processing", True), (200, "succeeded", False), (404, "", False)],
)
async def test_cancel(server: respx.MockRouter, status: int, word: str, stops: bool) -> None:
    server.post(f"/predictions/{JOB}/cancel").respond(status, json={"id": JOB, "status": word})
    assert await built().cancel(Handle(provider="replicate", model="veo-3.1", native_id=JOB)) is stops


@pytest.mark.parametrize(
    ("model", "asked"),
    [
        ("kling-3.0", order(seconds=2)),
        ("kling-3.0", order(seconds=4.5)),
        ("kling-3.0", order(1024, 768)),
        ("kling-3.0", order(1280, 720, 5, ref("last_frame"))),
        ("kling-3.0", order(voice="anna")),
        ("veo-3.1", order(seconds=5)),
        ("veo-3.1-lite-1080p", order(1920, 1080, 6)),
        ("seedance-1-pro", order(audio=True)),
        ("seedance-1.5-pro", order(1280, 720, 5, ref("last_frame"), ref("first_frame"))),
        ("wan-2.2-i2v-fast", order()),
        ("flux-dev", order()),
        ("nothing", order()),
    ],
)
async def test_what_a_model_cannot_do_is_refused_unsent(server: respx.MockRouter, model: str, asked: Any) -> None:
    with pytest.raises(ProviderError) as caught:
        await built().submit(model, asked, placing(*asked.inputs, url="https://ours.test"))
    assert caught.value.kind == "unsupported"
    assert not server.calls


# --- looking orders up ------------------------------------------------------------------------------------------------


def job(native: str = JOB, minutes: float = 1, given: Any = None, **more: Any) -> dict[str, Any]:
    ours = {"prompt": FOX, "duration": 5, "resolution": "720p", "aspect_ratio": "16:9", "seed": 7, "fps": 24}
    created = (NOW + timedelta(minutes=minutes)).isoformat().replace("+00:00", "Z")
    plain = {"id": native, "model": "bytedance/seedance-1-pro", "source": "api", "created_at": created}
    return plain | {"data_removed": False, "input": ours | (given or {})} | more


def pages(server: respx.MockRouter, *lists: list[dict[str, Any]], more: Any = None) -> None:
    for at, jobs in reversed(list(enumerate(lists))):  # a route without parameters takes those of any page
        last = at == len(lists) - 1
        page = {"next": more if last else f"https://evil.test/v1/predictions?cursor={at + 1}", "results": jobs}
        server.get("/predictions", params={"cursor": str(at)} if at else {}).respond(200, json=page)


async def found(us: Replicate) -> Handle | None:
    return await us.find("seedance-1-pro", order(), "k", since=NOW)


async def test_an_order_is_found_by_its_words_and_arguments(server: respx.MockRouter) -> None:
    others = [
        job("1", given={"prompt": "another fox"}),
        job("2", given={"seed": 8}),
        job("3", model="google/veo-3.1"),
        job("4", source="web"),
        job("5", minutes=-60),
    ]
    pages(server, [*others[:2], job(given={"prompt": f" {FOX}\n"})], others[2:])
    handle = await found(built())
    assert handle == Handle(provider="replicate", model="seedance-1-pro", native_id=JOB)
    assert [call.request.url.host for call in server.calls] == ["api.replicate.com"] * 2


async def test_an_order_that_the_whole_list_lacks_was_not_taken(server: respx.MockRouter) -> None:
    pages(server, [job("1", given={"prompt": "another fox"})], [job("2", given={"seed": 8})])
    assert await found(built()) is None


@pytest.mark.parametrize(
    "jobs",
    [
        [job("1"), job("2")],
        [job(given={"duration": 6})],
        [job(data_removed=True, input={})],
        [job(input=None)],
        [job(given={"prompt": None})],
        [job(created_at="soon")],
        [job("")],
    ],
)
async def test_what_the_list_does_not_settle_stays_in_doubt(server: respx.MockRouter, jobs: Any) -> None:
    pages(server, jobs)
    with pytest.raises(ProviderError) as caught:
        await found(built())
    assert caught.value.kind == "unknown"


@pytest.mark.parametrize("more", ["https://api.replicate.com/v1/predictions", 7])
async def test_a_list_that_breaks_off_settles_nothing(server: respx.MockRouter, more: Any) -> None:
    pages(server, [job("1", given={"seed": 8})], more=more)
    with pytest.raises(ProviderError, match="reach back"):
        await found(built())
    server.get("/predictions").respond(200, json={"results": []})
    with pytest.raises(ProviderError, match="reach back"):
        await found(built())


async def test_the_jobs_of_an_account_are_listed_for_audits(server: respx.MockRouter) -> None:
    pages(server, [job(), job("old", minutes=-1)])
    (only,) = await built().listed(NOW)
    assert (only.native_id, only.prompt, only.created_at) == (JOB, FOX, NOW + timedelta(minutes=1))


# --- webhooks, settings, prices ---------------------------------------------------------------------------------------


def signed(body: bytes, at: datetime = NOW, secret: str = SECRET) -> WebhookCall:
    stamp = str(int(at.timestamp()))
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signature = base64.b64encode(hmac.digest(key, b"msg_1." + stamp.encode() + b"." + body, "sha256")).decode()
    headers = {"webhook-id": "msg_1", "webhook-timestamp": stamp, "webhook-signature": f"v1,{signature}"}
    return WebhookCall(headers=headers, body=body)


async def test_a_signed_webhook_names_its_job() -> None:
    body = json.dumps({"id": JOB, "status": "succeeded", "output": "https://evil.test/x.mp4"}).encode()
    heard = await built(webhook_secret=SECRET).parse_webhook(signed(body), NOW)
    assert (heard.native_id, heard.verified, heard.why) == (JOB, True, "")


@pytest.mark.parametrize(
    ("settings", "call", "why"),
    [
        ({}, signed(b'{"id": "a"}'), "webhook_secret"),
        ({"webhook_secret": SECRET}, WebhookCall(headers={}, body=b'{"id": "a"}'), "missing"),
        ({"webhook_secret": SECRET}, signed(b'{"id": "a"}', NOW - timedelta(minutes=6)), "too old"),
        ({"webhook_secret": SECRET}, signed(b'{"id": "a"}', secret="whsec_" + "A" * 40), "No signature"),
        ({"webhook_secret": "whsec_"}, signed(b'{"id": "a"}'), "secret"),
    ],
)
async def test_an_unsigned_webhook_is_not_verified(settings: Any, call: WebhookCall, why: str) -> None:
    heard = await built(**settings).parse_webhook(call, NOW)
    assert (heard.native_id, heard.verified) == ("a", False)
    assert why in heard.why
    assert SECRET not in heard.why


@pytest.mark.parametrize("body", [b"", b"[]", b'{"id": 7}', b'{"id": ""}'])
async def test_a_webhook_that_names_no_job_is_refused(body: bytes) -> None:
    with pytest.raises(ProviderError) as caught:
        await built(webhook_secret=SECRET).parse_webhook(signed(body), NOW)
    assert caught.value.kind == "invalid"


async def test_check_names_the_account(server: respx.MockRouter) -> None:
    server.get("/account").respond(200, json={"type": "user", "username": "acme"})
    assert "acme" in await built().check()


@pytest.mark.parametrize(
    "wrong",
    [
        {"vendor_model": "me/app", "wire": {"arguments": {"colour": "c"}}},
        {"vendor_model": "me/app", "wire": {"version": "../x"}},
        {"vendor_model": "me/../app"},
        {"vendor_model": "app"},
    ],
)
def test_settings_that_cannot_be_used_are_named(wrong: dict[str, Any]) -> None:
    with pytest.raises(ConfigError, match="mine"):
        built(models=[{"id": "mine"} | wrong])
    with pytest.raises(NotConfiguredError, match="REPLICATE_API_TOKEN"):
        provider()


@pytest.mark.parametrize(
    ("model", "asked", "usd"),
    [
        ("kling-3.0", order(1920, 1080, 5, audio=True), "1.68"),
        ("kling-3.0", order(3840, 2160, 3), "1.26"),
        ("seedance-1-pro", order(1920, 1080), "0.75"),
        ("seedance-1.5-pro", order(audio=True), None),
        ("seedance-2.0", order(), "0.9"),
        ("veo-3.1", order(seconds=8, audio=True), "3.2"),
        ("veo-3.1-lite-1080p", order(1920, 1080, 8), "0.64"),
        ("wan-2.2-i2v-fast", order(1280, 720, 5, ref("first_frame")), "0.11"),
        ("flux-schnell", order(modality="image"), "0.003"),
    ],
)
def test_prices(model: str, asked: Any, usd: str | None) -> None:
    price = built().models[model].price
    assert price is not None
    assert price.upper_bound_usd(asked) == (None if usd is None else Decimal(usd))


def test_only_what_has_no_published_price_is_unpriced() -> None:
    assert [model.id for model in provider.models() if model.price is None] == ["ltx-2.3-fast"]
