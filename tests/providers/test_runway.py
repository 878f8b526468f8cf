"""The Runway adapter: exact bodies on its three paths, prices, and what it refuses before anything is sent."""

from __future__ import annotations

import base64
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
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
    InputFile,
    InputRef,
    InputRole,
    Placing,
    RemoteProvider,
    Size,
)
from cutaway.errors import FailureKind, ProviderError
from cutaway.testing import KEY as CANARY
from cutaway.testing import ProviderContract
from cutaway_providers.runway import provider
from cutaway_providers.runway.vendor import MAX_DATA_BYTES, Runway, failure_kind

URL = "https://api.dev.runwayml.com/v1"
KEY = "key_0123456789abcdef"
TASK = {"id": "task-1", "status": "PENDING"}
HANDLE = Handle(provider="runway", model="gen4.5", native_id="task-1")


class TestRunway(ProviderContract):
    shapes = Path(__file__).parent / "shapes" / "runway.json"

    def build(self, base_url: str, **settings: Any) -> RemoteProvider:
        vendor = provider(base_url=base_url + "/v1", api_key=CANARY, **settings)
        assert isinstance(vendor, Runway)
        return vendor


@asynccontextmanager
async def account(**settings: Any) -> AsyncIterator[Runway]:
    vendor = provider(**({"api_key": KEY} | settings))
    assert isinstance(vendor, Runway)
    try:
        yield vendor
    finally:
        await vendor.aclose()


def order(width_px: int = 1280, height_px: int = 720, **over: Any) -> GenerationRequest:
    fields: dict[str, Any] = {
        "brief": Brief(prompt="a fox crosses a street", negative="blur"),
        "duration_s": 5,
        "size": Size(width_px=width_px, height_px=height_px),
        "seed": 7,
    }
    return GenerationRequest(**(fields | over))


def ref(role: InputRole, number: int = 1, duration_s: float | None = None) -> InputRef:
    media_type = "video/mp4" if "video" in role else "image/png"
    return InputRef(sha256=f"{number:064x}", role=role, media_type=media_type, duration_s=duration_s)


def at_hand(*refs: InputRef, size_bytes: int = 4) -> Placing:
    """An order's inputs, each at a public address of its own."""
    return Placing(
        "op-1",
        inputs={
            one.sha256: InputFile(Path("nowhere"), one.media_type, size_bytes, f"https://store.test/{one.sha256[-1]}")
            for one in refs
        },
    )


async def sent(model: str, request: GenerationRequest, path: str) -> dict[str, Any]:
    """The body that an order becomes."""
    with respx.mock:
        route = respx.post(f"{URL}/{path}").respond(200, json={"id": "task-1"})
        async with account() as us:
            handle = await us.submit(model, request, at_hand(*request.inputs))
        assert handle.native_id == "task-1"
        (call,) = route.calls
        assert call.request.headers["authorization"] == f"Bearer {KEY}"
        assert call.request.headers["x-runway-version"] == "2024-11-06"
        body: dict[str, Any] = json.loads(call.request.content)
        return body


async def test_words_become_a_text_to_video_order() -> None:
    assert await sent("gen4.5", order(), "text_to_video") == {
        "model": "gen4.5",
        "promptText": "a fox crosses a street",
        "duration": 5,
        "ratio": "1280:720",
        "seed": 7,
    }


async def test_a_model_gets_what_it_reads_and_one_resolution_up_for_an_odd_size() -> None:
    body = await sent("veo3.1", order(1080, 1920, duration_s=8, audio=True), "text_to_video")
    assert body["ratio"] == "1080:1920"
    assert (body["audio"], body["negativePrompt"]) == (True, "blur")
    assert (await sent("hailuo3", order(1360, 768), "text_to_video"))["resolution"] == "768p"


async def test_frames_become_an_image_to_video_order() -> None:
    first, last = ref("first_frame"), ref("last_frame", 2)
    assert (await sent("gen4_turbo", order(inputs=(first,)), "image_to_video"))["promptImage"] == "https://store.test/1"
    body = await sent("veo3.1_fast", order(duration_s=4, inputs=(first, last)), "image_to_video")
    assert body["promptImage"] == [
        {"uri": "https://store.test/1", "position": "first"},
        {"uri": "https://store.test/2", "position": "last"},
    ]


async def test_references_go_with_the_words() -> None:
    image, video = ref("reference"), ref("reference_video", 2, 5)
    body = await sent("seedance2_5", order(inputs=(image, video)), "text_to_video")
    assert body["references"] == [{"uri": "https://store.test/1"}]
    assert body["referenceVideos"] == [{"type": "video", "uri": "https://store.test/2"}]


async def test_an_edit_has_its_sources_length_and_shape() -> None:
    source = ref("source_video", duration_s=5)
    assert await sent("aleph2", order(operation="edit", inputs=(source,)), "video_to_video") == {
        "model": "aleph2",
        "promptText": "a fox crosses a street",
        "seed": 7,
        "videoUri": "https://store.test/1",
    }


