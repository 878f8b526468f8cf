from __future__ import annotations

from pathlib import Path

import pytest

from cutaway.contract import Size
from cutaway.errors import MediaError, StoppedError
from cutaway.media.house import house_frames, parameter_sets
from cutaway.media.normalise import normalise
from cutaway.media.picture import Grade
from cutaway.media.probe import probe
from media.conftest import SIZE, Clip, decoded, near

RED, GREEN, BLUE = (200, 30, 30), (30, 170, 40), (30, 40, 200)


@pytest.mark.parametrize("name", ["vendor.mp4", "vendor.webm"])
def test_a_vendors_clip_becomes_house_format(foreign_clip: Clip, tmp_path: Path, name: str) -> None:
    source = foreign_clip(name, [RED, BLUE], 1.0)
    facts = normalise(source, tmp_path / "out.mp4", size=SIZE, fps=24)
    assert house_frames(tmp_path / "out.mp4", SIZE, 24) == facts.frames == 48
    assert (facts.fps, facts.duration_s, facts.has_audio, facts.pix_fmt) == (24.0, 2.0, True, "yuv420p")
    pictures = decoded(tmp_path / "out.mp4")
    assert all(near(picture, RED) for picture in pictures[:24])
    assert all(near(picture, BLUE) for picture in pictures[25:])


def test_a_house_clip_that_does_not_change_keeps_its_bytes(house_clip: Clip, tmp_path: Path) -> None:
    source = house_clip("red", RED, 2.0)
    normalise(source, tmp_path / "out.mp4", size=SIZE, fps=24)
    assert (tmp_path / "out.mp4").read_bytes() == source.read_bytes()


def test_the_same_clip_gives_the_same_bytes_twice(foreign_clip: Clip, tmp_path: Path) -> None:
    source = foreign_clip("vendor.mp4", [RED, GREEN, BLUE], 0.5)
    for name in ("one.mp4", "two.mp4"):
        normalise(source, tmp_path / name, size=SIZE, fps=24)
    assert (tmp_path / "one.mp4").read_bytes() == (tmp_path / "two.mp4").read_bytes()


def test_a_trim_keeps_only_its_seconds(foreign_clip: Clip, tmp_path: Path) -> None:
    source = foreign_clip("vendor.mp4", [RED, GREEN, BLUE], 1.0)
    facts = normalise(source, tmp_path / "out.mp4", size=SIZE, fps=24, trim_start_s=1.0, trim_end_s=2.0)
    assert facts.frames == 24
    assert all(near(picture, GREEN) for picture in decoded(tmp_path / "out.mp4"))


@pytest.mark.parametrize(("speed", "frames"), [(2.0, 36), (0.5, 144)])
def test_speed_changes_the_length_and_keeps_the_order(
    foreign_clip: Clip, tmp_path: Path, speed: float, frames: int
) -> None:
    source = foreign_clip("vendor.mp4", [RED, GREEN, BLUE], 1.0)
    facts = normalise(source, tmp_path / "out.mp4", size=SIZE, fps=24, speed=speed)
    assert facts.frames == frames
    pictures = decoded(tmp_path / "out.mp4")
    for share, colour in ((0.16, RED), (0.5, GREEN), (0.84, BLUE)):
        assert near(pictures[int(frames * share)], colour)


def test_a_trim_that_keeps_nothing_is_refused(house_clip: Clip, tmp_path: Path) -> None:
    source = house_clip("red", RED, 1.0)
    with pytest.raises(MediaError, match="Nothing is left"):
        normalise(source, tmp_path / "out.mp4", size=SIZE, fps=24, trim_start_s=5.0)
    assert not (tmp_path / "out.mp4").exists()


def test_a_close_aspect_fills_the_frame(foreign_clip: Clip, tmp_path: Path) -> None:
    source = foreign_clip("vendor.mp4", [GREEN], 0.5, Size(width_px=192, height_px=108))
    normalise(source, tmp_path / "out.mp4", size=SIZE, fps=24)
    picture = decoded(tmp_path / "out.mp4")[5]
    assert picture.shape == (96, 160, 3)
    assert near(picture[:4], GREEN)
    assert near(picture[:, :4], GREEN)


