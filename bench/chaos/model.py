"""The ledger as plain Python: what every script should do to every row, for a state machine to compare with.

Amounts are micro-USD, times milliseconds. One tenant, one writer, no events, no queues.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from cutaway.ledger import Order
from cutaway.ledger.ledger import LEASE_MS, MAX_ATTEMPTS, MAX_SUBMISSIONS, SEND_MS

CLOSED: Final = frozenset({"done", "failed", "cancelled"})


@dataclass(slots=True)
class Row:
    """One operation. `waits_for` are open parents; `settlements` counts how often its money came to an end."""

    id: str
    key: str
    hold: int
    scopes: tuple[str, ...]
    phase: str
    money: str
    waits_for: set[str]
    charged: int = 0
    cost: int = 0
    fence: int = 0
    attempts: int = 0
    fetches: int = 0
    handle: str = ""
    asset: str = ""
    parked: bool = False
    doubtful: bool = False
    doubt_fence: int = 0
    due_ms: int = 0
    settlements: int = 0

    @property
    def is_open(self) -> bool:
        return self.phase not in CLOSED

    @property
    def may_be_taken(self) -> bool:
        """Asked again under the same key: until the vendor answers, an earlier try may be charged."""
        if not self.doubtful or self.phase == "ready":
            return self.doubtful
        return self.phase in {"submitting", "unknown"} and self.doubt_fence != self.fence


@dataclass(slots=True)
class Book:
    """All rows, what is made and being made, and the limit of each scope."""

    limits: Mapping[str, int]
    rows: dict[str, Row] = field(default_factory=dict)
    made: dict[str, str] = field(default_factory=dict)
    making: dict[str, str] = field(default_factory=dict)

    def held(self, scope: str) -> int:
        return sum(row.hold for row in self.rows.values() if row.money == "held" and scope in row.scopes)

    def charged(self, scope: str) -> int:
        return sum(row.charged for row in self.rows.values() if row.money == "settled" and scope in row.scopes)

    def overrun(self, scope: str) -> int:
        """What was charged beyond holds: the only way a limit may be passed."""
        settled = [row for row in self.rows.values() if row.money == "settled" and scope in row.scopes]
        return sum(max(0, row.charged - row.hold) for row in settled)

    def dispatch(self, orders: Sequence[Order], scopes: Sequence[str]) -> bool:
        """Admit all fresh orders, or none: False."""
        real: dict[str, str] = {}
        fresh: dict[str, Order] = {}
        for order in orders:
            twin = self.making.get(order.key)
            if order.id in self.rows:
                real[order.id] = order.id
            elif order.key in self.made:
                real[order.id] = ""
            elif order.key in fresh or twin:
                real[order.id] = fresh[order.key].id if order.key in fresh else str(twin)
            else:
                real[order.id] = order.id
                fresh[order.key] = order
        hold = sum(order.hold_micro for order in fresh.values())
        if hold and any(self.held(s) + self.charged(s) + hold > self.limits[s] for s in scopes):
            return False
        for order in fresh.values():
            parents = {real.get(parent, parent) for parent in order.after}
            waits_for = {p for p in parents if p in self.rows and self.rows[p].is_open}
            self.rows[order.id] = Row(
                id=order.id,
                key=order.key,
                hold=order.hold_micro,
                scopes=tuple(scopes),
                phase="waiting" if waits_for else "ready",
                money="held" if order.hold_micro else "none",
                waits_for=waits_for,
            )
            self.making[order.key] = order.id
        return True

    def claim(self, row: Row, now_ms: int) -> bool:
        """Take work to be made, or a result to be fetched; what is worn out fails."""
        fetch = row.phase == "rendered" and row.due_ms < now_ms
        orphan = row.phase == "submitted" and not row.handle and row.due_ms < now_ms
        if not (row.phase == "ready" or fetch or orphan):
            return False
        if (row.fetches if fetch else row.attempts) >= MAX_ATTEMPTS:
            self._end(row, "failed", row.charged + (row.cost if fetch else 0))
            return False
        if fetch:
            row.fetches += 1
        else:
            row.phase = "submitted"
            row.attempts += 1
        row.fence += 1
        row.due_ms = now_ms + LEASE_MS
        return True

    def intend(self, row: Row, now_ms: int) -> bool:
        """Write down that an order is about to leave; what was refused too often fails."""
        if row.phase != "ready":
            return False
        if row.attempts >= MAX_SUBMISSIONS:
            self.fail(row, row.fence, again=False)
            return False
        row.phase = "submitting"
        row.attempts += 1
        row.fence += 1
        row.due_ms = now_ms + max(LEASE_MS, SEND_MS)
        return True

    def renew(self, row: Row, fence: int, now_ms: int) -> bool:
        if row.fence != fence or row.phase not in {"submitted", "rendered"}:
            return False
        row.due_ms = now_ms + LEASE_MS
        return True

    def finish(self, row: Row, fence: int, asset: str, total: int) -> bool:
        """Book a result; False when it is another worker's."""
        if row.phase == "done" and row.fence == fence and row.asset == asset:
            return True
        if row.fence != fence or row.phase not in {"submitted", "rendered"}:
            return False
        self._end(row, "done", total)
        row.asset = asset
        self.made[row.key] = asset
        for child in self.rows.values():
            if row.id in child.waits_for:
                child.waits_for.discard(row.id)
                if child.phase == "waiting" and not child.waits_for:
                    child.phase = "ready"
        return True

    def fail(self, row: Row, fence: int, *, again: bool, counts: bool = True, charged: int = 0) -> None:
        """End an attempt: put it back, or end it with everything that waits for it."""
        if row.fence != fence or not row.is_open or (row.phase == "unknown" and row.may_be_taken):
            return
        if row.phase == "unknown":
            row.doubtful = row.parked = False
        if again:
            if row.phase == "rendered":
                row.fetches -= not counts
            else:
                row.attempts -= not counts
                row.phase = "ready"
            row.due_ms = 0
        elif row.may_be_taken:
            row.phase, row.parked = "unknown", True
        else:
            self._end(row, "failed", row.charged + charged)

    def sweep(self, now_ms: int) -> None:
        """Orders whose sender fell silent are in doubt."""
        for row in self.rows.values():
            if row.phase == "submitting" and row.due_ms <= now_ms:
                self._doubt(row)

    def accept(self, row: Row, fence: int, handle: str) -> bool:
        if row.handle == handle and row.is_open:
            return True
        if row.fence != fence or row.phase not in {"submitting", "unknown"}:
            return False
        row.phase, row.handle, row.due_ms = "submitted", handle, 0
        row.parked = row.doubtful = False
        return True

    def doubt(self, row: Row, fence: int) -> None:
        if row.fence == fence and row.phase == "submitting":
            self._doubt(row)

    def found(self, row: Row, fence: int, verdict: str, cost: int) -> None:
        """Book what a look found."""
        if row.fence != fence:
            return
        if verdict == "rendered" and row.phase == "submitted" and row.handle:
            row.phase, row.cost = "rendered", cost
        elif row.phase != "unknown" or row.parked:
            return
        elif verdict == "unsent":
            row.phase, row.doubtful = "ready", False
            row.attempts -= 1
        elif verdict == "ask_again":
            row.phase = "ready"
        elif verdict == "parked":
            row.parked = True

    def fall_back(self, row: Row, fence: int, charged: int, hold: int, dearest: int) -> bool | None:
        """Go on with the next candidate; False when that is not covered, None when the operation went on elsewhere."""
        if row.fence != fence or row.phase not in {"submitted", "submitting", "unknown"}:
            return None
        total = row.charged + charged
        if row.may_be_taken or total + hold > row.hold:
            return False
        if row.phase == "unknown":
            row.doubtful = row.parked = False
        row.phase, row.handle, row.attempts = "ready", "", 0
        row.charged = total
        if row.money == "held":
            row.hold = min(row.hold, total + dearest)
        return True

    @staticmethod
    def _doubt(row: Row) -> None:
        if not row.doubtful:
            row.doubt_fence = row.fence
        row.phase, row.doubtful = "unknown", True

    def _end(self, row: Row, phase: str, total: int) -> None:
        row.phase = phase
        row.charged = total
        if row.money == "held":
            row.settlements += 1
            row.money = "settled" if total or phase == "done" else "released"
        elif row.money == "none" and phase == "done" and total:
            row.money = "settled"
        if self.making.get(row.key) == row.id:
            del self.making[row.key]
        if phase != "done":
            for child in list(self.rows.values()):
                if child.phase == "waiting" and row.id in child.waits_for:
                    self._end(child, "cancelled", 0)
