"""What a storm comes to: the ledger held against the vendor's own books, operation by operation."""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from cutaway.ledger import Operation

RECOVER_WITHIN_S: Final = 5.0
SURELY_REFUSED: Final = frozenset({"429", "invalid"})


@dataclass(slots=True)
class Tally:
    """One storm's counts. Amounts are micro-USD, times seconds; `violations` must be empty whatever the machine.

    `misses` are promises about time, which a loaded machine may break. Of the counts in the second block each should be
    0: `lost` is neither done, failed nor parked; `stuck` the open part of it after a minute in which nothing moved;
    `resent` are orders sent although an earlier try may have been taken (the way of tier A, forbidden in D; in B only
    after the vendor's list said no); `gap_micro` sums, per operation that is not parked, how far the ledger's charge is
    from the vendor's; `over_micro` is the worst excess of held + charged over the limit, beyond the vendor's overruns.
    """

    tier: str
    seed: int
    admitted: int = 0
    refused: int = 0
    done: int = 0
    failed: int = 0
    parked: int = 0
    parked_paid: int = 0

    lost: int = 0
    stuck: int = 0
    paid_twice: int = 0
    resent: int = 0
    gap_micro: int = 0
    over_micro: int = 0
    leaked_micro: int = 0

    charged_micro: int = 0
    overruns: int = 0
    overrun_micro: int = 0
    kills: dict[str, int] = field(default_factory=dict)
    zombies: dict[str, int] = field(default_factory=dict)
    store_kills: int = 0
    double_clicks: int = 0
    faults: dict[str, int] = field(default_factory=dict)
    thaws: int = 0
    samples: int = 0
    frozen_holders: int = 0
    recoveries: list[float] = field(default_factory=list)
    after_lease: list[float] = field(default_factory=list)
    doubts: list[float] = field(default_factory=list)
    settled: list[float] = field(default_factory=list)
    ordering_s: float = 0.0
    wall_s: float = 0.0
    violations: list[str] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)

    def judge_times(self) -> None:
        """Note the promises about time that were not kept."""
        late = [took for took in self.recoveries if took > RECOVER_WITHIN_S]
        if late:
            self.misses.append(
                f"{len(late)} of {len(self.recoveries)} orphans were claimed after more than {RECOVER_WITHIN_S:g} s, "
                f"the last after {max(late):.1f} s"
            )


@dataclass(slots=True)
class Books:
    """What the vendor's truth file says, by prompt: every order of a storm has its own."""

    charged: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    resent: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)

    @classmethod
    def read(cls, lines: Iterable[Mapping[str, Any]]) -> Books:
        """The books from the lines of a truth file."""
        books = cls()
        maybe: set[str] = set()
        for line in lines:
            if line["event"] == "arrived":
                books.resent[line["prompt"]] += line["prompt"] in maybe
                maybe.add(line["prompt"])
            elif line["event"] == "refused":
                books.faults[line["fault"]] += 1
                if line["fault"] in SURELY_REFUSED:
                    maybe.discard(line["prompt"])
            elif line["event"] == "spoiled":
                books.faults[line["fault"]] += 1
            elif line["event"] == "accepted":
                books.charged[line["fields"]["prompt"]].append(line["charged_micro"])
        return books


