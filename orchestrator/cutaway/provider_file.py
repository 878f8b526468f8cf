"""Writing a provider into cutaway.yaml without touching what else is there, comments included."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from cutaway.errors import InputError
from cutaway.settings import load_settings

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


def add_instance(path: Path, name: str, options: Mapping[str, str]) -> None:
    """Add one instance to the file, which is made when it is not there.

    The new text is read back before it replaces the old. Raises `InputError` for a name that is taken or none, and
    `ConfigError` when the file would no longer be readable; then nothing was changed.
    """
    if not _NAME.fullmatch(name):
        raise InputError(f"{name!r} cannot be a provider's name.", fix="Use a-z, 0-9, '.', '_' and '-'.")
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    if before and name in load_settings({}, config=path, cwd=path.parent).providers:
        raise InputError(f"{path} has a provider {name!r} already.", fix="Give another name with --as.")
    lines = before.splitlines()
    entry = [f"  {name}:"] + [f"    {key}: {json.dumps(value)}" for key, value in options.items()]
    heads = [number for number, line in enumerate(lines) if re.match(r"providers\s*:\s*(#.*)?$", line)]
    if heads:
        indent = _indent(lines[heads[0] + 1 :])
        entry = [indent + entry[0].strip()] + [indent * 2 + line.strip() for line in entry[1:]]
        lines[heads[0] + 1 : heads[0] + 1] = entry
    else:
        lines += ([""] if lines and lines[-1].strip() else []) + ["providers:", *entry]
    trial = path.with_name(f".{path.name}.new")
    try:
        trial.write_text("\n".join(lines) + "\n", encoding="utf-8")
        if load_settings({}, config=trial, cwd=path.parent).providers.get(name) != dict(options):
            raise InputError(f"{path} cannot take another provider by itself.", fix="Add it by hand under providers.")
        trial.replace(path)
    finally:
        trial.unlink(missing_ok=True)


def _indent(lines: Sequence[str]) -> str:
    """How far the entries below `providers:` are indented; two spaces where there are none yet."""
    for line in lines:
        text = line.lstrip(" ")
        if text and not text.startswith("#"):
            return line[: len(line) - len(text)] or "  "
    return "  "
