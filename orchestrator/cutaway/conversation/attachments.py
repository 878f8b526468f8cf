"""What a person gave a thread: texts as citable lines, pictures as references. Stored by hash, listed per thread."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cutaway.contract import Frozen
from cutaway.conversation.context import classify, read_context, shown
from cutaway.conversation.plan import ContextImage, ContextLine
from cutaway.errors import AttachmentError, NotFoundError
from cutaway.media.probe import probe_image
from cutaway.media.store import AssetStore
from cutaway.routing.conditions import MayLeave

if TYPE_CHECKING:
    from redis.asyncio import Redis


class Attachment(Frozen):
    """A file a person gives: its name (with suffix) and its bytes.

    `may_leave` says how far its content may go: `nowhere` (this house only), `reasoner` (a language model elsewhere may
    read it), `vendors` (video vendors may get what is made of it, too).
    """

    name: str
    data: bytes
    may_leave: MayLeave = "vendors"

    @classmethod
    def read(cls, path: Path, *, may_leave: MayLeave = "vendors") -> Attachment:
        """The file at `path`. Raises `AttachmentError` when it cannot be read."""
        try:
            return cls(name=path.name, data=path.read_bytes(), may_leave=may_leave)
        except OSError as error:
            raise AttachmentError(
                f"The file {str(path)!r} cannot be read: {error.strerror}.", fix="Give the path of a readable file."
            ) from error


class Shelf:
    """The things one tenant's threads were given."""

    def __init__(self, redis: Redis, store: AssetStore, tenant: str) -> None:
        self._redis = redis
        self._store = store
        self._prefix = f"cutaway:{tenant}:thread:"

    async def add(self, thread: str, given: Sequence[Attachment]) -> tuple[dict[str, Any], ...]:
        """Check and store attachments; a name given again replaces the older one. Raises `AttachmentError`.

        All are checked before any joins the thread, so a bad one changes nothing.
        """
        records = [await self._check(item) for item in given]
        for record in records:
            key, name = self._key(thread), record["name"]
            known = await self._redis.hget(key, name)
            order = json.loads(known)["order"] if known else await self._redis.hlen(key)
            await self._redis.hset(key, name, json.dumps(record | {"order": order}))
        return tuple(records)

    async def contents(
        self, thread: str, *, leaving: bool = False
    ) -> tuple[tuple[ContextLine, ...], tuple[ContextImage, ...]]:
        """Every citable line and every picture of the thread, in the order they were given.

        `leaving`: only what may be read outside the house.
        """
        found = [json.loads(text) for text in (await self._redis.hgetall(self._key(thread))).values()]
        lines: list[ContextLine] = []
        images: list[ContextImage] = []
        for record in sorted(found, key=lambda r: r["order"]):
            if leaving and record.get("may_leave") == "nowhere":
                continue
            if record["kind"] == "image":
                images.append(ContextImage(ref=f"{record['name']}:1", sha256=record["sha256"]))
            else:
                lines.extend(read_context(record["name"], await self._store.get(record["sha256"])))
        return tuple(lines), tuple(images)

    async def kept_home(self, thread: str) -> dict[str, MayLeave]:
        """How far sources may go that may not go to vendors: by name, pictures also by their hash."""
        found: dict[str, MayLeave] = {}
        for text in (await self._redis.hgetall(self._key(thread))).values():
            record = json.loads(text)
            limit: MayLeave = record.get("may_leave", "vendors")
            if limit != "vendors":
                found |= {record["name"]: limit, record["sha256"]: limit}
        return found

    async def bounds(self, thread: str) -> dict[str, str]:
        """The records of what may not go to vendors, as `bind` takes them."""
        limited = await self.kept_home(thread)
        found = (await self._redis.hgetall(self._key(thread))).items()
        return {str(name): str(text) for name, text in found if str(name) in limited}

    async def bind(self, thread: str, bounds: Mapping[str, str]) -> None:
        """Hold another thread to the same bounds."""
        for name, text in bounds.items():
            await self._redis.hset(self._key(thread), name, text)

    async def table(self, thread: str, name: str = "") -> tuple[str, bytes]:
        """The table that was given last, or the one called `name`: its name and bytes. Raises `NotFoundError`."""
        found = [json.loads(text) for text in (await self._redis.hgetall(self._key(thread))).values()]
        tables = [one for one in sorted(found, key=lambda r: r["order"]) if one["name"].lower().endswith(".csv")]
        wanted = [one for one in tables if not name or one["name"].lower() == name.lower()]
        if not wanted:
            there = ", ".join(one["name"] for one in tables)
            raise NotFoundError(
                f"There is no table {name!r} in this thread." if name else "This thread has no table.",
                fix=f"It has {there}." if there else "Attach a .csv file whose first line names the columns.",
            )
        return wanted[-1]["name"], await self._store.get(wanted[-1]["sha256"])

    async def _check(self, item: Attachment) -> dict[str, Any]:
        kind = classify(item.name, item.data)
        if kind == "text":
            read_context(item.name, item.data)
        sha256 = await self._store.put(item.data)
        if kind == "image":
            await asyncio.to_thread(probe_image, await self._store.path(sha256), name=shown(item.name))
        return {"name": item.name, "kind": kind, "sha256": sha256, "may_leave": item.may_leave}

    def _key(self, thread: str) -> str:
        return f"{self._prefix}{thread}:context"
