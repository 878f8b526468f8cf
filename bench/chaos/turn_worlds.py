"""One turn and its deaths: processes send the same message and are killed; the last one lives and tells what is there.

Each life is a fork of this process, which imported everything and opened nothing, so a life costs milliseconds.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import traceback
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from bench.chaos.tripwire import Tripwire, WiredQueue, WiredReasoner, WiredRedis, WiredSaver, open_wired_saver
from bench.chaos.vendor import Vendor

from cutaway import Orchestrator, RoutingPolicy, TurnPlan, load_settings
from cutaway.conversation.graph import make_graph
from cutaway.conversation.saver import thread_config
from cutaway.storyboard.edits import SetTime
from cutaway.storyboard.model import CastMember, Shot, Sound, Storyboard

THREAD: Final = "t"
OWNER: Final = f"cutaway:local:thread:{THREAD}:owner"
NOW: Final = datetime(2026, 11, 20, 12, tzinfo=UTC)
LIFE_S: Final = 60
WORDS: Final = frozenset({"turn", "a double click", "cost", "transcript", "quotes", "window"})
"""What was told to somebody. The other parts are work and money."""


def _film(*actions: str) -> Storyboard:
    shots = tuple(
        Shot(id=f"s{i}", duration_s=1, cast=("fox",), action=action, seed=i) for i, action in enumerate(actions, 1)
    )
    return Storyboard(cast=(CastMember(id="fox", name="fox", kind="red fox"),), shots=shots, sound=Sound(bed="none"))


def _make(film: Storyboard) -> TurnPlan:
    return TurnPlan(intent="make", storyboard=film, decision="video", reply="Here it comes.")


PLANS: Final[Mapping[str, TurnPlan]] = {
    "a fox": _make(_film("trots", "sleeps")),
    "at night": TurnPlan(intent="edit", edits=(SetTime(shots=("s2",), time_of_day="night"),), decision="video"),
    "yes": TurnPlan(intent="approve"),
    "no": TurnPlan(intent="decline"),
    "back": TurnPlan(intent="undo"),
    "what did it cost": TurnPlan(intent="cost"),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A turn worth dying in: the messages before it and its own, each with whether it is approved at once.

    `again` is what the reasoner plans for the same words when a later process asks: a model seldom says a thing twice.
    """

    before: tuple[tuple[str, bool], ...]
    message: tuple[str, bool]
    again: TurnPlan | None = None

    def plans(self, *, first: bool) -> Mapping[str, TurnPlan]:
        """What the reasoner answers to each text, in the first process or in a later one."""
        return PLANS if first or self.again is None else {**PLANS, self.message[0]: self.again}


KINDS: Final[Mapping[str, Kind]] = {
    "make": Kind((), ("a fox", True)),
    "approve": Kind((("a fox", False),), ("yes", False)),
    "edit": Kind((("a fox", True),), ("at night", True)),
    "undo": Kind((("a fox", True), ("at night", True)), ("back", False)),
    "decline": Kind((("a fox", True), ("at night", False)), ("no", False)),
    "replanned longer": Kind((), ("a fox", True), _make(_film("runs", "jumps", "rests"))),
    "replanned otherwise": Kind((), ("a fox", True), _make(_film("trots", "swims"))),
    "replanned in words": Kind((), ("a fox", True), TurnPlan(intent="ask", reply="What kind of fox?")),
}


@dataclass(frozen=True, slots=True)
class Life:
    """A process's studio, with the server and the saver under it."""

    studio: Orchestrator
    redis: Any
    saver: WiredSaver


@asynccontextmanager
async def open_wired(
    url: str, folder: Path, wire: Tripwire, plans: Mapping[str, TurnPlan] = PLANS
) -> AsyncIterator[Life]:
    """A studio like `Orchestrator.open` makes, with every call on the wire, a priced vendor and nobody working."""
    told = {"CUTAWAY_DATA_DIR": str(folder), "CUTAWAY_RUNTIME_DIR": str(folder / "run"), "CUTAWAY_REDIS_URL": url}
    vendor = Vendor("paid", "deduplicates", price=Decimal("0.10"))
    redis = WiredRedis.from_url(url, decode_responses=True)
    assert isinstance(redis, WiredRedis)
    redis.wire = wire
    async with redis, open_wired_saver(folder / "threads.sqlite", wire) as saver:
        studio = Orchestrator(
            settings=load_settings(told, cwd=folder),
            redis=redis,
            saver=saver,
            providers={vendor.name: vendor},
            reasoner=WiredReasoner(wire, plans),
            policy=RoutingPolicy(),
            queue=WiredQueue(wire),
            tenant="local",
            clock=lambda: NOW,
        )
        yield Life(studio, redis, saver)


