"""A policy file that is wrong says where, what and how to mend it, all of its faults at once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from cutaway.errors import ConfigError
from cutaway.routing import RoutingPolicy
from cutaway.routing.document import PolicySpec
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
        (
            "metadata: {name: a}\nspec: {}\n",
            ["Write apiVersion: cutaway/v1 at the top.", "Write kind: RoutingPolicy at the top."],
        ),
        (
            "apiVersion: cutaway/v2\nkind: RoutingPolicy\nmetadata: {name: a}\nspec: {}\n",
            ["Did you mean 'cutaway/v1'?"],
        ),
        ("apiVersion: cutaway/v1\nkind: Policy\nmetadata: {name: a}\nspec: {}\n", ["kind is 'Policy'"]),
        (
            "apiVersion: cutaway/v1\nkind: RoutingPolicy\nmetadata: {name: a}\nspec: {}\nobjective: price\n",
            ["Write it under spec, below a head: apiVersion: cutaway/v1 and kind: RoutingPolicy."],
        ),
        (HEAD.replace("spec:\n", ""), ["spec is missing. Write spec: with the policy's keys below it; spec: {} keeps"]),
        (HEAD, ["line 4, column 1: error: spec is empty. Write spec: with the policy's keys below it"]),
        (
            "apiVersion: cutaway/v1\nkind: RoutingPolicy\nspec: {}\n",
            ["metadata is missing. Write metadata: {name: mine} below kind"],
        ),
        (
            "apiVersion: cutaway/v1\nkind: RoutingPolicy\nmetadata:\nspec: {}\n",
            ["line 3, column 1: error: metadata is empty. Write metadata: {name: mine} below kind"],
        ),
        (
            "apiVersion: cutaway/v1\nkind: RoutingPolicy\nmetadata: {owner: me}\nspec: {}\n",
            ["metadata.name is missing. Write name: mine below metadata"],
        ),
        (
            "apiVersion: cutaway/v1\nkind: RoutingPolicy\nmetadata:\n  name:\nspec: {}\n",
            ["line 4, column 3: error: metadata.name is empty. Write name: mine below metadata"],
        ),
        (
            "apiVersion: cutaway/v1\nkind: RoutingPolicy\nmetadata: 3\nspec: [a]\n",
            ["metadata is not keys with values. Write metadata: {name: mine}", "spec is not keys with values."],
        ),
        (
            "name: old\nbudgets: {per_clip_usd: 1}\nchoice: {objective: price, only: []}\n",
            ["metadata: {name: old}, and write the rest below spec: budgets, objective, only; what stood under choice"],
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


def test_reading_raises_the_only_fault_with_its_fix(file: Path) -> None:
    file.write_text(HEAD + "  mix_looks: 3\n", encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        read_policy(file)
    assert refused.value.message.startswith(f"{file}, line 5, column 3: spec.mix_looks is 3")
    assert refused.value.fix == "Write true or false."


def test_reading_raises_every_fault_with_its_place_and_fix(file: Path) -> None:
    file.write_text(HEAD + "  mix_looks: 3\n  objectve: price\n", encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        read_policy(file)
    first, second = refused.value.message.splitlines()
    assert first.startswith(f"{file}, line 5, column 3: spec.mix_looks is 3")
    assert first.endswith("Write true or false.")
    assert second.startswith(f"{file}, line 6, column 3: spec.objectve")


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("1e400", "is '1e400', which is over 1000000000. Write a number at most 1000000000."),
        ("1.0e+400", "which is not a finite number"),
        (".inf", "which is not a finite number"),
        ("-.inf", "which is not a finite number"),
        (".nan", "which is not a finite number"),
        ("NaN", "which is not a finite number"),
        ("-0.01", "which is under 0. Write a number at least 0."),
        ("1" + "0" * 400, "is 100000000000... (401 characters), which is over 1000000000"),
        ("'1" + "0" * 400 + "'", "which is over 1000000000"),
    ],
)
@pytest.mark.parametrize("key", ["per_clip_usd: ", "per_provider_month_usd: {fal: "])
def test_an_amount_that_no_ledger_holds_is_refused_in_a_short_line(
    file: Path, written: str, words: str, key: str
) -> None:
    (found,) = said(file, HEAD + "  budgets: {" + key + written + "}" * (1 + key.count("{")) + "\n")
    assert words in found
    assert len(found) < 300


@pytest.mark.parametrize(
    "body",
    [
        "floors: {elo: WRONG}",
        "floors: {latency_s: WRONG}",
        "continuity: WRONG",
        "rules: [{name: a, then: {}, when: {seconds_over: WRONG}}]",
        "plan: {name: a, price_usd: 1, included_clips: 1, clip_seconds: WRONG}",
    ],
)
@pytest.mark.parametrize("written", [".inf", ".nan"])
def test_a_number_without_end_is_refused(file: Path, body: str, written: str) -> None:
    found = said(file, f"{HEAD}  {body.replace('WRONG', written)}\n")
    assert "which is not a finite number. Write a number" in found[0]


def test_a_name_that_is_nearly_a_shipped_policy_lists_what_there_is(tmp_path: Path) -> None:
    (found,) = read(Path("draft-frist")).findings
    assert found.message == "there is no file 'draft-frist', and no policy of that name comes with Cutaway."
    assert found.fix.startswith("Did you mean 'draft-first'? With Cutaway come best-quality, cheapest, default, ")


RIGHT: dict[str, Any] = {"name": "a", "then": {}, "hours": "10:00-11:00", "price_usd": 1, "used_share": 0}
WRONG: tuple[Any, ...] = (
    3, -3, 0.5, 1e9, float("nan"), float("inf"), 10**30, True, "", "two words", "9", "x" * 500, "1e400", [], [3], ["x"],
    [[]], {}, {"x": 3}, {"x": {}}, [{}], [{"name": 3}],
)  # fmt: skip


def specs(kind: Any) -> Iterator[Any]:
    """Every key of a policy in turn with every wrong value, the keys around it being right."""
    yield from WRONG
    for one in get_args(kind) or (kind,):
        if get_args(kind) and get_origin(kind) is tuple:
            yield from ([inner] for inner in specs(one) if isinstance(one, type) or get_args(one))
            return
        if isinstance(one, type) and issubclass(one, BaseModel):
            whole = {
                "name": "a",
                "then": {},
                "hours": "10:00-11:00",
                "price_usd": 1,
                "included_clips": 1,
                "used_share": 0,
            }
            needed = {name: whole[name] for name, info in one.model_fields.items() if info.is_required()}
            for name, info in one.model_fields.items():
                if not info.exclude:
                    yield from (needed | {name: inner} for inner in specs(info.annotation))


def test_no_fault_is_told_in_the_words_of_the_library_that_found_it(file: Path) -> None:
    theirs = re.compile(r"input should|inputs? are|valid |unable|pydantic|type=|cannot stand there", re.I)
    seen = set()
    for spec in specs(PolicySpec):
        data = {"apiVersion": "cutaway/v1", "kind": "RoutingPolicy", "metadata": {"name": "a"}, "spec": spec}
        file.write_text(json.dumps(data), encoding="utf-8")
        for one in read(file).findings:
            words = f"{one.message} {one.fix}".replace(one.key, "")
            assert not theirs.search(words), str(one)
            assert len(words) < 600
            seen.add(one.message)
    assert len(seen) > 100


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
    head = {"apiVersion": "cutaway/v1", "kind": "RoutingPolicy", "metadata": {"name": "a"}, "spec": spec}
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
