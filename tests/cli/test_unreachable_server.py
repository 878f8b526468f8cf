"""An address where nobody listens, with real processes: the reason is told, and a corrected one is used at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.machine import Machine
from cli.test_own_server import SAID, orders, run, server, settle  # noqa: F401 - the server is a fixture


@pytest.mark.slow
def test_an_address_where_nobody_listens_is_told_with_its_reason_until_it_is_corrected(
    machine: Machine,
    server: tuple[int, Path],  # noqa: F811
) -> None:
    port, truth = server
    settle(machine, 1)
    assert run(machine, *SAID).returncode == 0
    done = run(machine, "chat", "--once", "yes")
    assert done.returncode == 4
    assert "given back (garage: http://127.0.0.1:1 cannot be reached (ConnectError: Connection refused)" in done.stderr
    assert "error: garage could not be reached in 5 tries: http://127.0.0.1:1 cannot be reached" in done.stderr
    assert "fix: Correct its base_url or the way there, then run: cutaway providers check garage" in done.stderr

    settle(machine, port)
    assert run(machine, "chat", "--once", "try again", "--json").returncode == 0
    assert run(machine, "chat", "--once", "yes", "--json").returncode == 0
    assert len(orders(truth)) == 1
