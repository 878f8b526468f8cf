"""Servers of the /v1/videos dialect, each known from its cutaway.yaml alone.

vLLM-Omni   github.com/vllm-project/vllm-omni vllm_omni/entrypoints/openai/protocol/videos.py
SGLang      github.com/sgl-project/sglang python/sglang/multimodal_gen/runtime/entrypoints/openai/video_api.py
Eden AI     https://www.edenai.co/docs/v3/llms/video-generation, as litellm/llms/edenai (1.106 and later) reads it
LiteLLM     github.com/BerriAI/litellm litellm/proxy/video_endpoints, litellm/types/videos
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest
import respx
import yaml

from cutaway.contract import Brief, GenerationRequest, Handle, InputFile, InputRef, NativeRef, Placing, Size, Status
from cutaway.errors import ProviderError
from cutaway.registry import build
from cutaway_providers.openai_videos.vendor import OpenAIVideos

PRICE: Final = 'price: {usd_per_s: "0.05", source: a test, as_of: 2026-11-01}'
CONFIG: Final = f"""
vllm:
  adapter: openai_videos
  name: vllm
  base_url: http://gpu-1.test:8091/v1
  models:
    - id: wan
      like: wan-2.2-ti2v-5b
      duration_step_s: 1
      sends: [seed, negative_prompt, fps, num_frames, generate_sound]
      {PRICE}
