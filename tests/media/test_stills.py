from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image

from cutaway.contract import Size
from cutaway.errors import AttachmentError, OrderMismatchError, StoppedError
from cutaway.media.compose import compose
from cutaway.media.house import house_frames
from cutaway.media.probe import check_picture, probe, probe_image
from cutaway.media.stills import moving, still_poster
from cutaway.media.timeline import Cut, CutShot
from media.conftest import SIZE, Pixels, decoded

BRIGHT, DARK = (230, 230, 230), (20, 20, 20)


def painting(path: Path, size: tuple[int, int] = (640, 384), kind: str = "PNG") -> Path:
    """Dark with a bright block in its middle, a quarter of its width and height."""
    wide, high = size
    image = Image.new("RGB", size, DARK)
    image.paste(BRIGHT, (wide * 3 // 8, high * 3 // 8, wide * 5 // 8, high * 5 // 8))
    image.save(path, kind)
    return path


def film(tmp_path: Path, camera: str, size: tuple[int, int] = (640, 384)) -> list[Pixels]:
    source = painting(tmp_path / "one.png", size)
    moving(source, tmp_path / "out.mp4", size=SIZE, fps=24, duration_s=2, camera=camera, cancelled=lambda: False)
    return decoded(tmp_path / "out.mp4")


def block(picture: Pixels) -> tuple[float, float, int]:
    """Where the middle of the bright block is, across and down from 0 to 1, and how many pixels it has."""
    ys, xs = (picture.mean(axis=2) > 125).nonzero()
    return float(xs.mean()) / picture.shape[1], float(ys.mean()) / picture.shape[0], len(xs)


def test_a_picture_lasts_as_long_as_its_shot_in_house_format(tmp_path: Path) -> None:
    assert len(film(tmp_path, "static")) == 48
    assert house_frames(tmp_path / "out.mp4", SIZE, 24) == 48


@pytest.mark.parametrize(("camera", "grows"), [("static", True), ("dolly_in", True), ("dolly_out", False)])
def test_a_move_in_makes_things_larger_and_one_out_smaller(tmp_path: Path, camera: str, grows: bool) -> None:
    pictures = film(tmp_path, camera)
    first, last = block(pictures[0])[2], block(pictures[-1])[2]
    assert (last > first) is grows
    assert 1.03 < max(first, last) / min(first, last) < 1.25


@pytest.mark.parametrize(
    ("camera", "axis", "way"), [("pan_left", 0, 1), ("pan_right", 0, -1), ("tilt_up", 1, 1), ("tilt_down", 1, -1)]
)
def test_a_camera_that_turns_moves_things_the_other_way(tmp_path: Path, camera: str, axis: int, way: int) -> None:
    pictures = film(tmp_path, camera)
    assert (block(pictures[-1])[axis] - block(pictures[0])[axis]) * way > 0.04


def test_a_move_is_even_and_never_jumps(tmp_path: Path) -> None:
    places = [block(picture)[0] for picture in film(tmp_path, "pan_right")]
    assert max(before - after for before, after in pairwise(places)) < 0.02


def test_a_picture_of_another_shape_fills_the_frame(tmp_path: Path) -> None:
    picture = film(tmp_path, "static", (400, 400))[0]
    assert list(block(picture)[:2]) == pytest.approx([0.5, 0.5], abs=0.02)
    assert abs(float(picture[2].mean()) - 20) < 8


def test_a_stopped_move_leaves_nothing(tmp_path: Path) -> None:
    source, out = painting(tmp_path / "one.png"), tmp_path / "out.mp4"
    with pytest.raises(StoppedError, match=r"one\.png at picture 0"):
        moving(source, out, size=SIZE, fps=24, duration_s=2, cancelled=lambda: True)
    assert [path.name for path in tmp_path.iterdir()] == ["one.png"]


def test_what_is_no_picture_is_refused(tmp_path: Path) -> None:
    (tmp_path / "one.png").write_bytes(b"not a picture")
    with pytest.raises(AttachmentError, match="is not a picture"):
        moving(tmp_path / "one.png", tmp_path / "out.mp4", size=SIZE, fps=24, duration_s=2, cancelled=lambda: False)


def test_a_still_smaller_than_the_film_or_of_another_shape_is_not_what_was_ordered(tmp_path: Path) -> None:
    facts = probe_image(painting(tmp_path / "one.png", (640, 384)))
    check_picture(facts, SIZE)
    with pytest.raises(OrderMismatchError, match="it is 640x384, the film is 848x480"):
        check_picture(facts, Size(width_px=848, height_px=480))
    with pytest.raises(OrderMismatchError, match="the film is 384x384"):
        check_picture(facts, Size(width_px=384, height_px=384))


def test_the_poster_of_a_still_is_the_whole_picture_as_jpeg(tmp_path: Path) -> None:
    source = painting(tmp_path / "one.webp", kind="WEBP")
    assert still_poster(source, tmp_path / "poster.jpg") == (640, 384)
    with Image.open(tmp_path / "poster.jpg") as made:
        assert made.format == "JPEG"


async def test_a_cut_shows_one_still_twice_each_as_long_as_its_shot(tmp_path: Path, house_clip: object) -> None:
    source = painting(tmp_path / "one.png")
    name = "a" * 64
    shots = (
        CutShot(clip=name, duration_s=1, still=True, camera="dolly_in"),
        CutShot(clip=name, duration_s=2, still=True, camera="dolly_out", transition="crossfade"),
    )
    cut = Cut(shots=shots, size=SIZE)
    out = tmp_path / "cut.mp4"
    await compose(cut, {name: source}, out, lambda share: None, lambda: False)
    assert probe(out).duration_s == pytest.approx(2.5, abs=0.01)
    pictures = decoded(out)
    assert block(pictures[0])[2] < block(pictures[10])[2]
    assert block(pictures[-1])[2] < block(pictures[30])[2]
