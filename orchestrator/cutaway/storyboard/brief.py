"""A shot turned into an order: the scene (JSON for artists that draw), the brief (words for models), the key.

The *content key* names what an artist would make. Two shots with the same key have the same picture, so everything
that reaches the artist is in it and nothing that is composed here is.
"""

from __future__ import annotations

import hashlib
from typing import Any

from cutaway.contract import SCENE_VERSION, Brief, GenerationRequest, InputRef, Stage
from cutaway.storyboard.model import CastMember, Shot, Storyboard, canonical


def scene(storyboard: Storyboard, shot: Shot) -> dict[str, Any]:
    """The shot as versioned JSON, with its cast resolved; what an artist needs and nothing else."""
    return {
        "schema": SCENE_VERSION,
        "cast": [_member(storyboard.member(cast_id)) for cast_id in shot.cast],
        "style": storyboard.style.model_dump(mode="json"),
        "action": shot.action,
        "setting": shot.setting,
        "time_of_day": shot.time_of_day,
        "weather": shot.weather,
        "lighting": shot.lighting,
        "camera": shot.camera,
        "seed": shot.seed,
    }


def content_key(storyboard: Storyboard, shot: Shot, stage: Stage = "final") -> str:
    """32 hex digits naming this shot's picture at this stage. A still has no length, so none is in its key."""
    length = {} if stage == "still" else {"duration_s": shot.duration_s, "fps": storyboard.fps}
    what = {
        "scene": scene(storyboard, shot),
        "size": str(storyboard.size),
        "take": shot.take,
        "stage": stage,
        **length,
    }
    return hashlib.sha256(canonical(what).encode()).hexdigest()[:32]


def brief(storyboard: Storyboard, shot: Shot, *, max_chars: int = 2000) -> Brief:
    """The shot in words, cut at a word boundary to `max_chars`; the most important words come first."""
    members = [m for cast_id in shot.cast if (m := storyboard.member(cast_id))]
    who = " and ".join(_describe(m) for m in members)
    parts = [
        f"{who} {shot.action}".strip(),
        f"in {shot.setting}" if shot.setting and shot.setting not in shot.action else "",
        f"{shot.time_of_day} light" if not shot.lighting else f"{shot.time_of_day}, {shot.lighting}",
        shot.weather if shot.weather != "clear" else "",
        f"camera: {shot.camera.replace('_', ' ')}" if shot.camera != "static" else "locked-off camera",
        storyboard.style.words,
    ]
    prompt = ", ".join(part for part in parts if part)
    return Brief(
        prompt=_fit(prompt, max_chars),
        negative="text, captions, logos, watermarks",
        citations=shot.sources,
    )


def order(
    storyboard: Storyboard, shot: Shot, *, stage: Stage = "final", max_prompt_chars: int = 2000
) -> GenerationRequest:
    """The provider-neutral order for one shot: a clip, or at the stage "still" one picture."""
    references = dict.fromkeys(
        sha for cast_id in shot.cast if (m := storyboard.member(cast_id)) for sha in m.references
    )
    return GenerationRequest(
        modality="image" if stage == "still" else "video",
        stage=stage,
        brief=brief(storyboard, shot, max_chars=max_prompt_chars),
        scene=scene(storyboard, shot),
        inputs=tuple(InputRef(sha256=sha, role="reference", media_type="image/*") for sha in references),
        duration_s=shot.duration_s,
        size=storyboard.size,
        fps=storyboard.fps,
        seed=(shot.seed + shot.take - 1) % 2**31,
    )


def _member(member: CastMember | None) -> dict[str, Any]:
    assert member is not None  # the storyboard's own invariant
    return member.model_dump(mode="json")


def _describe(member: CastMember) -> str:
    words = member.kind if member.name.lower() in {"", member.kind.lower()} else f"{member.name} ({member.kind})"
    colour = f"{member.colour} " if member.colour and member.colour not in words else ""
    return f"{colour}{words}" + (f", {member.description}" if member.description else "")


def _fit(text: str, max_chars: int) -> str:
    if len(text) <= max_chars:
        return text
    cut = text[:max_chars]
    return cut[: cut.rfind(" ")] if " " in cut else cut
