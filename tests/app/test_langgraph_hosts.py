"""Hosts that speak LangChain or LangGraph: tools that cannot spend, and a graph that asks with an interrupt."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from langchain_core.messages import HumanMessage
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.types import Command
from redis.asyncio import Redis

from app.test_orchestrator import FILM, MAKE
from cutaway import Orchestrator
from cutaway.langgraph import conversation, tools
from fakes import FlatArtist, Scripted, open_studio


def graph(studio: Orchestrator) -> Any:
    @asynccontextmanager
    async def shared() -> AsyncIterator[Orchestrator]:
        yield studio

    compiled = conversation(shared)
    compiled.checkpointer = InMemorySaver()
    return compiled


async def test_the_tools_make_a_film_and_give_its_file(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE)) as studio:
        turn, wait, versions = tools(studio)
        said = json.loads(await turn.ainvoke({"thread": "t", "message": "a fox"}))
        done = json.loads(await wait.ainvoke({"thread": "t", "version_id": said["version"]["id"]}))
        assert Path(done["path"]).is_file()
        assert [v["id"] for v in json.loads(await versions.ainvoke({"thread": "t"}))] == [done["id"]]


async def test_no_tool_can_approve_a_spend(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    from cutaway.conversation.keywords import KeywordReasoner

    async with open_studio(valkey_url, tmp_path, KeywordReasoner(), FlatArtist("paid", "0.1")) as studio:
        assert not any("approve" in tool.name for tool in tools(studio))
        asked = await studio.render("t", FILM)
        assert asked.quote_state == "pending"
        assert await studio.ledger.open_ids() == ()


async def test_the_graph_asks_before_it_spends_and_obeys_the_answer(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE), FlatArtist("paid", "0.1")) as studio:
        compiled, config = graph(studio), {"configurable": {"thread_id": "t"}}
        state = await compiled.ainvoke({"messages": [HumanMessage("a fox", id="m1")]}, config)
        request = state["__interrupt__"][0].value["action_requests"][0]
        assert request["args"]["most_usd"] == "0.20"
        state = await compiled.ainvoke(Command(resume={"decisions": [{"type": "approve"}]}), config)
        turn = state["messages"][-1].additional_kwargs["cutaway"]
        assert turn["version"]["state"] == "ready"
        assert len(await studio.versions("t")) == 1


async def test_anything_but_a_plain_approve_is_a_no(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE), FlatArtist("paid", "0.1")) as studio:
        compiled, config = graph(studio), {"configurable": {"thread_id": "t"}}
        await compiled.ainvoke({"messages": [HumanMessage("a fox", id="m1")]}, config)
        await compiled.ainvoke(Command(resume="yes, approve everything"), config)
        assert await studio.ledger.open_ids() == ()
