"""The only reader of the environment and of `cutaway.yaml`.

Environment beats file beats default. Every complaint is a `ConfigError` that names the place (variable, or file, line,
column and key), the value, what is allowed, and the fix. `load_settings` reads and decides; `prepare_data_dir` touches
the disk.

    variable                     key in cutaway.yaml
    CUTAWAY_CONFIG               (path of the file; default: cutaway.yaml in the working directory, if there)
    CUTAWAY_<NAME>               <name>, for every field of `Settings` below
    CUTAWAY_<LIMIT>_USD          budgets.<limit>_usd, for every field of `Budgets`
    CUTAWAY_ASK_ABOVE_USD        approval.ask_above_usd
    (none)                       providers.<name>: {adapter: ..., any option of that adapter}
"""

from __future__ import annotations

import difflib
import errno
import hashlib
import json
import os
import re
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final, Literal
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field

from cutaway.errors import ConfigError, StoreError

FORMAT: Final = 1
"""The data directory's format this release reads and writes."""

CONFIG_NAME: Final = "cutaway.yaml"
MAX_CONFIG_BYTES: Final = 1_000_000
MAX_CONFIG_DEPTH: Final = 20
MAX_SOCKET_BYTES: Final = 103
"""The longest path a unix socket can have everywhere (macOS keeps 104 bytes, one of them for the final NUL)."""

Reasoner = Literal["auto", "keywords", "litellm"]
Resolution = Literal["480p", "720p"]
LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR"]
Durability = Literal["fsync", "replicas", "none"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Budgets(_Frozen):
    """Limits in USD. `None` leaves a limit to the routing policy."""

    per_clip_usd: Decimal | None = None
    per_turn_usd: Decimal | None = None
    thread_usd: Decimal | None = None
    user_day_usd: Decimal | None = None
    tenant_month_usd: Decimal | None = None


class Approval(_Frozen):
    """When a person is asked: for every quote above `ask_above_usd` (0 asks before any spend)."""

    ask_above_usd: Decimal = Decimal(0)


class Settings(_Frozen):
    """Everything a process was told from outside. Immutable; `model_copy(update=...)` makes another."""

    data_dir: Path
    runtime_dir: Path
    redis_url: str | None = None
    reasoner: Reasoner = "auto"
    model: str | None = None
    resolution: Resolution = "480p"
    workers: int | None = Field(default=None, ge=1, le=256)
    log_level: LogLevel = "WARNING"
    durability: Durability = "fsync"
    allow_paid_embedded: bool = False
    keys_ignored: bool = False
    budgets: Budgets = Budgets()
    approval: Approval = Approval()
    providers: dict[str, dict[str, Any]] = Field(default_factory=dict)
    """Provider instances by name: `adapter` (the name itself when absent) and that adapter's options, unread."""
    config_file: Path | None = None

    @property
    def socket_path(self) -> Path:
        """The embedded server's unix socket."""
        return self.runtime_dir / "valkey.sock"

    @property
    def embedded_url(self) -> str:
        """The embedded server's URL."""
        return f"unix://{quote(str(self.socket_path))}"

    @property
    def embedded(self) -> bool:
        """True when the store is this data directory's own server (a worker is told its URL explicitly)."""
        return self.redis_url in (None, self.embedded_url)

    @property
    def logs_dir(self) -> Path:
        """Where the guard, the server and the worker write their logs."""
        return self.data_dir / "logs"


def load_settings(
    environ: Mapping[str, str] | None = None, *, config: Path | None = None, cwd: Path | None = None
) -> Settings:
    """Read the environment and the file, and decide every setting.

    `config` beats `CUTAWAY_CONFIG`; without both, `cutaway.yaml` in `cwd` is read if it exists. Raises `ConfigError`.
    """
    env = os.environ if environ is None else environ
    here = (Path.cwd() if cwd is None else cwd).absolute()
    _refuse_misspelt(env)
    path = _find_config(env, config, here)
    values, providers = _read_file(path) if path else ({}, {})
    for key, field in _FIELDS.items():
        raw = env.get(field.variable, "").strip()
        if raw:
            try:
                values[key] = field.parse(raw, here)
            except ValueError as error:
                raise ConfigError(
                    f"{field.variable} is {_shown(raw)}, which is not {field.allowed}.",
                    fix=_hint(str(error)) or f"Set {field.variable} to {field.allowed}, or unset it.",
                ) from None
    budgets = {k.removeprefix("budgets."): values.pop(k) for k in list(values) if k.startswith("budgets.")}
    approval = {k.removeprefix("approval."): values.pop(k) for k in list(values) if k.startswith("approval.")}
    data_dir: Path = values.pop("data_dir", None) or _default_data_dir()
    runtime_dir: Path = values.pop("runtime_dir", None) or _default_runtime_dir(data_dir, env)
    settings = Settings(
        data_dir=data_dir,
        runtime_dir=runtime_dir,
        budgets=Budgets(**budgets),
        approval=Approval(**approval),
        providers=providers,
        config_file=path,
        **values,
    )
    _check_socket_length(settings.socket_path)
    return settings


def prepare_data_dir(settings: Settings) -> None:
    """Make the data and runtime directories ready: private, writable, and of this release's format.

    Raises `StoreError` when they cannot be written and `ConfigError` when they are not ours or of a newer format.
    """
    for folder in (settings.data_dir, settings.logs_dir):
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise _unwritable(settings.data_dir, error) from error
    _check_format(settings.data_dir)
    ensure_writable(settings.data_dir)
    _prepare_runtime_dir(settings.runtime_dir)


def ensure_writable(folder: Path) -> None:
    """Write and remove one small file. Raises `StoreError` with the cause and the fix."""
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".writable-") as probe:
            probe.write(b"\0" * 4096)
            probe.flush()
            os.fsync(probe.fileno())
    except OSError as error:
        raise _unwritable(folder, error) from error


