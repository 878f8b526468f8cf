"""One picture as numbers: 8-bit 4:2:0 BT.709 in studio range, the only pixels this room computes with.

Integer arithmetic throughout, so that the same input gives the same bytes on every machine.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

import av
import numpy as np
from av.video.reformatter import ColorRange, Colorspace
from numpy.typing import NDArray

from cutaway.contract import Size

Grade = Literal["none", "warm", "cool", "mono", "vivid", "faded"]
Bytes8 = NDArray[np.uint8]

_SHARE_ONE: Final = 256
_SD_MAX_HEIGHT_PX: Final = 719
_BLACK_Y: Final = 16
_GREY: Final = 128


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's planes in one flat array: luma, then both chroma planes at half size. Width and height are even."""

    flat: Bytes8
    width_px: int
    height_px: int

    @property
    def y(self) -> Bytes8:
        """Luma, height x width; writing to it changes the picture."""
        return self.flat[: self.width_px * self.height_px].reshape(self.height_px, self.width_px)

    @property
    def chroma(self) -> Bytes8:
        """Both chroma planes, 2 x height/2 x width/2; writing to it changes the picture."""
        return self.flat[self.width_px * self.height_px :].reshape(2, self.height_px // 2, self.width_px // 2)


@dataclass(frozen=True, slots=True)
class Plate:
    """A small picture with transparency at an even place of a larger one. Alphas are 0 to 256."""

    left_px: int
    top_px: int
    y: Bytes8
    chroma: Bytes8
    alpha: NDArray[np.uint16]
    chroma_alpha: NDArray[np.uint16]


def black(size: Size) -> Picture:
    """A black picture."""
    pixels = size.width_px * size.height_px
    flat = np.full(pixels * 3 // 2, _GREY, np.uint8)
    flat[:pixels] = _BLACK_Y
    return Picture(flat, size.width_px, size.height_px)


def from_frame(frame: av.VideoFrame, width_px: int, height_px: int) -> Picture:
    """A decoded frame scaled to width and height (both even) and converted to house colours.

    An untagged frame is read as players read it: BT.601 up to 719 lines, BT.709 above.
    """
    if frame.format.is_rgb:
        matrix, full = int(Colorspace.ITU709), True
    else:
        untagged = Colorspace.ITU601 if frame.height <= _SD_MAX_HEIGHT_PX else Colorspace.ITU709
        tagged = {1: Colorspace.ITU709, 5: Colorspace.ITU601, 6: Colorspace.ITU601, 9: Colorspace.BT2020}
        matrix = int(tagged.get(frame.colorspace, untagged))
        full = frame.color_range == ColorRange.JPEG or frame.format.name.startswith("yuvj")
    house = (
        frame.format.name == "yuv420p"
        and matrix == Colorspace.ITU709
        and not full
        and (frame.width, frame.height) == (width_px, height_px)
    )
    if not house:
        frame = frame.reformat(
            width=width_px,
            height=height_px,
            format="yuv420p",
            src_colorspace=matrix,
            dst_colorspace=int(Colorspace.ITU709),
            src_color_range=int(ColorRange.JPEG if full else ColorRange.MPEG),
            dst_color_range=int(ColorRange.MPEG),
            interpolation="BICUBIC",
            threads=1,
        )
    planes = frame.to_ndarray()
    return Picture(np.ascontiguousarray(planes, dtype=np.uint8).reshape(-1), width_px, height_px)


def to_frame(picture: Picture) -> av.VideoFrame:
    """The picture as a frame for the encoder, tagged BT.709 studio range."""
    frame = av.VideoFrame.from_ndarray(picture.flat.reshape(-1, picture.width_px), format="yuv420p")
    frame.colorspace, frame.color_range = int(Colorspace.ITU709), int(ColorRange.MPEG)
    return frame


def to_rgb(picture: Picture, width_px: int, height_px: int) -> Bytes8:
    """The picture as RGB, height x width x 3, scaled."""
    frame = to_frame(picture).reformat(
        width=width_px,
        height=height_px,
        format="rgb24",
        src_colorspace=int(Colorspace.ITU709),
        dst_colorspace=int(Colorspace.ITU709),
        src_color_range=int(ColorRange.MPEG),
        dst_color_range=int(ColorRange.JPEG),
        interpolation="BICUBIC",
        threads=1,
    )
    return np.asarray(frame.to_ndarray(), dtype=np.uint8)


def mix(under: Picture, over: Picture, share: float) -> Picture:
    """`over` laid over `under` with a share of 0 to 1."""
    part = round(min(1.0, max(0.0, share)) * _SHARE_ONE)
    return Picture(_blend(under.flat, over.flat, part), under.width_px, under.height_px)


def lay(picture: Picture, plate: Plate, share: float) -> Picture:
    """A copy of `picture` with `plate` drawn over it, `share` (0 to 1) of its own opacity."""
    part = round(min(1.0, max(0.0, share)) * _SHARE_ONE)
    result = Picture(picture.flat.copy(), picture.width_px, picture.height_px)
    high, wide = plate.y.shape
    rows, columns = slice(plate.top_px, plate.top_px + high), slice(plate.left_px, plate.left_px + wide)
    result.y[rows, columns] = _blend(result.y[rows, columns], plate.y, _fainter(plate.alpha, part))
    rows = slice(plate.top_px // 2, (plate.top_px + high) // 2)
    columns = slice(plate.left_px // 2, (plate.left_px + wide) // 2)
    soft = _fainter(plate.chroma_alpha, part)
    result.chroma[:, rows, columns] = _blend(result.chroma[:, rows, columns], plate.chroma, soft)
    return result


def plate(rgba: Bytes8, left_px: int, top_px: int) -> Plate:
    """A plate from RGBA pixels (height x width x 4, straight alpha); place and sizes are even."""
    red, green, blue = (rgba[..., i].astype(np.float64) for i in range(3))
    alpha = rgba[..., 3].astype(np.float64) / 255
    brightness = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    y = _BLACK_Y + brightness * (219 / 255)
    cb = _GREY + (blue - brightness) / 1.8556 * (224 / 255)
    cr = _GREY + (red - brightness) / 1.5748 * (224 / 255)
    weight = _quarter(alpha)
    # Weighted by alpha: invisible pixels beside a letter must not tint it.
    chroma = np.stack([_quarter(c * alpha) / np.maximum(weight, 1e-9) for c in (cb, cr)])
    return Plate(
        left_px=left_px,
        top_px=top_px,
        y=np.rint(y).astype(np.uint8),
        chroma=np.where(weight > 0, np.rint(chroma), _GREY).astype(np.uint8),
        alpha=np.rint(alpha * _SHARE_ONE).astype(np.uint16),
        chroma_alpha=np.rint(weight * _SHARE_ONE).astype(np.uint16),
    )


def graded(picture: Picture, grade: Grade) -> Picture:
    """A copy of the picture in another mood; "none" gives the picture itself."""
    if grade == "none":
        return picture
    result = Picture(picture.flat.copy(), picture.width_px, picture.height_px)
    if grade == "mono":
        result.chroma[:] = _GREY
    elif grade in ("warm", "cool"):
        # The tint grows with brightness, so blacks stay black.
        push = np.array([-22, 16] if grade == "warm" else [20, -14], np.int32).reshape(2, 1, 1)
        light = result.y[::2, ::2].astype(np.int32) - _BLACK_Y
        result.chroma[:] = np.clip(result.chroma + (push * light) // 256, _BLACK_Y, 240).astype(np.uint8)
    elif grade == "vivid":
        result.y[:] = _table(lambda v: 118 + (v - 118) * 1.08)[result.y]
        result.chroma[:] = _table(lambda v: _GREY + (v - _GREY) * 1.35)[result.chroma]
    else:
        result.y[:] = _table(lambda v: 40 + (v - _BLACK_Y) * 0.82)[result.y]
        result.chroma[:] = _table(lambda v: _GREY + (v - _GREY) * 0.6)[result.chroma]
    return result


def _blend(under: Bytes8, over: Bytes8, part: int | NDArray[np.uint16]) -> Bytes8:
    share = np.asarray(part, np.uint16)
    # 255 * 256 + 128 just fits 16 bits.
    mixed = (under * (np.uint16(_SHARE_ONE) - share) + over * share + np.uint16(128)) >> np.uint16(8)
    result: Bytes8 = mixed.astype(np.uint8)
    return result


def _fainter(alpha: NDArray[np.uint16], part: int) -> NDArray[np.uint16]:
    result: NDArray[np.uint16] = (alpha.astype(np.uint32) * np.uint32(part) >> np.uint32(8)).astype(np.uint16)
    return result


def _quarter(plane: NDArray[np.float64]) -> NDArray[np.float64]:
    high, wide = plane.shape
    means: NDArray[np.float64] = plane.reshape(high // 2, 2, wide // 2, 2).mean(axis=(1, 3))
    return means


def _table(curve: Callable[[NDArray[np.float64]], NDArray[np.float64]]) -> Bytes8:
    return np.clip(np.rint(curve(np.arange(256, dtype=np.float64))), _BLACK_Y, 240).astype(np.uint8)
