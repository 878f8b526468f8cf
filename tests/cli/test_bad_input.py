"""Wrong settings and wrong words: two lines that say what and how to mend it, and a status that programs can read."""

from __future__ import annotations

import io
import json
import random
from pathlib import Path

import pytest
from PIL import Image

from cli.machine import Machine
from cutaway.media.probe import probe


def _png() -> bytes:
    data = io.BytesIO()
    Image.frombytes("L", (200, 200), random.Random(1).randbytes(40_000)).save(data, "png")
    return data.getvalue()


NOISE = _png()


def test_a_broken_configuration_names_its_file_and_line(machine: Machine) -> None:
    (machine.home / "cutaway.yaml").write_text("resolution: 480p\nbudgets: [\n")
    done = machine.run("versions")
    assert done.returncode == 5
    assert f"{machine.home / 'cutaway.yaml'}, line " in done.stderr
    assert "\nfix: " in done.stderr
    assert done.stdout == ""


def test_a_wrong_value_in_the_configuration_names_its_key_and_line(machine: Machine) -> None:
    (machine.home / "cutaway.yaml").write_text("\nresolution: 8k\n")
    done = machine.run("doctor")
    assert done.returncode == 5
    assert "line 2" in done.stdout
    assert "resolution" in done.stdout
    assert "480p" in done.stdout


def test_a_mistake_that_only_workers_read_is_refused_before_anything_is_held(machine: Machine) -> None:
    (machine.home / "cutaway.yaml").write_text("providers: {sketch: {max_in_flight: two}}\n")
    done = machine.run("chat", "--once", "a fox", "--yes")
    assert done.returncode == 5
    assert "providers.sketch.max_in_flight is 'two'" in done.stderr
    assert not (machine.data / "logs").exists()


def test_an_unwritable_data_directory_is_named_with_its_fix(machine: Machine) -> None:
    (machine.home / "file").write_text("not a folder")
    done = machine.run("chat", "--once", "hello", CUTAWAY_DATA_DIR=str(machine.home / "file" / "data"))
    assert done.returncode == 5
    assert done.stderr.startswith("error: ")
    assert str(machine.home / "file" / "data") in done.stderr
    assert "fix: " in done.stderr


def test_data_of_a_newer_release_is_left_alone(machine: Machine) -> None:
    machine.data.mkdir()
    (machine.data / "FORMAT").write_text('{"format": 99}')
    done = machine.run("chat", "--once", "hello", "--json")
    assert done.returncode == 5
    error = json.loads(done.stdout)["error"]
    assert error["code"] == "config"
    assert "99" in error["message"]
    assert "CUTAWAY_DATA_DIR" in error["fix"]
    assert not (machine.data / "threads.sqlite").exists()


def test_a_socket_path_that_is_too_long_is_refused_with_a_shorter_one(machine: Machine) -> None:
    done = machine.run("versions", CUTAWAY_RUNTIME_DIR=f"/tmp/{'x' * 120}")
    assert done.returncode == 5
    assert "CUTAWAY_RUNTIME_DIR" in done.stderr


def test_a_server_that_does_not_answer_is_a_store_error(machine: Machine) -> None:
    done = machine.run("versions", "--json", CUTAWAY_REDIS_URL=f"unix://{machine.home}/nobody.sock")
    assert done.returncode == 5
    assert json.loads(done.stdout)["error"]["code"] == "store"


@pytest.mark.parametrize(
    "args",
    [
        ("chat", "--message-id", "m1"),
        ("worker", "--queue", "gpu"),
        ("worker", "--count", "0"),
        ("chat", "--nonsense"),
        ("ops", "show"),
    ],
)
def test_a_wrong_option_is_a_usage_error(machine: Machine, args: tuple[str, ...]) -> None:
    done = machine.run(*args)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_the_demo_says_when_its_folder_cannot_be_made(machine: Machine) -> None:
    (machine.home / "file").write_text("not a folder")
    done = machine.run("demo", "--out", str(machine.home / "file" / "out"))
    assert done.returncode == 2
    assert "--out" in done.stderr


