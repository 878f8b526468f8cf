from __future__ import annotations

import pytest

from cutaway.storyboard import CastMember, Diff, Overlay, Shot, Sound, apply, content_key, cut_key, diff
from cutaway.storyboard import edits as e
from storyboard.films import film

R, L, G = "reuse", "local", "generate"


def after(*edits: e.Edit) -> Diff:
    return diff(film(), apply(film(), edits))


def classes(change: Diff) -> list[str]:
    return [shot.change_class for shot in change.shots]


TABLE = [
    # edit, classes in order, the fields of each shot
    (e.SetTime(shots=("s2",), time_of_day="night"), [R, G, R], [(), ("time_of_day",), ()]),
    (e.SetGrade(shots=("s1",), grade="warm"), [L, R, R], [("grade",), (), ()]),
    (e.SetSpeed(shots=("s1",), speed=2), [L, R, R], [("speed",), (), ()]),
    (e.SetTransition(shots=("s3",), transition="fade"), [R, R, L], [(), (), ("transition",)]),
    (e.SetDuration(shots=("s2",), seconds=2), [R, L, R], [(), ("trim_end_s",), ()]),
    (e.SetDuration(shots=("s2",), seconds=6), [R, G, R], [(), ("duration_s",), ()]),
    (e.Retake(shots=("s3",)), [R, R, G], [(), (), ("take",)]),
    (e.SetLock(shots=("s3",)), [R, R, R], [(), (), ("locked",)]),
    (e.ChangeCast(cast_id="fox", colour="blue"), [G, G, R], [("cast.fox.colour",), ("cast.fox.colour",), ()]),
    (e.AddReference(cast_id="owl", sha256="a" * 64), [R, G, R], [(), ("cast.owl.references",), ()]),
    (e.RemoveCast(cast_id="owl"), [R, G, R], [(), ("cast",), ()]),
    (e.SetStyle(look="neon"), [G, G, G], [("style.look",)] * 3),
    (e.SetAspect(aspect="1:1"), [G, G, G], [("aspect",)] * 3),
    (e.SetResolution(resolution="720p"), [G, G, G], [("resolution",)] * 3),
    (e.ReplaceText(old="$89", new="$79"), [R, L, R], [(), ("overlays",), ()]),
    (e.ChangeOverlay(overlay_id="price", source="sheet.md:4"), [R, R, R], [(), ("sources",), ()]),
    (e.MoveShot(shot="s1", to=3), [R, R, L], [(), (), ("order",)]),
    (e.DuplicateShot(shot="s1", new_id="s9"), [R, L, R, R], [(), ("new",), (), ()]),
    (e.AddShot(shot=Shot(id="s9"), at=1), [G, R, R, R], [("new",), (), (), ()]),
    (e.RemoveShot(shot="s1"), [R, R], [(), ()]),
]


@pytest.mark.parametrize(("edit", "expected", "fields"), TABLE, ids=lambda v: getattr(v, "op", None))
def test_an_edit_gives_each_shot_its_class_and_the_fields_that_changed(
    edit: e.Edit, expected: list[str], fields: list[tuple[str, ...]]
) -> None:
    change = after(edit)
    assert classes(change) == expected
    assert [shot.fields for shot in change.shots] == fields
    assert not change.is_empty
    assert change.local_only == (G not in expected)


def test_the_same_storyboard_has_an_empty_diff() -> None:
    change = diff(film(), film())
    assert change.is_empty
    assert change.local_only
    assert classes(change) == [R, R, R]


def test_a_first_storyboard_is_new_throughout_but_for_what_is_made() -> None:
    board = film()
    change = diff(None, board, {content_key(board, board.shots[1])})
    assert classes(change) == [G, R, G]
    assert {shot.fields for shot in change.shots} == {("new",)}
    assert [shot.previous_key for shot in change.shots] == [None, None, None]


def test_a_picture_made_for_an_earlier_version_is_reused() -> None:
    day = film()
    night = apply(day, [e.SetTime(shots=("s2",), time_of_day="night")])
    change = diff(night, day, [content_key(day, day.shots[1])])
    assert classes(change) == [R, R, R]
    assert change.shots[1].fields == ("time_of_day",)
    assert change.shots[1].previous_key == content_key(night, night.shots[1])


def test_a_made_picture_in_another_grade_is_local() -> None:
    day = film()
    night = apply(day, [e.SetTime(shots=("s2",), time_of_day="night")])
    warm = apply(day, [e.SetGrade(shots=("s2",), grade="warm")])
    assert classes(diff(night, warm, [content_key(day, day.shots[1])])) == [R, L, R]


