"""What a model can do, how good people find it, and under which terms it may be used."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from cutaway.contract.orders import Aspect, Frozen, InputRole, Modality, OperationKind, Resolution, Size, Stage
from cutaway.contract.prices import Price

SubmitTier = Literal["deduplicates", "findable", "listable", "blind"]
CancelLevel = Literal["none", "queued_only", "best_effort", "yes"]
WebhookKind = Literal["none", "unsigned", "nonce", "hmac", "ed25519", "standard"]


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
    stages: tuple[Stage, ...] = ("still", "draft", "final")
    """What its clips are good for. One that only outlines says `animatic`, and makes finals when nobody else can."""
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
    speaks_script: bool = False
    """It shows somebody who speaks the order's words in its `voice`, and makes no scene of them."""
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
