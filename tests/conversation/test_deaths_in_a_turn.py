"""SIGKILL in the middle of a turn: whoever takes the message up next leaves what an undisturbed turn leaves, once.

Each scenario is real: processes, Valkey, SQLite checkpoints, a vendor that costs money. `bench/chaos/turns.py` plays
them; here it plays every death at the checkpointer, the reasoner and the queue, and a sample of those at Redis.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest
from bench.chaos.turns import Counts, run

pytestmark = [pytest.mark.chaos, pytest.mark.slow]

SPENDING = ("make", "approve")
OTHER = ("edit", "undo", "decline")
REPLANNED = ("replanned longer", "replanned otherwise", "replanned in words")


@pytest.fixture(scope="module")
def spending(valkey_url: str) -> Counts:
    return asyncio.run(run(valkey_url, seed=11, limit=16, kinds=SPENDING))


@pytest.fixture(scope="module")
def others(valkey_url: str) -> Counts:
    return asyncio.run(run(valkey_url, seed=12, limit=7, kinds=(*OTHER, *REPLANNED)))


def of(kind: str, sentences: Sequence[str]) -> list[str]:
    return [sentence for sentence in sentences if sentence.startswith(f"{kind}, ")]


def test_every_call_of_the_checkpointer_is_a_place_to_die(spending: Counts) -> None:
    assert spending.scenarios == 16 * len(SPENDING)
    assert spending.deaths >= spending.scenarios
    assert all(8 <= moments <= 16 for moments in spending.checkpoint_moments.values())


@pytest.mark.parametrize("kind", [*SPENDING, *OTHER])
def test_a_turn_that_died_leaves_one_version_one_set_of_operations_one_hold_and_one_reply(
    spending: Counts, others: Counts, kind: str
) -> None:
    assert of(kind, [*spending.violations, *others.violations]) == []


@pytest.mark.parametrize("kind", [*SPENDING, *OTHER])
def test_a_turn_that_died_tells_the_same_as_one_that_did_not(spending: Counts, others: Counts, kind: str) -> None:
    assert of(kind, [*spending.words, *others.words]) == []


@pytest.mark.parametrize("kind", REPLANNED)
def test_a_reasoner_that_answers_otherwise_the_second_time_leaves_one_of_its_films_and_no_mixture(
    others: Counts, kind: str
) -> None:
    assert of(kind, [*others.violations, *others.words]) == []
