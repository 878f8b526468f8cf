"""The adapter: uploads, one POST /prompt, the history and the queue, look-ups by key, cancels."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, Final
from urllib.parse import urlencode

from pydantic import Field

from cutaway.contract import GenerationRequest, Handle, InputRef, Modality, Placing, Status
from cutaway.errors import FailureKind, ProviderError
from cutaway.http import Form, read_input
from cutaway.vendor import Account, CatalogModel, RemoteVendor, State, at, quoted, text
from cutaway_providers.comfyui.workflow import Workflow

KEY: Final = "cutaway_key"
MAX_UPLOAD_BYTES: Final = 100_000_000
"""ComfyUI's own default (`--max-upload-size`, in MB)."""
PAGES: Final = (20, 200, 2000)
"""How many of the newest finished jobs a look-up reads before it says that it cannot tell."""
CLOCK_SLACK: Final = timedelta(seconds=30)
"""How far the server's clock may be behind ours."""
SUFFIXES: Final[Mapping[Modality, frozenset[str]]] = {
    "video": frozenset({"mp4", "webm", "mov", "mkv", "gif"}),
    "image": frozenset({"png", "jpg", "jpeg", "webp"}),
    "audio": frozenset({"flac", "mp3", "wav", "opus", "ogg", "m4a"}),
}


class ComfyAccount(Account):
    """A server and its workflows."""

    models: tuple[CatalogModel, ...] = Field(min_length=1)


