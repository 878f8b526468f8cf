"""The desk answers messages: one owner per thread takes them out of the mailbox and runs the graph for each.

A message stays in the mailbox until its turn is stored, so a process that dies in the middle loses nothing: the next
owner runs the same turn again and, because every id is derived from the message, finds its own footprints.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from cutaway.conversation.plan import TurnPlan
from cutaway.conversation.services import Services
from cutaway.conversation.turn import TurnResult
from cutaway.errors import ConflictError, CutawayError, StoreError
from cutaway.events import EventLog, Mailbox, Message, Ownership
from cutaway.events.mailbox import OWNER_MS

if TYPE_CHECKING:
    from langgraph.checkpoint.base import BaseCheckpointSaver

WAIT_S: Final = 0.5
UNREADABLE: Final = TurnPlan(intent="answer", rationale="The message could not be used.")

log = logging.getLogger(__name__)


class Desk:
    """Answers the messages of one tenant's threads."""

    def __init__(self, services: Services, mailbox: Mailbox, events: EventLog, saver: BaseCheckpointSaver[Any]) -> None:
        self._services = services
        self._mailbox = mailbox
        self._events = events
        self._saver = saver
        self._graph: Any = None

    async def answer(self, thread: str, message_id: str) -> TurnResult:
        """The turn of a posted message: run here when the thread is free, else waited for from whoever runs it."""
        token = secrets.token_hex(16)
        while True:
            result = await self._mailbox.result(thread, message_id)
            if result is not None:
                return TurnResult.model_validate(result)
            owner = await self._mailbox.acquire(thread, token)
            if owner is None:
                await self._wait_for_turn(thread, message_id)
                continue
            try:
                async with self._keep(owner):
                    await self._drain(owner)
            except ConflictError as error:
                log.info("%s", error)
            finally:
                await self._mailbox.release(owner)

    async def _drain(self, owner: Ownership) -> None:
        while (message := await self._mailbox.next(owner.thread)) is not None:
            turn = await self._run(owner, message)
            await self._mailbox.complete(
                owner,
                message,
                turn.model_dump(mode="json"),
                now_ms=_milliseconds(self._services.clock()),
                version_id=turn.version.id if turn.version else "",
                event={"reply": turn.reply, "intent": turn.intent, "decision": turn.decision},
            )

    async def _run(self, owner: Ownership, message: Message) -> TurnResult:
        from cutaway.conversation.saver import thread_config

        async def still_owner() -> None:
            await self._mailbox.renew(owner)

        services = replace(await self._services.for_thread(owner.thread), still_owner=still_owner)
        given = {"message": {"id": message.id, "thread": owner.thread, **message.body}}
        try:
            state = await self._compiled().ainvoke(
                given, thread_config(services.tenant, owner.thread), context=services, durability="exit"
            )
            return TurnResult.model_validate(state["turn"])
        except (ConflictError, StoreError):
            raise
        except CutawayError as error:
            return _failed(owner.thread, message.id, error.data(), str(error))
        except (OSError, asyncio.CancelledError):
            raise
        except Exception as error:
            if _is_connection(error):
                raise StoreError(
                    "Redis went away during the turn; the message is kept.", fix="Send it again."
                ) from error
            log.exception("Turn %s of thread %s failed", message.id, owner.thread)
            data = {"code": "internal", "message": f"{type(error).__name__}: {error}", "fix": "", "retryable": False}
            return _failed(owner.thread, message.id, data, "Something went wrong inside; nothing was changed.")

    def _compiled(self) -> Any:
        if self._graph is None:
            from cutaway.conversation.graph import make_graph

            self._graph = make_graph(self._saver)
        return self._graph

    async def _wait_for_turn(self, thread: str, message_id: str) -> None:
        """Wait until the message's turn completes elsewhere, or long enough that its owner may have died."""

        async def watch() -> None:
            async for event in self._events.follow(thread, after=await self._events.last_id(thread)):
                if event.type == "turn.completed" and event.message_id == message_id:
                    return

        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(watch(), WAIT_S)

    @contextlib.asynccontextmanager
    async def _keep(self, owner: Ownership) -> AsyncIterator[None]:
        async def renew() -> None:
            while True:
                await asyncio.sleep(OWNER_MS / 3000)
                await self._mailbox.renew(owner)

        keeper = asyncio.create_task(renew())
        try:
            yield
        finally:
            keeper.cancel()
            with contextlib.suppress(asyncio.CancelledError, ConflictError):
                await keeper


def _failed(thread: str, message_id: str, error: dict[str, Any], reply: str) -> TurnResult:
    return TurnResult(
        thread=thread,
        message_id=message_id,
        intent=UNREADABLE.intent,
        decision="words",
        rationale=UNREADABLE.rationale,
        confidence=0.0,
        reply=reply,
        error=error,
    )


def _is_connection(error: Exception) -> bool:
    """True for redis-py's connection errors, named so that this room need not import redis."""
    return any(
        cls.__module__.startswith("redis.") and cls.__name__ in {"ConnectionError", "TimeoutError"}
        for cls in type(error).__mro__
    )


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
