"""`cutaway chat`, as real processes on one data directory."""

from __future__ import annotations

import json
import signal
import subprocess
from pathlib import Path

import pytest

from cli.machine import Machine

pytestmark = pytest.mark.slow

FOX = "a red fox trots through a pine forest at dusk, then climbs a ridge as snow falls, 1 second each"


def _until(process: subprocess.Popen[str], word: str) -> None:
    """Read the process's stderr up to a line with the word."""
    assert process.stderr is not None
    said = []
    for line in process.stderr:
        said.append(line)
        if word in line:
            return
    raise AssertionError(f"{word!r} was never said:\n{''.join(said)}")


def test_a_turn_is_one_json_document_and_the_next_one_revises_it(shared: Machine) -> None:
    first = shared.say(FOX, thread="t")
    assert first["decision"] == "video"
    assert first["rationale"]
    assert [shot["class"] for shot in first["shots"]] == ["generate", "generate"]
    assert all(shot["model"] and shot["operation_id"] for shot in first["shots"])
    assert first["version"]["state"] == "ready"
    assert first["version"]["parent_id"] is None
    assert Path(first["version"]["path"]).stat().st_size > 10_000
    assert float(first["version"]["quoted_usd"]) == float(first["version"]["charged_usd"]) == 0

    second = shared.say("make shot 2 night", thread="t")
    assert second["version"]["parent_id"] == first["version"]["id"]
    assert [shot["class"] for shot in second["shots"]] == ["reuse", "generate"]
    assert second["shots"][1]["fields"] == ["time_of_day"]
    assert second["shots"][0]["operation_id"] is None


def test_the_same_message_id_twice_is_one_turn(shared: Machine) -> None:
    text = "a red fox trots through a desert at noon, 1 second"
    first = shared.say(text, "--message-id", "m1", thread="twice")
    again = shared.say(text, "--message-id", "m1", thread="twice")
    assert again["message_id"] == first["message_id"] == "m1"
    assert again["version"]["id"] == first["version"]["id"]
    assert len(shared.versions("twice")) == 1


def test_a_message_id_with_other_words_is_refused(shared: Machine) -> None:
    shared.say("hello", "--message-id", "h1", thread="other")
    done = shared.run("chat", "--once", "hello again", "--message-id", "h1", "--thread", "other", "--json")
    assert done.returncode == 2
    assert json.loads(done.stdout)["error"]["code"] == "message"


def test_two_chats_at_once_on_one_thread_lose_neither_turn(shared: Machine) -> None:
    shared.say("a red fox trots through a pine forest at dawn, 1 second", thread="both")
    said = ("make it rain", 'add the title "Two at once"')
    chats = [shared.start("chat", "--once", text, "--thread", "both", "--json") for text in said]
    turns = []
    for chat in chats:
        out, err = chat.communicate(timeout=90)
        assert chat.returncode == 0, err
        turns.append(json.loads(out))
    assert {turn["version"]["number"] for turn in turns} == {2, 3}
    later, earlier = sorted(turns, key=lambda turn: -turn["version"]["number"])
    assert later["version"]["parent_id"] == earlier["version"]["id"]
    assert all(turn["version"]["state"] == "ready" for turn in turns)


def test_work_that_nobody_waits_for_is_finished_after_the_caller_left(shared: Machine) -> None:
    text = "a black cat sleeps on a beach at dusk, 2 seconds"
    turn = shared.say(text, "--no-wait", thread="later")
    assert turn["version"]["state"] == "making"
    # The same message again waits for what the first one began; it orders nothing itself.
    again = shared.say(text, "--message-id", turn["message_id"], thread="later")
    assert again["version"]["id"] == turn["version"]["id"]
    assert again["version"]["state"] == "ready"
    assert [shot["operation_id"] for shot in again["shots"]] == [shot["operation_id"] for shot in turn["shots"]]


def test_ctrl_c_during_a_wait_keeps_the_work(shared: Machine) -> None:
    text = "a black cat walks through a city at night, 2 seconds"
    chat = shared.start("chat", "--once", text, "--thread", "stopped", "--message-id", "s1", "--json")
    _until(chat, "begun")
    chat.send_signal(signal.SIGINT)
    out, err = chat.communicate(timeout=20)
    assert chat.returncode == 130
    assert "goes on" in err
    assert json.loads(out)["version"]["state"] == "making"
    again = shared.say(text, "--message-id", "s1", thread="stopped")
    assert again["version"]["state"] == "ready"


def test_lines_from_a_pipe_are_a_conversation(shared: Machine) -> None:
    (shared.home / "lamp.md").write_text("# Ember lamp\n\n- Price: $89\n- Burns 40 hours on one charge\n")
    said = "/attach lamp.md\nhow long does it burn?\n/nonsense\n/versions\n/budget\n/help\n/quit\nnever read\n"
    done = shared.run("chat", "--thread", "piped", said=said)
    assert done.returncode == 0
    assert "   You  how long does it burn?" in done.stdout
    assert "40 hours" in done.stdout
    assert "lamp.md:4" in done.stdout
    assert "There is no version yet." in done.stdout
    assert "There is no command '/nonsense'." in done.stderr
    assert "$5.00" in done.stdout
    assert "/compare" in done.stdout
    assert "never read" not in done.stdout
    assert "\x1b" not in done.stdout + done.stderr


def test_a_question_about_the_context_is_answered_in_words(shared: Machine) -> None:
    (shared.home / "lamp.md").write_text("# Ember lamp\n\n- Price: $89\n- Burns 40 hours on one charge\n")
    turn = shared.say("what does the lamp cost?", "--context", "lamp.md", thread="words")
    assert turn["decision"] == "words"
    assert turn["version"] is None
    assert turn["citations"][0]["ref"] == "lamp.md:3"


def test_operations_are_listed_and_shown(shared: Machine) -> None:
    turn = shared.say("a red fox sleeps in a meadow, 1 second", thread="ops")
    listed = json.loads(shared.run("ops", "list", "--thread", "ops", "--json").stdout)["operations"]
    assert {operation["kind"] for operation in listed} == {"shot", "cut"}
    assert {operation["phase"] for operation in listed} == {"done"}
    wanted = turn["shots"][0]["operation_id"]
    shown = json.loads(shared.run("ops", "show", wanted, "--json").stdout)
    assert shown["id"] == wanted
    assert shown["money"] == "none"
