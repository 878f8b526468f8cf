from __future__ import annotations

import itertools
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from cutaway.contract import Size
from cutaway.errors import MediaError
from cutaway.media.timeline import Cut, CutOverlay, CutShot, CutSound, Piece, lay_out, pieces

SIZE = Size(width_px=160, height_px=96)
A, B, C = "a" * 64, "b" * 64, "c" * 64


def cut(*shots: CutShot, overlays: tuple[CutOverlay, ...] = ()) -> Cut:
    return Cut(shots=shots, overlays=overlays, size=SIZE)


def plan(film: Cut, seconds: float = 10.0) -> tuple[Piece, ...]:
    return pieces(lay_out(film), [round(seconds * 24)] * len(film.shots), 24, 24)


def test_a_cut_survives_its_json() -> None:
    film = Cut(
        shots=(CutShot(clip=A, duration_s=3, trim_end_s=2.5, speed=0.5, grade="warm", transition="fade"),),
        overlays=(CutOverlay(kind="caption", text="Łódź — 東京", shot_index=0, start_s=0.5),),
        sound=CutSound(bed="calm", volume=0.4),
        size=SIZE,
    )
    assert Cut.from_json(film.to_json()) == film
    assert Cut.from_json(film.to_json()).to_json() == film.to_json()


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"shots": []}, "shots"),
        ({"colour": 1}, "colour"),
        ({"fps": 0}, "fps"),
        ({"shots": [{"clip": "../x", "duration_s": 1}]}, r"shots\.0\.clip"),
    ],
)
def test_json_that_is_not_a_cut_names_the_place(change: dict[str, Any], place: str) -> None:
    data = json.loads(cut(CutShot(clip=A, duration_s=1)).to_json()) | change
    with pytest.raises(MediaError, match=place):
        Cut.from_json(json.dumps(data))


def test_text_that_is_not_json_is_a_media_error() -> None:
    with pytest.raises(MediaError):
        Cut.from_json("{")


def test_an_overlay_of_a_shot_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValidationError, match="shot 1"):
        cut(CutShot(clip=A, duration_s=1), overlays=(CutOverlay(kind="title", text="x", shot_index=1),))


def test_a_trim_outside_the_clip_is_refused() -> None:
    with pytest.raises(ValidationError, match="outside"):
        CutShot(clip=A, duration_s=2, trim_end_s=2.5)


def test_untouched_shots_are_copied_whole() -> None:
    film = cut(CutShot(clip=A, duration_s=2), CutShot(clip=B, duration_s=3))
    assert plan(film) == (Piece(0, 48, 0, 0), Piece(48, 72, 1, 0))


def test_a_trimmed_end_is_still_copied() -> None:
    assert plan(cut(CutShot(clip=A, duration_s=4, trim_end_s=2.5))) == (Piece(0, 60, 0, 0),)


def test_a_trimmed_start_is_drawn_up_to_the_next_key_frame() -> None:
    film = cut(CutShot(clip=A, duration_s=4, trim_start_s=0.5))
    assert plan(film) == (Piece(0, 12), Piece(12, 72, 0, 24))


def test_a_start_trimmed_to_a_key_frame_is_copied() -> None:
    assert plan(cut(CutShot(clip=A, duration_s=4, trim_start_s=1.0))) == (Piece(0, 72, 0, 24),)


def test_a_cross_fade_overlaps_half_a_second_and_only_it_is_drawn() -> None:
    film = cut(CutShot(clip=A, duration_s=3), CutShot(clip=B, duration_s=3, transition="crossfade"))
    line = lay_out(film)
    assert (line.frames, line.shots[1].start, line.shots[1].overlap) == (132, 60, 12)
    # The second shot can be copied again from its first whole second on.
    assert plan(film) == (Piece(0, 60, 0, 0), Piece(60, 24), Piece(84, 48, 1, 24))


def test_cross_fades_of_short_shots_get_shorter_and_never_meet() -> None:
    short = CutShot(clip=A, duration_s=0.5, transition="crossfade")
    line = lay_out(cut(short, short, short))
    assert [placed.overlap for placed in line.shots] == [0, 6, 6]
    assert line.shots[1].start + line.shots[1].overlap <= line.shots[2].start


def test_a_first_shot_that_cross_fades_comes_out_of_black() -> None:
    first = lay_out(cut(CutShot(clip=A, duration_s=2, transition="crossfade"))).shots[0]
    assert (first.overlap, first.fade) == (0, 10)


@pytest.mark.parametrize("changed", [{"speed": 2.0}, {"grade": "warm"}])
def test_a_changed_shot_is_drawn(changed: dict[str, Any]) -> None:
    shot = CutShot.model_validate({"clip": A, "duration_s": 2, **changed})
    assert all(piece.copy_of is None for piece in plan(cut(shot)))


def test_only_the_seconds_under_a_caption_are_drawn() -> None:
    words = CutOverlay(kind="caption", text="hello", shot_index=0, start_s=2, end_s=3)
    assert plan(cut(CutShot(clip=A, duration_s=6), overlays=(words,))) == (
        Piece(0, 48, 0, 0),
        Piece(48, 24),
        Piece(72, 72, 0, 72),
    )


def test_a_clip_that_is_too_short_is_copied_as_far_as_it_goes() -> None:
    film = cut(CutShot(clip=A, duration_s=2))
    assert pieces(lay_out(film), [45], 24, 24) == (Piece(0, 45, 0, 0), Piece(45, 3))


