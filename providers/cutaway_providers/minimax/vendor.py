"""The adapter: H3 on /v2, Hailuo on /v1, speech in one answer."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from decimal import Decimal
from typing import Any, ClassVar, Final

from cutaway.contract import Failure, GenerationRequest, Handle, InputRef, InputRole, Placing, Status
from cutaway.errors import FailureKind, ProviderError, SubmitUnknownError
from cutaway.http import Answer, data_uri, read_input
from cutaway.vendor import CatalogModel, RemoteVendor, State, at, money, number, quoted, text
from cutaway_providers.minimax.account import CODE_KINDS, UNSURE, MiniMaxAccount, base_code

MAX_PICTURE_BYTES: Final = 20_000_000
MAX_UPLOAD_BYTES: Final = 100_000_000
MAX_SPEECH_BYTES: Final = 64_000_000
PAGE: Final = 50
MAX_PAGES: Final = 10
FILE: Final = "file:"

_KINDS: Final[Mapping[InputRole, tuple[str, str]]] = {
    "first_frame": ("image_url", "first_frame"),
    "last_frame": ("image_url", "last_frame"),
    "reference": ("image_url", "reference_image"),
    "reference_video": ("video_url", "reference_video"),
    "reference_audio": ("audio_url", "reference_audio"),
}


class MiniMax(RemoteVendor):
    """A remote provider for MiniMax. `wire` of a model: `api` v2, v1 or t2a, `longest_s` by resolution."""

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
        self.voice = account.voice

    async def submit(self, model: str, request: GenerationRequest, placing: Placing) -> Handle:
        """One POST on the model's wire. A 200 with a code of its own is a refusal, or nobody knows what."""
        offered = self.model_for(model, request)
        api = offered.wire.get("api", "v2")
        if api == "t2a":
            return await self._speak(offered, request, placing)
        body = {"model": offered.wire_name, **self._size(offered, request)}
        if api == "v1":
            body["prompt"] = request.brief.prompt
            for one in request.of_role("first_frame", "last_frame"):
                file = placing.inputs[one.sha256]
                body[f"{one.role}_image"] = file.url or await data_uri(file, max_bytes=MAX_PICTURE_BYTES)
        else:
            if not request.inputs:
                body["ratio"] = request.size.aspect
            ordered = sorted(request.inputs, key=lambda one: list(_KINDS).index(one.role))
            media = [await self._content(one, placing) for one in ordered]
            body["content"] = [{"type": "text", "text": request.brief.prompt}, *media]
        answer = await self.client.post_once(f"/{api}/video_generation", body=body, still_ours=placing.still_ours)
        self._refused(answer)
        rate = offered.price.rate(request) if offered.price else None
        data = {"api": api} | ({"usd_per_s": str(rate.usd_per_s)} if rate else {})
        return self.handle(offered.id, at(answer.data, "task_id"), answer, data)

    async def poll(self, handle: Handle) -> Status:
        """How a job stands; speech was over with its answer."""
        if handle.kept:
            return Status(state="succeeded", outputs=handle.kept, cost_usd=handle.cost_usd)
        return await (self._poll_v1(handle) if handle.data.get("api") == "v1" else self._poll_v2(handle))

    async def fetch(self, handle: Handle, output: str) -> AsyncIterator[bytes]:
        """Stream an output; a Hailuo file's address is looked up first, since it lasts for hours only."""
        if output.startswith(FILE):
            answer = await self.client.get_json("/v1/files/retrieve", params={"file_id": output.removeprefix(FILE)})
            self._trouble(answer)
            output = text(answer.data, "file.download_url")
            if not output:
                raise ProviderError(f"{self.name} names no address for a file.", kind="provider", retryable=True)
        async for piece in super().fetch(handle, output):
            yield piece

    async def cancel(self, handle: Handle) -> bool:
        """DELETE an H3 task under way. False for what is over, which the same DELETE would destroy, and for Hailuo."""
        if handle.kept or handle.data.get("api") == "v1":
            return False
        if (await self.poll(handle)).state not in {"queued", "running"}:
            return False
        try:
            answer = await self.client.delete_json(f"/v2/video_generation/{quoted(handle.native_id)}")
        except ProviderError as error:
            if error.status in {400, 404, 409, 422}:
                return False
            raise
        return not base_code(answer.data)

    async def check(self) -> str:
        """Ask for one task of the H3 list, which is free."""
        answer = await self.client.get_json("/v2/query/video_generation", params={"page_num": "1", "page_size": "1"})
        self._trouble(answer)
        return f"{self.client.base_url} answers"

    # --- H3 and Hailuo ------------------------------------------------------------------------------------------------

    def _size(self, offered: CatalogModel, request: GenerationRequest) -> dict[str, Any]:
        seconds, size = request.duration_s, request.size
        longest = at(offered.wire, f"longest_s.{size.resolution}") or offered.max_duration_s
        inside = offered.min_duration_s <= seconds <= longest and seconds in (offered.durations_s or (seconds,))
        if seconds != int(seconds) or not inside:
            raise self.unsupported(f"makes no {seconds:g} s of {size} with {offered.id}")
        shaped = bool(request.inputs) or size.aspect in offered.aspects
        if size.resolution is None or size.resolution not in offered.resolutions or not shaped:
            raise self.unsupported(f"makes no {size} with {offered.id}")
        frames = request.of_role("first_frame", "last_frame")
        if request.of_role("last_frame") and not request.of_role("first_frame"):
            raise self.unsupported("takes no last_frame without a first_frame")
        if frames and len(frames) < len(request.inputs):
            raise self.unsupported("takes frames and references in separate orders only")
        return {"duration": int(seconds), "resolution": size.resolution.upper()}

    async def _content(self, one: InputRef, placing: Placing) -> dict[str, Any]:
        kind, role = _KINDS[one.role]
        file = placing.inputs[one.sha256]
        url = file.url
        if not url:
            content = await read_input(file, max_bytes=MAX_UPLOAD_BYTES)
            name = f"input.{one.media_type.partition('/')[2] or 'bin'}"
            form: list[tuple[str, str | tuple[str, bytes, str]]] = [
                ("purpose", "video_generation_input"),
                ("file", (name, content, one.media_type)),
            ]
            answer = await self.client.post_json("/v1/files/upload", form=form)
            self._trouble(answer)
            file_id = _file_id(at(answer.data, "file.file_id"))
            if not file_id:
                raise ProviderError(f"{self.name} took an upload without naming it.", kind="provider", retryable=True)
            url = f"mm_file://{file_id}"
        return {"type": kind, kind: {"url": url}, "role": role}

    async def _poll_v2(self, handle: Handle) -> Status:
        try:
            found = await self.get_job(f"/v2/query/video_generation/{quoted(handle.native_id)}")
        except ProviderError as error:
            if error.status == 500 and await self._unlisted(handle.native_id):
                return Status(state="lost", failure=Failure(kind="not_found", message=error.message))
            raise
        if isinstance(found, Status):
            return found
        if not at(found.data, "task"):
            self._trouble(found)
        state = self.state(at(found.data, "task.status"))
        url = text(found.data, "task.content.url")
        failure: Failure | None = None
        if state == "succeeded" and not url:
            state, failure = "failed", Failure(kind="provider", message="The task succeeded without a video.")
        elif state == "failed":
            failure = self.failure(at(found.data, "task.error.code"), at(found.data, "task.error.message"))
        price = number(handle.data.get("usd_per_s"), 10**6)
        cost = None if price is None else money(at(found.data, "task.usage.total_seconds"), price)
        return Status(state=state, outputs=(url,) if state == "succeeded" else (), failure=failure, cost_usd=cost)

    async def _unlisted(self, native_id: str) -> bool:
        """True when the account's whole list surely lacks a task; a doubt is no."""
        seen = 0
        for page in range(1, MAX_PAGES + 1):
            params = {"page_num": str(page), "page_size": str(PAGE)}
            try:
                answer = await self.client.get_json("/v2/query/video_generation", params=params)
            except ProviderError:
                return False
            items, total = answer.data.get("items"), number(answer.data.get("total"), 10**9)
            if not isinstance(items, list) or total is None or any(text(item, "id") == native_id for item in items):
                return False
            seen += len(items)
            if seen >= total or not items:
                return seen >= total
        return False

    async def _poll_v1(self, handle: Handle) -> Status:
        found = await self.client.get_json("/v1/query/video_generation", params={"task_id": handle.native_id})
        code, word = base_code(found.data), found.data.get("status")
        if word != "Fail":
            self._trouble(found)
        state, file_id = self.state(word), _file_id(found.data.get("file_id"))
        failure: Failure | None = None
        if state == "succeeded" and not file_id:
            state, failure = "failed", Failure(kind="provider", message="The task succeeded without a file.")
        elif state == "failed":
            failure = self.failure(code, at(found.data, "base_resp.status_msg"))
        return Status(state=state, outputs=(f"{FILE}{file_id}",) if state == "succeeded" else (), failure=failure)

    # --- speech -------------------------------------------------------------------------------------------------------

    async def _speak(self, offered: CatalogModel, request: GenerationRequest, placing: Placing) -> Handle:
        body = {
            "model": offered.wire_name,
            "text": request.brief.prompt,
            "stream": False,
            "output_format": "hex",
            "voice_setting": {"voice_id": request.voice or self.voice, "speed": 1.0, "vol": 1.0, "pitch": 0},
            "audio_setting": {"sample_rate": 32000, "bitrate": 128000, "format": "mp3", "channel": 1},
        }
        answer = await self.client.post_once(
            "/v1/t2a_v2", body=body, still_ours=placing.still_ours, max_bytes=MAX_SPEECH_BYTES
        )
        self._refused(answer)
        handle = self.handle(offered.id, at(answer.data, "trace_id"), answer, {"api": "t2a"})
        try:
            content = bytes.fromhex(text(answer.data, "data.audio"))
        except ValueError:
            content = b""
        if not content:
            raise SubmitUnknownError(f"{self.name} answered without sound.", kind="unknown", status=answer.status)
        price = number(offered.wire.get("usd_per_char"), 1)
        characters = at(answer.data, "extra_info.usage_characters")
        cost: Decimal | None = None if price is None or offered.price is None else money(characters, price)
        return handle.model_copy(update={"kept": (await placing.keep(content),), "cost_usd": cost})

    # --- codes inside 200s --------------------------------------------------------------------------------------------

    def _trouble(self, answer: Answer) -> None:
        """Raise what the code of a 200 says."""
        code = base_code(answer.data)
        if code:
            failure = self.failure(code, at(answer.data, "base_resp.status_msg"))
            again = failure.kind in {"quota", "capacity", "provider"}
            raise ProviderError(failure.message, kind=failure.kind, retryable=again, status=answer.status)

    def _refused(self, answer: Answer) -> None:
        """Raise what the code of a 200 says about an order; the vendor's own trouble leaves it unknown."""
        if base_code(answer.data) in UNSURE:
            said = self.client.clean(f"{base_code(answer.data)} {text(answer.data, 'base_resp.status_msg')}")
            raise SubmitUnknownError(f"{self.name} says {said}.", kind="unknown", status=answer.status)
        self._trouble(answer)


def _file_id(value: Any) -> str:
    """A file's id, which comes as a number or as text."""
    return str(value) if isinstance(value, int | str) and not isinstance(value, bool) and value else ""
