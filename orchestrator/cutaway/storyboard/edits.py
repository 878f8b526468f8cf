"""The typed edits: every way a turn may change a storyboard.

Edits are data. A reasoner proposes them, `cutaway.storyboard.apply` disposes. Where an edit has `shots`, an empty
tuple means the whole film (every unlocked shot). Shot ids are used, not numbers: ids survive reordering.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from cutaway.contract import Frozen
from cutaway.storyboard.model import (
    Aspect,
    Camera,
    CastMember,
    Grade,
    Look,
    Overlay,
    Resolution,
    Shot,
    SoundBed,
    TimeOfDay,
    TitleStyle,
    Transition,
    Weather,
)

Shots = tuple[str, ...]


class AddShot(Frozen):
    """Put a new shot before position `at` (counted from 1); None means at the end."""

    op: Literal["add_shot"] = "add_shot"
    shot: Shot
    at: int | None = Field(default=None, ge=1)


class RemoveShot(Frozen):
    """Take one shot out, with the overlays that belong to it."""

    op: Literal["remove_shot"] = "remove_shot"
    shot: str


class MoveShot(Frozen):
    """Move a shot to position `to`, counted from 1."""

    op: Literal["move_shot"] = "move_shot"
    shot: str
    to: int = Field(ge=1)


class DuplicateShot(Frozen):
    """Repeat a shot right after itself under a new id; it costs nothing, its picture is the same."""

    op: Literal["duplicate_shot"] = "duplicate_shot"
    shot: str
    new_id: str


class SetDuration(Frozen):
    """Play these shots for `seconds`: shorter than what exists is a trim ($0), longer is made anew."""

    op: Literal["set_duration"] = "set_duration"
    shots: Shots = ()
    seconds: float


class TrimShot(Frozen):
    """Play only `start_s` to `end_s` of a shot."""

    op: Literal["trim_shot"] = "trim_shot"
    shot: str
    start_s: float = 0.0
    end_s: float | None = None


class SetSpeed(Frozen):
    """Play shots faster (2.0) or slower (0.5)."""

    op: Literal["set_speed"] = "set_speed"
    shots: Shots = ()
    speed: float


class SetAction(Frozen):
    """Change what happens in shots."""

    op: Literal["set_action"] = "set_action"
    shots: Shots = ()
    action: str


class SetSetting(Frozen):
    """Change where shots take place."""

    op: Literal["set_setting"] = "set_setting"
    shots: Shots = ()
    setting: str


class SetTime(Frozen):
    """Change the time of day."""

    op: Literal["set_time"] = "set_time"
    shots: Shots = ()
    time_of_day: TimeOfDay


class SetWeather(Frozen):
    """Change the weather."""

    op: Literal["set_weather"] = "set_weather"
    shots: Shots = ()
    weather: Weather


class SetLighting(Frozen):
    """Change the light, in words."""

    op: Literal["set_lighting"] = "set_lighting"
    shots: Shots = ()
    lighting: str


class SetCamera(Frozen):
    """Change the camera move."""

    op: Literal["set_camera"] = "set_camera"
    shots: Shots = ()
    camera: Camera


class SetGrade(Frozen):
    """Colour the finished picture; composed here for $0."""

    op: Literal["set_grade"] = "set_grade"
    shots: Shots = ()
    grade: Grade


class SetTransition(Frozen):
    """Change how shots begin: a cut, a fade from black, or a cross-fade from the shot before."""

    op: Literal["set_transition"] = "set_transition"
    shots: Shots = ()
    transition: Transition


class SetLock(Frozen):
    """Lock shots against every change, or unlock them."""

    op: Literal["set_lock"] = "set_lock"
    shots: Shots = ()
    locked: bool = True


class Retake(Frozen):
    """Make shots once more: the same order, another take."""

    op: Literal["retake"] = "retake"
    shots: Shots = ()


class SetSeed(Frozen):
    """Fix the seed of a shot."""

    op: Literal["set_seed"] = "set_seed"
    shot: str
    seed: int


class AddCast(Frozen):
    """Add a cast member and put it into shots (empty: the whole film)."""

    op: Literal["add_cast"] = "add_cast"
    member: CastMember
    shots: Shots = ()


class ChangeCast(Frozen):
    """Change a cast member everywhere it appears; None leaves a field as it is."""

    op: Literal["change_cast"] = "change_cast"
    cast_id: str
    name: str | None = None
    kind: str | None = None
    description: str | None = None
    colour: str | None = None


class AddReference(Frozen):
    """Give a cast member one more reference picture, by content hash."""

    op: Literal["add_reference"] = "add_reference"
    cast_id: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class RemoveCast(Frozen):
    """Take a cast member out of the film."""

    op: Literal["remove_cast"] = "remove_cast"
    cast_id: str


class SetShotCast(Frozen):
    """Say exactly who is in a shot."""

    op: Literal["set_shot_cast"] = "set_shot_cast"
    shot: str
    cast: tuple[str, ...]


class SetStyle(Frozen):
    """Change the look of the whole film; None leaves a field as it is."""

    op: Literal["set_style"] = "set_style"
    look: Look | None = None
    words: str | None = None


class SetAspect(Frozen):
    """Change the shape of the frame; every shot is made anew."""

    op: Literal["set_aspect"] = "set_aspect"
    aspect: Aspect


class SetResolution(Frozen):
    """Change the resolution; every shot is made anew."""

    op: Literal["set_resolution"] = "set_resolution"
    resolution: Resolution


class SetTitle(Frozen):
    """Name the film (its name, not words on the picture)."""

    op: Literal["set_title"] = "set_title"
    title: str


class AddOverlay(Frozen):
    """Put words on the picture."""

    op: Literal["add_overlay"] = "add_overlay"
    overlay: Overlay


class ChangeOverlay(Frozen):
    """Change words on the picture; None leaves a field as it is."""

    op: Literal["change_overlay"] = "change_overlay"
    overlay_id: str
    text: str | None = None
    source: str | None = None
    start_s: float | None = None
    end_s: float | None = None
    style: TitleStyle | None = None
    spoken: bool | None = None


class RemoveOverlay(Frozen):
    """Take words off the picture."""

    op: Literal["remove_overlay"] = "remove_overlay"
    overlay_id: str


class ReplaceText(Frozen):
    """Replace exact words in every overlay, such as one price by another."""

    op: Literal["replace_text"] = "replace_text"
    old: str = Field(min_length=1)
    new: str


class SetSound(Frozen):
    """Change the sound bed; None leaves a field as it is."""

    op: Literal["set_sound"] = "set_sound"
    bed: SoundBed | None = None
    volume: float | None = None
    muted: bool | None = None
    clips_volume: float | None = None
    duck: bool | None = None


Edit = Annotated[
    AddShot
    | RemoveShot
    | MoveShot
    | DuplicateShot
    | SetDuration
    | TrimShot
    | SetSpeed
    | SetAction
    | SetSetting
    | SetTime
    | SetWeather
    | SetLighting
    | SetCamera
    | SetGrade
    | SetTransition
    | SetLock
    | Retake
    | SetSeed
    | AddCast
    | ChangeCast
    | AddReference
    | RemoveCast
    | SetShotCast
    | SetStyle
    | SetAspect
    | SetResolution
    | SetTitle
    | AddOverlay
    | ChangeOverlay
    | RemoveOverlay
    | ReplaceText
    | SetSound,
    Field(discriminator="op"),
]

EDIT: TypeAdapter[Edit] = TypeAdapter(Edit)


def dump_edits(edits: tuple[Edit, ...]) -> list[dict[str, Any]]:
    """Edits as JSON data."""
    return [edit.model_dump(mode="json") for edit in edits]
