"""Reading a YAML file whose every complaint names its place: file, line, column and key.

Nodes keep their marks, so a value is refused where it stands. Tags, anchors, deep nesting and large files are refused
before anything is built from them.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from cutaway.errors import ConfigError

MAX_CONFIG_BYTES: Final = 1_000_000
MAX_CONFIG_DEPTH: Final = 20


def items(path: Path, node: Any, inside: str, allowed: list[str] | None) -> Iterator[tuple[str, Any, Any]]:
    """The pairs of a mapping whose keys are words, each once, and one of `allowed` (any when `None`)."""
    if node.tag.endswith(":null"):
        return
    if node.id != "mapping":
        what = inside or "the file"
        raise wrong(path, node.start_mark, f"{what} is a {node.id}, not keys with values.", "Write KEY: VALUE lines.")
    seen: dict[str, int] = {}
    for key_node, value in node.value:
        mark = key_node.start_mark
        key = key_node.value if key_node.id == "scalar" else ""
        full = f"{inside}.{key}" if inside else key
        if not key or "\n" in key:
            raise wrong(path, mark, "A key must be one word.", "Write KEY: VALUE.")
        if key in seen:
            raise wrong(path, mark, f"{full} is here twice (first on line {seen[key]}).", "Keep one of them.")
        if allowed is not None and key not in allowed:
            fix = did_you_mean(key, allowed) or f"Known keys: {', '.join(allowed)}."
            raise wrong(path, mark, f"{full} is not a setting.", fix)
        seen[key] = mark.line + 1
        yield key, mark, value


def plain(path: Path, key: str, node: Any) -> Any:
    """A node as JSON values; dates and other YAML types stay the text that was written."""
    if node.id == "mapping":
        return {name: plain(path, f"{key}.{name}", value) for name, _, value in items(path, node, key, None)}
    if node.id == "sequence":
        return [plain(path, f"{key}[{index}]", value) for index, value in enumerate(node.value)]
    kind, text = node.tag.rpartition(":")[2], node.value
    try:
        if kind == "null":
            return None
        if kind == "bool":
            return read_flag({"y": "yes", "n": "no"}.get(text.lower(), text))
        if kind == "int":
            return int(text.replace("_", ""), 0)
        if kind == "float":
            return float(re.sub(r"\.(?=inf|nan)", "", text.replace("_", ""), flags=re.IGNORECASE))
    except ValueError:
        raise wrong(
            path, node.start_mark, f"{key} is {shown(text)}, a number in an unusual notation.", "Quote it."
        ) from None
    return text


def compose(path: Path) -> Any:
    """The file as nodes that know their place. Tags, aliases, deep nesting and large files are refused."""
    import yaml  # here, because most starts have no file and the library costs 15 ms

    try:
        size_bytes = path.stat().st_size
        if size_bytes > MAX_CONFIG_BYTES:
            raise ConfigError(
                f"{path} is {size_bytes} bytes; a configuration is at most {MAX_CONFIG_BYTES}.",
                fix="Check that CUTAWAY_CONFIG names the right file.",
            )
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ConfigError(
            f"{path} cannot be read: {error.strerror}.", fix="Fix its permissions or set CUTAWAY_CONFIG."
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path} is not UTF-8 (byte {error.start}).", fix="Save it as UTF-8 text.") from None
    try:
        depth = 0
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            mark, tag = event.start_mark, getattr(event, "tag", None)
            if getattr(event, "anchor", None):
                raise wrong(path, mark, "YAML anchors and aliases are not accepted.", "Write the value out.")
            if tag is not None:
                raise wrong(path, mark, f"The YAML tag {tag} is not accepted.", "Write the plain value.")
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_CONFIG_DEPTH:
                raise wrong(path, mark, f"Nested deeper than {MAX_CONFIG_DEPTH} levels.", "Flatten it.")
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        problem = f"This is not YAML: {error.problem or error.context}."
        fix = "Check the indentation, quotes and colons there."
        raise wrong(path, error.problem_mark or error.context_mark, problem, fix) from None
    except yaml.YAMLError as error:
        raise ConfigError(f"{path} is not YAML: {error}.", fix="Remove the characters it names.") from None


def wrong(path: Path, mark: Any, problem: str, fix: str) -> ConfigError:
    """The complaint about one place of a file, to be raised."""
    place = f"{path}, line {mark.line + 1}, column {mark.column + 1}" if mark else str(path)
    return ConfigError(f"{place}: {problem}", fix=fix)


def read_flag(text: str) -> bool:
    """A yes or no as people write them. Raises `ValueError` for anything else."""
    if text.lower() in {"1", "true", "yes", "on"}:
        return True
    if text.lower() in {"0", "false", "no", "off"}:
        return False
    raise ValueError("")


def did_you_mean(word: str, allowed: Sequence[str]) -> str:
    """The allowed word this one resembles, as a question, or nothing."""
    near = difflib.get_close_matches(word, allowed, n=1)
    return f"Did you mean {near[0]!r}?" if near else ""


def shown(value: str) -> str:
    """A value as messages show it: shortened, and without what could be a password."""
    # A URL may hold a password, so its secret part never reaches a message.
    hidden = re.sub(r"//[^@/]*@", "//***@", value)
    return repr(hidden if len(hidden) <= 120 else hidden[:117] + "...")
