"""The adapter: one multipart POST, polls, the download, look-ups and cancels."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import quote

from cutaway.contract import Failure, GenerationRequest, Handle, ListedJob, ModelProfile, Placing, Status
from cutaway.errors import ProviderError, SubmitUnknownError
from cutaway.http import Timeouts, VendorClient
from cutaway_providers.openai_videos.account import Account
from cutaway_providers.openai_videos.reading import CODE_KINDS, MAX_TIME, STATES, at, cost_usd, number, same_order

OUTPUT: Final = "content"
PAGE: Final = 100
MAX_PAGES: Final = 50
CLOCK_SLACK_S: Final = 5
"""How far a vendor's clock may be behind ours before a job looks older than its order."""


class OpenAIVideos:
    """A remote provider speaking `/v1/videos`."""

    def __init__(self, account: Account) -> None:
        self.name = account.name
        self._account = account
        self._models = {model.id: model for model in account.models}
        self._client = VendorClient(
            account.base_url,
            api_key=account.api_key.get_secret_value() if account.api_key else None,
            timeouts=Timeouts(account.connect_s, account.read_s, account.read_s, account.total_s),
            trusted_origins=account.trusted_origins,
            code_kinds=CODE_KINDS,
        )

    async def aclose(self) -> None:
        """Close open connections."""
        await self._client.aclose()

    def profiles(self) -> tuple[ModelProfile, ...]:
        """The configured models."""
        common = {"submit_tier": self._account.submit_tier, "cancel": "best_effort"}
        return tuple(
            ModelProfile.model_validate(
                {name: getattr(model, name) for name in ModelProfile.model_fields}
                | {"title": model.title or model.vendor_model or model.id}
                | common
            )
            for model in self._models.values()
        )

    async def submit(self, model: str, request: GenerationRequest, placing: Placing) -> Handle:
        """One multipart POST. Raises `ProviderError` (surely not taken) or `SubmitUnknownError`."""
        form = self._form(model, request)
        if self._account.reference_field:
            form.append((self._account.reference_field, placing.key))
        headers = {"Idempotency-Key": placing.key} if self._account.submit_tier == "deduplicates" else {}
        answer = await self._client.post_once("/videos", form=form, headers=headers, still_ours=placing.still_ours)
        handle = self._handle(model, answer.data)
        if handle is None:
            raise SubmitUnknownError(
                f"POST /videos answered {answer.status} without a usable id.", kind="unknown", status=answer.status
            )
        return handle

    async def poll(self, handle: Handle) -> Status:
        """One GET. A job the server no longer knows is "lost"; a status word nobody knows raises."""
        try:
            answer = await self._client.get_json(_path(handle))
        except ProviderError as error:
            if error.status not in {404, 410}:
                raise
            return Status(state="lost", failure=Failure(kind="not_found", message=error.message))
        data = answer.data
        state = STATES.get(str(data.get("status")))
        if state is None:
            word = self._client.clean(str(data.get("status")))[:60]
            raise ProviderError(f"{self.name} says {word!r} about a job, which is no known status.", kind="unsupported")
        failure = self._failure(data.get("error")) if state in {"failed", "cancelled", "expired"} else None
        if state == "failed" and at(data, "error[code]") == "cancelled":
            state = "cancelled"
        share = number(data.get("progress"), 100)
        wait_ms = number(answer.headers.get("openai-poll-after-ms"), 3_600_000)
        return Status(
            state=state,
            progress=None if share is None else float(share / 100),
            outputs=(OUTPUT,) if state == "succeeded" else (),
            failure=failure,
            cost_usd=cost_usd(data),
            poll_after_s=None if wait_ms is None else float(wait_ms / 1000),
        )

    def fetch(self, handle: Handle, output: str) -> AsyncIterator[bytes]:
        """Stream the video. `output` is what `poll` named."""
        if output not in {OUTPUT, ""}:
            raise ProviderError(f"{self.name} has no output {output!r}.", kind="not_found")
        return self._client.stream(f"{_path(handle)}/content", max_bytes=self._account.max_download_bytes)

    async def find(
        self, model: str, request: GenerationRequest, key: str, since: datetime | None = None
    ) -> Handle | None:
        """Look for an order by reference (findable) or content (listable); without `since`, in the last hour.

        Raises `ProviderError`: kind "unsupported" for the other tiers ("deduplicates" needs no search: submitting again
        under the same key gives the first job), "unknown" when several jobs match or the list cannot settle it.
        """
        tier, field = self._account.submit_tier, self._account.reference_field
        if tier not in {"findable", "listable"}:
            raise ProviderError(f"{self.name} is of tier {tier}: its orders cannot be looked up.", kind="unsupported")
        earliest = (datetime.now(UTC).timestamp() - 3600 if since is None else since.timestamp()) - CLOCK_SLACK_S
        form = dict(self._form(model, request))
        found = []
        for item in await self._listed(earliest):
            if tier == "findable" and field:
                match: bool | None = at(item, field) == key
            else:
                match = same_order(item, form, earliest)
            if match is None:
                raise ProviderError(f"{self.name} lists jobs without what orders are matched by.", kind="unknown")
            if match:
                found.append(item)
        if len(found) > 1:
            ids = ", ".join(self._client.clean(str(item.get("id"))) for item in found[:5])
            raise ProviderError(f"{self.name} has {len(found)} jobs that may be this order: {ids}.", kind="unknown")
        handle = self._handle(model, found[0]) if found else None
        if found and handle is None:
            raise ProviderError(f"{self.name} lists this order without a usable id.", kind="unknown")
        return handle

    async def listed(self, since: datetime) -> tuple[ListedJob, ...]:
        """The account's jobs since a moment, with our key where the server echoes it (findable)."""
        field = self._account.reference_field if self._account.submit_tier == "findable" else ""
        jobs = []
        for item in await self._listed(since.timestamp()):
            created, native = number(item.get("created_at"), MAX_TIME), item.get("id")
            if not isinstance(native, str) or created is None or created < since.timestamp():
                continue
            key, prompt = at(item, field) if field else "", item.get("prompt")
            jobs.append(
                ListedJob(
                    native_id=native,
                    created_at=datetime.fromtimestamp(float(created), UTC),
                    key=key if isinstance(key, str) else "",
                    prompt=prompt if isinstance(prompt, str) else "",
                )
            )
        return tuple(jobs)

    async def cancel(self, handle: Handle) -> bool:
        """Ask the server to stop. False when the job is over or gone: DELETE on a finished job destroys its video."""
        status = await self.poll(handle)
        if status.state not in {"queued", "running"}:
            return False
        try:
            answer = await self._client.delete_json(_path(handle))
        except ProviderError as error:
            if error.status in {404, 405, 409, 410}:
                return False
            raise
        return answer.data.get("deleted", True) is True

    # --- the wire -----------------------------------------------------------------------------------------------------

    def _form(self, model: str, request: GenerationRequest) -> list[tuple[str, str]]:
        offered = self._models.get(model)
        if offered is None:
            have = ", ".join(self._models)
            raise ProviderError(f"{self.name} has no model {model!r}; it has {have}.", kind="unsupported")
        if request.operation != "generate" or request.modality != "video" or request.inputs:
            raise ProviderError(f"{self.name} makes new video from words only.", kind="unsupported")
        if request.audio and offered.audio == "never":
            raise ProviderError(f"{self.name} makes no sound with {model}.", kind="unsupported")
        if len(request.brief.prompt) > offered.max_prompt_chars:
            most, length = offered.max_prompt_chars, len(request.brief.prompt)
            raise ProviderError(
                f"{self.name} takes at most {most} characters with {model}, not {length}.", kind="unsupported"
            )
        size = request.size
        optional = {
            "seed": str(request.seed),
            "negative_prompt": request.brief.negative,
            "fps": str(request.fps),
            "num_frames": str(round(request.duration_s * request.fps)),
            "width": str(size.width_px),
            "height": str(size.height_px),
        }
        form = [("prompt", request.brief.prompt), ("model", offered.vendor_model or offered.id)]
        form += [("seconds", f"{request.duration_s:g}"), ("size", str(size))]
        form += [(name, optional[name]) for name in offered.sends if optional[name]]
        return form + [
            (name, str(value).lower() if isinstance(value, bool) else str(value))
            for name, value in offered.extra.items()
        ]

    async def _listed(self, earliest: float) -> list[Mapping[str, Any]]:
        """The account's jobs, newest first, back to `earliest`. Raises when the list ends before that is sure."""
        jobs: list[Mapping[str, Any]] = []
        seen: set[str] = set()
        params = {"limit": str(PAGE), "order": "desc"}
        for _ in range(MAX_PAGES):
            data = (await self._client.get_json("/videos", params=params)).data
            if not isinstance(data.get("data"), list):
                break  # not a list at all: its silence says nothing
            page = [item for item in data["data"] if isinstance(item, dict)]
            new = [item for item in page if str(item.get("id")) not in seen]
            jobs += new
            seen |= {str(item.get("id")) for item in new}
            times = [created for item in jobs if (created := number(item.get("created_at"), MAX_TIME)) is not None]
            newest_first = len(times) == len(jobs) and times == sorted(times, reverse=True)
            far_enough = newest_first and bool(times) and times[-1] < times[0] and times[-1] < earliest
            if far_enough or not data.get("has_more"):
                return jobs
            if not new:
                break  # pages repeat: this server ignores `after`
            params["after"] = str(data.get("last_id") or page[-1].get("id"))
        raise ProviderError(f"The job list of {self.name} does not reach back to the order.", kind="unknown")

    def _handle(self, model: str, data: Mapping[str, Any]) -> Handle | None:
        native = data.get("id")
        if not isinstance(native, str) or not 0 < len(native) <= 1024 or set(native) <= {"."}:
            return None
        return Handle(provider=self.name, model=model, native_id=native)

    def _failure(self, error: Any) -> Failure:
        code = str(error.get("code") or error.get("type") or "") if isinstance(error, Mapping) else ""
        said = error.get("message") if isinstance(error, Mapping) else error
        kind = CODE_KINDS.get(code, "provider")
        message = self._client.clean(f"{code} {said or ''}") or "The vendor gave no reason."
        return Failure(kind=kind, message=message, retryable=kind in {"quota", "capacity"})


def _path(handle: Handle) -> str:
    return f"/videos/{quote(handle.native_id, safe='')}"
