"""One row of the ledger, and the identity that makes a repeated order the same operation.

`phase` says where the work is, `money` what happened to its hold; the two move apart, so "failed and charged" is a
fact and not a contradiction.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final, Literal

from pydantic import Field

from cutaway.contract import Frozen, Stage
from cutaway.errors import StoreError

ROW_SCHEMA: Final = 2
MICRO: Final = 1_000_000

Phase = Literal[
    "waiting", "ready", "submitting", "submitted", "rendered", "stored", "done", "failed", "cancelled", "unknown"
]
Money = Literal["none", "held", "settled", "released"]
Kind = Literal["shot", "cut"]

OPEN_PHASES: Final[frozenset[str]] = frozenset(
    {"waiting", "ready", "submitting", "submitted", "rendered", "stored", "unknown"}
)


_TEXT: Final = (
    "id", "tenant", "thread", "version_id", "quote_id", "message_id", "kind", "key", "shot_id", "model", "user",
    "queue", "phase", "money",
)  # fmt: skip


class Order(Frozen):
    """An operation to be written: what to make, after what, where it runs and the most it can cost (micro-USD)."""

    id: str
    kind: Kind
    key: str
    after: tuple[str, ...] = ()
    spec: dict[str, Any]
    queue: str
    hold_micro: int = Field(default=0, ge=0)
    shot_id: str = ""
    model: str = ""
    user: str = ""
    tags: tuple[str, ...] = ()
    weight_s: float = Field(default=1.0, gt=0)
    """Seconds of output: what the order counts for when tenants take turns."""
    priority: int = Field(default=0, ge=0, le=9)
    """0 goes first; each step may be overtaken for one minute, then it has its turn."""
    not_before_ms: int = Field(default=0, ge=0)
    """Unix milliseconds before which it does not begin; 0: at once."""
    needed_by_ms: int = Field(default=0, ge=0)
    """Unix milliseconds by which it is needed, where it may wait; 0: as soon as it can be."""
    takes_ms: int = Field(default=0, ge=0)
    """How long a machine of ours is expected to take, where it waits for one; 0: nobody knows."""


class Operation(Frozen):
    """A ledger row as read back. Amounts are micro-USD, times aware UTC, `progress` 0 to 1.

    `candidate` counts the models tried from 0, `submission` the orders surely not taken, `fetches` the tries to get
    what was rendered; `handle` is the vendor's job,
    `verdict` what it said at the end. `parked` means that only a person can tell whether it was taken, `counted` that
    its hold was then counted as charged, `doubtful` that an earlier try may have been taken; `intent_at` is when the
    last order was about to leave. `cancel` is "asked" once somebody wished to stop it and "refused" when its vendor
    would not; `held_back` says why it may not leave yet.
    """

    id: str
    tenant: str
    thread: str
    version_id: str
    quote_id: str
    message_id: str
    kind: Kind
    key: str
    shot_id: str
    model: str
    user: str
    queue: str
    spec: dict[str, Any]
    phase: Phase
    money: Money
    hold_micro: int
    charged_micro: int
    fence: int
    attempts: int
    fetches: int = 0
    candidate: int = 0
    submission: int = 0
    handle: dict[str, Any] | None = None
    verdict: dict[str, Any] | None = None
    parked: bool = False
    counted: bool = False
    doubtful: bool = False
    cancel: Literal["", "asked", "refused"] = ""
    held_back: str = ""
    tags: tuple[str, ...] = ()
    progress: float
    asset: str | None = None
    facts: dict[str, Any] | None = None
    notes: tuple[str, ...] = ()
    error: dict[str, Any] | None = None
    created_at: datetime
    updated_at: datetime
    intent_at: datetime | None = None
    accepted_at: datetime | None = None
    not_before: datetime | None = None
    """When it may begin, while it waits for that."""

    @property
    def is_open(self) -> bool:
        """True while the operation can still change."""
        return self.phase in OPEN_PHASES

    @property
    def owed_micro(self) -> int:
        """What a rendered job that cannot be used still costs: the vendor's figure, or the hold while it gave none."""
        if self.phase != "rendered":
            return 0
        cost = (self.verdict or {}).get("cost_micro")
        return int(cost) if cost is not None else self.hold_micro - self.charged_micro

    @property
    def charged_usd(self) -> Decimal:
        """What was really charged, in USD."""
        return from_micro(self.charged_micro)