def audit(
    tally: Tally, operations: Mapping[str, Operation], asked: Mapping[str, str], books: Books, held: int, charged: int
) -> None:
    """Hold every admitted operation (id to prompt in `asked`) against the vendor's books, and the budget against both.

    `held` and `charged` are what the budget says, in micro-USD.
    """
    owed_held = 0
    for operation_id, prompt in asked.items():
        operation, jobs = operations.get(operation_id), books.charged.get(prompt, [])
        if len(jobs) > 1:
            tally.paid_twice += 1
            tally.violations.append(f"{operation_id} was paid {len(jobs)} times")
        if books.resent[prompt]:
            tally.resent += books.resent[prompt]
            if tally.tier == "D":
                tally.violations.append(f"{operation_id} was sent again although it may have been taken")
        if operation is None:
            tally.lost += 1
            tally.violations.append(f"{operation_id} is gone from the ledger")
            continue
        if operation.is_open:
            owed_held += operation.hold_micro
        if operation.parked and operation.is_open:
            tally.parked += 1
            tally.parked_paid += bool(jobs)
            continue
        _end_of(tally, operation)
        gap = operation.charged_micro - sum(jobs)
        tally.gap_micro += abs(gap)
        if gap and not operation.is_open:
            tally.violations.append(f"{operation_id} ({operation.phase}): booked {gap:+d} micro-USD against the vendor")
    if tally.tier == "A" and tally.parked:
        tally.violations.append(f"{tally.parked} parked although the vendor deduplicates")
    tally.leaked_micro = held - owed_held
    if tally.leaked_micro:
        tally.violations.append(f"{tally.leaked_micro:+d} micro-USD are held for nothing that is open")
    tally.charged_micro = charged
    booked = sum(operation.charged_micro for operation in operations.values())
    if charged != booked:
        tally.violations.append(f"the budget has {charged} micro-USD charged, its operations {booked}")
    if tally.over_micro > 0:
        tally.violations.append(f"{tally.over_micro} micro-USD were admitted beyond the limit")


def _end_of(tally: Tally, operation: Operation) -> None:
    tally.done += operation.phase == "done"
    tally.failed += operation.phase == "failed"
    if operation.phase in {"done", "failed"}:
        return
    tally.lost += 1
    tally.stuck += operation.is_open
    owner = f"fence {operation.fence}, attempts {operation.attempts}"
    tally.violations.append(f"{operation.id} is {operation.phase} ({owner}, last word {operation.error})")


def table(tallies: Sequence[Tally]) -> str:
    """The tallies side by side as text."""
    rows: list[tuple[str, list[str]]] = [("tier", [tally.tier for tally in tallies])]
    rows += [(name, [str(getattr(tally, name)) for tally in tallies]) for name in _COUNTS]
    rows += [
        (name, [spread(getattr(tally, name)) for tally in tallies])
        for name in ("recoveries", "after_lease", "doubts", "settled")
    ]
    rows += [("ordering, wall s", [f"{tally.ordering_s:.0f}, {tally.wall_s:.0f}" for tally in tallies])]
    rows += [("violations", [str(len(tally.violations)) for tally in tallies])]
    widths = [max(len(cells[place]) for _, cells in rows) for place in range(len(tallies))]
    lines = [
        "  ".join([name.ljust(16), *(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))]).rstrip()
        for name, cells in rows
    ]
    lines += [
        f"{tally.tier} {name} {_listed(getattr(tally, name))}"
        for tally in tallies
        for name in ("kills", "zombies", "faults")
    ]
    lines += [f"{tally.tier} violation: {text}" for tally in tallies for text in tally.violations]
    lines += [f"{tally.tier} miss: {text}" for tally in tallies for text in tally.misses]
    return "\n".join(lines)


def spread(times: Sequence[float]) -> str:
    """Median and longest of some times in seconds, and how many there are."""
    return f"p50 {statistics.median(times):.2f} max {max(times):.2f} n {len(times)}" if times else "none"


_COUNTS: Final = (
    "admitted", "refused", "done", "failed", "parked", "parked_paid", "lost", "stuck", "paid_twice", "resent",
    "gap_micro", "over_micro", "leaked_micro", "charged_micro", "overruns", "overrun_micro", "store_kills",
    "double_clicks", "thaws", "frozen_holders", "samples",
)  # fmt: skip


def _listed(counts: Mapping[str, int]) -> str:
    return f"{sum(counts.values())}: " + " ".join(f"{name} {count}" for name, count in sorted(counts.items()))
