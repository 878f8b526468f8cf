"""What crosses the line between Cutaway and an adapter, and nothing else.

A provider is **local** (it draws here: one coroutine, `render`) or **remote** (somebody else's machine: `submit`,
`poll`, `fetch`, `find`, `cancel`). Both take the same `GenerationRequest` and publish `ModelProfile`s. All types are
frozen; unknown keys are an error. Money is `Decimal` USD, `None` is unknown and never zero.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_CEILING, Decimal
from pathlib import Path
from typing import Any, Final, Literal, Protocol, runtime_checkable

from pydantic import BaseModel, ConfigDict, Field

from cutaway.errors import FailureKind

CONTRACT_VERSION: Final = 1
SCENE_VERSION: Final = 1

OperationKind = Literal["generate", "edit", "extend", "upscale"]
Modality = Literal["video", "image", "audio"]
Stage = Literal["animatic", "still", "draft", "final"]
InputRole = Literal["first_frame", "last_frame", "reference", "source_video", "reference_video", "reference_audio"]
SubmitTier = Literal["deduplicates", "findable", "listable", "blind"]
CancelLevel = Literal["none", "queued_only", "best_effort", "yes"]
WebhookKind = Literal["none", "unsigned", "nonce", "hmac", "ed25519", "standard"]
Resolution = Literal["360p", "480p", "512p", "540p", "576p", "720p", "768p", "1080p", "2k", "4k"]
Aspect = Literal["16:9", "9:16", "1:1", "4:3", "3:4", "3:2", "2:3", "21:9", "9:21"]

RESOLUTIONS_PX: Final[Mapping[Resolution, int]] = {
    "360p": 360,
    "480p": 480,
    "512p": 512,
    "540p": 540,
    "576p": 576,
    "720p": 720,
    "768p": 768,
    "1080p": 1080,
    "2k": 1440,
    "4k": 2160,
}
"""Names of resolutions by their shorter side in pixels, ascending."""
ASPECTS: Final[Mapping[Aspect, float]] = {
    "16:9": 16 / 9,
    "9:16": 9 / 16,
    "1:1": 1.0,
    "4:3": 4 / 3,
    "3:4": 3 / 4,
    "3:2": 3 / 2,
    "2:3": 2 / 3,
    "21:9": 21 / 9,
    "9:21": 9 / 21,
}
ASPECT_TOLERANCE: Final = 0.04
"""How far a size's ratio may be from a named aspect: 848x480 and 854x480 are 16:9."""


class Frozen(BaseModel):
    """The base of every boundary type: immutable, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Size(Frozen):
    """Width and height in pixels."""

    width_px: int = Field(ge=16, le=8192)
    height_px: int = Field(ge=16, le=8192)

    def __str__(self) -> str:
        return f"{self.width_px}x{self.height_px}"

    @property
    def resolution(self) -> Resolution | None:
        """The smallest named resolution whose shorter side holds this one's; None above 4k."""
        side = min(self.width_px, self.height_px)
        return next((name for name, side_px in RESOLUTIONS_PX.items() if side_px >= side), None)

    @property
    def aspect(self) -> Aspect | None:
        """The named aspect within 4 %, None when there is none."""
        ratio = self.width_px / self.height_px
        name = min(ASPECTS, key=lambda aspect: abs(ASPECTS[aspect] / ratio - 1))
        return name if abs(ASPECTS[name] / ratio - 1) <= ASPECT_TOLERANCE else None


class Brief(Frozen):
    """A shot turned into an order's words, already within a model's limits."""

    prompt: str
    negative: str = ""
    citations: tuple[str, ...] = ()


class NativeRef(Frozen):
    """Where a clip came from at its vendor: the job a native edit chain goes on from. Only a cache, it may be gone."""

    provider: str
    native_id: str
    data: dict[str, Any] = Field(default_factory=dict)


class InputRef(Frozen):
    """One input file of an order: its content hash in the store, and what it is for.

    `duration_s` is the length of a video or sound in seconds (`None`: unknown, then nothing billed by it is priced).
    `native` names the job that made it, for vendors that edit their own results without an upload.
    """

    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    role: InputRole
    media_type: str
    duration_s: float | None = Field(default=None, gt=0)
    native: NativeRef | None = None


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
    voice: str = ""
    """For spoken words: the vendor's name of a voice."""

    @property
    def videos(self) -> tuple[InputRef, ...]:
        """The inputs that are moving pictures."""
        return tuple(one for one in self.inputs if one.role in {"source_video", "reference_video"})

    def of_role(self, *roles: InputRole) -> tuple[InputRef, ...]:
        """The inputs of these roles, in order."""
        return tuple(one for one in self.inputs if one.role in roles)


