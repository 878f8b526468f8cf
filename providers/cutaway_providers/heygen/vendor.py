"""The adapter: a script and an avatar in, a spoken clip out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Final

from cutaway.contract import Failure, GenerationRequest, Handle, ModelProfile, Placing, Status
from cutaway.errors import FailureKind, ProviderError
from cutaway.vendor import CatalogModel, RemoteVendor, State, at, quoted, text

BYTES_PER_S: Final = 10
"""What a slow voice speaks of a script in a second, in bytes of UTF-8."""


class HeyGen(RemoteVendor):
    """A remote provider for HeyGen.

    `wire` of a model: `avatar_id`, `engine` (avatar_iii, avatar_iv, avatar_v) and `bytes_per_s`.
    """

    states: ClassVar[Mapping[str, State]] = {
        "waiting": "queued",
        "pending": "queued",
        "processing": "running",
        "completed": "succeeded",
        "failed": "failed",
    }
    code_kinds: ClassVar[Mapping[str, FailureKind]] = {
        "insufficient_credit": "balance",
        "rate_limit_exceeded": "quota",
        "unauthorized": "auth",
        "forbidden": "auth",
        "invalid_parameter": "invalid",
        "validation_error": "invalid",
    }
    key_header: ClassVar[str] = "X-Api-Key"
    key_prefix: ClassVar[str] = ""

    def profiles(self) -> tuple[ModelProfile, ...]:
        """The models that have an avatar."""
        return tuple(model.profile for model in self.models.values() if model.wire.get("avatar_id"))

    async def submit(self, model: str, request: GenerationRequest, placing: Placing) -> Handle:
        """One POST that carries our key as the video's title."""
        offered = self.model_for(model, request)
        body = self._body(offered, request) | {"title": placing.key}
        answer = await self.client.post_once("/v3/videos", body=body, still_ours=placing.still_ours)
        return self.handle(model, at(answer.data, "data.video_id"), answer)

    async def poll(self, handle: Handle) -> Status:
        """One GET. HeyGen names no charge."""
        found = await self.get_job(f"/v3/videos/{quoted(handle.native_id)}")
        if isinstance(found, Status):
            return found
        state, url = self.state(at(found.data, "data.status")), text(found.data, "data.video_url")
        failure: Failure | None = None
        if state == "succeeded" and not url:
            state, failure = "failed", Failure(kind="provider", message="The video was completed without an address.")
        elif state == "failed":
            code = text(found.data, "data.failure_code")
            failure = self.failure(code, at(found.data, "data.failure_message"), _failed_kind(code))
        return Status(state=state, outputs=(url,) if state == "succeeded" else (), failure=failure)

    async def find(
        self, model: str, request: GenerationRequest, key: str, since: datetime | None = None
    ) -> Handle | None:
        """List the videos that have our key as their title."""
        answer = await self.client.get_json("/v3/videos", params={"title": key, "limit": "10"})
        videos = answer.data.get("data")
        if not isinstance(videos, list) or answer.data.get("has_more"):
            raise ProviderError(f"The list of {self.name} does not settle which video is the order's.", kind="unknown")
        # The filter takes parts of titles too.
        ours = [text(video, "id") for video in videos if at(video, "title") == key]
        if len(ours) > 1 or "" in ours:
            raise ProviderError(f"{self.name} has {len(ours)} videos that may be this order.", kind="unknown")
        return self.handle(model, ours[0], answer) if ours else None

    async def check(self) -> str:
        """Ask who the key belongs to, which is free."""
        return await self.probe_key("/v3/users/me")

    def _body(self, offered: CatalogModel, request: GenerationRequest) -> dict[str, Any]:
        size, script, wire = request.size, request.brief.prompt, offered.wire
        if not wire.get("avatar_id"):
            raise self.unsupported(f"has no avatar for {offered.id}; set wire: {{avatar_id: ...}} of the model")
        if not request.voice:
            raise self.unsupported("speaks words: an order needs a voice")
        if not offered.min_duration_s <= request.duration_s <= offered.max_duration_s:
            raise self.unsupported(f"makes no {request.duration_s:g} s with {offered.id}")
        if size.resolution not in offered.resolutions or size.aspect not in offered.aspects:
            raise self.unsupported(f"makes no {size} with {offered.id}")
        longest_s = len(script.encode()) / float(wire.get("bytes_per_s", BYTES_PER_S))
        if longest_s > request.duration_s:
            raise self.unsupported(
                f"may speak this script for {longest_s:.0f} s, longer than the {request.duration_s:g} s of the order"
            )
        body: dict[str, Any] = {
            "type": "avatar",
            "avatar_id": wire["avatar_id"],
            "script": script,
            "voice_id": request.voice,
            "resolution": size.resolution,
            "aspect_ratio": size.aspect,
        }
        return body | ({"engine": {"type": wire["engine"]}} if wire.get("engine") else {})


def _failed_kind(code: str) -> FailureKind:
    """The kind of a failure code, which is not listed anywhere: only a plain word of moderation is believed."""
    return "policy" if any(word in code.lower() for word in ("moderation", "policy")) else "provider"
