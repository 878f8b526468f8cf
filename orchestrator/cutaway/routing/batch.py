"""One quote for many films: what every row needs, with what several rows share counted once.

A need is named by its content key; the first row that has it pays for it, later rows get it for nothing. The sample is
the first rows, which are made and shown before the rest. A batch always asks, whatever the approval limit is.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from cutaway.errors import InputError
from cutaway.routing.picks import Decision

ASK: Final = "a batch always asks"


@dataclass(frozen=True, slots=True)
class Need:
    """One clip that a row's film has: its content key, the most it can cost in USD, and what it usually costs."""

    key: str
    most_usd: Decimal
    expected_usd: Decimal


@dataclass(frozen=True, slots=True)
class RowQuote:
    """What one row costs beside the rows before it.

    `row` counts from 1; `keys` are made for it, `under_way` it is the first to wait for, other clips are shared.
    """

    row: int
    keys: tuple[str, ...]
    shared: int
    most_usd: Decimal
    expected_usd: Decimal
    under_way: int = 0


@dataclass(frozen=True, slots=True)
class BatchQuote:
    """One price for the whole batch, by row. The most that can be charged is the sum of the rows' most."""

    rows: tuple[RowQuote, ...]
    sample: int
    most_usd: Decimal
    expected_usd: Decimal
    ask: str = ASK

    @property
    def sample_usd(self) -> Decimal:
        """The most that the first rows can cost, which are made and shown first."""
        return sum((row.most_usd for row in self.rows[: self.sample]), Decimal(0))

    def __str__(self) -> str:
        """In words: rows, clips, the most, and what the sample costs."""
        clips = sum(len(row.keys) for row in self.rows)
        shared = sum(row.shared for row in self.rows)
        waited = sum(row.under_way for row in self.rows)
        under_way = f", {waited} under way for another order" if waited else ""
        once = f" ({shared} more are shared or made already)" if shared else ""
        films = "1 film" if len(self.rows) == 1 else f"{len(self.rows)} films"
        made = "1 clip" if clips == 1 else f"{clips} clips"
        said = f"{films}, {made} to make{under_way}{once}: ${self.most_usd:.2f} at most, about ${self.expected_usd:.2f}"
        return f"{said}; the first {self.sample} as a sample: ${self.sample_usd:.2f}"


def need(key: str, decision: Decision) -> Need:
    """A clip as its first pick would make it."""
    able = decision.picks[0].able
    return Need(key, able.most_usd, Decimal(str(able.expected_usd)))


def quote_rows(
    rows: Sequence[Sequence[Need]], *, sample: int = 1, made: Collection[str] = (), under_way: Collection[str] = ()
) -> BatchQuote:
    """The quote for films that need these clips, row by row.

    Keys in `made` exist, those in `under_way` are being made for another order; both cost nothing.

    Raises `InputError` for a batch of no rows, or a sample of none or more than there are.
    """
    if not rows:
        raise InputError("A batch needs at least one row.")
    if not 1 <= sample <= len(rows):
        raise InputError(f"A sample is 1 to {len(rows)} rows, not {sample}.")
    known, waited = set(made), set(under_way)
    quoted = []
    for number, needs in enumerate(rows, 1):
        new: dict[str, Need] = {}
        for one in needs:
            if one.key not in known:
                new.setdefault(one.key, one)
        first = {one.key for one in needs} & waited - known
        for key in first:
            new.pop(key, None)
        known |= new.keys() | first
        quoted.append(
            RowQuote(
                row=number,
                keys=tuple(new),
                shared=len({one.key for one in needs}) - len(new) - len(first),
                most_usd=sum((one.most_usd for one in new.values()), Decimal(0)),
                expected_usd=sum((one.expected_usd for one in new.values()), Decimal(0)),
                under_way=len(first),
            )
        )
    return BatchQuote(
        rows=tuple(quoted),
        sample=sample,
        most_usd=sum((row.most_usd for row in quoted), Decimal(0)),
        expected_usd=sum((row.expected_usd for row in quoted), Decimal(0)),
    )
