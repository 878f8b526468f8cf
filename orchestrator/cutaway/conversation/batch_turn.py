"""A batch in a conversation: its price is the turn's question, a yes makes the sample, and another one the rest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from cutaway.contract import usd
from cutaway.conversation import replies
from cutaway.conversation.batch import Batch
from cutaway.conversation.batches import Batches
from cutaway.conversation.plan import TurnPlan
from cutaway.conversation.replies import shots
from cutaway.conversation.services import Services
from cutaway.conversation.turn import TurnResult
from cutaway.errors import CutawayError, InputError
from cutaway.storyboard.rows import unused
from cutaway.storyboard.table import read_table

NOTES: Final = 3


async def propose(services: Services, thread: str, message: Mapping[str, Any], plan: TurnPlan) -> TurnResult:
    """The price of one film for each row of the thread's table, as a question; with `approved` they are ordered."""
    try:
        head = await services.versions.head(thread)
        if head is None:
            raise InputError(
                "There is no film yet to make for each row.",
                fix="Say what it should show, with {column} where a row's words go.",
            )
        film = await services.versions.storyboard(head)
        name, data = await services.shelf.table(thread, plan.target[0] if plan.target else "")
        table = read_table(name, data)
        await _owned(services)
        batch = await _batches(services).propose(
            thread,
            film,
            table.rows,
            sample=min(plan.sample or 1, len(table.rows)),
            message_id=message["id"],
            model=message.get("model", ""),
            sources=[f"{name}:{line}" for line in table.lines],
        )
        if message.get("approved"):
            return await _all(services, thread, message, plan, batch)
    except CutawayError as error:
        return replies.refused(thread, message["id"], plan, error)
    notes = unused(film, table.rows)[:NOTES]
    by = f" by {', '.join(batch.under_way_by)}" if batch.under_way_by else ""
    waited = f", {batch.under_way} under way{by} for another order" if batch.under_way else ""
    shared = f", {batch.shared} more are shared or made already" if batch.shared else ""
    said = f"{_films(len(batch.rows))}, one for each row of {name}: {shots(batch.clips)} to make{waited}{shared}"
    parts = [f"{said}. All of it costs at most {usd(batch.most_usd)}.", *notes, _question(batch)]
    return _turn(thread, message, plan, batch, " ".join(parts), asks=True)


async def agree(
    services: Services, thread: str, message: Mapping[str, Any], plan: TurnPlan, batch_id: str
) -> TurnResult:
    """What a yes does: the first makes the sample, the next one, once the sample is there, the rest."""
    try:
        batch = await _batches(services).read(thread, batch_id)
        if batch.state == "cancelled":
            return _ended(thread, message, plan, batch, "These films were called off; say again what to make.")
        again = message["id"] in batch.answered  # this message was read before: it does what it did then
        first = message["id"] == batch.answered[0] if again else batch.state == "pending"
        if not first or batch.sample == len(batch.rows):
            now = await _batches(services).progress(batch)
            if not (again or now.settled):
                waits = f"The sample is not there yet: {now.ready} of {_films(batch.sample)} ready. Say yes once it is."
                return _turn(thread, message, plan, batch, waits, asks=True)
            return await _all(services, thread, message, plan, batch)
        batch = await _order(services, message, batch, only_sample=True)
    except CutawayError as error:
        return replies.refused(thread, message["id"], plan, error)
    rest = len(batch.rows) - batch.sample
    first_films = "The first film is" if batch.sample == 1 else f"The first {batch.sample} films are"
    reply = (
        f"{first_films} being made as a sample, for at most {usd(batch.sample_usd)}. Once you have seen "
        f"{'it' if batch.sample == 1 else 'them'}: shall I make the other {rest}, for at most {usd(batch.rest_usd)}? "
        "(yes / no)"
    )
    return _turn(thread, message, plan, batch, reply, asks=True)


