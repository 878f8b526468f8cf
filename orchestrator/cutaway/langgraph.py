"""For hosts that already have an agent: the studio as LangChain tools, or as a graph LangGraph clients can talk to.

A tool never approves a spend: a model's text cannot say yes for a person. The graph asks with LangGraph's own
interrupt, in the shape agent chats render as approve and reject buttons, and turns the answer into an approval turn.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from langchain_core.messages import AIMessage, AnyMessage
from langchain_core.runnables import RunnableConfig
from langchain_core.tools import BaseTool, StructuredTool
from langgraph.graph import START, MessagesState, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.types import interrupt

from cutaway.app import Orchestrator
from cutaway.conversation.turn import TurnResult
from cutaway.errors import InputError

Open = Callable[[], AbstractAsyncContextManager[Orchestrator]]


def tools(studio: Orchestrator) -> list[BaseTool]:
    """Three tools over one studio: talk about a film, wait for it, list its versions. Each takes a thread name."""

    async def video_turn(thread: str, message: str) -> str:
        """Say something to the video studio about a film: describe it, change it, undo, ask. Answers at once.

        Give the person's own words. The answer holds the plan, its price and a version id. Anything that costs
        money waits for the person's yes, which only they can give.
        """
        return (await studio.send(thread, message)).model_dump_json(exclude_none=True)

    async def video_wait(thread: str, version_id: str) -> str:
        """Wait until a version of the film is finished and give its file and cost."""
        version = await studio.version(thread, version_id)
        turn = TurnResult(
            thread=thread,
            message_id="",
            intent="status",
            decision="video",
            rationale="",
            confidence=1,
            reply="",
            version=version,
        )
        done = await studio.wait(turn) if version.state == "making" else turn
        assert done.version is not None
        return done.version.model_dump_json(exclude_none=True)

    async def video_versions(thread: str) -> str:
        """List the versions of a film, oldest first, with state, file and cost."""
        found = await studio.versions(thread)
        return "[" + ",".join(version.model_dump_json(exclude_none=True) for version in found) + "]"

    return [
        StructuredTool.from_function(coroutine=made, name=made.__name__)
        for made in (video_turn, video_wait, video_versions)
    ]


def conversation(open_studio: Open) -> CompiledStateGraph[Any, Any, Any, Any]:
    """A messages graph around a studio; the LangGraph thread id is the studio's thread."""

    async def turn(state: MessagesState, config: RunnableConfig) -> dict[str, list[AnyMessage]]:
        message = state["messages"][-1]
        if message.type != "human" or not isinstance(message.content, str):
            raise InputError("The last message must be a person's text.", fix="Send a human message with text content.")
        thread = str(config.get("configurable", {}).get("thread_id", "main"))
        async with open_studio() as studio:
            # The node runs again from its start after an interrupt; the message's id makes that the same turn.
            result = await studio.send(thread, message.content, message_id=message.id)
            if result.quote_state == "pending":
                yes = _approved(interrupt(_question(result)))
                answer = studio.approve if yes else studio.decline
                result = await answer(thread, message_id=f"{message.id}:{'yes' if yes else 'no'}")
            result = await studio.wait(result)
        extra = {"cutaway": result.model_dump(mode="json")}
        return {"messages": [AIMessage(content=_words(result), additional_kwargs=extra)]}

    graph = StateGraph(MessagesState)
    graph.add_node("turn", turn)
    graph.add_edge(START, "turn")
    return graph.compile(name="cutaway")


@asynccontextmanager
async def make_graph() -> AsyncIterator[CompiledStateGraph[Any, Any, Any, Any]]:
    """The graph `langgraph.json` names: one studio from the settings, open as long as the server uses it."""
    async with Orchestrator.open() as studio:

        @asynccontextmanager
        async def shared() -> AsyncIterator[Orchestrator]:
            yield studio

        yield conversation(shared)


def _question(turn: TurnResult) -> dict[str, Any]:
    return {
        "action_requests": [
            {
                "name": "render",
                "args": {"quote_id": turn.quote_id, "most_usd": str(turn.most_usd)},
                "description": turn.reply,
            }
        ],
        "review_configs": [{"action_name": "render", "allowed_decisions": ["approve", "reject"]}],
    }


def _approved(answer: object) -> bool:
    """Only a plain approve is a yes; anything else, however it is worded, is a no."""
    decisions = answer.get("decisions") if isinstance(answer, dict) else None
    return isinstance(decisions, list) and [d.get("type") for d in decisions if isinstance(d, dict)] == ["approve"]


def _words(turn: TurnResult) -> str:
    path = turn.version.path if turn.version else None
    return f"{turn.reply}\n\n{path}" if path else turn.reply
