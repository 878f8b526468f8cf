"""The cast on the stage: where each stands, how it moves, and the camera that follows it.

A member's place, size, path and phase come from its own random source and its slot, never from the backdrop or the
weather: the same fox walks the same path through another city.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from cutaway_providers.sketch.appearance import look_of
from cutaway_providers.sketch.backdrops.land import slope
from cutaway_providers.sketch.companions import companions
from cutaway_providers.sketch.held import held_in, in_hand, take_in_hand
from cutaway_providers.sketch.paths import follow, meet, set_off
from cutaway_providers.sketch.relations import REACH, place
from cutaway_providers.sketch.scene import PEOPLE, Member, Sketch
from cutaway_providers.sketch.stage import RAIL, Stage
from cutaway_providers.sketch.subjects import DRAWINGS
from cutaway_providers.sketch.subjects.drawing import Drawing, Look, Pose
from cutaway_providers.sketch.sway import blowing

SLOTS = {1: (0.5,), 2: (0.33, 0.68), 3: (0.23, 0.5, 0.77), 4: (0.17, 0.40, 0.62, 0.85)}
STILL = frozenset(
    {"idle", "sit", "wave", "jump", "talk", "give", "fall", "rise", "dance", "turn", "hero", "eat", "work", "cheer"}
)
TALK_S = 1.7
"""How long one speaks before the next does."""
MOVERS = frozenset({"walker", "wheeled", "swimmer", "flyer", "floater"})


HAND_OVER = 0.5
"""The share of the shot after which a thing given changes hands."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where one member is at a moment: its ground point in world pixels, its tilt in radians, its pose, how large."""

    x: float
    y: float
    lean: float
    pose: Pose
    size: float = 1.0


@dataclass(slots=True)
class Actor:
    """A member with its drawing and its path. `scale` is pixels per height of its drawing.

    `carrier` is what it stands on; `hands` are who gives it and who takes it; `turn` is its place among those who talk;
    `gift` says whether it `gives` or `takes` a thing that is nobody of the cast; `holder` is who has it in the hand,
    `holds` says that it has something there itself.
    """

    member: Member
    drawing: Drawing
    look: Look
    depth: float
    scale: float
    start: float
    base: float
    speed: float
    until_s: float
    phase: float
    flip: bool
    climbs: bool
    stage: Stage
    rider: Actor | None = None
    carrier: Actor | None = None
    hands: tuple[Actor, Actor] | None = None
    turn: tuple[int, int] = (0, 1)
    gift: str = ""
    holder: Actor | None = None
    holds: bool = False

    def at(self, t: float) -> Spot:
        """The spot at `t` seconds."""
        moving = t < self.until_s and self.speed != 0
        gone = self.speed * min(t, self.until_s)
        x = self.start + gone
        y = self.base
        lean = 0.0
        unit = self.stage.unit
        deed = self.member.deed
        if self.climbs:
            y -= slope(self.stage, x)
            lean = -math.atan(0.34 * self.stage.height / (0.84 * self.stage.width)) if self.drawing.leans else 0.0
        if self.drawing.manner == "flyer" and deed == "fly":
            y -= 0.02 * unit * math.sin(t * 1.7 + self.phase * 6) + 0.035 * unit * math.sin(t * 0.63 + self.phase * 9)
            lean = 0.06 * math.cos(t * 1.7 + self.phase * 6)
        if self.drawing.manner == "floater":
            y -= 0.010 * unit * math.sin(t * 1.5 + self.phase * 6)
            lean = 0.035 * math.sin(t * 1.15 + self.phase * 4)
        if deed == "swim":
            y -= 0.012 * unit * math.sin(t * 2.2 + self.phase * 6)
            lean = -0.12
        if deed == "jump" and self.member.subject not in PEOPLE:
            y -= 0.5 * self.scale * max(0.0, math.sin(math.tau * (t * 0.75 + self.phase)))
        pace = 0.0
        if moving or deed == "swim":
            pace = 2.0 if deed == "run" else 1.0
        if self.flip:
            lean = -lean
        cycle = abs(gone) / (self.scale * self.drawing.stride) + self.phase
        if deed == "swim" and not gone:
            cycle = t * 1.1
        rest = deed in {"walk", "run", "climb", "stop", "ride", "drive"} and not pace
        shown = "idle" if rest else "walk" if deed == "stop" else deed
        blink = (t + self.phase * 3) % 2.9 < 0.13
        size = 1.0
        share = min(1.0, t / self.stage.duration_s)
        if deed == "talk" and self.turn[1] > 1 and int(t / TALK_S) % self.turn[1] != self.turn[0]:
            shown = "idle"
        if deed == "rise":
            y -= share * share * (3 - 2 * share) * max(0.10 * self.stage.height, self._headroom())
        elif deed == "fall":
            left = max(0.0, 1.0 - (share / 0.6) ** 2)
            # The tall fall in from above the frame.
            y -= left * max(0.32 * self.stage.height, self._headroom())
            shown = "fall" if left else "idle"
            lean += 0.10 * left * math.sin(t * 5 + self.phase * 6)
        elif deed == "hero":
            size = 1.0 + 0.13 * share * share * (3 - 2 * share)
        gift = self.gift == ("gives" if share < HAND_OVER else "takes")
        if self.gift == "takes" and abs(share - HAND_OVER) > 0.22 and share < HAND_OVER:
            shown = "idle"
        if self.carrier:
            under = self.carrier.at(t)
            y += under.y - self.carrier.base
        if self.hands:
            x, y = self._handed(share)
        if self.holder:
            x, y = in_hand(self.holder, t)
        return Spot(x, y, lean, Pose(t + self.phase * 10, cycle, pace, shown, blink, abs(gone), gift, self.holds), size)

    def _headroom(self) -> float:
        """How far it may rise before it leaves the frame; a rocket leaves it."""
        room = self.base - self.drawing.box[3] * self.scale - 0.08 * self.stage.height
        return self.base * 1.1 if self.member.subject == "rocket" else max(0.0, room)

    def _handed(self, share: float) -> tuple[float, float]:
        """Where it is between the hand that gives and the hand that takes it."""
        giver, taker = self.hands or (self, self)
        move = min(1.0, max(0.0, (share - HAND_OVER + 0.06) / 0.12))
        spots = []
        for hand in (giver, taker):
            side = -1.0 if hand.flip else 1.0
            spots.append((hand.start + side * REACH * hand.scale, hand.base - 0.64 * hand.scale))
        (ax, ay), (bx, by) = spots
        return ax + (bx - ax) * move, ay + (by - ay) * move


