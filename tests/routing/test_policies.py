"""The policies that come with Cutaway: each is valid, explicit about money, and decides as written down here."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args, get_origin

import jsonschema
import pytest
import yaml
from pydantic import BaseModel

from cutaway.errors import RoutingError
from cutaway.routing import Conditions, RoutingPolicy, route
from cutaway.routing.document import PolicyDocument, schema
from cutaway.routing.lint import lint
from cutaway.routing.policy_file import bundled, find_policy, read_policy
from cutaway.routing.typical import typical_orders
from house.places import ROOT
from routing.catalog import CATALOG, DAY, NOW

FOLDER = ROOT / "policies"
NAMES = (
    "best-quality", "cheapest", "default", "draft-first", "eu-only", "gpu-first", "licensed-only", "on-prem",
    "peak-hours", "subscription-20",
)  # fmt: skip
ORDERS = {one.name: one.request for one in typical_orders()}
GPU, LITE, FAST, CINE, NONE = "studio-gpu:wan", "bulk:lite", "mid:fast", "top:cine", ""
SHORT, TALL, LARGE, LONG, SOUND, EDIT = (
    "5 s, 720p", "5 s, 720p, 9:16", "5 s, 1080p", "10 s, 720p", "5 s, 720p with sound", "edit of 5 s, 720p",
)  # fmt: skip
ASKED = (SHORT, TALL, LARGE, LONG, SOUND, EDIT)
GOLDEN = {
    # what         SHORT TALL LARGE LONG SOUND EDIT
    "best-quality": (CINE, CINE, CINE, CINE, CINE, CINE),
    "cheapest": (LITE, LITE, LITE, LITE, NONE, NONE),
    "default": (FAST, FAST, FAST, FAST, CINE, NONE),
    "draft-first": (FAST, FAST, FAST, FAST, CINE, CINE),
    "eu-only": (FAST, FAST, FAST, FAST, NONE, NONE),
    "gpu-first": (GPU, GPU, GPU, GPU, CINE, NONE),
    "licensed-only": (FAST, FAST, FAST, FAST, NONE, NONE),
    "on-prem": (GPU, GPU, GPU, GPU, NONE, NONE),
    "peak-hours": (FAST, FAST, FAST, FAST, CINE, CINE),
    "subscription-20": (FAST, FAST, FAST, FAST, CINE, CINE),
}
"""What each policy chooses for the orders asked, NONE where it refuses."""


def decide(policy: RoutingPolicy, order: str, conditions: Conditions = NOW) -> str:
    try:
        return route(ORDERS[order], CATALOG, policy, conditions).chosen.model
    except RoutingError:
        return NONE


def test_all_of_them_are_there_and_found_by_name() -> None:
    assert bundled() == NAMES
    assert find_policy("draft-first") == FOLDER / "draft-first.yaml"


@pytest.mark.parametrize("name", NAMES)
def test_a_policy_has_no_errors_and_says_its_budgets(name: str) -> None:
    path = FOLDER / f"{name}.yaml"
    _, found = lint(path, CATALOG, today=DAY)
    assert [str(one) for one in found if one.level == "error"] == []
    written = yaml.safe_load(path.read_text("utf-8"))
    budgets = written["spec"]["budgets"]
    limits = ("clip", "turn", "thread", "user_day", "tenant_month")
    assert {*budgets} >= {*(f"per_{limit}_usd" for limit in limits), "on_exceed"}
    assert "ask_above_usd" in written["spec"]["approval"]
    assert written["metadata"]["name"] == name
    jsonschema.validate(written, schema())


@pytest.mark.parametrize("name", NAMES)
def test_a_policy_decides_as_written_down(name: str) -> None:
    policy = read_policy(FOLDER / f"{name}.yaml")
    assert {order: decide(policy, order) for order in ASKED} == dict(zip(ASKED, GOLDEN[name], strict=True))


def test_every_policy_has_decisions_written_down() -> None:
    assert set(GOLDEN) == set(NAMES)


def test_peak_hours_want_the_soonest_in_the_evening_and_the_cheapest_at_night() -> None:
    policy = read_policy(FOLDER / "peak-hours.yaml")
    evening, night = (Conditions(now=datetime(2026, 11, 20, hour, tzinfo=UTC)) for hour in (18, 23))
    assert decide(policy, SHORT, evening) == FAST
    assert decide(policy, SHORT, night) == LITE


def test_the_schema_for_editors_is_fresh() -> None:
    assert json.loads((FOLDER / "policy.schema.json").read_text("utf-8")) == schema()


def test_every_key_stands_in_the_readme() -> None:
    text = (FOLDER / "README.md").read_text("utf-8")
    missing = [key for key in keys(PolicyDocument) if f"{key}`" not in text and f"`{key}" not in text]
    assert missing == []


def keys(model: type[BaseModel]) -> list[str]:
    found = []
    for name, info in model.model_fields.items():
        if info.exclude:
            continue
        found.append(name)
        for inner in models(info.annotation):
            found += keys(inner)
    return found


def models(kind: Any) -> list[type[BaseModel]]:
    if isinstance(kind, type) and get_origin(kind) is None:
        return [kind] if issubclass(kind, BaseModel) else []
    return [found for part in get_args(kind) for found in models(part)]


def test_a_name_that_is_not_there_stays_a_path() -> None:
    assert find_policy("nothing-like-it") == Path("nothing-like-it")
