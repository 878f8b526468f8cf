"""Time that passes when it is told to, for the server's scripts and for every process alike.

Leases, deadlines and settle windows keep their real lengths; a schedule that replays a seed meets them again at the
very same millisecond.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from redis.asyncio import Redis
from redis.commands.core import AsyncScript

from cutaway.ledger import Ledger

BEGIN_MS: Final = 1_800_000_000_000

Changes = Sequence[tuple[str, str, str]]

# Scripts ask the server for TIME; here they get KEYS[1], which is the clock. The rest goes to the server as it is.
_SERVER: Final = """
local server, now_is = redis, tonumber(KEYS[1])
local redis = setmetatable({ call = function(command, ...)
  if command ~= 'TIME' then return server.call(command, ...) end
  return { math.floor(now_is / 1000), now_is % 1000 * 1000 }
end }, { __index = server })
"""


@dataclass(slots=True)
class Clock:
    """The one clock of a world. `now_ms` is its reading, in milliseconds since 1970."""

    now_ms: int = BEGIN_MS

    def monotonic(self) -> float:
        """Seconds as a process counts them. They go on while it is frozen."""
        return self.now_ms / 1000


class ClockedLedger(Ledger):
    """A ledger whose server goes by `clock`, which may be set anew for every world.

    `changes` make it a mutant: in the script named first, the second text becomes the third.
    """

    def __init__(self, redis: Redis, *, changes: Changes = ()) -> None:
        super().__init__(redis)
        self.clock = Clock()
        self._changes = changes
        self._on_the_clock: dict[str, AsyncScript] = {}

    def source(self, name: str) -> str:
        """The script with its changes, on the clock."""
        text = changed(name, super().source(name), self._changes)
        # A first line of flags must stay the first.
        first, rest = text.split("\n", 1) if text.startswith("#!") else ("", text)
        return first + _SERVER + rest

    async def run(self, name: str, *args: object) -> Any:
        """Run a script at the clock's time."""
        script = self._on_the_clock.get(name)
        if script is None:
            script = self._on_the_clock[name] = self._redis.register_script(self.source(name))
        return await script(keys=[str(self.clock.now_ms)], args=[str(arg) for arg in args])


def changed(name: str, text: str, changes: Changes) -> str:
    """The text of a script as a mutant has it. Raises `LookupError` for one that fits no more: that proves nothing."""
    for script, old, new in changes:
        if script == name:
            if old not in text:
                raise LookupError(f"The mutant of {name} no longer fits: {old!r} is not in it.")
            text = text.replace(old, new)
    return text
