"""One arm's row: the vendor's books against the arm's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bench.peers.arms import Books
from bench.peers.order import number_of

COLUMNS: Final = (
    "arm", "operations", "paid creates", "paid twice or more", "lost", "parked", "booked minus charged, USD",
    "still held, USD", "worker kills", "seconds",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """What one arm did. `lost` has neither a result nor a mark; `parked` is paid or not, and the arm says so."""

    arm: str
    operations: int
    creates: int
    paid_twice: int
    lost: int
    parked: int
    off_micro: int
    held_micro: int
    kills: int
    wall_s: float

    def cells(self) -> tuple[str, ...]:
        """The row as text, in the order of `COLUMNS`."""
        counts = (self.operations, self.creates, self.paid_twice, self.lost, self.parked)
        money = (f"{self.off_micro / 1_000_000:+.2f}" if self.off_micro else "0.00", f"{self.held_micro / 1e6:.2f}")
        return (self.arm, *map(str, counts), *money, str(self.kills), f"{self.wall_s:.0f}")


def audit(
    arm: str, operations: int, books: Books, truth: Sequence[Mapping[str, Any]], *, kills: int, wall_s: float
) -> Row:
    """Count `truth`, the lines of the vendor's file, against the books of operations 0 to `operations` - 1."""
    accepted = [line for line in truth if line["event"] == "accepted"]
    times = Counter(number_of(line["fields"]["prompt"]) for line in accepted)
    return Row(
        arm=arm,
        operations=operations,
        creates=len(accepted),
        paid_twice=sum(1 for count in times.values() if count > 1),
        lost=len(set(range(operations)) - books.delivered - books.parked),
        parked=len(books.parked),
        off_micro=books.booked_micro - sum(line["charged_micro"] for line in accepted),
        held_micro=books.held_micro,
        kills=kills,
        wall_s=wall_s,
    )


def table(rows: Sequence[Row]) -> str:
    """The rows as a Markdown table."""
    lines = [COLUMNS, ("---", *["---:"] * (len(COLUMNS) - 1)), *(row.cells() for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
