"""What somebody wears, has and looks like, said in any order: "put an eye patch on her", "pirate: older, scruffier"."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.editing.cast_meant import Name, names_in, pronoun_in
from cutaway.conversation.keywords.editing.cast_words import COLOUR, with_trait
from cutaway.conversation.keywords.editing.line import Line
from cutaway.conversation.keywords.editing.look_words import (
    BODY,
    PARTS,
    SURFACE,
    WORN,
    is_age,
    is_comparative,
    is_look,
    is_trait,
    may_be_had,
    noun_phrase,
)
from cutaway.conversation.keywords.editing.stage import Found, Stage
from cutaway.conversation.keywords.text import cut
from cutaway.conversation.keywords.words import ADJECTIVES, ANIMALS, COLOURS, PEOPLE
from cutaway.storyboard.edits import ChangeCast
from cutaway.storyboard.model import CastMember

_MODAL: Final = (
    r"(?:(?:should|must|could|can|would|might|has to|needs to|ought to|to|also|now|always|really|just|still)\s+)*"
)
_HAS: Final = re.compile(
    rf"^(?P<who>.{{1,40}}?)\s+{_MODAL}(?P<how>has got|has|have|having|got|gets|needs|wears?|wearing|sports?|(?:be"
    rf"|is|are)"
    r" (?:wearing|dressed in|in)|in|with)\s+(?:got\s+)?(?P<what>.+)$"
)
_ON: Final = re.compile(
    r"^(?:put|stick|add|pop|place|draw|paint|hang|tie|wrap)?\s*(?P<what>(?:(?:an?|some|two|three|the|his"
    r"|her)\s+)?.+?)\s+"
    r"(?:on|onto|round|around|over|to)\s+(?P<who>.+?)(?P<part>(?:'s)?\s+(?:neck|head|face|arm|back|shoulders?"
    r"|wrist|nose"
    r"|chest|ears?|feet|hands?|legs?|tail|eyes?))?$"
)
_DRESS: Final = re.compile(
    r"^(?:dress|clothe|get|put|pop|stick|have|show|make)\s+(?P<who>.+?)\s+(?:up\s+)?(?:in|into|wearing|wear"
    r"|with)\s+(?P<what>.+)$"
)
_GIVE: Final = re.compile(
    r"^(?:give|get|hand|lend|find|buy)\s+(?P<who>.{2,30}?)\s+(?P<what>(?:an?|some|two|three|the)\s+.+|[a-z-]+(?:"
    r" [a-z-]+){0,3})$"
)
_LISTED: Final = re.compile(r"^(?P<who>[^:,]{2,30}?)\s*(?::|,| - )\s*(?P<what>.+)$")
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
    r" )?(?P<whose>[a-z]+)'s)\s+(?P<part>[a-z-]+(?: [a-z-]+)??)\s+(?:(?:was|were|is|are|be|should|must|could"
    r"|ought|has|have|to|needs?|in|really|actually|rather|looks?|look)\s+)*(?P<how>(?:[a-z]+[ -]){0,2}[a-z-]+)$"
)
_ONES: Final = re.compile(r"^(?P<noun>.+?),\s+(?:the\s+)?(?P<how>[a-z-]+(?: [a-z-]+)?) ones?$")
_TAIL: Final = re.compile(
    r"(?:[\s,]+(?:as well|too|also|please|obviously|of course|instead|though|then|now|again|i think|rather|on(?="
    r" *$)))+[\s.!]*$"
)
_NOT_LOOKS: Final = re.compile(
    r"\b(?:music|sound|caption|title|camera|fade|shot|scene|film|video|seconds?|zoom|price|tag|card|voice|name"
    r"|words?)\b|⟪"
)


def read_looks(stage: Stage) -> Found | None:
    """What a clause says of somebody's looks, or None when it says something else, or something else as well."""
    if _NOT_LOOKS.search(stage.text):
        return None
    for read in (_never, _without, _part_was, _dressed, _put_on, _has, _listed, _aged, _bare):
        if (edit := read(stage)) is not None:
            stage.line.use(0, len(stage.text))
            return Found([edit])
    return None


def read_bare_look(stage: Stage) -> Found | None:
    """Only a noun phrase of something worn, for the one last spoken of: "hard hat as well"."""
    edit = _bare(stage)
    if edit is None:
        return None
    stage.line.use(0, len(stage.text))
    return Found([edit])


def _who(stage: Stage, words: str) -> CastMember | None:
    """The member that words name, when they name nothing else."""
    words = re.sub(
        r"^(?:(?:and|but|also|so|then|that|make|have|let|show|maybe|perhaps)\s+)+(?=\w)", "", words.strip(" ,")
    )
    line = Line.plain(words)
    names = [name for name in names_in(line, stage.film) if not name.indefinite]
    one: Name | None = names[0] if len({name.cast_id for name in names}) == 1 else None
    if one is None and not names:
        one = pronoun_in(line, stage.film, stage.memory)
    if one is None or len(words) - (one.end - one.start) > 8:
        return None
    rest = f"{words[: one.start]} {words[one.end :]}".split()
    return stage.member(one.cast_id) if all(word in _BESIDES for word in rest) else None


_BESIDES: Final = frozenset("the my our that this her his old little dear both all and".split())


def _typed(stage: Stage, start: int, end: int) -> str:
    typed = stage.line.masked.bare(stage.line.typed(start, end)).strip(" .,!?")
    return _TAIL.sub("", typed).strip(" .,!?")


def _never(stage: Stage) -> ChangeCast | None:
    """The words "she'd never wear a dress, denim jacket": without the one, with the other where one is named."""
    match = _NEVER.match(stage.text)
    who = _who(stage, match["who"]) if match else None
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
    typed = _typed(stage, match.end("new") - len(new), match.end("new"))
    return ChangeCast(cast_id=who.id, description=cut(", ".join(p for p in (kept, typed) if p), 200))


