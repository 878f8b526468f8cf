"""A real little film without a video library: one flat PNG, shown for as long as ordered, in an mp4 container."""

from __future__ import annotations

import struct
import zlib
from typing import Final

Colour = tuple[int, int, int]
_MATRIX: Final = struct.pack(">9i", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)


def png(width_px: int, height_px: int, colour: Colour = (200, 90, 40)) -> bytes:
    """A flat picture."""
    rows = (b"\0" + bytes(colour) * width_px) * height_px
    head = struct.pack(">2I5B", width_px, height_px, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def mp4(duration_s: float, width_px: int, height_px: int, fps: int = 24, colour: Colour = (200, 90, 40)) -> bytes:
    """A film of one colour. The same arguments give the same bytes; every frame is the same piece of the file."""
    picture, frames = png(width_px, height_px, colour), max(1, round(duration_s * fps))
    head = _box(b"ftyp", b"isom", struct.pack(">I", 512), b"isomiso2mp41")
    at = len(head) + 8
    entry = struct.pack(">6xH16x2H2I4xH", 1, width_px, height_px, 0x480000, 0x480000, 1)
    entry += b"\x03png".ljust(32, b"\0") + struct.pack(">Hh", 24, -1)
    table = _box(
        b"stbl",
        _box(b"stsd", struct.pack(">2I", 0, 1), _box(b"png ", entry)),
        _box(b"stts", struct.pack(">4I", 0, 1, frames, 1)),
        _box(b"stsc", struct.pack(">5I", 0, 1, 1, 1, 1)),
        _box(b"stsz", struct.pack(">3I", 0, len(picture), frames)),
        _box(b"stco", struct.pack(f">{2 + frames}I", 0, frames, *[at] * frames)),
    )
    media = _box(
        b"mdia",
        _box(b"mdhd", struct.pack(">5I2H", 0, 0, 0, fps, frames, 0x55C4, 0)),
        _box(b"hdlr", struct.pack(">2I4s12x", 0, 0, b"vide"), b"picture\0"),
        _box(
            b"minf",
            _box(b"vmhd", struct.pack(">I4H", 1, 0, 0, 0, 0)),
            _box(b"dinf", _box(b"dref", struct.pack(">2I", 0, 1), _box(b"url ", struct.pack(">I", 1)))),
            table,
        ),
    )
    sizes = struct.pack(">2I", width_px << 16, height_px << 16)
    track = _box(b"tkhd", struct.pack(">6I8x4H", 3, 0, 0, 1, 0, frames, 0, 0, 0, 0), _MATRIX, sizes)
    times = struct.pack(">6IH10x", 0, 0, 0, fps, frames, 0x10000, 0x100)
    film = _box(b"mvhd", times, _MATRIX, struct.pack(">24xI", 2))
    return head + _box(b"mdat", picture) + _box(b"moov", film, _box(b"trak", track, media))


def _box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I", 8 + len(body)) + kind + body


__all__ = ["mp4", "png"]
