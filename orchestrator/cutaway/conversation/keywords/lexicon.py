"""What an English word can be: a verb, a noun, an adjective, an adverb; for the words that no list here holds.

The words are those of the SPECIALIST lexicon of the US National Library of Medicine, as `lemminflect` carries them
(70,000 forms). They are read at the first word that nobody knows: about 0.3 s and 35 MB once in a process.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final, Literal

PartOfSpeech = Literal["VERB", "NOUN", "ADJ", "ADV"]

_MAX_CHARS: Final = 24


@lru_cache(maxsize=8192)
def senses(word: str) -> Mapping[str, str]:
    """The base form of a word for each part of speech it can be; empty for a word no dictionary has."""
    if not 1 < len(word) <= _MAX_CHARS or not word.isascii() or not word.isalpha():
        return {}
    from lemminflect import getAllLemmas  # type: ignore[import-untyped]

    return {part: lemmas[0] for part, lemmas in getAllLemmas(word.lower()).items() if lemmas}


def is_word(word: str) -> bool:
    """Whether a dictionary has it."""
    return bool(senses(word.lower()))


def is_only(word: str, *parts: PartOfSpeech) -> bool:
    """Whether a word of the dictionary can be nothing else than one of these parts of speech."""
    found = senses(word.lower())
    return bool(found) and all(part in parts for part in found)


def can_be(word: str, part: PartOfSpeech) -> bool:
    """Whether a word can be this part of speech."""
    return part in senses(word.lower())


@lru_cache(maxsize=8192)
def sure_verb(word: str) -> tuple[str, str] | None:
    """The base and the kind ("base", "third", "ing") of a word that is a verb and nothing else, None for others.

    Past forms are none: "a painted house" tells of no painting.
    """
    if len(word) < 4 or not is_only(word, "VERB"):
        return None
    base = senses(word)["VERB"]
    if word == base:
        return base, "base"
    if word.endswith("ing"):
        return base, "ing"
    return (base, "third") if word.endswith("s") else None


@lru_cache(maxsize=8192)
def is_past(word: str) -> bool:
    """Whether a word can be the past form of a verb, and is not its base: "walked", "lost", but not "put"."""
    base = senses(word.lower()).get("VERB", "")
    if not base or base == word.lower():
        return False
    from lemminflect import getInflection

    return word.lower() in {*getInflection(base, "VBD"), *getInflection(base, "VBN")}


def third_form(verb: str) -> str:
    """The form with "he": "rides" of "ride"; any other form stays as it is."""
    if senses(verb).get("VERB", verb) != verb:
        return verb
    from lemminflect import getInflection

    return next(iter(getInflection(verb, "VBZ")), verb)


class VerbForms(Mapping[str, tuple[str, str]]):
    """A table of verb forms that looks words it does not hold up in the dictionary; its own are what it iterates."""

    def __init__(self, own: Mapping[str, tuple[str, str]], never: frozenset[str]) -> None:
        self._own, self._never = own, never

    def __getitem__(self, word: str) -> tuple[str, str]:
        if (form := self._own.get(word)) is not None:
            return form
        if word in self._never or (found := sure_verb(word)) is None:
            raise KeyError(word)
        return found

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and (
            word in self._own or (word not in self._never and sure_verb(word) is not None)
        )

    def __iter__(self) -> Iterator[str]:
        return iter(self._own)

    def __len__(self) -> int:
        return len(self._own)
