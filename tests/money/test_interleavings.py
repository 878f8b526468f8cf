"""Live processes over one order, in random orders of every step: a sample of them, and mutants that must be caught."""

from __future__ import annotations

import pytest
from bench.chaos.interleave import Flaw, replay, run

from money.test_mutants import NO_FENCE, NO_REPEAT, NO_SETTLE_ONCE


async def caught(url: str, flaw: Flaw, crime: str) -> bool:
    """True when one of three thousand schedules shows the crime."""
    for seed in range(30):
        found = await run(url, schedules=100, seed=seed, flaw=flaw)
        if any(crime in violation for violation in found.violations):
            return True
    return False


@pytest.mark.slow
async def test_no_order_of_things_pays_twice_leaks_a_hold_or_gets_stuck(valkey_url: str) -> None:
    found = await run(valkey_url, schedules=1_000, seed=1)
    assert found.violations == []


@pytest.mark.slow
async def test_without_the_fence_and_settling_once_two_workers_book_the_same_result(valkey_url: str) -> None:
    flaw = Flaw(changes=(NO_FENCE, NO_REPEAT, NO_SETTLE_ONCE))
    assert await caught(valkey_url, flaw, "a hold of -100000 leaked; charged 200000")


@pytest.mark.slow
async def test_a_sender_that_does_not_look_at_its_lease_is_paid_twice(valkey_url: str) -> None:
    assert await caught(valkey_url, Flaw(self_fence="none"), "ordered 2 times")


@pytest.mark.slow
async def test_a_lease_counted_only_from_the_answer_to_the_intent_is_paid_twice(valkey_url: str) -> None:
    # A worker that slept between the intent and its answer would take an old lease for a new one.
    assert await caught(valkey_url, Flaw(self_fence="late"), "ordered 2 times")


@pytest.mark.slow
async def test_looking_for_an_order_that_may_still_be_on_its_way_pays_twice(valkey_url: str) -> None:
    assert await caught(valkey_url, Flaw(settle_ms=0), "ordered 2 times")


async def test_a_schedule_is_replayed_step_by_step_from_its_seed(valkey_url: str) -> None:
    first, second = await replay(valkey_url, "1:7"), await replay(valkey_url, "1:7")
    assert first == second
    assert first[-1] == "all is well"
    assert len(first) > 10
