"""The server's memory runs out under a flood of orders; callers are told, and nothing that was answered is lost."""

from __future__ import annotations

from collections import Counter

import pytest
from bench.chaos import flood
from bench.chaos.crowd import TIERS

pytestmark = [pytest.mark.chaos, pytest.mark.slow]

HEADROOM_BYTES = 300_000


async def test_a_full_store_refuses_in_our_words_and_still_books_what_came_of_orders_on_their_way() -> None:
    tally: Counter[str] = Counter()
    assert await flood.run(seed=1, headroom_bytes=HEADROOM_BYTES, tally=tally) == []
    assert tally["dispatch: done"]
    assert tally["ended done"] > tally["dispatch: done"]
    assert tally["book what came of an order on its way: done"] == len(TIERS) * len(flood.FLYING)
