"""Vendors' own key variables, and `os.environ/NAME` references in cutaway.yaml: the one place that resolves them.

A key is read when a provider is built and lives in that provider only; settings, state and queue hold its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from cutaway.errors import ConfigError

REFERENCE: Final = "os.environ/"
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def first_key(variables: Iterable[str], environ: Mapping[str, str]) -> str | None:
    """The first of a vendor's key variables that is set and not blank."""
    return next((found for name in variables if (found := environ.get(name, "").strip())), None)


def resolved(place: str, options: Mapping[str, Any], environ: Mapping[str, str]) -> dict[str, Any]:
    """A provider's options with every `os.environ/NAME` replaced by that variable's value.

    Raises `ConfigError` naming the option and the variable when it is not set; values stay out of it.
    """
    found: dict[str, Any] = {}
    for key, value in options.items():
        if isinstance(value, str) and value.startswith(REFERENCE):
            variable = value.removeprefix(REFERENCE)
            if not _NAME.fullmatch(variable):
                raise ConfigError(
                    f"{place}.{key} refers to an environment variable {variable!r}, which is no name of one.",
                    fix=f"Write {REFERENCE}NAME.",
                )
            value = environ.get(variable, "").strip()
            if not value:
                raise ConfigError(
                    f"{place}.{key} refers to the environment variable {variable}, which is not set.",
                    fix=f"Set {variable} where Cutaway and its workers start, or remove {place}.",
                )
        found[key] = value
    return found
