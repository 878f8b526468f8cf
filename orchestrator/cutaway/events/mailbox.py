"""The mailbox of a thread: every message is one turn, and one process at a time answers them.

A message waits in a list until its turn is complete. The owner of a thread holds a lease with a fencing number;
a process that lost it cannot complete a turn. Completing removes the message, stores the turn's result under the
message id and appends the event, in one script.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from cutaway.errors import ConflictError, MessageError

if TYPE_CHECKING:
    from redis.asyncio import Redis

OWNER_MS: Final = 15_000

# KEYS: turns, mailbox, events. ARGV: message id, body hash, body, text, now ms.
POST: Final = """
local known = redis.call('HGET', KEYS[1], ARGV[1])
if known then
  local turn = cjson.decode(known)
  if turn.hash ~= ARGV[2] then return 'other' end
  return known
end
local turn = cjson.encode({ hash = ARGV[2], state = 'waiting' })
redis.call('HSET', KEYS[1], ARGV[1], turn)
redis.call('RPUSH', KEYS[2], ARGV[3])
redis.call('XADD', KEYS[3], '*', 'type', 'message.received', 'at_ms', ARGV[5], 'message_id', ARGV[1], 'data', ARGV[4])
return turn
"""

# KEYS: owner, fence. ARGV: token, lease ms.
ACQUIRE: Final = """
if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return redis.call('INCR', KEYS[2]) end
return 0
"""

# KEYS: owner. ARGV: token, lease ms (0 releases).
RENEW: Final = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
if ARGV[2] == '0' then redis.call('DEL', KEYS[1]) else redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return 1
"""

# KEYS: owner, mailbox, turns, events. ARGV: token, message id, body, turn JSON, event data, now ms, version id.
COMPLETE: Final = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('LREM', KEYS[2], 1, ARGV[3])
local known = cjson.decode(redis.call('HGET', KEYS[3], ARGV[2]))
if known.state ~= 'waiting' then return 2 end
redis.call('HSET', KEYS[3], ARGV[2], ARGV[4])
redis.call('XADD', KEYS[4], '*', 'type', 'turn.completed', 'at_ms', ARGV[6], 'message_id', ARGV[2],
  'version_id', ARGV[7], 'data', ARGV[5])
return 1
"""


@dataclass(frozen=True, slots=True)
class Message:
    """A message in the mailbox. `body` is its JSON payload; `raw` the exact stored text."""

    id: str
    body: dict[str, Any]
    raw: str


@dataclass(frozen=True, slots=True)
class Ownership:
    """The right to answer a thread's messages until the lease runs out."""

    thread: str
    token: str
    fence: int


class Mailbox:
    """Mailboxes of one tenant's threads."""

    def __init__(self, redis: Redis, tenant: str) -> None:
        self._redis = redis
        self._prefix = f"cutaway:{tenant}:thread:"
        self._post = redis.register_script(POST)
        self._acquire = redis.register_script(ACQUIRE)
        self._renew = redis.register_script(RENEW)
        self._complete = redis.register_script(COMPLETE)

    def _key(self, thread: str, what: str) -> str:
        return f"{self._prefix}{thread}:{what}"

    async def post(
        self, thread: str, message_id: str, body: Mapping[str, Any], *, now_ms: int
    ) -> dict[str, Any] | None:
        """Put a message in; gives the finished turn's result if this id was answered before, else None.

        Raises `MessageError` when the id was used with other words.
        """
        raw = json.dumps({"id": message_id, **body}, sort_keys=True)
        said = json.dumps({"text": body.get("text", "")})
        keys = [self._key(thread, "turns"), self._key(thread, "mailbox"), self._key(thread, "events")]
        answer = await self._post(keys=keys, args=[message_id, _hash(raw), raw, said, now_ms])
        if answer == "other":
            raise MessageError(
                f"The message id {message_id!r} was used before with other words; nothing was done.",
                fix="Give each new message its own id.",
            )
        return _result(answer)

    async def result(self, thread: str, message_id: str) -> dict[str, Any] | None:
        """The turn's result, None while it waits."""
        answer = await self._redis.hget(self._key(thread, "turns"), message_id)
        return _result(str(answer)) if answer else None

    async def acquire(self, thread: str, token: str) -> Ownership | None:
        """Become the thread's owner, or None while another process is."""
        keys = [self._key(thread, "owner"), self._key(thread, "fence")]
        fence = int(await self._acquire(keys=keys, args=[token, OWNER_MS]))
        return Ownership(thread, token, fence) if fence else None

    async def renew(self, owner: Ownership) -> None:
        """Keep the ownership. Raises `ConflictError` when it was lost."""
        if not await self._renew(keys=[self._key(owner.thread, "owner")], args=[owner.token, OWNER_MS]):
            raise ConflictError(f"Another process answers thread {owner.thread!r} now.")

    async def release(self, owner: Ownership) -> None:
        """Give the ownership back; harmless when it was lost."""
        await self._renew(keys=[self._key(owner.thread, "owner")], args=[owner.token, 0])

    async def next(self, thread: str) -> Message | None:
        """The oldest message without an answer, left in place."""
        found = await self._redis.lindex(self._key(thread, "mailbox"), 0)
        if found is None:
            return None
        raw = str(found)
        body = json.loads(raw)
        return Message(body.pop("id"), body, raw)

    async def complete(
        self,
        owner: Ownership,
        message: Message,
        result: Mapping[str, Any],
        *,
        now_ms: int,
        version_id: str = "",
        event: Mapping[str, Any] | None = None,
    ) -> None:
        """Store the turn's result, take the message out and tell the thread. Raises `ConflictError` when not owner."""
        turn = json.dumps({"hash": _hash(message.raw), "state": "done", "result": dict(result)})
        keys = [self._key(owner.thread, what) for what in ("owner", "mailbox", "turns", "events")]
        said = json.dumps(dict(event or {}))
        args: list[str | int] = [owner.token, message.id, message.raw, turn, said, now_ms, version_id]
        if not await self._complete(keys=keys, args=args):
            raise ConflictError(f"Another process answers thread {owner.thread!r} now.")


def _hash(raw: str) -> str:
    return hashlib.sha256(raw.encode()).hexdigest()[:32]


def _result(answer: str) -> dict[str, Any] | None:
    turn = json.loads(answer)
    return turn["result"] if turn["state"] == "done" else None
