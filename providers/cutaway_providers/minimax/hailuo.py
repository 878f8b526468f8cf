"""Hailuo (/v1): a task, its state, and a file whose address is looked up."""

from __future__ import annotations

from typing import Any, Final

from cutaway.contract import Failure, GenerationRequest, Handle, Placing, Status
from cutaway.errors import ProviderError
from cutaway.http import data_uri
from cutaway.vendor import RemoteVendor, at, text
from cutaway_providers.minimax.account import base_code, check_code, file_id

MAX_PICTURE_BYTES: Final = 20_000_000
FILE: Final = "file:"
"""Marks an output that is a file's id and no address."""


async def told(vendor: RemoteVendor, request: GenerationRequest, placing: Placing) -> dict[str, Any]:
    """What the order says beside model and size. Pictures without an address go inside it."""
    body: dict[str, Any] = {"prompt": request.brief.prompt}
    for one in request.of_role("first_frame", "last_frame"):
        file = placing.inputs[one.sha256]
        body[f"{one.role}_image"] = file.url or await data_uri(file, max_bytes=MAX_PICTURE_BYTES)
    return body


async def read(vendor: RemoteVendor, handle: Handle) -> Status:
    """How a task stands. The vendor names no charge."""
    found = await vendor.client.get_json("/v1/query/video_generation", params={"task_id": handle.native_id})
    word = found.data.get("status")
    if word != "Fail":
        check_code(vendor, found)
    state, file = vendor.state(word), file_id(found.data.get("file_id"))
    if state == "succeeded" and not file:
        return Status(state="failed", failure=Failure(kind="provider", message="The task succeeded without a file."))
    if state == "failed":
        why = vendor.failure(base_code(found.data), at(found.data, "base_resp.status_msg"))
        return Status(state=state, failure=why)
    return Status(state=state, outputs=(f"{FILE}{file}",) if state == "succeeded" else ())


async def address(vendor: RemoteVendor, output: str) -> str:
    """Where a file can be fetched for the next hour. Raises `ProviderError`."""
    answer = await vendor.client.get_json("/v1/files/retrieve", params={"file_id": output.removeprefix(FILE)})
    check_code(vendor, answer)
    found = text(answer.data, "file.download_url")
    if not found:
        raise ProviderError(f"{vendor.name} names no address for a file.", kind="provider", retryable=True)
    return found
