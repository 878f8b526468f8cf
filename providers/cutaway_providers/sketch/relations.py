"""Relations: who is beside, behind, on, under or on the way to whom, read from the action and put on the stage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cutaway_providers.sketch.casting import PRODUCTS, Member
from cutaway_providers.sketch.words import known_as, spelled

if TYPE_CHECKING:
    from cutaway_providers.sketch.cast import Actor

RELATION_WORDS: Final[dict[str, str]] = {
    "behind": "behind",
    "on": "on onto atop upon",
    "under": "under underneath beneath below",
    "toward": "toward towards approaches approach approaching meets meet",
    "beside": "beside near alongside by",
}
SURFACES: Final[dict[str, float]] = {
    "chair": 0.47, "box": 0.70, "book": 0.52, "laptop": 0.93, "cow": 0.86, "elephant": 0.92, "turtle": 0.80,
    "pig": 0.90, "whale": 0.84, "sheep": 1.0, "bear": 0.88, "house": 0.90, "car": 0.98, "truck": 0.95,
    "bus": 0.80, "train": 0.92,
    "dragon": 0.70, "shark": 0.72, "dolphin": 0.70, "lion": 0.70, "deer": 0.64, "cake": 0.72, "backpack": 0.92,
    "camera": 0.70, "octopus": 1.02, "tractor": 1.0, "burger": 1.0, "horse": 0.72,
}  # fmt: skip
"""How high one stands on these, in their heights."""
CLOSE: Final = 0.30
REACH: Final = 0.275
"""How far a person's hand is from its feet when it gives, in its heights."""


@dataclass(frozen=True, slots=True)
class Tie:
    """`who` is `how` (behind, on, under, toward, beside) `whom`; both are member ids."""

    who: str
    how: str
    whom: str


def read_ties(cast: tuple[Member, ...], action: list[str]) -> tuple[Tie, ...]:
    """The relations the action tells, each between the member named before the word and the one named after it."""
    known = spelled(RELATION_WORDS)
    ties: list[Tie] = []
    for place, word in enumerate(action):
        if word not in known:
            continue
        whom = next((m for w in action[place + 1 : place + 6] for m in cast if _names(m, w)), None)
        if whom is None:
            continue
        before = next((m for w in reversed(action[:place]) for m in cast if m is not whom and _names(m, w)), None)
        who = before or next((m for m in cast if m is not whom and not m.rides), None)
        how = known[word]
        if (
            who is None
            or who.rides
            or whom.rides
            or who.rides == whom.id
            or (how == "on" and not _stands_on(who, whom))
        ):
            continue
        ties.append(Tie(who.id, how, whom.id))
    return tuple(ties[:3])


def _names(member: Member, word: str) -> bool:
    return bool(member.noun) and known_as({member.noun[-1]: "", member.subject: ""}, word) is not None


def _stands_on(who: Member, whom: Member) -> bool:
    return whom.subject in SURFACES and (who.subject not in {"tree"}) and who.subject != whom.subject


def place(actors: list[Actor], ties: tuple[Tie, ...]) -> None:
    """Move the actors to where their relations put them."""
    by_id = {actor.member.id: actor for actor in actors}
    for tie in ties:
        who, whom = by_id.get(tie.who), by_id.get(tie.whom)
        if who is None or whom is None or "structure" in {who.drawing.manner, whom.drawing.manner}:
            continue
        unit = whom.stage.unit
        if tie.how == "behind":
            who.depth = whom.depth - 1.5
            who.base = whom.base - 0.045 * whom.stage.height
            who.scale *= 0.94
            who.start = whom.start - (0.16 if whom.start > 0.4 * whom.stage.width else -0.16) * unit
        elif tie.how == "on":
            seat = SURFACES[whom.member.subject]
            if who.scale > 0.9 * whom.scale and whom.member.subject in PRODUCTS - {"chair"}:
                whom.scale *= 1.5
            who.start, who.base = whom.start, whom.base - seat * whom.scale
            who.depth, who.speed, who.until_s, who.carrier = whom.depth + 0.4, whom.speed, whom.until_s, whom
            who.flip = whom.flip if whom.drawing.manner != "thing" else who.flip
        elif tie.how == "under":
            who.start = whom.start + 0.03 * unit
            who.base = whom.base + 0.012 * whom.stage.height
            who.depth = whom.depth + 0.6
            if whom.member.subject in {"umbrella", "balloon"}:
                whom.scale, whom.base = whom.scale * 1.15, who.base - 0.42 * who.scale
                whom.start, whom.speed, whom.until_s = who.start + 0.16 * who.scale, who.speed, who.until_s
        elif tie.how == "toward":
            _approach(who, whom)
        else:
            side = -1 if who.start <= whom.start else 1
            gap = (half_width(who) + half_width(whom)) * 0.62
            who.start = whom.start + side * max(gap, 0.12 * unit)


def _approach(who: Actor, whom: Actor) -> None:
    """Let one walk across to the other, who waits, turned to it."""
    width = whom.stage.width
    side = -1.0 if who.start <= whom.start else 1.0
    whom.speed, whom.start = 0.0, width * (0.5 - side * 0.24)
    who.start = width * (0.5 + side * 0.30)
    goal = whom.start + side * (half_width(who) + half_width(whom)) * 0.75
    way = goal - who.start
    brisk = max(who.drawing.speed, 0.25) * who.scale * (1.75 if who.member.deed == "run" else 1.0)
    speed = max(brisk, abs(way) / max(0.5, 0.8 * whom.stage.duration_s))
    who.speed = speed if way > 0 else -speed
    who.until_s = abs(way) / speed
    who.flip, whom.flip = way < 0, way > 0


def half_width(actor: Actor) -> float:
    """Half the width an actor takes, in pixels, without the slack of its sheet."""
    left, _, right, _ = actor.drawing.box
    return 0.42 * (right - left) * actor.scale
