"""The pools of all provider instances, asked in the background so that a turn hardly ever waits for them."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final

from cutaway.errors import CutawayError
from cutaway.http import VendorClient
from cutaway.jobs.capacity.gpus import gpus, pool_of_gpus
from cutaway.jobs.capacity.options import PoolOptions
from cutaway.jobs.capacity.servers import VIDEO, Load, client_for, is_reasoning, metered, node_queue, pool_of
from cutaway.ledger import Ledger
from cutaway.routing.conditions import Pool

FRESH_S: Final = 5.0
"""An answer this old is used as it is."""
WAIT_S: Final = 0.2
"""The longest a turn waits for answers."""

log = logging.getLogger(__name__)

Ask = Callable[[str, PoolOptions], Awaitable[Pool]]


@dataclass(frozen=True, slots=True)
class Told:
    """An answer and when it was asked for, by the monotonic clock."""

    pool: Pool
    at_s: float


class Pools:
    """What is known of every pool now. A pool that did not answer in time, or wrongly, is unknown."""

    def __init__(
        self,
        wanted: Mapping[str, PoolOptions],
        ledger: Ledger,
        *,
        ask: Ask | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """`ask` replaces how one pool is asked. Raises `ConfigError` for an address that cannot be used."""
        self.wanted = dict(wanted)
        self._ledger = ledger
        self._ask = ask or self._collect
        self._monotonic = monotonic
        addresses = {url for one in wanted.values() for url in (one.url, one.reasoner_url) if url}
        self._clients: dict[str, VendorClient] = {url: client_for(url) for url in addresses}
        self._told: dict[str, Told] = {}
        self._asking: dict[str, asyncio.Task[None]] = {}

    async def now(self, wait_s: float = WAIT_S) -> dict[str, Pool]:
        """Every pool by its provider instance; waits at most `wait_s` seconds for those that are not fresh."""
        if not self.wanted:
            return {}
        asked = [self._task(name) for name in self.wanted if not self._fresh(name)]
        if asked:
            await asyncio.wait(asked, timeout=wait_s)
        return {name: self._told[name].pool if self._fresh(name) else Pool() for name in self.wanted}

    async def aclose(self) -> None:
        """End what is being asked and close connections."""
        tasks = list(self._asking.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for client in self._clients.values():
            await client.aclose()

    def _fresh(self, name: str) -> bool:
        told = self._told.get(name)
        return told is not None and self._monotonic() - told.at_s <= FRESH_S

    def _task(self, name: str) -> asyncio.Task[None]:
        """The one question to this pool that is under way."""
        task = self._asking.get(name)
        if task is None or task.done():
            task = self._asking[name] = asyncio.create_task(self._refresh(name))
        return task

    async def _refresh(self, name: str) -> None:
        at_s = self._monotonic()
        try:
            pool = await self._ask(name, self.wanted[name])
        except (CutawayError, OSError) as error:
            log.info("The pool of %s is unknown: %s", name, error)
            pool = Pool()
        except Exception as error:
            log.warning("The pool of %s is unknown: %s: %s", name, type(error).__name__, error)
            pool = Pool()
        self._told[name] = Told(pool, at_s)

    async def _collect(self, name: str, options: PoolOptions) -> Pool:
        busy = options.shares_gpu_with_reasoner and await is_reasoning(self._clients[options.reasoner_url])
        if options.kind == "nvml":
            found = await asyncio.to_thread(gpus, options.gpus)
            return pool_of_gpus(found, options.slots, options.needs_gb, reasoning_busy=busy)
        if options.kind == "queue":
            workers, working, waiting = await self._ledger.load(options.queue)
            # Nobody listens: nothing starts, and nobody knows when.
            load = Load(working, waiting) if workers else Load()
            return pool_of(load, workers, reasoning_busy=busy)
        client = self._clients[options.url]
        load = await (metered(client, VIDEO[options.kind]) if options.kind in VIDEO else node_queue(client, options))
        return pool_of(load, options.slots, reasoning_busy=busy)
