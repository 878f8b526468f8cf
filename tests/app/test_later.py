"""Work that can wait goes into our own machines' idle hours, or elsewhere now; the person is told when."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from redis.asyncio import Redis

from app.test_orchestrator import FILM
from cutaway import RoutingPolicy
from cutaway.contract import ModelProfile
from cutaway.conversation.dispatch import dispatch
from cutaway.conversation.keywords import KeywordReasoner
from cutaway.conversation.plan import Situation
from cutaway.conversation.pricing import price
from cutaway.conversation.services import Services
from cutaway.conversation.turn import Quote
from cutaway.jobs.capacity import PoolOptions, Pools
from cutaway.routing.conditions import Pool
from cutaway.routing.windows import Window
from fakes import FlatArtist, Scripted, open_studio

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
NIGHT = datetime(2026, 11, 25, 22, tzinfo=UTC)
POLICY = RoutingPolicy(peak=(Window(name="night", hours="22:00-06:00"),))


class Machine(FlatArtist):
    """Our own GPU: cheap, and known to take a minute for each second of film."""

    def profiles(self) -> tuple[ModelProfile, ...]:
        return (super().profiles()[0].model_copy(update={"speed_s_per_s": 60.0}),)


def busy(services: Services, *, free: int = 0) -> Services:
    async def ask(_: str, __: PoolOptions) -> Pool:
        return Pool(free_slots=free, queued=0 if free else 3)

    pools = Pools({"gpu": PoolOptions(kind="queue", queue="gpu:0", idle="night")}, services.ledger, ask=ask)
    return replace(services, pools=pools, policy=POLICY, clock=lambda: NOON)


async def quoted(services: Services, needed_by: datetime | None) -> Quote:
    return await price(
        services, thread="t", message_id="m", version_id="v", old=None, new=FILM, stage="final", needed_by=needed_by
    )


@pytest.mark.parametrize(
    ("hours", "free", "model", "begins"),
    [
        (24, 0, "gpu:one", NIGHT),
        (2, 0, "api:one", None),
        (24, 1, "gpu:one", None),
    ],
)
async def test_there_is_time_until_tonight_and_the_cheap_machine_is_idle_then(
    redis: Redis, valkey_url: str, tmp_path: Path, hours: int, free: int, model: str, begins: datetime | None
) -> None:
    artists = (Machine("gpu", "0.01"), FlatArtist("api", "0.10"))
    async with open_studio(valkey_url, tmp_path, Scripted(), *artists, working=False) as studio:
        quote = await quoted(busy(studio.services, free=free), NOON + timedelta(hours=hours))
        one_after_another = [begins + timedelta(minutes=n) if begins else None for n in (0, 1)]
        assert [(shot.model, shot.not_before) for shot in quote.shots] == [(model, at) for at in one_after_another]


async def test_without_a_deadline_nothing_waits_for_idle_hours(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    async with open_studio(valkey_url, tmp_path, Scripted(), Machine("gpu", "0.01"), working=False) as studio:
        quote = await quoted(busy(studio.services), None)
        assert [shot.not_before for shot in quote.shots] == [None, None]


async def test_its_operations_wait_until_then(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    async with open_studio(valkey_url, tmp_path, Scripted(), Machine("gpu", "0.01"), working=False) as studio:
        tonight = datetime.now(UTC) + timedelta(hours=3)
        quote = await quoted(busy(studio.services), NOON + timedelta(hours=24))
        shots = tuple(shot.model_copy(update={"not_before": tonight}) for shot in quote.shots)
        done = await dispatch(studio.services, quote.model_copy(update={"shots": shots}), FILM, user="")
        found = [await studio.ledger.get(shot.operation_id or "") for shot in done.shots]
        assert {(one.phase, one.not_before is not None) for one in found} == {("waiting", True)}


@pytest.mark.parametrize(
    ("said", "hours"),
    [
        ("a fox trots through snow, 3 seconds. Tonight is fine", 12.0),
        ("a fox trots through snow, no rush", 24.0),
        ("a fox trots home tonight", None),
    ],
)
async def test_words_that_say_there_is_time_are_understood(said: str, hours: float | None) -> None:
    plan = await KeywordReasoner().plan(Situation(text=said))
    assert (plan.intent, plan.within_h) == ("make", hours)


@pytest.mark.parametrize(
    "said",
    ["a red fox trots through a wood, straight to final", "straight to final: a red fox trots through a wood"],
)
async def test_words_that_ask_for_finals_at_once_are_understood(said: str) -> None:
    plan = await KeywordReasoner().plan(Situation(text=said))
    assert (plan.intent, plan.stage) == ("make", "final")
    assert plan.storyboard
    assert "final" not in plan.storyboard.shots[0].action
