"""A cut as data: what plays when, which stretches are copied as they are and which are drawn again.

Pure: no file is opened here. Seconds come in; everything inside is whole frames of the film.
"""

from __future__ import annotations

import itertools
import json
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, Self

from pydantic import Field, ValidationError, model_validator

from cutaway.contract import Frozen, Size
from cutaway.errors import MediaError

CROSSFADE_S: Final = 0.5
FADE_S: Final = 0.4
OVERLAY_FADE_S: Final = 0.25
END_CARD_S: Final = 2.0
"""How long an end card stands, at the end of what it belongs to, unless it says when it begins."""
PAUSES: Final = {",": 2.0, ";": 3.0, ":": 3.0, ".": 4.0, "!": 4.0, "?": 4.0}
"""Letters that a speaker's pause after this sign is worth, where no times of words are given."""
MIN_COPY_S: Final = 0.5

Transition = Literal["cut", "fade", "crossfade"]
Grade = Literal["none", "warm", "cool", "mono", "vivid", "faded"]
OverlayKind = Literal["caption", "title", "lower_third", "price_tag", "end_card"]
TitleStyle = Literal["plain", "elegant", "bold", "handwritten", "band"]
SoundBed = Literal["none", "calm", "bright", "tense", "night", "playful", "epic", "dreamy"]


class CutShot(Frozen):
    """One clip in the cut. `clip` is its asset hash; `duration_s` its ordered length before trim and speed.

    `transition` says how the shot begins: "fade" from black, "crossfade" out of the shot before it. With `still` the
    clip is a picture, which is shown for `duration_s` under a slow move by `camera` (`media/stills.py`).
    """

    clip: str = Field(pattern=r"^[0-9a-f]{64}$")
    duration_s: float = Field(gt=0, le=600)
    trim_start_s: float = Field(default=0.0, ge=0)
    trim_end_s: float | None = Field(default=None, gt=0)
    speed: float = Field(default=1.0, ge=0.25, le=4.0)
    grade: Grade = "none"
    transition: Transition = "cut"
    still: bool = False
    camera: str = "static"

    @property
    def played_s(self) -> float:
        """Seconds the shot takes after trim and speed."""
        end = self.duration_s if self.trim_end_s is None else self.trim_end_s
        return (end - self.trim_start_s) / self.speed

    @model_validator(mode="after")
    def _plays_something(self) -> Self:
        if (self.trim_end_s or 0) > self.duration_s + 1e-9 or self.played_s <= 0:
            trim = f"{self.trim_start_s}-{self.trim_end_s} s"
            raise ValueError(f"trim {trim} lies outside the clip's {self.duration_s} s")
        return self


class CutOverlay(Frozen):
    """Words over a shot (counted from 0) or, with None, over the film; times from the start of either, in seconds.

    `style` is that of a title. A caption that is `spoken` lights its words one by one: at `word_starts_s` (seconds from
    its own start, one per word), or without them evenly by their letters (`word_frames`).
    """

    kind: OverlayKind
    style: TitleStyle = "plain"
    spoken: bool = False
    word_starts_s: tuple[float, ...] = Field(default=(), max_length=500)
    text: str = Field(min_length=1, max_length=2000)
    shot_index: int | None = Field(default=None, ge=0)
    start_s: float = Field(default=0.0, ge=0)
    end_s: float | None = Field(default=None, gt=0)


class CutSound(Frozen):
    """The bed under the film and the clips' own sound; both volumes are 0 to 1.

    With `duck` the bed steps back while a clip is heard.
    """

    bed: SoundBed = "none"
    volume: float = Field(default=0.5, ge=0, le=1)
    muted: bool = False
    clips_volume: float = Field(default=1.0, ge=0, le=1)
    duck: bool = True

    @property
    def bed_audible(self) -> bool:
        """True when the bed is heard."""
        return self.bed != "none" and not self.muted and self.volume > 0

    @property
    def clips_audible(self) -> bool:
        """True when the sound of clips that have one is heard."""
        return not self.muted and self.clips_volume > 0


