"""What people say when they want a film or talk about one, each judged as `cutaway evaluate` judges it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from cutaway.conversation.keywords import KeywordReasoner
from cutaway.evaluation.judging import judge
from cutaway.evaluation.playing import Step, play
from cutaway.evaluation.reading import read

TABLES = sorted(Path(__file__).parent.glob("*_sayings.yaml"))
SAYINGS = [step for table in TABLES for conversation in read(table) for step in play(conversation)]


@pytest.mark.parametrize("step", SAYINGS, ids=lambda step: f"{step.turn.kind}: {step.turn.say[:60]}")
def test_a_saying_is_understood(step: Step) -> None:
    plan = asyncio.run(KeywordReasoner().plan(step.situation))

    assert judge(step, plan).wrong == (), plan


def test_the_table_holds_at_least_three_hundred_sayings() -> None:
    assert len({step.turn.say for step in SAYINGS}) >= 300
