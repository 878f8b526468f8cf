"""Which workers are alive, as RQ's registry knows them."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cutaway.errors import StoreError
from cutaway.jobs.queue import PREFIX

if TYPE_CHECKING:
    from redis import Redis


@dataclass(frozen=True, slots=True)
class AliveWorker:
    """One worker process: its queue (without our prefix), where it runs, and what it does ("idle", "busy")."""

    queue: str
    host: str
    pid: int
    state: str


async def alive_workers(redis_url: str) -> tuple[AliveWorker, ...]:
    """Every worker of our queues that renewed its registration. Raises `StoreError` when nobody answers."""
    return await asyncio.to_thread(_ask, redis_url)


def by_queue(workers: tuple[AliveWorker, ...]) -> dict[str, int]:
    """How many workers each queue has."""
    return dict(Counter(worker.queue for worker in workers))


def _ask(redis_url: str) -> tuple[AliveWorker, ...]:
    from redis import Redis
    from redis.exceptions import RedisError

    connection = Redis.from_url(redis_url, socket_timeout=5, socket_connect_timeout=3)
    try:
        return tuple(_read(connection))
    except (RedisError, OSError) as error:
        raise StoreError(
            f"The workers cannot be listed: {error}.", fix="Check that the server runs and CUTAWAY_REDIS_URL."
        ) from error
    finally:
        connection.close()


def _read(connection: Redis) -> list[AliveWorker]:
    from rq import Worker

    found: list[AliveWorker] = []
    # RQ drops a killed worker from its registry only when its registration expired; `all` leaves those out.
    for worker in Worker.all(connection=connection):
        seen: Any = worker
        queues = [name.removeprefix(PREFIX) for name in seen.queue_names() if name.startswith(PREFIX)]
        found += [
            AliveWorker(queue=name, host=str(seen.hostname or ""), pid=int(seen.pid or 0), state=str(seen.get_state()))
            for name in queues
        ]
    return found
