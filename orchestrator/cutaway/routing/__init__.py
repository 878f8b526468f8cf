"""The routing room: candidates, policy, conditions, and the pure function that chooses."""

from cutaway.routing.catalog import Candidate, candidates, split_model_id
from cutaway.routing.conditions import Conditions, Pool, Speed
from cutaway.routing.decision import Ranked, Rejected, RoutingDecision
from cutaway.routing.judging import Catalog
from cutaway.routing.names import resolve
from cutaway.routing.policy import Approval, Budgets, RoutingPolicy
from cutaway.routing.quality import Seen
from cutaway.routing.router import route

__all__ = [
    "Approval",
    "Budgets",
    "Candidate",
    "Catalog",
    "Conditions",
    "Pool",
    "Ranked",
    "Rejected",
    "RoutingDecision",
    "RoutingPolicy",
    "Seen",
    "Speed",
    "candidates",
    "resolve",
    "route",
    "split_model_id",
]
