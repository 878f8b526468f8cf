"""A picture as a clip: shown for a while under a slow move of the camera, so that a film of stills plays.

The move follows the shot's camera: in or out, across, or, for one that stands, a little way in. It never shows the edge
of the picture.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import av
import numpy as np
from PIL import Image, ImageOps

from cutaway.contract import Cancelled, Size
from cutaway.errors import MediaError, StoppedError
from cutaway.media.disk import replacing
from cutaway.media.house import HouseWriter
from cutaway.media.picture import Picture, from_frame
from cutaway.media.preview import JPEG_QUALITY
from cutaway.media.probe import IMAGE_FORMATS, MediaFacts, probe, probe_image

MOVE_SHARE: Final = 0.08
"""How much of the picture's width and height a move uses up; a standing camera moves half of it."""

_Box = tuple[float, float, float, float]
_Place = tuple[float, float, float]

# Where the frame stands at the begin and the end of a move: how much smaller than the picture it is, in shares of
# MOVE_SHARE, and where its middle is between the picture's edges, 0 to 1 across and down.
_MOVES: Final[dict[str, tuple[_Place, _Place]]] = {
    "static": ((0, 0.5, 0.5), (0.5, 0.5, 0.5)),
    "dolly_in": ((0, 0.5, 0.5), (1, 0.5, 0.5)),
    "dolly_out": ((1, 0.5, 0.5), (0, 0.5, 0.5)),
    "pan_left": ((1, 1, 0.5), (1, 0, 0.5)),
    "pan_right": ((1, 0, 0.5), (1, 1, 0.5)),
    "tilt_up": ((1, 0.5, 1), (1, 0.5, 0)),
    "tilt_down": ((1, 0.5, 0), (1, 0.5, 1)),
    "orbit": ((1, 0, 0.5), (0.5, 1, 0.5)),
}


def moving(
    picture: Path,
    out: Path,
    *,
    size: Size,
    fps: int,
    duration_s: float,
    camera: str = "static",
    cancelled: Cancelled,
) -> MediaFacts:
    """Write a picture to `out` as `duration_s` seconds of film in the house format. Blocks.

    The picture fills the frame; what is over of another shape is cut off evenly. `camera` is a shot's camera, an
    unknown one stands. Raises `AttachmentError` for a file that is no picture, `StoreError` for a full disk, and
    `StoppedError` within one frame of `cancelled()`; then `out` is untouched.
    """
    frames = max(1, int(duration_s * fps + 0.5))
    with replacing(out) as temporary:
        with HouseWriter(temporary, size, fps) as writer:
            for number, shown in enumerate(_frames(picture, size, frames, camera)):
                if cancelled():
                    raise StoppedError(f"Stopped moving over {picture.name} at picture {number}.")
                writer.write(shown)
        return probe(temporary)


def still_poster(picture: Path, out_jpg: Path) -> tuple[int, int]:
    """Write a picture as JPEG and give its width and height. Blocks. Raises like `moving`."""
    image = _opened(picture)
    with replacing(out_jpg) as temporary:
        image.save(temporary, "JPEG", quality=JPEG_QUALITY)
    return image.size


def _frames(picture: Path, size: Size, frames: int, camera: str) -> Iterator[Picture]:
    image = _opened(picture)
    # The shape first, at the picture's own size: each frame is then taken out of it in one step, to parts of a pixel.
    ratio = size.width_px / size.height_px
    wide = min(image.width, round(image.height * ratio))
    image = ImageOps.fit(image, (wide, max(1, round(wide / ratio))), Image.Resampling.LANCZOS)
    begin, end = _MOVES.get(camera, _MOVES["static"])
    for number in range(frames):
        share = number / max(1, frames - 1)
        zoom, across, down = (a + (b - a) * share for a, b in zip(begin, end, strict=True))
        box = _box(image.size, zoom * MOVE_SHARE, across, down)
        shown = image.resize((size.width_px, size.height_px), Image.Resampling.BICUBIC, box=box)
        yield from_frame(av.VideoFrame.from_ndarray(np.asarray(shown), format="rgb24"), size.width_px, size.height_px)


def _box(whole: tuple[int, int], cut: float, across: float, down: float) -> _Box:
    """The part of the picture that is shown: `cut` of each side is left out, as much of it before as is asked."""
    wide, high = whole
    left, top = wide * cut * across, high * cut * down
    return left, top, left + wide * (1 - cut), top + high * (1 - cut)


def _opened(path: Path) -> Image.Image:
    """The picture upright and without transparency."""
    probe_image(path)
    try:
        with Image.open(path, formats=tuple(IMAGE_FORMATS)) as image:
            upright = ImageOps.exif_transpose(image).convert("RGBA")
    except (OSError, ValueError) as error:
        raise MediaError(f"{path.name} cannot be read: {error}.") from error
    ground = Image.new("RGBA", upright.size, "black")
    return Image.alpha_composite(ground, upright).convert("RGB")
