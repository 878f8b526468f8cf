"""The house format: how every clip and every cut is encoded, so that pieces of them join without re-encoding.

H.264 High 4:2:0, BT.709, a fixed frame rate with 512 ticks per frame (1/12288 at 24 fps), one second per closed group
of pictures, no B-frames, one video stream and no audio, index first. All encoder options are fixed and x264 runs on
one thread: the same pictures give the same bytes, and every file of one size and rate has the same parameter sets.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import av
import av.container
import av.error
import av.video.stream
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc

from cutaway.contract import Size
from cutaway.errors import MediaError
from cutaway.media.disk import store_error
from cutaway.media.picture import Picture, black, from_frame, to_frame
from cutaway.media.probe import open_video

TICKS_PER_FRAME: Final = 512
GROUP_S: Final = 1
_CRF: Final = "20"


def group_frames(fps: int) -> int:
    """Frames in one group of pictures; a copy can begin at every multiple of it."""
    return GROUP_S * fps


def container_options(fps: int, *, faststart: bool) -> dict[str, str]:
    """Options for the MP4 writer: fixed ticks, no version strings, index first when it is a finished file."""
    options = {"video_track_timescale": str(fps * TICKS_PER_FRAME), "fflags": "bitexact"}
    return options | {"movflags": "faststart"} if faststart else options


class HouseWriter:
    """Encodes pictures into one house-format file. A context manager; the file is complete when it exits normally.

    Raises `MediaError` when the encoder refuses, and `StoreError` when the disk is full or read-only.
    """

    def __init__(self, path: Path | io.BytesIO, size: Size, fps: int) -> None:
        self._path = path
        self._size = size
        self._fps = fps
        self._next = 0
        if size.width_px % 2 or size.height_px % 2:
            raise MediaError(f"A video of {size} pixels cannot be made: both sides must be even.")

    def __enter__(self) -> Self:
        try:
            target = self._path if isinstance(self._path, io.BytesIO) else str(self._path)
            options = container_options(self._fps, faststart=isinstance(self._path, Path))
            self._container = av.open(target, mode="w", format="mp4", options=options)
            self._stream = _add_stream(self._container, self._size, self._fps)
        except av.error.FFmpegError as error:
            raise self._failed(error) from error
        return self

    def write(self, picture: Picture) -> None:
        """Append one picture of exactly the writer's size."""
        frame = to_frame(picture)
        frame.pts, frame.time_base = self._next, Fraction(1, self._fps)
        self._next += 1
        try:
            self._container.mux(self._stream.encode(frame))
        except av.error.FFmpegError as error:
            raise self._failed(error) from error

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._container.mux(self._stream.encode(None))
            self._container.close()
        except av.error.FFmpegError as failure:
            # The first failure is the cause; closing after it usually fails the same way.
            if kind is None:
                raise self._failed(failure) from failure

    def _failed(self, error: av.error.FFmpegError) -> Exception:
        place = self._path if isinstance(self._path, Path) else "memory"
        return store_error(error, place) or MediaError(f"Cannot encode {place}: {error.strerror}.")


class HouseReader:
    """Pictures of a house-format file by frame number. A context manager; reading forward is cheap."""

    def __init__(self, path: Path, size: Size) -> None:
        self._path = path
        self._size = size

    def __enter__(self) -> Self:
        self._opened = open_video(self._path)
        self._container, self._stream = self._opened.__enter__()
        self._frames: Iterator[av.VideoFrame] | None = None
        self._number = -1
        self._picture: Picture | None = None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._opened.__exit__(kind, error, trace)

    def picture(self, number: int) -> Picture:
        """The picture with this frame number, counted from 0. Raises `MediaError` past the end."""
        if self._frames is None or not self._number <= number < self._number + group_frames(self._fps):
            self._container.seek(number * TICKS_PER_FRAME, stream=self._stream)
            self._frames, self._number, self._picture = self._container.decode(self._stream), -1, None
        while self._picture is None or self._number < number:
            frame = next(self._frames, None)
            if frame is None or frame.pts is None:
                raise MediaError(f"{self._path.name} has no picture {number}.")
            self._number = frame.pts // TICKS_PER_FRAME
            if self._number >= number:
                self._picture = from_frame(frame, self._size.width_px, self._size.height_px)
        return self._picture

    @property
    def _fps(self) -> int:
        return round(self._stream.average_rate or 1)


def house_frames(path: Path, size: Size, fps: int) -> int | None:
    """How many frames a house-format file of this size and rate has, or None when it is anything else.

    Reads every packet's head and decodes nothing. Raises `MediaError` for a file that is not a video.
    """
    with open_video(path) as (container, stream):
        if (
            len(container.streams.video) != 1
            or len(container.streams) - len(container.streams.audio) != 1
            or stream.time_base != Fraction(1, fps * TICKS_PER_FRAME)
            or stream.codec_context.extradata != parameter_sets(size, fps)
        ):
            return None
        count = 0
        for packet in container.demux(stream):
            if packet.pts is None or not packet.size:
                continue
            begins = count % group_frames(fps) == 0
            if packet.pts != count * TICKS_PER_FRAME or packet.dts != packet.pts or packet.is_corrupt:
                return None
            if begins and not packet.is_keyframe:
                return None
            count += 1
        return count or None


@lru_cache(maxsize=64)
def parameter_sets(size: Size, fps: int) -> bytes:
    """The decoder configuration (avcC: SPS and PPS) of every house file of this size and rate, from this encoder."""
    memory = io.BytesIO()
    with HouseWriter(memory, size, fps) as writer:
        writer.write(black(size))
    memory.seek(0)
    with av.open(memory, mode="r", format="mov,mp4,m4a,3gp,3g2,mj2") as container:
        return container.streams.video[0].codec_context.extradata or b""


def _add_stream(container: av.container.OutputContainer, size: Size, fps: int) -> av.video.stream.VideoStream:
    group = group_frames(fps)
    # weightp, mbtree and look-ahead are off: with any of them on, the same pictures did not always give the same bytes.
    fixed = (
        f"keyint={group}:min-keyint={group}:scenecut=0:open-gop=0:bframes=0:ref=1:"
        "weightp=0:mbtree=0:rc-lookahead=0:stitchable=1:force-cfr=1:threads=1:sliced-threads=0"
    )
    stream = container.add_stream(
        "libx264", rate=fps, options={"preset": "veryfast", "crf": _CRF, "profile": "high", "x264-params": fixed}
    )
    stream.width, stream.height, stream.pix_fmt = size.width_px, size.height_px, "yuv420p"
    context = stream.codec_context
    context.thread_count = 1
    context.colorspace, context.color_range = int(Colorspace.ITU709), int(ColorRange.MPEG)
    context.color_primaries, context.color_trc = int(ColorPrimaries.BT709), int(ColorTrc.BT709)
    return stream
