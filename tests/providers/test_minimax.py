"""MiniMax: H3, Hailuo and speech on their own wires, and codes inside 200s."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
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
from cutaway.errors import ConfigError, NotConfiguredError, ProviderError, SubmitUnknownError
from cutaway.testing import KEY, ProviderContract
from cutaway_providers.minimax import provider
from cutaway_providers.minimax.vendor import MiniMax

BASE = "https://api.minimax.io"
ACCEPTED = {"task_id": "424010985738629", "base_resp": {"status_code": 0, "status_msg": "success"}}
SOUND = b"ID3 sound"
SPOKEN = {
    "data": {"audio": SOUND.hex(), "status": 2},
    "extra_info": {"audio_length": 3541, "audio_sample_rate": 32000, "audio_size": 9, "usage_characters": 24},
    "trace_id": "01b8bf9bb7433cc75c18eee6cfa8fe21",
    "base_resp": {"status_code": 0, "status_msg": "success"},
}


class TestMiniMax(ProviderContract):
    shapes = Path(__file__).parent / "shapes" / "minimax.json"

    def build(self, base_url: str, **settings: Any) -> RemoteProvider:
        return built(base_url=base_url, api_key=self.key, **settings)


def built(**settings: Any) -> MiniMax:
    made = provider(**({"api_key": KEY} | settings))
    assert isinstance(made, MiniMax)
    return made


def ref(role: InputRole, media_type: str = "image/png", n: int = 1, duration_s: float | None = None) -> InputRef:
    sha256 = hashlib.sha256(f"{role}{n}".encode()).hexdigest()
    return InputRef(sha256=sha256, role=role, media_type=media_type, duration_s=duration_s)


def order(width: int = 1360, height: int = 768, seconds: float = 5, *inputs: InputRef, **more: Any) -> Any:
    plain: dict[str, Any] = {
        "brief": Brief(prompt="a fox crosses a street"),
        "duration_s": seconds,
        "size": Size(width_px=width, height_px=height),
        "inputs": inputs,
    }
    return GenerationRequest(**plain | more)


def spoken(**more: Any) -> Any:
    return order(64, 64, 3, modality="audio", audio=True, **more)


def placing(*inputs: InputRef, path: Path = Path("/none"), url: str = "") -> Placing:
    size = path.stat().st_size if path.exists() else 0
    files = {one.sha256: InputFile(path, one.media_type, size, url and f"{url}/{at}") for at, one in enumerate(inputs)}

    async def keep(content: bytes) -> str:
        assert content == SOUND
        return "f" * 64

    return Placing(key="k", inputs=files, keep=keep)


def code(number: int, message: str, **more: Any) -> httpx.Response:
    return httpx.Response(200, json={"base_resp": {"status_code": number, "status_msg": message}} | more)


@pytest.fixture
def server() -> Iterator[respx.MockRouter]:
    with respx.mock(base_url=BASE, assert_all_called=False) as router:
        yield router


def sent(route: respx.Route) -> Any:
    (call,) = route.calls
    return json.loads(call.request.content)


# --- H3 ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inputs", "tail", "ratio"),
    [
        ((), [], {"ratio": "16:9"}),
        (
            (ref("last_frame"), ref("first_frame")),
            [("image_url", "first_frame", 1), ("image_url", "last_frame", 0)],
            {},
        ),
        (
            (ref("reference"), ref("reference_audio", "audio/mpeg"), ref("reference_video", "video/mp4")),
            [
                ("video_url", "reference_video", 2),
                ("image_url", "reference_image", 0),
                ("audio_url", "reference_audio", 1),
            ],
            {"ratio": "16:9"},
        ),
    ],
)
async def test_an_h3_order_lists_its_content_by_kind(
    server: respx.MockRouter, inputs: Any, tail: Any, ratio: dict[str, str]
) -> None:
    route = server.post("/v2/video_generation").respond(200, json={"task_id": "424010985738629"})
    handle = await built().submit("minimax-h3", order(1360, 768, 5, *inputs), placing(*inputs, url="https://o.test"))
    assert (
        sent(route)
        == {
            "model": "MiniMax-H3",
            "duration": 5,
            "resolution": "768P",
            "content": [
                {"type": "text", "text": "a fox crosses a street"},
                *({"type": kind, kind: {"url": f"https://o.test/{at}"}, "role": role} for kind, role, at in tail),
            ],
        }
        | ratio
    )
    assert handle.data == {"api": "v2", "usd_per_s": "0.08"}


async def test_an_edit_sends_its_source_as_a_reference_and_counts_it(server: respx.MockRouter) -> None:
    route = server.post("/v2/video_generation").respond(200, json={"task_id": "424010985738629"})
    usage = {"total_seconds": 13, "input_seconds": 8, "output_seconds": 5}
    task = {"status": "succeeded", "content": {"url": "https://cdn.test/o.mp4"}, "usage": usage}
    server.get("/v2/query/video_generation/424010985738629").respond(200, json={"task": task})
    source, us = ref("source_video", "video/mp4", duration_s=7.4), built()
    asked = order(2560, 1440, 5, source, operation="edit")
    handle = await us.submit("minimax-h3", asked, placing(source, url="https://o.test"))
    body = sent(route)
    assert body["content"][1] == {
        "type": "video_url",
        "video_url": {"url": "https://o.test/0"},
        "role": "reference_video",
    }
    assert (body["resolution"], body["ratio"]) == ("2K", "16:9")
    status = await us.poll(handle)
    assert (status.outputs, status.cost_usd) == (("https://cdn.test/o.mp4",), Decimal("1.69"))
    price = us.models["minimax-h3"].price
    assert price is not None
    assert price.upper_bound_usd(asked) == Decimal("1.69")


async def test_an_input_without_an_address_is_uploaded_first(server: respx.MockRouter, tmp_path: Path) -> None:
    picture = tmp_path / "p.png"
    picture.write_bytes(b"\x89PNG")
    upload = server.post("/v1/files/upload").respond(
        200, json={"file": {"file_id": 123456789, "bytes": 4}, "base_resp": {"status_code": 0, "status_msg": "success"}}
    )
    route = server.post("/v2/video_generation").respond(200, json={"task_id": "424010985738629"})
    frame = ref("first_frame")
    await built().submit("minimax-h3", order(1360, 768, 5, frame), placing(frame, path=picture))
    assert sent(route)["content"][1]["image_url"] == {"url": "mm_file://123456789"}
    form = upload.calls.last.request.content
    assert b'name="purpose"\r\n\r\nvideo_generation_input' in form
    assert b'filename="input.png"' in form


@pytest.mark.parametrize(("answer", "stopped"), [("cancelled", True), ("deleted", False)])
async def test_only_a_waiting_task_is_stopped(server: respx.MockRouter, answer: str, stopped: bool) -> None:
    poll = server.get("/v2/query/video_generation/7")
    delete = server.delete("/v2/video_generation/7").respond(200, json={"task_id": "7", "action": answer})
    us, handle = built(), Handle(provider="minimax", model="minimax-h3", native_id="7", data={"api": "v2"})
    for word in ("running", "failed", "cancelled"):
        poll.respond(200, json={"task": {"status": word}})
        assert await us.cancel(handle) is False
    assert not delete.called
    poll.respond(200, json={"task": {"status": "queued"}})
    assert await us.cancel(handle) is stopped
    delete.respond(400, json={"type": "error", "error": {"type": "bad_request_error", "message": "running (2013)"}})
    assert await us.cancel(handle) is False


async def test_a_500_about_a_task_means_lost_only_when_the_list_lacks_it(server: respx.MockRouter) -> None:
    server.get("/v2/query/video_generation/7").respond(500, json={"error": {"type": "server_error", "message": "x"}})
    listed = server.get("/v2/query/video_generation", params={"filter.task_ids": "7"})
    us, handle = built(), Handle(provider="minimax", model="minimax-h3", native_id="7", data={"api": "v2"})
    for doubt in ({"items": [{"id": "7"}], "total": 1}, {"items": [], "total": 3}, {}):
        listed.respond(200, json=doubt)
        with pytest.raises(ProviderError) as caught:
            await us.poll(handle)
        assert caught.value.retryable
    listed.respond(200, json={"items": [], "total": 0})
    assert (await us.poll(handle)).state == "lost"


# --- Hailuo -----------------------------------------------------------------------------------------------------------


async def test_a_hailuo_order_carries_its_pictures(server: respx.MockRouter, tmp_path: Path) -> None:
    route = server.post("/v1/video_generation").respond(200, json=ACCEPTED)
    picture = tmp_path / "p.png"
    picture.write_bytes(b"\x89PNG")
    first, last = ref("first_frame"), ref("last_frame")
    us = built()
    handle = await us.submit("hailuo-02-10s", order(1360, 768, 10, first, last), placing(first, last, path=picture))
    assert sent(route) == {
        "model": "MiniMax-Hailuo-02",
        "prompt": "a fox crosses a street",
        "duration": 10,
        "resolution": "768P",
        "first_frame_image": "data:image/png;base64,iVBORw==",
        "last_frame_image": "data:image/png;base64,iVBORw==",
    }
    assert (handle.native_id, handle.data) == ("424010985738629", {"api": "v1"})
    assert await us.cancel(handle) is False


async def test_a_hailuo_task_ends_in_a_file_whose_address_is_looked_up(server: respx.MockRouter) -> None:
    poll = server.get("/v1/query/video_generation", params={"task_id": "7"})
    files = server.get("/v1/files/retrieve", params={"file_id": "205258526306433"})
    download = server.get("/out.mp4").respond(200, content=b"clip", headers={"content-type": "video/mp4"})
    us, handle = built(), Handle(provider="minimax", model="hailuo-2.3", native_id="7", data={"api": "v1"})
    for word, state in (("Preparing", "queued"), ("Queueing", "queued"), ("Processing", "running")):
        poll.mock(code(0, "success", task_id="7", status=word, file_id=""))
        assert (await us.poll(handle)).state == state
    poll.mock(code(0, "success", task_id="7", status="Success", file_id="205258526306433"))
    status = await us.poll(handle)
    assert status.outputs == ("file:205258526306433",)
    files.mock(code(0, "success", file={"file_id": 205258526306433, "download_url": f"{BASE}/out.mp4"}))
    assert b"".join([piece async for piece in us.fetch(handle, status.outputs[0])]) == b"clip"
    assert download.called
    files.mock(code(1004, "login fail"))
    with pytest.raises(ProviderError) as caught:
        assert [piece async for piece in us.fetch(handle, status.outputs[0])]
    assert caught.value.kind == "auth"
    poll.mock(code(0, "success", task_id="7", status="Success", file_id=""))
    assert (await us.poll(handle)).state == "failed"


async def test_a_hailuo_failure_has_the_kind_of_its_code(server: respx.MockRouter) -> None:
    poll = server.get("/v1/query/video_generation", params={"task_id": "7"})
    us, handle = built(), Handle(provider="minimax", model="hailuo-2.3", native_id="7", data={"api": "v1"})
    poll.mock(code(1027, "output sensitive", task_id="7", status="Fail"))
    status = await us.poll(handle)
    assert status.failure is not None
    assert (status.state, status.failure.kind) == ("failed", "policy")
    for number, kind, again in ((1002, "quota", True), (1004, "auth", False), (1000, "provider", True)):
        poll.mock(code(number, "trouble"))
        with pytest.raises(ProviderError) as caught:
            await us.poll(handle)
        assert (caught.value.kind, caught.value.retryable) == (kind, again)
    poll.mock(code(0, "success", status="Resting"))
    with pytest.raises(ProviderError, match="Resting"):
        await us.poll(handle)


# --- codes inside 200s, and speech ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "kind"),
    [(1002, "quota"), (1004, "auth"), (1008, "balance"), (1026, "policy"), (1041, "capacity"), (2013, "invalid")],
)
@pytest.mark.parametrize(("model", "path"), [("hailuo-2.3", "/v1/video_generation"), ("speech-2.8-hd", "/v1/t2a_v2")])
async def test_a_200_with_a_code_is_a_refusal(
    server: respx.MockRouter, number: int, kind: str, model: str, path: str
) -> None:
    route = server.post(path).mock(code(number, "no", task_id="", trace_id="t"))
    asked = spoken() if model.startswith("speech") else order(1360, 768, 6)
    with pytest.raises(ProviderError) as caught:
        await built().submit(model, asked, placing())
    assert not isinstance(caught.value, SubmitUnknownError)
    assert caught.value.kind == kind
    assert route.call_count == 1


@pytest.mark.parametrize("number", [1000, 1001, 1024, 1033])
async def test_a_200_about_the_vendors_own_trouble_stays_a_doubt(server: respx.MockRouter, number: int) -> None:
    server.post("/v1/video_generation").mock(code(number, "system error"))
    with pytest.raises(SubmitUnknownError):
        await built().submit("hailuo-2.3", order(1360, 768, 6), placing())


async def test_speech_is_over_with_its_answer(server: respx.MockRouter) -> None:
    route = server.post("/v1/t2a_v2").respond(200, json=SPOKEN)
    us = built(voice="English_Trustworthy_Man")
    handle = await us.submit("speech-2.8-turbo", spoken(), placing())
    assert sent(route) == {
        "model": "speech-2.8-turbo",
        "text": "a fox crosses a street",
        "stream": False,
        "output_format": "hex",
        "voice_setting": {"voice_id": "English_Trustworthy_Man", "speed": 1.0, "vol": 1.0, "pitch": 0},
        "audio_setting": {"sample_rate": 32000, "bitrate": 128000, "format": "mp3", "channel": 1},
    }
    assert (handle.native_id, handle.kept, handle.cost_usd) == (SPOKEN["trace_id"], ("f" * 64,), Decimal("0.00144"))
    assert (await us.poll(handle)).outputs == handle.kept
    assert await us.cancel(handle) is False
    assert (await us.poll(handle.model_copy(update={"kept": ()}))).state == "lost"


@pytest.mark.parametrize("audio", ["", "not hex", None])
async def test_speech_without_sound_stays_a_doubt(server: respx.MockRouter, audio: Any) -> None:
    server.post("/v1/t2a_v2").respond(200, json=SPOKEN | {"data": {"audio": audio}})
    with pytest.raises(SubmitUnknownError):
        await built().submit("speech-2.8-hd", spoken(voice="English_CalmWoman"), placing())


# --- refusals, settings, prices ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "asked"),
    [
        ("minimax-h3", order(seconds=5.5)),
        ("minimax-h3", order(seconds=16)),
        ("minimax-h3-max", order(seconds=4)),
        ("minimax-h3-max", order(2560, 1440)),
        ("minimax-h3", order(1280, 720)),
        ("minimax-h3", order(1152, 768)),
        ("minimax-h3", order(1360, 768, 5, ref("last_frame"))),
        ("minimax-h3", order(1360, 768, 5, ref("first_frame"), ref("reference"))),
        ("minimax-h3", order(1360, 768, 5, *(ref("reference", n=n) for n in range(6)))),
        ("minimax-h3", order(1360, 768, 5, ref("source_video", "video/mp4"))),
        ("minimax-h3", order(operation="edit")),
        ("hailuo-2.3", order(seconds=10)),
        ("hailuo-2.3", order(1360, 768, 6, ref("last_frame"))),
        ("hailuo-2.3", order(768, 1360, 6)),
        ("hailuo-2.3", order(1360, 768, 6, audio=True)),
        ("hailuo-2.3-fast", order(1360, 768, 6)),
        ("hailuo-2.3-10s", order(1920, 1080, 10)),
    ],
)
async def test_what_a_model_cannot_do_is_refused_unsent(server: respx.MockRouter, model: str, asked: Any) -> None:
    with pytest.raises(ProviderError) as caught:
        await built().submit(model, asked, placing(*asked.inputs, url="https://o.test"))
    assert caught.value.kind == "unsupported"
    assert not server.calls


def test_a_region_has_its_own_address_and_no_dollar_prices() -> None:
    us = built(region="cn")
    assert us.client.base_url == "https://api.minimaxi.com"
    assert all(model.price is None for model in us.profiles())
    priced = built(
        region="cn", models=[{"id": "minimax-h3", "price": {"usd_per_s": "0.1", "source": "us", "as_of": "2026-11-20"}}]
    )
    assert [model.id for model in priced.profiles() if model.price] == ["minimax-h3"]
    with pytest.raises(NotConfiguredError, match="MINIMAX_API_KEY"):
        provider()
    with pytest.raises(ConfigError, match="region"):
        built(region="mars")


@pytest.mark.parametrize(
    ("model", "asked", "usd"),
    [
        ("minimax-h3", order(seconds=6), "0.48"),
        ("minimax-h3", order(2560, 1440, 5), "0.65"),
        ("minimax-h3", order(1360, 768, 5, ref("reference_video", "video/mp4", duration_s=2.1)), "0.64"),
        ("minimax-h3-max", order(854, 480, 5), "0.25"),
        ("minimax-h3-max", order(1360, 768, 5, ref("reference_video", "video/mp4", duration_s=2.1)), None),
        ("hailuo-2.3", order(1920, 1080, 6), "0.49"),
        ("hailuo-2.3-10s", order(1360, 768, 10), "0.56"),
        ("hailuo-2.3-fast", order(1360, 768, 6), "0.19"),
        ("hailuo-02-512p-10s", order(912, 512, 10), "0.15"),
        ("speech-2.8-hd", spoken(), "0.0044"),
    ],
)
def test_prices(model: str, asked: Any, usd: str | None) -> None:
    price = built().models[model].price
    assert price is not None
    assert price.upper_bound_usd(asked) == (None if usd is None else Decimal(usd))
