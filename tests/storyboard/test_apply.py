from __future__ import annotations

import json
from typing import Any, get_args

import pytest

from cutaway.errors import EditError
from cutaway.storyboard import CastMember, Overlay, Shot, Storyboard, apply, content_key, dump
from cutaway.storyboard import edits as e
from cutaway.storyboard.apply import CHANGES
from cutaway.storyboard.model import MAX_CAST_PER_SHOT, MAX_SHOTS
from storyboard.films import FOX, film, locked


def keys(board: Storyboard) -> dict[str, str]:
    return {shot.id: content_key(board, shot) for shot in board.shots}


def shot_after(edit: e.Edit, shot_id: str = "s2", board: Storyboard | None = None) -> Shot:
    shot = apply(board or film(), [edit]).shot(shot_id)
    assert shot is not None
    return shot


def test_every_edit_of_the_union_can_be_applied() -> None:
    assert set(CHANGES) == set(get_args(get_args(e.Edit)[0]))


ONE_FIELD = [
    (e.SetAction(shots=("s2",), action="sleeps"), "action", "sleeps"),
    (e.SetSetting(shots=("s2",), setting="a city"), "setting", "a city"),
    (e.SetTime(shots=("s2",), time_of_day="night"), "time_of_day", "night"),
    (e.SetWeather(shots=("s2",), weather="snow"), "weather", "snow"),
    (e.SetLighting(shots=("s2",), lighting="candles"), "lighting", "candles"),
    (e.SetCamera(shots=("s2",), camera="orbit"), "camera", "orbit"),
    (e.SetGrade(shots=("s2",), grade="warm"), "grade", "warm"),
    (e.SetTransition(shots=("s2",), transition="fade"), "transition", "fade"),
    (e.SetSpeed(shots=("s2",), speed=2.00049), "speed", 2.0),
    (e.SetLock(shots=("s2",)), "locked", True),
    (e.Retake(shots=("s2", "s2")), "take", 2),
    (e.SetSeed(shot="s2", seed=7), "seed", 7),
    (e.SetShotCast(shot="s2", cast=("owl",)), "cast", ("owl",)),
    (e.TrimShot(shot="s2", start_s=1.00049, end_s=3.0), "trim_start_s", 1.0),
    (e.TrimShot(shot="s2", start_s=1.0, end_s=4.0), "trim_end_s", None),
]


@pytest.mark.parametrize(("edit", "field", "value"), ONE_FIELD, ids=lambda v: getattr(v, "op", None))
def test_an_edit_changes_its_field_of_the_shot_it_names_and_of_no_other(edit: e.Edit, field: str, value: Any) -> None:
    before = film()
    after = apply(before, [edit])
    assert getattr(after.shot("s2"), field) == value
    assert (after.shots[0], after.shots[2]) == (before.shots[0], before.shots[2])


def test_an_edit_that_names_no_shot_reaches_every_unlocked_one() -> None:
    after = apply(locked(film(), "s1"), [e.SetTime(time_of_day="night")])
    assert [shot.time_of_day for shot in after.shots] == ["day", "night", "night"]


def test_a_duration_the_clip_already_has_is_a_trim_and_keeps_the_picture() -> None:
    before = film()
    after = apply(before, [e.SetDuration(shots=("s2",), seconds=2.5)])
    assert (after.shots[1].played_s, after.shots[1].trim_end_s, after.shots[1].duration_s) == (2.5, 2.5, 4.0)
    assert keys(after) == keys(before)


def test_a_longer_duration_grows_the_clip_and_drops_the_trim() -> None:
    trimmed = apply(film(), [e.TrimShot(shot="s2", start_s=1.0, end_s=2.0)])
    shot = shot_after(e.SetDuration(shots=("s2",), seconds=6.0), board=trimmed)
    assert (shot.duration_s, shot.trim_start_s, shot.trim_end_s, shot.played_s) == (6.0, 0.0, None, 6.0)


