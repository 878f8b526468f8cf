"""A storyboard times rows through the front door: real ledger, real Valkey, real files."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from redis.asyncio import Redis

from cutaway import Orchestrator, RoutingPolicy
from cutaway.contract import Cancelled, GenerationRequest, ModelProfile, Price, Rate, Rendered
from cutaway.contract import Progress as Told
from cutaway.conversation.attachments import Attachment
from cutaway.conversation.batches import Batch, Progress
from cutaway.conversation.plan import TurnPlan
from cutaway.errors import BudgetError, InputError, MessageError, NotFoundError, RoutingError
from cutaway.media.probe import probe
from cutaway.routing import Approval, Budgets
from cutaway.storyboard.brief import order
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


class ByLetters(FlatArtist):
    """Charges by the letters of the prompt."""

    def __init__(self) -> None:
        super().__init__("letters")

    def profiles(self) -> tuple[ModelProfile, ...]:
        rate = Rate(usd_per_prompt_char=Decimal("0.001"))
        price = Price(rates=(rate,), source="made up for tests", as_of=date(2026, 11, 20))
        return tuple(one.model_copy(update={"price": price}) for one in super().profiles())

    async def render(
        self,
        model: str,
        request: GenerationRequest,
        inputs: Mapping[str, Path],
        out: Path,
        progress: Told,
        cancelled: Cancelled,
    ) -> Rendered:
        made = await super().render(model, request, inputs, out, progress, cancelled)
        return Rendered(path=made.path, cost_usd=Decimal("0.001") * len(request.brief.prompt))


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


async def test_rows_of_one_shape_keep_one_decision_however_long_their_words_are(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    rows = [{"name": "A" * (1 + number)} for number in range(60)]
    async with open_studio(valkey_url, tmp_path, Scripted(), working=False) as studio:
        batch = await studio.batch("t", FILM, rows)
        kept = await redis.keys("cutaway:local:decision:*")
        assert len(kept) == 1
        why = await studio.send(batch.rows[-1].thread, TurnPlan(intent="why"))
        assert why.reply.count("made by flat:one") == 2


async def test_a_price_by_letters_holds_for_the_longest_row_and_never_too_low_for_another(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    artist = ByLetters()
    rows = [{"name": "Al"}, {"name": "A" * 50}]
    async with open_studio(valkey_url, tmp_path, Scripted(), artist, policy=RICH) as studio:
        batch = await studio.batch("t", FILM, rows)
        assert batch.rows[0].most_usd - batch.rows[1].most_usd == Decimal("0.001") * len(
            order(FILM, FILM.shots[1], stage="final").brief.prompt
        )
        await studio.approve_batch("t", batch.id)
        every = await done(studio, batch.model_copy(update={"state": "approved"}))
        assert [row.film.state for row in every.rows if row.film] == ["ready", "ready"]


async def test_a_row_is_held_to_the_bounds_of_the_conversation_it_comes_from(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    secret = Attachment(name="plan.md", data=b"The price will be $79.\n", may_leave="nowhere")
    cited = FILM.model_copy(
        update={"shots": tuple(s.model_copy(update={"sources": ("plan.md:1",)}) for s in FILM.shots)}
    )
    async with open_studio(valkey_url, tmp_path, Scripted(), working=False) as studio:
        await studio.attach("t", [secret])
        batch = await studio.batch("t", cited, ROWS)
        assert await studio.services.shelf.kept_home(batch.rows[0].thread) == {
            "plan.md": "nowhere",
            hashlib.sha256(secret.data).hexdigest(): "nowhere",
        }


async def test_a_cancelled_batch_orders_no_more_and_keeps_what_is_made(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    async with open_studio(valkey_url, tmp_path, Scripted()) as studio:
        batch = await studio.batch("t", FILM, ROWS)
        sampled = await studio.approve_batch("t", batch.id, only_sample=True)
        await done(studio, sampled)
        cancelled, _ = await studio.batches.cancel(batch.id)
        assert cancelled.state == "cancelled"
        with pytest.raises(InputError, match="was cancelled"):
            await studio.approve_batch("t", batch.id)
        films = [row.film for row in (await studio.batch_results("t", batch.id)).rows]
        assert [film.state for film in films if film] == ["ready", "cancelled", "ready"]


async def test_clips_under_way_for_another_order_are_not_told_as_made(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    async with open_studio(valkey_url, tmp_path, Scripted(), FlatArtist(usd_per_s="0.10"), working=False) as studio:
        await studio.approve_batch("t", (await studio.batch("t", FILM, ROWS)).id)
        batch = await studio.batch("u", FILM, [{"name": "Ann"}, {"name": "Cleo"}])
        assert (batch.clips, batch.under_way, batch.shared) == (1, 2, 1)
        assert batch.under_way_by == ("flat:one",)
        assert batch.most_usd == Decimal("0.10")
        assert "1 clip to make, 2 under way for another order (1 more" in batch.words


@pytest.mark.parametrize("others", [ROWS, [{"name": "Cleo"}, {"name": "Bea"}]], ids=["the same films", "one clip"])
@pytest.mark.parametrize("first", [0, 1])
async def test_the_last_batch_that_is_cancelled_stops_what_several_waited_for(
    redis: Redis, valkey_url: str, tmp_path: Path, others: list[dict[str, str]], first: int
) -> None:
    async with open_studio(valkey_url, tmp_path, Scripted(), FlatArtist(usd_per_s="0.10"), working=False) as studio:
        quoted = [await studio.batch("t", FILM, ROWS), await studio.batch("u", FILM, others)]
        one, other = [await studio.approve_batch(batch.thread, batch.id) for batch in quoted]
        both = [one, other] if first == 0 else [other, one]
        await studio.batches.cancel(both[0].id)
        assert await studio.ledger.open_ids() != ()
        gone = await studio.batch_results(both[0].thread, both[0].id)
        assert {row.film.state for row in gone.rows if row.film} == {"cancelled"}
        kept = await studio.batch_results(both[1].thread, both[1].id)
        assert {row.film.state for row in kept.rows if row.film} == {"making"}
        await studio.batches.cancel(both[1].id)
        assert await studio.ledger.open_ids() == ()
        budgets = [one for thread in "tu" for one in await studio.books.budgets(thread)]
        assert {one.held_usd for one in budgets} == {Decimal(0)}


async def test_progress_counts_films_that_are_ready_under_way_and_without_a_film(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    async with open_studio(valkey_url, tmp_path, Scripted(), working=False) as studio:
        batch = await studio.approve_batch("t", (await studio.batch("t", FILM, ROWS)).id)
        assert await studio.batches.progress(batch) == Progress(ready=0, making=3, failed=0)
        cancelled, stopped = await studio.batches.cancel(batch.id)
        assert {one.outcome for one in stopped} <= {"cancelled", "needed"}
        approved = cancelled.model_copy(update={"state": "approved"})
        assert await studio.batches.progress(approved) == Progress(ready=0, making=0, failed=3)


async def test_what_cannot_be_used_writes_nothing(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    dear = FlatArtist(usd_per_s="9")
    async with open_studio(valkey_url, tmp_path, Scripted(), dear, working=False) as studio:
        before = await redis.keys("cutaway:local:*")
        with pytest.raises(InputError, match="Row 2 has no column 'name'"):
            await studio.batch("t", FILM, [{"name": "Ann"}, {}])
        with pytest.raises(InputError, match="A sample is 1 to 3 rows"):
            await studio.batch("t", FILM, ROWS, sample=4)
        with pytest.raises(RoutingError, match=r"Row 1: Shot 1: flat:one would be chosen, but can cost"):
            await studio.batch("t", FILM, ROWS)
        assert await redis.keys("cutaway:local:*") == before


async def test_a_batch_of_another_thread_or_tenant_is_not_there(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    async with open_studio(valkey_url, tmp_path, Scripted(), working=False) as studio:
        batch = await studio.batch("t", FILM, ROWS)
        with pytest.raises(NotFoundError):
            await studio.approve_batch("u", batch.id)
        with pytest.raises(NotFoundError):
            await studio.for_tenant("other").approve_batch("t", batch.id)
