"""The embedded worker has the settings and keys of the program that orders, or that program is told: real processes."""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from redis.asyncio import Redis

from cutaway.jobs import guard
from cutaway.jobs.embedded import EmbeddedHold, open_embedded
from cutaway.jobs.mark import mark_of
from cutaway.settings import Settings, load_settings

GRACE_S = 5.0
"""Longer than a test takes to come back: what ends sooner was replaced."""
WORKER = "import os,sys,time; open(sys.argv[1],'a').write(os.environ.get('MY_KEY','')+'\\n'); time.sleep(600)"
GARAGE = {"garage": {"base_url": "http://one.test", "api_key": "os.environ/GARAGE"}}


async def until(condition: Callable[[], object], within_s: float = 15.0) -> Any:
    """What `condition` gives once it is true; fails when that takes too long."""
    async with asyncio.timeout(within_s):
        while not (found := condition()):
            await asyncio.sleep(0.02)
        return found


@pytest.fixture
async def settings(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Settings]:
    """A data directory of its own and a key; whatever runs there is ended afterwards."""
    monkeypatch.setenv("MY_KEY", "wrong-key-1")
    root = Path(tempfile.mkdtemp(prefix="cw-", dir="/tmp"))
    made = load_settings({"CUTAWAY_DATA_DIR": str(root / "data"), "CUTAWAY_RUNTIME_DIR": str(root / "run")}, cwd=root)
    yield made
    with suppress(ProcessLookupError, KeyError):
        os.kill(guard.read_json(made.runtime_dir / "guard.json")["guard_pid"], signal.SIGTERM)
    await until(lambda: not guard.is_locked(made.runtime_dir / "guard.lock"))
    shutil.rmtree(root)


async def opened(settings: Settings, *, worker: bool = True) -> EmbeddedHold:
    command = [sys.executable, "-c", WORKER, str(settings.data_dir / "keys")] if worker else []
    return await open_embedded(settings, worker_command=command, grace_s=GRACE_S)


async def left(settings: Settings, *, worker: bool = True) -> int:
    """A program that comes and goes; gives the guard it left behind."""
    async with await opened(settings, worker=worker) as hold:
        return int(hold.processes["guard_pid"])


async def keys_of(settings: Settings, count: int) -> list[str]:
    """The key of every worker so far, once there were `count`."""
    path = settings.data_dir / "keys"
    await until(lambda: path.exists() and path.read_text().count("\n") >= count)
    return path.read_text().split()