def test_a_duration_counts_the_seconds_that_are_played_at_the_shots_speed() -> None:
    fast = apply(film(), [e.SetSpeed(shots=("s2",), speed=2.0)])
    shorter = shot_after(e.SetDuration(shots=("s2",), seconds=1.0), board=fast)
    longer = shot_after(e.SetDuration(shots=("s2",), seconds=3.0), board=fast)
    assert (shorter.trim_end_s, shorter.played_s) == (2.0, 1.0)
    assert (longer.duration_s, longer.played_s) == (6.0, 3.0)


def test_a_late_trim_starts_earlier_rather_than_paying_for_a_longer_clip() -> None:
    late = apply(film(), [e.TrimShot(shot="s2", start_s=3.0)])
    shot = shot_after(e.SetDuration(shots=("s2",), seconds=3.0), board=late)
    assert (shot.duration_s, shot.trim_start_s, shot.trim_end_s, shot.played_s) == (4.0, 1.0, None, 3.0)


def test_the_full_duration_leaves_no_trim_behind() -> None:
    trimmed = apply(film(), [e.SetDuration(shots=("s2",), seconds=2.0)])
    assert apply(trimmed, [e.SetDuration(shots=("s2",), seconds=4.0)]) == film()


def test_a_new_shot_stands_where_it_is_put_and_at_the_end_by_default() -> None:
    new = Shot(id="new")
    assert [s.id for s in apply(film(), [e.AddShot(shot=new, at=2)]).shots] == ["s1", "new", "s2", "s3"]
    assert [s.id for s in apply(film(), [e.AddShot(shot=new)]).shots] == ["s1", "s2", "s3", "new"]


@pytest.mark.parametrize(("to", "order"), [(1, ["s3", "s1", "s2"]), (2, ["s1", "s3", "s2"]), (3, ["s1", "s2", "s3"])])
def test_a_shot_moves_to_the_place_it_is_given(to: int, order: list[str]) -> None:
    assert [s.id for s in apply(film(), [e.MoveShot(shot="s3", to=to)]).shots] == order


def test_other_shots_move_freely_around_a_locked_one() -> None:
    after = apply(locked(film(), "s2"), [e.MoveShot(shot="s3", to=1), e.RemoveShot(shot="s1")])
    assert [s.id for s in after.shots] == ["s3", "s2"]


def test_removing_a_shot_removes_its_words_and_no_others() -> None:
    after = apply(film(), [e.RemoveShot(shot="s2")])
    assert [s.id for s in after.shots] == ["s1", "s3"]
    assert [o.id for o in after.overlays] == ["name"]


def test_a_duplicate_follows_its_shot_with_the_same_picture_and_words_of_its_own() -> None:
    after = apply(film(), [e.DuplicateShot(shot="s2", new_id="again")])
    assert [s.id for s in after.shots] == ["s1", "s2", "again", "s3"]
    assert keys(after)["again"] == keys(after)["s2"]
    assert [(o.id, o.text, o.shot_id) for o in after.overlays][2:] == [("price-2", "Now $89", "again")]


def test_a_cast_change_reaches_every_shot_with_that_member_and_no_other() -> None:
    before = film()
    after = apply(before, [e.ChangeCast(cast_id="fox", colour="blue")])
    assert [s for s in keys(before) if keys(before)[s] != keys(after)[s]] == ["s1", "s2"]
    assert after.cast[0] == FOX.model_copy(update={"colour": "blue"})


def test_a_new_cast_member_joins_the_shots_named_or_every_unlocked_one() -> None:
    cat = CastMember(id="cat", name="cat", kind="cat")
    some = apply(film(), [e.AddCast(member=cat, shots=("s3",))])
    every = apply(locked(film(), "s1"), [e.AddCast(member=cat)])
    assert [s.cast for s in some.shots] == [("fox",), ("fox", "owl"), ("cat",)]
    assert [s.cast for s in every.shots] == [("fox",), ("fox", "owl", "cat"), ("cat",)]


def test_a_removed_cast_member_leaves_every_shot() -> None:
    after = apply(film(), [e.RemoveCast(cast_id="fox")])
    assert [s.cast for s in after.shots] == [(), ("owl",), ()]
    assert after.member("fox") is None


def test_the_same_reference_is_kept_once() -> None:
    add = e.AddReference(cast_id="fox", sha256="a" * 64)
    assert apply(film(), [add, add]).cast[0].references == ("a" * 64,)


