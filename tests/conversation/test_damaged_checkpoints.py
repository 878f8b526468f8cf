"""Bytes of a stored conversation rot. Nothing is paid for that, no message disappears, and the thread goes on.

Each damage hits the newest checkpoint of a thread whose film waits for a yes to $0.20; then somebody speaks.
"""

from __future__ import annotations

import asyncio
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from redis import Redis

from cutaway import Orchestrator, TurnPlan
from cutaway.contract import Provider
from cutaway.conversation.plan import Situation
from cutaway.errors import StoreError
from cutaway.storyboard.edits import SetTime
from cutaway.storyboard.model import CastMember, Shot, Sound, Storyboard
from fakes import FlatArtist, open_studio

pytestmark = pytest.mark.slow

FILM = Storyboard(
    cast=(CastMember(id="fox", name="fox", kind="red fox"),),
    shots=tuple(Shot(id=f"s{i}", duration_s=1, cast=("fox",), action=f"trots {i}", seed=i) for i in (1, 2)),
    sound=Sound(bed="none"),
)
PLANS = {
    "a fox": TurnPlan(intent="make", storyboard=FILM, decision="video"),
    "at night": TurnPlan(intent="edit", edits=(SetTime(shots=("s2",), time_of_day="night"),), decision="video"),
    "what did it cost": TurnPlan(intent="cost"),
    "yes": TurnPlan(intent="approve"),
}
QUOTED_MICRO = 200_000
DAMAGES = 60
FILES = 10
COLUMNS = ("checkpoint", "checkpoint", "checkpoint", "metadata", "type")


class Prepared:
    name = "prepared"

    async def plan(self, situation: Situation) -> TurnPlan:
        return PLANS[situation.text]


def flipped(dice: random.Random, data: bytes) -> bytes:
    found = bytearray(data)
    for _ in range(dice.randint(1, 3)):
        found[dice.randrange(len(found))] ^= 1 << dice.randrange(8)
    return bytes(found)


def truncated(dice: random.Random, data: bytes) -> bytes:
    return data[: dice.randrange(len(data))]


def overwritten(dice: random.Random, data: bytes) -> bytes:
    at = dice.randrange(len(data))
    end = min(len(data), at + dice.randint(1, 64))
    return data[:at] + dice.choice((bytes(end - at), dice.randbytes(end - at))) + data[end:]


HARMS: tuple[Callable[[random.Random, bytes], bytes], ...] = (flipped, flipped, truncated, overwritten)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one damage. `ended` and `later` are "ok" or the error code of the next turn and the one after."""

    damage: str
    said: str
    ended: str
    later: str
    operations: int
    held_micro: int
    transcript: tuple[tuple[str, str], ...]


async def speak(studio: Orchestrator, thread: str, text: str) -> str:
    turn = await studio.send(thread, text, message_id=text)
    return str(turn.error["code"]) if turn.error else "ok"


def harm(path: Path, thread: str, dice: random.Random) -> str:
    """Damage one column of the thread's newest checkpoint; says what was done."""
    column, harming = dice.choice(COLUMNS), dice.choice(HARMS)
    newest = "rowid = (SELECT rowid FROM checkpoints WHERE thread_id = ? ORDER BY checkpoint_id DESC LIMIT 1)"
    with closing(sqlite3.connect(path)) as connection, connection:
        (value,) = connection.execute(f"SELECT {column} FROM checkpoints WHERE {newest}", (thread,)).fetchone()
        if column == "type":
            harmed: str | bytes = dice.choice(("json", "bytes", "null", "pickle", ""))
        else:
            harmed = harming(dice, value)
        connection.execute(f"UPDATE checkpoints SET {column} = ? WHERE {newest}", (harmed, thread))
    return f"{column} {harming.__name__}"


@pytest.fixture(scope="module")
def outcomes(valkey_url: str, tmp_path_factory: pytest.TempPathFactory) -> list[Outcome]:
    with Redis.from_url(valkey_url) as redis:
        redis.flushall()
    return asyncio.run(damage_checkpoints(valkey_url, tmp_path_factory.mktemp("checkpoints")))


