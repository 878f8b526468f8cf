"""What a file really is, and whether it is what was ordered.

Only MP4/MOV and WebM/Matroska are opened, chosen by their first bytes and never by name: FFmpeg's other readers
include playlists that open further files and addresses.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Final

import av
import av.container
import av.error
import av.video.stream

from cutaway.contract import GenerationRequest, Size
from cutaway.errors import AttachmentError, MediaError, OrderMismatchError

DURATION_TOLERANCE_S: Final = 0.25
DURATION_TOLERANCE_SHARE: Final = 0.05
ASPECT_TOLERANCE_SHARE: Final = 0.02
MAX_IMAGE_PIXELS: Final = 40_000_000
IMAGE_FORMATS: Final = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}

_MP4_BOXES: Final = {b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide"}


@dataclass(frozen=True, slots=True)
class MediaFacts:
    """What was measured of a video file. Sizes are displayed pixels; `frames` counts packets really there."""

    container: str
    video_codec: str
    width_px: int
    height_px: int
    fps: float
    frames: int
    duration_s: float
    has_audio: bool
    audio_codec: str
    size_bytes: int
    pix_fmt: str

    @property
    def size(self) -> Size:
        """Width and height as the contract's type."""
        return Size(width_px=self.width_px, height_px=self.height_px)


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """What was measured of a picture."""

    media_type: str
    width_px: int
    height_px: int
    size_bytes: int


def probe(path: Path) -> MediaFacts:
    """Measure a video: reads every packet, decodes the first and the last group of pictures.

    Raises `MediaError` for a file that is missing, empty, cut short, not a video, or cannot be decoded.
    """
    with open_video(path) as (container, stream):
        _holds_its_boxes(path)
        frames, end, last_key = _count(path, container, stream)
        start = float((stream.start_time or 0) * _base(stream))
        fps = float(stream.average_rate or stream.guessed_rate or 0) or (frames / max(end - start, 1e-6))
        audio = container.streams.audio[0] if container.streams.audio else None
        width, height = displayed(stream)
        facts = MediaFacts(
            container=container.format.name,
            video_codec=stream.codec_context.name,
            width_px=width,
            height_px=height,
            fps=round(fps, 6),
            frames=frames,
            duration_s=round(end - start, 6),
            has_audio=audio is not None,
            audio_codec=audio.codec_context.name if audio is not None else "",
            size_bytes=path.stat().st_size,
            pix_fmt=stream.codec_context.pix_fmt or "",
        )
        _decode(path, container, stream, 0, 1)
        _decode(path, container, stream, last_key, None)
    return facts


def check(facts: MediaFacts, request: GenerationRequest) -> None:
    """Hold a measured file against its order. Raises `OrderMismatchError` naming everything that differs.

    Length may differ by 0.25 s or 5 %, whichever is more; size must be the ordered one, or larger in the same aspect.
    """
    wrong: list[str] = []
    allowed_s = max(DURATION_TOLERANCE_S, request.duration_s * DURATION_TOLERANCE_SHARE)
    if abs(facts.duration_s - request.duration_s) > allowed_s:
        ordered = f"{request.duration_s:.2f} s (give or take {allowed_s:.2f} s)"
        wrong.append(f"it lasts {facts.duration_s:.2f} s, ordered were {ordered}")
    if not _fits(facts, request.size):
        wrong.append(f"it is {facts.width_px}x{facts.height_px}, ordered were {request.size}")
    if facts.frames < 1:
        wrong.append("it has no pictures")
    if wrong:
        raise OrderMismatchError(f"The file is not what was ordered: {'; '.join(wrong)}.")


def check_picture(facts: ImageFacts, size: Size) -> None:
    """Hold a measured picture against the film it is for. Raises `OrderMismatchError`.

    It may be larger than the film in the same shape, as vendors' sizes are, and not smaller.
    """
    if not _fits(facts, size):
        raise OrderMismatchError(
            f"The file is not what was ordered: it is {facts.width_px}x{facts.height_px}, the film is {size}."
        )


def probe_image(path: Path, *, name: str = "") -> ImageFacts:
    """Measure a reference picture (PNG, JPEG or WebP, at most 40 megapixels), decoding it completely.

    Raises `AttachmentError` for anything else, including a damaged file; it calls the file `name` where one is given.
    """
    from PIL import Image, UnidentifiedImageError

    called = name or path.name
    allowed = "PNG, JPEG or WebP of at most 40 megapixels"
    try:
        with Image.open(path, formats=tuple(IMAGE_FORMATS)) as image:
            kind, (width, height) = image.format or "", image.size
            if width * height > MAX_IMAGE_PIXELS:
                raise AttachmentError(f"{called} is {width}x{height} pixels.", fix=f"Send a {allowed}.")
            image.verify()
        with Image.open(path, formats=(kind,)) as image:
            image.load()
    except UnidentifiedImageError as error:
        raise AttachmentError(f"{called} is not a picture we can read.", fix=f"Send a {allowed}.") from error
    except Image.DecompressionBombError as error:
        raise AttachmentError(f"{called} has too many pixels.", fix=f"Send a {allowed}.") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise AttachmentError(f"{called} cannot be read: {error}.", fix=f"Send a {allowed}.") from error
    return ImageFacts(media_type=IMAGE_FORMATS[kind], width_px=width, height_px=height, size_bytes=path.stat().st_size)


