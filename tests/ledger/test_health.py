"""Circuit breakers: a vendor in trouble gets no orders and is tried again with one; refused content says nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from redis.asyncio import Redis

from cutaway.errors import FailureKind, ProviderError
from cutaway.ledger.health import Health, Terms

MODEL = "v:one"
NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
TERMS = Terms(failures=3, window_s=600, open_s=60, account_s=900, longest_s=240, probe_s=300)


@dataclass(slots=True)
class Clock:
    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@dataclass(slots=True)
class Ward:
    """The health of vendors, by a clock of its own."""

    redis: Redis
    clock: Clock = field(default_factory=Clock)
    orders: int = 0

    @property
    def health(self) -> Health:
        return Health(self.redis, terms=TERMS, clock=self.clock)

    async def fails(
        self, *kinds: FailureKind, model: str = MODEL, stage: Any = "order", status: int | None = None, **more: Any
    ) -> None:
        for kind in kinds:
            self.orders += 1
            error = ProviderError("No.", kind=kind, status=status, **more)
            await self.health.failed(model, f"op{self.orders}", error, stage=stage)

    async def why(self) -> dict[str, str]:
        return await self.health.why(self.clock.now)


async def test_a_model_that_fails_again_and_again_gets_no_more_orders_for_a_minute(redis: Redis) -> None:
    ward = Ward(redis)
    await ward.health.taken(MODEL, "good")
    ward.clock.forward(120)
    await ward.fails("capacity", "capacity", status=503)
    assert await ward.why() == {}
    await ward.fails("capacity", status=503)
    assert await ward.why() == {MODEL: "3 of 4 orders failed since 12:02 (503 capacity); tried again at 12:03 UTC"}
    assert await ward.health.admit(MODEL, "next") == 60


async def test_content_refusals_and_wrong_orders_never_count(redis: Redis) -> None:
    ward = Ward(redis)
    await ward.fails("policy", "invalid", "unsupported", "quota", "not_found", "policy", "invalid")
    assert await ward.why() == {}


async def test_failures_long_ago_do_not_count(redis: Redis) -> None:
    ward = Ward(redis)
    await ward.fails("provider", "provider")
    ward.clock.forward(601)
    await ward.fails("provider")
    assert await ward.why() == {}


async def test_a_few_failures_among_many_good_orders_open_nothing(redis: Redis) -> None:
    ward = Ward(redis)
    for number in range(10):
        await ward.health.taken(MODEL, f"good{number}")
    await ward.fails("provider", "provider", "provider", stage="job")
    assert await ward.why() == {}


async def test_a_refused_key_stops_the_whole_account_at_once_and_for_longer(redis: Redis) -> None:
    ward = Ward(redis)
    await ward.fails("auth", status=401)
    assert await ward.why() == {"v": "1 of 1 order failed since 12:00 (401 auth); tried again at 12:15 UTC"}
    assert await ward.health.admit("v:another", "next") == 900


async def test_a_vendor_at_rest_may_be_tried_at_once_when_its_key_was_changed(redis: Redis) -> None:
    ward = Ward(redis)
    await ward.fails("auth", status=401)
    await ward.health.retry_now()
    assert await ward.why() == {}
    assert await ward.health.admit(MODEL, "probe") == 0
    assert await ward.health.admit(MODEL, "other") > 0


async def test_an_empty_account_stops_it_too_and_other_vendors_go_on(redis: Redis) -> None:
    ward = Ward(redis)
    await ward.fails("balance", status=402)
    assert await ward.health.admit("w:one", "next") == 0


async def test_a_vendor_rests_when_several_of_its_models_fail_and_one_model_alone_when_only_it_does(
    redis: Redis,
) -> None:
    ward = Ward(redis)
    await ward.fails("provider", "provider", "provider")
    assert set(await ward.why()) == {MODEL}
    await ward.fails("provider", model="v:two")
    assert set(await ward.why()) == {MODEL, "v"}


async def test_what_a_vendor_asks_to_wait_is_waited_for(redis: Redis) -> None:
    ward = Ward(redis)
    await ward.fails("capacity", "capacity", "capacity", retry_after_s=1_000.0)
    ward.clock.forward(999)
    assert await ward.health.admit(MODEL, "next") == 1
    ward.clock.forward(1)
    assert await ward.health.admit(MODEL, "next") == 0


async def test_after_the_rest_one_order_is_tried_while_others_wait(redis: Redis) -> None:
    ward = Ward(redis)
    await ward.fails("provider", "provider", "provider")
    ward.clock.forward(60)
    assert await ward.why() == {}
    assert await ward.health.admit(MODEL, "probe") == 0
    assert await ward.health.admit(MODEL, "probe") == 0
    assert await ward.health.admit(MODEL, "other") == 15
    assert (await ward.why())[MODEL].endswith("one order is tried now")


async def test_a_probe_that_is_taken_ends_the_rest_of_a_vendor_that_refused_orders(redis: Redis) -> None:
    ward = Ward(redis)
    await ward.fails("provider", "provider", "provider")
    ward.clock.forward(60)
    await ward.health.admit(MODEL, "probe")
    await ward.health.taken(MODEL, "probe")
    assert await ward.health.admit(MODEL, "other") == 0
    assert await ward.why() == {}


async def test_a_vendor_whose_jobs_failed_must_finish_one(redis: Redis) -> None:
    ward = Ward(redis)
    await ward.fails("provider", "provider", "provider", stage="job")
    ward.clock.forward(60)
    await ward.health.admit(MODEL, "probe")
    await ward.health.taken(MODEL, "probe")
    assert await ward.health.admit(MODEL, "other") > 0
    await ward.health.done(MODEL, "probe")
    assert await ward.health.admit(MODEL, "other") == 0


async def test_a_failed_probe_doubles_the_rest_up_to_the_longest(redis: Redis) -> None:
    ward = Ward(redis)
    await ward.fails("provider", "provider", "provider")
    for rest_s in (60, 120, 240, 240):
        assert await ward.health.admit(MODEL, "x") == rest_s
        ward.clock.forward(rest_s)
        assert await ward.health.admit(MODEL, "probe") == 0
        await ward.health.failed(MODEL, "probe", ProviderError("Still no."), stage="order")


async def test_a_probe_that_is_refused_for_its_content_makes_room_for_another(redis: Redis) -> None:
    ward = Ward(redis)
    await ward.fails("provider", "provider", "provider")
    ward.clock.forward(60)
    await ward.health.admit(MODEL, "probe")
    await ward.health.failed(MODEL, "probe", ProviderError("Not that.", kind="policy"), stage="order")
    assert await ward.health.admit(MODEL, "other") == 0


async def test_a_probe_nobody_hears_of_again_makes_room_after_a_while(redis: Redis) -> None:
    ward = Ward(redis)
    await ward.fails("provider", "provider", "provider")
    ward.clock.forward(60)
    await ward.health.admit(MODEL, "probe")
    ward.clock.forward(TERMS.probe_s)
    assert await ward.health.admit(MODEL, "other") == 0


async def test_a_server_that_is_away_stops_no_order() -> None:
    nowhere: Redis = Redis.from_url("unix:///nowhere/v.sock", decode_responses=True)
    health = Health(nowhere)
    assert await health.admit(MODEL, "op") == 0
    await health.failed(MODEL, "op", ProviderError("No."), stage="order")
    await nowhere.aclose()


MOVES = st.one_of(
    st.tuples(st.just("admit"), st.integers(0, 3)),
    st.tuples(st.just("taken"), st.integers(0, 3)),
    st.tuples(st.just("done"), st.integers(0, 3)),
    st.tuples(st.just("failed"), st.integers(0, 3)),
    st.tuples(st.just("policy"), st.integers(0, 3)),
    st.tuples(st.just("wait"), st.integers(1, 130)),
)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(MOVES, max_size=40))
async def test_whatever_happens_an_open_breaker_lets_nothing_out_and_a_half_open_one_lets_out_one(
    redis: Redis, moves: list[tuple[str, int]]
) -> None:
    await redis.flushall()
    ward = Ward(redis)
    health = ward.health
    probe: str | None = None
    for move, number in moves:
        name = f"op{number}"
        before = (await ward.why()).get(MODEL, "")
        resting = "tried again" in before
        stored = await redis.hexists("cutaway:breakers", MODEL)
        match move:
            case "admit":
                wait_s = await health.admit(MODEL, name)
                if resting:
                    assert wait_s > 0
                elif "one order is tried now" in before:
                    assert (wait_s == 0) == (name == probe)
                else:
                    assert wait_s == 0
                    probe = name if stored else None
            case "taken":
                await health.taken(MODEL, name)
            case "done":
                await health.done(MODEL, name)
                if stored and name == probe and not resting and before:
                    assert not await redis.hexists("cutaway:breakers", MODEL)
            case "failed":
                await health.failed(MODEL, name, ProviderError("No."), stage="job")
                if stored and name == probe and "one order is tried now" in before:
                    assert "tried again" in (await ward.why())[MODEL]
            case "policy":
                await health.failed(MODEL, name, ProviderError("No.", kind="policy"), stage="job")
                assert ("tried again" in (await ward.why()).get(MODEL, "")) == resting
            case _:
                ward.clock.forward(number)
