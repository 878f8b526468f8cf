"""The examples run as they are, as processes of their own, with nothing but a data directory."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from house.places import ROOT

CHAT_APP = ROOT / "examples" / "chat_app.py"


def test_the_chat_app_stays_under_eighty_lines() -> None:
    assert len(CHAT_APP.read_text(encoding="utf-8").splitlines()) < 80


@pytest.mark.slow
def test_the_chat_app_makes_a_film_and_revises_it() -> None:
    # A short home: unix sockets lie below it, and their paths are limited to about 104 bytes.
    with tempfile.TemporaryDirectory(prefix="cut", ignore_cleanup_errors=True) as home:
        done = subprocess.run(
            [sys.executable, str(CHAT_APP)],
            cwd=home,
            env={
                "PATH": os.environ["PATH"],
                "PYTHONPATH": os.pathsep.join(str(ROOT / name) for name in ("orchestrator", "providers")),
                "HOME": home,
                "CUTAWAY_DATA_DIR": f"{home}/data",
                "CUTAWAY_RUNTIME_DIR": f"{home}/run",
            },
            input="a red fox trots through a forest at dusk\nmake it night\n",
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        films = [Path(path) for path in re.findall(r"^  version \d+: (.+\.mp4)$", done.stdout, re.MULTILINE)]
        assert len(films) == 2, done.stdout
        assert len({film.read_bytes() for film in films}) == 2
