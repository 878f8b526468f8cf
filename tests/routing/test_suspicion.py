"""The router asks only suspects why they may not be used now; whom it asks changes nothing about what it finds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from cutaway.contract import Brief, GenerationRequest, ModelProfile, Price, Size
from cutaway.errors import RoutingError
from cutaway.routing import Candidate, Conditions, RoutingPolicy, route

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
names = st.sampled_from(["v0", "v1", "v2", "v0:m0", "v1:m1"])


@st.composite
def markets(draw: st.DrawFn) -> list[Candidate]:
    made = []
    for number in range(draw(st.integers(1, 6))):
        provider = f"v{draw(st.integers(0, 2))}"
        usd = Decimal(draw(st.integers(0, 30))) / 100
        profile = ModelProfile(
            id=f"m{number}",
            title="made up",
            price=Price(usd_per_s=usd, source="made up", as_of=date(2026, 11, 1)),
            max_prompt_chars=draw(st.sampled_from([5, 50])),
            speed_s_per_s=draw(st.sampled_from([None, 20000.0])),
            retires_on=draw(st.sampled_from([None, date(2026, 11, 21)])),
        )
        made.append(Candidate(f"{provider}:m{number}", provider, profile, local=False))
    return made


@given(
    markets(),
    st.dictionaries(names, st.just("its breaker is open"), max_size=2),
    st.dictionaries(names, st.integers(0, 5), max_size=2),
    st.dictionaries(names, st.integers(0, 100).map(lambda cents: Decimal(cents) / 100), max_size=2),
    st.none() | st.integers(0, 100).map(lambda cents: Decimal(cents) / 100),
)
def test_asking_every_model_finds_the_same_reasons(
    market: list[Candidate],
    unhealthy: dict[str, str],
    busy: dict[str, int],
    left: dict[str, Decimal],
    left_usd: Decimal | None,
) -> None:
    few = Conditions(
        now=NOW, unhealthy=unhealthy, in_flight=busy, provider_left_usd=left, left_usd=left_usd,
    )  # fmt: skip
    # A deadline years away rules nothing out, but makes the router ask about everyone.
    everyone = replace(few, deadline=NOW + timedelta(days=3650))
    assert found(market, few) == found(market, everyone)


def found(market: list[Candidate], conditions: Conditions) -> object:
    order = GenerationRequest(brief=Brief(prompt="a fox"), duration_s=4, size=Size(width_px=848, height_px=480))
    try:
        return route(order, market, RoutingPolicy(max_in_flight=3), conditions)
    except RoutingError as refused:
        return refused.rejections
