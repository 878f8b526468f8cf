"""The sound a clip brings along: read as stereo samples, kept beside the pictures of a house file.

Everything here is 48 kHz stereo, -1 to 1.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Final

import av
import av.audio.stream
import av.container
import av.error
import av.filter
import numpy as np
from numpy.typing import NDArray

from cutaway.errors import MediaError
from cutaway.media.house import TICKS_PER_FRAME, container_options
from cutaway.media.probe import open_video

RATE_HZ: Final = 48_000
BLOCK: Final = 1024
_TEMPO_MIN, _TEMPO_MAX = 0.5, 2.0

Floats = NDArray[np.float32]


def has_sound(path: Path) -> bool:
    """True when the file has a sound track."""
    with open_video(path) as (container, _):
        return bool(container.streams.audio)


def clip_sound(path: Path, start_s: float, seconds: float, speed: float = 1.0) -> Floats:
    """What is heard of a clip from `start_s` on in `seconds` of film: 2 x `seconds` * 48,000 samples.

    At another `speed` voices keep their pitch. Where the clip has no more sound there is silence. Raises `MediaError`
    for a track that cannot be read.
    """
    wanted = round(seconds * RATE_HZ)
    result = np.zeros((2, wanted), np.float32)
    place = 0
    for block in _stretched(path, start_s, start_s + seconds * speed, speed):
        take = min(block.shape[1], wanted - place)
        result[:, place : place + take] = block[:, :take]
        place += take
        if place == wanted:
            break
    return result


def add_sound(house: Path, source: Path, out: Path, *, start_s: float, seconds: float, speed: float, fps: int) -> None:
    """Write `out`: the packets of `house` with `seconds` of `source`'s sound from `start_s` on beside them."""
    samples = clip_sound(source, start_s, seconds, speed)
    with (
        open_video(house) as (clip, pictures),
        av.open(str(out), mode="w", format="mp4", options=container_options(fps, faststart=False)) as container,
    ):
        video = container.add_stream_from_template(pictures)
        video.time_base = Fraction(1, fps * TICKS_PER_FRAME)
        track = SoundStream(container)
        for packet in clip.demux(pictures):
            if packet.pts is None:
                continue
            until = Fraction(packet.pts, fps * TICKS_PER_FRAME)
            while track.sent < until * RATE_HZ and track.sent < samples.shape[1]:
                track.write(samples[:, track.sent : track.sent + BLOCK])
            packet.stream = video
            container.mux_one(packet)
        while track.sent < samples.shape[1]:
            track.write(samples[:, track.sent : track.sent + BLOCK])
        track.end()


class SoundStream:
    """A sound track being written: blocks in, AAC out. `sent` counts the samples written."""

    def __init__(self, container: av.container.OutputContainer) -> None:
        self._container = container
        self._stream = container.add_stream("aac", rate=RATE_HZ, options={"flags": "+bitexact"})
        self._stream.bit_rate = 128_000
        self._stream.layout = "stereo"
        self._stream.format = "fltp"
        self.sent = 0

    def write(self, block: Floats) -> None:
        """Append a block of 2 x n samples."""
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(block), format="fltp", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = RATE_HZ, self.sent, Fraction(1, RATE_HZ)
        self.sent += block.shape[1]
        self._container.mux(self._stream.encode(frame))

    def end(self) -> None:
        """Write what the encoder still holds."""
        self._container.mux(self._stream.encode(None))


def _stretched(path: Path, start_s: float, end_s: float, speed: float) -> Iterator[Floats]:
    decoded = _decoded(path, start_s, end_s)
    if speed == 1.0:
        yield from decoded
        return
    graph = _tempo(speed)
    place = 0
    for block in decoded:
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(block), format="fltp", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = RATE_HZ, place, Fraction(1, RATE_HZ)
        place += block.shape[1]
        graph.push(frame)
        yield from _pulled(graph)
    graph.push(None)
    yield from _pulled(graph)


def _decoded(path: Path, start_s: float, end_s: float) -> Iterator[Floats]:
    """The samples of a file's first sound track between two moments; silence stands in for a late beginning."""
    with open_video(path) as (container, _):
        if not container.streams.audio:
            return
        stream = container.streams.audio[0]
        resampler = av.AudioResampler(format="fltp", layout="stereo", rate=RATE_HZ)
        first, last = round(start_s * RATE_HZ), round(end_s * RATE_HZ)
        at: int | None = None
        try:
            for frame in container.decode(stream):
                if at is None:
                    at = round((frame.time or 0.0) * RATE_HZ)
                    if at > first:
                        yield np.zeros((2, min(at, last) - first), np.float32)
                for piece in resampler.resample(frame):
                    block = np.asarray(piece.to_ndarray(), np.float32)
                    low, high = max(0, first - at), min(block.shape[1], last - at)
                    at += block.shape[1]
                    if high > low:
                        yield block[:, low:high]
                if at >= last:
                    return
        except av.error.FFmpegError as error:
            raise MediaError(f"The sound of {path.name} cannot be read: {error.strerror}.") from error


def _tempo(speed: float) -> av.filter.Graph:
    """A filter that changes how fast a sound runs, not how high; steps of at most a half or a double."""
    graph = av.filter.Graph()
    nodes = [graph.add_abuffer(sample_rate=RATE_HZ, format="fltp", layout="stereo", time_base=Fraction(1, RATE_HZ))]
    while speed < _TEMPO_MIN or speed > _TEMPO_MAX:
        step = _TEMPO_MIN if speed < _TEMPO_MIN else _TEMPO_MAX
        nodes.append(graph.add("atempo", str(step)))
        speed /= step
    nodes += [graph.add("atempo", f"{speed:.6f}"), graph.add("aformat", "sample_fmts=fltp:channel_layouts=stereo")]
    nodes.append(graph.add("abuffersink"))
    for one, other in itertools.pairwise(nodes):
        one.link_to(other)
    graph.configure()
    return graph


def _pulled(graph: av.filter.Graph) -> Iterator[Floats]:
    while True:
        try:
            frame = graph.pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return
        if isinstance(frame, av.AudioFrame):
            yield np.asarray(frame.to_ndarray(), np.float32)
