"""The adapter: H3 on /v2, Hailuo on /v1, speech in one answer."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any, ClassVar

from cutaway.contract import Failure, GenerationRequest, Handle, Placing, Status
from cutaway.errors import FailureKind
from cutaway.vendor import CatalogModel, RemoteVendor, State, at
from cutaway_providers.minimax import h3, hailuo, speech
from cutaway_providers.minimax.account import CODE_KINDS, MiniMaxAccount, check_code, check_order


class MiniMax(RemoteVendor):
    """A remote provider for MiniMax. `wire` of a model: `api` v2, v1 or t2a, `usd_per_char` of speech."""

    states: ClassVar[Mapping[str, State]] = {
        "queued": "queued",
        "running": "running",
        "succeeded": "succeeded",
        "failed": "failed",
        "cancelled": "cancelled",
        "Preparing": "queued",
        "Queueing": "queued",
        "Processing": "running",
        "Success": "succeeded",
        "Fail": "failed",
    }
    code_kinds: ClassVar[Mapping[str, FailureKind]] = CODE_KINDS

    def __init__(self, account: MiniMaxAccount) -> None:
        super().__init__(account)
        self._voice = account.voice

    async def submit(self, model: str, request: GenerationRequest, placing: Placing) -> Handle:
        """One POST on the model's wire. A 200 with a code of its own is a refusal, or nobody knows what."""
        offered = self.model_for(model, request)
        api = offered.wire.get("api", "v2")
        if api == "t2a":
            return await speech.speak(self, offered, request, placing, self._voice)
        body = {"model": offered.wire_name, **self._size(offered, request)}
        body |= await (hailuo.told if api == "v1" else h3.told)(self, request, placing)
        answer = await self.client.post_once(f"/{api}/video_generation", body=body, still_ours=placing.still_ours)
        check_order(self, answer)
        rate = offered.price.rate(request) if offered.price and api == "v2" else None
        data = {"api": api} | ({"usd_per_s": str(rate.usd_per_s)} if rate else {})
        return self.handle(offered.id, at(answer.data, "task_id"), answer, data)

    async def poll(self, handle: Handle) -> Status:
        """How a job stands; speech was over with its answer."""
        if handle.kept:
            return Status(state="succeeded", outputs=handle.kept, cost_usd=handle.cost_usd)
        if handle.data.get("api") == "t2a":
            why = Failure(kind="not_found", message="Speech comes with the answer to its order, and this one was lost.")
            return Status(state="lost", failure=why)
        return await (hailuo.read if handle.data.get("api") == "v1" else h3.read)(self, handle)

    async def fetch(self, handle: Handle, output: str) -> AsyncIterator[bytes]:
        """Stream an output; a Hailuo file's address is looked up first, since it lasts for an hour only."""
        if output.startswith(hailuo.FILE):
            output = await hailuo.address(self, output)
        async for piece in super().fetch(handle, output):
            yield piece

    async def cancel(self, handle: Handle) -> bool:
        """Stop an H3 task that still waits; nothing else can be stopped."""
        return handle.data.get("api") == "v2" and await h3.stop(self, handle)

    async def check(self) -> str:
        """Ask for one task of the H3 list, which is free."""
        answer = await self.client.get_json(h3.LIST, params={"page_num": "1", "page_size": "1"})
        check_code(self, answer)
        return f"{self.client.base_url} answers"

    def _size(self, offered: CatalogModel, request: GenerationRequest) -> dict[str, Any]:
        """Length and resolution, once everything that no wire can say is refused."""
        seconds, size = request.duration_s, request.size
        inside = offered.min_duration_s <= seconds <= offered.max_duration_s
        if seconds != int(seconds) or not inside or seconds not in (offered.durations_s or (seconds,)):
            raise self.unsupported(f"makes no {seconds:g} s of {size} with {offered.id}")
        frames = request.of_role("first_frame", "last_frame")
        if size.resolution not in offered.resolutions or not (frames or size.aspect in offered.aspects):
            raise self.unsupported(f"makes no {size} with {offered.id}")
        if request.of_role("last_frame") and not request.of_role("first_frame"):
            raise self.unsupported("takes no last_frame without a first_frame")
        if frames and len(frames) < len(request.inputs):
            raise self.unsupported("takes frames and references in separate orders only")
        if (request.operation == "edit") != bool(request.of_role("source_video")):
            raise self.unsupported("edits a source_video, and takes one for nothing else")
        return {"duration": int(seconds), "resolution": str(size.resolution).upper()}