async def damage_checkpoints(valkey_url: str, home: Path) -> list[Outcome]:
    dice, found = random.Random(33), []
    paid: Provider = FlatArtist("paid", "0.10")
    async with open_studio(valkey_url, home, Prepared(), paid, working=False) as studio:
        for number in range(DAMAGES):
            thread = f"t{number}"
            await speak(studio, thread, "a fox")
            damage = harm(home / "data" / "threads.sqlite", f"local/{thread}", dice)
            said = ("at night", "what did it cost", "yes")[number % 3]
            ended = await speak(studio, thread, said)
            operations = await studio.operations(thread)
            held = sum(operation.hold_micro for operation in operations)
            later = await speak(studio, thread, "what did it cost")
            transcript = await studio.transcript(thread)
            found.append(Outcome(damage, said, ended, later, len(operations), held, transcript))
        assert await speak(studio, "healthy", "a fox") == "ok"
    return found


def test_a_damaged_checkpoint_pays_for_nothing_that_was_not_approved(outcomes: list[Outcome]) -> None:
    for outcome in outcomes:
        assert outcome.held_micro in ({0, QUOTED_MICRO} if outcome.said == "yes" else {0}), outcome
        assert outcome.operations == (3 if outcome.held_micro else 0), outcome


def test_a_message_to_a_damaged_conversation_is_answered_once_and_stays_in_the_transcript(
    outcomes: list[Outcome],
) -> None:
    for outcome in outcomes:
        spoken = [outcome.said, *(["what did it cost"] if outcome.said != "what did it cost" else [])]
        assert [text for who, text in outcome.transcript if who == "person"] == ["a fox", *spoken], outcome
        assert [who for who, _ in outcome.transcript] == ["person", "studio"] * (1 + len(spoken)), outcome


def test_a_damaged_checkpoint_is_a_clean_error_or_no_error(outcomes: list[Outcome]) -> None:
    assert [outcome for outcome in outcomes if outcome.ended == "internal"] == []


def test_a_thread_goes_on_after_its_checkpoint_was_damaged(outcomes: list[Outcome]) -> None:
    assert [outcome for outcome in outcomes if outcome.later != "ok"] == []


@pytest.fixture(scope="module")
def opened(valkey_url: str, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    with Redis.from_url(valkey_url) as redis:
        redis.flushall()
    return asyncio.run(damage_files(valkey_url, tmp_path_factory.mktemp("files")))


async def damage_files(valkey_url: str, home: Path) -> list[str]:
    """How studios on damaged files fared: "ok", "store" (refused in words) or the code of the turn."""
    dice, found = random.Random(34), []
    paid: Provider = FlatArtist("paid", "0.10")
    async with open_studio(valkey_url, home, Prepared(), paid, working=False) as studio:
        await speak(studio, "t", "a fox")
    whole = (home / "data" / "threads.sqlite").read_bytes()
    for number in range(FILES):
        folder = home / str(number)
        shutil.copytree(home / "data", folder / "data")
        (folder / "data" / "threads.sqlite").write_bytes(dice.choice((truncated, overwritten, paged))(dice, whole))
        try:
            async with open_studio(valkey_url, folder, Prepared(), paid, working=False) as studio:
                turn = await studio.send("t", "what did it cost", message_id=f"m{number}")
                found.append(str(turn.error["code"]) if turn.error else "ok")
        except StoreError:
            found.append("store")
        async with open_studio(valkey_url, home, Prepared(), paid, working=False) as studio:
            assert await studio.operations("t") == (), "something was ordered"
    return found


def paged(dice: random.Random, data: bytes) -> bytes:
    """One page of the file is zeroes."""
    at = 4096 * dice.randrange(len(data) // 4096)
    return data[:at] + bytes(4096) + data[at + 4096 :]


def test_a_damaged_conversation_file_pays_for_nothing(opened: list[str]) -> None:
    assert len(opened) == FILES


def test_a_damaged_conversation_file_is_a_clean_error(opened: list[str]) -> None:
    assert set(opened) <= {"ok", "store"}
