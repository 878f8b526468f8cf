from __future__ import annotations

import asyncio
import io
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import av
import numpy as np
import pytest

from cutaway.contract import Size
from cutaway.errors import MediaError, StoppedError, StoreError
from cutaway.media.compose import ComposeResult, compose
from cutaway.media.house import HouseReader, parameter_sets
from cutaway.media.timeline import Cut, CutOverlay, CutShot, CutSound, Transition
from media.conftest import SIZE, Clip, decoded, near

RED, GREEN, BLUE = (200, 30, 30), (30, 170, 40), (30, 40, 200)
A, B, C = "a" * 64, "b" * 64, "c" * 64
SILENT = CutSound()


def shot(clip: str, duration_s: float = 2.0, transition: Transition = "cut") -> CutShot:
    return CutShot(clip=clip, duration_s=duration_s, transition=transition)


def film(*shots: CutShot, overlays: Sequence[CutOverlay] = (), sound: CutSound = SILENT) -> Cut:
    return Cut(shots=shots, overlays=tuple(overlays), sound=sound, size=SIZE)


@pytest.fixture
def clips(house_clip: Clip) -> dict[str, Path]:
    return {A: house_clip("red", RED), B: house_clip("green", GREEN), C: house_clip("blue", BLUE)}


async def make(
    cut: Cut, clips: dict[str, Path], out: Path, cancelled: Callable[[], bool] = lambda: False
) -> ComposeResult:
    return await compose(cut, clips, out, lambda share: None, cancelled)


async def test_untouched_shots_are_copied_packet_by_packet(clips: dict[str, Path], tmp_path: Path) -> None:
    out = tmp_path / "cut.mp4"
    result = await make(film(shot(A), shot(B), shot(A)), clips, out)
    assert (result.facts.frames, result.facts.duration_s) == (144, 6.0)
    assert (result.copied_s, result.encoded_s, result.notes) == (6.0, 0.0, ())
    assert packets(out) == packets(clips[A]) + packets(clips[B]) + packets(clips[A])
    pictures = decoded(out)
    assert [near(pictures[i], RED) for i in (0, 47, 48, 95, 96, 143)] == [True, True, False, False, True, True]


async def test_copied_and_encoded_stretches_share_one_decoder_configuration(
    clips: dict[str, Path], tmp_path: Path
) -> None:
    out = tmp_path / "cut.mp4"
    words = CutOverlay(kind="caption", text="Hello", shot_index=1)
    result = await make(film(shot(A), shot(B), shot(C, 2, "crossfade"), overlays=[words]), clips, out)
    assert result.copied_s > 0
    assert result.encoded_s > 0
    with av.open(str(out)) as container:
        stream = container.streams.video[0]
        assert stream.codec_context.extradata == parameter_sets(SIZE, 24)
        times = [(packet.pts, packet.dts) for packet in container.demux(stream) if packet.size]
    assert times == [(i * 512, i * 512) for i in range(result.facts.frames)]
    assert out.read_bytes().count(b"avcC") == 1
    assert len(decoded(out)) == result.facts.frames == 132


async def test_every_picture_can_be_reached_by_seeking(clips: dict[str, Path], tmp_path: Path) -> None:
    out = tmp_path / "cut.mp4"
    await make(film(shot(A), shot(B, 2, "crossfade"), shot(C)), clips, out)
    with HouseReader(out, SIZE) as reader:
        for number in (131, 0, 70, 35, 60, 24):
            assert reader.picture(number).y.shape == (96, 160)


async def test_the_index_comes_first(clips: dict[str, Path], tmp_path: Path) -> None:
    await make(film(shot(A)), clips, tmp_path / "cut.mp4")
    data = (tmp_path / "cut.mp4").read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")


