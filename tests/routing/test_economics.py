"""A plan never sells at a loss and keeps its promises; and the arithmetic that such plans are measured by."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cutaway.routing.economics import (
    allowed_usd,
    clips_for,
    clips_left,
    gpus_busy,
    sells_under_cost,
    step_now,
    usd_per_gpu_hour,
)
from cutaway.routing.plan import Plan, Step

CLIP = Decimal("1.30")
"""What a 10-second clip cost, by an outside estimate of 2025-11-10."""
TWENTY = Plan(name="creator", price_usd=Decimal(20), included_clips=15)
PEAK_A_DAY = Decimal(15_000_000)


def test_twenty_dollars_make_fifteen_raw_clips_and_the_sixteenth_loses() -> None:
    assert round(clips_for(Decimal(20), CLIP), 2) == Decimal("15.38")
    assert 15 * CLIP <= 20 < 16 * CLIP == Decimal("20.80")
    assert sells_under_cost(TWENTY, CLIP) == ""
    assert sells_under_cost(TWENTY.model_copy(update={"included_clips": 16}), CLIP) == (
        "the plan 'creator' includes 16 clips, which cost at least $20.80 at $1.30 a clip; it has $20.00: "
        "clip 16 would be sold at a loss"
    )


def test_at_four_generations_a_kept_clip_they_are_under_four() -> None:
    assert round(clips_for(Decimal(20), CLIP) / 4, 1) == Decimal("3.8")


def test_forty_minutes_at_that_price_are_a_dollar_ninety_five_an_h100_hour() -> None:
    assert usd_per_gpu_hour(CLIP, Decimal(40)) == Decimal("1.95")


def test_the_daily_peak_would_keep_three_hundred_and_twenty_thousand_h100s_busy() -> None:
    assert round(gpus_busy(PEAK_A_DAY, CLIP, Decimal(40)), -4) == 320_000
    assert round(gpus_busy(Decimal(1_000_000), CLIP, Decimal(40)), -3) == 21_000


def test_the_daily_peak_is_the_clips_of_a_quarter_of_the_users() -> None:
    clips = Decimal(4_500_000) / 4 * 10
    assert clips == 11_250_000
    assert round(clips * CLIP, -6) == PEAK_A_DAY


def test_a_day_of_the_peak_costs_seven_times_the_lifetime_revenue() -> None:
    assert round(PEAK_A_DAY / Decimal(2_100_000), 1) == Decimal("7.1")


def test_the_chat_can_say_how_many_clips_are_left() -> None:
    left = clips_left(TWENTY, spent_usd=Decimal("7.80"), used_clips=6, clip_cost_usd=CLIP)
    assert (str(left), left.ends_with) == ("9 clips left", "included")
    assert left.usd == Decimal("12.20")


def test_dear_clips_end_with_the_money() -> None:
    left = clips_left(TWENTY, spent_usd=Decimal(18), used_clips=3, clip_cost_usd=CLIP)
    assert (str(left), left.ends_with) == ("1 clip left", "money")
    assert str(clips_left(TWENTY, spent_usd=Decimal(20), clip_cost_usd=CLIP)) == "no clips left"


def test_free_clips_end_with_what_is_included() -> None:
    left = clips_left(TWENTY, spent_usd=Decimal(25), used_clips=10, clip_cost_usd=Decimal(0))
    assert (left.clips, left.usd) == (5, Decimal(0))


def test_seconds_count_as_clips_of_the_plans_length() -> None:
    plan = Plan(name="s", price_usd=Decimal(20), included_seconds=120, clip_seconds=10)
    assert clips_left(plan, spent_usd=Decimal(0), used_seconds=35, clip_cost_usd=Decimal("0.10")).clips == 8
    assert allowed_usd(plan, spent_usd=Decimal(19), used_seconds=115) == 1
    assert sells_under_cost(plan, Decimal(2)).startswith("the plan 's' includes 120 s (12 clips of 10 s), which cost")


def test_the_margin_is_never_spent() -> None:
    plan = Plan(name="m", price_usd=Decimal(20), included_clips=10, margin=0.2)
    assert allowed_usd(plan, spent_usd=Decimal(0)) == 16
    assert "after a margin of 20%" in sells_under_cost(plan, Decimal("1.70"))


def test_a_next_clip_leaves_enough_for_those_still_promised() -> None:
    assert allowed_usd(TWENTY, spent_usd=Decimal(10), used_clips=10, cheapest_clip_usd=CLIP) == Decimal("4.80")
    assert allowed_usd(TWENTY, spent_usd=Decimal(10), used_clips=15, cheapest_clip_usd=CLIP) == 0


STEPS = (
    Step(used_share=0.5, max_usd_per_clip=Decimal("0.80"), note="720p from here"),
    Step(used_share=0.9, max_usd_per_clip=Decimal("0.20"), resolution="480p"),
)


@pytest.mark.parametrize(("spent", "cap"), [("9.99", None), ("10", "0.80"), ("17.99", "0.80"), ("18", "0.20")])
def test_the_plan_steps_down_its_published_ladder(spent: str, cap: str | None) -> None:
    plan = TWENTY.model_copy(update={"steps": STEPS})
    step = step_now(plan, Decimal(spent))
    assert (step.max_usd_per_clip if step else None) == (Decimal(cap) if cap else None)
    if cap:
        assert allowed_usd(plan, spent_usd=Decimal(spent), used_clips=1) == Decimal(cap)


@given(
    st.integers(100, 5000),
    st.integers(1, 40),
    st.floats(0, 0.9),
    st.integers(0, 200),
    st.lists(st.integers(0, 400), min_size=1, max_size=60),
)
def test_whoever_obeys_the_limit_spends_no_more_than_the_plan_has_and_gets_every_promised_clip(
    price_cents: int, clips: int, margin: float, cheapest_cents: int, wanted_cents: list[int]
) -> None:
    """Each clip wants some price and gets it if allowed, else the cheapest."""
    plan = Plan(name="p", price_usd=Decimal(price_cents) / 100, included_clips=clips, margin=round(margin, 2))
    cheapest, spent, made = Decimal(cheapest_cents) / 100, Decimal(0), 0
    honest = not sells_under_cost(plan, cheapest)
    for wanted in (Decimal(max(cents, cheapest_cents)) / 100 for cents in wanted_cents[:clips]):
        allowed = allowed_usd(plan, spent_usd=spent, used_clips=made, cheapest_clip_usd=cheapest)
        cost = wanted if wanted <= allowed else cheapest
        if cost > allowed:
            assert not honest
            break
        spent, made = spent + cost, made + 1
    assert spent <= plan.spendable_usd
    if honest:
        assert made == min(clips, len(wanted_cents))