def test_words_of_cross_fading_shots_meet_in_the_middle() -> None:
    shots = (CutShot(clip=A, duration_s=3), CutShot(clip=B, duration_s=3, transition="crossfade"))
    words = tuple(CutOverlay(kind="caption", text=str(i), shot_index=i) for i in range(2))
    first, second = lay_out(cut(*shots, overlays=words)).words
    assert (first.start, first.end, second.start, second.end) == (0, 66, 66, 132)


def test_words_fade_in_and_out() -> None:
    words = lay_out(
        cut(CutShot(clip=A, duration_s=3), overlays=(CutOverlay(kind="title", text="x", start_s=1, end_s=2),))
    ).words[0]
    shares = [words.share(frame) for frame in range(72)]
    assert shares[23] == shares[48] == 0
    assert 0 < shares[24] < shares[26] < shares[30] == 1
    assert shares[24:48] == shares[24:48][::-1]


def test_words_after_the_end_are_left_out_with_a_note() -> None:
    words = CutOverlay(kind="caption", text="too late", shot_index=0, start_s=9)
    line = lay_out(cut(CutShot(clip=A, duration_s=2), overlays=(words,)))
    assert line.words == ()
    assert "too late" in line.notes[0]


def test_many_odd_lengths_add_up_to_the_frame() -> None:
    shots = [CutShot(clip=A, duration_s=2.52) for _ in range(60)]
    assert lay_out(cut(*shots)).frames == round(60 * 2.52 * 24)


@st.composite
def films(draw: st.DrawFn) -> Cut:
    shots = draw(
        st.lists(
            st.builds(
                CutShot,
                clip=st.sampled_from([A, B, C]),
                duration_s=st.floats(0.5, 6).map(lambda s: round(s, 3)),
                trim_start_s=st.sampled_from([0.0, 0.25, 0.4]),
                speed=st.sampled_from([1.0, 1.0, 0.5, 1.5]),
                grade=st.sampled_from(["none", "none", "cool"]),
                transition=st.sampled_from(["cut", "fade", "crossfade"]),
            ),
            min_size=1,
            max_size=6,
        )
    )
    words = draw(
        st.lists(
            st.builds(
                CutOverlay,
                kind=st.just("caption"),
                text=st.just("x"),
                shot_index=st.none() | st.integers(0, len(shots) - 1),
                start_s=st.floats(0, 3),
                end_s=st.none() | st.floats(3.1, 6),
            ),
            max_size=3,
        )
    )
    return cut(*shots, overlays=tuple(words))


@settings(deadline=None, max_examples=150, derandomize=True)
@given(film=films(), available=st.integers(10, 200))
def test_pieces_cover_the_film_once_and_copies_are_really_untouched(film: Cut, available: int) -> None:
    line = lay_out(film)
    result = pieces(line, [available] * len(film.shots), 24, 24)
    assert [piece.start for piece in result] == [sum(p.frames for p in result[:i]) for i in range(len(result))]
    assert sum(piece.frames for piece in result) == line.frames
    lost = sum(placed.overlap for placed in line.shots) / 24
    assert abs(line.frames / 24 - (sum(shot.played_s for shot in film.shots) - lost)) <= 1 / 24
    for piece in result:
        if piece.copy_of is None:
            continue
        placed = line.shots[piece.copy_of]
        assert piece.source % 24 == 0
        assert piece.source + piece.frames <= available
        for frame in range(piece.start, piece.start + piece.frames):
            assert [p.index for p in line.shots if p.start <= frame < p.end] == [piece.copy_of]
            assert placed.source(frame) == piece.source + frame - piece.start
            assert not any(words.share(frame) for words in line.words)


def test_an_end_card_stands_for_the_last_two_seconds_and_clears_other_words() -> None:
    words = (
        CutOverlay(kind="caption", text="until the end", shot_index=1),
        CutOverlay(kind="end_card", text="Ember\nember.example"),
    )
    made = lay_out(cut(CutShot(clip=A, duration_s=4), CutShot(clip=B, duration_s=4), overlays=words))
    assert [(one.kind, one.start, one.end) for one in made.words] == [("caption", 96, 144), ("end_card", 144, 192)]


def test_an_end_card_takes_at_most_half_of_a_short_film() -> None:
    made = lay_out(cut(CutShot(clip=A, duration_s=2), overlays=(CutOverlay(kind="end_card", text="Ember"),)))
    assert [(one.start, one.end) for one in made.words] == [(24, 48)]


def test_spoken_words_take_time_by_their_letters_and_pause_after_signs() -> None:
    words = CutOverlay(kind="caption", text="No, extraordinarily so", spoken=True)
    (said,) = lay_out(cut(CutShot(clip=A, duration_s=4), overlays=(words,))).words
    assert said.beats[0] == 0
    gaps = [after - before for before, after in itertools.pairwise(said.beats)]
    assert gaps[1] > gaps[0] > 0
    assert [said.word(frame) for frame in (0, said.beats[1] - 1, said.beats[1], 95)] == [0, 0, 1, 2]


def test_known_times_of_words_are_kept() -> None:
    words = CutOverlay(kind="caption", text="one two", spoken=True, word_starts_s=(0.5, 1.25))
    (said,) = lay_out(cut(CutShot(clip=A, duration_s=4), overlays=(words,))).words
    assert said.beats == (12, 30)
