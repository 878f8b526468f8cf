"""Names of conversations."""

from __future__ import annotations

import re
from typing import Final

from cutaway.errors import InputError

THREAD: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,119}")


def check_thread(thread: str) -> None:
    """Raises `InputError` for a thread name that cannot be one."""
    if not THREAD.fullmatch(thread):
        raise InputError(
            f"{thread[:60]!r} cannot be a thread's name.",
            fix="Use 1 to 120 letters, digits, '.', '_', ':' or '-', beginning with a letter or digit.",
        )
