"""The ledger room: operations, holds and settlements in Redis, moved only by Lua scripts."""

from cutaway.ledger.ledger import Dispatched, Ledger, Part, Scope, Wake
from cutaway.ledger.operation import Operation, Order, from_micro, operation_id, to_micro

__all__ = [
    "Dispatched",
    "Ledger",
    "Operation",
    "Order",
    "Part",
    "Scope",
    "Wake",
    "from_micro",
    "operation_id",
    "to_micro",
]
