"""Run a command that is asked to end when its parent dies (Linux): `python -m bench.peers.tied COMMAND ARGUMENT ...`.

The tie is to the thread that started it, so start it from a thread that lives as long as the command should.
"""

from __future__ import annotations

import os
import signal
import sys

from cutaway.jobs.worker import die_with_parent

if __name__ == "__main__":
    die_with_parent(signal.SIGTERM)
    os.execvp(sys.argv[1], sys.argv[1:])
