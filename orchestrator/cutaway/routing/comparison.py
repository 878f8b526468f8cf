"""Two policies beside each other: the keys that differ, and the typical orders they decide differently about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from cutaway.contract import Frozen
from cutaway.errors import RoutingError
from cutaway.routing.catalog import Candidate
from cutaway.routing.conditions import Conditions
from cutaway.routing.decision import Ranked
from cutaway.routing.policy import RoutingPolicy
from cutaway.routing.router import route
from cutaway.routing.typical import typical_orders


class KeyDifference(Frozen):
    """A dotted key and what each policy says there; None where it says nothing."""

    key: str
    a: Any
    b: Any


class DecisionDifference(Frozen):
    """A typical order, what each policy would choose ('' for a refusal, whose reason is in `why`), and the price.

    `outline` says that a policy lets nobody make more than an outline; `why` then says what keeps finals away.
    """

    order: str
    a: str
    b: str
    a_usd: Decimal | None
    b_usd: Decimal | None
    a_why: str
    b_why: str
    a_outline: bool = False
    b_outline: bool = False


def differing_keys(a: RoutingPolicy, b: RoutingPolicy) -> tuple[KeyDifference, ...]:
    """The keys at which two policies differ, in the order of the schema. Lists are compared whole."""
    ours, theirs = dict(_flat(a.model_dump(mode="json"))), dict(_flat(b.model_dump(mode="json")))
    places = {name: place for place, name in enumerate(RoutingPolicy.model_fields)}
    keys = sorted(dict.fromkeys((*ours, *theirs)), key=lambda key: places[key.partition(".")[0]])
    return tuple(
        KeyDifference(key=key, a=ours.get(key), b=theirs.get(key))
        for key in keys
        if key != "name" and ours.get(key) != theirs.get(key)
    )


def differing_decisions(
    a: RoutingPolicy, b: RoutingPolicy, candidates: Sequence[Candidate], conditions: Conditions
) -> tuple[DecisionDifference, ...]:
    """The typical orders for which the two policies choose another model, or refuse."""
    found = []
    for typical in typical_orders():
        picks = [_chosen(policy, typical.request, candidates, conditions) for policy in (a, b)]
        (ours, why_ours, outline), (theirs, why_theirs, their_outline) = picks
        if (ours.model if ours else "") == (theirs.model if theirs else ""):
            continue
        found.append(
            DecisionDifference(
                order=typical.name,
                a=ours.model if ours else "",
                b=theirs.model if theirs else "",
                a_usd=ours.most_usd if ours else None,
                b_usd=theirs.most_usd if theirs else None,
                a_why=why_ours,
                b_why=why_theirs,
                a_outline=outline,
                b_outline=their_outline,
            )
        )
    return tuple(found)


def _chosen(
    policy: RoutingPolicy, request: Any, candidates: Sequence[Candidate], conditions: Conditions
) -> tuple[Ranked | None, str, bool]:
    try:
        decision = route(request, candidates, policy, conditions)
    except RoutingError as error:
        return None, error.fix, False
    return decision.chosen, decision.no_final or decision.chosen.why, bool(decision.no_final)


def _flat(value: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):  # an empty one says nothing, so that what the other says in it is the only difference
        for name, inner in value.items():
            yield from _flat(inner, f"{key}.{name}" if key else name)
    else:
        yield key, value
