"""The adapter: one POST to the queue, polls that fetch the result, and a PUT that asks to stop."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Final
from urllib.parse import urlencode

import httpx

from cutaway.contract import (
    Failure,
    GenerationRequest,
    Handle,
    Heard,
    InputFile,
    InputRef,
    Placing,
    Status,
    WebhookCall,
)
from cutaway.errors import FailureKind, MissingExtraError, ProviderError
from cutaway.http import Timeouts, VendorClient, data_uri, origin_of, read_input
from cutaway.http.webhooks import KeyCache, body_json, text_at
from cutaway.vendor import Account, RemoteVendor, State, quoted, text
from cutaway_providers.fal.reading import CANCELLED, CODE_KINDS, code_in, code_of, files_in, judged
from cutaway_providers.fal.wire import arguments, choose_route, read_wire

MAX_DATA_BYTES: Final = 2_000_000
"""Inputs up to this size go inside the order, larger ones to fal's storage."""
MAX_INPUT_BYTES: Final = 300_000_000
WEBHOOK_HEADERS: Final = "x-fal-webhook-"
WEBHOOK_KEYS: Final = "/.well-known/jwks.json"
NOBODYS_JOB: Final = "/fal-ai/flux/requests/00000000-0000-0000-0000-000000000000/status"


class FalAccount(Account):
    """`storage_url` is where fal takes uploads and publishes the keys of its webhooks; it gets the key too."""

    storage_url: str = "https://rest.fal.ai"


