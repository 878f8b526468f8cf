"""What a newcomer waits for: `cutaway demo` to its first film and to its end, and how little an edit makes again.

Goals on two cores: the first film within 15 s, the end within 45 s. Each time is also given as a ratio to the played
length of what was made, so that machines can be compared.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

SIX = "\n".join(
    f"{number}. a red fox {verb} through a {place} at dusk"
    for number, (verb, place) in enumerate(
        [
            ("trots", "forest"),
            ("runs", "meadow"),
            ("walks", "city"),
            ("trots", "desert"),
            ("runs", "forest"),
            ("walks", "meadow"),
        ],
        1,
    )
)


def main(argv: Sequence[str]) -> dict[str, str]:
    """Run the real commands in an empty home and measure them."""
    with tempfile.TemporaryDirectory(prefix="cb-", dir="/tmp") as folder:
        environ = {k: v for k, v in os.environ.items() if not k.startswith("CUTAWAY_")}
        environ |= {"CUTAWAY_DATA_DIR": f"{folder}/d", "CUTAWAY_RUNTIME_DIR": f"{folder}/r"}
        measures = _demo(Path(folder), environ) | _edits(environ)
    for name, value in measures.items():
        print(f"{name}: {value}")
    return measures


def _demo(folder: Path, environ: dict[str, str]) -> dict[str, str]:
    out = folder / "out"
    begun = time.perf_counter()
    first: float | None = None
    with subprocess.Popen(
        [sys.executable, "-m", "cutaway.cli", "demo", "--out", str(out)], env=environ, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as demo:  # fmt: skip
        while demo.poll() is None:
            if first is None and (out / "v1.mp4").exists():
                first = time.perf_counter() - begun
            time.sleep(0.05)
    end = time.perf_counter() - begun
    if demo.returncode or first is None:
        raise SystemExit(f"cutaway demo ended with {demo.returncode}")
    return {
        "demo, first film s": f"{first:.1f}",
        "demo, end s": f"{end:.1f}",
        "demo, end / 27 s of film": f"{end / 27:.2f}",
    }


def _edits(environ: dict[str, str]) -> dict[str, str]:
    _once(SIX, environ)
    one = _once("make shot 4 night", environ)
    title = _once('add a title "Fox"', environ)
    return {
        "shots drawn by an edit that reaches one of six": str(_drawn(one)),
        "shots drawn by a title": str(_drawn(title)),
    }


def _once(text: str, environ: dict[str, str]) -> dict[str, Any]:
    command = [sys.executable, "-m", "cutaway.cli", "chat", "--once", text, "--thread", "bench", "--json"]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=300, check=True)
    turn: dict[str, Any] = json.loads(done.stdout)
    if turn["version"]["state"] != "ready":
        raise SystemExit(f"{text[:40]!r} gave no film: {turn}")
    return turn


def _drawn(turn: dict[str, Any]) -> int:
    return sum(1 for shot in turn["shots"] if shot["class"] == "generate")


if __name__ == "__main__":
    main(sys.argv[1:])
