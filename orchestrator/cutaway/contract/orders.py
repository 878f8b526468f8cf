"""What is ordered: words, inputs, lengths and sizes, the same for every provider."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

SCENE_VERSION: Final = 1

OperationKind = Literal["generate", "edit", "extend", "upscale"]
Modality = Literal["video", "image", "audio"]
Stage = Literal["animatic", "still", "draft", "final"]
InputRole = Literal["first_frame", "last_frame", "reference", "source_video", "reference_video", "reference_audio"]
Resolution = Literal["360p", "480p", "512p", "540p", "576p", "720p", "768p", "1080p", "2k", "4k"]
Aspect = Literal["16:9", "9:16", "1:1", "4:3", "3:4", "3:2", "2:3", "21:9", "9:21"]

RESOLUTIONS_PX: Final[Mapping[Resolution, int]] = {
    "360p": 360,
    "480p": 480,
    "512p": 512,
    "540p": 540,
    "576p": 576,
    "720p": 720,
    "768p": 768,
    "1080p": 1080,
    "2k": 1440,
    "4k": 2160,
}
"""Names of resolutions by their shorter side in pixels, ascending."""
ASPECTS: Final[Mapping[Aspect, float]] = {
    "16:9": 16 / 9,
    "9:16": 9 / 16,
    "1:1": 1.0,
    "4:3": 4 / 3,
    "3:4": 3 / 4,
    "3:2": 3 / 2,
    "2:3": 2 / 3,
    "21:9": 21 / 9,
    "9:21": 9 / 21,
}
ASPECT_TOLERANCE: Final = 0.04
"""How far a size's ratio may be from a named aspect: 848x480 and 854x480 are 16:9."""


class Frozen(BaseModel):
    """The base of every boundary type: immutable, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Size(Frozen):
    """Width and height in pixels."""

    width_px: int = Field(ge=16, le=8192)
    height_px: int = Field(ge=16, le=8192)

    def __str__(self) -> str:
        return f"{self.width_px}x{self.height_px}"

    @property
    def resolution(self) -> Resolution | None:
        """The smallest named resolution whose shorter side holds this one's; None above 4k."""
        side = min(self.width_px, self.height_px)
        return next((name for name, side_px in RESOLUTIONS_PX.items() if side_px >= side), None)

    @property
    def aspect(self) -> Aspect | None:
        """The named aspect within 4 %, None when there is none."""
        ratio = self.width_px / self.height_px
        name = min(ASPECTS, key=lambda aspect: abs(ASPECTS[aspect] / ratio - 1))
        return name if abs(ASPECTS[name] / ratio - 1) <= ASPECT_TOLERANCE else None


class Brief(Frozen):
    """A shot turned into an order's words, already within a model's limits."""

    prompt: str
    negative: str = ""
    citations: tuple[str, ...] = ()


class NativeRef(Frozen):
    """Where a clip came from at its vendor: the job a native edit chain goes on from. Only a cache, it may be gone."""

    provider: str
    native_id: str
    data: dict[str, Any] = Field(default_factory=dict)


class InputRef(Frozen):
    """One input file of an order: its content hash in the store, and what it is for.

    `duration_s` is the length of a video or sound in seconds (`None`: unknown, then nothing billed by it is priced).
    `native` names the job that made it, for vendors that edit their own results without an upload.
    """

    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    role: InputRole
    media_type: str
    duration_s: float | None = Field(default=None, gt=0)
    native: NativeRef | None = None


class GenerationRequest(Frozen):
    """One provider-neutral order.

    `scene` is the shot as versioned JSON (`cutaway.storyboard.brief.scene`), for artists that understand it; models
    that only read words use `brief`. `duration_s` is seconds of output; `fps` frames per second.
    """

    operation: OperationKind = "generate"
    modality: Modality = "video"
    stage: Stage = "final"
    brief: Brief
    scene: dict[str, Any] = Field(default_factory=dict)
    inputs: tuple[InputRef, ...] = ()
    duration_s: float = Field(gt=0, le=600)
    size: Size
    fps: int = Field(default=24, ge=1, le=120)
    seed: int = Field(default=0, ge=0, le=2**31 - 1)
    audio: bool = False
    voice: str = ""
    """For spoken words: the vendor's name of a voice."""

    @property
    def videos(self) -> tuple[InputRef, ...]:
        """The inputs that are moving pictures."""
        return tuple(one for one in self.inputs if one.role in {"source_video", "reference_video"})

    def of_role(self, *roles: InputRole) -> tuple[InputRef, ...]:
        """The inputs of these roles, in order."""
        return tuple(one for one in self.inputs if one.role in roles)
