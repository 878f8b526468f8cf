"""An order that costs more than it may: made smaller and said so, asked about, or refused with the budget's name."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cutaway.contract import Brief, GenerationRequest, InputRef, ModelProfile, Price, Quality, Rate, Size
from cutaway.errors import OverBudgetError, RoutingError
from cutaway.routing import Budgets, Candidate, Conditions, RoutingPolicy
from cutaway.routing.conditions import Budget, Used
from cutaway.routing.downgrade import route_within
from cutaway.routing.policy import Fallbacks, Floors, OnExceed

DAY = date(2026, 11, 20)
NOW = Conditions(now=datetime(2026, 11, 20, 12, tzinfo=UTC))
FULL_HD = Size(width_px=1920, height_px=1080)


def model(name: str, hd: str, *, low: str = "", elo: float = 1364, **more: Any) -> Candidate:
    """A model with one price a second from 720p on, and another below."""
    rates = (
        Rate(resolutions=("360p", "480p"), usd_per_s=Decimal(low or hd)),
        Rate(resolutions=("720p",), usd_per_s=Decimal(hd) / 2),
        Rate(usd_per_s=Decimal(hd)),
    )
    profile = ModelProfile(
        id=name,
        title=name,
        price=Price(rates=rates, source="made up", as_of=DAY),
        quality=Quality(elo=elo, half_interval=10, source="made up", as_of=DAY),
        **{"resolutions": ("360p", "480p", "720p", "1080p")} | more,
    )
    return Candidate(f"v:{name}", "v", profile, local=False)


def order(**more: Any) -> GenerationRequest:
    usual: dict[str, Any] = {"brief": Brief(prompt="a fox"), "duration_s": 8, "size": FULL_HD}
    return GenerationRequest(**(usual | more))


def policy(clip: str = "0.50", on_exceed: OnExceed = "downgrade", **more: Any) -> RoutingPolicy:
    return RoutingPolicy(budgets=Budgets(per_clip_usd=Decimal(clip), on_exceed=on_exceed), **more)


DEAR = model("dear", "0.20", low="0.03", elo=1500, operations=("generate", "edit"), input_roles=("source_video",))
"""8 s: $1.60 at 1080p, $0.80 at 720p, $0.24 at 480p."""
PLAIN = model("plain", "0.05", low="0.05", elo=1100)


def test_an_order_that_fits_is_left_alone() -> None:
    found = route_within(order(), [DEAR], policy("2.00"), NOW)
    assert (found.request, found.note, found.decision.ask) == (order(), "", "")
    assert found.decision.chosen.notes == ()


def test_the_next_lower_resolution_that_fits_is_taken_and_disclosed() -> None:
    found = route_within(order(), [DEAR], policy("0.90"), NOW)
    assert found.request.size == Size(width_px=1280, height_px=720)
    assert found.request.duration_s == 8
    assert found.note == (
        "v:dear would be chosen, but can cost $1.60; the clip limit is $0.90: 1280x720 instead of 1920x1080, "
        "for $0.80 at most"
    )
    assert found.decision.chosen.notes == (found.note,)
    assert found.decision.chosen.ordered is not None
    assert found.decision.chosen.ordered.size == found.request.size


def test_the_house_gets_its_own_size_at_480p() -> None:
    found = route_within(order(), [DEAR], policy("0.30"), NOW)
    assert found.request.size == Size(width_px=848, height_px=480)


def test_a_floor_of_the_policy_is_where_lower_resolutions_end() -> None:
    with pytest.raises(RoutingError, match=r"the clip limit is \$0\.30, and nothing smaller fits either"):
        route_within(order(), [DEAR], policy("0.30", floors=Floors(resolution="720p")), NOW)


def test_a_floor_under_480p_allows_less_than_480p() -> None:
    tiny = model("tiny", "0.20", low="0.03", resolutions=("360p",))
    dear = model("dear", "0.20", low="0.10")
    found = route_within(order(), [tiny, dear], policy("0.25", floors=Floors(resolution="360p")), NOW)
    assert found.request.size == Size(width_px=640, height_px=360)
    assert found.decision.chosen.model == "v:tiny"
    with pytest.raises(RoutingError, match="nothing smaller fits"):
        route_within(order(), [tiny, dear], policy("0.25"), NOW)


def test_shorter_lengths_follow_only_where_the_policy_allows_them() -> None:
    longer = policy("0.20", fallbacks=Fallbacks(shorter=True))
    found = route_within(order(), [DEAR], longer, NOW)
    assert (found.request.duration_s, found.request.size.height_px) == (6, 480)
    assert "848x480 instead of 1920x1080 and 6 s instead of 8 s" in found.note
    with pytest.raises(RoutingError, match="nothing smaller fits"):
        route_within(order(), [DEAR], policy("0.20"), NOW)


def test_lengths_are_those_that_models_make() -> None:
    fixed = model("fixed", "0.20", low="0.03", durations_s=(4.0, 8.0))
    found = route_within(order(), [fixed], policy("0.20", fallbacks=Fallbacks(shorter=True)), NOW)
    assert found.request.duration_s == 4


def test_an_edit_is_never_made_shorter_than_what_it_edits() -> None:
    clip = InputRef(sha256="0" * 64, role="source_video", media_type="video/mp4", duration_s=8)
    edit = order(operation="edit", inputs=(clip,))
    with pytest.raises(RoutingError, match="nothing smaller fits"):
        route_within(edit, [DEAR], policy("0.20", fallbacks=Fallbacks(shorter=True)), NOW)


def test_a_cheaper_model_that_makes_the_whole_order_goes_before_a_smaller_order() -> None:
    found = route_within(order(), [DEAR, PLAIN], policy("0.50"), NOW)
    assert found.request == order()
    assert found.decision.chosen.model == "v:plain"
    assert found.note.endswith("v:plain makes it instead, for $0.40 at most")
    assert found.decision.ask == ""


def test_ask_takes_what_fits_and_waits_for_a_yes() -> None:
    found = route_within(order(), [DEAR], policy("0.90", "ask"), NOW)
    assert found.decision.ask == found.note
    assert found.note.startswith("v:dear would be chosen, but can cost $1.60; the clip limit is $0.90")


def test_deny_refuses_and_names_the_budget() -> None:
    with pytest.raises(RoutingError, match=r"can cost \$1\.60; the clip limit is \$0\.90, and the policy denies") as no:
        route_within(order(), [DEAR, PLAIN], policy("0.90", "deny"), NOW)
    assert no.value.rejections == {"v:dear": "can cost $1.60; the clip limit is $0.90"}


def test_deny_lets_an_order_through_that_fits() -> None:
    assert route_within(order(), [DEAR], policy("1.60", "deny"), NOW).decision.chosen.model == "v:dear"


@pytest.mark.parametrize(
    ("moment", "plan_usd", "named"),
    [
        ({"left_usd": Decimal("0.30")}, None, "$0.30 are left of the budget"),
        ({"provider_left_usd": {"v": Decimal("0.30")}}, None, "$0.30 are left this month at v"),
        ({"clip_limit_usd": Decimal("0.30")}, None, "the clip limit is $0.30"),
        ({}, Decimal("0.30"), "the plan's limit for this clip is $0.30"),
    ],
)
def test_the_limit_that_is_exceeded_is_named(moment: dict[str, Any], plan_usd: Decimal | None, named: str) -> None:
    conditions = Conditions(now=NOW.now, **moment)
    found = route_within(order(), [DEAR], policy("5.00"), conditions, plan_usd=plan_usd)
    assert named in found.note
    assert found.decision.chosen.most_usd == Decimal("0.24")


OUTLINER = Candidate(
    "here:pen", "here",
    ModelProfile(id="pen", title="pen", stages=("animatic",), price=Price(source="made up", as_of=DAY)), local=True,
)  # fmt: skip


@pytest.mark.parametrize(
    ("moment", "level", "words"),
    [
        (
            {"left_usd": Decimal("0.2"), "tightest": Budget("thread", Decimal(5))},
            "thread",
            "$0.20 are left of the thread budget of $5.00, and no final fits it",
        ),
        (
            {"provider_left_usd": {"v": Decimal("0.2")}, "provider_limit_usd": {"v": Decimal(20)}},
            "provider-month",
            "$0.20 are left this month at v of the provider-month budget of $20.00, and no final fits it",
        ),
        ({"clip_limit_usd": Decimal("0.2")}, "clip", "the clip limit is $0.20, and no final fits it"),
    ],
)
def test_an_outline_in_place_of_a_final_says_which_budget_refuses_the_final(
    moment: dict[str, Any], level: str, words: str
) -> None:
    found = route_within(order(), [DEAR, OUTLINER], policy("5.00"), Conditions(now=NOW.now, **moment))
    assert found.decision.chosen.model == "here:pen"
    assert found.refused is not None
    assert words in found.refused.message
    assert (found.refused.budget, found.refused.headroom_micro, found.refused.exit_code) == (level, 200_000, 3)
    assert found.refused.about("Shot 2").data()["needed_micro"] == 1_600_000


def test_what_is_denied_for_money_is_over_a_budget() -> None:
    with pytest.raises(OverBudgetError) as no:
        route_within(order(), [DEAR, PLAIN], policy("0.90", "deny"), NOW)
    assert (no.value.budget, no.value.code, no.value.needed_micro) == ("clip", "budget", 1_600_000)


@pytest.mark.parametrize(
    ("used", "fix"),
    [
        (Used(), "or raise that limit in the policy."),
        (Used(lowered_usd=Decimal("0.20")), "`cutaway budget set thread policy`."),
        (
            Used(lowered_usd=Decimal("0.20"), lowered_for="my film"),
            "`cutaway budget set thread policy --who 'my film'`.",
        ),
    ],
)
def test_a_limit_that_people_lowered_is_raised_where_they_lowered_it(used: Used, fix: str) -> None:
    thread = Budget("thread", Decimal("0.20"))
    conditions = Conditions(now=NOW.now, left_usd=Decimal("0.20"), tightest=thread, used={"thread": used})
    with pytest.raises(OverBudgetError) as no:
        route_within(order(), [DEAR], policy("5.00", "deny"), conditions)
    assert no.value.fix.endswith(fix)


def test_an_accounts_month_that_people_lowered_is_raised_for_that_account() -> None:
    accounts = {"v": Used(lowered_usd=Decimal("0.20"), lowered_for="v")}
    conditions = Conditions(now=NOW.now, provider_left_usd={"v": Decimal("0.20")}, accounts=accounts)
    with pytest.raises(OverBudgetError) as no:
        route_within(order(), [DEAR], policy("5.00", "deny"), conditions)
    assert no.value.fix.endswith("`cutaway budget set provider-month policy --who v`.")


def test_the_policys_clip_limit_is_never_raised_from_outside() -> None:
    conditions = Conditions(now=NOW.now, clip_limit_usd=Decimal(9))
    found = route_within(order(), [DEAR], policy("0.90"), conditions, plan_usd=Decimal(9))
    assert found.decision.chosen.most_usd == Decimal("0.80")


def test_what_money_does_not_hinder_is_refused_as_ever() -> None:
    with pytest.raises(RoutingError, match="No model can make this"):
        route_within(order(duration_s=60), [DEAR], policy("0.10"), NOW)


def test_lower_resolutions_can_be_ruled_out() -> None:
    with pytest.raises(RoutingError, match="nothing smaller fits"):
        route_within(order(), [DEAR], policy("0.90", fallbacks=Fallbacks(resolutions=False)), NOW)


@given(
    st.lists(st.tuples(st.integers(1, 40), st.integers(1, 20), st.integers(900, 1500)), min_size=1, max_size=4),
    st.integers(1, 300),
    st.booleans(),
    st.sampled_from([4.0, 8.0, 10.0]),
)
@settings(max_examples=100, deadline=None)
def test_nothing_over_a_limit_is_ever_chosen_and_nothing_grows(
    prices: list[tuple[int, int, int]], clip_cents: int, shorter: bool, length: float
) -> None:
    models = [
        model(f"m{n}", f"{hd / 100:.2f}", low=f"{low / 100:.2f}", elo=elo) for n, (hd, low, elo) in enumerate(prices)
    ]
    limit = f"{clip_cents / 100:.2f}"
    asked = order(duration_s=length)
    try:
        found = route_within(asked, models, policy(limit, fallbacks=Fallbacks(shorter=shorter)), NOW)
    except RoutingError:
        cheapest = min(min(hd, low) for hd, low, _ in prices)
        # Not even the smallest order of the cheapest model would have fitted: half price at 720p is the other way down.
        least_s = 1 if shorter else length
        assert min(cheapest, min(hd for hd, _, _ in prices) / 2) * least_s > clip_cents
        return
    assert all(ranked.most_usd <= Decimal(limit) for ranked in found.decision.ranked)
    assert found.request.duration_s <= length
    assert shorter or found.request.duration_s == length
    assert found.request.size.height_px <= 1080
    assert bool(found.note) or found.request == asked
