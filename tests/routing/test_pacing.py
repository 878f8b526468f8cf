"""What is left over of a plan's month buys better quality, and never what the rest of the month needs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cutaway.routing import Budgets, Candidate, Conditions, RoutingDecision, RoutingPolicy, route
from cutaway.routing.pacing import Month, Offer, better, spare_usd
from cutaway.routing.plan import Plan
from cutaway.routing.typical import typical_orders
from routing.catalog import candidate

SHOT = next(one.request for one in typical_orders() if one.name == "5 s, 720p")
EDIT = next(one.request for one in typical_orders() if one.name == "edit of 5 s, 720p")
LATE = datetime(2026, 11, 23, 12, tzinfo=UTC)
EARLY = datetime(2026, 11, 1, 12, tzinfo=UTC)
MODELS = (
    candidate("mid:fast", "0.02", elo=1360),
    candidate("mid:poor-bargain", "0.30", elo=1370),
    candidate("top:cine", "0.35", elo=1500),
)
TWENTY = Decimal(20)


def policy(pace: float | None = 1, objective: str = "accepted_cost", **more: object) -> RoutingPolicy:
    plan = Plan(name="twenty", price_usd=TWENTY, included_clips=20, clip_seconds=5, pace=pace)
    wide = Budgets(per_clip_usd=Decimal(5), per_turn_usd=Decimal(5))
    return RoutingPolicy.model_validate(
        {"name": "twenty", "plan": plan, "budgets": wide, "objective": objective} | more
    )


def decided(
    left_usd: str, now: datetime = LATE, under: RoutingPolicy | None = None, models: tuple[Candidate, ...] = MODELS
) -> RoutingDecision:
    moment = Conditions(now=now, month=Month(TWENTY, Decimal(left_usd)))
    return route(SHOT, models, under or policy(), moment)


def test_what_is_left_over_buys_the_better_model_and_the_decision_says_so() -> None:
    found = decided("14.20")
    assert [one.model for one in found.ranked] == ["top:cine", "mid:fast", "mid:poor-bargain"]
    assert found.chosen.why == (
        "$14.20 of $20.00 is left with 8 days to go, more than the month's pace needs: better quality "
        "(a rating of 1500) is worth $1.105 a kept second more"
    )


@pytest.mark.parametrize(
    ("left_usd", "now"),
    [("5.10", LATE), ("20", EARLY), ("0", LATE)],
    ids=["the pace needs it", "the month has just begun", "nothing is left"],
)
def test_what_the_rest_of_the_month_needs_is_kept(left_usd: str, now: datetime) -> None:
    assert decided(left_usd, now).chosen.model == "mid:fast"


def test_a_pace_under_one_spends_earlier() -> None:
    assert decided("10", under=policy(1)).chosen.model == "mid:fast"
    assert decided("10", under=policy(0.5)).chosen.model == "top:cine"


@pytest.mark.parametrize(
    "under",
    [policy(None), policy(objective="price"), policy(plan=None), policy(prefer=("mid:fast",))],
    ids=["no pace", "another objective", "no plan", "a list of the policy"],
)
def test_nothing_changes_unless_the_policy_lets_it(under: RoutingPolicy) -> None:
    without = route(SHOT, MODELS, under, Conditions(now=LATE))
    assert decided("20", under=under) == without
    assert without.chosen.model == "mid:fast"


def test_drafts_and_edits_are_never_dearer_for_what_is_left_over() -> None:
    moment = Conditions(now=LATE, month=Month(TWENTY, TWENTY))
    editors = tuple(
        candidate(name, usd, elo=elo, operations=("edit",), input_roles=("source_video",))
        for name, usd, elo in (("mid:fast", "0.02", 1360), ("top:cine", "0.35", 1500))
    )
    assert route(EDIT, editors, policy(), moment).chosen.model == "mid:fast"
    drafts = tuple(
        candidate(name, usd, elo=elo, stages=("draft",))
        for name, usd, elo in (("mid:fast", "0.02", 1360), ("top:cine", "0.35", 1500))
    )
    draft = SHOT.model_copy(update={"stage": "draft"})
    assert route(draft, drafts, policy(), moment).chosen.model == "mid:fast"


def test_a_revised_shot_keeps_the_look_it_has() -> None:
    moment = Conditions(now=LATE, month=Month(TWENTY, TWENTY), made_by="mid:fast")
    assert route(SHOT, MODELS, policy(), moment).chosen.model == "mid:fast"


def test_no_limit_is_passed_for_better_quality() -> None:
    moment = Conditions(now=LATE, month=Month(TWENTY, TWENTY), clip_limit_usd=Decimal("1.60"))
    assert route(SHOT, MODELS, policy(), moment).chosen.model == "mid:poor-bargain"
    assert route(SHOT, MODELS, policy(), replace(moment, clip_limit_usd=Decimal(1))).chosen.model == "mid:fast"


def test_a_model_under_the_line_between_two_others_is_no_bargain_at_any_price_of_money() -> None:
    offers = (Offer(1, 1360), Offer(10, 1370), Offer(11, 1500))
    assert better(offers, Decimal("10.5")) == 0
    assert better(offers, Decimal(11)) == 2


def test_what_is_spare_is_shared_by_the_shots_that_are_ordered_together() -> None:
    middle = datetime(2026, 11, 16, tzinfo=UTC)
    assert spare_usd(Month(TWENTY, Decimal(16)), 1, middle) == 6
    assert spare_usd(Month(TWENTY, Decimal(16), shots=3), 1, middle) == 2
    assert spare_usd(Month(TWENTY, Decimal(16)), 0.5, middle) == 11
    with pytest.raises(ValueError, match="at least 1 shot, not 0"):
        Month(TWENTY, TWENTY, shots=0)


@given(
    st.lists(st.tuples(st.floats(0, 50), st.floats(900, 1600)), min_size=1, max_size=12),
    st.decimals(0, 60, allow_nan=False, places=2),
    st.decimals(0, 60, allow_nan=False, places=2),
)
def test_more_money_never_buys_less_and_nothing_beyond_it_is_chosen(
    pairs: list[tuple[float, float]], one: Decimal, two: Decimal
) -> None:
    offers = [Offer(usd, elo) for usd, elo in pairs]
    low, high = (better(offers, spare) for spare in sorted((one, two)))
    assert offers[high].worth >= offers[low].worth >= offers[0].worth
    assert low == 0 or offers[low].usd <= min(one, two)
