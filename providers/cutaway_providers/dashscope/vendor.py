"""The adapter: one asynchronous task path, `media` told apart by type, and 200s that may be refusals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar, Final, Literal

from cutaway.contract import Failure, GenerationRequest, Handle, InputRef, Placing, Price, Status
from cutaway.errors import FailureKind, ProviderError
from cutaway.http import data_uri
from cutaway.vendor import Account, CatalogModel, RemoteVendor, State, at, money, number, quoted, text

BASE_URLS: Final[Mapping[str, str]] = {
    "intl": "https://dashscope-intl.aliyuncs.com/api/v1",
    "cn": "https://dashscope.aliyuncs.com/api/v1",
    "us": "https://dashscope-us.aliyuncs.com/api/v1",
}
ORDERS: Final = "/services/aigc/video-generation/video-synthesis"
MAX_PICTURE_BYTES: Final = 7_500_000
"""A picture inside an order may be 10 MB of text, which holds three quarters of that."""
MAX_TOGETHER_S: Final = 30
LENGTH_SLACK_S: Final = 0.05


class DashScopeAccount(Account):
    """An account of one region."""

    region: Literal["intl", "cn", "us"] = "intl"


def priced_in(region: str, catalog: Sequence[CatalogModel]) -> tuple[CatalogModel, ...]:
    """The catalog with the prices of a region, which stand in `wire.prices` but for `intl`; None where unknown."""
    if region == "intl":
        return tuple(catalog)
    found = {model.id: at(model.wire, f"prices.{region}") for model in catalog}
    return tuple(
        model.model_copy(update={"price": Price.model_validate(found[model.id]) if found[model.id] else None})
        for model in catalog
    )


class DashScope(RemoteVendor):
    """A remote provider for DashScope.

    `wire` of a model: `media` maps input roles to media types, `exclusive` says that frames and the rest exclude each
    other, `sends` names optional fields (negative_prompt, audio), `edit` an edit that follows its source.
    """

    states: ClassVar[Mapping[str, State]] = {
        "PENDING": "queued",
        "RUNNING": "running",
        "SUCCEEDED": "succeeded",
        "FAILED": "failed",
        "CANCELED": "cancelled",
        "UNKNOWN": "expired",
    }
    code_kinds: ClassVar[Mapping[str, FailureKind]] = {
        "DataInspectionFailed": "policy",
        "IPInfringementSuspect": "policy",
        "InvalidApiKey": "auth",
        "AccessDenied": "auth",
        "Model.AccessDenied": "auth",
        "Arrearage": "balance",
        "Throttling": "quota",
        "Throttling.RateQuota": "quota",
        "Throttling.BurstRate": "quota",
        "Throttling.AllocationQuota": "quota",
        "InvalidParameter": "invalid",
        "InvalidParameter.DataInspection": "invalid",
        "InvalidURL": "invalid",
        "ModelNotFound": "not_found",
        "InternalError": "provider",
    }

    async def submit(self, model: str, request: GenerationRequest, placing: Placing) -> Handle:
        """One POST. A 2xx with a code and no task is a refusal. The price of a second goes into the handle."""
        offered = self.model_for(model, request)
        body = self._body(offered, request)
        media = await self._media(offered, request, placing)
        if media:
            body["input"]["media"] = media
        answer = await self.client.post_once(
            ORDERS, body=body, headers={"X-DashScope-Async": "enable"}, still_ours=placing.still_ours
        )
        code = text(answer.data, "code")
        if code and not at(answer.data, "output.task_id"):
            failure = self.failure(code, at(answer.data, "message"), "invalid")
            raise ProviderError(failure.message, kind=failure.kind, retryable=failure.retryable, status=answer.status)
        rate = offered.price.rate(request) if offered.price else None
        data = {"usd_per_s": str(rate.usd_per_s)} if rate else {}
        return self.handle(model, at(answer.data, "output.task_id"), answer, data)

    async def poll(self, handle: Handle) -> Status:
        """One GET. `usage.duration` is what is billed: seconds of output, of an edit also those of its input."""
        found = await self.get_job(f"/tasks/{quoted(handle.native_id)}")
        if isinstance(found, Status):
            return found
        task = found.data.get("output")
        if not isinstance(task, Mapping):
            failed = self.failure(text(found.data, "code"), at(found.data, "message"))
            raise ProviderError(failed.message, kind=failed.kind, retryable=failed.retryable, status=found.status)
        state = self.state(task.get("task_status"))
        url = text(task, "video_url")
        failure: Failure | None = None
        if state == "succeeded" and not url:
            state, failure = "failed", Failure(kind="provider", message="The task succeeded without a video.")
        elif state == "failed":
            failure = self.failure(text(task, "code"), task.get("message"))
        elif state == "expired":
            failure = Failure(kind="not_found", message="The vendor knows this task no more; it keeps them a day.")
        return Status(
            state=state,
            outputs=(url,) if state == "succeeded" else (),
            failure=failure,
            cost_usd=_cost(handle, at(found.data, "usage.duration")),
        )

    async def cancel(self, handle: Handle) -> bool:
        """POST the cancel. False when the task no longer waits: then the vendor refuses."""
        try:
            await self.client.post_json(f"/tasks/{quoted(handle.native_id)}/cancel")
        except ProviderError as error:
            if error.status in {400, 404, 409}:
                return False
            raise
        return True

    async def check(self) -> str:
        """Ask for a task that nobody has, which is free."""
        return await self.probe_key("/tasks/00000000-0000-0000-0000-000000000000")

    # --- the order ----------------------------------------------------------------------------------------------------

    def _body(self, offered: CatalogModel, request: GenerationRequest) -> dict[str, Any]:
        size, sends = request.size, offered.wire.get("sends") or ()
        if size.resolution is None or size.resolution not in offered.resolutions:
            raise self.unsupported(f"makes no {size} with {offered.id}")
        words: dict[str, Any] = {"prompt": request.brief.prompt}
        if "negative_prompt" in sends and request.brief.negative:
            words["negative_prompt"] = request.brief.negative[:500]
        parameters: dict[str, Any] = {"resolution": size.resolution.upper(), "seed": request.seed, "watermark": False}
        seconds = self._seconds(offered, request)
        if seconds is not None:
            parameters["duration"] = seconds
        if offered.wire.get("edit"):
            parameters["audio_setting"] = "origin"
        elif not request.of_role("first_frame"):
            if size.aspect not in offered.aspects:
                raise self.unsupported(f"makes no {size} with {offered.id}")
            parameters["ratio"] = size.aspect
        if "audio" in sends:
            parameters["audio"] = request.audio
        return {"model": offered.wire_name, "input": words, "parameters": parameters}

    def _seconds(self, offered: CatalogModel, request: GenerationRequest) -> int | None:
        """The length to order; None for an edit that is as long as its source."""
        seconds, sources = request.duration_s, request.of_role("source_video")
        if request.operation != "generate" and not sources:
            raise self.unsupported(f"needs a source_video input to {request.operation} with {offered.id}")
        source_s = sources[0].duration_s if sources else None
        if offered.wire.get("edit") and source_s is not None and seconds >= source_s - LENGTH_SLACK_S:
            return None
        if seconds != int(seconds) or not offered.min_duration_s <= seconds <= offered.max_duration_s:
            raise self.unsupported(f"makes no {seconds:g} s with {offered.id}")
        together = seconds + sum(video.duration_s or 0 for video in request.videos)
        if request.videos and not offered.wire.get("edit") and together > MAX_TOGETHER_S:
            raise self.unsupported(f"takes {MAX_TOGETHER_S} s of input and output together, not {together:g}")
        return int(seconds)

    async def _media(self, offered: CatalogModel, request: GenerationRequest, placing: Placing) -> list[dict[str, str]]:
        types: Mapping[str, str] = offered.wire.get("media") or {}
        frames = request.of_role("first_frame", "last_frame")
        if request.of_role("last_frame") and not request.of_role("first_frame"):
            raise self.unsupported("takes no last_frame without a first_frame")
        if offered.wire.get("exclusive") and frames and len(frames) < len(request.inputs):
            raise self.unsupported("takes frames and references in separate orders only")
        ordered = sorted(request.inputs, key=lambda one: list(types).index(one.role))
        return [{"type": types[one.role], "url": await self._address(one, placing)} for one in ordered]

    async def _address(self, one: InputRef, placing: Placing) -> str:
        file = placing.inputs[one.sha256]
        if file.url:
            return file.url
        if not one.media_type.startswith("image/"):
            raise self.unsupported(f"reads a {one.role} from a public https address only, and this store has none")
        return await data_uri(file, max_bytes=MAX_PICTURE_BYTES)


def _cost(handle: Handle, seconds: Any) -> Decimal | None:
    price = number(handle.data.get("usd_per_s"), 10**6)
    return None if price is None else money(seconds, price)
