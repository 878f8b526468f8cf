"""Where the verb of a clause stands, and when a word such as "waves" or "lights" is a noun instead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cutaway.conversation.keywords.acting import acts, verb_form
from cutaway.conversation.keywords.lexicon import can_be, senses
from cutaway.conversation.keywords.phrases import drawable, known_subject, plural, singular
from cutaway.conversation.keywords.words import (
    ADJECTIVES,
    ADVERBS,
    AGENTS,
    BE,
    COLOURS,
    CONJUNCTIONS,
    DETERMINERS,
    FIRST_NAMES,
    INERT_NOUNS,
    MODIFIERS,
    NOT_VERBS,
    NOUN_OR_VERB,
    NUMBERS,
    PLACES,
    PLURAL_COUNTS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SINGULAR,
    THINGS,
    TIMES,
    VERBS,
    WEATHERS,
)


def find_verb(words: list[str], *, opening: bool = False) -> tuple[int | None, str]:
    """Where the verb stands and its form; None when the words are only a noun phrase.

    `opening` says that nobody was named before these words, so "rocks on a beach" names rocks.
    """
    if not words:
        return None, ""
    lower = [word.lower() for word in words]
    if lower[0] in PRONOUNS:
        start = 1
        while start < len(lower) and (
            lower[start] in BE | ADVERBS
            or lower[start] in {"then", "also"}
            or (lower[start].endswith("ly") and lower[start] not in VERBS)
        ):
            start += 1
        return (start, "third") if start < len(words) and lower[start] not in PREPOSITIONS else (None, "")
    bare = opening and (lower[0] in NOUN_OR_VERB or (lower[0] not in VERBS and not lower[0].endswith("ing")))
    if not bare and (form := _first(lower)):
        return 0, form
    noun = False
    for i, word in enumerate(lower):
        if word in BE and noun and i + 1 < len(lower):
            return i, "be"
        known = VERBS.get(word)
        before = lower[i - 1] if i else ""
        after = lower[i + 1] if i + 1 < len(lower) else ""
        whose = i > 1 and before in RELATIVES
        free = whose or (before not in PREPOSITIONS | DETERMINERS and not _a_noun(words, lower, i))
        if noun and free and word not in NOT_VERBS:
            if (
                known
                and not (word.endswith("ed") and after == "by")
                and (
                    known[1] != "base"
                    or _plural_before(lower[:i])
                    or (known_subject(before) and after in PREPOSITIONS | ADVERBS)
                )
            ):
                return i, known[1]
            if not known and word.endswith("ing") and len(word) > 4 and (known_subject(before) or plural(before)):
                return i, "ing"
            if (
                not known
                and (lower[0] in SINGULAR or i == 1 or (lower[0] in DETERMINERS and after in _AFTER_A_VERB))
                and known_subject(before)
                and not plural(before)
                and word.endswith("s")
                and not word.endswith("ss")
                and not drawable(word)
                and word.isalpha()
            ):
                return i, "third"
            if not known and (_agrees(word, before, after) or _sounds_like_a_verb(word, after, lower)):
                return i, "third"
            if not known and before not in PREPOSITIONS and acts(lower, i):
                return i, "third"
        if word in RELATIVES:
            continue
        noun = noun or not (
            word in DETERMINERS | COLOURS | ADJECTIVES | PREPOSITIONS | CONJUNCTIONS
            or word in NUMBERS
            or word in {",", ":", ";"}
            or (i <= 1 and known is not None and known[1] == "ing")
        )
    return None, ""


_AFTER_A_VERB: Final = DETERMINERS | PREPOSITIONS | ADVERBS | {""}


def base(word: str) -> str:
    """The verb without its ending, the word itself when it is not known."""
    form = VERBS.get(word.lower())
    return form[0] if form else senses(word.lower()).get("VERB", word.lower())


def _first(lower: list[str]) -> str:
    """The form of a verb the words begin with, "" when they begin with a noun."""
    first = VERBS.get(lower[0])
    if first is None and lower[0].endswith("ing") and len(lower) > 1 and lower[1] in DETERMINERS and len(lower[0]) > 5:
        return "" if lower[0] in NOT_VERBS or drawable(lower[0]) else "ing"  # "unboxing a parcel"
    if first is None:
        return "third" if len(lower) > 1 and verb_form(lower, 0)[1:] == ("third",) else ""
    second = lower[1] if len(lower) > 1 else ""
    after = VERBS.get(second)
    if first[1] == "third" and after is not None and after[1] == "base":
        return ""
    if after is not None and first[1] in {"base", "ing"}:
        return ""
    if first[1] != "third" and known_subject(second) and second not in DETERMINERS:
        return ""
    return first[1]


def _a_noun(words: Sequence[str], lower: list[str], i: int) -> bool:
    """Whether a word that can be both is the noun here: "the sea waves", but "the robot waves"."""
    word, before = lower[i], lower[i - 1]
    if word not in NOUN_OR_VERB:
        return False
    after = lower[i + 1] if i + 1 < len(lower) else ""
    if before in AGENTS or singular(before) in AGENTS or before in FIRST_NAMES or "and" in lower[:i]:
        return False
    acts_on = after in DETERMINERS | PRONOUNS | {"up", "out", "off", "away", "over", "past"}
    if before in PLACES or before in MODIFIERS or before in TIMES or before in WEATHERS:
        return not acts_on
    if known_subject(before) or singular(before) in THINGS:
        return word in INERT_NOUNS and not acts_on
    # Nobody knows this noun: an article or a capital makes it somebody, a plain verb after the word makes it a thing.
    named = lower[0] in DETERMINERS or words[i - 1][:1].isupper()
    return not acts_on and (not named or VERBS.get(after, ("", ""))[1] == "base")


def _plural_before(lower: list[str]) -> bool:
    return "and" in lower or plural(lower[-1]) or any(word in PLURAL_COUNTS for word in lower)


def _agrees(word: str, before: str, after: str) -> bool:
    """A word that can be a verb, after somebody who does such things in that number: "two otters squabble over"."""
    if not known_subject(before) or drawable(word) or word in PLACES or word in NOT_VERBS or not can_be(word, "VERB"):
        return False
    if after not in _AFTER_A_VERB and not can_be(after, "NOUN"):
        return False
    return senses(word)["VERB"] == word if plural(before) else word.endswith("s") and not word.endswith("ss")


def _sounds_like_a_verb(word: str, after: str, lower: list[str]) -> bool:
    """An unknown word in a verb's place: "a gnorlax juggles flaming torches"."""
    if word in NOT_VERBS or word in PLACES or known_subject(word) or after == "of" or not word.isalpha():
        return False
    placed = not after or after in DETERMINERS | PREPOSITIONS | ADVERBS | PRONOUNS | {",", "and"}
    if word.endswith("ing") and len(word) > 4:
        return placed
    return (
        word.endswith("s")
        and not word.endswith("ss")
        and len(word) > 3
        and placed
        and (lower[0] in SINGULAR or after in DETERMINERS)
    )
