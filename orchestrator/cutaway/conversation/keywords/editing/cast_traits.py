"""How the cast looks: what it wears and carries, its colours, traits and names."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.cast_looks import in_colour
from cutaway.conversation.keywords.editing.cast_meant import Name, names_in, pronoun_in
from cutaway.conversation.keywords.editing.cast_words import (
    COLOUR,
    NOT_CAST,
    SMALL_TALK,
    WEATHERISH,
    WORN,
    adjective,
    compared_base,
    said_in,
    spoken_of,
    thing_in,
    who_of,
    with_trait,
)
from cutaway.conversation.keywords.editing.line import Line
from cutaway.conversation.keywords.editing.look_words import is_trait, noun_phrase
from cutaway.conversation.keywords.editing.stage import Found, Stage
from cutaway.conversation.keywords.lexicon import can_be, senses
from cutaway.conversation.keywords.phrases import (
    find_member,
    known_subject,
)
from cutaway.conversation.keywords.text import cut
from cutaway.conversation.keywords.words import ADJECTIVES, COLOURS, PLACES, PREPOSITIONS, VERB_FORMS, WEATHERS
from cutaway.storyboard.edits import ChangeCast

_GIVE: Final = re.compile(
    r"\b(?:give|hand|get|lend)\s+(?P<who>.+?)\s+(?P<what>(?:a|an|some|two|his|her|its"
    r"|more|long|short|big|bigger|smaller|longer|shorter|darker|lighter|thicker|brighter)\s+.+)$"
)


_WEARS: Final = re.compile(
    rf"\b(?P<how>wear(?:s|ing)?|carr(?:y|ies|ying)|hold(?:s|ing)?(?= (?:an?|the|his|her|some|two)\b)|sport(?:s"
    rf"|ing)?|in(?= (?:(?:a|an|his|her|their) )?(?:[a-z-]+ ){{0,3}}(?:{WORN})s?\b)|"
    r"(?:dress(?:ed)?|clad)(?: (?:it|him|her|them|up))? in|put (?:it|him|her|them|the \w+) in(?=\s+(?:a"
    r"|an|some)\b)|with(?=\s+(?:a|an|long|short|big|small|some|his|her|blue|red|green"
    r"|two)\b)|has(?! to)|have(?! to)|having|need(?:s)?|got)\s+(?P<what>.+)$"
)


_ADD_TO: Final = re.compile(
    r"\b(?:add|put|stick)\s+(?P<what>(?:(?:a|an|some|his|her|two)\s+)?[a-z][a-z -]*?)\s+(?:to"
    r"|on)\s+(?P<who>(?:the|my|our|him|her|them|it|his|\w+$).*)$"
)


_TRAIT: Final = re.compile(
    r"\b(?:look(?:s|ing)?|seems?|appears?|be|is|are|becomes?|being|gets?)?\s*(?:(?:a (?:bit"
    r"|little|lot|tad|good deal|great deal|good bit)|much|more|very|really|quite|even|so|less|way|too|rather|also"
    r"|far)\s+)*(?P<trait>[a-z]+"
    r"(?:-[a-z]+)?)$"
)


_CALLED: Final = re.compile(r"\b(?:name is|(?:is|be|are) (?:called|named)|(?:re)?name|call)\b")


def renamed(stage: Stage) -> Found | None:
    """A new name for a member."""
    match = _CALLED.search(stage.text)
    if match is None or re.search(r"\b(?:film|video|movie|it|branch)\b", stage.text[match.end() : match.end() + 12]):
        return None
    names = names_in(stage.line, stage.film) or ([p] if (p := pronoun_in(stage.line, stage.film, stage.memory)) else [])
    if not names:
        return None
    tail = stage.line.typed(max(match.end(), names[0].end), len(stage.text))
    name = re.search(r"⟪\d+⟫|[A-Z][\w'-]*(?:\s+[A-Z][\w'-]*)*", tail)
    if name is None:
        return None
    stage.line.use(0, len(stage.text))
    return Found([ChangeCast(cast_id=names[0].cast_id, name=cut(stage.line.masked.bare(name[0]), 100))])


def given(stage: Stage) -> Found | None:
    """Something a member is given: "give the fox a red scarf"."""
    match = _GIVE.search(stage.line.free) or _ADD_TO.search(stage.line.free)
    if match is None:
        return None
    who_line = Line.plain(match["who"])
    names = names_in(who_line, stage.film) or ([p] if (p := pronoun_in(who_line, stage.film, stage.memory)) else [])
    thing, _ = thing_in(stage, match, "what", ends={","})
    if not names or thing is None or thing.head in NOT_CAST or find_member(stage.film.cast, thing):
        return None
    if len(match["who"].split()) > 4 or re.search(
        r"\b(?:next|close|closer|near|nearer|up|back|over|in)$", match["what"]
    ):
        return None  # "add her dad next to her": somebody who joins
    what = said_in(stage, match, "what")
    stage.line.use(0, len(stage.text))
    return Found([with_trait(stage.member(names[0].cast_id), trait=f"with {what}")])


_COLOURED_WITH: Final = re.compile(
    rf"\b(?:be|is|are|were|was|in|all)\s+(?P<colour>{COLOUR.pattern})\s+with\s+(?P<what>(?:(?:a|an|some|two"
    rf"|three)\s+)?[a-z][a-z -]*)$"
)


_COMPLAINT: Final = re.compile(
    r"\b(?:looks?|seems?|appears?|is|are)\s+(?:(?:rather|quite|a bit|a little|a touch|awfully|terribly|far|way|so"
    r"|very)\s+)+"
    rf"(?:too\s+)?{COLOUR.pattern}"
)


def coloured_in(stage: Stage) -> Found | None:
    """A colour for members that are named, or for the one last spoken of."""
    both = _COLOURED_WITH.search(stage.line.free)
    one = who_of(stage)
    if both and one is not None and not one.owner and one.end <= both.start() + 1:
        what = said_in(stage, both, "what")
        stage.line.use(0, len(stage.text))
        return Found([with_trait(stage.member(one.cast_id), colour=both["colour"], trait=f"with {what}")])
    hits = list(COLOUR.finditer(stage.line.free))
    if not hits or re.match(r"(?:and |also )*(?:one more|another|add|put in|include)\b", stage.text):
        return None
    names = names_in(stage.line, stage.film)
    if _COMPLAINT.search(stage.text) and not re.search(r"\b(?:should|must|make|ought|want|rather be)\b", stage.text):
        return None  # "they look rather grey": no wish for it
    # "not grey": the colour that is not wanted.
    wanted = [
        m
        for m in hits
        if not re.search(
            r"\b(?:not(?: be)?(?: so| that| this)?|no|instead of|rather than|than|from|without)\s+(?:a |the |in "
            r"|that |this |his |her |its |my"
            r" |our |such a )?$",
            stage.text[: m.start()],
        )
    ]
    if not wanted:
        return None
    if (
        any(name.lead and not name.indefinite and name.start < m.start() < name.end for name in names for m in wanted)
        and len(wanted) == 1
        and len(names) == 1
    ):
        return None  # "the red car ...": the colour only says which.
    match = wanted[-1]
    said = match[0].replace("-", " ")
    if len(wanted) > 1 and re.fullmatch(r"\s*(?:and|&)\s*", stage.text[wanted[-2].end() : match.start()]):
        said = stage.text[wanted[-2].start() : match.end()]  # "blue and yellow"
    if not names:
        unwanted = {m[0] for m in hits if m not in wanted}
        had = [m for m in stage.film.cast if m.colour.lower() in unwanted]
        other = re.sub(rf"{COLOUR.pattern}", " ", stage.line.free)
        if [
            w
            for w in re.findall(r"[a-z]+", other)
            if w not in SMALL_TALK
            and w
            not in {
                "its",
                "colour",
                "it",
                "one",
                "he",
                "she",
                "they",
                "them",
                "him",
                "his",
                "her",
                "rather",
                "better",
                "fine",
                "was",
                "paint",
                "had",
                "have",
            }
        ] and not (len(had) == 1 and re.match(r"the [a-z]+ (?:should|must|is|was|ought|has)\b", stage.text)):
            return None
        one = pronoun_in(stage.line, stage.film, stage.memory)
        who = had[0] if len(had) == 1 else stage.member(one.cast_id) if one else spoken_of(stage)
        if who is None and re.search(r"\bone\b", stage.text):
            things = [m for m in stage.film.cast if not known_subject(m.kind.split()[-1])]
            who = things[0] if len(things) == 1 else None  # "do the lime one"
        if who is None:
            return None
        people = [who]
    else:
        after = stage.text[match.end() :].strip()
        if (
            (noun := re.match(r"([a-z]+)", after))
            and not names_in(Line.plain(noun[1]), stage.film)
            and noun[1] not in SMALL_TALK
            and noun[1] not in {"one", "and", "but", "instead"}
        ):
            return None
        if any(name.owner for name in names):
            return None
        people = [stage.member(i) for i in dict.fromkeys(name.cast_id for name in names)]
    if (
        stage.shots
        and any(set(stage.shots) < {s.id for s in stage.film.shots if m.id in s.cast} for m in people)
        and not names
    ):
        return None
    stage.line.use(0, len(stage.text))
    return Found([in_colour(m, said) for m in people])


_BODY: Final = (
    r"hair|eyes?|fur|nose|ears?|tail|beard|moustache|mane|horns?|wings?|skin|face|lips|nails|paws?|teeth|feathers|beak"
    r"|whiskers|cheeks|hands?|feet|legs|arms|belly|coat|spots|stripes|wheels?|doors?|windows?|roof|sails?|petals"
    r"|leaves"
)
_PART_IS: Final = re.compile(
    rf"^(?:no |but |and |also |only )*(?:(?:make|paint|dye|turn|colour|have|want|let)\s+)?(?:(?P<own>his|her"
    rf"|its|their|the)"
    rf"|(?P<who>(?:the |my )?[a-z-]+)'s)\s+(?P<part>(?:[a-z-]+ )?(?:{_BODY}|{WORN})s?)\s+(?:(?:should|must"
    rf"|could|can|is|are"
    r"|be|has|have|needs?|to|was|were|look|looks|go|turn)\s+)*(?P<how>(?:[a-z]+[ -]){0,2}?[a-z-]+)(?:\s+(?:not"
    r"|instead|please"
    r"|rather|but)\b.*)?$"
)


def part_coloured(stage: Stage) -> Found | None:
    """A part or garment of somebody with its look: "make her hair purple", "the hat is red, not the whole cat"."""
    match = _PART_IS.match(stage.text)
    if match is None:
        return None
    how = match["how"].split()
    if not how or (how[-1] not in COLOURS | ADJECTIVES and not adjective(how[-1]) and not compared_base(how[-1])):
        return None
    if how[0] in {"not", "no", "out", "off"}:
        return None
    names = names_in(Line.plain(match["who"]), stage.film) if match["who"] else []
    pronoun = pronoun_in(Line.plain(match["own"] or ""), stage.film, stage.memory)
    person = stage.member(names[0].cast_id) if names else stage.member(pronoun.cast_id) if pronoun else spoken_of(stage)
    if person is None:
        return None
    meant_whole = match["own"] == "the" and person.colour and person.colour in stage.text and " not " in stage.text
    stage.line.use(0, len(stage.text))
    change = with_trait(person, trait=f"{match['how']} {match['part']}")
    return Found([change.model_copy(update={"colour": ""}) if meant_whole else change])


def worn_by(stage: Stage) -> Found | None:
    """What a member wears or has: "she should wear a green cap", "her hair should be red", "boy: green jacket"."""
    who = who_of(stage)
    match = _WEARS.search(stage.line.free)
    if who is not None and who.owner:
        tail = re.search(
            r"^\s*(?P<part>(?:[a-z-]+ ?){1,2}?)\s+(?:should|must|is|are|could|can|needs?"
            r"|to|has)\b(?:\s+(?:be|to|have))*\s+(?P<how>.+)$",
            stage.text[who.end :],
        )
        how_said = re.sub(r"[ .!,]+$", "", tail["how"]) if tail else ""
        plain = bool(how_said) and (bool(COLOUR.fullmatch(how_said)) or is_trait(how_said.split()[-1]))
        if tail and not plain and noun_phrase(how_said) and len(how_said.split()) < 9:
            typed = stage.line.masked.bare(stage.line.typed(0, len(stage.text))).strip(" .!,")
            stage.line.use(0, len(stage.text))
            return Found([with_trait(stage.member(who.cast_id), trait=typed)])  # "one of her ears has a nick in it"
        if tail and plain and tail["part"].strip() not in NOT_CAST:
            stage.line.use(0, len(stage.text))
            return Found(
                [with_trait(stage.member(who.cast_id), trait=f"{tail['how'].strip(' .!,')} {tail['part'].strip()}")]
            )
    if match is None or re.search(
        r"\b(?:music|sound|caption|title|camera|fade)\b|^(?:it|him|her|them|that|this"
        r"|to|been|the (?:rest|other))\b|^[·]",
        match["what"],
    ):
        return _part_of(stage, who) or _held(stage)
    if re.search(r"\b(?:not|never)\s+(?:be |ever )*$", stage.text[: match.start()]):
        return None  # what is not worn
    thing, _ = thing_in(stage, match, "what", ends={",", "instead", "too", "please"})
    if match["how"].startswith("ha") and any(not n.indefinite for n in names_in(Line.plain(match["what"]), stage.film)):
        return None  # "have the boy whistle": what he does
    if (
        thing is None
        or thing.head in NOT_CAST
        or known_subject(thing.head)
        or thing.head in frozenset(WEATHERS) | WEATHERISH
        or (senses(thing.head) and not can_be(thing.head, "NOUN"))
    ):
        return None
    if who is None or who.start > match.start():
        if stage.text[: match.start()].strip(" ,.") not in {"", "and", "also", "maybe", "but"}:
            return None
        person = spoken_of(stage)
    else:
        person = stage.member(who.cast_id)
    if person is None:
        return None
    how = match["how"].split()[0]
    if how.startswith(("carr", "hold", "sport")):
        if stage.shots or sum(person.id in s.cast for s in stage.film.shots) < 2:
            return None  # what is done in one shot
        how = "with"
    lead = "in" if how == "in" else "wearing" if how.startswith(("wear", "dress", "clad", "put")) else "with"
    what = re.sub(r"^(?:to be |to have |be |got )", "", said_in(stage, match, "what"))
    what = re.sub(
        r"\W+(?:that(?:'s| is|s)|it(?:'s| is)|because|so that|which is|cos|cause|since)\b.*$", "", what, flags=re.I
    )
    stage.line.use(0, len(stage.text))
    return Found([with_trait(person, trait=f"{lead} {what}")])


def _held(stage: Stage) -> Found | None:
    """The words "helmet must be yellow": a thing somebody handles, named by what is done with it."""
    match = re.match(
        r"^(?:the |his |her |its |their )?(?P<thing>[a-z-]+)\s+(?:should|must|has to"
        r"|needs to|is|are|could|can|ought to)\s+(?:be\s+)?(?P<how>(?:[a-z-]+ ){0,2}[a-z-]+)$",
        stage.text,
    )
    if match and re.search(r"\b(?:too|so|long|short|slow|fast|quick)\b|(?:er)\b", match["how"]):
        return None  # of length and pace
    if match is None or names_in(stage.line, stage.film) or match["how"].split()[-1] not in COLOURS | ADJECTIVES:
        return None
    seen = stage.finder.looking_like(match["thing"]) or (list(stage.finder.ids) if len(stage.film.shots) == 1 else [])
    owners = {s.cast[0] for s in stage.film.shots if len(s.cast) == 1 and s.id in seen}
    if len(owners) != 1:
        return None
    stage.line.use(0, len(stage.text))
    return Found([with_trait(stage.member(owners.pop()), trait=f"{match['how']} {match['thing']}")])


def _part_of(stage: Stage, who: Name | None) -> Found | None:
    """The words "boy: green jacket" and "helmet must be yellow": a thing with a look that belongs to a member."""
    if who is None or who.pronoun:
        return None
    match = re.compile(r"(?:the |my )?[\w-]+\s*[:,]\s*(?P<what>(?:[a-z-]+ ){0,3}[a-z-]+)$").match(stage.text, who.start)
    if match is None:
        return None
    thing, _ = thing_in(stage, match, "what")
    if (
        thing is None
        or thing.head in COLOURS | ADJECTIVES
        or not (thing.colour or thing.description)
        or thing.head in NOT_CAST
    ):
        return None
    what = said_in(stage, match, "what")
    stage.line.use(0, len(stage.text))
    return Found([with_trait(stage.member(who.cast_id), trait=what)])


_OPPOSITE: Final = {
    "old": "younger", "young": "older", "big": "smaller", "large": "smaller", "small": "bigger", "tiny": "bigger",
    "tall": "shorter", "short": "taller", "fat": "thinner", "thin": "fatter", "skinny": "fatter", "sad": "happier",
    "happy": "sadder", "clean": "dirtier", "dirty": "cleaner", "thick": "thinner", "dark": "lighter", "pale": "darker",
}  # fmt: skip
"""What somebody is to be who is too much of something; for all else "less" of it."""


def described(stage: Stage) -> Found | None:
    """An adjective for a member: "make it rusty as well", "the grandmother should look older", "bigger owl"."""
    text = re.sub(
        r"(?:[\s,]+(?:as well|too|also|please|instead|though|then|now|again))+$", "", stage.line.free.strip(" ,.!")
    )
    who = who_of(stage)
    if (
        who is not None
        and (who.indefinite or not who.pronoun)
        and who.lead
        and stage.text[: who.start].strip(" ,") in {"", "and", "make it", "i want", "want", "have", "maybe", "rather"}
        and len(stage.text[who.end :].split()) < 4
        and not re.match(r"the\b", stage.text[who.start :])
    ):
        colours = [w for w in who.lead if w in COLOURS]
        traits = [w for w in who.lead if w not in COLOURS]
        stage.line.use(0, len(stage.text))
        return Found([with_trait(stage.member(who.cast_id), colour=" ".join(colours), trait=" ".join(traits))])
    match = _TRAIT.search(text)
    if match is None:
        return None
    trait = match["trait"]
    if trait in SMALL_TALK or trait in NOT_CAST:
        return None
    known = trait in ADJECTIVES or adjective(trait)
    if who is None:
        if not known or len(text.split()) > 3:
            return None
        person = spoken_of(stage)
        if person is None or not re.match(
            r"^(?:and |make it |also |but |a bit |a little |much |more |very |really |even |so |too |it |is |be"
            r" )*\w+$",
            text,
        ):
            return None
        if not stage.memory.members and len(stage.film.cast) != 1:
            return None
    else:
        between = text[who.end :] if who.end <= len(text) else ""
        strict = re.match(
            r"^\s*(?:(?:should|could|must|can|has to|needs to|ought to|is|are|was|to"
            r"|more|a bit|a little|a good deal|a great deal|much|look|looks|be|very|even|less|too|really|so|also"
            r"|got|a lot|far|looking)\s+)*[a-z-]+$",
            between,
        )
        verb = (
            re.search(
                r"\b(?:should|must|could|can|to|has to|needs to|would)\s+(?:also\s+|now\s+"
                r"|rather\s+)?[a-z-]+$",
                between,
            )
            and trait not in ADJECTIVES
            and not compared_base(trait)
        )
        if (
            not strict
            or verb
            or not between.strip()
            or (trait in VERB_FORMS and not known)
            or trait in PREPOSITIONS
            or trait in NOT_CAST | SMALL_TALK | PLACES
            or trait in {"back", "longer", "shorter", "slower", "faster", "again", "away", "off", "out"}
        ):
            return None
        if not known and who.pronoun:
            return None
        if not known and not re.search(r"\b(?:make|look|looks|should|be|is|more|very)\b", text):
            return None
        person = stage.member(who.cast_id)
    less = re.search(r"\bless\s+\w+$", text)
    if re.search(rf"\b(?:too|so)\s+{trait}$", text) and not re.search(r"\bnot\b", text):
        stage.line.use(0, len(stage.text))
        return Found([with_trait(person, trait=_OPPOSITE.get(trait, f"less {trait}"))])  # "far too old"
    stage.line.use(0, len(stage.text))
    return Found([with_trait(person, trait=f"less {trait}" if less else trait)])
