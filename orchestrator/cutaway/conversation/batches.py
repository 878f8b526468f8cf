"""One storyboard times many rows of data: one quote, a sample first, one yes, and a film per row.

Each row is a version on a thread of its own, so its film can be looked at, undone and talked about like any other. The
batch counts against the budgets of the thread and the message that ordered it. Nothing is ordered before the yes, a
batch always asks, and what is ordered is admitted all or nothing; clips that rows share are made and paid once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Literal

from cutaway.contract import Frozen
from cutaway.conversation.dispatch import budget_scopes, dispatch_all
from cutaway.conversation.pricing import price
from cutaway.conversation.services import Services
from cutaway.conversation.turn import Quote, VersionView
from cutaway.errors import InputError, MessageError, NotFoundError, RoutingError
from cutaway.routing.batch import BatchQuote, Need, quote_rows
from cutaway.storyboard.brief import content_key
from cutaway.storyboard.model import Storyboard, canonical
from cutaway.storyboard.rows import Row, fill

BatchState = Literal["pending", "sampled", "approved"]


class BatchRow(Frozen):
    """One row of a batch. `most_usd` is what it can cost beside the rows before it; `shared` counts clips it gets free.

    `film` is its version with its files, where the batch was read back.
    """

    row: int
    thread: str
    version_id: str
    most_usd: Decimal
    expected_usd: Decimal
    shared: int
    film: VersionView | None = None


class Batch(Frozen):
    """A batch and its quote. `most_usd` is the most that all its rows together can be charged.

    `state` "sampled" means that the first `sample` rows were ordered, "approved" that all are. `content` names the
    storyboard and the rows, so that an id is never used for two batches.
    """

    id: str
    thread: str
    state: BatchState = "pending"
    ask: str
    words: str
    sample: int
    sample_usd: Decimal
    most_usd: Decimal
    expected_usd: Decimal
    rows: tuple[BatchRow, ...]
    content: str


async def propose(
    services: Services,
    thread: str,
    storyboard: Storyboard,
    rows: Sequence[Row],
    *,
    sample: int,
    message_id: str,
    model: str = "",
) -> Batch:
    """Price every row and write its version; nothing is ordered. The same message again gives the same batch.

    Raises `InputError` for rows that cannot be used, `RoutingError` naming row and shot, and `MessageError` when the
    message was another batch; nothing was written then.
    """
    batch_id = _name(services.tenant, thread, message_id)
    films = fill(storyboard, rows)
    if not 1 <= sample <= len(films):
        raise InputError(f"A sample is 1 to {len(films)} rows, not {sample}.")
    content = hashlib.sha256(canonical([film.model_dump(mode="json") for film in films]).encode()).hexdigest()
    known = await services.quotes.load(batch_id)
    if known is not None:
        batch = Batch.model_validate(known)
        if batch.content != content:
            raise MessageError("This message id was used for another batch.", fix="Give every batch an id of its own.")
        return batch
    quotes = [
        await _price(services, number, film, f"{thread}:{batch_id[:8]}:{number}", batch_id, model)
        for number, film in enumerate(films, 1)
    ]
    total = quote_rows([_needs(services, *one) for one in zip(quotes, films, strict=True)], sample=sample)
    for quote, film in zip(quotes, films, strict=True):
        await _write(services, quote, film)
    batch = _batch(batch_id, thread, quotes, total, content)
    return Batch.model_validate(
        await services.quotes.save_first(batch_id, f"batch-{batch_id}", batch.model_dump(mode="json"))
    )


async def approve(
    services: Services,
    thread: str,
    batch_id: str,
    *,
    only_sample: bool = False,
    user: str = "",
    tags: Iterable[str] = (),
) -> Batch:
    """Order the whole batch, or only its sample, all or nothing; what was ordered before is not ordered again.

    Raises `BudgetError` when a budget has no room (nothing was ordered then) and `NotFoundError` for no such batch.
    """
    batch = await read(services, thread, batch_id)
    wanted = batch.rows[: batch.sample] if only_sample else batch.rows
    films = []
    for row in wanted:
        stored = await services.quotes.of_version(row.version_id)
        version = await services.versions.get(row.thread, row.version_id)
        films.append((Quote.model_validate(stored), await services.versions.storyboard(version)))
    scopes = budget_scopes(services, thread=thread, user=user, message_id=batch_id)
    for quote in await dispatch_all(services, films, scopes=scopes, user=user, tags=tuple(tags)):
        approved = quote.model_copy(update={"state": "approved"})
        await services.quotes.save(quote.id, quote.version_id, approved.model_dump(mode="json"))
    state: BatchState = "sampled" if only_sample and batch.state != "approved" else "approved"
    batch = batch.model_copy(update={"state": state})
    await services.quotes.save(batch_id, f"batch-{batch_id}", batch.model_dump(mode="json"))
    return batch


async def read(services: Services, thread: str, batch_id: str) -> Batch:
    """A batch of a thread as it was stored. Raises `NotFoundError`."""
    stored = await services.quotes.load(batch_id)
    if stored is None or stored.get("thread") != thread or "rows" not in stored:
        raise NotFoundError(f"There is no batch {batch_id[:40]!r} in the thread {thread!r}.")
    return Batch.model_validate(stored)


def _name(tenant: str, thread: str, message_id: str) -> str:
    return hashlib.sha256("\x1f".join(("batch", tenant, thread, message_id)).encode()).hexdigest()[:32]


async def _price(services: Services, number: int, film: Storyboard, thread: str, batch_id: str, model: str) -> Quote:
    version_id = _name(services.tenant, thread, batch_id)
    try:
        quote = await price(
            services,
            thread=thread,
            message_id=batch_id,
            version_id=version_id,
            old=None,
            new=film,
            model=model,
            stage="final",
        )
    except RoutingError as error:
        raise RoutingError(f"Row {number}: {error.message}", rejections=error.rejections, fix=error.fix) from error
    # Whatever the approval limit says: a batch always asks.
    return quote.model_copy(update={"state": "pending"})


def _needs(services: Services, quote: Quote, film: Storyboard) -> list[Need]:
    shares = {one.id: one.profile.price.expected_share for one in services.candidates if one.profile.price is not None}
    needs = []
    for plan in quote.shots:
        key = content_key(film, film.shots[plan.number - 1], plan.stage)
        expected = plan.most_usd * shares.get(plan.model or "", Decimal(1))
        needs.append(Need(key, plan.most_usd, expected))
    return needs


async def _write(services: Services, quote: Quote, film: Storyboard) -> None:
    await services.versions.create(
        quote.thread,
        film,
        parent_id=None,
        summary=film.title or "a row of a batch",
        message_id=quote.message_id,
        version_id=quote.version_id,
        now=services.clock(),
    )
    await services.quotes.save_first(quote.id, quote.version_id, quote.model_dump(mode="json"))


def _batch(batch_id: str, thread: str, quotes: Sequence[Quote], total: BatchQuote, content: str) -> Batch:
    return Batch(
        id=batch_id,
        thread=thread,
        ask=total.ask,
        words=str(total),
        sample=total.sample,
        sample_usd=total.sample_usd,
        most_usd=total.most_usd,
        expected_usd=total.expected_usd,
        rows=tuple(
            BatchRow(
                row=one.row,
                thread=quote.thread,
                version_id=quote.version_id,
                most_usd=one.most_usd,
                expected_usd=one.expected_usd,
                shared=one.shared,
            )
            for quote, one in zip(quotes, total.rows, strict=True)
        ),
        content=content,
    )
