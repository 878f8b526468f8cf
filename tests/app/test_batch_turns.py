"""Many films in a conversation: a price as the question, a sample after one yes, the rest after the next."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from redis.asyncio import Redis

from cutaway import Orchestrator, RoutingPolicy
from cutaway.conversation.attachments import Attachment
from cutaway.conversation.keywords import KeywordReasoner
from cutaway.conversation.turn import TurnResult
from cutaway.routing import Budgets
from cutaway.storyboard.model import Overlay, Shot, Sound, Storyboard
from fakes import FlatArtist, open_studio

FILM = Storyboard(
    title="For {name}",
    shots=(
        Shot(id="s1", duration_s=1, action="a wave to {name}"),
        Shot(id="s2", duration_s=1, action="the same street for all"),
    ),
    overlays=(Overlay(id="o", kind="title", text="{name}", shot_id="s2"),),
    sound=Sound(bed="none"),
)
TABLE = Attachment(name="people.csv", data=b"name,sku\nAnn,1\nBea,2\nCid,3\nDan,4\n")


async def begun(studio: Orchestrator, text: str = "make one for each row") -> TurnResult:
    await studio.wait(await studio.render("t", FILM.model_copy(update={"title": "a template"}), approved=True))
    await studio.render("t", FILM, approved=True)
    await studio.attach("t", [TABLE])
    return await studio.send("t", text)


async def settled(studio: Orchestrator, turn: TurnResult) -> list[str]:
    batch = await studio.batches.find(turn.details["batch"]["id"])
    for row in batch.ordered:
        while not await studio.films.settled(row.version_id):
            pass
    return [row.film.state for row in (await studio.batch_results("t", batch.id)).rows if row.film]


async def test_a_film_for_each_row_is_priced_as_a_question(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    artist = FlatArtist(usd_per_s="0.10")
    async with open_studio(valkey_url, tmp_path, KeywordReasoner(), artist) as studio:
        turn = await begun(studio)
        assert (turn.quote_state, turn.most_usd, turn.error) == ("pending", Decimal("0.40"), None)
        assert turn.choices == ("yes", "no", "show me the first three")
        assert "4 films, one for each row of people.csv: 4 shots to make" in turn.reply
        assert "The column 'sku' is used nowhere." in turn.reply
        assert turn.details["batch"]["state"] == "pending"
        assert len(artist.rendered) == 2  # the template's own


async def test_yes_makes_the_sample_and_the_next_yes_the_rest(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    async with open_studio(valkey_url, tmp_path, KeywordReasoner(), FlatArtist(usd_per_s="0.10")) as studio:
        await begun(studio)
        wider = await studio.send("t", "show me the first three")
        assert wider.details["batch"]["sample"] == 3
        first = await studio.send("t", "yes")
        assert first.quote_state == "pending"
        assert "shall I make the other 1, for at most $0.10?" in first.reply
        assert await settled(studio, first) == ["ready", "ready", "ready", "proposed"]
        second = await studio.send("t", "yes")
        assert second.quote_state == "approved"
        assert await settled(studio, second) == ["ready"] * 4
        assert (await studio.send("t", "yes")).reply.startswith("Nothing is waiting")


async def test_a_yes_before_the_sample_is_there_orders_nothing_more(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    async with open_studio(valkey_url, tmp_path, KeywordReasoner(), working=False) as studio:
        await studio.render("t", FILM, approved=True)
        await studio.attach("t", [TABLE])
        await studio.send("t", "make one for each row")
        await studio.send("t", "yes")
        before = await studio.ledger.open_ids()
        hasty = await studio.send("t", "yes")
        assert "The sample is not there yet: 0 of 1 film ready" in hasty.reply
        assert hasty.quote_state == "pending"
        assert await studio.ledger.open_ids() == before
        assert "0 of 1 are ready" in (await studio.send("t", "status")).reply


async def test_the_same_yes_read_twice_orders_one_part(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    async with open_studio(valkey_url, tmp_path, KeywordReasoner()) as studio:
        turn = await begun(studio)
        said = await studio.send("t", "yes", message_id="y1")
        await settled(studio, said)
        # As after a death in the turn: the message is answered anew, with the batch already moved.
        again = await studio.batches.approve("t", turn.details["batch"]["id"], only_sample=True, message_id="y1")
        assert (again.state, again.answered) == ("sampled", ("y1",))


async def test_no_ends_the_batch_and_keeps_what_is_made(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    async with open_studio(valkey_url, tmp_path, KeywordReasoner()) as studio:
        await begun(studio)
        first = await studio.send("t", "yes")
        await settled(studio, first)
        ended = await studio.send("t", "no")
        assert (ended.quote_state, ended.details["batch"]["state"]) == ("declined", "cancelled")
        assert "What is made stays" in ended.reply
        assert await settled(studio, first) == ["ready", "cancelled", "cancelled", "cancelled"]


async def test_a_batch_that_no_budget_holds_is_refused_and_still_waits(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    policy = RoutingPolicy(budgets=Budgets(per_turn_usd=Decimal("0.25")))
    async with open_studio(
        valkey_url, tmp_path, KeywordReasoner(), FlatArtist(usd_per_s="0.10"), policy=policy
    ) as studio:
        await begun(studio)
        await settled(studio, await studio.send("t", "yes"))
        refused = await studio.send("t", "yes")
        assert refused.error is not None
        assert refused.error["code"] == "budget"
        assert (await studio.send("t", "no")).quote_state == "declined"


async def test_faults_of_the_table_are_the_answer(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    async with open_studio(valkey_url, tmp_path, KeywordReasoner()) as studio:
        await studio.render("t", FILM, approved=True)
        await studio.attach("t", [Attachment(name="bad.csv", data=b"nmae\nAnn\nBea\n")])
        turn = await studio.send("t", "make one for each row")
        assert turn.error is not None
        assert "No row has a column 'name', which the film names. Did you mean {nmae}?" in turn.reply


async def test_a_row_that_may_not_leave_the_house_keeps_its_shots_here(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    secret = TABLE.model_copy(update={"may_leave": "nowhere"})
    async with open_studio(valkey_url, tmp_path, KeywordReasoner()) as studio:
        await studio.render("t", FILM, approved=True)
        await studio.attach("t", [secret])
        turn = await studio.send("t", "make one for each row")
        batch = await studio.batches.find(turn.details["batch"]["id"])
        row = batch.rows[1]
        film = await studio.services.versions.storyboard(await studio.services.versions.get(row.thread, row.version_id))
        assert [shot.sources for shot in film.shots] == [("people.csv:3",), ()]
        assert "people.csv" in await studio.services.shelf.kept_home(row.thread)
