"""The ledger room: operations, holds and settlements in Redis, moved only by Lua scripts."""

from cutaway.ledger.ledger import Ledger
from cutaway.ledger.operation import Operation, Order, from_micro, operation_id, to_micro
from cutaway.ledger.terms import Dispatched, Part, Scope, Wake

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
