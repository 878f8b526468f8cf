"""What a cut costs: normalising, copying, drawing words, a cross-fade, poster and preview, on one core."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from cutaway.contract import Size
from cutaway.media.compose import compose
from cutaway.media.normalise import normalise
from cutaway.media.preview import poster, preview
from cutaway.media.probe import probe
from cutaway.media.timeline import Cut, CutOverlay, CutShot, CutSound

SIZE = Size(width_px=848, height_px=480)
SHOTS = 6
SHOT_S = 4.0


def main(argv: Sequence[str]) -> Mapping[str, object]:
    """Seconds for each step of a 24 s film at 848x480."""
    del argv
    with tempfile.TemporaryDirectory(prefix="cutaway-media-") as scratch:
        return asyncio.run(_measure(Path(scratch)))


async def _measure(folder: Path) -> Mapping[str, object]:
    vendor = folder / "vendor.mp4"
    _vendor_clip(vendor)
    clip = folder / "clip.mp4"
    took = {"normalise a 4 s clip": _timed(lambda: normalise(vendor, clip, size=SIZE, fps=24))}
    took["normalise it again (linked)"] = _timed(lambda: normalise(clip, folder / "again.mp4", size=SIZE, fps=24))
    took["probe"] = _timed(lambda: probe(clip))
    sha = "a" * 64
    plain = tuple(CutShot(clip=sha, duration_s=SHOT_S) for _ in range(SHOTS))
    fading = tuple(shot.model_copy(update={"transition": "crossfade"}) for shot in plain)
    words = tuple(CutOverlay(kind="caption", text="A fox crosses the quiet street", shot_index=i) for i in range(SHOTS))
    for name, shots, overlays, bed in (
        ("cut of 24 s, copied", plain, (), "none"),
        ("cut of 24 s, copied, with sound", plain, (), "calm"),
        ("cut of 24 s, cross-fades", fading, (), "none"),
        ("cut of 24 s, captions throughout", plain, words, "none"),
    ):
        sound = CutSound.model_validate({"bed": bed})
        cut = Cut(shots=shots, overlays=overlays, sound=sound, size=SIZE)
        start = time.perf_counter()
        made = await compose(cut, {sha: clip}, folder / "cut.mp4", lambda share: None, lambda: False)
        took[name] = f"{time.perf_counter() - start:.2f} s ({made.copied_s:.1f} s copied, {made.encoded_s:.1f} s drawn)"
    took["poster"] = _timed(lambda: poster(folder / "cut.mp4", folder / "poster.jpg"))
    took["preview of 6 s"] = _timed(lambda: preview(folder / "cut.mp4", folder / "preview.webp"))
    return took


def _timed(work: Callable[[], object]) -> str:
    start = time.perf_counter()
    work()
    return f"{time.perf_counter() - start:.3f} s"


def _vendor_clip(path: Path) -> None:
    """A moving pattern as a vendor sends it: 30 frames a second, B-frames, 1280x720."""
    tiles = np.random.default_rng(1).integers(40, 220, (45, 80, 3), dtype=np.uint8)
    pattern = np.kron(tiles, np.ones((16, 16, 1), np.uint8))
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=30, options={"preset": "veryfast"})
        stream.width, stream.height, stream.pix_fmt = 1280, 720, "yuv420p"
        for number in range(round(SHOT_S * 30)):
            moved = np.ascontiguousarray(np.roll(pattern, number * 3, axis=1))
            frame = av.VideoFrame.from_ndarray(moved, format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, 30)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