# --- values -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Field:
    """How one setting is read: `parse(text, folder relative paths start from)` raises ValueError(hint)."""

    variable: str
    parse: Callable[[str, Path], Any]
    allowed: str


def _choice(*allowed: str, fold: Callable[[str], str] = str.lower) -> Callable[[str, Path], str]:
    def parse(text: str, _: Path) -> str:
        if fold(text) not in allowed:
            raise ValueError(_did_you_mean(fold(text), allowed))
        return fold(text)

    return parse


def _text(text: str, _: Path) -> str:
    return text


def _url(text: str, _: Path) -> str:
    if not re.match(r"(rediss?|unix)://.", text):
        raise ValueError("")
    return text


def _path(text: str, base: Path) -> Path:
    try:
        return Path(os.path.normpath(base / Path(text).expanduser()))
    except (RuntimeError, ValueError):
        raise ValueError("") from None


def _workers(text: str, _: Path) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 5 and 1 <= int(text) <= 256):
        raise ValueError("")
    return int(text)


def _flag(text: str, _: Path) -> bool:
    if text.lower() in {"1", "true", "yes", "on"}:
        return True
    if text.lower() in {"0", "false", "no", "off"}:
        return False
    raise ValueError("")


def _usd(text: str, _: Path) -> Decimal:
    try:
        amount = Decimal(text.removeprefix("$"))
    except InvalidOperation:
        raise ValueError("") from None
    # The ledger counts integer micro-USD: more digits would be lost there without a word.
    exponent = amount.as_tuple().exponent
    if not (amount.is_finite() and 0 <= amount <= 1_000_000) or (isinstance(exponent, int) and exponent < -6):
        raise ValueError("")
    return amount


