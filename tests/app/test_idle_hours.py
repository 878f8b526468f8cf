"""Orders that may wait get places of their own in our machines' idle hours, by their deadlines, and people are told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from redis.asyncio import Redis

from app.test_later import POLICY, Machine
from app.test_orchestrator import FILM
from cutaway import Orchestrator, RoutingPolicy, TurnPlan, TurnResult, load_settings
from fakes import FlatArtist, HereQueue, Scripted

# Years ahead: the ledger's own clock lets nothing begin before, whatever the studio's says.
NOON = datetime(2031, 11, 25, 12, tzinfo=UTC)
NIGHT = NOON.replace(hour=22)
TOMORROW = NOON + timedelta(hours=24)


class Clock:
    """A clock that stands until it is told to move."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@asynccontextmanager
async def studio_of(
    redis_url: str, folder: Path, *artists: FlatArtist, clock: Clock | None = None, policy: RoutingPolicy = POLICY
) -> AsyncIterator[Orchestrator]:
    """A studio with one GPU that nobody listens to now, and that is idle from 22:00 on."""
    pool = "{kind: queue, queue: 'gpu:0', idle: night}"
    (folder / "cutaway.yaml").write_text(f"providers: {{gpu: {{adapter: sketch, pool: {pool}}}}}\n", encoding="utf-8")
    environ = {
        "CUTAWAY_DATA_DIR": str(folder / "data"),
        "CUTAWAY_RUNTIME_DIR": str(folder / "run"),
        "CUTAWAY_REDIS_URL": redis_url,
    }
    artists = artists or (Machine("gpu", "0"),)
    async with Orchestrator.open(
        settings=load_settings(environ, cwd=folder),
        providers=artists,
        reasoner=Scripted(),
        queue=HereQueue(*artists),
        policy=policy,
        clock=clock or Clock(),
    ) as studio:
        yield studio


def film(name: str) -> TurnPlan:
    """Two shots of a second each, a minute of machine time apiece; no two names share a clip."""
    shots = tuple(shot.model_copy(update={"action": f"{shot.action} {name}"}) for shot in FILM.shots)
    return TurnPlan(intent="make", storyboard=FILM.model_copy(update={"shots": shots}), decision="video")


async def send(studio: Orchestrator, name: str, needed_by: datetime, tenant: str | None = None) -> TurnResult:
    return await studio.send(name, film(name), stage="final", needed_by=needed_by, tenant=tenant)


async def begins(studio: Orchestrator, turn: TurnResult) -> list[int]:
    """The minutes after 22:00 at which a film's shots begin, as the ledger has it now."""
    found = [await studio.ledger.get(shot.operation_id or "") for shot in turn.shots]
    return [round((one.not_before - NIGHT).total_seconds() / 60) for one in found if one.not_before]


def told(turn: TurnResult) -> list[int]:
    return [round((shot.not_before - NIGHT).total_seconds() / 60) for shot in turn.shots if shot.not_before]


async def test_two_orders_that_may_wait_never_have_the_same_hour(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    async with studio_of(valkey_url, tmp_path) as studio:
        first = await send(studio, "a", TOMORROW)
        second = await send(studio, "b", TOMORROW)
        theirs = await send(studio, "c", TOMORROW, tenant="other")
        assert [told(turn) for turn in (first, second, theirs)] == [[0, 1], [2, 3], [4, 5]]
        assert [await begins(studio, turn) for turn in (first, second, theirs)] == [[0, 1], [2, 3], [4, 5]]
    assert "from 2031-11-25 22:02 UTC on, when our own machines are idle, and done by about 2031-11-25 22:04 UTC" in (
        second.reply
    )


async def test_an_earlier_deadline_goes_first_and_what_waited_still_comes_in_time(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    async with studio_of(valkey_url, tmp_path) as studio:
        patient = await send(studio, "a", TOMORROW)
        urgent = await send(studio, "b", NIGHT + timedelta(minutes=3))
        assert told(urgent) == [0, 1]
        assert await begins(studio, patient) == [2, 3]
        status = await studio.send("a", TurnPlan(intent="status"))
    assert "waits until 2031-11-25 22:02 UTC" in status.reply


async def test_what_was_promised_is_not_given_up_for_a_later_order_that_is_offered_now_at_its_price(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    async with studio_of(valkey_url, tmp_path, Machine("gpu", "0"), FlatArtist("api", "0.10")) as studio:
        promised = await send(studio, "a", NIGHT + timedelta(minutes=2, seconds=30))
        offered = await send(studio, "b", NIGHT + timedelta(minutes=1, seconds=30))
        assert await begins(studio, promised) == [0, 1]
    assert (offered.quote_state, [shot.model for shot in offered.shots]) == ("pending", ["api:one"] * 2)
    assert "It is made now by api:one, for at most $0.20: gpu:one has no idle hour left before 22:01 UTC." in (
        offered.reply
    )


async def test_without_anybody_else_the_refusal_says_that_the_hours_are_taken(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    async with studio_of(valkey_url, tmp_path) as studio:
        await send(studio, "a", NIGHT + timedelta(minutes=2))
        refused = await send(studio, "b", NIGHT + timedelta(minutes=1))
    assert refused.version is None
    assert "gpu:one: has no idle hour left before 22:01 UTC" in refused.reply


async def test_a_yes_that_comes_late_is_laid_anew(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    async with studio_of(valkey_url, tmp_path, Machine("gpu", "0.01")) as studio:
        asked = await send(studio, "a", TOMORROW)
        assert (asked.quote_state, told(asked)) == ("pending", [0, 1])
        await studio.send("b", film("b"), stage="final", needed_by=TOMORROW, approved=True)
        made = await studio.send("a", TurnPlan(intent="approve"))
        assert told(made) == [2, 3]
        assert await begins(studio, made) == [2, 3]


async def test_what_is_stopped_leaves_its_hour_to_the_next(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    async with studio_of(valkey_url, tmp_path) as studio:
        first = await send(studio, "a", TOMORROW)
        await studio.send("a", TurnPlan(intent="decline"))
        second = await send(studio, "b", TOMORROW)
    assert (told(first), told(second)) == ([0, 1], [0, 1])


async def test_a_rule_can_keep_work_from_waiting(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    rule = {"name": "ads", "when": {"tag": ["ad"]}, "then": {"wait_for_idle": False}}
    policy = RoutingPolicy.model_validate(POLICY.model_dump(mode="json") | {"rules": [rule]})
    artists = (Machine("gpu", "0"), FlatArtist("spare", "0"))
    async with studio_of(valkey_url, tmp_path, *artists, policy=policy) as studio:
        waits = await send(studio, "a", TOMORROW)
        ad = await studio.send("b", film("b"), stage="final", needed_by=TOMORROW, tags=("ad",))
    assert (told(waits), told(ad)) == ([0, 1], [])
    assert [shot.model for shot in ad.shots] == ["spare:one"] * 2


async def test_the_hours_of_the_next_night_are_used_when_this_one_is_full(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    short = POLICY.model_copy(update={"peak": (POLICY.peak[0].model_copy(update={"hours": "22:00-22:03"}),)})
    async with studio_of(valkey_url, tmp_path, policy=short) as studio:
        first = await send(studio, "a", NOON + timedelta(days=3))
        second = await send(studio, "b", NOON + timedelta(days=3))
    assert (told(first), told(second)) == ([0, 1], [2, 24 * 60])