def operation_id(
    *,
    tenant: str,
    thread: str,
    quote_id: str,
    shot: str,
    stage: Stage | Literal["cut"],
    take: int,
    spec: Mapping[str, Any],
) -> str:
    """32 hex digits: the same order in the same quote is the same operation, whatever model makes it."""
    spec_json = json.dumps(spec, sort_keys=True, separators=(",", ":"))
    what = "\x1f".join((tenant, thread, quote_id, shot, stage, str(take), spec_json))
    return hashlib.sha256(what.encode()).hexdigest()[:32]


def to_micro(amount_usd: Decimal) -> int:
    """USD as integer micro-USD, rounded up: a hold is never too small."""
    scaled = amount_usd * MICRO
    whole = int(scaled)
    return whole if whole == scaled else whole + 1


def from_micro(amount_micro: int) -> Decimal:
    """Integer micro-USD as USD."""
    return Decimal(amount_micro) / MICRO


def read_row(stored: Mapping[str, str]) -> Operation:
    """The row as an `Operation`, brought up from older schemas. Raises `StoreError` for a row of a newer one."""
    row, schema = dict(stored), int(stored["schema"])
    if schema > ROW_SCHEMA:
        raise StoreError(
            f"Operation {row['id']} was written by a newer Cutaway (row schema {schema}, this one knows {ROW_SCHEMA}).",
            fix="Upgrade this one; until then the operation is left to workers that know it.",
        )
    for step in range(schema, ROW_SCHEMA):
        _UPCASTERS[step](row)
    whole = {name: int(row[name]) for name in ("hold_micro", "charged_micro", "fence", "attempts")}
    text = {name: row.get(name, "") for name in _TEXT}
    return Operation.model_validate(
        text
        | whole
        | {
            "progress": float(row.get("progress", 0)),
            "spec": json.loads(row["spec"]),
            "candidate": int(row.get("candidate", 0)),
            "fetches": int(row.get("fetches", 0)),
            "submission": int(row.get("submission", 0)),
            "handle": json.loads(row["handle"]) if row.get("handle") else None,
            "verdict": json.loads(row["verdict"]) if row.get("verdict") else None,
            "parked": row.get("parked") == "1",
            "counted": "counted_from" in row,
            "doubtful": row.get("doubtful") == "1",
            "cancel": "asked" if row.get("cancel") == "1" else row.get("cancel", ""),
            "held_back": row.get("held_back", ""),
            "tags": tuple(json.loads(row["tags"])),
            "asset": row.get("asset"),
            "facts": json.loads(row["facts"]) if row.get("facts") else None,
            "notes": tuple(json.loads(row["notes"])) if row.get("notes") else (),
            "error": json.loads(row["error"]) if row.get("error") else None,
            "created_at": _time(row["created_ms"]),
            "updated_at": _time(row["updated_ms"]),
            "intent_at": _time(row["intent_ms"]) if row.get("intent_ms") else None,
            "accepted_at": _time(row["accepted_ms"]) if row.get("accepted_ms") else None,
            "not_before": _time(row["not_before_ms"]) if int(row.get("not_before_ms") or 0) else None,
        }
    )


def _time(milliseconds: str) -> datetime:
    return datetime.fromtimestamp(int(milliseconds) / 1000, tz=UTC)


def _to_schema_2(row: dict[str, str]) -> None:
    """Orders had neither tags nor a provider's budget of their own."""
    row.setdefault("tags", "[]")


_UPCASTERS: Final = {1: _to_schema_2}
"""What brings a row of each older schema one step up. Scripts read missing fields as these defaults too."""
