"""Choosing a model: every candidate is ranked with a price or rejected with a reason, and alike inputs decide alike."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cutaway.contract import Brief, GenerationRequest, InputRef, ModelProfile, Price, Quality, Size, usd
from cutaway.errors import RoutingError
from cutaway.routing import Budgets, Candidate, Conditions, RoutingPolicy, route, split_model_id
from cutaway.routing.judging import Catalog
from cutaway.routing.policy_file import read_policy

TODAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
NOW = Conditions(now=NOON)
SIZE = Size(width_px=848, height_px=480)


def price(usd_per_s: str) -> Price:
    return Price(usd_per_s=Decimal(usd_per_s), source="made up", as_of=TODAY)


def model(name: str, usd_per_s: str | None = "0.01", **more: Any) -> Candidate:
    profile = ModelProfile(id=name, title=name, price=price(usd_per_s) if usd_per_s is not None else None, **more)
    return Candidate(f"v:{name}", "v", profile, local=False)


def ask(**more: Any) -> GenerationRequest:
    usual: dict[str, Any] = {"brief": Brief(prompt="a fox"), "duration_s": 4, "size": SIZE}
    return GenerationRequest(**(usual | more))


def test_the_lowest_price_is_chosen_and_the_rest_follow_in_order() -> None:
    decision = route(ask(), [model("b", "0.05"), model("a", "0.02"), model("c", "0.03")], RoutingPolicy(), NOW)
    assert [r.model for r in decision.ranked] == ["v:a", "v:c", "v:b"]
    assert decision.chosen.most_usd == Decimal("0.08")


def test_quality_can_be_the_objective() -> None:
    good = Quality(elo=1400, half_interval=10, source="made up", as_of=TODAY)
    policy = RoutingPolicy(objective="quality")
    decision = route(ask(), [model("cheap", "0"), model("good", "0.1", quality=good)], policy, NOW)
    assert decision.chosen.model == "v:good"


def test_a_preferred_model_goes_first_whatever_its_price() -> None:
    policy = RoutingPolicy(prefer=("v:b",))
    decision = route(ask(), [model("a", "0.01"), model("b", "0.05")], policy, NOW)
    assert decision.chosen.model == "v:b"
    assert decision.chosen.why == "preferred by the policy 'default'"


@pytest.mark.parametrize(
    ("candidate", "request_", "reason"),
    [
        (model("a", None), ask(), "has no dated price; unpriced models are never used"),
        (model("a", retires_on=TODAY), ask(), "retired on 2026-11-20"),
        (model("a", operations=("edit",)), ask(), "cannot generate (it can edit)"),
        (model("a", max_duration_s=3), ask(), "makes 0.5 to 3 s, not 4 s"),
        (model("a", sizes=(Size(width_px=640, height_px=360),)), ask(), "does not make 848x480"),
        (model("a", "0.20"), ask(), "can cost $0.80, over the clip limit of $0.50"),
        (model("a", modality="image"), ask(), "makes image, not video"),
        (model("a"), ask(audio=True), "makes no audio"),
        (model("a", speaks_script=True), ask(), "speaks a script with an avatar; makes no scenes"),
        (
            model("a"),
            ask(inputs=(InputRef(sha256="0" * 64, role="reference", media_type="image/png"),)),
            "takes no reference input",
        ),
    ],
)
def test_every_rejection_has_its_reason(candidate: Candidate, request_: GenerationRequest, reason: str) -> None:
    with pytest.raises(RoutingError) as refused:
        route(request_, [candidate], RoutingPolicy(), NOW)
    assert refused.value.rejections == {"v:a": reason}
    assert reason in refused.value.fix


def test_a_model_that_speaks_a_script_is_for_orders_with_a_voice() -> None:
    candidates = Catalog([model("speaker", "0.01", speaks_script=True), model("scene", "0.02")])
    assert route(ask(), candidates, RoutingPolicy(), NOW).chosen.model == "v:scene"
    assert route(ask(voice="ann"), candidates, RoutingPolicy(), NOW).chosen.model == "v:speaker"


def test_what_data_calls_an_animatic_is_an_outline_in_reasons() -> None:
    with pytest.raises(RoutingError) as refused:
        route(ask(stage="animatic"), [model("a", stages=("final",))], RoutingPolicy(), NOW)
    assert refused.value.rejections == {"v:a": "its clips are for final, not for an outline"}


def test_a_limit_that_cents_would_hide_is_told_exactly() -> None:
    policy = RoutingPolicy(budgets=Budgets(per_clip_usd=Decimal("0.20")))
    with pytest.raises(RoutingError) as refused:
        route(ask(duration_s=3), [model("a", "0.067")], policy, NOW)
    assert refused.value.rejections == {"v:a": "can cost $0.2010, over the clip limit of $0.20"}


@pytest.mark.parametrize(
    ("others", "why"),
    [
        ((), "no model here makes a final"),
        ((model("a", "0.50"),), "v:a can cost $2.00, over the clip limit of $0.50"),
        (
            (model("a", "0.50"), model("b", "0.20"), model("c", None)),
            "v:b can cost $0.80, over the clip limit of $0.50, and 2 others cannot make it either",
        ),
        ((model("a", "0.05"),), ""),
    ],
)
def test_a_decision_says_why_only_an_outline_is_possible(others: tuple[Candidate, ...], why: str) -> None:
    pen = model("pen", "0", stages=("animatic",))
    assert route(ask(), [pen, *others], RoutingPolicy(), NOW).no_final == why


@pytest.mark.parametrize(
    ("amount", "said"),
    [("0", "$0.00"), ("0.1", "$0.10"), ("0.201", "$0.2010"), ("0.0264", "$0.0264"), ("0.00001234", "$0.00001234"),
     ("20", "$20.00"), ("1E+2", "$100.00")],
)  # fmt: skip
def test_money_has_two_digits_or_four_and_more_only_where_they_count(amount: str, said: str) -> None:
    assert usd(Decimal(amount)) == said


def test_a_model_is_chosen_the_day_before_it_retires_and_never_after() -> None:
    going, staying = model("going", "0.01", retires_on=date(2026, 11, 21)), model("staying", "0.05")
    before = route(ask(), [going, staying], RoutingPolicy(), Conditions(now=NOON))
    after = route(ask(), [going, staying], RoutingPolicy(), Conditions(now=NOON + timedelta(days=1)))
    assert (before.chosen.model, after.chosen.model) == ("v:going", "v:staying")


def test_policy_lists_and_provider_health_reject_by_name() -> None:
    found = [model("a"), model("b"), model("c")]
    policy = RoutingPolicy(only=("v:a", "v:b"), ignore=("v:*",))
    with pytest.raises(RoutingError) as refused:
        route(ask(), found, policy, NOW)
    assert refused.value.rejections["v:b"] == "the policy ignores it"
    assert refused.value.rejections["v:c"] == "the policy allows only v:a, v:b"
    with pytest.raises(RoutingError, match="No model"):
        route(ask(), found, RoutingPolicy(), Conditions(now=NOON, unhealthy={"v": "429 since 10:00"}))


def test_nothing_paid_is_used_where_payments_could_be_forgotten() -> None:
    decision = route(
        ask(),
        [model("paid", "0.01"), model("free", "0")],
        RoutingPolicy(),
        Conditions(now=NOON, paid_refused="no log"),
    )
    assert decision.chosen.model == "v:free"
    assert decision.rejections[0].reason == "no log"


def test_no_provider_at_all_says_what_to_do() -> None:
    with pytest.raises(RoutingError, match="cutaway doctor"):
        route(ask(), [], RoutingPolicy(), NOW)


PRICES = st.one_of(st.none(), st.decimals(0, 2, places=3).map(str))


@settings(derandomize=True, max_examples=200)
@given(prices=st.lists(PRICES, max_size=12), limit=st.decimals(0, 3, places=2), seconds=st.integers(1, 10))
def test_a_decision_accounts_for_every_candidate_and_never_exceeds_the_limit(
    prices: list[str | None], limit: Decimal, seconds: int
) -> None:
    found = [model(f"m{i}", p) for i, p in enumerate(prices)]
    policy = RoutingPolicy(budgets=Budgets(per_clip_usd=limit))
    affordable = [p for p in prices if p is not None and Decimal(p) * seconds <= limit]
    if not affordable:
        with pytest.raises(RoutingError) as refused:
            route(ask(duration_s=seconds), found, policy, NOW)
        assert set(refused.value.rejections) == {c.id for c in found}
        return
    decision = route(ask(duration_s=seconds), found, policy, NOW)
    assert {r.model for r in decision.ranked} | {r.model for r in decision.rejections} == {c.id for c in found}
    assert all(r.most_usd <= limit for r in decision.ranked)
    assert [r.most_usd for r in decision.ranked] == sorted(r.most_usd for r in decision.ranked)
    assert decision == route(ask(duration_s=seconds), found, policy, NOW)


def test_the_default_file_says_what_the_code_does() -> None:
    assert read_policy(Path(__file__).parents[2] / "policies" / "default.yaml") == RoutingPolicy()


def test_another_limit_is_another_revision() -> None:
    assert RoutingPolicy().revision == RoutingPolicy().revision
    assert RoutingPolicy(budgets=Budgets(per_clip_usd=Decimal(1))).revision != RoutingPolicy().revision


@pytest.mark.parametrize(
    ("text", "parts"), [("a:b", ("a", "b")), ("a/b", ("a", "b")), ("b", ("", "b")), ("a:b/c", ("a", "b/c"))]
)
def test_a_model_id_may_use_a_colon_or_a_slash(text: str, parts: tuple[str, str]) -> None:
    assert split_model_id(text) == parts
