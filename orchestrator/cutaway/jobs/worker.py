"""Our RQ worker: one queue, one function, and a work-horse that never outlives its worker.

Started as `python -m cutaway.jobs.worker QUEUE`; `cutaway worker` starts as many as it should.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Sequence
from typing import Any, Final

from redis import Redis
from rq import Queue, Worker

from cutaway.errors import ConfigError
from cutaway.jobs import entry
from cutaway.jobs.message import Serializer, Wakeup
from cutaway.jobs.queue import PREFIX

PR_SET_PDEATHSIG: Final = 1
WORKER_TTL_S: Final = 30


class HouseWorker(Worker):
    """An RQ worker for exactly one of our queues."""

    job_class = Wakeup

    def main_work_horse(self, job: Any, queue: Any) -> None:
        """Run the job in the forked child, tied to this worker's life."""
        die_with_parent()
        super().main_work_horse(job, queue)

    def setup_work_horse_signals(self) -> None:
        """SIGTERM asks the work to stop at the next frame; Ctrl-C is the parent's business."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, entry.request_stop)

    def handle_warm_shutdown_request(self) -> None:
        """On SIGTERM: the work-horse gives its lease back instead of finishing."""
        super().handle_warm_shutdown_request()  # type: ignore[no-untyped-call]
        if self.horse_pid:
            self.kill_horse(signal.SIGTERM)


def die_with_parent(parent_signal: int = signal.SIGKILL) -> None:
    """Ask Linux to end this process when its parent dies; elsewhere the lease alone protects the work."""
    if not sys.platform.startswith("linux"):
        return
    parent = os.getppid()
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, parent_signal, 0, 0, 0)
    if os.getppid() != parent:  # it died between the fork and the call
        os._exit(1)


def main(argv: Sequence[str]) -> int:
    """Run one worker on the queue named in `argv` until told to stop."""
    if len(argv) != 1 or not argv[0].replace(":", "").isalnum():
        raise ConfigError(f"A worker listens to exactly one queue, not {list(argv)!r}.", fix="Use `cutaway worker`.")
    die_with_parent(signal.SIGTERM)
    url = entry.prepare()
    connection = Redis.from_url(url)
    queue = Queue(PREFIX + argv[0], connection=connection, job_class=Wakeup, serializer=Serializer)
    worker = HouseWorker([queue], connection=connection, serializer=Serializer, worker_ttl=WORKER_TTL_S)
    worker.log_job_description = False
    worker.work(logging_level="WARNING")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
