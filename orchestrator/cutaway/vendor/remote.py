"""What most vendors share: a client, models, refusals of what a model cannot do, downloads, and honest defaults.

A subclass adds its vendor's words: `submit` and `poll` always, `find`, `cancel`, `parse_webhook`, `check` where the
vendor has them. What it does not override says so: orders cannot be looked up, jobs cannot be stopped.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from typing import Any, ClassVar, Literal
from urllib.parse import quote

from cutaway.contract import Failure, GenerationRequest, Handle, ModelProfile, Placing, Status
from cutaway.errors import FailureKind, ProviderError, SubmitUnknownError
from cutaway.http import MEDIA_TYPES, Answer, Timeouts, VendorClient
from cutaway.vendor.account import Account
from cutaway.vendor.catalog import CatalogModel

State = Literal["queued", "running", "succeeded", "failed", "cancelled", "expired", "lost"]


class RemoteVendor:
    """A remote provider without its vendor's words.

    `states` maps the vendor's status words to ours, `code_kinds` its error codes to failure kinds.
    """

    states: ClassVar[Mapping[str, State]] = {}
    code_kinds: ClassVar[Mapping[str, FailureKind]] = {}
    key_header: ClassVar[str] = "Authorization"
    key_prefix: ClassVar[str] = "Bearer "
    headers: ClassVar[Mapping[str, str]] = {}
    """What every request to the vendor carries beside the key, for example the version of its wire."""

    def __init__(self, account: Account) -> None:
        self.name = account.name
        self.account = account
        self.models = {model.id: model for model in account.models}
        self.client = VendorClient(
            account.base_url,
            api_key=account.api_key.get_secret_value() if account.api_key else None,
            key_header=self.key_header,
            key_prefix=self.key_prefix,
            headers=self.headers,
            timeouts=Timeouts(account.connect_s, account.read_s, account.read_s, account.total_s),
            trusted_origins=account.trusted_origins,
            code_kinds=self.code_kinds,
        )

    async def aclose(self) -> None:
        """Close open connections."""
        await self.client.aclose()

    def profiles(self) -> tuple[ModelProfile, ...]:
        """The models of this account."""
        return tuple(model.profile for model in self.models.values())

    async def submit(self, model: str, request: GenerationRequest, placing: Placing) -> Handle:
        """Place the order once."""
        raise NotImplementedError

    async def poll(self, handle: Handle) -> Status:
        """Ask how the job stands."""
        raise NotImplementedError

    def fetch(self, handle: Handle, output: str) -> AsyncIterator[bytes]:
        """Stream an output that `poll` named by its address."""
        return self.client.stream(output, max_bytes=self.account.max_download_bytes, media_types=MEDIA_TYPES)

    async def find(
        self, model: str, request: GenerationRequest, key: str, since: datetime | None = None
    ) -> Handle | None:
        """This vendor has no list to look an order up in."""
        raise ProviderError(f"The orders of {self.name} cannot be looked up.", kind="unsupported")

    async def cancel(self, handle: Handle) -> bool:
        """This vendor stops no job."""
        return False

    # --- for subclasses -----------------------------------------------------------------------------------------------

    def model_for(self, model: str, request: GenerationRequest) -> CatalogModel:
        """The model, if it can make this order. Raises `ProviderError` (kind "unsupported") naming what it cannot."""
        offered = self.models.get(model)
        if offered is None:
            raise self.unsupported(f"has no model {model!r}; it has {', '.join(self.models) or 'none'}")
        if request.operation not in offered.operations or request.modality != offered.modality:
            able = ", ".join(offered.operations)
            raise self.unsupported(
                f"cannot {request.operation} {request.modality} with {model}; it can {able} {offered.modality}"
            )
        for role in {one.role for one in request.inputs}:
            count, most = len(request.of_role(role)), offered.max_inputs.get(role, 1)
            if role not in offered.input_roles:
                raise self.unsupported(f"takes no {role} input with {model}")
            if count > most:
                raise self.unsupported(f"takes at most {most} {role} inputs with {model}, not {count}")
        for role in offered.required_roles:
            if not request.of_role(role):
                raise self.unsupported(f"needs a {role} input with {model}")
        if request.audio and offered.audio == "never":
            raise self.unsupported(f"makes no sound with {model}")
        if len(request.brief.prompt) > offered.max_prompt_chars:
            length = len(request.brief.prompt)
            raise self.unsupported(f"takes at most {offered.max_prompt_chars} characters with {model}, not {length}")
        return offered

    def unsupported(self, what: str) -> ProviderError:
        """The refusal of something this vendor cannot do, to be raised before anything is sent."""
        return ProviderError(f"{self.name} {what}.", kind="unsupported")

    def handle(self, model: str, native_id: Any, answer: Answer, data: Mapping[str, Any] | None = None) -> Handle:
        """The handle of an accepted order.

        Raises `SubmitUnknownError` when the answer holds no usable id: the vendor said yes, so it may be working.
        """
        usable = isinstance(native_id, str) and 0 < len(native_id) <= 1024 and not set(native_id) <= {"."}
        if not usable:
            raise SubmitUnknownError(
                f"{self.name} answered {answer.status} without a usable id.", kind="unknown", status=answer.status
            )
        return Handle(provider=self.name, model=model, native_id=native_id, data=dict(data or {}))

    def state(self, word: Any) -> State:
        """Our word for the vendor's. Raises `ProviderError` for one that nobody knows: it is not "queued"."""
        state = self.states.get(word) if isinstance(word, str) else None
        if state is None:
            said = self.client.clean(str(word))[:60]
            raise ProviderError(f"{self.name} says {said!r} about a job, which is no known status.", kind="unsupported")
        return state

    def failure(self, code: Any, message: Any, default: FailureKind = "provider") -> Failure:
        """Why a job failed, by the vendor's code and words."""
        code = code if isinstance(code, str) else ("" if code is None else str(code))
        kind = self.code_kinds.get(code, default)
        said = self.client.clean(f"{code} {message if isinstance(message, str) else ''}")
        return Failure(kind=kind, message=said or "The vendor gave no reason.", retryable=kind in {"quota", "capacity"})

    async def get_job(self, path: str) -> Answer | Status:
        """A job's JSON, or the status "lost" when the vendor no longer knows it."""
        try:
            return await self.client.get_json(path)
        except ProviderError as error:
            if error.status not in {404, 410}:
                raise
            return Status(state="lost", failure=Failure(kind="not_found", message=error.message))

    async def probe_key(self, path: str) -> str:
        """One free GET that tells whether the key is good: a 404 about a job nobody has answers that it is."""
        began = datetime.now(UTC)
        try:
            await self.client.get_json(path)
        except ProviderError as error:
            if error.status not in {400, 404, 422}:
                raise
        took_ms = (datetime.now(UTC) - began).total_seconds() * 1000
        return f"{self.client.base_url} answers ({took_ms:.0f} ms)"


def quoted(native_id: str) -> str:
    """An id as one segment of a path."""
    return quote(native_id, safe="")