async def test_the_same_cut_gives_the_same_bytes(clips: dict[str, Path], tmp_path: Path) -> None:
    words = [CutOverlay(kind="title", text="Twice"), CutOverlay(kind="lower_third", text="$129.00", shot_index=1)]
    cut = film(shot(A, 2, "fade"), shot(B, 2, "crossfade"), shot(C), overlays=words, sound=CutSound(bed="calm"))
    made = []
    for name in ("one.mp4", "two.mp4", "three.mp4"):
        await make(cut, clips, tmp_path / name)
        made.append((tmp_path / name).read_bytes())
        # Other work in between, so that memory is not laid out the same way again.
        made.append(bytes(1_000_003))
    assert made[0] == made[2] == made[4]


async def test_a_cross_fade_blends_the_two_shots(clips: dict[str, Path], tmp_path: Path) -> None:
    result = await make(film(shot(A), shot(C, 2, "crossfade")), clips, tmp_path / "cut.mp4")
    pictures = decoded(tmp_path / "cut.mp4")
    assert len(pictures) == result.facts.frames == 84
    reds = [float(picture[..., 0].mean()) for picture in pictures[34:50]]
    assert near(pictures[35], RED)
    assert near(pictures[48], BLUE)
    assert reds == sorted(reds, reverse=True)
    middle = (pictures[41].astype(float) + pictures[42]) / 2
    assert near(middle.astype(np.uint8), (115, 35, 115), within=14)


async def test_a_fade_comes_out_of_black(clips: dict[str, Path], tmp_path: Path) -> None:
    await make(film(shot(A), shot(B, 2, "fade")), clips, tmp_path / "cut.mp4")
    pictures = decoded(tmp_path / "cut.mp4")
    assert near(pictures[47], RED)
    assert pictures[48].mean() < 15
    assert 20 < pictures[53][..., 1].mean() < 150
    assert near(pictures[58], GREEN)


async def test_a_caption_shows_at_the_bottom_in_its_own_time_only(clips: dict[str, Path], tmp_path: Path) -> None:
    words = CutOverlay(kind="caption", text="Hello there", shot_index=0, start_s=0.5, end_s=1.5)
    await make(film(shot(A), shot(B), overlays=[words]), clips, tmp_path / "cut.mp4")
    pictures = decoded(tmp_path / "cut.mp4")

    def white(number: int, top: int, bottom: int) -> int:
        return int((pictures[number][top:bottom].min(axis=2) > 100).sum())

    assert white(24, 70, 96) > 20
    assert white(24, 0, 60) == 0
    assert [white(number, 0, 96) for number in (5, 11, 36, 40, 60)] == [0, 0, 0, 0, 0]
    assert 0 <= white(12, 0, 96) < white(24, 0, 96)


async def test_two_captions_at_once_do_not_cover_each_other(clips: dict[str, Path], tmp_path: Path) -> None:
    words = [CutOverlay(kind="caption", text=text, shot_index=0) for text in ("one one one", "two two two")]
    await make(film(shot(A), overlays=words[:1]), clips, tmp_path / "one.mp4")
    await make(film(shot(A), overlays=words), clips, tmp_path / "two.mp4")
    one, two = (decoded(tmp_path / name)[24] for name in ("one.mp4", "two.mp4"))
    rows = [np.flatnonzero((picture.min(axis=2) > 100).any(axis=1)) for picture in (one, two)]
    assert rows[1].max() == rows[0].max()
    assert rows[1].min() < rows[0].min() - 4


async def test_trim_speed_and_grade_are_played(foreign_clip: Clip, tmp_path: Path) -> None:
    source = foreign_clip("vendor.mp4", [RED, GREEN, BLUE], 1.0)
    shots = (
        CutShot(clip=A, duration_s=3, trim_start_s=1, trim_end_s=2),
        CutShot(clip=A, duration_s=3, speed=2.0),
        CutShot(clip=A, duration_s=3, trim_end_s=1, grade="mono"),
    )
    result = await make(film(*shots), {A: source}, tmp_path / "cut.mp4")
    pictures = decoded(tmp_path / "cut.mp4")
    assert len(pictures) == result.facts.frames == 24 + 36 + 24
    assert near(pictures[12], GREEN)
    assert [near(pictures[24 + i], c) for i, c in ((6, RED), (18, GREEN), (30, BLUE))] == [True] * 3
    mono = pictures[70].reshape(-1, 3).mean(axis=0)
    assert mono.max() - mono.min() < 6


