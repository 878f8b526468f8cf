"""Deeds by other names: "the bride's exit" is where she leaves, "the handshake" where they shake hands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from cutaway.conversation.keywords.editing.stems import stem

_ALIKE: Final = tuple(
    frozenset(stem(word) for word in row.split())
    for row in (
        "leave exit depart departure goodbye farewell",
        "arrive arrival enter entrance",
        "kneel proposal propose",
        "eat meal dinner lunch breakfast supper picnic feast munch",
        "drink sip gulp",
        "sleep nap doze snooze slumber asleep",
        "run sprint race dash jog chase",
        "walk stroll wander march hike",
        "fight duel brawl battle",
        "hug embrace cuddle",
        "laugh giggle chuckle laughter",
        "cry weep sob tears",
        "speak talk chat conversation speech dialogue discuss",
        "sing song",
        "fly flight soar",
        "jump leap hop",
        "fall tumble trip",
        "explode explosion blast burst",
        "win victory triumph",
        "marry wedding",
        "climb ascent climber",
        "swim dip",
        "wave greet greeting",
        "look gaze stare watch",
        "cook bake",
        "spin twirl pirouette",
        "dive plunge save",
        "sit seat",
        "ride cycle cycling",
        "build construct construction",
        "steal theft rob robbery",
        "give gift present",
        "meet meeting encounter",
        "drive driving",
        "rest break",
    )
)


def other_names(deeds: Iterable[str]) -> frozenset[str]:
    """The stems of other words for these deeds: of one meaning, or two of them written as one."""
    known = frozenset(deeds)
    alike = {word for row in _ALIKE if row & known for word in row}
    return frozenset(alike - known)


def as_one(deeds: Iterable[str]) -> frozenset[str]:
    """Every two of these words written as one: hand and shake give handshake."""
    known = [word for word in deeds if len(word) > 2]
    return frozenset(f"{a}{b}" for a in known for b in known if a != b)
