"""A still is paid like any clip: one order over the wire, its bytes kept, and a lost answer never sent again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from bench.chaos.world import BUDGET, World
from redis.asyncio import Redis

from cutaway.contract import Brief, GenerationRequest, Provider, Size
from cutaway.ledger import Ledger, Operation, Order, Scope
from cutaway.media.store import AssetStore
from cutaway_providers.openai_images import provider as openai_images
from image_server import ImageServer, Mode, serving

STILL = GenerationRequest(
    modality="image", stage="still", brief=Brief(prompt="a fox"), duration_s=2, size=Size(width_px=1280, height_px=720)
)
HOLD_MICRO = 40_000


def vendor(images: ImageServer, name: str = "painter") -> Provider:
    price = {"usd_per_clip": "0.04", "source": "made up for tests", "as_of": date(2026, 11, 20)}
    model = {"id": "one", "modality": "image", "sizes": [{"width_px": 1280, "height_px": 720}], "price": price}
    return openai_images.build(name=name, base_url=images.base_url, models=[model])


async def ordered(
    redis: Redis, folder: Path, providers: Mapping[str, Provider], *, rounds: int = 60
) -> tuple[Operation, World]:
    """One still, ordered from the first of the providers with the others as fallbacks, driven until it is at rest."""
    world = World(redis, folder)
    store = AssetStore(folder / "assets")
    world.remote = replace(world.remote, providers=dict(providers), store=store)
    world.bench = replace(world.bench, providers=dict(providers), store=store, scratch=folder / "scratch", make=None)
    offers: list[dict[str, Any]] = [
        {"model": f"{name}:one", "hold_micro": HOLD_MICRO, "queue": "io"} for name in providers
    ]
    spec = {"request": STILL.model_dump(mode="json"), "offers": offers}
    order = Order(
        id="op1", kind="shot", key="key1", spec=spec, queue="io", hold_micro=HOLD_MICRO, shot_id="s1",
        model=offers[0]["model"],
    )  # fmt: skip
    done = await Ledger(redis).dispatch(
        [order], tenant="t", thread="th", version_id="v", quote_id="q", message_id="m", cut_key="none",
        scopes=[Scope(BUDGET, "thread", 10_000_000)],
    )  # fmt: skip
    await world.queue.wake(done.ready)
    return await world.run(rounds), world


async def test_a_still_is_ordered_once_paid_once_and_kept_byte_for_byte(redis: Redis, tmp_path: Path) -> None:
    with serving(ImageServer()) as images:
        operation, world = await ordered(redis, tmp_path, {"painter": vendor(images)})
        assert (operation.phase, operation.money, len(images.orders)) == ("done", "settled", 1)
        assert await world.books() == (0, HOLD_MICRO)
        assert operation.asset
        assert (await world.bench.store.path(operation.asset)).read_bytes() == images.pictures[0]
        assert operation.facts
        assert (operation.facts["media_type"], operation.facts["width_px"]) == ("image/png", 1280)
        assert (await world.bench.store.path(operation.facts["poster"])).read_bytes()[:3] == b"\xff\xd8\xff"


@pytest.mark.parametrize("mode", ["drop_after", "500"])
async def test_a_still_whose_answer_was_lost_is_never_sent_again_and_keeps_its_hold(
    redis: Redis, tmp_path: Path, mode: Mode
) -> None:
    with serving(ImageServer(mode)) as images, serving(ImageServer()) as others:
        operation, world = await ordered(redis, tmp_path, {"painter": vendor(images), "next": vendor(others, "next")})
        assert (operation.phase, operation.parked) == ("unknown", True)
        assert (len(images.orders), len(others.orders)) == (1, 0)
        assert await world.books() == (HOLD_MICRO, 0)


async def test_a_busy_vendor_is_asked_for_the_still_again(redis: Redis, tmp_path: Path) -> None:
    with serving(ImageServer("429", times=2)) as images:
        operation, world = await ordered(redis, tmp_path, {"painter": vendor(images)})
        assert (operation.phase, len(images.orders), len(images.pictures)) == ("done", 3, 1)
        assert await world.books() == (0, HOLD_MICRO)


async def test_a_sure_refusal_of_a_still_goes_to_the_next_image_model(redis: Redis, tmp_path: Path) -> None:
    with serving(ImageServer("400")) as images, serving(ImageServer()) as others:
        operation, world = await ordered(redis, tmp_path, {"painter": vendor(images), "next": vendor(others, "next")})
        assert (operation.phase, operation.model) == ("done", "next:one")
        assert await world.books() == (0, HOLD_MICRO)


async def test_a_still_refused_for_its_content_is_not_shopped_around(redis: Redis, tmp_path: Path) -> None:
    with serving(ImageServer("content")) as images, serving(ImageServer()) as others:
        operation, world = await ordered(redis, tmp_path, {"painter": vendor(images), "next": vendor(others, "next")})
        assert (operation.phase, operation.money, len(others.orders)) == ("failed", "released", 0)
        assert await world.books() == (0, 0)


async def test_an_answer_that_is_no_picture_is_booked_as_failed_and_charged(redis: Redis, tmp_path: Path) -> None:
    class Scribbling(ImageServer):
        def answer(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]] | None:
            ImageServer.answer(self, body)
            return 200, {"data": [{"b64_json": "bm90IGEgcGljdHVyZQ=="}]}

    with serving(Scribbling()) as images:
        operation, world = await ordered(redis, tmp_path, {"painter": vendor(images)}, rounds=200)
        assert operation.phase == "failed"
        assert "is not a picture" in str(operation.error)
        assert (len(images.orders), await world.books()) == (1, (0, HOLD_MICRO))