async def test_a_changed_key_gives_the_next_program_a_worker_with_it(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = await left(settings)
    assert await keys_of(settings, 1) == ["wrong-key-1"]
    monkeypatch.setenv("MY_KEY", "right-key-2")
    async with await opened(settings) as hold:
        assert hold.processes["guard_pid"] != old
        assert await keys_of(settings, 2) == ["wrong-key-1", "right-key-2"]


async def test_an_unchanged_key_keeps_the_worker(settings: Settings) -> None:
    old = await left(settings)
    async with await opened(settings) as hold:
        assert hold.processes["guard_pid"] == old
    assert await keys_of(settings, 1) == ["wrong-key-1"]


@pytest.mark.parametrize(
    ("update", "replaced"),
    [
        ({"providers": {"garage": GARAGE["garage"] | {"base_url": "http://two.test"}}}, True),
        ({"keys_ignored": True}, True),
        ({"workers": 7}, True),
        ({"aliases": {"fast": "auto"}, "resolution": "720p", "model": "other"}, False),
    ],
)
async def test_only_what_workers_go_by_replaces_one(settings: Settings, update: dict[str, Any], replaced: bool) -> None:
    settings = settings.model_copy(update={"providers": GARAGE})
    old = await left(settings)
    async with await opened(settings.model_copy(update=update)) as hold:
        assert (hold.processes["guard_pid"] != old) is replaced


async def test_a_key_under_any_name_counts_when_a_provider_refers_to_it(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings.model_copy(update={"providers": GARAGE})
    monkeypatch.setenv("GARAGE", "one")
    old = await left(settings)
    monkeypatch.setenv("GARAGE", "two")
    async with await opened(settings) as hold:
        assert hold.processes["guard_pid"] != old


async def test_a_worker_that_others_use_stays_and_the_newcomer_is_warned(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async with await opened(settings) as first:
        old = first.processes["guard_pid"]
        monkeypatch.setenv("MY_KEY", "right-key-2")
        with caplog.at_level(logging.WARNING):
            async with await opened(settings) as second:
                assert second.processes["guard_pid"] == old
        (record,) = caplog.records
        assert record.message.startswith("Another program's worker runs with other provider settings or keys; ")
    # Once that one has left, the next program gets its own.
    async with await opened(settings) as third:
        assert third.processes["guard_pid"] != old


async def test_two_programs_with_a_new_key_that_start_at_once_share_one_new_worker(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    old = await left(settings)
    await keys_of(settings, 1)
    monkeypatch.setenv("MY_KEY", "right-key-2")
    holds = await asyncio.gather(*(opened(settings) for _ in range(3)))
    assert len({hold.processes["guard_pid"] for hold in holds} - {old}) == 1
    assert await keys_of(settings, 2) == ["wrong-key-1", "right-key-2"]
    assert not caplog.records
    for hold in holds:
        await hold.close()


async def test_a_program_that_wants_no_worker_replaces_none(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    old = await left(settings)
    monkeypatch.setenv("MY_KEY", "right-key-2")
    async with await opened(settings, worker=False) as hold:
        assert hold.processes["guard_pid"] == old
    assert not caplog.records


async def test_a_guard_born_without_the_key_is_replaced_by_who_orders_with_it(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MY_KEY")
    await left(settings, worker=False)
    monkeypatch.setenv("MY_KEY", "right-key-2")
    async with await opened(settings):
        assert await keys_of(settings, 1) == ["right-key-2"]


@pytest.mark.slow
async def test_a_worker_is_there_although_others_use_a_guard_born_without_the_key(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async with await opened(settings, worker=False):
        monkeypatch.setenv("MY_KEY", "right-key-2")
        async with await opened(settings):
            assert await keys_of(settings, 1) == ["wrong-key-1"]
    assert "orders are made with those" in caplog.text


async def test_a_busy_worker_is_not_replaced_by_one_without_its_keys(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    hold = await opened(settings)
    old = hold.processes["guard_pid"]
    async with Redis.from_url(hold.url, decode_responses=True) as redis:
        await redis.zadd(guard.OPEN_KEY, {"op-1": 1})
        await hold.close()
        monkeypatch.delenv("MY_KEY")
        async with await opened(settings) as second:
            assert second.processes["guard_pid"] == old
        assert "busy with keys that this program lacks (MY_KEY)" in caplog.text
        await redis.zrem(guard.OPEN_KEY, "op-1")
    async with await opened(settings) as third:
        assert third.processes["guard_pid"] != old


async def test_open_work_outlives_the_worker_that_is_replaced(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold = await opened(settings)
    async with Redis.from_url(hold.url, decode_responses=True) as redis:
        await redis.zadd(guard.OPEN_KEY, {"op-1": 1})
    await hold.close()
    monkeypatch.setenv("MY_KEY", "right-key-2")
    async with await opened(settings) as again, Redis.from_url(again.url, decode_responses=True) as redis:
        assert await redis.zrange(guard.OPEN_KEY, 0, -1) == ["op-1"]


async def test_no_key_is_written_down(settings: Settings) -> None:
    settings = settings.model_copy(update={"providers": {"garage": {"api_key": "written-key-3"}}})
    async with await opened(settings):
        written = "".join(path.read_text() for path in settings.runtime_dir.glob("*.json"))
    assert "worker_mark" in written
    assert "wrong-key-1" not in written
    assert "written-key-3" not in written


def test_a_settings_file_that_only_the_guard_would_read_changes_the_mark(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = {"command": ["w"], "env": {}, "config_name": "cutaway.yaml"}
    monkeypatch.chdir(tmp_path)
    bare = mark_of(order, {})
    (tmp_path / "cutaway.yaml").touch()
    there = mark_of(order, {})
    assert bare != there
    monkeypatch.chdir("/")
    assert mark_of(order, {}) == bare
    assert mark_of(order | {"env": {"CUTAWAY_CONFIG": str(tmp_path / "cutaway.yaml")}}, {}) == there


def test_where_keys_are_ignored_they_do_not_count() -> None:
    order = {"command": ["w"], "env": {}, "keys": False}
    assert mark_of(order, {"MY_KEY": "a"}) == mark_of(order, {"MY_KEY": "b"})
    assert mark_of(order | {"keys": True}, {"MY_KEY": "a"}) != mark_of(order | {"keys": True}, {"MY_KEY": "b"})
