"""The power goes at any byte of the append-only file; what was answered is there, and nothing is paid twice."""

from __future__ import annotations

from collections import Counter

import pytest
from bench.chaos import aof

pytestmark = [pytest.mark.chaos, pytest.mark.slow]


async def test_a_power_cut_at_any_byte_breaks_no_promise() -> None:
    tally: Counter[str] = Counter()
    assert await aof.run(cuts=20, seed=1, tally=tally) == []
    assert tally["cuts"] == 20
    assert tally["inside a write"]
    assert tally["between writes"]
    assert tally["ended done"]
    assert tally["ended unknown"]


async def test_a_store_that_loses_answered_writes_is_caught() -> None:
    wrong = await aof.run(cuts=12, seed=1, ahead=40)
    assert [text for text in wrong if "was ordered 2 times" in text]
    assert [text for text in wrong if "which is blind" in text]
