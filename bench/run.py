"""Runs every script in bench/ and prints one table: `make bench`, or `python bench/run.py NAME ...` for some of them.

A script is a file `bench/<name>.py` with `main(argv)`. It returns what it measured as a mapping of label to number or
text, an exit status, or nothing; an exception or a status other than 0 is a failure. Each runs in its own process, so
one script's memory and caches do not colour the next one's numbers.
"""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).resolve().parent
TIMEOUT_S: Final = 600.0


@dataclass(frozen=True, slots=True)
class Result:
    """One script's run: exit status, wall seconds, peak resident MiB and its own measures."""

    name: str
    status: int
    wall_s: float
    peak_mib: float
    measures: Mapping[str, str] = field(default_factory=dict)


def discover(folder: Path = FOLDER) -> list[str]:
    """The names of the scripts in `folder` that define `main`, sorted. Reads them, imports none."""
    found = []
    for path in sorted(folder.glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
        defines_main = any(isinstance(node, ast.FunctionDef) and node.name == "main" for node in tree.body)
        if defines_main and path.resolve() != Path(__file__).resolve():
            found.append(path.stem)
    return found


def run(name: str, folder: Path = FOLDER, timeout_s: float = TIMEOUT_S) -> Result:
    """Run one script in a process of its own and give what it measured. Its output goes straight through."""
    with tempfile.TemporaryDirectory(prefix="cutaway-bench-") as scratch:
        answer = Path(scratch, "measures.json")
        start = time.perf_counter()
        child = subprocess.Popen(
            [sys.executable, str(Path(__file__).resolve()), "--child", str(folder / name), str(answer)]
        )
        usage_kib, status = _wait(child, start + timeout_s)
        wall_s = time.perf_counter() - start
        measures = json.loads(answer.read_text(encoding="utf-8")) if answer.exists() else {}
    return Result(name, status, wall_s, usage_kib / 1024, measures)


def table(results: Sequence[Result]) -> str:
    """The results as aligned text, a script's own measures under its line."""
    rows = [("script", "result", "wall", "peak", "measured")]
    for result in results:
        verdict = "ok" if result.status == 0 else f"FAILED ({result.status})"
        lines = [f"{label}: {value}" for label, value in result.measures.items()] or [""]
        rows.append((result.name, verdict, f"{result.wall_s:.1f} s", f"{result.peak_mib:.0f} MiB", lines[0]))
        rows.extend(("", "", "", "", line) for line in lines[1:])
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return "\n".join(
        "  ".join([*(cell.ljust(width) for cell, width in zip(row[:4], widths, strict=True)), row[4]]).rstrip()
        for row in rows
    )


def main(argv: Sequence[str]) -> int:
    """Run the named scripts, or all; give 1 if any failed and 2 if there is nothing of that name to run."""
    if argv[:1] == ["--child"]:
        return _child(Path(argv[1]), Path(argv[2]))
    known = discover()
    unknown = sorted(set(argv) - set(known))
    if unknown:
        print(f"No bench script {', '.join(unknown)}. There are: {', '.join(known) or 'none'}.", file=sys.stderr)
        return 2
    if not known:
        print(f"There is no script in {FOLDER}.", file=sys.stderr)
        return 2
    results = []
    for name in argv or known:
        print(f"== {name}", file=sys.stderr, flush=True)
        results.append(run(name))
    print(table(results))
    return int(any(result.status for result in results))


def _child(script: Path, answer: Path) -> int:
    spec = importlib.util.spec_from_file_location(script.name, script.with_suffix(".py"))
    if spec is None or spec.loader is None:
        raise ImportError(f"{script} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    sys.modules[script.name] = module  # dataclasses look their module up by name
    sys.path.insert(0, str(script.parent))
    spec.loader.exec_module(module)
    given = module.main([])
    if isinstance(given, Mapping):
        answer.write_text(json.dumps({str(k): _said(v) for k, v in given.items()}), encoding="utf-8")
        return 0
    return int(given or 0)


def _said(value: object) -> str:
    return f"{value:.3g}" if isinstance(value, float) else str(value)


def _wait(child: subprocess.Popen[bytes], deadline: float) -> tuple[int, int]:
    """Peak resident KiB and exit status of `child`, which is killed at `deadline` (a `perf_counter` reading)."""
    while True:
        pid, status, usage = os.wait4(child.pid, os.WNOHANG)
        if pid:
            child.returncode = os.waitstatus_to_exitcode(status)
            unit = 1024 if sys.platform == "darwin" else 1  # macOS counts bytes, Linux KiB
            return usage.ru_maxrss // unit, child.returncode
        if time.perf_counter() > deadline:
            child.kill()
        time.sleep(0.02)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
