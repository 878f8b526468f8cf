"""What lies in a queue: one operation id, as JSON that only our own worker reads.

RQ's default serializer would run whatever a message says. Ours writes JSON behind one header line. The header is
worded so that a plain `rq worker`, which tries to unpickle it, stops with an error that names the right command:
pickle reads a leading `c` as "import the module named on this line".
"""

from __future__ import annotations

import json
from typing import Any, Final

from rq.job import Job

from cutaway.errors import JobError

FUNCTION: Final = "cutaway.jobs.entry.run"
HEADER: Final = b"cthis queue is run by: cutaway worker\n-\n"


class Serializer:
    """JSON behind the header line; anything else is refused."""

    @staticmethod
    def dumps(value: Any) -> bytes:
        """The value as bytes."""
        return HEADER + json.dumps(value).encode()

    @staticmethod
    def loads(data: bytes) -> Any:
        """The value back. Raises `JobError` for a message that is not ours."""
        if not data.startswith(HEADER):
            raise JobError(
                "This message was not written by Cutaway.", fix="Only `cutaway worker` and its API use these queues."
            )
        return json.loads(data[len(HEADER) :])


class Wakeup(Job):
    """An RQ job that can only run `cutaway.jobs.entry.run` with one operation id.

    Whatever else a message asks for (another function, callbacks, webhooks, dependencies, retries, a repeat) was
    forged: it is dropped on reading and the job is refused.
    """

    forged: str = ""

    def restore(self, raw_data: Any) -> Any:
        """Read the message, keeping nothing that could make RQ do more than call our function."""
        super().restore(raw_data)
        wants = {
            "a success callback": self._success_callback_name,
            "a failure callback": self._failure_callback_name,
            "a stopped callback": self._stopped_callback_name,
            "webhooks": self.webhooks,
            "dependencies": self._dependency_ids,
            "retries": self.retries_left,
            "a repeat": self.repeats_left,
        }
        self._success_callback_name = self._failure_callback_name = self._stopped_callback_name = None
        self.webhooks = []
        self._dependency_ids = []
        self.retries_left = self.repeats_left = None
        self.forged = ", ".join(name for name, value in wants.items() if value)

    @property
    def func(self) -> Any:
        """Our one function. Raises `JobError` for anything else."""
        if self.forged:
            raise JobError(f"Job {self.id} asks for {self.forged}; that is never used here.")
        if self.func_name != FUNCTION or self.instance is not None:
            raise JobError(f"Job {self.id} asks for {self.func_name!r}; only {FUNCTION!r} may run.")
        args = list(self.args)
        if self.kwargs or len(args) != 1 or not isinstance(args[0], str) or not args[0].isalnum():
            raise JobError(f"Job {self.id} does not hold exactly one operation id.")
        from cutaway.jobs import entry

        return entry.run