class Rate(Frozen):
    """One line of a price list. It applies when every condition that it names fits the order; its amounts add up.

    `usd_per_input_s` is per second of all video inputs together, `usd_per_input_image` per picture, `minimum_usd` the
    least such an order costs. `video_input` asks whether a video goes in.
    """

    operations: tuple[OperationKind, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    audio: bool | None = None
    video_input: bool | None = None
    usd_per_s: Decimal = Field(default=Decimal(0), ge=0)
    usd_per_clip: Decimal = Field(default=Decimal(0), ge=0)
    usd_per_input_s: Decimal = Field(default=Decimal(0), ge=0)
    usd_per_input_image: Decimal = Field(default=Decimal(0), ge=0)
    usd_per_prompt_char: Decimal = Field(default=Decimal(0), ge=0)
    minimum_usd: Decimal = Field(default=Decimal(0), ge=0)

    def fits(self, request: GenerationRequest) -> bool:
        """True when this line is about such an order."""
        return (
            (not self.operations or request.operation in self.operations)
            and (not self.resolutions or request.size.resolution in self.resolutions)
            and (self.audio is None or self.audio == request.audio)
            and (self.video_input is None or self.video_input == bool(request.videos))
        )


class Price(Frozen):
    """What an order can cost, from a dated source (`source` in words, `source_url` where it can be read).

    Without `rates`: `usd_per_s` of output plus `usd_per_clip`. With `rates`: the first that fits; none that fits means
    unpriced. Seconds, of output and of input, count as at least `min_billed_s` and are rounded up to whole
    `billed_step_s`. `expected_share` (above 0, at most 1) is the part of the upper bound that is usually charged:
    1 for list prices, less where a vendor bills by use.
    """

    usd_per_s: Decimal = Field(default=Decimal(0), ge=0)
    usd_per_clip: Decimal = Field(default=Decimal(0), ge=0)
    rates: tuple[Rate, ...] = ()
    min_billed_s: Decimal = Field(default=Decimal(0), ge=0)
    billed_step_s: Decimal = Field(default=Decimal(0), ge=0)
    expected_share: Decimal = Field(default=Decimal(1), gt=0, le=1)
    source: str
    source_url: str = ""
    as_of: date

    @property
    def free(self) -> bool:
        """True when no order can cost anything."""
        flat = not self.rates and not self.usd_per_s and not self.usd_per_clip
        amounts = ("usd_per_s", "usd_per_clip", "usd_per_input_s", "usd_per_input_image", "usd_per_prompt_char")
        lines = bool(self.rates) and not any(
            getattr(rate, name) for rate in self.rates for name in (*amounts, "minimum_usd")
        )
        return flat or lines

    def rate(self, request: GenerationRequest) -> Rate | None:
        """The line of the list that such an order is billed by, None when there is none."""
        if not self.rates:
            return Rate(usd_per_s=self.usd_per_s, usd_per_clip=self.usd_per_clip)
        return next((rate for rate in self.rates if rate.fits(request)), None)

    def upper_bound_usd(self, request: GenerationRequest) -> Decimal | None:
        """The most this order can be charged, in USD.

        None when the list does not say: no line fits, or the length of a video billed by the second is unknown.
        """
        rate = self.rate(request)
        if rate is None:
            return None
        total = rate.usd_per_s * self._billed(request.duration_s) + rate.usd_per_clip
        if rate.usd_per_input_s and request.videos:
            lengths = [video.duration_s for video in request.videos]
            if any(length is None for length in lengths):
                return None
            total += rate.usd_per_input_s * self._billed(sum(length for length in lengths if length is not None))
        total += rate.usd_per_input_image * sum(1 for one in request.inputs if one.media_type.startswith("image/"))
        total += rate.usd_per_prompt_char * len(request.brief.prompt)
        return max(total, rate.minimum_usd)

    def expected_usd(self, request: GenerationRequest) -> Decimal | None:
        """What such an order usually costs, in USD; never more than the upper bound."""
        most = self.upper_bound_usd(request)
        return None if most is None else most * self.expected_share

    def _billed(self, seconds: float) -> Decimal:
        billed = max(Decimal(str(seconds)), self.min_billed_s)
        if self.billed_step_s:
            billed = (billed / self.billed_step_s).to_integral_value(ROUND_CEILING) * self.billed_step_s
        return billed


class Quality(Frozen):
    """A published quality prior: arena Elo with its 95 % half interval, and how many votes it rests on."""

    elo: float
    half_interval: float = Field(ge=0)
    votes: int | None = Field(default=None, ge=0)
    source: str
    as_of: date


class Terms(Frozen):
    """Licence facts somebody read, with the place and the day. Nothing here is legal advice; `None` is unknown."""

    licence: str = ""
    weights: Literal["closed", "open"] = "closed"
    commercial: bool | None = None
    excluded_territories: tuple[str, ...] = ()
    revenue_cap_usd: int | None = Field(default=None, ge=0)
    indemnity: str = ""
    note: str = ""
    source: str
    as_of: date


class ModelProfile(Frozen):
    """What a model can do and what it costs. `price is None` means unpriced: the model is never used.

    Lengths are seconds of output: `durations_s` lists the only ones there are, else any multiple of `duration_step_s`
    (0: any length) from `min_duration_s` to `max_duration_s`. Pictures: `sizes` lists the only ones there are, else
    every size of a named resolution and aspect (an empty tuple allows all). `max_inputs` bounds how many inputs of a
    role an order may have (1 where it says nothing); `max_source_s` the length of a video that goes in.
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]*$")
    title: str
    family: str = ""
    """The model itself, whoever serves it: the same words at every provider."""
    vendor_model: str = ""
    """Its name on the wire; the id itself when empty."""
    operations: tuple[OperationKind, ...] = ("generate",)
    modality: Modality = "video"
    min_duration_s: float = 0.5
    max_duration_s: float = 10.0
    durations_s: tuple[float, ...] = ()
    duration_step_s: float = Field(default=0.0, ge=0)
    sizes: tuple[Size, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    aspects: tuple[Aspect, ...] = ()
    audio: Literal["never", "always", "optional"] = "never"
    input_roles: tuple[InputRole, ...] = ()
    required_roles: tuple[InputRole, ...] = ()
    """Inputs without which it makes nothing, for example `first_frame` of an image-to-video model."""
    max_inputs: dict[InputRole, int] = Field(default_factory=dict)
    max_source_s: float | None = Field(default=None, gt=0)
    native_edit: bool = False
    """Edits its own earlier results by their id, without an upload."""
    max_prompt_chars: int = 2000
    price: Price | None = None
    quality: Quality | None = None
    licence: str = ""
    terms: Terms | None = None
    regions: tuple[str, ...] = ()
    """Where the vendor sells it, as ISO country codes or `eu`; empty: no limit known."""
    retires_on: date | None = None
    replacement: str = ""
    """The model its vendor names instead, as `provider:model` or a model id of the same provider."""
    submit_tier: SubmitTier = "blind"
    cancel: CancelLevel = "none"
    webhook: WebhookKind = "none"
    output_lifetime_s: float | None = Field(default=None, gt=0)
    """Seconds a result can be fetched after it was made."""
    find_lag_s: float = Field(default=0.0, ge=0)
    """Seconds an accepted order may still be missing from what `find` sees."""
    speed_s_per_s: float | None = None


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

    async def submit(self, model: str, request: GenerationRequest, placing: Placing) -> Handle:
        """Place the order once. Raises `ProviderError` (surely not taken) or `SubmitUnknownError`.

        Uploads of inputs come before; they may be repeated. What the order asks and the vendor cannot do is refused
        (kind "unsupported"), never left out.
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


@runtime_checkable
class HearsWebhooks(Protocol):
    """What a remote provider adds when its vendor reports by webhook."""

    async def parse_webhook(self, call: WebhookCall, now: datetime) -> Heard:
        """The job a call is about. Raises `ProviderError` (kind "invalid") when it names none."""
        ...


@runtime_checkable
class ChecksAccount(Protocol):
    """What a remote provider adds when one free request can tell whether its address and key are good."""

    async def check(self) -> str:
        """One sentence about what answered. Raises `ProviderError`; spends nothing."""
        ...


@runtime_checkable
class ListsPrices(Protocol):
    """What a remote provider adds when its vendor publishes prices at a free address."""

    async def listed_prices(self) -> Mapping[str, Mapping[str, Decimal]]:
        """USD per second by tier ("any" where there is one) of each model, by its name on the wire.

        Raises `ProviderError`; spends nothing.
        """
        ...


Provider = LocalProvider | RemoteProvider


def _no_models() -> tuple[ModelProfile, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Adapter:
    """What an entry point of the group `cutaway.providers` names: how to build an instance, what is known without one.

    `build(**settings)` gives a provider or raises `ConfigError` (`NotConfiguredError` when settings are missing that it
    cannot do without). `models` lists what the adapter knows, with no key and no network. `key_variables` are the
    vendor's own names for its key in an environment; the first is the one to tell people about. `listed_as` are the
    names that LiteLLM's price map has for this vendor.
    """

    build: Callable[..., Provider]
    models: Callable[[], tuple[ModelProfile, ...]] = _no_models
    key_variables: tuple[str, ...] = ()
    title: str = ""
    home_url: str = ""
    listed_as: tuple[str, ...] = ()

    def __call__(self, **settings: Any) -> Provider:
        """The same as `build`."""
        return self.build(**settings)
