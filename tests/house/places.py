"""Where the repository's parts lie, for the house tests."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[2]
ENGINE: Final = ROOT / "orchestrator" / "cutaway"
ADAPTERS: Final = ROOT / "providers" / "cutaway_providers"


def pyproject() -> dict[str, Any]:
    """pyproject.toml, parsed."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def modules() -> dict[str, Path]:
    """Every module of both packages by dotted name."""
    found = {}
    for package in (ENGINE, ADAPTERS):
        for path in sorted(package.rglob("*.py")):
            parts = path.relative_to(package.parent).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found
