"""Children's spelling and slips in a told film: "pilow", "leev", "toothfary" become words that can be drawn."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from cutaway.conversation.keywords.editing.spelling import COMMON, TARGETS, distance
from cutaway.conversation.keywords.lexicon import is_word
from cutaway.conversation.keywords.words import (
    ADJECTIVES,
    ADVERBS,
    COLOURS,
    CONJUNCTIONS,
    DETERMINERS,
    FILLERS,
    FIRST_NAMES,
    PLACES,
    PREPOSITIONS,
    PRONOUNS,
    SUBJECTS,
    THINGS,
    TIMES,
    VERB_FORMS,
    WEATHER_ADJECTIVES,
    WEATHERS,
)

_MORE: Final = frozenset(
    """
    tooth teeth pillow bed blanket coin money wand wings dragon castle princess pirate treasure island school
    friend friends birthday party present balloon chocolate biscuit cookie sandwich breakfast dinner bathroom
    toilet bubble soap bicycle scooter skateboard trampoline swing slide rainbow unicorn magic giant monster
    robot laser planet alien because really every everything please thank would could should which when where
    what they there their through thought caught laugh enough night light bright right knight write wrote know
    knee knock climb lamb comb people video film movie film clip picture story ghost phone elephant dolphin
    alphabet photo make made take leave give come have want need little small big very pretty beautiful scary
    funny happy sad angry tired hungry thirsty
    """.split()
)
_SHORT: Final[Mapping[str, str]] = {
    "wen": "when", "wat": "what", "wot": "what", "wif": "with", "wiv": "with", "dat": "that", "dis": "this",
    "dere": "there", "da": "the", "teh": "the", "hte": "the", "n": "and", "nd": "and", "thru": "through",
    "wud": "would", "cud": "could", "shud": "should", "skool": "school", "cos": "because", "coz": "because",
    "becos": "because", "luv": "love", "gud": "good", "giv": "give", "hav": "have", "liv": "live",
    "r": "are", "bday": "birthday", "evrywhere": "everywhere", "evry": "every",
    "sed": "said", "runing": "running", "vid": "video", "vids": "videos", "pleez": "please", "plees": "please",
    "plese": "please", "pls": "please", "plz": "please", "lil": "little", "nite": "night", "lite": "light",
    "wanna": "want to", "gonna": "going to", "losd": "lost", "skared": "scared", "frend": "friend",
}  # fmt: skip
_MAX_CHARS: Final = 16
_WORD: Final = re.compile(r"(?<![\w'⟪])[A-Za-z]{2,16}(?![\w'⟫])")


def respelled(text: str) -> str:
    """The text with words no dictionary has spelled as what they sound like; names and known words stay."""
    return _WORD.sub(lambda match: _word(match[0], text, match.start()), text)


def _word(word: str, text: str, at: int) -> str:
    low = word.lower()
    if low in _SHORT and not word.isupper():
        return _SHORT[low]
    if len(low) < 3 or low in _known() or low in FIRST_NAMES or is_word(low):
        return word
    started = not text[:at].strip() or text[:at].rstrip()[-1:] in ".!?:\n"
    if word[0].isupper() and not started:
        return word  # a name
    return _meant(low) or word


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset(
        _MORE | COMMON | TARGETS | ADJECTIVES | ADVERBS | COLOURS | CONJUNCTIONS | DETERMINERS | PLACES | PREPOSITIONS
        | PRONOUNS | SUBJECTS | THINGS | set(TIMES) | set(WEATHERS) | set(VERB_FORMS)
        | set(WEATHER_ADJECTIVES) | FILLERS
    )  # fmt: skip


@lru_cache(maxsize=1)
def _by_sound() -> dict[str, str]:
    found: dict[str, str] = {}
    for word in sorted(_known(), key=lambda one: (one not in _MORE | COMMON, len(one), one)):
        if " " not in word and len(word) > 2:
            found.setdefault(_sound(word), word)
    return found


@lru_cache(maxsize=1)
def _by_letter() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for word in sorted(_known()):
        if word.isalpha() and len(word) > 3:
            found.setdefault(word[0], []).append(word)
    return {letter: tuple(words) for letter, words in found.items()}


@lru_cache(maxsize=2048)
def _meant(word: str) -> str:
    """The word this sounds like, one letter away, or two words written as one; "" where none is plain."""
    if (found := _by_sound().get(_sound(word))) is not None:
        return found
    if len(word) < 4:
        return ""
    near = _one_letter_away(word)
    if len(near) == 1 or (near and len(word) > 5):
        return min(near, key=lambda one: (one[-1] != word[-1], one not in _MORE | COMMON, one))
    for cut in range(3, len(word) - 2):
        first, second = word[:cut], word[cut:]
        if first in _known() and len(second) > 2:
            if second in _known() and len(second) > 3:
                return f"{first} {second}"
            if len(second) > 3 and (rest := _one_off(second)) in SUBJECTS:
                return f"{first} {rest}"
    return ""


def _one_letter_away(word: str) -> list[str]:
    there = _by_letter().get(word[0], ())
    return [one for one in there if abs(len(one) - len(word)) < 2 and distance(word, one, 1) == 1]


def _one_off(word: str) -> str:
    ranked = sorted(_one_letter_away(word), key=lambda one: (one not in SUBJECTS, one not in _MORE | COMMON, one))
    return ranked[0] if ranked else ""


def _long(match: re.Match[str]) -> str:
    return f"{match[1].upper()}{match[2]}"


_SOUNDS: Final = (
    (re.compile(r"igh|ye$|y$|ie$"), "I"),
    (re.compile(r"([aeiou])([bcdfgklmnprstvz])e(?=s?$|d$)"), _long),
    (re.compile(r"ea|ee|ie|ei"), "E"), (re.compile(r"ai|ay|ey"), "A"), (re.compile(r"oa|ow(?=$|n)"), "O"),
    (re.compile(r"ou|ow"), "W"), (re.compile(r"oo|ue|ew"), "U"), (re.compile(r"ph"), "f"),
    (re.compile(r"ck|c(?![eihy])|q"), "k"),
    (re.compile(r"c(?=[eiy])"), "s"), (re.compile(r"^kn|^gn"), "n"), (re.compile(r"^wr"), "r"),
    (re.compile(r"wh"), "w"),
    (re.compile(r"mb$"), "m"), (re.compile(r"gh"), ""), (re.compile(r"z"), "s"), (re.compile(r"(.)\1"), r"\1"),
)  # fmt: skip


def _sound(word: str) -> str:
    for pattern, key in _SOUNDS:
        word = pattern.sub(key, word)
    return word
