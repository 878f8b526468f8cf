"""Connecting to a store: fit servers are taken, unfit ones are refused with the fix."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from redis.asyncio import Redis

from cutaway.errors import ConfigError, StoreError, UnfitStoreError
from cutaway.jobs.embedded import find_server
from cutaway.jobs.guard import ask
from cutaway.ledger.connection import Durability, check, connect, describe, redact

FIT = ("--appendonly", "yes", "--appendfsync", "always", "--maxmemory-policy", "noeviction")


class Servers:
    """Real servers, each on a unix socket in a short folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.started: list[subprocess.Popen[bytes]] = []

    async def start(self, *options: str, name: str = "") -> str:
        folder = self.root / (name or str(len(self.started)))
        folder.mkdir(exist_ok=True)
        path = folder / "s"
        command = [str(find_server()), "--unixsocket", str(path), "--dir", str(folder), "--save", ""]
        command += [*(() if "--port" in options else ("--port", "0")), *options]
        self.started.append(subprocess.Popen(command, stdout=subprocess.DEVNULL))
        url = f"unix://{path}"
        deadline = time.monotonic() + 10
        while (reply := await asyncio.to_thread(ask, path, "PING")) is None or reply.startswith("-LOADING"):
            assert self.started[-1].poll() is None, "the server ended"
            assert time.monotonic() < deadline, "the server does not answer"
            await asyncio.sleep(0.02)
        return url


@pytest.fixture
async def servers() -> AsyncIterator[Servers]:
    root = Path(tempfile.mkdtemp(prefix="cw-", dir="/tmp"))
    made = Servers(root)
    yield made
    for process in made.started:
        process.kill()
        process.wait()
    shutil.rmtree(root)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def refusal(url: str, durability: Durability = "fsync") -> str:
    with pytest.raises(UnfitStoreError) as caught:
        _ = await connect(url, durability=durability)
    return str(caught.value)


async def test_a_fit_server_is_taken_and_speaks_text(servers: Servers) -> None:
    async with await connect(await servers.start(*FIT)) as redis:
        await redis.set("a", "ü")
        assert await redis.get("a") == "ü"
        facts = await check(redis, durability="fsync")
    assert (facts.server, facts.appendfsync, facts.role, facts.unverified) == ("Valkey", "always", "master", ())
    assert facts.can_lose.startswith("nothing")


async def test_a_server_over_tcp_is_taken(servers: Servers) -> None:
    port = free_port()
    await servers.start(*FIT, "--port", str(port))
    async with await connect(f"redis://127.0.0.1:{port}/0") as redis:
        assert await redis.ping()


@pytest.mark.parametrize(
    ("options", "parts"),
    [
        (("--maxmemory-policy", "allkeys-lru"), ["allkeys-lru", "CONFIG SET maxmemory-policy noeviction"]),
        (("--appendonly", "no"), ["no append-only file", "CONFIG SET appendonly yes", "CUTAWAY_DURABILITY"]),
        (("--appendfsync", "everysec"), ["appendfsync is everysec", "CONFIG SET appendfsync always"]),
        (("--replicaof", "127.0.0.1 1"), ["read-only replica", "Point CUTAWAY_REDIS_URL at the primary"]),
        (("--rename-command", "CONFIG", ""), ["does not tell its appendfsync", "+config|get", "CUTAWAY_DURABILITY"]),
        (
            ("--rename-command", "CONFIG", "", "--appendonly", "no"),
            ["no append-only file"],
        ),
    ],
)
async def test_an_unfit_server_is_refused_with_the_fix(
    servers: Servers, options: tuple[str, ...], parts: list[str]
) -> None:
    message = await refusal(await servers.start(*FIT, *options))
    for part in parts:
        assert part in message


async def test_the_fix_in_the_message_makes_the_server_fit(servers: Servers) -> None:
    url = await servers.start("--maxmemory-policy", "allkeys-lru")
    async with Redis.from_url(url) as admin:
        for name, value in (("maxmemory-policy", "noeviction"), ("appendonly", "yes"), ("appendfsync", "always")):
            await refusal(url)
            await admin.config_set(name, value)
    await (await connect(url)).aclose()


async def test_a_cluster_is_refused(servers: Servers) -> None:
    port = free_port()
    options = ("--cluster-enabled", "yes", "--port", str(port), "--cluster-port", str(free_port()))
    assert "cluster mode" in await refusal(await servers.start(*FIT, *options))


