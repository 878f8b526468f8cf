"""What operators do with the books from the command line."""

from __future__ import annotations

import json

from cli.machine import Machine


def test_a_budget_is_lowered_for_one_thread_shown_and_given_back(shared: Machine) -> None:
    done = shared.run("budget", "set", "thread", "0.75", "--who", "fox", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"budget": "thread", "who": "fox", "limit_usd": "0.75"}
    assert "thread         $0.75" in shared.run("budget", "show", "--thread", "fox").stdout
    assert "thread         $5.00" in shared.run("budget", "show", "--thread", "owl").stdout
    assert shared.run("budget", "set", "thread", "policy", "--who", "fox").returncode == 0
    assert "thread         $5.00" in shared.run("budget", "show", "--thread", "fox").stdout


def test_a_budget_above_the_policy_is_refused_with_what_would_raise_it(shared: Machine) -> None:
    done = shared.run("budget", "set", "thread", "50")
    assert done.returncode == 2
    assert "above the policy's limit of $5" in done.stderr
    assert "policy file" in done.stderr


def test_spending_comes_as_a_table_for_spreadsheets(shared: Machine) -> None:
    done = shared.run("spend", "--by", "day,tenant,tag", "--csv")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == "day,tenant,tag,charged_usd"
    assert shared.run("spend", "--csv", "--json").returncode == 2


def test_two_things_are_not_frozen_at_once(shared: Machine) -> None:
    done = shared.run("freeze", "--provider", "a", "--tenant", "b", "--reason", "x")
    assert done.returncode == 2
    assert "one of --provider" in done.stderr


def test_everything_is_frozen_without_an_option_and_thawed_by_name(shared: Machine) -> None:
    assert "Frozen: all" in shared.run("freeze", "--reason", "month end").stdout
    assert "all (month end)" in shared.run("thaw").stdout
    assert "Thawed: all" in shared.run("thaw", "--all").stdout
    assert "Nothing is frozen" in shared.run("thaw").stdout


def test_an_operation_that_is_over_says_so_when_it_is_cancelled(shared: Machine) -> None:
    turn = shared.say("a red fox trots through a forest", thread="cancel")
    shot = turn["shots"][0]["operation_id"]
    done = shared.run("ops", "cancel", shot)
    assert done.returncode == 1
    assert "It is done already" in done.stdout
    missing = shared.run("ops", "cancel", "nothing")
    assert missing.returncode == 2
    assert "no operation" in missing.stderr


def test_an_audit_without_doubles_says_so(shared: Machine) -> None:
    done = shared.run("ops", "audit", "--since", "7d", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["findings"] == []
    assert "Nothing was found twice" in shared.run("ops", "audit").stdout


def test_a_cost_goes_only_with_a_taken_order(shared: Machine) -> None:
    done = shared.run("ops", "resolve", "x", "--not-taken", "--cost", "1")
    assert done.returncode == 2
    assert "go with --taken" in done.stderr
