"""The port to the queue: wake workers for operations. RQ is an implementation detail of this file.

Who is woken next is decided in the ledger (`picks` in scripts/common.lua), fairly between tenants and never more than
twice the free workers; this port only carries operation ids to them.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, Protocol

if TYPE_CHECKING:
    from redis import Redis

PREFIX: Final = "cutaway:"
KEEP_RESULT_S: Final = 30
KEEP_FAILURE_S: Final = 3_600
KILL_AFTER_S: Final = 1_860
"""Past a worker's own deadline for one attempt: RQ ends a work-horse that does not listen."""


class JobQueue(Protocol):
    """Wakes a worker for each operation; safe to call twice, since the ledger lets only one worker claim."""

    async def wake(self, operations: Sequence[tuple[str, str]]) -> None:
        """Put each (operation id, queue) pair before a worker."""
        ...


class Line(JobQueue, Protocol):
    """A queue that can also say what waits in it."""

    async def waiting(self, names: Sequence[str]) -> dict[str, list[str]]:
        """The operations whose wake-up lies in each queue."""
        ...


class RqQueue:
    """Wake-ups through RQ on one Redis. RQ and its connection are loaded on the first wake-up."""

    def __init__(self, redis_url: str) -> None:
        self._redis_url = redis_url
        self._connection: Redis | None = None
        self._queues: dict[str, Any] = {}

    async def wake(self, operations: Sequence[tuple[str, str]]) -> None:
        """Put each (operation id, queue) pair before a worker."""
        if operations:
            await asyncio.to_thread(self._enqueue, operations)

    def _enqueue(self, operations: Sequence[tuple[str, str]]) -> None:
        from cutaway.jobs.message import FUNCTION

        for name in dict.fromkeys(queue for _, queue in operations):
            queue = self._queue(name)
            queue.enqueue_many(
                [
                    type(queue).prepare_data(
                        FUNCTION,
                        (operation_id,),
                        job_id=f"{operation_id}-{secrets.token_hex(6)}",
                        timeout=KILL_AFTER_S,
                        result_ttl=KEEP_RESULT_S,
                        failure_ttl=KEEP_FAILURE_S,
                    )
                    for operation_id, wanted in operations
                    if wanted == name
                ]
            )

    async def waiting(self, names: Sequence[str]) -> dict[str, list[str]]:
        """The operations whose wake-up lies in each queue. Queues are short, so this is one small read for each."""
        return await asyncio.to_thread(self._waiting, names)

    def _waiting(self, names: Sequence[str]) -> dict[str, list[str]]:
        return {name: [job_id.rpartition("-")[0] for job_id in self._queue(name).get_job_ids()] for name in names}

    def _queue(self, name: str) -> Any:
        if name not in self._queues:
            from redis import Redis
            from rq import Queue

            from cutaway.jobs.message import Serializer, Wakeup
            from cutaway.ledger.connection import driver

            if self._connection is None:
                self._connection = Redis.from_url(self._redis_url, **driver())
            self._queues[name] = Queue(
                PREFIX + name, connection=self._connection, job_class=Wakeup, serializer=Serializer
            )
        return self._queues[name]
