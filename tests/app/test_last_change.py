"""What a person says of the last change means that change, through the whole application."""

from __future__ import annotations

from pathlib import Path

from redis.asyncio import Redis

from cutaway.conversation.keywords import KeywordReasoner
from fakes import open_studio

FILM = "a fox trots through a forest, then climbs a ridge, then sleeps in a cave"


async def test_no_i_meant_the_last_one_moves_the_change_and_restores_the_other_shot(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    async with open_studio(valkey_url, tmp_path, KeywordReasoner(), working=False) as studio:
        await studio.send("t", FILM)
        await studio.send("t", "make the second shot foggy")
        turn = await studio.send("t", "no wait, I meant the last one")

        assert [(shot.number, shot.fields) for shot in turn.shots if shot.fields] == [
            (2, ("weather",)),
            (3, ("weather",)),
        ]


async def test_a_mere_nope_after_a_change_takes_it_back(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    async with open_studio(valkey_url, tmp_path, KeywordReasoner(), working=False) as studio:
        first = await studio.send("t", FILM)
        await studio.send("t", "make it night")
        turn = await studio.send("t", "nope")

        assert turn.version
        assert first.version
        assert turn.version.id == first.version.id
