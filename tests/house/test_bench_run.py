"""bench/run.py finds the scripts, runs each alone and fails when one fails."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "bench" / "run.py"


@pytest.fixture(scope="module")
def runner() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_run", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["bench_run"] = module
    spec.loader.exec_module(module)
    return module


def test_only_files_that_define_main_are_scripts(runner: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "speed.py").write_text("def main(argv):\n    return None\n")
    (tmp_path / "shared.py").write_text("LIMIT = 1\n")
    assert runner.discover(tmp_path) == ["speed"]


def test_a_scripts_measures_appear_in_the_table(runner: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "speed.py").write_text("def main(argv):\n    return {'frames per second': 61.5, 'size': '848x480'}\n")
    result = runner.run("speed", tmp_path)
    assert result.status == 0
    assert result.peak_mib > 1
    assert "frames per second: 61.5" in runner.table([result])


def test_a_script_that_raises_is_a_failure(runner: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "broken.py").write_text("def main(argv):\n    raise ValueError('too slow')\n")
    result = runner.run("broken", tmp_path)
    assert result.status == 1
    assert "FAILED (1)" in runner.table([result])


def test_a_script_over_its_time_is_killed_and_fails(runner: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "stuck.py").write_text("import threading\ndef main(argv):\n    threading.Event().wait()\n")
    assert runner.run("stuck", tmp_path, timeout_s=0.3).status < 0


def test_an_unknown_name_is_refused(runner: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert runner.main(["no-such-script"]) == 2
    assert "no-such-script" in capsys.readouterr().err
