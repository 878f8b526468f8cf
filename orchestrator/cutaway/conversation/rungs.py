"""The rungs of the ladder as a conversation climbs them: an animatic first, then what is paid for.

A shot's picture has a key per rung, so an animatic never passes for a final, and a final that is made is kept whatever
rung the rest of the film is on.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from cutaway.contract import GenerationRequest, Stage
from cutaway.conversation.turn import ShotPlan
from cutaway.routing import Candidate, RoutingPolicy
from cutaway.routing.judging import ruled_out
from cutaway.storyboard.brief import content_key, order
from cutaway.storyboard.model import Shot, Storyboard

ORDERED: Final[tuple[Stage, ...]] = ("animatic", "still", "draft", "final")
"""What a conversation orders, from cheap to final."""


def keys_of(storyboard: Storyboard, shot: Shot) -> dict[Stage, str]:
    """The content keys of a shot by rung."""
    return {rung: content_key(storyboard, shot, rung) for rung in ORDERED}


def highest(keys: dict[Stage, str], there: Collection[str]) -> Stage | None:
    """The highest rung whose picture is there (or being made), None when there is none."""
    return next((rung for rung in reversed(ORDERED) if keys[rung] in there), None)


def first_rung(policy: RoutingPolicy, candidates: Sequence[Candidate], *, paid_refused: str) -> Stage:
    """Where a new shot begins when nobody asked for more.

    An animatic comes first when an artist here outlines for nothing and something else could make the final; otherwise
    the final is what there is.
    """
    if policy.ladder.climb == "never" or "animatic" not in policy.ladder.rungs:
        return "final"
    allowed = [one for one in candidates if not ruled_out(one, policy)]
    outlines = any("animatic" in one.profile.stages and one.free for one in allowed)
    finals = any(makes_finals(one) and (one.free or not paid_refused) for one in allowed)
    return "animatic" if outlines and finals else "final"


def makes_finals(candidate: Candidate) -> bool:
    """True when a model makes clips that are good enough for the end."""
    return candidate.profile.modality == "video" and "final" in candidate.profile.stages


def ordered(storyboard: Storyboard, plan: ShotPlan) -> GenerationRequest:
    """The order for a planned shot, with the still it begins with where there is one."""
    request = order(storyboard, storyboard.shots[plan.number - 1], stage=plan.stage)
    return request if plan.inputs is None else request.model_copy(update={"inputs": plan.inputs})


def at_least(rung: Stage, wanted: Stage) -> bool:
    """True when a rung is as high as the wanted one."""
    return ORDERED.index(rung) >= ORDERED.index(wanted)
