from __future__ import annotations

import asyncio
import hashlib

import pytest
from redis.asyncio import Redis

from cutaway.errors import ConflictError, InputError, NotFoundError
from cutaway.storyboard import Storyboard, Version, Versions, apply, dump
from cutaway.storyboard import edits as e
from storyboard.films import NOW, Memory, film


@pytest.fixture
def versions(redis: Redis) -> Versions:
    return Versions(redis, Memory())


def graded(n: int) -> Storyboard:
    """The n-th storyboard of a conversation."""
    return apply(film(), [e.SetTitle(title=f"Film {n}")])


async def grow(versions: Versions, count: int, thread: str = "t") -> list[Version]:
    """That many versions, each after the last."""
    made: list[Version] = []
    for n in range(1, count + 1):
        parent = made[-1].id if made else None
        made.append(await versions.create(thread, graded(n), parent_id=parent, summary=f"v{n}", now=NOW))
    return made


async def test_a_version_is_kept_as_it_was_made(versions: Versions) -> None:
    edit = e.SetTitle(title="Film 1")
    made = await versions.create(
        "t", graded(1), parent_id=None, summary="first", edits=(edit,), message_id="m1", version_id="v-1", now=NOW
    )
    expected = {"id": "v-1", "thread": "t", "number": 1, "parent_id": None, "summary": "first", "message_id": "m1"}
    assert {name: getattr(made, name) for name in expected} == expected
    assert (made.branch, made.created_at, made.edits) == ("main", NOW, (edit.model_dump(mode="json"),))
    assert made.storyboard_sha256 == hashlib.sha256(dump(graded(1)).encode()).hexdigest()
    assert await versions.get("t", "v-1") == made
    assert dump(await versions.storyboard(made)) == dump(graded(1))


async def test_versions_are_numbered_and_listed_in_the_order_they_were_made(versions: Versions) -> None:
    made = await grow(versions, 3)
    assert [v.number for v in made] == [1, 2, 3]
    assert [v.parent_id for v in made] == [None, made[0].id, made[1].id]
    assert await versions.list("t") == tuple(made)
    assert await versions.by_number("t", 2) == made[1]
    assert await versions.head("t") == made[2]


async def test_ids_are_made_of_128_random_bits(versions: Versions) -> None:
    made = await grow(versions, 2)
    assert len({v.id for v in made}) == 2
    assert all(len(bytes.fromhex(v.id)) == 16 for v in made)


async def test_a_version_without_edits_reads_back_without_edits(versions: Versions) -> None:
    (made,) = await grow(versions, 1)
    assert (await versions.get("t", made.id)).edits == ()


async def test_a_version_after_an_old_head_is_refused(versions: Versions) -> None:
    first, _ = await grow(versions, 2)
    with pytest.raises(ConflictError, match="no longer"):
        await versions.create("t", graded(3), parent_id=first.id, summary="late", now=NOW)
    with pytest.raises(ConflictError):
        await versions.create("t", graded(3), parent_id=None, summary="late", now=NOW)
    assert len(await versions.list("t")) == 2


async def test_of_many_versions_at_once_after_one_head_exactly_one_is_made(versions: Versions) -> None:
    (first,) = await grow(versions, 1)
    results = await asyncio.gather(
        *(versions.create("t", graded(n), parent_id=first.id, summary="race", now=NOW) for n in range(12)),
        return_exceptions=True,
    )
    made = [r for r in results if isinstance(r, Version)]
    assert len(made) == 1
    assert sum(isinstance(r, ConflictError) for r in results) == 11
    assert await versions.head("t") == made[0]


async def test_the_same_version_id_again_gives_the_stored_version(versions: Versions) -> None:
    first = await versions.create("t", graded(1), parent_id=None, summary="one", version_id="v-1", now=NOW)
    second = await versions.create("t", graded(2), parent_id="v-1", summary="two", version_id="v-2", now=NOW)
    again = await versions.create("t", graded(1), parent_id=None, summary="one", version_id="v-1", now=NOW)
    assert again == first
    assert await versions.list("t") == (first, second)
    assert await versions.head("t") == second


async def test_undo_and_redo_walk_back_and_forth_byte_for_byte(versions: Versions) -> None:
    made = await grow(versions, 3)
    assert await versions.undo("t") == made[1]
    assert await versions.undo("t") == made[0]
    assert dump(await versions.storyboard(made[0])) == dump(graded(1))
    assert await versions.redo("t") == made[1]
    assert await versions.redo("t") == made[2]
    assert await versions.head("t") == made[2]


async def test_there_is_nothing_before_the_first_version_nor_after_the_last(versions: Versions) -> None:
    with pytest.raises(InputError, match="nothing to undo"):
        await versions.undo("t")
    (first,) = await grow(versions, 1)
    with pytest.raises(InputError, match="nothing to undo"):
        await versions.undo("t")
    with pytest.raises(InputError, match="nothing to redo"):
        await versions.redo("t")
    assert await versions.head("t") == first


async def test_a_new_version_forgets_what_was_undone(versions: Versions) -> None:
    first, second = await grow(versions, 2)
    await versions.undo("t")
    third = await versions.create("t", graded(3), parent_id=first.id, summary="other", now=NOW)
    with pytest.raises(InputError, match="nothing to redo"):
        await versions.redo("t")
    assert (third.number, third.parent_id) == (3, first.id)
    assert await versions.get("t", second.id) == second
    assert await versions.undo("t") == first


