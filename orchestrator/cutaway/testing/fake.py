"""A remote provider without a network, for the tests of a program that embeds Cutaway."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final

from cutaway.contract import (
    Failure,
    GenerationRequest,
    Handle,
    ListedJob,
    ModelProfile,
    Placing,
    Price,
    Status,
)
from cutaway.errors import ProviderError
from cutaway.testing.clip import mp4

OUTPUT: Final = "clip"


class FakeProvider:
    """A vendor in this process. Give it to `Orchestrator.open(providers=[...])`, or use it on its own.

    `usd_per_s` is its price and what it charges per second (`None`: no price, so it is never chosen). A job is queued,
    then running, and finished at the poll number `polls` (1: at once). `clip` is what a job makes; by default a real
    little mp4 of the ordered length, size and rate, the same for the same order. `refuses` and `loses` are raised by
    the next orders, one each: a `ProviderError` before the order is taken, a `SubmitUnknownError` after it. `fails` are
    the ends of the next jobs that are taken, `None` for a good one.

    `orders` is every order that was taken, in order; a repeated key is answered with the first job. Nothing is kept
    beyond this object, so host and worker must share it: use it in one process.
    """

    def __init__(
        self,
        name: str = "fake",
        *,
        usd_per_s: Decimal | str | None = "0.10",
        polls: int = 2,
        poll_after_s: float = 0.01,
        clip: bytes | None = None,
        refuses: Sequence[ProviderError | None] = (),
        loses: Sequence[ProviderError | None] = (),
        fails: Sequence[Failure | None] = (),
        profiles: Sequence[ModelProfile] | None = None,
    ) -> None:
        self.name = name
        self.orders: list[tuple[str, GenerationRequest]] = []
        self.cancelled: list[str] = []
        self._usd_per_s = None if usd_per_s is None else Decimal(usd_per_s)
        self._polls, self._poll_after_s, self._clip = polls, poll_after_s, clip
        self._refuses, self._loses, self._fails = list(refuses), list(loses), list(fails)
        self._jobs: dict[str, _Job] = {}
        self._profiles = tuple(profiles) if profiles is not None else (self._default(),)

    def _default(self) -> ModelProfile:
        price = None
        if self._usd_per_s is not None:
            price = Price(usd_per_s=self._usd_per_s, source="made up for tests", as_of=date(2026, 11, 20))
        return ModelProfile(
            id="one",
            title="A made-up model",
            max_duration_s=60,
            input_roles=("first_frame", "reference"),
            price=price,
            submit_tier="deduplicates",
            cancel="yes",
        )

    def profiles(self) -> tuple[ModelProfile, ...]:
        """The one model `one`, or those it was given."""
        return self._profiles

    async def submit(self, model: str, request: GenerationRequest, placing: Placing) -> Handle:
        """Take the order, or do what the script says."""
        profile = next((one for one in self._profiles if one.id == model), None)
        if profile is None or request.operation not in profile.operations or request.modality != profile.modality:
            raise ProviderError(f"{self.name} cannot {request.operation} with {model!r}.", kind="unsupported")
        refusal = self._refuses.pop(0) if self._refuses else None
        if refusal is not None:
            raise refusal
        placing.still_ours()
        native_id = next((one.native_id for one in self._jobs.values() if one.key == placing.key), "")
        if not native_id:
            native_id = f"{self.name}-{len(self._jobs) + 1}"
            self._jobs[native_id] = _Job(native_id, placing.key, request, self._fails.pop(0) if self._fails else None)
            self.orders.append((model, request))
        loss = self._loses.pop(0) if self._loses else None
        if loss is not None:
            raise loss
        return Handle(provider=self.name, model=model, native_id=native_id)

    async def poll(self, handle: Handle) -> Status:
        """How the job stands; each poll is one step further."""
        job = self._jobs.get(handle.native_id)
        if job is None:
            return Status(state="lost", failure=Failure(kind="not_found", message="There is no such job."))
        if job.native_id in self.cancelled:
            return Status(state="cancelled", cost_usd=Decimal(0))
        job.polled += 1
        if job.polled < self._polls:
            state = "queued" if job.polled == 1 else "running"
            share = job.polled / self._polls
            return Status.model_validate({"state": state, "progress": share, "poll_after_s": self._poll_after_s})
        if job.failure is not None:
            return Status(state="failed", failure=job.failure, cost_usd=Decimal(0))
        cost = None if self._usd_per_s is None else self._usd_per_s * Decimal(str(job.request.duration_s))
        return Status(state="succeeded", progress=1.0, outputs=(OUTPUT,), cost_usd=cost)

    async def fetch(self, handle: Handle, output: str) -> AsyncIterator[bytes]:
        """The clip, in two pieces."""
        job = self._jobs.get(handle.native_id)
        if job is None or output != OUTPUT:
            raise ProviderError(f"{self.name} has no output {output!r}.", kind="not_found")
        order = job.request
        content = self._clip or mp4(order.duration_s, order.size.width_px, order.size.height_px, order.fps)
        for piece in (content[: len(content) // 2], content[len(content) // 2 :]):
            await asyncio.sleep(0)
            yield piece

    async def find(
        self, model: str, request: GenerationRequest, key: str, since: datetime | None = None
    ) -> Handle | None:
        """The job of this key; None means surely not there."""
        found = next((one for one in self._jobs.values() if one.key == key), None)
        return Handle(provider=self.name, model=model, native_id=found.native_id) if found else None

    async def cancel(self, handle: Handle) -> bool:
        """Stop a job that is not over. It then costs nothing."""
        job = self._jobs.get(handle.native_id)
        if job is None or job.polled >= self._polls or job.native_id in self.cancelled:
            return False
        self.cancelled.append(job.native_id)
        return True

    async def listed(self, since: datetime) -> tuple[ListedJob, ...]:
        """Every job since a moment."""
        return tuple(
            ListedJob(native_id=one.native_id, created_at=one.made_at, key=one.key, prompt=one.request.brief.prompt)
            for one in self._jobs.values()
            if one.made_at >= since
        )


class _Job:
    """One order that was taken."""

    def __init__(self, native_id: str, key: str, request: GenerationRequest, failure: Failure | None) -> None:
        self.native_id, self.key, self.request, self.failure = native_id, key, request, failure
        self.made_at = datetime.now(UTC)
        self.polled = 0


__all__ = ["OUTPUT", "FakeProvider"]
