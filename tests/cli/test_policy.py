"""`cutaway policy` as processes: what it prints, what it refuses, and with which status it leaves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cli.machine import Machine
from cutaway.routing import Conditions, RoutingPolicy, route
from cutaway.routing.recorded import Facts, Recorded
from cutaway.routing.typical import order_of
from routing.catalog import CATALOG, NOON

HEAD = "apiVersion: cutaway/v1\nkind: RoutingPolicy\nmetadata: {name: mine}\nspec:\n"
EXPLAIN = ("--prompt", "a fox at dawn", "--seconds", "5", "--json")


def write(machine: Machine, body: str, name: str = "mine.yaml") -> Path:
    path = machine.home / name
    path.write_text(HEAD + body, encoding="utf-8")
    return path


def read(machine: Machine, *args: str, status: int = 0, **more: Any) -> dict[str, Any]:
    done = machine.run("policy", *args, **more)
    assert done.returncode == status, done.stderr + done.stdout
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("name", ["default", "cheapest", "subscription-20"])
def test_a_policy_that_comes_with_cutaway_is_linted_by_name(machine: Machine, name: str) -> None:
    found = read(machine, "lint", name, "--json")
    assert (found["ok"], found["policy"]) == (True, name)


def test_lint_names_every_fault_with_line_column_and_fix(machine: Machine) -> None:
    path = write(machine, "  objectve: price\n  mix_looks: 3\n")
    done = machine.run("policy", "lint", "mine.yaml")
    assert done.returncode == 2
    assert f"{path.name}, line 5, column 3: error: spec.objectve is not a key of a policy." in done.stdout
    assert "fix: Did you mean 'objective'?" in done.stdout
    assert f"{path.name}, line 6, column 3: error: spec.mix_looks is 3" in done.stdout


@pytest.mark.parametrize(
    ("body", "key", "words"),
    [
        ("  floors: {elo: 1900}\n", "spec.floors.elo", "the best there is has"),
        ("  budgets: {per_clip_usd: 3}\n", "spec.budgets.per_clip_usd", "contradict"),
        ("  prefer: ['fal:klin-4']\n", "spec.prefer[0]", "no candidate is called"),
        ("  plan: {name: p, price_usd: 1, included_clips: 900}\n", "spec.plan.included_clips", "sells under cost"),
    ],
)
def test_lint_tries_a_policy_on_the_models_that_are_here(machine: Machine, body: str, key: str, words: str) -> None:
    write(machine, body)
    found = read(machine, "lint", "mine.yaml", "--json", status=2)
    assert [key] == [one["key"] for one in found["findings"] if one["level"] == "error" and words in one["message"]]


EVERYWHERE = (("lint",), ("explain", *EXPLAIN), ("diff", "default"), ("simulate",))


@pytest.mark.parametrize("command", EVERYWHERE, ids=lambda command: str(command[0]))
def test_every_command_tells_all_faults_of_a_file_and_leaves_with_2(machine: Machine, command: tuple[str, ...]) -> None:
    write(machine, "  objectve: price\n  mix_looks: 3\n")
    name, *more = (one for one in command if one != "--json")
    done = machine.run("policy", name, "mine.yaml", *more)
    assert done.returncode == 2
    said = done.stdout + done.stderr
    assert "mine.yaml, line 5, column 3" in said
    assert "mine.yaml, line 6, column 3" in said
    found = read(machine, name, "mine.yaml", *more, "--json", status=2)
    findings = found.get("findings") or found["error"]["findings"]
    assert [one["key"] for one in findings] == ["spec.objectve", "spec.mix_looks"]


@pytest.mark.parametrize("command", EVERYWHERE, ids=lambda command: str(command[0]))
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("nowhere.yaml", "cannot be read: No such file"),
        ("draft-frist", "Did you mean 'draft-first'? With Cutaway come"),
    ],
)
def test_a_file_that_is_not_there_is_wrong_input(
    machine: Machine, command: tuple[str, ...], name: str, words: str
) -> None:
    does, *more = (one for one in command if one != "--json")
    done = machine.run("policy", does, name, *more)
    assert done.returncode == 2
    assert words in " ".join((done.stdout + done.stderr).split())


def test_explain_shows_every_model_without_any_key(machine: Machine) -> None:
    found = read(machine, "explain", "default", *EXPLAIN)
    models = [one["model"] for one in (*found["quotes"], *found["rejections"])]
    assert len(models) == len(set(models)) > 100
    assert found["chosen"] == found["quotes"][0]["model"]
    assert all(one["reason"] for one in found["rejections"])
    rented = next(one for one in found["quotes"] if one["model"] == "replicate:seedance-1.5-pro")
    assert (rented["usable"], rented["arithmetic"]) == (False, "5 s x $0.0260 = $0.13")
    assert rented["attempts"] > 1
    dear = next(one for one in found["rejections"] if "over the clip limit" in one["reason"])
    assert "$" in dear["arithmetic"]
    assert found["revision"] == RoutingPolicy().revision


def test_explain_leaves_avatars_that_speak_out_of_scenes(machine: Machine) -> None:
    found = read(machine, "explain", "cheapest", *EXPLAIN)
    reasons = {one["model"]: one["reason"] for one in found["rejections"]}
    assert reasons["heygen:avatar-iii"] == "speaks a script with an avatar; makes no scenes"
    assert not found["chosen"].startswith("heygen:")


def test_explain_of_an_order_that_nobody_may_make_has_every_reason(machine: Machine) -> None:
    write(machine, "  only: ['sketch:*']\n")
    found = read(machine, "explain", "mine.yaml", "--operation", "edit", *EXPLAIN, status=4)
    assert (found["chosen"], found["quotes"]) == (None, [])
    assert {"the policy allows only sketch:*"} <= {one["reason"] for one in found["rejections"]}


def test_explain_of_an_order_that_is_too_dear_keeps_the_sums(machine: Machine) -> None:
    write(machine, "  budgets: {per_clip_usd: 0.01}\n  ignore: ['sketch:*']\n")
    found = read(machine, "explain", "mine.yaml", *EXPLAIN, status=4)
    rejected = {one["model"]: one for one in found["rejections"]}["replicate:seedance-1.5-pro"]
    assert rejected["reason"] == "can cost $0.13, over the clip limit of $0.01"
    assert rejected["arithmetic"] == "5 s x $0.0260 = $0.13"


def test_explain_calls_an_outline_one_where_no_final_is_possible(machine: Machine) -> None:
    write(machine, "  budgets: {per_clip_usd: 0.01}\n")
    done = machine.run("policy", "explain", "mine.yaml", "--prompt", "a fox", "--seconds", "5")
    assert done.returncode == 0
    assert "outline   sketch:paper" in done.stdout
    assert "chosen" not in done.stdout
    said = " ".join(done.stdout.split())
    assert "no final is possible: " in said
    assert "over the clip limit of $0.01, and " in said
    assert "; an outline at $0.00 (sketch:paper)." in said
    assert "over the clip limit" in read(machine, "explain", "mine.yaml", *EXPLAIN)["no_final"]
    assert read(machine, "explain", "default", *EXPLAIN)["no_final"] == ""


def test_explain_shows_the_share_that_is_usually_charged(machine: Machine) -> None:
    found = read(machine, "explain", "default", *EXPLAIN)
    by_use = {one["model"]: one for one in found["quotes"]}["openrouter:seedance-1.5-pro"]
    assert by_use["arithmetic"] == "5 s x $0.0264 = $0.1320, usually 98 % of it"
    assert float(by_use["per_accepted_s_usd"]) == pytest.approx(0.1320 * 0.98 * by_use["attempts"] / 5, rel=1e-3)


def test_explain_says_which_rules_hold_at_a_moment(machine: Machine) -> None:
    at = ("--at", "2026-11-27T18:30+01:00")
    assert read(machine, "explain", "peak-hours", *at, *EXPLAIN)["rules"] == ["evening-soonest"]


def test_explain_as_text_is_a_table_with_the_sums(machine: Machine) -> None:
    done = machine.run("policy", "explain", "default", "--prompt", "a fox", "--seconds", "5")
    assert done.returncode == 0
    assert "chosen" in done.stdout
    assert "5 s x $0.0260 = $0.13" in done.stdout
    assert "not dark:" not in done.stdout
    assert "no key" in done.stdout


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (("--operation", "eddit"), "generate, edit, extend, upscale"),
        (("--resolution", "719p"), "360p"),
        (("--at", "noon"), "2026-12-01T18:00+01:00"),
    ],
)
def test_explain_refuses_a_wrong_wish_with_what_there_is(machine: Machine, more: tuple[str, ...], says: str) -> None:
    done = machine.run("policy", "explain", "default", *more, "--prompt", "a fox", "--seconds", "5")
    assert done.returncode == 2
    assert says in done.stderr


def test_diff_shows_keys_and_decisions_that_differ(machine: Machine) -> None:
    found = read(machine, "diff", "default", "cheapest", "--json")
    assert {"key": "objective", "a": "accepted_cost", "b": "price"} in found["keys"]
    assert any(one["order"] == "5 s, 720p from a picture" for one in found["decisions"])
    assert read(machine, "diff", "default", "default", "--json")["keys"] == []


def test_diff_as_text_says_only_what_differs(machine: Machine) -> None:
    rule = "    - {name: long, when: {seconds_over: 8}, then: {objective: price"
    write(machine, f"  rules:\n{rule}}}}}\n", "a.yaml")
    write(machine, f"  budgets: {{per_clip_usd: 0.01}}\n  rules:\n{rule}, floors: {{elo: 1200}}}}}}\n", "b.yaml")
    done = machine.run("policy", "diff", "a.yaml", "b.yaml")
    assert done.returncode == 0, done.stderr
    keys = [line for line in done.stdout.splitlines() if line.startswith(("rules", "budgets"))]
    assert keys == ["budgets.per_clip_usd: 0.50 -> 0.01", "rules long.then.floors.elo: none -> 1200.0"]
    assert "null" not in done.stdout
    line = next(line for line in done.stdout.splitlines() if line.startswith("5 s, 720p:"))
    assert " -> no final is possible (" in line
    assert line.endswith("; an outline at $0.00")
    found = read(machine, "diff", "a.yaml", "b.yaml", "--json")
    rules = next(one for one in found["keys"] if one["key"] == "rules")
    assert rules["b"][0]["then"]["floors"] == {"elo": 1200.0, "latency_s": None, "resolution": None}


def test_diff_has_one_line_for_each_key_it_counts(machine: Machine) -> None:
    rules = "[{name: a, then: {objective: price}}, {name: b, then: {continuity: 0}}]"
    write(machine, f"  budgets: {{per_provider_month_usd: {{fal: 20}}}}\n  rules: {rules}\n")
    done = machine.run("policy", "diff", "default", "mine.yaml")
    assert done.returncode == 0, done.stderr
    keys = [line for line in done.stdout.splitlines() if line.startswith(("rules", "budgets"))]
    assert {line.partition(":")[0] for line in keys} == {"budgets.per_provider_month_usd.fal", "rules a", "rules b"}
    assert "3 keys and " in done.stdout
    found = read(machine, "diff", "default", "mine.yaml", "--json")
    assert {one["key"] for one in found["keys"]} == {"budgets.per_provider_month_usd.fal", "rules"}


def test_the_schema_is_printed(machine: Machine) -> None:
    assert read(machine, "schema")["title"] == "Cutaway routing policy"


def test_simulate_compares_policies_on_recorded_decisions_and_writes_a_page(machine: Machine) -> None:
    request = order_of()
    decision = route(request, CATALOG, RoutingPolicy(), Conditions(now=NOON))
    one = Recorded(at=NOON, facts=Facts.of(request), decision=decision)
    (machine.home / "decisions.jsonl").write_text(one.model_dump_json() + "\n", encoding="utf-8")
    arguments = ("simulate", "default", "cheapest", "--from", "decisions.jsonl", "--report", "out.html", "--json")
    found = read(machine, *arguments)
    assert [row["policy"] for row in found["policies"]] == ["recorded", "default", "cheapest"]
    assert found["decisions"] == 1
    assert "<svg" in (machine.home / "out.html").read_text("utf-8")


def test_simulate_marks_what_is_expected_of_unrated_models_as_a_guess(machine: Machine) -> None:
    request = order_of()
    decision = route(request, CATALOG, RoutingPolicy(objective="price"), Conditions(now=NOON))
    one = Recorded(at=NOON, facts=Facts.of(request), decision=decision)
    (machine.home / "decisions.jsonl").write_text(one.model_dump_json() + "\n", encoding="utf-8")
    done = machine.run("policy", "simulate", "default", "--from", "decisions.jsonl")
    assert done.returncode == 0, done.stderr
    assert "(guess) where they are those of a paid model that nobody rated" in " ".join(done.stdout.split())


def test_simulate_counts_the_finals_that_a_policy_cannot_make(machine: Machine) -> None:
    request = order_of()
    decision = route(request, CATALOG, RoutingPolicy(), Conditions(now=NOON))
    one = Recorded(at=NOON, facts=Facts.of(request), decision=decision)
    (machine.home / "decisions.jsonl").write_text(one.model_dump_json() + "\n", encoding="utf-8")
    write(machine, "  only: ['sketch:*']\n", "house.yaml")
    arguments = ("simulate", "house.yaml", "--from", "decisions.jsonl")
    done = machine.run("policy", *arguments)
    assert done.returncode == 0, done.stderr
    assert "No final: orders that come to an outline only" in done.stdout
    assert [row["no_final"] for row in read(machine, *arguments, "--json")["policies"]] == [0, 1]


def test_a_line_that_is_no_decision_is_told_with_its_number(machine: Machine) -> None:
    (machine.home / "bad.jsonl").write_text('\n{"at": "noon"}\n', encoding="utf-8")
    done = machine.run("policy", "simulate", "default", "--from", "bad.jsonl")
    assert done.returncode == 2
    assert "bad.jsonl, line 2: this is no recorded decision (at is 'noon', which does not fit)" in done.stderr


def test_a_record_from_before_the_moment_was_kept_says_so(machine: Machine) -> None:
    old = json.loads((Path(__file__).parents[1] / "routing" / "golden" / "decision-0.json").read_text("utf-8"))
    (machine.home / "old.jsonl").write_text(json.dumps(old) + "\n", encoding="utf-8")
    done = machine.run("policy", "simulate", "default", "--from", "old.jsonl")
    assert done.returncode == 0, done.stderr
    assert "the moment of 1" in " ".join(done.stdout.split())


def test_a_record_whose_decision_is_damaged_is_told(machine: Machine) -> None:
    request = order_of()
    decision = route(request, CATALOG, RoutingPolicy(), Conditions(now=NOON))
    one = Recorded(at=NOON, facts=Facts.of(request), decision=decision).document
    one["decision"]["reasons"] = []
    (machine.home / "bad.jsonl").write_text(json.dumps(one) + "\n", encoding="utf-8")
    done = machine.run("policy", "simulate", "default", "--from", "bad.jsonl")
    assert done.returncode == 2
    assert "bad.jsonl, line 1: this is no recorded decision" in done.stderr
    assert "its decision cannot be unpacked" in " ".join(done.stderr.split())


def test_applying_a_file_that_is_not_there_says_so(machine: Machine) -> None:
    done = machine.run("policy", "apply", "nowhere.yaml")
    assert done.returncode == 2
    assert "nowhere.yaml is not there; what held before still does." in " ".join(done.stderr.split())
    assert "has errors" not in done.stderr


def test_a_canary_of_no_threads_is_refused(machine: Machine) -> None:
    done = machine.run("policy", "apply", "cheapest", "--canary", "0")
    assert done.returncode == 2
    assert "--canary" in done.stderr


def test_apply_names_the_line_of_the_settings_that_names_a_policy_file(machine: Machine) -> None:
    write(machine, "  objective: price\n")
    config = machine.home / "with-policy.yaml"
    config.write_text("# settings\npolicy: mine.yaml\n", encoding="utf-8")
    done = machine.run("policy", "apply", "cheapest", CUTAWAY_CONFIG=str(config))
    assert done.returncode == 5
    said = " ".join(done.stderr.split())
    assert "take policy: out of" in said
    assert "with-policy.yaml (line 2) to use the store" in said
    assert "CUTAWAY_POLICY" not in said


@pytest.mark.slow
def test_a_policy_goes_live_as_a_canary_and_back(shared: Machine) -> None:
    assert read(shared, "status", "--json")["active"]["name"] == "default"
    canary = read(shared, "apply", "draft-first", "--canary", "5", "--json")
    assert (canary["active"], canary["percent"]) == ("", 5)
    assert read(shared, "status", "--json")["canary"]["name"] == "draft-first"
    assert read(shared, "apply", "cheapest", "--json")["canary"] == ""
    assert read(shared, "status", "--json")["active"]["name"] == "cheapest"
    assert read(shared, "rollback", "--json")["active"] == ""
    done = shared.run("policy", "rollback")
    assert done.returncode == 2
    assert "no policy to go back to" in done.stderr


@pytest.mark.slow
def test_a_policy_with_errors_is_not_applied(shared: Machine) -> None:
    write(shared, "  budgets: {per_clip_usd: 3}\n", "bad.yaml")
    before = read(shared, "status", "--json")["active"]
    assert read(shared, "apply", "bad.yaml", "--json", status=2)["applied"] is False
    assert read(shared, "status", "--json")["active"] == before


@pytest.mark.slow
def test_an_applied_policy_decides_and_its_decisions_can_be_replayed(shared: Machine) -> None:
    revision = read(shared, "apply", "cheapest", "--json")["revision"]
    shared.say("a fox in the snow, 2 seconds", "--no-wait", thread="live")
    lines = shared.run("policy", "decisions", "--since", "1d").stdout.splitlines()
    assert json.loads(lines[-1])["decision"]["policy_revision"] == revision
    found = read(shared, "simulate", "default", "cheapest", "--since", "1d", "--json")
    assert found["decisions"] == len(lines)


@pytest.mark.slow
def test_a_policy_file_that_is_gone_is_told_by_status_and_doctor(shared: Machine) -> None:
    path = write(shared, "  objective: price\n", "live.yaml")
    there: dict[str, Any] = {"CUTAWAY_POLICY": str(path)}
    assert read(shared, "status", "--json", **there)["active"]["name"] == "mine"
    done = shared.run("chat", "--once", "a fox, 1 second", "--thread", "filed", "--no-wait", "--json", **there)
    assert done.returncode == 0, done.stderr
    refused = shared.run("policy", "apply", "cheapest", **there)
    assert refused.returncode == 5
    assert "comes from the file" in refused.stderr
    path.unlink()
    gone = read(shared, "status", "--json", status=5, **there)
    assert "cannot be read" in gone["problem"]
    assert "Studios that are running keep mine@" in gone["problem"]
    report = shared.run("doctor", "--json", **there)
    assert report.returncode != 0
    policy = json.loads(report.stdout)["findings"][-1]
    assert (policy["what"], policy["state"]) == ("policy", "fail")
    assert "keep mine@" in policy["says"]


@pytest.mark.slow
def test_finals_that_a_budget_refuses_leave_with_3_and_name_it(shared: Machine) -> None:
    # Nobody has to answer there: the order is refused before anything is sent.
    server = "adapter: openai_videos, base_url: 'http://127.0.0.1:9/v1', own: true, submit_tier: deduplicates"
    price = "{usd_per_s: '0.10', source: our own GPU hours, as_of: 2026-11-01}"
    models = f"[{{id: wan, resolutions: [480p], durations_s: [2, 4], price: {price}}}]"
    config = shared.home / "gpu.yaml"
    config.write_text(f"providers: {{gpu: {{{server}, models: {models}}}}}\n", encoding="utf-8")
    there: dict[str, Any] = {"CUTAWAY_CONFIG": str(config), "CUTAWAY_ALLOW_PAID_EMBEDDED": "true"}
    first = shared.run("chat", "--once", "a fox, 2 seconds", "--thread", "over", "--no-wait", "--json", **there)
    assert first.returncode == 0, first.stderr
    shared.run("budget", "set", "thread", "0.10", "--who", "over", **there)
    done = shared.run("chat", "--once", "final", "--thread", "over", **there)
    assert done.returncode == 3, done.stderr
    assert "gpu:wan would be chosen, but can cost $0.20; $0.10 are left of the thread budget of $0.10" in done.stderr
    assert "`cutaway budget set thread policy --who over`" in " ".join(done.stderr.split())


def test_several_policies_are_linted_at_once_and_each_is_told(machine: Machine) -> None:
    write(machine, "  objectve: price\n", "wrong.yaml")
    write(machine, "  objective: price\n", "right.yaml")
    found = read(machine, "lint", "right.yaml", "wrong.yaml", "default", "--json", status=2)
    assert found["ok"] is False
    assert [(Path(one["file"]).name, one["ok"]) for one in found["files"]] == [
        ("right.yaml", True), ("wrong.yaml", False), ("default.yaml", True)
    ]  # fmt: skip
    done = machine.run("policy", "lint", "right.yaml", "wrong.yaml", "default")
    assert done.returncode == 2
    assert "1 of 3 cannot be used: " in done.stdout
    assert machine.run("policy", "lint", "right.yaml", "default").returncode == 0


RULES = """  rules:
    - {name: vip, when: {tenant: [acme]}, then: {objective: price}}
    - {name: launch, when: {tag: [launch]}, then: {objective: price}}
    - {name: drafts, when: {stage: [draft]}, then: {objective: price}}