@pytest.mark.slow
class TestOnARunningMachine:
    def test_an_unknown_thread_is_named(self, shared: Machine) -> None:
        done = shared.run("versions", "nowhere")
        assert done.returncode == 2
        assert "error: There is no thread 'nowhere'." in done.stderr

    def test_an_unknown_operation_is_one_json_document(self, shared: Machine) -> None:
        done = shared.run("ops", "show", "0" * 32, "--json")
        assert done.returncode == 2
        assert json.loads(done.stdout)["error"]["code"] == "not_found"

    def test_a_thread_name_that_cannot_be_one_is_refused(self, shared: Machine) -> None:
        assert shared.run("chat", "--once", "hello", "--thread", "a/b").returncode == 2

    @pytest.mark.parametrize("text", ["", "   ", "\u200b", "x" * 100_000])
    def test_an_unusable_message_is_refused_with_a_fix(self, shared: Machine, text: str) -> None:
        done = shared.run("chat", "--once", text, "--thread", "empty", "--json")
        assert done.returncode == 2
        error = json.loads(done.stdout)["error"]
        assert error["code"] == "message"
        assert error["fix"]

    @pytest.mark.parametrize("text", ["🦊🌲❄️", "ثعلب أحمر يركض", "a\x1b[31mred\x07 fox"])
    def test_odd_letters_get_an_answer_without_control_characters(self, shared: Machine, text: str) -> None:
        done = shared.run("chat", "--once", text, "--thread", "odd", "--no-wait")
        assert done.returncode == 0, done.stderr
        assert "\x1b" not in done.stdout + done.stderr
        assert "Studio" in done.stdout

    def test_a_file_that_cannot_be_read_is_named(self, shared: Machine) -> None:
        done = shared.run("chat", "--once", "hello", "--context", "missing.md")
        assert done.returncode == 2
        assert "missing.md" in done.stderr

    @pytest.mark.parametrize("option", ["--attach", "--context"])
    @pytest.mark.parametrize(
        ("name", "data"),
        [
            ("garbage.png", bytes(range(255, 0, -1)) * 20),
            ("truncated.png", NOISE[: len(NOISE) // 2]),
            ("header.png", NOISE[:40]),
            ("empty.png", b""),
            ("renamed.png", b"a robot of tin"),
        ],
    )
    def test_a_broken_picture_is_named_and_begins_no_film(
        self, shared: Machine, tmp_path: Path, name: str, data: bytes, option: str
    ) -> None:
        (tmp_path / name).write_bytes(data)
        said = ("chat", "--once", "a robot that looks like the picture walks in a street", "--thread", "pictured")
        done = shared.run(*said, option, str(tmp_path / name))
        assert done.returncode == 2
        assert done.stderr.startswith(f"error: {name} ")
        assert "\nfix: " in done.stderr
        assert shared.run("versions", "pictured").returncode == 2, "there is no thread yet"

    def test_what_is_too_much_is_made_within_the_limits_that_are_named(self, shared: Machine) -> None:
        text = f'a cat sits in a meadow for 0.1 seconds with the title "{"long words " * 455}"'
        done = shared.run("chat", "--once", text, "--thread", "much", "--json")
        assert done.returncode == 0, done.stderr
        turn = json.loads(done.stdout)
        assert "Shot 1 lasts 0.5 s instead of 0.1 s: a shot can last 0.5 to 60 s." in turn["reply"]
        assert "cut to 400 letters" in turn["reply"]
        assert probe(Path(turn["version"]["path"])).duration_s == pytest.approx(0.5, abs=0.1)

    def test_words_that_contradict_each_other_are_named_with_what_was_drawn(self, shared: Machine) -> None:
        text = "a cat at night at noon in the rain under a clear sky"
        done = shared.run("chat", "--once", text, "--thread", "both", "--json")
        assert done.returncode == 0, done.stderr
        turn = json.loads(done.stdout)
        assert 'so I took "noon"' in turn["reply"]
        assert 'so I took "clear sky"' in turn["reply"]
        assert Path(turn["version"]["path"]).is_file()

    def test_what_the_artist_cannot_draw_is_said_and_the_rest_is_drawn(self, shared: Machine) -> None:
        text = "a cat in a meadow with stroboscopic lighting in the style of quantum baroque"
        done = shared.run("chat", "--once", text, "--thread", "undrawn")
        assert done.returncode == 0, done.stderr
        assert "I cannot draw the light 'stroboscopic lighting'" in done.stderr
        assert "I have no style 'quantum baroque'" in done.stderr
        assert "v1 is ready" in done.stdout

    @pytest.mark.parametrize("title", ["ثعلب في الغابة", "森林里的狐狸"])
    def test_a_title_in_any_script_is_on_the_film(self, shared: Machine, title: str) -> None:
        text = f'a cat sleeps in a meadow with the title "{title}"'
        done = shared.run("chat", "--once", text, "--thread", "scripts", "--json")
        assert done.returncode == 0, done.stderr
        assert Path(json.loads(done.stdout)["version"]["path"]).is_file()

    def test_an_unknown_version_is_named(self, shared: Machine) -> None:
        done = shared.run("chat", "--thread", "odd", "--once", "/why 77")
        assert done.returncode == 2
        assert "77" in done.stderr
