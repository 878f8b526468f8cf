"""One storyboard times many rows of data: one quote, a sample first, one yes, and a film per row.

Each row is a version on a thread of its own, so its film can be looked at, undone and talked about like any other. The
batch counts against the budgets of the thread and the message that ordered it. Nothing is ordered before the yes, a
batch always asks, and what is ordered is admitted all or nothing; clips that rows share are made and paid once.
"""

from __future__ import annotations

import asyncio
import hashlib
import uuid
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any, Final, TypeVar

from cutaway.conversation.batch import Batch, BatchRow, BatchState, Progress
from cutaway.conversation.batch_pricing import Priced, dump_quotes, price_rows, read_quotes
from cutaway.conversation.dispatch import budget_scopes, dispatch_all
from cutaway.conversation.films import Films
from cutaway.conversation.services import Services
from cutaway.conversation.stopping import cancel_all
from cutaway.conversation.threads import check_thread
from cutaway.conversation.turn import Stopped, VersionState
from cutaway.errors import InputError, MessageError, NotFoundError
from cutaway.routing.names import resolve
from cutaway.storyboard.model import Storyboard, canonical
from cutaway.storyboard.rows import Row, fill, name_rows

__all__ = ["Batch", "BatchRow", "Batches", "Progress"]

AT_ONCE: Final = 16
"""Versions that are written or read at the same time."""

MAX_SOURCES: Final = 16
"""Citations of one shot, as the storyboard allows them."""

T = TypeVar("T")
R = TypeVar("R")