def test_style_and_sound_change_only_what_is_given() -> None:
    after = apply(film(), [e.SetStyle(words="soft"), e.SetSound(volume=0.25)])
    assert (after.style.look, after.style.words) == ("paper", "soft")
    assert (after.sound.bed, after.sound.volume, after.sound.muted) == ("calm", 0.25, False)


def test_frame_and_title_change_as_told() -> None:
    after = apply(film(), [e.SetAspect(aspect="9:16"), e.SetResolution(resolution="720p"), e.SetTitle(title="Fin")])
    assert (str(after.size), after.title) == ("720x1280", "Fin")


def test_overlays_are_added_changed_and_removed() -> None:
    added = apply(film(), [e.AddOverlay(overlay=Overlay(id="end", kind="title", text="Fin", shot_id="s3"))])
    changed = apply(added, [e.ChangeOverlay(overlay_id="end", text="The end", end_s=1.5)])
    assert (changed.overlays[2].text, changed.overlays[2].end_s, changed.overlays[2].kind) == ("The end", 1.5, "title")
    assert apply(changed, [e.RemoveOverlay(overlay_id="end")]) == film()


def test_a_replaced_price_changes_every_overlay_that_shows_it_and_no_picture() -> None:
    before = apply(film(), [e.AddOverlay(overlay=Overlay(id="end", kind="title", text="$89, only $89"))])
    after = apply(before, [e.ReplaceText(old="$89", new="$79")])
    assert [o.text for o in after.overlays] == ["Now $79", "The Fox", "$79, only $79"]
    assert keys(after) == keys(before)


def test_replaced_words_leave_a_locked_shot_as_it_is() -> None:
    both = apply(film(), [e.AddOverlay(overlay=Overlay(id="end", kind="title", text="$89", shot_id="s3"))])
    after = apply(locked(both, "s2"), [e.ReplaceText(old="$89", new="$79")])
    assert [o.text for o in after.overlays] == ["Now $89", "The Fox", "$79"]


NOTHING = [
    e.SetTime(time_of_day="day"),
    e.SetDuration(shots=("s2",), seconds=4.0),
    e.MoveShot(shot="s2", to=2),
    e.ChangeCast(cast_id="fox"),
    e.SetStyle(),
    e.ReplaceText(old="Fox", new="Fox"),
    e.TrimShot(shot="s2"),
]


@pytest.mark.parametrize("edit", NOTHING, ids=lambda edit: edit.op)
def test_an_edit_that_changes_nothing_gives_an_equal_storyboard(edit: e.Edit) -> None:
    assert dump(apply(film(), [edit])) == dump(film())


