"""A storyboard times rows through the front door: real ledger, real Valkey, real files."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from pathlib import Path

import pytest
from redis.asyncio import Redis

from cutaway import Orchestrator, RoutingPolicy
from cutaway.conversation.batches import Batch
from cutaway.errors import BudgetError, InputError, MessageError, NotFoundError, RoutingError
from cutaway.media.probe import probe
from cutaway.routing import Approval, Budgets
from cutaway.storyboard.model import Shot, Sound, Storyboard
from fakes import FlatArtist, Scripted, open_studio

FILM = Storyboard(
    title="For {name}",
    shots=(
        Shot(id="s1", duration_s=1, action="a wave to {name}"),
        Shot(id="s2", duration_s=1, action="the same street for all"),
    ),
    sound=Sound(bed="none"),
)
ROWS = [{"name": "Ann"}, {"name": "Bea"}, {"name": "Ann"}]
RICH = RoutingPolicy(approval=Approval(ask_above_usd=Decimal(50)))


async def done(studio: Orchestrator, batch: Batch) -> Batch:
    """The batch once every ordered row has settled."""
    for row in batch.rows:
        while not await studio.films.settled(row.version_id):
            await asyncio.sleep(0)
    return await studio.batch_results(batch.thread, batch.id)


async def test_one_quote_counts_what_rows_share_once_and_orders_nothing(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    artist = FlatArtist(usd_per_s="0.10")
    async with open_studio(valkey_url, tmp_path, Scripted(), artist, policy=RICH) as studio:
        batch = await studio.batch("t", FILM, ROWS)
        assert [row.most_usd for row in batch.rows] == [Decimal("0.20"), Decimal("0.10"), Decimal(0)]
        assert (batch.most_usd, batch.sample_usd, batch.state) == (Decimal("0.30"), Decimal("0.20"), "pending")
        assert batch.ask == "a batch always asks"
        assert await studio.ledger.open_ids() == ()
        assert artist.rendered == []


async def test_the_sample_is_made_first_and_the_rest_on_the_one_yes(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    artist = FlatArtist(usd_per_s="0.10")
    async with open_studio(valkey_url, tmp_path, Scripted(), artist) as studio:
        batch = await studio.batch("t", FILM, ROWS)
        sampled = await studio.approve_batch("t", batch.id, only_sample=True)
        assert sampled.state == "sampled"
        first = await done(studio, sampled)
        assert [row.film.state for row in first.rows if row.film] == [
            "ready",
            "proposed",
            "ready",
        ]  # row 3 says what row 1 says
        assert len(artist.rendered) == 2
        await studio.approve_batch("t", batch.id)
        every = await done(studio, batch)
        assert every.state == "approved"
        assert [row.film.state for row in every.rows if row.film] == ["ready"] * 3
        assert len(artist.rendered) == 3
        paths = [row.film.path for row in every.rows if row.film]
        assert [round(probe(Path(path)).duration_s) for path in paths if path] == [2, 2, 2]
        (spent,) = [b for b in await studio.books.budgets("t") if b.name == "thread"]
        assert spent.charged_usd == batch.most_usd


async def test_a_second_yes_orders_nothing_twice(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    async with open_studio(valkey_url, tmp_path, Scripted(), FlatArtist(usd_per_s="0.10"), working=False) as studio:
        batch = await studio.batch("t", FILM, ROWS)
        await asyncio.gather(*(studio.approve_batch("t", batch.id) for _ in range(3)))
        operations = await studio.ledger.open_ids()
        assert len(operations) == 3 + 2  # three clips; rows 1 and 3 are the same film, so two cuts
        (held,) = [b for b in await studio.books.budgets("t") if b.name == "thread"]
        assert held.held_usd == Decimal("0.30")


async def test_a_batch_that_does_not_fit_a_budget_is_not_begun(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    policy = RoutingPolicy(budgets=Budgets(per_turn_usd=Decimal("0.29")))
    async with open_studio(valkey_url, tmp_path, Scripted(), FlatArtist(usd_per_s="0.10"), policy=policy) as studio:
        batch = await studio.batch("t", FILM, ROWS)
        with pytest.raises(BudgetError):
            await studio.approve_batch("t", batch.id)
        assert await studio.ledger.open_ids() == ()
        assert (await studio.batch_results("t", batch.id)).state == "pending"


async def test_the_same_message_gives_the_same_batch_and_other_rows_are_refused(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    async with open_studio(valkey_url, tmp_path, Scripted(), working=False) as studio:
        first = await studio.batch("t", FILM, ROWS, message_id="m1")
        assert await studio.batch("t", FILM, ROWS, message_id="m1") == first
        with pytest.raises(MessageError, match="used for another batch"):
            await studio.batch("t", FILM, ROWS[:2], message_id="m1")


async def test_what_cannot_be_used_writes_nothing(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    dear = FlatArtist(usd_per_s="9")
    async with open_studio(valkey_url, tmp_path, Scripted(), dear, working=False) as studio:
        before = await redis.keys("*")
        with pytest.raises(InputError, match="Row 2 has no column 'name'"):
            await studio.batch("t", FILM, [{"name": "Ann"}, {}])
        with pytest.raises(InputError, match="A sample is 1 to 3 rows"):
            await studio.batch("t", FILM, ROWS, sample=4)
        with pytest.raises(RoutingError, match=r"Row 1: Shot 1: flat:one would be chosen, but can cost"):
            await studio.batch("t", FILM, ROWS)
        assert await redis.keys("*") == before


async def test_a_batch_of_another_thread_or_tenant_is_not_there(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    async with open_studio(valkey_url, tmp_path, Scripted(), working=False) as studio:
        batch = await studio.batch("t", FILM, ROWS)
        with pytest.raises(NotFoundError):
            await studio.approve_batch("u", batch.id)
        with pytest.raises(NotFoundError):
            await studio.for_tenant("other").approve_batch("t", batch.id)
