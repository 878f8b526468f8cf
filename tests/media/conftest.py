"""Small real films: flat colours, so that a decoded pixel says which shot and which moment it came from."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.audio.stream import AudioStream
from av.video.stream import VideoStream
from numpy.typing import NDArray

from cutaway.contract import Size
from cutaway.media.house import HouseWriter
from cutaway.media.picture import from_frame

SIZE = Size(width_px=160, height_px=96)

Rgb = tuple[int, int, int]
Clip = Callable[..., Path]
Pixels = NDArray[np.uint8]


def flat(colour: Rgb, size: Size = SIZE) -> Pixels:
    pixels = np.empty((size.height_px, size.width_px, 3), np.uint8)
    pixels[:] = colour
    return pixels


@pytest.fixture
def house_clip(tmp_path: Path) -> Clip:
    """Writes a house-format clip of one colour, `seconds` long."""

    def write(name: str, colour: Rgb, seconds: float = 2.0, size: Size = SIZE) -> Path:
        path = tmp_path / f"{name}.mp4"
        frame = av.VideoFrame.from_ndarray(flat(colour, size), format="rgb24")
        picture = from_frame(frame, size.width_px, size.height_px)
        with HouseWriter(path, size, 24) as writer:
            for _ in range(round(seconds * 24)):
                writer.write(picture)
        return path

    return write


@pytest.fixture
def foreign_clip(tmp_path: Path) -> Clip:
    """Writes a clip as a vendor would: B-frames, long groups, another rate, with sound, colours over time."""

    def write(
        name: str, colours: list[Rgb], seconds_each: float = 1.0, size: Size = SIZE, fps: int = 30, audio: bool = True
    ) -> Path:
        path = tmp_path / name
        video_codec, audio_codec = ("libvpx-vp9", "libopus") if path.suffix == ".webm" else ("libx264", "aac")
        with av.open(str(path), "w") as container:
            stream = container.add_stream(video_codec, rate=fps)
            sound = container.add_stream(audio_codec, rate=48_000) if audio else None
            assert isinstance(stream, VideoStream)
            assert sound is None or isinstance(sound, AudioStream)
            stream.width, stream.height, stream.pix_fmt = size.width_px, size.height_px, "yuv420p"
            number = 0
            for colour in colours:
                for _ in range(round(seconds_each * fps)):
                    frame = av.VideoFrame.from_ndarray(flat(colour, size), format="rgb24").reformat(format="yuv420p")
                    frame.pts, frame.time_base = number, Fraction(1, fps)
                    number += 1
                    container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
            if sound is not None:
                silence = np.zeros((2, round(number / fps * 48_000)), np.float32)
                for start in range(0, silence.shape[1], 960):
                    block = np.ascontiguousarray(silence[:, start : start + 960])
                    heard = av.AudioFrame.from_ndarray(block, format="fltp", layout="stereo")
                    heard.sample_rate, heard.pts = 48_000, start
                    container.mux(sound.encode(heard))
                container.mux(sound.encode(None))
        return path

    return write


def decoded(path: Path) -> list[Pixels]:
    """Every picture as RGB, from start to end; a decoder that stumbles raises."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        stream.codec_context.options = {"err_detect": "explode"}
        return [
            np.asarray(
                frame.reformat(
                    format="rgb24", src_colorspace="itu709", dst_colorspace="itu709", dst_color_range="JPEG"
                ).to_ndarray(),
                dtype=np.uint8,
            )
            for frame in container.decode(stream)
        ]


def near(pixels: Pixels, colour: Rgb, within: int = 10) -> bool:
    """True when the mean colour is about `colour`."""
    mean = pixels.reshape(-1, 3).mean(axis=0)
    return bool(np.abs(mean - np.array(colour)).max() <= within)
