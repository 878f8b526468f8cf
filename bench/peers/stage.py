"""The processes of one arm: a Valkey of its own, the vendor, the workers. All of them end with the stage.

Every process is started in a session of its own, so that work-horses whose worker was killed, which nobody's list of
children shows any more, are found and ended too. Where the system can do it, they also end when this process is killed.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import psutil
from redis import Redis
from redis.exceptions import RedisError

from cutaway.jobs.embedded import find_server

ROOT: Final = Path(__file__).resolve().parents[2]
START_S: Final = 60.0
END_S: Final = 20.0


class Stage:
    """One folder and the processes that live in it. `with Stage(folder) as stage`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.redis_url = f"unix://{folder / 'v.sock'}"
        self.truth = folder / "truth.jsonl"
        self.vendor_url = ""
        self._started: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        deadline = time.monotonic() + END_S
        while living := self._living():
            if time.monotonic() > deadline:
                raise RuntimeError(f"These processes do not end: {living}.")
            for process in living:
                _kill(process)
            psutil.wait_procs(living, timeout=1)
        for started in self._started:
            started.wait()

    def start(self, name: str, command: Sequence[str], environ: Mapping[str, str] | None = None) -> psutil.Process:
        """Start `command` in a session of its own; what it says goes to `<name>.log` in the folder."""
        with (self.folder / f"{name}.log").open("ab") as log:
            started = subprocess.Popen(
                # Were this process killed, nobody else would end them.
                [sys.executable, "-m", "bench.peers.tied", *command],
                env=environment() | dict(environ or {}),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._started.append(started)
        return psutil.Process(started.pid)

    def start_valkey(self) -> None:
        """A server that syncs every write, as the product asks for; gives no port to anybody."""
        command = [str(find_server()), "--port", "0", "--unixsocket", str(self.folder / "v.sock")]
        command += ["--dir", str(self.folder), "--save", "", "--appendonly", "yes", "--appendfsync", "always"]
        server = self.start("valkey", command)
        with Redis.from_url(self.redis_url) as redis:
            self.until(lambda: _answers(redis), server, "valkey")

    def start_vendor(self, *, tier: str, faults: Mapping[str, float], seed: int, work_s: float) -> None:
        """The faulty vendor as a process; from then on `vendor_url` says where it is."""
        shares = ",".join(f"{name}={share}" for name, share in faults.items())
        command = [sys.executable, str(ROOT / "bench" / "faulty_provider.py"), "--truth", str(self.truth)]
        command += ["--tier", tier, "--faults", shares, "--seed", str(seed), "--work-s", str(work_s)]
        vendor = self.start("vendor", command)
        said = self.folder / "vendor.log"
        self.until(lambda: said.read_bytes().endswith(b"}\n"), vendor, "vendor")
        self.vendor_url = str(json.loads(said.read_text(encoding="utf-8"))["base_url"])

    def until(self, ready: Callable[[], bool], process: psutil.Process, name: str) -> None:
        """Wait until `ready()`. Raises `RuntimeError` with the end of the log when `process` ends or takes too long."""
        deadline = time.monotonic() + START_S
        while not ready():
            self.check(process, name)
            if time.monotonic() > deadline:
                raise RuntimeError(f"{name} is not ready after {START_S:.0f} s.\n{self._tail(name)}")
            time.sleep(0.05)

    def check(self, process: psutil.Process, name: str) -> None:
        """Raise `RuntimeError` with the end of the log when `process` ended."""
        if not _lives(process):
            raise RuntimeError(f"{name} ended.\n{self._tail(name)}")

    def _tail(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text(encoding="utf-8", errors="replace")[-2000:]

    def _living(self) -> list[psutil.Process]:
        sessions = {started.pid for started in self._started}
        found = []
        for process in psutil.process_iter():
            try:
                ours = os.getsid(process.pid) in sessions
            except OSError:  # it ended, or it is another user's
                continue
            if ours and _lives(process):
                found.append(process)
        return found


def environment() -> dict[str, str]:
    """What every process of an arm inherits: this checkout first on its path, none of the caller's Cutaway settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CUTAWAY_")}
    path = [str(ROOT), str(ROOT / "orchestrator"), str(ROOT / "providers"), os.environ.get("PYTHONPATH", "")]
    return kept | {"PYTHONPATH": os.pathsep.join(filter(None, path))}


def kill_one(supervisor: psutil.Process, dice: random.Random) -> bool:
    """Kill -9 one process below the supervisor, worker or work-horse, whichever it is; False when there is none.

    Half of the workers take what is below them along, as when a container is killed; the others leave it an orphan.
    """
    family = supervisor.children(recursive=True)
    if not family:
        return False
    victim = dice.choice(family)
    below = _children(victim) if dice.random() < 0.5 else []
    return sum(_kill(process) for process in (victim, *below)) > 0


def _kill(process: psutil.Process) -> bool:
    try:
        process.kill()
    except psutil.NoSuchProcess:
        return False
    return True


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def _lives(process: psutil.Process) -> bool:
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _answers(redis: Redis) -> bool:
    try:
        return bool(redis.ping())
    except (RedisError, OSError):
        return False
