"""Things that the action tells of beside the cast: "scatters corn to five hens" shows hens and corn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from cutaway_providers.sketch.counts import NUMBERS
from cutaway_providers.sketch.pictures import ALSO, picture_of
from cutaway_providers.sketch.words import (
    AMBIGUOUS,
    DEED_WORDS,
    SETTING_WORDS,
    SUBJECT_WORDS,
    known_as,
    naming,
    spelled,
)

MAX_TOLD: Final = 2
_WORN: Final = frozenset("wears wearing wear dons puts dressed".split())
TOLD: Final = "told."
"""What the ids of these entries begin with: no member of a storyboard has a dot in its id."""
_HOLDING: Final = frozenset(
    """hold holds holding carry carries carrying drink drinks drinking eat eats eating sip sips sipping bite bites
    biting read reads reading bring brings bringing show shows showing lift lifts lifting raise raises raising shake
    shakes present presents presenting offer offers offering take takes taking pick picks grab grabs nibble nibbles
    lick licks licking pour pours open opens sell sells buy buys inspect inspects examines swings swing waves
    plays strums""".split()
)
"""What follows these is in somebody's hand."""
_BEFORE: Final = frozenset("a an the her his its their my our your some another this that".split()) | set(NUMBERS)
_THROUGH: Final = frozenset(
    "in into inside through across up down at along out off of as like over under between during until".split()
)
"""What follows these is a place or a comparison, nothing that stands beside the cast."""
_ALONG: Final = frozenset("with to past behind beside toward towards near for by on around after and from".split())
_NO_THING: Final = frozenset(
    """hand hands head face eye eyes mouth nose ear ears foot feet leg legs arm arms hair back tail wing wings paw paws
    heart finger fingers tooth teeth sun moon star stars sky cloud clouds rain snow wind wave waves light lights day
    night morning evening time way end front side top bottom shadow smile laugh song music voice air water ground floor
    wall window door home house one ones fire smoke steam camera shot scene film picture line step turn look rest ride
    walk run swim fly fall rise stop jump dance talk world year hour minute second moment life love luck speed hug kiss
    nap breath bow leap bit corner middle beginning distance crowd""".split()
) | set(NUMBERS)


def told_things(action: list[str], entries: list[dict[str, Any]], room: int) -> list[dict[str, Any]]:
    """Entries for what the action names and no member is, up to `room` and `MAX_TOLD`, in the order they are told."""
    known = spelled(SUBJECT_WORDS)
    deeds = spelled(DEED_WORDS)
    taken = {w for e in entries for key in ("kind", "name", "description", "id") for w in _words(e, key)}
    drawn = {known[form] for word in taken if (form := known_as(known, word))} - {"person", "child"}
    found: list[dict[str, Any]] = []
    for place, word in enumerate(action):
        if len(found) >= min(room, MAX_TOLD):
            break
        if word in _NO_THING or {word, word.removesuffix("s")} & taken or naming(SETTING_WORDS, [word]):
            continue
        form = known_as(known, word)
        if (known[form] in drawn) if form is not None else not _pictured(word):
            continue
        after = action[place + 1] if place + 1 < len(action) else ""
        if after and after not in deeds and (known_as(known, after) or _pictured(after)):
            continue  # "a giant toothbrush": the last noun is the thing
        phrase = _phrase(action, place, deeds)
        if phrase is None or (not phrase.introduced and (form is None or word in AMBIGUOUS)):
            continue
        found.append(_entry(word, action[phrase.start : place]) | {"held": _held(action, phrase)})
        taken.add(word)
        if form is not None:
            drawn.add(known[form])
    return found


def _held(action: list[str], phrase: _Phrase) -> bool:
    before = [w for w in action[max(0, phrase.start - 3) : phrase.start] if w not in _BEFORE]
    return bool(before) and before[-1] in _HOLDING


def _entry(word: str, before: list[str]) -> dict[str, Any]:
    counted = " ".join([*(w for w in before if w in NUMBERS), word])
    adjectives = " ".join(w for w in before if w not in NUMBERS)
    return {"id": f"{TOLD}{word}", "kind": counted, "name": word, "description": adjectives}


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Where the words of a noun begin, and whether an article or a number introduces them."""

    start: int
    introduced: bool


def _phrase(action: list[str], place: int, deeds: dict[str, str]) -> _Phrase | None:
    """The phrase of the noun at `place`; None when it is a place, a comparison or worn, nothing that stands there."""
    if _WORN & set(action[max(0, place - 4) : place]):
        return None
    for start in range(place, max(0, place - 3), -1):
        before = action[start - 1]
        if before in _BEFORE:
            if start > 1 and action[start - 2] in _THROUGH:
                return None
            return _Phrase(start - 1 if before in NUMBERS else start, introduced=True)
        if before in _THROUGH:
            return None
        if before in _ALONG or before in deeds or before.endswith(("s", "ing")):
            return _Phrase(start, introduced=False)  # "plays football", "with friends": a deed or company leads to it
    return None


def _pictured(word: str) -> bool:
    """Whether there is a picture of this very thing, not of something that only goes with it."""
    found = picture_of([word])
    return found is not None and bool(
        {word, found[0], ALSO.get(found[0], "")} & {*found[1].name.split(), found[1].name}
    )


def _words(entry: dict[str, Any], key: str) -> list[str]:
    value = entry.get(key, "")
    return value.lower().split() if isinstance(value, str) else []
