"""Things in the hand: who "drinks coffee" or "carries a box home" has it there, wherever they go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cutaway_providers.sketch.scene import PEOPLE, Member
from cutaway_providers.sketch.subjects.people import SEATED_HAND, held_at

if TYPE_CHECKING:
    from cutaway_providers.sketch.cast import Actor

SIZE: Final = 0.22
"""How high a thing in the hand is, in heights of who holds it."""
_LARGE: Final = frozenset({"guitar", "chair", "tree", "umbrella"})
_LARGE_SIZE: Final = 0.46


def held_in(cast: list[Member]) -> Member | None:
    """The one of these that somebody has in the hand, so that it needs no place of its own; None when nobody does."""
    people = [m for m in cast if m.subject in PEOPLE and not m.told and m.deed != "give"]
    return next((m for m in cast if m.held), None) if people else None


def take_in_hand(actors: list[Actor]) -> None:
    """Give what is held to the first of the people."""
    thing = next((a for a in actors if a.member.held), None)
    people = (a for a in actors if a.member.subject in PEOPLE and not a.member.told)
    holder = next(people, None)
    if thing is None or holder is None or thing.drawing.manner != "thing" or thing.hands:
        return
    thing.holder, holder.holds = holder, True
    thing.scale = (_LARGE_SIZE if thing.member.subject in _LARGE else SIZE) * holder.scale
    thing.depth, thing.speed, thing.flip = holder.depth + 0.05, 0.0, holder.flip


def in_hand(holder: Actor, t: float) -> tuple[float, float]:
    """Where what `holder` has in the hand stands at `t` seconds, in pixels of the world."""
    spot = holder.at(t)
    x, y = SEATED_HAND if spot.pose.deed == "sit" else held_at(spot.pose)
    side = -1.0 if holder.flip else 1.0
    return spot.x + side * (x + 0.02) * holder.scale, spot.y - (y - 0.02) * holder.scale
