"""The SQLite saver that cannot lose a turn: it refuses a checkpoint whose parent is no longer the thread's head.

LangGraph's own savers let two overlapping runs of a thread both write; the later one silently buries the other. Here
parent check and insert are one SQL statement, so it holds between processes too.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import aiosqlite
from langgraph.checkpoint.base import (
    ChannelVersions,
    Checkpoint,
    CheckpointMetadata,
    CheckpointTuple,
    get_checkpoint_metadata,
)
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver

from cutaway.errors import ConflictError, StoreError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from langchain_core.runnables import RunnableConfig

BUSY_S: Final = 10.0
NEWEST: Final = """
SELECT type, checkpoint, metadata FROM checkpoints
WHERE thread_id = ? AND checkpoint_ns = ? ORDER BY checkpoint_id DESC LIMIT 1
"""

INSERT: Final = """
INSERT OR REPLACE INTO checkpoints
  (thread_id, checkpoint_ns, checkpoint_id, parent_checkpoint_id, type, checkpoint, metadata)
SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7
WHERE (SELECT max(checkpoint_id) FROM checkpoints WHERE thread_id = ?1 AND checkpoint_ns = ?2) IS ?4
   OR EXISTS (SELECT 1 FROM checkpoints WHERE thread_id = ?1 AND checkpoint_ns = ?2 AND checkpoint_id = ?3)
"""


class FencedSqliteSaver(AsyncSqliteSaver):
    """AsyncSqliteSaver with ownership of the thread's head and a serializer that loads plain data only."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        # An explicit empty allow-list: checkpoints hold JSON, and bytes that name a class are not obeyed.
        super().__init__(connection, serde=JsonPlusSerializer(allowed_msgpack_modules=[]))

    async def aput(
        self,
        config: RunnableConfig,
        checkpoint: Checkpoint,
        metadata: CheckpointMetadata,
        new_versions: ChannelVersions,
    ) -> RunnableConfig:
        """Save the checkpoint. Raises `ConflictError` when its parent is not the thread's newest one."""
        await self.setup()
        where = config["configurable"]
        kind, blob = self.serde.dumps_typed(checkpoint)
        about = _sealed(kind, blob, get_checkpoint_metadata(config, metadata))
        thread, namespace = str(where["thread_id"]), str(where["checkpoint_ns"])
        row = (thread, namespace, checkpoint["id"], where.get("checkpoint_id"), kind, blob, about)
        async with self.lock:
            try:
                cursor = await self.conn.execute(INSERT, row)
                await self.conn.commit()
            except aiosqlite.Error as error:
                await self.conn.rollback()
                raise StoreError(
                    f"The conversation could not be saved: {error}.", fix="Free some space or check the data directory."
                ) from error
            written = cursor.rowcount
            await cursor.close()
        if written != 1:
            raise ConflictError(f"Thread {thread!r} went on elsewhere; this turn was not saved.")
        return {"configurable": {"thread_id": thread, "checkpoint_ns": namespace, "checkpoint_id": checkpoint["id"]}}

    async def aget_tuple(self, config: RunnableConfig) -> CheckpointTuple | None:
        """The checkpoint asked for. A damaged one is thrown away with its thread's: the thread is rebuilt without it.

        Raises `StoreError` when the file itself cannot be read.
        """
        try:
            await self.setup()
            if not await self._is_whole(config):
                await self.adelete_thread(str(config["configurable"]["thread_id"]))
                return None
            return await super().aget_tuple(config)
        except aiosqlite.Error as error:
            raise StoreError(
                f"The conversation could not be read: {error}.", fix="Move the file away; threads go on without it."
            ) from error

    async def _is_whole(self, config: RunnableConfig) -> bool:
        """False when the bytes of the thread's newest checkpoint are not those that were written."""
        where = (str(config["configurable"]["thread_id"]), config["configurable"].get("checkpoint_ns", ""))
        async with self.lock, self.conn.execute(NEWEST, where) as cursor:
            row = await cursor.fetchone()
        return row is None or _is_sealed(*row)


def _sealed(kind: str, blob: bytes, metadata: Any) -> bytes:
    """The metadata as stored, with a digest of the row: bytes a disk changed are noticed before they are read."""
    plain = json.loads(json.dumps(metadata))
    return json.dumps(plain | {"sha256": _digest(kind, blob, plain)}, ensure_ascii=False).encode("utf-8", "ignore")


def _is_sealed(kind: str, blob: bytes, about: bytes) -> bool:
    try:
        metadata = json.loads(about)
        seal = metadata.pop("sha256", None)
        return seal is None or seal == _digest(kind, blob, metadata)  # none: written before there were seals
    except (ValueError, AttributeError, TypeError):
        return False


def _digest(kind: str, blob: bytes, metadata: Any) -> str:
    about = json.dumps(metadata, sort_keys=True).encode()
    return hashlib.sha256(b"\x1f".join((kind.encode(), blob, about))).hexdigest()


@asynccontextmanager
async def open_saver(path: Path) -> AsyncIterator[FencedSqliteSaver]:
    """The saver on the SQLite file at `path`, which is created when absent. Raises `StoreError`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        async with aiosqlite.connect(path, timeout=BUSY_S) as connection:
            saver = FencedSqliteSaver(connection)
            await _set_up(saver)
            yield saver
    except aiosqlite.Error as error:
        raise StoreError(
            f"The conversation file {path} cannot be used: {error}.",
            fix="Check that the data directory is writable, or set CUTAWAY_DATA_DIR.",
        ) from error


async def _set_up(saver: FencedSqliteSaver) -> None:
    """Make the tables; two processes that begin together take turns (switching to WAL does not wait by itself)."""
    deadline = asyncio.get_running_loop().time() + BUSY_S
    while True:
        try:
            await saver.setup()
            return
        except aiosqlite.OperationalError as error:
            if "locked" not in str(error) or asyncio.get_running_loop().time() > deadline:
                raise
            await asyncio.sleep(0.05)


def thread_config(tenant: str, thread: str) -> dict[str, Any]:
    """The LangGraph config that names one tenant's thread."""
    return {"configurable": {"thread_id": f"{tenant}/{thread}"}}
