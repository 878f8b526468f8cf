"""The settings of one instance: a server or account, and the models it offers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, Literal

from pydantic import Field, field_validator, model_validator

from cutaway.contract import Price, Size, SubmitTier
from cutaway.vendor import Account, CatalogModel, State, read_account
from cutaway_providers.own_models import with_likes

ROLES: Final = frozenset({"first_frame", "source_video"})


class OfferedModel(CatalogModel):
    """One model as it is configured: its profile, its name on the wire, and the fields its server reads."""

    price: Price
    sends: tuple[Literal["seed", "negative_prompt", "fps", "num_frames", "width", "height", "generate_sound"], ...] = ()
    extra: dict[str, str | int | float | bool] = Field(default_factory=dict)

    @field_validator("price", mode="before")
    @classmethod
    def _has_an_amount(cls, price: Any) -> Any:
        if isinstance(price, Mapping) and not {"usd_per_s", "usd_per_clip", "rates"} & set(price):
            raise ValueError("needs usd_per_s, usd_per_clip (0 where it is free) or rates")
        return price

    @model_validator(mode="after")
    def _is_of_the_dialect(self) -> OfferedModel:
        if self.modality != "video" or set(self.operations) - {"generate", "edit", "extend"}:
            raise ValueError("the dialect can generate, edit and extend video")
        if set(self.input_roles) - ROLES:
            raise ValueError("input_roles: the dialect takes first_frame and source_video")
        if {"edit", "extend"} & set(self.operations) and "source_video" not in self.input_roles:
            raise ValueError("input_roles: edit and extend need source_video")
        return self

    @field_validator("sizes", mode="before")
    @classmethod
    def _read_sizes(cls, sizes: Any) -> Any:
        return [_size(size) for size in sizes] if isinstance(sizes, list | tuple) else sizes


class VideosAccount(Account):
    """The settings of one instance."""

    base_url: str = Field(min_length=1)
    submit_tier: SubmitTier = "blind"
    reference_field: str | None = Field(default=None, pattern=r"^[A-Za-z_]\w*(\[\w+\])*$")
    body: Literal["form", "json"] = "form"
    states: dict[str, State] = Field(default_factory=dict)
    cost_field: str = ""
    models: tuple[OfferedModel, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _can_find(self) -> VideosAccount:
        if self.submit_tier == "findable" and not self.reference_field:
            raise ValueError("reference_field: submit_tier findable needs it")
        return self


def read(settings: Mapping[str, Any]) -> VideosAccount:
    """The settings, checked. Raises `ConfigError` that names the key; values stay out of it, one may be a secret."""
    models = with_likes(settings.get("models"), plain=True)
    return read_account({**settings, "models": models}, VideosAccount, adapter="openai_videos", base_url="")


def _size(size: Any) -> Any:
    word = re.fullmatch(r"(\d{2,4})x(\d{2,4})", size) if isinstance(size, str) else None
    return Size(width_px=int(word[1]), height_px=int(word[2])) if word else size
