"""What holds for every film and every edit."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from redis.asyncio import Redis

from cutaway.errors import EditError, InputError
from cutaway.storyboard import Storyboard, Versions, apply, content_key, diff, dump, load
from cutaway.storyboard import edits as e
from storyboard.films import NOW, Memory, edits, films

FIXED = settings(derandomize=True, deadline=None, database=None, max_examples=150)
_THREADS = count()

# The edits that may reach the pictures of every shot.
_WHOLE_FILM = (e.SetStyle, e.SetAspect, e.SetResolution)


def reach(board: Storyboard, edit: e.Edit) -> set[str]:
    """The shots whose picture an edit may change, said independently of how `apply` finds them."""
    free = {shot.id for shot in board.shots if not shot.locked}
    if isinstance(edit, e.ChangeCast | e.AddReference | e.RemoveCast):
        return {shot.id for shot in board.shots if edit.cast_id in shot.cast}
    if isinstance(edit, _WHOLE_FILM):
        return {shot.id for shot in board.shots}
    if isinstance(edit, e.SetSeed | e.SetShotCast):
        return {edit.shot}
    composed = e.SetSpeed | e.SetGrade | e.SetTransition | e.SetLock | e.TrimShot
    if "shots" in type(edit).model_fields and not isinstance(edit, composed):
        return set(edit.shots) or free  # type: ignore[union-attr]
    return set()


@FIXED
@given(films(), edits())
def test_an_edit_never_changes_the_picture_of_a_shot_it_does_not_reach(board: Storyboard, edit: e.Edit) -> None:
    try:
        after = apply(board, [edit])
    except EditError:
        return
    for shot in board.shots:
        later = after.shot(shot.id)
        if later is not None and shot.id not in reach(board, edit):
            assert content_key(after, later) == content_key(board, shot)


@FIXED
@given(films(locks=False), st.sampled_from(["fox", "owl", "cat", "dog"]))
def test_a_cast_edit_reaches_exactly_the_shots_with_that_member(board: Storyboard, cast_id: str) -> None:
    try:
        after = apply(board, [e.ChangeCast(cast_id=cast_id, colour="ultramarine")])
    except EditError:
        assert board.member(cast_id) is None
        return
    change = diff(board, after)
    reached = {shot.shot_id for shot in change.shots if shot.change_class == "generate"}
    assert reached == {shot.id for shot in board.shots if cast_id in shot.cast}


@FIXED
@given(films(), st.lists(edits(), max_size=8))
def test_any_edits_keep_the_invariants_or_are_refused_and_leave_the_film_untouched(
    board: Storyboard, steps: list[e.Edit]
) -> None:
    refusals = []
    for edit in steps:
        before = dump(board)
        try:
            after = apply(board, [edit])
        except EditError as refused:
            refusals.append(refused)
            after = board
        assert dump(board) == before
        assert Storyboard.model_validate(after.model_dump()) == after
        assert dump(load(dump(after))) == dump(after)
        assert diff(board, after).is_empty == (dump(after) == before)
        assert all(after.shot(s.id) == s for s in board.shots if s.locked and not isinstance(edit, e.SetLock))
        board = after
    assert all(refused.field and refused.allowed for refused in refusals)


@settings(FIXED, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(board=films(), steps=st.lists(edits(), min_size=1, max_size=5))
async def test_undoing_every_edit_restores_byte_identical_json(
    redis: Redis, board: Storyboard, steps: list[e.Edit]
) -> None:
    versions, thread = Versions(redis, Memory()), f"law-{next(_THREADS)}"
    head = await versions.create(thread, board, parent_id=None, summary="first", now=NOW)
    seen = [dump(board)]
    for edit in steps:
        try:
            board = apply(board, [edit])
        except EditError:
            continue
        head = await versions.create(thread, board, parent_id=head.id, summary=edit.op, edits=(edit,), now=NOW)
        seen.append(dump(board))
    for expected in reversed(seen[:-1]):
        assert dump(await versions.storyboard(await versions.undo(thread))) == expected
    with pytest.raises(InputError):
        await versions.undo(thread)
    for expected in seen[1:]:
        assert dump(await versions.storyboard(await versions.redo(thread))) == expected
