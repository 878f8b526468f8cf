"""A single order as a storyboard of one shot, for hosts that already know exactly what they want made."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from cutaway.contract import SCENE_VERSION, GenerationRequest
from cutaway.errors import InputError
from cutaway.storyboard.model import MAX_TEXT_CHARS, SIZES, CastMember, Shot, Storyboard, Style

_SCENE_FIELDS = ("action", "setting", "time_of_day", "weather", "lighting", "camera")


def storyboard_of(request: GenerationRequest) -> Storyboard:
    """The order as a film of one shot: its scene when it has one, else its prompt as the action.

    Raises `InputError` naming the field, the value and what is allowed, for what a shot cannot say.
    """
    if request.operation != "generate" or request.modality != "video" or request.stage != "final":
        asked = f"{request.operation} {request.modality} {request.stage}"
        raise InputError(f"An order to {asked!r} cannot be rendered by itself.", fix="Order: generate video final.")
    if request.inputs:
        raise InputError(
            f"An order with {len(request.inputs)} inputs cannot be rendered by itself.",
            fix="Put pictures into a storyboard's cast as references.",
        )
    shape = next((key for key, size in SIZES.items() if size == request.size), None)
    if shape is None or request.fps != 24:
        sizes = ", ".join(str(size) for size in SIZES.values())
        raise InputError(f"{request.size} at {request.fps} fps is not a house format.", fix=f"Use {sizes} at 24 fps.")
    scene = request.scene
    if scene and scene.get("schema") != SCENE_VERSION:
        raise InputError(f"The scene has schema {scene.get('schema')!r}.", fix=f"Use schema {SCENE_VERSION}.")
    fields: dict[str, Any] = {name: scene[name] for name in _SCENE_FIELDS if name in scene}
    if not scene:
        fields["action"] = request.brief.prompt[:MAX_TEXT_CHARS]
    try:
        cast = tuple(CastMember.model_validate(member) for member in scene.get("cast", ()))
        shot = Shot(id="s1", duration_s=request.duration_s, seed=request.seed, cast=tuple(c.id for c in cast), **fields)
        style = Style.model_validate(scene.get("style", {}))
        aspect, resolution = shape
        return Storyboard(aspect=aspect, resolution=resolution, style=style, cast=cast, shots=(shot,))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise InputError(f"The order is not valid at {place}: {first['msg']}.") from error
