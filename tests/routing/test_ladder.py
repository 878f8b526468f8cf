"""The rungs of a ladder: the closed forms agree with exact sums and with dice, and the rule with the costs."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cutaway.contract import Stage
from cutaway.routing.ladder import P_REND, WAYS, Rung, climb, expected_usd, pays
from cutaway.routing.policy import Ladder

RUNGS = st.builds(Rung, st.floats(0, 5), st.floats(1, 20))
RHOS = st.floats(0, 1)
SEEDANCE = Rung(1.50, 164 / 41)
"""5 s of Seedance 2.0 at about $0.30, which took 4.0 generations a kept shot."""
STILL, DRAFT = Rung(0.039, 3.0), Rung(0.15, 4.0)


def test_a_final_alone_costs_its_price_times_its_attempts() -> None:
    assert climb(SEEDANCE).expected_usd == pytest.approx(6.0)
    assert climb(SEEDANCE).rungs == ("animatic", "final")


@given(RUNGS)
def test_the_chances_of_composition_and_rendering_multiply_to_one_in_so_many_attempts(rung: Rung) -> None:
    assert rung.composition() * rung.rendering() == pytest.approx(1 / rung.attempts)
    assert rung.rendering() >= P_REND


@given(RUNGS, RUNGS, RHOS)
def test_the_two_stage_rule_says_exactly_when_two_stages_cost_less(first: Rung, final: Rung, rho: float) -> None:
    ladder = Ladder(rho_draft=rho)
    two = expected_usd(("draft", "final"), final, {"draft": first}, ladder)
    one = expected_usd(("final",), final, {}, ladder)
    if two != pytest.approx(one, rel=1e-9, abs=1e-12):
        assert pays(first, final, rho) == (two < one)


@given(RUNGS, RUNGS, RUNGS, RHOS, RHOS)
def test_what_is_climbed_never_costs_more_than_any_other_way(
    still: Rung, draft: Rung, final: Rung, rho_still: float, rho_draft: float
) -> None:
    ladder = Ladder(rho_still=rho_still, rho_draft=rho_draft)
    found = climb(final, still=still, draft=draft, ladder=ladder)
    below: dict[Stage, Rung] = {"still": still, "draft": draft}
    assert found.expected_usd == min(expected_usd(way, final, below, ladder) for way in WAYS)
    assert found.saves_usd >= 0


@given(st.integers(1, 20), st.integers(1, 20), st.integers(0, 10), st.integers(1, 400), st.integers(1, 400))
@settings(max_examples=30, deadline=None)
def test_the_closed_form_is_the_sum_over_every_number_of_attempts(
    p_draft: int, p_comp: int, rho: int, draft_cents: int, final_cents: int
) -> None:
    """Chances in twentieths, summed until what is left is under a billionth."""
    p_rend = Fraction(3, 4)
    right_draft, right = Fraction(p_draft, 20), Fraction(p_comp, 20)
    survives = Fraction(rho, 10) + (1 - Fraction(rho, 10)) * right
    total = geometric(draft_cents, right_draft) + geometric(final_cents, survives * p_rend)
    closed = expected_usd(
        ("draft", "final"),
        Rung(final_cents, float(1 / (right * p_rend))),
        {"draft": Rung(draft_cents, float(1 / (right_draft * p_rend)))},
        Ladder(rho_draft=rho / 10),
        float(p_rend),
    )
    assert closed == pytest.approx(total, rel=1e-6)


def geometric(cost: int, chance: Fraction) -> float:
    """The mean of cost x attempts, summed attempt by attempt."""
    total, still_going, p = 0.0, 1.0, float(chance)
    for n in range(1, 4000):
        total += n * cost * p * still_going
        still_going *= 1 - p
        if still_going < 1e-14:
            break
    return total


@pytest.mark.parametrize("way", WAYS)
def test_dice_agree_with_the_closed_form(way: tuple[Stage, ...]) -> None:
    ladder, chance, shots = Ladder(), random.Random(20261120), 40_000
    below: dict[Stage, Rung] = {"still": STILL, "draft": DRAFT}
    paid = sum(thrown(way, chance, below, ladder) for _ in range(shots)) / shots
    assert paid == pytest.approx(expected_usd(way, SEEDANCE, below, ladder), rel=0.02)


def thrown(way: tuple[Stage, ...], chance: random.Random, below: dict[Stage, Rung], ladder: Ladder) -> float:
    """What one shot costs until it is kept, attempt by attempt."""
    total, survival = 0.0, 0.0
    for stage in way:
        one = SEEDANCE if stage == "final" else below[stage]
        while True:
            total += one.cost_usd
            right = chance.random() < survival or chance.random() < one.composition()
            if right and (stage != "final" or chance.random() < one.rendering()):
                break
        survival = ladder.rho_still if stage == "still" else ladder.rho_draft
    return total


def test_a_draft_that_pays_is_climbed_and_the_saving_is_said() -> None:
    found = climb(SEEDANCE, draft=DRAFT)
    assert found.rungs == ("animatic", "draft", "final")
    assert found.words == "a draft first saves about $3.39 of $6.00: 4.0 tries a kept clip"


def test_a_draft_that_costs_as_much_as_a_final_is_left_out() -> None:
    found = climb(Rung(0.1, 1.3), draft=Rung(0.1, 1.3))
    assert found.rungs == ("animatic", "final")
    assert found.words.endswith("a draft first would not save money")


def test_a_free_final_has_nothing_to_save() -> None:
    assert climb(Rung(0, 9), still=STILL, draft=DRAFT).rungs == ("animatic", "final")


def test_the_policy_can_climb_always_or_never() -> None:
    cheap = Rung(0.01, 1.4)
    always = climb(cheap, still=STILL, draft=DRAFT, ladder=Ladder(climb="always"))
    assert always.rungs == ("animatic", "still", "draft", "final")
    assert "as the policy wants; it costs about" in always.words
    assert climb(SEEDANCE, still=STILL, draft=DRAFT, ladder=Ladder(climb="never")).rungs == ("final",)


def test_a_rung_that_the_policy_leaves_out_is_not_climbed() -> None:
    found = climb(SEEDANCE, still=STILL, draft=DRAFT, ladder=Ladder(rungs=("still", "final")))
    assert found.rungs == ("still", "final")