@dataclass(frozen=True, slots=True)
class Troupe:
    """The actors of a shot, far to near, and how far they draw the camera along at a time in seconds."""

    actors: tuple[Actor, ...]
    follow: Callable[[float], float]


def gather(stage: Stage, sketch: Sketch, drawings: dict[str, Drawing] | None = None) -> Troupe:
    """Give every member of the sketch its drawing, place and path. `drawings` adds cards and pictures by member id."""
    extra = drawings or {}
    mounts = {m.rides for m in sketch.cast if m.rides}
    seen = [m for m in sketch.cast if not m.rides]
    drawn = {m.id: extra.get(m.id) or DRAWINGS[m.subject] for m in sketch.cast}
    placed = [m for m in seen if drawn[m.id].manner != "structure"]
    inhand = held_in(placed)
    only_things = all(drawn[m.id].manner in {"thing", "structure"} for m in seen)
    slots = SLOTS[max(1, min(4, len(placed) - (inhand is not None)))]
    climbs = any(m.deed == "climb" for m in seen) and "climb" in {m.deed for m in placed}
    afloat = sketch.setting in {"sea", "harbour", "lake", "beach"}
    actors: list[Actor] = []
    if inhand is not None:
        placed = [*(m for m in placed if m is not inhand), inhand]
    for i, member in enumerate(placed):
        slot = min(i, len(slots) - 1)
        actors.append(_actor(stage, sketch, member, drawn[member.id], slot, slots, only_things, climbs, afloat))
    moving = [a for a in actors if a.member.deed not in STILL and a.drawing.manner in MOVERS]
    set_off(stage, sketch, actors, moving, climbs)
    meet(stage, actors)
    place(actors, sketch.ties)
    take_in_hand(actors)
    follows = follow(stage, actors, moving, climbs)
    actors += companions(stage, actors, stage.width / len(slots))
    for actor in actors:
        if actor.member.id in mounts:
            rider = next(m for m in sketch.cast if m.rides == actor.member.id)
            actor.look = replace(actor.look, crewed=True)
            actor.rider = _rider(stage, actor, rider, drawn[rider.id])
    for i, member in enumerate(m for m in seen if drawn[m.id].manner == "structure"):
        actors.append(_structure(stage, member, drawn[member.id], i, bool(placed)))
    for actor in actors:
        for one in (actor, actor.rider):
            if one is not None:
                # Whoever faces left has a wind from the left ahead.
                one.look = replace(one.look, wind=-blowing(sketch) if one.flip else blowing(sketch))
    return Troupe(tuple(sorted(actors, key=lambda a: a.depth)), follows)


