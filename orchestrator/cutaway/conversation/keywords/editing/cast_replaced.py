"""Somebody or somewhere else in the place of another, and a trait in the place of a wrong one."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from cutaway.conversation.keywords.editing.cast_meant import Name, names_in, nouns_of, pronoun_in
from cutaway.conversation.keywords.editing.cast_words import NOT_CAST, adjective, thing_in, with_trait
from cutaway.conversation.keywords.editing.line import TAKEN, Line
from cutaway.conversation.keywords.editing.stage import Found, Stage
from cutaway.conversation.keywords.editing.stems import bag, stem
from cutaway.conversation.keywords.phrases import (
    Thing,
    find_member,
    known_subject,
    noun_of,
    singular,
)
from cutaway.conversation.keywords.text import cut, free_id, listed, slug
from cutaway.conversation.keywords.words import ADJECTIVES, COLOURS, VERB_FORMS
from cutaway.storyboard.edits import AddCast, ChangeCast, Edit, SetAction, SetSetting, SetShotCast
from cutaway.storyboard.model import MAX_CAST_PER_SHOT, CastMember

_INSTEAD: Final = (
    re.compile(
        r"\b(?:should|could|must|can|ought to|has to|needs to|may|might|would)\s+(?:rather "
        r"|better |really )?be\s+(?P<new>(?:a|an|some|two|three|the)\s+.+?)\s*,?\s+(?:instead of"
        r"|rather than|and not|not)\s+(?P<old>.+)$"
    ),
    re.compile(
        r"^(?P<new>(?:a|an|some|two|three)\s+.+?|\w+)\s+(?:would be|would look|is|looks"
        r"|might be)\s+(?:much |far |way )?(?:better|nicer|cooler|funnier|cuter|prettier)\s+than\s+(?P<old>.+"
        r")$"
    ),
    re.compile(
        r"\b(?:rather|prefer|like)\s+(?:have |see |to see |to have )?(?P<new>(?:a|an"
        r"|some)\s+.+?)\s+(?:than|over|to)\s+(?P<old>(?:the|this|that|a|my)\s+.+)$"
    ),
    re.compile(
        r"^(?:instead of|in place of|rather than)\s+(?P<old>.+?)(?:,\s*|\s+(?=i |they "
        r"|he |she |it |we |there |use |put |show ))(?:(?:i|they|he|she|it|we|there)\s+(?:want"
        r"|need|would (?:like|prefer)|should be|must be|should have)\s+|use\s+|put\s+"
        r"|show\s+)*(?P<new>.+)$"
    ),
    re.compile(
        r"\bwhere (?:it|there) (?:says|is|was)\s+(?P<old>.+?)\s*,?\s+(?:i (?:want|need"
        r"|would like)|put|use|make it|there should be|it should be|show|should be)\s+(?P<new>.+)$"
    ),
    re.compile(
        r"\b(?:replaced?|swap(?:ped)?|substituted?|exchanged?|trade|switch(?:ed)?)\s+(?:out\s+)?(?P<old>.+?)"
        r"\s+(?:with|for|by|to|against)\s+(?P<new>.+)$"
    ),
    re.compile(
        r"\b(?P<old>.+?)\s+(?:be |is |are |should be |get |gets |being )?(?:replaced?"
        r"|swapped|exchanged|substituted)\s+(?:with|for|by|against)\s+(?P<new>.+)$"
    ),
    re.compile(r"\b(?:turn|change|transform|make|convert)\s+(?P<old>.+?)\s+(?:in)?to\s+(?:be\s+)?(?P<new>.+)$"),
    re.compile(
        r"^(?:use|have|show|put(?: in)?|make|i (?:want|would (?:like|prefer)|need)|let us have"
        r"|with|take|want|rather)?\s*(?:it\s+|him\s+|her\s+)?(?P<new>(?:a|an|some|two"
        r"|three|four|the|my)\s+.+?|\w+)\s*,?\s+(?:instead of|in place of|rather than"
        r"|and not|(?<!do )(?<!does )(?<!did )(?<!is )(?<!are )(?<!was )(?<!can )(?<!should )(?<!could "
        r")(?<!would )(?<!must )(?<!will )not)\s+(?P<old>.+)$"
    ),
    re.compile(
        r"^(?:not|no)\s+(?P<old>.+?)\s*(?:,|but|;|-)+\s*(?:but\s+|it (?:is|should be)\s+"
        r"|(?:he|she|they|it) (?:should|must|has|have)(?: have| be)?\s+|rather\s+|use\s+"
        r"|make it\s+|i (?:want|meant|need|said)\s+|there should be\s+)*(?P<new>.+)$"
    ),
    re.compile(
        r"^(?:it|he|she|that|this|they|these)\s+(?:is|are|was|were|should be|must be|has to be)\s+(?:really\s+"
        r"|actually\s+|supposed to be\s+|meant to be\s+)?(?P<new>(?:a|an|the|my)\s+.+?)(?:\s+(?:really"
        r"|actually))?\s*,?\s+(?:not|no|rather than)\s+(?P<old>.+)$"
    ),
    re.compile(
        r"^(?P<old>.+?)\s+(?:(?:should|could|must|can|ought to|might|needs to|has to)\s+(?:really "
        r"|rather |better |actually |instead )?(?:be|become)|becomes?|is(?: (?:now|really"
        r"|actually|supposed to be|meant to be|in fact))?|are(?: (?:now|really|actually))?"
        r"|would be better as|as)\s+(?P<new>(?:a|an|two|three|some|my|our|another)\s+.+)$"
    ),
    re.compile(
        r"^(?P<old>(?:the|my|our|his|her|that) [\w ]{1,30}?)\s+be\s+(?P<new>(?:a|an|two|three|some|my|our"
        r"|another)\s+.+)$"
    ),
    re.compile(r"^(?:make|let|have|want|turn)\s+(?P<old>.+?)\s+(?:be\s+)?(?P<new>(?:a|an|two|three|some)\s+.+)$"),
)


def replaced(stage: Stage) -> Found | None:
    """Somebody else in the place of a member, or another place in the place of one."""
    for pattern in _INSTEAD:
        match = pattern.search(stage.line.free) or pattern.search(stage.text)
        if match is None or re.match(
            r"(?:do|does|did|is|are|was|were|can|could|should|would|has|have|it|he|she|they|i|we|must|will)$",
            match["new"].strip(),
        ):
            continue
        old, new = stage.text[match.start("old") : match.end("old")].strip(" ,"), match["new"].strip(" ,")
        placed = re.match(r"(?:on|in|at|for|with|over|by|when|under)\b", old)
        names = (
            []
            if placed
            else names_in(Line.plain(old), stage.film)
            or ([p] if (p := pronoun_in(Line.plain(old), stage.film, stage.memory)) and len(old.split()) < 3 else [])
        )
        if not names and old in {"that", "this"} and len(stage.memory.members) == 1:
            last = stage.memory.members[0].id
            names = [Name(last, 0, len(old), pronoun=True)] if stage.film.member(last) else []
        thing, after = thing_in(stage, match, "new")
        if thing is not None and thing.kind.endswith(" of") and after:
            kind = thing.kind.removesuffix(" of")  # "a woman of about forty"
            thing = replace(thing, head=noun_of(kind.split()), kind=kind, description=f"of {after}")
        if thing is not None and (more := re.search(r"\s+(?:in (?:his|her|their)|with|who)\b.*$", thing.kind)):
            kind = thing.kind[: more.start()]
            described = ", ".join(part for part in (thing.description, more[0].strip()) if part)
            thing = replace(thing, head=noun_of(kind.split()), kind=kind, description=described)
        if thing is not None and re.match(r"^,?\s*(?:one|with|in|each|both)\b", after) and not thing.description:
            thing = replace(thing, description=after.strip(" ,"))
        if thing is None or not names:
            if (found := _elsewhere(stage, old, new)) is not None or (
                found := _nobody(stage, match, thing)
            ) is not None:
                return found
            continue
        who = stage.member(names[0].cast_id)
        if re.match(r"(?:he|she|they) (?:is|are)\b", stage.text) and not known_subject(thing.head):
            continue  # "he's a scot": no other somebody
        if thing.head in COLOURS or thing.head in {"one", "ones"} or thing.head in ADJECTIVES or thing.head in NOT_CAST:
            continue
        if (
            thing.head in VERB_FORMS
            and not known_subject(thing.head)
            and not re.match(r"(?:an?|two|three|some|my|the) ", new)
        ):
            continue
        if stem(thing.head) in nouns_of(who) and not (thing.colour or thing.description):
            own = thing.kind.split()
            if len(own) < 2 or own[-1].lower() != thing.head or set(own[:-1]) & set(who.kind.split()):
                continue
            stage.line.use(0, len(stage.text))
            return Found([with_trait(who, trait=" ".join(own[:-1]))])  # "make it a one-eared teddy"
        stage.line.use(0, len(stage.text))
        if stem(thing.head) in nouns_of(who) and thing.kind.lower() == who.kind.lower():
            return Found([with_trait(who, colour=thing.colour, trait=thing.description)])
        if thing.kind.lower() in {"he", "she", "it", "they"} or re.match(r"(?:he|she|it|they|i|we|you)\b", new):
            continue
        same = bool(re.search(r"\bsame (?:colou?rs?|looks?|clothes|outfit)\b", stage.line.source.lower())) or bool(
            re.match(
                r"^(?:it|he|she|that|this|they|these)\s+(?:is|are|was)\b|^(?:the |my )?[\w ]+? is "
                r"(?:an?|really|actually)\b",
                stage.text,
            )
        )
        return Found(recast(stage, who, thing, stage.shots, same=same))
    return None


def _nobody(stage: Stage, match: re.Match[str], thing: Thing | None) -> Found | None:
    """Somebody who is not there cannot be replaced; who is there is offered instead."""
    old = re.sub(r"^(?:the|a|an|my)\s+", "", match["old"].strip(" ,"))
    if (
        thing is None
        or not re.match(r"^(?:replace|swap|substitute|exchange)\b", stage.text)
        or TAKEN in match["old"]
        or len(old.split()) > 3
    ):
        return None
    if thing.head in NOT_CAST or set(old.split()) & NOT_CAST or not stage.film.cast:
        return None
    there = listed(f"the {m.name}" for m in stage.film.cast)
    return Found(
        problem=f"There is no {cut(old, 60)} in this film. The cast is {there}.",
        choices=tuple(f"Replace the {m.name} with a {cut(thing.kind, 60)}" for m in stage.film.cast[:3]),
    )


def _elsewhere(stage: Stage, old: str, new: str) -> Found | None:
    """A place instead of another: "a beach instead of the meadow", "where it says meadow I want a beach"."""
    words = bag(old)
    new = re.sub(
        r"^(?:show|set|put|have|make|place|move|film)\s+(?:it|this|that|them|everything|him|her)\s+(?=in|at|on|to)",
        "",
        new,
    )
    bare = re.sub(r"^(?:in|at|on|to)?\s*(?:a|an|the|some|my)\s+|^(?:in|at|on|to)\s+", "", new).strip()
    there = [s for s in stage.film.shots if words and words <= bag(s.setting)]
    if not there or not bare or len(bare.split()) > 5:
        return None
    shots = tuple(s.id for s in there if not stage.shots or s.id in stage.shots) or tuple(s.id for s in there)
    stage.line.use(0, len(stage.text))
    every = len(shots) == len(stage.film.shots)
    return Found([SetSetting(shots=() if every else shots, setting=bare[:100])])


def recast(stage: Stage, who: CastMember, thing: Thing, shots: tuple[str, ...], *, same: bool = False) -> list[Edit]:
    """Somebody else in the place of a member; `same`: it is still the one, called by its right name."""
    film = stage.film
    here = [shot for shot in film.shots if who.id in shot.cast]
    if shots and set(shots) < {shot.id for shot in here}:
        return _recast_in(stage, who, thing, shots)
    fields = thing.member(who.id)
    edits: list[Edit] = [
        ChangeCast(
            cast_id=who.id,
            name=fields.name,
            kind=fields.kind,
            description=fields.description or (None if same else ""),
            colour=fields.colour or (None if same else ""),
        )
    ]
    head = singular(noun_of(who.kind.split())) if who.kind.split() else ""
    for shot in here:
        # Words of the old one left in an action would put both into the order.
        action = re.sub(rf"\b{re.escape(head)}\b", fields.kind, shot.action, flags=re.I) if head else shot.action
        if action != shot.action and not shot.locked:
            edits.append(SetAction(shots=(shot.id,), action=cut(action, 400)))
    return edits


def _recast_in(stage: Stage, who: CastMember, thing: Thing, shots: tuple[str, ...]) -> list[Edit]:
    known = find_member(stage.film.cast, thing)
    member = known or thing.member(free_id(slug(thing.head, "someone"), (m.id for m in stage.film.cast)))
    edits: list[Edit] = []
    for n, shot_id in enumerate(s for s in shots if who.id in stage.shot(s).cast):
        cast = stage.shot(shot_id).cast
        if known is None and not n:
            if len(cast) == MAX_CAST_PER_SHOT:
                # Make room first: a shot holds only so many.
                edits.append(SetShotCast(shot=shot_id, cast=tuple(c for c in cast if c != who.id)))
            edits.append(AddCast(member=member, shots=(shot_id,)))
        edits.append(
            SetShotCast(shot=shot_id, cast=tuple(dict.fromkeys(member.id if c == who.id else c for c in cast)))
        )
    return edits


_IS_NOT: Final = re.compile(
    r"^(?P<who>.+?)\s+(?:is|are|was|should|must)\s+not\s+(?:be\s+)?(?:so\s+)?(?P<old>[a-z-]+)\s*,?\s*(?:but\s+"
    r")?(?:(?:it|he|she|they)\s+(?:is|are|should be|must be)\s+)?(?:rather\s+)?(?P<new>(?:[a-z-]+ "
    r")?[a-z-]+)$"
)


def set_right(stage: Stage) -> Found | None:
    """The words "the snail is not tiny, it is huge": one trait in the place of another."""
    match = _IS_NOT.match(stage.text)
    names = names_in(Line.plain(match["who"]), stage.film) if match else []
    if (
        match is None
        or not names
        or (match["new"].split()[-1] not in ADJECTIVES | COLOURS and not adjective(match["new"].split()[-1]))
    ):
        return None
    who = stage.member(names[0].cast_id)
    stage.line.use(0, len(stage.text))
    if match["new"].split()[-1] in COLOURS:
        return Found([ChangeCast(cast_id=who.id, colour=match["new"])])
    kept = re.sub(rf"(?:, )?\b{re.escape(match['old'])}\b", "", who.description).strip(" ,")
    return Found([ChangeCast(cast_id=who.id, description=", ".join(part for part in (kept, match["new"]) if part))])
