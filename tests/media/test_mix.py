"""What is heard: the clips' own sound in its time, and the bed that steps back for it."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from cutaway.media.compose import compose
from cutaway.media.heard import RATE_HZ, clip_sound, has_sound
from cutaway.media.normalise import normalise
from cutaway.media.timeline import Cut, CutShot, CutSound
from media.conftest import SIZE, Clip

A, B = "a" * 64, "b" * 64
TONE_HZ = 1000.0
Talk = Callable[..., Path]


@pytest.fixture
def talking_clip(foreign_clip: Clip, tmp_path: Path) -> Talk:
    """A vendor's clip with a tone between two moments."""

    def write(name: str, seconds: float = 3.0, begins_s: float = 1.0, ends_s: float = 2.0) -> Path:
        silent, path = foreign_clip(f"silent-{name}", [(200, 30, 30)], seconds, audio=False), tmp_path / name
        time = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
        tone = 0.3 * np.sin(2 * np.pi * TONE_HZ * time) * ((time >= begins_s) & (time < ends_s))
        samples = np.ascontiguousarray(np.stack([tone, tone]).astype(np.float32))
        with av.open(str(silent)) as source, av.open(str(path), "w") as out:
            pictures = out.add_stream_from_template(source.streams.video[0])
            sound = out.add_stream("aac", rate=RATE_HZ)
            for packet in source.demux(video=0):
                if packet.pts is not None:
                    packet.stream = pictures
                    out.mux(packet)
            for start in range(0, samples.shape[1], 1024):
                frame = av.AudioFrame.from_ndarray(
                    np.ascontiguousarray(samples[:, start : start + 1024]), format="fltp", layout="stereo"
                )
                frame.sample_rate, frame.pts, frame.time_base = RATE_HZ, start, Fraction(1, RATE_HZ)
                out.mux(sound.encode(frame))
            out.mux(sound.encode(None))
        return path

    return write


async def film(out: Path, clips: dict[str, Path], sound: CutSound, trim_start_s: float = 0.0) -> NDArray[np.float32]:
    shots = tuple(CutShot(clip=clip, duration_s=3.0, trim_start_s=trim_start_s) for clip in clips)
    await compose(Cut(shots=shots, sound=sound, size=SIZE), clips, out, lambda _: None, lambda: False)
    return clip_sound(out, 0.0, 3.0 * len(clips)) if has_sound(out) else np.zeros((2, 0), np.float32)


def level(samples: NDArray[np.float32], begins_s: float, ends_s: float, *, of_tone: bool) -> float:
    """The loudness of the tone, or of everything below 800 Hz (the bed), between two moments."""
    part = samples[0, round(begins_s * RATE_HZ) : round(ends_s * RATE_HZ)]
    spectrum = np.abs(np.fft.rfft(part * np.hanning(len(part)))) / len(part)
    hertz = np.fft.rfftfreq(len(part), 1 / RATE_HZ)
    return float(spectrum[np.abs(hertz - TONE_HZ) < 40 if of_tone else hertz < 800].max())


async def test_a_clip_is_heard_in_its_own_time(talking_clip: Talk, house_clip: Clip, tmp_path: Path) -> None:
    clips = {A: house_clip("red", (200, 30, 30), 3.0), B: talking_clip("talk.mp4")}
    heard = await film(tmp_path / "cut.mp4", clips, CutSound())
    # The second shot begins at 3 s; its tone sounds from 4 to 5 s.
    assert level(heard, 4.1, 4.9, of_tone=True) > 0.05
    assert level(heard, 0.2, 3.8, of_tone=True) < 0.001
    assert level(heard, 5.1, 5.9, of_tone=True) < 0.001


