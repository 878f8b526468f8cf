"""The quotes of a batch's rows: the moment is read once, a shot is decided once, and shared clips are counted once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from cutaway.conversation.conditions import gather
from cutaway.conversation.pricing import price
from cutaway.conversation.services import Services
from cutaway.conversation.shapes import Shapes
from cutaway.conversation.turn import Quote
from cutaway.errors import RoutingError
from cutaway.ledger.quotes import QuoteBook
from cutaway.routing import RoutingDecision
from cutaway.routing.batch import BatchQuote, Need, quote_rows
from cutaway.storyboard.brief import content_key
from cutaway.storyboard.model import Storyboard


@dataclass(frozen=True, slots=True)
class Priced:
    """The quotes of all rows, the one price they come to, and the models that make clips of it for other orders."""

    quotes: tuple[Quote, ...]
    total: BatchQuote
    under_way_by: tuple[str, ...] = ()


async def price_rows(
    services: Services,
    films: Sequence[Storyboard],
    *,
    thread: str,
    threads: Sequence[str],
    versions: Sequence[str],
    batch_id: str,
    model: str,
    sample: int,
) -> Priced:
    """The quotes of films that are to be `versions` on `threads`, as ordered from `thread`.

    Nothing is written. Raises `RoutingError` naming the row and the shot that no model can make.
    """
    moment = await gather(services, thread=thread, message_id=batch_id, model=model)
    once = replace(services, moment=moment, shapes=Shapes(films))
    quotes: list[Quote] = []
    needs: list[list[Need]] = []
    there: set[str] = set()
    under_way: dict[str, str] = {}
    shares = {one.id: one.profile.price.expected_share for one in services.candidates if one.profile.price is not None}
    for number, (film, own, version) in enumerate(zip(films, threads, versions, strict=True), 1):
        try:
            # Priced as the thread that asked: its budgets, and its bounds on what may leave the house.
            quote = await price(
                once,
                thread=thread,
                message_id=batch_id,
                version_id=version,
                old=None,
                new=film,
                model=model,
                stage="final",
            )
        except RoutingError as error:
            raise RoutingError(f"Row {number}: {error.message}", rejections=error.rejections, fix=error.fix) from error
        # Whatever the approval limit says: a batch always asks.
        quotes.append(quote.model_copy(update={"state": "pending", "thread": own}))
        needs.append([])
        for plan in quote.shots:
            key = content_key(film, film.shots[plan.number - 1], plan.stage)
            if plan.operation_id:
                under_way[key] = plan.operation_id
            elif plan.change_class != "generate":
                there.add(key)
            expected = plan.most_usd * shares.get(plan.model or "", Decimal(1))
            needs[-1].append(Need(key, plan.most_usd, expected))
    waited = [await services.ledger.get(one, tenant=services.tenant) for one in dict.fromkeys(under_way.values())]
    total = quote_rows(needs, sample=sample, made=there, under_way=under_way)
    return Priced(tuple(quotes), total, tuple(dict.fromkeys(one.model for one in waited if one.model)))


async def dump_quotes(book: QuoteBook, quotes: Sequence[Quote]) -> list[tuple[str, str, dict[str, Any]]]:
    """Quotes as `QuoteBook.save_all` takes them; the decisions they share are kept once, and only named in them."""
    every = {id(one): one for quote in quotes for one in quote.decisions.values()}
    names = await book.save_decisions(one.model_dump(mode="json") for one in every.values())
    named = dict(zip(every, names, strict=True))
    return [
        (
            quote.id,
            quote.version_id,
            quote.model_dump(mode="json", exclude={"decisions"})
            | {"decisions": {shot: named[id(one)] for shot, one in quote.decisions.items()}},
        )
        for quote in quotes
    ]


async def read_quotes(book: QuoteBook, versions: Sequence[str]) -> list[Quote]:
    """The quotes of versions, in order; a decision that many share is one object."""
    found, decisions = await book.of_versions(versions)
    read = {name: RoutingDecision.model_validate(one) for name, one in decisions.items()}
    return [
        Quote.model_validate(quote | {"decisions": {s: read.get(n, n) for s, n in quote["decisions"].items()}})
        for quote in found
    ]
