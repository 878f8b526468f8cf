"""Lua scripts beside the ledger's moves: counts about vendors and clips that nothing paid depends on.

They share no prelude with the ledger's scripts and wait for no replica: what they keep may be lost without harm.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cutaway.ledger.ledger import script_text

if TYPE_CHECKING:
    from redis.asyncio import Redis


class SideScript:
    """One script of `scripts/`, loaded on its first run."""

    def __init__(self, redis: Redis, name: str) -> None:
        self._script = redis.register_script("#!lua flags=allow-oom\n" + script_text(name))

    async def run(self, *args: object) -> Any:
        """Run it with its arguments as text."""
        return await self._script(keys=[], args=[str(arg) for arg in args])


__all__ = ["SideScript"]
