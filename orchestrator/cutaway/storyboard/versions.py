"""The versions of a thread: immutable storyboards with a parent, and the heads that point at them.

Redis holds the records and the heads; the object store holds the storyboards by hash. Each operation is one script,
so two processes never see half of one. A branch remembers where its head has been: `undo` goes back there (on a
fresh branch, to the parent), `redo` forward again, and a new version forgets what was undone.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, Protocol
from urllib.parse import quote

from pydantic import AwareDatetime, Field

from cutaway.contract import Frozen
from cutaway.errors import ConflictError, InputError, NotFoundError
from cutaway.storyboard.diff import Diff, diff
from cutaway.storyboard.edits import Edit, dump_edits
from cutaway.storyboard.model import Storyboard, dump, load

if TYPE_CHECKING:
    from redis.asyncio import Redis

MAIN: Final = "main"
MAX_SUMMARY_CHARS: Final = 200
MAX_BRANCH_CHARS: Final = 60


class Blobs(Protocol):
    """Where storyboards lie, by content hash."""

    async def put(self, data: bytes) -> str:
        """Keep these bytes and give their sha256 in hex."""
        ...

    async def get(self, sha: str) -> bytes:
        """The bytes with this sha256. Raises `NotFoundError` or `StoreError`."""
        ...


class Version(Frozen):
    """One immutable storyboard of a thread. `number` counts from 1; `created_at` is aware.

    `edits` are those that led here from the parent, as JSON; `message_id` is the turn that made it.
    """

    id: str = Field(min_length=1, max_length=128)
    thread: str
    number: int = Field(ge=1)
    parent_id: str | None
    storyboard_sha256: str
    created_at: AwareDatetime
    summary: str = Field(max_length=MAX_SUMMARY_CHARS)
    edits: tuple[dict[str, Any], ...] = ()
    message_id: str = ""
    branch: str = MAIN


class Branch(Frozen):
    """A named head. `current` is true for the one new versions go to."""

    name: str
    head_id: str
    current: bool


class Versions:
    """The versions of one tenant's threads.

    `redis` decodes responses. A `move_id` (the message's id) makes a move happen once: the same kind of move with the
    same id again gives the same version and moves nothing.
    """

    def __init__(self, redis: Redis, blobs: Blobs, tenant: str = "local") -> None:
        self._blobs = blobs
        self._tenant = tenant
        scripts = files("cutaway.storyboard").joinpath("scripts")

        def script(name: str) -> Any:
            return redis.register_script(scripts.joinpath(f"{name}.lua").read_text(encoding="utf-8"))

        self._create, self._move, self._branch, self._read = map(script, ("create", "move", "branch", "read"))

    async def create(
        self,
        thread: str,
        storyboard: Storyboard,
        *,
        parent_id: str | None,
        summary: str,
        edits: Sequence[Edit] = (),
        message_id: str = "",
        version_id: str | None = None,
        now: datetime,
    ) -> Version:
        """A new version after `parent_id`, and the head of the current branch.

        With a `version_id` that exists already, that version as it is. Raises `ConflictError` when the head is no
        longer `parent_id`.
        """
        version_id = version_id or secrets.token_hex(16)
        version = Version(
            id=version_id,
            thread=thread,
            number=1,
            parent_id=parent_id,
            storyboard_sha256=await self._blobs.put(dump(storyboard).encode()),
            created_at=now,
            summary=summary[:MAX_SUMMARY_CHARS],
            edits=tuple(dump_edits(tuple(edits))),
            message_id=message_id,
        )
        # The script counts and knows the branch; it adds both.
        body = version.model_dump_json(exclude={"number", "branch"})
        answer = await self._create(keys=[self._key(thread)], args=[version_id, parent_id or "", body])
        if answer[0] == "conflict":
            raise ConflictError(
                f"The head of {answer[2]!r} is {answer[1] or 'empty'}, no longer {parent_id or 'empty'}.",
                fix="Read the head again and apply the edits to it.",
            )
        return Version.model_validate_json(answer[1])

    async def get(self, thread: str, version_id: str) -> Version:
        """The version with this id. Raises `NotFoundError`."""
        return _one(await self._records(thread, "get", version_id), f"version {version_id!r}", thread)

    async def by_number(self, thread: str, number: int) -> Version:
        """The thread's version with this number, counted from 1. Raises `NotFoundError`."""
        return _one(await self._records(thread, "number", str(number)), f"version {number}", thread)

    async def storyboard(self, version: Version) -> Storyboard:
        """The storyboard a version holds."""
        return load(await self._blobs.get(version.storyboard_sha256))

    async def head(self, thread: str) -> Version | None:
        """The head of the current branch, or None before the first version."""
        return next(iter(await self._records(thread, "head")), None)

    async def list(self, thread: str) -> tuple[Version, ...]:
        """Every version of the thread on any branch, oldest first."""
        return await self._records(thread, "list")

    async def count(self, thread: str) -> int:
        """How many versions the thread has on all branches; their numbers run from 1 to this."""
        return int(await self._read(keys=[self._key(thread)], args=["count", ""]))

    async def undo(self, thread: str, *, move_id: str = "") -> Version:
        """The version before the head's last move, now the head. Raises `InputError` at the beginning."""
        return await self._moved(thread, "undo", move_id, "")

    async def redo(self, thread: str, *, move_id: str = "") -> Version:
        """The version last undone, the head again. Raises `InputError` when nothing was undone since."""
        return await self._moved(thread, "redo", move_id, "")

    async def restore(self, thread: str, version_id: str, *, move_id: str = "") -> Version:
        """Any version, now the head of the current branch; `undo` takes it back. Raises `NotFoundError`."""
        return await self._moved(thread, "restore", move_id, version_id)

    async def branch(self, thread: str, name: str, from_version: str | None = None, *, move_id: str = "") -> Version:
        """The head of branch `name`, now current; the branch starts at `from_version` or the head when it is new.

        Raises `InputError` (bad name, no version yet), `NotFoundError` (no such version), or `ConflictError` when the
        branch exists and its head is not `from_version`.
        """
        return await self._switched(thread, "branch", _branch_name(name), from_version or "", move_id)

    async def switch(self, thread: str, name: str, *, move_id: str = "") -> Version:
        """The head of an existing branch, now current. Raises `NotFoundError` naming the branches there are."""
        return await self._switched(thread, "switch", _branch_name(name), "", move_id)

    async def branches(self, thread: str) -> tuple[Branch, ...]:
        """The branches, `main` first, then by name; none before the first version."""
        current, *flat = await self._read(keys=[self._key(thread)], args=["branches", ""])
        heads = dict(zip(flat[::2], flat[1::2], strict=True))
        names = sorted(heads, key=lambda name: (name != MAIN, name))
        return tuple(Branch(name=name, head_id=heads[name], current=name == current) for name in names)

    @staticmethod
    def compare(old: Storyboard, new: Storyboard) -> Diff:
        """What differs between the storyboards of two versions."""
        return diff(old, new)

    async def _records(self, thread: str, kind: str, which: str = "") -> tuple[Version, ...]:
        records = await self._read(keys=[self._key(thread)], args=[kind, which])
        return tuple(Version.model_validate_json(record) for record in records)

    async def _moved(self, thread: str, kind: str, move_id: str, wanted: str) -> Version:
        answer = await self._move(keys=[self._key(thread)], args=[kind, move_id, wanted])
        if answer[0] == "missing":
            raise _missing(f"version {wanted!r}", thread)
        if answer[0] == "nothing":
            raise InputError(f"There is nothing to {kind} in thread {thread!r}.")
        return Version.model_validate_json(answer[1])

    async def _switched(self, thread: str, kind: str, name: str, start: str, move_id: str) -> Version:
        answer = await self._branch(keys=[self._key(thread)], args=[kind, name, start, move_id])
        match answer[0]:
            case "missing":
                raise _missing(f"version {start!r}", thread)
            case "nothing":
                raise InputError(f"Thread {thread!r} has no version to branch from.", fix="Make a first version.")
            case "unknown":
                there = ", ".join(sorted(answer[1:])) or "none yet"
                raise NotFoundError(f"Thread {thread!r} has no branch {name!r}.", fix=f"Its branches: {there}.")
            case "taken":
                raise ConflictError(
                    f"Branch {name!r} exists and its head is {answer[1]}, not {start}.",
                    fix="Choose another name, or switch to it and restore the version.",
                )
        return Version.model_validate_json(answer[1])

    def _key(self, thread: str) -> str:
        # Quoted, so that no tenant or thread name can spell another one's keys.
        return f"cutaway:{quote(self._tenant, safe='')}:thread:{quote(thread, safe='')}"


def _one(found: Sequence[Version], what: str, thread: str) -> Version:
    if not found:
        raise _missing(what, thread)
    return found[0]


def _missing(what: str, thread: str) -> NotFoundError:
    return NotFoundError(f"There is no {what} in thread {thread!r}.", fix="List the versions to see what there is.")


def _branch_name(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > MAX_BRANCH_CHARS or not name.isprintable():
        raise InputError(
            f"{name[:MAX_BRANCH_CHARS]!r} cannot name a branch.",
            fix=f"Use 1 to {MAX_BRANCH_CHARS} printable characters.",
        )
    return name
