"""The Kling adapter: exact bodies, codes inside answers of any status, tasks found by our key, and signed tokens."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

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
from cutaway.errors import FailureKind, NotConfiguredError, ProviderError, SubmitUnknownError
from cutaway.http.webhooks import nonce_url
from cutaway.testing import KEY as CANARY
from cutaway.testing import ProviderContract
from cutaway_providers.kling import provider
from cutaway_providers.kling.reading import signed_token
from cutaway_providers.kling.vendor import Kling

URL = "https://api-singapore.klingai.com/v1/videos"
KEY = "kl-0123456789abcdef"
TASK = {"task_id": "task-1", "task_status": "submitted", "task_info": {"external_task_id": "op-1"}}
OK = {"code": 0, "message": "SUCCEED", "data": TASK}


class TestKling(ProviderContract):
    shapes = Path(__file__).parent / "shapes" / "kling.json"

    def build(self, base_url: str, **settings: Any) -> RemoteProvider:
        vendor = provider(base_url=base_url, api_key=CANARY, **settings)
        assert isinstance(vendor, Kling)
        return vendor


@asynccontextmanager
async def account(**settings: Any) -> AsyncIterator[Kling]:
    vendor = provider(**({"api_key": KEY} | settings))
    assert isinstance(vendor, Kling)
    try:
        yield vendor
    finally:
        await vendor.aclose()


def order(width_px: int = 1280, height_px: int = 720, **over: Any) -> GenerationRequest:
    fields: dict[str, Any] = {
        "brief": Brief(prompt="a fox crosses a street", negative="blur"),
        "duration_s": 5,
        "size": Size(width_px=width_px, height_px=height_px),
    }
    return GenerationRequest(**(fields | over))


def ref(role: InputRole, number: int = 1, media_type: str = "image/png") -> InputRef:
    return InputRef(sha256=f"{number:064x}", role=role, media_type=media_type)


def at_hand(*refs: InputRef, **over: Any) -> Placing:
    files = {
        one.sha256: InputFile(Path("x"), one.media_type, 4, f"https://store.test/{one.sha256[-1]}") for one in refs
    }
    return Placing("op-1", **({"inputs": files} | over))


async def test_words_go_to_text2video_with_our_key() -> None:
    with respx.mock:
        route = respx.post(f"{URL}/text2video").respond(200, json=OK)
        async with account() as us:
            handle = await us.submit("kling-v3", order(), at_hand(webhook_url="https://us.test/hook"))
        assert json.loads(route.calls.last.request.content) == {
            "model_name": "kling-v3",
            "prompt": "a fox crosses a street",
            "negative_prompt": "blur",
            "duration": "5",
            "mode": "std",
            "aspect_ratio": "16:9",
            "sound": "off",
            "external_task_id": "op-1",
            "callback_url": "https://us.test/hook",
        }
        assert route.calls.last.request.headers["authorization"] == f"Bearer {KEY}"
    assert handle == Handle(provider="kling", model="kling-v3", native_id="task-1", data={"path": "text2video"})


async def test_pictures_go_to_image2video_by_address_or_as_bare_base64(tmp_path: Path) -> None:
    (tmp_path / "last.jpg").write_bytes(b"fox!")
    first, last = ref("first_frame"), ref("last_frame", 2, "image/jpeg")
    placing = at_hand(first)
    inputs = {**placing.inputs, last.sha256: InputFile(tmp_path / "last.jpg", "image/jpeg", 4)}
    with respx.mock:
        route = respx.post(f"{URL}/image2video").respond(200, json=OK)
        async with account() as us:
            request = order(1920, 1080, audio=True, inputs=(first, last))
            handle = await us.submit("kling-v3", request, Placing("op-1", inputs=inputs))
        body = json.loads(route.calls.last.request.content)
    assert (body["image"], body["image_tail"]) == ("https://store.test/1", base64.b64encode(b"fox!").decode())
    assert (body["mode"], body["sound"]) == ("pro", "on")
    assert "aspect_ratio" not in body
    assert handle.data == {"path": "image2video"}


@pytest.mark.parametrize(
    ("model", "request_"),
    [
        pytest.param("kling-v3", order(duration_s=2), id="too short"),
        pytest.param("kling-v3", order(duration_s=4.5), id="no whole seconds"),
        pytest.param("kling-v3", order(3840, 2160), id="4k"),
        pytest.param("kling-v3", order(960, 720), id="4:3"),
        pytest.param("kling-v3", order(inputs=(ref("last_frame"),)), id="a last frame alone"),
        pytest.param("kling-v3", order(inputs=(ref("first_frame", 1, "image/webp"),)), id="a picture it cannot read"),
        pytest.param("kling-v3", order(operation="edit"), id="an edit"),
        pytest.param("kling-v3", order(brief=Brief(prompt="x", negative="y" * 2501)), id="too many words to avoid"),
        pytest.param("kling-v2-5-turbo", order(audio=True), id="sound"),
        pytest.param("kling-v2-6", order(), id="720p of a model with sound at 1080p only"),
    ],
)
async def test_what_a_model_cannot_do_is_refused_before_anything_is_sent(
    model: str, request_: GenerationRequest
) -> None:
    with respx.mock(assert_all_called=False) as router:
        async with account() as us:
            with pytest.raises(ProviderError) as caught:
                await us.submit(model, request_, at_hand(*request_.inputs))
    assert caught.value.kind == "unsupported"
    assert not router.calls


@pytest.mark.parametrize("status", [200, 429])
@pytest.mark.parametrize(
    ("code", "kind", "retryable"),
    [
        (1101, "balance", False),
        (1102, "balance", False),
        (1103, "auth", False),
        (1301, "policy", False),
        (1302, "quota", True),
        (1303, "quota", True),
    ],
)
async def test_a_refusal_is_judged_by_its_code_whatever_the_status(
    status: int, code: int, kind: FailureKind, retryable: bool
) -> None:
    with respx.mock:
        respx.post(f"{URL}/text2video").respond(status, json={"code": code, "message": "no", "request_id": "r"})
        async with account() as us:
            with pytest.raises(ProviderError) as caught:
                await us.submit("kling-v3", order(), at_hand())
    assert not isinstance(caught.value, SubmitUnknownError)
    assert (caught.value.kind, caught.value.retryable) == (kind, retryable)


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (200, {"code": 5000, "message": "internal"}),
        (200, {"code": 7777, "message": "new"}),
        (200, {"message": "no code"}),
        (200, {"code": 0, "data": {}}),
        (500, {"code": 5000, "message": "internal"}),
        (504, {"code": 5002, "message": "timeout"}),
    ],
)
async def test_an_answer_that_leaves_doubt_is_unknown(status: int, answer: dict[str, Any]) -> None:
    with respx.mock:
        respx.post(f"{URL}/text2video").respond(status, json=answer)
        async with account() as us:
            with pytest.raises(SubmitUnknownError):
                await us.submit("kling-v3", order(), at_hand())


async def test_a_lost_order_is_found_by_our_key() -> None:
    with respx.mock:
        asked = respx.get(f"{URL}/text2video/op-1").respond(200, json=OK)
        async with account() as us:
            found = await us.find("kling-v3", order(), "op-1")
            assert found == Handle(provider="kling", model="kling-v3", native_id="task-1", data={"path": "text2video"})
            for status in (200, 404):
                asked.respond(status, json={"code": 1203, "message": "no such task"})
                assert await us.find("kling-v3", order(), "op-1") is None
            asked.respond(200, json=OK | {"data": TASK | {"task_info": {"external_task_id": "op-2"}}})
            with pytest.raises(ProviderError, match="another task"):
                await us.find("kling-v3", order(), "op-1")
            asked.respond(400, json={"code": 1201, "message": "what?"})
            with pytest.raises(ProviderError):
                await us.find("kling-v3", order(), "op-1")


async def test_an_error_inside_200_is_no_status() -> None:
    handle = Handle(provider="kling", model="kling-v3", native_id="task-1", data={"path": "image2video"})
    with respx.mock:
        respx.get(f"{URL}/image2video/task-1").respond(200, json={"code": 5001, "message": "maintenance"})
        async with account() as us:
            with pytest.raises(ProviderError) as caught:
                await us.poll(handle)
    assert (caught.value.kind, caught.value.retryable) == ("capacity", True)


async def test_the_older_pair_of_keys_signs_tokens_and_renews_them(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [time.time()]
    monkeypatch.setattr(time, "time", lambda: now[0])
    with respx.mock:
        listed = respx.get(f"{URL}/text2video").respond(200, json={"code": 0, "data": []})
        async with account(api_key=None, access_key="access", secret_key="secret") as us:
            for later_s in (0, 1400, 200):
                now[0] += later_s
                await us.check()
        sent = [call.request.headers["authorization"] for call in listed.calls]
    assert sent[0] == sent[1] == f"Bearer {signed_token('access', 'secret', int(now[0]) - 1600)}"
    assert sent[2] == f"Bearer {signed_token('access', 'secret', int(now[0]))}"


def test_a_token_is_a_jwt_of_half_an_hour() -> None:
    content, _, seal = signed_token("access", "secret", 1_000_000).rpartition(".")
    parts = [json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))) for part in content.split(".")]
    assert parts == [{"alg": "HS256", "typ": "JWT"}, {"iss": "access", "exp": 1_001_800, "nbf": 999_995}]
    digest = hmac.new(b"secret", content.encode(), hashlib.sha256).digest()
    assert base64.urlsafe_b64decode(seal + "=" * (-len(seal) % 4)) == digest


async def test_a_report_names_its_task_and_proves_nothing() -> None:
    async with account() as us:
        heard = await us.parse_webhook(WebhookCall(headers={}, body=json.dumps(TASK).encode()), datetime.now(UTC))
        assert (heard.native_id, heard.verified) == ("task-1", False)
        for body in (b"", b"[]", b'{"task_id": 5}', b"{}"):
            with pytest.raises(ProviderError) as caught:
                await us.parse_webhook(WebhookCall(headers={}, body=body), datetime.now(UTC))
            assert caught.value.kind == "invalid"


async def test_a_report_is_believed_for_the_nonce_in_its_address() -> None:
    secret = "a secret of the server"
    body = json.dumps(TASK).encode()
    address = urlsplit(nonce_url("https://us.test", "kling", "op-1", secret))
    ours = dict(parse_qsl(address.query))
    async with account(webhook_secret=secret) as us:
        heard = await us.parse_webhook(WebhookCall(headers={}, body=body, query=ours), datetime.now(UTC))
        assert (heard.native_id, heard.verified, heard.why) == ("task-1", True, "")
        for query in ({}, ours | {"order": "op-2"}, ours | {"nonce": "00"}):
            heard = await us.parse_webhook(WebhookCall(headers={}, body=body, query=query), datetime.now(UTC))
            assert (heard.native_id, heard.verified) == ("task-1", False)
            assert heard.why


def test_without_any_key_it_says_which_one_it_needs() -> None:
    for settings in ({}, {"access_key": "access"}):
        with pytest.raises(NotConfiguredError, match="KLING_API_KEY"):
            provider(**settings)
