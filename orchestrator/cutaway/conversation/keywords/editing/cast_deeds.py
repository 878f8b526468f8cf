"""What the cast does: "have the fox jump over a log", "she is crying"."""

from __future__ import annotations

import re

from cutaway.conversation.keywords.cast_actions import read_cast_action
from cutaway.conversation.keywords.editing.cast_meant import Name, names_in, pronoun_in
from cutaway.conversation.keywords.editing.cast_words import SMALL_TALK
from cutaway.conversation.keywords.editing.line import Line
from cutaway.conversation.keywords.editing.sense import acts
from cutaway.conversation.keywords.editing.stage import Found, Stage
from cutaway.conversation.keywords.editing.stems import bag
from cutaway.conversation.keywords.phrases import (
    noun_of,
)
from cutaway.conversation.keywords.segments import Segment
from cutaway.conversation.keywords.targets import Target, scope_of
from cutaway.storyboard.edits import SetAction


def doing(stage: Stage) -> Found | None:
    """What the cast does: "have the fox jump over a log", "she is crying", "in the second he waves"."""
    text = re.sub(r"[·]+", " ", stage.line.free)
    text = re.sub(r"\s+", " ", text).strip(" ,.:")
    text = re.sub(
        r"^(?:please |maybe |i (?:want|would like|need) |can |could |should |but |and |so |rather |let us )+", "", text
    )
    negated = re.match(
        r"^(?P<who>.+?)\s+(?:is|are|does|do|should|must|can|may) not\s+(?P<old>\w+(?: \w+){0,3})\s*,\s*(?:but\s+"
        r"|have\s+|let\s+|make\s+|rather\s+)*(?P<rest>.+)$",
        text,
    )
    if negated:
        text = re.sub(r"^(?:it|he|she|they|him|her|them)\b", negated["who"], negated["rest"])
    text = re.sub(
        r"\b(?:should|could|must|can|needs? to|has to|ought to|is|are|will|would|to)\s+(?:now "
        r"|be |also |then |just |rather |actually )*(?=[a-z]+)",
        "",
        text,
        count=1,
    )
    names = names_in(Line.plain(text), stage.film)
    pronoun = None if names else pronoun_in(Line.plain(text), stage.film, stage.memory)
    one = names[0] if names else pronoun
    shots = stage.shots
    if one is None or (one.indefinite and not shots):
        return None
    if not names and one is not None:
        member = stage.member(one.cast_id)
        text = f"{text[: one.start]}the {noun_of(member.kind.split()) or member.name}{text[one.end :]}"
    if one.start > 12:
        return None
    if not shots and negated:
        words = bag(negated["old"])
        shots = tuple(s.id for s in stage.film.shots if bag(s.action) & words)
    unwanted = re.search(r"\b(?:instead of|rather than|not just|not)\s+(?P<old>[a-z]+(?: [a-z]+){0,2})", text)
    if not shots and unwanted and (like := stage.finder.looking_like(unwanted["old"])):
        shots = tuple(s for s in like if one.cast_id in stage.shot(s).cast)
        if shots:
            text = text[: unwanted.start()].strip(" ,")
    if not shots and sum(one.cast_id in s.cast for s in stage.film.shots) > 1:
        like = [s for s in stage.finder.looking_like(text) if one.cast_id in stage.shot(s).cast]
        shots = tuple(like) if len(like) == 1 else ()
    if not shots and len(stage.memory.shots) == 1 and pronoun:
        shots = stage.memory.shots
    segment = Segment(
        text, stage.line.masked, stage.film, Target(shots, scope_of(stage.film, shots), text), stage.images
    )
    reading = read_cast_action(segment)
    if reading is None:
        return _unknown_deed(stage, one, shots)
    deeds = [edit.action for edit in reading.edits if isinstance(edit, SetAction)]
    seeming = re.match(r".{1,40}? (?:looks?|seems?|appears?|feels?|sounds?) ", text)
    if seeming and not (deeds and all(acts(deed) for deed in deeds)):
        return None  # how somebody seems is nothing done, and no shot is asked for
    stage.line.use(0, len(stage.text))
    return Found(list(reading.edits), reading.problem, reading.choices)


def _unknown_deed(stage: Stage, one: Name, shots: tuple[str, ...]) -> Found | None:
    """The words "the cat should hiss": a verb nobody listed, where only a verb can stand."""
    match = re.search(
        r"\b(?:should|must|could|needs to|has to|ought to)\s+(?:rather |also |now |just )*(?P<verb>[a-z]{3,})"
        r"(?P<rest>(?: [a-z-]+){0,5}?)(?:\s+(?:instead|too|please|there))*$",
        stage.text,
    )
    if match is None or match["verb"] in SMALL_TALK | {
        "look",
        "stay",
        "keep",
        "wear",
        "last",
        "play",
        "move",
        "end",
        "come",
    }:
        return None
    inside = tuple(s.id for s in stage.film.shots if one.cast_id in s.cast)
    where = shots or (inside if len(inside) == 1 else tuple(i for i in stage.memory.shots if i in inside))
    if not where:
        return None
    verb = match["verb"]
    third = (
        f"{verb}es"
        if verb.endswith(("s", "x", "z", "ch", "sh", "o"))
        else f"{verb[:-1]}ies"
        if re.search(r"[^aeiou]y$", verb)
        else f"{verb}s"
    )
    stage.line.use(0, len(stage.text))
    return Found([SetAction(shots=where, action=f"{third}{match['rest']}")])
