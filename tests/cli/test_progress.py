"""The lines that tell how an operation goes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from cutaway.cli.frame import Terminal
from cutaway.cli.progress import Board
from cutaway.conversation.turn import ShotPlan, TurnResult, VersionView
from cutaway.events import Event

VERSION = VersionView(id="v", number=2, parent_id=None, summary="", state="making", duration_s=3)
TURN = TurnResult(
    thread="t",
    message_id="m",
    intent="make",
    decision="video",
    rationale="",
    confidence=1,
    reply="",
    version=VERSION,
    shots=(ShotPlan(shot_id="s", number=1, seconds=3, change_class="generate", operation_id="op"),),
)


def returned(error: dict[str, Any] | None) -> Event:
    return Event(id="1-0", type="operation.returned", at=datetime.now(UTC), operation_id="op", error=error)


@pytest.mark.parametrize(
    ("error", "line"),
    [
        ({"message": "nobody answers."}, "v2 shot 1: given back (nobody answers); it begins again"),
        ({"code": "not_found"}, "v2 shot 1: given back; it begins again"),
        (None, "v2 shot 1: given back; it begins again"),
        ({"message": "x" * 400}, f"v2 shot 1: given back ({'x' * 119}…); it begins again"),
    ],
)
async def test_work_that_is_given_back_says_why_in_short(
    error: dict[str, Any] | None, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    await Board(Terminal(), TURN).see(returned(error))
    assert capsys.readouterr().err.strip() == line
