"""The knapsack is exact: against every choice there is, on ties, on hard cases, and within its limit of work."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cutaway.routing.knapsack import Item, Solution, solve

ITEMS = st.builds(Item, st.integers(0, 30), st.integers(-20, 40))
GROUPS = st.lists(st.lists(ITEMS, min_size=1, max_size=5), min_size=0, max_size=5)


def best_of_all(groups: list[list[Item]], capacity: int) -> tuple[int, int] | None:
    """(value, -weight) of the best choice, by trying every one."""
    sums = [
        (sum(item.value for item in choice), -sum(item.weight for item in choice))
        for choice in itertools.product(*groups)
    ]
    return max((entry for entry in sums if -entry[1] <= capacity), default=None)


@given(GROUPS, st.integers(0, 160))
@settings(max_examples=600, deadline=None)
def test_no_choice_that_fits_is_worth_more_and_none_as_good_is_lighter(groups: list[list[Item]], capacity: int) -> None:
    expected, found = best_of_all(groups, capacity), solve(groups, capacity)
    assert (None if found is None else (found.value, -found.weight)) == expected
    if found is not None:
        assert found.exact
        assert found.weight <= capacity
        taken = [group[i] for group, i in zip(groups, found.chosen, strict=True)]
        assert (sum(item.weight for item in taken), sum(item.value for item in taken)) == (found.weight, found.value)


@given(GROUPS, st.integers(0, 160), st.integers(0, 60))
@settings(max_examples=300, deadline=None)
def test_with_little_work_the_choice_fits_and_the_optimum_lies_under_the_bound(
    groups: list[list[Item]], capacity: int, work_limit: int
) -> None:
    expected, found = best_of_all(groups, capacity), solve(groups, capacity, work_limit=work_limit)
    assert (expected is None) == (found is None)
    if expected is not None and found is not None:
        assert found.weight <= capacity
        assert found.value <= expected[0] <= found.bound


def film(kind: str, shots: int, options: int, seed: int) -> list[list[Item]]:
    """Groups as they come, and as they are hard: values near the weights, or one list for all shots."""
    chance = random.Random(seed)

    def group() -> list[Item]:
        items = []
        for _ in range(options):
            weight = chance.randint(10_000, 900_000)
            value = {
                "random": chance.randint(10_000, 9_000_000),
                "strong": weight + 50_000,
                "weak": weight + chance.randint(-40_000, 40_000),
            }[kind]
            items.append(Item(weight, value))
        return items

    return [group() for _ in range(shots)]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.8])
def test_sixty_shots_of_thirty_models_are_solved_exactly(seed: int, share: float) -> None:
    groups = film("random", 60, 30, seed)
    found = solve(groups, within(groups, share))
    assert found is not None
    assert found.exact


def test_shots_that_are_all_alike_are_solved_exactly() -> None:
    groups = film("random", 1, 30, 5) * 60
    found = solve(groups, within(groups, 0.4))
    assert found is not None
    assert found.exact


@pytest.mark.parametrize("kind", ["strong", "weak"])
def test_hard_cases_end_within_their_work_and_say_their_gap(kind: str) -> None:
    groups = film(kind, 60, 30, 1)
    found = solve(groups, within(groups, 0.5))
    assert found is not None
    assert (found.bound - found.value) / found.bound < 0.001


def test_alike_inputs_give_alike_choices() -> None:
    groups = film("weak", 30, 20, 2)
    first, second = (solve(groups, within(groups, 0.5)) for _ in range(2))
    assert first == second


def test_nothing_to_choose_costs_nothing() -> None:
    assert solve([], 0) == Solution((), 0, 0, 0)


def test_the_optimum_is_the_one_that_a_mixed_integer_solver_finds() -> None:
    scipy = pytest.importorskip("scipy.optimize", reason="scipy is not installed")
    import numpy

    groups = film("weak", 20, 10, 3)
    capacity = within(groups, 0.4)
    flat = [item for group in groups for item in group]
    places = numpy.zeros((len(groups), len(flat)))
    for number, group in enumerate(groups):
        places[number, number * len(group) : (number + 1) * len(group)] = 1
    answer = scipy.milp(
        c=[-item.value for item in flat],
        constraints=[
            scipy.LinearConstraint(places, 1, 1),
            scipy.LinearConstraint([[item.weight for item in flat]], -numpy.inf, capacity),
        ],
        integrality=numpy.ones(len(flat)),
        options={"mip_rel_gap": 0},
    )
    found = solve(groups, capacity)
    assert found is not None
    assert found.value == round(-answer.fun)


def within(groups: list[list[Item]], share: float) -> int:
    """A capacity this far between the lightest and the heaviest choice."""
    least = sum(min(item.weight for item in group) for group in groups)
    most = sum(max(item.weight for item in group) for group in groups)
    return least + int(share * (most - least))
