"""An order as the input of one model, by what the catalog's `wire` says about it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Literal

from pydantic import Field, ValidationError

from cutaway.contract import Frozen, GenerationRequest
from cutaway.errors import ConfigError, ProviderError
from cutaway.vendor import CatalogModel, first_problem

Argument = Literal[
    "prompt",
    "negative",
    "duration",
    "resolution",
    "aspect",
    "width",
    "height",
    "seed",
    "audio",
    "voice",
    "first_frame",
    "last_frame",
    "reference",
    "source_video",
    "reference_video",
    "reference_audio",
]
LIST_MARK: Final = "[]"
OWNED: Final = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*")


def _only_the_prompt() -> dict[Argument, str]:
    return {"prompt": "prompt"}


class Wire(Frozen):
    """What a model calls its arguments. `words` renames values: a length is asked for as "5", a shape as "16:9"."""

    arguments: dict[Argument, str] = Field(default_factory=_only_the_prompt)
    always: dict[str, str | int | bool] = Field(default_factory=dict)
    words: dict[Argument, dict[str, str | int | bool]] = Field(default_factory=dict)
    version: str = Field(default="", pattern=r"^[A-Za-z0-9]*$")
    output: str = ""


def read_wire(model: CatalogModel) -> Wire:
    """The model's `wire`. Raises `ConfigError` naming the model, also for a `vendor_model` that is no owner/name."""
    try:
        wire = Wire.model_validate(dict(model.wire))
    except ValidationError as error:
        raise ConfigError(f"The wire of the model {model.id} is not valid. {first_problem(error)}.") from error
    if not OWNED.fullmatch(model.wire_name):
        raise ConfigError(
            f"The model {model.id} names no model of Replicate.",
            fix="Give it vendor_model: owner/name, as on its page.",
        )
    return wire


def plain(model: CatalogModel, wire: Wire, request: GenerationRequest) -> dict[str, object]:
    """The input without its files. Raises `ProviderError` (kind "unsupported") for what the model has no word for."""
    _check(model, request)
    names = wire.arguments
    if request.voice and "voice" not in names:
        raise ProviderError(f"{model.id} takes no voice.", kind="unsupported")
    strangers = sorted({one.role for one in request.inputs if one.role not in names})
    if strangers:
        raise ProviderError(f"{model.id} has no argument for a {strangers[0]}.", kind="unsupported")
    if request.of_role("last_frame") and not request.of_role("first_frame"):
        raise ProviderError(f"{model.id} takes no last_frame without a first_frame.", kind="unsupported")
    body: dict[str, object] = dict(wire.always)
    for argument, value in _values(request).items():
        if argument in names and value is not None:
            said = wire.words.get(argument, {})
            body[names[argument]] = said.get(str(value), value)
    return body


def put(body: dict[str, object], name: str, where: str) -> None:
    """Add a file's address under an argument, to its list when the name says so."""
    if not name.endswith(LIST_MARK):
        body[name] = where
        return
    listed = body.setdefault(name.removesuffix(LIST_MARK), [])
    assert isinstance(listed, list)
    listed.append(where)


def _check(model: CatalogModel, request: GenerationRequest) -> None:
    size, seconds = request.size, request.duration_s
    if model.modality != "audio":
        wrong = model.resolutions and size.resolution not in model.resolutions
        if wrong or (model.aspects and size.aspect not in model.aspects):
            raise ProviderError(f"{model.id} makes no {size}.", kind="unsupported")
    if model.modality == "video":
        inside = model.min_duration_s <= seconds <= model.max_duration_s
        stepped = not model.duration_step_s or (seconds / model.duration_step_s).is_integer()
        if not (seconds in model.durations_s if model.durations_s else inside and stepped):
            raise ProviderError(f"{model.id} makes no {seconds:g} s.", kind="unsupported")


def _values(request: GenerationRequest) -> Mapping[Argument, object]:
    size, seconds = request.size, request.duration_s
    return {
        "prompt": request.brief.prompt,
        "negative": request.brief.negative or None,
        "duration": int(seconds) if seconds == int(seconds) else seconds,
        "resolution": size.resolution,
        "aspect": size.aspect,
        "width": size.width_px,
        "height": size.height_px,
        "seed": request.seed,
        "audio": request.audio,
        "voice": request.voice or None,
    }