_USD: Final = "an amount in USD from 0 to 1000000 with at most six decimals, for example 2.50"
_FIELDS: Final[dict[str, _Field]] = {
    "data_dir": _Field("CUTAWAY_DATA_DIR", _path, "a folder"),
    "runtime_dir": _Field("CUTAWAY_RUNTIME_DIR", _path, "a folder"),
    "redis_url": _Field("CUTAWAY_REDIS_URL", _url, "a URL that starts with redis://, rediss:// or unix://"),
    "reasoner": _Field("CUTAWAY_REASONER", _choice("auto", "keywords", "litellm"), "auto, keywords or litellm"),
    "model": _Field("CUTAWAY_MODEL", _text, "a model id"),
    "resolution": _Field("CUTAWAY_RESOLUTION", _choice("480p", "720p"), "480p or 720p"),
    "workers": _Field("CUTAWAY_WORKERS", _workers, "a whole number from 1 to 256"),
    "log_level": _Field(
        "CUTAWAY_LOG_LEVEL",
        _choice("DEBUG", "INFO", "WARNING", "ERROR", fold=str.upper),
        "DEBUG, INFO, WARNING or ERROR",
    ),
    "durability": _Field("CUTAWAY_DURABILITY", _choice("fsync", "replicas", "none"), "fsync, replicas or none"),
    "allow_paid_embedded": _Field("CUTAWAY_ALLOW_PAID_EMBEDDED", _flag, "true or false"),
    "keys_ignored": _Field("CUTAWAY_KEYS_IGNORED", _flag, "true or false"),
    **{f"budgets.{name}": _Field(f"CUTAWAY_{name.upper()}", _usd, _USD) for name in Budgets.model_fields},
    **{f"approval.{name}": _Field(f"CUTAWAY_{name.upper()}", _usd, _USD) for name in Approval.model_fields},
}


def _refuse_misspelt(env: Mapping[str, str]) -> None:
    known = {field.variable for field in _FIELDS.values()} | {"CUTAWAY_CONFIG"}
    for name in env:
        # Only near misses: a variable that resembles nothing here may belong to an adapter or to the host.
        if name.startswith("CUTAWAY_") and name not in known:
            near = difflib.get_close_matches(name, known, n=1, cutoff=0.88)
            if near:
                raise ConfigError(f"{name} is not a setting.", fix=f"Did you mean {near[0]}? Rename or unset it.")


def _did_you_mean(word: str, allowed: tuple[str, ...] | list[str]) -> str:
    near = difflib.get_close_matches(word, allowed, n=1)
    return f"Did you mean {near[0]!r}?" if near else ""


def _hint(text: str) -> str:
    return text if text.startswith("Did you mean") else ""


def _shown(value: str) -> str:
    # A URL may hold a password, so its secret part never reaches a message.
    hidden = re.sub(r"//[^@/]*@", "//***@", value)
    return repr(hidden if len(hidden) <= 120 else hidden[:117] + "...")


# --- the file ---------------------------------------------------------------------------------------------------------


def _find_config(env: Mapping[str, str], config: Path | None, cwd: Path) -> Path | None:
    named = config or (Path(env["CUTAWAY_CONFIG"]).expanduser() if env.get("CUTAWAY_CONFIG", "").strip() else None)
    path = cwd / (named or CONFIG_NAME)
    if path.is_file():
        return path
    if named is None and not path.exists():
        return None
    problem = "is not a file" if path.exists() else "does not exist"
    raise ConfigError(f"The configuration file {path} {problem}.", fix="Point CUTAWAY_CONFIG at a file, or unset it.")


def _read_file(path: Path) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """The values of a file by dotted key, parsed, and its providers."""
    root = _compose(path)
    values: dict[str, Any] = {}
    providers: dict[str, dict[str, Any]] = {}
    if root is None:
        return values, providers
    groups = {key.split(".")[0] for key in _FIELDS if "." in key}
    top = [key for key in _FIELDS if "." not in key] + sorted(groups) + ["providers"]
    for key, _, value in _items(path, root, "", top):
        if key == "providers":
            for name, mark, options in _items(path, value, "providers", None):
                providers[name] = _provider(path, name, mark, options)
        elif key in groups:
            names = [k.split(".")[1] for k in _FIELDS if k.startswith(f"{key}.")]
            for name, _, inner in _items(path, value, key, names):
                _take(path, f"{key}.{name}", inner, values)
        else:
            _take(path, key, value, values)
    return values, providers


