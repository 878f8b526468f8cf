"""An edit that cannot apply, said to a person: shots by number, no ids and no names of edits."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cutaway.conversation.keywords.targets import scope_of
from cutaway.errors import EditError
from cutaway.storyboard.apply import apply
from cutaway.storyboard.edits import Edit, SetLock
from cutaway.storyboard.model import Storyboard


def say_refusal(film: Storyboard, edits: Sequence[Edit], error: EditError) -> tuple[str, tuple[str, ...]]:
    """Why these edits cannot be made to `film`, in plain words, and messages that would help."""
    if error.field != "locked":
        return _spoken(film, error), ()
    shots = _in_the_way(film, edits)
    if not shots or (len(shots) > 1 and len(shots) == len(film.shots)):
        return "Every shot is locked, so nothing can change. Unlock one first.", ("Unlock shot 1", "Unlock everything")
    which = scope_of(film, shots)
    one = len(shots) == 1
    return (
        f"{which[:1].upper()}{which[1:]} {'is' if one else 'are'} locked, and this would change "
        f"{'it' if one else 'them'}. Unlock {'it' if one else 'them'} first.",
        (f"Unlock {which}",),
    )


def _in_the_way(film: Storyboard, edits: Sequence[Edit]) -> tuple[str, ...]:
    """The locked shots these edits would change, in the order of the film; () when every shot has to be free."""
    found: list[str] = []
    for _ in film.shots:
        try:
            apply(film, [*([SetLock(shots=tuple(found), locked=False)] if found else []), *edits])
        except EditError as error:
            if error.field != "locked" or error.shot is None or error.shot in found:
                break
            found.append(error.shot)
        else:
            break
    return tuple(shot.id for shot in film.shots if shot.id in found)


def _spoken(film: Storyboard, error: EditError) -> str:
    """The message with shot ids said as numbers; what is allowed stays when it holds no names of the code."""
    said = error.message if not error.allowed or re.search(r"[a-z]_[a-z]", error.allowed) else str(error)
    for number, shot in enumerate(film.shots, 1):
        said = said.replace(f" ({shot.id!r})", "").replace(f"hot {shot.id!r}", f"hot {number}")
        said = re.sub(rf"\b{re.escape(shot.id)} \(shot {number}\)", f"shot {number}", said)
    return said
