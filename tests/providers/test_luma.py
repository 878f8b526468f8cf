"""Luma: exact bodies of generations, edits and extensions, and what each costs."""

from __future__ import annotations

import base64
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
    NativeRef,
    Placing,
    RemoteProvider,
    Size,
)
from cutaway.errors import ProviderError
from cutaway.testing import KEY as CANARY
from cutaway.testing import ProviderContract
from cutaway_providers.luma import provider
from cutaway_providers.luma.vendor import MAX_INLINE_BYTES, NOBODY, Luma

URL = "https://agents.lumalabs.ai/v1"
KEY = "luma-api-0123456789abcdef"
JOB = "d290f1ee-6c54-4b01-90e6-d701748f0851"
HANDLE = Handle(provider="luma", model="ray-3.2", native_id=JOB)
OURS = NativeRef(provider="luma", native_id="11111111-2222-4333-8444-555555555555")


class TestLuma(ProviderContract):
    shapes = Path(__file__).parent / "shapes" / "luma.json"

    def build(self, base_url: str, **settings: Any) -> RemoteProvider:
        vendor = provider(base_url=base_url + "/v1", api_key=CANARY, **settings)
        assert isinstance(vendor, Luma)
        return vendor


@asynccontextmanager
async def account(**settings: Any) -> AsyncIterator[Luma]:
    vendor = provider(**({"api_key": KEY} | settings))
    assert isinstance(vendor, Luma)
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


def ref(role: InputRole, number: int = 1, native: NativeRef | None = None) -> InputRef:
    media_type = "video/mp4" if "video" in role else "image/png"
    return InputRef(sha256=f"{number:064x}", role=role, media_type=media_type, native=native)


def at_hand(tmp_path: Path, *refs: InputRef, url: str = "https://store.test/", size_bytes: int = 4) -> Placing:
    files = {}
    for one in refs:
        path = tmp_path / one.sha256
        path.write_bytes(b"data")
        files[one.sha256] = InputFile(path, one.media_type, size_bytes, url and url + one.sha256[-1])
    return Placing("op-1", inputs=files)


async def sent(request: GenerationRequest, placing: Placing, model: str = "ray-3.2", **settings: Any) -> dict[str, Any]:
    with respx.mock:
        route = respx.post(f"{URL}/generations").respond(201, json={"id": JOB, "state": "queued"})
        async with account(**settings) as us:
            handle = await us.submit(model, request, placing)
        assert handle == HANDLE.model_copy(update={"model": model})
        (call,) = route.calls
        assert call.request.headers["authorization"] == f"Bearer {KEY}"
        body: dict[str, Any] = json.loads(call.request.content)
        return body


async def test_words_become_a_video() -> None:
    assert await sent(order(), Placing("op-1")) == {
        "model": "ray-3.2",
        "type": "video",
        "prompt": "a fox crosses a street",
        "aspect_ratio": "16:9",
        "video": {"resolution": "720p", "duration": "5s"},
    }
    body = await sent(order(540, 960, duration_s=10), Placing("op-1"), "ray-3.2-10s")
    assert (body["model"], body["aspect_ratio"]) == ("ray-3.2", "9:16")
    assert body["video"] == {"resolution": "540p", "duration": "10s"}


async def test_frames_go_by_address_or_inside_the_order(tmp_path: Path) -> None:
    frames = ref("first_frame"), ref("last_frame", 2)
    body = await sent(order(inputs=frames), at_hand(tmp_path, *frames))
    assert body["video"]["start_frame"] == {"url": "https://store.test/1", "media_type": "image/png"}
    assert body["video"]["end_frame"] == {"url": "https://store.test/2", "media_type": "image/png"}
    body = await sent(order(inputs=frames[:1]), at_hand(tmp_path, *frames, url=""))
    data = base64.b64encode(b"data").decode()
    assert body["video"]["start_frame"] == {"data": data, "media_type": "image/png"}


async def test_an_edit_of_its_own_clip_names_the_generation() -> None:
    source = ref("source_video", native=OURS)
    assert await sent(order(operation="edit", inputs=(source,)), Placing("op-1")) == {
        "model": "ray-3.2",
        "type": "video_edit",
        "prompt": "a fox crosses a street",
        "source": {"generation_id": OURS.native_id},
        "video": {"resolution": "720p", "duration": "5s", "edit": {"auto_controls": True}},
    }