CAT = CastMember(id="cat", name="cat", kind="cat")
REFUSED = [
    # edit, shot, field, value, a part of what is allowed
    (e.SetSpeed(shots=("s2",), speed=9), "s2", "speed", 9.0, "0.25 to 4"),
    (e.SetSpeed(shots=("s2",), speed=float("nan")), "s2", "speed", "nan", "0.25 to 4"),
    (e.SetTime(shots=("s9",), time_of_day="day"), "s9", "shots", "s9", "s1 (shot 1), s2 (shot 2), s3 (shot 3)"),
    (e.SetAction(shots=("s1",), action="x" * 401), "s1", "action", "x" * 200, "at most 400 characters"),
    (e.SetDuration(shots=("s3",), seconds=0.1), "s3", "seconds", 0.1, "0.5 to 60 seconds"),
    (e.SetDuration(shots=("s3",), seconds=float("inf")), "s3", "seconds", "inf", "0.5 to 60 seconds"),
    (e.TrimShot(shot="s2", start_s=3.9), "s2", "start_s", 3.9, "0 to 3.5 seconds"),
    (e.TrimShot(shot="s2", start_s=1.0, end_s=9.0), "s2", "end_s", 9.0, "1.5 to 4 seconds"),
    (e.SetSeed(shot="s1", seed=-1), "s1", "seed", -1, "0 to 2147483647"),
    (e.SetShotCast(shot="s1", cast=("dragon",)), "s1", "cast", "dragon", "fox, owl"),
    (e.SetShotCast(shot="s1", cast=("fox", "fox")), "s1", "cast", "fox", "fox, owl"),
    (e.AddShot(shot=Shot(id="s1")), "s1", "shot.id", "s1", "an id not in use"),
    (e.AddShot(shot=Shot(id="new"), at=9), "new", "at", 9, "1 to 4"),
    (e.AddShot(shot=Shot(id="new", cast=("cat",))), "new", "cast", "cat", "fox, owl"),
    (e.MoveShot(shot="s1", to=4), "s1", "to", 4, "1 to 3"),
    (e.RemoveShot(shot="nope"), "nope", "shot", "nope", "s1 (shot 1)"),
    (e.DuplicateShot(shot="s1", new_id="s2"), "s2", "new_id", "s2", "an id not in use"),
    (e.DuplicateShot(shot="s1", new_id="No!"), "s1", "id", "No!", "a-z"),
    (e.AddCast(member=FOX), None, "member.id", "fox", "change_cast"),
    (e.ChangeCast(cast_id="cat"), None, "cast_id", "cat", "fox, owl"),
    (e.ChangeCast(cast_id="fox", colour="x" * 41), None, "colour", "x" * 41, "at most 40 characters"),
    (e.RemoveCast(cast_id="cat"), None, "cast_id", "cat", "fox, owl"),
    (e.SetStyle(words="x" * 401), None, "words", "x" * 200, "at most 400 characters"),
    (e.SetTitle(title="x" * 401), None, "title", "x" * 200, "at most 400 characters"),
    (e.SetSound(volume=1.5), None, "volume", 1.5, "0 to 1"),
    (e.ChangeOverlay(overlay_id="nope"), None, "overlay_id", "nope", "price ('Now $89'), name ('The Fox')"),
    (e.ChangeOverlay(overlay_id="price", text=""), "s2", "text", "", "1 to 400 characters"),
    (e.ChangeOverlay(overlay_id="name", start_s=3.0), None, "start_s", 3.0, "must be after start_s 3.0"),
    (e.RemoveOverlay(overlay_id="nope"), None, "overlay_id", "nope", "price"),
    (e.ReplaceText(old="$99", new="$1"), None, "old", "$99", "'Now $89', 'The Fox'"),
    (e.AddOverlay(overlay=Overlay(id="price", kind="title", text="x")), None, "overlay.id", "price", "not in use"),
    (
        e.AddOverlay(overlay=Overlay(id="new", kind="title", text="x", shot_id="s9")),
        "s9", "overlay.shot_id", "s9", "s1 (shot 1)",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("edit", "shot", "field", "value", "allowed"), REFUSED, ids=lambda v: getattr(v, "op", None))
def test_a_bad_edit_names_shot_field_value_and_what_is_allowed(
    edit: e.Edit, shot: str | None, field: str, value: Any, allowed: str
) -> None:
    with pytest.raises(EditError) as caught:
        apply(film(), [edit])
    assert (caught.value.shot, caught.value.field, caught.value.value) == (shot, field, value)
    assert allowed in caught.value.allowed
    assert allowed in str(caught.value)
    json.dumps(caught.value.data(), allow_nan=False)


def test_the_last_shot_stays() -> None:
    with pytest.raises(EditError, match="only shot"):
        apply(film(), [e.RemoveShot(shot=s) for s in ("s1", "s2", "s3")])


def test_a_film_of_too_many_seconds_is_refused_with_the_limit() -> None:
    long = film(shots=tuple(Shot(id=f"s{n}", duration_s=50) for n in range(12)), overlays=())
    with pytest.raises(EditError, match=r"601 s long.*at most 600 s"):
        apply(long, [e.SetDuration(shots=("s1",), seconds=51)])


def test_one_shot_too_many_is_refused_with_the_limit() -> None:
    full = film(shots=tuple(Shot(id=f"s{n}", duration_s=1) for n in range(MAX_SHOTS)), overlays=())
    with pytest.raises(EditError, match=f"at most {MAX_SHOTS}|1 to {MAX_SHOTS}") as caught:
        apply(full, [e.AddShot(shot=Shot(id="new"))])
    assert (caught.value.field, caught.value.value) == ("shots", MAX_SHOTS + 1)


def test_a_crowded_shot_refuses_one_more_member_by_name() -> None:
    crowd = tuple(CastMember(id=f"c{n}", name="c", kind="c") for n in range(MAX_CAST_PER_SHOT))
    full = film(cast=crowd, shots=(Shot(id="s1", cast=tuple(c.id for c in crowd)),), overlays=())
    with pytest.raises(EditError) as caught:
        apply(full, [e.AddCast(member=CAT)])
    assert (caught.value.shot, caught.value.field, caught.value.value) == ("s1", "cast", MAX_CAST_PER_SHOT + 1)


NAMES_SHOT_2 = [
    e.RemoveShot(shot="s2"),
    e.MoveShot(shot="s2", to=1),
    e.DuplicateShot(shot="s2", new_id="again"),
    e.SetDuration(shots=("s2",), seconds=1),
    e.TrimShot(shot="s2", start_s=1),
    e.SetSpeed(shots=("s2",), speed=2),
    e.SetAction(shots=("s1", "s2"), action="sleeps"),
    e.SetSetting(shots=("s2",), setting="a city"),
    e.SetTime(shots=("s2",), time_of_day="night"),
    e.SetWeather(shots=("s2",), weather="snow"),
    e.SetLighting(shots=("s2",), lighting="candles"),
    e.SetCamera(shots=("s2",), camera="orbit"),
    e.SetGrade(shots=("s2",), grade="warm"),
    e.SetTransition(shots=("s2",), transition="fade"),
    e.Retake(shots=("s2",)),
    e.SetSeed(shot="s2", seed=7),
    e.SetShotCast(shot="s2", cast=()),
    e.AddCast(member=CAT, shots=("s2",)),
    e.AddOverlay(overlay=Overlay(id="new", kind="title", text="x", shot_id="s2")),
    e.ChangeOverlay(overlay_id="price", text="x"),
    e.RemoveOverlay(overlay_id="price"),
    e.ReplaceText(old="$89", new="$79"),
]
REACHES_SHOT_2 = [
    e.ChangeCast(cast_id="owl", colour="white"),
    e.AddReference(cast_id="owl", sha256="a" * 64),
    e.RemoveCast(cast_id="owl"),
    e.SetStyle(look="neon"),
    e.SetAspect(aspect="1:1"),
    e.SetResolution(resolution="720p"),
]


@pytest.mark.parametrize("edit", NAMES_SHOT_2 + REACHES_SHOT_2, ids=lambda edit: edit.op)
def test_a_locked_shot_refuses_every_edit_and_says_how_to_unlock(edit: e.Edit) -> None:
    before = locked(film(), "s2")
    with pytest.raises(EditError) as caught:
        apply(before, [edit])
    assert caught.value.shot == "s2"
    if not isinstance(edit, e.ReplaceText):
        assert "set_lock with locked=false" in str(caught.value)


def test_a_style_that_stays_the_same_does_not_trip_a_lock() -> None:
    before = locked(film(), "s2")
    assert apply(before, [e.SetStyle(look="paper"), e.ChangeCast(cast_id="owl", name="Ada")]) == before


def test_a_film_of_locked_shots_refuses_an_edit_of_the_whole_film() -> None:
    with pytest.raises(EditError, match="Every shot is locked"):
        apply(locked(film(), "s1", "s2", "s3"), [e.SetTime(time_of_day="night")])


def test_unlocking_everything_reaches_the_locked_shots_and_then_they_change() -> None:
    after = apply(
        locked(film(), "s1", "s2", "s3"), [e.SetLock(locked=False), e.SetTime(shots=("s1",), time_of_day="night")]
    )
    assert [s.locked for s in after.shots] == [False, False, False]
    assert after.shots[0].time_of_day == "night"


def test_an_edit_after_a_bad_one_does_not_count_and_neither_do_those_before() -> None:
    before = film()
    with pytest.raises(EditError):
        apply(before, [e.SetTime(time_of_day="night"), e.SetSpeed(speed=9)])
    assert before == film()
