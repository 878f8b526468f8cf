"""The page on measuring a reasoner: its conversations file is one, and its tables name every key there is."""

from __future__ import annotations

import re
from pathlib import Path

from cutaway.evaluation.conversation import Conversation, Outcome, Turn
from cutaway.evaluation.reading import read
from house.places import ROOT

TEXT = (ROOT / "docs" / "evaluate.md").read_text(encoding="utf-8")


def test_the_conversations_file_on_the_page_can_be_read(tmp_path: Path) -> None:
    (block,) = re.findall(r"^```yaml\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)
    path = tmp_path / "mine.yaml"
    path.write_text(block, encoding="utf-8")
    assert [(one.name, len(one.turns)) for one in read(path)] == [("rainy-walk", 4), ("from-nothing", 1)]


def test_the_page_names_every_key() -> None:
    keys = {*Conversation.model_fields, *Turn.model_fields, *Outcome.model_fields, "or", "conversation"}
    named = set(re.findall(r"`([a-z_]+)`", TEXT))
    assert keys - {"name", "outcomes"} <= named
