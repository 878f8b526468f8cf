"""Styles, scripts, tags and cards: what they look like and where they stand."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest

from cutaway.contract import Size
from cutaway.media.overlays import draw
from cutaway.media.timeline import TitleStyle

WIDE = Size(width_px=848, height_px=480)
SIZES = (WIDE, Size(width_px=480, height_px=848), Size(width_px=480, height_px=480), Size(width_px=1280, height_px=720))
STYLES: tuple[TitleStyle, ...] = get_args(TitleStyle)


def test_every_style_of_title_looks_different() -> None:
    assert len({draw("title", "Ember", WIDE, style=style).image.tobytes() for style in STYLES}) == len(STYLES)


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("text", ["Hi", "The long way home over the snowy mountains of the north"])
def test_every_style_keeps_its_letters_in_the_safe_area(style: TitleStyle, size: Size, text: str) -> None:
    image = draw("title", text, size, style=style).image
    # Nearly opaque and bright: letters and rules, not shadows and bands.
    solid = np.asarray(image)
    rows, columns = np.nonzero((solid[..., 3] > 235) & (solid[..., :3].min(axis=2) > 200))
    assert columns.min() >= size.width_px * 0.05 - 1
    assert columns.max() <= size.width_px * 0.95 + 1
    assert rows.min() >= size.height_px * 0.04
    assert rows.max() <= size.height_px * 0.96


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    "text",
    "Größe – naïve|Привет, мир|مرحبا بالعالم|שלום עולם|世界你好|東京へようこそ|안녕하세요|नमस्ते|สวัสดี".split("|"),
)
def test_titles_in_many_scripts_are_complete_without_a_font_of_ones_own(text: str, style: TitleStyle) -> None:
    assert draw("title", text, WIDE, style=style).notes == ()


def test_arabic_letters_join() -> None:
    joined, apart = (draw("title", text, WIDE).box for text in ("ببب", "ب\u200cب\u200cب"))
    assert joined[2] - joined[0] < apart[2] - apart[0]


def test_a_title_of_five_thousand_letters_is_shortened_with_a_note() -> None:
    drawn = draw("title", "Ember lantern " * 360, WIDE, style="bold")
    assert "too long" in drawn.notes[0]
    assert drawn.box[3] <= 480 * 0.97


def test_a_price_tag_hangs_at_the_upper_right() -> None:
    left, top, right, bottom = draw("price_tag", "$1,299.00", WIDE).box
    assert left > 424
    assert right <= 848 * 0.95 + 1
    assert 0 < top < bottom < 160


def test_an_end_card_covers_the_frame_and_keeps_its_lines() -> None:
    one, three = draw("end_card", "Ember", WIDE), draw("end_card", "Ember\nCarry the campfire\nember.example", WIDE)
    assert one.box == three.box == (0, 0, 848, 480)
    alpha = np.asarray(one.image)[..., 3]
    assert alpha.min() > 150

    def bright_rows(image: object) -> int:
        return int((np.asarray(image)[..., :3].min(axis=2) > 200).any(axis=1).sum())

    assert bright_rows(three.image) > bright_rows(one.image) + 20


def test_a_lit_word_moves_along_its_caption() -> None:
    def lit(word: int) -> float:
        pixels = np.asarray(draw("caption", "one two three four", WIDE, word=word).image).astype(int)
        amber = (pixels[..., 3] > 200) & (pixels[..., 0] > 230) & (pixels[..., 2] < 140)
        return float(np.nonzero(amber)[1].mean())

    places = [lit(word) for word in range(4)]
    assert places == sorted(places)
    assert places[3] - places[0] > 60


def test_a_lit_caption_stands_where_the_same_words_stand_unlit() -> None:
    assert draw("caption", "one two three four", WIDE, word=2).box == draw("caption", "one two three four", WIDE).box
