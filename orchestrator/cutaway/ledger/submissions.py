"""Remote operations in the ledger: the intent before the bytes, what came of it, and what a later look found.

The rule all of it serves: a paid order leaves once. What is not surely refused and not surely accepted is *unknown*:
it keeps its hold and is looked for, never sent again by itself.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from cutaway.ledger.ledger import LEASE_MS, SEND_MS, Ledger, Taken, Wake, wakes
from cutaway.ledger.operation import Operation, read_row

LOOK_LEASE_MS: Final = 10_000
"""After this another poller looks as well; looking twice changes nothing."""

Verdict = Literal["waiting", "rendered", "unsent", "ask_again", "parked", "running_on", "overdue"]


@dataclass(frozen=True, slots=True)
class Accepted:
    """Whether the ledger keeps a vendor's handle, and whom to wake now that the worker is free."""

    kept: bool
    ready: tuple[Wake, ...] = ()


class Submissions:
    """The remote half of a ledger."""

    def __init__(self, ledger: Ledger, *, lease_ms: int = LEASE_MS, send_ms: int = SEND_MS) -> None:
        """`lease_ms` and `send_ms` bound how long one submission may take before it counts as silent."""
        self._ledger = ledger
        self.lease_ms = lease_ms
        self.send_ms = send_ms

    async def take(self, operation_id: str, *, owner: str, what: Literal["place", "any"] = "any") -> Taken:
        """Take an operation with this room's deadlines; see `Ledger.take`."""
        return await self._ledger.take(
            operation_id, owner=owner, what=what, lease_ms=self.lease_ms, send_ms=self.send_ms
        )

    async def accept(self, operation: Operation, handle: Mapping[str, Any], *, poll_after_s: float) -> Accepted:
        """Keep the vendor's handle. What the ledger did not keep was made although it went on without the caller."""
        kept = json.dumps(dict(handle), sort_keys=True)
        answer = await self._run("accept", operation.id, operation.fence, kept, _ms(poll_after_s))
        return Accepted(bool(answer["kept"]), wakes(answer["ready"]))

    async def doubt(self, operation: Operation, error: Mapping[str, Any]) -> tuple[Wake, ...]:
        """Mark the outcome unknown; the hold stays. Gives the operations to wake."""
        return wakes((await self._run("doubt", operation.id, operation.fence, json.dumps(dict(error))))["ready"])

    async def due(self, limit: int = 100, *, lease_ms: int = LOOK_LEASE_MS) -> tuple[Operation, ...]:
        """Remote operations to look at now, leased so that pollers do not look twice at once."""
        rows = await self._run("due", limit, lease_ms)
        return tuple(read_row({key: str(value) for key, value in row.items()}) for row in rows)

    async def found(
        self, operation: Operation, verdict: Verdict, data: Mapping[str, Any] | None = None, *, delay_s: float = 0.0
    ) -> tuple[Wake, ...]:
        """Book what a look found; gives the operations to wake. Nothing happens when the operation went on."""
        answer = await self._run(
            "verdict", operation.id, operation.fence, verdict, json.dumps(dict(data or {})), _ms(delay_s)
        )
        return wakes(answer["ready"])

    async def fall_back(
        self,
        operation: Operation,
        error: Mapping[str, Any],
        *,
        charged_micro: int,
        model: str,
        hold_micro: int,
        queue: str,
        dearest_micro: int,
        scope: Mapping[str, Any] | None = None,
    ) -> tuple[Wake, ...] | None:
        """Go on with the next model after a verified failure; None when nothing covers it or somebody asked to stop.

        `dearest_micro` is the dearest candidate still allowed from here on: what is held beyond it goes back. `scope`
        is the budget of the next model's provider, as `Scope` in JSON.
        """
        answer = await self._run(
            "next",
            operation.id,
            operation.fence,
            json.dumps(dict(error)),
            charged_micro,
            model,
            hold_micro,
            queue,
            dearest_micro,
            json.dumps(dict(scope)) if scope else "",
        )
        if answer.get("refused"):
            return None
        return () if answer.get("stale") else wakes(answer["ready"])

    async def _run(self, name: str, *args: object) -> Any:
        answer = await self._ledger.run(name, *args)
        return json.loads(answer) if isinstance(answer, str) else answer


def _ms(seconds: float) -> int:
    return max(0, round(seconds * 1000))
