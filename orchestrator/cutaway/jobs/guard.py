"""The process that keeps the embedded server and its worker alive, and stops them when nobody needs them.

Started by `cutaway.jobs.embedded` as `python -m cutaway.jobs.guard`; standard library only (`cutaway.jobs.mark` is so,
too), so it stays small. Three locks, all `flock`, so the kernel releases them however a process ends:

    runtime/users.lock   every user holds it shared; whoever gets it exclusively knows that there are no users
    runtime/guard.lock   the guard holds it exclusively, so there is one; users look at it to see whether a guard lives
    data/valkey.lock     inherited by the server, so it is held exactly as long as a server writes the data; its text is
                         the socket of that server

Order: users.lock before guard.lock before valkey.lock, by everybody.

Races, and why they are harmless:

- *Many users start at once.* Each may start a guard; a guard takes guard.lock before it detaches and leaves quietly
  when it cannot. Users look with a shared lock for an instant, which may make its first try fail: it tries again.
- *A user comes while the guard stops.* The guard stops only after it got users.lock exclusively and keeps it until the
  server is gone; the user waits for the lock, then finds guard.lock free and starts a new guard.
- *The guard is killed.* On Linux its children get SIGTERM from the kernel. A next guard cannot start a second server on
  the same data while the old one still flushes, because valkey.lock is held by the old server itself. Where the kernel
  has no such signal the old server lives on: the next guard finds valkey.lock taken and PING answered, and adopts it.
- *A user has other provider settings or keys than the worker.* It gives its shared users.lock up and takes it
  exclusively; only then it looks again, ends the guard with SIGTERM and starts one that inherits its own environment,
  all before it shares the lock. Whoever comes in between waits for the lock and then finds the new guard. Where others
  hold the lock nothing is ended.
- *Somebody cleans the folder of locks and socket.* The guard sees that its lock is no longer the file of that name and
  stops; users see the same, take a new lock and start a new guard.
- *The server is killed.* valkey.lock is free, the socket is stale: it is removed and a new server reads the AOF.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import json
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import FrameType
from typing import Any, Final

from cutaway.jobs.mark import key_names, mark_of

if sys.platform != "win32":
    import fcntl

log = logging.getLogger(__name__)

OPEN_KEY: Final = "cutaway:open"
"""The sorted set of open operations; while it has members the guard works on without users."""

TICK_S: Final = 0.2
STABLE_S: Final = 10.0
"""A child that lived this long did not crash at start."""
QUICK_CRASHES: Final = 5
MAX_BACKOFF_S: Final = 5.0
STOP_S: Final = 10.0
BLOCKED_S: Final = 5.0
LOG_BYTES: Final = 1_000_000
MISFIT_S: Final = 2.0
"""How long a worker waits that is not what its orderer would start; longer than deciding about it takes."""
LOST_RACE: Final = 3
"""The exit status of a guard that found another one."""


# --- locks and words ----------------------------------------------------------------------------------------------


def try_lock(path: Path, *, shared: bool = False) -> int | None:
    """Take a lock without waiting. Returns its file descriptor, to be closed by the caller, or `None` when held."""
    fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(fd, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError:
        os.close(fd)
        return None
    return fd


def share_lock(fd: int) -> bool:
    """Turn an exclusive lock into a shared one. False when somebody took it in between: then it is lost."""
    try:
        fcntl.flock(fd, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def is_locked(path: Path) -> bool:
    """True while some process holds the lock exclusively."""
    fd = try_lock(path, shared=True)
    if fd is None:
        return True
    os.close(fd)
    return False


def still_there(path: Path, fd: int) -> bool:
    """True while an open file is what its path names: nobody removed or replaced it."""
    try:
        return os.path.samestat(path.stat(), os.fstat(fd))
    except OSError:
        return False


def ask(address: Path, *words: str, timeout_s: float = 1.0) -> str | None:
    """Send one command to a server's socket and return its reply, or `None` when nobody answers.

    A reply is the payload of a bulk string, else the whole first line with its type mark (`+PONG`, `:3`, `-ERR ...`).
    """
    request = f"*{len(words)}\r\n" + "".join(f"${len(w.encode())}\r\n{w}\r\n" for w in words)
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as link:
            link.settimeout(timeout_s)
            link.connect(os.fspath(address))
            link.sendall(request.encode())
            with link.makefile("rb") as answer:
                line = answer.readline().decode().rstrip()
                return answer.read(int(line[1:])).decode() if line.startswith("$") and line != "$-1" else line or None
    except (OSError, ValueError):
        return None


def answers(address: Path) -> bool:
    """True when a server answers PING and has finished reading its data."""
    return ask(address, "PING") == "+PONG"


def read_json(path: Path) -> dict[str, Any]:
    """A small state file, or an empty mapping when it is absent or broken."""
    try:
        found = json.loads(path.read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write_json(path: Path, data: dict[str, Any]) -> None:
    """Replace a small state file in one step."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.{time.monotonic_ns()}")
    draft.write_text(json.dumps(data))
    draft.replace(path)


