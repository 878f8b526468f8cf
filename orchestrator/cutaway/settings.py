"""The only reader of the environment and of `cutaway.yaml`.

Environment beats file beats default. Every complaint is a `ConfigError` that names the place (variable, or file, line,
column and key), the value, what is allowed, and the fix. Nothing here touches the disk but to read.

    variable                     key in cutaway.yaml
    CUTAWAY_CONFIG               (path of the file; default: cutaway.yaml in the working directory, if there)
    CUTAWAY_<NAME>               <name>, for every field of `Settings` below
    CUTAWAY_<LIMIT>_USD          budgets.<limit>_usd, for every field of `Budgets`
    CUTAWAY_ASK_ABOVE_USD        approval.ask_above_usd
    (none)                       providers.<name>: {adapter: ..., any option of that adapter}
    (none)                       aliases.<name>: provider:model, or auto
"""

from __future__ import annotations

import difflib
import hashlib
import os
import re
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final, Literal
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field

from cutaway.config_file import compose, did_you_mean, items, plain, read_flag, shown, wrong
from cutaway.errors import ConfigError

CONFIG_NAME: Final = "cutaway.yaml"
FONT_FILES: Final = (".ttf", ".otf", ".ttc", ".woff2")
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
    policy: Path | None = None
    font: Path | None = None
    workers: int | None = Field(default=None, ge=1, le=256)
    log_level: LogLevel = "WARNING"
    durability: Durability = "fsync"
    replicas: int = Field(default=1, ge=1, le=9)
    count_doubts_days: int = Field(default=30, ge=1, le=600)
    tenant_in_flight: int | None = Field(default=None, ge=1, le=100_000)
    allow_paid_embedded: bool = False
    send_s: int = Field(default=60, ge=1, le=600)
    keys_ignored: bool = False
    in_container: bool = False
    budgets: Budgets = Budgets()
    approval: Approval = Approval()
    providers: dict[str, dict[str, Any]] = Field(default_factory=dict)
    """Provider instances by name: `adapter` (the name itself when absent) and that adapter's options, unread."""
    aliases: dict[str, str] = Field(default_factory=dict)
    """Names for models that the operator owns: `provider:model`, a model's id, or `auto` (the policy chooses)."""
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
    values, providers, aliases = _read_file(path) if path else ({}, {}, {})
    for key, field in _FIELDS.items():
        raw = env.get(field.variable, "").strip()
        if raw:
            try:
                values[key] = field.parse(raw, here)
            except ValueError as error:
                raise ConfigError(
                    f"{field.variable} is {shown(raw)}, which is not {field.allowed}.",
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
        aliases=aliases,
        config_file=path,
        in_container=_in_container(env),
        **values,
    )
    _check_socket_length(settings.socket_path)
    return settings


@dataclass(frozen=True, slots=True)
class _Field:
    """How one setting is read: `parse(text, folder relative paths start from)` raises ValueError(hint)."""

    variable: str
    parse: Callable[[str, Path], Any]
    allowed: str


def _choice(*allowed: str, fold: Callable[[str], str] = str.lower) -> Callable[[str, Path], str]:
    def parse(text: str, _: Path) -> str:
        if fold(text) not in allowed:
            raise ValueError(did_you_mean(fold(text), allowed))
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


def _font(text: str, base: Path) -> Path:
    path = _path(text, base)
    if path.suffix.lower() not in FONT_FILES or not path.is_file():
        raise ValueError("")
    return path


def _whole(low: int, high: int) -> Callable[[str, Path], int]:
    def parse(text: str, _: Path) -> int:
        if not (text.isascii() and text.isdigit() and len(text) < 9 and low <= int(text) <= high):
            raise ValueError("")
        return int(text)

    return parse


