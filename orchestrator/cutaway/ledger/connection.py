"""The way to a Redis or Valkey server, and whether it can keep the ledger's promises.

`connect` opens and checks; `check` refuses a server that could lose a paid order or turn a write away; `describe` gives
the facts behind that for `cutaway doctor`.
"""

from __future__ import annotations

import functools
import re
from typing import Any, Final, Literal, cast

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialWithJitterBackoff
from redis.exceptions import AuthenticationError, RedisError, ResponseError
from redis.exceptions import ConnectionError as RedisConnectionError

from cutaway.contract import Frozen
from cutaway.errors import ConfigError, StoreError, UnfitStoreError

Durability = Literal["fsync", "replicas", "none"]

OLDEST: Final = 7
CONNECT_S: Final = 3.0
ANSWER_S: Final = 15.0
"""How long a reply may take; longer than any blocking read in the house."""
RETRIES: Final = 10
"""Together about six seconds: a server that is restarted, or killed and restarted by the guard, is waited for."""

_FSYNC_FIX: Final = "Run CONFIG SET appendonly yes and CONFIG SET appendfsync always, and put both in its configuration"
_OTHER_DURABILITY: Final = (
    "or declare what it can do with CUTAWAY_DURABILITY=replicas or none (none refuses paid work)."
)


class StoreFacts(Frozen):
    """What a server says about itself. `unverified` names the facts it would not tell."""

    server: str
    version: str
    role: str
    cluster: bool
    maxmemory_policy: str | None
    aof: bool
    appendfsync: str | None
    replicas: int
    used_memory_bytes: int
    unverified: tuple[str, ...] = ()

    @property
    def major(self) -> int:
        """The major version."""
        first = self.version.partition(".")[0]
        return int(first) if first.isdecimal() else 0

    @property
    def can_lose(self) -> str:
        """What is lost at the worst moment, in words for a person."""
        if self.aof and self.appendfsync == "always":
            return "nothing that was answered, unless the disk is lost"
        if self.aof and self.appendfsync == "everysec":
            return "up to two seconds of answered writes when the machine stops"
        if self.aof:
            return "an unknown number of seconds of answered writes when the machine stops"
        if self.replicas:
            return f"whatever none of its {self.replicas} replicas has when the machine stops"
        return "everything since the last snapshot, or everything, when the server stops"


def open_client(url: str) -> Redis:
    """A client for a server that was checked before. Connects on its first command."""
    return _client(url, retries=RETRIES)


async def connect(url: str, *, durability: Durability = "fsync", replicas: int = 1) -> Redis:
    """Open a client for a `redis://`, `rediss://` or `unix://` URL and check the server behind it.

    Replies are text. Lost connections are retried for a few seconds; a reply that does not come is not, because the
    command may have been done. Raises `ConfigError` for a bad URL, `StoreError` when nobody answers and
    `UnfitStoreError` when the server cannot keep `durability`.
    """
    try:
        await _greet(url)
        redis = open_client(url)
    except ValueError as error:
        raise ConfigError(
            f"{redact(url)!r} is not a Redis URL: {error}.",
            fix="Set CUTAWAY_REDIS_URL to redis://HOST:PORT/0, rediss://... or unix:///PATH.",
        ) from None
    try:
        await check(redis, durability=durability, replicas=replicas)
    except BaseException:
        await redis.aclose()
        raise
    return redis


async def check(redis: Redis, *, durability: Durability = "fsync", replicas: int = 1) -> StoreFacts:
    """The server's facts, once they are good enough. Raises `UnfitStoreError` with the first fault and its fix."""
    facts = await describe(redis)
    for fault, fix in _faults(facts, durability, replicas):
        raise UnfitStoreError(f"{facts.server} {facts.version} cannot hold the ledger: {fault}.", fix=fix)
    return facts


async def describe(redis: Redis) -> StoreFacts:
    """Ask a server about itself. Raises `StoreError` when it does not answer."""
    try:
        info = await redis.info()
        appendfsync: str | None = None
        unverified: tuple[str, ...] = ()
        try:
            config = cast("dict[str, str]", await redis.config_get("appendfsync"))
            appendfsync = config.get("appendfsync")
        except ResponseError:
            pass  # forbidden, renamed or absent: INFO tells the rest
        if appendfsync is None:
            unverified = ("appendfsync",)
    except (RedisError, OSError) as error:
        raise StoreError(
            f"The server does not answer: {error}.", fix="Check that it runs and that the user may run INFO."
        ) from error
    valkey = info.get("valkey_version")
    return StoreFacts(
        server="Valkey" if valkey else "Redis",
        version=str(valkey or info.get("redis_version", "unknown")),
        role=str(info.get("role", "unknown")),
        cluster=bool(int(info.get("cluster_enabled", 0))),
        maxmemory_policy=info.get("maxmemory_policy"),
        aof=bool(int(info.get("aof_enabled", 0))),
        appendfsync=appendfsync,
        replicas=int(info.get("connected_slaves", 0)),
        used_memory_bytes=int(info.get("used_memory", 0)),
        unverified=unverified,
    )


