"""What a person is shown of money and of failure: the question first, then what was charged, and the exit status."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from cli.machine import Machine
from cutaway import Orchestrator, Shot, Storyboard, TurnPlan
from cutaway.cli.chat import Conversation, follow
from cutaway.cli.frame import Terminal
from cutaway.errors import MediaError
from cutaway.settings import load_settings
from fakes import FlatArtist, HereQueue, Scripted

pytestmark = pytest.mark.slow

FILM = TurnPlan(
    intent="make",
    storyboard=Storyboard(shots=(Shot(id="s1", action="waits", duration_s=1, seed=1),)),
    reply="Here it comes.",
    decision="video",
)


class LateQueue:
    """A queue that is told what to hand the work to once the studio is open."""

    target: HereQueue | None = None

    async def wake(self, operations: object) -> None:
        assert self.target is not None
        await self.target.wake(operations)  # type: ignore[arg-type]


@asynccontextmanager
async def conversation(
    machine: Machine, artist: FlatArtist, *plans: TurnPlan, **environment: str
) -> AsyncIterator[Conversation]:
    settings = load_settings(machine.environment(**environment), cwd=machine.home)
    queue = LateQueue()
    async with Orchestrator.open(
        settings=settings, providers=[artist], reasoner=Scripted(*plans), queue=queue, worker=False
    ) as studio:
        queue.target = HereQueue(studio.ledger, studio.store, {artist.name: artist}, Path(machine.home, "scratch"))
        yield Conversation(Terminal(), studio, "t")


async def say(talk: Conversation, text: str, *, approved: bool = False) -> None:
    after = await talk.studio.event_log.last_id(talk.thread)
    await follow(talk, await talk.studio.send(talk.thread, text, approved=approved), after=after)


async def test_a_price_is_asked_before_anything_is_made_and_told_after(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    artist = FlatArtist(usd_per_s="0.05")
    async with conversation(machine, artist, FILM, TurnPlan(intent="approve")) as talk:
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


async def test_a_yes_given_beforehand_is_not_asked_for(machine: Machine) -> None:
    async with conversation(machine, FlatArtist(usd_per_s="0.05"), FILM) as talk:
        await say(talk, "a fox", approved=True)
        assert talk.turns[-1]["quote_state"] == "approved"
        assert talk.turns[-1]["version"]["state"] == "ready"


async def test_a_budget_without_room_is_status_3(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    artist = FlatArtist(usd_per_s="0.05")
    async with conversation(machine, artist, FILM, CUTAWAY_THREAD_USD="0.01") as talk:
        await say(talk, "a fox", approved=True)
        assert talk.status == 3
        assert artist.rendered == []
        assert "error: The thread budget has $0.01 left" in capsys.readouterr().err


async def test_a_film_that_fails_says_why_and_is_status_4(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    artist = FlatArtist(fails=MediaError("The paper tore.", fix="Use thicker paper."))
    async with conversation(machine, artist, FILM) as talk:
        await say(talk, "a fox")
        assert talk.status == 4
        told = capsys.readouterr()
        assert "error: The paper tore." in told.err
        assert "fix: Use thicker paper." in told.err
        assert "v1 could not be made" in told.out
        (failure,) = talk.turns[-1]["details"]["failures"]
        assert failure["shot_id"] == "s1"
        assert failure["code"] == "media"
