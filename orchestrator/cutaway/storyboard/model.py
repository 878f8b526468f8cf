"""The storyboard: the document a conversation is about.

Immutable and JSON all the way down. A `Shot` holds two kinds of field: those an artist sees (they make the shot's
*content key*) and those composed here for $0 (order, trim, speed, grade, transition, overlays, sound). Durations are
seconds. Limits are module constants, so that messages can name them.
"""

from __future__ import annotations

from collections import Counter
from typing import Any, Final, Literal, Self

from pydantic import ConfigDict, Field, ValidationError, model_validator

from cutaway.contract import Frozen, Size
from cutaway.errors import StoryboardError

SCHEMA_VERSION: Final = 1

MAX_SHOTS: Final = 60
MAX_CAST: Final = 24
MAX_CAST_PER_SHOT: Final = 4
MAX_OVERLAYS: Final = 120
MAX_TEXT_CHARS: Final = 400
MIN_SHOT_S: Final = 0.5
MAX_SHOT_S: Final = 60.0
MAX_TOTAL_S: Final = 600.0

Aspect = Literal["16:9", "9:16", "1:1"]
Resolution = Literal["480p", "720p"]
TimeOfDay = Literal["dawn", "day", "dusk", "night"]
Weather = Literal["clear", "rain", "snow", "fog", "storm", "wind"]
Camera = Literal["static", "dolly_in", "dolly_out", "pan_left", "pan_right", "tilt_up", "tilt_down", "orbit"]
Transition = Literal["cut", "fade", "crossfade"]
Grade = Literal["none", "warm", "cool", "mono", "vivid", "faded"]
OverlayKind = Literal["caption", "title", "lower_third", "price_tag", "end_card"]
TitleStyle = Literal["plain", "elegant", "bold", "handwritten", "band"]
SoundBed = Literal["none", "calm", "bright", "tense", "night", "playful", "epic", "dreamy"]
Look = Literal["paper", "ink", "neon", "blueprint", "chalkboard"]

SIZES: Final[dict[tuple[Aspect, Resolution], Size]] = {
    ("16:9", "480p"): Size(width_px=848, height_px=480),
    ("9:16", "480p"): Size(width_px=480, height_px=848),
    ("1:1", "480p"): Size(width_px=480, height_px=480),
    ("16:9", "720p"): Size(width_px=1280, height_px=720),
    ("9:16", "720p"): Size(width_px=720, height_px=1280),
    ("1:1", "720p"): Size(width_px=720, height_px=720),
}

Id = Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")
Text = Field(max_length=MAX_TEXT_CHARS)


class CastMember(Frozen):
    """Somebody or something that appears. `kind` is the noun ("red fox"); `references` are asset hashes."""

    id: str = Id
    name: str = Text
    kind: str = Text
    description: str = Field(default="", max_length=MAX_TEXT_CHARS)
    colour: str = Field(default="", max_length=40)
    references: tuple[str, ...] = Field(default=(), max_length=8)


class Style(Frozen):
    """How the whole film looks."""

    look: Look = "paper"
    words: str = Field(default="", max_length=MAX_TEXT_CHARS)


class Shot(Frozen):
    """One shot. `duration_s` is what an artist makes; trim and speed say what is played of it."""

    id: str = Id
    duration_s: float = Field(default=3.0, ge=MIN_SHOT_S, le=MAX_SHOT_S)
    cast: tuple[str, ...] = Field(default=(), max_length=MAX_CAST_PER_SHOT)
    action: str = Field(default="", max_length=MAX_TEXT_CHARS)
    setting: str = Field(default="", max_length=MAX_TEXT_CHARS)
    time_of_day: TimeOfDay = "day"
    weather: Weather = "clear"
    lighting: str = Field(default="", max_length=MAX_TEXT_CHARS)
    camera: Camera = "static"
    seed: int = Field(default=0, ge=0, le=2**31 - 1)
    take: int = Field(default=1, ge=1, le=999)
    # Composed here, free of charge; none of these reach an artist.
    trim_start_s: float = Field(default=0.0, ge=0)
    trim_end_s: float | None = Field(default=None, gt=0)
    speed: float = Field(default=1.0, ge=0.25, le=4.0)
    grade: Grade = "none"
    transition: Transition = "cut"
    locked: bool = False
    sources: tuple[str, ...] = Field(default=(), max_length=16)

    @property
    def played_s(self) -> float:
        """Seconds this shot takes in the film, after trim and speed."""
        end = self.duration_s if self.trim_end_s is None else self.trim_end_s
        return round((end - self.trim_start_s) / self.speed, 3)

    @model_validator(mode="after")
    def _trim_lies_inside(self) -> Self:
        end = self.duration_s if self.trim_end_s is None else self.trim_end_s
        if end > self.duration_s or end - self.trim_start_s < MIN_SHOT_S - 1e-9:
            raise ValueError(
                f"shot {self.id!r}: trim {self.trim_start_s}-{end} s must keep at least {MIN_SHOT_S} s "
                f"of its {self.duration_s} s"
            )
        return self


