"""Any moves in any order: the ledger does what a plain model says, and its money adds up after each."""

from __future__ import annotations

import pytest
from bench.chaos.machine import run_machine

from money.test_mutants import NO_FENCE, NO_SETTLE_ONCE


@pytest.mark.slow
def test_any_moves_in_any_order_keep_every_row_and_every_budget_right(valkey_url: str) -> None:
    assert run_machine(valkey_url, steps=5_000) > 3_000


@pytest.mark.slow
def test_a_ledger_without_a_fence_is_caught_by_any_moves(valkey_url: str) -> None:
    with pytest.raises((AssertionError, ExceptionGroup)):
        run_machine(valkey_url, steps=5_000, shrink=False, changes=[NO_FENCE, NO_SETTLE_ONCE])