async def test_an_old_redis_is_refused() -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        info = "redis_version:6.2.14\r\nrole:master\r\nmaxmemory_policy:noeviction\r\naof_enabled:1\r\n"
        while (line := await reader.readline()).startswith(b"*"):
            words = []
            for _ in range(int(line[1:])):
                await reader.readline()
                words.append((await reader.readline()).strip().upper())
            if words[0] == b"INFO":
                writer.write(f"${len(info)}\r\n{info}\r\n".encode())
            elif words[0] == b"CONFIG":
                writer.write(b"*2\r\n$11\r\nappendfsync\r\n$6\r\nalways\r\n")
            elif words[0] == b"HELLO":
                writer.write(b"-ERR unknown command\r\n")
            else:
                writer.write(b"+PONG\r\n" if words[0] == b"PING" else b"+OK\r\n")
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        message = await refusal(f"redis://127.0.0.1:{port}?protocol=2")
    assert "Redis 6.2.14" in message
    assert "Upgrade to Redis >= 7 or any Valkey" in message


async def test_durability_none_takes_a_server_without_a_file_but_never_one_that_evicts(servers: Servers) -> None:
    async with await connect(await servers.start("--appendonly", "no"), durability="none") as redis:
        assert "everything" in (await describe(redis)).can_lose
    evicting = await servers.start("--maxmemory-policy", "volatile-lru")
    assert "volatile-lru" in await refusal(evicting, durability="none")


async def test_durability_replicas_needs_a_connected_replica(servers: Servers) -> None:
    port = free_port()
    url = await servers.start("--port", str(port), "--repl-diskless-sync-delay", "0")
    assert "0 are connected" in await refusal(url, durability="replicas")
    await servers.start("--replicaof", f"127.0.0.1 {port}")
    async with Redis.from_url(url, decode_responses=True) as redis:
        deadline = time.monotonic() + 10
        while (await describe(redis)).replicas < 1:
            assert time.monotonic() < deadline
            await asyncio.sleep(0.05)
        assert (await check(redis, durability="replicas")).replicas == 1


async def test_a_server_that_is_killed_and_restarted_is_waited_for(servers: Servers) -> None:
    url = await servers.start(*FIT, name="one")
    async with await connect(url) as redis:
        await redis.set("paid", "yes")
        os.kill(servers.started[0].pid, signal.SIGKILL)
        servers.started[0].wait()
        found, _ = await asyncio.gather(redis.get("paid"), servers.start(*FIT, name="one"))
        assert found == "yes"


async def test_nobody_there_is_reported_soon_without_the_password() -> None:
    began = time.monotonic()
    with pytest.raises(StoreError) as caught:
        _ = await connect(f"redis://me:s3cret@127.0.0.1:{free_port()}/0")
    message = str(caught.value)
    assert time.monotonic() - began < 3
    assert "s3cret" not in message
    assert "Nobody answers at redis://me:***@127.0.0.1" in message
    assert "CUTAWAY_REDIS_URL" in message


async def test_a_wrong_password_is_a_store_error_that_does_not_show_it(servers: Servers) -> None:
    port = free_port()
    await servers.start(*FIT, "--requirepass", "right", "--port", str(port))
    with pytest.raises(StoreError, match="refuses this user or password") as caught:
        _ = await connect(f"redis://:wr0ng@127.0.0.1:{port}/0")
    assert "wr0ng" not in str(caught.value)
    async with await connect(f"redis://:right@127.0.0.1:{port}/0") as redis:
        assert await redis.ping()


@pytest.mark.parametrize("url", ["http://host", "host:6379", "redis://h:port/0", "redis://h?socket_timeout=soon"])
async def test_a_url_that_is_none_is_a_configuration_error(url: str) -> None:
    with pytest.raises(ConfigError, match="CUTAWAY_REDIS_URL"):
        _ = await connect(url)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("redis://h:6379/0", "redis://h:6379/0"),
        ("redis://:pw@h:6379/0", "redis://:***@h:6379/0"),
        ("rediss://me:p@w:x/y@h:6379/0", "rediss://me:***@h:6379/0"),
        ("unix:///run/v.sock?password=pw&db=1", "unix:///run/v.sock?password=***&db=1"),
    ],
)
def test_a_shown_url_hides_its_password(url: str, shown: str) -> None:
    assert redact(url) == shown
