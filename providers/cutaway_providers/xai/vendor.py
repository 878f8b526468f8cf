"""The adapter: three order paths, one deferred result that says nothing at all while it waits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar, Final

from cutaway.contract import Failure, GenerationRequest, Handle, InputRef, Placing, Status
from cutaway.errors import FailureKind, ProviderError
from cutaway.http import data_uri
from cutaway.vendor import CatalogModel, RemoteVendor, State, at, money, number, quoted, text

USD_PER_TICK: Final = Decimal("1e-10")
MAX_DATA_BYTES: Final = 20_000_000
MAX_EDIT_SOURCE_S: Final = 8.7
EXTENSION_S: Final = (2, 10)
"""Another length is accepted with a 200 and fails later."""
PATHS: Final = {"generate": "/videos/generations", "edit": "/videos/edits", "extend": "/videos/extensions"}
WORDS: Final[tuple[tuple[re.Pattern[str], FailureKind], ...]] = (
    (re.compile(r"\bincorrect api key\b", re.IGNORECASE), "auth"),
    (re.compile(r"\b(any|out of|enough|insufficient) credits\b|\bspending limit\b", re.IGNORECASE), "balance"),
    (re.compile(r"\bmoderation\b|\bcontent policy\b", re.IGNORECASE), "policy"),
)
"""What xAI says only in words: its codes are gRPC's, and 400 and 403 are used for all of it."""


class XAI(RemoteVendor):
    """A remote provider for xAI's videos."""

    states: ClassVar[Mapping[str, State]] = {
        "pending": "running",
        "done": "succeeded",
        "failed": "failed",
        "expired": "expired",
    }
    code_kinds: ClassVar[Mapping[str, FailureKind]] = {
        "invalid_argument": "invalid",
        "failed_precondition": "invalid",
        "permission_denied": "auth",
        "service_unavailable": "capacity",
        "internal_error": "provider",
    }

    async def submit(self, model: str, request: GenerationRequest, placing: Placing) -> Handle:
        """Place one request."""
        offered = self.model_for(model, request)
        body = await self._body(offered, request, placing)
        try:
            answer = await self.client.post_once(PATHS[request.operation], body=body, still_ours=placing.still_ours)
        except ProviderError as error:
            raise refusal(error) from None
        return self.handle(model, answer.data.get("request_id"), answer)

    async def poll(self, handle: Handle) -> Status:
        """One GET; a 202, with or without a body, is a job under way."""
        found = await self.get_job(f"/videos/{quoted(handle.native_id)}")
        if isinstance(found, Status):
            return found
        job = found.data
        word = job.get("status")
        if word is None and job.get("error"):
            said = text(job, "error") or text(job, "error.message")
            kind = kind_by_words(said) or "provider"
            raise ProviderError(f"{self.name} says: {self.client.clean(said)}", kind=kind, retryable=kind == "provider")
        state = self.state("pending" if word is None and found.status == 202 else word)
        share = number(job.get("progress"), 100)
        url = text(job, "video.url")
        failure: Failure | None = None
        if state == "succeeded" and at(job, "video.respect_moderation") is False:
            state, failure = "failed", self.failure("", "Moderation withheld the video.", "policy")
        elif state == "succeeded" and not url:
            state, failure = "failed", self.failure("", "The request is done without a video.")
        elif state in {"failed", "expired"}:
            failure = self._fault(job)
        return Status(
            state=state,
            progress=None if share is None else float(share / 100),
            outputs=(url,) if state == "succeeded" else (),
            failure=failure,
            cost_usd=money(at(job, "usage.cost_in_usd_ticks"), USD_PER_TICK),
        )

    async def check(self) -> str:
        """Ask for the models, which is free."""
        try:
            await self.client.get_json("/models")
        except ProviderError as error:
            raise refusal(error) from None
        return f"{self.client.base_url} answers"

    def _fault(self, job: Mapping[str, Any]) -> Failure:
        failure = self.failure(text(job, "error.code"), text(job, "error.message"))
        kind = kind_by_words(failure.message)
        return failure if kind is None else Failure(kind=kind, message=failure.message)

    # --- the order ----------------------------------------------------------------------------------------------------

    async def _body(self, offered: CatalogModel, request: GenerationRequest, placing: Placing) -> dict[str, Any]:
        sources, frames = request.of_role("source_video"), request.of_role("first_frame")
        references = request.of_role("reference")
        if bool(sources) != (request.operation != "generate"):
            raise self.unsupported("takes a source_video to edit or extend, and for nothing else")
        if frames and references:
            raise self.unsupported("takes no references together with a first_frame")
        if sources and (frames or references):
            raise self.unsupported("takes no pictures together with a source_video")
        body: dict[str, Any] = {"model": offered.wire_name, "prompt": request.brief.prompt}
        for source in sources:
            self._fits(source, request)
            body["video"] = {"url": await self._address(source, placing)}
        if request.operation != "edit":
            body["duration"] = self._seconds(offered, request)
        if request.operation == "generate":
            body |= self._shape(offered, request)
        for frame in frames:
            body["image"] = {"url": await self._address(frame, placing)}
        if references:
            body["reference_images"] = [{"url": await self._address(one, placing)} for one in references]
        return body

    def _fits(self, source: InputRef, request: GenerationRequest) -> None:
        seconds = source.duration_s
        if request.operation == "edit" and seconds is not None and seconds > MAX_EDIT_SOURCE_S:
            raise self.unsupported(f"edits videos of at most {MAX_EDIT_SOURCE_S} s, not {seconds:g} s")

    def _seconds(self, offered: CatalogModel, request: GenerationRequest) -> int:
        seconds = request.duration_s
        least, most = offered.min_duration_s, offered.max_duration_s
        if request.operation == "extend":
            least, most = EXTENSION_S
        if seconds != int(seconds) or not least <= seconds <= most:
            raise self.unsupported(f"cannot {request.operation} {seconds:g} s with {offered.id}")
        return int(seconds)

    def _shape(self, offered: CatalogModel, request: GenerationRequest) -> dict[str, Any]:
        size = request.size
        if size.resolution not in offered.resolutions or size.aspect not in offered.aspects:
            raise self.unsupported(f"makes no {size} with {offered.id}")
        if size.resolution == "1080p" and request.of_role("reference"):
            raise self.unsupported("makes no 1080p from references")
        return {"resolution": size.resolution, "aspect_ratio": size.aspect}

    async def _address(self, one: InputRef, placing: Placing) -> str:
        file = placing.inputs[one.sha256]
        if file.url:
            return file.url
        if file.size_bytes > MAX_DATA_BYTES:
            raise self.unsupported(f"takes inputs over {MAX_DATA_BYTES} bytes by a public address only")
        return await data_uri(file, max_bytes=MAX_DATA_BYTES)


def kind_by_words(message: str) -> FailureKind | None:
    """The kind that only the words tell, None when they tell none."""
    return next((kind for pattern, kind in WORDS if pattern.search(message)), None)


def refusal(error: ProviderError) -> ProviderError:
    """The same refusal with the kind that its words tell."""
    kind = kind_by_words(error.message) if error.status in {400, 403, 429} else None
    if kind is None:
        return error
    return ProviderError(error.message, kind=kind, status=error.status)
