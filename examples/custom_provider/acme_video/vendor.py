"""The adapter: what an order, a job, a lost order and a stop look like at Acme."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from cutaway.contract import GenerationRequest, Handle, Placing, Status
from cutaway.errors import FailureKind, ProviderError
from cutaway.http import data_uri
from cutaway.vendor import RemoteVendor, State, at, money, number, quoted, text

MAX_FRAME_BYTES = 5_000_000


class Acme(RemoteVendor):
    """A remote provider for Acme Video."""

    states: ClassVar[Mapping[str, State]] = {
        "waiting": "queued",
        "drawing": "running",
        "ready": "succeeded",
        "broken": "failed",
        "stopped": "cancelled",
    }
    code_kinds: ClassVar[Mapping[str, FailureKind]] = {
        "forbidden_words": "policy",
        "bad_order": "invalid",
        "no_credit": "balance",
        "crashed": "provider",
    }

    async def submit(self, model: str, request: GenerationRequest, placing: Placing) -> Handle:
        """One POST. Acme keeps our key as `reference`."""
        offered = self.model_for(model, request)
        size, seconds = request.size, request.duration_s
        fits = size.resolution in offered.resolutions and size.aspect in offered.aspects
        if not fits or seconds % 1 or not offered.min_duration_s <= seconds <= offered.max_duration_s:
            raise self.unsupported(f"makes no {seconds:g} s of {size} with {model}")
        body = {
            "model": offered.wire_name,
            "prompt": request.brief.prompt,
            "seconds": int(seconds),
            "width": size.width_px,
            "height": size.height_px,
            "seed": request.seed,
            "reference": placing.key,
        }
        for frame in request.of_role("first_frame"):
            file = placing.inputs[frame.sha256]
            body["first_frame"] = file.url or await data_uri(file, max_bytes=MAX_FRAME_BYTES)
        answer = await self.client.post_once("/jobs", body=body, still_ours=placing.still_ours)
        return self.handle(model, answer.data.get("job"), answer)

    async def poll(self, handle: Handle) -> Status:
        """One GET."""
        found = await self.get_job(f"/jobs/{quoted(handle.native_id)}")
        if isinstance(found, Status):
            return found  # Acme does not know the job: it is lost
        job = found.data
        state, film, failure = self.state(job.get("state")), text(job, "film"), None
        if state == "failed":
            failure = self.failure(at(job, "why.code"), at(job, "why.text"))
        elif state == "succeeded" and not film:
            state, failure = "failed", self.failure("", "The job is ready, but there is no film.")
        percent = number(job.get("percent"), 100)
        return Status(
            state=state,
            progress=None if percent is None else float(percent / 100),
            outputs=(film,) if state == "succeeded" else (),
            failure=failure,
            cost_usd=money(job.get("cost_usd")),
        )

    async def find(
        self, model: str, request: GenerationRequest, key: str, since: datetime | None = None
    ) -> Handle | None:
        """Ask Acme for the job that has our key."""
        answer = await self.client.get_json("/jobs", params={"reference": key})
        jobs = answer.data.get("jobs")
        if not isinstance(jobs, list):
            raise ProviderError(f"{self.name} answers without a list of jobs.", kind="unknown")
        ours = [job for job in jobs if text(job, "reference") == key]
        if len(ours) > 1:
            raise ProviderError(f"{self.name} has {len(ours)} jobs of the key {key}.", kind="unknown")
        return self.handle(model, at(ours[0], "job"), answer) if ours else None

    async def cancel(self, handle: Handle) -> bool:
        """Stop a job. Acme does not charge for what it stops, and says no when the film is ready."""
        answer = await self.client.delete_json(f"/jobs/{quoted(handle.native_id)}")
        return answer.data.get("stopped") is True

    async def check(self) -> str:
        """Ask for the account, which is free."""
        answer = await self.client.get_json("/account")
        return f"{self.client.base_url} answers, ${money(answer.data.get('credit_usd')) or 0} left"
