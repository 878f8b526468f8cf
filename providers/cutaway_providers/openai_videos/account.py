"""The settings of one instance: a server or account, and the models it offers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator

from cutaway.contract import Frozen, ModelProfile, Price, Size, SubmitTier
from cutaway.errors import ConfigError


class OfferedModel(ModelProfile):
    """One model as it is configured: its profile, its name on the wire, and the fields its server reads."""

    title: str = ""
    price: Price
    vendor_model: str = ""
    sends: tuple[Literal["seed", "negative_prompt", "fps", "num_frames", "width", "height"], ...] = ()
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
        if set(self.input_roles) - {"first_frame", "source_video"}:
            raise ValueError("input_roles: the dialect takes first_frame and source_video")
        if {"edit", "extend"} & set(self.operations) and "source_video" not in self.input_roles:
            raise ValueError("input_roles: edit and extend need source_video")
        return self

    @field_validator("sizes", mode="before")
    @classmethod
    def _read_sizes(cls, sizes: Any) -> Any:
        if not isinstance(sizes, list | tuple):
            return sizes
        words = [re.fullmatch(r"(\d{2,4})x(\d{2,4})", size) if isinstance(size, str) else None for size in sizes]
        return [
            Size(width_px=int(word[1]), height_px=int(word[2])) if word else size
            for word, size in zip(words, sizes, strict=True)
        ]


class Account(Frozen):
    """The settings of one instance."""

    name: str = "openai_videos"
    base_url: str
    api_key: SecretStr | None = None
    submit_tier: SubmitTier = "blind"
    reference_field: str | None = Field(default=None, pattern=r"^[A-Za-z_]\w*(\[\w+\])*$")
    models: tuple[OfferedModel, ...] = Field(min_length=1)
    trusted_origins: tuple[str, ...] = ()
    max_download_bytes: int = Field(default=2_000_000_000, ge=1)
    connect_s: float = Field(default=10, gt=0)
    read_s: float = Field(default=60, gt=0)
    total_s: float = Field(default=90, gt=0)


def read(settings: Mapping[str, Any]) -> Account:
    """The settings, checked. Raises `ConfigError` that names the key; values stay out of it, one may be a secret."""
    try:
        account = Account.model_validate(settings)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        problem = f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
    else:
        if account.submit_tier != "findable" or account.reference_field:
            return account
        problem = "reference_field: submit_tier findable needs it"
    raise ConfigError(
        f"An openai_videos provider cannot use its settings. {problem}.",
        fix="It needs base_url and models, each with id and price {usd_per_s, source, as_of}.",
    )
