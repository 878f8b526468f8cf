"""Somebody or a colour that was told wrong: "the heron was a bittern", "that house is way too blue"."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.cast_looks import in_colour
from cutaway.conversation.keywords.editing.cast_meant import names_in, nouns_of, pronoun_in
from cutaway.conversation.keywords.editing.cast_replaced import recast
from cutaway.conversation.keywords.editing.cast_words import COLOUR, NOT_CAST, spoken_of, thing_in, who_of
from cutaway.conversation.keywords.editing.line import Line
from cutaway.conversation.keywords.editing.sense import names_somebody
from cutaway.conversation.keywords.editing.stage import Found, Stage
from cutaway.conversation.keywords.editing.stems import stem
from cutaway.conversation.keywords.lexicon import can_be
from cutaway.conversation.keywords.phrases import noun_of
from cutaway.conversation.keywords.words import ADJECTIVES, COLOURS
from cutaway.storyboard.edits import ChangeCast
from cutaway.storyboard.model import CastMember

_WAS: Final = re.compile(
    r"^(?P<old>(?:the|my|our|that|this|his|her)\s+[\w -]{2,30}?|it|he|she)\s+(?P<be>was|were|is|are)\s+"
    r"(?P<sure>(?:actually|really|in fact|in truth|of course|always|meant to be|supposed to be)\s+)*"
    r"(?P<new>(?:an?|two|three|some)\s+.+)$"
)
_NOT_BUT: Final = re.compile(
    r"^(?:[^,]{2,40},\s+)?(?P<who>it|he|she|that|this|they|(?:the|my)\s+[\w -]{2,30}?)\s+(?:was|were|is"
    r"|are)\s+(?:not|never)\s+(?P<old>an?\s+[\w -]+?)"
    r"\s*,?\s+(?:but|rather|more like|it (?:was|is)|he (?:was|is)|she (?:was|is))\s+(?P<new>an?\s+.+)$"
)
_TOO: Final = re.compile(r"\b(?:too|so|awfully|terribly|horribly)\s+(?P<colour>[a-z]+)\b")
_OF: Final = re.compile(
    r"\b(?:(?:in|to|into)\s+)?(?:the |a )?colou?rs? of (?:the |an? )?(?P<what>[a-z]+(?: [a-z]+)?)$"
    r"|\b(?P<what2>[a-z]+)[ -]colou?red$"
)


def read_correction(stage: Stage) -> Found | None:
    """Who somebody really is, or a colour that is wrong; None when a clause says neither."""
    for read in (_was, _rather_than, _of_a_kind, _too_blue, _colour_of):
        if (found := read(stage)) is not None:
            stage.line.use(0, len(stage.text))
            return found
    return None


def _was(stage: Stage) -> Found | None:
    match = _NOT_BUT.match(stage.text)
    who = _denied(stage, match) if match else None
    if match is None or who is None:
        match = _WAS.match(stage.text)
        if match is None or (match["be"] in {"is", "are"} and not match["sure"]):
            return None
        names = [n for n in names_in(Line.plain(match["old"]), stage.film) if not n.owner]
        one = names[0] if len(names) == 1 else pronoun_in(Line.plain(match["old"]), stage.film, stage.memory)
        if one is None:
            return None
        who = stage.member(one.cast_id)
    thing, after = thing_in(stage, match, "new")
    if thing is None or thing.head in NOT_CAST | COLOURS | ADJECTIVES or not names_somebody(thing.kind) or after:
        return None
    if stem(thing.head) in nouns_of(who):
        return None
    return Found(recast(stage, who, thing, (), same=True))


_RATHER: Final = re.compile(
    r"^(?:make (?:it|that) |it (?:is|was|should be) )?(?:an? |the )?(?P<how>[a-z]+(?: [a-z]+)?)"
    r" (?P<noun>[a-z]+)\s*,?\s+(?:and )?not"
    r"\s+(?:so\s+)?(?P<old>[a-z]+)$"
)
_KIND: Final = re.compile(r"^(?:an?|the)\s+(?P<how>[a-z]+(?:-[a-z]+)?)\s+(?P<noun>[a-z]+)$")


def _rather_than(stage: Stage) -> Found | None:
    """The words "chocolate cake, not white": another look for who has the one that is not wanted."""
    match = _RATHER.match(stage.text)
    if match is None:
        return None
    had = [m for m in stage.film.cast if stem(match["noun"]) in nouns_of(m)]
    if len(had) != 1 or match["old"] not in f"{had[0].colour} {had[0].description}".lower().split():
        return None
    if had[0].colour.lower() == match["old"]:
        return Found([in_colour(had[0], match["how"])])
    kept = re.sub(rf"\b{match['old']}\b", match["how"], had[0].description, flags=re.I)
    return Found([ChangeCast(cast_id=had[0].id, description=kept)])


def _of_a_kind(stage: Stage) -> Found | None:
    """The words "a barn owl" where there is an owl: which kind of it."""
    match = _KIND.match(stage.text)
    if match is None or match["how"] in COLOURS | ADJECTIVES or not can_be(match["how"], "NOUN"):
        return None
    had = [m for m in stage.film.cast if stem(match["noun"]) in nouns_of(m) and len(m.kind.split()) == 1]
    spoken = stage.memory.cast[:1]
    if len(had) != 1 or (had[0].id not in spoken and not stage.memory.named):
        return None
    kind = f"{match['how']} {match['noun']}"
    return Found([ChangeCast(cast_id=had[0].id, kind=kind, name=kind)])


def _denied(stage: Stage, match: re.Match[str]) -> CastMember | None:
    """Whom somebody calls by a wrong kind: "not a donkey" is whoever the donkey is."""
    names = names_in(Line.plain(match["old"]), stage.film)
    if len({name.cast_id for name in names}) == 1:
        return stage.member(names[0].cast_id)
    names = names_in(Line.plain(match["who"]), stage.film)
    if len(names) == 1:
        return stage.member(names[0].cast_id)
    return spoken_of(stage) if not match["who"].startswith(("the ", "my ")) and stage.memory.cast else None


def _too_blue(stage: Stage) -> Found | None:
    """A colour that is too much of it: which one is wanted instead is asked."""
    match = _TOO.search(stage.text)
    who = who_of(stage) if match else None
    if match is None or match["colour"] not in COLOURS or who is None:
        return None
    after = stage.text[match.end() :].strip(" ,.!")
    if not stage.alone:
        return None  # what is wished instead may follow
    if after and COLOUR.search(after):
        return None
    member = stage.member(who.cast_id)
    others = [c for c in ("white", "cream", "grey") if c != match["colour"]]
    return Found(
        problem=f"What colour should the {member.name} be instead?",
        choices=(
            f"Make the {member.name} pale {match['colour']}",
            *(f"Make the {member.name} {colour}" for colour in others[:2]),
        ),
    )


def _colour_of(stage: Stage) -> Found | None:
    """The words "in the colour of sand", "sand-coloured"."""
    match = _OF.search(stage.text)
    names = names_in(stage.line, stage.film) if match else []
    if match is None or len({name.cast_id for name in names}) > 1 or (names and names[0].end > match.start() + 1):
        return None
    who = stage.member(names[0].cast_id) if names else spoken_of(stage)
    what = match["what"] or match["what2"]
    if who is None or names_in(Line.plain(what), stage.film) or not noun_of(what.split()):
        return None
    return Found([in_colour(who, what)])