async def test_a_file_without_an_address_goes_as_a_data_uri_while_it_is_small(tmp_path: Path) -> None:
    (tmp_path / "frame.png").write_bytes(b"fox!")
    first = ref("first_frame")
    file = InputFile(tmp_path / "frame.png", "image/png", 4)
    with respx.mock:
        route = respx.post(f"{URL}/image_to_video").respond(200, json=TASK)
        async with account() as us:
            await us.submit("gen4.5", order(inputs=(first,)), Placing("op-1", inputs={first.sha256: file}))
            body = json.loads(route.calls.last.request.content)
            assert body["promptImage"] == "data:image/png;base64," + base64.b64encode(b"fox!").decode()
            large = InputFile(tmp_path / "frame.png", "image/png", MAX_DATA_BYTES + 1)
            with pytest.raises(ProviderError, match="public address") as caught:
                await us.submit("gen4.5", order(inputs=(first,)), Placing("op-2", inputs={first.sha256: large}))
    assert caught.value.kind == "unsupported"
    assert len(route.calls) == 1


FIRST, LAST, SOURCE, REFERENCE = (ref(role) for role in ("first_frame", "last_frame", "source_video", "reference"))


@pytest.mark.parametrize(
    ("model", "request_"),
    [
        pytest.param("gen4.5", order(duration_s=2.5), id="no whole seconds"),
        pytest.param("veo3.1", order(duration_s=5), id="no length of the model"),
        pytest.param("gen4.5", order(1920, 1080), id="no size of the model"),
        pytest.param("gen4.5", order(960, 720), id="no shape of the model"),
        pytest.param("gen4_turbo", order(), id="no picture"),
        pytest.param("gen4.5", order(audio=True), id="sound"),
        pytest.param("veo3.1", order(duration_s=4, inputs=(LAST,)), id="a last frame alone"),
        pytest.param("seedance2", order(inputs=(FIRST, ref("reference", 2))), id="frames beside references"),
        pytest.param("gemini_omni_flash", order(inputs=(REFERENCE,)), id="references without a source"),
        pytest.param("gemini_omni_flash", order(operation="edit"), id="an edit of nothing"),
        pytest.param("gemini_omni_flash", order(inputs=(SOURCE, ref("first_frame", 2))), id="a frame and a source"),
        pytest.param("sora-2", order(), id="no such model"),
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


@pytest.mark.parametrize(
    ("model", "request_", "usd"),
    [
        ("gen4.5", order(), "0.60"),
        ("veo3.1", order(duration_s=8, audio=True), "3.20"),
        ("veo3.1", order(duration_s=8), "1.60"),
        ("aleph2", order(operation="edit", inputs=(ref("source_video", duration_s=1),)), "0.56"),
        ("aleph2", order(operation="edit", inputs=(ref("source_video", duration_s=4.2),)), "1.40"),
        ("aleph2", order(operation="edit", inputs=(SOURCE,)), None),
        ("seedance2", order(1920, 1080), "2.00"),
        ("seedance2_5", order(854, 480, duration_s=4), "0.80"),
        ("seedance2_5", order(inputs=(ref("reference_video", duration_s=10),)), "3.00"),
        ("hailuo3", order(1360, 768, duration_s=6, inputs=(REFERENCE, ref("reference", 2))), "0.64"),
        ("kling3.0_pro", order(1920, 1080), None),
    ],
)
def test_the_most_an_order_can_cost(model: str, request_: GenerationRequest, usd: str | None) -> None:
    profile = next(one for one in provider.models() if one.id == model)
    most = profile.price.upper_bound_usd(request_) if profile.price else None
    assert most == (None if usd is None else Decimal(usd))


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("SAFETY.OUTPUT.VIDEO", "policy"),
        ("INPUT_PREPROCESSING.SAFETY.THIRD_PARTY", "policy"),
        ("ASSET.INVALID", "invalid"),
        ("THIRD_PARTY.UNAVAILABLE", "capacity"),
        ("INPUT_PREPROCESSING.INTERNAL", "provider"),
        ("", "provider"),
    ],
)
def test_failure_codes(code: str, kind: FailureKind) -> None:
    assert failure_kind(code) == kind


@respx.mock
async def test_only_a_task_under_way_is_deleted() -> None:
    tasks = respx.get(f"{URL}/tasks/task-1").respond(200, json={"status": "SUCCEEDED", "output": ["https://x.test/a"]})
    delete = respx.delete(f"{URL}/tasks/task-1").respond(204)
    async with account() as us:
        assert await us.cancel(HANDLE) is False
        assert not delete.called
        tasks.respond(200, json={"status": "RUNNING", "progress": 0.5})
        assert await us.cancel(HANDLE) is True
        assert delete.calls.last.request.headers["x-runway-version"] == "2024-11-06"
        delete.respond(404, json={"error": "gone"})
        assert await us.cancel(HANDLE) is False


@respx.mock
async def test_the_account_is_checked_for_free() -> None:
    respx.get(f"{URL}/organization").mock(
        side_effect=[httpx.Response(200, json={"creditBalance": 1234}), httpx.Response(401, json={"error": "no"})]
    )
    async with account() as us:
        assert await us.check() == f"{URL} answers, 1234 credits left"
        with pytest.raises(ProviderError) as caught:
            await us.check()
    assert caught.value.kind == "auth"
