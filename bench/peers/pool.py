"""RQ's own worker pool with its default Worker: `python -m bench.peers.pool REDIS_URL COUNT MODULE`.

The job's module is loaded before the workers fork, as RQ advises, so that no job and no new worker waits for imports.
"""

from __future__ import annotations

import importlib
import sys

from redis import Redis
from rq.worker_pool import WorkerPool

QUEUE = "film"


def run(redis_url: str, count: int, module: str) -> None:
    """Keep `count` workers alive until told to stop."""
    importlib.import_module(module)
    WorkerPool([QUEUE], connection=Redis.from_url(redis_url), num_workers=count).start(logging_level="WARNING")


if __name__ == "__main__":
    run(sys.argv[1], int(sys.argv[2]), sys.argv[3])