def tail(path: Path, lines: int = 8) -> str:
    """The last lines of a log."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - 8192))
            return "\n".join(file.read().decode(errors="replace").splitlines()[-lines:])
    except OSError:
        return ""


def _end_with_parent() -> Callable[[], None] | None:
    """A function for the child to run before exec: the kernel sends it SIGTERM when the guard dies (Linux only)."""
    if sys.platform != "linux":
        return None
    prctl, guard = ctypes.CDLL(None).prctl, os.getpid()

    def run() -> None:
        prctl(1, signal.SIGTERM)
        # The guard may have died before the line above; then no signal will come.
        if os.getppid() != guard:
            os._exit(1)

    return run


# --- children -----------------------------------------------------------------------------------------------------


class Child:
    """One process that is started again whenever it ends, later and later while it ends at once."""

    def __init__(self, name: str, start: Callable[[], subprocess.Popen[bytes] | None], report: Callable[[str], None]):
        """`start` gives a process, or `None` to be asked again; `report` gets the words for a person."""
        self.name = name
        self.process: subprocess.Popen[bytes] | None = None
        self.quick_crashes = 0
        self._start = start
        self._report = report
        self._started_at = 0.0
        self._not_before = 0.0

    @property
    def hopeless(self) -> bool:
        """True while it ends soon after every start."""
        return self.quick_crashes >= QUICK_CRASHES

    def put_off(self, until: float) -> None:
        """Do not start it before this time (of `step`)."""
        self._not_before = until

    def step(self, now: float) -> None:
        """Notice an end and start again when it is time."""
        if self.process is not None:
            code = self.process.poll()
            if code is None:
                if self.quick_crashes and now - self._started_at > STABLE_S:
                    self.quick_crashes = 0
                return
            self.process = None
            self.quick_crashes = self.quick_crashes + 1 if now - self._started_at < STABLE_S else 1
            delay_s = min(MAX_BACKOFF_S, 0.1 * 2 ** (self.quick_crashes - 1))
            self._not_before = now + delay_s
            log.warning("%s ended with status %s; starting it again in %.1f s", self.name, code, delay_s)
            if self.hopeless:
                self._report(f"{self.name} ended {self.quick_crashes} times soon after its start, last with {code}")
        if now < self._not_before:
            return
        self._started_at = now
        try:
            self.process = self._start()
        except OSError as error:
            self.quick_crashes += 1
            self._not_before = now + MAX_BACKOFF_S
            self._report(f"{self.name} cannot be started: {error}")

    def stop(self, wait_s: float) -> None:
        """End it: SIGTERM, and SIGKILL for its whole group when it does not end in time."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            self.process.terminate()
        try:
            self.process.wait(wait_s)
        except subprocess.TimeoutExpired:
            log.warning("%s did not end within %.0f s; killing it", self.name, wait_s)
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.process = None


