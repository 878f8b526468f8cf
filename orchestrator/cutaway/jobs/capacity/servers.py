"""What self-hosted video servers say about themselves.

vLLM-Omni  /metrics, started with --log-stats (without it the gauges are there and have no samples). Their names are
           `vllm:omni_num_requests_running` and `_waiting` (docs/usage/metrics.md), later `vllm_omni:num_requests_...`
           (issue 5811). Before pull request 6549 (2026-08) whatever queued inside the diffusion engine counted as
           running, so both are added up and held against the slots.
SGLang     /metrics, started with --enable-metrics: `sglang:diffusion_num_running_reqs` and `_queue_reqs` (docs,
           sglang-diffusion/production_metrics).
ComfyUI    /queue: {"queue_running": [...], "queue_pending": [...]}, and /system_stats with each device's memory
           (server.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from cutaway.errors import ProviderError
from cutaway.http import Timeouts, VendorClient
from cutaway.jobs.capacity.exposition import Sample, samples, total
from cutaway.jobs.capacity.options import PoolOptions
from cutaway.routing.conditions import Pool

TIMEOUTS: Final = Timeouts(connect_s=1.0, write_s=1.0, read_s=2.0, total_s=3.0)
MAX_PAGE_BYTES: Final = 4_000_000

Gauges = tuple[Sequence[str], Sequence[str]]
"""The names a server may give to how many requests run, and how many wait."""

VIDEO: Final[Mapping[str, Gauges]] = {
    "vllm_omni": (
        ("vllm_omni:num_requests_running", "vllm:omni_num_requests_running"),
        ("vllm_omni:num_requests_waiting", "vllm:omni_num_requests_waiting"),
    ),
    "sglang": (("sglang:diffusion_num_running_reqs",), ("sglang:diffusion_num_queue_reqs",)),
}
REASONING: Final[Gauges] = (
    ("vllm:num_requests_running", "sglang:num_running_reqs"),
    ("vllm:num_requests_waiting", "sglang:num_queue_reqs"),
)
"""Language models at vLLM (docs, usage/metrics) or SGLang (docs, references/production_metrics)."""


@dataclass(frozen=True, slots=True)
class Load:
    """How many requests a server works on and how many wait there; None where nobody knows."""

    running: int | None = None
    waiting: int | None = None
    warm: tuple[str, ...] = ()


def client_for(url: str) -> VendorClient:
    """A client for a status page. No key goes along. Raises `ConfigError` for an address that cannot be used."""
    return VendorClient(url, timeouts=TIMEOUTS)


async def metrics(client: VendorClient) -> tuple[Sample, ...]:
    """The samples of a server's /metrics. Raises `ProviderError`."""
    page = bytearray()
    async for piece in client.stream(
        "/metrics", max_bytes=MAX_PAGE_BYTES, media_types=("text/plain", "application/openmetrics-text"), total_s=3.0
    ):
        page += piece
    return tuple(samples(page.decode("utf-8", "replace")))


async def metered(client: VendorClient, gauges: Gauges) -> Load:
    """What a server's gauges say. Raises `ProviderError`."""
    found = await metrics(client)
    running, waiting = gauges
    names = dict.fromkeys(sample.labels.get("model_name", "") for sample in found if sample.name in running)
    return Load(total(found, running), total(found, waiting), tuple(name for name in names if name))


async def node_queue(client: VendorClient, options: PoolOptions) -> Load:
    """What a node server's queue says, and whether its GPUs have the memory. Raises `ProviderError`."""
    queue = (await client.get_json("/queue")).data
    load = Load(_length(queue.get("queue_running")), _length(queue.get("queue_pending")))
    if options.needs_gb is None:
        return load
    stats = (await client.get_json("/system_stats")).data
    enough = any(_room_bytes(device) >= options.needs_gb * 1e9 for device in stats.get("devices") or ())
    # Somebody else holds the memory: nothing can start, and nobody knows until when.
    return load if enough else Load()


async def is_reasoning(client: VendorClient) -> bool:
    """Whether the language model at this address has work; also when it does not say."""
    try:
        load = await metered(client, REASONING)
    except ProviderError:
        return True
    return load.running is None or load.waiting is None or load.running + load.waiting > 0


def pool_of(load: Load, slots: int, *, reasoning_busy: bool = False) -> Pool:
    """A load held against the slots. A server that lets requests wait has no free slot, whatever the slots say."""
    if load.running is None or load.waiting is None:
        return Pool(reasoning_busy=reasoning_busy, warm=load.warm)
    here = load.running + load.waiting
    return Pool(
        free_slots=0 if load.waiting else max(0, slots - here),
        queued=max(load.waiting, here - slots),
        warm=load.warm,
        reasoning_busy=reasoning_busy,
    )


def _length(listed: Any) -> int | None:
    return len(listed) if isinstance(listed, list) else None


def _room_bytes(device: Any) -> float:
    """GPU memory that the server could have: what is free, and what it holds itself and would unload."""
    sizes = [device.get(key) if isinstance(device, dict) else None for key in _MEMORY]
    if not all(isinstance(size, int) for size in sizes):
        return 0.0
    free, reserved, unused = (float(size or 0) for size in sizes)
    return free + reserved - unused


_MEMORY: Final = ("vram_free", "torch_vram_total", "torch_vram_free")
