"""What the offline ear makes of a wish for many films: the rows, the table, and how many to see first."""

from __future__ import annotations

import pytest

from cutaway.conversation.keywords import KeywordReasoner
from cutaway.conversation.plan import ContextLine, Situation, TurnPlan
from cutaway.storyboard.model import Shot, Storyboard

FILM = Storyboard(title="{name}", shots=(Shot(id="s1", action="a lantern on a table"),))
TABLE = (ContextLine(ref="rows.csv:2", text="name: Ember"),)


async def heard(text: str, **given: object) -> TurnPlan:
    there = {"text": text, "storyboard": FILM, "context": TABLE} | given
    return await KeywordReasoner().plan(Situation.model_validate(there))


@pytest.mark.parametrize(
    ("text", "target", "sample"),
    [
        ("make one for each row", (), None),
        ("Please make a video for every row of the table.", (), None),
        ("one film per row", (), None),
        ("make this for all the rows in rows.csv", ("rows.csv",), None),
        ('make one for each line of "rows.csv" please', ("rows.csv",), None),
        ("make one for each row, show me the first three", (), 3),
        ("make one for each row and show me the first 2 first", (), 2),
        ("make one for each row with a sample of five films", (), 5),
        ("make one for each row, but just the first one for now", (), 1),
    ],
)
async def test_a_film_for_each_row_is_an_order_for_a_batch(text: str, target: tuple[str, ...], sample: int) -> None:
    plan = await heard(text)
    assert (plan.intent, plan.target, plan.sample) == ("batch", target, sample)


async def test_the_first_few_are_a_sample_only_while_a_price_waits() -> None:
    assert (await heard("show me the first three", pending_quote="q")).sample == 3
    assert (await heard("show me the first three")).intent != "batch"
    assert (await heard("show me the first three", pending_quote="q", context=())).intent != "batch"


async def test_without_a_table_or_a_film_it_asks_for_one() -> None:
    no_table = await heard("make one for each row", context=())
    assert (no_table.intent, ".csv" in no_table.reply) == ("ask", True)
    no_film = await heard("make one for each row", storyboard=None)
    assert (no_film.intent, "{column}" in no_film.reply) == ("ask", True)


@pytest.mark.parametrize("text", ["a row of lanterns on a table", "show me the first snow", "make one for my mother"])
async def test_other_rows_and_firsts_are_no_batch(text: str) -> None:
    assert (await heard(text, pending_quote="q")).intent != "batch"
