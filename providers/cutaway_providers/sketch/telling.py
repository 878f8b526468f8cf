"""What the words of a shot tell against its fields or against each other, and which of them is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from cutaway_providers.sketch.names import spoken_setting
from cutaway_providers.sketch.words import SETTING_WORDS, known_as, spelled, words_of

HOUR_WORDS: Final[dict[str, str]] = {
    "dawn": "dawn sunrise daybreak",
    "day": "noon midday daytime daylight",
    "dusk": "dusk sunset twilight nightfall",
    "night": "night midnight nighttime",
}

LOOK_WORDS: Final[dict[str, str]] = {
    "paper": "paper papercut cutout collage clean simple",
    "ink": "ink pen etching woodcut manga comic linework",
    "neon": "neon cyberpunk synthwave vaporwave",
    "blueprint": "blueprint schematic technical diagram",
    "chalkboard": "chalk chalkboard blackboard",
}

# Where nothing else can be at the same time: whoever is under water is in no desert.
ELSEWHERE: Final = ("underwater", "space")


def one_place(words: Sequence[str], strong: Sequence[str]) -> tuple[str, list[str]] | None:
    """The place that rules out the others among a setting's words, with a note when others are named.

    `strong` are the words that place a shot by themselves. `None` when no such place is named; a railway is not meant
    by a space station.
    """
    if {"space", "station"} <= set(words):
        return "space", []
    known = spelled(SETTING_WORDS)
    named = [known[form] for form in (known_as(known, word) for word in strong) if form]
    place = next((name for name in ELSEWHERE if name in named), None)
    if place is None or (place == "space" and named[-1] != "space"):
        return None
    others = [name for name in dict.fromkeys(named) if name != place and (place, name) != ("underwater", "sea")]
    if not others:
        return place, []
    both = " and ".join(spoken_setting(name) for name in (*others[:1], place))
    return place, [f"The setting names {both}, so I drew {spoken_setting(place)}."]


def told_hour(setting: Iterable[str], action: Iterable[str], hour: str, names: set[str]) -> list[str]:
    """A note when the words tell another hour than the shot's own, which is drawn; `names` tell nothing."""
    known = spelled(HOUR_WORDS)
    told = {known[word]: word for word in (*setting, *action) if word in known and word not in names}
    if not told or hour in told:
        return []
    return [f"The words say {next(iter(told.values()))} and the shot's hour is {hour}, so I drew {hour}."]


def told_look(look: str, words: str) -> tuple[str, list[str]]:
    """The look that is drawn and a note when the style's words name none the artist has.

    Words choose only where the look is left at paper.
    """
    said = words_of(words)
    if not said:
        return look, []
    known = spelled(LOOK_WORDS)
    named = [known[word] for word in said if word in known]
    if named:
        return (named[0] if look == "paper" else look), []
    *others, last = LOOK_WORDS
    return look, [
        f"I have no style {words.strip()[:60]!r}, so I drew {look}. I can draw {', '.join(others)} and {last}."
    ]