class ComfyUI(RemoteVendor):
    """A remote provider speaking ComfyUI's HTTP interface."""

    states: ClassVar[Mapping[str, State]] = {"success": "succeeded", "error": "failed"}
    code_kinds: ClassVar[Mapping[str, FailureKind]] = {
        "not_found": "not_found",
        "torch.OutOfMemoryError": "capacity",
        "torch.cuda.OutOfMemoryError": "capacity",
    }

    def __init__(self, account: ComfyAccount) -> None:
        super().__init__(account)
        self.workflows = {name: Workflow(model) for name, model in self.models.items()}

    async def submit(self, model: str, request: GenerationRequest, placing: Placing) -> Handle:
        """Upload the inputs (the same bytes have the same name there), then one POST."""
        offered = self._fitting(model, request)
        workflow, size = self.workflows[model], request.size
        values: dict[str, Any] = {
            "prompt": request.brief.prompt,
            "negative": request.brief.negative,
            "seed": request.seed,
            "width": size.width_px,
            "height": size.height_px,
            "frames": workflow.frames(request.duration_s, request.fps),
            "fps": request.fps,
            "duration": request.duration_s,
        }
        for ref in request.inputs:
            values[ref.role] = await self._uploaded(ref, placing)
        body = {"prompt": workflow.filled(values), "client_id": "cutaway", "extra_data": {KEY: placing.key}}
        answer = await self.client.post_once("/prompt", body=body, still_ours=placing.still_ours)
        if answer.data.get("node_errors") and "prompt_id" not in answer.data:
            raise ProviderError(f"{self.name} refuses the workflow of {offered.id}.", kind="invalid")
        return self.handle(model, answer.data.get("prompt_id"), answer)

    async def poll(self, handle: Handle) -> Status:
        """The history, then the queue; a job in neither is looked for once more, since it may have moved between."""
        done = await self._done(handle)
        if done is not None:
            return done
        running, waiting = await self._queue()
        if handle.native_id in running:
            return Status(state="running")
        if handle.native_id in waiting:
            # Each job before ours takes its time: the longer the line, the later it pays to ask again.
            return Status(state="queued", poll_after_s=min(2.0 * (list(waiting).index(handle.native_id) + 1), 30.0))
        return await self._done(handle) or Status(
            state="lost", failure=self.failure("not_found", "The server knows no such job; it may have been restarted.")
        )

    async def find(
        self, model: str, request: GenerationRequest, key: str, since: datetime | None = None
    ) -> Handle | None:
        """Look for our key in the queue, then among the newest finished jobs back to `since` (default: an hour)."""
        earliest = (since or datetime.now(UTC) - timedelta(hours=1)) - CLOCK_SLACK
        running, waiting = await self._queue()
        found = [native for native, extra in (running | waiting).items() if at(extra, KEY) == key]
        for most in () if found else PAGES:
            history = (await self.client.get_json("/history", params={"max_items": str(most)})).data
            found = [native for native, job in history.items() if at(job, f"prompt.3.{KEY}") == key]
            oldest = _ended(next(iter(history.values()), None))
            if found or len(history) != most or (oldest is not None and oldest < earliest):
                break
        else:
            if not found:
                raise ProviderError(f"The history of {self.name} does not reach back to the order.", kind="unknown")
        if len(found) > 1:
            raise ProviderError(f"{self.name} has {len(found)} jobs of this order.", kind="unknown")
        return Handle(provider=self.name, model=model, native_id=found[0]) if found else None

    async def cancel(self, handle: Handle) -> bool:
        """Take a waiting job out of the queue, interrupt a running one; false when it is in neither."""
        native = handle.native_id
        running, waiting = await self._queue()
        if native in waiting:
            await self.client.post_json("/queue", {"delete": [native]})
            running, _ = await self._queue()
            if native not in running:
                # Gone from the queue, unless it ran through in that moment.
                return await self._done(handle) is None
        if native not in running:
            return False
        await self.client.post_json("/interrupt", {"prompt_id": native})
        return True

    async def check(self) -> str:
        """Ask the server who it is."""
        data = (await self.client.get_json("/system_stats")).data
        version = self.client.clean(text(data, "system.comfyui_version"))[:40]
        return f"ComfyUI {version or 'of unknown version'} answers at {self.client.base_url}"

    # --- the wire -----------------------------------------------------------------------------------------------------

    def _fitting(self, model: str, request: GenerationRequest) -> CatalogModel:
        offered = self.model_for(model, request)
        places = self.workflows[model].places
        if offered.sizes and offered.modality != "audio" and request.size not in offered.sizes:
            raise self.unsupported(f"makes {', '.join(map(str, offered.sizes))} with {model}, not {request.size}")
        timed = offered.modality == "video" and not {"frames", "duration"} & set(places)
        if timed and request.duration_s not in offered.durations_s:
            raise self.unsupported(f"makes {offered.durations_s[0]:g} s with {model}, not {request.duration_s:g} s")
        return offered

    async def _uploaded(self, ref: InputRef, placing: Placing) -> str:
        """The name under which the server's loading nodes know an input."""
        file = placing.inputs.get(ref.sha256)
        if file is None:
            raise self.unsupported(f"needs the file of its {ref.role} input")
        content = await read_input(file, max_bytes=MAX_UPLOAD_BYTES)
        name = f"cutaway-{ref.sha256[:32]}{mimetypes.guess_extension(file.media_type) or ''}"
        form: Form = [("image", (name, content, file.media_type)), ("type", "input"), ("overwrite", "true")]
        data = (await self.client.post_json("/upload/image", form=form)).data
        stored, folder = text(data, "name"), text(data, "subfolder")
        if not stored:
            raise ProviderError(f"{self.name} took an input without naming it.", kind="provider", retryable=True)
        return f"{folder}/{stored}" if folder else stored

    async def _queue(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """`extra_data` by id: of running jobs, and of waiting ones in their order."""
        data = (await self.client.get_json("/queue")).data
        try:
            running, waiting = (
                {str(native): extra for _, native, _, extra, *_ in sorted(data[name], key=lambda item: item[0])}
                for name in ("queue_running", "queue_pending")
            )
        except (KeyError, TypeError, ValueError, IndexError):
            raise ProviderError(f"{self.name} gives its queue in an unknown form.", kind="unsupported") from None
        return running, waiting

    async def _done(self, handle: Handle) -> Status | None:
        """What the history says about a job; None when it is not there."""
        data = (await self.client.get_json(f"/history/{quoted(handle.native_id)}")).data
        job = data.get(handle.native_id)
        if not isinstance(job, Mapping):
            return None
        # Servers before 2024 keep no status: what is in their history is done.
        state = self.state("success" if job.get("status") is None else at(job, "status.status_str"))
        events = dict(_events(job))
        if state == "failed":
            if "execution_interrupted" in events:
                return Status(state="cancelled", failure=self.failure("cancelled", "Somebody interrupted the job."))
            broke = events.get("execution_error", {})
            said = f"{text(broke, 'node_type')}: {text(broke, 'exception_message')}"
            return Status(state="failed", failure=self.failure(text(broke, "exception_type"), said))
        outputs = tuple(self._files(handle.model, job.get("outputs")))
        if not outputs:
            kind = self.models[handle.model].modality if handle.model in self.models else "file"
            return Status(state="failed", failure=self.failure("no_output", f"The workflow saved no {kind}."))
        return Status(state="succeeded", outputs=outputs)

    def _files(self, model: str, outputs: Any) -> Iterator[str]:
        workflow = self.workflows.get(model)
        wanted = SUFFIXES[workflow.model.modality if workflow else "video"]
        for node, lists in outputs.items() if isinstance(outputs, Mapping) else ():
            if workflow and workflow.outputs and node not in workflow.outputs:
                continue
            for item in _items(lists):
                name, kind = text(item, "filename"), text(item, "type")
                if kind == "output" and name.rpartition(".")[2].lower() in wanted:
                    query = {"filename": name, "subfolder": text(item, "subfolder"), "type": kind}
                    yield f"/view?{urlencode(query)}"


def _items(lists: Any) -> Iterator[Any]:
    """The files of a node, whatever it calls their list (`images`, `gifs`, `audio`)."""
    for items in lists.values() if isinstance(lists, Mapping) else ():
        yield from items if isinstance(items, list) else ()


def _events(job: Any) -> Iterator[tuple[str, Any]]:
    for entry in at(job, "status.messages") or ():
        if isinstance(entry, list) and len(entry) == 2 and isinstance(entry[0], str):
            yield entry[0], entry[1]


def _ended(job: Any) -> datetime | None:
    """When a job of the history ended, None when its messages carry no time."""
    times = [moment for _, data in _events(job) if isinstance(moment := at(data, "timestamp"), int)]
    return datetime.fromtimestamp(max(times) / 1000, UTC) if times else None
