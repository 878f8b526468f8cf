"""The folders Cutaway keeps its things in: private, writable, of a format this release reads."""

from __future__ import annotations

import errno
import json
import os
import stat
import tempfile
from pathlib import Path
from typing import Final

from cutaway.errors import ConfigError, StoreError
from cutaway.settings import Settings, user_id

FORMAT: Final = 1
"""The data directory's format this release reads and writes."""


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
    if facts.st_uid != user_id():
        raise ConfigError(
            f"The runtime directory {folder} belongs to user {facts.st_uid}, not to you ({user_id()}).",
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