class Batches:
    """The batches of one tenant."""

    def __init__(self, services: Services, films: Films) -> None:
        self._services = services
        self._films = films

    async def propose(
        self,
        thread: str,
        storyboard: Storyboard,
        rows: Sequence[Row],
        *,
        sample: int = 1,
        message_id: str | None = None,
        model: str = "",
        sources: Sequence[str] = (),
    ) -> Batch:
        """One quote for a storyboard times many rows of data (`{name}` in its words); nothing is ordered yet.

        Each row becomes a version on a thread of its own. `sample` is how many rows are made first when only a sample
        is approved. The same `message_id` again gives the same batch. `sources` cites the line of each row, for shots
        that say something of it. Raises `InputError` naming row, column and shot,
        `RoutingError` naming row and shot, or `MessageError` when the message was another batch; nothing was written
        then.
        """
        check_thread(thread)
        services = await self._services.for_thread(thread)
        wanted = resolve(model, services.aliases, services.candidates) if model else ""
        batch_id = _name(services.tenant, thread, message_id or uuid.uuid4().hex)
        films = _cited(storyboard, fill(storyboard, rows), sources)
        if not 1 <= sample <= len(films):
            raise InputError(f"A sample is 1 to {len(films)} rows, not {sample}.")
        content = hashlib.sha256(canonical([film.model_dump(mode="json") for film in films]).encode()).hexdigest()
        known = await services.quotes.load(batch_id)
        if known is not None:
            batch = Batch.model_validate(known)
            if batch.content != content:
                raise MessageError(
                    "This message id was used for another batch.", fix="Give every batch an id of its own."
                )
            return batch
        threads = [f"{thread}:{batch_id[:8]}:{number}" for number in range(1, len(films) + 1)]
        versions = [_name(services.tenant, row_thread, batch_id) for row_thread in threads]
        priced = await price_rows(
            services,
            films,
            thread=thread,
            threads=threads,
            versions=versions,
            batch_id=batch_id,
            model=wanted,
            sample=sample,
        )
        limits = await services.shelf.bounds(thread)
        await _each(
            list(zip(priced.quotes, films, strict=True)),
            lambda one: _write(services, one[0].thread, one[0].version_id, one[1], batch_id, limits),
        )
        stored = await dump_quotes(services.quotes, priced.quotes)
        await services.quotes.save_all(stored, first=True)
        batch = _batch(batch_id, thread, priced, name_rows(storyboard, rows), content)
        return Batch.model_validate(
            await services.quotes.save_first(batch_id, f"batch-{batch_id}", batch.model_dump(mode="json"))
        )

    async def approve(
        self,
        thread: str,
        batch_id: str,
        *,
        only_sample: bool = False,
        user: str = "",
        tags: Sequence[str] = (),
        message_id: str = "",
    ) -> Batch:
        """Order all rows of a batch, or its sample, all or nothing; repeating it orders nothing twice.

        `message_id` is the message that said yes, if one did. Raises `BudgetError` when a budget has no room for all
        that is left (nothing was ordered then), `NotFoundError` for no such batch, `InputError` for a cancelled one.
        """
        check_thread(thread)
        services = await self._services.for_thread(thread)
        batch = await self.read(thread, batch_id)
        if batch.state == "cancelled":
            raise InputError(
                f"The batch {batch_id} was cancelled.", fix="Quote it again; what is made is not made anew."
            )
        wanted = batch.rows[: batch.sample] if only_sample else batch.rows
        quotes = await read_quotes(services.quotes, [row.version_id for row in wanted])
        films = await _each(list(wanted), lambda row: _storyboard(services, row))
        scopes = budget_scopes(services, thread=thread, user=user, message_id=batch_id)
        pairs = list(zip(quotes, films, strict=True))
        sent = await dispatch_all(services, pairs, scopes=scopes, user=user, tags=tuple(tags))
        approved = [quote.model_copy(update={"state": "approved"}) for quote in sent]
        await services.quotes.save_all(await dump_quotes(services.quotes, approved))
        state: BatchState = "sampled" if only_sample and batch.state != "approved" else "approved"
        answered = tuple(dict.fromkeys([*batch.answered, message_id])) if message_id else batch.answered
        return await self._save(batch.model_copy(update={"state": state, "answered": answered}))

    async def results(self, thread: str, batch_id: str) -> Batch:
        """A batch with the film of every row as it is now. Raises `NotFoundError`."""
        check_thread(thread)
        batch = await self.read(thread, batch_id)

        async def with_film(row: BatchRow) -> BatchRow:
            version = await self._services.versions.get(row.thread, row.version_id)
            film = await self._films.view(version)
            if batch.state == "cancelled" and await self._called_off(row, film.state):
                film = film.model_copy(update={"state": "cancelled"})
            return row.model_copy(update={"film": film})

        return batch.model_copy(update={"rows": tuple(await _each(list(batch.rows), with_film))})

    async def read(self, thread: str, batch_id: str) -> Batch:
        """A batch of a thread as it was stored. Raises `NotFoundError`."""
        batch = await self._stored(batch_id)
        if batch is None or batch.thread != thread:
            raise NotFoundError(f"There is no batch {batch_id[:40]!r} in the thread {thread!r}.")
        return batch

    async def find(self, batch_id: str) -> Batch:
        """A batch by its id alone, whichever thread it is of. Raises `NotFoundError`."""
        batch = await self._stored(batch_id)
        if batch is None:
            raise NotFoundError(
                f"There is no batch {batch_id[:40]!r}.", fix="`cutaway batch THREAD ROWS` names the batch it makes."
            )
        return batch

    async def progress(self, batch: Batch) -> Progress:
        """How far the ordered rows of a batch are. Two reads, however many rows there are."""
        ledger, tenant = self._services.ledger, self._services.tenant
        keys = [row.cut_key for row in batch.ordered]
        made, making = await ledger.made(tenant, keys), await ledger.making(tenant, keys)
        waiting = [row for row in batch.ordered if row.cut_key in making and row.cut_key not in made]
        ready = sum(key in made for key in keys)
        moving = len(waiting) - await self._parked(waiting)
        return Progress(ready=ready, making=moving, failed=len(keys) - ready - moving)

    async def cancel(self, batch_id: str) -> tuple[Batch, tuple[Stopped, ...]]:
        """Order no more rows, and stop what nobody but this batch waits for any more; what is made stays.

        Raises `NotFoundError`.
        """
        batch = await self.find(batch_id)
        versions = [row.version_id for row in batch.ordered]
        stopped = await cancel_all(self._services, versions, message_id=batch.id)
        cancelled = await self._save(batch.model_copy(update={"state": "cancelled"}))
        return cancelled, stopped

    async def failures(self, batch: Batch, *, most: int = 10) -> dict[int, tuple[dict[str, Any], ...]]:
        """Why the first `most` rows that have no film have none: errors by row, each with its shot and operation.

        The batch is one that was read back with its films.
        """
        ended = [row for row in batch.ordered if row.film and row.film.state in {"failed", "in_doubt"}][:most]
        quotes = await read_quotes(self._services.quotes, [row.version_id for row in ended])
        found: dict[int, tuple[dict[str, Any], ...]] = {}
        for row, quote in zip(ended, quotes, strict=True):
            ids = dict.fromkeys(plan.operation_id for plan in quote.shots if plan.operation_id)
            asked = [await self._services.ledger.get(one, tenant=self._services.tenant) for one in ids]
            asked += await self._services.ledger.of_version(self._services.tenant, row.version_id)
            found[row.row] = tuple(
                {"operation_id": one.id, "shot_id": one.shot_id, **one.error}
                for one in {one.id: one for one in asked}.values()
                if (one.phase in {"failed", "cancelled"} or one.parked) and one.error
            )
        return found

    async def waits(self, batch: Batch, *, most: int = AT_ONCE) -> dict[int, tuple[dict[str, Any], ...]]:
        """Why the first `most` ordered rows that are being made stand still until a later time, by row.

        Each reason is the last error with its operation, shot and model, and when it is tried again (`retry_at`, UTC).
        """
        ledger, tenant, now = self._services.ledger, self._services.tenant, self._services.clock()
        making = await ledger.making(tenant, [row.cut_key for row in batch.ordered])
        rows = [row for row in batch.ordered if row.cut_key in making][:most]
        asked = await _each(rows, lambda row: ledger.awaited(tenant, row.version_id))
        found = {
            row.row: tuple(
                {"operation_id": one.id, "shot_id": one.shot_id, "model": one.model, **one.error}
                | {"retry_at": one.not_before.isoformat(timespec="seconds")}
                for one in operations
                if one.phase == "ready" and one.error and one.not_before and one.not_before > now
            )
            for row, operations in zip(rows, asked, strict=True)
        }
        return {row: reasons for row, reasons in found.items() if reasons}

    async def _parked(self, waiting: Sequence[BatchRow]) -> int:
        """How many films wait for a person, because an order of theirs may have been taken: they do not move."""
        # Each costs a few reads, so the many are only asked once the first few stand still.
        first, rest = waiting[:AT_ONCE], waiting[AT_ONCE:]
        still = await _each(first, self._stands_still)
        if rest and all(still):
            still += await _each(rest, self._stands_still)
        return sum(still)

    async def _called_off(self, row: BatchRow, state: VersionState) -> bool:
        """Whether the film of a cancelled batch's row will not be made for it any more."""
        ledger, tenant = self._services.ledger, self._services.tenant
        if state == "making":
            making = await ledger.making(tenant, [row.cut_key])
            return not any([await ledger.waits_for(row.version_id, one) for one in making.values()])
        if state == "failed":
            return all(one.phase != "failed" for one in await ledger.awaited(tenant, row.version_id))
        return state == "proposed"

    async def _stands_still(self, row: BatchRow) -> bool:
        return await self._films.settled(row.version_id)

    async def _stored(self, batch_id: str) -> Batch | None:
        stored = await self._services.quotes.load(batch_id)
        return Batch.model_validate(stored) if stored is not None and "rows" in stored else None

    async def _save(self, batch: Batch) -> Batch:
        await self._services.quotes.save(batch.id, f"batch-{batch.id}", batch.model_dump(mode="json"))
        return batch


