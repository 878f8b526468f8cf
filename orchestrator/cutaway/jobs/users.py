"""The users lock of the embedded server: shared by everybody who uses it, alone for who decides about all of it."""

from __future__ import annotations

import asyncio
import time
from typing import Final

from cutaway.errors import StoreError
from cutaway.jobs import guard
from cutaway.settings import Settings

START_S: Final = 10.0
ALONE_S: Final = 1.0
"""How long others are given to leave; a guard's look at the lock and another program's start take less."""
LOOK_S: Final = 0.02


async def join_users(settings: Settings) -> int:
    """The shared lock. It is refused while a guard stops or is replaced, so this waits that out.

    Raises `StoreError` when that takes longer than anything should.
    """
    deadline = time.monotonic() + 3 * START_S
    while (lock := guard.try_lock(settings.runtime_dir / "users.lock", shared=True)) is None:
        if time.monotonic() > deadline:
            raise still_stopping(settings)
        await asyncio.sleep(LOOK_S)
    return lock


async def alone(settings: Settings) -> int | None:
    """The exclusive lock for one that holds no shared one, or `None` when others keep theirs."""
    deadline = time.monotonic() + ALONE_S
    while (lock := guard.try_lock(settings.runtime_dir / "users.lock")) is None and time.monotonic() < deadline:
        await asyncio.sleep(LOOK_S)
    return lock


def still_stopping(settings: Settings) -> StoreError:
    """The error for a server that does not come to its end."""
    return StoreError(
        f"The embedded server of {settings.data_dir} has been stopping for {3 * START_S:.0f} s.",
        fix=f"See {settings.logs_dir / 'guard.log'}.",
    )
