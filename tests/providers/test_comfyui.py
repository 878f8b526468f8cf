"""The ComfyUI adapter: the user's workflow with an order's values in it, its queue and its history."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import respx

from cutaway.contract import (
    Adapter,
    Brief,
    GenerationRequest,
    Handle,
    InputFile,
    InputRef,
    Placing,
    RemoteProvider,
    Size,
)
from cutaway.errors import ConfigError, NotConfiguredError, ProviderError, SubmitUnknownError
from cutaway.testing import KEY, ProviderContract
from cutaway_providers.comfyui import provider
from cutaway_providers.comfyui.vendor import ComfyUI

URL = "http://comfy.test:8188"
SHAPES = json.loads((Path(__file__).parent / "shapes/comfyui.json").read_text(encoding="utf-8"))
ID = SHAPES["native_id"]
HANDLE = Handle(provider="comfyui", model="wan2.2-t2v", native_id=ID)
NOBODY: dict[str, Any] = {"queue_running": [], "queue_pending": []}


def node(title: str, **inputs: Any) -> dict[str, Any]:
    return {"class_type": "Some", "inputs": inputs, "_meta": {"title": title}}


WORKFLOW: dict[str, Any] = {
    "3": node("Sampler", seed=1, steps=20, model=["4", 0], positive=["6", 0]),
    "4": {"class_type": "UNETLoader", "inputs": {"unet_name": "wan.safetensors"}},
    "6": node("Prompt", text="a cat", clip=["4", 1]),
    "7": node("negative", text="bad", clip=["4", 1]),
    "8": node("Size", width=512, height=512, length=81, batch_size=1),
    "9": node("Save", images=["3", 0], filename_prefix="clip"),
    "10": node("first_frame", image="example.png"),
}
INPUTS = {"seed": "Sampler", "width": "Size", "height": "Size", "frames": "Size"}
MODEL: dict[str, Any] = {
    "id": "wan2.2-t2v",
    "price": {"usd_per_s": "0.004", "source": "own GPU hours", "as_of": "2026-11-01"},
    "wire": {"workflow": WORKFLOW, "inputs": INPUTS, "frames_step": 4},
}


class TestComfyUI(ProviderContract):
    shapes = Path(__file__).parent / "shapes/comfyui.json"

    def build(self, base_url: str, **settings: Any) -> ComfyUI:
        vendor = provider(base_url=base_url, api_key=KEY, models=[MODEL], **settings)
        assert isinstance(vendor, ComfyUI)
        return vendor


def built(**changes: Any) -> ComfyUI:
    made = provider(base_url=URL, models=[MODEL | changes])
    assert isinstance(made, ComfyUI)
    return made


def order(**changes: Any) -> GenerationRequest:
    size = Size(width_px=832, height_px=480)
    made = GenerationRequest(brief=Brief(prompt="a fox", negative="blur"), duration_s=5, size=size, fps=16, seed=7)
    return made.model_copy(update=changes)


@pytest.fixture
def server() -> Iterator[respx.MockRouter]:
    with respx.mock(base_url=URL, assert_all_called=False) as router:
        yield router


def show(server: respx.MockRouter, shape: dict[str, Any]) -> None:
    """Answer as a shape says."""
    paths = {"poll": f"/history/{ID}", "queue": "/queue"}
    for name, reply in shape.items():
        server.get(paths[name]).respond(reply["status"], json=reply["json"])


async def test_an_order_is_the_workflow_with_its_values_and_our_key(server: respx.MockRouter) -> None:
    route = server.post("/prompt").respond(200, json=SHAPES["accepted"]["submit"]["json"])
    assert await built().submit("wan2.2-t2v", order(), Placing("op-1")) == HANDLE
    sent = json.loads(route.calls.last.request.content)
    want = json.loads(json.dumps(WORKFLOW))
    want["6"]["inputs"]["text"], want["7"]["inputs"]["text"], want["3"]["inputs"]["seed"] = "a fox", "blur", 7
    want["8"]["inputs"] |= {"width": 832, "height": 480, "length": 81}
    assert sent == {"prompt": want, "client_id": "cutaway", "extra_data": {"cutaway_key": "op-1"}}
    assert len(route.calls) == 1


async def test_a_picture_goes_up_first_and_its_node_gets_the_servers_name(
    server: respx.MockRouter, tmp_path: Path
) -> None:
    (tmp_path / "a.png").write_bytes(b"png")
    upload = server.post("/upload/image").respond(200, json={"name": "x.png", "subfolder": "in", "type": "input"})
    route = server.post("/prompt").respond(200, json={"prompt_id": ID})
    ref = InputRef(sha256="a" * 64, role="first_frame", media_type="image/png")
    files = {ref.sha256: InputFile(tmp_path / "a.png", "image/png", 3)}
    made = built(input_roles=["first_frame"])
    await made.submit("wan2.2-t2v", order(inputs=(ref,)), Placing("op-1", inputs=files))
    body = upload.calls.last.request.content
    assert b'filename="cutaway-' + b"a" * 32 + b'.png"' in body
    assert b'name="overwrite"\r\n\r\ntrue' in body
    assert json.loads(route.calls.last.request.content)["prompt"]["10"]["inputs"]["image"] == "in/x.png"


@pytest.mark.parametrize("state", ["queued", "running", "succeeded", "failed", "cancelled"])
async def test_a_poll_reads_history_and_queue(state: str, server: respx.MockRouter) -> None:
    show(server, SHAPES["polls"][state])
    status = await built().poll(HANDLE)
    assert status.state == state
    if state == "succeeded":
        assert status.outputs == ("/view?filename=clip_00001_.mp4&subfolder=video&type=output",)
    assert (status.poll_after_s is not None) == (state == "queued")


async def test_out_of_memory_is_a_lack_of_capacity_and_an_unknown_word_raises(server: respx.MockRouter) -> None:
    show(server, SHAPES["failures"]["capacity"])
    status = await built().poll(HANDLE)
    assert status.failure is not None
    assert (status.failure.kind, status.failure.retryable) == ("capacity", True)
    show(server, SHAPES["unknown_word"])
    with pytest.raises(ProviderError, match="pondering"):
        await built().poll(HANDLE)


async def test_a_job_in_neither_is_looked_for_once_more_and_then_lost(server: respx.MockRouter) -> None:
    done = SHAPES["polls"]["succeeded"]["poll"]["json"]
    server.get("/queue").respond(200, json=NOBODY)
    history = server.get(f"/history/{ID}")
    history.side_effect = [httpx.Response(200, json={}), httpx.Response(200, json=done)]
    assert (await built().poll(HANDLE)).state == "succeeded"
    history.side_effect = None
    history.respond(200, json={})
    assert (await built().poll(HANDLE)).state == "lost"


@pytest.mark.parametrize(
    ("outputs", "found"),
    [
        ({"9": {"gifs": [{"filename": "a b.mp4", "subfolder": "", "type": "output"}]}}, 1),
        ({"9": {"images": [{"filename": "a.mp4", "subfolder": "", "type": "temp"}]}}, 0),
        ({"9": {"images": [{"filename": "a.png", "subfolder": "", "type": "output"}]}}, 0),
        ({"1": {"images": [{"filename": "a.mp4", "subfolder": "", "type": "output"}]}}, 0),
        ({"9": {"text": ["words"]}}, 0),
    ],
    ids=["another list", "temporary", "a picture", "another node", "words"],
)
async def test_only_saved_files_of_the_right_kind_and_node_count(
    outputs: dict[str, Any], found: int, server: respx.MockRouter
) -> None:
    job = {"prompt": [], "outputs": outputs, "status": {"status_str": "success", "messages": []}}
    server.get(f"/history/{ID}").respond(200, json={ID: job})
    status = await built(wire=MODEL["wire"] | {"output": "save"}).poll(HANDLE)
    assert len(status.outputs) == found
    assert status.state == ("succeeded" if found else "failed")


async def test_an_output_is_read_below_the_server(server: respx.MockRouter) -> None:
    route = server.get("/view").respond(200, content=b"film", headers={"content-type": "video/mp4"})
    pieces = [piece async for piece in built().fetch(HANDLE, "/view?filename=a.mp4&subfolder=&type=output")]
    assert b"".join(pieces) == b"film"
    assert route.calls.last.request.url.params["filename"] == "a.mp4"


async def test_a_refused_workflow_was_not_taken_and_one_without_an_id_is_unknown(server: respx.MockRouter) -> None:
    route = server.post("/prompt")
    reply = SHAPES["refusals"]["invalid"]["submit"]
    for status, body in ((reply["status"], reply["json"]), (200, {"node_errors": {"6": {}}})):
        route.respond(status, json=body)
        with pytest.raises(ProviderError) as caught:
            await built().submit("wan2.2-t2v", order(), Placing("op-1"))
        assert caught.value.kind == "invalid"
    route.respond(200, json={})
    with pytest.raises(SubmitUnknownError):
        await built().submit("wan2.2-t2v", order(), Placing("op-1"))


# --- look-ups and cancels ---------------------------------------------------------------------------------------------

SINCE = datetime(2026, 11, 20, 12, tzinfo=UTC)


def past(key: str, after_s: float) -> dict[str, Any]:
    """A finished job of the history."""
    moment = int((SINCE + timedelta(seconds=after_s)).timestamp() * 1000)
    messages = [["execution_start", {"timestamp": moment - 9}], ["execution_success", {"timestamp": moment}]]
    status = {"status_str": "success", "completed": True, "messages": messages}
    return {"prompt": [1, "x", {}, {"cutaway_key": key}, []], "outputs": {}, "status": status}


async def test_a_lost_order_is_found_by_its_key_in_queue_or_history(server: respx.MockRouter) -> None:
    waiting = NOBODY | {"queue_pending": [[4, "p-1", {}, {"cutaway_key": "op-1"}, []]]}
    server.get("/queue").respond(200, json=waiting)
    server.get("/history").respond(200, json={"h-2": past("op-2", 5), "h-3": past("other", 9)})
    for key, native in (("op-1", "p-1"), ("op-2", "h-2")):
        found = await built().find("wan2.2-t2v", order(), key, SINCE)
        assert found is not None
        assert found.native_id == native
    assert await built().find("wan2.2-t2v", order(), "op-9", SINCE) is None


async def test_a_look_up_reads_back_to_the_order_or_says_that_it_cannot(server: respx.MockRouter) -> None:
    server.get("/queue").respond(200, json=NOBODY)
    first_s = -9000.0

    def page(request: httpx.Request) -> httpx.Response:
        most = int(request.url.params["max_items"])
        jobs = {f"h-{number}": past("other", first_s + 100 * (3000 - most) + number) for number in range(most)}
        return httpx.Response(200, json=jobs)

    history = server.get("/history").mock(side_effect=page)
    assert await built().find("wan2.2-t2v", order(), "op-1", SINCE + timedelta(days=10)) is None
    assert len(history.calls) == 1
    with pytest.raises(ProviderError) as caught:
        await built().find("wan2.2-t2v", order(), "op-1", SINCE - timedelta(days=10))
    assert caught.value.kind == "unknown"


async def test_cancelling_dequeues_a_waiting_job_and_interrupts_only_our_running_one(server: respx.MockRouter) -> None:
    queue, taken = server.get("/queue"), server.post("/queue").respond(200)
    stopped = server.post("/interrupt").respond(200)
    server.get(f"/history/{ID}").respond(200, json={})
    waiting, running = (SHAPES["polls"][state]["queue"]["json"] for state in ("queued", "running"))
    queue.side_effect = [httpx.Response(200, json=one) for one in (waiting, NOBODY)]
    assert await built().cancel(HANDLE) is True
    assert json.loads(taken.calls.last.request.content) == {"delete": [ID]}
    assert not stopped.called
    queue.side_effect = [httpx.Response(200, json=running)]
    assert await built().cancel(HANDLE) is True
    assert json.loads(stopped.calls.last.request.content) == {"prompt_id": ID}
    queue.side_effect = [httpx.Response(200, json=NOBODY)]
    assert await built().cancel(HANDLE) is False
    assert len(stopped.calls) == 1


# --- settings ---------------------------------------------------------------------------------------------------------


def test_a_server_needs_an_address_and_workflows() -> None:
    assert isinstance(provider, Adapter)
    assert isinstance(built(), RemoteProvider)
    with pytest.raises(NotConfiguredError):
        provider()
    for settings, words in (({"base_url": URL}, "models is empty"), ({"models": [MODEL]}, "base_url is missing")):
        with pytest.raises(ConfigError, match=words):
            provider(**settings)
    (profile,) = built().profiles()
    assert (profile.submit_tier, profile.cancel) == ("findable", "best_effort")


async def test_a_workflow_may_be_a_file_and_is_checked_when_built(server: respx.MockRouter, tmp_path: Path) -> None:
    (tmp_path / "flow.json").write_text(json.dumps(WORKFLOW), encoding="utf-8")
    built(wire=MODEL["wire"] | {"workflow": str(tmp_path / "flow.json")})
    server.get("/system_stats").respond(200, json=SHAPES["checked"]["check"]["json"])
    assert "0.3.75" in await built().check()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"wire": {}}, "API format"),
        ({"wire": {"workflow": "/nowhere.json"}}, "cannot be read"),
        ({"wire": {"workflow": {"nodes": []}}}, "API format"),
        ({"wire": MODEL["wire"] | {"colour": 1}}, "colour"),
        ({"wire": MODEL["wire"] | {"inputs": {"seed": "Nobody"}}}, "no node titled"),
        ({"wire": MODEL["wire"] | {"inputs": INPUTS | {"seed": "Save"}}}, "no field"),
        ({"wire": MODEL["wire"] | {"inputs": INPUTS | {"colour": "Save"}}}, "an order has not"),
        ({"wire": {"workflow": WORKFLOW}}, "width and height"),
        ({"wire": {"workflow": WORKFLOW, "inputs": {"width": "Size", "height": "Size"}}}, "frames"),
        ({"input_roles": ["last_frame"]}, "last_frame"),
        ({"price": None}, "price"),
    ],
)
def test_a_model_that_cannot_work_is_refused_by_name(change: dict[str, Any], words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        built(**change)


async def test_what_a_fixed_workflow_cannot_make_is_refused_before_anything_is_sent(server: respx.MockRouter) -> None:
    route = server.post("/prompt")
    fixed = built(wire={"workflow": WORKFLOW}, sizes=[{"width_px": 512, "height_px": 512}], durations_s=[5])
    for request in (order(), order(size=Size(width_px=512, height_px=512), duration_s=4), order(operation="edit")):
        with pytest.raises(ProviderError) as caught:
            await fixed.submit("wan2.2-t2v", request, Placing("op-1"))
        assert caught.value.kind == "unsupported"
    assert not route.called
