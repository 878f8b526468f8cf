"""Writing a provider into cutaway.yaml without touching what else is there, comments included."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from cutaway.errors import InputError
from cutaway.settings import Settings, load_settings

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


def add_instance(
    path: Path, name: str, options: Mapping[str, Any], check: Callable[[Settings], None] = lambda settings: None
) -> None:
    """Add one instance to the file, which is made when it is not there. `options` are JSON.

    The new text is read back, and `check` may refuse what it says, before it replaces the old. Raises `InputError` for
    a name that is taken or none, `ConfigError` when the file would no longer be readable, and what `check` raises; then
    nothing was changed.
    """
    if not _NAME.fullmatch(name):
        raise InputError(f"{name!r} cannot be a provider's name.", fix="Use a-z, 0-9, '.', '_' and '-'.")
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    if before and name in load_settings({}, config=path, cwd=path.parent).providers:
        raise InputError(f"{path} has a provider {name!r} already.", fix="Give another name with --as.")
    lines = before.splitlines()
    entry = [(1, f"{name}:"), *_lines(options, 2)]
    heads = [number for number, line in enumerate(lines) if re.match(r"providers\s*:\s*(#.*)?$", line)]
    if heads:
        indent = _indent(lines[heads[0] + 1 :])
        lines[heads[0] + 1 : heads[0] + 1] = [indent * depth + text for depth, text in entry]
    else:
        lines += ([""] if lines and lines[-1].strip() else []) + ["providers:"]
        lines += ["  " * depth + text for depth, text in entry]
    trial = path.with_name(f".{path.name}.new")
    try:
        trial.write_text("\n".join(lines) + "\n", encoding="utf-8")
        settings = load_settings({}, config=trial, cwd=path.parent)
        if settings.providers.get(name) != dict(options):
            raise InputError(f"{path} cannot take another provider by itself.", fix="Add it by hand under providers.")
        check(settings)
        trial.replace(path)
    finally:
        trial.unlink(missing_ok=True)


def _lines(options: Mapping[str, Any], depth: int) -> Iterator[tuple[int, str]]:
    """The options as YAML lines with their depth; entries of a list stand each on a line of its own."""
    for key, value in options.items():
        if isinstance(value, list):
            yield depth, f"{key}:"
            yield from ((depth + 1, f"- {_flow(one)}") for one in value)
        else:
            yield depth, f"{key}: {_flow(value)}"


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key}: {_flow(inner)}' for key, inner in value.items())}}}"
    return json.dumps(value)


def _indent(lines: Sequence[str]) -> str:
    """How far the entries below `providers:` are indented; two spaces where there are none yet."""
    for line in lines:
        text = line.lstrip(" ")
        if text and not text.startswith("#"):
            return line[: len(line) - len(text)] or "  "
    return "  "
