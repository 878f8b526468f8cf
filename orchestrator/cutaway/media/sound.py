"""The quiet chord bed under a film: synthesised, the same for every run.

Each mood is a loop of whole periods, so it repeats without a seam at any length.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cutaway.media.heard import BLOCK, RATE_HZ, Floats
from cutaway.media.timeline import CutSound, SoundBed

PEAK_DBFS: Final = -18.0
"""Peak level at a volume of 0.5."""

_FADE_IN_S: Final = 0.8
_FADE_OUT_S: Final = 1.6
_RING_S: Final = 1.2


@dataclass(frozen=True, slots=True)
class _Mood:
    # Chords as MIDI notes; each sounds for `chord_s` and melts into the next.
    chords: tuple[tuple[int, ...], ...]
    chord_s: float
    partials: tuple[float, ...]
    tremolo_hz: float
    # The loudest sample of the whole loop, measured once: it scales a film shorter than the loop as it would the loop.
    peak: float
    # Plucked notes of the chord in turn, so many a second; soft drum beats, so many a second. 0: none.
    plucks_hz: float = 0.0
    beats_hz: float = 0.0


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
    "playful": _Mood(
        chords=((48, 60, 64, 67), (45, 60, 64, 69), (41, 57, 60, 65), (43, 59, 62, 67)),
        chord_s=2.0,
        partials=(0.45, 0.12, 0.05),
        tremolo_hz=0.5,
        peak=1.782,
        plucks_hz=4.0,
    ),
    "epic": _Mood(
        chords=((33, 45, 52, 57, 60), (29, 41, 48, 53, 57), (36, 43, 48, 52, 60), (31, 43, 50, 55, 59)),
        chord_s=4.0,
        partials=(1, 0.7, 0.45, 0.25, 0.12),
        tremolo_hz=1.0,
        peak=3.903,
        beats_hz=1.0,
    ),
    "dreamy": _Mood(
        chords=((53, 60, 64, 67, 76), (50, 57, 60, 65, 72), (48, 55, 59, 64, 71), (55, 59, 62, 66, 74)),
        chord_s=6.0,
        partials=(0.7, 0.08, 0.2),
        tremolo_hz=0.25,
        peak=2.227,
        plucks_hz=0.5,
    ),
}


def bed(sound: CutSound, frames: int, rate_hz: int = RATE_HZ) -> Iterator[Floats]:
    """Stereo blocks (2 x up to 1024, -1 to 1) of a bed of exactly `frames` samples, faded in and out.

    Peaks at about -18 dBFS for a volume of 0.5 (-12 dBFS for 1). An inaudible sound gives nothing.
    """
    if not sound.bed_audible:
        return
    mood = _MOODS[sound.bed]
    length = round(len(mood.chords) * mood.chord_s * rate_hz)
    loop = _loop(mood, length, min(length, frames), rate_hz)
    gain = 10 ** (PEAK_DBFS / 20) * sound.volume / 0.5
    fade_in, fade_out = min(_FADE_IN_S * rate_hz, frames / 2), min(_FADE_OUT_S * rate_hz, frames / 2)
    for start in range(0, frames, BLOCK):
        place = np.arange(start, min(start + BLOCK, frames))
        envelope = np.minimum(1.0, np.minimum((place + 1) / fade_in, (frames - place) / fade_out))
        # Squared, so that the ear hears an even swell.
        yield (loop[:, place % loop.shape[1]] * (gain * envelope**2)).astype(np.float32)


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
    result += _plucks(mood, time, loop_s) + _drums(mood, time)
    breath = 1 + 0.12 * np.sin(2 * np.pi * round(mood.tremolo_hz * loop_s) * time / loop_s)
    result *= breath
    normal: Floats = (result / mood.peak).astype(np.float32)
    return normal


def _plucks(mood: _Mood, time: NDArray[np.float64], loop_s: float) -> NDArray[np.float64]:
    """The notes of each chord plucked in turn, an octave up, each ringing out before the loop ends."""
    result = np.zeros((2, len(time)))
    count = round(mood.plucks_hz * loop_s)
    for number in range(count):
        begin = number / mood.plucks_hz
        chord = mood.chords[int(begin // mood.chord_s) % len(mood.chords)]
        upper = chord[1:]
        note = upper[(0, 2, 1, 2, 0, 1)[number % 6] % len(upper)] + 12
        # What still rings when the loop ends rings on at its beginning.
        since = (time - begin) % loop_s
        ringing = np.flatnonzero(since < _RING_S)
        held = since[ringing]
        tone = np.exp(-held * 5.0) * np.minimum(1.0, held / 0.004) * np.clip((_RING_S - held) / 0.1, 0, 1)
        frequency = 440.0 * 2 ** ((note - 69) / 12)
        wave = np.sin(2 * np.pi * frequency * held) + 0.25 * np.sin(4 * np.pi * frequency * held)
        pan = 0.5 + 0.25 * math.sin(number * 1.7)
        result[:, ringing] += np.stack([tone * wave * (1 - pan), tone * wave * pan])
    return result


def _drums(mood: _Mood, time: NDArray[np.float64]) -> NDArray[np.float64]:
    """A soft low drum: a falling tone, every other beat weaker."""
    if not mood.beats_hz:
        return np.zeros((2, len(time)))
    beat = time * mood.beats_hz
    since, weak = (beat % 1.0) / mood.beats_hz, np.where(beat.astype(int) % 2, 0.5, 1.0)
    phase = 2 * np.pi * (46 * since + 34 * 0.06 * (1 - np.exp(-since / 0.06)))
    hit = 1.1 * weak * np.exp(-since * 6.0) * np.minimum(1.0, since / 0.006) * np.sin(phase)
    hit *= np.clip((1 / mood.beats_hz - since) / 0.02, 0, 1)
    return np.stack([hit, hit])
