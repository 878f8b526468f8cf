"""How a member of the cast looks: its colour, its words and a variation of its own."""

from __future__ import annotations

import random

from cutaway_providers.sketch.casting import Member
from cutaway_providers.sketch.stage import Stage
from cutaway_providers.sketch.subjects.drawing import Look


def look_of(stage: Stage, member: Member, nth: int = 0) -> Look:
    """How this member looks: its colour and words, and a variation that is its own; `nth` of several has another."""
    # Of the member alone, not of the shot: somebody looks the same in the whole film, and in another take.
    variety = random.Random(f"{member.id}:{member.label}:look{nth or ''}").random()
    return Look(member.colour, member.words, variety, member.label, stage.hour.lamps, things=member.things)
