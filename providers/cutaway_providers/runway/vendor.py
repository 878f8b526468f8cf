"""The adapter: three order paths, one task object, and a DELETE that both cancels and destroys."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar, Final

from cutaway.contract import Failure, GenerationRequest, Handle, InputRef, Placing, Status
from cutaway.errors import FailureKind, ProviderError
from cutaway.http import data_uri
from cutaway.vendor import CatalogModel, RemoteVendor, State, at, money, number, quoted, text

VERSION: Final = "2024-11-06"
USD_PER_CREDIT: Final = Decimal("0.01")
MAX_DATA_BYTES: Final = 3_900_000
"""A data URI may be 5 MB of text, which holds three quarters of that."""


class Runway(RemoteVendor):
    """A remote provider for Runway.

    `wire` of a model: `sends` names the optional fields it reads (seed, negativePrompt, audio), and `text`, `image`,
    `video` describe its order paths, see `_shape`.
    """

    states: ClassVar[Mapping[str, State]] = {
        "PENDING": "queued",
        "THROTTLED": "queued",
        "RUNNING": "running",
        "SUCCEEDED": "succeeded",
        "FAILED": "failed",
        "CANCELLED": "cancelled",
    }

    headers: ClassVar[Mapping[str, str]] = {"X-Runway-Version": VERSION}

    async def submit(self, model: str, request: GenerationRequest, placing: Placing) -> Handle:
        """One POST. A lack of credits is a 400 here, told apart by its words."""
        offered = self.model_for(model, request)
        path, spec = self._path(offered, request)
        body = self._body(offered, request, spec)
        body |= await self._media(offered, request, placing, spec)
        try:
            answer = await self.client.post_once(path, body=body, still_ours=placing.still_ours)
        except ProviderError as error:
            if error.status == 400 and "enough credits" in error.message:
                raise ProviderError(error.message, kind="balance", status=400, fix="Buy credits at Runway.") from None
            raise
        return self.handle(model, answer.data.get("id"), answer)

    async def poll(self, handle: Handle) -> Status:
        """One GET. The charge is known once the task is over; failed tasks may cost something too."""
        found = await self.get_job(f"/tasks/{quoted(handle.native_id)}")
        if isinstance(found, Status):
            return found
        task = found.data
        state = self.state(task.get("status"))
        share = number(task.get("progress"), 1)
        urls = task.get("output")
        outputs = tuple(url for url in urls if isinstance(url, str) and url) if isinstance(urls, list) else ()
        failure: Failure | None = None
        if state == "succeeded" and not outputs:
            state, failure = "failed", Failure(kind="provider", message="The task succeeded without an output.")
        elif state == "failed":
            code = text(task, "failureCode")
            failure = self.failure(code, task.get("failure"), failure_kind(code))
        return Status(
            state=state,
            progress=None if share is None else float(share),
            outputs=outputs if state == "succeeded" else (),
            failure=failure,
            cost_usd=money(at(task, "cost.credits"), USD_PER_CREDIT),
        )

    async def cancel(self, handle: Handle) -> bool:
        """DELETE a task under way. False when it is over or gone: the same DELETE would destroy its result."""
        status = await self.poll(handle)
        if status.state not in {"queued", "running"}:
            return False
        try:
            await self.client.delete_json(f"/tasks/{quoted(handle.native_id)}")
        except ProviderError as error:
            if error.status in {404, 409, 410}:
                return False
            raise
        return True

    async def check(self) -> str:
        """Ask for the account, which is free, and say what is left on it."""
        answer = await self.client.get_json("/organization")
        credits = number(answer.data.get("creditBalance"), 10**12)
        left = "" if credits is None else f", {credits} credits left"
        return f"{self.client.base_url} answers{left}"

    # --- the order ----------------------------------------------------------------------------------------------------

    def _path(self, offered: CatalogModel, request: GenerationRequest) -> tuple[str, Mapping[str, Any]]:
        """Where the order goes, and what the model's `wire` says about that path."""
        frames, sources = request.of_role("first_frame", "last_frame"), request.of_role("source_video")
        if request.operation != "generate" and not sources:
            raise self.unsupported(f"needs a source_video input to {request.operation} with {offered.id}")
        if request.of_role("last_frame") and not request.of_role("first_frame"):
            raise self.unsupported(f"takes no last_frame without a first_frame with {offered.id}")
        if frames and sources:
            raise self.unsupported("takes no frames together with a source_video")
        kind = "video" if sources else "image" if frames else "text"
        spec = offered.wire.get(kind)
        if not isinstance(spec, Mapping):
            raise self.unsupported(f"has no {kind}-to-video order of {offered.id}")
        return f"/{kind}_to_video", spec

    def _body(self, offered: CatalogModel, request: GenerationRequest, spec: Mapping[str, Any]) -> dict[str, Any]:
        body: dict[str, Any] = {"model": offered.wire_name, "promptText": request.brief.prompt}
        body |= self._shape(offered, request, spec)
        modes = spec.get("modes")
        if isinstance(modes, Mapping):
            body["mode"] = modes[request.operation]
        sends = offered.wire.get("sends") or ()
        if "seed" in sends:
            body["seed"] = request.seed
        if "negativePrompt" in sends and request.brief.negative:
            body["negativePrompt"] = request.brief.negative
        if "audio" in sends:
            body["audio"] = request.audio
        return body

    def _shape(self, offered: CatalogModel, request: GenerationRequest, spec: Mapping[str, Any]) -> dict[str, Any]:
        """Length, ratio and resolution as this path of the model writes them.

        `ratios` maps "720p 16:9", "16:9" or "720p" to a ratio, `resolutions` a resolution to its name; a path without
        them follows its input. `length: source` means that the output is as long as the source video.
        """
        shape: dict[str, Any] = {}
        size = request.size
        if spec.get("length") != "source":
            seconds = request.duration_s
            allowed = offered.durations_s or (seconds,)
            inside = offered.min_duration_s <= seconds <= offered.max_duration_s and seconds in allowed
            if seconds != int(seconds) or not inside:
                raise self.unsupported(f"makes no {seconds:g} s with {offered.id}")
            shape["duration"] = int(seconds)
        if offered.resolutions and size.resolution not in offered.resolutions:
            raise self.unsupported(f"makes no {size} with {offered.id}")
        ratios, resolutions = spec.get("ratios"), spec.get("resolutions")
        if isinstance(ratios, Mapping):
            names = (f"{size.resolution} {size.aspect}", f"{size.aspect}", f"{size.resolution}")
            ratio = next((ratios[name] for name in names if name in ratios), None)
            if ratio is None:
                raise self.unsupported(f"makes no {size} with {offered.id} and these inputs")
            shape["ratio"] = ratio
        if isinstance(resolutions, Mapping):
            if size.resolution not in resolutions:
                raise self.unsupported(f"makes no {size} with {offered.id}")
            shape["resolution"] = resolutions[size.resolution]
        return shape

    async def _media(
        self, offered: CatalogModel, request: GenerationRequest, placing: Placing, spec: Mapping[str, Any]
    ) -> dict[str, Any]:
        media: dict[str, Any] = {}
        references, videos = request.of_role("reference"), request.of_role("reference_video")
        if (references and not spec.get("references")) or (videos and not spec.get("reference_videos")):
            raise self.unsupported(f"takes no references together with these inputs with {offered.id}")
        for source in request.of_role("source_video"):
            media[spec["field"]] = await self._address(source, placing)
        frames = [
            {"uri": await self._address(one, placing), "position": "first" if one.role == "first_frame" else "last"}
            for one in request.of_role("first_frame", "last_frame")
        ]
        if frames:
            media["promptImage"] = frames[0]["uri"] if len(frames) == 1 else frames
        if references:
            media["references"] = [{"uri": await self._address(one, placing)} for one in references]
        if videos:
            media["referenceVideos"] = [{"type": "video", "uri": await self._address(one, placing)} for one in videos]
        return media

    async def _address(self, one: InputRef, placing: Placing) -> str:
        file = placing.inputs[one.sha256]
        if file.url:
            return file.url
        if file.size_bytes > MAX_DATA_BYTES:
            raise self.unsupported(f"takes inputs over {MAX_DATA_BYTES} bytes by a public address only")
        return await data_uri(file, max_bytes=MAX_DATA_BYTES)


def failure_kind(code: str) -> FailureKind:
    """The kind of a failure code: dotted words from the general to the particular."""
    words = code.upper().split(".")
    if "SAFETY" in words:
        return "policy"
    if words[:2] in (["ASSET", "INVALID"], ["THIRD_PARTY", "INPUT_VALIDATION"]):
        return "invalid"
    return "capacity" if words[:2] == ["THIRD_PARTY", "UNAVAILABLE"] else "provider"
