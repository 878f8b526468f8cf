"""Stills asked for, or skipped, in words: by keywords and by a language model."""

from __future__ import annotations

import pytest

from conversation.test_reasoner import DRAFT, EMPTY, FILMED, Model, answer
from cutaway.conversation.keywords.reasoner import KeywordReasoner
from cutaway.conversation.plan import Situation, TurnPlan
from cutaway.conversation.reasoner import LiteLLMReasoner


async def heard(text: str, situation: Situation = FILMED) -> TurnPlan:
    return await KeywordReasoner().plan(situation.model_copy(update={"text": text}))


@pytest.mark.parametrize(
    "text",
    [
        "/stills",
        "stills",
        "Stills first, please.",
        "show me stills first",
        "Show me the stills.",
        "just pictures first",
        "only stills for now",
        "give me just stills",
        "let's see pictures first",
        "ok, show me pictures before the finals",
    ],
)
async def test_a_wish_for_stills_is_understood(text: str) -> None:
    plan = await heard(text)
    assert (plan.intent, plan.stage) == ("finish", "still")


@pytest.mark.parametrize(
    "text", ["skip the stills", "Skip the stills.", "skip stills and go straight to finals", "skip the still"]
)
async def test_a_wish_to_skip_them_orders_finals(text: str) -> None:
    plan = await heard(text)
    assert (plan.intent, plan.stage) == ("finish", "final")


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("a red fox trots through a wood, stills first", "make"),
        ("a red fox trots through a wood, show me pictures first", "make"),
        ("make shot 2 night, just stills first", "edit"),
    ],
)
async def test_stills_first_goes_with_a_film_or_a_change(text: str, intent: str) -> None:
    plan = await heard(text, EMPTY if intent == "make" else FILMED)
    assert (plan.intent, plan.stage) == (intent, "still")
    assert plan.not_understood == ()


@pytest.mark.parametrize(
    "text", ["a still lake at dawn", "a girl takes pictures of a fox", "the fox stands still", "show me a picture book"]
)
async def test_still_and_picture_in_a_scene_are_only_words(text: str) -> None:
    assert (await heard(text, EMPTY)).stage is None


async def test_without_a_film_there_is_nothing_to_make_stills_of() -> None:
    plan = await heard("/stills", EMPTY)
    assert (plan.intent, plan.reply) == ("answer", "There is nothing to make stills of yet.")


async def test_a_language_model_may_ask_for_stills_or_finals_and_for_no_other_rung() -> None:
    model = Model(
        answer("make", film=DRAFT, stage="still"),
        answer("finish", stage="final"),
        answer("finish", stage="draft"),
        answer("finish"),
    )
    reasoner = LiteLLMReasoner("m", complete=model)
    assert (await reasoner.plan(EMPTY)).stage == "still"
    assert (await reasoner.plan(FILMED)).stage == "final"
    assert (await reasoner.plan(FILMED)).stage is None
    assert len(model.asked) == 4
