"""An order whose answer was lost is asked about by placing it again; a refusal of that question is no answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from bench.chaos.vendor import Vendor
from bench.chaos.world import World
from redis.asyncio import Redis

from cutaway.contract import GenerationRequest, Handle, Placing
from cutaway.errors import ProviderError

BUSY = ProviderError("Slow down.", kind="quota", retryable=True, retry_after_s=0.0, status=429)
REFUSED = ProviderError("No more of these.", kind="invalid", status=400)


@dataclass(slots=True)
class Gatekeeper(Vendor):
    """Refuses at the door, as rate limiters do: before anybody looks whether the key is known."""

    at_the_door: list[ProviderError | None] = field(default_factory=list)

    async def submit(self, model: str, request: GenerationRequest, placing: Placing) -> Handle:
        placing.still_ours()
        if self.at_the_door and (refusal := self.at_the_door.pop(0)):
            raise refusal
        return await Vendor.submit(self, model, request, placing)


@pytest.mark.parametrize("refusal", [BUSY, REFUSED], ids=["429", "400"])
async def test_a_refusal_of_the_question_does_not_make_an_order_that_was_taken_anything_else(
    redis: Redis, tmp_path: Path, refusal: ProviderError
) -> None:
    vendor = Gatekeeper("lab", "deduplicates", faults=["drop_after"], at_the_door=[None, refusal])
    world = World(redis, tmp_path, vendor)
    await world.order()
    rest = await world.run()
    assert [job.key for job in vendor.jobs] == ["op1-0"], "paid twice"
    assert rest.phase == "done" or rest.parked, "what was paid for was given up"
