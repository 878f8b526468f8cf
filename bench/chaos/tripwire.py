"""A studio's I/O with a tripwire: the process kills itself (SIGKILL) before or after a chosen call.

Redis commands, checkpoint calls, SQLite commits, the reasoner and the queue all step on the same wire, so one number
names one moment of a turn. The wire only counts while it is armed.
"""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiosqlite
from redis.asyncio import Redis
from redis.asyncio.client import Pipeline

from cutaway.conversation.plan import Situation, TurnPlan
from cutaway.conversation.saver import BUSY_S, FencedSqliteSaver


@dataclass(slots=True)
class Tripwire:
    """Counts the moments of a turn: 2n is before its nth call, 2n + 1 after it. At `at` the process is gone."""

    at: int | None = None
    armed: bool = False
    moments: list[str] = field(default_factory=list)

    def step(self, moment: str) -> None:
        if not self.armed:
            return
        if self.at == len(self.moments):
            os.kill(os.getpid(), signal.SIGKILL)
        self.moments.append(moment)

    async def around(self, name: str, call: Callable[[], Awaitable[Any]]) -> Any:
        self.step(f"before {name}")
        answer = await call()
        self.step(f"after {name}")
        return answer


class WiredRedis(Redis):
    """A client whose every command steps on the wire; pipelines step once, as they are sent at once."""

    wire: Tripwire

    async def execute_command(self, *args: Any, **options: Any) -> Any:
        command: Any = super().execute_command
        return await self.wire.around(_named(args), lambda: command(*args, **options))

    def pipeline(self, transaction: bool = True, shard_hint: str | None = None) -> Pipeline:
        made = WiredPipeline(self.connection_pool, self.response_callbacks, transaction, shard_hint)
        made.wire = self.wire
        return made


class WiredPipeline(Pipeline):
    wire: Tripwire

    async def execute(self, raise_on_error: bool = True) -> list[Any]:
        send: Any = super().execute
        answer: list[Any] = await self.wire.around("redis pipeline", lambda: send(raise_on_error))
        return answer


class WiredSqlite(aiosqlite.Connection):
    """A connection that may die between what was executed and its commit."""

    wire: Tripwire

    async def commit(self) -> None:
        await self.wire.around("sqlite commit", super().commit)


class WiredSaver(FencedSqliteSaver):
    """The house's saver; every call LangGraph makes of it steps on the wire."""

    wire: Tripwire

    async def aget_tuple(self, *args: Any, **named: Any) -> Any:
        call = super().aget_tuple
        return await self.wire.around("saver aget_tuple", lambda: call(*args, **named))

    async def aput(self, *args: Any, **named: Any) -> Any:
        call = super().aput
        return await self.wire.around("saver aput", lambda: call(*args, **named))

    async def aput_writes(self, *args: Any, **named: Any) -> None:
        call = super().aput_writes
        await self.wire.around("saver aput_writes", lambda: call(*args, **named))


class WiredReasoner:
    """Answers each text with the plan prepared for it."""

    name = "prepared"

    def __init__(self, wire: Tripwire, plans: Mapping[str, TurnPlan]) -> None:
        self._wire, self._plans = wire, plans

    async def plan(self, situation: Situation) -> TurnPlan:
        async def answer() -> TurnPlan:
            return self._plans[situation.text]

        plan: TurnPlan = await self._wire.around("reasoner", answer)
        return plan


class WiredQueue:
    """A queue that only steps: nobody works, so the ledger stays as the turn left it."""

    def __init__(self, wire: Tripwire) -> None:
        self._wire = wire

    async def wake(self, operations: Sequence[tuple[str, str]]) -> None:
        self._wire.step("before queue wake")
        self._wire.step("after queue wake")


@asynccontextmanager
async def open_wired_saver(path: Path, wire: Tripwire) -> AsyncIterator[WiredSaver]:
    """Like `open_saver`, on the wire."""
    async with WiredSqlite(lambda: sqlite3.connect(str(path), timeout=BUSY_S), 64) as connection:
        assert isinstance(connection, WiredSqlite)
        connection.wire = wire
        saver = WiredSaver(connection)
        saver.wire = wire
        await saver.setup()
        yield saver


def _named(args: Sequence[Any]) -> str:
    """`redis EVALSHA turns` tells which key a script begins with, without its thread."""
    key = next((str(a) for a in args[1:] if str(a).startswith("cutaway:")), "")
    return f"redis {args[0]} {key.rsplit(':', 1)[-1]}".strip()
