"""Fetching what a job made."""

# ruff: noqa: D102 - the name of a test is its sentence

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from cutaway.contract import Handle
from cutaway.errors import ProviderError
from cutaway.testing.server import HTML, Reply, ScriptedVendor
from cutaway.testing.stage import CLIP, Scene, Stage, needs

VIDEO = {"content-type": "video/mp4"}


class Results(Stage):
    """`fetch`."""

    @asynccontextmanager
    async def finished(self, **settings: Any) -> AsyncIterator[tuple[Scene, Handle, str]]:
        """A finished job with its first output."""
        async with self.scene(**settings) as scene:
            needs(scene.shapes.routes.get("download"), "route 'download'")
            needs(scene.shapes.polls.get("succeeded"), "finished job")
            handle = await scene.placed(scene.shapes.polls["succeeded"])
            status = await scene.us.poll(handle)
            assert status.outputs
            yield scene, handle, status.outputs[0]

    async def test_every_output_is_fetched_as_the_vendor_sends_it(self) -> None:
        async with self.finished() as (scene, handle, _):
            for output in (await scene.us.poll(handle)).outputs:
                before = len(scene.vendor.asked("download"))
                assert await scene.fetched(handle, output) == CLIP
                assert len(scene.vendor.asked("download")) == before + 1

    async def test_a_result_in_another_place_is_fetched_without_the_key(self) -> None:
        async with ScriptedVendor({"file": "GET /.*"}) as elsewhere:
            elsewhere.answer("file", Reply(200, CLIP, VIDEO))
            async with self.finished(trusted_origins=(elsewhere.base_url,)) as (scene, handle, output):
                target = f"{elsewhere.base_url}/files/out.mp4"
                scene.vendor.answer("download", Reply(302, b"", {"location": target}))
                places = [output]
                if output.startswith(scene.vendor.base_url):
                    places.append(output.replace(scene.vendor.base_url, elsewhere.base_url))
                for place in places:
                    try:
                        assert await scene.fetched(handle, place) == CLIP
                    except ProviderError:
                        continue  # refusing a stranger is as good
                    finally:
                        for asked in elsewhere.requests:
                            assert self.key not in repr(asked), "the key went to another host"
                            assert "authorization" not in asked.headers

    @pytest.mark.parametrize(
        "fault",
        {
            "html": Reply(200, HTML, {"content-type": "text/html"}),
            "cut off": Reply(200, CLIP, VIDEO, "cut"),
            "empty": Reply(200, b"", VIDEO),
            "not there": Reply.of({"error": {"message": "no such file"}}, 404),
            "broken": Reply.of({"error": {"message": "internal error"}}, 500),
        }.items(),
        ids=lambda fault: fault[0],
    )
    async def test_a_broken_result_raises(self, fault: tuple[str, Reply]) -> None:
        async with self.finished() as (scene, handle, output):
            scene.vendor.answer("download", fault[1])
            with pytest.raises(ProviderError):
                await scene.fetched(handle, output)

    async def test_a_result_over_the_limit_raises(self) -> None:
        async with self.finished(max_download_bytes=2000) as (scene, handle, output):
            scene.vendor.answer("download", Reply(200, CLIP + b"\0" * 100_000, VIDEO))
            with pytest.raises(ProviderError):
                await scene.fetched(handle, output)

    @pytest.mark.parametrize(
        "target",
        ["https://169.254.169.254/latest", "https://[::ffff:10.0.0.1]/", "http://127.0.0.1:9/", "file:///etc/passwd"],
    )
    async def test_a_result_that_points_into_the_house_raises(self, target: str) -> None:
        async with self.finished() as (scene, handle, output):
            scene.vendor.answer("download", Reply(302, b"", {"location": target}))
            with pytest.raises(ProviderError):
                await scene.fetched(handle, output)
