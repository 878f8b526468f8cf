"""Words that cannot both be true of one shot, "at night at noon", and what is said of them.

The reader takes one of them; the note names both, says which was taken and how to have the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cutaway.conversation.keywords.scenery import Told, times_told, weathers_told
from cutaway.conversation.keywords.targets import scope_of
from cutaway.storyboard.edits import Edit, SetTime, SetWeather
from cutaway.storyboard.model import Storyboard

_NEVER_BOTH: Final = tuple(
    frozenset(pair)
    for pair in (("clear", "rain"), ("clear", "snow"), ("clear", "storm"), ("clear", "fog"), ("rain", "snow"))
)
"""Weathers that exclude each other. Fog, wind and a storm go with rain or snow."""


def clash(told: Sequence[Told[str]], *, hours: bool) -> Told[str] | None:
    """The last of these that cannot be true beside the one taken, the last of all, or None.

    `hours`: they are times of day, of which any two exclude each other.
    """
    if not told:
        return None
    taken = told[-1].value
    others = [
        one for one in told[:-1] if one.value != taken and (hours or frozenset((one.value, taken)) in _NEVER_BOTH)
    ]
    return others[-1] if others else None


def told_apart(number: int, text: str) -> list[str]:
    """A note for each contradiction in the words of shot `number`, counted from 1."""
    notes = []
    for told, hours in ((times_told(text), True), (weathers_told(text), False)):
        if other := clash(told, hours=hours):
            notes.append(say_clash(f"Shot {number}", told[-1], other, f"Make shot {number} {in_words(other.value)}"))
    return notes


def settled(edits: Sequence[Edit], film: Storyboard) -> tuple[list[Edit], list[str]]:
    """The edits without those that a later one contradicts for the same shots, and a note for each of these."""
    kept: list[Edit] = []
    notes: list[str] = []
    for edit in edits:
        for earlier in [one for one in kept if type(one) is type(edit)]:
            if not isinstance(edit, SetTime | SetWeather) or earlier.shots != edit.shots:  # type: ignore[union-attr]
                continue
            told = [_told(earlier), _told(edit)]
            if other := clash(told, hours=isinstance(edit, SetTime)):
                kept.remove(earlier)
                notes.append(say_clash(scope_of(film, edit.shots), told[-1], other, way_to(other, edit.shots, film)))
        kept.append(edit)
    return kept, notes


def _told(edit: Edit) -> Told[str]:
    value = edit.time_of_day if isinstance(edit, SetTime) else edit.weather if isinstance(edit, SetWeather) else ""
    return Told(in_words(value), value)


def way_to(other: Told[str], shots: Sequence[str], film: Storyboard) -> str:
    """The message that gives these shots the other value."""
    where = " and ".join(f"shot {film.number(one)}" for one in shots) or "it"
    return f"Make {where} {in_words(other.value)}"


def say_clash(where: str, taken: Told[str], other: Told[str], way: str) -> str:
    """The note: both words, which was taken, and the message that takes the other."""
    return (
        f'{where[:1].upper()}{where[1:]} cannot have both "{other.word}" and "{taken.word}", so I took "{taken.word}". '
        f'For the other, say "{way}".'
    )


def in_words(value: str) -> str:
    """The word that asks for this time or weather in a change."""
    return {"rain": "rainy", "snow": "snowy", "fog": "foggy", "storm": "stormy", "wind": "windy", "clear": "sunny"}.get(
        value, value
    )
