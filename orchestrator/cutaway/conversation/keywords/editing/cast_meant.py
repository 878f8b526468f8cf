"""Who of the cast a line speaks of, by name, kind or pronoun."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from cutaway.conversation.keywords.editing.called import SAME
from cutaway.conversation.keywords.editing.line import Line
from cutaway.conversation.keywords.editing.memory import Memory
from cutaway.conversation.keywords.editing.stems import stem
from cutaway.conversation.keywords.living import KIN
from cutaway.conversation.keywords.phrases import noun_of, plural
from cutaway.conversation.keywords.words import (
    ADJECTIVES,
    ANIMALS,
    COLOURS,
    PEOPLE,
    SHADES,
    THINGS,
    VEHICLES,
    VERB_FORMS,
)
from cutaway.storyboard.model import CastMember, Storyboard

_WORD: Final = re.compile(r"[^\W\d_·]+(?:-[^\W\d_]+)*(?:'s)?")
_PRONOUN: Final = re.compile(
    r"\b(?P<who>he|him|his|she|her|hers|it|its|they|them|their|that one|this one)\b(?! (?:is"
    r"|was) (?:raining|snowing|night|day|too|so|for|a bit|getting))"
)
_WOMEN: Final = frozenset(
    "woman girl mother grandmother queen princess witch lady wife daughter sister aunt actress mermaid "
    "waitress fairy".split()
)
_MANY: Final = frozenset("choir crowd band team family couple audience group orchestra class herd flock pack".split())
_MEN: Final = frozenset(
    "man boy father grandfather king prince wizard knight husband son brother uncle monk cowboy guy "
    "grandad grandpa dad".split()
)


_POINTING: Final = frozenset("the my our that this his her their your those these both poor old little".split())


def _own(words: list[tuple[int, int, str]], n: int) -> bool:
    """Whether an article or another owner stands before a word: "a mum" is somebody else than "mum"."""
    return bool(n) and words[n - 1][2] in {"a", "an", "another", "some", "two", "three"}


@dataclass(frozen=True, slots=True)
class Name:
    """One mention of a member. `start` and `end` include its article and adjectives; `lead` are those adjectives."""

    cast_id: str
    start: int
    end: int
    lead: tuple[str, ...] = ()
    indefinite: bool = False
    owner: bool = False
    pronoun: bool = False


def nouns_of(member: CastMember) -> frozenset[str]:
    """The stems a member is called by: its noun and its name."""
    found = {stem(noun_of(member.kind.split()))} if member.kind.split() else set()
    found |= {stem(word) for word in re.findall(r"[^\W\d_]+", member.name.lower()) if word not in COLOURS | ADJECTIVES}
    return frozenset(found | {stem(member.id)}) - {"the", "of", "and"}


def names_in(line: Line, film: Storyboard) -> list[Name]:
    """Every mention of a member in what was not read yet, in order; nothing is taken out of the line."""
    calls = [
        (member.id, nouns_of(member), stem(noun_of(member.kind.split())) if member.kind.split() else "")
        for member in film.cast
    ]
    raw = {
        w + end
        for m in film.cast
        for w in re.findall(r"[^\W\d_]+", f"{m.kind} {m.name} {m.id}".lower())
        for end in ("", "s")
    }
    words = [(m.start(), m.end(), m[0]) for m in _WORD.finditer(line.free)]
    found: list[Name] = []
    for n, (start, end, word) in enumerate(words):
        own = word.endswith("'s")
        root = stem(word)
        if word in VERB_FORMS and VERB_FORMS[word][1] != "base" and word not in raw:
            continue  # "skiing" is no skier
        ids = [i for i, _, head in calls if head == root] or [i for i, nouns, _ in calls if root in nouns]
        if not ids and word in SAME and ((n and words[n - 1][2] in _POINTING) or (word in KIN and not _own(words, n))):
            like = [m.id for m in film.cast if _kinds(m) & SAME[word]]
            ids = like if len(like) == 1 else []
        if not ids:
            continue
        lead: list[str] = []
        first = start
        at = n - 1
        while (
            at >= 0
            and (words[at][2] in COLOURS | ADJECTIVES | SHADES | {"other", "poor", "same"} or _compared(words[at][2]))
            and words[at][1] + 1 == first
        ):
            lead.insert(0, words[at][2])
            first = words[at][0]
            at -= 1
        article = words[at][2] if at >= 0 and words[at][1] + 1 == first else ""
        if article in {
            "the",
            "a",
            "an",
            "my",
            "our",
            "that",
            "this",
            "his",
            "her",
            "their",
            "your",
            "one",
            "some",
            "these",
            "those",
            "any",
            "more",
        }:
            first = words[at][0]
        fits = [
            i
            for i in ids
            if set(lead)
            & {w for m in film.cast if m.id == i for w in f"{m.colour} {m.description} {m.kind}".lower().split()}
        ]
        cast_id = (fits or ids)[0]
        if found and found[-1].end == start - 1 and found[-1].cast_id == cast_id:
            found[-1] = Name(cast_id, found[-1].start, end, found[-1].lead, found[-1].indefinite, own)
            continue
        found.append(Name(cast_id, first, end, tuple(lead), article in {"a", "an", "one", "some", "more"}, own))
    return found


def _kinds(member: CastMember) -> frozenset[str]:
    noun = noun_of(member.kind.split()) if member.kind.split() else ""
    return frozenset({noun.lower(), member.name.lower(), member.id})


def _compared(word: str) -> bool:
    return (
        len(word) > 4
        and word.endswith("er")
        and (
            word[:-2] in ADJECTIVES
            or word[:-3] in ADJECTIVES
            or f"{word[:-3]}y" in ADJECTIVES
            or word[:-1] in ADJECTIVES
        )
    )


def pronoun_in(line: Line, film: Storyboard, memory: Memory) -> Name | None:
    """The member a pronoun stands for: the one last spoken of whom it fits, or the only one it fits."""
    match = line.find(_PRONOUN)
    if match is None or not film.cast:
        return None
    word = match["who"]
    own = word in {"his", "her", "its", "their"}
    spoken = [i for i in memory.cast if film.member(i)]
    fits = [m.id for m in film.cast if _fits(word, m)]
    if memory.named and spoken and spoken[0] in fits:
        return Name(spoken[0], match.start(), match.end(), owner=own, pronoun=True)
    plain = [m.id for m in film.cast if m.id in fits and _plainly(word, m)]
    people = [m.id for m in film.cast if m.id in fits and _person(m)]
    fits = (
        plain
        or (
            people
            if word in {"he", "him", "his", "she", "her", "hers"}
            else [i for i in fits if i not in people]
            if word in {"it", "its"}
            else []
        )
        or fits
    )
    picked = next((i for i in spoken if i in fits), None)
    if picked is None and len(fits) == 1:
        picked = fits[0]
    if picked is None and word in {"it", "its", "that one", "this one"}:
        picked = film.cast[0].id if len(film.cast) == 1 else None
    return Name(picked, match.start(), match.end(), owner=own, pronoun=True) if picked else None


def _plainly(word: str, member: CastMember) -> bool:
    """Whether a member is a "she" or a "he" by its very noun."""
    heads = set(re.findall(r"[a-z]+", f"{member.kind} {member.name} {member.description}".lower()))
    wanted = _WOMEN if word in {"she", "her", "hers"} else _MEN if word in {"he", "him", "his"} else frozenset()
    return (
        bool(heads & wanted)
        or (wanted is _MEN and any(h.endswith("man") and not h.endswith("woman") for h in heads))
        or (wanted is _WOMEN and any(h.endswith("woman") for h in heads))
    )


def _person(member: CastMember) -> bool:
    heads = set(re.findall(r"[a-z]+", f"{member.kind} {member.name}".lower()))
    return bool(heads & PEOPLE) or not heads & (ANIMALS | VEHICLES | THINGS)


def _fits(word: str, member: CastMember) -> bool:
    heads = set(re.findall(r"[a-z]+", f"{member.kind} {member.name} {member.description}".lower()))
    person = bool(heads & (PEOPLE | _WOMEN | _MEN)) or not heads
    if heads & _MANY and word in {"he", "him", "his", "she", "her", "hers"}:
        return False
    if word not in {"they", "them", "their"} and member.kind.split() and plural(noun_of(member.kind.split())):
        return False
    if word in {"he", "him", "his"}:
        return not heads & _WOMEN
    if word in {"she", "her", "hers"}:
        return not heads & _MEN
    if word in {"they", "them", "their"}:
        return True
    return not (person and heads & (_WOMEN | _MEN))
