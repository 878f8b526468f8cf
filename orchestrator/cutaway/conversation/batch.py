"""A batch as data: its quote, its rows, and how far it is."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from cutaway.contract import Frozen
from cutaway.conversation.turn import VersionView

BatchState = Literal["pending", "sampled", "approved", "cancelled"]


class BatchRow(Frozen):
    """One row of a batch. `most_usd` is what it can cost beside the rows before it; `shared` counts clips it gets free.

    `name` is what the row calls itself, for files and tables. `film` is its version with its files, where the batch was
    read back.
    """

    row: int
    name: str = ""
    thread: str
    version_id: str
    cut_key: str = ""
    most_usd: Decimal
    expected_usd: Decimal
    shared: int
    film: VersionView | None = None


class Batch(Frozen):
    """A batch and its quote. `most_usd` is the most that all its rows together can be charged.

    `clips` are those to be made, `under_way` those being made for another order, by the models `under_way_by`, `shared`
    those that rows share or that are made already. `state` "sampled" means that
    the first `sample` rows were ordered, "approved" that all are, "cancelled" that no more will be. `content` names the
    storyboard and the rows, so that an id is never used for two batches. `answered` are the messages that ordered a
    part of it, so that a message that is read again orders nothing more.
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
    clips: int = 0
    shared: int = 0
    under_way: int = 0
    under_way_by: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    rows: tuple[BatchRow, ...]
    content: str
    answered: tuple[str, ...] = ()

    @property
    def ordered(self) -> tuple[BatchRow, ...]:
        """The rows that were ordered so far."""
        if self.state == "approved":
            return self.rows
        return self.rows[: self.sample] if self.state == "sampled" else ()

    @property
    def rest_usd(self) -> Decimal:
        """The most that the rows after the sample can cost."""
        return self.most_usd - self.sample_usd


class Progress(Frozen):
    """How many of a batch's ordered films are ready, still being made, and ended without a film."""

    ready: int
    making: int
    failed: int

    @property
    def settled(self) -> bool:
        """True when nothing is being made any more."""
        return self.making == 0
