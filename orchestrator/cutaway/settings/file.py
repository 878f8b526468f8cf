"""Reading `cutaway.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from cutaway.config_file import compose, items, plain, shown, wrong
from cutaway.errors import ConfigError
from cutaway.settings.fields import FIELDS, hint

CONFIG_NAME: Final = "cutaway.yaml"


def find_config(env: Mapping[str, str], config: Path | None, cwd: Path) -> Path | None:
    """The file to read, None when there is none. Raises `ConfigError` when a named one is not there."""
    named = config or (Path(env["CUTAWAY_CONFIG"]).expanduser() if env.get("CUTAWAY_CONFIG", "").strip() else None)
    path = cwd / (named or CONFIG_NAME)
    if path.is_file():
        return path
    if named is None and not path.exists():
        return None
    problem = "is not a file" if path.exists() else "does not exist"
    raise ConfigError(f"The configuration file {path} {problem}.", fix="Point CUTAWAY_CONFIG at a file, or unset it.")


def read_file(path: Path) -> tuple[dict[str, Any], dict[str, dict[str, Any]], dict[str, str]]:
    """The values of a file by dotted key, parsed, its providers and its aliases."""
    root = compose(path)
    values: dict[str, Any] = {}
    providers: dict[str, dict[str, Any]] = {}
    aliases: dict[str, str] = {}
    if root is None:
        return values, providers, aliases
    groups = {key.split(".")[0] for key in FIELDS if "." in key}
    top = [key for key in FIELDS if "." not in key] + sorted(groups) + ["aliases", "providers"]
    for key, _, value in items(path, root, "", top):
        if key == "providers":
            for name, mark, options in items(path, value, "providers", None):
                providers[name] = _provider(path, name, mark, options)
        elif key == "aliases":
            for name, mark, target in items(path, value, "aliases", None):
                aliases[name] = _alias(path, name, mark, target)
        elif key in groups:
            names = [k.split(".")[1] for k in FIELDS if k.startswith(f"{key}.")]
            for name, _, inner in items(path, value, key, names):
                _take(path, f"{key}.{name}", inner, values)
        else:
            _take(path, key, value, values)
    for name, target in aliases.items():
        if target in aliases:
            problem = f"{path}: aliases.{name} is {target!r}, which is an alias itself."
            raise ConfigError(problem, fix=f"Write {name}: {aliases[target]}.")
    return values, providers, aliases


def _take(path: Path, key: str, node: Any, values: dict[str, Any]) -> None:
    """Parse one scalar into `values`; an empty value keeps the default."""
    field = FIELDS[key]
    if node.id != "scalar":
        raise wrong(path, node.start_mark, f"{key} is a {node.id}, not {field.allowed}.", f"Write {key}: VALUE.")
    if node.tag.endswith(":null"):
        return
    try:
        values[key] = field.parse(node.value.strip(), path.parent)
    except ValueError as error:
        problem = f"{key} is {shown(node.value)}, which is not {field.allowed}."
        raise wrong(path, node.start_mark, problem, hint(str(error)) or f"Write {field.allowed}.") from None


def _provider(path: Path, name: str, mark: Any, node: Any) -> dict[str, Any]:
    options = plain(path, f"providers.{name}", node)
    options = {} if options is None else options
    if not isinstance(options, dict) or not isinstance(options.get("adapter", name), str):
        problem = f"providers.{name} is not an adapter's name with options."
        raise wrong(path, mark, problem, f"Write {name}: {{adapter: NAME, ...}}.")
    return options


def _alias(path: Path, name: str, mark: Any, node: Any) -> str:
    target = plain(path, f"aliases.{name}", node)
    if not isinstance(target, str) or not target.strip():
        raise wrong(path, mark, f"aliases.{name} is not a model's name.", f"Write {name}: auto, or PROVIDER:MODEL.")
    return target.strip()
