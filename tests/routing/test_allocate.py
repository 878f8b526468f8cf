"""Many shots under one budget: what fits is worth the most, a film keeps one look, and every change says why."""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cutaway.contract import Brief, GenerationRequest, ModelProfile, Price, Quality, Size
from cutaway.errors import BudgetError
from cutaway.routing import Budgets, Candidate, Catalog, Conditions, RoutingPolicy
from cutaway.routing.allocate import Allocation, Wish, allocate, family, worth
from cutaway.routing.policy import Objective
from cutaway.routing.router import decide

DAY = date(2026, 11, 20)
NOW = Conditions(now=datetime(2026, 11, 20, 12, tzinfo=UTC))
SIZE = Size(width_px=848, height_px=480)
RICH = Budgets(per_clip_usd=Decimal(100))


def model(name: str, usd_per_s: str, elo: float = 1364, *, look: str = "", longest_s: float = 10) -> Candidate:
    profile = ModelProfile(
        id=name,
        title=name,
        family=look or name,
        price=Price(usd_per_s=Decimal(usd_per_s), source="made up", as_of=DAY),
        quality=Quality(elo=elo, half_interval=10, source="made up", as_of=DAY),
        max_duration_s=longest_s,
    )
    return Candidate(f"v:{name}", "v", profile, local=False)


def wishes(
    models: list[Candidate], lengths: Sequence[float], *, objective: Objective = "accepted_cost", made_by: str = ""
) -> list[Wish]:
    policy, catalog = RoutingPolicy(budgets=RICH, objective=objective), Catalog(models)
    orders = [GenerationRequest(brief=Brief(prompt="a fox"), duration_s=length, size=SIZE) for length in lengths]
    return [
        Wish(f"shot {number}", decide(order, catalog, policy, NOW), made_by if number == 1 else "")
        for number, order in enumerate(orders, 1)
    ]


def models_of(allocation: Allocation) -> list[str]:
    return [shot.model for shot in allocation.shots]


GOOD, FAIR, POOR = model("good", "0.10", 1500), model("fair", "0.06", 1300), model("poor", "0.02", 1000)


def test_where_everything_fits_the_routers_choices_stay() -> None:
    found = allocate(wishes([GOOD, FAIR, POOR], [5, 5]), Decimal(2))
    assert models_of(found) == ["v:good", "v:good"]
    assert [shot.why for shot in found.shots] == ["", ""]
    assert (found.most_usd, found.look, found.gap) == (Decimal("1.00"), "good", 0.0)


def test_a_short_budget_takes_the_next_look_that_fits_and_says_how_much_cheaper_it_is() -> None:
    found = allocate(wishes([GOOD, FAIR, POOR], [5, 5]), Decimal("0.70"))
    assert models_of(found) == ["v:fair", "v:fair"]
    assert found.shots[0].why == (
        "$0.20 cheaper than v:good so that all 2 shots fit the turn's budget of $0.70 with one look (fair)"
    )


def test_where_looks_may_mix_a_short_budget_only_moves_the_shots_that_it_must() -> None:
    found = allocate(wishes([GOOD, FAIR, POOR], [5, 5]), Decimal("0.90"), mix_looks=True)
    assert sorted(models_of(found)) == ["v:fair", "v:good"]
    assert found.look == ""


def test_one_look_is_kept_where_the_router_would_mix() -> None:
    short = model("short", "0.08", 1500, longest_s=5)
    found = allocate(wishes([short, GOOD], [5, 8]), Decimal(2))
    assert models_of(found) == ["v:good", "v:good"]
    assert found.shots[0].why == "keeps one look (good) over all 2 shots, for $0.10 more"
    assert models_of(allocate(wishes([short, GOOD], [5, 8]), Decimal(2), mix_looks=True)) == ["v:short", "v:good"]


def test_one_look_may_come_from_several_models_of_a_family() -> None:
    fast, best = model("fast", "0.05", 1450, look="veo"), model("best", "0.40", 1500, look="veo")
    policy = wishes([fast, best, POOR], [5, 5, 5], objective="quality")
    found = allocate(policy, Decimal("4.50"))
    assert sorted(models_of(found)) == ["v:best", "v:best", "v:fast"]
    assert found.look == "veo"


def test_looks_mix_where_no_family_can_make_every_shot_within_the_budget() -> None:
    short = model("short", "0.01", 1400, longest_s=5)
    found = allocate(wishes([short, GOOD], [5, 8]), Decimal("0.90"))
    assert models_of(found) == ["v:short", "v:good"]
    assert found.look == ""


def test_the_look_that_the_film_has_goes_first() -> None:
    assert models_of(allocate(wishes([GOOD, FAIR], [5, 5]), Decimal(2), look="fair")) == ["v:fair", "v:fair"]
    short = allocate(wishes([GOOD, FAIR, POOR], [5, 5]), Decimal("0.70"), look="poor")
    assert models_of(short) == ["v:poor", "v:poor"]