async def _each(items: Sequence[T], work: Callable[[T], Awaitable[R]]) -> list[R]:
    """The results for all items, in order, a few of them at the same time."""
    done: list[R] = []
    for start in range(0, len(items), AT_ONCE):
        some = await asyncio.gather(*(work(item) for item in items[start : start + AT_ONCE]), return_exceptions=True)
        for one in some:
            if isinstance(one, BaseException):
                raise one
            done.append(one)
    return done


def _name(tenant: str, thread: str, message_id: str) -> str:
    return hashlib.sha256("\x1f".join(("batch", tenant, thread, message_id)).encode()).hexdigest()[:32]


def _cited(template: Storyboard, films: tuple[Storyboard, ...], sources: Sequence[str]) -> tuple[Storyboard, ...]:
    """The films, each shot that a row changed citing the row: so what may not leave the house is known by its shots."""
    if not sources:
        return films

    def cited(film: Storyboard, source: str) -> Storyboard:
        cast = {one.id for one, before in zip(film.cast, template.cast, strict=True) if one != before}
        every = film.style != template.style
        shots = tuple(
            shot.model_copy(update={"sources": (*shot.sources[: MAX_SOURCES - 1], source)})
            if every or shot != before or cast & set(shot.cast)
            else shot
            for shot, before in zip(film.shots, template.shots, strict=True)
        )
        return film.model_copy(update={"shots": shots})

    return tuple(cited(film, source) for film, source in zip(films, sources, strict=True))


async def _storyboard(services: Services, row: BatchRow) -> Storyboard:
    return await services.versions.storyboard(await services.versions.get(row.thread, row.version_id))


async def _write(
    services: Services, thread: str, version_id: str, film: Storyboard, batch_id: str, limits: Any
) -> None:
    # What may not leave the house may not leave it by the row's thread either.
    await services.shelf.bind(thread, limits)
    await services.versions.create(
        thread,
        film,
        parent_id=None,
        summary=film.title or "a row of a batch",
        message_id=batch_id,
        version_id=version_id,
        now=services.clock(),
    )


def _batch(batch_id: str, thread: str, priced: Priced, names: Iterable[str], content: str) -> Batch:
    total = priced.total
    rows = tuple(
        BatchRow(
            row=one.row,
            name=name,
            thread=quote.thread,
            version_id=quote.version_id,
            cut_key=quote.cut_key,
            most_usd=one.most_usd,
            expected_usd=one.expected_usd,
            shared=one.shared,
        )
        for quote, one, name in zip(priced.quotes, total.rows, names, strict=True)
    )
    return Batch(
        id=batch_id,
        thread=thread,
        ask=total.ask,
        words=str(total),
        sample=total.sample,
        sample_usd=total.sample_usd,
        most_usd=total.most_usd,
        expected_usd=total.expected_usd,
        clips=sum(len(one.keys) for one in total.rows),
        shared=sum(one.shared for one in total.rows),
        under_way=sum(one.under_way for one in total.rows),
        under_way_by=priced.under_way_by,
        models=tuple(dict.fromkeys(plan.model for quote in priced.quotes for plan in quote.shots if plan.model)),
        rows=rows,
        content=content,
    )
