from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from cutaway.media.heard import RATE_HZ
from cutaway.media.sound import bed
from cutaway.media.timeline import CutSound, SoundBed

MOODS: tuple[SoundBed, ...] = ("calm", "bright", "tense", "night", "playful", "epic", "dreamy")


def heard(sound: CutSound, seconds: float = 20.0) -> NDArray[np.float32]:
    return np.concatenate(list(bed(sound, round(seconds * RATE_HZ))), axis=1)


@pytest.mark.parametrize("mood", MOODS)
def test_a_bed_is_stereo_quiet_and_exactly_as_long_as_asked(mood: SoundBed) -> None:
    samples = heard(CutSound(bed=mood), 30.0)
    assert samples.shape == (2, 30 * RATE_HZ)
    assert 20 * np.log10(np.abs(samples).max()) == pytest.approx(-18, abs=1.5)


@pytest.mark.parametrize("mood", MOODS)
def test_a_bed_begins_and_ends_in_silence_without_clicks(mood: SoundBed) -> None:
    samples = heard(CutSound(bed=mood))
    assert np.abs(samples[:, :200]).max() < 1e-4
    assert np.abs(samples[:, -200:]).max() < 1e-4
    # The largest step of a click would be near the peak itself; chords this low move slowly.
    assert np.abs(np.diff(samples)).max() < 0.03


def test_moods_sound_different() -> None:
    sounds = [heard(CutSound(bed=mood), 3.0) for mood in MOODS]
    for i, one in enumerate(sounds):
        for other in sounds[i + 1 :]:
            assert np.abs(one - other).max() > 0.02


def test_twice_the_volume_is_twice_the_level() -> None:
    quiet, loud = (heard(CutSound(bed="calm", volume=volume), 2.0) for volume in (0.25, 0.5))
    assert np.allclose(quiet * 2, loud, atol=1e-6)


def test_the_same_bed_is_the_same_samples() -> None:
    assert heard(CutSound(bed="night"), 2.0).tobytes() == heard(CutSound(bed="night"), 2.0).tobytes()


@pytest.mark.parametrize(
    "sound", [CutSound(bed="none"), CutSound(bed="calm", muted=True), CutSound(bed="calm", volume=0)]
)
def test_none_muted_and_zero_are_no_sound_at_all(sound: CutSound) -> None:
    assert list(bed(sound, RATE_HZ)) == []


def test_a_bed_shorter_than_its_fades_still_works() -> None:
    assert heard(CutSound(bed="tense"), 0.3).shape == (2, round(0.3 * RATE_HZ))