def test_made_pictures_count_only_for_their_own_stage() -> None:
    board = film()
    made = [content_key(board, shot, "animatic") for shot in board.shots]
    assert classes(diff(None, board, made)) == [G, G, G]
    assert classes(diff(None, board, made, stage="animatic")) == [R, R, R]


def test_removed_shots_are_named() -> None:
    change = after(e.RemoveShot(shot="s1"), e.RemoveShot(shot="s3"))
    assert change.removed == ("s1", "s3")


@pytest.mark.parametrize(
    ("edit", "field"),
    [
        (e.SetTitle(title="Other"), "title"),
        (e.SetSound(volume=0.1), "sound"),
        (e.ChangeOverlay(overlay_id="name", text="Other"), "overlays"),
        (e.RemoveOverlay(overlay_id="name"), "overlays"),
    ],
    ids=lambda v: getattr(v, "op", None),
)
def test_whole_film_changes_are_film_fields_and_leave_every_shot_alone(edit: e.Edit, field: str) -> None:
    change = after(edit)
    assert change.film_fields == (field,)
    assert classes(change) == [R, R, R]
    assert not change.is_empty


def test_a_cast_member_nobody_sees_is_still_a_change() -> None:
    extra = film(cast=(*film().cast, CastMember(id="cat", name="cat", kind="cat")))
    assert diff(film(), extra).film_fields == ("cast",)


def test_numbers_follow_the_new_order() -> None:
    assert [(s.shot_id, s.number) for s in after(e.MoveShot(shot="s3", to=1)).shots] == [
        ("s3", 1),
        ("s1", 2),
        ("s2", 3),
    ]


SAME_FILM = [
    e.SetTitle(title="Other"),
    e.SetLock(),
    e.ChangeOverlay(overlay_id="price", source="other.md:1"),
]


@pytest.mark.parametrize("edit", SAME_FILM, ids=lambda edit: edit.op)
def test_what_nobody_sees_or_hears_keeps_the_cut(edit: e.Edit) -> None:
    assert cut_key(apply(film(), [edit])) == cut_key(film())


def test_other_ids_and_sources_and_a_full_trim_keep_the_cut() -> None:
    board = film()
    shots = [s.model_copy(update={"id": f"x{s.id}", "sources": ("a.md:1",)}) for s in board.shots]
    shots[0] = shots[0].model_copy(update={"trim_end_s": shots[0].duration_s})
    overlays = [
        o.model_copy(update={"id": f"x{o.id}", "shot_id": o.shot_id and f"x{o.shot_id}"}) for o in board.overlays
    ]
    assert cut_key(film(shots=tuple(shots), overlays=tuple(overlays))) == cut_key(board)


SEEN_OR_HEARD = [edit for edit, *_ in TABLE if not isinstance(edit, e.SetLock | e.ChangeOverlay)] + [
    e.ChangeOverlay(overlay_id="name", start_s=0.5),
    e.AddOverlay(overlay=Overlay(id="new", kind="caption", text="x")),
    e.SetSound(muted=True),
    e.TrimShot(shot="s1", start_s=0.5),
]


@pytest.mark.parametrize("edit", SEEN_OR_HEARD, ids=lambda edit: edit.op)
def test_what_is_seen_or_heard_changes_the_cut(edit: e.Edit) -> None:
    assert cut_key(apply(film(), [edit])) != cut_key(film())


def test_the_cut_key_is_32_hex_digits_and_each_stage_has_its_own() -> None:
    keys = {cut_key(film()), cut_key(film(), {film().shots[0].id: "animatic"}), cut_key(film(sound=Sound(bed="none")))}
    assert len(keys) == 3
    assert all(len(key) == 32 and int(key, 16) >= 0 for key in keys)


def test_a_film_without_the_newer_fields_keeps_the_key_of_its_cut() -> None:
    # The key this film had before titles had styles; another key would make every finished cut again.
    assert cut_key(film()) == "361a6bf1a5d176b61a03e9f46a2c6a33"


@pytest.mark.parametrize(
    "edit",
    [
        e.ChangeOverlay(overlay_id="name", style="bold"),
        e.ChangeOverlay(overlay_id="price", spoken=True),
        e.SetSound(duck=False),
        e.SetSound(clips_volume=0.5),
    ],
    ids=repr,
)
def test_what_is_newly_asked_of_words_and_sounds_makes_another_cut_and_no_other_shot(edit: e.Edit) -> None:
    changed = apply(film(), (edit,))
    assert cut_key(changed) != cut_key(film())
    assert diff(film(), changed).local_only
