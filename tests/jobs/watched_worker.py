"""A worker like `python -m cutaway.jobs.worker QUEUE`, whose work-horses tell which modules they have.

    python watched_worker.py QUEUE REPORTS

It stops when the queue is empty. Each job adds a line to REPORTS: JSON with `loaded` (every module once the job is
done) and `during` (those the job itself imported).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from redis import Redis
from rq import Queue

from cutaway.jobs import entry
from cutaway.jobs.message import Serializer, Wakeup
from cutaway.jobs.queue import PREFIX
from cutaway.jobs.worker import HouseWorker


class WatchedWorker(HouseWorker):
    reports: Path

    def perform_job(self, job: Any, queue: Any) -> bool:
        before = set(sys.modules)
        done = super().perform_job(job, queue)
        report = {"loaded": sorted(sys.modules), "during": sorted(set(sys.modules) - before)}
        with self.reports.open("a") as file:
            file.write(json.dumps(report) + "\n")
        return done


def main(name: str, reports: str) -> None:
    url = entry.prepare()
    connection = Redis.from_url(url)
    queue = Queue(PREFIX + name, connection=connection, job_class=Wakeup, serializer=Serializer)
    worker = WatchedWorker([queue], connection=connection, serializer=Serializer)
    worker.reports = Path(reports)
    worker.work(burst=True, logging_level="WARNING")


if __name__ == "__main__":
    main(*sys.argv[1:])