def _actor(
    stage: Stage, sketch: Sketch, member: Member, drawing: Drawing, i: int, slots: tuple[float, ...], only_things: bool,
    climbs: bool, afloat: bool,
) -> Actor:  # fmt: skip
    chance = stage.random(f"cast:{i}")
    count = len(slots)
    size = 0.97 + 0.06 * chance.random()
    back = 0.0 if count == 1 else (0.0, 1.0, 0.35, 0.8)[i % 4]
    size *= (1.0, 1.0, 0.9, 0.78)[count - 1] * (1.0 - 0.10 * back)
    if drawing.manner == "thing":
        size *= (1.34 if count == 1 else 1.0) if only_things else drawing.beside
    if member.deed == "hero":
        size *= 1.12
    size *= _fit(stage, drawing, drawing.height * stage.unit * size, count)
    y = stage.feet - back * 0.038 * stage.height
    depth = 70.0 + (1 - back) * 5
    if (drawing.manner == "floater" and afloat) or member.deed == "swim":
        y = stage.horizon + (0.075 - 0.03 * back) * stage.height
        depth = 52.0 + (1 - back) * 3
        if member.deed == "swim":
            # Whoever swims shows head and back; a card or a picture only dips its stand, so that it can be read.
            sunk = drawing.sinks if member.subject != "card" else 0.12
            y += sunk * drawing.height * stage.unit * size
    elif member.subject == "train" and sketch.setting == "station":
        # On its rails, beyond the platform with its posts and benches.
        y, depth = stage.horizon + RAIL * stage.height, 27.0
    elif drawing.manner == "flyer" and member.deed == "fly":
        y = (0.36 + 0.16 * chance.random()) * stage.height
        # All of it stays under the upper edge: a balloon hangs lower than a bird.
        y = max(y, 0.07 * stage.height + (drawing.box[3] - 0.05) * drawing.height * stage.unit * size)
    x = slots[i] * stage.width
    if count == 1 and drawing.manner != "thing":
        x += (chance.random() - 0.5) * 0.06 * stage.width
    flip = sketch.leftward and not climbs
    if count > 1 and i == count - 1 and member.deed in STILL and drawing.manner != "thing" and not sketch.leftward:
        flip = True
    return Actor(
        member, drawing, look_of(stage, member), depth, drawing.height * stage.unit * size, x, y, 0.0, math.inf,
        chance.random(), flip, climbs and member.deed == "climb", stage,
    )  # fmt: skip


def _fit(stage: Stage, drawing: Drawing, scale: float, count: int) -> float:
    """How much smaller it must be to leave the others their place in this frame; 1 when it fits."""
    width = 1.84 * max(-drawing.box[0], drawing.box[2]) * scale
    room = stage.width * (0.84 if drawing.manner in MOVERS else 0.97, 0.66, 0.5, 0.40)[count - 1]
    high = (drawing.box[3] - drawing.box[1]) * scale
    return min(1.0, room / width, 0.86 * stage.height / high)


def _rider(stage: Stage, mount: Actor, member: Member, drawing: Drawing) -> Actor:
    size = drawing.height * stage.unit * (mount.scale / (mount.drawing.height * stage.unit)) * mount.drawing.rider_size
    # Whoever rows looks back at where the boat came from.
    flip = not mount.flip if member.deed == "row" else mount.flip
    return Actor(
        member, drawing, look_of(stage, member), mount.depth, size, mount.start, mount.base, mount.speed, mount.until_s,
        mount.phase, flip, mount.climbs, stage,
    )  # fmt: skip


def _structure(stage: Stage, member: Member, drawing: Drawing, i: int, others: bool) -> Actor:
    x = (0.76 - 0.5 * i if others else 0.56) * stage.width
    scale = drawing.height * (0.55 * stage.unit + 0.45 * stage.rise)
    return Actor(
        member, drawing, look_of(stage, member), 35.0, scale, x, stage.horizon + 0.02 * stage.height, 0.0, math.inf,
        0.0, False, False, stage,
    )  # fmt: skip