def _take(path: Path, key: str, node: Any, values: dict[str, Any]) -> None:
    """Parse one scalar into `values`; an empty value keeps the default."""
    field = _FIELDS[key]
    if node.id != "scalar":
        raise _wrong(path, node.start_mark, f"{key} is a {node.id}, not {field.allowed}.", f"Write {key}: VALUE.")
    if node.tag.endswith(":null"):
        return
    try:
        values[key] = field.parse(node.value.strip(), path.parent)
    except ValueError as error:
        problem = f"{key} is {_shown(node.value)}, which is not {field.allowed}."
        raise _wrong(path, node.start_mark, problem, _hint(str(error)) or f"Write {field.allowed}.") from None


def _provider(path: Path, name: str, mark: Any, node: Any) -> dict[str, Any]:
    options = _plain(path, f"providers.{name}", node)
    options = {} if options is None else options
    if not isinstance(options, dict) or not isinstance(options.get("adapter", name), str):
        problem = f"providers.{name} is not an adapter's name with options."
        raise _wrong(path, mark, problem, f"Write {name}: {{adapter: NAME, ...}}.")
    return options


def _items(path: Path, node: Any, inside: str, allowed: list[str] | None) -> Iterator[tuple[str, Any, Any]]:
    """The pairs of a mapping whose keys are words, each once, and one of `allowed` (any when `None`)."""
    if node.tag.endswith(":null"):
        return
    if node.id != "mapping":
        what = inside or "the file"
        raise _wrong(path, node.start_mark, f"{what} is a {node.id}, not keys with values.", "Write KEY: VALUE lines.")
    seen: dict[str, int] = {}
    for key_node, value in node.value:
        mark = key_node.start_mark
        key = key_node.value if key_node.id == "scalar" else ""
        full = f"{inside}.{key}" if inside else key
        if not key or "\n" in key:
            raise _wrong(path, mark, "A key must be one word.", "Write KEY: VALUE.")
        if key in seen:
            raise _wrong(path, mark, f"{full} is here twice (first on line {seen[key]}).", "Keep one of them.")
        if allowed is not None and key not in allowed:
            fix = _did_you_mean(key, allowed) or f"Known keys: {', '.join(allowed)}."
            raise _wrong(path, mark, f"{full} is not a setting.", fix)
        seen[key] = mark.line + 1
        yield key, mark, value


def _plain(path: Path, key: str, node: Any) -> Any:
    """A node as JSON values; dates and other YAML types stay the text that was written."""
    if node.id == "mapping":
        return {name: _plain(path, f"{key}.{name}", value) for name, _, value in _items(path, node, key, None)}
    if node.id == "sequence":
        return [_plain(path, f"{key}[{index}]", value) for index, value in enumerate(node.value)]
    kind, text = node.tag.rpartition(":")[2], node.value
    try:
        if kind == "null":
            return None
        if kind == "bool":
            return _flag({"y": "yes", "n": "no"}.get(text.lower(), text), path)
        if kind == "int":
            return int(text.replace("_", ""), 0)
        if kind == "float":
            return float(re.sub(r"\.(?=inf|nan)", "", text.replace("_", ""), flags=re.IGNORECASE))
    except ValueError:
        raise _wrong(
            path, node.start_mark, f"{key} is {_shown(text)}, a number in an unusual notation.", "Quote it."
        ) from None
    return text


def _compose(path: Path) -> Any:
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
                raise _wrong(path, mark, "YAML anchors and aliases are not accepted.", "Write the value out.")
            if tag is not None:
                raise _wrong(path, mark, f"The YAML tag {tag} is not accepted.", "Write the plain value.")
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_CONFIG_DEPTH:
                raise _wrong(path, mark, f"Nested deeper than {MAX_CONFIG_DEPTH} levels.", "Flatten it.")
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        problem = f"This is not YAML: {error.problem or error.context}."
        fix = "Check the indentation, quotes and colons there."
        raise _wrong(path, error.problem_mark or error.context_mark, problem, fix) from None
    except yaml.YAMLError as error:
        raise ConfigError(f"{path} is not YAML: {error}.", fix="Remove the characters it names.") from None


def _wrong(path: Path, mark: Any, problem: str, fix: str) -> ConfigError:
    place = f"{path}, line {mark.line + 1}, column {mark.column + 1}" if mark else str(path)
    return ConfigError(f"{place}: {problem}", fix=fix)