class Guard:
    """Keeps one server and one worker for as long as somebody needs them."""

    def __init__(self, options: argparse.Namespace, guard_lock: int) -> None:
        """`options` are those of `main`; `guard_lock` is the held lock, released by `run`."""
        self.data: Path = options.data_dir
        self.runtime: Path = options.runtime_dir
        self.binary: Path = options.server
        self.grace_s: float = options.grace_s
        self.command: list[str] = []
        self.mark: str | None = None
        self.keys: list[str] = []
        self.address = self.runtime / "valkey.sock"
        self.logs = self.data / "logs"
        self.error = self.runtime / "guard.error"
        self.stopping = False
        self._guard_lock = guard_lock
        self._idle_since: float | None = None
        self._blocked_since: float | None = None
        self._state: dict[str, Any] = {}
        self._last_report: dict[str, Any] = {}
        self.server = Child("the server", self._start_server, lambda reason: self._report("server", reason))
        self.worker = Child("the worker", self._start_worker, lambda reason: self._report("worker", reason))
        # PR_SET_PDEATHSIG follows the thread that forks: children are started in the main thread only.
        self._before_exec = _end_with_parent()

    def run(self) -> None:
        """Work until nobody needs it, or until SIGTERM; then stop everything."""
        signal.signal(signal.SIGTERM, self._on_signal)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        self.error.unlink(missing_ok=True)
        self._take_order()
        end_leftover(read_json(self.runtime / "guard.json"), self.command)
        # What a killed guard wrote must not pass for this one's: a user may send a signal to the process named there.
        (self.runtime / "guard.json").unlink(missing_ok=True)
        # systemd-tmpfiles leaves a folder alone whose own lock is held; it cleans /tmp after ten days otherwise.
        folder = os.open(self.runtime, os.O_RDONLY | os.O_CLOEXEC)
        fcntl.flock(folder, fcntl.LOCK_SH | fcntl.LOCK_NB)
        users: int | None = None
        try:
            while not self.stopping and self._in_place():
                users = self._tick(time.monotonic())
                if users is not None:
                    break
                time.sleep(TICK_S)
        finally:
            self._stop()
            # guard.lock first: a user that now gets users.lock must see that no guard lives.
            os.close(self._guard_lock)
            if users is not None:
                os.close(users)
            os.close(folder)

    def _in_place(self) -> bool:
        # Without its lock file or its data nobody can reach what is guarded here, and nobody ever will.
        return still_there(self.runtime / "guard.lock", self._guard_lock) and self.data.is_dir()

    def _take_order(self) -> None:
        """Learn which worker to keep. The first user may want none (a listing) and a later one may (a chat)."""
        order = read_json(self.runtime / "worker.json")
        self.command = order.get("command", [])
        os.environ.update(order.get("env", {}))
        if self.command:
            # Of what the worker will really inherit, which need not be what the one who ordered it has.
            self.mark, self.keys = mark_of(order, os.environ), key_names(order, os.environ)
            if self.mark != order.get("mark", self.mark):
                # Its orderer has other keys and is about to replace this guard, unless others use it: a worker without
                # the right keys should not get at open work before.
                self.worker.put_off(time.monotonic() + MISFIT_S)

    def _tick(self, now: float) -> int | None:
        """Look after both children once. Returns the users lock when it is time to stop."""
        self.server.step(now)
        if not self.command:
            self._take_order()
        if self.command and (self.worker.process is not None or answers(self.address)):
            self.worker.step(now)
        self._clear_report()
        self._write_state()
        return self._nobody_needs_it(now)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _nobody_needs_it(self, now: float) -> int | None:
        """The exclusive users lock, kept, once nobody has needed the server for the grace period."""
        users = try_lock(self.runtime / "users.lock")
        if users is None:
            self._idle_since = None
            return None
        if self._work_left():
            self._idle_since = None
        elif self._idle_since is None:
            self._idle_since = now
        if self._idle_since is not None and now - self._idle_since >= self.grace_s:
            log.info("no users and no open operations for %.1f s; stopping", self.grace_s)
            return users
        # Between two looks the lock is free, so that a new user never waits for the grace period.
        os.close(users)
        return None

    def _work_left(self) -> bool:
        # Work that only a broken server or worker could do is not waited for: it is durable, the next start does it.
        if self.server.hopeless or self.worker.hopeless:
            return False
        return ask(self.address, "ZCARD", OPEN_KEY) != ":0"

    def _start_server(self) -> subprocess.Popen[bytes] | None:
        """Start a server, or return `None` while another one holds the data (adopted when it answers)."""
        lock = try_lock(self.data / "valkey.lock")
        if lock is None:
            self._watch_other_server()
            return None
        self._blocked_since = None
        try:
            os.truncate(lock, 0)
            os.write(lock, os.fsencode(self.address))
            self.address.unlink(missing_ok=True)
            (self.data / "valkey").mkdir(mode=0o700, exist_ok=True)
            trim(self.logs / "valkey.log")
            process = subprocess.Popen(
                [str(self.binary), *self._server_options()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.STDOUT,
                pass_fds=(lock,),
                start_new_session=True,
                preexec_fn=self._before_exec,
            )
        finally:
            os.close(lock)
        log.info("server started, pid %d", process.pid)
        return process

    def _watch_other_server(self) -> None:
        """Use the server that holds the data if it listens here; report it when it does not."""
        now = time.monotonic()
        if answers(self.address):
            self._blocked_since = None
            self.server.quick_crashes = 0
            return
        self._blocked_since = self._blocked_since or now
        path = self.data / "valkey.lock"
        other = path.read_text().strip()
        elsewhere = other not in ("", str(self.address)) and answers(Path(other))
        # A server that ends holds the lock while it writes its last bytes: that is waited for.
        if self.server.hopeless or not (elsewhere or now - self._blocked_since > BLOCKED_S):
            return
        self.server.quick_crashes = QUICK_CRASHES
        if elsewhere:
            share = f"set CUTAWAY_RUNTIME_DIR to {Path(other).parent} to share it"
            self._report("server", f"the server of this data directory already listens at {other}; {share}")
        else:
            self._report("server", f"another process holds {path} and does not answer at {self.address}")

    def _server_options(self) -> Iterator[str]:
        options = {
            "port": "0",
            "unixsocket": str(self.address),
            "unixsocketperm": "700",
            "dir": str(self.data / "valkey"),
            "logfile": str(self.logs / "valkey.log"),
            "daemonize": "no",
            "appendonly": "yes",
            "appendfsync": "always",
            "aof-load-truncated": "yes",
            "save": "",
            "maxmemory-policy": "noeviction",
        }
        for name, value in options.items():
            yield f"--{name}"
            yield value

    def _start_worker(self) -> subprocess.Popen[bytes]:
        path = self.logs / "worker.log"
        trim(path)
        with path.open("ab") as output:
            process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=self._before_exec,
            )
        log.info("worker started, pid %d", process.pid)
        return process

    def _report(self, part: str, reason: str) -> None:
        text = tail(self.logs / ("valkey.log" if part == "server" else "worker.log"))
        log.error("%s", reason)
        self._last_report = {"part": part, "reason": reason, "log": text, "at": time.time()}
        # A full disk must not end the guard: what it guards may still work.
        with contextlib.suppress(OSError):
            write_json(self.error, self._last_report)

    def _clear_report(self) -> None:
        part = self._last_report.get("part")
        child = self.server if part == "server" else self.worker
        if part and child.process is not None and not child.quick_crashes:
            self._last_report = {}
            self.error.unlink(missing_ok=True)

    def _write_state(self) -> None:
        own = self.server.process
        state = {
            "guard_pid": os.getpid(),
            "server_pid": own.pid if own else None,
            "adopted_pid": None if own else _server_pid(self.address),
            "worker_pid": self.worker.process.pid if self.worker.process else None,
            "worker_command": self.command,
            "worker_mark": self.mark,
            "worker_keys": self.keys,
        }
        if state != self._state:
            self._state = state
            with contextlib.suppress(OSError):
                write_json(self.runtime / "guard.json", state)

    def _stop(self) -> None:
        self.worker.stop(STOP_S)
        if self.server.process is None and (pid := _server_pid(self.address)):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGTERM)
            deadline = time.monotonic() + STOP_S
            while is_locked(self.data / "valkey.lock") and time.monotonic() < deadline:
                time.sleep(0.02)
        # SIGKILL after the wait loses nothing: every answered write is already on disk.
        self.server.stop(STOP_S)
        self.address.unlink(missing_ok=True)
        for name in ("guard.json", "worker.json"):
            (self.runtime / name).unlink(missing_ok=True)
        log.info("stopped")