"""


@pytest.mark.parametrize(
    ("said", "rules"),
    [
        ((), []),
        (("--tenant", "acme"), ["vip"]),
        (("--tag", "spring", "--tag", "launch"), ["launch"]),
        (("--stage", "draft"), ["drafts"]),
    ],
)
def test_explain_takes_what_rules_are_about(machine: Machine, said: tuple[str, ...], rules: list[str]) -> None:
    write(machine, RULES)
    assert read(machine, "explain", "mine.yaml", *EXPLAIN, *said)["rules"] == rules


def test_explain_chooses_image_models_for_a_still_and_refuses_a_rung_that_there_is_not(machine: Machine) -> None:
    found = read(machine, "explain", "default", *EXPLAIN, "--stage", "still")
    assert found["chosen"].split(":")[0] in {one["model"].split(":")[0] for one in found["quotes"]}
    assert "makes video, not image" in {one["reason"] for one in found["rejections"]}
    done = machine.run("policy", "explain", "default", *EXPLAIN[:4], "--stage", "rough")
    assert (done.returncode, "animatic, still, draft, final" in done.stderr) == (2, True)


def test_a_moment_without_a_zone_is_utc_and_said_so(machine: Machine) -> None:
    plain, zoned = (
        machine.run("policy", "explain", "default", *EXPLAIN[:4], "--at", at).stdout
        for at in ("2026-12-01T18:00", "2026-12-01T19:00+01:00")
    )
    assert plain.startswith("As at 2026-12-01 18:00 UTC.\n")
    assert plain == zoned
    assert "without a zone" in machine.run("policy", "explain", "--help").stdout


def test_no_name_is_broken_in_a_table_that_goes_into_a_pipe(machine: Machine) -> None:
    said = machine.run("policy", "explain", "default", *EXPLAIN[:4]).stdout
    found = read(machine, "explain", "default", *EXPLAIN)
    assert any(len(one["model"]) > 25 for one in found["quotes"])
    assert all(one["model"] in said for one in found["quotes"])
