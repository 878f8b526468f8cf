"""The cut: clips, words and sound made into one film that plays everywhere.

Stretches nobody touched are copied packet by packet; the rest is drawn and encoded with the same encoder, so the
whole film has one decoder configuration. A clip whose configuration differs is re-encoded first: correct before fast.
"""

from __future__ import annotations

import asyncio
import logging
import shutil
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Final

import av
import av.container
import av.error
import av.video.stream

from cutaway.contract import Cancelled, Progress
from cutaway.errors import CutawayError, MediaError, StoppedError
from cutaway.media import overlays
from cutaway.media.disk import replacing, store_error
from cutaway.media.heard import has_sound
from cutaway.media.house import (
    TICKS_PER_FRAME,
    HouseReader,
    HouseWriter,
    container_options,
    group_frames,
    house_frames,
    parameter_sets,
)
from cutaway.media.mix import SoundTrack, mixed
from cutaway.media.normalise import normalise
from cutaway.media.picture import Picture, Plate, black, graded, lay, mix, plate
from cutaway.media.probe import MediaFacts, open_video, probe
from cutaway.media.stills import moving
from cutaway.media.timeline import Cut, CutShot, Piece, Placed, Timeline, lay_out, pieces

_log = logging.getLogger(__name__)
_LIFTED: Final = ("caption", "lower_third")


@dataclass(frozen=True, slots=True)
class ComposeResult:
    """A finished cut: what was measured of it, the seconds copied and encoded, and what a person should know."""

    facts: MediaFacts
    copied_s: float
    encoded_s: float
    notes: tuple[str, ...]


async def compose(
    cut: Cut,
    clips: Mapping[str, Path],
    out: Path,
    progress: Progress,
    cancelled: Cancelled,
    *,
    font: Path | None = None,
) -> ComposeResult:
    """Make the cut into the MP4 file `out`; `clips` maps each shot's asset hash to a local file.

    The film lasts exactly as long as its timeline, to a frame, and the same input gives the same bytes. `progress`
    and `cancelled` are called from another thread. Raises `MediaError` for a missing or unreadable clip,
    `StoreError` for a full or read-only disk, and `StoppedError` within one frame of `cancelled()`; `out` is then
    untouched and nothing else is left behind. Cancelling the awaiting task stops the work the same way.
    """
    given_up = threading.Event()

    def stopping() -> bool:
        return given_up.is_set() or cancelled()

    work = asyncio.ensure_future(asyncio.to_thread(_compose, cut, clips, out, progress, stopping, font))
    try:
        return await asyncio.shield(work)
    except asyncio.CancelledError:
        given_up.set()
        with suppress(CutawayError):
            await work
        raise


def _compose(
    cut: Cut, clips: Mapping[str, Path], out: Path, progress: Progress, cancelled: Cancelled, font: Path | None
) -> ComposeResult:
    with replacing(out) as temporary, ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix=".cut-", dir=out.parent))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        ready, available = _ready(cut, clips, folder, cancelled)
        timeline = lay_out(cut)
        notes = [*timeline.notes, *_short_clips(timeline, available, cut.fps)]
        plates = _plates(cut, timeline, font, notes)
        plan = pieces(timeline, available, cut.fps, group_frames(cut.fps))
        film = _Film(cut, timeline, ready, available, plates, stack)
        try:
            _join(cut, plan, film, temporary, folder, progress, cancelled)
        except av.error.FFmpegError as error:
            raise store_error(error, out) or MediaError(f"Cannot make {out.name}: {error.strerror}.") from error
        facts = probe(temporary)
        if facts.frames != timeline.frames:
            raise MediaError(f"{out.name} came out with {facts.frames} pictures instead of {timeline.frames}.")
    copied = sum(piece.frames for piece in plan if piece.copy_of is not None)
    _log.debug("cut %s: %d of %d frames copied in %d pieces", out.name, copied, timeline.frames, len(plan))
    return ComposeResult(facts, copied / cut.fps, (timeline.frames - copied) / cut.fps, tuple(dict.fromkeys(notes)))


