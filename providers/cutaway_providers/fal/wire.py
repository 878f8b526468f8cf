"""An order as the arguments of one app, by what the catalog's `wire` says about it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Final, Literal

from pydantic import Field, ValidationError

from cutaway.contract import Frozen, GenerationRequest, InputRef, InputRole, OperationKind, Resolution
from cutaway.errors import ConfigError, ProviderError
from cutaway.vendor import CatalogModel, first_problem

Argument = Literal[
    "prompt",
    "negative",
    "duration",
    "resolution",
    "aspect",
    "image_size",
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

Address = Callable[[InputRef], Awaitable[str]]
"""Gives an address at which the vendor can read an input."""


def _only_the_prompt() -> dict[Argument, str]:
    return {"prompt": "prompt"}


class Route(Frozen):
    """One app of a model: its path, the inputs it cannot do without, what differs in its arguments."""

    app: str = Field(pattern=r"^[a-zA-Z0-9][\w.-]*(/[a-zA-Z0-9][\w.-]*)+$")
    operations: tuple[OperationKind, ...] = ()
    needs: tuple[InputRole, ...] = ()
    arguments: dict[Argument, str] = Field(default_factory=dict)
    always: dict[str, str | int | bool] = Field(default_factory=dict)


class Wire(Frozen):
    """What the catalog says about a model's apps."""

    routes: tuple[Route, ...] = Field(min_length=1)
    arguments: dict[Argument, str] = Field(default_factory=_only_the_prompt)
    always: dict[str, str | int | bool] = Field(default_factory=dict)
    duration_as: Literal["number", "text"] = "number"
    resolutions: dict[Resolution, str] = Field(default_factory=dict)
    output: str = "video"


def read_wire(model: CatalogModel) -> Wire:
    """The model's `wire`; without routes its vendor_model is the app. Raises `ConfigError` naming the model."""
    wire = dict(model.wire)
    if "routes" not in wire:
        wire["routes"] = [{"app": model.wire_name}]
    try:
        return Wire.model_validate(wire)
    except ValidationError as error:
        raise ConfigError(f"The wire of the model {model.id} is not valid. {first_problem(error)}.") from error


def choose_route(wire: Wire, request: GenerationRequest) -> Route | None:
    """The first route that takes this operation and every input of the order, and lacks none that it needs."""
    roles = {one.role for one in request.inputs}
    for route in wire.routes:
        known = wire.arguments | route.arguments
        right = not route.operations or request.operation in route.operations
        if right and roles >= set(route.needs) and all(role in known for role in roles):
            return route
    return None


async def arguments(
    model: CatalogModel, wire: Wire, route: Route, request: GenerationRequest, address: Address
) -> dict[str, object]:
    """The body of the order. Raises `ProviderError` (kind "unsupported") for what the app has no argument for."""
    names = wire.arguments | route.arguments
    values = _values(model, wire, request)
    if request.voice and "voice" not in names:
        raise ProviderError(f"{model.id} takes no voice.", kind="unsupported")
    body: dict[str, object] = dict(wire.always | route.always)
    for key, name in names.items():
        if values.get(key) is not None:
            body[name] = values[key]
    for ref in request.inputs:
        name = names[ref.role]
        where = await address(ref)
        if name.endswith(LIST_MARK):
            listed = body.setdefault(name.removesuffix(LIST_MARK), [])
            assert isinstance(listed, list)
            listed.append(where)
        else:
            body[name] = where
    return body


def _values(model: CatalogModel, wire: Wire, request: GenerationRequest) -> Mapping[str, object]:
    size, seconds = request.size, request.duration_s
    if model.modality != "audio":
        if model.resolutions and size.resolution not in model.resolutions:
            raise ProviderError(f"{model.id} makes no {size}.", kind="unsupported")
        if model.aspects and size.aspect not in model.aspects:
            raise ProviderError(f"{model.id} makes no {size}.", kind="unsupported")
    if model.modality == "video":
        allowed = model.durations_s or (seconds,)
        if seconds not in allowed or not model.min_duration_s <= seconds <= model.max_duration_s:
            raise ProviderError(f"{model.id} makes no {seconds:g} s.", kind="unsupported")
    length: object = int(seconds) if seconds == int(seconds) else seconds
    resolution = size.resolution
    return {
        "prompt": request.brief.prompt,
        "negative": request.brief.negative or None,
        "duration": f"{seconds:g}" if wire.duration_as == "text" else length,
        "resolution": wire.resolutions.get(resolution, resolution) if resolution else None,
        "aspect": size.aspect,
        "image_size": {"width": size.width_px, "height": size.height_px},
        "seed": request.seed,
        "audio": request.audio,
        "voice": request.voice or None,
    }
