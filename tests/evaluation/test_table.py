"""The conversations that come with Cutaway: many, possible, and divided by a hash."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from cutaway.evaluation.conversation import Bound, Conversation, Outcome, held_out
from cutaway.evaluation.judging import judge
from cutaway.evaluation.playing import Step
from cutaway.evaluation.reading import TABLE, own_table, read
from cutaway.evaluation.running import evaluate, tally
from cutaway.storyboard.apply import apply
from cutaway.storyboard.model import Storyboard
from evaluation.gold import Oracle, plan_of, steps

CONVERSATIONS = own_table()
STEPS = steps(CONVERSATIONS)
KINDS = {
    *("new", "edit", "amount", "look", "words", "sound", "pronoun", "correction", "fragment", "several"),
    *("negation", "lock", "history", "approval", "question", "context", "chat", "language", "unknown"),
}


def test_there_are_enough_conversations_and_each_is_one() -> None:
    assert len(CONVERSATIONS) >= 122
    assert len(STEPS) >= 600
    assert all(3 <= len(one.turns) <= 7 for one in CONVERSATIONS)
    assert len({one.name for one in CONVERSATIONS}) == len(CONVERSATIONS)


def test_no_message_is_said_twice() -> None:
    said = Counter(step.turn.say.casefold().strip(" .!?") for step in STEPS)
    assert [text for text, times in said.items() if times > 1] == []


def test_every_kind_of_message_is_there_several_times_and_no_other() -> None:
    kinds = Counter(step.turn.kind for step in STEPS)
    assert set(kinds) == KINDS
    assert min(kinds.values()) >= 5


@pytest.mark.parametrize("part", ["open", "held_out"])
def test_a_conversation_stands_in_the_part_its_name_hashes_to(part: str) -> None:
    found = [one for path in (TABLE / part).glob("*.yaml") for one in read(path)]
    assert {(one.held_out, held_out(one.name)) for one in found} == {(part == "held_out", part == "held_out")}


def test_enough_are_held_out_to_measure_by() -> None:
    assert sum(one.held_out for one in CONVERSATIONS) >= 20
    assert sum(one.held_out for one in CONVERSATIONS) / len(CONVERSATIONS) > 0.15


def outcomes(talk: Conversation) -> Iterator[tuple[Step, Outcome]]:
    for step in steps([talk]):
        for outcome in step.turn.outcomes:
            yield step, outcome


@pytest.mark.parametrize("talk", CONVERSATIONS, ids=lambda talk: talk.name)
def test_every_expected_edit_applies_to_its_film_and_changes_it(talk: Conversation) -> None:
    for step, outcome in outcomes(talk):
        film = after = step.situation.storyboard
        for edit in outcome.edits_at("middle"):
            assert after is not None, step.turn.say
            changed = apply(after, [edit])
            assert changed != after, (step.turn.say, edit)
            after = changed
        assert outcome.intent != "edit" or after != film, step.turn.say


@pytest.mark.parametrize("talk", CONVERSATIONS, ids=lambda talk: talk.name)
def test_the_ids_in_expected_edits_name_what_there_is(talk: Conversation) -> None:
    for step, outcome in outcomes(talk):
        there = ids(step.situation.storyboard)
        for edit in outcome.edits_at("middle"):
            data = edit.model_dump(mode="json")
            named = {*(data.get("shots") or ()), *(data.get("cast") or ())}
            named |= {data[key] for key in ("shot", "cast_id", "overlay_id") if isinstance(data.get(key), str)}
            assert named <= there, (step.turn.say, edit)
            there |= {str(part["id"]) for part in data.values() if isinstance(part, dict)} | {str(data.get("new_id"))}


def ids(film: Storyboard | None) -> set[str]:
    if film is None:
        return set()
    return {shot.id for shot in film.shots} | {who.id for who in film.cast} | {text.id for text in film.overlays}


@pytest.mark.parametrize("bound", ["low", "middle", "high"])
@pytest.mark.parametrize("talk", CONVERSATIONS, ids=lambda talk: talk.name)
def test_every_outcome_the_table_allows_is_judged_right(talk: Conversation, bound: Bound) -> None:
    for step, outcome in outcomes(talk):
        verdict = judge(step, plan_of(outcome, bound))
        assert verdict.right, (step.turn.say, verdict.wrong)


async def test_a_reasoner_that_does_what_the_table_says_gets_all_of_it_right() -> None:
    found = tally(await evaluate(Oracle(CONVERSATIONS), CONVERSATIONS))
    for share in (found.decision, found.intent, found.edits, found.films, found.right):
        assert share.right == share.count > 0


def test_what_is_expected_of_one_turn_is_wrong_for_nearly_every_other() -> None:
    edits = [step for step in STEPS if step.turn.gold.edits]
    # Two people may well want the same of the same film; that a plan fits many turns would be a judge who sleeps.
    fits = sum(
        judge(step, plan_of(other.turn.gold)).right for step, other in zip(edits, edits[7:] + edits[:7], strict=True)
    )
    assert fits <= len(edits) * 0.03