def test_a_shot_keeps_the_model_that_made_it_and_the_others_follow_its_look() -> None:
    found = allocate(wishes([GOOD, FAIR], [5, 5], made_by="v:fair"), Decimal(2))
    assert models_of(found) == ["v:fair", "v:fair"]
    assert found.shots[0].why == "made this shot before; v:good would drop its look"


def test_a_shot_leaves_its_model_only_when_nothing_else_fits_and_the_drift_is_said() -> None:
    found = allocate(wishes([GOOD, POOR], [5, 5], made_by="v:good"), Decimal("0.30"))
    assert models_of(found) == ["v:poor", "v:poor"]
    assert found.shots[0].why.endswith("a face or a voice may drift")


def test_what_cannot_fit_at_all_names_the_budget_and_both_amounts() -> None:
    with pytest.raises(BudgetError, match=r"cost at least \$0\.20 together; the month's budget has \$0\.15 left") as no:
        allocate(wishes([GOOD, POOR], [5, 5]), Decimal("0.15"), budget="the month's budget")
    assert (no.value.headroom_micro, no.value.needed_micro) == (150_000, 200_000)


def test_an_allotted_pick_is_the_chosen_one_of_the_kept_decision_with_its_reason() -> None:
    found = allocate(wishes([GOOD, FAIR], [5, 5]), Decimal("0.70"))
    kept = found.shots[1].document()
    assert kept.chosen.model == "v:fair"
    assert kept.chosen.why == found.shots[1].why
    assert [ranked.model for ranked in kept.ranked] == ["v:fair", "v:good"]


CATALOGS = st.lists(
    st.tuples(st.integers(1, 40), st.integers(900, 1550), st.sampled_from("ab")), min_size=1, max_size=5
)
LENGTHS = st.lists(st.sampled_from([3.0, 5.0, 8.0, 10.0]), min_size=1, max_size=4)


@given(CATALOGS, LENGTHS, st.integers(0, 1000), st.sampled_from(["accepted_cost", "price", "quality"]))
@settings(max_examples=150, deadline=None)
def test_the_sum_never_exceeds_the_budget_and_no_choice_of_no_dearer_picks_is_worth_more(
    catalog: list[tuple[int, int, str]], lengths: list[float], cents: int, objective: Objective
) -> None:
    models = [model(f"m{n}", f"{price / 100:.2f}", elo, look=look) for n, (price, elo, look) in enumerate(catalog)]
    wanted, budget = wishes(models, lengths, objective=objective), Decimal(cents) / 100
    options = [[p for p in w.decision.picks if p.able.most_usd <= w.decision.picks[0].able.most_usd] for w in wanted]
    fitting = [
        sum(worth(pick, length) for pick, length in zip(choice, lengths, strict=True))
        for choice in itertools.product(*options)
        if sum(pick.able.most_usd for pick in choice) <= budget
    ]
    firsts_fit = sum(wish.decision.picks[0].able.most_usd for wish in wanted) <= budget
    if not fitting:
        with pytest.raises(BudgetError):
            allocate(wanted, budget, mix_looks=True)
        return
    found = allocate(wanted, budget, mix_looks=True)
    assert sum(shot.pick.able.most_usd for shot in found.shots) == found.most_usd <= budget
    if not firsts_fit:
        got = sum(worth(shot.pick, length) for shot, length in zip(found.shots, lengths, strict=True))
        assert got == pytest.approx(max(fitting), abs=1e-5)


@given(CATALOGS, LENGTHS, st.integers(0, 1000))
@settings(max_examples=150, deadline=None)
def test_one_look_is_kept_whenever_some_family_fits_alone(
    catalog: list[tuple[int, int, str]], lengths: list[float], cents: int
) -> None:
    models = [model(f"m{n}", f"{price / 100:.2f}", elo, look=look) for n, (price, elo, look) in enumerate(catalog)]
    wanted, budget = wishes(models, lengths), Decimal(cents) / 100
    alone = [
        name
        for name in "ab"
        if all(any(family(pick) == name for pick in wish.decision.picks) for wish in wanted)
        and sum(min(p.able.most_usd for p in w.decision.picks if family(p) == name) for w in wanted) <= budget
    ]
    if alone:
        found = allocate(wanted, budget)
        assert found.look in alone
        assert found.most_usd <= budget


def test_sixty_shots_and_thirty_models_are_allotted_exactly_and_quickly() -> None:
    chance = random.Random(7)
    models = [
        model(f"m{n}", f"{chance.uniform(0.02, 0.40):.4f}", chance.uniform(950, 1510), look=f"f{n // 2}")
        for n in range(30)
    ]
    lengths = [chance.choice([3, 5, 8, 10]) for _ in range(60)]
    wanted = wishes(models, lengths, objective="quality")
    began = time.process_time()
    for mix in (True, False):
        found = allocate(wanted, Decimal(30), mix_looks=mix)
        assert found.gap == 0
        assert found.most_usd <= 30
    assert time.process_time() - began < 5
