"""A vendor in memory with its own truth, every tier, and faults told in advance."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from cutaway.contract import (
    CancelLevel,
    Failure,
    GenerationRequest,
    Handle,
    ModelProfile,
    Placing,
    Price,
    Status,
    SubmitTier,
)
from cutaway.errors import ProviderError, SubmitUnknownError

Fault = Literal["", "refuse", "busy", "drop_before", "drop_after", "policy", "fail_job", "fail_job_charged", "overbill"]

PRICE = Decimal("0.10")


@dataclass(slots=True)
class Job:
    """One accepted order, as the vendor's books have it."""

    id: str
    key: str
    order: str
    fault: Fault
    charged_micro: int = 0
    stopped: bool = False


@dataclass(slots=True)
class Vendor:
    """A remote provider. `faults` are used up one per submit; after the last, everything goes well."""

    name: str
    tier: SubmitTier
    faults: list[Fault] = field(default_factory=list)
    jobs: list[Job] = field(default_factory=list)
    posts: int = 0
    model: str = "one"
    price: Decimal = PRICE
    cancel_level: CancelLevel = "none"
    stops: bool = False
    """Whether a job that is not done stops when it is asked to."""

    def profiles(self) -> tuple[ModelProfile, ...]:
        price = Price(usd_per_clip=self.price, source="made up", as_of=date(2026, 11, 20))
        return (
            ModelProfile(
                id=self.model,
                title="Vendor",
                price=price,
                max_duration_s=60,
                submit_tier=self.tier,
                cancel=self.cancel_level,
            ),
        )

    async def submit(self, model: str, request: GenerationRequest, placing: Placing) -> Handle:
        placing.still_ours()
        key = placing.key
        self.posts += 1
        if self.tier == "deduplicates" and (known := self._by(key)):
            return self._handle(known)
        fault = self.faults.pop(0) if self.faults else ""
        if fault == "refuse":
            raise ProviderError("No such size.", kind="invalid", status=400)
        if fault == "policy":
            raise ProviderError("Not that.", kind="policy", status=400)
        if fault == "busy":
            raise ProviderError("Slow down.", kind="capacity", retryable=True, retry_after_s=0.0, status=429)
        if fault == "drop_before":
            raise SubmitUnknownError("The connection broke.")
        job = Job(f"job{len(self.jobs)}", key, _order(request), fault)
        self.jobs.append(job)
        if fault == "drop_after":
            raise SubmitUnknownError("The answer was lost.")
        return self._handle(job)

    async def poll(self, handle: Handle) -> Status:
        job = self._get(handle)
        if job.stopped:
            failure = Failure(kind="provider", message="It was stopped.")
            return Status(state="cancelled", failure=failure, cost_usd=Decimal(job.charged_micro) / 1_000_000)
        if job.fault in {"fail_job", "fail_job_charged"}:
            job.charged_micro = int(self.price * 1_000_000) if job.fault == "fail_job_charged" else 0
            failure = Failure(kind="provider", message="It broke.")
            return Status(state="failed", failure=failure, cost_usd=Decimal(job.charged_micro) / 1_000_000)
        cost = self.price * (2 if job.fault == "overbill" else 1)
        job.charged_micro = int(cost * 1_000_000)
        return Status(state="succeeded", outputs=("out",), cost_usd=cost)

    async def fetch(self, handle: Handle, output: str) -> AsyncIterator[bytes]:
        yield self._get(handle).order.encode()

    async def find(
        self, model: str, request: GenerationRequest, key: str, since: datetime | None = None
    ) -> Handle | None:
        if self.tier == "findable":
            found = self._by(key)
        else:
            found = next((job for job in reversed(self.jobs) if job.order == _order(request)), None)
        return self._handle(found) if found else None

    async def cancel(self, handle: Handle) -> bool:
        job = self._get(handle)
        if self.stops and not job.charged_micro:
            job.stopped = True
            # "best_effort" promises no refund.
            job.charged_micro = int(self.price * 1_000_000) if self.cancel_level == "best_effort" else 0
        return job.stopped

    def _by(self, key: str) -> Job | None:
        return next((job for job in self.jobs if job.key == key), None)

    def _get(self, handle: Handle) -> Job:
        return next(job for job in self.jobs if job.id == handle.native_id)

    def _handle(self, job: Job) -> Handle:
        return Handle(provider=self.name, model=self.model, native_id=job.id)


def _order(request: GenerationRequest) -> str:
    return json.dumps(request.model_dump(mode="json"), sort_keys=True)


def charged(vendors: Iterable[Vendor]) -> int:
    """Micro-USD all vendors have charged, by their own books."""
    return sum(job.charged_micro for vendor in vendors for job in vendor.jobs)
