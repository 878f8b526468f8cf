from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from cutaway.contract import Size
from cutaway.errors import MediaError
from cutaway.media.overlays import draw, pixels
from cutaway.media.picture import Picture, black, lay, mix, plate
from cutaway.media.timeline import OverlayKind

WIDE = Size(width_px=848, height_px=480)
TALL = Size(width_px=480, height_px=848)
LONG = "The keeper of the old lighthouse counts every ship that passes in the night and writes its name down. " * 3


@pytest.mark.parametrize("size", [WIDE, TALL, Size(width_px=160, height_px=96)])
@pytest.mark.parametrize("kind", ["caption", "title", "lower_third"])
@pytest.mark.parametrize("text", ["Hi", "A fox crosses the quiet street while the rain keeps falling", LONG[:180]])
def test_words_stay_inside_the_safe_area(kind: OverlayKind, size: Size, text: str) -> None:
    left, top, right, bottom = draw(kind, text, size).box
    assert left >= size.width_px * 0.05 - 1
    assert right <= size.width_px * 0.95 + 1
    # A title's soft shadow may reach a little further than its letters.
    assert top >= size.height_px * 0.03
    assert bottom <= size.height_px * 0.97


def test_each_kind_has_its_place() -> None:
    caption, title, lower = (draw(kind, "Words", WIDE).box for kind in ("caption", "title", "lower_third"))
    assert caption[1] > 300
    assert abs((caption[0] + caption[2]) / 2 - 424) < 4
    assert title[3] < 240
    assert lower[1] > 300
    assert lower[0] < 60
    assert lower[2] < 424


def test_a_long_text_gets_smaller_letters_and_stays_complete() -> None:
    drawn = draw("caption", LONG[:300], WIDE)
    assert drawn.notes == ()
    short = draw("caption", "Hello", WIDE)
    assert drawn.box[3] - drawn.box[1] > short.box[3] - short.box[1]


def test_a_text_that_can_never_fit_is_shortened_with_a_note() -> None:
    drawn = draw("caption", LONG * 20, WIDE)
    assert len(drawn.notes) == 1
    assert "too long" in drawn.notes[0]


@pytest.mark.parametrize("text", ["x" * 300, "東京" * 60, "https://example.org/" + "path/" * 30])
def test_a_word_wider_than_the_line_is_broken(text: str) -> None:
    left, _, right, _ = draw("caption", text, WIDE).box
    assert left >= 42
    assert right <= 806


def test_letters_no_font_has_are_noted_and_something_is_drawn() -> None:
    drawn = draw("title", "\U00013000\U00013001", WIDE)
    assert "\U00013000" in drawn.notes[0]
    assert drawn.box[2] > drawn.box[0]


def test_ascii_needs_no_notes() -> None:
    assert draw("title", "Runner 5 (new!) $129.00 & more: 50% [a-z] 'x' \"y\"", WIDE).notes == ()


def test_a_font_that_is_not_one_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "font.ttf"
    path.write_bytes(b"<html>")
    with pytest.raises(MediaError, match=r"font\.ttf"):
        draw("title", "x", WIDE, font=path)


def test_the_same_words_give_the_same_pixels() -> None:
    assert draw("title", "Twice", WIDE).image.tobytes() == draw("title", "Twice", WIDE).image.tobytes()


def test_another_text_gives_other_pixels() -> None:
    assert draw("title", "Price 129", WIDE).image.tobytes() != draw("title", "Price 128", WIDE).image.tobytes()


def test_a_plate_changes_only_its_own_box() -> None:
    drawn = draw("caption", "Hello there", WIDE)
    rgba, left, top = pixels(drawn)
    assert (left % 2, top % 2, rgba.shape[0] % 2, rgba.shape[1] % 2) == (0, 0, 0, 0)
    grey = black(WIDE)
    grey.y[:] = 120
    result = lay(grey, plate(rgba, left, top), 1.0)
    changed = np.argwhere(result.y != 120)
    assert changed.min(axis=0).tolist() >= [top, left]
    assert result.y.max() > 225
    assert grey.y.max() == 120


def test_half_a_share_is_half_the_opacity() -> None:
    white = plate(np.full((4, 4, 4), 255, np.uint8), 0, 0)
    base = black(Size(width_px=16, height_px=16))
    assert [int(lay(base, white, share).y[0, 0]) for share in (0.0, 0.5, 1.0)] == [16, 126, 235]


def test_a_blend_of_a_picture_with_itself_is_the_picture() -> None:
    noise = np.random.default_rng(7).integers(16, 235, 16 * 16 * 3 // 2, dtype=np.uint8)
    picture = Picture(noise, 16, 16)
    for share in (0.0, 0.3, 0.5, 1.0):
        assert mix(picture, picture, share).flat.tolist() == noise.tolist()