def test_a_far_aspect_gets_black_bars(foreign_clip: Clip, tmp_path: Path) -> None:
    source = foreign_clip("vendor.mp4", [GREEN], 0.5, Size(width_px=96, height_px=160))
    normalise(source, tmp_path / "out.mp4", size=SIZE, fps=24)
    picture = decoded(tmp_path / "out.mp4")[5]
    assert near(picture[:, :40], (0, 0, 0))
    assert near(picture[:, -40:], (0, 0, 0))
    assert near(picture[:, 56:104], GREEN)


def test_warm_is_redder_and_cool_is_bluer(house_clip: Clip, tmp_path: Path) -> None:
    source = house_clip("grey", (128, 128, 128), 0.5)
    means = {}
    for grade in ("warm", "cool"):
        normalise(source, tmp_path / f"{grade}.mp4", size=SIZE, fps=24, grade=grade)
        means[grade] = decoded(tmp_path / f"{grade}.mp4")[3].reshape(-1, 3).mean(axis=0)
    assert means["warm"][0] > means["warm"][2] + 15
    assert means["cool"][2] > means["cool"][0] + 15


def test_mono_has_no_colour(house_clip: Clip, tmp_path: Path) -> None:
    normalise(house_clip("red", RED, 0.5), tmp_path / "out.mp4", size=SIZE, fps=24, grade="mono")
    mean = decoded(tmp_path / "out.mp4")[3].reshape(-1, 3).mean(axis=0)
    assert mean.max() - mean.min() < 4


@pytest.mark.parametrize(("grade", "more"), [("vivid", True), ("faded", False)])
def test_vivid_and_faded_change_the_distance_between_colours(
    house_clip: Clip, tmp_path: Path, grade: Grade, more: bool
) -> None:
    muted = (130, 90, 90)
    normalise(house_clip("muted", muted, 0.5), tmp_path / "out.mp4", size=SIZE, fps=24, grade=grade)
    mean = decoded(tmp_path / "out.mp4")[3].reshape(-1, 3).mean(axis=0)
    assert bool(mean.max() - mean.min() > 45) is more
    assert bool(mean.max() - mean.min() < 30) is not more


def test_stopping_leaves_nothing_behind(foreign_clip: Clip, tmp_path: Path) -> None:
    source = foreign_clip("vendor.mp4", [RED], 2.0)
    seen: list[float] = []
    with pytest.raises(StoppedError):
        normalise(
            source,
            tmp_path / "out.mp4",
            size=SIZE,
            fps=24,
            progress=seen.append,
            cancelled=lambda: len(seen) >= 5,
        )
    assert len(seen) == 5
    assert sorted(path.name for path in tmp_path.iterdir()) == ["vendor.mp4"]


def test_every_house_file_of_one_size_has_the_same_decoder_configuration(foreign_clip: Clip, tmp_path: Path) -> None:
    for number, colours in enumerate(([RED], [GREEN, BLUE])):
        normalise(foreign_clip(f"v{number}.mp4", colours), tmp_path / "out.mp4", size=SIZE, fps=24)
        assert house_frames(tmp_path / "out.mp4", SIZE, 24) is not None
    other = Size(width_px=96, height_px=160)
    assert parameter_sets(other, 24) != parameter_sets(SIZE, 24)
    assert house_frames(tmp_path / "out.mp4", other, 24) is None


def test_an_odd_size_is_refused(house_clip: Clip, tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="even"):
        normalise(house_clip("red", RED, 0.5), tmp_path / "o.mp4", size=Size(width_px=161, height_px=96), fps=24)


def test_a_vendors_clip_is_not_mistaken_for_house_format(foreign_clip: Clip) -> None:
    path = foreign_clip("vendor.mp4", [RED], 1.0, fps=24, audio=False)
    assert probe(path).fps == 24
    assert house_frames(path, SIZE, 24) is None
