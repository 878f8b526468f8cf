"""A decision as JSON without saying things twice: with 140 models most of it is the same reasons and price lists.

Nothing is lost: a decision read from `unpacked` is the one that `packed` was given, in its order. A decision that was
never packed, as older records have it, is left as it is.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any, Final

from cutaway.routing.decision import Rejected

NEXT: Final = "next if the ones before it fail"
_PACKED: Final = frozenset({"prices", "reasons"})


def packed(decision: Mapping[str, Any]) -> dict[str, Any]:
    """A decision's JSON with its price lists and reasons named once, and without what a model's id says already."""
    prices: dict[tuple[str, str], int] = {}
    reasons: dict[str, int] = {}
    ranked = []
    for one in decision["ranked"]:
        kept = dict(one)
        price = (kept.pop("price_source"), kept.pop("price_as_of"))
        kept["price"] = prices.setdefault(price, len(prices))
        if kept["provider"] == _provider(kept["model"]):
            del kept["provider"]
        if kept["why"] == NEXT:
            del kept["why"]
        ranked.append(kept)
    rejections = []
    for one in decision["rejections"]:
        kept_reason = reasons.setdefault(one["reason"], len(reasons))
        rejections.append([one["model"], kept_reason, *([one["arithmetic"]] if one.get("arithmetic") else [])])
    tables = {"prices": [list(price) for price in prices], "reasons": list(reasons)}
    return dict(decision) | {"ranked": ranked, "rejections": rejections} | tables


def unpacked(decision: Mapping[str, Any]) -> dict[str, Any]:
    """What `packed` was given, ready to be validated.

    Raises `LookupError`, `TypeError` or `ValueError` for what no `packed` made.
    """
    if not decision.keys() >= _PACKED:
        return dict(decision)
    whole = {name: value for name, value in decision.items() if name not in _PACKED}
    ranked = []
    for one in decision["ranked"]:
        kept = {name: value for name, value in one.items() if name != "price"}
        source, as_of = decision["prices"][one["price"]]
        usual = {"provider": _provider(one["model"]), "why": NEXT, "price_source": source, "price_as_of": as_of}
        ranked.append(usual | kept)
    rejections = [
        _rejected(model, decision["reasons"][reason], *more) for model, reason, *more in decision["rejections"]
    ]
    return whole | {"ranked": ranked, "rejections": rejections}


# Thousands of records reject the same models for the same reasons; they are frozen, so one of each is enough.
@functools.lru_cache(maxsize=65_536)
def _rejected(model: str, reason: str, arithmetic: str = "") -> Rejected:
    return Rejected(model=model, reason=reason, arithmetic=arithmetic)


def _provider(model: str) -> str:
    return model.partition(":")[0]
