"""Makes `demo.png`, the picture in the README, from the films of a demo.

    cutaway demo --out /tmp/demo
    python docs/pictures/make.py /tmp/demo

One row per film: what was said on top, then a frame of each of its three shots.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import av
from PIL import Image, ImageDraw, ImageFont

from cutaway.cli.demo import EDITS, SHOW

MOMENTS_S: Final = (1.0, 4.5, 7.6)
FRAME: Final = (400, 226)
GAP: Final = 8
WORDS_HEIGHT: Final = 38
PAPER: Final = "#14161f"
INK: Final = "#e9e4d8"
COLOURS: Final = 256
"""A palette keeps the picture under 500 KB; dithering hides it in the glow."""


def draw(folder: Path, out: Path) -> None:
    """Write the picture of the films `v1.mp4` to `v3.mp4` in `folder` to `out`."""
    said = (SHOW, *EDITS)
    width = len(MOMENTS_S) * FRAME[0] + (len(MOMENTS_S) + 1) * GAP
    row = WORDS_HEIGHT + FRAME[1] + GAP
    picture = Image.new("RGB", (width, row * len(said)), PAPER)
    pen = ImageDraw.Draw(picture)
    for number, words in enumerate(said):
        top = number * row
        pen.text((GAP + 2, top + 10), f"You: {words}", fill=INK, font=ImageFont.load_default(18))
        for column, moment_s in enumerate(MOMENTS_S):
            frame = frame_at(folder / f"v{number + 1}.mp4", moment_s).resize(FRAME, Image.Resampling.LANCZOS)
            picture.paste(frame, (GAP + column * (FRAME[0] + GAP), top + WORDS_HEIGHT))
    picture.quantize(COLOURS, dither=Image.Dither.FLOYDSTEINBERG).save(out, optimize=True)


def frame_at(film: Path, moment_s: float) -> Image.Image:
    """The first frame shown at or after a moment, in seconds."""
    with av.open(str(film)) as container:
        for frame in container.decode(video=0):
            if frame.time is not None and frame.time >= moment_s:
                return frame.to_image()
    raise SystemExit(f"{film} is shorter than {moment_s} s; give the folder of a demo without words of your own.")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("Usage: python docs/pictures/make.py FOLDER")
    draw(Path(sys.argv[1]), Path(__file__).with_name("demo.png"))
