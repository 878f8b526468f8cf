"""What NVIDIA's management library says about the GPUs of this machine. Unknown without the library or a GPU."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cutaway.routing.conditions import Pool

IDLE_PERCENT: Final = 5
"""A GPU that computed in at most this share of the last moment is idle."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Gpu:
    """One GPU: the share of the last moment it computed in, in percent, and its free memory."""

    busy_percent: int
    free_bytes: int


def gpus(indexes: Sequence[int] = ()) -> tuple[Gpu, ...] | None:
    """The GPUs named by index, all by default; None when nobody can tell. Blocks for some milliseconds."""
    try:
        import pynvml  # type: ignore[import-untyped]
    except ImportError:
        return None
    try:
        pynvml.nvmlInit()
    except pynvml.NVMLError as error:
        log.debug("No GPU can be asked: %s", error)
        return None
    try:
        found = []
        for index in indexes or range(pynvml.nvmlDeviceGetCount()):
            handle = pynvml.nvmlDeviceGetHandleByIndex(index)
            busy = int(pynvml.nvmlDeviceGetUtilizationRates(handle).gpu)
            found.append(Gpu(busy, int(pynvml.nvmlDeviceGetMemoryInfo(handle).free)))
        return tuple(found) or None
    except pynvml.NVMLError as error:
        log.warning("The GPUs could not be asked: %s", error)
        return None
    finally:
        with contextlib.suppress(pynvml.NVMLError):
            pynvml.nvmlShutdown()


def pool_of_gpus(
    found: Sequence[Gpu] | None, slots: int, needs_gb: float | None = None, *, reasoning_busy: bool = False
) -> Pool:
    """Idle GPUs with enough memory as free slots; what waits for them, nobody can see from here."""
    if found is None:
        return Pool(reasoning_busy=reasoning_busy)
    needs_bytes = (needs_gb or 0) * 1e9
    idle = sum(gpu.busy_percent <= IDLE_PERCENT and gpu.free_bytes >= needs_bytes for gpu in found)
    return Pool(free_slots=slots * idle, reasoning_busy=reasoning_busy)