async def test_an_edit_of_another_clip_says_that_it_is_a_video(tmp_path: Path) -> None:
    source = ref("source_video", native=NativeRef(provider="runway", native_id="task-1"))
    models = [{"id": "ray-3.2", "wire": {"strength": "flex_2"}}]
    body = await sent(order(operation="edit", inputs=(source,)), at_hand(tmp_path, source), models=models)
    assert body["source"] == {"url": "https://store.test/1", "media_type": "video/mp4"}
    assert body["video"]["edit"] == {"strength": "flex_2"}


async def test_an_extension_starts_from_the_earlier_generation() -> None:
    body = await sent(order(operation="extend", inputs=(ref("source_video", native=OURS),)), Placing("op-1"))
    assert body["type"] == "video"
    assert body["video"]["start_frame"] == {"generation_id": OURS.native_id}


@pytest.mark.parametrize(
    ("model", "request_"),
    [
        ("ray-3.2", order(duration_s=10)),
        ("ray-3.2", order(duration_s=4)),
        ("ray-3.2", order(3840, 2160)),
        ("ray-3.2", order(1500, 1000)),
        ("ray-3.2", order(audio=True)),
        ("ray-3.2", order(operation="edit")),
        ("ray-3.2", order(operation="extend", inputs=(ref("source_video"),))),
        ("ray-3.2", order(inputs=(ref("source_video"),))),
        ("ray-3.2", order(operation="edit", inputs=(ref("source_video"), ref("first_frame", 2)))),
        ("ray-3.2", order(inputs=(ref("reference"),))),
        ("ray-3.2-10s", order(duration_s=10, inputs=(ref("first_frame"),))),
    ],
)
async def test_what_it_cannot_do_is_refused_before_anything_is_sent(
    model: str, request_: GenerationRequest, tmp_path: Path
) -> None:
    with respx.mock:
        async with account() as us:
            with pytest.raises(ProviderError) as raised:
                await us.submit(model, request_, at_hand(tmp_path, *request_.inputs))
    assert raised.value.kind == "unsupported"


async def test_a_large_input_without_an_address_is_refused(tmp_path: Path) -> None:
    one = ref("first_frame")
    placing = at_hand(tmp_path, one, url="", size_bytes=MAX_INLINE_BYTES + 1)
    async with account() as us:
        with pytest.raises(ProviderError, match="by a public address only"):
            await us.submit("ray-3.2", order(inputs=(one,)), placing)


async def test_a_picture_among_the_outputs_is_not_the_video() -> None:
    output = [{"type": "image", "url": "https://cdn.test/a.png"}, {"type": "video", "url": "https://cdn.test/a.mp4"}]
    with respx.mock:
        respx.get(f"{URL}/generations/{JOB}").respond(200, json={"state": "completed", "output": output})
        async with account() as us:
            assert (await us.poll(HANDLE)).outputs == ("https://cdn.test/a.mp4",)


@pytest.mark.parametrize("status", [401, 404])
async def test_the_check_tells_a_bad_key_from_a_job_that_nobody_has(status: int) -> None:
    with respx.mock:
        respx.get(f"{URL}/generations/{NOBODY}").respond(status, json={"detail": "no"})
        async with account() as us:
            if status == 404:
                assert "answers" in await us.check()
            else:
                with pytest.raises(ProviderError) as raised:
                    await us.check()
                assert raised.value.kind == "auth"


def test_ten_seconds_of_a_new_clip_cost_three_times_five() -> None:
    prices = {model.id: model.price for model in provider.models()}
    five, ten = prices["ray-3.2"], prices["ray-3.2-10s"]
    assert five is not None
    assert ten is not None
    source = ref("source_video", native=OURS)
    assert five.upper_bound_usd(order()) == Decimal("0.30")
    assert ten.upper_bound_usd(order(duration_s=10)) == Decimal("0.90")
    assert five.upper_bound_usd(order(operation="edit", inputs=(source,))) == Decimal("1.08")
    assert five.upper_bound_usd(order(operation="extend", inputs=(source,))) == Decimal("0.30")
    assert five.upper_bound_usd(order(640, 360, operation="extend", inputs=(source,))) is None
