"""The routing room: candidates, policy, conditions, and the pure function that chooses."""

from cutaway.routing.catalog import Candidate, candidates, split_model_id
from cutaway.routing.names import resolve
from cutaway.routing.policy import Approval, Budgets, Choice, RoutingPolicy
from cutaway.routing.router import Conditions, Ranked, Rejected, RoutingDecision, route

__all__ = [
    "Approval",
    "Budgets",
    "Candidate",
    "Choice",
    "Conditions",
    "Ranked",
    "Rejected",
    "RoutingDecision",
    "RoutingPolicy",
    "candidates",
    "resolve",
    "route",
    "split_model_id",
]
