"""docker-compose.yml and the Dockerfile: valid, closed to the network, durable, and without a secret."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from house.compose import Compose
from house.places import ROOT

TEXT = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")


def test_the_file_is_valid_by_the_compose_specification() -> None:
    checked = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.fixture
def compose() -> Compose:
    return Compose.model_validate(yaml.safe_load(TEXT))


def test_every_reference_between_parts_has_a_target(compose: Compose) -> None:
    for service in compose.services.values():
        assert service.image or service.build
        assert set(service.depends_on) <= set(compose.services)
        mounted = {mount.partition(":")[0] for mount in service.volumes}
        assert {source for source in mounted if not source.startswith((".", "/", "$"))} <= set(compose.volumes)
        for needed, dependency in service.depends_on.items():
            if dependency.condition == "service_healthy":
                assert compose.services[needed].healthcheck is not None


@pytest.mark.parametrize(
    "change",
    [
        {"imagee": "x"},
        {"command": "worker"},
        {"stop_grace_period": 60},
        {"environment": {"A": 1}},
        {"restart": "maybe"},
    ],
)
def test_the_check_refuses_what_the_format_or_the_house_does_not_allow(change: dict[str, Any]) -> None:
    document = yaml.safe_load(TEXT)
    document["services"]["worker"] |= change
    with pytest.raises(ValidationError):
        Compose.model_validate(document)


def test_valkey_loses_nothing_it_answered(compose: Compose) -> None:
    valkey = compose.services["valkey"]
    assert valkey.command is not None
    words = valkey.command[1:]
    options = dict(zip(words[::2], words[1::2], strict=True))
    assert options["--appendonly"] == "yes"
    assert options["--appendfsync"] == "always"
    assert options["--maxmemory-policy"] == "noeviction"
    assert any(mount.endswith(":/data") for mount in valkey.volumes)
    assert valkey.healthcheck is not None


def test_no_service_listens_beyond_this_machine(compose: Compose) -> None:
    ports = [port for service in compose.services.values() for port in service.ports]
    assert [port for port in ports if not port.startswith("127.0.0.1:")] == []


def test_the_worker_waits_for_valkey_and_gets_time_to_stop(compose: Compose) -> None:
    worker = compose.services["worker"]
    assert worker.depends_on["valkey"].condition == "service_healthy"
    assert worker.environment["CUTAWAY_REDIS_URL"] == "redis://valkey:6379/0"
    assert worker.stop_grace_period is not None


def test_no_secret_is_written_down() -> None:
    for file in ("docker-compose.yml", "Dockerfile"):
        text = (ROOT / file).read_text(encoding="utf-8")
        assert not re.search(r"(?i)(password|passwd|secret|token|api_?key)\w*\s*[:=]\s*\S", text), file
        assert not re.search(r"://[^/\s@]+:[^/\s@]+@", text), file


def test_the_image_installs_by_hash_and_does_not_run_as_root() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    last_stage = lines[max(i for i, line in enumerate(lines) if line.startswith("FROM ")) :]
    assert [line for line in last_stage if line.startswith("USER ")] == ["USER cutaway"]
    installs = [line for line in lines if "pip install" in line]
    assert installs
    for line in installs:
        assert "--require-hashes" in line or "--no-deps --no-index" in line, line


def test_the_builder_sees_every_file_the_image_copies() -> None:
    allowed = {
        line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line[:1] == "!"
    }
    for line in (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines():
        if line.startswith("COPY ") and "--from" not in line:
            sources = set(line.split()[1:-1])
            assert sources <= allowed
            assert all((ROOT / source).exists() for source in sources), line
