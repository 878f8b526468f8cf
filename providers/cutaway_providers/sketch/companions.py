"""The others of a kind: "five hens" are one actor and four companions, a little further away and out of step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from cutaway_providers.sketch.appearance import look_of
from cutaway_providers.sketch.relations import half_width
from cutaway_providers.sketch.stage import Stage

if TYPE_CHECKING:
    from cutaway_providers.sketch.cast import Actor

MOST: Final = 8
"""Actors of a shot, companions included: each costs its drawing in every frame."""
_SIDES: Final = (-1.0, 1.0, -2.0, 2.0)
_BACK: Final = (0.6, 1.0, 0.25, 0.8)
"""How far behind the first each stands, in steps of `_STEP` of the frame's height."""
_STEP: Final = 0.034


def companions(stage: Stage, actors: list[Actor], room: float) -> list[Actor]:
    """The companions of every actor whose member is several, within `room` pixels around it and `MOST` in all."""
    found: list[Actor] = []
    for actor in list(actors):
        alone = actor.rider or actor.carrier or actor.hands or actor.drawing.manner == "structure"
        count = 0 if alone else min(actor.member.count - 1, MOST - len(actors) - len(found))
        found += [_companion(stage, actor, k, count, room) for k in range(count)]
    return found


def _companion(stage: Stage, actor: Actor, k: int, count: int, room: float) -> Actor:
    chance = stage.random(f"companion:{actor.member.id}:{k}")
    side, back = _SIDES[k], _BACK[k]
    gap = min(1.5 * half_width(actor), 0.8 * room / max(1, count))
    flies = actor.drawing.manner == "flyer" and actor.member.deed == "fly"
    lift = (0.16 * (chance.random() - 0.5) if flies else -_STEP * back) * stage.height
    # The first ones stand towards the middle of the frame, and all of them within it.
    inward = 1.0 if actor.start <= 0.5 * stage.width else -1.0
    edge = min(0.12 * stage.width, half_width(actor))
    start = actor.start - inward * side * gap * (0.9 + 0.2 * chance.random())
    look = look_of(stage, actor.member, k + 1)
    return replace(
        actor,
        look=replace(look, crewed=actor.look.crewed),
        depth=actor.depth - 0.12 * (k + 1),
        scale=actor.scale * (0.97 - 0.06 * back + 0.05 * (chance.random() - 0.5)),
        start=min(max(start, edge), stage.width - edge),
        base=actor.base + lift,
        phase=(actor.phase + 0.37 * (k + 1)) % 1.0,
        turn=((actor.turn[0] + k + 1) % (count + 1), count + 1) if actor.turn[1] == 1 else actor.turn,
        gift="",
    )