def _flag(text: str, _: Path) -> bool:
    return read_flag(text)


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
    "policy": _Field("CUTAWAY_POLICY", _path, "a policy file"),
    "font": _Field("CUTAWAY_FONT", _font, f"a font file that exists ({', '.join(FONT_FILES)})"),
    "resolution": _Field("CUTAWAY_RESOLUTION", _choice("480p", "720p"), "480p or 720p"),
    "workers": _Field("CUTAWAY_WORKERS", _whole(1, 256), "a whole number from 1 to 256"),
    "log_level": _Field(
        "CUTAWAY_LOG_LEVEL",
        _choice("DEBUG", "INFO", "WARNING", "ERROR", fold=str.upper),
        "DEBUG, INFO, WARNING or ERROR",
    ),
    "durability": _Field("CUTAWAY_DURABILITY", _choice("fsync", "replicas", "none"), "fsync, replicas or none"),
    "replicas": _Field("CUTAWAY_REPLICAS", _whole(1, 9), "a whole number from 1 to 9"),
    "send_s": _Field("CUTAWAY_SEND_S", _whole(1, 600), "a whole number of seconds from 1 to 600"),
    "count_doubts_days": _Field("CUTAWAY_COUNT_DOUBTS_DAYS", _whole(1, 600), "a whole number of days from 1 to 600"),
    "tenant_in_flight": _Field("CUTAWAY_TENANT_IN_FLIGHT", _whole(1, 100_000), "a whole number from 1 to 100000"),
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


def _hint(text: str) -> str:
    return text if text.startswith("Did you mean") else ""


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


def _read_file(path: Path) -> tuple[dict[str, Any], dict[str, dict[str, Any]], dict[str, str]]:
    """The values of a file by dotted key, parsed, its providers and its aliases."""
    root = compose(path)
    values: dict[str, Any] = {}
    providers: dict[str, dict[str, Any]] = {}
    aliases: dict[str, str] = {}
    if root is None:
        return values, providers, aliases
    groups = {key.split(".")[0] for key in _FIELDS if "." in key}
    top = [key for key in _FIELDS if "." not in key] + sorted(groups) + ["aliases", "providers"]
    for key, _, value in items(path, root, "", top):
        if key == "providers":
            for name, mark, options in items(path, value, "providers", None):
                providers[name] = _provider(path, name, mark, options)
        elif key == "aliases":
            for name, mark, target in items(path, value, "aliases", None):
                aliases[name] = _alias(path, name, mark, target)
        elif key in groups:
            names = [k.split(".")[1] for k in _FIELDS if k.startswith(f"{key}.")]
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
    field = _FIELDS[key]
    if node.id != "scalar":
        raise wrong(path, node.start_mark, f"{key} is a {node.id}, not {field.allowed}.", f"Write {key}: VALUE.")
    if node.tag.endswith(":null"):
        return
    try:
        values[key] = field.parse(node.value.strip(), path.parent)
    except ValueError as error:
        problem = f"{key} is {shown(node.value)}, which is not {field.allowed}."
        raise wrong(path, node.start_mark, problem, _hint(str(error)) or f"Write {field.allowed}.") from None


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


# --- places -----------------------------------------------------------------------------------------------------------


def _default_data_dir() -> Path:
    import platformdirs

    return Path(platformdirs.user_data_dir("cutaway", appauthor=False))


def _default_runtime_dir(data_dir: Path, env: Mapping[str, str]) -> Path:
    digest = hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:10]
    session = Path(env.get("XDG_RUNTIME_DIR", ""))
    if session.is_absolute() and session.is_dir() and session.stat().st_uid == user_id():
        folder = session / f"cutaway-{digest}"
        if len(os.fsencode(folder / "valkey.sock")) <= MAX_SOCKET_BYTES:
            return folder
    # Not tempfile.gettempdir(): on macOS that folder alone takes half of a socket's path. Safe although it is shared:
    # `prepare_data_dir` refuses a folder that is not ours, not private, or a link.
    shared = tempfile.gettempdir() if sys.platform == "win32" else "/tmp"
    return Path(shared, f"cutaway-{user_id()}-{digest}")


