"""Verbs that no list holds, found by the dictionary and by their place after somebody or something that may do them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cutaway.conversation.keywords.lexicon import can_be, is_only, is_past, is_word, senses
from cutaway.conversation.keywords.phrases import drawable, known_subject, plural
from cutaway.conversation.keywords.words import (
    ADJECTIVES,
    ADVERBS,
    COLOURS,
    CONJUNCTIONS,
    DEFINITE,
    DETERMINERS,
    NOT_VERBS,
    NUMBERS,
    PLACES,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SINGULAR,
    TIMES,
    VERB_FORMS,
    WEATHERS,
)

RESTING: Final = frozenset("asleep awake ablaze afloat adrift aglow aground".split())
"""Being of this kind is what is seen of somebody: "an old tabby asleep on a windowsill"."""
_OBJECTS: Final = frozenset("it him her them me us himself herself itself themselves each".split())
_AFTER: Final = (
    DETERMINERS
    | PREPOSITIONS
    | ADVERBS
    | PRONOUNS
    | _OBJECTS
    | {"", ",", "and", "open", "shut", "loose", "alone", "off"}
)
_HELPERS: Final = frozenset(
    "should would could might must can will shall may had has have having did do does done was were be got".split()
)
_NO_SUBJECT: Final = (
    DETERMINERS
    | PREPOSITIONS
    | CONJUNCTIONS
    | ADVERBS
    | COLOURS
    | ADJECTIVES
    | RELATIVES
    | frozenset(TIMES)
    | frozenset(WEATHERS)
)


def acts(lower: Sequence[str], at: int) -> bool:
    """Whether the word at a place of a clause, in lower case, is what the noun before it does or did."""
    word, before = lower[at], lower[at - 1] if at else ""
    after = lower[at + 1] if at + 1 < len(lower) else ""
    if not before or not word.isalpha():
        return False
    someone = _someone(lower, at)
    if word in RESTING:
        return someone
    if (
        not someone
        or word in NOT_VERBS
        or word in PLACES
        or drawable(word)
        or word in ADJECTIVES | COLOURS | DETERMINERS | PREPOSITIONS
        or word in _HELPERS
        or not can_be(word, "VERB")
    ):
        return False
    if is_past(word):
        return (
            after in _AFTER | {"to", "how", "what"}
            or can_be(after, "NOUN")
            or can_be(after, "ADV")
            or after.endswith("ing")
        ) and not _goes_on(lower, at)
    if after not in _AFTER and not is_only(after, "ADV") and not (lower[0] in SINGULAR and can_be(after, "NOUN")):
        return False
    several = plural(before) or "and" in lower[:at]
    return senses(word)["VERB"] == word if several else word.endswith("s") and not word.endswith("ss")


def _someone(lower: Sequence[str], at: int) -> bool:
    """Whether the words before a place end in somebody or something that may act."""
    before = lower[at - 1]
    if before in {"it", "them"} and at > 2 and lower[at - 2] == "of":
        return True  # "a can of it pops open"
    if known_subject(before):
        return True
    if (
        before in _NO_SUBJECT
        or before in VERB_FORMS
        or (not can_be(before, "NOUN") and (is_word(before) or not before.isalpha()))
    ):
        return False
    # A bare singular noun before an "s" is rather a pair of nouns, "coffee beans", than somebody who acts.
    return (
        lower[0] in SINGULAR | DEFINITE or lower[0] in NUMBERS or (at == 1 and (plural(before) or is_past(lower[at])))
    )


def _goes_on(lower: Sequence[str], at: int) -> bool:
    """Whether a verb of its own comes after a word that may only describe: "a man dressed in red walks home"."""
    for i in range(at + 2, min(len(lower), at + 8)):
        word, before = lower[i], lower[i - 1]
        if word in {",", "and", "while", "as", "when", "then"}:
            return False
        if (
            before not in DETERMINERS | PREPOSITIONS
            and word in VERB_FORMS
            and VERB_FORMS[word][1] == "third"
            and not drawable(word)
        ):
            return True
    return False


def verb_form(words: Sequence[str], at: int) -> tuple[str, str] | tuple[()]:
    """The base and the kind of a verb at a place of a clause in lower case; () where there is none.

    A form that no list holds must stand like one: "trips on the fourth", but not "trips and falls".
    """
    word = words[at]
    if (known := VERB_FORMS.get(word)) is not None:
        return known
    after = words[at + 1] if at + 1 < len(words) else ""
    placed = not after or after in DETERMINERS | PREPOSITIONS | PRONOUNS | ADVERBS
    if not word.endswith("s") or word.endswith("ss") or not placed or word in NOT_VERBS | PLACES or drawable(word):
        return ()
    base = senses(word).get("VERB", "")
    return (base, "third") if base and base != word else ()
