"""Vendors' own key variables, and `os.environ/NAME` references in cutaway.yaml: the one place that resolves them.

A key is read when a provider is built and lives in that provider only; settings, state and queue hold its name. What
surely is no key (nothing, quotes around it, a reference that was not followed) is refused before a vendor sees it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from cutaway.errors import ConfigError, NotConfiguredError

REFERENCE: Final = "os.environ/"
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_SECRET: Final = re.compile(r"(^|_)(key|secret|token|password)$")
_MEANT_AS_REFERENCE: Final = re.compile(
    r"""(?:os[.\s_]*)?env\w*\s*[/.:]\s*(\w*)     # os.enviro/X, env:X, environ.X
    | os\.\w*\s*[/:]\s*(\w*)                     # os.X/Y
    | os\.(?:environ|getenv)\W+(\w*)\W*          # os.environ["X"]
    | \$\{?(\w+)\}?                              # $X, ${X}
    | %(\w+)%""",
    re.IGNORECASE | re.VERBOSE,
)


def is_secret(option: str) -> bool:
    """True for an option whose value nobody may read: `api_key`, `webhook_secret` and their like."""
    return _SECRET.search(option) is not None


def first_key(variables: Iterable[str], environ: Mapping[str, str]) -> str | None:
    """The first of a vendor's key variables that is set and not blank. Raises `ConfigError` for what is no key."""
    for name in variables:
        found = environ.get(name, "").strip()
        if found:
            check_key(name, found)
            return found
    return None


def resolved(place: str, options: Mapping[str, Any], environ: Mapping[str, str]) -> dict[str, Any]:
    """A provider's options with every `os.environ/NAME` replaced by that variable's value; keys without one left out.

    Raises `ConfigError` naming the option and the variable when it is not set (`NotConfiguredError` for a key), and for
    what is no key; values stay out of it.
    """
    found: dict[str, Any] = {}
    for key, value in options.items():
        if is_secret(key) and value is None:
            continue  # an empty value keeps the default, which is the vendor's own variable
        if isinstance(value, str) and value.startswith(REFERENCE):
            variable = value.removeprefix(REFERENCE)
            if not _NAME.fullmatch(variable):
                # Not what stands there: it may be the key itself.
                raise ConfigError(
                    f"{place}.{key} refers to an environment variable by what is no name of one.",
                    fix=f"Write {REFERENCE}NAME.",
                )
            value = environ.get(variable, "").strip()
            if not value:
                problem = f"{place}.{key} refers to the environment variable {variable}, which is not set."
                fix = f"Set {variable} where Cutaway and its workers start, or remove {place}."
                if is_secret(key):
                    raise NotConfiguredError(problem, fix=fix, variable=variable)
                raise ConfigError(problem, fix=fix)
            if is_secret(key):
                check_key(variable, value)
        elif is_secret(key) and isinstance(value, str):
            check_key(f"{place}.{key}", value)
        found[key] = value
    return found


def check_key(place: str, value: str) -> None:
    """Raise `ConfigError` for what surely is no key. `place` is a variable or an option; the value stays out of it."""
    of_file = "." in place
    if not value.strip():
        fix = f"Write {place.rpartition('.')[2]}: {REFERENCE}NAME, or remove the line."
        raise ConfigError(f"{place} is empty.", fix=fix if of_file else f"Set {place}, or unset it.")
    if value[0] in "'\"" and value[-1] == value[0]:
        raise ConfigError(f"{place} begins and ends with quotes, which no key does.", fix="Write it without them.")
    meant = _MEANT_AS_REFERENCE.fullmatch(value)
    if value.startswith(REFERENCE) or meant:
        named = next((word for word in (meant.groups() if meant else ()) if word), "")
        # Only what looks like a variable's name is repeated: anything else may be a key.
        name = named if re.fullmatch(r"[A-Z][A-Z0-9_]*", named) else "NAME"
        if of_file:
            fix = f"Write {place.rpartition('.')[2]}: {REFERENCE}{name}."
            raise ConfigError(f"{place} looks like a reference to a variable and is none.", fix=fix)
        fix = f"Put the key itself into {place}; references stand in cutaway.yaml only."
        raise ConfigError(f"{place} holds a reference to a variable and no key.", fix=fix)
