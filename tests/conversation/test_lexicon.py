"""What words can be, by the dictionary."""

from __future__ import annotations

import pytest
from lemminflect import getAllLemmas  # type: ignore[import-untyped]

from cutaway.conversation.keywords.lexicon import can_be, is_only, senses, sure_verb


@pytest.mark.parametrize(
    "word", "kneads gutter waves quickly happy better could all zzqk unbuckles mice running".split()
)
def test_the_table_says_what_the_library_says(word: str) -> None:
    assert senses(word) == {part: lemmas[0] for part, lemmas in getAllLemmas(word).items()}


def test_a_word_that_can_be_a_noun_too_is_no_sure_verb() -> None:
    assert sure_verb("unbuckles") == ("unbuckle", "third")
    assert sure_verb("waves") is None
    assert can_be("waves", "VERB")
    assert is_only("quickly", "ADV")


@pytest.mark.parametrize("word", ["", "x", "naïve", "two words", "a" * 40, "\n", "verb,noun"])
def test_what_is_no_word_has_no_senses(word: str) -> None:
    assert senses(word) == {}
