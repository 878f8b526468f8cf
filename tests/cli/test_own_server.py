"""A server of one's own, told only in cutaway.yaml: from a chat message over its wire to a cut, with real processes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cli.machine import ROOT, Machine
from cutaway.media.probe import probe

SERVER = ROOT / "bench" / "faulty_provider.py"
CONFIG = """\
policy: own.yaml
aliases: {{sora-2: garage:wan2.2}}
providers:
  garage:
    adapter: openai_videos
    base_url: http://127.0.0.1:{port}/v1
    api_key: os.environ/GARAGE_KEY
    submit_tier: deduplicates
    models:
      - id: wan2.2
        vendor_model: Wan-AI/Wan2.2-T2V-A14B
        resolutions: [480p]
        durations_s: [4, 8]
        price: {{usd_per_s: "0.10", source: our own GPU hours, as_of: 2026-11-01}}
"""

POLICY = """\
apiVersion: cutaway/v1
kind: RoutingPolicy
metadata: {name: own}
spec: {only: ["sora-2"]}
"""
"""The sketch artist costs nothing and would always win."""
SAID = ("chat", "--once", "a fox trots through snow, 3 seconds", "--json")


def run(machine: Machine, *args: str, key: str = "k-1") -> subprocess.CompletedProcess[str]:
    # Tests may run in a container, where an embedded store keeps no money unless told to.
    return machine.run(*args, GARAGE_KEY=key, CUTAWAY_ALLOW_PAID_EMBEDDED="true")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    truth = tmp_path / "truth.jsonl"
    command = [sys.executable, str(SERVER), "--truth", str(truth), "--key", "k-1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        yield json.loads(process.stdout.readline())["port"], truth
        process.terminate()


def settle(machine: Machine, port: int) -> None:
    (machine.home / "cutaway.yaml").write_text(CONFIG.format(port=port))
    (machine.home / "own.yaml").write_text(POLICY)


def orders(truth: Path) -> list[dict[str, Any]]:
    return [entry for line in truth.read_text().splitlines() if (entry := json.loads(line))["event"] == "accepted"]


def test_a_server_that_only_the_settings_know_makes_a_film(machine: Machine, server: tuple[int, Path]) -> None:
    port, truth = server
    settle(machine, port)

    done = run(machine, *SAID)
    assert done.returncode == 0, done.stderr + done.stdout
    asked = json.loads(done.stdout)
    assert asked["quote_state"] == "pending"
    assert orders(truth) == []

    done = run(machine, "chat", "--once", "yes", "--json")
    assert done.returncode == 0, done.stderr
    turn = json.loads(done.stdout)
    assert turn["version"]["state"] == "ready"
    assert turn["version"]["charged_usd"] == "0.4"
    film = probe(Path(turn["version"]["path"]))
    assert (film.width_px, film.height_px) == (848, 480)
    assert film.duration_s == pytest.approx(3, abs=0.1)
    assert [(order["fields"]["model"], order["fields"]["seconds"]) for order in orders(truth)] == [
        ("Wan-AI/Wan2.2-T2V-A14B", "4")
    ]
    assert "k-1" not in done.stdout + done.stderr + truth.read_text()


@pytest.mark.slow
def test_a_corrected_key_counts_at_once_for_the_order_that_follows(machine: Machine, server: tuple[int, Path]) -> None:
    port, truth = server
    settle(machine, port)
    assert run(machine, *SAID, key="k-typo").returncode == 0
    done = run(machine, "chat", "--once", "yes", "--json", key="k-typo")
    assert done.returncode == 4
    assert "401" in done.stderr
    assert orders(truth) == []

    done = run(machine, "chat", "--once", "try again", "--json")
    assert done.returncode == 0, done.stderr
    done = run(machine, "chat", "--once", "yes", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["version"]["state"] == "ready"
    assert len(orders(truth)) == 1
    assert "k-typo" not in done.stdout + done.stderr
