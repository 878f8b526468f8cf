"""Any clip turned into the house format."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import av
import av.error

from cutaway.contract import Cancelled, Progress, Size
from cutaway.errors import MediaError, StoppedError
from cutaway.media.disk import replacing, store_error
from cutaway.media.heard import add_sound
from cutaway.media.house import HouseWriter, house_frames
from cutaway.media.picture import Grade, Picture, black, from_frame, graded
from cutaway.media.probe import MediaFacts, displayed, open_video, probe

CROP_SHARE: Final = 0.15
"""Up to this difference in aspect a clip fills the frame and is cropped; beyond it, it gets black bars."""


def _never() -> bool:
    return False


def _quiet(share: float) -> None:
    del share


def normalise(
    source: Path,
    out: Path,
    *,
    size: Size,
    fps: int = 24,
    trim_start_s: float = 0.0,
    trim_end_s: float | None = None,
    speed: float = 1.0,
    grade: Grade = "none",
    progress: Progress = _quiet,
    cancelled: Cancelled = _never,
) -> MediaFacts:
    """Write `source` to `out` in the house format: exactly `size` and `fps`, its sound as stereo AAC beside. Blocks.

    A file that already is in house format and is not changed is linked (or copied), byte for byte. Raises
    `MediaError` for an unreadable source or an empty trim, `StoreError` for a full or read-only disk, and
    `StoppedError` within one frame of `cancelled()`; then `out` is untouched.
    """
    facts = probe(source)
    end_s = facts.duration_s if trim_end_s is None else min(trim_end_s, facts.duration_s)
    frames = int((end_s - trim_start_s) / speed * fps + 0.5)
    if frames < 1:
        raise MediaError(f"Nothing is left of {source.name}: {trim_start_s:g}-{end_s:g} s of {facts.duration_s:g} s.")
    unchanged = speed == 1.0 and grade == "none" and trim_start_s == 0
    if unchanged and house_frames(source, size, fps) == frames:
        with replacing(out) as temporary:
            _link(source, temporary)
        return facts
    with replacing(out) as temporary:
        silent = temporary.with_name(f"{temporary.name}.pictures") if facts.has_audio else temporary
        try:
            with HouseWriter(silent, size, fps) as writer:
                for number, picture in enumerate(_resampled(source, size, fps, frames, trim_start_s, speed)):
                    if cancelled():
                        raise StoppedError(f"Stopped converting {source.name} at picture {number}.")
                    writer.write(graded(picture, grade))
                    progress((number + 1) / frames)
            if silent != temporary:
                add_sound(silent, source, temporary, start_s=trim_start_s, seconds=frames / fps, speed=speed, fps=fps)
        except av.error.FFmpegError as error:
            raise store_error(error, out) or MediaError(f"Cannot write {out.name}: {error.strerror}.") from error
        finally:
            if silent != temporary:
                silent.unlink(missing_ok=True)
        made = probe(temporary)
    return made


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:
        # Another file system, or one without links.
        shutil.copyfile(source, target)


def _resampled(source: Path, size: Size, fps: int, frames: int, start_s: float, speed: float) -> Iterator[Picture]:
    """Exactly `frames` pictures: at each moment the latest one the source has, the last one held."""
    with open_video(source) as (container, stream):
        place = _placed(displayed(stream), size)
        # The moment in the source of each picture, with half a tick of grace for rounded time stamps.
        first_s: float | None = None
        shown: av.VideoFrame | None = None
        picture: Picture | None = None
        made = 0
        for frame in container.decode(stream):
            time = frame.time
            first_s = time if first_s is None else first_s
            while shown is not None and made < frames and start_s + made * speed / fps + 1e-3 < time - first_s:
                picture = picture or _framed(shown, place, size)
                yield picture
                made += 1
            if made == frames:
                return
            shown, picture = frame, None
        if shown is None:
            raise MediaError(f"{source.name} has no pictures in it.")
        picture = _framed(shown, place, size)
        for _ in range(frames - made):
            yield picture


def _placed(shown: tuple[int, int], size: Size) -> tuple[int, int]:
    """The even size to scale to: covering the frame when the aspect is close, inside it when not."""
    across, down = size.width_px / shown[0], size.height_px / shown[1]
    close = max(across, down) / min(across, down) <= 1 + CROP_SHARE
    scale = max(across, down) if close else min(across, down)
    return max(2, round(shown[0] * scale / 2) * 2), max(2, round(shown[1] * scale / 2) * 2)


def _framed(frame: av.VideoFrame, place: tuple[int, int], size: Size) -> Picture:
    picture = from_frame(frame, *place)
    if place == (size.width_px, size.height_px):
        return picture
    result = black(size)
    for target, source, halves in ((result.y[None], picture.y[None], 1), (result.chroma, picture.chroma, 2)):
        rows, from_rows = _middle(target.shape[1], source.shape[1], halves)
        columns, from_columns = _middle(target.shape[2], source.shape[2], halves)
        target[:, rows, columns] = source[:, from_rows, from_columns]
    return result


def _middle(target: int, source: int, halves: int) -> tuple[slice, slice]:
    """Where the middle of a longer side meets all of a shorter one, at a place both planes share."""
    length = min(target, source)
    into, out_of = ((side - length) * halves // 4 * 2 // halves for side in (target, source))
    return slice(into, into + length), slice(out_of, out_of + length)
