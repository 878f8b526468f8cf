"""What was spoken of and changed last, for "it", "that one", "a bit more" and "no, the other".

It is read from the film one version earlier and from what the person said before; nothing is kept between turns.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from cutaway.conversation.plan import Situation
from cutaway.storyboard.model import CastMember, Overlay, Shot, Storyboard

SHOT_FIELDS: Final = (
    "duration_s",
    "trim_start_s",
    "trim_end_s",
    "speed",
    "action",
    "setting",
    "time_of_day",
    "weather",
    "lighting",
    "camera",
    "seed",
    "take",
    "grade",
    "transition",
    "locked",
    "cast",
)
LENGTH_FIELDS: Final = ("duration_s", "trim_start_s", "trim_end_s")
_HISTORY: Final = re.compile(r"\b(?:undo|redo|revert|go back|version)\b", re.I)


@dataclass(slots=True)
class Memory:
    """The last change. `fields` holds, for each field of shots that changed, each shot as it was before.

    `said` are the person's last messages, the latest first; `told` those that may have described the film. `topic` says
    that this very message spoke of `shots` before: "pace" when it found them too long, "spoken" when it named them.
    """

    film: Storyboard
    before: Storyboard | None = None
    fields: dict[str, dict[str, Shot]] = field(default_factory=dict)
    added: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    members: tuple[CastMember, ...] = ()
    overlays: tuple[Overlay, ...] = ()
    film_fields: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    shots: tuple[str, ...] = ()
    cast: tuple[str, ...] = ()
    topic: str = ""
    named: bool = False
    """Whether the message that is read has named somebody of the cast already."""
    lost: bool = False
    """Whether something was said of somebody in this message who was not found."""

    @property
    def last_said(self) -> str:
        """The message before this one, '' when there was none."""
        return self.said[0] if self.said else ""

    @property
    def undone(self) -> bool:
        """Whether the message before this one went back in the history."""
        return bool(_HISTORY.search(self.last_said))

    @property
    def reach(self) -> tuple[str, ...]:
        """The shots the last change reached, in the order of the film."""
        touched = {shot_id for shots in self.fields.values() for shot_id in shots} | set(self.added) | set(self.moved)
        return tuple(shot.id for shot in self.film.shots if shot.id in touched)

    def only(self, *names: str) -> bool:
        """Whether the last change was to these fields of shots and to nothing else."""
        return bool(self.fields) and set(self.fields) <= set(names) and not self.film_fields and not self.members


def remembered(situation: Situation) -> Memory:
    """What the situation tells of the last change. The film must be there."""
    film, before = situation.storyboard, situation.before
    assert film is not None  # callers checked
    spoken = tuple(one.text for one in reversed(situation.window) if one.role == "person")
    memory = Memory(film, before, said=spoken[:4], told=tuple(text for text in spoken if len(text) > 40))
    if before is None:
        return memory
    old_shots = {shot.id: shot for shot in before.shots}
    for shot in film.shots:
        old = old_shots.get(shot.id)
        if old is None:
            memory.added += (shot.id,)
            continue
        for name in SHOT_FIELDS:
            if getattr(old, name) != getattr(shot, name):
                memory.fields.setdefault(name, {})[shot.id] = old
    memory.moved = _moved(before, film)
    old_cast = {member.id: member for member in before.cast}
    memory.members = tuple(m for m in film.cast if old_cast.get(m.id) != m)
    old_overlays = {overlay.id: overlay for overlay in before.overlays}
    memory.overlays = tuple(o for o in film.overlays if old_overlays.get(o.id) != o)
    memory.film_fields = tuple(_film_fields(before, film))
    return memory


def _moved(before: Storyboard, film: Storyboard) -> tuple[str, ...]:
    """The one shot that stands elsewhere now; () when the order is the same or more than one moved."""
    there = {shot.id for shot in film.shots}
    old = [shot.id for shot in before.shots if shot.id in there]
    new = [shot.id for shot in film.shots if before.shot(shot.id)]
    if old == new:
        return ()
    single = [one for one in new if [i for i in old if i != one] == [i for i in new if i != one]]
    # Of two neighbours that changed places either may be the one that moved: the one that is further ahead now.
    return tuple(single[:1])


def _film_fields(before: Storyboard, film: Storyboard) -> list[str]:
    pairs: list[tuple[str, Any, Any]] = [
        (name, getattr(before, name), getattr(film, name)) for name in ("aspect", "resolution", "title")
    ]
    pairs += [(f"style.{name}", getattr(before.style, name), getattr(film.style, name)) for name in ("look", "words")]
    names = ("bed", "volume", "muted", "clips_volume")
    pairs += [(f"sound.{name}", getattr(before.sound, name), getattr(film.sound, name)) for name in names]
    return [name for name, old, new in pairs if old != new]
