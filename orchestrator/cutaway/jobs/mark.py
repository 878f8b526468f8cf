"""The mark of what decides about a worker's vendors: its settings, its keys, and the file it would read.

Workers with the same mark build the same providers. Who orders a worker computes the mark of what it has itself, the
guard that of what its worker really inherits; they compare. Only hashes of values go in and only a hash comes out, so
nothing secret is written down. Standard library only, because the guard uses it.

An order, as `worker.json` keeps it: `command` and `env` of the worker, `settings` (a hash of those it reads),
`variables` (names whose values it reads), `keys` (false where keys are ignored), `config_name` (the file that a worker
without CUTAWAY_CONFIG reads in its working directory) and `mark`, that of the program which ordered it.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from typing import Any, Final

KEY_WORDS: Final = ("KEY", "TOKEN", "SECRET")
"""A variable with one of these in its name may hold a key, whoever's it is."""


def hashed(text: str) -> str:
    """16 hex digits: 64 bits of BLAKE2b."""
    return hashlib.blake2b(text.encode(errors="surrogateescape"), digest_size=8).hexdigest()


def key_names(order: Mapping[str, Any], environ: Mapping[str, str]) -> list[str]:
    """The variables that could hold a key for the ordered worker and are set, in order."""
    if not order.get("keys", True):
        return []
    found = (name for name in environ if environ[name].strip() and any(word in name.upper() for word in KEY_WORDS))
    return sorted(name for name in found if name != "CUTAWAY_KEYS_IGNORED")


def mark_of(order: Mapping[str, Any], environ: Mapping[str, str]) -> str:
    """16 hex digits for the ordered worker as a child of this process with `environ`."""
    inherited = {**environ, **order.get("env", {})}
    names = {*key_names(order, inherited), *order.get("variables", ())}
    values = {name: hashed(value) for name in names if (value := inherited.get(name, "").strip())}
    return hashed(json.dumps([order.get("settings", ""), _config(order, inherited), values], sort_keys=True))


def _config(order: Mapping[str, Any], inherited: Mapping[str, str]) -> str:
    """The settings file that the worker would read; '' for none."""
    found = inherited.get("CUTAWAY_CONFIG", "").strip() or str(order.get("config_name", ""))
    return os.path.abspath(found) if found and os.path.isfile(found) else ""
