"""The adapter: one interaction per order, goes on from an earlier one by its id."""

from __future__ import annotations

import base64
import binascii
from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from typing import Any, ClassVar, Final

from cutaway.contract import Failure, GenerationRequest, Handle, Heard, InputRef, Placing, Status, WebhookCall
from cutaway.errors import ProviderError
from cutaway.http import MEDIA_TYPES, json_object, read_input
from cutaway.http.webhooks import body_json, text_at, verify_standard
from cutaway.vendor import CatalogModel, RemoteVendor, State, at, quoted, text
from cutaway_providers.gemini_omni.reading import cost_usd, error_of, items, kind_of_failure, outputs, refusal

REVISION: Final = "2026-05-20"
MAX_INLINE_BYTES: Final = 14_000_000
"""All inputs of an order together; as text they are a third longer, and an order may have 20 MB."""
MAX_JOB_BYTES: Final = 64_000_000
"""A job shows its inputs again and may hold its video, so it can be far larger than other answers."""
INLINE: Final = "inline"
UNKNOWN_ID: Final = "Invalid interaction name"


class GeminiOmni(RemoteVendor):
    """A remote provider for Gemini Omni. `wire.usd_per_million` of a model holds its token prices, see `cost_usd`."""

    key_header: ClassVar[str] = "x-goog-api-key"
    key_prefix: ClassVar[str] = ""
    states: ClassVar[Mapping[str, State]] = {
        "queued": "queued",
        "in_progress": "running",
        "completed": "succeeded",
        "failed": "failed",
        "cancelled": "cancelled",
        # The others have stopped for good too: nobody answers a question or adds a budget here.
        "incomplete": "failed",
        "budget_exceeded": "failed",
        "requires_action": "failed",
        "requires_continuation": "failed",
    }

    async def submit(self, model: str, request: GenerationRequest, placing: Placing) -> Handle:
        """Create one stored interaction in the background."""
        offered = self.model_for(model, request)
        body = await self._body(offered, request, placing)
        try:
            answer = await self.client.post_once(
                "/interactions", body=body, headers={"Api-Revision": REVISION}, still_ours=placing.still_ours
            )
        except ProviderError as error:
            raise refusal(error) from None
        return self.handle(model, answer.data.get("id"), answer)

    async def poll(self, handle: Handle) -> Status:
        """One GET of the interaction."""
        try:
            job = await self._job(handle)
        except ProviderError as error:
            if error.status in {404, 410} or (error.status == 400 and UNKNOWN_ID in error.message):
                return Status(state="lost", failure=Failure(kind="not_found", message=error.message))
            # Google has answered 400 about a job that went on and was billed: ask again.
            error.retryable = error.retryable or error.status == 400
            raise
        state = self.state(job.get("status"))
        offered = self.models.get(handle.model)
        charged = cost_usd(job, (offered.wire.get("usd_per_million") or {}) if offered else {})
        found: tuple[str, ...] = ()
        failure: Failure | None = None
        if state == "succeeded":
            found = self._videos(job)
            failure = None if found else self._without_video(job)
        elif state == "failed":
            code, message = error_of(job)
            word = text(job, "status")
            kind = "balance" if word == "budget_exceeded" else kind_of_failure(code, message)
            failure = self.failure(code or word, message, kind)
        return Status(state="failed" if failure else state, outputs=found, failure=failure, cost_usd=charged)

    def fetch(self, handle: Handle, output: str) -> AsyncIterator[bytes]:
        """Stream the video from where Google keeps it, or out of the interaction itself."""
        if output == INLINE:
            return self._inline(handle)
        return self.client.stream(output, max_bytes=self.account.max_download_bytes, media_types=MEDIA_TYPES)

    async def cancel(self, handle: Handle) -> bool:
        """Ask Google to stop; false when the interaction is over or gone."""
        try:
            await self.client.post_json(f"/interactions/{quoted(handle.native_id)}/cancel")
        except ProviderError as error:
            if error.status in {400, 404, 409, 410}:
                return False
            raise
        return True

    async def parse_webhook(self, call: WebhookCall, now: datetime) -> Heard:
        """The interaction a call of the project's webhook is about, verified by `webhook_secret`."""
        native = text_at(body_json(call), "data", "id")
        if not native:
            raise ProviderError(f"A call to {self.name} names no interaction.", kind="invalid")
        secret = self.account.webhook_secret
        verdict = verify_standard(call, now, secret.get_secret_value() if secret else "")
        return Heard(native_id=native, verified=verdict.verified, why=verdict.why)

    async def check(self) -> str:
        """Ask for the models, which is free."""
        try:
            await self.client.get_json("/models", params={"pageSize": "1"})
        except ProviderError as error:
            raise refusal(error) from None
        return f"{self.client.base_url} answers"

    # --- the order ----------------------------------------------------------------------------------------------------

    async def _body(self, offered: CatalogModel, request: GenerationRequest, placing: Placing) -> dict[str, Any]:
        size = request.size
        if offered.resolutions and size.resolution not in offered.resolutions:
            raise self.unsupported(f"makes no {size} with {offered.id}")
        shape: dict[str, Any] = {"type": "video", "delivery": "uri", "resolution": size.resolution}
        if request.operation != "edit":
            seconds = request.duration_s
            if seconds != int(seconds) or not offered.min_duration_s <= seconds <= offered.max_duration_s:
                raise self.unsupported(f"makes no {seconds:g} s with {offered.id}")
            shape["duration"] = f"{int(seconds)}s"
        if request.operation == "generate":
            if size.aspect not in offered.aspects:
                raise self.unsupported(f"makes no {size} with {offered.id}")
            shape["aspect_ratio"] = size.aspect
        body: dict[str, Any] = {
            "model": offered.wire_name,
            "background": True,
            "store": True,
            "generation_config": {"video_config": {"task": self._task(request)}},
            "response_format": shape,
        }
        sent = list(request.inputs)
        for source in request.of_role("source_video"):
            if source.native is not None and source.native.provider == self.name:
                body["previous_interaction_id"] = source.native.native_id
                sent.remove(source)
        body["input"] = await self._media(sent, placing) + [{"type": "text", "text": request.brief.prompt}]
        return body

    def _task(self, request: GenerationRequest) -> str:
        sources, frames = request.of_role("source_video"), request.of_role("first_frame")
        if request.operation != "generate":
            if not sources or frames:
                raise self.unsupported(f"needs a source_video and no first_frame to {request.operation}")
            return request.operation
        if sources:
            raise self.unsupported("takes a source_video to edit or extend only")
        if frames and request.of_role("reference"):
            raise self.unsupported("takes no references together with a first_frame")
        return "image_to_video" if frames else "reference_to_video" if request.inputs else "text_to_video"

    async def _media(self, inputs: list[InputRef], placing: Placing) -> list[dict[str, Any]]:
        files = [placing.inputs[one.sha256] for one in inputs]
        if sum(file.size_bytes for file in files) > MAX_INLINE_BYTES:
            raise self.unsupported(f"takes at most {MAX_INLINE_BYTES} bytes of inputs with an order")
        return [
            {
                "type": file.media_type.partition("/")[0],
                "mime_type": file.media_type,
                "data": base64.b64encode(await read_input(file, max_bytes=MAX_INLINE_BYTES)).decode("ascii"),
            }
            for file in files
        ]

    # --- the job ------------------------------------------------------------------------------------------------------

    async def _job(self, handle: Handle) -> dict[str, Any]:
        path = f"/interactions/{quoted(handle.native_id)}"
        pieces = self.client.stream(path, max_bytes=MAX_JOB_BYTES, media_types=("application/json",))
        job = json_object(b"".join([piece async for piece in pieces]))
        if job is None:
            raise ProviderError(f"{self.name} shows a job that is no JSON object.", kind="provider", retryable=True)
        return job

    def _videos(self, job: Mapping[str, Any]) -> tuple[str, ...]:
        videos = [one for one in outputs(job) if text(one, "type") == "video"]
        addresses = tuple(downloadable(text(one, "uri")) for one in videos if text(one, "uri"))
        return addresses or ((INLINE,) if any(text(one, "data") for one in videos) else ())

    def _without_video(self, job: Mapping[str, Any]) -> Failure:
        """A refusal comes as a finished job with words instead of a video."""
        said = " ".join(text(one, "text") for one in outputs(job)).strip()
        made = items(at(job, "usage.output_tokens_by_modality"))
        if said and all(text(one, "modality").lower() != "video" for one in made):
            return self.failure("", said, "policy")
        return self.failure("", "The interaction completed without a video.")

    async def _inline(self, handle: Handle) -> AsyncIterator[bytes]:
        data = next((text(one, "data") for one in outputs(await self._job(handle)) if text(one, "type") == "video"), "")
        try:
            content = base64.b64decode(data, validate=True)
        except binascii.Error:
            content = b""
        if not content:
            raise ProviderError(f"{self.name} no longer shows this video.", kind="not_found")
        yield content


def downloadable(uri: str) -> str:
    """The address of a file's bytes: Google names either the file or its download."""
    if "/files/" not in uri or "alt=media" in uri:
        return uri
    path, _, query = uri.partition("?")
    return f"{path if path.endswith(':download') else f'{path}:download'}?{query + '&' if query else ''}alt=media"
