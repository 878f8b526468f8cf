"""Edits that nobody could mean are not made: the words that gave them are asked about instead."""

from __future__ import annotations

import pytest

from conversation.utterances import ROAD
from cutaway.conversation.keywords import KeywordReasoner
from cutaway.conversation.keywords.editing.sense import sensible
from cutaway.conversation.keywords.text import mask
from cutaway.conversation.plan import Situation
from cutaway.storyboard.edits import AddCast, AddOverlay, ChangeCast, Edit, SetAction, SetSetting
from cutaway.storyboard.model import CastMember, Overlay


def joins(kind: str) -> AddCast:
    return AddCast(member=CastMember(id="new", name=kind, kind=kind))


@pytest.mark.parametrize(
    "edit",
    [
        joins("could she shake herself dry just"),
        joins("quickly"),
        joins("happy"),
        ChangeCast(cast_id="dog", kind="nice"),
        ChangeCast(cast_id="dog", description="never"),
        SetSetting(setting="sheet"),
        SetSetting(setting="last shot"),
        SetAction(action="looks rather grey dear"),
        AddOverlay(overlay=Overlay(id="a", kind="caption", text="the price from the sheet of course")),
    ],
)
def test_leftovers_of_a_sentence_are_no_values(edit: Edit) -> None:
    assert not sensible(edit, ROAD, mask(""))


@pytest.mark.parametrize(
    "edit",
    [
        joins("old man with a hat"),
        joins("gnorlax"),
        joins("R2-D2"),
        ChangeCast(cast_id="dog", description="with pink wings and a wand"),
        SetSetting(setting="the house where she lives"),
        SetSetting(setting="outdoors"),
        SetAction(action="looks at the sea"),
        SetAction(action="looks up"),
        SetAction(action="snaps"),
        AddOverlay(overlay=Overlay(id="a", kind="caption", text="The price is right")),
    ],
)
def test_what_people_say_is_a_value(edit: Edit) -> None:
    assert sensible(edit, ROAD, mask(""))


async def test_words_from_an_attached_sheet_are_not_written_out() -> None:
    plan = await KeywordReasoner().plan(Situation(text="caption: the price as on the sheet", storyboard=ROAD))

    assert not any("sheet" in edit.overlay.text for edit in plan.edits if isinstance(edit, AddOverlay))
