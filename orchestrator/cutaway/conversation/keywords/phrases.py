"""Noun phrases: who or what a few words name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from cutaway.conversation.keywords.endings import acts_by_ending
from cutaway.conversation.keywords.text import cut, free_id, slug
from cutaway.conversation.keywords.words import (
    ADJECTIVES,
    COLOURS,
    CONJUNCTIONS,
    DEFINITE,
    DETERMINERS,
    FIRST_NAMES,
    GATHERINGS,
    IRREGULAR_PLURALS,
    NUMBERS,
    PET_NAMES,
    PLACES,
    PLURAL_COUNTS,
    PREPOSITIONS,
    SHADES,
    SPECIES,
    SUBJECTS,
    THINGS,
)
from cutaway.storyboard.model import CastMember

_TOKEN: Final = re.compile(r"⟪\d+⟫|[^\s,;:.!?()\[\]{}\"]+(?:\.\d+)?|[,;:]")
_KIND_CHARS: Final = 60


@dataclass(frozen=True, slots=True)
class Thing:
    """One noun phrase. `kind` is its noun words, `head` the last of them in lower case."""

    head: str
    kind: str
    name: str = ""
    colour: str = ""
    description: str = ""
    definite: bool = False
    other: bool = False

    def member(self, cast_id: str) -> CastMember:
        """The thing as a cast member."""
        return CastMember(
            id=cast_id,
            name=self.name or self.kind,
            kind=self.kind,
            colour=self.colour,
            description=cut(self.description, 200),
        )


def tokens(text: str) -> list[str]:
    """Words and commas; full stops and brackets are dropped."""
    return _TOKEN.findall(text)


def read_thing(words: Sequence[str]) -> Thing | None:
    """The thing these words name, or None when no noun is left after articles, colours and adjectives."""
    words = [word for word in words if word not in {",", ";", ":"}]
    name, words = _named(words)
    lower = [word.lower().removesuffix("'s") for word in words]
    definite = other = False
    count = ""
    while lower and (lower[0] in DETERMINERS or lower[0] in NUMBERS or lower[0].isdigit()):
        definite = definite or lower[0] in DEFINITE
        other = other or lower[0] == "another"
        if lower[0] in PLURAL_COUNTS or (lower[0].isdigit() and lower[0] != "1"):
            count = lower[0]
        words, lower = words[1:], lower[1:]
        if lower and lower[0] in {"other", "second"} and len(lower) > 1:
            other, words, lower = True, words[1:], lower[1:]
        if definite and len(lower) > 1 and lower[0] in {"same", "very", "whole", "entire", "said"}:
            words, lower = words[1:], lower[1:]
    if not lower:
        return Thing(head=name.lower(), kind=name, name=name) if name else None
    colour: list[str] = []
    traits: list[str] = []
    while len(lower) > 1 and (
        lower[0] in COLOURS or lower[0] in ADJECTIVES or (lower[0] in SHADES and lower[1] in COLOURS)
    ):
        if " ".join(lower[:2]) in SPECIES and lower[0] in COLOURS:
            colour = [lower[0]]
            break
        (colour if lower[0] in COLOURS or lower[0] in SHADES else traits).append(lower[0])
        words, lower = words[1:], lower[1:]
    while len(lower) > 1 and lower[-1] in ADJECTIVES and known_subject(lower[-2]):
        traits.append(lower[-1])  # "the couple old and grey"
        words, lower = words[:-1], lower[:-1]
    kind = cut(" ".join(words), _KIND_CHARS)
    head = noun_of(lower)
    if len(lower) == 1 and lower[0] in FIRST_NAMES and not definite:
        return Thing(
            head=head, kind="dog" if head in PET_NAMES else "person", name=words[0], description=" ".join(traits)
        )
    if not any(c.isalnum() for c in kind) or kind.lower() in PREPOSITIONS | CONJUNCTIONS:
        return None
    return Thing(
        head=head,
        kind=f"{count} {kind}" if count else kind,
        name=name,
        colour=cut(" ".join(colour), 40),
        description=" ".join(traits),
        definite=definite,
        other=other,
    )


def _named(words: Sequence[str]) -> tuple[str, list[str]]:
    """The words "a fox named Rusty" and "Luna the cat": the name, and the words without it."""
    found = list(words)
    for i, word in enumerate(found):
        if word.lower() in {"named", "called"} and i and i + 1 < len(found):
            return found[i + 1], found[:i]
    if len(found) >= 3 and found[1].lower() == "the" and found[0][:1].isupper() and found[0].lower() not in DETERMINERS:
        return found[0], found[2:]
    if len(found) >= 2 and found[-1][:1].isupper() and not found[-2][:1].isupper() and known_subject(found[-2]):
        return found[-1], found[:-1]
    return "", found


def plural(word: str) -> bool:
    """Whether a noun names several."""
    word = word.lower()
    return word in IRREGULAR_PLURALS or (word.endswith("s") and not word.endswith(("ss", "us", "is")))


def singular(word: str) -> str:
    """The noun for one of them, as far as endings tell."""
    word = word.lower().removesuffix("'s")
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(("ses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1] if plural(word) and word.endswith("s") else word


def noun_of(words: Sequence[str]) -> str:
    """The noun of a phrase in lower case: "bottle" of "bottle of wine", but "dogs" of "group of dogs"."""
    lower = [word.lower() for word in words]
    at = lower.index("of") if "of" in lower else 0
    return lower[at - 1] if at and lower[at - 1] not in GATHERINGS else lower[-1] if lower else ""


def drawable(noun: str) -> bool:
    """Whether a noun is a subject or a thing the ear knows, one or several of it."""
    return known_subject(noun) or noun.lower() in THINGS or singular(noun) in THINGS


def plainly_named(words: Sequence[str]) -> bool:
    """Whether every word of a phrase is a known noun, colour or adjective."""
    return all(w.lower() in COLOURS | ADJECTIVES | PLACES | {"of"} or drawable(w) for w in words)


def known_subject(word: str) -> bool:
    """Whether a noun is a person, an animal, a vehicle or a figure the ear knows."""
    return word.lower() in SUBJECTS or singular(word) in SUBJECTS or acts_by_ending(word)


class Troupe:
    """The cast while it is being found: new things join, things named again are recognised."""

    def __init__(self, members: Sequence[CastMember] = ()) -> None:
        self.members: list[CastMember] = list(members)
        self.joined: list[CastMember] = []

    def find(self, thing: Thing) -> CastMember | None:
        """The member these words mean, or None."""
        return find_member(self.members, thing)

    def cast(self, thing: Thing) -> str:
        """The id of the member these words mean, joining a new one when there is none."""
        known = None if thing.other else self.find(thing)
        if known is not None and (not thing.colour or not known.colour or thing.colour == known.colour):
            return known.id
        wanted = slug(thing.name if thing.kind == "person" else thing.head, "someone")
        member = thing.member(free_id(wanted, (m.id for m in self.members)))
        self.members.append(member)
        self.joined.append(member)
        return member.id

    def replace(self, cast_id: str, member: CastMember) -> None:
        """Put another member in the place of one."""
        self.members = [member if m.id == cast_id else m for m in self.members]
        self.joined = [member if m.id == cast_id else m for m in self.joined]


def find_member(members: Sequence[CastMember], thing: Thing) -> CastMember | None:
    """The member whose noun, name or id these words mean; the best match wins, the first on a tie."""
    wanted = {singular(word) for word in thing.kind.split()} | ({thing.name.lower()} if thing.name else set())
    best: tuple[int, CastMember] | None = None
    for member in members:
        heads = {singular(noun_of(member.kind.split()))} if member.kind.split() else set()
        own = {singular(word) for word in f"{member.kind} {member.name}".split()} | {member.id}
        if singular(thing.head) not in own | heads:
            continue
        score = 2 * len(wanted & own) + (singular(thing.head) in heads)
        if best is None or score > best[0]:
            best = (score, member)
    return best[1] if best else None


def with_name(thing: Thing, name: str) -> Thing:
    """The thing under a name."""
    return replace(thing, name=name)