class Cut(Frozen):
    """Everything a cut is made of. Crosses the queue as JSON; equal cuts give equal text."""

    shots: tuple[CutShot, ...] = Field(min_length=1, max_length=200)
    overlays: tuple[CutOverlay, ...] = Field(default=(), max_length=500)
    sound: CutSound = CutSound()
    size: Size
    fps: int = Field(default=24, ge=1, le=120)

    @model_validator(mode="after")
    def _overlays_have_their_shots(self) -> Self:
        for overlay in self.overlays:
            if overlay.shot_index is not None and overlay.shot_index >= len(self.shots):
                raise ValueError(f"an overlay names shot {overlay.shot_index}; there are {len(self.shots)} shots")
        return self

    def to_json(self) -> str:
        """The cut as canonical JSON."""
        return json.dumps(self.model_dump(mode="json"), sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str | bytes) -> Cut:
        """Read what `to_json` wrote. Raises `MediaError` naming the place that is wrong."""
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(part) for part in first["loc"]) or "cut"
            raise MediaError(f"The cut is not valid at {place}: {first['msg']}.") from error


@dataclass(frozen=True, slots=True)
class Placed:
    """A shot in the film: frames `start` to `end` (not included), the first `overlap` shared with the shot before."""

    index: int
    shot: CutShot
    start: int
    end: int
    overlap: int
    fade: int
    source_start: int

    def source(self, frame: int) -> int:
        """The clip's frame shown at a film frame, as if the clip were long enough."""
        return self.source_start + int((frame - self.start) * self.shot.speed + 1e-6)


@dataclass(frozen=True, slots=True)
class Words:
    """An overlay in the film: visible from frame `start` to `end` (not included), fading over `fade` frames.

    `beats` holds the frame at which each word is spoken, empty when the words are not lit one by one.
    """

    kind: OverlayKind
    text: str
    start: int
    end: int
    fade: int
    style: TitleStyle = "plain"
    beats: tuple[int, ...] = ()

    def word(self, frame: int) -> int | None:
        """The number of the word spoken at a film frame, None when words are not lit."""
        return max(0, bisect_right(self.beats, frame) - 1) if self.beats else None

    def share(self, frame: int) -> float:
        """How visible it is at a film frame, 0 to 1."""
        if not self.start <= frame < self.end:
            return 0.0
        return min(1.0, (frame - self.start + 1) / (self.fade + 1), (self.end - frame) / (self.fade + 1))


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the film. With `copy_of` its packets are taken as they are from that shot's clip at `source`."""

    start: int
    frames: int
    copy_of: int | None = None
    source: int = 0


@dataclass(frozen=True, slots=True)
class Timeline:
    """Shots and words on one axis of frames."""

    shots: tuple[Placed, ...]
    words: tuple[Words, ...]
    frames: int
    notes: tuple[str, ...]


