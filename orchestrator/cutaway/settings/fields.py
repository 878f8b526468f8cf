"""How each setting is read from its text: its variable, its parser, and what is allowed."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final

from cutaway.config_file import did_you_mean, read_flag
from cutaway.errors import ConfigError
from cutaway.settings.model import Approval, Budgets

FONT_FILES: Final = (".ttf", ".otf", ".ttc", ".woff2")


@dataclass(frozen=True, slots=True)
class Setting:
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
FIELDS: Final[dict[str, Setting]] = {
    "data_dir": Setting("CUTAWAY_DATA_DIR", _path, "a folder"),
    "runtime_dir": Setting("CUTAWAY_RUNTIME_DIR", _path, "a folder"),
    "redis_url": Setting("CUTAWAY_REDIS_URL", _url, "a URL that starts with redis://, rediss:// or unix://"),
    "reasoner": Setting("CUTAWAY_REASONER", _choice("auto", "keywords", "litellm"), "auto, keywords or litellm"),
    "model": Setting("CUTAWAY_MODEL", _text, "a model id"),
    "policy": Setting("CUTAWAY_POLICY", _path, "a policy file"),
    "font": Setting("CUTAWAY_FONT", _font, f"a font file that exists ({', '.join(FONT_FILES)})"),
    "resolution": Setting("CUTAWAY_RESOLUTION", _choice("480p", "720p"), "480p or 720p"),
    "workers": Setting("CUTAWAY_WORKERS", _whole(1, 256), "a whole number from 1 to 256"),
    "log_level": Setting(
        "CUTAWAY_LOG_LEVEL",
        _choice("DEBUG", "INFO", "WARNING", "ERROR", fold=str.upper),
        "DEBUG, INFO, WARNING or ERROR",
    ),
    "durability": Setting("CUTAWAY_DURABILITY", _choice("fsync", "replicas", "none"), "fsync, replicas or none"),
    "replicas": Setting("CUTAWAY_REPLICAS", _whole(1, 9), "a whole number from 1 to 9"),
    "send_s": Setting("CUTAWAY_SEND_S", _whole(1, 600), "a whole number of seconds from 1 to 600"),
    "count_doubts_days": Setting("CUTAWAY_COUNT_DOUBTS_DAYS", _whole(1, 600), "a whole number of days from 1 to 600"),
    "tenant_in_flight": Setting("CUTAWAY_TENANT_IN_FLIGHT", _whole(1, 100_000), "a whole number from 1 to 100000"),
    "allow_paid_embedded": Setting("CUTAWAY_ALLOW_PAID_EMBEDDED", _flag, "true or false"),
    "keys_ignored": Setting("CUTAWAY_KEYS_IGNORED", _flag, "true or false"),
    **{f"budgets.{name}": Setting(f"CUTAWAY_{name.upper()}", _usd, _USD) for name in Budgets.model_fields},
    **{f"approval.{name}": Setting(f"CUTAWAY_{name.upper()}", _usd, _USD) for name in Approval.model_fields},
}
"""Every setting by its dotted key in the file."""


def refuse_misspelt(env: Mapping[str, str]) -> None:
    """Raise `ConfigError` for a variable that was meant to be a setting and is none."""
    known = {field.variable for field in FIELDS.values()} | {"CUTAWAY_CONFIG"}
    for name in env:
        # Only near misses: a variable that resembles nothing here may belong to an adapter or to the host.
        if name.startswith("CUTAWAY_") and name not in known:
            near = difflib.get_close_matches(name, known, n=1, cutoff=0.88)
            if near:
                raise ConfigError(f"{name} is not a setting.", fix=f"Did you mean {near[0]}? Rename or unset it.")


def hint(text: str) -> str:
    """What a parser suggests, '' when it suggests nothing."""
    return text if text.startswith("Did you mean") else ""
