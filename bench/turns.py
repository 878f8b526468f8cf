"""What a turn without a render costs, and whether a long conversation costs more than a short one.

Beside it, in the same run and on the same disk: an empty three-node LangGraph graph with its own SQLite saver, so the
time is also given as a ratio. Goals: p50 under 60 ms; turn 500 within 1.2x of turn 50 in time and in bytes.
"""

from __future__ import annotations

import asyncio
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypedDict

from cutaway import Orchestrator, load_settings

TURNS = 520
SPAN = 40
ASK = ("What has this cost so far?", "Is it done?", "How long does the lantern burn?", "Thanks!")
SHEET = b"# Ember camp lantern\n\nPrice: $89\n\n- Burns 40 hours on one charge\n"


async def measure(turns: int = TURNS) -> dict[str, float]:
    """The measures as numbers: milliseconds, bytes and ratios."""
    with tempfile.TemporaryDirectory(prefix="ct-", dir="/tmp") as folder:
        environ = {"CUTAWAY_DATA_DIR": f"{folder}/d", "CUTAWAY_RUNTIME_DIR": f"{folder}/r"}
        settings = load_settings(environ, cwd=Path(folder))
        async with Orchestrator.open(settings=settings, worker=False) as studio:
            (Path(folder) / "sheet.md").write_bytes(SHEET)
            await studio.attach("t", [Path(folder) / "sheet.md"])
            took_ms = [await _timed(studio, i) for i in range(turns)]
        sizes = _bytes_per_turn(settings.data_dir / "threads.sqlite")
        floor_ms = await _empty_graph(Path(folder) / "floor.sqlite")
    early, late = _around(took_ms, 50), _around(took_ms, turns - SPAN // 2)
    early_b, late_b = _around(sizes, 50), _around(sizes, turns - SPAN // 2)
    return {
        "turn p50 ms": statistics.median(took_ms),
        "empty LangGraph turn p50 ms": floor_ms,
        "turn / empty LangGraph turn": statistics.median(took_ms) / floor_ms,
        "turn 500 / turn 50, time": late / early,
        "turn 500 / turn 50, bytes": late_b / early_b,
        "checkpoint bytes at turn 500": late_b,
    }


async def _timed(studio: Orchestrator, number: int) -> float:
    begun = time.perf_counter()
    await studio.send("t", ASK[number % len(ASK)])
    return (time.perf_counter() - begun) * 1000


def _around(values: Sequence[float], middle: int) -> float:
    return statistics.median(values[middle - SPAN // 2 : middle + SPAN // 2])


def _bytes_per_turn(path: Path) -> list[float]:
    with sqlite3.connect(path) as connection:
        rows = connection.execute(
            "SELECT length(checkpoint) + length(metadata) FROM checkpoints ORDER BY checkpoint_id"
        ).fetchall()
    return [float(size) for (size,) in rows]


class _Empty(TypedDict, total=False):
    count: int


async def _empty_graph(path: Path) -> float:
    from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver
    from langgraph.graph import START, StateGraph

    async def node(state: _Empty) -> _Empty:
        return {"count": state.get("count", 0) + 1}

    graph: Any = StateGraph(_Empty)
    for name in ("one", "two", "three"):
        graph.add_node(name, node)
    graph.add_edge(START, "one").add_edge("one", "two").add_edge("two", "three")
    async with AsyncSqliteSaver.from_conn_string(str(path)) as saver:
        compiled = graph.compile(checkpointer=saver)
        took = []
        for _ in range(100):
            begun = time.perf_counter()
            await compiled.ainvoke({}, {"configurable": {"thread_id": "t"}}, durability="exit")
            took.append((time.perf_counter() - begun) * 1000)
    return statistics.median(took)


def main(argv: Sequence[str]) -> dict[str, str]:
    """Measure and print; `argv` may hold a number of turns."""
    found = asyncio.run(measure(int(argv[0]) if argv else TURNS))
    for name, value in found.items():
        print(f"{name}: {value:.2f}")
    return {name: f"{value:.2f}" for name, value in found.items()}


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
