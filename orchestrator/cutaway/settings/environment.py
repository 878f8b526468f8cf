"""What other processes are told, and what this one forgets."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from cutaway.settings.loading import load_settings
from cutaway.settings.model import Settings

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
