"""All that is heard in a film: the bed, and over it the clips' own sound, in step with the pictures.

While a clip is heard the bed steps back by 12 dB ("ducking"): a follower of the clips' level, block by block, quick to
step back and slow to return, so that a breath between two words does not let the music rush in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Final

import av.container
import numpy as np

from cutaway.media.heard import BLOCK, RATE_HZ, Floats, SoundStream, clip_sound
from cutaway.media.sound import bed
from cutaway.media.timeline import CutSound, Placed

DUCKED: Final = 10 ** (-12 / 20)
HEARD_RMS: Final = 10 ** (-45 / 20)
ATTACK_S: Final = 0.12
RELEASE_S: Final = 0.9
CEILING: Final = 0.97


class SoundTrack:
    """The film's sound, encoded once over the whole film and handed out in step with the pictures.

    One encoder run has one priming gap, which the file's edit list hides; joined pieces would have one at each join.
    """

    def __init__(self, container: av.container.OutputContainer, blocks: Iterator[Floats]) -> None:
        self._stream = SoundStream(container)
        self._blocks = blocks

    def advance(self, until_s: Fraction | None) -> None:
        """Write the sound up to a moment of the film, or with None all the rest."""
        while until_s is None or self._stream.sent < until_s * RATE_HZ:
            block = next(self._blocks, None)
            if block is None:
                if until_s is None:
                    self._stream.end()
                return
            self._stream.write(block)


def mixed(
    sound: CutSound, shots: Sequence[Placed], clips: Mapping[int, Path], frames: int, fps: int
) -> Iterator[Floats]:
    """Blocks of 2 x up to 1024 samples of a film of `frames` pictures. `clips` holds the files that have a sound.

    Clips fade with their pictures: over a cross-fade, and out of black. Nothing is ever louder than 0.97 of full scale.
    """
    total = frames * RATE_HZ // fps
    under = bed(sound, total)
    voices = _Voices(sound, shots, clips, fps)
    level = 1.0
    for start in range(0, total, BLOCK):
        length = min(BLOCK, total - start)
        block = next(under, None)
        block = np.zeros((2, length), np.float32) if block is None else block
        over = voices.block(start, length)
        if over is not None:
            heard = float(np.sqrt(np.mean(np.square(over)))) > HEARD_RMS
            level, before = _followed(level, heard and sound.duck, length), level
            block = block * np.linspace(before, level, length, dtype=np.float32) + over
        elif level < 1.0:
            level, before = _followed(level, False, length), level
            block = block * np.linspace(before, level, length, dtype=np.float32)
        yield np.clip(block, -CEILING, CEILING).astype(np.float32)


def _followed(level: float, heard: bool, samples: int) -> float:
    """The bed's gain after a block: on its way to `DUCKED` or back to 1, exponentially."""
    aim, pace_s = (DUCKED, ATTACK_S) if heard else (1.0, RELEASE_S)
    after = aim + (level - aim) * float(np.exp(-samples / (pace_s * RATE_HZ)))
    return 1.0 if after > 0.999 else after


class _Voices:
    """The clips' own sound by place in the film; each is read when its shot begins and dropped when it ends."""

    def __init__(self, sound: CutSound, shots: Sequence[Placed], clips: Mapping[int, Path], fps: int) -> None:
        self._sound = sound
        self._shots = [shot for shot in shots if shot.index in clips] if sound.clips_audible else []
        self._clips = clips
        self._fps = fps
        self._open: dict[int, Floats] = {}

    def block(self, start: int, length: int) -> Floats | None:
        """What clips give from a sample on; None when no clip plays there."""
        result: Floats | None = None
        for shot in self._shots:
            first, last = (frame * RATE_HZ // self._fps for frame in (shot.start, shot.end))
            if start >= last:
                self._open.pop(shot.index, None)
            if start >= last or start + length <= first:
                continue
            if shot.index not in self._open:
                self._open[shot.index] = self._read(shot, last - first)
            result = np.zeros((2, length), np.float32) if result is None else result
            low, high = max(start, first), min(start + length, last)
            result[:, low - start : high - start] += self._open[shot.index][:, low - first : high - first]
        return result

    def _read(self, shot: Placed, samples: int) -> Floats:
        heard = clip_sound(self._clips[shot.index], shot.source_start / self._fps, samples / RATE_HZ, shot.shot.speed)
        gain = np.full(samples, self._sound.clips_volume, np.float32)
        # A few milliseconds at both ends: a clip cut in the middle of a tone must not click.
        soft = min(samples // 2, max(RATE_HZ // 100, max(shot.overlap, shot.fade) * RATE_HZ // self._fps))
        gain[:soft] *= np.linspace(0, 1, soft, dtype=np.float32)
        close = min(samples // 2, max(RATE_HZ // 100, self._overlap_after(shot) * RATE_HZ // self._fps))
        gain[samples - close :] *= np.linspace(1, 0, close, dtype=np.float32)
        return (heard[:, :samples] * gain).astype(np.float32)

    def _overlap_after(self, shot: Placed) -> int:
        return next((other.overlap for other in self._shots if other.index == shot.index + 1), 0)
