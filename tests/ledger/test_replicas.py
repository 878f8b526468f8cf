"""Durability by replicas: a move that they do not confirm stops what depends on it."""

from __future__ import annotations

import pytest
from redis.asyncio import Redis

from cutaway.errors import StoreError
from cutaway.ledger import Ledger, Order
from ledger.test_connection import Servers, free_port, servers

__all__ = ["servers"]


async def order(ledger: Ledger, name: str) -> None:
    await ledger.dispatch(
        [Order(id=name, kind="shot", key=name, spec={}, queue="io", model="a:m")],
        tenant="t",
        thread="th",
        version_id="v",
        quote_id="q",
        message_id="m",
        cut_key="c",
    )


@pytest.mark.slow
async def test_an_intent_that_the_replicas_do_not_have_is_not_acted_upon(servers: Servers) -> None:
    port = free_port()
    url = await servers.start("--port", str(port), "--repl-diskless-sync-delay", "0")
    replica: Redis = Redis.from_url(await servers.start("--replicaof", "127.0.0.1", str(port)), decode_responses=True)
    client: Redis = Redis.from_url(url, decode_responses=True)
    ledger = Ledger(client, replicas=1)
    try:
        while (await replica.info("replication"))["master_link_status"] != "up":
            pass
        await order(ledger, "safe")
        assert await replica.hget("cutaway:op:safe", "phase") == "ready"
        await replica.shutdown(nosave=True)
        with pytest.raises(StoreError, match="0 of 1 replicas confirmed"):
            await ledger.take("safe", owner="w")
    finally:
        await client.aclose()
        await replica.aclose()
