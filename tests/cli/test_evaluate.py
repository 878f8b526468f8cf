"""`cutaway evaluate` as processes: its table, its parts, and what it keeps to itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cli.machine import Machine
from conversation.chat_server import ChatServer, serving

MINE = """\
- conversation: wet
  start: {cast: [fox], shots: [{cast: [fox], setting: forest}]}
  turns:
    - {say: "make it rain", kind: edit, edits: [{op: set_weather, weather: rain}]}
    - {say: "sing me something", kind: chat, intent: answer}
- conversation: secret
  held_out: true
  turns:
    - {say: "whistle the hidden tune", kind: chat, intent: answer}
"""

REASONER = """\
from cutaway import Situation, TurnPlan
from cutaway.storyboard.edits import SetWeather


class Weatherman:
    name = "weatherman"

    async def plan(self, situation: Situation) -> TurnPlan:
        if "rain" in situation.text:
            return TurnPlan(intent="edit", decision="video", edits=(SetWeather(weather="rain"),))
        return TurnPlan(intent="ask", reply="About rain?")
"""


@pytest.fixture
def mine(machine: Machine) -> Path:
    (machine.home / "weatherman.py").write_text(REASONER, encoding="utf-8")
    path = machine.home / "mine.yaml"
    path.write_text(MINE, encoding="utf-8")
    return path


def read(machine: Machine, *args: str) -> dict[str, Any]:
    done = machine.run("evaluate", *args, "--json")
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.slow
def test_the_offline_reasoner_is_measured_on_the_whole_table(machine: Machine) -> None:
    found = read(machine)
    assert found["reasoner"] == "keywords"
    assert found["turns"] == sum(part["count"] for part in found["parts"].values()) >= 260
    for part in found["parts"].values():
        low, high = part["decision"]["interval_95"]
        assert 0.3 < low < part["decision"]["share"] < high < 1
        assert part["failed"] == 0
    assert "failures" not in found


@pytest.mark.parametrize(("flag", "part"), [("--open", "open"), ("--held-out", "held_out")])
def test_one_part_is_measured_alone(machine: Machine, mine: Path, flag: str, part: str) -> None:
    assert list(read(machine, "--conversations", "mine.yaml", flag)["parts"]) == [part]


def test_the_table_shows_every_kind_and_both_parts(machine: Machine, mine: Path) -> None:
    done = machine.run("evaluate", "--conversations", "mine.yaml", "--reasoner", "weatherman:Weatherman")
    assert done.returncode == 0, done.stderr
    lines = [line.split() for line in done.stdout.splitlines()]
    assert ["edit", "1", "100%", "100%", "100%", "-", "100%", "100%", "0", "(0)"] in lines
    assert ["chat", "2", "100%", "0%", "-", "-", "0%", "-", "2", "(0)"] in lines
    assert "open: decision 2/2 (34% to 100%); edits fully right 1/1" in done.stdout
    assert "held out: decision 1/1" in done.stdout


def test_failures_of_held_out_turns_stay_unseen_unless_asked_for(machine: Machine, mine: Path) -> None:
    args = ("evaluate", "--conversations", "mine.yaml", "--reasoner", "weatherman:Weatherman", "--failures")
    done, spoilt = machine.run(*args), machine.run(*args, "--show-held-out")
    assert "sing me something" in done.stdout
    assert "intent ask, not answer" in done.stdout
    assert "hidden tune" not in done.stdout
    assert "hidden tune" in spoilt.stdout


def test_failures_as_json_hold_what_was_expected_and_what_came(machine: Machine, mine: Path) -> None:
    args = ("--conversations", "mine.yaml", "--reasoner", "weatherman:Weatherman", "--failures")
    (one,) = read(machine, *args)["failures"]
    assert (one["conversation"], one["turn"], one["held_out"]) == ("wet", 2, False)
    assert one["expected"][0]["intent"] == "answer"
    assert one["got"]["reply"] == "About rain?"


def test_a_model_is_not_called_without_a_yes(machine: Machine, mine: Path) -> None:
    args = ("--reasoner", "litellm", "--model", "openai/gpt-5-mini", "--conversations", "mine.yaml")
    done = machine.run("evaluate", *args)
    assert done.returncode == 2
    assert "would be called 3 to 6 times" in done.stderr
    assert "--yes" in done.stderr


@pytest.mark.parametrize(
    ("args", "status", "says"),
    [
        (("--reasoner", "parrot"), 2, "no reasoner 'parrot'"),
        (("--reasoner", "nowhere:Parrot"), 2, "ModuleNotFoundError"),
        (("--reasoner", "pathlib:Path"), 2, "makes no reasoner"),
        (("--reasoner", "litellm"), 5, "CUTAWAY_MODEL"),
        (("--model", "openai/gpt-5-mini"), 2, "--reasoner litellm"),
        (("--conversations", "none.yaml"), 2, "There is no file none.yaml"),
        (("--held-out", "--open"), 2, "together"),
        (("--show-held-out",), 2, "--failures"),
    ],
)
def test_wrong_input_is_named_with_its_fix(machine: Machine, args: tuple[str, ...], status: int, says: str) -> None:
    done = machine.run("evaluate", *args)
    assert done.returncode == status
    assert says in done.stderr
    assert "fix:" in done.stderr


@pytest.mark.slow
def test_a_model_is_called_once_a_turn_and_judged_like_any_reasoner(machine: Machine, mine: Path) -> None:
    said = json.dumps({"intent": "answer", "reply": "La la la.", "rationale": "It is small talk.", "confidence": 0.9})
    with serving(ChatServer(answers=[said])) as server:
        done = machine.run(
            "evaluate",
            *("--reasoner", "litellm", "--model", "openai/storyteller", "--conversations", "mine.yaml"),
            *("--yes", "--json"),
            OPENAI_API_KEY="sk-test",
            OPENAI_API_BASE=server.base_url,
        )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert len(server.requests) == found["turns"] == 3
    assert (found["kinds"]["chat"]["right"]["right"], found["kinds"]["edit"]["right"]["right"]) == (2, 0)


@pytest.mark.slow
def test_a_model_that_cannot_be_reached_leaves_with_4_and_gives_no_score(machine: Machine, mine: Path) -> None:
    with serving(ChatServer(mode="401")) as server:
        done = machine.run(
            "evaluate",
            *("--reasoner", "litellm", "--model", "openai/storyteller", "--conversations", "mine.yaml", "--yes"),
            OPENAI_API_KEY="sk-test",
            OPENAI_API_BASE=server.base_url,
        )
    assert done.returncode == 4
    assert "refused the credential (401)" in done.stderr
    assert "Decision" not in done.stdout
