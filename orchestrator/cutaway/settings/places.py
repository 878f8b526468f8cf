"""Where things are when nobody says: folders, the container, the user."""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from cutaway.errors import ConfigError

MAX_SOCKET_BYTES: Final = 103
"""The longest path a unix socket can have everywhere (macOS keeps 104 bytes, one of them for the final NUL)."""


def default_data_dir() -> Path:
    """The user's own data directory for Cutaway."""
    import platformdirs

    return Path(platformdirs.user_data_dir("cutaway", appauthor=False))


def default_runtime_dir(data_dir: Path, env: Mapping[str, str]) -> Path:
    """A short folder for sockets and locks, one per data directory."""
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


def in_container(env: Mapping[str, str]) -> bool:
    """True inside a container."""
    return bool(env.get("KUBERNETES_SERVICE_HOST") or env.get("container")) or Path("/.dockerenv").exists()


def user_id() -> int:
    """The user this process runs as; 0 where there are none."""
    return 0 if sys.platform == "win32" else os.getuid()


def check_socket_length(socket: Path) -> None:
    """Raise `ConfigError` for a path that no unix socket can have."""
    length = len(os.fsencode(socket))
    if length > MAX_SOCKET_BYTES:
        raise ConfigError(
            f"The socket path {socket} is {length} bytes long; a unix socket has room for {MAX_SOCKET_BYTES}.",
            fix="Set CUTAWAY_RUNTIME_DIR to a shorter folder, for example /tmp/cutaway.",
        )
