"""Where a clause takes place: known places, places nobody listed, and scenery that stands for its place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from cutaway.conversation.keywords.phrases import known_subject, plural, singular
from cutaway.conversation.keywords.text import cut
from cutaway.conversation.keywords.words import (
    CLIMBED,
    COLOURS,
    CONJUNCTIONS,
    DETERMINERS,
    HEIGHTS,
    INSIDE_PREPOSITIONS,
    LIGHTS,
    NIGHTLY,
    NOT_PLACES,
    PLACE_PREPOSITIONS,
    PLACES,
    PREPOSITIONS,
    PRONOUNS,
    SCENERY,
    SURFACES,
    THINGS,
    TIMES,
    TRAVERSALS,
    VEHICLES,
)
from cutaway.storyboard.model import TimeOfDay

SETTING_CHARS: Final = 100
_ELSEWHERE: Final = {"underwater": "underwater", "upstairs": "stairs", "downstairs": "stairs", "downtown": "downtown"}


def leading_place(words: list[str]) -> tuple[list[str], str]:
    """The words "On a beach, a crab walks" and "in the city a dog barks": the place in front and the words after it."""
    if not words or words[0].lower() not in PLACE_PREPOSITIONS:
        return words, ""
    lower = [word.lower() for word in words]
    stop = (
        lower.index(",")
        if "," in lower
        else next(
            (
                i
                for i, word in enumerate(lower)
                if i > 1 and word in DETERMINERS | PRONOUNS and lower[i - 1] not in PREPOSITIONS
            ),
            0,
        )
    )
    if not stop:
        return words, ""
    place = place_of(words[1:stop]) or (_bare(words[1:stop]) if lower[0] in INSIDE_PREPOSITIONS else "")
    return (words[stop:] if lower[stop] != "," else words[stop + 1 :], place) if place else (words, "")


def phrase_end(words: list[str], start: int) -> int:
    """Where the noun phrase that starts here ends."""
    i = start
    while i < len(words):
        word = words[i].lower()
        if (
            word in {",", ";", ":", "instead", "too", "please", "again", "now"}
            or word in CONJUNCTIONS
            or (word in PREPOSITIONS and word != "of")
        ):
            break
        if i > start and (word in PRONOUNS or (word in _WHITHER and _ends(words, i + 1))):
            break
        i += 1
    return i


_WHITHER: Final = frozenset(
    "home away back up down off out again together alone around along inside outside upstairs downstairs over".split()
)


def _ends(words: list[str], at: int) -> bool:
    return at >= len(words) or words[at].lower() in {",", ";", ":"} | CONJUNCTIONS | PREPOSITIONS


def _bare(words: list[str]) -> str:
    """A noun phrase without its article."""
    while words and words[0].lower() in DETERMINERS:
        words = words[1:]
    return " ".join(words)


def place_of(words: list[str]) -> str:
    """The phrase as a setting when it ends in a place the ear knows, else empty."""
    lower = [word.lower() for word in words]
    named = lower[: lower.index("of")] if "of" in lower else lower
    if not lower or not (_known(lower[-1]) or (named and _known(named[-1]))):
        return ""
    return _setting(words)


def _known(noun: str) -> bool:
    return noun in PLACES or (plural(noun) and singular(noun) in PLACES and singular(noun) not in THINGS)


def _setting(words: list[str]) -> str:
    place = _bare(words)
    last = place.split()[-1].lower() if place else ""
    if last in HEIGHTS and "mountain" not in place.lower():
        place = f"mountain {place}"
    return cut("sky" if place.lower() in {"air", "skies"} else place, SETTING_CHARS)


def take_places(
    words: list[str], verb: str = "", *, kept_too: frozenset[str] = CLIMBED | SURFACES
) -> tuple[str, list[str]]:
    """The setting in a predicate, and the words without it; places in `kept_too` stay in the words as well."""
    setting, kept, i = "", [], 0
    adjacent = False
    if verb in TRAVERSALS and words and words[0].lower() not in PREPOSITIONS:
        end = phrase_end(words, 0)
        if place := place_of(words[:end]):
            setting, i = place, end
            if words[end - 1].lower() in CLIMBED & kept_too:
                kept = words[:end]
            adjacent = True
    while i < len(words):
        word = words[i].lower()
        if word in _ELSEWHERE and not setting:
            setting, i = _ELSEWHERE[word], i + 1
            continue
        if word not in PLACE_PREPOSITIONS:
            kept.append(words[i])
            adjacent = False
            i += 1
            continue
        end = phrase_end(words, i + 1)
        phrase = words[i + 1 : end]
        known = place_of(phrase)
        place = known or _unknown_place(word, phrase, bool(setting))
        if place and not setting:
            setting, adjacent = place, True
            if phrase[-1].lower() in kept_too:
                kept += words[i:end]
        elif place and adjacent and len(setting) + len(place) < SETTING_CHARS - 20:
            setting = f"{setting} {words[i].lower()} {_bare(phrase)}"
        else:
            kept += words[i:end]
            adjacent = False
        i = max(end, i + 1)
    return setting, kept


def _unknown_place(preposition: str, phrase: list[str], settled: bool) -> str:
    """A place nobody listed: "in a volcano lair", "in Paris", "on a park bench"."""
    lower = [word.lower() for word in phrase]
    if not lower or known_subject(lower[-1]) or lower[-1] in VEHICLES | COLOURS | THINGS | NOT_PLACES:
        return ""
    if any(word in PLACES for word in lower) and preposition in INSIDE_PREPOSITIONS | {"on", "by", "near"}:
        return _setting(phrase)
    if preposition in INSIDE_PREPOSITIONS - {"at", "into"} and (
        phrase[-1][:1].isupper() or (lower[0] in DETERMINERS and not settled)
    ):
        return _setting(phrase)
    return ""


def night_of(seen: str) -> TimeOfDay | None:
    """The time of day scenery brings along: stars, the moon and fireworks are seen at night."""
    return "night" if set(seen.lower().split()) & NIGHTLY else None


def read_scenery(words: list[str]) -> tuple[str, str]:
    """Where and what scenery is: ("sea", "waves") of "the sea waves", ("sky", "the sun"); two empty strings otherwise.

    The place is empty for scenery that may be anywhere, such as rocks.
    """
    lower = [word.lower() for word in words]
    if "of" in lower:
        at = lower.index("of")
        place = place_of(words[at + 1 :])
        return (place, _bare(words[:at])) if at and lower[at - 1] in SCENERY and place else ("", "")
    if not lower or lower[-1] not in SCENERY or set(lower) & (CONJUNCTIONS | PREPOSITIONS):
        return "", ""
    if place := place_of(words[:-1]):
        return place, words[-1]
    special = next((LIGHTS[word] for word in lower[:-1] if word in LIGHTS), SCENERY[lower[-1]])
    return special, " ".join(words if lower[-1] in {"sun", "moon"} else [_bare(words)])


_STANDING: Final = re.compile(
    r"\b(?P<prep>at|on|by|near|beside|under|beneath|over|behind|against)\s+(?:an?"
    r"|the)\s+(?P<place>(?:[a-z'-]+\s+){0,2}?[a-z'-]+)\b"
    r"(?=\s*(?:$|[,.;]|(?:with|and|while|as|in|at|on|under|for|to|by|during|of|from)\b))",
    re.I,
)
_TOWARDS: Final[Mapping[str, frozenset[str]]] = {
    "at": frozenset(
        "look wave bark point smile shout stare gaze laugh throw aim glance shoot nod wink growl peek peer".split()
    ),
    "on": frozenset("knock step put pounce play focus work press tap click pull spread pin write draw paint".split()),
    "over": frozenset("jump leap hop fall boil step trip lean hurdle vault knock bend argue fight".split()),
    "by": frozenset("chase follow hold pull carry".split()),
}


_STOOD_BY: Final = frozenset("tree flower leaf castle tower sofa chair".split())
_STOOD_AT: Final = frozenset("door piano drum window lamp fountain".split())


def place_beside(action: str, verb: str) -> str:
    """Where somebody is who is on, at or by something no list knows: "wall" of "sits on a wall"; "" where none is."""
    found = sorted(_STANDING.finditer(action), key=lambda match: match["prep"].lower() != "at")
    for match in found:
        words = match["place"].split()
        noun = words[-1].lower()
        if verb in _TOWARDS.get(match["prep"].lower(), frozenset()) or known_subject(noun):
            continue
        things = THINGS - _STOOD_BY - (_STOOD_AT if match["prep"].lower() == "at" else set())
        lined = noun == "line" and len(words) > 1  # "at the finish line"
        if (noun in VEHICLES | COLOURS | NOT_PLACES | things and not lined) or noun in TIMES:
            continue
        return cut(match["place"], SETTING_CHARS)
    return ""