def _ready(cut: Cut, clips: Mapping[str, Path], folder: Path, cancelled: Cancelled) -> tuple[list[Path], list[int]]:
    """Each shot's clip in house format, and its frames."""
    made: dict[tuple[object, ...], tuple[Path, int]] = {}
    ready = []
    for number, shot in enumerate(cut.shots, 1):
        # A picture has no length of its own: the same one may be shown for longer, or under another move.
        which = (shot.clip, shot.duration_s, shot.camera) if shot.still else (shot.clip,)
        if which not in made:
            path = clips.get(shot.clip)
            if path is None:
                raise MediaError(f"The clip of shot {number} ({shot.clip[:12]}) was not handed in.")
            made[which] = _in_house(cut, shot, path, folder / f"clip-{number}.mp4", cancelled)
        ready.append(made[which])
    return [path for path, _ in ready], [frames for _, frames in ready]


def _in_house(cut: Cut, shot: CutShot, source: Path, out: Path, cancelled: Cancelled) -> tuple[Path, int]:
    """One clip in house format, and its frames: the file itself where it is, else `out`."""
    if shot.still:
        length_s, camera = shot.duration_s, shot.camera
        facts = moving(source, out, size=cut.size, fps=cut.fps, duration_s=length_s, camera=camera, cancelled=cancelled)
        return out, facts.frames
    frames = house_frames(source, cut.size, cut.fps)
    if frames is not None:
        return source, frames
    return out, normalise(source, out, size=cut.size, fps=cut.fps, cancelled=cancelled).frames


def _short_clips(timeline: Timeline, available: list[int], fps: int) -> Iterator[str]:
    for placed, frames in zip(timeline.shots, available, strict=True):
        if placed.source_start >= frames:
            raise MediaError(
                f"Shot {placed.index + 1} starts at {placed.shot.trim_start_s:g} s, but its clip lasts only "
                f"{frames / fps:.2f} s.",
                fix="Trim less from its start.",
            )
        lacking = placed.source(placed.end - 1) + 1 - frames
        # A frame or two is rounding; more is worth a word.
        if lacking > 2:
            yield f"Shot {placed.index + 1}: its clip is {lacking / fps:.2f} s short, so its last picture is held."


def _plates(cut: Cut, timeline: Timeline, font: Path | None, notes: list[str]) -> list[list[Plate]]:
    """The plates of each overlay: one, or one per word that is lit. Words that would lie over others are lifted."""
    boxes: list[tuple[int, int, int, int]] = []
    plates: list[list[Plate]] = []
    for number, words in enumerate(timeline.words):
        lift = 0
        drawn = overlays.draw(words.kind, words.text, cut.size, style=words.style, font=font)
        if words.kind in _LIFTED:
            meeting = [
                boxes[i]
                for i, other in enumerate(timeline.words[:number])
                if other.kind in _LIFTED and other.start < words.end and words.start < other.end
            ]
            over = [box for box in meeting if box[0] < drawn.box[2] and drawn.box[0] < box[2]]
            if over:
                lift = max(0, drawn.box[3] - min(box[1] for box in over) + 2)
                drawn = overlays.draw(words.kind, words.text, cut.size, font=font, lift_px=lift)
        boxes.append(drawn.box)
        notes.extend(drawn.notes)
        lit = range(len(words.beats))
        every = [overlays.draw(words.kind, words.text, cut.size, word=n, font=font, lift_px=lift) for n in lit]
        plates.append([plate(*overlays.pixels(one)) for one in every or [drawn]])
    return plates