async def decline(
    services: Services, thread: str, message: Mapping[str, Any], plan: TurnPlan, batch_id: str
) -> TurnResult:
    """What a no does: nothing more is ordered, and what is not made yet is stopped."""
    try:
        before = await _batches(services).read(thread, batch_id)
        await _owned(services)
        batch, stopped = await _batches(services).cancel(batch_id)
    except CutawayError as error:
        return replies.refused(thread, message["id"], plan, error)
    texts = dict.fromkeys(one.text for one in stopped)
    kept = "Nothing was made or spent." if before.state == "pending" else "What is made stays; no more is made."
    return _ended(thread, message, plan, batch, " ".join([kept, *texts]))


async def status(services: Services, thread: str, batch_id: str) -> str:
    """How far a batch of the thread is, in words; '' when nothing of it is being made."""
    batch = await _batches(services).read(thread, batch_id)
    now = await _batches(services).progress(batch)
    if now.settled:
        return ""
    failed = f", {now.failed} without a film" if now.failed else ""
    return f"Of the films for each row, {now.ready} of {len(batch.ordered)} are ready{failed}."


async def is_batch(services: Services, quote_id: str) -> bool:
    """Whether what waits for an answer is a batch."""
    stored = await services.quotes.load(quote_id)
    return stored is not None and "rows" in stored


def waiting(turn: TurnResult) -> str | None:
    """The id of the batch that waits for an answer after this turn, None when none does."""
    return turn.quote_id if turn.quote_state == "pending" else None


async def _all(services: Services, thread: str, message: Mapping[str, Any], plan: TurnPlan, batch: Batch) -> TurnResult:
    batch = await _order(services, message, batch, only_sample=False)
    reply = f'All {_films(len(batch.rows))} are being made, for at most {usd(batch.most_usd)}. "Status" says how far.'
    return _turn(thread, message, plan, batch, reply, asks=False)


async def _order(services: Services, message: Mapping[str, Any], batch: Batch, *, only_sample: bool) -> Batch:
    await _owned(services)
    return await _batches(services).approve(
        batch.thread,
        batch.id,
        only_sample=only_sample,
        user=message.get("user", ""),
        tags=tuple(message.get("tags") or ()),
        message_id=message["id"],
    )


def _ended(thread: str, message: Mapping[str, Any], plan: TurnPlan, batch: Batch, reply: str) -> TurnResult:
    turn = _turn(thread, message, plan, batch, reply, asks=False)
    return turn.model_copy(update={"quote_state": "declined"})


def _turn(
    thread: str, message: Mapping[str, Any], plan: TurnPlan, batch: Batch, reply: str, *, asks: bool
) -> TurnResult:
    more = asks and batch.state == "pending" and batch.sample == 1 and len(batch.rows) > NOTES
    choices = ("yes", "no", *(("show me the first three",) if more else ())) if asks else ()
    return replies.words(
        thread,
        message["id"],
        plan,
        reply=reply,
        decision="video",
        choices=choices,
        quote_id=batch.id,
        quote_state="pending" if asks else "approved",
        most_usd=batch.most_usd,
        details={
            "batch": batch.model_dump(mode="json", exclude={"rows", "content", "answered"}) | {"films": len(batch.rows)}
        },
    )


def _question(batch: Batch) -> str:
    if batch.sample == len(batch.rows):
        return "Shall I make them? (yes / no)" if len(batch.rows) > 1 else "Shall I make it? (yes / no)"
    first = "The first one comes" if batch.sample == 1 else f"The first {batch.sample} come"
    return f"{first} as a sample, for at most {usd(batch.sample_usd)}. Shall I? (yes / no)"


def _batches(services: Services) -> Batches:
    if services.batches is None:
        raise InputError("There are no batches here.", fix="Make the films one by one.")
    return services.batches


async def _owned(services: Services) -> None:
    """Raises `ConflictError` once another process answers this thread."""
    if services.still_owner:
        await services.still_owner()


def _films(count: int) -> str:
    return "1 film" if count == 1 else f"{count} films"
