"""Small versions of the benchmark's workloads: what must hold whatever the figures are."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from bench.workloads import conversation, months, nights
from bench.workloads.choosers import LIMIT_USD, Routed, floor_policy, order, routed
from bench.workloads.conversation import Scale, mean, regret, setting
from bench.workloads.market import candidates, market
from bench.workloads.sessions import Shot
from bench.workloads.world import World
from hypothesis import given, settings
from hypothesis import strategies as st

from cutaway.errors import RoutingError
from cutaway.routing import Budgets, Catalog, Conditions, RoutingPolicy, route

SMALL = Scale(sessions=12, seeds=2)
SHOT = Shot(seconds=8, difficulty=0)
ROOMY = RoutingPolicy(budgets=Budgets(per_clip_usd=LIMIT_USD))


def test_the_same_seed_gives_the_same_numbers() -> None:
    at = setting("aug", equal=False, wrong_elo=160)
    assert conversation.run(at, SMALL) == conversation.run(at, SMALL)
    assert conversation.run(at, SMALL) != conversation.run(at, replace(SMALL, seed=8))


@pytest.mark.parametrize("name", ["apr", "aug"])
@pytest.mark.parametrize("equal", [False, True])
def test_nobody_beats_the_attainable_optimum_and_we_come_close(name: str, equal: bool) -> None:
    costs = conversation.run(setting(name, equal), SMALL)
    qualified = [one for one in costs if not one.startswith(("clairvoyant", "always-cheapest", "fixed"))]
    assert all(mean(costs, one) >= mean(costs, "attainable") - 1e-9 for one in qualified)
    assert mean(costs, "clairvoyant") < mean(costs, "attainable")
    assert regret(costs)[0] < 0.10


def test_at_equal_quality_we_are_far_cheaper_than_always_the_best() -> None:
    for name in ("apr", "aug"):
        costs = conversation.run(setting(name, equal=True), SMALL)
        assert mean(costs, "ours") < 0.45 * mean(costs, "always-best, naive")


def test_a_world_that_is_not_as_assumed_makes_us_no_dearer_than_always_the_best() -> None:
    for world in (World(p_edit=0.35), World(rho_still=0.4)):
        costs = conversation.run(setting("aug", equal=False, world=world), SMALL)
        assert mean(costs, "ours") < mean(costs, "always-best + cache + edit")


def test_after_a_catalog_change_the_next_decision_uses_it() -> None:
    april, august = market("apr"), market("aug")
    chooser = routed(april, floor_policy(1425))
    assert chooser.choose(SHOT, touched=False).model == "seedance-2.0-720p"
    chooser.catalog = Catalog(candidates(august))
    assert chooser.choose(SHOT, touched=False).model == "minimax-h3-768p"


@settings(max_examples=40)
@given(st.integers(-200, 200), st.sampled_from([5.0, 8.0, 10.0]))
def test_a_retired_model_is_never_chosen_after_its_date(days: int, seconds: float) -> None:
    gone = date(2026, 9, 24)
    now = datetime(gone.year, gone.month, gone.day, 12, tzinfo=UTC) + timedelta(days=days)
    catalog = Catalog([one for one in candidates(market("apr")) if one.profile.retires_on])
    asked = order(Shot(seconds, 0))
    if now.date() >= gone:
        with pytest.raises(RoutingError) as refused:
            route(asked, catalog, ROOMY, Conditions(now=now))
        assert set(refused.value.rejections.values()) == {"retired on 2026-09-24"}
    else:
        assert route(asked, catalog, ROOMY, Conditions(now=now)).chosen.model == "market:sora-2"


def test_one_catalog_forgets_a_model_as_the_clock_passes_its_date() -> None:
    catalog = Catalog([one for one in candidates(market("apr")) if one.profile.retires_on])
    before, after = (Conditions(now=datetime(2026, 9, day, 23, tzinfo=UTC)) for day in (23, 24))
    assert route(order(SHOT), catalog, ROOMY, before).chosen.model == "market:sora-2"
    with pytest.raises(RoutingError):
        route(order(SHOT), catalog, ROOMY, after)


def test_a_draft_is_never_sold_as_a_final() -> None:
    # Too little is left for every model of the floor, and enough for the drafts.
    now = Conditions(now=market("aug").now, left_usd=Decimal("0.45"))
    with pytest.raises(RoutingError) as refused:
        route(order(SHOT), candidates(market("aug")), ROOMY, now)
    assert refused.value.rejections["market:minimax-h3-480p"] == "its clips are for draft, not for final"


def test_what_was_kept_and_rejected_changes_the_next_decision() -> None:
    chooser = routed(market("apr"), floor_policy(1425))
    assert isinstance(chooser, Routed)
    edit = chooser.choose(SHOT, touched=True)
    assert edit.edit
    for _ in range(40):
        chooser.heard(edit, rejected=9, lower_rejected=0)
    assert not chooser.choose(SHOT, touched=True).edit


def test_no_month_goes_over_its_budget() -> None:
    for name in ("apr", "aug"):
        rows = months.run(name, people=8, seeds=1, seed=3)
        assert {row.over_usd for row in rows} == {0}
        assert all(0 < share <= 1 + 1e-9 for row in rows for share in row.shares)


def test_what_is_left_over_of_a_month_buys_more_and_never_more_than_a_plan_that_is_optimal_without_foresight() -> None:
    rows = {row.policy: row.shares[-1] for row in months.run("apr", people=60, seeds=2, seed=3)}
    assert rows[months.OURS] > rows[months.UNPACED]
    assert rows[months.OURS] > rows[months.HINDSIGHT]
    assert 0.97 * rows[months.UNFORESEEN] < rows[months.OURS] < rows[months.UNFORESEEN] < 0.95


@pytest.mark.parametrize("load", nights.LOADS)
def test_deferral_overflows_no_more_than_a_plan_that_knows_the_week(load: float) -> None:
    found = nights.week(load, seed=1, hours=48)
    assert found.ours == found.optimum
    assert found.ours < found.run_now
