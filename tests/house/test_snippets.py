"""The code in the README and the docs works: all of it compiles, and what is marked `<!-- run -->` is run."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from house.places import ROOT

BLOCK = re.compile(r"(?P<run><!-- run -->\s*\n)?(?P<indent>[ \t]*)```python\n(?P<code>.*?)\n[ \t]*```", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Snippet:
    """One Python block: where it stands, its code, and whether it is to be run."""

    place: str
    code: str
    run: bool


def snippets() -> Iterator[Snippet]:
    for path in (*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))):
        text = path.read_text(encoding="utf-8")
        for block in BLOCK.finditer(text):
            line = text.count("\n", 0, block.start("code")) + 1
            code = "\n".join(each.removeprefix(block["indent"]) for each in block["code"].split("\n"))
            yield Snippet(f"{path.relative_to(ROOT)}:{line}", code, block["run"] is not None)


SNIPPETS = tuple(snippets())


@pytest.mark.parametrize("snippet", SNIPPETS, ids=lambda snippet: snippet.place)
def test_a_snippet_compiles(snippet: Snippet) -> None:
    compile(snippet.code, snippet.place, "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)


@pytest.mark.slow
@pytest.mark.parametrize("snippet", [s for s in SNIPPETS if s.run], ids=lambda snippet: snippet.place)
def test_a_marked_snippet_runs(snippet: Snippet) -> None:
    # A short home: unix sockets lie below it, and their paths are limited to about 104 bytes.
    with tempfile.TemporaryDirectory(prefix="cut", ignore_cleanup_errors=True) as home:
        done = subprocess.run(
            [sys.executable, "-c", snippet.code],
            cwd=home,
            env=_clean_environment(home),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )
    assert done.returncode == 0, f"{snippet.place}\n{done.stderr}"


def _clean_environment(home: str) -> dict[str, str]:
    """A newcomer's environment: no keys, no settings, an empty home."""
    paths = [ROOT / "orchestrator", ROOT / "providers"]
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(str(path) for path in paths),
        "HOME": home,
        "XDG_RUNTIME_DIR": str(Path(home)),
        "TMPDIR": home,
    }
