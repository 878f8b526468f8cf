"""A machine of its own for the command line: data and runtime directories, and real processes in them."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from cutaway.jobs import guard

COMMAND = (sys.executable, "-m", "cutaway.cli")
ROOT = Path(__file__).resolve().parents[2]
PASSED_ON = ("PATH", "HOME", "LANG", "TMPDIR", "LD_LIBRARY_PATH")


class Machine:
    """Starts `cutaway` with its own data; nothing of the surrounding settings or keys reaches it."""

    def __init__(self, home: Path, runtime: Path) -> None:
        self.home = home
        self.data = home / "data"
        self.runtime = runtime

    def environment(self, **more: str) -> dict[str, str]:
        own = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        own["PYTHONPATH"] = os.pathsep.join(str(ROOT / part) for part in ("orchestrator", "providers"))
        own |= {"CUTAWAY_DATA_DIR": str(self.data), "CUTAWAY_RUNTIME_DIR": str(self.runtime)}
        return own | more

    def run(
        self, *args: str, said: str = "", timeout_s: float = 90, cwd: Path | None = None, **more: str
    ) -> subprocess.CompletedProcess[str]:
        """The finished process; `said` is its standard input, `more` goes into its environment."""
        return subprocess.run(
            [*COMMAND, *args],
            input=said,
            capture_output=True,
            text=True,
            timeout=timeout_s,
            cwd=cwd or self.home,
            env=self.environment(**more),
            check=False,
        )

    def start(self, *args: str, **more: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [*COMMAND, *args],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=self.home,
            env=self.environment(**more),
        )

    def say(self, text: str, *args: str, thread: str = "main") -> dict[str, Any]:
        """The turn of `chat --once --json`; the process must have ended well."""
        done = self.run("chat", "--once", text, "--thread", thread, "--json", *args)
        assert done.returncode == 0, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    def versions(self, thread: str) -> list[dict[str, Any]]:
        done = self.run("versions", thread, "--json")
        assert done.returncode == 0, done.stderr
        found: list[dict[str, Any]] = json.loads(done.stdout)["versions"]
        return found


@contextmanager
def new_machine(home: Path) -> Iterator[Machine]:
    """A machine whose server and worker are gone afterwards."""
    # A socket's path must stay short, which pytest's own folders do not.
    runtime = Path(tempfile.mkdtemp(prefix="cut-", dir="/tmp"))
    machine = Machine(home, runtime)
    try:
        yield machine
    finally:
        for folder in (runtime, Path(f"{runtime}-demo")):
            _stop(folder)
            shutil.rmtree(folder, ignore_errors=True)


def _stop(runtime: Path) -> None:
    with suppress(OSError, KeyError):
        os.kill(int(guard.read_json(runtime / "guard.json")["guard_pid"]), signal.SIGTERM)
    deadline = time.monotonic() + 15
    while (runtime / "guard.lock").exists() and guard.is_locked(runtime / "guard.lock"):
        if time.monotonic() > deadline:
            raise AssertionError(f"the guard of {runtime} does not stop")
        time.sleep(0.02)