async def test_a_repeated_undo_of_one_message_moves_once(versions: Versions) -> None:
    made = await grow(versions, 3)
    assert await versions.undo("t", move_id="m4") == made[1]
    assert await versions.undo("t", move_id="m4") == made[1]
    assert await versions.head("t") == made[1]
    assert await versions.undo("t", move_id="m5") == made[0]
    assert await versions.undo("t", move_id="m4") == made[1]
    assert await versions.head("t") == made[0]


async def test_repeated_redo_and_restore_of_one_message_move_once(versions: Versions) -> None:
    made = await grow(versions, 3)
    await versions.undo("t")
    await versions.undo("t")
    assert [await versions.redo("t", move_id="m1") for _ in range(2)] == [made[1], made[1]]
    assert [await versions.restore("t", made[0].id, move_id="m2") for _ in range(2)] == [made[0], made[0]]
    assert await versions.undo("t") == made[1]


async def test_many_undos_at_once_each_move_one_step(versions: Versions) -> None:
    made = await grow(versions, 6)
    reached = await asyncio.gather(*(versions.undo("t", move_id=f"m{n}") for n in range(5)))
    assert {v.id for v in reached} == {v.id for v in made[:5]}
    assert await versions.head("t") == made[0]


async def test_restoring_a_version_is_a_move_that_can_be_undone(versions: Versions) -> None:
    made = await grow(versions, 3)
    assert await versions.restore("t", made[0].id) == made[0]
    assert await versions.undo("t") == made[2]
    assert await versions.redo("t") == made[0]
    assert await versions.undo("t") == made[2]
    assert await versions.undo("t") == made[1]


async def test_restoring_a_version_forgets_what_was_undone(versions: Versions) -> None:
    made = await grow(versions, 3)
    await versions.undo("t")
    await versions.restore("t", made[0].id)
    with pytest.raises(InputError, match="nothing to redo"):
        await versions.redo("t")


async def test_a_branch_grows_on_its_own_and_leaves_main_alone(versions: Versions) -> None:
    made = await grow(versions, 2)
    assert await versions.branch("t", "night look") == made[1]
    other = await versions.create("t", graded(3), parent_id=made[1].id, summary="night", now=NOW)
    assert (other.branch, other.number) == ("night look", 3)
    assert [(b.name, b.head_id, b.current) for b in await versions.branches("t")] == [
        ("main", made[1].id, False),
        ("night look", other.id, True),
    ]
    assert await versions.switch("t", "main") == made[1]
    assert await versions.head("t") == made[1]
    assert await versions.branch("t", "night look") == other


async def test_a_branch_may_start_at_any_version_and_undo_there_goes_to_the_parent(versions: Versions) -> None:
    made = await grow(versions, 3)
    assert await versions.branch("t", "b", made[1].id) == made[1]
    assert await versions.undo("t") == made[0]
    assert await versions.redo("t") == made[1]
    assert await versions.switch("t", "main") == made[2]
    assert await versions.undo("t") == made[1]


async def test_a_branch_name_in_use_is_not_moved(versions: Versions) -> None:
    made = await grow(versions, 2)
    await versions.branch("t", "b")
    with pytest.raises(ConflictError, match="exists"):
        await versions.branch("t", "b", made[0].id)


async def test_what_is_not_there_is_named(versions: Versions) -> None:
    await grow(versions, 1)
    with pytest.raises(NotFoundError, match="'nope'"):
        await versions.get("t", "nope")
    with pytest.raises(NotFoundError, match="version 9"):
        await versions.by_number("t", 9)
    with pytest.raises(NotFoundError, match="'nope'"):
        await versions.restore("t", "nope")
    with pytest.raises(NotFoundError, match="'nope'"):
        await versions.branch("t", "b", "nope")
    with pytest.raises(NotFoundError, match="Its branches: main"):
        await versions.switch("t", "nope")


@pytest.mark.parametrize("name", ["", "  ", "a\x00b", "x" * 61])
async def test_a_name_that_cannot_be_a_branch_is_refused(versions: Versions, name: str) -> None:
    await grow(versions, 1)
    with pytest.raises(InputError, match="cannot name a branch"):
        await versions.branch("t", name)


async def test_an_empty_thread_has_no_head_no_versions_and_no_branches(versions: Versions) -> None:
    assert await versions.head("t") is None
    assert await versions.list("t") == ()
    assert await versions.branches("t") == ()
    with pytest.raises(InputError, match="no version to branch from"):
        await versions.branch("t", "b")


async def test_tenants_and_threads_never_meet(redis: Redis) -> None:
    blobs = Memory()
    mine, theirs = Versions(redis, blobs, "a"), Versions(redis, blobs, "a:thread:b")
    (made,) = await grow(mine, 1, "b:thread:t")
    assert await theirs.head("t") is None
    assert await mine.head("t") is None
    with pytest.raises(NotFoundError):
        await theirs.get("t", made.id)
    keys = await redis.keys("*")
    assert keys
    assert all(str(key).startswith("cutaway:a:thread:b%3Athread%3At:") for key in keys)


async def test_a_server_that_forgot_its_scripts_is_no_obstacle(versions: Versions, redis: Redis) -> None:
    (first,) = await grow(versions, 1)
    await redis.script_flush()
    assert await versions.head("t") == first


async def test_two_storyboards_are_compared_shot_by_shot() -> None:
    change = Versions.compare(film(), apply(film(), [e.SetTime(shots=("s2",), time_of_day="night")]))
    assert [shot.change_class for shot in change.shots] == ["reuse", "generate", "reuse"]