async def live(url: str, folder: Path, kind: Kind, at: int | None, *, first: bool) -> list[str]:
    """Send the turn's message, and die at moment `at` of it; gives the moments of a turn that was lived through."""
    wire = Tripwire(at)
    async with open_wired(url, folder, wire, kind.plans(first=first)) as life:
        if first:
            for number, (text, approved) in enumerate(kind.before):
                await life.studio.send(THREAD, text, message_id=f"before{number}", approved=approved)
        wire.armed = True
        text, approved = kind.message
        await life.studio.send(THREAD, text, message_id="m", approved=approved)
        wire.armed = False
    return wire.moments


async def tell(url: str, folder: Path, kind: Kind) -> dict[str, Any]:
    """Send the message twice more and give everything that must not depend on deaths, as JSON."""
    async with open_wired(url, folder, Tripwire(), kind.plans(first=False)) as life:
        text, approved = kind.message
        sent = [await life.studio.send(THREAD, text, message_id="m", approved=approved) for _ in range(2)]
        turn, again = (one.model_dump(mode="json") for one in sent)
        cost = await life.studio.send(THREAD, "what did it cost", message_id="after")
        return {**await look(life), "turn": turn, "a double click": again, "cost": cost.reply}


async def look(life: Life) -> dict[str, Any]:
    """Versions, operations, money, words and graph state of the thread."""
    studio, redis = life.studio, life.redis
    versions = await studio.services.versions.list(THREAD)
    head = await studio.services.versions.head(THREAD)
    operations = await studio.operations(THREAD)
    transcript = await studio.transcript(THREAD)
    budgets = {key: await redis.hgetall(key) for key in sorted(await redis.keys("cutaway:*:budget:*"))}
    rows = [key for key in await redis.keys("cutaway:op:*") if key.count(":") == 2]
    saved = await life.saver.aget_tuple(thread_config("local", THREAD))
    state = saved.checkpoint["channel_values"] if saved else {}
    return {
        "versions": [[v.id, v.number, v.parent_id, v.storyboard_sha256, v.summary] for v in versions],
        "head": head.id if head else None,
        "operations": sorted([o.id, o.kind, o.key, o.phase, o.money, o.hold_micro, o.quote_id] for o in operations),
        "operation rows": sorted(rows),
        "open": sorted(await studio.ledger.open_ids()),
        "budgets": budgets,
        "who spoke": [who for who, _ in transcript],
        "transcript": [said for _, said in transcript],
        "waiting messages": await redis.llen(f"cutaway:local:thread:{THREAD}:mailbox"),
        "quotes": [await studio.services.quotes.of_version(v.id) for v in versions],
        "window": state.get("window"),
        "pending quote": state.get("pending_quote_id"),
    }


@dataclass(frozen=True, slots=True)
class Ended:
    """How a life ended. `signal` is what killed it, 0 when it came to its end; `said` is what it gave, or `error`."""

    signal: int = 0
    said: Any = None
    error: str = ""


def warm_up() -> None:
    """Compile a graph, so that forks need not; nothing is opened by it."""
    make_graph()


def fork(life: Any) -> Ended:
    """Live a coroutine in a fork of this process. A life that hangs is ended by SIGALRM."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        signal.alarm(LIFE_S)
        try:
            ended = Ended(said=asyncio.run(life()))
        except BaseException:
            ended = Ended(error=traceback.format_exc())
        with os.fdopen(writer, "w") as out:
            json.dump(asdict(ended), out)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as told:
        text = told.read()
    _, status = os.waitpid(child, 0)
    return Ended(**json.loads(text)) if text else Ended(signal=os.WTERMSIG(status))


def differences(expected: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, str]:
    """The parts that differ, each with a short sentence."""
    return {name: _short(expected[name], found[name]) for name in expected if expected[name] != found[name]}


def _short(expected: Any, found: Any) -> str:
    if isinstance(expected, dict) and isinstance(found, dict):
        parts = [k for k in sorted({*expected, *found}) if expected.get(k) != found.get(k)]
        return "; ".join(f"{k} is {found.get(k)!r:.100}, not {expected.get(k)!r:.100}" for k in parts)
    return f"is {found!r:.200}, not {expected!r:.200}"


def names(moments: Sequence[str], deaths: Sequence[int]) -> str:
    """The deaths of a scenario in words."""
    return ", then ".join(f"{at} ({moments[at] if at < len(moments) else 'of a later run'})" for at in deaths)
