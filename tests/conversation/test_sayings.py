"""The offline ear against conversations in which people change a film in their own words."""

from __future__ import annotations

from pathlib import Path

import pytest

from cutaway.conversation.keywords import KeywordReasoner
from cutaway.evaluation.judging import judge
from cutaway.evaluation.playing import Step, play
from cutaway.evaluation.reading import read

SAYINGS = Path(__file__).parent / "sayings"
STEPS = [step for path in sorted(SAYINGS.glob("*.yaml")) for one in read(path) for step in play(one)]


@pytest.mark.parametrize(
    "step", STEPS, ids=lambda step: f"{step.conversation.name} {step.number}: {step.turn.say[:60]}"
)
async def test_a_change_in_peoples_words_gives_the_film_they_mean(step: Step) -> None:
    verdict = judge(step, await KeywordReasoner().plan(step.situation))

    assert verdict.wrong == ()


def test_there_are_at_least_three_hundred_sayings() -> None:
    assert len({step.turn.say for step in STEPS}) >= 300
