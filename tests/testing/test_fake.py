"""The vendor in this process that hosts test with: it takes orders, makes real clips and goes wrong on demand."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from cutaway.contract import Failure, Handle, ListsJobs, Placing, RemoteProvider, Size
from cutaway.errors import ProviderError, StaleLeaseError, SubmitUnknownError
from cutaway.media.probe import check, probe
from cutaway.testing import FakeProvider, Shapes

ORDER = Shapes.model_validate({"sources": ["made up"], "routes": {}, "model": "one", "accepted": {}}).order()


async def fetched(fake: FakeProvider, handle: Handle) -> bytes:
    return b"".join([piece async for piece in fake.fetch(handle, "clip")])


@pytest.mark.parametrize("size", [Size(width_px=1280, height_px=720), Size(width_px=480, height_px=848)])
async def test_an_order_becomes_a_film_of_its_length_and_size(size: Size, tmp_path: Path) -> None:
    fake, order = FakeProvider(), ORDER.model_copy(update={"size": size})
    assert isinstance(fake, RemoteProvider)
    assert isinstance(fake, ListsJobs)
    handle = await fake.submit("one", order, Placing("op-1"))
    first, second = await fake.poll(handle), await fake.poll(handle)
    assert (first.state, second.state, second.outputs) == ("queued", "succeeded", ("clip",))
    assert second.cost_usd == Decimal("0.50")
    film = tmp_path / "clip.mp4"
    film.write_bytes(await fetched(fake, handle))
    check(probe(film), order)
    assert fake.orders == [("one", order)]


async def test_the_same_key_is_one_job_and_is_found_by_it() -> None:
    fake, began = FakeProvider(), datetime.now(UTC)
    handle = await fake.submit("one", ORDER, Placing("op-1"))
    assert await fake.submit("one", ORDER, Placing("op-1")) == handle
    assert len(fake.orders) == 1
    assert await fake.find("one", ORDER, "op-1") == handle
    assert await fake.find("one", ORDER, "op-2") is None
    assert [(job.native_id, job.key) for job in await fake.listed(began)] == [(handle.native_id, "op-1")]


async def test_it_goes_wrong_as_it_was_told_once_each() -> None:
    fake = FakeProvider(
        polls=1,
        refuses=[ProviderError("No.", kind="policy")],
        loses=[SubmitUnknownError("The line broke.", kind="unknown")],
        fails=[None, Failure(kind="capacity", message="Full.")],
    )
    with pytest.raises(ProviderError, match="No") as caught:
        await fake.submit("one", ORDER, Placing("op-1"))
    assert not isinstance(caught.value, SubmitUnknownError)
    assert fake.orders == []
    with pytest.raises(SubmitUnknownError):
        await fake.submit("one", ORDER, Placing("op-1"))
    assert len(fake.orders) == 1
    found = await fake.find("one", ORDER, "op-1")
    assert found is not None
    assert (await fake.poll(found)).state == "succeeded"
    status = await fake.poll(await fake.submit("one", ORDER, Placing("op-2")))
    assert status.failure is not None
    assert (status.state, status.failure.kind) == ("failed", "capacity")
    assert status.cost_usd == 0


async def test_a_stopped_job_costs_nothing_and_a_finished_one_is_not_stopped() -> None:
    fake = FakeProvider()
    running, done = [await fake.submit("one", ORDER, Placing(key)) for key in ("op-1", "op-2")]
    assert await fake.cancel(running) is True
    assert await fake.cancel(running) is False
    status = await fake.poll(running)
    assert status.state == "cancelled"
    assert status.cost_usd == 0
    while (await fake.poll(done)).state != "succeeded":
        pass
    assert await fake.cancel(done) is False


async def test_it_refuses_what_it_does_not_offer_and_an_order_whose_lease_is_lost() -> None:
    def lost() -> None:
        raise StaleLeaseError("The lease ran out.")

    fake = FakeProvider()
    for model, order in (("two", ORDER), ("one", ORDER.model_copy(update={"operation": "edit"}))):
        with pytest.raises(ProviderError) as caught:
            await fake.submit(model, order, Placing("op-1"))
        assert caught.value.kind == "unsupported"
    with pytest.raises(StaleLeaseError):
        await fake.submit("one", ORDER, Placing("op-1", still_ours=lost))
    assert fake.orders == []
    unknown = Handle(provider="fake", model="one", native_id="of another process")
    assert (await fake.poll(unknown)).state == "lost"
    with pytest.raises(ProviderError):
        await fetched(fake, unknown)


def test_a_fake_without_a_price_is_never_chosen() -> None:
    assert FakeProvider(usd_per_s=None).profiles()[0].price is None
