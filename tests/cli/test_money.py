"""What a person is shown of money and of failure: the question first, then what was charged, and the exit status."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from redis.asyncio import Redis

from cutaway import RoutingPolicy, Shot, Storyboard, TurnPlan
from cutaway.cli.chat import Conversation, follow
from cutaway.cli.frame import Terminal
from cutaway.cli.show import version
from cutaway.conversation.turn import VersionView
from cutaway.errors import MediaError
from cutaway.routing import Budgets
from fakes import FlatArtist, Scripted, open_studio

FILM = TurnPlan(
    intent="make",
    storyboard=Storyboard(shots=(Shot(id="s1", action="waits", duration_s=1, seed=1),)),
    reply="Here it comes.",
    decision="video",
)


async def say(talk: Conversation, text: str, *, approved: bool = False) -> None:
    after = await talk.studio.event_log.last_id(talk.thread)
    await follow(talk, await talk.studio.send(talk.thread, text, approved=approved), after=after)


async def test_a_price_is_asked_before_anything_is_made_and_told_after(
    redis: Redis, valkey_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    artist = FlatArtist(usd_per_s="0.05")
    async with open_studio(valkey_url, tmp_path, Scripted(FILM, TurnPlan(intent="approve")), artist) as studio:
        talk = Conversation(Terminal(), studio, "t")
        await say(talk, "a fox")
        asked = capsys.readouterr().out
        assert "$0.05" in asked
        assert "(yes / no)" in asked
        assert artist.rendered == []
        assert talk.turns[-1]["quote_state"] == "pending"

        await say(talk, "yes")
        assert "$0.05 was charged" in capsys.readouterr().out
        assert talk.status == 0
        assert talk.turns[-1]["version"]["charged_usd"] == "0.05"


async def test_a_yes_given_beforehand_is_not_asked_for(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    async with open_studio(valkey_url, tmp_path, Scripted(FILM), FlatArtist(usd_per_s="0.05")) as studio:
        talk = Conversation(Terminal(), studio, "t")
        await say(talk, "a fox", approved=True)
        assert talk.turns[-1]["quote_state"] == "approved"
        assert talk.turns[-1]["version"]["state"] == "ready"


async def test_a_budget_without_room_is_status_3(
    redis: Redis, valkey_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    artist = FlatArtist(usd_per_s="0.05")
    policy = RoutingPolicy(budgets=Budgets(per_thread_usd=Decimal("0.01")))
    async with open_studio(valkey_url, tmp_path, Scripted(FILM), artist, policy=policy) as studio:
        talk = Conversation(Terminal(), studio, "t")
        await say(talk, "a fox", approved=True)
        assert talk.status == 3
        assert artist.rendered == []
        assert "error: The thread budget has $0.01 of $0.01 left" in capsys.readouterr().err


async def test_a_film_that_fails_says_why_and_is_status_4(
    redis: Redis, valkey_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    artist = FlatArtist(fails=MediaError("The paper tore.", fix="Use thicker paper."))
    async with open_studio(valkey_url, tmp_path, Scripted(FILM), artist) as studio:
        talk = Conversation(Terminal(), studio, "t")
        await say(talk, "a fox")
        assert talk.status == 4
        told = capsys.readouterr()
        assert "error: The paper tore." in told.err
        assert "fix: Use thicker paper." in told.err
        assert "v1 could not be made" in told.out
        (failure,) = talk.turns[-1]["details"]["failures"]
        assert failure["shot_id"] == "s1"
        assert failure["code"] == "media"


def test_a_charge_over_the_quote_is_said_with_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    made = VersionView(
        id="v", number=1, parent_id=None, summary="", state="ready", duration_s=3,
        quoted_usd=Decimal("0.06"), charged_usd=Decimal("0.30"),
    )  # fmt: skip
    version(Terminal(), made)
    assert "more than was quoted: a price in the catalog is too low" in " ".join(capsys.readouterr().out.split())
