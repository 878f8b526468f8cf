"""Placing an order: its inputs go along, a result that comes with the answer is kept, a fitted order stays itself."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from bench.chaos.vendor import Vendor
from bench.chaos.world import REQUEST, World
from redis.asyncio import Redis

from cutaway.contract import GenerationRequest, Handle, InputRef, Placing
from cutaway.jobs.inputs import media_type_of

PNG = b"\x89PNG\r\n\x1a\n" + bytes(24)


@dataclass(slots=True)
class Direct(Vendor):
    """Answers an order with its result, as speech and picture endpoints do."""

    seen: list[Any] = field(default_factory=list)
    polls: int = 0

    async def submit(self, model: str, request: GenerationRequest, placing: Placing) -> Handle:
        placing.still_ours()
        self.seen.append((request, {key: one.path.read_bytes() for key, one in placing.inputs.items()}, placing))
        handle = await Vendor.submit(self, model, request, placing)
        kept = await placing.keep(b"a file")
        return handle.model_copy(update={"kept": (kept,), "cost_usd": self.price / 2})

    async def poll(self, handle: Handle) -> Any:
        self.polls += 1
        raise AssertionError("a finished job was asked about")


async def _order(world: World, request: GenerationRequest, **offer: Any) -> None:
    """Order with another request (and offer) than the world's own."""
    import bench.chaos.world as there

    made = there.shot_order(world.vendors)
    spec = made.spec | {"request": request.model_dump(mode="json")}
    spec["offers"] = [spec["offers"][0] | offer]
    await world.ledger.dispatch(
        [made.model_copy(update={"spec": spec})],
        tenant="t",
        thread="th",
        version_id="v",
        quote_id="q",
        message_id="m",
        cut_key="none",
        scopes=[],
        providers={},
    )
    await world.queue.wake((("op1", "io"),))


async def test_a_result_that_comes_with_the_answer_is_stored_booked_and_never_polled(
    redis: Redis, tmp_path: Path
) -> None:
    vendor = Direct("lab", "blind")
    world = World(redis, tmp_path, vendor)
    world.remote = replace(world.remote, store=world.bench.store)
    await world.order()
    rest = await world.run()
    assert (rest.phase, vendor.polls, len(vendor.jobs)) == ("done", 0, 1)
    assert rest.charged_micro == int(vendor.price / 2 * 1_000_000)
    assert rest.asset == hashlib.sha256(b"a file").hexdigest()


async def test_inputs_reach_the_vendor_as_files_with_their_kind(redis: Redis, tmp_path: Path) -> None:
    vendor = Direct("lab", "blind")
    world = World(redis, tmp_path, vendor)
    world.remote = replace(world.remote, store=world.bench.store)
    sha = await world.bench.store.put(PNG)
    ref = InputRef(sha256=sha, role="first_frame", media_type="image/*")
    await _order(world, REQUEST.model_copy(update={"inputs": (ref,)}))
    assert (await world.run()).phase == "done"
    ((_, files, placing),) = vendor.seen
    assert files == {sha: PNG}
    assert (placing.inputs[sha].media_type, placing.inputs[sha].size_bytes) == ("image/png", len(PNG))


async def test_an_input_that_is_gone_ends_the_order_before_anything_is_sent(redis: Redis, tmp_path: Path) -> None:
    vendor = Direct("lab", "blind")
    world = World(redis, tmp_path, vendor)
    world.remote = replace(world.remote, store=world.bench.store)
    ref = InputRef(sha256="0" * 64, role="first_frame", media_type="image/png")
    await _order(world, REQUEST.model_copy(update={"inputs": (ref,)}))
    rest = await world.run()
    assert (rest.phase, rest.money, vendor.posts) == ("failed", "released", 0)
    assert "first_frame input 000000000000 cannot be read" in str(rest.error)


async def test_a_fitted_order_reaches_the_vendor_with_the_length_and_size_it_makes(
    redis: Redis, tmp_path: Path
) -> None:
    vendor = Direct("lab", "blind")
    world = World(redis, tmp_path, vendor)
    world.remote = replace(world.remote, store=world.bench.store)
    await _order(world, REQUEST, ordered={"duration_s": 9.0, "size": {"width_px": 1920, "height_px": 1080}})
    assert (await world.run()).phase == "done"
    ((request, _, _),) = vendor.seen
    assert (request.duration_s, str(request.size)) == (9.0, "1920x1080")


@pytest.mark.parametrize(
    ("head", "media_type"),
    [
        (PNG[:16], "image/png"),
        (b"\xff\xd8\xff\xe0" + bytes(12), "image/jpeg"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        (b"RIFF\0\0\0\0WAVEfmt ", "audio/wav"),
        (b"\0\0\0\x20ftypisom\0\0\0\0", "video/mp4"),
        (b"\0\0\0\x20ftypM4A \0\0\0\0", "audio/mp4"),
        (b"hello", "application/octet-stream"),
    ],
)
def test_a_files_kind_is_read_from_its_first_bytes(head: bytes, media_type: str) -> None:
    assert media_type_of(head) == media_type
