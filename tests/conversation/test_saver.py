"""Checkpoints: a stale parent is refused, also between processes, and bytes that name a class are not obeyed."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any, TypedDict

import pytest
from langgraph.graph import START, StateGraph

from cutaway.conversation.saver import FencedSqliteSaver, open_saver, thread_config
from cutaway.errors import ConflictError, StoreError


class Counter(TypedDict, total=False):
    count: int
    said: list[str]


def counting(saver: FencedSqliteSaver, gate: asyncio.Event | None = None, entered: asyncio.Event | None = None) -> Any:
    async def step(state: Counter) -> Counter:
        if entered:
            entered.set()
        if gate:
            await gate.wait()
        return {"count": state.get("count", 0) + 1}

    graph = StateGraph(Counter)
    graph.add_node("step", step)
    graph.add_edge(START, "step")
    return graph.compile(checkpointer=saver)


async def test_turns_one_after_another_are_all_kept(tmp_path: Path) -> None:
    async with open_saver(tmp_path / "t.sqlite") as saver:
        graph = counting(saver)
        for _ in range(5):
            state = await graph.ainvoke({}, thread_config("t", "a"), durability="exit")
        assert state["count"] == 5


async def test_the_later_of_two_overlapping_turns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.sqlite"
    async with open_saver(path) as one, open_saver(path) as two:
        await counting(one).ainvoke({}, thread_config("t", "a"), durability="exit")
        gate, entered = asyncio.Event(), asyncio.Event()
        slow = asyncio.create_task(counting(one, gate, entered).ainvoke({}, thread_config("t", "a"), durability="exit"))
        await entered.wait()
        await counting(two).ainvoke({}, thread_config("t", "a"), durability="exit")
        gate.set()
        with pytest.raises(ConflictError, match="went on elsewhere"):
            await slow
        state = await counting(two).aget_state(thread_config("t", "a"))
        assert state.values["count"] == 2


PROCESS = """
import asyncio, sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from cutaway.conversation.saver import open_saver, thread_config
from cutaway.errors import ConflictError
from conversation.test_saver import counting

async def main() -> None:
    kept = 0
    async with open_saver(Path({path!r})) as saver:
        graph = counting(saver)
        for _ in range(20):
            try:
                await graph.ainvoke({{}}, thread_config("t", "a"), durability="exit")
                kept += 1
            except ConflictError:
                pass
    print(kept)

asyncio.run(main())
"""


@pytest.mark.slow
async def test_two_processes_on_one_thread_never_bury_each_others_turns(tmp_path: Path) -> None:
    path = tmp_path / "t.sqlite"
    code = PROCESS.format(path=str(path), tests=str(Path(__file__).parents[1]))
    command = [sys.executable, "-c", code]
    runs = [await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE) for _ in range(2)]
    kept = sum([int((await run.communicate())[0]) for run in runs])
    async with open_saver(path) as saver:
        state = await counting(saver).aget_state(thread_config("t", "a"))
        assert state.values["count"] == kept > 20


async def test_many_processes_may_open_a_new_file_at_once(tmp_path: Path) -> None:
    async def once() -> None:
        async with open_saver(tmp_path / "new.sqlite") as saver:
            await counting(saver).ainvoke({}, thread_config("t", "a"), durability="exit")

    results = await asyncio.gather(*(once() for _ in range(8)), return_exceptions=True)
    assert {type(result) for result in results} <= {type(None), ConflictError}
    assert None in results


async def test_a_checkpoint_that_names_a_function_does_not_run_it(tmp_path: Path) -> None:
    import ormsgpack

    marker = tmp_path / "marker"
    payload = ormsgpack.packb(
        ormsgpack.Ext(0, ormsgpack.packb(("os", "system", f"touch {marker}"))), option=ormsgpack.OPT_NON_STR_KEYS
    )
    async with open_saver(tmp_path / "t.sqlite") as saver:
        saver.serde.loads_typed(("msgpack", payload))
    assert not marker.exists()


async def test_a_conversation_file_that_cannot_be_opened_says_which(tmp_path: Path) -> None:
    (tmp_path / "t.sqlite").write_bytes(b"this is not a database" * 100)
    with pytest.raises(StoreError, match=r"t\.sqlite"):
        async with open_saver(tmp_path / "t.sqlite"):
            pass
