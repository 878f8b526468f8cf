"""The adapter: one POST, polls, the download, look-ups and cancels."""

from __future__ import annotations

import mimetypes
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from typing import Any, ClassVar, Final

from cutaway.contract import (
    GenerationRequest,
    Handle,
    InputRef,
    InputRole,
    ListedJob,
    ModelProfile,
    OperationKind,
    Placing,
    Status,
)
from cutaway.errors import FailureKind, ProviderError
from cutaway.http import read_input
from cutaway.vendor import RemoteVendor, State, at, number, quoted, text
from cutaway_providers.openai_videos.account import VideosAccount
from cutaway_providers.openai_videos.reading import (
    CODE_KINDS,
    MAX_TIME,
    STATES,
    cost_usd,
    echoed,
    nested,
    same_order,
)

PATHS: Final[Mapping[OperationKind, str]] = {
    "generate": "/videos",
    "edit": "/videos/edits",
    "extend": "/videos/extensions",
}
INPUT_FIELDS: Final[Mapping[InputRole, str]] = {"first_frame": "input_reference", "source_video": "video"}
MAX_INPUT_BYTES: Final = 200_000_000
OUTPUT: Final = "content"
PAGE: Final = 100
MAX_PAGES: Final = 50
CLOCK_SLACK_S: Final = 5
"""How far a vendor's clock may be behind ours before a job looks older than its order."""


