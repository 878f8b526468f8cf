"""The adapter: two order paths, tasks that answer to our own key, and two kinds of vendor key."""

from __future__ import annotations

import base64
import time
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Final

from pydantic import SecretStr

from cutaway.contract import Failure, GenerationRequest, Handle, Heard, InputRef, Placing, Status, WebhookCall
from cutaway.errors import FailureKind, ProviderError
from cutaway.http import Answer, read_input
from cutaway.http.webhooks import body_json, check_nonce, text_at
from cutaway.vendor import Account, CatalogModel, RemoteVendor, State, at, quoted, text
from cutaway_providers.kling.reading import CODE_KINDS, TOKEN_S, failed_kind, refusal, sharpened, signed_token

MODES: Final[Mapping[str, str]] = {"720p": "std", "1080p": "pro"}
MAX_IMAGE_BYTES: Final = 10_000_000
RENEW_S: Final = 300
"""A token is replaced this long before it ends."""


class KlingAccount(Account):
    """An account; `access_key` and `secret_key` are the older pair, used instead of `api_key` where both are given."""

    access_key: SecretStr | None = None
    secret_key: SecretStr | None = None


class Kling(RemoteVendor):
    """A remote provider for Kling's own API."""

    states: ClassVar[Mapping[str, State]] = {
        "submitted": "queued",
        "processing": "running",
        "succeed": "succeeded",
        "failed": "failed",
    }
    code_kinds: ClassVar[Mapping[str, FailureKind]] = CODE_KINDS

    def __init__(self, account: KlingAccount) -> None:
        self._pair = (account.access_key, account.secret_key)
        self._token_ends_s = 0.0
        super().__init__(account)

    async def submit(self, model: str, request: GenerationRequest, placing: Placing) -> Handle:
        """One POST that carries our key as `external_task_id`."""
        offered = self.model_for(model, request)
        path = _path(request)
        body = self._body(offered, request) | {"external_task_id": placing.key}
        for role, field in (("first_frame", "image"), ("last_frame", "image_tail")):
            for one in request.inputs:
                if one.role == role:
                    body[field] = await self._image(one, placing)
        if placing.webhook_url:
            body["callback_url"] = placing.webhook_url
        self._renew()
        try:
            answer = await self.client.post_once(f"/v1/videos/{path}", body=body, still_ours=placing.still_ours)
        except ProviderError as error:
            raise sharpened(error) from None
        failure = refusal(answer, self.name, ordering=True)
        if failure is not None:
            raise failure
        return self.handle(model, at(answer.data, "data.task_id"), answer, {"path": path})

    async def poll(self, handle: Handle) -> Status:
        """One GET. Kling names no charge in money."""
        found = await self._task(handle.data.get("path"), handle.native_id)
        if isinstance(found, Status):
            return found
        state = self.state(at(found.data, "data.task_status"))
        videos = at(found.data, "data.task_result.videos")
        urls = [text(video, "url") for video in videos] if isinstance(videos, list) else []
        outputs = tuple(url for url in urls if url)
        failure: Failure | None = None
        if state == "succeeded" and not outputs:
            state, failure = "failed", Failure(kind="provider", message="The task succeeded without a video.")
        elif state == "failed":
            said = at(found.data, "data.task_status_msg")
            failure = self.failure(None, said, failed_kind(said))
        return Status(state=state, outputs=outputs if state == "succeeded" else (), failure=failure)

    async def find(
        self, model: str, request: GenerationRequest, key: str, since: datetime | None = None
    ) -> Handle | None:
        """Ask for the task by our own key."""
        path = _path(request)
        found = await self._task(path, key)
        if isinstance(found, Status):
            return None
        native, ours = text(found.data, "data.task_id"), at(found.data, "data.task_info.external_task_id")
        if not native or ours != key:
            raise ProviderError(f"{self.name} answers about another task than the one asked for.", kind="unknown")
        return self.handle(model, native, found, {"path": path})

    async def parse_webhook(self, call: WebhookCall, now: datetime) -> Heard:
        """The task a report is about. Kling signs none: one is believed for the nonce in the address it came to."""
        native = text_at(body_json(call), "task_id")
        if not native:
            raise ProviderError(f"A report to {self.name} names no task.", kind="invalid")
        secret = self.account.webhook_secret
        if secret is None:
            return Heard(native_id=native, verified=False, why="Kling signs no reports.")
        verdict = check_nonce(call.query, self.name, secret.get_secret_value())
        return Heard(native_id=native, verified=verdict.verified, why=verdict.why)

    async def check(self) -> str:
        """List one task, which is free."""
        self._renew()
        answer = await self.client.get_json("/v1/videos/text2video", params={"pageNum": "1", "pageSize": "1"})
        failure = refusal(answer, self.name, ordering=False)
        if failure is not None:
            raise failure
        return f"{self.client.base_url} answers"

    # --- the wire -----------------------------------------------------------------------------------------------------

    def _body(self, offered: CatalogModel, request: GenerationRequest) -> dict[str, Any]:
        size, seconds = request.size, request.duration_s
        allowed = offered.durations_s or (seconds,)
        inside = offered.min_duration_s <= seconds <= offered.max_duration_s and seconds in allowed
        if seconds != int(seconds) or not inside:
            raise self.unsupported(f"makes no {seconds:g} s with {offered.id}")
        if size.resolution not in offered.resolutions or size.aspect not in offered.aspects:
            raise self.unsupported(f"makes no {size} with {offered.id}")
        if request.of_role("last_frame") and not request.of_role("first_frame"):
            raise self.unsupported(f"takes no last_frame without a first_frame with {offered.id}")
        if len(request.brief.negative) > offered.max_prompt_chars:
            raise self.unsupported(f"takes at most {offered.max_prompt_chars} characters to avoid with {offered.id}")
        body: dict[str, Any] = {
            "model_name": offered.wire_name,
            "prompt": request.brief.prompt,
            "duration": str(int(seconds)),
            "mode": MODES[size.resolution],
        }
        if request.brief.negative:
            body["negative_prompt"] = request.brief.negative
        if not request.inputs:
            body["aspect_ratio"] = size.aspect
        if offered.audio == "optional":
            body["sound"] = "on" if request.audio else "off"
        return body

    async def _image(self, one: InputRef, placing: Placing) -> str:
        file = placing.inputs[one.sha256]
        if file.media_type not in {"image/png", "image/jpeg"}:
            raise self.unsupported(f"takes PNG and JPEG pictures, not {file.media_type}")
        # The bare base64: a data URI is refused.
        return file.url or base64.b64encode(await read_input(file, max_bytes=MAX_IMAGE_BYTES)).decode("ascii")

    async def _task(self, path: Any, native_id: str) -> Answer | Status:
        """A task by Kling's id or by ours; the status "lost" when there is none."""
        self._renew()
        kind = path if path in {"text2video", "image2video"} else "text2video"
        try:
            found = await self.get_job(f"/v1/videos/{kind}/{quoted(native_id)}")
        except ProviderError as error:
            raise sharpened(error) from None
        failure = None if isinstance(found, Status) else refusal(found, self.name, ordering=False)
        if failure is None:
            return found
        if failure.kind != "not_found":
            raise failure
        return Status(state="lost", failure=Failure(kind="not_found", message=failure.message))

    def _renew(self) -> None:
        """Sign a new token where the older pair of keys is used and the last one is about to end."""
        access, secret = self._pair
        now_s = time.time()
        if access is None or secret is None or now_s < self._token_ends_s - RENEW_S:
            return
        token = signed_token(access.get_secret_value(), secret.get_secret_value(), int(now_s))
        self._token_ends_s = now_s + TOKEN_S
        self.client.use_key(token)


def _path(request: GenerationRequest) -> str:
    return "image2video" if request.of_role("first_frame", "last_frame") else "text2video"
