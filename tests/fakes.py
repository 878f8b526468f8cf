"""Stand-ins handed to the code under test: an artist that paints one colour, a queue that works right here."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path

import av
import numpy as np

from cutaway import Orchestrator, RoutingPolicy, load_settings
from cutaway.contract import (
    Cancelled,
    GenerationRequest,
    ModelProfile,
    Price,
    Progress,
    Provider,
    Quality,
    Rendered,
    Stage,
)
from cutaway.conversation.plan import Reasoner, Situation, TurnPlan
from cutaway.errors import StoppedError
from cutaway.jobs.run import Bench, run_operation


class FlatArtist:
    """A local provider that paints real mp4 files in one colour taken from the scene; priced per second."""

    def __init__(
        self,
        name: str = "flat",
        usd_per_s: str = "0",
        *,
        fails: Exception | None = None,
        outlines: bool = False,
        elo: float | None = None,
    ) -> None:
        self.name = name
        self.rendered: list[GenerationRequest] = []
        self._price = Decimal(usd_per_s)
        self._fails = fails
        self._elo = elo
        self._stages: tuple[Stage, ...] = ("animatic",) if outlines else ("still", "draft", "final")

    def profiles(self) -> tuple[ModelProfile, ...]:
        source, day = "made up for tests", date(2026, 11, 20)
        price = Price(usd_per_s=self._price, source=source, as_of=day)
        rated = None if self._elo is None else Quality(elo=self._elo, half_interval=10, source=source, as_of=day)
        return (
            ModelProfile(
                id="one",
                title="Flat colour",
                max_duration_s=60,
                price=price,
                quality=rated,
                input_roles=("reference",),
                stages=self._stages,
            ),
        )

    async def render(
        self,
        model: str,
        request: GenerationRequest,
        inputs: Mapping[str, Path],
        out: Path,
        progress: Progress,
        cancelled: Cancelled,
    ) -> Rendered:
        self.rendered.append(request)
        if self._fails:
            raise self._fails
        await asyncio.to_thread(_paint, request, out, progress, cancelled)
        return Rendered(path=out, cost_usd=self._price * Decimal(str(request.duration_s)))


def _paint(request: GenerationRequest, out: Path, progress: Progress, cancelled: Cancelled) -> None:
    colour = list(hashlib.sha256(repr(sorted(request.scene.items())).encode()).digest()[:3])
    picture = np.full((request.size.height_px, request.size.width_px, 3), colour, dtype=np.uint8)
    frames = round(request.duration_s * request.fps)
    with av.open(str(out), "w") as container:
        stream = container.add_stream("libx264", rate=request.fps, options={"preset": "ultrafast", "threads": "1"})
        stream.width, stream.height, stream.pix_fmt = request.size.width_px, request.size.height_px, "yuv420p"
        for number in range(frames):
            if cancelled():
                raise StoppedError("The painter was asked to stop.")
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
            progress((number + 1) / frames)
        container.mux(stream.encode(None))


class HereQueue:
    """A queue that runs each operation in this process as soon as it is woken. `serve` ties it to a studio."""

    def __init__(self, *artists: Provider) -> None:
        self.artists = {artist.name: artist for artist in artists}
        self.woken: list[str] = []
        self._bench: Bench | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def serve(self, studio: Orchestrator) -> None:
        folder = studio.settings.data_dir / "scratch"
        self._bench = Bench(studio.ledger, studio.store, self.artists, folder, self, "here")

    async def wake(self, operations: Sequence[tuple[str, str]]) -> None:
        for operation_id, _ in operations:
            self.woken.append(operation_id)
            if self._bench is not None:
                task = asyncio.create_task(run_operation(self._bench, operation_id))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)

    async def idle(self) -> None:
        while self._tasks:
            await asyncio.gather(*self._tasks)


@asynccontextmanager
async def open_studio(
    redis_url: str,
    folder: Path,
    reasoner: Reasoner,
    *artists: Provider,
    policy: RoutingPolicy | None = None,
    working: bool = True,
    tenant: str = "local",
) -> AsyncIterator[Orchestrator]:
    """A studio on the test's server, with everything made in this process (or nothing, with `working=False`)."""
    artists = artists or (FlatArtist(),)
    environ = {
        "CUTAWAY_DATA_DIR": str(folder / "data"),
        "CUTAWAY_RUNTIME_DIR": str(folder / "run"),
        "CUTAWAY_REDIS_URL": redis_url,
    }
    queue = HereQueue(*artists)
    settings = load_settings(environ, cwd=folder)
    async with Orchestrator.open(
        settings=settings, providers=artists, reasoner=reasoner, queue=queue, policy=policy, tenant=tenant
    ) as studio:
        if working:
            queue.serve(studio)
        yield studio
        await queue.idle()


class Scripted:
    """A reasoner that answers with plans prepared by the test, in order."""

    name = "scripted"

    def __init__(self, *plans: TurnPlan) -> None:
        self.plans = list(plans)
        self.seen: list[Situation] = []

    async def plan(self, situation: Situation) -> TurnPlan:
        self.seen.append(situation)
        return self.plans.pop(0)
