"""What became of clips: hosts say it, another take says it, and undo says nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from redis.asyncio import Redis

from app.test_orchestrator import MAKE, NIGHT
from cutaway import Orchestrator, TurnPlan
from cutaway.errors import InputError, NotFoundError
from cutaway.storyboard.edits import Retake
from fakes import FlatArtist, Scripted, open_studio

AGAIN = TurnPlan(intent="edit", edits=(Retake(shots=("s2",)),), decision="video")


async def counts(studio: Orchestrator) -> dict[str, tuple[float, float]]:
    assert studio.services.acceptance
    found = await studio.services.acceptance.all(studio.services.clock())
    return {model: (round(one.kept, 3), round(one.rejected, 3)) for (model, _), one in found.items()}


async def film(studio: Orchestrator, *texts: str, **more: Any) -> None:
    for text in texts:
        await studio.wait(await studio.send("t", text, **more))


async def test_a_host_reports_a_film_and_later_one_shot_of_it(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE)) as studio:
        await film(studio, "a fox")
        assert len(await studio.report("t", "accepted")) == 2
        assert await studio.report("t", "accepted") == ()
        assert await counts(studio) == {"flat:one": (2, 0)}
        assert len(await studio.report("t", "rejected", shot="s2")) == 1
        assert await studio.report("t", "rejected", shot=2) == ()
        assert await counts(studio) == {"flat:one": (1, 1)}


async def test_another_take_rejects_the_clip_before_and_undo_says_nothing(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE, AGAIN)) as studio:
        await film(studio, "a fox", "again")
        assert await counts(studio) == {"flat:one": (0, 1)}
        await studio.wait(await studio.undo("t"))
        assert await counts(studio) == {"flat:one": (0, 1)}


async def test_an_edit_says_nothing_of_the_clip_before(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE, NIGHT)) as studio:
        await film(studio, "a fox", "night")
        assert await counts(studio) == {}


async def test_asking_for_another_model_rejects_the_one_before(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    artists = (FlatArtist("one"), FlatArtist("two"))
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE, NIGHT), *artists) as studio:
        await film(studio, "a fox", model="one:one")
        await film(studio, "night, by the other one", model="two:one")
        assert await counts(studio) == {"one:one": (0, 1)}


async def test_what_cannot_be_reported_is_said(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE)) as studio:
        with pytest.raises(NotFoundError, match="no film"):
            await studio.report("t", "accepted")
        await film(studio, "a fox")
        with pytest.raises(NotFoundError, match="s1, s2"):
            await studio.report("t", "accepted", shot="s9")
        with pytest.raises(InputError, match="accepted, rejected, published"):
            await studio.report("t", "loved")  # type: ignore[arg-type]
