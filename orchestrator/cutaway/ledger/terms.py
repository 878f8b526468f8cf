"""What goes into the ledger's moves and what comes out of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from cutaway.ledger.operation import Operation, Order

Wake = tuple[str, str]
"""An operation id and the queue it waits for."""


@dataclass(frozen=True, slots=True)
class Scope:
    """One budget a dispatch counts against. `limit_micro` is micro-USD; `ttl_s` 0 keeps the window for ever."""

    key: str
    name: str
    limit_micro: int
    ttl_s: int = 0
    who: str = ""
    """Whose window it is (a thread, a user, a provider); a person may lower a limit for one of them."""


@dataclass(frozen=True, slots=True)
class Dispatched:
    """What a dispatch did: `ready` must be woken; `operations` maps each order to its operation ('' = already made).

    `made` names the versions whose film exists already.
    """

    ready: tuple[Wake, ...]
    operations: Mapping[str, str] = field(default_factory=dict)
    made: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Part:
    """The orders of one version. A batch is many parts, admitted together or not at all."""

    orders: Sequence[Order]
    thread: str
    version_id: str
    quote_id: str
    message_id: str
    cut_key: str


@dataclass(frozen=True, slots=True)
class Crew:
    """The live workers of one supervisor, by queue; they count for as long as it keeps saying so."""

    owner: str
    workers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of taking an operation: it, or None and whom to wake instead."""

    operation: Operation | None
    ready: tuple[Wake, ...] = ()


Outcome = Literal["cancelled", "asked", "too_late", "in_doubt", "needed", "over", "missing"]


@dataclass(frozen=True, slots=True)
class Cancelled:
    """What a wish to stop came to, and whom to wake."""

    outcome: Outcome
    ready: tuple[Wake, ...] = ()


def wakes(pairs: Any) -> tuple[Wake, ...]:
    """Pairs of operation and queue as a script answers them."""
    return tuple((str(op), str(queue)) for op, queue in pairs or [])
