"""What people say without wanting a change: the offline ear leaves the film as it is."""

from __future__ import annotations

import pytest

from cutaway.conversation.keywords import KeywordReasoner
from cutaway.conversation.plan import Situation
from cutaway.storyboard.edits import SetDuration, SetLighting
from cutaway.storyboard.model import CastMember, Shot, Storyboard

FILM = Storyboard(
    cast=(CastMember(id="baker", name="baker", kind="baker"), CastMember(id="dog", name="dog", kind="dog")),
    shots=(
        Shot(id="s1", cast=("baker",), action="kneads dough", setting="kitchen"),
        Shot(id="s2", cast=("dog",), action="runs", setting="beach", weather="rain"),
        Shot(id="s3", cast=("baker", "dog"), action="nap", setting="sofa"),
    ),
)


@pytest.mark.parametrize(
    "text",
    [
        "the second one looks a bit wonky",
        "I can't stop watching the first one",
        "my mum used to bake bread like that",
        "he looks like my uncle",
        "are you sure about the dog?",
        "something about the light bothers me",
        "I had a dream about this last night",
        "can we talk about the ending?",
        "the kitchen reminds me of home",
        "I'm in two minds about the rain",
        "it's snowing here, can you believe it",
        "we should show this to the kids",
        "do what you think is best",
        "surprise me",
        "make it pop",
        "needs more oomph",
        "it lacks punch",
        "the dog is adorable",
        "her dress is a bit much",
        "nobody will get the joke in shot two",
        "the baker seems sad",
        "why does everything look so flat",
        "I would never wear that",
        "who is the man in the back",
        "the timing feels off",
        "there's too much going on",
        "not sure the beach works",
        "I keep coming back to the first shot",
        "could be better",
        "it was better in my head",
        "let's sleep on it and talk in the morning",
        "my train leaves at noon",
        "thank god it's friday",
        "the dog died last winter, it's for my wife",
        "I'd say seven out of ten",
        "the boss is happy, mostly",
        "this is the best day of my life",
        "I wonder what the baker is thinking",
        "we went to the beach on sunday",
        "is the rain realistic?",
        "give it more soul",
        "please be careful with the first shot",
        "you forgot the dog",
        "you made the beach too small",
        "where did the rain go",
        "what happened to the second shot",
        "it's a little on the nose",
        "the beach one is my favourite by miles",
        "the first shot is fine as it is",
        "I love how the dog runs",
        "let me know when it's dark outside",
        "put yourself in my shoes",
        "take your time",
        "take it easy",
        "cut it out",
        "drop me a line",
        "hold your horses",
        "keep up the good work",
        "that rings a bell",
        "a penny for your thoughts",
        "break a leg",
    ],
)
async def test_a_remark_changes_nothing(text: str) -> None:
    got = await KeywordReasoner().plan(Situation(text=text, storyboard=FILM))

    assert got.intent in {"ask", "answer"}


async def test_what_is_understood_is_done_and_the_remark_beside_it_is_told_back() -> None:
    got = await KeywordReasoner().plan(
        Situation(
            text="they look rather grey in the first one dear, it ought to be a nice golden light", storyboard=FILM
        )
    )

    assert got.edits == (SetLighting(shots=("s1",), lighting="golden light"),)
    assert any("grey" in words for words in got.not_understood)


async def test_a_name_that_no_shot_shows_is_asked_about_with_what_would_help() -> None:
    got = await KeywordReasoner().plan(Situation(text="make the volcano longer", storyboard=FILM))

    assert (got.intent, got.choices[0]) == ("ask", "make shot 1 longer")


async def test_a_bare_figure_is_for_the_shot_found_too_long() -> None:
    got = await KeywordReasoner().plan(Situation(text="dough too long. 1.5", storyboard=FILM))

    assert got.edits == (SetDuration(shots=("s1",), seconds=1.5),)