def _server_pid(address: Path) -> int | None:
    for line in (ask(address, "INFO", "server") or "").splitlines():
        if line.startswith("process_id:"):
            return int(line.partition(":")[2])
    return None


def end_leftover(state: dict[str, Any], command: list[str], platform: str = sys.platform) -> None:
    """End the worker of a killed guard where the kernel did not. `state` is what that guard wrote last."""
    # On Linux it already has its SIGTERM, and a second one would make a worker drop what it is doing.
    if platform == "linux" or not state.get("worker_pid") or not command:
        return
    # The id may be somebody else's by now, so only a process with the very same command line is ended.
    ps = ["ps", "-ww", "-o", "command=", "-p", str(state["worker_pid"])]
    with contextlib.suppress(OSError):
        shown = subprocess.run(ps, capture_output=True, text=True, check=False).stdout.strip()
        if shown == " ".join(state.get("worker_command", [])):
            os.kill(state["worker_pid"], signal.SIGTERM)


def trim(path: Path) -> None:
    """Keep a log from growing without bound: one older file is kept."""
    with contextlib.suppress(OSError):
        if path.stat().st_size > LOG_BYTES:
            path.replace(path.with_name(f"{path.name}.1"))


# --- start --------------------------------------------------------------------------------------------------------


def main(argv: Sequence[str] | None = None) -> int:
    """Take the guard's lock, detach, and guard. Returns 0, or `LOST_RACE` when another guard lives."""
    parser = argparse.ArgumentParser(prog="python -m cutaway.jobs.guard", description=__doc__.partition("\n")[0])
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--runtime-dir", type=Path, required=True)
    parser.add_argument("--server", type=Path, required=True, help="the valkey-server binary")
    parser.add_argument("--grace-s", type=float, default=3.0, help="seconds to stay after the last user left")
    options = parser.parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s guard %(process)d %(message)s")
    lock = None
    for _ in range(25):
        lock = try_lock(options.runtime_dir / "guard.lock")
        if lock is not None:
            break
        # A user that looks whether a guard lives holds the lock for an instant.
        time.sleep(0.01)
    if lock is None:
        return LOST_RACE
    # The one who started us waits for this process only; the guard itself is nobody's child and leaves no zombie.
    # The lock goes with it, because parent and child share the open file.
    if os.fork():
        os._exit(0)
    try:
        Guard(options, lock).run()
    except Exception:
        log.exception("the guard failed")
        raise
    return 0


if __name__ == "__main__":
    sys.exit(main())
