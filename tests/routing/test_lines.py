"""An account that takes no more orders now is waited for, not ruled out, unless the wait breaks a limit."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cutaway.errors import RoutingError
from cutaway.routing import Budgets, Candidate, Conditions, RoutingPolicy, Speed, route
from cutaway.routing.allocate import Wish, allocate
from cutaway.routing.pacing import Month
from cutaway.routing.plan import Plan
from cutaway.routing.router import decide
from cutaway.routing.typical import order_of
from routing.catalog import NOON, candidate

CHEAP = candidate("v:cheap", "0.02", elo=1300, speed_s_per_s=12)
DEAR = candidate("w:dear", "0.09", elo=1300, speed_s_per_s=6)
SLOW = candidate("u:slow", "0.05", elo=1300, speed_s_per_s=100)
MARKET = (CHEAP, DEAR, SLOW)
FULL = Conditions(now=NOON, in_flight={"v": 2}, max_in_flight={"v": 2})


def ranked(conditions: Conditions, market: tuple[Candidate, ...] = MARKET, **policy: Any) -> list[str]:
    return [one.model for one in route(order_of(), market, RoutingPolicy(**policy), conditions).ranked]


def test_without_a_deadline_what_can_begin_now_goes_before_a_line() -> None:
    assert ranked(FULL) == ["u:slow", "w:dear", "v:cheap"]


def test_with_time_until_the_deadline_a_line_costs_nothing() -> None:
    assert ranked(replace(FULL, deadline=NOON + timedelta(hours=1)))[0] == "v:cheap"


def test_a_line_that_is_too_long_for_the_deadline_says_so() -> None:
    # A clip of 5 s takes 60 s; one of the two under way must end first: 30 s, so 90 s in all.
    decision = route(order_of(), MARKET, RoutingPolicy(), replace(FULL, deadline=NOON + timedelta(seconds=80)))
    assert decision.chosen.model == "w:dear"
    reasons = {one.model: one.reason for one in decision.rejections}
    assert reasons["v:cheap"] == "would be done at 12:01 UTC (30 s of it in line), after 12:01"


def test_a_line_that_is_too_long_for_the_floor_says_so() -> None:
    policy = RoutingPolicy.model_validate({"floors": {"latency_s": 80}})
    reasons = {one.model: one.reason for one in route(order_of(), MARKET, policy, FULL).rejections}
    assert reasons["v:cheap"] == "takes about 90 s, 30 s of it in line; the policy wants 80 s at most"


def test_the_soonest_counts_the_line() -> None:
    deep = replace(FULL, in_flight={"v": 21})
    assert ranked(FULL, objective="latency") == ["w:dear", "v:cheap", "u:slow"]
    assert ranked(deep, objective="latency") == ["w:dear", "u:slow", "v:cheap"]


def test_of_full_accounts_the_shortest_line_is_first() -> None:
    conditions = replace(FULL, in_flight={"v": 5, "w": 1}, max_in_flight={"v": 1, "w": 1})
    assert ranked(conditions, (CHEAP, DEAR)) == ["w:dear", "v:cheap"]


def test_an_unknown_line_is_last_and_never_before_a_deadline() -> None:
    dark = candidate("v:dark", "0.01", elo=1300)
    assert ranked(FULL, (dark, DEAR)) == ["w:dear", "v:dark"]
    with pytest.raises(RoutingError) as refused:
        route(order_of(), [dark], RoutingPolicy(), replace(FULL, deadline=NOON + timedelta(days=1)))
    assert refused.value.rejections == {
        "v:dark": "has 2 orders under way of 2 at most, and nobody knows how long they take"
    }


def test_what_the_policy_lets_an_account_have_at_once_stays_a_limit() -> None:
    decision = route(order_of(), MARKET, RoutingPolicy(max_in_flight=2), FULL)
    reasons = {one.model: one.reason for one in decision.rejections}
    assert reasons == {"v:cheap": "has 2 orders under way, and the policy lets it have 2"}


def test_an_edit_is_not_taken_to_be_as_fast_as_a_new_clip() -> None:
    editor = candidate("v:both", "0.02", operations=("generate", "edit"), input_roles=("source_video",))
    conditions = Conditions(now=NOON, speeds={("v:both", "generate"): Speed(60, 90), ("v:both", "edit"): Speed(5, 9)})
    waits = [
        route(order_of(operation=kind), [editor], RoutingPolicy(), conditions).chosen.expected_wait_s
        for kind in ("generate", "edit")
    ]
    assert waits == [60, 5]


@given(st.integers(0, 30), st.integers(1, 8))
def test_a_longer_line_never_comes_sooner_and_rules_nobody_out(busy: int, most: int) -> None:
    decisions = [
        route(order_of(), MARKET, RoutingPolicy(), replace(FULL, in_flight={"v": n}, max_in_flight={"v": most}))
        for n in (busy, busy + 1)
    ]
    waits = [{one.model: one.expected_wait_s or 0 for one in decision.ranked} for decision in decisions]
    assert [len(one) for one in waits] == [3, 3]
    assert waits[0]["v:cheap"] <= waits[1]["v:cheap"]
    assert (waits[0]["v:cheap"] == 60) == (busy < most)


def test_what_is_left_over_of_a_month_buys_no_place_in_a_line() -> None:
    best = candidate("v:best", "0.10", elo=1500, speed_s_per_s=12)
    plan = Plan(name="twenty", price_usd=Decimal(20), included_clips=20, clip_seconds=5, pace=0.1)
    policy = {"plan": plan, "budgets": Budgets(per_clip_usd=Decimal(5), per_turn_usd=Decimal(5))}
    month = Month(Decimal(20), Decimal(20))
    room = replace(FULL, in_flight={}, month=month)
    assert ranked(room, (CHEAP, SLOW, best), **policy)[0] == "v:best"
    assert ranked(replace(FULL, month=month), (CHEAP, SLOW, best), **policy)[0] == "u:slow"
    later = replace(FULL, month=month, deadline=NOON + timedelta(hours=1))
    assert ranked(later, (CHEAP, SLOW, best), **policy)[0] == "v:best"


def test_a_film_of_one_look_is_made_by_who_can_begin_now() -> None:
    """No model can make both shots but the two that are compared, and the cheaper one's account is full."""
    short = candidate("x:short", "0.01", elo=1300, speed_s_per_s=1, max_duration_s=4)
    wishes = [
        Wish(f"shot {number}", decide(order_of(seconds=seconds), (CHEAP, DEAR, short), RoutingPolicy(), FULL))
        for number, seconds in enumerate((4.0, 5.0), 1)
    ]
    assert [shot.model for shot in allocate(wishes, Decimal(9)).shots] == ["w:dear", "w:dear"]
