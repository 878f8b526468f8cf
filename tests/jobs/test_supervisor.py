"""The supervisor keeps workers alive, and says so when one cannot be."""

from __future__ import annotations

import os
from collections.abc import Sequence

import pytest
from redis.asyncio import Redis

from cutaway.errors import JobError
from cutaway.jobs.supervisor import Crew, supervise
from cutaway.ledger import Ledger


class Nobody:
    async def waiting(self, names: Sequence[str]) -> dict[str, list[str]]:
        return {}

    async def wake(self, operations: Sequence[tuple[str, str]]) -> None:
        pass


@pytest.mark.slow
async def test_a_worker_that_ends_at_every_start_ends_the_supervisor_with_the_reason(redis: Redis) -> None:
    broken = {**os.environ, "CUTAWAY_REDIS_URL": "nonsense"}
    with pytest.raises(JobError, match="ended 5 times right after its start"):
        await supervise(Crew({"cpu": 1}, broken), Ledger(redis), Nobody())


@pytest.mark.slow
async def test_a_work_horse_never_loads_a_language_model_or_the_graph() -> None:
    import subprocess
    import sys

    code = (
        "import sys; import cutaway.jobs.worker; from cutaway.media.preload import preload; preload();"
        "print([m for m in ('litellm', 'langgraph', 'openai') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"
