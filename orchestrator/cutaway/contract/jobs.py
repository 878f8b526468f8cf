"""A job at a vendor: how it is placed, found again, asked about, and what it gave."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from cutaway.contract.orders import Frozen
from cutaway.errors import FailureKind


class Handle(Frozen):
    """Everything needed to find a vendor's job again from another process. JSON; never a secret.

    `kept` holds the sha256 of results that came with the answer itself and are in our store already (`Placing.keep`);
    such a job is over, and `cost_usd` is what the vendor said it charged.
    """

    provider: str
    model: str
    native_id: str
    data: dict[str, Any] = Field(default_factory=dict)
    kept: tuple[str, ...] = ()
    cost_usd: Decimal | None = None


class Failure(Frozen):
    """Why a job did not succeed."""

    kind: FailureKind
    message: str
    retryable: bool = False
    retry_after_s: float | None = None


class Status(Frozen):
    """A vendor's answer about one job. `cost_usd` is what it really charged, `None` while unknown."""

    state: Literal["queued", "running", "succeeded", "failed", "cancelled", "expired", "lost"]
    progress: float | None = Field(default=None, ge=0, le=1)
    outputs: tuple[str, ...] = ()
    failure: Failure | None = None
    cost_usd: Decimal | None = None
    poll_after_s: float | None = None


class Rendered(Frozen):
    """What a local artist made, and what it could not draw (said to the person in the reply)."""

    path: Path
    notes: tuple[str, ...] = ()
    cost_usd: Decimal = Decimal(0)


Progress = Callable[[float], None]
"""Called with the finished share of the work, 0 to 1; cheap, may be called for every frame."""

StillOurs = Callable[[], None]
"""Called in the last instruction before an order's bytes leave; raises `StaleLeaseError` to keep them here."""

Keep = Callable[[bytes], Awaitable[str]]
"""Puts bytes that came with a vendor's answer into our store, and gives their sha256."""


@dataclass(frozen=True, slots=True)
class InputFile:
    """One input at hand. `url` is an https address at which the vendor may read it for some hours; '' when none."""

    path: Path
    media_type: str
    size_bytes: int
    url: str = ""


async def _nowhere(_: bytes) -> str:
    raise NotImplementedError("This order was placed without a store to keep its result in.")


@dataclass(frozen=True, slots=True)
class Placing:
    """What one order is placed with, beside its words. Later versions may add fields, never take one away.

    `key` is the same for every try of one order; a vendor of tier "deduplicates" answers it with one job. `still_ours`
    is called right before the bytes leave. `inputs` are the order's inputs by sha256. `webhook_url` is where the vendor
    may report ('' where nobody listens).
    """

    key: str
    still_ours: StillOurs = lambda: None
    inputs: Mapping[str, InputFile] = field(default_factory=dict)
    keep: Keep = _nowhere
    webhook_url: str = ""


Cancelled = Callable[[], bool]
"""True once the work should stop at the next frame boundary (raise `StoppedError`)."""


class ListedJob(Frozen):
    """One job in a vendor's own list. `key` is our order key where the vendor echoes it, `prompt` the order's words."""

    native_id: str
    created_at: datetime
    key: str = ""
    prompt: str = ""


class WebhookCall(Frozen):
    """One HTTP call that claims to come from a vendor. Header names are lower case; `body` is exactly what arrived."""

    headers: dict[str, str]
    body: bytes
    query: dict[str, str] = Field(default_factory=dict)


class Heard(Frozen):
    """What a webhook says: whose job, and whether its signature holds (and if not, why). It only makes a poll due."""

    native_id: str
    verified: bool
    why: str = ""
