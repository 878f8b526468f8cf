"""The embedded server with real processes: shared, kept alive, durable, and gone when nobody needs it."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import ConstantBackoff

from cutaway.errors import ConfigError, StoreError
from cutaway.jobs import guard
from cutaway.jobs.embedded import EmbeddedHold, find_server, open_embedded
from cutaway.settings import Settings, load_settings

GRACE_S = 0.4
USER = """
import asyncio, sys
from pathlib import Path
from cutaway.jobs.embedded import open_embedded
from cutaway.settings import load_settings
async def main():
    settings = load_settings({"CUTAWAY_DATA_DIR": sys.argv[1], "CUTAWAY_RUNTIME_DIR": sys.argv[2]}, cwd=Path("/"))
    hold = await open_embedded(settings, worker_command=(), grace_s=float(sys.argv[3]))
    print("open", flush=True)
    await asyncio.to_thread(sys.stdin.read)
    await hold.close()
asyncio.run(main())
"""
WORKER = "import os,sys,time; open(sys.argv[1],'a').write(f'{os.getpid()}\\n'); time.sleep(600)"


async def until(condition: Callable[[], object], within_s: float = 15.0) -> Any:
    """What `condition` gives once it is true; fails when that takes too long."""
    deadline = time.monotonic() + within_s
    while not (found := condition()):
        assert time.monotonic() < deadline, f"not within {within_s} s"
        await asyncio.sleep(0.02)
    return found


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        with suppress(OSError):
            os.kill(pid, 0)
            return sys.platform != "linux"
        return False


def stopped(settings: Settings) -> bool:
    runtime = settings.runtime_dir
    return not guard.is_locked(runtime / "guard.lock") and not guard.is_locked(settings.data_dir / "valkey.lock")


async def pid_of(hold: EmbeddedHold, name: str, *, other_than: int | None = None) -> int:
    def look() -> int | None:
        pid = hold.processes.get(name)
        return pid if pid and pid != other_than and alive(pid) else None

    return int(await until(look))


def client(hold: EmbeddedHold) -> Redis:
    return Redis.from_url(hold.url, decode_responses=True, retry=Retry(ConstantBackoff(0.05), 200))


@pytest.fixture
async def settings() -> AsyncIterator[Settings]:
    """A data directory of its own; whatever runs there is ended afterwards."""
    root = Path(tempfile.mkdtemp(prefix="cw-", dir="/tmp"))
    # Blanks and letters beyond ASCII are ordinary in a data path ("Application Support").
    made = load_settings(
        {"CUTAWAY_DATA_DIR": str(root / "my dätä"), "CUTAWAY_RUNTIME_DIR": str(root / "run dir")}, cwd=root
    )
    yield made
    pid = guard.read_json(made.runtime_dir / "guard.json").get("guard_pid")
    if pid and alive(pid):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
    if made.runtime_dir.is_dir() and made.data_dir.is_dir():
        await until(lambda: stopped(made))
    shutil.rmtree(root)


async def user(settings: Settings) -> asyncio.subprocess.Process:
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", USER, str(settings.data_dir), str(settings.runtime_dir), str(GRACE_S)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=env,
    )


async def ready(process: asyncio.subprocess.Process) -> None:
    assert process.stdout is not None
    assert await asyncio.wait_for(process.stdout.readline(), 20) == b"open\n"


async def test_it_opens_within_seconds_and_keeps_every_answered_write(settings: Settings) -> None:
    async with await open_embedded(settings, worker_command=(), grace_s=GRACE_S) as hold, client(hold) as redis:
        config = await redis.config_get("append*", "maxmemory-policy", "save", "port")
        assert (config["appendonly"], config["appendfsync"]) == ("yes", "always")
        assert (config["maxmemory-policy"], config["save"], config["port"]) == ("noeviction", "", "0")
        assert settings.socket_path.stat().st_mode & 0o777 == 0o700
        assert hold.problem is None


async def test_data_survives_a_killed_server(settings: Settings) -> None:
    async with await open_embedded(settings, worker_command=(), grace_s=GRACE_S) as hold, client(hold) as redis:
        for turn in range(3):
            await redis.set("paid", turn)
            server = await pid_of(hold, "server_pid")
            os.kill(server, signal.SIGKILL)
            assert await redis.get("paid") == str(turn)
            assert await pid_of(hold, "server_pid", other_than=server)


async def test_data_and_service_survive_a_killed_guard(settings: Settings) -> None:
    async with await open_embedded(settings, worker_command=(), grace_s=GRACE_S) as hold, client(hold) as redis:
        await redis.set("paid", "yes")
        old = await pid_of(hold, "guard_pid")
        os.kill(old, signal.SIGKILL)
        assert await pid_of(hold, "guard_pid", other_than=old)
        assert await redis.get("paid") == "yes"
        await redis.set("paid", "again")
    await until(lambda: stopped(settings))
    async with await open_embedded(settings, worker_command=(), grace_s=GRACE_S) as hold, client(hold) as redis:
        assert await redis.get("paid") == "again"


async def test_a_killed_guard_and_server_together_come_back(settings: Settings) -> None:
    async with await open_embedded(settings, worker_command=(), grace_s=GRACE_S) as hold, client(hold) as redis:
        await redis.set("paid", "yes")
        old, server = await pid_of(hold, "guard_pid"), await pid_of(hold, "server_pid")
        os.kill(old, signal.SIGKILL)
        with suppress(ProcessLookupError):
            os.kill(server, signal.SIGKILL)
        assert await redis.get("paid") == "yes"


async def test_a_server_left_by_a_killed_guard_is_adopted_and_later_stopped(settings: Settings) -> None:
    # A server without a parent that would end it, as a killed guard leaves it where the kernel has no such signal.
    settings.runtime_dir.mkdir(mode=0o700)
    (settings.data_dir / "valkey").mkdir(parents=True)
    lock = guard.try_lock(settings.data_dir / "valkey.lock")
    assert lock is not None
    command = [str(find_server()), "--port", "0", "--unixsocket", str(settings.socket_path)]
    command += ["--dir", str(settings.data_dir / "valkey"), "--appendonly", "yes", "--appendfsync", "always"]
    left = subprocess.Popen(command, stdout=subprocess.DEVNULL, pass_fds=(lock,))
    os.close(lock)
    await until(lambda: guard.answers(settings.socket_path))
    async with await open_embedded(settings, worker_command=(), grace_s=GRACE_S) as hold, client(hold) as redis:
        await redis.set("paid", "yes")
        assert await pid_of(hold, "adopted_pid") == left.pid
    await until(lambda: left.poll() is not None)
    await until(lambda: stopped(settings))
    async with await open_embedded(settings, worker_command=(), grace_s=GRACE_S) as hold, client(hold) as redis:
        assert await redis.get("paid") == "yes"


async def test_two_users_share_one_server_and_the_last_to_leave_ends_it(settings: Settings) -> None:
    one = await open_embedded(settings, worker_command=(), grace_s=GRACE_S)
    two = await open_embedded(settings, worker_command=(), grace_s=GRACE_S)
    server = await pid_of(one, "server_pid")
    assert await pid_of(two, "server_pid") == server
    await one.close()
    # The guard looks five times a second: after several looks beyond the grace period it would have ended.
    with pytest.raises(AssertionError):
        await until(lambda: not alive(server), within_s=GRACE_S + 1.0)
    await two.close()
    await two.close()
    await until(lambda: not alive(server) and stopped(settings))
    assert not settings.socket_path.exists()


async def test_a_killed_user_holds_nothing(settings: Settings) -> None:
    process = await user(settings)
    await ready(process)
    server = guard.read_json(settings.runtime_dir / "guard.json")["server_pid"]
    process.kill()
    await process.wait()
    await until(lambda: not alive(server) and stopped(settings))


async def test_six_users_that_start_at_once_get_one_server(settings: Settings) -> None:
    processes = await asyncio.gather(*(user(settings) for _ in range(6)))
    await asyncio.gather(*(ready(process) for process in processes))
    log = (settings.logs_dir / "guard.log").read_text()
    assert log.count("server started") == 1
    await asyncio.gather(*(process.communicate(b"") for process in processes))
    assert [process.returncode for process in processes] == [0] * 6
    await until(lambda: stopped(settings))


async def test_a_user_that_comes_while_it_stops_gets_a_new_server(settings: Settings) -> None:
    async with await open_embedded(settings, worker_command=(), grace_s=0.0) as hold, client(hold) as redis:
        await redis.set("paid", "yes")
    for _ in range(5):
        async with await open_embedded(settings, worker_command=(), grace_s=0.0) as hold, client(hold) as redis:
            assert await redis.get("paid") == "yes"
        # The lock on users is refused only while a guard stops, so this is the very moment to come back.
        await until(lambda: guard.is_locked(settings.runtime_dir / "users.lock") or stopped(settings))


async def test_it_stays_while_an_operation_is_open_and_goes_when_the_last_is_done(settings: Settings) -> None:
    hold = await open_embedded(settings, worker_command=(), grace_s=GRACE_S)
    async with client(hold) as redis:
        await redis.zadd(guard.OPEN_KEY, {"op-1": 1})
        server = await pid_of(hold, "server_pid")
        await hold.close()
        with pytest.raises(AssertionError):
            await until(lambda: not alive(server), within_s=GRACE_S + 1.0)
        await redis.zrem(guard.OPEN_KEY, "op-1")
    await until(lambda: not alive(server) and stopped(settings))


async def test_work_left_open_is_guarded_even_when_the_server_is_killed(settings: Settings) -> None:
    hold = await open_embedded(settings, worker_command=(), grace_s=GRACE_S)
    async with client(hold) as redis:
        await redis.zadd(guard.OPEN_KEY, {"op-1": 1})
        server = await pid_of(hold, "server_pid")
        await hold.close()
        os.kill(server, signal.SIGKILL)
        assert await redis.zrem(guard.OPEN_KEY, "op-1") == 1


async def test_a_killed_worker_is_started_again(settings: Settings, tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    command = [sys.executable, "-c", WORKER, str(pids)]
    async with await open_embedded(settings, worker_command=command, grace_s=GRACE_S) as hold:
        first = await pid_of(hold, "worker_pid")
        await until(lambda: pids.exists() and pids.read_text().split() == [str(first)])
        killed_at = time.monotonic()
        os.kill(first, signal.SIGKILL)
        second = await pid_of(hold, "worker_pid", other_than=first)
        assert time.monotonic() - killed_at < 3.0  # within 1 s when the machine is not busy
    await until(lambda: not alive(second) and stopped(settings))


async def test_a_user_that_wants_a_worker_gets_one_although_the_first_did_not(settings: Settings) -> None:
    command = [sys.executable, "-c", "import time; time.sleep(600)"]
    async with (
        await open_embedded(settings, worker_command=(), grace_s=GRACE_S) as first,
        await open_embedded(settings, worker_command=command, grace_s=GRACE_S),
    ):
        worker = await pid_of(first, "worker_pid")
        guarded = await pid_of(first, "guard_pid")
        os.kill(guarded, signal.SIGKILL)
        assert await pid_of(first, "worker_pid", other_than=worker)
    await until(lambda: stopped(settings))
    async with await open_embedded(settings, worker_command=(), grace_s=GRACE_S) as alone:
        assert alone.processes["worker_command"] == []


async def test_the_worker_is_told_where_its_data_and_server_are(settings: Settings, tmp_path: Path) -> None:
    out = tmp_path / "environment"
    code = "import json,os,sys,time; json.dump(dict(os.environ), open(sys.argv[1],'w')); time.sleep(600)"
    told = settings.model_copy(update={"keys_ignored": True, "config_file": tmp_path / "cutaway.yaml"})
    command = [sys.executable, "-c", code, str(out)]
    async with await open_embedded(told, worker_command=command, grace_s=GRACE_S):
        found = await until(lambda: guard.read_json(out))
    (tmp_path / "cutaway.yaml").touch()
    again = load_settings({k: v for k, v in found.items() if k.startswith("CUTAWAY_")}, cwd=tmp_path)
    assert (again.data_dir, again.runtime_dir) == (told.data_dir, told.runtime_dir)
    assert (again.keys_ignored, again.embedded, again.config_file) == (True, True, told.config_file)


async def test_a_worker_that_cannot_run_is_reported_and_does_not_keep_the_server(settings: Settings) -> None:
    command = [sys.executable, "-c", "raise SystemExit('no module named cutaway.cli')"]
    async with await open_embedded(settings, worker_command=command, grace_s=GRACE_S) as hold:
        problem = await until(lambda: hold.problem)
        assert "the worker ended 5 times" in problem
        assert "no module named cutaway.cli" in problem
        async with client(hold) as redis:
            await redis.zadd(guard.OPEN_KEY, {"op-1": 1})
    await until(lambda: stopped(settings))


async def test_a_server_that_cannot_start_is_reported_with_its_log(settings: Settings) -> None:
    folder = settings.data_dir / "valkey" / "appendonlydir"
    folder.mkdir(parents=True)
    (folder / "appendonly.aof.manifest").write_text("this is no manifest\n")
    with pytest.raises(StoreError, match=r"(?s)did not start.*ended 5 times.*manifest.*CUTAWAY_REDIS_URL"):
        await open_embedded(settings, worker_command=(), grace_s=GRACE_S)
    await until(lambda: stopped(settings))


async def test_a_cut_off_append_only_file_is_read_up_to_the_cut(settings: Settings) -> None:
    async with await open_embedded(settings, worker_command=(), grace_s=GRACE_S) as hold, client(hold) as redis:
        await redis.set("first", "kept")
        await redis.set("second", "cut")
    await until(lambda: stopped(settings))
    (file,) = (settings.data_dir / "valkey" / "appendonlydir").glob("*.incr.aof")
    file.write_bytes(file.read_bytes()[:-3])
    async with await open_embedded(settings, worker_command=(), grace_s=GRACE_S) as hold, client(hold) as redis:
        assert await redis.mget("first", "second") == ["kept", None]


async def test_a_stale_socket_does_not_prevent_the_start(settings: Settings) -> None:
    settings.runtime_dir.mkdir(mode=0o700)
    with socket.socket(socket.AF_UNIX) as stale:
        stale.bind(str(settings.socket_path))
    async with await open_embedded(settings, worker_command=(), grace_s=GRACE_S) as hold, client(hold) as redis:
        assert await redis.ping()


async def test_a_second_runtime_directory_never_starts_a_second_server_on_the_data(settings: Settings) -> None:
    async with await open_embedded(settings, worker_command=(), grace_s=GRACE_S) as hold:
        server = await pid_of(hold, "server_pid")
        other = settings.model_copy(update={"runtime_dir": settings.runtime_dir.with_name("other")})
        with pytest.raises(StoreError, match=r"already listens at .*CUTAWAY_RUNTIME_DIR"):
            await open_embedded(other, worker_command=(), grace_s=GRACE_S)
        assert alive(server)
        await until(lambda: not guard.is_locked(other.runtime_dir / "guard.lock"))


async def test_a_cleaned_runtime_directory_is_made_again_under_a_live_user(settings: Settings) -> None:
    async with await open_embedded(settings, worker_command=(), grace_s=GRACE_S) as hold, client(hold) as redis:
        await redis.set("paid", "yes")
        old = await pid_of(hold, "guard_pid")
        shutil.rmtree(settings.runtime_dir)
        assert await pid_of(hold, "guard_pid", other_than=old)
        assert await redis.get("paid") == "yes"
        # The new guard must see this user: it stays beyond its grace period.
        new = await pid_of(hold, "guard_pid")
        with pytest.raises(AssertionError):
            await until(lambda: not alive(new), within_s=GRACE_S + 1.0)


async def test_a_removed_data_directory_ends_everything_even_with_work_open(settings: Settings) -> None:
    hold = await open_embedded(settings, worker_command=(), grace_s=GRACE_S)
    async with client(hold) as redis:
        await redis.zadd(guard.OPEN_KEY, {"op-1": 1})
    pids = [await pid_of(hold, name) for name in ("guard_pid", "server_pid")]
    await hold.close()
    shutil.rmtree(settings.data_dir)
    await until(lambda: not any(alive(pid) for pid in pids))


async def test_the_worker_of_a_killed_guard_is_ended_where_the_kernel_does_not(tmp_path: Path) -> None:
    worker = subprocess.Popen([sys.executable, "-c", WORKER, str(tmp_path / "pids")])
    try:
        command = [sys.executable, "-c", WORKER, str(tmp_path / "pids")]
        guard.end_leftover({"worker_pid": worker.pid, "worker_command": ["other"]}, command, "darwin")
        guard.end_leftover({"worker_pid": worker.pid, "worker_command": command}, command, "linux")
        assert worker.poll() is None
        guard.end_leftover({"worker_pid": worker.pid, "worker_command": command}, command, "darwin")
        await until(lambda: worker.poll() is not None)
        assert worker.returncode == -signal.SIGTERM
    finally:
        worker.kill()
        worker.wait()


async def test_a_socket_path_that_is_too_long_is_refused_before_anything_starts(settings: Settings) -> None:
    with pytest.raises(ConfigError, match="CUTAWAY_RUNTIME_DIR"):
        load_settings({"CUTAWAY_RUNTIME_DIR": "/tmp/" + "x" * 100})


async def test_a_platform_without_a_server_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(StoreError, match=r"WSL.*CUTAWAY_REDIS_URL"):
        find_server()
    monkeypatch.setattr(sys, "platform", "freebsd14")
    with pytest.raises(StoreError, match=r"freebsd14.*wheels exist.*CUTAWAY_REDIS_URL"):
        find_server()


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
async def test_the_guard_is_small(settings: Settings) -> None:
    async with await open_embedded(settings, worker_command=(), grace_s=GRACE_S) as hold:
        status = Path(f"/proc/{await pid_of(hold, 'guard_pid')}/status").read_text()
        (size_kb,) = (int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
        assert size_kb < 30_000


async def test_state_files_are_whole_or_absent(tmp_path: Path) -> None:
    guard.write_json(tmp_path / "state", {"a": 1})
    assert json.loads((tmp_path / "state").read_text()) == {"a": 1}
    (tmp_path / "state").write_text('{"a"')
    assert guard.read_json(tmp_path / "state") == {}
