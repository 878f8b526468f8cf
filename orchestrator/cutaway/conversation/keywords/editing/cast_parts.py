"""Parts of somebody and things worn: taken off, or with another look: "the bib was yellow"."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.editing.cast_meant import names_in
from cutaway.conversation.keywords.editing.cast_whose import TAIL, typed_in, whose
from cutaway.conversation.keywords.editing.cast_words import COLOUR, with_trait
from cutaway.conversation.keywords.editing.line import Line
from cutaway.conversation.keywords.editing.look_words import (
    BODY,
    PARTS,
    SURFACE,
    WORN,
    is_comparative,
    is_look,
    is_trait,
    noun_phrase,
)
from cutaway.conversation.keywords.editing.stage import Stage
from cutaway.conversation.keywords.text import cut
from cutaway.conversation.keywords.words import ADJECTIVES, ANIMALS, COLOURS, PEOPLE
from cutaway.storyboard.edits import ChangeCast
from cutaway.storyboard.model import CastMember

_NEVER: Final = re.compile(
    r"^(?P<who>.{1,40}?)\s+(?:(?:would|should|must|could|can|will|does|do|did|is|are)\s+(?:never|not)"
    r"|never)\s+(?:ever\s+|be\s+)*"
    r"(?:wears?|wearing|have|has|seen in|caught (?:dead )?in|in)\s+(?P<old>[^,.;:]+?)"
    r"(?:\s*[,.;:-]+\s*(?P<new>.+))?$"
)
_WITHOUT: Final = re.compile(
    r"^(?:(?:no|without(?: the| a| his| her)?)\s+(?P<old>[a-z -]+?)\s+(?:on|for|with)\s+(?P<who>.+)"
    r"|(?:take|get|pull)\s+(?:the |that |his |her |its )?(?P<old2>[a-z -]+?)\s+off\s+(?:of\s+)?(?P<who2>.+)"
    r"|(?:take off|remove|lose|drop|ditch)\s+(?:the\s+)?(?P<who3>[a-z]+(?:'s)?)\s+(?P<old3>[a-z -]+))$"
)
_PART_WAS: Final = re.compile(
    r"^(?:(?:but|and|no|oh|so)\s+)*(?:make |paint |have |turn )?(?:the|his|her|its|their|(?:the |my"
    r" )?(?P<whose>[a-z]+)'s)\s+(?P<part>[a-z-]+(?: [a-z-]+)??),?(?: (?:and )?(?:make|paint|have"
    r"|turn|let) (?:it|them))?\s+(?:(?:was|were|is|are|be|should|must|could"
    r"|ought|has|have|to|needs?|in|really|actually|rather|looks?|look)\s+)*(?P<how>(?:[a-z]+[ -]){0,2}[a-z-]+)$"
)


def never_worn(stage: Stage) -> ChangeCast | None:
    """The words "she'd never wear a dress, denim jacket": without the one, with the other where one is named."""
    match = _NEVER.match(stage.text)
    who = whose(stage, match["who"]) if match else None
    if match is None or who is None or not noun_phrase(match["old"]):
        return None
    kept = _bereft(who, match["old"])
    if not match["new"]:
        return ChangeCast(cast_id=who.id, description=kept) if kept != who.description else None
    new = re.sub(
        r"^(?:(?:but|rather|so|it is|it should be|put|give|make it|she|he|they|her|him|them|in|wears?|should|would"
        r"|has|have|wear|more like"
        r"|into)\s+)+",
        "",
        match["new"],
    )
    if not is_look(new):
        return None
    typed = typed_in(stage, match.end("new") - len(new), match.end("new"))
    return ChangeCast(cast_id=who.id, description=cut(", ".join(p for p in (kept, typed) if p), 200))


def _bereft(who: CastMember, what: str) -> str:
    """A description without the part that has this noun."""
    head = noun_phrase(what)
    parts = [part.strip() for part in who.description.split(",")]
    return ", ".join(part for part in parts if part and head not in re.findall(r"[a-z-]+", part.lower()))


def taken_off(stage: Stage) -> ChangeCast | None:
    """Something that is not to be worn: "no hat on the builder", "take his hat off"."""
    text = re.split(r",\s+(?:he|she|they|it|i|we|that|because)\b", stage.text)[0]
    match = _WITHOUT.match(text.strip())
    if match is None:
        return None
    old = match["old"] or match["old2"] or match["old3"]
    who = whose(stage, (match["who"] or match["who2"] or match["who3"]).removesuffix("'s"))
    if who is None or not is_look(old):
        return None
    kept = _bereft(who, old)
    if kept != ", ".join(part.strip() for part in who.description.split(",") if part.strip()):
        return ChangeCast(cast_id=who.id, description=kept)
    return with_trait(who, trait=f"no {old}")


def part_was(stage: Stage) -> ChangeCast | None:
    """The words "the bib was yellow", "the hull was blue": a part with another look, whoever has it."""
    text = TAIL.sub("", stage.text)
    match = _PART_WAS.match(text)
    if match is None and text.split()[0:1] and text.split()[0] in WORN | BODY | PARTS and len(text.split()) == 2:
        match = _PART_WAS.match(f"the {text}")  # "laces black"
    if match is None or names_in(Line.plain(match["part"]), stage.film):
        return None
    how, part = match["how"], match["part"].split()[-1]
    if not (COLOUR.fullmatch(how) or is_trait(how.split()[-1])) or how.split()[0] in {"not", "no", "too", "so", "very"}:
        return None
    wearing = [m for m in stage.film.cast if re.search(rf"\b{re.escape(part)}\b", m.description, re.I)]
    if len(wearing) == 1:
        return ChangeCast(cast_id=wearing[0].id, description=_relooked(wearing[0].description, part, how))
    if part not in WORN | BODY | PARTS:
        return None
    owner = re.match(r".*\b(his|her|its|their)\b", stage.text[: match.start("part")])
    who = whose(stage, match["whose"] or owner[1]) if match["whose"] or owner else _owner(stage, part)  # type: ignore[index]
    if who is None:
        return None
    if part in SURFACE and COLOUR.fullmatch(how):
        return ChangeCast(cast_id=who.id, colour=how)
    return with_trait(who, trait=f"{how} {part}")


def _relooked(description: str, part: str, how: str) -> str:
    """A description in which one thing looks otherwise: "red bib" with "yellow" is "yellow bib"."""
    words = description.split()
    at = next(i for i, word in enumerate(words) if re.fullmatch(rf"{re.escape(part)}\W*", word, re.I))
    first = at
    compared = is_comparative(how)  # "darker" keeps the colour there is
    while (
        not compared
        and first
        and words[first - 1].lower().strip(",") in COLOURS | ADJECTIVES
        and not words[first - 1].endswith(",")
    ):
        first -= 1
    while compared and first and words[first - 1].lower() in COLOURS:
        first -= 1
    kept = words[first:at] if compared else []
    return cut(" ".join([*words[:first], how, *kept, *words[at:]]), 200)


def _owner(stage: Stage, part: str) -> CastMember | None:
    """Whose part it may be: the one last spoken of, or the only one that can have it."""
    spoken = [m for c in stage.memory.cast if (m := stage.film.member(c))]
    people = [m for m in stage.film.cast if (part in PARTS - BODY - WORN) != _alive(m)]
    if len(people) == 1:
        return people[0]
    return next((m for m in spoken if m in people), None)


def _alive(member: CastMember) -> bool:
    heads = set(re.findall(r"[a-z]+", f"{member.kind} {member.name}".lower()))
    return bool(heads & (PEOPLE | ANIMALS))
