"""One typed event of a thread. Everything a person sees of a turn after its answer arrives as these."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final, Literal, get_args

from pydantic import Field

from cutaway.contract import Frozen

EventType = Literal[
    "message.received",
    "turn.completed",
    "operation.queued",
    "operation.started",
    "operation.progress",
    "operation.accepted",
    "operation.unknown",
    "operation.parked",
    "operation.returned",
    "operation.fell_back",
    "operation.overrun",
    "operation.done",
    "operation.failed",
    "operation.cancelled",
    "operation.held_back",
    "operation.cancel_asked",
    "operation.cancel_refused",
    "operation.overdue",
    "operation.counted",
    "operation.double",
    "budget.crossed",
    "version.ready",
    "version.failed",
]

EVENT_TYPES: Final[frozenset[str]] = frozenset(get_args(EventType))


_PLAIN: Final = ("message_id", "version_id", "operation_id", "shot_id", "kind", "model", "asset")
_READ: Final = frozenset((*_PLAIN, "type", "at_ms", "share", "charged_micro", "notes", "error", "data"))


class Event(Frozen):
    """An event. `id` orders the events of one thread; `share` is progress 0 to 1; `data` holds the rest as JSON."""

    id: str
    type: EventType
    at: datetime
    message_id: str = ""
    version_id: str = ""
    operation_id: str = ""
    shot_id: str = ""
    kind: str = ""
    model: str = ""
    asset: str = ""
    share: float | None = None
    charged_usd: Decimal | None = None
    notes: tuple[str, ...] = ()
    error: dict[str, Any] | None = None
    data: dict[str, Any] = Field(default_factory=dict)


def read_event(event_id: str, fields: Mapping[str, str]) -> Event | None:
    """The event behind a stream entry; None for a type this Cutaway does not know (a newer writer)."""
    if fields.get("type") not in EVENT_TYPES:
        return None
    plain = {name: fields.get(name, "") for name in _PLAIN}
    rest = {name: value for name, value in fields.items() if name not in _READ}
    return Event(
        id=event_id,
        type=fields["type"],  # type: ignore[arg-type]
        at=datetime.fromtimestamp(int(fields["at_ms"]) / 1000, tz=UTC),
        **plain,
        share=float(fields["share"]) if fields.get("share") else None,
        charged_usd=Decimal(fields["charged_micro"]) / 1_000_000 if fields.get("charged_micro") else None,
        notes=tuple(json.loads(fields["notes"])) if fields.get("notes") else (),
        error=json.loads(fields["error"]) if fields.get("error") else None,
        data=(json.loads(fields["data"]) if fields.get("data") else {}) | rest,
    )
