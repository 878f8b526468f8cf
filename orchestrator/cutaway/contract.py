"""What crosses the line between Cutaway and an adapter, and nothing else.

A provider is **local** (it draws here: one coroutine, `render`) or **remote** (somebody else's machine: `submit`,
`poll`, `fetch`, `find`, `cancel`). Both take the same `GenerationRequest` and publish `ModelProfile`s. All types are
frozen; unknown keys are an error. Money is `Decimal` USD, `None` is unknown and never zero.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, Literal, Protocol, runtime_checkable

from pydantic import BaseModel, ConfigDict, Field

from cutaway.errors import FailureKind

CONTRACT_VERSION: Final = 1
SCENE_VERSION: Final = 1

OperationKind = Literal["generate", "edit", "extend", "upscale"]
Modality = Literal["video", "image", "audio"]
Stage = Literal["animatic", "still", "draft", "final"]
InputRole = Literal["first_frame", "last_frame", "reference", "source_video"]
SubmitTier = Literal["deduplicates", "findable", "listable", "blind"]
CancelLevel = Literal["none", "queued_only", "best_effort", "yes"]


class Frozen(BaseModel):
    """The base of every boundary type: immutable, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Size(Frozen):
    """Width and height in pixels."""

    width_px: int = Field(ge=16, le=8192)
    height_px: int = Field(ge=16, le=8192)

    def __str__(self) -> str:
        return f"{self.width_px}x{self.height_px}"


class Brief(Frozen):
    """A shot turned into an order's words, already within a model's limits."""

    prompt: str
    negative: str = ""
    citations: tuple[str, ...] = ()


class InputRef(Frozen):
    """One input file of an order: its content hash in the store, and what it is for."""

    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    role: InputRole
    media_type: str
    duration_s: float | None = None


class GenerationRequest(Frozen):
    """One provider-neutral order.

    `scene` is the shot as versioned JSON (`cutaway.storyboard.brief.scene`), for artists that understand it; models
    that only read words use `brief`. `duration_s` is seconds of output; `fps` frames per second.
    """

    operation: OperationKind = "generate"
    modality: Modality = "video"
    stage: Stage = "final"
    brief: Brief
    scene: dict[str, Any] = Field(default_factory=dict)
    inputs: tuple[InputRef, ...] = ()
    duration_s: float = Field(gt=0, le=600)
    size: Size
    fps: int = Field(default=24, ge=1, le=120)
    seed: int = Field(default=0, ge=0, le=2**31 - 1)
    audio: bool = False


class Price(Frozen):
    """What an order can cost: `usd_per_s` of output plus `usd_per_clip`, from a dated source.

    `expected_usd` of a request never exceeds `upper_bound_usd`; both are exact for list prices.
    """

    usd_per_s: Decimal = Field(default=Decimal(0), ge=0)
    usd_per_clip: Decimal = Field(default=Decimal(0), ge=0)
    source: str
    as_of: date

    def upper_bound_usd(self, request: GenerationRequest) -> Decimal:
        """The most this order can be charged, in USD."""
        return self.usd_per_s * Decimal(str(request.duration_s)) + self.usd_per_clip


class Quality(Frozen):
    """A published quality prior: arena Elo with its 95 % half interval."""

    elo: float
    half_interval: float = Field(ge=0)
    source: str
    as_of: date


class ModelProfile(Frozen):
    """What a model can do and what it costs. `price is None` means unpriced: the model is never used."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]*$")
    title: str
    operations: tuple[OperationKind, ...] = ("generate",)
    modality: Modality = "video"
    min_duration_s: float = 0.5
    max_duration_s: float = 10.0
    sizes: tuple[Size, ...] = ()
    audio: Literal["never", "always", "optional"] = "never"
    input_roles: tuple[InputRole, ...] = ()
    max_prompt_chars: int = 2000
    price: Price | None = None
    quality: Quality | None = None
    licence: str = ""
    regions: tuple[str, ...] = ()
    retires_on: date | None = None
    submit_tier: SubmitTier = "blind"
    cancel: CancelLevel = "none"
    find_lag_s: float = Field(default=0.0, ge=0)
    """Seconds an accepted order may still be missing from what `find` sees."""
    speed_s_per_s: float | None = None


class Handle(Frozen):
    """Everything needed to find a vendor's job again from another process. JSON; never a secret."""

    provider: str
    model: str
    native_id: str
    data: dict[str, Any] = Field(default_factory=dict)


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

Cancelled = Callable[[], bool]
"""True once the work should stop at the next frame boundary (raise `StoppedError`)."""


@runtime_checkable
class LocalProvider(Protocol):
    """An artist that runs in our own worker process."""

    name: str

    def profiles(self) -> tuple[ModelProfile, ...]:
        """The models this artist offers."""
        ...

    async def render(
        self,
        model: str,
        request: GenerationRequest,
        inputs: Mapping[str, Path],
        out: Path,
        progress: Progress,
        cancelled: Cancelled,
    ) -> Rendered:
        """Draw the order into the file `out` (its suffix is `.mp4`).

        `inputs` maps an input's sha256 to a readable local file. Raises `ProviderError` when it cannot, and
        `StoppedError` within one frame after `cancelled()` turns true.
        """
        ...


@runtime_checkable
class RemoteProvider(Protocol):
    """A vendor reached over HTTP. Every method is one request; `submit` sends exactly one POST."""

    name: str

    def profiles(self) -> tuple[ModelProfile, ...]:
        """The models this account can use."""
        ...

    async def submit(self, model: str, request: GenerationRequest, key: str, still_ours: StillOurs) -> Handle:
        """Place the order once. Raises `ProviderError` (surely not taken) or `SubmitUnknownError`.

        `key` is the same for every try of one order; a vendor of tier "deduplicates" answers it with one job.
        `still_ours` is called right before the bytes leave.
        """
        ...

    async def poll(self, handle: Handle) -> Status:
        """Ask how the job stands. A status word the adapter does not know raises."""
        ...

    def fetch(self, handle: Handle, output: str) -> AsyncIterator[bytes]:
        """Stream one output; the key goes only to the vendor's own origin."""
        ...

    async def find(
        self, model: str, request: GenerationRequest, key: str, since: datetime | None = None
    ) -> Handle | None:
        """Look for an order whose answer was lost. `None` means surely not there.

        `since` is when the order's intent was written: an older job cannot be it. Raises `ProviderError` when the
        vendor's answer leaves doubt.
        """
        ...

    async def cancel(self, handle: Handle) -> bool:
        """Ask the vendor to stop; true when it says it will."""
        ...


class ListedJob(Frozen):
    """One job in a vendor's own list. `key` is our order key where the vendor echoes it, `prompt` the order's words."""

    native_id: str
    created_at: datetime
    key: str = ""
    prompt: str = ""


@runtime_checkable
class ListsJobs(Protocol):
    """What a remote provider adds when its vendor can list what an account ordered; audits read it."""

    async def listed(self, since: datetime) -> tuple[ListedJob, ...]:
        """The account's jobs since a moment. Raises `ProviderError` when the list does not surely reach back to it."""
        ...


Provider = LocalProvider | RemoteProvider