# --- places -----------------------------------------------------------------------------------------------------------


def _default_data_dir() -> Path:
    import platformdirs

    return Path(platformdirs.user_data_dir("cutaway", appauthor=False))


def _default_runtime_dir(data_dir: Path, env: Mapping[str, str]) -> Path:
    digest = hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:10]
    session = Path(env.get("XDG_RUNTIME_DIR", ""))
    if session.is_absolute() and session.is_dir() and session.stat().st_uid == _uid():
        folder = session / f"cutaway-{digest}"
        if len(os.fsencode(folder / "valkey.sock")) <= MAX_SOCKET_BYTES:
            return folder
    # Not tempfile.gettempdir(): on macOS that folder alone takes half of a socket's path. Safe although it is shared:
    # `prepare_data_dir` refuses a folder that is not ours, not private, or a link.
    shared = tempfile.gettempdir() if sys.platform == "win32" else "/tmp"
    return Path(shared, f"cutaway-{_uid()}-{digest}")


def _uid() -> int:
    return 0 if sys.platform == "win32" else os.getuid()


def _check_socket_length(socket: Path) -> None:
    length = len(os.fsencode(socket))
    if length > MAX_SOCKET_BYTES:
        raise ConfigError(
            f"The socket path {socket} is {length} bytes long; a unix socket has room for {MAX_SOCKET_BYTES}.",
            fix="Set CUTAWAY_RUNTIME_DIR to a shorter folder, for example /tmp/cutaway.",
        )


def _check_format(data_dir: Path) -> None:
    path = data_dir / "FORMAT"
    try:
        found = json.loads(path.read_text())["format"]
    except FileNotFoundError:
        _write_format(path)
        return
    except OSError as error:
        raise _unwritable(data_dir, error) from error
    except (ValueError, KeyError, TypeError):
        found = None
    if not isinstance(found, int) or isinstance(found, bool):
        raise ConfigError(
            f"{path} does not hold a format number, so {data_dir} may not be Cutaway's.",
            fix=f'Restore it ({{"format": {FORMAT}}}) or set CUTAWAY_DATA_DIR to another folder.',
        )
    if found > FORMAT:
        raise ConfigError(
            f"{data_dir} has format {found}; this Cutaway reads up to format {FORMAT}.",
            fix="Upgrade Cutaway, or set CUTAWAY_DATA_DIR to another folder.",
        )


def _write_format(path: Path) -> None:
    ensure_writable(path.parent)
    draft = path.with_name(f".FORMAT-{os.getpid()}")
    with draft.open("w") as file:
        json.dump({"format": FORMAT}, file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _prepare_runtime_dir(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        facts = folder.lstat()
    except FileExistsError:
        facts = folder.lstat()
    except OSError as error:
        raise _unwritable(folder, error, variable="CUTAWAY_RUNTIME_DIR") from error
    another = "or set CUTAWAY_RUNTIME_DIR to another folder."
    if not stat.S_ISDIR(facts.st_mode):
        raise ConfigError(
            f"The runtime directory {folder} is a link or a file, not a folder.", fix=f"Remove it, {another}"
        )
    if facts.st_uid != _uid():
        raise ConfigError(
            f"The runtime directory {folder} belongs to user {facts.st_uid}, not to you ({_uid()}).",
            fix=f"Remove it, {another}",
        )
    if stat.S_IMODE(facts.st_mode) & 0o077:
        raise ConfigError(
            f"The runtime directory {folder} has mode {stat.S_IMODE(facts.st_mode):o}; others could reach the server.",
            fix=f"Run chmod 700 {folder}, {another}",
        )


def _unwritable(folder: Path, error: OSError, *, variable: str = "CUTAWAY_DATA_DIR") -> StoreError:
    full = error.errno in {errno.ENOSPC, errno.EDQUOT}
    fix = "Free some space" if full else f"Make {folder} writable for you"
    return StoreError(
        f"{folder} cannot be written: {error.strerror}.", fix=f"{fix}, or set {variable} to another folder."
    )
