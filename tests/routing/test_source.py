"""A policy's file is read again when it changed; what cannot be used is told, and the last good policy stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cutaway.errors import ConfigError
from cutaway.routing import RoutingPolicy
from cutaway.routing.source import FileSource, InForce, in_canary

HEAD = "apiVersion: cutaway/v1\nkind: RoutingPolicy\nmetadata: {name: mine}\nspec:\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "mine.yaml"
    write(path, "  objective: price\n")
    return path


def write(path: Path, body: str) -> None:
    path.write_text(HEAD + body, encoding="utf-8")


def test_a_changed_file_holds_at_the_next_look(file: Path) -> None:
    source = FileSource(file)
    before = source.current()
    write(file, "  objective: quality\n")
    after = source.current()
    assert (before.policy.objective, after.policy.objective) == ("price", "quality")
    assert before.policy.revision != after.policy.revision


def test_an_unchanged_file_is_not_read_again(file: Path) -> None:
    source = FileSource(file)
    assert source.current() is source.current()


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("  objectve: price\n", "line 5, column 3: spec.objectve is not a key"),
        ("  budgets: {per_clip_usd: 3}\n", "they contradict each other"),
        ("  fallbacks: {models: {a:x: [a:x]}}\n", "lead back to it"),
        ("  a: &bomb [1]\n", "anchors and aliases are not accepted"),
    ],
)
def test_a_bad_change_is_told_and_the_last_good_policy_stays(file: Path, body: str, words: str) -> None:
    source = FileSource(file)
    good = source.current().policy
    write(file, body)
    found = source.current()
    assert found.policy == good
    assert words in found.problem


def test_a_file_deleted_while_live_leaves_the_last_good_policy_and_says_so(file: Path) -> None:
    source = FileSource(file)
    good = source.current().policy
    file.unlink()
    found = source.current()
    assert found.policy == good
    assert "cannot be read: No such file" in found.problem
    write(file, "  objective: latency\n")
    assert (source.current().policy.objective, source.current().problem) == ("latency", "")


def test_a_link_that_is_set_anew_is_a_change(file: Path, tmp_path: Path) -> None:
    link, other = tmp_path / "live.yaml", tmp_path / "other.yaml"
    link.symlink_to(file)
    source = FileSource(link)
    write(other, "  objective: quality\n")
    link.unlink()
    link.symlink_to(other)
    assert source.current().policy.objective == "quality"


@pytest.mark.parametrize("body", ["  objectve: price\n", "  budgets: {per_clip_usd: 3}\n"])
def test_there_is_no_start_without_a_good_policy(file: Path, body: str) -> None:
    write(file, body)
    with pytest.raises(ConfigError, match="line 5"):
        FileSource(file)


def test_a_file_can_be_a_canary_beside_what_held_before(file: Path) -> None:
    source = FileSource(file)
    write(file, "  objective: quality\n  rollout: {canary_percent: 30}\n")
    found = source.current()
    assert (found.policy.objective, found.canary and found.canary.objective, found.percent) == ("price", "quality", 30)
    said = {found.of("acme", f"thread-{number}").objective for number in range(50)}
    assert said == {"price", "quality"}


def test_a_file_can_be_in_the_shadow(file: Path) -> None:
    source = FileSource(file)
    write(file, "  objective: quality\n  rollout: {shadow: true}\n")
    found = source.current()
    assert found.of("acme", "t").objective == "price"
    assert found.shadow
    assert found.shadow.objective == "quality"


@given(thread=st.text(max_size=40), small=st.integers(0, 100), large=st.integers(0, 100))
def test_a_thread_never_leaves_a_canary_that_grows(thread: str, small: int, large: int) -> None:
    low, high = sorted((small, large))
    assert in_canary("acme", thread, high) or not in_canary("acme", thread, low)
    assert in_canary("acme", thread, 100)
    assert not in_canary("acme", thread, 0)


def test_a_canary_takes_about_its_share() -> None:
    inside = sum(in_canary("acme", f"thread-{number}", 20) for number in range(2000))
    assert 340 <= inside <= 460


def test_everybody_has_the_policy_without_a_canary() -> None:
    policy = RoutingPolicy()
    assert InForce(policy).of("acme", "any") is policy