class OpenAIVideos(RemoteVendor):
    """A remote provider speaking `/v1/videos`."""

    states: ClassVar[Mapping[str, State]] = STATES
    code_kinds: ClassVar[Mapping[str, FailureKind]] = CODE_KINDS
    account: VideosAccount

    def __init__(self, account: VideosAccount) -> None:
        super().__init__(account)
        self.offered = {model.id: model for model in account.models}

    def profiles(self) -> tuple[ModelProfile, ...]:
        """The configured models."""
        return tuple(
            model.profile.model_copy(
                update={
                    "title": model.wire_name if model.title == model.id else model.title,
                    "native_edit": set(model.operations) != {"generate"},
                    "submit_tier": self.account.submit_tier,
                    "cancel": "best_effort",
                }
            )
            for model in self.account.models
        )

    async def submit(self, model: str, request: GenerationRequest, placing: Placing) -> Handle:
        """One POST. Raises `ProviderError` (surely not taken) or `SubmitUnknownError`."""
        fields = self._fields(model, request)
        if self.account.reference_field:
            fields[self.account.reference_field] = placing.key
        files: list[tuple[str, tuple[str, bytes, str]]] = []
        for ref in request.inputs:
            if ref.role == "source_video" and ref.native is not None and ref.native.provider == self.name:
                fields["video[id]"] = ref.native.native_id  # a clip that this server made itself
            else:
                files.append(await self._file(ref, placing))
        as_json = self.account.body == "json" and not files
        answer = await self.client.post_once(
            PATHS[request.operation],
            body=nested(fields) if as_json else None,
            form=None if as_json else [*((name, _word(value)) for name, value in fields.items()), *files],
            headers={"Idempotency-Key": placing.key} if self.account.submit_tier == "deduplicates" else {},
            still_ours=placing.still_ours,
        )
        return self.handle(model, answer.data.get("id"), answer)

    async def poll(self, handle: Handle) -> Status:
        """One GET. A job the server no longer knows is "lost"; a status word nobody knows raises."""
        answer = await self.get_job(_path(handle))
        if isinstance(answer, Status):
            return answer
        data, word = answer.data, text(answer.data, "status")
        state, failure = self.account.states.get(word) or self.state(word), None
        if state in {"failed", "cancelled", "expired"}:
            error = data.get("error")
            code = at(error, "code") or at(error, "type")
            failure = self.failure(code, at(error, "message") if isinstance(error, Mapping) else error)
            state = "cancelled" if code == "cancelled" else state
        share = number(data.get("progress"), 100)
        wait_ms = number(answer.headers.get("openai-poll-after-ms"), 3_600_000)
        return Status(
            state=state,
            progress=None if share is None else float(share / 100),
            outputs=(_output(data),) if state == "succeeded" else (),
            failure=failure,
            # Some servers say 0 until the job is over.
            cost_usd=None if state in {"queued", "running"} else cost_usd(data, self.account.cost_field),
            poll_after_s=None if wait_ms is None else float(wait_ms / 1000),
        )

    def fetch(self, handle: Handle, output: str) -> AsyncIterator[bytes]:
        """Stream the video. `output` is what `poll` named."""
        if output in {OUTPUT, ""}:
            output = f"{_path(handle)}/content"
        elif not output.startswith(("https://", "http://")):
            raise ProviderError(f"{self.name} has no output {output!r}.", kind="not_found")
        return self.client.stream(output, max_bytes=self.account.max_download_bytes)

    async def find(
        self, model: str, request: GenerationRequest, key: str, since: datetime | None = None
    ) -> Handle | None:
        """Look for an order by reference (findable) or content (listable); without `since`, in the last hour.

        Raises `ProviderError`: kind "unsupported" for the other tiers ("deduplicates" needs no search: submitting again
        under the same key gives the first job), "unknown" when several jobs match or the list cannot settle it.
        """
        tier, field = self.account.submit_tier, self.account.reference_field
        if tier not in {"findable", "listable"}:
            raise self.unsupported(f"is of tier {tier}: its orders cannot be looked up")
        if tier == "listable" and request.operation != "generate":
            raise self._unsure("A list of {} does not tell edits of one clip apart.")
        earliest = (datetime.now(UTC).timestamp() - 3600 if since is None else since.timestamp()) - CLOCK_SLACK_S
        fields = self._fields(model, request)
        found = []
        for item in await self._listed(earliest):
            by_key = field if tier == "findable" else None
            match = echoed(item, by_key) == key if by_key else same_order(item, fields, earliest)
            if match is None:
                raise self._unsure("{} lists jobs without what orders are matched by.")
            if match:
                found.append(item)
        if len(found) > 1:
            ids = ", ".join(self.client.clean(str(item.get("id"))) for item in found[:5])
            raise self._unsure(f"{{}} has {len(found)} jobs that may be this order: {ids}.")
        if not found:
            return None
        native = text(found[0], "id")
        if not native.strip(".") or len(native) > 1024:
            raise self._unsure("{} lists this order without a usable id.")
        return Handle(provider=self.name, model=model, native_id=native)

    async def listed(self, since: datetime) -> tuple[ListedJob, ...]:
        """The account's jobs since a moment, with our key where the server echoes it (findable)."""
        field = self.account.reference_field if self.account.submit_tier == "findable" else ""
        jobs = []
        for item in await self._listed(since.timestamp()):
            created, native = number(item.get("created_at"), MAX_TIME), item.get("id")
            if not isinstance(native, str) or created is None or created < since.timestamp():
                continue
            made_at, key = datetime.fromtimestamp(float(created), UTC), echoed(item, field) if field else ""
            key = key if isinstance(key, str) else ""
            jobs.append(ListedJob(native_id=native, created_at=made_at, key=key, prompt=text(item, "prompt")))
        return tuple(jobs)

    async def cancel(self, handle: Handle) -> bool:
        """Ask the server to stop. False when the job is over or gone: DELETE on a finished job destroys its video."""
        status = await self.poll(handle)
        if status.state not in {"queued", "running"}:
            return False
        try:
            answer = await self.client.delete_json(_path(handle))
        except ProviderError as error:
            if error.status in {404, 405, 409, 410}:
                return False
            raise
        return answer.data.get("deleted", True) is True

    async def check(self) -> str:
        """List the models, which is free and which every server of the dialect has."""
        return await self.probe_key("/models")

    # --- the wire -----------------------------------------------------------------------------------------------------

    def _fields(self, model: str, request: GenerationRequest) -> dict[str, Any]:
        """The order's fields. Raises `ProviderError` (kind "unsupported") for what the model cannot make."""
        offered = self.offered[self.model_for(model, request).id]
        operation, size = request.operation, request.size
        # A new clip may begin with a picture; an edit or extension is about one clip and takes nothing else.
        wanted = "first_frame" if operation == "generate" else "source_video"
        if any(ref.role != wanted for ref in request.inputs) or not (request.inputs or operation == "generate"):
            raise self.unsupported(f"takes one {wanted} input to {operation} with {model}")
        if offered.sizes and operation == "generate" and size not in offered.sizes:
            raise self.unsupported(f"makes {', '.join(map(str, offered.sizes))} with {model}, not {size}")
        fields: dict[str, Any] = {"prompt": request.brief.prompt}
        seconds = {"seconds": f"{request.duration_s:g}"}
        if operation == "generate":
            optional = {
                "seed": request.seed,
                "negative_prompt": request.brief.negative,
                "fps": request.fps,
                "num_frames": round(request.duration_s * request.fps),
                "width": size.width_px,
                "height": size.height_px,
                "generate_sound": request.audio,
            }
            fields |= {"model": offered.wire_name} | seconds | {"size": str(size)}
            fields |= {name: optional[name] for name in offered.sends if optional[name] != ""}
        elif operation == "extend":
            fields |= seconds
        return fields | offered.extra

    async def _file(self, ref: InputRef, placing: Placing) -> tuple[str, tuple[str, bytes, str]]:
        """An input's part of the form."""
        file = placing.inputs.get(ref.sha256)
        if file is None:
            raise self.unsupported(f"needs the file of its {ref.role} input")
        content = await read_input(file, max_bytes=MAX_INPUT_BYTES)
        suffix = mimetypes.guess_extension(file.media_type) or ""
        return INPUT_FIELDS[ref.role], (f"{ref.role}{suffix}", content, file.media_type)

    async def _listed(self, earliest: float) -> list[Mapping[str, Any]]:
        """The account's jobs, newest first, back to `earliest`. Raises when the list ends before that is sure."""
        jobs: dict[str, Mapping[str, Any]] = {}
        params = {"limit": str(PAGE), "order": "desc"}
        for _ in range(MAX_PAGES):
            data = (await self.client.get_json("/videos", params=params)).data
            if not isinstance(data.get("data"), list):
                break  # not a list at all: its silence says nothing
            page = [item for item in data["data"] if isinstance(item, dict)]
            before = len(jobs)
            jobs |= {str(item.get("id")): item for item in page}
            times = [created for item in jobs.values() if (created := number(item.get("created_at"), MAX_TIME))]
            newest_first = len(times) == len(jobs) and times == sorted(times, reverse=True)
            far_enough = newest_first and bool(times) and times[-1] < times[0] and times[-1] < earliest
            # A server without has_more cuts the list at the limit without a word.
            if far_enough or not data.get("has_more", len(page) >= PAGE):
                return list(jobs.values())
            if len(jobs) == before:
                break  # pages repeat: this server ignores `after`
            params["after"] = str(data.get("last_id") or page[-1].get("id"))
        raise self._unsure("The job list of {} does not reach back to the order.")

    def _unsure(self, what: str) -> ProviderError:
        return ProviderError(what.format(self.name), kind="unknown")


def _path(handle: Handle) -> str:
    return f"/videos/{quoted(handle.native_id)}"


def _output(data: Mapping[str, Any]) -> str:
    """SGLang with a bucket refuses the download and names the file's address in the job instead."""
    url = text(data, "url")
    return url if url.startswith(("https://", "http://")) else OUTPUT


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