class _Film:
    """Pictures of the finished film by frame number, drawn from the clips."""

    def __init__(
        self,
        cut: Cut,
        timeline: Timeline,
        clips: list[Path],
        available: list[int],
        plates: list[list[Plate]],
        stack: ExitStack,
    ) -> None:
        self._cut = cut
        self.timeline = timeline
        self.clips = clips
        self._available = available
        self._plates = plates
        self.sounding = {
            placed.index: clips[placed.index]
            for placed in timeline.shots
            if cut.sound.clips_audible and has_sound(clips[placed.index])
        }
        self._stack = stack
        self._readers: dict[int, tuple[ExitStack, HouseReader]] = {}

    def picture(self, frame: int) -> Picture:
        """The picture at a film frame."""
        result: Picture | None = None
        for placed in self._showing(frame):
            own = self._shot(placed, frame)
            if placed.fade and frame < placed.start + placed.fade:
                own = mix(black(self._cut.size), own, (frame - placed.start + 0.5) / placed.fade)
            if result is not None:
                own = mix(result, own, (frame - placed.start + 0.5) / placed.overlap)
            result = own
        if result is None:
            raise MediaError(f"No shot plays at frame {frame}.")
        for words, drawn in zip(self.timeline.words, self._plates, strict=True):
            share = words.share(frame)
            if share:
                result = lay(result, drawn[words.word(frame) or 0], share)
        return result

    def _showing(self, frame: int) -> list[Placed]:
        showing = [placed for placed in self.timeline.shots if placed.start <= frame < placed.end]
        for index in [index for index in self._readers if all(placed.index != index for placed in showing)]:
            self._readers.pop(index)[0].close()
        return showing

    def _shot(self, placed: Placed, frame: int) -> Picture:
        if placed.index not in self._readers:
            opened = self._stack.enter_context(ExitStack())
            reader = opened.enter_context(HouseReader(self.clips[placed.index], self._cut.size))
            self._readers[placed.index] = opened, reader
        number = min(placed.source(frame), self._available[placed.index] - 1)
        return graded(self._readers[placed.index][1].picture(number), placed.shot.grade)


def _join(
    cut: Cut, plan: tuple[Piece, ...], film: _Film, out: Path, folder: Path, progress: Progress, cancelled: Cancelled
) -> None:
    total = sum(piece.frames for piece in plan)
    configuration = parameter_sets(cut.size, cut.fps)
    with av.open(str(out), mode="w", format="mp4", options=container_options(cut.fps, faststart=True)) as container:
        video: av.video.stream.VideoStream | None = None
        sound: SoundTrack | None = None
        for piece in plan:
            path, first = _source(cut, piece, film, folder, progress, cancelled, total)
            with open_video(path) as (clip, stream):
                if stream.codec_context.extradata != configuration:
                    raise MediaError(f"{path.name} has another decoder configuration than the rest of the cut.")
                if video is None:
                    video = container.add_stream_from_template(stream)
                    video.time_base = Fraction(1, cut.fps * TICKS_PER_FRAME)
                    if cut.sound.bed_audible or film.sounding:
                        blocks = mixed(cut.sound, film.timeline.shots, film.sounding, total, cut.fps)
                        sound = SoundTrack(container, blocks)
                clip.seek(first * TICKS_PER_FRAME, stream=stream)
                done = 0
                for packet in clip.demux(stream):
                    if packet.pts is None or done == piece.frames:
                        break
                    if cancelled():
                        raise StoppedError(f"Stopped making {out.name}.")
                    place = piece.start + done
                    packet.pts = packet.dts = place * TICKS_PER_FRAME
                    packet.stream = video
                    container.mux_one(packet)
                    done += 1
                    if sound is not None:
                        sound.advance(Fraction(place + 1, cut.fps))
                if done < piece.frames:
                    raise MediaError(f"{path.name} ended {piece.frames - done} pictures early.")
            if piece.copy_of is None:
                path.unlink()
            progress((piece.start + piece.frames) / total)
        if sound is not None:
            sound.advance(None)


def _source(
    cut: Cut, piece: Piece, film: _Film, folder: Path, progress: Progress, cancelled: Cancelled, total: int
) -> tuple[Path, int]:
    """The file holding a piece, and the frame at which it begins there; a piece to draw is drawn now."""
    if piece.copy_of is not None:
        return film.clips[piece.copy_of], piece.source
    path = folder / f"piece-{piece.start}.mp4"
    with HouseWriter(path, cut.size, cut.fps) as writer:
        for frame in range(piece.start, piece.start + piece.frames):
            if cancelled():
                raise StoppedError(f"Stopped drawing the cut at picture {frame} of {total}.")
            writer.write(film.picture(frame))
            progress(frame / total)
    return path, 0
