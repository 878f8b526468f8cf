"""What cutaway.yaml says of an instance's machines: `providers.NAME.pool` and `providers.NAME.own`."""

from __future__ import annotations

from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, model_validator

from cutaway.contract import Frozen
from cutaway.errors import ConfigError
from cutaway.settings import Settings

Kind = Literal["vllm_omni", "sglang", "comfyui", "nvml", "queue"]
SERVERS: frozenset[Kind] = frozenset({"vllm_omni", "sglang", "comfyui"})


class PoolOptions(Frozen):
    """The machines behind one provider instance, and where to ask how busy they are.

    `kind` says whom to ask: the server's own status page (`url`, without a path; that of `base_url` by default), the
    GPUs of this machine (`gpus`, all by default), or one of our own queues. `slots` is how many clips are made side by
    side, on each GPU for `nvml`. `needs_gb` is GPU memory that must be there for a clip, where it can be seen.
    `shares_gpu_with_reasoner` lets video wait while the language model at `reasoner_url` has requests. `idle` names the
    policy's window in which the machines are idle.
    """

    kind: Kind
    url: str = ""
    slots: int = Field(default=1, ge=1, le=10_000)
    queue: str = Field(default="", pattern=r"^[A-Za-z0-9:]*$")
    gpus: tuple[int, ...] = ()
    needs_gb: float | None = Field(default=None, gt=0)
    shares_gpu_with_reasoner: bool = False
    reasoner_url: str = ""
    idle: str = ""

    @model_validator(mode="after")
    def _says_whom_to_ask(self) -> PoolOptions:
        if self.kind in SERVERS and not self.url:
            raise ValueError("url is missing; write the server's address, for example http://gpu-1.internal:8091")
        if self.kind == "queue" and not self.queue:
            raise ValueError("queue is missing; write the queue's name, for example gpu:0 or cpu")
        if self.shares_gpu_with_reasoner and not self.reasoner_url:
            raise ValueError("reasoner_url is missing; write the address of the language model on the same GPUs")
        return self


def pools_of(settings: Settings) -> dict[str, PoolOptions]:
    """The pool of every provider instance that has one. Raises `ConfigError` with the place and the fix."""
    return {
        name: _read(name, options["pool"], options.get("base_url"))
        for name, options in settings.providers.items()
        if options.get("pool") is not None
    }


def own_of(settings: Settings) -> frozenset[str]:
    """The instances that run on our own machines (`own: true`). Raises `ConfigError`."""
    found = set()
    for name, options in settings.providers.items():
        own = options.get("own", False)
        if not isinstance(own, bool):
            raise ConfigError(f"providers.{name}.own is {own!r}, which is neither true nor false.", fix="Write true.")
        if own:
            found.add(name)
    return frozenset(found)


def _read(name: str, given: Any, base_url: Any) -> PoolOptions:
    place = f"providers.{name}.pool"
    if not isinstance(given, dict):
        raise ConfigError(f"{place} is {given!r}, not a group.", fix=f"Write {place}: {{kind: KIND, url: ADDRESS}}.")
    options = dict(given)
    if isinstance(base_url, str) and "url" not in options:
        parts = urlsplit(base_url)
        options["url"] = f"{parts.scheme}://{parts.netloc}"
    try:
        return PoolOptions.model_validate(options)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in (place, *first["loc"]))
        known = ", ".join(PoolOptions.model_fields)
        fix = f"A pool has {known}." if first["type"] == "extra_forbidden" else "See Capacity and health in operate.md."
        raise ConfigError(f"{where}: {first['msg'].removeprefix('Value error, ')}.", fix=fix) from None