def _bereft(who: CastMember, what: str) -> str:
    """A description without the part that has this noun."""
    head = noun_phrase(what)
    parts = [part.strip() for part in who.description.split(",")]
    return ", ".join(part for part in parts if part and head not in re.findall(r"[a-z-]+", part.lower()))


def _without(stage: Stage) -> ChangeCast | None:
    text = re.split(r",\s+(?:he|she|they|it|i|we|that|because)\b", stage.text)[0]
    match = _WITHOUT.match(text.strip())
    if match is None:
        return None
    old = match["old"] or match["old2"] or match["old3"]
    who = _who(stage, (match["who"] or match["who2"] or match["who3"]).removesuffix("'s"))
    if who is None or not is_look(old):
        return None
    kept = _bereft(who, old)
    if kept != ", ".join(part.strip() for part in who.description.split(",") if part.strip()):
        return ChangeCast(cast_id=who.id, description=kept)
    return with_trait(who, trait=f"no {old}")


def _part_was(stage: Stage) -> ChangeCast | None:
    """The words "the bib was yellow", "the hull was blue": a part with another look, whoever has it."""
    match = _PART_WAS.match(_TAIL.sub("", stage.text))
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
    who = _who(stage, match["whose"] or owner[1]) if match["whose"] or owner else _owner(stage, part)  # type: ignore[index]
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


def _dressed(stage: Stage) -> ChangeCast | None:
    match = _DRESS.match(stage.text) or _GIVE.match(stage.text)
    if match is None:
        return None
    who = _who(stage, match["who"])
    what = _things(stage, match, strict=stage.text.startswith(("get", "put", "pop", "stick", "have", "show", "make")))
    return with_trait(who, trait=what) if who is not None and what else None


def _put_on(stage: Stage) -> ChangeCast | None:
    match = _ON.match(stage.text)
    if match is None:
        return None
    who = (
        _who(stage, match["who"].removesuffix("'s"))
        if not match["part"] or match["who"] not in {"his", "her", "its", "their"}
        else None
    )
    if who is None and match["part"]:
        who = _who(stage, match["who"])
    if who is None or not (is_look(match["what"]) or (match["part"] and may_be_had(match["what"]))):
        return None
    what = _typed(stage, match.start("what"), match.end("what"))
    if match["part"] and not is_look(match["what"]):
        what = f"{what} round the {match['part'].removeprefix(chr(39) + 's').strip()}"
    elif match["part"]:
        what = _typed(stage, match.start("what"), match.end("part"))
    return with_trait(who, trait=f"with {what}" if not what.startswith("with") else what)


def _has(stage: Stage) -> ChangeCast | None:
    match = _HAS.match(stage.text)
    if match is None or re.search(r"\b(?:instead of|not|never|no longer|without)\b", stage.text):
        return None
    who = _who(stage, match["who"])
    if who is None:
        return None
    what = _things(stage, match, strict=match["how"] in {"in", "needs", "get", "gets"} or bool(stage.shots))
    if not what:
        return None
    how = match["how"].split()[-1]
    lead = "in" if how == "in" or how.startswith("wear") else "with"
    return with_trait(who, trait=f"{lead} {what}")


def _listed(stage: Stage) -> ChangeCast | None:
    """The words "pirate: older, scruffier, grey beard": a list of looks after the name."""
    match = _LISTED.match(_TAIL.sub("", stage.text))
    who = _who(stage, match["who"]) if match else None
    if match is None or who is None:
        return None
    if COLOUR.fullmatch(match["what"]):
        return None
    parts = [part for part in re.split(r"\s*,\s*(?:and\s+)?|\s+and\s+", match["what"].strip()) if part]
    if not parts or not all(is_look(part) or is_age(part) or all(is_trait(w) for w in part.split()) for part in parts):
        return None
    return with_trait(who, trait=_typed(stage, match.start("what"), match.end("what")))


def _aged(stage: Stage) -> ChangeCast | None:
    """How old somebody is: "can the girl be about seven years old"."""
    text = _TAIL.sub("", re.sub(r"^(?:(?:make|have|let|and|but)\s+)+", "", stage.text))
    for gap in re.finditer(r"\s+", text):
        rest = re.sub(rf"^{_MODAL}(?:(?:be|is|are|looks?)\s+)?", "", text[gap.end() :])
        if is_age(rest) and (who := _who(stage, text[: gap.start()])) is not None:
            return with_trait(who, trait=rest)
    return None


def _bare(stage: Stage) -> ChangeCast | None:
    text = _TAIL.sub("", re.sub(r"^(?:(?:and|also|plus|with|maybe|rather|in)\s+)+", "", stage.text))
    if stage.meant.named or stage.cast or not is_look(text):
        return None
    spoken = [m for c in stage.memory.cast if (m := stage.film.member(c))]
    if not spoken or (not stage.memory.members and not stage.memory.named):
        return None
    start = stage.text.index(text)
    return with_trait(spoken[0], trait=_typed(stage, start, start + len(text)))


def _things(stage: Stage, match: re.Match[str], *, strict: bool) -> str:
    """The things a group names, as they were typed; '' when it holds anything else."""
    what = _TAIL.sub("", match["what"])
    if ones := _ONES.match(what):
        return f"{ones['how']} {ones['noun']}" if is_look(ones["noun"]) else ""
    parts = [part for part in re.split(r"\s*,\s*(?:and\s+)?|\s+and\s+", what) if part]
    first, *more = parts or [""]
    if not (is_look(first) if strict else may_be_had(first)):
        return ""
    if not all(may_be_had(part) for part in more):
        return ""
    return _typed(stage, match.start("what"), match.end("what"))
