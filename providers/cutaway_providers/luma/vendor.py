"""The adapter: one path for orders of all kinds, one job object, media by address, bytes or earlier generation."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any, ClassVar, Final

from cutaway.contract import Failure, GenerationRequest, Handle, InputRef, Placing, Status
from cutaway.errors import FailureKind
from cutaway.http import read_input
from cutaway.vendor import CatalogModel, RemoteVendor, State, quoted, text

MAX_INLINE_BYTES: Final = 20_000_000
NOBODY: Final = "00000000-0000-0000-0000-000000000000"
FRAMES: Final = {"first_frame": "start_frame", "last_frame": "end_frame"}


class Luma(RemoteVendor):
    """A remote provider for Luma's Agents API. `wire.strength` of a model is how freely an edit may change a clip."""

    states: ClassVar[Mapping[str, State]] = {
        "queued": "queued",
        "processing": "running",
        "completed": "succeeded",
        "failed": "failed",
    }
    code_kinds: ClassVar[Mapping[str, FailureKind]] = {
        "content_moderated": "policy",
        "budget_exhausted": "balance",
        "rate_limited": "quota",
        "invalid_request": "invalid",
        "image_too_large": "invalid",
        "unsupported_format": "invalid",
        "corrupt_input": "invalid",
        "generation_failed": "provider",
        "output_not_found": "provider",
    }

    async def submit(self, model: str, request: GenerationRequest, placing: Placing) -> Handle:
        """Place one generation."""
        offered = self.model_for(model, request)
        body = await self._body(offered, request, placing)
        answer = await self.client.post_once("/generations", body=body, still_ours=placing.still_ours)
        return self.handle(model, answer.data.get("id"), answer)

    async def poll(self, handle: Handle) -> Status:
        """One GET. The addresses of outputs run out after an hour; a later poll names fresh ones."""
        found = await self.get_job(f"/generations/{quoted(handle.native_id)}")
        if isinstance(found, Status):
            return found
        job = found.data
        state = self.state(job.get("state"))
        listed = job.get("output")
        outputs = [one for one in listed if text(one, "url")] if isinstance(listed, list) else []
        videos = tuple(text(one, "url") for one in outputs if text(one, "type") == "video")
        failure: Failure | None = None
        if state == "succeeded" and not videos:
            state, failure = "failed", self.failure("", "The generation completed without a video.")
        elif state == "failed":
            failure = self.failure(job.get("failure_code"), job.get("failure_reason"))
        return Status(state=state, outputs=videos if state == "succeeded" else (), failure=failure)

    async def check(self) -> str:
        """Ask for a generation that nobody has, which is free."""
        return await self.probe_key(f"/generations/{NOBODY}")

    # --- the order ----------------------------------------------------------------------------------------------------

    async def _body(self, offered: CatalogModel, request: GenerationRequest, placing: Placing) -> dict[str, Any]:
        size = request.size
        if request.duration_s not in offered.durations_s:
            raise self.unsupported(f"makes no {request.duration_s:g} s with {offered.id}")
        if size.resolution not in offered.resolutions:
            raise self.unsupported(f"makes no {size} with {offered.id}")
        sources, frames = request.of_role("source_video"), request.of_role("first_frame", "last_frame")
        if bool(sources) != (request.operation != "generate"):
            raise self.unsupported("takes a source_video to edit or extend, and for nothing else")
        if frames and sources:
            raise self.unsupported("takes no frames together with a source_video")
        video: dict[str, Any] = {"resolution": size.resolution, "duration": f"{int(request.duration_s)}s"}
        body: dict[str, Any] = {
            "model": offered.wire_name,
            "type": "video_edit" if request.operation == "edit" else "video",
            "prompt": request.brief.prompt,
            "video": video,
        }
        if request.operation == "edit":
            body["source"] = await self._media(sources[0], placing)
            strength = offered.wire.get("strength")
            video["edit"] = {"strength": strength} if strength else {"auto_controls": True}
            return body
        if size.aspect not in offered.aspects:
            raise self.unsupported(f"makes no {size} with {offered.id}")
        body["aspect_ratio"] = size.aspect
        for source in sources:
            if not self._ours(source):
                raise self.unsupported("extends its own clips only")
            video["start_frame"] = await self._media(source, placing)
        for frame in frames:
            video[FRAMES[frame.role]] = await self._media(frame, placing)
        return body

    def _ours(self, one: InputRef) -> bool:
        return one.native is not None and one.native.provider == self.name

    async def _media(self, one: InputRef, placing: Placing) -> dict[str, str]:
        if one.native is not None and one.role == "source_video" and self._ours(one):
            return {"generation_id": one.native.native_id}
        file = placing.inputs[one.sha256]
        if file.url:
            return {"url": file.url, "media_type": file.media_type}
        if file.size_bytes > MAX_INLINE_BYTES:
            raise self.unsupported(f"takes inputs over {MAX_INLINE_BYTES} bytes by a public address only")
        content = await read_input(file, max_bytes=MAX_INLINE_BYTES)
        return {"data": base64.b64encode(content).decode("ascii"), "media_type": file.media_type}
