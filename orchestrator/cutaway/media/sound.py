"""The quiet chord bed under a film: synthesised, the same for every run.

Each mood is a loop of whole periods, so it repeats without a seam at any length.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

import av
import av.audio.stream
import av.container
import av.packet
import numpy as np
from numpy.typing import NDArray

from cutaway.media.timeline import CutSound, SoundBed

RATE_HZ: Final = 48_000
PEAK_DBFS: Final = -18.0
"""Peak level at a volume of 0.5."""

_BLOCK: Final = 1024
_FADE_IN_S: Final = 0.8
_FADE_OUT_S: Final = 1.6

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Mood:
    # Chords as MIDI notes; each sounds for `chord_s` and melts into the next.
    chords: tuple[tuple[int, ...], ...]
    chord_s: float
    partials: tuple[float, ...]
    tremolo_hz: float
    # The loudest sample of the whole loop, measured once: it scales a film shorter than the loop as it would the loop.
    peak: float


_MOODS: Final[dict[SoundBed, _Mood]] = {
    "calm": _Mood(
        chords=((48, 55, 64, 71), (45, 52, 60, 67), (41, 48, 57, 64), (43, 50, 59, 62)),
        chord_s=4.0,
        partials=(1, 0.3, 0.1),
        tremolo_hz=0.25,
        peak=2.580,
    ),
    "bright": _Mood(
        chords=((48, 60, 64, 67, 74), (43, 59, 62, 67), (45, 60, 64, 69), (41, 57, 60, 65)),
        chord_s=2.0,
        partials=(1, 0.5, 0.3),
        tremolo_hz=2.0,
        peak=3.557,
    ),
    "tense": _Mood(
        chords=((38, 45, 50, 51), (38, 44, 50, 53), (37, 44, 49, 52), (38, 45, 50, 56)),
        chord_s=4.0,
        partials=(1, 0.6, 0.4, 0.2),
        tremolo_hz=4.0,
        peak=3.799,
    ),
    "night": _Mood(
        chords=((33, 45, 52, 59), (38, 45, 53, 60), (36, 43, 52, 59), (35, 47, 50, 57)),
        chord_s=6.0,
        partials=(1, 0.18, 0.05),
        tremolo_hz=0.125,
        peak=2.412,
    ),
}


def bed(sound: CutSound, frames: int, rate_hz: int = RATE_HZ) -> Iterator[Floats]:
    """Stereo blocks (2 x up to 1024, -1 to 1) of a bed of exactly `frames` samples, faded in and out.

    Peaks at about -18 dBFS for a volume of 0.5 (-12 dBFS for 1). An inaudible sound gives nothing.
    """
    if not sound.audible:
        return
    mood = _MOODS[sound.bed]
    length = round(len(mood.chords) * mood.chord_s * rate_hz)
    loop = _loop(mood, length, min(length, frames), rate_hz)
    gain = 10 ** (PEAK_DBFS / 20) * sound.volume / 0.5
    fade_in, fade_out = min(_FADE_IN_S * rate_hz, frames / 2), min(_FADE_OUT_S * rate_hz, frames / 2)
    for start in range(0, frames, _BLOCK):
        place = np.arange(start, min(start + _BLOCK, frames))
        envelope = np.minimum(1.0, np.minimum((place + 1) / fade_in, (frames - place) / fade_out))
        # Squared, so that the ear hears an even swell.
        yield (loop[:, place % loop.shape[1]] * (gain * envelope**2)).astype(np.float32)


class BedTrack:
    """The bed encoded once as AAC over a whole film, handed out in step with the pictures.

    One encoder run has one priming gap, which the file's edit list hides; joined pieces would have one at each join.
    """

    def __init__(self, container: av.container.OutputContainer, sound: CutSound, duration_s: Fraction) -> None:
        self._container = container
        self._stream = container.add_stream("aac", rate=RATE_HZ, options={"flags": "+bitexact"})
        self._stream.bit_rate = 96_000
        self._stream.layout = "stereo"
        self._stream.format = "fltp"
        self._blocks = bed(sound, int(duration_s * RATE_HZ))
        self._sent = 0

    def advance(self, until_s: Fraction | None) -> None:
        """Write the sound up to a moment of the film, or with None all the rest."""
        while until_s is None or self._sent < until_s * RATE_HZ:
            block = next(self._blocks, None)
            if block is None:
                if until_s is None:
                    self._container.mux(self._stream.encode(None))
                return
            frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(block), format="fltp", layout="stereo")
            frame.sample_rate, frame.pts, frame.time_base = RATE_HZ, self._sent, Fraction(1, RATE_HZ)
            self._sent += block.shape[1]
            self._container.mux(self._stream.encode(frame))


def _loop(mood: _Mood, length: int, needed: int, rate_hz: int) -> Floats:
    """The first `needed` samples of a mood's loop of `length` samples."""
    time = np.arange(needed) / rate_hz
    loop_s = length / rate_hz
    result = np.zeros((2, needed))
    for number, chord in enumerate(mood.chords):
        # A raised cosine two chords wide: neighbours always add up to one.
        distance = (time / mood.chord_s - number - 0.5 + len(mood.chords) / 2) % len(mood.chords) - len(mood.chords) / 2
        audible = np.flatnonzero(np.abs(distance) < 1)
        swell, moment = 0.5 + 0.5 * np.cos(np.pi * distance[audible]), time[audible]
        for voice, note in enumerate(chord):
            pan = 0.5 + 0.35 * (voice / max(1, len(chord) - 1) - 0.5)
            # Rounded to whole turns per loop, so that the end meets the beginning.
            turns = round(440.0 * 2 ** ((note - 69) / 12) * loop_s)
            tone = sum(
                level * np.sin(2 * np.pi * turns * overtone * moment / loop_s + voice)
                for overtone, level in enumerate(mood.partials, 1)
            )
            result[:, audible] += np.stack([tone * (1 - pan), tone * pan]) * swell
    breath = 1 + 0.12 * np.sin(2 * np.pi * round(mood.tremolo_hz * loop_s) * time / loop_s)
    result *= breath
    normal: Floats = (result / mood.peak).astype(np.float32)
    return normal
