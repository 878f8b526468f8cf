"""`cutaway demo`: it plays by itself, deaf to keys and settings, and leaves films one can watch."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cli.machine import Machine
from cutaway.media.probe import probe

pytestmark = pytest.mark.slow


def test_the_demo_answers_makes_and_revises_twice_whatever_the_environment_says(shared: Machine) -> None:
    home = shared.home / "lantern"
    home.mkdir()
    # None of this may count: a key, a model, a server, a broken file.
    (home / "cutaway.yaml").write_text("budgets: [\n")
    nowhere = "redis://127.0.0.1:1/0"
    done = shared.run(
        "demo", "--json", cwd=home, OPENAI_API_KEY="sk-none", CUTAWAY_MODEL="gpt-none", CUTAWAY_REDIS_URL=nowhere
    )
    assert done.returncode == 0, done.stderr
    shown = json.loads(done.stdout)
    question, film, night, price = shown["turns"]

    assert question["decision"] == "words"
    assert question["version"] is None
    assert "40 hours" in question["reply"]
    assert question["citations"][0]["ref"] == "lantern.md:6"

    assert [shot["class"] for shot in film["shots"]] == ["generate"] * 3
    assert all(shot["sources"] and shot["why"] for shot in film["shots"])
    assert night["version"]["parent_id"] == film["version"]["id"]
    assert {field for shot in night["shots"] for field in shot["fields"]} == {"setting", "time_of_day"}
    assert "generate" not in {shot["class"] for shot in price["shots"]}
    for turn in (film, night, price):
        assert turn["version"]["state"] == "ready"
        assert float(turn["version"]["charged_usd"]) == float(turn["version"]["quoted_usd"]) == 0

    assert [Path(path).name for path in shown["films"]] == ["v1.mp4", "v2.mp4", "v3.mp4"]
    assert Path(shown["films"][0]).parent == home / "cutaway-demo"
    for path in shown["films"]:
        facts = probe(Path(path))
        assert facts.video_codec == "h264"
        assert facts.duration_s == pytest.approx(9, abs=0.1)
        assert Path(path).with_suffix(".jpg").is_file()
    # The demo keeps its data in a folder of its own inside the person's.
    assert not (shared.data / "FORMAT").exists()


def test_the_demo_takes_the_persons_words_and_shows_the_plan(shared: Machine) -> None:
    home = shared.home / "words"
    home.mkdir()
    done = shared.run("demo", "A red fox trots through a pine forest, 1 second", "--out", "films", cwd=home)
    assert done.returncode == 0, done.stderr
    assert "Everything costs $0.00" in done.stdout
    assert "   You  A red fox trots through a pine forest, 1 second" in done.stdout
    for column in ("Shot", "Seconds", "Class", "Model", "At most", "Why", "From"):
        assert column in done.stdout
    assert "time of day" in done.stdout
    assert "reused: 1 of 1 pictures" in done.stdout
    assert re.search(r"Talk:   .*cutaway.* chat$", done.stdout, re.MULTILINE)
    assert sorted(path.name for path in (home / "films").glob("*.mp4")) == ["v1.mp4", "v2.mp4", "v3.mp4"]
    assert "v1 shot 1: done" in done.stderr
    assert "\x1b" not in done.stdout + done.stderr


def test_words_that_are_no_film_end_the_demo_kindly(shared: Machine) -> None:
    done = shared.run("demo", "hello")
    assert done.returncode == 0
    assert "Studio  Hello." in done.stdout
    assert "Watch:" not in done.stdout
