"""A policy file that is wrong says where, what and how to mend it, all of its faults at once."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cutaway.errors import ConfigError
from cutaway.routing import RoutingPolicy
from cutaway.routing.policy_file import read, read_policy

WORDS = (
    *RoutingPolicy.model_fields, "name", "when", "then", "per_clip_usd", "elo", "models", "hours", "steps", "price_usd",
)  # fmt: skip
HEAD = "apiVersion: cutaway/v1\nkind: RoutingPolicy\nmetadata: {name: mine}\nspec:\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "mine.yaml"


def said(file: Path, text: str) -> list[str]:
    file.write_text(text, encoding="utf-8")
    return [str(one).removeprefix(f"{file}, ") for one in read(file).findings]


@pytest.mark.parametrize(
    ("body", "line", "column", "words"),
    [
        ("  objectve: price\n", 5, 3, "spec.objectve is not a key of a policy. Did you mean 'objective'?"),
        ("  budgets: {per_trun_usd: 2}\n", 5, 13, "Did you mean 'per_turn_usd'?"),
        ("  rules:\n    - {name: a, then: {objectiv: price}}\n", 6, 24, "Did you mean 'objective'?"),
        ("  rules:\n    - {name: a, when: {stag: [draft]}, then: {}}\n", 6, 24, "Did you mean 'stage'?"),
        (
            "  plan: {name: a, price_usd: 1, included_clips: 1, steps: [{used_share: 1, max_secnds: 5}]}\n",
            5,
            76,
            "max_seconds",
        ),
        ("  objective: cheap\n", 5, 3, "Write accepted_cost or price or quality or latency."),
        ("  objective: prise\n", 5, 3, "Did you mean 'price'?"),
        ("  only: fal:kling-4\n", 5, 3, "Write only: [fal:kling-4]."),
        ("  budgets: {per_clip_usd: lots}\n", 5, 13, "Write an amount in USD"),
        ("  budgets: {per_clip_usd: -1}\n", 5, 13, "Write a number at least 0."),
        ("  mix_looks: 3\n", 5, 3, "Write true or false."),
        ("  ladder: [draft]\n", 5, 3, "with the keys rungs, climb"),
        ("  rules:\n    - {name: a}\n", 6, 7, "spec.rules[0].then is missing."),
        ("  peak: [{name: a, hours: 25:00-26:00}]\n", 5, 20, "Write 17:00-22:00."),
        ("  peak: [{name: a, hours: 17:00-22:00, timezone: Mars}]\n", 5, 40, "Write one like Europe/Berlin or UTC."),
        ("  fallbacks: {models: {a:x: [b:y], b:y: [a:x]}}\n", 5, 24, "the fallbacks of a:x lead back to it"),
        ("  rules:\n    - {name: a, when: {during: [noon]}, then: {}}\n", 6, 33, "window 'noon', which peak does"),
        ("  rules:\n    - {name: a, then: {}}\n    - {name: a, then: {}}\n", 7, 8, "two rules are called 'a'"),
        ("  only: [a:b]\n  ignore: [a:b]\n", 5, 10, "a:b is both in only and in ignore"),
        ("  only: [a:b]\n  only: [a:c]\n", 6, 3, "spec.only is here twice (first on line 5)."),
        ("  only: [two words]\n", 5, 10, "Write provider:model, provider:* or an alias."),
    ],
)
def test_a_fault_is_told_with_its_place_and_what_to_write(
    file: Path, body: str, line: int, column: int, words: str
) -> None:
    (found,) = said(file, HEAD + body)
    assert found.startswith(f"line {line}, column {column}: error: ")
    assert words in found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("spec: {}\n", ["Write apiVersion: cutaway/v1 at the top.", "Write kind: RoutingPolicy at the top."]),
        ("apiVersion: cutaway/v2\nkind: RoutingPolicy\n", ["Did you mean 'cutaway/v1'?"]),
        ("apiVersion: cutaway/v1\nkind: Policy\n", ["kind is 'Policy'"]),
        (
            "apiVersion: cutaway/v1\nkind: RoutingPolicy\nobjective: price\n",
            ["Write it under spec, below a head: apiVersion: cutaway/v1 and kind: RoutingPolicy."],
        ),
        ("", ["the file is empty. Begin it with apiVersion: cutaway/v1 and kind: RoutingPolicy"]),
        ("- a\n", ["the file is not keys with values."]),
    ],
)
def test_a_missing_or_wrong_head_is_told_with_what_to_write(file: Path, text: str, words: list[str]) -> None:
    found = said(file, text)
    assert len(found) == len(words)
    assert all(word in " ".join(found) for word in words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: &x [1]\nb: *x\n", "anchors and aliases are not accepted"),
        ("a: !!python/object/apply:os.system [x]\n", "YAML tag tag:yaml.org,2002:python/object/apply:os.system"),
        ("a: [\n", "This is not YAML"),
        ("a: " + "[" * 50 + "]" * 50 + "\n", "Nested deeper than 20 levels."),
        ("a: " + "x" * 1_100_000, "a policy is at most 1000000"),
    ],
)
def test_dangerous_yaml_is_refused_before_anything_is_built(file: Path, text: str, words: str) -> None:
    (found,) = said(file, text)
    assert words in found


def test_every_fault_of_a_file_is_found_at_once(file: Path) -> None:
    body = "  objectve: price\n  mix_looks: 3\n  budgets: {per_clip_usd: lots}\n"
    body += "  fallbacks: {models: {a:x: [a:x]}}\n  only: [c:d]\n  ignore: [c:d]\n"
    found = said(file, HEAD + body)
    assert [line.split(",")[0] for line in found] == ["line 5", "line 6", "line 7", "line 8", "line 9"]


def test_reading_raises_the_first_fault(file: Path) -> None:
    file.write_text(HEAD + "  mix_looks: 3\n  objectve: price\n", encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        read_policy(file)
    assert refused.value.message.startswith(f"{file}, line 5, column 3: spec.mix_looks is 3")
    assert refused.value.fix == "Write true or false."


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS) | st.text(max_size=6), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(spec=VALUES)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_stands_in_a_file_is_a_policy_or_faults_with_places(file: Path, spec: object) -> None:
    head = {"apiVersion": "cutaway/v1", "kind": "RoutingPolicy", "spec": spec}
    file.write_text(yaml.safe_dump(head, allow_unicode=True), encoding="utf-8")
    reading = read(file)
    assert (reading.document is None) == bool(reading.findings)
    assert all(one.line and one.message and one.fix for one in reading.findings)


def test_an_empty_value_keeps_the_default(file: Path) -> None:
    file.write_text(HEAD + "  only:\n  floors:\n  budgets:\n    per_clip_usd:\n", encoding="utf-8")
    policy = read_policy(file)
    assert (policy.only, str(policy.budgets.per_clip_usd)) == ((), "0.50")


def test_a_file_that_is_not_there_is_told(file: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read: No such file") as refused:
        read_policy(file)
    assert "CUTAWAY_POLICY" in refused.value.fix
