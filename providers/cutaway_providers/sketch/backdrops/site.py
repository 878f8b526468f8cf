"""What a backdrop must know of the shot beside its setting."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Site:
    """`climbs`: the ground rises; `afloat`: the cast is on the water; `words`: the setting's own words.

    `rails`: one of the cast is a train, so the place brings none of its own.
    """

    climbs: bool = False
    afloat: bool = False
    words: frozenset[str] = frozenset()
    rails: bool = False
