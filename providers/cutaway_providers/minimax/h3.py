"""H3 (/v2): content of several kinds in one task, real HTTP errors, the result's address in the task."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from cutaway.contract import Failure, GenerationRequest, Handle, InputRef, InputRole, Placing, Status
from cutaway.errors import ProviderError
from cutaway.http import read_input
from cutaway.vendor import RemoteVendor, at, money, number, quoted, text
from cutaway_providers.minimax.account import check_code, file_id

KINDS: Final[Mapping[InputRole, tuple[str, str, int]]] = {
    "first_frame": ("image_url", "first_frame", 30_000_000),
    "last_frame": ("image_url", "last_frame", 30_000_000),
    "source_video": ("video_url", "reference_video", 50_000_000),
    "reference_video": ("video_url", "reference_video", 50_000_000),
    "reference": ("image_url", "reference_image", 30_000_000),
    "reference_audio": ("audio_url", "reference_audio", 15_000_000),
}
"""The type, the role and the largest size in bytes of each input."""
LIST: Final = "/v2/query/video_generation"


async def told(vendor: RemoteVendor, request: GenerationRequest, placing: Placing) -> dict[str, Any]:
    """What the order says beside model and size. A clip that begins with a picture has that picture's shape."""
    frames = bool(request.of_role("first_frame", "last_frame"))
    ordered = sorted(request.inputs, key=lambda one: list(KINDS).index(one.role))
    media = [await _content(vendor, one, placing) for one in ordered]
    shape = {} if frames else {"ratio": request.size.aspect}
    return {"content": [{"type": "text", "text": request.brief.prompt}, *media]} | shape


async def _content(vendor: RemoteVendor, one: InputRef, placing: Placing) -> dict[str, Any]:
    kind, role, most = KINDS[one.role]
    file = placing.inputs[one.sha256]
    url = file.url
    if not url:
        content = await read_input(file, max_bytes=most)
        name = f"input.{one.media_type.partition('/')[2] or 'bin'}"
        form: list[tuple[str, str | tuple[str, bytes, str]]] = [
            ("purpose", "video_generation_input"),
            ("file", (name, content, one.media_type)),
        ]
        answer = await vendor.client.post_json("/v1/files/upload", form=form)
        check_code(vendor, answer)
        found = file_id(at(answer.data, "file.file_id"))
        if not found:
            raise ProviderError(f"{vendor.name} took an upload without naming it.", kind="provider", retryable=True)
        url = f"mm_file://{found}"
    return {"type": kind, kind: {"url": url}, "role": role}


async def read(vendor: RemoteVendor, handle: Handle) -> Status:
    """How a task stands; its cost is what it counted, in seconds, at the rate of its order."""
    try:
        found = await vendor.get_job(f"{LIST}/{quoted(handle.native_id)}")
    except ProviderError as error:
        if error.status == 500 and await _unlisted(vendor, handle.native_id):
            return Status(state="lost", failure=Failure(kind="not_found", message=error.message))
        raise
    if isinstance(found, Status):
        return found
    state, url = vendor.state(at(found.data, "task.status")), text(found.data, "task.content.url")
    failure: Failure | None = None
    if state == "succeeded" and not url:
        state, failure = "failed", Failure(kind="provider", message="The task succeeded without a video.")
    elif state == "failed":
        failure = vendor.failure(at(found.data, "task.error.code"), at(found.data, "task.error.message"))
    price = number(handle.data.get("usd_per_s"), 10**6)
    cost = None if price is None else money(at(found.data, "task.usage.total_seconds"), price)
    return Status(state=state, outputs=(url,) if state == "succeeded" else (), failure=failure, cost_usd=cost)


async def _unlisted(vendor: RemoteVendor, native_id: str) -> bool:
    """True when the account's list surely lacks a task; a doubt is no."""
    params = {"page_num": "1", "page_size": "1", "filter.task_ids": native_id}
    try:
        answer = await vendor.client.get_json(LIST, params=params)
    except ProviderError:
        return False
    return answer.data.get("items") == [] and answer.data.get("total") == 0


async def stop(vendor: RemoteVendor, handle: Handle) -> bool:
    """DELETE a waiting task, and nothing else: of a finished one the same DELETE removes the record."""
    if (await read(vendor, handle)).state != "queued":
        return False
    try:
        answer = await vendor.client.delete_json(f"/v2/video_generation/{quoted(handle.native_id)}")
    except ProviderError as error:
        if error.status in {400, 404, 409, 422}:
            return False
        raise
    return answer.data.get("action") == "cancelled"
