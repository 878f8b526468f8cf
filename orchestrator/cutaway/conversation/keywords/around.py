"""A message without the talk around it: greetings, goodbyes and news are left out, what asks for something stays."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from cutaway.conversation.keywords.remarks import Kind, asks_for_it, plain, remark
from cutaway.conversation.keywords.words import TIMES, WEATHER_ADJECTIVES, WEATHERS

_MAX_CHARS: Final = 600


@dataclass(frozen=True, slots=True)
class Around:
    """A message without the talk around it. `kinds` are the kinds of talk that were found, `rest` the words left."""

    kinds: tuple[Kind, ...]
    rest: str


def around(text: str, own: Collection[str] = (), *, only: Collection[Kind] = ()) -> Around:
    """The talk in a message, and what is left of it.

    `own` are words of the film: a sentence that speaks of them is kept, unless all of the message is talk. `only` are
    the kinds that may be left out, all by default.
    """
    if len(text) > _MAX_CHARS:
        return Around((), text)
    sentences = [one for one in _SENTENCE.split(text) if re.search(r"\w", one)]
    read = [_kinds_of(one) for one in sentences]
    if own:
        # "we shot it at dawn" is news, and may be a correction: what a film is made of is no talk.
        read = [
            (pieces, _no_values(one, pieces, found, own)) for one, (pieces, found) in zip(sentences, read, strict=True)
        ]
    kinds = tuple(kind for _, found in read for kind in found if kind)
    if (
        read
        and all(all(found) for _, found in read)
        and set(kinds) - {"fill"}
        and not (only and set(kinds) - {*only, "fill"})
    ):
        return Around(kinds, "")
    kept: list[str] = []
    for n, (pieces, found) in enumerate(read):
        spoken = set(re.findall(r"[a-z]+", sentences[n].lower()))
        may = all(kind and (not only or kind in {*only, "fill"}) for kind in found)
        if may and not spoken & set(own) and set(found) - {"fill", "complaint", "elsewhere"}:
            continue
        kept.append(
            _edges(sentences[n], pieces, found, first=not kept, last=n + 1 == len(sentences), praise=bool(only))
        )
    if not kept or kept == sentences:
        return Around(kinds, text)
    return Around(kinds, ("\n" if "\n" in text else " ").join(kept).strip())


_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+|\n+")
_PIECE: Final = re.compile(
    r"\s*[,;]\s*|\s+-+\s+|(?<=[a-z])\s+(?:and|so|but)\s+(?=(?:i|we|you|thank|thanks|bye|good ?night)\b)", re.I
)


_VALUES: Final = frozenset({*TIMES, *WEATHERS, *WEATHER_ADJECTIVES} - {"day", "morning", "evening", "night"})
_SHOTS: Final = re.compile(r"\b(?:shots?|scenes?|first|second|third|last|caption|title|camera|music|frame)\b", re.I)


def _no_values(sentence: str, pieces: list[tuple[int, int]], kinds: list[Kind], own: Collection[str]) -> list[Kind]:
    found: list[Kind] = []
    for (a, b), kind in zip(pieces, kinds, strict=True):
        words = set(re.findall(r"[a-z]+", sentence[a:b].lower()))
        valued = kind == "news" and (words & (_VALUES | set(own)) or _SHOTS.search(sentence[a:b]))
        found.append("" if valued else kind)
    return found


def _kinds_of(sentence: str) -> tuple[list[tuple[int, int]], list[Kind]]:
    """The pieces of a sentence, as places in it, and the kind of each; "" for what is no talk."""
    pieces: list[tuple[int, int]] = []
    start = 0
    for match in _PIECE.finditer(sentence):
        pieces.append((start, match.start()))
        start = match.end()
    pieces = [(a, b) for a, b in (*pieces, (start, len(sentence))) if re.search(r"\w", sentence[a:b])]
    ordered = any(asks_for_it(plain(sentence[a:b])) for a, b in pieces[1:])
    if not ordered and (whole := remark(sentence)) and whole != "fill":
        return [(0, len(sentence))], [whole]
    kinds: list[Kind] = []
    for a, b in pieces:
        kind = remark(sentence[a:b])
        if not kind and kinds and kinds[-1] == "hello" and _verbless(sentence[a:b]):
            kind = "fill"
        kinds.append(kind)
    return pieces, kinds


def _verbless(piece: str) -> bool:
    """A name or a word of address after a greeting: "good morning, Anna"."""
    words = piece.strip(" .!").split()
    return len(words) == 1 and (words[0][:1].isupper() or words[0] in {"dear", "love", "all"})


_AT_EDGES: Final = frozenset({"hello", "bye", "thanks"})


def _edges(
    sentence: str,
    pieces: list[tuple[int, int]],
    kinds: list[Kind],
    *,
    first: bool,
    last: bool,
    praise: bool,
) -> str:
    """A sentence without a greeting before its first words and a goodbye after its last."""
    start, end = 0, len(pieces)
    while first and start < end and (kinds[start] in _AT_EDGES or (praise and kinds[start] == "praise")):
        start += 1
    while last and end > start and kinds[end - 1] in {"bye", "thanks"}:
        end -= 1
    if start >= end or (start, end) == (0, len(pieces)):
        return sentence
    return sentence[pieces[start][0] : pieces[end - 1][1]].strip(" ,;")
