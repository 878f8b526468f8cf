"""The key: where it goes, and where it never shows."""

# ruff: noqa: D102 - the name of a test is its sentence

from __future__ import annotations

import logging

import pytest

from cutaway.errors import ProviderError
from cutaway.testing.stage import Stage, echo


class Secrets(Stage):
    """The key travels in one header to the vendor, and nowhere else."""

    async def test_the_key_travels_in_one_header_and_nowhere_else(self) -> None:
        async with self.scene() as scene:
            await scene.polled(scene.shapes.polls.get("queued") or scene.shapes.polls.get("succeeded"))
            asked = scene.vendor.requests
            assert asked
            for one in asked:
                carriers = [name for name, value in one.headers.items() if self.key in value]
                assert len(carriers) <= 1
                if scene.shapes.key_header and carriers:
                    assert carriers == [scene.shapes.key_header]
                assert self.key not in f"{one.path}?{one.query}"
                assert self.key.encode() not in one.body
            if scene.shapes.key_header:
                assert all(scene.shapes.key_header in one.headers for one in scene.vendor.asked("submit"))

    async def test_a_handle_holds_no_key(self) -> None:
        async with self.scene() as scene:
            assert self.key not in (await scene.submit()).model_dump_json()

    @pytest.mark.parametrize("status", [400, 401, 403, 429, 500])
    async def test_no_error_and_no_log_line_shows_the_key(self, status: int, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.DEBUG)
        said = []
        async with self.scene() as scene:
            handle = await scene.submit()
            scene.vendor.answer("submit", echo(self.key, status))
            scene.vendor.answer("poll", echo(self.key, status))
            with pytest.raises(ProviderError) as caught:
                await scene.submit()
            said.append(f"{caught.value} {caught.value!r} {caught.value.data()} {caught.value.__cause__!r}")
            try:
                said.append(repr(await scene.us.poll(handle)))
            except ProviderError as error:
                said.append(f"{error} {error!r} {error.data()} {error.__cause__!r}")
            said.append(f"{scene.us!r} {scene.us.profiles()!r} {handle!r}")
        assert self.key not in " ".join(said)
        assert self.key not in caplog.text
