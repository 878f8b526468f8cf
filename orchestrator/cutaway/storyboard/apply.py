"""Edits applied to a storyboard: pure, all or nothing.

    after = apply(before, [SetTime(shots=("s2",), time_of_day="night")])

An edit whose `shots` is empty means every unlocked shot. Locked shots are never changed, directly or through the
cast, the style or the frame; only `SetLock` touches them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from cutaway.contract import Frozen
from cutaway.errors import EditError
from cutaway.storyboard import apply_film, apply_shots
from cutaway.storyboard.edits import Edit, SetLock
from cutaway.storyboard.model import Storyboard
from cutaway.storyboard.reach import keep_locked

CHANGES: Final[Mapping[type[Frozen], Callable[[Storyboard, Any], Storyboard]]] = {
    **apply_shots.CHANGES,
    **apply_film.CHANGES,
}


def apply(storyboard: Storyboard, edits: Iterable[Edit]) -> Storyboard:
    """The storyboard after these edits, in order; the one passed in is left as it is.

    An edit that changes nothing gives an equal storyboard. Raises `EditError` naming the shot, the field, the value
    and what is allowed; then none of the edits count.
    """
    for edit in edits:
        change = CHANGES.get(type(edit))
        if change is None:
            known = ", ".join(sorted(kind.model_fields["op"].default for kind in CHANGES))
            raise EditError(
                f"{type(edit).__name__} is not an edit.", field="op", value=type(edit).__name__, allowed=known
            )
        after = change(storyboard, edit)
        if not isinstance(edit, SetLock):
            keep_locked(storyboard, after)
        storyboard = after
    return storyboard