def lay_out(cut: Cut) -> Timeline:
    """Place every shot and overlay. The film is the sum of all played seconds, less the cross-fades, to a frame."""
    shots = _place(cut)
    total = shots[-1].end
    words: list[Words] = []
    notes: list[str] = []
    for overlay in cut.overlays:
        first, last = _window(shots, overlay.shot_index, total)
        origin = 0 if overlay.shot_index is None else shots[overlay.shot_index].start
        begins = origin + _frame(overlay.start_s, cut.fps)
        if overlay.kind == "end_card" and not overlay.start_s:
            begins = max(first + (last - first) // 2, last - _frame(END_CARD_S, cut.fps))
        start = max(first, begins)
        end = last if overlay.end_s is None else min(last, origin + _frame(overlay.end_s, cut.fps))
        if end <= start:
            place = "the film" if overlay.shot_index is None else f"shot {overlay.shot_index + 1}"
            notes.append(f'"{overlay.text[:40]}" starts at {overlay.start_s:g} s, after the end of {place}; left out.')
            continue
        fade = min(_frame(OVERLAY_FADE_S, cut.fps), (end - start) // 2)
        beats = word_frames(overlay, start, end, cut.fps) if overlay.spoken and overlay.kind == "caption" else ()
        words.append(Words(overlay.kind, overlay.text, start, end, fade, overlay.style, beats))
    return Timeline(shots, tuple(_cleared(words)), total, tuple(notes))


def _cleared(words: Sequence[Words]) -> Iterator[Words]:
    """Words that an end card would cover end where it begins, or are left out."""
    cards = [one for one in words if one.kind == "end_card"]
    for one in words:
        over = [card.start for card in cards if card is not one and one.start < card.end and card.start < one.end]
        end = min([one.end, *over]) if one.kind != "end_card" else one.end
        if end > one.start:
            yield replace(one, end=end, fade=min(one.fade, (end - one.start) // 2))


def word_frames(overlay: CutOverlay, start: int, end: int, fps: int) -> tuple[int, ...]:
    """The film frame at which each word of an overlay is spoken, between `start` and `end`.

    Times of words are kept where there is one for each; otherwise each word takes a share by its letters, with pauses
    after signs (`PAUSES`), as speech at an even rate of syllables does, and the last tenth of the time is left.
    """
    said = overlay.text.split()
    if len(overlay.word_starts_s) == len(said):
        return tuple(min(end - 1, start + _frame(at, fps)) for at in overlay.word_starts_s)
    weights = [len(word) + 1 + PAUSES.get(word[-1], 0.0) for word in said]
    span, total, passed, frames = (end - start) * 0.9, sum(weights), 0.0, []
    for weight in weights:
        frames.append(start + int(span * passed / total))
        passed += weight
    return tuple(frames)


def pieces(timeline: Timeline, available: Sequence[int], fps: int, group: int) -> tuple[Piece, ...]:
    """Divide the film into stretches to copy and stretches to draw, in order and without gaps.

    `available` holds the frames of each shot's clip; a copy begins at a multiple of `group` and lasts at least 0.5 s.
    """
    owner = _untouched(timeline, available)
    shortest = _frame(MIN_COPY_S, fps)
    result: list[Piece] = []
    drawn_from = frame = 0
    while frame < timeline.frames:
        index = owner[frame]
        if index is not None and timeline.shots[index].source(frame) % group == 0:
            end = frame
            while end < timeline.frames and owner[end] == index:
                end += 1
            if end - frame >= shortest or (frame, end) == (timeline.shots[index].start, timeline.shots[index].end):
                if drawn_from < frame:
                    result.append(Piece(drawn_from, frame - drawn_from))
                result.append(Piece(frame, end - frame, index, timeline.shots[index].source(frame)))
                drawn_from = frame = end
                continue
        frame += 1
    if drawn_from < timeline.frames:
        result.append(Piece(drawn_from, timeline.frames - drawn_from))
    return tuple(result)


def _place(cut: Cut) -> tuple[Placed, ...]:
    played, edges = 0.0, [0]
    for shot in cut.shots:
        played += shot.played_s
        # Rounding the running sum keeps a long film exact; every shot still shows at least one frame.
        edges.append(max(edges[-1] + 1, _frame(played, cut.fps)))
    lengths = [after - before for before, after in itertools.pairwise(edges)]
    result: list[Placed] = []
    start = 0
    for index, (shot, length) in enumerate(zip(cut.shots, lengths, strict=True)):
        overlap = 0
        if shot.transition == "crossfade" and index:
            overlap = min(_frame(CROSSFADE_S, cut.fps), lengths[index - 1] // 2, length // 2)
        # The first shot has nothing to cross-fade from but black.
        fades = shot.transition == "fade" or (shot.transition == "crossfade" and index == 0)
        fade = min(_frame(FADE_S, cut.fps), length // 2) if fades else 0
        start -= overlap
        source_start = _frame(shot.trim_start_s, cut.fps)
        result.append(Placed(index, shot, start, start + length, overlap, fade, source_start))
        start += length
    return tuple(result)


def _window(shots: tuple[Placed, ...], index: int | None, total: int) -> tuple[int, int]:
    if index is None:
        return 0, total
    # Words of two cross-fading shots meet in the middle instead of lying over each other.
    after = shots[index + 1].overlap if index + 1 < len(shots) else 0
    return shots[index].start + shots[index].overlap // 2, shots[index].end - (after - after // 2)


def _untouched(timeline: Timeline, available: Sequence[int]) -> list[int | None]:
    owner: list[int | None] = [None] * timeline.frames
    for placed in timeline.shots:
        plain = placed.shot.speed == 1.0 and placed.shot.grade == "none"
        for frame in range(placed.start, placed.end):
            whole = plain and placed.source(frame) < available[placed.index]
            owner[frame] = placed.index if whole and frame >= placed.start + max(placed.overlap, placed.fade) else None
    for words in timeline.words:
        owner[words.start : words.end] = [None] * (words.end - words.start)
    return owner


def _frame(seconds: float, fps: int) -> int:
    return int(seconds * fps + 0.5)