async def test_a_clip_in_another_format_is_converted_first(
    clips: dict[str, Path], foreign_clip: Clip, tmp_path: Path
) -> None:
    clips[B] = foreign_clip("vendor.webm", [GREEN], 2.0, Size(width_px=320, height_px=192))
    out = tmp_path / "cut.mp4"
    result = await make(film(shot(A), shot(B), shot(C)), clips, out)
    pictures = decoded(out)
    assert result.facts.frames == len(pictures) == 144
    assert near(pictures[70], GREEN)


async def test_a_clip_that_is_short_holds_its_last_picture(house_clip: Clip, tmp_path: Path) -> None:
    clips = {A: house_clip("red", RED, 1.5), B: house_clip("green", GREEN, 2.0)}
    result = await make(film(shot(A), shot(B)), clips, tmp_path / "cut.mp4")
    pictures = decoded(tmp_path / "cut.mp4")
    assert len(pictures) == 96
    assert near(pictures[47], RED)
    assert near(pictures[48], GREEN)
    assert result.notes == ("Shot 1: its clip is 0.50 s short, so its last picture is held.",)


async def test_the_sound_is_one_track_as_long_as_the_film(clips: dict[str, Path], tmp_path: Path) -> None:
    out = tmp_path / "cut.mp4"
    result = await make(film(shot(A), shot(B), shot(C), sound=CutSound(bed="calm")), clips, out)
    assert (result.facts.has_audio, result.facts.audio_codec, result.copied_s) == (True, "aac", 6.0)
    with av.open(str(out)) as container:
        stream = container.streams.audio[0]
        assert (stream.rate, stream.layout.name, stream.start_time) == (48_000, "stereo", 0)
        blocks = [frame.to_ndarray() for frame in container.decode(stream)]
    samples = np.concatenate(blocks, axis=1)
    assert samples.shape[1] / 48_000 == pytest.approx(6.0, abs=1 / 24)
    assert 20 * np.log10(np.abs(samples).max()) == pytest.approx(-18, abs=3)
    # No gap where shots meet: the level around each join is the level of the bed.
    for join in (2, 4):
        around = samples[:, int((join - 0.02) * 48_000) : int((join + 0.02) * 48_000)]
        assert np.abs(around).max() > 0.02


@pytest.mark.parametrize("sound", [SILENT, CutSound(bed="calm", muted=True)])
async def test_a_silent_cut_has_no_audio_track(clips: dict[str, Path], tmp_path: Path, sound: CutSound) -> None:
    result = await make(film(shot(A), sound=sound), clips, tmp_path / "cut.mp4")
    assert not result.facts.has_audio


async def test_progress_only_grows_and_ends_at_one(clips: dict[str, Path], tmp_path: Path) -> None:
    seen: list[float] = []
    cut = film(shot(A), shot(B, 2, "crossfade"))
    await compose(cut, clips, tmp_path / "cut.mp4", seen.append, lambda: False)
    assert seen == sorted(seen)
    assert (seen[0] >= 0, seen[-1]) == (True, 1.0)