def _in_container(env: Mapping[str, str]) -> bool:
    return bool(env.get("KUBERNETES_SERVICE_HOST") or env.get("container")) or Path("/.dockerenv").exists()


def user_id() -> int:
    """The user this process runs as; 0 where there are none."""
    return 0 if sys.platform == "win32" else os.getuid()


def _check_socket_length(socket: Path) -> None:
    length = len(os.fsencode(socket))
    if length > MAX_SOCKET_BYTES:
        raise ConfigError(
            f"The socket path {socket} is {length} bytes long; a unix socket has room for {MAX_SOCKET_BYTES}.",
            fix="Set CUTAWAY_RUNTIME_DIR to a shorter folder, for example /tmp/cutaway.",
        )


# --- what other processes are told ------------------------------------------------------------------------------------

_HARMLESS: Final = frozenset(
    """PATH HOME USER LOGNAME SHELL LANG LANGUAGE TZ TERM COLORTERM NO_COLOR FORCE_COLOR COLUMNS LINES TMPDIR TEMP TMP
    VIRTUAL_ENV LD_LIBRARY_PATH SYSTEMROOT CUTAWAY_DATA_DIR CUTAWAY_RUNTIME_DIR""".split()
)
_HARMLESS_BEGINNINGS: Final = ("LC_", "XDG_", "PYTHON", "DYLD_", "FONTCONFIG_")


def inherited() -> dict[str, str]:
    """A copy of this process's environment, for a child that should see what we see."""
    return dict(os.environ)


def key_environment(settings: Settings) -> Mapping[str, str]:
    """The environment that vendors' keys are read from; empty where keys are ignored (`CUTAWAY_KEYS_IGNORED`)."""
    return {} if settings.keys_ignored else inherited()


def told(settings: Settings, redis_url: str) -> dict[str, str]:
    """What a worker process must be told to see the same data as this one."""
    found = {
        "CUTAWAY_DATA_DIR": str(settings.data_dir),
        "CUTAWAY_RUNTIME_DIR": str(settings.runtime_dir),
        "CUTAWAY_REDIS_URL": redis_url,
        "CUTAWAY_KEYS_IGNORED": "true" if settings.keys_ignored else "false",
    }
    if settings.config_file is not None:
        found["CUTAWAY_CONFIG"] = str(settings.config_file)
    return found


def forget_the_rest(folder_name: str) -> Settings:
    """Make this process and its children deaf to keys, settings and files; gives the settings that are left.

    Only where things are (PATH, home, locale, Cutaway's own folders) still counts. The data go to `folder_name` inside
    the data directory. Raises `ConfigError` when the folders' names are unfit.
    """
    kept = {k: v for k, v in inherited().items() if k in _HARMLESS or k.startswith(_HARMLESS_BEGINNINGS)}
    for name in ("CUTAWAY_DATA_DIR", "CUTAWAY_RUNTIME_DIR"):
        if kept.get(name, "").strip():
            kept[name] = str(Path(kept[name]).expanduser().absolute())
    # The package's own folder holds no cutaway.yaml, so no file is read.
    elsewhere = Path(__file__).parent
    usual = load_settings(kept, cwd=elsewhere)
    data_dir = usual.data_dir / folder_name
    kept |= {"CUTAWAY_DATA_DIR": str(data_dir), "CUTAWAY_KEYS_IGNORED": "true"}
    if kept.get("CUTAWAY_RUNTIME_DIR", "").strip():
        # Beside the usual one and not inside it: a runtime directory and its parent have different rights.
        kept["CUTAWAY_RUNTIME_DIR"] = f"{usual.runtime_dir}-{folder_name}"
    settings = load_settings(kept, cwd=elsewhere)
    os.environ.clear()
    os.environ.update(kept)
    return settings
