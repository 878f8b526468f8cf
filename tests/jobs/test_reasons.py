"""What a person is told about an order that could not be placed: which vendor, the last reason, and what to do."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from bench.chaos.vendor import Vendor
from bench.chaos.world import World
from bench.faulty_provider import FaultyProvider
from redis.asyncio import Redis

from cutaway.contract import GenerationRequest, Handle, Placing, RemoteProvider
from cutaway.errors import ProviderError
from cutaway.events import EventLog
from cutaway.jobs.run import Bench, Made, Work
from cutaway.ledger import Operation
from cutaway.registry import build

MODEL = {
    "id": "one",
    "resolutions": ["480p"],
    "durations_s": [2, 4],
    "price": {"usd_per_s": "0.05", "source": "made up", "as_of": "2026-11-20"},
}


@dataclass(slots=True)
class Wired(Vendor):
    """A vendor whose orders really leave, by an adapter."""

    adapter: RemoteProvider | None = None

    async def submit(self, model: str, request: GenerationRequest, placing: Placing) -> Handle:
        assert self.adapter is not None
        self.posts += 1
        return await self.adapter.submit(model, request, placing)


@pytest.fixture
def closed_port() -> int:
    """A port of this machine where nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.fixture
async def vendor(tmp_path: Path) -> AsyncIterator[FaultyProvider]:
    async with FaultyProvider(tmp_path / "truth", api_key="k-right") as serving:
        yield serving


async def ordered(
    redis: Redis, folder: Path, base_url: str, key: str = "k-right"
) -> tuple[Operation, Wired, list[dict[str, str]]]:
    """The order's end, what it was sent by, and the errors that the events told on the way."""
    options = {"adapter": "openai_videos", "base_url": base_url, "api_key": key, "models": [MODEL]}
    adapter = build({"garage": options})["garage"]
    assert isinstance(adapter, RemoteProvider)
    wired = Wired("garage", "blind", adapter=adapter)
    world = World(redis, folder, wired)
    await world.order()
    rest = await world.run()
    events = await EventLog(redis, "t").read("th")
    return rest, wired, [event.error or {} for event in events if event.type == "operation.returned"]


async def test_a_vendor_nobody_can_reach_is_told_as_such_with_reason_and_fix(
    redis: Redis, tmp_path: Path, closed_port: int
) -> None:
    rest, wired, told = await ordered(redis, tmp_path, f"http://127.0.0.1:{closed_port}/v1")
    assert (rest.phase, rest.money, wired.posts) == ("failed", "released", 5)
    assert rest.error == {
        "code": "worn_out",
        "message": f"garage could not be reached in 5 tries: http://127.0.0.1:{closed_port} cannot be reached "
        "(ConnectError: Connection refused).",
        "fix": "Correct its base_url or the way there, then run: cutaway providers check garage",
        "retryable": False,
        "kind": "provider",
    }
    assert [error["code"] for error in told] == ["unreachable"] * 5
    assert "cannot be reached" in told[0]["message"]


async def test_a_vendor_that_always_refuses_is_told_with_its_last_words(redis: Redis, tmp_path: Path) -> None:
    async with FaultyProvider(tmp_path / "busy", faults={"429": 1.0}) as busy:
        rest, wired, _ = await ordered(redis, tmp_path, busy.base_url)
    assert wired.posts == 5
    assert rest.error
    assert rest.error["message"].startswith("The order to garage was refused 5 times: POST /videos answered 429: ")
    assert rest.error["fix"] == "Run: cutaway providers check garage"
    assert len(rest.error["message"]) < 400


async def test_a_wrong_key_names_the_vendor_and_the_way_to_check_it(
    redis: Redis, tmp_path: Path, vendor: FaultyProvider
) -> None:
    rest, wired, _ = await ordered(redis, tmp_path, vendor.base_url, key="k-wrong")
    assert (rest.phase, wired.posts) == ("failed", 1)
    assert rest.error
    assert rest.error["message"].startswith("garage: POST /videos answered 401: ")
    assert rest.error["fix"] == "Correct its key, then run: cutaway providers check garage"
    assert "k-wrong" not in str(rest.error)


async def test_a_wrong_address_names_the_vendor_and_its_base_url(
    redis: Redis, tmp_path: Path, vendor: FaultyProvider
) -> None:
    rest, wired, _ = await ordered(redis, tmp_path, vendor.base_url.replace("/v1", "/api"))
    assert (rest.phase, wired.posts) == ("failed", 1)
    assert rest.error
    assert rest.error["message"].startswith("garage: POST /videos answered 404: ")
    assert rest.error["fix"].startswith("Check its base_url and the model's name, then run: ")


async def test_a_result_that_cannot_be_fetched_is_told_with_the_last_reason(redis: Redis, tmp_path: Path) -> None:
    world = World(redis, tmp_path, Vendor("garage", "blind"))
    await world.order()
    failing = ProviderError("The result is gone for a moment.", retryable=True)

    async def never(bench: Bench, work: Work, out: Path) -> Made:
        raise failing

    world.bench = replace(world.bench, make=never)
    rest = await world.run()
    assert rest.error
    assert rest.error["message"] == (
        "Its result could not be fetched from garage in 12 tries: The result is gone for a moment."
    )
    assert rest.charged_micro == 100_000
