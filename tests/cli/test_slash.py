"""Commands with a leading slash, one message at a time, and the commands about money beside them."""

from __future__ import annotations

import json

import pytest

from cli.machine import Machine

pytestmark = pytest.mark.slow

FOX = "a red fox trots through a pine forest at dusk, 1 second"


def test_a_command_that_only_shows_something_succeeds_as_one_message(shared: Machine) -> None:
    shown = shared.run("chat", "--once", "/help", "--thread", "new")
    assert shown.returncode == 0, shown.stderr
    assert "/compare" in shown.stdout
    assert "error" not in shown.stderr
    listed = shared.run("chat", "--once", "/versions", "--thread", "new", "--json")
    assert listed.returncode == 0, listed.stderr
    assert json.loads(listed.stdout)["versions"] == []


def test_undo_with_a_number_goes_back_to_that_version_at_once(shared: Machine) -> None:
    for text in (FOX, "make it night", 'add the title "Dusk"'):
        shared.say(text, thread="back")
    done = shared.run("chat", "--once", "/undo 1", "--thread", "back")
    assert done.returncode == 0, done.stderr
    assert "v1 is ready: " in done.stdout
    assert " after " not in done.stdout
    compared = shared.say("/compare 3", thread="back")
    assert "From version 3 to 1" in compared["reply"]


def test_budgets_and_spending_are_one_json_document_each(shared: Machine) -> None:
    shown = shared.run("budget", "show", "--json")
    assert shown.returncode == 0, shown.stderr
    budgets = {row["name"]: row for row in json.loads(shown.stdout)["budgets"]}
    assert float(budgets["thread"]["limit_usd"]) == 5
    assert {float(row["charged_usd"]) for row in budgets.values()} == {0}
    spent = shared.run("spend", "--json")
    assert spent.returncode == 0, spent.stderr
    assert json.loads(spent.stdout)["rows"] == []


def test_what_is_frozen_is_listed_until_it_is_thawed(shared: Machine) -> None:
    frozen = json.loads(shared.run("freeze", "--provider", "far", "--reason", "outage", "--json").stdout)
    assert frozen == {"frozen": {"provider:far": "outage"}}
    assert "provider:far (outage)" in shared.run("thaw").stdout
    assert json.loads(shared.run("thaw", "--provider", "far", "--json").stdout) == {"frozen": {}}


def test_a_day_that_is_none_is_a_usage_error(shared: Machine) -> None:
    done = shared.run("spend", "--since", "someday")
    assert done.returncode == 2
    assert "someday" in done.stderr
