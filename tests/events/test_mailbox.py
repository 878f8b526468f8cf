"""A message is one turn, whoever posts it however often, and one process at a time answers."""

from __future__ import annotations

import asyncio

import pytest
from redis.asyncio import Redis

from cutaway.errors import ConflictError, MessageError
from cutaway.events import EventLog, Mailbox


async def test_the_same_message_id_is_one_message(redis: Redis) -> None:
    mailbox = Mailbox(redis, "t")
    for _ in range(3):
        assert await mailbox.post("th", "m1", {"text": "hello"}, now_ms=1) is None
    assert await redis.llen("cutaway:t:thread:th:mailbox") == 1


async def test_a_message_id_with_other_words_is_refused(redis: Redis) -> None:
    mailbox = Mailbox(redis, "t")
    await mailbox.post("th", "m1", {"text": "hello"}, now_ms=1)
    with pytest.raises(MessageError, match="'m1' was used before with other words"):
        await mailbox.post("th", "m1", {"text": "goodbye"}, now_ms=2)


async def test_one_of_many_processes_owns_a_thread(redis: Redis) -> None:
    boxes = [Mailbox(redis, "t") for _ in range(8)]
    owners = await asyncio.gather(*(box.acquire("th", f"token{i}") for i, box in enumerate(boxes)))
    assert sum(1 for owner in owners if owner) == 1


async def test_who_lost_the_thread_cannot_complete_its_turn(redis: Redis) -> None:
    mailbox = Mailbox(redis, "t")
    await mailbox.post("th", "m1", {"text": "hello"}, now_ms=1)
    owner = await mailbox.acquire("th", "slow")
    message = await mailbox.next("th")
    assert owner
    assert message
    await redis.delete("cutaway:t:thread:th:owner")
    assert await mailbox.acquire("th", "other")
    with pytest.raises(ConflictError):
        await mailbox.complete(owner, message, {"reply": "late"}, now_ms=2)
    assert await mailbox.result("th", "m1") is None
    assert await mailbox.next("th") == message


async def test_a_completed_turn_is_given_back_for_the_same_message(redis: Redis) -> None:
    mailbox = Mailbox(redis, "t")
    await mailbox.post("th", "m1", {"text": "hello"}, now_ms=1)
    owner = await mailbox.acquire("th", "me")
    message = await mailbox.next("th")
    assert owner
    assert message
    await mailbox.complete(owner, message, {"reply": "hi"}, now_ms=2, event={"reply": "hi"})
    assert await mailbox.post("th", "m1", {"text": "hello"}, now_ms=3) == {"reply": "hi"}
    assert await mailbox.next("th") is None
    assert await EventLog(redis, "t").transcript("th") == (("person", "hello"), ("studio", "hi"))


async def test_events_are_followed_from_where_a_reader_left_off(redis: Redis) -> None:
    mailbox, log = Mailbox(redis, "t"), EventLog(redis, "t")
    await mailbox.post("th", "m1", {"text": "one"}, now_ms=1)
    cursor = await log.last_id("th")
    await mailbox.post("th", "m2", {"text": "two"}, now_ms=2)
    async for event in log.follow("th", after=cursor):
        assert (event.type, event.message_id) == ("message.received", "m2")
        break


async def test_an_event_of_a_newer_kind_is_skipped(redis: Redis) -> None:
    await redis.xadd("cutaway:t:thread:th:events", {"type": "moon.landed", "at_ms": "1"})
    assert await EventLog(redis, "t").read("th") == ()