@contextmanager
def open_video(path: Path) -> Iterator[tuple[av.container.InputContainer, av.video.stream.VideoStream]]:
    """Open the first video stream of a file. Raises `MediaError`, also for decoding failures inside the block."""
    reader = _reader_for(path)
    try:
        with av.open(str(path), mode="r", format=reader, options={"protocol_whitelist": "file"}) as container:
            if not container.streams.video:
                raise MediaError(f"{path.name} has no video stream.")
            stream = container.streams.video[0]
            # One thread: the machine is shared, and frame threads would decode ahead of a cancel.
            stream.codec_context.thread_count = 1
            yield container, stream
    except av.error.FFmpegError as error:
        raise MediaError(f"{path.name} is damaged or not a video: {error.strerror}.") from error


def displayed(stream: av.video.stream.VideoStream) -> tuple[int, int]:
    """Width and height as shown, after the pixel aspect ratio."""
    context = stream.codec_context
    ratio = stream.sample_aspect_ratio or Fraction(1)
    return max(1, round(context.width * ratio)), context.height


def _reader_for(path: Path) -> str:
    try:
        with path.open("rb") as file:
            head = file.read(64)
    except OSError as error:
        raise MediaError(f"Cannot read {path.name}: {error.strerror}.") from error
    if not head:
        raise MediaError(f"{path.name} is empty (0 bytes).")
    if head[4:8] in _MP4_BOXES:
        return "mov,mp4,m4a,3gp,3g2,mj2"
    if head[:4] == b"\x1aE\xdf\xa3":
        return "matroska,webm"
    words = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if words[:1] == b"<":
        raise MediaError(f"{path.name} is a web page or XML, not a video: it begins with {words[:24]!r}.")
    if words[:1] in (b"{", b"["):
        raise MediaError(f"{path.name} is JSON, not a video: it begins with {words[:24]!r}.")
    raise MediaError(f"{path.name} is neither MP4 nor WebM: it begins with {head[:12]!r}.")


def _holds_its_boxes(path: Path) -> None:
    """Walk an MP4's outermost boxes: FFmpeg reads a file whose last box is cut off without a word."""
    size_bytes, place = path.stat().st_size, 0
    with path.open("rb") as file:
        while place < size_bytes:
            file.seek(place)
            head = file.read(16)
            if place == 0 and head[4:8] not in _MP4_BOXES:
                return
            length = int.from_bytes(head[:4], "big")
            if length == 1:
                length = int.from_bytes(head[8:16], "big")
            elif length == 0:
                return
            place += max(length, 8)
    if place > size_bytes:
        raise MediaError(f"{path.name} is cut short: {place - size_bytes} bytes are missing.")


def _count(
    path: Path, container: av.container.InputContainer, stream: av.video.stream.VideoStream
) -> tuple[int, float, int]:
    promised, base = stream.frames, _base(stream)
    frames, end, step, last_key = 0, 0, 0, 0
    for packet in container.demux(stream):
        if packet.is_corrupt:
            raise MediaError(f"{path.name} is cut short or damaged at picture {frames + 1}.")
        if packet.pts is None or not packet.size:
            continue
        frames += 1
        step = packet.duration or step
        end = max(end, packet.pts + step)
        last_key = max(last_key, packet.pts) if packet.is_keyframe else last_key
    if frames == 0:
        raise MediaError(f"{path.name} has no pictures in it.")
    if promised and frames < promised:
        raise MediaError(f"{path.name} is cut short: {frames} of {promised} pictures are there.")
    return frames, float(end * base), last_key


def _decode(
    path: Path,
    container: av.container.InputContainer,
    stream: av.video.stream.VideoStream,
    place: int,
    limit: int | None,
) -> None:
    container.seek(place, stream=stream)
    if sum(1 for _ in itertools.islice(container.decode(stream), limit)) == 0:
        raise MediaError(f"{path.name} cannot be decoded.")


def _base(stream: av.video.stream.VideoStream) -> Fraction:
    if stream.time_base is None:
        raise MediaError("The video stream has no time base.")
    return stream.time_base


def _fits(facts: MediaFacts | ImageFacts, size: Size) -> bool:
    if (facts.width_px, facts.height_px) == (size.width_px, size.height_px):
        return True
    aspect = (facts.width_px / facts.height_px) / (size.width_px / size.height_px)
    larger = facts.width_px >= size.width_px and facts.height_px >= size.height_px
    return larger and abs(aspect - 1) <= ASPECT_TOLERANCE_SHARE
