"""Counting: shares with their intervals, questions in place, and reasoners that fail."""

from __future__ import annotations

import pytest

from cutaway.conversation.plan import Situation, TurnPlan
from cutaway.errors import ConfigError, ReasonerError
from cutaway.evaluation.conversation import Conversation
from cutaway.evaluation.running import Share, by_kind, evaluate, tally
from cutaway.storyboard.edits import SetWeather

TALK = Conversation.model_validate(
    {
        "conversation": "talk",
        "start": {"cast": ["fox"], "shots": [{"cast": ["fox"]}]},
        "turns": [
            {"say": "rain", "kind": "edit", "edits": [{"op": "set_weather", "weather": "rain"}]},
            {"say": "use our song", "kind": "unknown", "intent": "ask"},
            {"say": "thanks", "kind": "chat", "intent": "answer"},
        ],
    }
)


class Weatherman:
    """Knows rain, and asks about everything else; `failure` is raised at thanks."""

    name = "weatherman"

    def __init__(self, failure: Exception | None = None, *, always: bool = False) -> None:
        self.failure, self.always = failure, always

    async def plan(self, situation: Situation) -> TurnPlan:
        if self.failure and (self.always or situation.text == "thanks"):
            raise self.failure
        if "rain" in situation.text:
            return TurnPlan(intent="edit", decision="video", edits=(SetWeather(weather="rain"),))
        return TurnPlan(intent="ask")


async def test_turns_are_counted_by_kind_and_in_all() -> None:
    verdicts = await evaluate(Weatherman(), [TALK])
    found = tally(verdicts)
    assert (found.count, found.decision.right, found.intent.right, found.right.right) == (3, 3, 2, 2)
    assert (found.edits, found.films) == (Share(1, 1), Share(0, 0))
    assert (found.asked, found.asked_well, found.failed) == (2, 1, 0)
    assert {kind: one.right.right for kind, one in by_kind(verdicts).items()} == {"edit": 1, "unknown": 1, "chat": 0}


async def test_acting_where_words_were_right_counts_against_what_it_makes() -> None:
    class Rainmaker(Weatherman):
        async def plan(self, situation: Situation) -> TurnPlan:
            return await super().plan(situation.model_copy(update={"text": "rain"}))

    assert tally(await evaluate(Weatherman(), [TALK])).acted == Share(1, 1)
    assert tally(await evaluate(Rainmaker(), [TALK])).acted == Share(1, 3)


async def test_a_turn_without_a_plan_is_a_miss_and_counted() -> None:
    found = tally(await evaluate(Weatherman(ReasonerError("It is tired.")), [TALK]))
    assert (found.failed, found.decision.right, found.right.right) == (1, 2, 2)


async def test_a_reasoner_that_never_answers_is_an_error_and_not_a_score() -> None:
    with pytest.raises(ReasonerError, match="It is tired"):
        await evaluate(Weatherman(ReasonerError("It is tired."), always=True), [TALK])


async def test_a_setting_that_is_missing_ends_the_run() -> None:
    with pytest.raises(ConfigError, match="no key"):
        await evaluate(Weatherman(ConfigError("There is no key.")), [TALK])


async def test_a_reasoner_that_breaks_is_told_with_the_turn() -> None:
    with pytest.raises(ReasonerError, match=r"'talk', turn 3: KeyError"):
        await evaluate(Weatherman(KeyError("colour")), [TALK])


@pytest.mark.parametrize(
    ("right", "count", "low", "high"),
    # From the formula of Wilson (1927), as in R's binom::binom.wilson.
    [(5, 10, 0.2366, 0.7634), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (81, 263, 0.2553, 0.3662)],
)
def test_an_interval_is_wilsons(right: int, count: int, low: float, high: float) -> None:
    assert Share(right, count).interval == pytest.approx((low, high), abs=5e-5)


def test_nothing_counted_has_no_share_and_no_interval() -> None:
    assert (Share(0, 0).share, Share(0, 0).interval) == (None, None)
