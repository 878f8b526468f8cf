"""Remarks about a film that ask for no change: an edit made of words that were not understood would be silly."""

from __future__ import annotations

import pytest

from cutaway.conversation.keywords import KeywordReasoner
from cutaway.conversation.keywords.editing.sense import acts, describes, names_somebody
from cutaway.conversation.plan import ContextLine, Situation
from cutaway.storyboard.model import CastMember, Shot, Storyboard

FILM = Storyboard(
    title="Three",
    cast=(
        CastMember(id="woman", name="woman", kind="woman"),
        CastMember(id="dog", name="dog", kind="dog", colour="brown"),
        CastMember(id="hens", name="hens", kind="hens"),
    ),
    shots=(
        Shot(id="s1", cast=("woman",), action="waits", setting="door"),
        Shot(id="s2", cast=("dog",), action="runs", setting="beach"),
        Shot(id="s3", cast=("hens",), action="peck", setting="yard"),
    ),
)
REMARKS = """my husband says hi to the dog
who's a good boy
she has a point
I can't stop looking at the hens
honestly the hens crack me up
the beach is where we got married
does the dog have a name?
give her a break lol
could the dog be any cuter
the hens remind me of my childhood
let me think about the colour
I painted our house blue last year
not sure about the brown
the woman is played by nobody
she is not the woman I know
I have a caption in mind
the caption could be better
the text is on its way
you've an ear for this
this makes me want to dance
make it work
make the most of it
turn the woman into something
the woman needs work
the dog needs something
the dog looks exactly like ours used to
could she have the face of my sister Anna
that dog is a disaster
they look a bit odd to me dear""".split("\n")


@pytest.mark.parametrize("text", REMARKS)
async def test_a_remark_changes_nothing(text: str) -> None:
    got = await KeywordReasoner().plan(Situation(text=text, storyboard=FILM))

    assert got.intent in {"ask", "answer"}, got.reply


async def test_a_colour_that_is_too_much_is_asked_with_choices() -> None:
    got = await KeywordReasoner().plan(Situation(text="that dog is way too brown", storyboard=FILM))

    assert got.intent == "ask"
    assert got.choices[0] == "Make the dog pale brown"


async def test_a_fact_on_the_picture_keeps_the_line_it_is_from() -> None:
    notes = (
        ContextLine(ref="eggs.txt:1", text="Six eggs: 2.40 euros"),
        ContextLine(ref="eggs.txt:2", text="Open: 9-17"),
    )
    got = await KeywordReasoner().plan(
        Situation(text="the price on the hens, as a tag", storyboard=FILM, context=notes)
    )

    (edit,) = got.edits
    assert edit.op == "add_overlay"
    assert (edit.overlay.text, edit.overlay.shot_id, edit.overlay.source) == ("2.40 euros", "s3", "eggs.txt:1")


@pytest.mark.parametrize("kind", ["could she shake herself dry just", "nice", "something", "woman of", "music back"])
def test_words_that_name_nobody_are_no_kind(kind: str) -> None:
    assert not names_somebody(kind)


@pytest.mark.parametrize("kind", ["unicorn", "three piglets", "barn owl", "ladies-in-waiting", "postwoman"])
def test_words_that_name_somebody_are_a_kind(kind: str) -> None:
    assert names_somebody(kind)


def test_opinions_and_talk_describe_nobody() -> None:
    assert not any(
        describes(words) for words in ("properly", "odd to me", "with the real face of Dana", "with a break")
    )
    assert all(describes(words) for words in ("pink wings and a wand", "older, scruffier", "with a smile", ""))


def test_how_somebody_seems_is_nothing_done() -> None:
    assert not any(
        acts(words) for words in ("looks rather grey dear", "stills be dark outside", "says the dog belongs")
    )
    assert all(acts(words) for words in ("looks up at the sky", "dives to the right", "laughs out loud"))
