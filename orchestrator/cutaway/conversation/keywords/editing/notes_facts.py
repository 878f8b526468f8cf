"""The facts of the notes a person gave, and which of them a few words mean: "the launch price", "our motto"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cutaway.conversation.keywords.answers import stems
from cutaway.conversation.keywords.sheet import PRICE, plain
from cutaway.conversation.plan import ContextLine

_KEYED: Final = re.compile(r"^(?P<key>[^:]{1,40}?)\s*:\s+(?P<value>\S.*)$")
_DAYS: Final = r"mon(?:day)?|tue(?:sday)?|wed(?:nesday)?|thu(?:rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
_MONTHS: Final = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:tember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?"
)
_SPAN: Final = r"\d{1,2}(?:[:.]\d\d)?\s?(?:am|pm)?\s?(?:-|to|till|until)\s?\d"


@dataclass(frozen=True, slots=True)
class Note:
    """One fact of the notes. `key` is '' where the line has none; `heading`: it is the first line of its file."""

    key: str
    value: str
    line: ContextLine
    heading: bool = False

    @property
    def whole(self) -> str:
        """The fact as its line has it."""
        return f"{self.key}: {self.value}" if self.key else self.value


@dataclass(frozen=True, slots=True)
class _Concept:
    """What people call a sort of fact, and how its lines look."""

    said: re.Pattern[str]
    key: re.Pattern[str]
    value: re.Pattern[str] | None = None


def _concept(said: str, key: str, value: str = "") -> _Concept:
    return _Concept(
        re.compile(rf"\b(?:{said})\b", re.I),
        re.compile(rf"\b(?:{key})\b", re.I),
        re.compile(value, re.I) if value else None,
    )


_CONCEPTS: Final = (
    _concept(
        r"prices?|costs?|charges?|charged|how much|sells? for|priced?|fees?|ask(?:s|ing)? for",
        r"price|cost|costs|rrp|msrp|fee|fees|ticket|tickets|entry|admission|per night",
        rf"{PRICE.pattern}|^\d+[.,]\d\d$",
    ),
    _concept(
        r"slogan|tag-?\s?line|motto|claim|strap-?\s?line|catch-?\s?phrase|punch-?\s?line",
        r"slogan|tag-?\s?line|motto|claim|strap-?\s?line|catch-?\s?phrase|punch-?\s?line",
    ),
    _concept(
        r"opening (?:hours|times)|hours|times?|when (?:we|they|it) (?:are |is )?opens?|when we are open|open",
        r"open|opens|opening|hours|times?",
        rf"{_SPAN}|\b\d{{1,2}}:\d\d\b",
    ),
    _concept(
        r"dates?|days?|when|(?:un)?till? when|start(?:s|ing)?(?: time)?|begins?",
        r"date|dates|day|days|when|starts?|begins?|until|till",
        rf"\b(?:{_MONTHS})\b|\b(?:{_DAYS})s?\b|\b\d{{1,2}}:\d\d\b",
    ),
    _concept(
        r"(?:phone|telephone|tel|mobile)(?: number)?|numbers?|call|ring|contacts?|contact details",
        r"contact|agent|phone|tel|telephone|call|mobile|number",
        r"\d[\d /()-]{6,}\d",
    ),
    _concept(
        r"address|street",
        r"address",
        r"^\d+\w? \w+.*\b(?:lane|street|road|avenue|close|square|drive|way|hill|place|court|gardens|terrace|st|rd"
        r"|ave)\b|\b(?:lane|street|road|avenue|close|square|drive|way|hill|place) \d"
        r"|\b\w+(?:strasse|straße|gasse)\b",
    ),
    _concept(
        r"address|where(?: (?:it|we|they) (?:is|are|meets?))?|venue|location|meeting (?:point|place)|meet",
        r"address|where|venue|location|place|meets?|meeting|made in",
    ),
    _concept(
        r"websites?|web ?site|site|url|web address|link|homepage",
        r"web|website|site|url|link|www",
        r"\bwww\.\S|\b[\w-]+\.(?:com|org|net|co|de|uk|io|eu|shop|example)\b",
    ),
    _concept(r"names?|called|product|heading|headline", r"name|product|title|item|model"),
    _concept(r"weigh(?:s|t)?|heavy", r"weight|weighs", r"\b\d[\d.,]*\s?(?:kg|g|lbs?|pounds|oz|tons?)\b"),
    _concept(
        r"sizes?|dimensions?|how (?:big|large|tall|wide|high)|measurements?", r"size|dimensions?|width|height|length"
    ),
    _concept(
        r"how long|duration|lasts?|takes?|running time",
        r"lasts?|duration|takes|length|time",
        r"\b(?:lasts?|takes?)\b|\b\d+\s?(?:minutes?|mins?|hours?|days?|weeks?)\b",
    ),
    _concept(r"guarantee|warranty", r"guarantee|warranty"),
    _concept(r"colou?rs?|finish(?:es)?", r"colou?rs?|finish"),
    _concept(r"ingredients?|made (?:of|from)|what is in it", r"ingredients?|contains|made of|made from"),
    _concept(r"e-?mails?(?: address)?", r"e-?mail", r"\S@\S"),
    _concept(r"offers?|discounts?|deals?", r"offer|discount|deal|sale", r"\d ?%|\boff\b"),
)
FILE_WORDS: Final = frozenset(
    """sheet sheets list lists menu note notes file files document doc brief briefing flyer leaflet brochure page table
    csv paper attachment line lines fact facts info information text entry row worksheet handout programme""".split()
)
_SMALL: Final = FILE_WORDS | frozenset(
    """right same proper correct exact actual usual own current its it their his her our one ones thing what we they you
    us according given gave attached again there here also too please just only simply then now even still whole full
    matching respective each every""".split()
)


def notes_of(context: Sequence[ContextLine]) -> tuple[Note, ...]:
    """The facts of the notes, in order: one for each line, or one for each cell of a line that holds several."""
    found: list[Note] = []
    files: set[str] = set()
    for line in context:
        name = line.ref.rpartition(":")[0]
        text = plain(line.text)
        first = name not in files
        files.add(name)
        parts = text.split("; ") if len(re.findall(r"[^:;]: ", text)) > 1 and "; " in text else [text]
        for part in parts:
            match = _KEYED.match(part)
            if match is not None:
                found.append(Note(match["key"].strip(), match["value"].strip(), line))
            elif part.strip():
                found.append(Note("", part.strip(), line, heading=first and len(part.split()) <= 8))
    return tuple(found)


def note_meant(words: str, notes: Sequence[Note], *, all_said: bool = True) -> tuple[Note, ...]:
    """The facts these words mean, the best ones; () when they mean none.

    `all_said`: every word that says something must belong to the fact, so that no other wish is taken for one.
    """
    low = words.lower()
    files = {part for note in notes for part in re.findall(r"[a-z]+", note.line.ref.rpartition(":")[0].lower())}
    concepts = [concept for concept in _CONCEPTS if concept.said.search(low)]
    spoken = {n for concept in concepts for m in concept.said.finditer(low) for n in range(m.start(), m.end())}
    bare = "".join(" " if n in spoken else c for n, c in enumerate(low))
    small = {stem for word in _SMALL | files for stem in stems(word)}
    own = stems(bare) - small
    asked = stems(low) - small
    scored: list[tuple[float, int, Note]] = []
    for order, note in enumerate(notes):
        key, value = stems(note.key), stems(note.value)
        score = 3.0 * len(asked & key) + 1.0 * len((asked - key) & value)
        score += sum(_fits(concept, note) for concept in concepts)
        missing = own - key - value
        if note.heading and any(concept.said.search("name") for concept in concepts):
            missing = set()
        if score <= 0 or (all_said and missing) or len(missing) > len(own & (key | value)) + 1:
            continue
        scored.append((score - len(missing), order, note))
    best = max((one[0] for one in scored), default=0.0)
    return tuple(note for score, _, note in scored if score >= best - 0.001 and score > 0.9)


def named_plainly(words: str, notes: Sequence[Note]) -> bool:
    """Whether words name facts by their key or their sort, not only by a word of their text."""
    asked = stems(words)
    concepts = [concept for concept in _CONCEPTS if concept.said.search(words)]
    return any(asked & stems(note.key) or any(_fits(c, note) for c in concepts) for note in notes)


def _fits(concept: _Concept, note: Note) -> float:
    if note.key and concept.key.search(note.key):
        return 3.0
    if not note.key and concept.key.search(note.value):
        return 1.6
    if concept.value is not None and concept.value.search(note.value):
        return 1.5
    if note.heading and concept.said.search("name"):
        return 2.0
    return 0.0


def shown(note: Note, *, kind: str = "caption", key_only: bool = False) -> str:
    """A fact as words on the picture: its value, or its whole line where the value alone says nothing."""
    if key_only and note.key:
        return note.key
    if not note.key or (kind != "price_tag" and (len(note.key.split()) > 2 or re.search(r"\d", note.key))):
        return note.whole
    return note.value