async def test_stopping_leaves_nothing_behind(clips: dict[str, Path], tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    for after in (0, 1, 30, 60):
        asked = iter(range(after))
        with pytest.raises(StoppedError):
            await make(
                film(shot(A), shot(B, 2, "crossfade"), sound=CutSound(bed="calm")),
                clips,
                tmp_path / "cut.mp4",
                lambda asked=asked: next(asked, None) is None,  # type: ignore[misc]
            )
        assert sorted(tmp_path.iterdir()) == before


async def test_a_cancelled_task_stops_the_thread_and_leaves_nothing(clips: dict[str, Path], tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    started = asyncio.Event()
    loop, threads = asyncio.get_running_loop(), set()

    def progress(share: float) -> None:
        threads.add(threading.current_thread())
        loop.call_soon_threadsafe(started.set)

    words = CutOverlay(kind="caption", text="Hello")
    long = film(*(CutShot(clip=A, duration_s=2, speed=0.25) for _ in range(10)), overlays=[words])
    task = asyncio.create_task(compose(long, clips, tmp_path / "cut.mp4", progress, lambda: False))
    await started.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert threads.isdisjoint({threading.main_thread()})
    assert sorted(tmp_path.iterdir()) == before


async def test_a_clip_that_was_not_handed_in_is_named(clips: dict[str, Path], tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="shot 2"):
        await make(film(shot(A), shot("d" * 64)), clips, tmp_path / "cut.mp4")
    assert not (tmp_path / "cut.mp4").exists()


async def test_a_broken_clip_is_refused_and_the_old_cut_stays(clips: dict[str, Path], tmp_path: Path) -> None:
    out = tmp_path / "cut.mp4"
    out.write_bytes(b"the cut before")
    clips[B].write_bytes(b"<html>expired</html>")
    with pytest.raises(MediaError, match="web page"):
        await make(film(shot(A), shot(B)), clips, out)
    assert out.read_bytes() == b"the cut before"


async def test_a_start_trimmed_past_a_short_clip_is_refused(clips: dict[str, Path], tmp_path: Path) -> None:
    late = CutShot(clip=A, duration_s=5, trim_start_s=3)
    with pytest.raises(MediaError, match=r"Shot 1 starts at 3 s.*2\.00 s"):
        await make(film(late), clips, tmp_path / "cut.mp4")


async def test_a_place_that_cannot_be_written_is_a_store_error(clips: dict[str, Path], tmp_path: Path) -> None:
    # A file where a folder should be stops every user, root too.
    (tmp_path / "data").write_bytes(b"")
    with pytest.raises(StoreError, match=r"cut\.mp4.*CUTAWAY_DATA_DIR"):
        await make(film(shot(A)), clips, tmp_path / "data" / "cut.mp4")


FULL_DISK = """
import asyncio, json, resource, signal, sys
from pathlib import Path
from cutaway.errors import StoreError
from cutaway.media.compose import compose
from cutaway.media.timeline import Cut
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
cut, clip, out = Cut.from_json(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])
limit = int(sys.argv[4])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    asyncio.run(compose(cut, {shot.clip: clip for shot in cut.shots}, out, lambda share: None, lambda: False))
except StoreError as error:
    print(json.dumps(error.data()))
"""


@pytest.mark.parametrize("overlays", [(), (CutOverlay(kind="caption", text="Hello"),)])
async def test_a_full_disk_is_said_and_leaves_nothing_behind(
    tmp_path: Path, house_clip: Clip, overlays: tuple[CutOverlay, ...]
) -> None:
    clip = house_clip("red", RED)
    # Less than the sound alone needs, so that writing fails however well the pictures compress.
    cut = film(*(shot(A) for _ in range(10)), overlays=overlays, sound=CutSound(bed="bright"))
    ran = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", FULL_DISK, cut.to_json(), str(clip), str(tmp_path / "cut.mp4"), "60000"],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    said = json.loads(ran.stdout)
    assert "No room left" in said["message"]
    assert "CUTAWAY_DATA_DIR" in said["fix"]
    assert [path.name for path in tmp_path.iterdir()] == ["red.mp4"]


async def test_overlay_notes_reach_the_result_once(clips: dict[str, Path], tmp_path: Path) -> None:
    words = [CutOverlay(kind="caption", text="late", shot_index=0, start_s=9)] * 2
    result = await make(film(shot(A), overlays=words), clips, tmp_path / "cut.mp4")
    assert len(result.notes) == 1


def packets(path: Path) -> list[bytes]:
    with av.open(io.BytesIO(path.read_bytes()), mode="r") as container:
        return [bytes(packet) for packet in container.demux(video=0) if packet.size]
