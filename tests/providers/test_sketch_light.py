"""The words for a shot's light, and the looks of a film: each its own, none a tint of another."""

from __future__ import annotations

import pytest
from PIL import Image, ImageChops

from cutaway_providers.sketch.grades import GRADES, grade_of
from cutaway_providers.sketch.scene import LOOKS, read
from providers.sketches import film, frame, layers_at, means, order


@pytest.mark.parametrize(
    ("words", "mood"),
    [
        ("candle-lit", "candle"), ("film noir", "noir"), ("high-key", "high-key"), ("golden hour", "golden"),
        ("soft morning haze", "soft"), ("harsh and dramatic", "dramatic"), ("moonlit", "moonlit"),
    ],
)  # fmt: skip
def test_words_find_their_mood(words: str, mood: str) -> None:
    assert grade_of(words) is GRADES[mood]


def test_words_that_name_no_light_change_nothing() -> None:
    assert grade_of("as before") is None
    assert frame(order(lighting="as before")).tobytes() == frame(order()).tobytes()


def test_a_light_that_cannot_be_drawn_is_said_with_those_that_can() -> None:
    (note,) = read(order(lighting="stroboscopic lighting")).notes
    assert note.startswith("I cannot draw the light 'stroboscopic lighting'")
    assert all(mood in note for mood in GRADES)


@pytest.mark.parametrize("words", ["", "darker", "brighter", "lantern light", "natural light", "deep red light"])
def test_a_light_that_is_drawn_needs_no_note(words: str) -> None:
    assert read(order(lighting=words)).notes == ()


@pytest.mark.parametrize("words", ["darker", "brighter", "dimly lit", "softer", "lantern light"])
def test_a_light_said_as_a_change_is_seen(words: str) -> None:
    assert frame(order(lighting=words)).tobytes() != frame(order()).tobytes()


def test_moods_do_what_they_say() -> None:
    plain = means(frame(order(setting="meadow")))

    def lit(words: str) -> tuple[float, float, float]:
        return means(frame(order(setting="meadow", lighting=words)))

    warm, cold, noir, bright, dim = (lit(w) for w in ("warm", "cold", "noir", "high-key", "low-key"))
    assert warm[0] - warm[2] > plain[0] - plain[2] + 15
    assert cold[0] - cold[2] < plain[0] - plain[2] - 15
    assert max(noir) - min(noir) < 14
    assert sum(bright) > sum(plain) + 60
    assert sum(dim) < sum(plain) - 60


@pytest.mark.parametrize(("words", "flickers"), [("candle-lit", True), ("spotlight", False)])
def test_a_candle_flickers_and_a_spotlight_does_not(words: str, flickers: bool) -> None:
    shot = film(order(lighting=words))
    size = (shot.stage.width, shot.stage.height)
    early, late = (shot.finish.apply(Image.new("RGBa", size, (90, 90, 90, 255)), t).tobytes() for t in (0.1, 0.25))
    assert (early != late) is flickers


def test_every_look_has_a_palette_of_its_own() -> None:
    by_look = {look: means(frame(order(setting="forest", look=look))) for look in LOOKS}
    ink, neon, blue, chalk = (by_look[name] for name in ("ink", "neon", "blueprint", "chalkboard"))
    assert min(ink) > 130
    assert max(neon) < 90
    assert blue[2] > blue[0] + 60
    assert max(chalk) < 140
    assert chalk[1] > chalk[0]


@pytest.mark.parametrize("hour", ["day", "dusk", "night"])
def test_a_look_is_no_tint_of_paper(hour: str) -> None:
    paper = frame(order("red fox", time_of_day=hour)).convert("L")
    for look in LOOKS[1:]:
        drawn = frame(order("red fox", time_of_day=hour, look=look)).convert("L")
        # A tint keeps the order of light and dark everywhere: its levels follow from paper's, pixel by pixel.
        spread: dict[int, list[int]] = {}
        for a, b in zip(paper.tobytes()[::7], drawn.tobytes()[::7], strict=True):
            spread.setdefault(a // 8, []).append(b)
        assert max(max(seen) - min(seen) for seen in spread.values()) > 90, look


def test_ink_keeps_one_spot_of_red() -> None:
    with_fox, without = (frame(order(kind, look="ink", action="waits")) for kind in ("red fox", "robot"))

    def red(picture: Image.Image) -> int:
        r, g, _ = picture.split()
        return sum(ImageChops.subtract(r, g).histogram()[90:])

    assert red(with_fox) > 10 * max(1, red(without))


@pytest.mark.parametrize(
    ("look", "words", "drawn", "notes"),
    [
        (
            "paper",
            "oil painting",
            "paper",
            (
                "I have no style 'oil painting', so I drew paper. "
                "I can draw paper, ink, neon, blueprint and chalkboard.",
            ),
        ),
        ("paper", "a chalk drawing", "chalkboard", ()),
        ("ink", "neon", "ink", ()),
        ("watercolour", "", "paper", ("I do not know the look 'watercolour', so I drew 'paper'.",)),
    ],
)
def test_a_style_the_artist_has_not_is_paper_and_said(
    look: str, words: str, drawn: str, notes: tuple[str, ...]
) -> None:
    sketch = read(order(look=look, style=words))
    assert (sketch.look, sketch.notes) == (drawn, notes)


def test_rain_leaves_mirrors_on_the_street_and_none_in_the_kitchen() -> None:
    assert "weather.puddles" in layers_at(order(setting="street", weather="rain"))
    assert "weather.puddles" not in layers_at(order(setting="kitchen", weather="rain"))
