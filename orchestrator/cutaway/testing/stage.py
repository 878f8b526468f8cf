"""What every behaviour of the contract stands on: a vendor's shapes, a scripted vendor, the adapter under test."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Final

import pytest

from cutaway.contract import (
    GenerationRequest,
    Handle,
    InputFile,
    ModelProfile,
    Placing,
    RemoteProvider,
    Status,
    StillOurs,
)
from cutaway.testing import KEY
from cutaway.testing.clip import mp4, png
from cutaway.testing.server import Reply, ScriptedVendor
from cutaway.testing.shapes import Shapes, Situation
from cutaway.testing.table import PROPERTY

ORDER_KEY: Final = "op-0001"
CLIP: Final = mp4(1, 64, 48)
QUICK: Final[Mapping[str, Any]] = {"read_s": 10, "total_s": 20}
"""Settings of every adapter in the kit, in seconds: nothing here takes long, and a stuck test must end."""
IMPATIENT: Final[Mapping[str, Any]] = {"read_s": 0.4, "total_s": 10}


@dataclass(slots=True)
class Scene:
    """One test's stage. `us` is the adapter under test, `kept` what it put into the store while placing."""

    shapes: Shapes
    vendor: ScriptedVendor
    us: RemoteProvider
    order: GenerationRequest
    files: dict[str, InputFile]
    folder: Path
    kept: dict[str, bytes] = field(default_factory=dict)

    @property
    def posts(self) -> int:
        """How many orders left."""
        return len(self.vendor.asked("submit"))

    @property
    def profile(self) -> ModelProfile:
        """The profile of the model that the kit orders."""
        found = next((one for one in self.us.profiles() if one.id == self.shapes.model), None)
        assert found is not None, f"the shapes order {self.shapes.model!r}, which no profile offers"
        return found

    async def submit(
        self, order: GenerationRequest | None = None, model: str = "", still_ours: StillOurs = lambda: None
    ) -> Handle:
        """Place the kit's order, or another one."""

        async def keep(content: bytes) -> str:
            sha256 = hashlib.sha256(content).hexdigest()
            self.kept[sha256] = content
            return sha256

        placing = Placing(key=ORDER_KEY, still_ours=still_ours, inputs=self.files, keep=keep)
        return await self.us.submit(model or self.shapes.model, order or self.order, placing)

    async def placed(self, *situations: Situation | None) -> Handle:
        """An accepted order; afterwards the vendor answers as in `situations`."""
        handle = await self.submit()
        self.vendor.play(*situations)
        return handle

    async def polled(self, *situations: Situation | None) -> Status:
        """How the adapter reads a job that the vendor shows like this."""
        return await self.us.poll(await self.placed(*situations))

    async def fetched(self, handle: Handle, output: str) -> bytes:
        """A whole download."""
        return b"".join([piece async for piece in self.us.fetch(handle, output)])

    def input(self, role: str, media_type: str) -> dict[str, Any]:
        """A real little file as an input of an order."""
        content = CLIP if media_type.startswith("video/") else png(320, 180)
        sha256 = hashlib.sha256(content).hexdigest()
        path = self.folder / sha256
        path.write_bytes(content)
        self.files[sha256] = InputFile(path, media_type, len(content))
        length = {"duration_s": 1.0} if media_type.startswith("video/") else {}
        return {"sha256": sha256, "role": role, "media_type": media_type} | length


class Stage:
    """The base of the contract's themes."""

    shapes: ClassVar[Path | str]
    """The vendor's shapes, a JSON file."""
    key: ClassVar[str] = KEY
    """The key that `build` gives to the adapter; it must show up nowhere but in the vendor's header."""

    def build(self, base_url: str, **settings: Any) -> RemoteProvider:
        """The adapter for a vendor at `base_url`, the root of a server; add the path of the real base URL.

        Settings are among `read_s`, `total_s` (seconds), `trusted_origins` and `max_download_bytes`.
        """
        raise NotImplementedError("Write build(self, base_url, **settings) in your subclass of ProviderContract.")

    @classmethod
    def told(cls) -> Shapes:
        """The shapes, read once."""
        cached = cls.__dict__.get("_told")
        if not isinstance(cached, Shapes):
            cached = Shapes.read(cls.shapes)
            cls._told = cached
        return cached

    _told: ClassVar[Shapes | None] = None

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """One test per state, failure and refusal that the shapes know."""
        shapes = self.told()
        cases: dict[str, Iterable[str]] = {
            "state": shapes.polls,
            "failure": shapes.failures,
            "refusal": shapes.refusals,
        }
        for name, known in cases.items():
            if name in metafunc.fixturenames:
                metafunc.parametrize(name, list(known) or [None])

    @pytest.fixture(autouse=True)
    def _reported(self, request: pytest.FixtureRequest) -> None:
        """Tell the report whose behaviour this is; `contract_table` reads it."""
        if isinstance(request.node, pytest.Function):
            behaviour = request.node.originalname
            # The theme is the class that first named the behaviour; what an author adds is the adapter's own.
            home = next((base for base in reversed(type(self).__mro__) if behaviour in vars(base)), type(self))
            theme = home.__name__.lower() if home.__module__.startswith("cutaway.testing.") else "own"
            request.node.user_properties.append((PROPERTY, [Path(self.shapes).stem, theme, behaviour]))

    @asynccontextmanager
    async def scene(self, base_url: str = "", **settings: Any) -> AsyncIterator[Scene]:
        """A vendor that takes the order of the shapes, and an adapter pointed at it (or at `base_url`)."""
        shapes = self.told()
        words = {"key": ORDER_KEY, "prompt": shapes.order(inputs=[]).brief.prompt}
        with tempfile.TemporaryDirectory(prefix="kit-", ignore_cleanup_errors=True) as folder:
            async with ScriptedVendor(shapes.routes, words) as vendor:
                us = self.build(base_url or vendor.base_url, **{**QUICK, **shapes.settings, **settings})
                scene = Scene(shapes, vendor, us, shapes.order(inputs=[]), {}, Path(folder))
                inputs = [scene.input(one["role"], one["media_type"]) | one for one in shapes.request.get("inputs", ())]
                for given in inputs:
                    scene.files.setdefault(given["sha256"], next(iter(scene.files.values())))
                scene.order = shapes.order(inputs=inputs)
                vendor.answer("download", Reply(200, CLIP, {"content-type": "video/mp4"}))
                vendor.play(shapes.accepted)
                try:
                    yield scene
                except BaseException as error:
                    if vendor.strays:
                        error.add_note(f"The vendor was asked what its shapes have no route for: {vendor.strays}")
                    raise
                finally:
                    close = getattr(us, "aclose", None)
                    if close is not None:
                        await close()


def needs(situation: Any, what: str) -> None:
    """Skip when the vendor's shapes do not have it."""
    if not situation:
        pytest.skip(f"the vendor's shapes have no {what}")


def echo(text: str, status: int) -> Reply:
    """A refusal that repeats something."""
    return Reply.of({"error": {"message": f"no: {text}", "code": f"x {text}"}, "message": f"no: {text}"}, status)


__all__ = ["CLIP", "IMPATIENT", "ORDER_KEY", "Scene", "Stage", "echo", "needs"]