def redact(url: str) -> str:
    """A URL without its password, for messages and logs."""
    hidden = re.sub(r"(//[^/@:]*:).*@", r"\1***@", url)
    return re.sub(r"([?&]password=)[^&]*", r"\1***", hidden)


def _faults(facts: StoreFacts, durability: Durability, replicas: int) -> list[tuple[str, str]]:
    """Every fault and its fix, the most basic first."""
    faults: list[tuple[str, str]] = []
    if facts.major < OLDEST:
        faults.append((f"version {OLDEST} or later is needed", f"Upgrade to Redis >= {OLDEST} or any Valkey."))
    if facts.cluster:
        faults.append(("it runs in cluster mode", "Use a server without cluster-enabled, one per group of tenants."))
    if facts.role != "master":
        faults.append(("it is a read-only replica", "Point CUTAWAY_REDIS_URL at the primary."))
    if facts.maxmemory_policy != "noeviction":
        policy = facts.maxmemory_policy or "unknown"
        fault = f"its maxmemory-policy is {policy}, so it may drop budgets and holds when memory is short"
        faults.append((fault, "Run CONFIG SET maxmemory-policy noeviction, and put it in its configuration."))
    if durability == "fsync":
        faults += _fsync_faults(facts)
    if durability == "replicas" and facts.replicas < replicas:
        fix = "Attach replicas, lower CUTAWAY_REPLICAS, or set CUTAWAY_DURABILITY=fsync on a server that syncs always."
        faults.append((f"{replicas} replicas are declared (CUTAWAY_REPLICAS) and {facts.replicas} are connected", fix))
    return faults


def _fsync_faults(facts: StoreFacts) -> list[tuple[str, str]]:
    if not facts.aof:
        fault = "it keeps no append-only file (a snapshot loses every order since the last one)"
        return [(fault, f"{_FSYNC_FIX}, {_OTHER_DURABILITY}")]
    if facts.appendfsync is None:
        fault = "its append-only file is on, but it does not tell its appendfsync (CONFIG GET is forbidden)"
        return [(fault, f"Allow it with ACL SETUSER NAME +config|get, {_OTHER_DURABILITY}")]
    if facts.appendfsync != "always":
        fault = f"its appendfsync is {facts.appendfsync}, so a paid order can be lost after it was sent"
        return [(fault, f"{_FSYNC_FIX}, {_OTHER_DURABILITY}")]
    return []


async def _greet(url: str) -> None:
    """One PING with little patience, so that a wrong address is reported at once."""
    shown = redact(url)
    redis = _client(url, retries=2)
    try:
        await redis.ping()
    except AuthenticationError as error:
        raise StoreError(
            f"{shown} refuses this user or password: {error}.", fix="Correct them in CUTAWAY_REDIS_URL."
        ) from error
    except ResponseError as error:
        raise StoreError(
            f"{shown} refuses PING: {error}.", fix="Check the user's rights and CUTAWAY_REDIS_URL."
        ) from error
    except (RedisError, OSError) as error:
        raise StoreError(
            f"Nobody answers at {shown}: {error}.",
            fix="Start the server, correct CUTAWAY_REDIS_URL, or unset it to use the embedded server.",
        ) from error
    finally:
        await redis.aclose()


@functools.cache
def driver() -> dict[str, Any]:
    """What a client tells the server about itself. Looking its version up takes 5 ms, so it is done once a process."""
    try:
        from redis.driver_info import DriverInfo
    except ImportError:  # before redis-py 7.1 there is nothing to hand over
        return {}
    return {"driver_info": DriverInfo()}


def _client(url: str, *, retries: int) -> Redis:
    return Redis.from_url(
        url,
        decode_responses=True,
        socket_timeout=ANSWER_S,
        socket_connect_timeout=CONNECT_S,
        health_check_interval=30,
        **driver(),
        retry=Retry(ExponentialWithJitterBackoff(base=0.05, cap=1.0), retries, (RedisConnectionError,)),
    )
