"""The adapter: one POST whose answer is the sound."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from cutaway.contract import Failure, GenerationRequest, Handle, Placing, Status
from cutaway.errors import FailureKind, ProviderError, SubmitUnknownError
from cutaway.vendor import RemoteVendor, at
from cutaway_providers.openai_videos.reading import CODE_KINDS

MAX_SOUND_BYTES: Final = 100_000_000
SOUNDS: Final = ("audio/", "application/octet-stream")


class OpenAISpeech(RemoteVendor):
    """A remote provider speaking `/v1/audio/speech`."""

    code_kinds: ClassVar[Mapping[str, FailureKind]] = {**CODE_KINDS, "invalid_api_key": "auth"}

    async def submit(self, model: str, request: GenerationRequest, placing: Placing) -> Handle:
        """One POST; the sound goes into our store."""
        offered = self.model_for(model, request)
        voice = request.voice or str(offered.wire.get("voice") or "")
        voices = offered.wire.get("voices") or ()
        if not voice:
            raise self.unsupported(f"needs a voice with {model}")
        if voices and voice not in voices:
            raise self.unsupported(f"has no voice {voice!r} with {model}; it has {', '.join(map(str, voices))}")
        body: dict[str, Any] = {"model": offered.wire_name, "input": request.brief.prompt, "voice": voice}
        answer = await self.client.post_once(
            "/audio/speech",
            body={"response_format": "mp3"} | dict(offered.wire.get("fields") or {}) | body,
            still_ours=placing.still_ours,
            media_types=SOUNDS,
            max_bytes=MAX_SOUND_BYTES,
        )
        if answer.content:
            handle = self.handle(model, placing.key, answer)
            return handle.model_copy(update={"kept": (await placing.keep(answer.content),)})
        if answer.data.get("error"):
            code = at(answer.data, "error.code") or at(answer.data, "error.type")
            failure = self.failure(code, at(answer.data, "error.message"))
            raise ProviderError(failure.message, kind=failure.kind, retryable=failure.retryable, status=answer.status)
        raise SubmitUnknownError(
            f"{self.name} answered {answer.status} without a sound.", kind="unknown", status=answer.status
        )

    async def poll(self, handle: Handle) -> Status:
        """Nothing is asked: the answer to the order was the result."""
        if handle.kept:
            return Status(state="succeeded", outputs=handle.kept, cost_usd=handle.cost_usd)
        failure = Failure(kind="not_found", message="This order's sound came with an answer that was not kept.")
        return Status(state="lost", failure=failure)

    async def check(self) -> str:
        """List the models, which is free."""
        return await self.probe_key("/models")