class Fal(RemoteVendor):
    """A remote provider for the apps in fal's queue."""

    states: ClassVar[Mapping[str, State]] = {
        "IN_QUEUE": "queued",
        "IN_PROGRESS": "running",
        "COMPLETED": "succeeded",
    }
    code_kinds: ClassVar[Mapping[str, FailureKind]] = CODE_KINDS
    key_prefix: ClassVar[str] = "Key "

    def __init__(self, account: FalAccount) -> None:
        super().__init__(account)
        self._wires = {model.id: read_wire(model) for model in account.models}
        self._storage = VendorClient(
            account.storage_url,
            api_key=account.api_key.get_secret_value() if account.api_key else None,
            key_prefix=self.key_prefix,
            timeouts=Timeouts(account.connect_s, account.read_s, account.read_s, account.total_s),
        )
        self._webhook_keys = KeyCache(self._published_keys)

    async def aclose(self) -> None:
        """Close open connections."""
        await super().aclose()
        await self._storage.aclose()

    async def submit(self, model: str, request: GenerationRequest, placing: Placing) -> Handle:
        """One POST to the app's queue. The addresses that fal answers with are kept as paths below its own origin."""
        offered = self.model_for(model, request)
        wire = self._wires[model]
        route = choose_route(wire, request)
        if route is None:
            roles = ", ".join(sorted({one.role for one in request.inputs})) or "no inputs"
            raise self.unsupported(f"has no app of {model} that can {request.operation} with {roles}")

        async def address(ref: InputRef) -> str:
            return await self._address(placing.inputs[ref.sha256])

        body = await arguments(offered, wire, route, request, address)
        query = f"?{urlencode({'fal_webhook': placing.webhook_url})}" if placing.webhook_url else ""
        try:
            answer = await self.client.post_once(f"/{route.app}{query}", body=body, still_ours=placing.still_ours)
        except ProviderError as error:
            raise judged(error, query) from None
        job = answer.data.get("request_id")
        # The paths of a job are cut to owner and app, whatever the app's path was.
        built = f"/{'/'.join(route.app.split('/')[:2])}/requests/{quoted(str(job))}"
        places = {
            "status": self._path(answer.data.get("status_url"), str(job)) or f"{built}/status",
            "response": self._path(answer.data.get("response_url"), str(job)) or built,
            "cancel": self._path(answer.data.get("cancel_url"), str(job)) or f"{built}/cancel",
        }
        return self.handle(model, job, answer, places)

    async def poll(self, handle: Handle) -> Status:
        """One GET, and for a completed job a second one for its result, which is where failures show."""
        found = await self.get_job(self._kept(handle, "status"))
        if isinstance(found, Status):
            return found
        state = self.state(found.data.get("status"))
        if state != "succeeded":
            return Status(state=state)
        code = code_of(found.data)
        if code or found.data.get("error"):
            return self._failed(code, found.data.get("error"))
        try:
            result = await self.get_job(self._kept(handle, "response"))
        except ProviderError as error:
            code = code_in(error.message)
            # A 5xx without a type of its own may be the queue's trouble and not the job's: ask again.
            if not code and error.status not in {400, 413, 415, 422}:
                raise
            return self._failed(code, error.message, error.kind)
        if isinstance(result, Status):
            return result
        code = code_of(result.data)
        if code:
            return self._failed(code, text(result.data, "detail") or text(result.data, "detail.0.msg"))
        wire = self._wires.get(handle.model)
        outputs = files_in(result.data, wire.output if wire else "video")
        if not outputs:
            return self._failed("no_media_generated", "The result names no file.")
        return Status(state="succeeded", outputs=outputs)

    async def cancel(self, handle: Handle) -> bool:
        """PUT the cancel address: a waiting request is removed, a running one is told. False when it is over."""
        try:
            await self.client.put_json(self._kept(handle, "cancel"))
        except ProviderError as error:
            if error.status in {400, 404}:  # ALREADY_COMPLETED, NOT_FOUND
                return False
            raise
        return True

    async def parse_webhook(self, call: WebhookCall, now: datetime) -> Heard:
        """The request a report is about, checked with the keys that fal publishes."""
        native = text_at(body_json(call), "request_id")
        if not native:
            raise ProviderError(f"A report to {self.name} names no request.", kind="invalid")
        try:
            verdict = await self._webhook_keys.verify(call, now, prefix=WEBHOOK_HEADERS)
        except MissingExtraError as error:
            return Heard(native_id=native, verified=False, why=error.message)
        return Heard(native_id=native, verified=verdict.verified, why=verdict.why)

    async def check(self) -> str:
        """Ask about a job that nobody has."""
        return await self.probe_key(NOBODYS_JOB)

    # --- for the methods above ----------------------------------------------------------------------------------------

    async def _published_keys(self) -> bytes:
        return json.dumps((await self._storage.get_json(WEBHOOK_KEYS)).data).encode()

    def _failed(self, code: str, message: Any, kind: FailureKind = "provider") -> Status:
        """A failed job; one that ended because somebody cancelled it is cancelled."""
        failure: Failure = self.failure(code, message, kind)
        return Status(state="cancelled" if code == CANCELLED else "failed", failure=failure)

    def _path(self, url: Any, job: str) -> str:
        """The path below our base of an address that fal named for a job; '' for any other: the key goes along."""
        try:
            named, base = httpx.URL(url), httpx.URL(self.client.base_url)
        except (httpx.InvalidURL, TypeError):
            return ""
        path, below = named.raw_path.decode("ascii"), base.path.rstrip("/")
        ours = origin_of(named) == origin_of(base) and not named.userinfo and path.startswith(f"{below}/")
        return path[len(below) :] if ours and quoted(job) in path else ""

    def _kept(self, handle: Handle, name: str) -> str:
        path = handle.data.get(name)
        if not isinstance(path, str) or not path.startswith("/"):
            raise ProviderError(f"The handle of {handle.native_id} names no {name} address.", kind="invalid")
        return path

    async def _address(self, file: InputFile) -> str:
        """Where fal can read an input: its public address, a data URI, or fal's own storage (free, repeatable)."""
        if file.url:
            return file.url
        if file.size_bytes <= MAX_DATA_BYTES:
            return await data_uri(file, max_bytes=MAX_DATA_BYTES)
        content = await read_input(file, max_bytes=MAX_INPUT_BYTES)
        place = {"content_type": file.media_type, "file_name": file.path.name}
        answer = await self._storage.post_json("/storage/upload/initiate?storage_type=fal-cdn-v3", place)
        upload, address = text(answer.data, "upload_url"), text(answer.data, "file_url")
        if not upload or not address:
            raise ProviderError(f"{self.name} named no address to upload an input to.", kind="provider", retryable=True)
        await self._storage.put_file(upload, content, media_type=file.media_type)
        return address
