"""What holds for one order: the policy's preferences with the fitting rules laid over them."""

from __future__ import annotations

import pytest

from cutaway.routing import RoutingPolicy
from cutaway.routing.effective import effective
from cutaway.routing.policy import Floors, Overrides, Rule
from cutaway.routing.typical import order_of
from routing.catalog import NOW

FLOORS = Floors(elo=1300, latency_s=60)


@pytest.mark.parametrize(
    ("thens", "floors"),
    [
        ((Overrides(objective="price"),), FLOORS),
        ((Overrides(floors=Floors(resolution="720p")),), Floors(elo=1300, latency_s=60, resolution="720p")),
        ((Overrides(floors=Floors(elo=1100)),), Floors(elo=1100, latency_s=60)),
        ((Overrides(floors=Floors()),), FLOORS),
        ((Overrides(lift_floors=("elo",)),), Floors(latency_s=60)),
        ((Overrides(lift_floors=("elo", "latency_s"), floors=Floors(elo=1000)),), Floors(elo=1000)),
        (
            (Overrides(lift_floors=("elo",)), Overrides(floors=Floors(latency_s=30))),
            Floors(latency_s=30),
        ),
    ],
)
def test_a_rules_floors_are_laid_over_the_policys_one_by_one(thens: tuple[Overrides, ...], floors: Floors) -> None:
    rules = tuple(Rule(name=f"r{place}", then=then) for place, then in enumerate(thens))
    found = effective(RoutingPolicy(floors=FLOORS, rules=rules), order_of(), NOW)
    assert found.preferences.floors == floors


def test_a_stored_policy_keeps_the_floors_that_its_rules_do_not_name() -> None:
    policy = RoutingPolicy(floors=FLOORS, rules=(Rule(name="r", then=Overrides(floors=Floors(resolution="720p"))),))
    stored = RoutingPolicy.model_validate(policy.model_dump(mode="json"))
    assert effective(stored, order_of(), NOW).preferences.floors.elo == 1300
