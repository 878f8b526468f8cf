"""langgraph.json points LangGraph's own server at a graph that exists."""

from __future__ import annotations

import importlib
import json

from house.places import ROOT


def test_every_graph_is_an_importable_factory() -> None:
    graphs = json.loads((ROOT / "langgraph.json").read_text(encoding="utf-8"))["graphs"]
    assert graphs
    for target in graphs.values():
        module, _, name = target.partition(":")
        assert callable(getattr(importlib.import_module(module), name))
