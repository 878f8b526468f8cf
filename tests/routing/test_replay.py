"""Recorded decisions are decided again under other policies: side by side, and honest about what is a guess."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from html.parser import HTMLParser

import pytest

from cutaway.contract import GenerationRequest, Size
from cutaway.errors import RoutingError
from cutaway.routing import Candidate, Conditions, RoutingPolicy, route
from cutaway.routing.circumstances import Circumstances
from cutaway.routing.downgrade import route_within
from cutaway.routing.recorded import Facts, Recorded
from cutaway.routing.replay import as_it_was, replay
from cutaway.routing.report import expected, page
from cutaway.routing.typical import Typical, order_of, typical_orders
from routing.catalog import CATALOG, NOON, candidate

CHEAPEST = RoutingPolicy(name="cheapest", objective="price")
BEST = RoutingPolicy.model_validate({"name": "best", "objective": "quality", "budgets": {"per_clip_usd": "5"}})


def record(policy: RoutingPolicy = CHEAPEST, hours: int = 0, prompt: str = "a fox") -> Recorded:
    return kept(order_of(prompt=prompt), policy, Conditions(now=NOON + timedelta(hours=hours)))


def kept(request: GenerationRequest, policy: RoutingPolicy, conditions: Conditions) -> Recorded:
    """What a conversation records of a decision made in a moment."""
    decision = route_within(request, CATALOG, policy, conditions).decision
    return Recorded(
        at=conditions.now,
        tenant=conditions.tenant,
        tags=conditions.tags,
        wanted=conditions.wanted,
        made_by=conditions.made_by,
        facts=Facts.of(request),
        decision=decision,
        then=Circumstances.of(conditions, decision, request.operation),
    )


def test_the_same_policy_decides_the_same_again() -> None:
    recorded = [record(hours=hour) for hour in range(3)]
    then, again = as_it_was(recorded, CATALOG), replay(recorded, CATALOG, CHEAPEST)
    assert again.outcomes == then.outcomes
    assert (again.changed, again.refused, again.revision) == (0, 0, CHEAPEST.revision)
    assert then.revision == CHEAPEST.revision


def test_another_policy_has_another_cost_quality_and_wait() -> None:
    again = replay([record()], CATALOG, BEST)
    (outcome,) = again.outcomes
    assert (outcome.model, outcome.changed) == ("top:cine", True)
    assert (again.most_usd, again.elo, again.wait_s) == (Decimal("0.50"), 1480, 125)
    assert again.expected_usd > again.most_usd


def test_what_rests_on_a_paid_model_that_nobody_rated_is_marked_as_a_guess() -> None:
    rows = [replay([record()], CATALOG, policy) for policy in (CHEAPEST, BEST)]
    assert [row.outcomes[0].model for row in rows] == ["bulk:lite", "top:cine"]
    assert [expected(row).endswith(" (guess)") for row in rows] == [True, False]
    assert expected(rows[0]) in page([record()], rows)


def test_a_refusal_is_counted_and_costs_nothing() -> None:
    strict = RoutingPolicy.model_validate({"name": "strict", "floors": {"elo": 1600}, "ignore": ["sketch:*"]})
    again = replay([record(), record(hours=1)], CATALOG, strict)
    assert (again.refused, again.most_usd) == (2, Decimal(0))
    assert "under the floor of 1600" in again.outcomes[0].refused


def test_orders_that_come_to_an_outline_only_are_counted_and_shown() -> None:
    recorded = [record(), record(hours=1)]
    house = RoutingPolicy.model_validate({"name": "house", "only": ["sketch:*"]})
    rows = [as_it_was(recorded, CATALOG), replay(recorded, CATALOG, house)]
    assert [(row.no_final, row.refused) for row in rows] == [(0, 0), (2, 0)]
    assert rows[1].most_usd == Decimal(0)
    assert "<th>No final</th>" in page(recorded, rows)
    outlined = [kept(order_of(), house, Conditions(now=NOON))]
    assert as_it_was(outlined, CATALOG).outcomes == replay(outlined, CATALOG, house).outcomes
    assert as_it_was(outlined, CATALOG).no_final == 1


def test_models_that_came_later_are_not_chosen_for_older_decisions() -> None:
    later = (*CATALOG, candidate("new:free", "0", elo=1600, speed_s_per_s=1))
    assert replay([record()], later, CHEAPEST).outcomes[0].model == "bulk:lite"


def test_each_decision_is_made_as_at_its_own_moment() -> None:
    retiring = candidate("bulk:lite", "0.015", speed_s_per_s=4, retires_on=(NOON + timedelta(days=1)).date())
    catalog = (*(one for one in CATALOG if one.id != "bulk:lite"), retiring)
    first, second = replay([record(), record(hours=24)], catalog, CHEAPEST).outcomes
    assert (first.model, second.model) == ("bulk:lite", "studio-gpu:wan")


@pytest.mark.parametrize(
    ("catalog", "guessed"),
    [
        (CATALOG, ("quality",)),
        ((candidate("bulk:lite", "0.03", elo=1300, speed_s_per_s=4), *CATALOG[3:]), ("models", "price")),
        ((candidate("bulk:lite", "0.015", elo=1300), *CATALOG[3:]), ("models", "wait")),
    ],
)
def test_what_nobody_measured_is_said(catalog: tuple[Candidate, ...], guessed: tuple[str, ...]) -> None:
    only = RoutingPolicy(name="only", only=("bulk:lite",))
    again = replay([record()], catalog, only)
    assert again.outcomes[0].guessed == guessed
    assert again.guessed == 1.0
    assert again.guesses == dict.fromkeys(sorted(guessed), 1)


@pytest.mark.parametrize("typical", typical_orders(), ids=lambda one: one.name)
def test_facts_give_an_order_that_is_decided_alike(typical: Typical) -> None:
    again = Facts.model_validate_json(Facts.of(typical.request).model_dump_json()).request
    assert decided(again) == decided(typical.request)


def decided(request: GenerationRequest) -> object:
    wide = RoutingPolicy.model_validate({"budgets": {"per_clip_usd": "5"}})
    try:
        return route(request, CATALOG, wide, Conditions(now=NOON))
    except RoutingError as error:
        return error.rejections


def test_the_report_is_one_page_that_loads_nothing() -> None:
    recorded = [record(hours=hour, prompt="<script>alert(1)</script>") for hour in range(4)]
    odd = RoutingPolicy(name="a<b>")
    html = page(
        recorded, [as_it_was(recorded, CATALOG), replay(recorded, CATALOG, BEST), replay(recorded, CATALOG, odd)]
    )

    class Reader(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.tags: list[str] = []
            self.loads: list[str] = []

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.tags.append(tag)
            self.loads += [value or "" for name, value in attrs if name in {"src", "href"}]

    reader = Reader()
    reader.feed(html)
    assert reader.tags.count("svg") == 5
    assert not {"script", "link", "img", "b"} & set(reader.tags)
    assert reader.loads == []
    assert "http" not in html
    assert "top:cine" in html


def test_one_decision_alone_makes_a_report() -> None:
    one = [record()]
    assert "<polyline" in page(one, [as_it_was(one, CATALOG)])
    assert one[0].facts.size == Size(width_px=1280, height_px=720)
