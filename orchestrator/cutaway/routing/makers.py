"""Who is left to make something under a policy's lists and terms, and which of those leaves no maker of finals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from cutaway.routing.catalog import Candidate
from cutaway.routing.judging import Able, judge_all
from cutaway.routing.policy import Preferences, Require
from cutaway.routing.typical import typical_orders

LISTS_AND_TERMS: Final = "what only, ignore and require say together"


def able_of(candidates: Sequence[Candidate], preferences: Preferences, today: date) -> dict[str, Able]:
    """The models that can make some typical order as a final, each with its dearest judgement."""
    found: dict[str, Able] = {}
    for typical in typical_orders():
        for able in judge_all(candidates, typical.request, preferences, today).able:
            if able.candidate.id not in found or able.most_usd > found[able.candidate.id].most_usd:
                found[able.candidate.id] = able
    return found


def emptied_by(candidates: Sequence[Candidate], preferences: Preferences, today: date, *, rated: bool) -> str:
    """The key that by itself leaves no model (no rated one) that makes finals, for example `require.commercial`.

    `LISTS_AND_TERMS` where only several together do, '' where there is none whatever the policy says.
    """
    if not _makes(candidates, Preferences(), today, rated):
        return ""
    for key, alone in _each_alone(preferences):
        if not _makes(candidates, alone, today, rated):
            return key
    return LISTS_AND_TERMS


def _makes(candidates: Sequence[Candidate], preferences: Preferences, today: date, rated: bool) -> bool:
    found = able_of(candidates, preferences, today).values()
    return any(not able.outlines and (able.candidate.profile.quality is not None or not rated) for able in found)


def _each_alone(preferences: Preferences) -> Iterator[tuple[str, Preferences]]:
    """Every list and term that rules somebody out, as if it were the only one."""
    for name in ("only", "ignore"):
        if value := getattr(preferences, name):
            yield name, Preferences.model_construct(**{name: value})
    for name in Require.model_fields:
        if value := getattr(preferences.require, name):
            yield f"require.{name}", Preferences(require=Require.model_construct(**{name: value}))
