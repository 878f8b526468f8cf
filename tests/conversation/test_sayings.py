"""The offline ear against conversations in which people change a film in their own words."""

from __future__ import annotations

from pathlib import Path

import pytest

from conversation.utterances import ROAD
from cutaway.conversation.keywords import KeywordReasoner
from cutaway.conversation.plan import Said, Situation
from cutaway.evaluation.judging import judge
from cutaway.evaluation.playing import Step, play
from cutaway.evaluation.reading import read
from cutaway.storyboard.edits import SetTime, SetWeather

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


@pytest.mark.parametrize(
    "text",
    [
        "a cat sits on a wall in the rain",
        "nice work, I love the dog",
        "my boss will be happy with this",
        "is the dog in the second shot?",
        "how long is shot 2",
        "what's the weather like in shot 3",
        "I have a dog at home too",
        "I wonder whether this is any good",
        "send it to my mother",
        "the weather is nice today here",
        "who made this music?",
        "I'm not sure about the ending",
        "put our logo in the corner",
    ],
)
async def test_words_that_ask_for_no_change_change_nothing(text: str) -> None:
    got = await KeywordReasoner().plan(Situation(text=text, storyboard=ROAD))

    assert got.intent in {"ask", "answer"}


async def test_what_a_slip_of_the_keys_meant_is_heard() -> None:
    got = await KeywordReasoner().plan(Situation(text="mkae the secnd shot nigth", storyboard=ROAD))

    assert got.edits == (SetTime(shots=("s2",), time_of_day="night"),)


async def test_weather_that_a_shot_was_told_with_names_no_shot() -> None:
    told = "A girl waits at a station in the rain at dusk. Then a train arrives. Then the girl walks through a village."
    film = (await KeywordReasoner().plan(Situation(text=told))).storyboard
    text = "Make the last shot night, with snow instead of rain"
    got = await KeywordReasoner().plan(
        Situation(text=text, storyboard=film, window=(Said(role="person", text=told), Said(role="studio", text="Yes.")))
    )
    assert got.edits == (SetTime(shots=("s3",), time_of_day="night"), SetWeather(shots=("s3",), weather="snow"))
