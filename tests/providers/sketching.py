"""Scenes for the sketch artist and what is seen of one actor in a frame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cutaway.contract import Brief, GenerationRequest, Size
from cutaway_providers.sketch.cards import stand_ins
from cutaway_providers.sketch.cast import Actor, Troupe, gather
from cutaway_providers.sketch.film import Film
from cutaway_providers.sketch.palette import HOURS
from cutaway_providers.sketch.puppet import sprite
from cutaway_providers.sketch.scene import INDOORS, Sketch, read
from cutaway_providers.sketch.stage import Stage

SQUARE, WIDE, TALL = (Size(width_px=w, height_px=h) for w, h in ((480, 480), (848, 480), (480, 848)))
SHAPES = (SQUARE, WIDE, TALL)


def cast_of(*kinds: str) -> list[dict[str, Any]]:
    return [
        {"id": f"m{i}", "name": kind, "kind": kind, "description": "", "colour": "", "references": []}
        for i, kind in enumerate(kinds)
    ]


def scene_of(
    *kinds: str, action: str = "waits", setting: str = "meadow", hour: str = "day", size: Size = SQUARE, seed: int = 3,
    duration_s: float = 2.0, camera: str = "static",
) -> GenerationRequest:  # fmt: skip
    scene = {
        "schema": 1, "cast": cast_of(*kinds), "style": {"look": "paper", "words": ""}, "action": action, "seed": seed,
        "setting": setting, "time_of_day": hour, "weather": "clear", "lighting": "", "camera": camera,
    }  # fmt: skip
    return GenerationRequest(brief=Brief(prompt="x"), scene=scene, duration_s=duration_s, size=size, seed=seed)


def film_of(request: GenerationRequest) -> Film:
    sketch = read(request)
    return Film(request, sketch, stand_ins(sketch, {})[0])


@dataclass(frozen=True)
class Shot:
    """The cast on its stage, without a backdrop: enough to see where everybody is."""

    sketch: Sketch
    troupe: Troupe


def shot_of(request: GenerationRequest) -> Shot:
    sketch = read(request)
    stage = Stage(
        request.size.width_px, request.size.height_px, request.duration_s, HOURS[sketch.hour], sketch.seed,
        sketch.setting in INDOORS,
    )  # fmt: skip
    return Shot(sketch, gather(stage, sketch, stand_ins(sketch, {})[0]))


def actor_of(*kinds: str, **scene: Any) -> Actor:
    """The first of the cast on its stage."""
    return by_id(shot_of(scene_of(*kinds, **scene)), "m0")


def by_id(film: Film | Shot, member: str) -> Actor:
    return next(actor for actor in film.troupe.actors if actor.member.id == member)


@dataclass(frozen=True)
class Seen:
    """Where an actor is seen, in pixels of the frame, and its own picture."""

    left: float
    top: float
    right: float
    bottom: float
    picture: bytes


def seen(actor: Actor, t: float) -> Seen:
    """The actor as a still camera sees it."""
    spot = actor.at(t)
    picture, pen = sprite(actor.stage, actor, spot, 1.0)
    left, top, right, bottom = picture.getchannel("a").getbbox() or (0, 0, 0, 0)
    x, y = pen.place(0.0, 0.0)
    return Seen(spot.x - x + left, spot.y - y + top, spot.x - x + right, spot.y - y + bottom, picture.tobytes())


def check_drawn(
    kind: str, subject: str, *, setting: str = "meadow", action: str = "waits", in_water: bool = False
) -> None:
    """This kind is drawn as this subject without a note, inside every frame, above the captions, and it moves."""
    for size in SHAPES:
        shot = shot_of(scene_of(kind, setting=setting, action=action, size=size))
        actor = by_id(shot, "m0")
        assert shot.sketch.notes == ()
        assert actor.member.subject == subject
        looks = [(seen(actor, t), shot.troupe.follow(t)) for t in (0.1, 0.7, 1.3, 1.9)]
        for look, panned in looks:
            assert look.left - panned >= -0.03 * size.width_px, (kind, size)
            assert look.right - panned <= 1.03 * size.width_px, (kind, size)
            assert look.top >= -1, (kind, size)
            # Captions and their bar cover the lowest tenth; what swims goes on under the water.
            assert in_water or look.bottom <= 0.91 * size.height_px, (kind, size)
        assert len({look.picture for look, _ in looks}) > 1, kind
        assert looks[0][0].bottom - looks[0][0].top > 0.05 * size.height_px, kind
