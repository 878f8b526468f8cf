"""The conversation graph: listen, understand, revise, price, gate, dispatch, reply.

LangGraph lives here and in the saver, nowhere else. Import this module lazily: it takes over a second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from langgraph.graph import START, StateGraph

from cutaway.conversation import nodes
from cutaway.conversation.services import Services
from cutaway.conversation.state import ThreadState

if TYPE_CHECKING:
    from langgraph.checkpoint.base import BaseCheckpointSaver
    from langgraph.graph.state import CompiledStateGraph


def build() -> StateGraph[Any, Any, Any, Any]:
    """The graph, not compiled."""
    graph = StateGraph(ThreadState, context_schema=Services)
    graph.add_node("listen", nodes.listen)
    graph.add_node("understand", nodes.understand)
    graph.add_node("revise", nodes.revise)
    graph.add_node("price", nodes.price_version)
    graph.add_node("gate", nodes.gate)
    graph.add_node("dispatch", nodes.dispatch_quote)
    graph.add_node("reply", nodes.reply)
    graph.add_edge(START, "listen")
    return graph


def make_graph(checkpointer: BaseCheckpointSaver[Any] | None = None) -> CompiledStateGraph[Any, Any, Any, Any]:
    """The compiled graph; runs need `Services` as their context."""
    return build().compile(checkpointer=checkpointer, name="cutaway")
