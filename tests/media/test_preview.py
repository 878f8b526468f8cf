from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageSequence

from cutaway.contract import Size
from cutaway.errors import MediaError
from cutaway.media.preview import poster, preview
from media.conftest import Clip, near

RED, BLUE = (200, 30, 30), (30, 40, 200)


@pytest.mark.parametrize(("at_s", "colour"), [(0.0, RED), (0.9, RED), (1.2, BLUE), (1.95, BLUE)])
def test_a_poster_shows_the_moment_asked_for(
    foreign_clip: Clip, tmp_path: Path, at_s: float, colour: tuple[int, int, int]
) -> None:
    film = foreign_clip("film.mp4", [RED, BLUE], 1.0)
    assert poster(film, tmp_path / "p.jpg", at_s) == (160, 96)
    with Image.open(tmp_path / "p.jpg") as image:
        assert (image.format, image.size) == ("JPEG", (160, 96))
        assert near(np.asarray(image), colour, within=14)


def test_a_poster_needs_no_moment(foreign_clip: Clip, tmp_path: Path) -> None:
    poster(foreign_clip("film.webm", [RED, BLUE, BLUE], 0.5), tmp_path / "p.jpg")
    with Image.open(tmp_path / "p.jpg") as image:
        assert near(np.asarray(image), BLUE, within=14)


def test_a_moment_after_the_end_is_refused(house_clip: Clip, tmp_path: Path) -> None:
    with pytest.raises(MediaError, match=r"lasts 1\.00 s"):
        poster(house_clip("red", RED, 1.0), tmp_path / "p.jpg", 1.5)
    assert not (tmp_path / "p.jpg").exists()


def test_a_preview_moves_and_is_small(foreign_clip: Clip, tmp_path: Path) -> None:
    film = foreign_clip("film.mp4", [RED, BLUE], 1.0)
    assert preview(film, tmp_path / "p.webp", width_px=80) == (80, 48)
    with Image.open(tmp_path / "p.webp") as image:
        frames = [np.asarray(frame.convert("RGB")) for frame in ImageSequence.Iterator(image)]
        assert (image.format, image.size, image.info["loop"]) == ("WEBP", (80, 48), 0)
    # Equal frames may be merged by the encoder; first and last must be the two colours.
    assert near(frames[0], RED, within=14)
    assert near(frames[-1], BLUE, within=14)


def test_a_preview_is_never_wider_than_its_film_nor_longer_than_asked(foreign_clip: Clip, tmp_path: Path) -> None:
    film = foreign_clip("film.mp4", [RED, BLUE] * 4, 0.25, Size(width_px=64, height_px=64))
    assert preview(film, tmp_path / "p.webp", max_s=1.0) == (64, 64)
    with Image.open(tmp_path / "p.webp") as image:
        total_ms = 0
        for frame in ImageSequence.Iterator(image):
            frame.load()
            total_ms += frame.info["duration"]
    assert total_ms == 1000


def test_a_broken_film_is_refused(tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(b"<html>")
    for make in (poster, preview):
        with pytest.raises(MediaError, match="web page"):
            make(tmp_path / "film.mp4", tmp_path / "out.webp")
    assert not (tmp_path / "out.webp").exists()
