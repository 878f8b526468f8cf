"""The adapter: one POST makes a prediction, polls read it, another POST asks to stop it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, Final

from cutaway.contract import (
    Failure,
    GenerationRequest,
    Handle,
    Heard,
    InputFile,
    ListedJob,
    Placing,
    Status,
    WebhookCall,
)
from cutaway.errors import FailureKind, ProviderError
from cutaway.http import data_uri, read_input
from cutaway.http.webhooks import body_json, text_at, verify_standard
from cutaway.vendor import Account, RemoteVendor, State, at, quoted, text
from cutaway_providers.replicate.listing import is_order, jobs_since
from cutaway_providers.replicate.wire import plain, put, read_wire

MAX_DATA_BYTES: Final = 256_000
"""Inputs up to this size go inside the order, larger ones to Replicate's files."""
MAX_INPUT_BYTES: Final = 100_000_000
CLOCK_SLACK: Final = timedelta(minutes=2)
ERROR_CODE: Final = re.compile(r"\bE\d{3,4}\b")
FLAGGED: Final = ("flagged as sensitive", "nsfw")


class Replicate(RemoteVendor):
    """A remote provider for the models on Replicate."""

    states: ClassVar[Mapping[str, State]] = {
        "starting": "queued",
        "processing": "running",
        "succeeded": "succeeded",
        "failed": "failed",
        "canceled": "cancelled",
        "aborted": "expired",
    }
    code_kinds: ClassVar[Mapping[str, FailureKind]] = {"E005": "policy"}

    def __init__(self, account: Account) -> None:
        super().__init__(account)
        self._wires = {model.id: read_wire(model) for model in account.models}

    async def submit(self, model: str, request: GenerationRequest, placing: Placing) -> Handle:
        """One POST, which does not wait for the result."""
        offered = self.model_for(model, request)
        wire = self._wires[model]
        given = plain(offered, wire, request)
        for one in request.inputs:
            put(given, wire.arguments[one.role], await self._address(placing.inputs[one.sha256]))
        body: dict[str, Any] = {"input": given}
        if placing.webhook_url:
            body |= {"webhook": placing.webhook_url, "webhook_events_filter": ["completed"]}
        path = f"/models/{offered.wire_name}/predictions"
        if wire.version:
            path, body = "/predictions", body | {"version": wire.version}
        answer = await self.client.post_once(path, body=body, still_ours=placing.still_ours)
        return self.handle(model, answer.data.get("id"), answer)

    async def poll(self, handle: Handle) -> Status:
        """One GET. What was made is gone after an hour, the job itself stays."""
        found = await self.get_job(f"/predictions/{quoted(handle.native_id)}")
        if isinstance(found, Status):
            return found
        state = self.state(found.data.get("status"))
        if state == "failed":
            return Status(state=state, failure=self._failed(found.data.get("error")))
        if state != "succeeded":
            return Status(state=state)
        wire = self._wires.get(handle.model)
        outputs = _files(found.data.get("output"), wire.output if wire else "")
        if outputs:
            return Status(state=state, outputs=outputs)
        if found.data.get("data_removed") is True:
            return Status(state="expired", failure=Failure(kind="not_found", message="The output was removed."))
        return Status(state="failed", failure=self._failed("The prediction succeeded without a file."))

    async def cancel(self, handle: Handle) -> bool:
        """POST the cancel path. False for a job that is over or gone."""
        try:
            answer = await self.client.post_json(f"/predictions/{quoted(handle.native_id)}/cancel")
        except ProviderError as error:
            if error.status in {404, 409, 410, 422}:
                return False
            raise
        return answer.data.get("status") not in {"succeeded", "failed"}

    async def find(
        self, model: str, request: GenerationRequest, key: str, since: datetime | None = None
    ) -> Handle | None:
        """Look for an order in the account's list by model, words and arguments; without `since`, in the last hour.

        Raises `ProviderError`: kind "unsupported" for a model of another tier than "listable", "unknown" when several
        jobs match or the list cannot settle it.
        """
        offered = self.model_for(model, request)
        if offered.submit_tier != "listable":
            raise ProviderError(f"Orders of {model} cannot be looked up.", kind="unsupported")
        wire = self._wires[model]
        ours = plain(offered, wire, request)
        names = {str(argument): name for argument, name in wire.arguments.items()}
        earliest = (since or datetime.now(UTC) - timedelta(hours=1)) - CLOCK_SLACK
        jobs = [job for _, job in await jobs_since(self, earliest)]
        judged = [(is_order(job, offered.wire_name, ours, names), text(job, "id")) for job in jobs]
        same = [native for match, native in judged if match]
        if len(same) > 1 or any(match is None for match, _ in judged):
            raise ProviderError(f"{self.name} lists jobs that may or may not be this order.", kind="unknown")
        if not same:
            return None
        if not same[0]:
            raise ProviderError(f"{self.name} lists this order without an id.", kind="unknown")
        return Handle(provider=self.name, model=model, native_id=same[0])

    async def listed(self, since: datetime) -> tuple[ListedJob, ...]:
        """The account's jobs since a moment."""
        return tuple(
            ListedJob(native_id=text(job, "id"), created_at=created, prompt=text(job, "input.prompt"))
            for created, job in await jobs_since(self, since)
        )

    async def parse_webhook(self, call: WebhookCall, now: datetime) -> Heard:
        """The prediction a call is about; Replicate signs with the account's secret (Standard Webhooks)."""
        job = text_at(body_json(call), "id")
        if not job:
            raise ProviderError(f"A webhook to {self.name} names no prediction.", kind="invalid")
        secret = self.account.webhook_secret
        if secret is None:
            return Heard(native_id=job, verified=False, why=f"{self.name} has no webhook_secret to check calls with.")
        verdict = verify_standard(call, now, secret.get_secret_value())
        return Heard(native_id=job, verified=verdict.verified, why=verdict.why)

    async def check(self) -> str:
        """Ask whose key this is."""
        answer = await self.client.get_json("/account")
        return f"{self.client.base_url} answers for {self.client.clean(text(answer.data, 'username')) or 'this key'}"

    # --- for the methods above ----------------------------------------------------------------------------------------

    def _failed(self, error: Any) -> Failure:
        said = error if isinstance(error, str) else ""
        code = next(iter(ERROR_CODE.findall(said)), "")
        flagged = any(word in said.lower() for word in FLAGGED)
        failure = self.failure(code, said, "policy" if flagged else "provider")
        return failure.model_copy(update={"message": self.client.clean(said) or failure.message})

    async def _address(self, file: InputFile) -> str:
        """Where a model can read an input: its public address, a data URI, or Replicate's files (free, repeatable)."""
        if file.url:
            return file.url
        if file.size_bytes <= MAX_DATA_BYTES:
            return await data_uri(file, max_bytes=MAX_DATA_BYTES)
        content = await read_input(file, max_bytes=MAX_INPUT_BYTES)
        answer = await self.client.post_json("/files", form=[("content", (file.path.name, content, file.media_type))])
        address = text(answer.data, "urls.get")
        if not address:
            raise ProviderError(f"{self.name} took an upload without naming it.", kind="provider", retryable=True)
        return address


def _files(output: Any, path: str) -> tuple[str, ...]:
    """Addresses in an output: a text or a list of them, below a path where the output is an object."""
    found = at(output, path) if path else output
    listed = found if isinstance(found, list) else [found]
    return tuple(one for one in listed if isinstance(one, str) and one.startswith(("https://", "http://")))
