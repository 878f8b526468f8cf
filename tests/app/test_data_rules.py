"""What may not leave the house is not shown to a reasoner elsewhere, and shots made of it go to no vendor."""

from __future__ import annotations

from pathlib import Path

import pytest
from redis.asyncio import Redis

from app.test_orchestrator import FILM
from cutaway import RoutingPolicy
from cutaway.conversation.attachments import Attachment
from cutaway.conversation.plan import TurnPlan
from cutaway.errors import RoutingError
from cutaway.routing.conditions import MayLeave
from cutaway.testing import FakeProvider
from fakes import FlatArtist, Scripted, open_studio

NOTES = b"The launch is on 3 May.\nThe fox is red.\n"
TALK = TurnPlan(intent="answer", reply="Fine.")
CITING = FILM.model_copy(
    update={"shots": (FILM.shots[0].model_copy(update={"sources": ("plan.md:1",)}), FILM.shots[1])}
)


@pytest.mark.parametrize(("may_leave", "lines"), [("nowhere", 0), ("reasoner", 2), ("vendors", 2)])
async def test_a_reasoner_elsewhere_sees_only_what_may_leave(
    redis: Redis, valkey_url: str, tmp_path: Path, may_leave: MayLeave, lines: int
) -> None:
    reasoner = Scripted(TALK)
    async with open_studio(valkey_url, tmp_path, reasoner, working=False) as studio:
        await studio.attach("t", [Attachment(name="plan.md", data=NOTES, may_leave=may_leave)])
        await studio.send("t", "when is the launch?")
        assert len(reasoner.seen[0].context) == lines


async def test_a_shot_that_cites_a_private_source_is_made_here_although_a_vendor_is_preferred(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    here, away = FlatArtist("here", "0.20"), FakeProvider("away")
    policy = RoutingPolicy(prefer=("away:*",), mix_looks=True)
    async with open_studio(valkey_url, tmp_path, Scripted(), here, away, policy=policy, working=False) as studio:
        await studio.attach("t", [Attachment(name="plan.md", data=NOTES, may_leave="reasoner")])
        quote = await studio.quote("t", CITING)
        assert [shot.model and shot.model.partition(":")[0] for shot in quote.shots] == ["here", "away"]
        said = {out.model: out.reason for out in quote.decisions["s1"].rejections}
        assert any("may leave to: reasoner" in reason for reason in said.values())


async def test_without_anybody_here_such_a_shot_is_refused_and_says_why(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    async with open_studio(valkey_url, tmp_path, Scripted(), FakeProvider("away"), working=False) as studio:
        await studio.attach("t", [Attachment(name="plan.md", data=NOTES, may_leave="nowhere")])
        with pytest.raises(RoutingError, match="may leave to: nowhere"):
            await studio.quote("t", CITING)
