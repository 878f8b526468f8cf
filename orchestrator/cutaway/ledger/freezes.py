"""Stopping new submissions everywhere at once, while what is open goes on.

The script that writes a submission's intent reads these, so a freeze holds on every machine from the next intent on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cutaway.errors import InputError

if TYPE_CHECKING:
    from redis.asyncio import Redis

KEY: Final = "cutaway:frozen"
KINDS: Final = ("provider", "model", "tenant")


class Freezes:
    """What may not be ordered from now, and why."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def freeze(self, what: str, reason: str) -> None:
        """Stop new submissions for `all`, `provider:NAME`, `model:PROVIDER:MODEL` or `tenant:NAME`."""
        if not reason.strip():
            raise InputError("A freeze needs a reason; people will ask for it.", fix='Add --reason "...".')
        await self._redis.hset(KEY, _checked(what), reason.strip()[:400])

    async def thaw(self, what: str) -> bool:
        """Allow them again; False when it was not frozen."""
        return bool(await self._redis.hdel(KEY, _checked(what)))

    async def list(self) -> dict[str, str]:
        """Everything frozen, with its reason."""
        return {str(what): str(reason) for what, reason in (await self._redis.hgetall(KEY)).items()}


def _checked(what: str) -> str:
    kind, _, name = what.partition(":")
    if what == "all" or (kind in KINDS and name):
        return what
    raise InputError(f"{what!r} cannot be frozen.", fix="Use all, provider:NAME, model:PROVIDER:MODEL or tenant:NAME.")
