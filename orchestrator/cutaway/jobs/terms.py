"""What the settings mean for workers: the ledger's durability, and how much may be under way at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cutaway.errors import ConfigError
from cutaway.ledger import Ledger
from cutaway.settings import Settings

if TYPE_CHECKING:
    from redis.asyncio import Redis


def ledger_of(settings: Settings, redis: Redis) -> Ledger:
    """The ledger with the durability the settings declare."""
    return Ledger(redis, replicas=settings.replicas if settings.durability == "replicas" else 0)


def caps_of(settings: Settings) -> dict[str, int]:
    """How many operations may be under way at once, as `Ledger.set_caps` takes them. Raises `ConfigError`."""
    caps = {} if settings.tenant_in_flight is None else {"tenant": settings.tenant_in_flight}
    for name, options in settings.providers.items():
        cap = options.get("max_in_flight")
        if cap is None:
            continue
        if not isinstance(cap, int) or isinstance(cap, bool) or cap < 1:
            raise ConfigError(
                f"providers.{name}.max_in_flight is {cap!r}, which is not a whole number of orders above 0.",
                fix="Write how many orders this account may have under way at once, or leave it out.",
            )
        caps[f"provider:{name}"] = cap
    return caps
