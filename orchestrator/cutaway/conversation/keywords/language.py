"""Is this English? The offline ear reads nothing else, and says so in the other language where it can."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from cutaway.conversation.keywords.tongues import ONLY_ENGLISH, WORDS
from cutaway.conversation.keywords.words import (
    ADJECTIVES,
    ADVERBS,
    COLOURS,
    DETERMINERS,
    FILLERS,
    PLACES,
    PREPOSITIONS,
    SUBJECTS,
    THINGS,
    TIMES,
    VERB_FORMS,
    WEATHERS,
)

_SCRIPTS: Final = (
    ("HIRAGANA", "ja"), ("KATAKANA", "ja"), ("HANGUL", "ko"), ("CJK", "zh"), ("CYRILLIC", "ru"), ("ARABIC", "ar"),
    ("DEVANAGARI", "hi"), ("GREEK", "el"), ("HEBREW", "he"), ("THAI", "th"),
)  # fmt: skip
_ENGLISH: Final = frozenset(
    """the a an of to and in is it on for with as at by from this that then make show shot video me what how why yes
    no not you i my are be add remove change into over through day when who where do does can could would
    should will was were more less or but so just please thanks thank he she they we us him her them his their
    our your if there here one two three first second third last film video vid clip movie van mint noir land
    die hard tag regal dag chat la de ok okay lol hi hello hey bye""".split()
)
_KNOWN: Final = (
    _ENGLISH | DETERMINERS | PREPOSITIONS | ADVERBS | FILLERS | COLOURS | ADJECTIVES | SUBJECTS | THINGS | PLACES
    | frozenset(TIMES) | frozenset(WEATHERS) | frozenset(VERB_FORMS)
)  # fmt: skip
ENGLISH_ONLY: Final = (
    "Without a language model I understand English only: say it in English, or set CUTAWAY_MODEL and a key for it."
)


@lru_cache(maxsize=256)
def language_of(text: str) -> str:
    """The language of a text by its script and its small words: "fr", "zh" ...; "en" where nothing else is plain.

    "other" is a script or a mix of words that names no language it knows.
    """
    letters = [c for c in text if c.isalpha()]
    latin = sum(1 for c in letters if c.isascii() or unicodedata.name(c, "").startswith("LATIN"))
    if letters and latin * 2 < len(letters):
        names = [unicodedata.name(c, "") for c in letters[:200]]
        return next((code for script, code in _SCRIPTS if any(name.startswith(script) for name in names)), "other")
    found = re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", text.lower().replace("’", "'"))[:200]
    scores = {code: sum(1 for word in found if word in words) for code, words in WORDS.items()}
    best = max(scores, key=lambda code: scores[code])
    foreign = {word for word in found if word in WORDS[best] and word not in _KNOWN and len(word) > 1}
    english = [word for word in found if word in _KNOWN and word not in WORDS[best]]
    if not foreign:
        return "en"
    small = sum(1 for word in english if word in _ENGLISH)
    # Two foreign words among English ones are a name or a dish; a short message may be foreign from end to end.
    plain = len(foreign) >= 2 and len(foreign) > small and len(foreign) + 1 >= len(english)
    whole = not english and 2 * scores[best] >= len(found)
    accented = not english and len(found) <= 6 and any(not c.isascii() for c in letters)
    return best if plain or whole or accented else "en"


def is_english(text: str) -> bool:
    """False when most letters are not Latin, or the small words are those of another language."""
    return language_of(text) == "en"


def english_only(text: str) -> str:
    """That English alone is understood, and how to set a model: in the text's language where it is a large one."""
    own = ONLY_ENGLISH.get(language_of(text))
    return f"{own} {ENGLISH_ONLY}" if own else ENGLISH_ONLY
