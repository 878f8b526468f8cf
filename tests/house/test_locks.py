"""The three locks: hashes for everything, no host, one truth."""

from __future__ import annotations

import re

import pytest

from house.places import ROOT, pyproject

LOCKS = ("requirements.lock", "requirements-build.lock", "requirements-dev.lock")


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert re.findall(r"(?m)^\s*-.*(?:index|links|host).*$|.*https?://.*|.* @ .*", text) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_a_hash(lock: str) -> None:
    pins = _pins(lock)
    assert pins
    assert [pin for pin, hashes in pins.items() if not hashes] == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-build.lock"])
def test_the_development_lock_holds_every_pin_of(lock: str) -> None:
    everything = _pins("requirements-dev.lock")
    assert {pin: hashes for pin, hashes in _pins(lock).items() if everything.get(pin) != hashes} == {}


def test_every_declared_dependency_is_pinned() -> None:
    project = pyproject()["project"]
    declared = [*project["dependencies"], *(d for extra in project["optional-dependencies"].values() for d in extra)]
    wanted = {_normal(re.split(r"[\[<>=~!; ]", line)[0]) for line in declared} - {"cutaway"}
    locked = {_normal(pin.partition("==")[0]) for pin in _pins("requirements.lock")}
    assert wanted - locked == set()


def test_litellm_has_the_floor_that_stops_a_silent_fall_back() -> None:
    assert any(line.startswith("litellm>=1.106") for line in pyproject()["project"]["optional-dependencies"]["litellm"])


def _pins(lock: str) -> dict[str, frozenset[str]]:
    """Hashes by pin (`name==version ; marker`)."""
    found: dict[str, frozenset[str]] = {}
    for entry in re.split(r"\n(?=\S)", (ROOT / lock).read_text(encoding="utf-8")):
        head, *rest = entry.replace("\\\n", "\n").split("\n")
        if head.strip():
            found[head.strip()] = frozenset(re.findall(r"--hash=(sha256:[0-9a-f]{64})", "\n".join(rest)))
    return found


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
