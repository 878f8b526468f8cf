"""What is done to the cast: who joins, leaves, is somebody else, looks different or does something else."""

from __future__ import annotations

from cutaway.conversation.keywords.editing.cast_appearing import appearing
from cutaway.conversation.keywords.editing.cast_corrected import read_correction
from cutaway.conversation.keywords.editing.cast_deeds import doing
from cutaway.conversation.keywords.editing.cast_joining import joined, left_alone, left_out, present, several_of
from cutaway.conversation.keywords.editing.cast_replaced import replaced, set_right
from cutaway.conversation.keywords.editing.cast_told import told_to
from cutaway.conversation.keywords.editing.cast_traits import (
    coloured_in,
    described,
    given,
    part_coloured,
    renamed,
    worn_by,
)
from cutaway.conversation.keywords.editing.stage import Found, Stage


def read_cast_order(stage: Stage) -> Found | None:
    """What a clause does to the cast, or None when it is about something else."""
    for read in (
        left_alone,
        present,
        set_right,
        read_correction,
        replaced,
        left_out,
        renamed,
        appearing,
        told_to,
        given,
        part_coloured,
        coloured_in,
        worn_by,
        several_of,
        joined,
        described,
        doing,
    ):
        if (found := read(stage)) is not None:
            return found
    return None