class Overlay(Frozen):
    """Words drawn over the film by us, so they are always exact.

    `shot_id` None means the whole film. Times are seconds from the start of the shot (or film); `end_s` None means
    until its end (an end card stands for the last two seconds). `style` is that of a title; a `spoken` caption lights
    its words one by one, at `word_starts_s` (from its own start, one per word) where times are known. Lines of an end
    card are kept, the first is its headline. `source` cites the context line the words came from.
    """

    id: str = Id
    kind: OverlayKind
    text: str = Field(min_length=1, max_length=MAX_TEXT_CHARS)
    style: TitleStyle = "plain"
    spoken: bool = False
    word_starts_s: tuple[float, ...] = Field(default=(), max_length=200)
    shot_id: str | None = None
    start_s: float = Field(default=0.0, ge=0)
    end_s: float | None = Field(default=None, gt=0)
    source: str = ""

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.end_s is not None and self.end_s <= self.start_s:
            raise ValueError(f"overlay {self.id!r}: end_s {self.end_s} must be after start_s {self.start_s}")
        return self

    @model_validator(mode="after")
    def _times_fit_the_words(self) -> Self:
        times, words = self.word_starts_s, len(self.text.split())
        if times and (len(times) != words or list(times) != sorted(times) or times[0] < 0):
            raise ValueError(
                f"overlay {self.id!r}: word_starts_s must hold one rising time per word ({words}), from 0 s; "
                f"it holds {len(times)}"
            )
        return self


class Sound(Frozen):
    """The quiet bed under the film, and how loud the clips' own sound is. Volumes are 0 to 1.

    With `duck` the bed steps back while a clip is heard.
    """

    bed: SoundBed = "calm"
    volume: float = Field(default=0.5, ge=0, le=1)
    muted: bool = False
    clips_volume: float = Field(default=1.0, ge=0, le=1)
    duck: bool = True


class Storyboard(Frozen):
    """Cast, style, ordered shots, overlays and sound: everything a version holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_version: Literal[1] = SCHEMA_VERSION
    title: str = Field(default="", max_length=MAX_TEXT_CHARS)
    aspect: Aspect = "16:9"
    resolution: Resolution = "480p"
    fps: Literal[24] = 24
    style: Style = Style()
    cast: tuple[CastMember, ...] = Field(default=(), max_length=MAX_CAST)
    shots: tuple[Shot, ...] = Field(min_length=1, max_length=MAX_SHOTS)
    overlays: tuple[Overlay, ...] = Field(default=(), max_length=MAX_OVERLAYS)
    sound: Sound = Sound()

    @property
    def size(self) -> Size:
        """The house size for this aspect and resolution."""
        return SIZES[self.aspect, self.resolution]

    @property
    def duration_s(self) -> float:
        """Played length of all shots in seconds (cross-fades shorten the finished film a little)."""
        return round(sum(shot.played_s for shot in self.shots), 3)

    def shot(self, shot_id: str) -> Shot | None:
        """The shot with this id, or None."""
        return next((shot for shot in self.shots if shot.id == shot_id), None)

    def member(self, cast_id: str) -> CastMember | None:
        """The cast member with this id, or None."""
        return next((member for member in self.cast if member.id == cast_id), None)

    def number(self, shot_id: str) -> int:
        """The shot's place in the film, counted from 1."""
        return next(i for i, shot in enumerate(self.shots, 1) if shot.id == shot_id)

    @model_validator(mode="after")
    def _parts_fit_together(self) -> Self:
        for what, ids in (
            ("shot", [s.id for s in self.shots]),
            ("cast", [c.id for c in self.cast]),
            ("overlay", [o.id for o in self.overlays]),
        ):
            twice = [i for i, n in Counter(ids).items() if n > 1]
            if twice:
                raise ValueError(f"{what} id {twice[0]!r} is used twice")
        cast = {c.id for c in self.cast}
        shots = {s.id for s in self.shots}
        for shot in self.shots:
            missing = [c for c in shot.cast if c not in cast]
            if missing:
                raise ValueError(f"shot {shot.id!r} names cast {missing[0]!r}, which is not in the cast")
            if len(set(shot.cast)) != len(shot.cast):
                raise ValueError(f"shot {shot.id!r} names a cast member twice")
        for overlay in self.overlays:
            if overlay.shot_id is not None and overlay.shot_id not in shots:
                raise ValueError(f"overlay {overlay.id!r} belongs to shot {overlay.shot_id!r}, which is not there")
        if self.duration_s > MAX_TOTAL_S:
            raise ValueError(f"the film is {self.duration_s} s long; the limit is {MAX_TOTAL_S:g} s")
        return self


def dump(storyboard: Storyboard) -> str:
    """The storyboard as canonical JSON: equal storyboards give equal bytes."""
    return canonical(storyboard.model_dump(mode="json"))


def canonical(value: Any) -> str:
    """JSON with sorted keys and no spaces, the form every hash is taken of."""
    import json

    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def load(text: str | bytes) -> Storyboard:
    """Read a storyboard of this or an older schema. Raises `StoryboardError` for anything else."""
    import json

    try:
        data = json.loads(text)
    except ValueError as error:
        raise StoryboardError(f"The storyboard is not JSON: {error}.") from error
    return parse(data)


def parse(data: Any) -> Storyboard:
    """Read a storyboard from JSON data, upgrading older schemas. Raises `StoryboardError`."""
    from cutaway.storyboard.upcast import upcast

    try:
        return Storyboard.model_validate(upcast(data))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "storyboard"
        raise StoryboardError(f"The storyboard is not valid at {place}: {first['msg']}.") from error
