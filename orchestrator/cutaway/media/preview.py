"""A still and a small moving picture of a film, for chats and lists."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PIL import Image

from cutaway.errors import MediaError
from cutaway.media.disk import replacing
from cutaway.media.picture import Picture, from_frame, to_rgb
from cutaway.media.probe import displayed, open_video, probe

JPEG_QUALITY: Final = 88
WEBP_QUALITY: Final = 60
_CANDIDATES: Final = (0.5, 0.35, 0.65, 0.2)
_FLAT: Final = 12.0


def poster(path: Path, out_jpg: Path, at_s: float | None = None) -> tuple[int, int]:
    """Write one picture of a film as JPEG and give its width and height. Blocks.

    Without `at_s` it is the middle of the film, or another place when the middle is nearly one colour (a fade).
    Raises `MediaError` for an unreadable film or a moment outside it, `StoreError` when the disk is full.
    """
    duration_s = probe(path).duration_s
    if at_s is not None and not 0 <= at_s < duration_s:
        raise MediaError(f"{path.name} has no picture at {at_s:g} s; it lasts {duration_s:.2f} s.")
    best: Picture | None = None
    for moment_s in [at_s] if at_s is not None else [share * duration_s for share in _CANDIDATES]:
        candidate = _at(path, moment_s)
        if best is None or candidate.y.std() > best.y.std():
            best = candidate
        if best.y.std() > _FLAT:
            break
    if best is None:
        raise MediaError(f"{path.name} has no pictures in it.")
    with replacing(out_jpg) as temporary:
        Image.fromarray(to_rgb(best, best.width_px, best.height_px)).save(temporary, "JPEG", quality=JPEG_QUALITY)
    return best.width_px, best.height_px


def preview(path: Path, out_webp: Path, *, width_px: int = 427, fps: int = 8, max_s: float = 6.0) -> tuple[int, int]:
    """Write the beginning of a film as an endlessly playing WebP and give its width and height. Blocks.

    Raises `MediaError` for an unreadable film and `StoreError` when the disk is full.
    """
    frames: list[Image.Image] = []
    with open_video(path) as (container, stream):
        shown = displayed(stream)
        wide = min(width_px, shown[0])
        high = max(2, round(shown[1] * wide / shown[0]))
        even = (max(2, wide // 2 * 2), max(2, high // 2 * 2))
        first_s: float | None = None
        for frame in container.decode(stream):
            first_s = frame.time if first_s is None else first_s
            elapsed_s = frame.time - first_s
            if elapsed_s >= max_s or len(frames) >= max_s * fps:
                break
            if elapsed_s + 1e-3 >= len(frames) / fps:
                frames.append(Image.fromarray(to_rgb(from_frame(frame, *even), wide, high)))
    if not frames:
        raise MediaError(f"{path.name} has no pictures in it.")
    with replacing(out_webp) as temporary:
        frames[0].save(
            temporary,
            "WEBP",
            save_all=True,
            append_images=frames[1:],
            duration=round(1000 / fps),
            loop=0,
            quality=WEBP_QUALITY,
            method=2,
        )
    return wide, high


def _at(path: Path, moment_s: float) -> Picture:
    with open_video(path) as (container, stream):
        wide, high = (max(2, side // 2 * 2) for side in displayed(stream))
        base = stream.time_base
        if base is None:
            raise MediaError(f"{path.name} has no time base.")
        start = stream.start_time or 0
        container.seek(start + int(moment_s / base), stream=stream)
        found = None
        for frame in container.decode(stream):
            if found is not None and frame.time - float(start * base) > moment_s + 1e-3:
                break
            found = frame
        if found is None:
            raise MediaError(f"{path.name} has no picture at {moment_s:.2f} s.")
        return from_frame(found, wide, high)
