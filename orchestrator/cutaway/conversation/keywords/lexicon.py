"""What an English word can be: a verb, a noun, an adjective, an adverb; for the words that no list here holds.

The words are those of the SPECIALIST lexicon of the US National Library of Medicine, as `lemminflect` carries them
(70,000 forms). Its table is searched as the text it is: read in 15 ms at the first word that nobody knows, 2 MB, and
about 1 ms for a word. The library's own loading of it would take every process 0.3 s and 35 MB.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final, Literal

from cutaway.errors import ConfigError

PartOfSpeech = Literal["VERB", "NOUN", "ADJ", "ADV"]

_MAX_CHARS: Final = 24


@lru_cache(maxsize=8192)
def senses(word: str) -> Mapping[str, str]:
    """The base form of a word for each part of speech it can be; empty for a word no dictionary has."""
    if not 1 < len(word) <= _MAX_CHARS or not word.isascii() or not word.isalpha():
        return {}
    found = _looked_up(word.lower())
    return {part: _as_typed(lemma, word) for part, lemma in found.items()}


def _looked_up(word: str) -> dict[str, str]:
    table, overrides = _tables()
    found: dict[str, str] = {}
    key = f"\n{word},"
    at = table.find(key)
    while at >= 0:
        part, _, lemmas = table[at + len(key) : table.index("\n", at + 1)].partition(",")
        found[_PARTS.get(part, part.upper())] = lemmas.split("/")[0]
        at = table.find(key, at + 1, at + 400)  # a word's lines follow one another
    return found | overrides.get(word, {})


_PARTS: Final = {"modal": "AUX"}


@lru_cache(maxsize=1)
def _tables() -> tuple[str, dict[str, dict[str, str]]]:
    """The lines "form,part,lemma/lemma" of the lexicon, and the parts and lemmas that overrule them by form."""
    # Found without importing the package, whose import alone takes as long as reading the table.
    spec = find_spec("lemminflect")
    if spec is None or spec.origin is None:
        raise ConfigError(
            "The package lemminflect is not installed.", fix="Install cutaway again: pip install cutaway."
        )
    folder = Path(spec.origin).parent / "resources"
    table = gzip.decompress((folder / "lemma_lu.csv.gz").read_bytes()).decode()
    overrides: dict[str, dict[str, str]] = {}
    for line in (folder / "lemma_overrides.csv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            form, part, lemma = line.strip().split(",")
            overrides.setdefault(form, {})[part] = lemma
    return f"\n{table}\n", overrides


def _as_typed(lemma: str, word: str) -> str:
    return lemma.upper() if word.isupper() and len(word) > 1 else lemma.capitalize() if word[0].isupper() else lemma


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
    low = word.lower()
    base = senses(low).get("VERB", "")
    # Of a verb's forms only the past ends neither in "ing" nor in "s".
    return bool(base) and base != low and not low.endswith(("ing", "s"))


def third_form(verb: str) -> str:
    """The form with "he": "rides" of "ride"; any other form stays as it is."""
    if senses(verb).get("VERB", verb) != verb:
        return verb
    if (irregular := _IRREGULAR.get(verb)) is not None:
        return irregular
    if re.search(r"[^aeiou]y$", verb):
        return f"{verb[:-1]}ies"
    return f"{verb}es" if re.search(r"(?:s|x|z|ch|sh|o)$", verb) else f"{verb}s"


_IRREGULAR: Final = {"be": "is", "have": "has"}


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
