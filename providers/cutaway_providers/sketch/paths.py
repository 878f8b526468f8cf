"""Paths: how fast the movers go and from where, who turns to whom, and how far the camera is drawn along."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from cutaway_providers.sketch.relations import REACH
from cutaway_providers.sketch.scene import PEOPLE, Sketch
from cutaway_providers.sketch.stage import Stage

if TYPE_CHECKING:
    from cutaway_providers.sketch.cast import Actor

TRAVEL = {1: 0.46, 2: 0.24, 3: 0.12, 4: 0.07}


def meet(stage: Stage, actors: list[Actor]) -> None:
    """Turn those who talk or give to each other, and bring giver and taker within reach."""
    talking = [a for a in actors if a.member.deed == "talk"]
    for k, actor in enumerate(talking):
        actor.turn = (k, len(talking))
    if talking and len(actors) > 1:
        middle = sum(a.start for a in actors) / len(actors)
        for actor in actors:
            if actor.speed == 0 and actor.drawing.manner == "walker":
                actor.flip = actor.start > middle
    giver = next((a for a in actors if a.member.deed == "give" and a.member.subject in PEOPLE), None)
    people = [a for a in actors if a is not giver and a.drawing.manner == "walker"]
    if giver is None or not people:
        return
    taker = people[0]
    thing = next((a for a in actors if a.drawing.manner == "thing"), None)
    reach = REACH * (giver.scale + (taker.scale if taker.member.subject in PEOPLE else 1.2 * taker.scale))
    reach += 0.12 * giver.scale if thing else 0.0
    middle = 0.5 * stage.width
    giver.start, taker.start = middle - reach / 2, middle + reach / 2
    giver.flip, taker.flip = False, True
    taker.base, taker.speed, giver.speed = giver.base, 0.0, 0.0
    if taker.member.subject in PEOPLE:
        taker.member = replace(taker.member, deed="give")
    if thing:
        thing.hands, thing.depth, thing.speed = (giver, taker), max(giver.depth, taker.depth) + 0.5, 0.0
        thing.scale = 0.20 * giver.scale
    else:
        giver.gift, taker.gift = "gives", "takes"


def _way(stage: Stage, actors: list[Actor]) -> float:
    """How far the movers go through the frame, in pixels: the wider they are the less, so that they stay inside."""
    way = TRAVEL[max(1, min(4, len(actors)))] * stage.width
    widest = max((2 * max(-a.drawing.box[0], a.drawing.box[2]) * a.scale for a in actors), default=0.0)
    return min(way, max(0.03 * stage.width, stage.width - widest))


def set_off(stage: Stage, sketch: Sketch, actors: list[Actor], moving: list[Actor], climbs: bool) -> None:
    """Give the movers one speed, led by the first, and spread their way around their slots."""
    if not moving:
        return
    lead = moving[0]
    pace = 1.75 if lead.member.deed == "run" else 1.0
    speed = lead.drawing.speed * lead.scale * pace
    direction = -1.0 if lead.flip else 1.0
    if climbs:
        way = 0.50 * stage.width
        speed = max(min(speed, way / stage.duration_s), 0.05 * stage.width)
        for i, actor in enumerate(moving):
            actor.start = (0.27 - 0.15 * i) * stage.width
            actor.speed, actor.until_s = speed, way / speed
            actor.climbs = actor.drawing.manner in {"walker", "wheeled"}
        return
    way = _way(stage, actors)
    if any(a.member.deed == "stop" for a in moving):
        for actor in moving:
            actor.until_s = 0.55 * stage.duration_s
            reach = min(way, speed * actor.until_s)
            actor.speed = direction * reach / actor.until_s
            actor.start -= direction * reach / 2
        return
    if len(moving) < len(actors):
        # Somebody stays: the camera cannot leave, so the others amble and stop.
        speed = max(min(speed, way / stage.duration_s), 0.35 * speed)
        for actor in moving:
            actor.speed, actor.until_s = direction * speed, way / speed
            actor.start -= direction * way / 2
        return
    travelled = min(way, speed * stage.duration_s)
    for actor in moving:
        actor.speed = direction * speed
        actor.start -= direction * travelled / 2


def follow(stage: Stage, actors: list[Actor], moving: list[Actor], climbs: bool) -> Callable[[float], float]:
    """How far, in pixels, the cast has drawn the camera along at a time in seconds."""
    if climbs or not moving or len(moving) < len(actors) or not all(math.isinf(a.until_s) for a in moving):
        return lambda t: 0.0
    speed = moving[0].speed
    way = _way(stage, actors)
    excess = max(0.0, abs(speed) * stage.duration_s - way) / stage.duration_s
    drawn = math.copysign(excess, speed)
    return lambda t: drawn * t