sglang:
  adapter: openai_videos
  name: sglang
  base_url: http://gpu-2.test:30010/v1
  body: json
  submit_tier: listable
  trusted_origins: [http://minio.test:9000]
  models:
    - id: wan
      like: wan-2.2-ti2v-5b
      duration_step_s: 1
      sends: [seed, fps, num_frames]
      {PRICE}
eden:
  adapter: openai_videos
  name: eden
  base_url: https://api.edenai.run/v3
  api_key: eden-0123456789
  body: json
  cost_field: cost
  models:
    - {{id: some, vendor_model: vendor/some-model, input_roles: [first_frame], {PRICE}}}
litellm:
  adapter: openai_videos
  name: litellm
  base_url: http://proxy.test:4000/v1
  api_key: sk-0123456789
  states: {{cancelling: running}}
  models:
    - {{id: some, operations: [generate, edit], input_roles: [source_video], {PRICE}}}
"""
PICTURE: Final = InputRef(sha256="a" * 64, role="first_frame", media_type="image/png")
CLIP: Final = b"\0\0\0\x18ftypisom"


@pytest.fixture(autouse=True)
def network() -> Iterator[None]:
    with respx.mock:
        yield


@asynccontextmanager
async def server(name: str) -> AsyncIterator[tuple[OpenAIVideos, str]]:
    """An instance built from its lines of cutaway.yaml, and where its jobs are."""
    options = yaml.safe_load(CONFIG)[name]
    us = build({name: options})[name]
    assert isinstance(us, OpenAIVideos)
    try:
        yield us, f"{options['base_url']}/videos"
    finally:
        await us.aclose()


def order(*inputs: InputRef, **changes: Any) -> GenerationRequest:
    size = Size(width_px=1280, height_px=720)
    made = GenerationRequest(brief=Brief(prompt="a fox", negative="blur"), duration_s=5, size=size, seed=7)
    return made.model_copy(update={"inputs": inputs} | changes)


async def polled(us: OpenAIVideos, url: str, job: dict[str, Any]) -> Status:
    respx.get(f"{url}/job-1").respond(200, json={"id": "job-1", "object": "video"} | job)
    return await us.poll(Handle(provider=us.name, model=next(iter(us.models)), native_id="job-1"))


async def fetched(us: OpenAIVideos, output: str) -> bytes:
    handle = Handle(provider=us.name, model="wan", native_id="job-1")
    return b"".join([piece async for piece in us.fetch(handle, output)])


async def test_vllm_omni_reads_its_fields_from_a_form() -> None:
    async with server("vllm") as (us, url):
        route = respx.post(url).respond(200, json={"id": "video_gen_1", "object": "video", "status": "queued"})
        handle = await us.submit("wan", order(), Placing("op-1"))
    assert handle.native_id == "video_gen_1"
    body = route.calls.last.request.content.decode()
    for name, value in (
        ("model", "Wan-AI/Wan2.2-TI2V-5B-Diffusers"),
        ("seconds", "5"),
        ("size", "1280x720"),
        ("num_frames", "120"),
        ("negative_prompt", "blur"),
        ("generate_sound", "false"),
    ):
        assert f'name="{name}"\r\n\r\n{value}\r\n' in body


async def test_vllm_omni_numbers_its_errors() -> None:
    async with server("vllm") as (us, url):
        job = {"status": "failed", "error": {"code": 500, "message": "out of memory"}}
        status = await polled(us, url, job)
    assert status.failure is not None
    assert (status.failure.kind, status.failure.message) == ("provider", "500 out of memory")


async def test_sglang_reads_json_unless_a_picture_goes_along(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"png")
    files = {PICTURE.sha256: InputFile(tmp_path / "a.png", "image/png", 3)}
    async with server("sglang") as (us, url):
        route = respx.post(url).respond(200, json={"id": "job-1", "status": "queued"})
        await us.submit("wan", order(), Placing("op-1"))
        assert json.loads(route.calls.last.request.content) == {
            "prompt": "a fox",
            "model": "Wan-AI/Wan2.2-TI2V-5B-Diffusers",
            "seconds": "5",
            "size": "1280x720",
            "seed": 7,
            "fps": 24,
            "num_frames": 120,
        }
        await us.submit("wan", order(PICTURE), Placing("op-1", inputs=files))
        assert route.calls.last.request.headers["content-type"].startswith("multipart/form-data")
        assert b'name="input_reference"; filename="first_frame.png"' in route.calls.last.request.content


async def test_sglang_with_a_bucket_names_the_files_address() -> None:
    async with server("sglang") as (us, url):
        address = "http://minio.test:9000/videos/job-1.mp4"
        status = await polled(us, url, {"status": "completed", "progress": 100, "url": address})
        assert status.outputs == (address,)
        respx.get(address).respond(200, content=CLIP, headers={"content-type": "video/mp4"})
        assert await fetched(us, address) == CLIP
        status = await polled(us, url, {"status": "completed", "url": None})
        assert status.outputs == ("content",)
        respx.get(f"{url}/job-1/content").respond(200, content=CLIP, headers={"content-type": "video/mp4"})
        assert await fetched(us, "content") == CLIP


async def test_a_list_that_ends_at_the_limit_without_a_word_is_not_the_whole_list() -> None:
    item = {"model": "another", "status": "completed", "prompt": "x", "size": "1280x720", "seconds": "5"}
    made_at = 1_795_000_000
    page = [item | {"id": f"job-{n}", "created_at": made_at} for n in range(100)]
    async with server("sglang") as (us, url):
        route = respx.get(url).respond(200, json={"object": "list", "data": page})
        with pytest.raises(ProviderError) as caught:
            await us.find("wan", order(), "op-1")
        assert caught.value.kind == "unknown"
        assert route.calls.last.request.url.params["after"] == "job-99"


@pytest.mark.parametrize(
    ("job", "cost"),
    [
        ({"status": "in_progress", "cost": 0}, None),
        ({"status": "completed", "cost": 0.42}, Decimal("0.42")),
        ({"status": "failed", "cost": 0, "error": {"message": "no"}}, Decimal(0)),
    ],
)
async def test_eden_settles_its_cost_when_a_job_is_over(job: dict[str, Any], cost: Decimal | None) -> None:
    async with server("eden") as (us, url):
        route = respx.post(url).respond(200, json={"id": "job-1", "status": "queued", "cost": 0})
        await us.submit("some", order(), Placing("op-1"))
        assert json.loads(route.calls.last.request.content)["model"] == "vendor/some-model"
        assert (await polled(us, url, job)).cost_usd == cost


async def test_the_proxy_of_litellm_keeps_the_wire() -> None:
    native = "video_bGl0ZWxsbTpjdXN0b21fbGxtX3Byb3ZpZGVyOnJ1bndheW1s"
    async with server("litellm") as (us, url):
        respx.post(url).respond(200, json={"id": native, "object": "video", "status": "processing"})
        handle = await us.submit("some", order(), Placing("op-1"))
        # The id that a status says differs from the one of the order; ours stays the first.
        respx.get(f"{url}/{native}").respond(200, json={"id": "video_another", "status": "processing"})
        assert (await us.poll(handle)).state == "running"
        usage = {"provider_reported_cost_usd": 0.6}
        status = await polled(us, url, {"status": "completed", "usage": usage})
        assert (status.state, status.cost_usd) == ("succeeded", Decimal("0.6"))
        # It has no DELETE.
        respx.get(f"{url}/{native}").respond(200, json={"status": "queued"})
        respx.delete(f"{url}/{native}").respond(405, json={"detail": "Method Not Allowed"})
        assert await us.cancel(handle) is False


async def test_words_and_edits_of_a_server_are_configured() -> None:
    made = InputRef(
        sha256="b" * 64,
        role="source_video",
        media_type="video/mp4",
        native=NativeRef(provider="litellm", native_id="video_0"),
    )
    async with server("litellm") as (us, url):
        assert (await polled(us, url, {"status": "cancelling"})).state == "running"
        with pytest.raises(ProviderError, match="pondering"):
            await polled(us, url, {"status": "pondering"})
        route = respx.post(f"{url}/edits").respond(200, json={"id": "job-2"})
        await us.submit("some", order(made, operation="edit"), Placing("op-1"))
        assert b'name="video[id]"\r\n\r\nvideo_0' in route.calls.last.request.content


async def test_a_json_body_nests_what_a_form_puts_in_brackets() -> None:
    model = {"id": "m", "operations": ["edit"], "input_roles": ["source_video"]} | yaml.safe_load(f"{{{PRICE}}}")
    options = {"base_url": "http://x.test/v1", "body": "json", "models": [model], "name": "x"}
    options |= {"submit_tier": "findable", "reference_field": "metadata[key]", "adapter": "openai_videos"}
    us = build({"x": options})["x"]
    assert isinstance(us, OpenAIVideos)
    made = InputRef(
        sha256="b" * 64, role="source_video", media_type="video/mp4", native=NativeRef(provider="x", native_id="v")
    )
    route = respx.post("http://x.test/v1/videos/edits").respond(200, json={"id": "job-2"})
    await us.submit("m", order(made, operation="edit"), Placing("op-1"))
    assert json.loads(route.calls.last.request.content) == {
        "prompt": "a fox",
        "metadata": {"key": "op-1"},
        "video": {"id": "v"},
    }
    await us.aclose()


async def test_the_check_lists_models_and_a_server_without_that_list_still_answers() -> None:
    async with server("vllm") as (us, _):
        route = respx.get("http://gpu-1.test:8091/v1/models").respond(200, json={"data": []})
        assert "answers" in await us.check()
        route.respond(404, json={"detail": "Not Found"})
        assert "answers" in await us.check()
        route.respond(401, json={"error": {"message": "bad key"}})
        with pytest.raises(ProviderError) as caught:
            await us.check()
    assert caught.value.kind == "auth"
