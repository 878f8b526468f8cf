"""The arms: what supervises the workers, how an operation is ordered, and what the arm's own books say."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Literal, Protocol, Self, cast

from bench.peers import order
from bench.peers.pool import QUEUE
from bench.peers.stage import Stage
from redis import Redis
from rq import Queue, Retry

from cutaway.contract import Brief, GenerationRequest, Size
from cutaway.jobs.queue import RqQueue
from cutaway.ledger import Ledger, Order, Scope
from cutaway.ledger.connection import connect

PROCESSES: Final = 5
"""Worker processes of every arm. Cutaway's are two that fetch and store, two that order, and the one that polls."""
RETRIES: Final = 5


@dataclass(frozen=True, slots=True)
class Books:
    """What an arm says about itself: operations with a result, operations it knows to be in doubt, and micro-USD."""

    delivered: frozenset[int] = frozenset()
    parked: frozenset[int] = frozenset()
    booked_micro: int = 0
    held_micro: int = 0


class Arm(Protocol):
    """One way to have clips made. `with arm` opens and closes its connections."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def command(self) -> list[str]:
        """What keeps the worker processes alive; every process below it may be killed."""
        ...

    def environ(self) -> Mapping[str, str]:
        """What the workers are told."""
        ...

    def order(self, numbers: Collection[int]) -> None:
        """Order these operations."""
        ...

    def books(self) -> Books:
        """How the arm stands now."""
        ...


class RqArm:
    """RQ: `Retry(max=5)`, its own worker pool, its default Worker. `module` holds the job."""

    def __init__(self, stage: Stage, module: str) -> None:
        self._stage, self._module = stage, module
        self._redis = Redis.from_url(stage.redis_url)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._redis.close()

    def command(self) -> list[str]:
        return [sys.executable, "-m", "bench.peers.pool", self._stage.redis_url, str(PROCESSES), self._module]

    def environ(self) -> Mapping[str, str]:
        told = {order.VENDOR_URL: self._stage.vendor_url, order.FOLDER: str(self._stage.folder)}
        return told | {"LITELLM_LOCAL_MODEL_COST_MAP": "True"}  # its prices come from the wheel, not from the network

    def order(self, numbers: Collection[int]) -> None:
        queue = Queue(QUEUE, connection=self._redis)
        for number in numbers:
            queue.enqueue(f"{self._module}.film", number, job_id=f"film-{number}", retry=Retry(max=RETRIES))

    def books(self) -> Books:
        delivered = cast("list[bytes]", self._redis.hkeys(order.RESULTS))
        spent = cast("bytes | None", self._redis.get(order.SPENT))
        return Books(frozenset(int(number) for number in delivered), booked_micro=int(spent or 0))


CONFIG: Final = """
providers:
  lab:
    adapter: openai_videos
    name: lab
    base_url: {url}
    submit_tier: {tier}
    total_s: {timeout_s:g}
    models:
      - id: m1
        vendor_model: {model}
        sizes: [{size}]
        max_duration_s: 10
        price: {{usd_per_s: "{price_usd}", source: a bench, as_of: "2026-11-01"}}
"""
SubmitTier = Literal["deduplicates", "blind"]


class CutawayArm:
    """`cutaway worker` with one vendor configured, and one dispatch of the ledger for every operation."""

    def __init__(self, stage: Stage, submit_tier: SubmitTier) -> None:
        self._stage, self._tier = stage, submit_tier
        self._runner = asyncio.Runner()

    def __enter__(self) -> Self:
        self._config().write_text(
            CONFIG.format(
                url=self._stage.vendor_url, tier=self._tier, model=order.MODEL, size=order.SIZE,
                price_usd=order.PRICE_MICRO / 1_000_000, timeout_s=order.TIMEOUT_S,
            )
        )  # fmt: skip
        self._redis = self._runner.run(connect(self._stage.redis_url))
        self._ledger, self._queue = Ledger(self._redis), RqQueue(self._stage.redis_url)
        self._scope = Scope("cutaway:t:budget:thread", "thread", order.LIMIT_MICRO)
        self._ordered = 0
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._runner.run(self._redis.aclose())
        self._runner.close()

    def command(self) -> list[str]:
        return [sys.executable, "-m", "cutaway.cli", "worker", "--count", "2"]

    def environ(self) -> Mapping[str, str]:
        folder = self._stage.folder
        return {
            "CUTAWAY_DATA_DIR": str(folder / "data"),
            "CUTAWAY_RUNTIME_DIR": str(folder / "run"),
            "CUTAWAY_REDIS_URL": self._stage.redis_url,
            "CUTAWAY_CONFIG": str(self._config()),
            "CUTAWAY_SEND_S": f"{order.TIMEOUT_S:g}",
        }

    def order(self, numbers: Collection[int]) -> None:
        self._ordered += len(numbers)
        self._runner.run(self._dispatch(numbers))

    def books(self) -> Books:
        return self._runner.run(self._books())

    def _config(self) -> Path:
        return self._stage.folder / "cutaway.yaml"

    async def _dispatch(self, numbers: Collection[int]) -> None:
        for number in numbers:
            done = await self._ledger.dispatch(
                [_order(number)],
                tenant="t",
                thread="th",
                version_id=f"v{number}",
                quote_id="q",
                message_id=f"m{number}",
                cut_key=f"cut{number}",
                scopes=[self._scope],
            )
            await self._queue.wake(done.ready)

    async def _books(self) -> Books:
        rows = await self._ledger.of_thread("t", "th", self._ordered)
        ((held, charged),) = await self._ledger.spent([self._scope])
        return Books(
            delivered=frozenset(int(row.shot_id) for row in rows if row.phase == "done"),
            parked=frozenset(int(row.shot_id) for row in rows if row.parked),
            booked_micro=charged,
            held_micro=held,
        )


def _order(number: int) -> Order:
    width_px, height_px = map(int, order.SIZE.split("x"))
    request = GenerationRequest(
        brief=Brief(prompt=order.prompt_of(number)),
        duration_s=float(order.SECONDS),
        size=Size(width_px=width_px, height_px=height_px),
        seed=number,
    )
    offer = {"model": "lab:m1", "hold_micro": order.PRICE_MICRO, "queue": "io"}
    return Order(
        id=f"op{number}",
        kind="shot",
        key=f"key{number}",
        spec={"request": request.model_dump(mode="json"), "offers": [offer]},
        queue="io",
        hold_micro=order.PRICE_MICRO,
        shot_id=str(number),
        model="lab:m1",
    )