async def test_the_bed_steps_back_while_a_clip_is_heard(talking_clip: Talk, tmp_path: Path) -> None:
    clips = {A: talking_clip("talk.mp4")}
    ducked = await film(tmp_path / "ducked.mp4", clips, CutSound(bed="calm", volume=1.0))
    plain = await film(tmp_path / "plain.mp4", clips, CutSound(bed="calm", volume=1.0, duck=False))

    def share(begins_s: float, ends_s: float) -> float:
        return level(ducked, begins_s, ends_s, of_tone=False) / level(plain, begins_s, ends_s, of_tone=False)

    assert share(0.2, 0.9) == pytest.approx(1.0, abs=0.05)
    assert share(1.5, 1.95) == pytest.approx(10 ** (-12 / 20), abs=0.06)


@pytest.mark.parametrize("sound", [CutSound(muted=True), CutSound(clips_volume=0)])
async def test_muted_clips_are_not_heard(talking_clip: Talk, tmp_path: Path, sound: CutSound) -> None:
    assert (await film(tmp_path / "cut.mp4", {A: talking_clip("talk.mp4")}, sound)).shape[1] == 0


async def test_half_the_volume_is_half_the_level(talking_clip: Talk, tmp_path: Path) -> None:
    clips = {A: talking_clip("talk.mp4")}
    loud = level(await film(tmp_path / "loud.mp4", clips, CutSound()), 1.1, 1.9, of_tone=True)
    quiet = level(await film(tmp_path / "quiet.mp4", clips, CutSound(clips_volume=0.5)), 1.1, 1.9, of_tone=True)
    assert quiet / loud == pytest.approx(0.5, abs=0.03)


async def test_a_clip_at_half_speed_keeps_its_pitch_and_takes_twice_as_long(talking_clip: Talk, tmp_path: Path) -> None:
    clip = talking_clip("talk.mp4")
    cut = Cut(shots=(CutShot(clip=A, duration_s=3.0, speed=0.5),), size=SIZE)
    await compose(cut, {A: clip}, tmp_path / "cut.mp4", lambda _: None, lambda: False)
    heard = clip_sound(tmp_path / "cut.mp4", 0.0, 6.0)
    assert level(heard, 2.3, 3.7, of_tone=True) > 0.05
    assert level(heard, 0.2, 1.8, of_tone=True) < 0.005


async def test_a_trimmed_clip_is_heard_from_its_new_beginning(talking_clip: Talk, tmp_path: Path) -> None:
    heard = await film(tmp_path / "cut.mp4", {A: talking_clip("talk.mp4")}, CutSound(), trim_start_s=1.0)
    assert level(heard, 0.1, 0.9, of_tone=True) > 0.05
    assert level(heard, 1.1, 1.9, of_tone=True) < 0.001


def test_the_house_format_keeps_a_clips_sound(talking_clip: Talk, tmp_path: Path) -> None:
    facts = normalise(talking_clip("talk.mp4"), tmp_path / "house.mp4", size=SIZE)
    assert (facts.has_audio, facts.audio_codec, facts.frames) == (True, "aac", 72)
    heard = clip_sound(tmp_path / "house.mp4", 0.0, 3.0)
    assert level(heard, 1.1, 1.9, of_tone=True) > 0.05
    assert level(heard, 0.1, 0.9, of_tone=True) < 0.001


async def test_a_house_clip_with_sound_is_still_copied(talking_clip: Talk, tmp_path: Path) -> None:
    normalise(talking_clip("talk.mp4"), tmp_path / "house.mp4", size=SIZE)
    cut = Cut(shots=(CutShot(clip=A, duration_s=3.0),), size=SIZE)
    made = await compose(cut, {A: tmp_path / "house.mp4"}, tmp_path / "cut.mp4", lambda _: None, lambda: False)
    assert (made.copied_s, made.encoded_s, made.facts.has_audio) == (3.0, 0.0, True)


async def test_the_same_sound_gives_the_same_bytes(talking_clip: Talk, tmp_path: Path) -> None:
    clips = {A: talking_clip("talk.mp4")}
    for name in ("one.mp4", "two.mp4"):
        await film(tmp_path / name, clips, CutSound(bed="playful"))
    assert (tmp_path / "one.mp4").read_bytes() == (tmp_path / "two.mp4").read_bytes()
