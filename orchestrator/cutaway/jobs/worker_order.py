"""The worker a program wants beside the embedded server, written so that a guard can start and compare it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from cutaway.jobs.mark import hashed, mark_of
from cutaway.keys import REFERENCE
from cutaway.settings import CONFIG_NAME, Settings, inherited

WORKERS_READ: Final = (
    "providers",
    "keys_ignored",
    "workers",
    "font",
    "durability",
    "replicas",
    "count_doubts_days",
    "tenant_in_flight",
    "send_s",
)
"""The settings that workers go by: one that keeps an old value of these must be replaced."""


def worker_order(settings: Settings, command: Sequence[str]) -> dict[str, Any]:
    """The order, as `cutaway.jobs.mark` describes it. It is written down, so it holds names and hashes only."""
    read = settings.model_dump(mode="json", include=set(WORKERS_READ))
    variables = {f"CUTAWAY_{name.upper()}" for name in WORKERS_READ} | set(_referenced(settings.providers))
    order = {
        "command": list(command),
        "env": _environment(settings),
        "settings": hashed(json.dumps(read, sort_keys=True, default=str)),
        "variables": sorted(variables),
        "keys": not settings.keys_ignored,
        "config_name": CONFIG_NAME,
    }
    return order | {"mark": mark_of(order, inherited())}


def _environment(settings: Settings) -> dict[str, str]:
    """What a worker must be told to see the same data as the user; nothing secret, because it is written down."""
    told = {
        "CUTAWAY_DATA_DIR": str(settings.data_dir),
        "CUTAWAY_RUNTIME_DIR": str(settings.runtime_dir),
        "CUTAWAY_REDIS_URL": settings.embedded_url,
    }
    if settings.config_file is not None:
        told["CUTAWAY_CONFIG"] = str(settings.config_file)
    if settings.keys_ignored:
        told["CUTAWAY_KEYS_IGNORED"] = "true"
    return told


def _referenced(options: object) -> Iterator[str]:
    """The variables that provider options refer to, however deep."""
    if isinstance(options, str) and options.startswith(REFERENCE):
        yield options.removeprefix(REFERENCE)
    for inner in options.values() if isinstance(options, dict) else options if isinstance(options, list) else ():
        yield from _referenced(inner)
