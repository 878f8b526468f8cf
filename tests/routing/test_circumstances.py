"""A decision is recorded with its moment, so that it can be decided again as it was, or under other limits."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cutaway.contract import OperationKind
from cutaway.errors import RoutingError
from cutaway.routing import Conditions, Pool, RoutingPolicy, Seen, Speed
from cutaway.routing.circumstances import MOST_CHARS, MOST_NAMES, Circumstances, PlanMonth, limits_of
from cutaway.routing.conditions import Budget, Used
from cutaway.routing.downgrade import route_within
from cutaway.routing.pacing import Month
from cutaway.routing.plan import Plan
from cutaway.routing.recorded import Facts, Recorded
from cutaway.routing.replay import Past, decide_again, replay
from cutaway.routing.typical import order_of
from routing.catalog import CATALOG, NOON, candidate

GOLDEN = Path(__file__).with_name("golden")
POLICY = RoutingPolicy.model_validate({"budgets": {"per_clip_usd": "5", "per_turn_usd": "5", "on_exceed": "downgrade"}})
MODELS = tuple(one.id for one in CATALOG)
PROVIDERS = tuple(dict.fromkeys(one.provider for one in CATALOG))
cents = st.integers(0, 500).map(lambda number: Decimal(number) / 100)
seconds = st.integers(1, 900).map(float)
soon = st.integers(1, 3600).map(lambda s: NOON + timedelta(seconds=s))


def kept(conditions: Conditions, policy: RoutingPolicy = POLICY, **order: Any) -> Recorded:
    """A decision of a moment as it comes back from the store."""
    request = order_of(**order)
    decision = route_within(request, CATALOG, policy, conditions).decision
    one = Recorded(
        at=conditions.now,
        tenant=conditions.tenant,
        tags=conditions.tags,
        wanted=conditions.wanted,
        made_by=conditions.made_by,
        paid_refused=conditions.paid_refused,
        facts=Facts.of(request),
        decision=decision,
        then=Circumstances.of(conditions, decision, request.operation),
    )
    return Recorded.model_validate_json(json.dumps(one.document))


def money(used: dict[str, Used], accounts: dict[str, Used], policy: RoutingPolicy) -> dict[str, Any]:
    """What the store tells of budgets: what each has used, and what the tightest still holds."""

    def lowered(one: Used, limit: Decimal) -> Decimal:
        return limit if one.lowered_usd is None else min(limit, one.lowered_usd)

    def left(one: Used, limit: Decimal) -> Decimal:
        return max(Decimal(0), lowered(one, limit) - one.usd)

    months, limits = policy.budgets.per_provider_month_usd, limits_of(policy.budgets)
    tightest = min(limits, key=lambda name: left(used[name], limits[name]))
    return {
        "used": used,
        "accounts": accounts,
        "left_usd": left(used[tightest], limits[tightest]),
        "tightest": Budget(tightest, lowered(used[tightest], limits[tightest])),
        "provider_left_usd": {name: left(accounts[name], months[name]) for name in months},
        "provider_limit_usd": {name: lowered(accounts[name], months[name]) for name in months},
    }


@st.composite
def moments(draw: st.DrawFn) -> Conditions:
    used = st.builds(Used, cents, st.none() | cents)
    lines = draw(st.dictionaries(st.sampled_from(PROVIDERS), st.tuples(st.integers(1, 9), st.integers(1, 4))))
    kinds: tuple[OperationKind, ...] = ("generate", "edit")
    keys = st.tuples(st.sampled_from(MODELS), st.sampled_from(kinds))
    pools = st.builds(
        Pool, st.none() | st.integers(0, 2), st.none() | st.integers(0, 3), st.none() | seconds,
        reasoning_busy=st.booleans(), idle_from=st.none() | soon,
    )  # fmt: skip
    return Conditions(
        now=NOON,
        tenant=draw(st.sampled_from(["local", "other"])),
        made_by=draw(st.sampled_from(["", *MODELS])),
        may_leave=draw(st.sampled_from(["vendors", "vendors", "reasoner", "nowhere"])),
        unhealthy=draw(st.dictionaries(st.sampled_from((*PROVIDERS, *MODELS)), st.just("at rest"), max_size=3)),
        in_flight={name: busy for name, (busy, _) in lines.items()},
        max_in_flight={name: most for name, (_, most) in lines.items()},
        seen=draw(st.dictionaries(keys, st.builds(Seen, st.integers(0, 99), st.integers(0, 99)), max_size=6)),
        speeds=draw(st.dictionaries(keys, st.builds(Speed, seconds, seconds, st.integers(1, 200)), max_size=6)),
        pools=draw(st.dictionaries(st.sampled_from(PROVIDERS), pools, max_size=3)),
        deadline=draw(st.none() | soon),
        places=draw(st.dictionaries(st.sampled_from(MODELS), st.none() | soon, max_size=2)),
        **money({name: draw(used) for name in limits_of(POLICY.budgets)}, {}, POLICY),
    )


@given(moments(), st.sampled_from(("generate", "edit")))
def test_the_same_policy_decides_the_same_in_the_same_moment(conditions: Conditions, operation: str) -> None:
    try:
        one = kept(conditions, operation=operation)
    except RoutingError:
        return
    assert decide_again(one, CATALOG, POLICY).routed().decision == one.decision
    outcome = Past([one], CATALOG).under(POLICY).outcomes[0]
    assert (outcome.changed, set(outcome.guessed) <= {"quality", "wait"}) == (False, True)


def test_a_record_from_before_the_moment_was_kept_is_read_and_counts_as_a_guess() -> None:
    old = Recorded.model_validate_json((GOLDEN / "decision-0.json").read_text("utf-8"))
    new = kept(Conditions(now=NOON), operation="edit")
    summary = replay([old, new], CATALOG, POLICY)
    assert [outcome.model for outcome in summary.outcomes] == ["top:cine"] * 2
    assert summary.guesses == {"conditions": 1}
    assert summary.guessed == 0.5


def test_other_budgets_leave_something_else_of_what_was_used() -> None:
    used = {"turn": Used(), "thread": Used(Decimal("1.00")), "user-day": Used(), "tenant-month": Used()}
    one = kept(Conditions(now=NOON, **money(used, {}, POLICY)))
    assert one.then
    assert one.then.used == {"thread": one.then.used["thread"]}
    tight = POLICY.model_copy(update={"budgets": POLICY.budgets.model_copy(update={"per_thread_usd": Decimal("1.08")})})
    strict = tight.model_copy(update={"only": ("mid:fast",)})
    assert replay([one], CATALOG, POLICY.model_copy(update={"only": ("mid:fast",)})).outcomes[0].model == "mid:fast"
    assert "$0.08 are left" in replay([one], CATALOG, strict).outcomes[0].refused
    assert replay([one], CATALOG, tight).outcomes[0].model == "bulk:lite"


def test_the_tightest_budget_is_named_with_what_it_held() -> None:
    used = {"turn": Used(), "thread": Used(), "user-day": Used(), "tenant-month": Used(Decimal(1), Decimal("1.10"))}
    one = kept(Conditions(now=NOON, **money(used, {}, POLICY)))
    assert one.then
    assert (one.then.left_usd, one.then.tightest) == (Decimal("0.10"), "tenant-month")


def test_what_people_had_lowered_a_budget_to_holds_in_the_replay_too() -> None:
    used = {"turn": Used(), "thread": Used(), "user-day": Used(), "tenant-month": Used(Decimal(1), Decimal("1.10"))}
    one = kept(Conditions(now=NOON, **money(used, {}, POLICY)))
    assert "$0.10 are left" in replay([one], CATALOG, RoutingPolicy(only=("mid:fast",))).outcomes[0].refused


def test_the_budget_of_an_account_that_nobody_counted_is_a_guess() -> None:
    every = {name: Used() for name in limits_of(POLICY.budgets)}
    limits = {"budgets": {"per_clip_usd": "5", "per_provider_month_usd": {"mid": "9"}}, "only": ["mid:*"]}
    policy = RoutingPolicy.model_validate(limits)
    uncounted = kept(Conditions(now=NOON, **money(every, {}, POLICY)))
    counted = kept(Conditions(now=NOON, **money(every, {"mid": Used(Decimal(9))}, policy)))
    summary = replay([uncounted, counted], CATALOG, policy)
    assert [outcome.model for outcome in summary.outcomes] == ["mid:fast", ""]
    assert summary.guesses == {"budget": 1}


def test_what_was_left_of_a_plans_month_buys_the_same_quality_again() -> None:
    plan = Plan(name="twenty", price_usd=Decimal(20), included_clips=20, clip_seconds=5, pace=0.1)
    paced = POLICY.model_copy(update={"plan": plan})
    one = kept(Conditions(now=NOON, month=Month(Decimal(20), Decimal(14), shots=2)), paced)
    assert one.then
    assert one.then.month == PlanMonth(usd=Decimal(6), shots=2)
    assert "of $20.00 is left" in one.decision.chosen.why
    assert decide_again(one, CATALOG, paced).routed().decision == one.decision
    smaller = POLICY.model_copy(update={"plan": plan.model_copy(update={"price_usd": Decimal(6)})})
    assert replay([one], CATALOG, smaller).outcomes[0].model != one.decision.chosen.model


def test_what_a_person_had_left_of_a_new_plans_month_is_a_guess() -> None:
    plan = Plan(name="twenty", price_usd=Decimal(20), included_clips=20, clip_seconds=5)
    one = kept(Conditions(now=NOON))
    assert replay([one], CATALOG, POLICY).guesses == {}
    assert replay([one], CATALOG, POLICY.model_copy(update={"plan": plan})).guesses == {"month": 1}


def test_an_account_that_was_full_and_a_provider_at_rest_are_so_again() -> None:
    moment = Conditions(now=NOON, in_flight={"bulk": 2}, max_in_flight={"bulk": 2}, unhealthy={"mid": "at rest"})
    one = kept(moment, RoutingPolicy(objective="price", ignore=("studio-gpu:*",)))
    (outcome,) = replay([one], CATALOG, RoutingPolicy(objective="price", only=("bulk:*", "mid:*"))).outcomes
    assert (outcome.model, outcome.wait_s) == ("bulk:lite", 30)


def test_a_draft_says_that_its_final_was_not_decided_again() -> None:
    one = kept(Conditions(now=NOON))
    draft = one.model_copy(update={"facts": one.facts.model_copy(update={"stage": "draft"})})
    assert "draft" in replay([draft], CATALOG, POLICY).outcomes[0].guessed


def test_a_price_that_nobody_wrote_down_is_a_guess_once_the_catalog_is_newer() -> None:
    one = kept(Conditions(now=NOON), RoutingPolicy(ignore=("mid:*",)))
    newer = candidate("mid:plain", "0.01")
    assert newer.profile.price
    price = newer.profile.price.model_copy(update={"as_of": NOON.date() + timedelta(days=1)})
    later = replace(newer, profile=newer.profile.model_copy(update={"price": price}))
    catalog = [*(c for c in CATALOG if c.id != "mid:plain"), later]
    (outcome,) = replay([one], catalog, RoutingPolicy(only=("mid:plain",))).outcomes
    assert outcome.guessed == ("price", "quality", "wait")


def test_what_is_kept_is_bounded_and_says_what_it_left_out() -> None:
    many = tuple(candidate(f"v{n}:m", "0.02", elo=1300) for n in range(3 * MOST_NAMES))
    conditions = Conditions(
        now=NOON,
        unhealthy={f"v{n}": "x" * 1000 for n in range(1, 3 * MOST_NAMES)},
        speeds={(one.id, "generate"): Speed(60.123456789, 90, 12) for one in many},
    )
    decision = route_within(order_of(), many, POLICY, conditions).decision
    then = Circumstances.of(conditions, decision, "generate")
    assert then.cut == ("unhealthy", "speeds")
    assert (len(then.unhealthy), len(then.speeds)) == (MOST_NAMES, MOST_NAMES)
    assert {len(reason) for reason in then.unhealthy.values()} == {MOST_CHARS}
    one = Recorded(at=NOON, facts=Facts.of(order_of()), decision=decision, then=then)
    assert "conditions" in replay([one], many, POLICY).outcomes[0].guessed


def test_only_what_the_order_could_depend_on_is_kept_and_no_words() -> None:
    conditions = Conditions(
        now=NOON,
        speeds={("bulk:lite", "edit"): Speed(5, 6), ("other:model", "generate"): Speed(5, 6)},
        seen={("bulk:lite", "edit"): Seen(1, 1)},
        in_flight={"other": 2},
        max_in_flight={"other": 2},
    )
    one = kept(conditions, prompt="a secret fox")
    assert one.document["then"] == {}
    assert "secret" not in json.dumps(one.document)


@pytest.mark.parametrize("policy", [POLICY, RoutingPolicy(objective="quality"), RoutingPolicy(objective="latency")])
def test_a_replay_is_the_same_every_time(policy: RoutingPolicy) -> None:
    records = [kept(Conditions(now=NOON + timedelta(hours=h)), prompt="a" * (h + 1)) for h in range(6)]
    past = Past(records, CATALOG)
    assert past.under(policy) == past.under(policy) == replay(records, tuple(CATALOG), policy)
