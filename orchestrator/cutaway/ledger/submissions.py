"""Remote operations in the ledger: the intent before the bytes, what came of it, and what a later look found.

The rule all of it serves: a paid order leaves once. What is not surely refused and not surely accepted is *unknown*:
it keeps its hold and is looked for, never sent again by itself.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final, Literal

from cutaway.ledger.ledger import LEASE_MS, SEND_MS, Ledger, Wake, wakes
from cutaway.ledger.operation import Operation, read_row

LOOK_LEASE_MS: Final = 30_000
MAX_SUBMISSIONS: Final = 5

Verdict = Literal["waiting", "rendered", "unsent", "parked"]


class Submissions:
    """The remote half of a ledger."""

    def __init__(self, ledger: Ledger, *, lease_ms: int = LEASE_MS, send_ms: int = SEND_MS) -> None:
        """`lease_ms` and `send_ms` bound how long one submission may take before it counts as silent."""
        self._ledger = ledger
        self.lease_ms = lease_ms
        self.send_ms = send_ms

    async def intend(self, operation_id: str, *, owner: str) -> Operation | None:
        """Write down that this worker is about to place the order; None when there is nothing to place.

        An operation refused too often is failed here. A frozen provider, model or tenant is asked for again later.
        """
        answer = await self._run("intend", operation_id, owner, self.lease_ms, self.send_ms, MAX_SUBMISSIONS)
        if row := answer.get("intended"):
            return read_row({key: str(value) for key, value in row.items()})
        if answer["refused"] == "worn_out":
            operation = await self._ledger.get(operation_id)
            error = {"code": "worn_out", "message": f"It was refused {MAX_SUBMISSIONS} times.", "retryable": False}
            await self._ledger.fail(operation, error)
        return None

    async def accept(self, operation: Operation, handle: Mapping[str, Any], *, poll_after_s: float) -> bool:
        """Keep the vendor's handle; False when the operation went on without the caller (the job is then a double)."""
        kept = json.dumps(dict(handle), sort_keys=True)
        return bool(await self._run("accept", operation.id, operation.fence, kept, _ms(poll_after_s)))

    async def doubt(self, operation: Operation, error: Mapping[str, Any], *, look_after_s: float) -> bool:
        """Mark the outcome unknown; the hold stays."""
        return bool(await self._run("doubt", operation.id, operation.fence, json.dumps(dict(error)), _ms(look_after_s)))

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
    ) -> tuple[Wake, ...] | None:
        """Go on with the next model after a verified failure; None when the hold does not cover it."""
        answer = await self._run(
            "next", operation.id, operation.fence, json.dumps(dict(error)), charged_micro, model, hold_micro, queue
        )
        if answer.get("refused"):
            return None
        return () if answer.get("stale") else wakes(answer["ready"])

    async def _run(self, name: str, *args: object) -> Any:
        answer = await self._ledger.run(name, *args)
        return json.loads(answer) if isinstance(answer, str) else answer


def _ms(seconds: float) -> int:
    return max(0, round(seconds * 1000))
