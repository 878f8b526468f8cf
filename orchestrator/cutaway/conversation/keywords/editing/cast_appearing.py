"""Somebody new who does something in a shot there is: "a little girl should be watching in the last one"."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.editing.cast_told import third_person
from cutaway.conversation.keywords.editing.sense import names_somebody
from cutaway.conversation.keywords.editing.stage import Found, Stage
from cutaway.conversation.keywords.lexicon import can_be
from cutaway.conversation.keywords.phrases import find_member, known_subject, plural, read_thing, tokens
from cutaway.conversation.keywords.text import cut, free_id, slug
from cutaway.conversation.keywords.words import VERB_FORMS
from cutaway.storyboard.edits import AddCast, Edit, SetAction
from cutaway.storyboard.model import MAX_CAST_PER_SHOT

_DOES: Final = re.compile(
    r"^(?:and |also |maybe |now )*(?P<new>(?:an?|some|two|three|four|my|our|his|her|their|another)\s+(?:[\w-]+"
    r" ){0,3}?[\w-]+)\s+"
    r"(?P<modal>(?:(?:should|must|could|can|might|may|has to|needs to|ought to|would)\s+(?:also |just |rather )*"
    r"(?:be\s+)?|(?:is|are)\s+))"
    r"(?P<verb>[a-z]{3,})(?P<rest>(?:\s+[^·]*?)?)[\s·,]*$"
)
_NO_DEED: Final = frozenset(
    """there here nice good great lovely better fine cool possible missing in on at with next beside part show appear
    turn join come enter pop""".split()
)


def appearing(stage: Stage) -> Found | None:
    """Somebody new, with what they do, in the shots that are named; None where no shot or nobody new is named."""
    if not stage.shots:
        return None
    match = _DOES.match(stage.line.free)
    if match is None or match["verb"] in _NO_DEED:
        return None
    verb = match["verb"]
    doing = verb.endswith("ing") or verb in {"asleep", "awake", "alone", "away"}
    if not (doing or verb in VERB_FORMS or can_be(verb, "VERB")) or (
        match["modal"].strip() in {"is", "are"} and not doing
    ):
        return None
    typed = stage.line.typed(match.start("new"), match.end("new"))
    thing = read_thing(tokens(stage.line.masked.bare(typed)))
    if thing is None or not names_somebody(thing.kind) or not known_subject(thing.head):
        return None
    if find_member(stage.film.cast, thing) is not None and not thing.other:
        return None
    if any(len(stage.shot(s).cast) >= MAX_CAST_PER_SHOT for s in stage.shots):
        return None
    member = thing.member(free_id(slug(thing.head, "someone"), (m.id for m in stage.film.cast)))
    said = stage.line.masked.bare(stage.line.typed(match.start("verb"), match.end("rest"))).strip(" .,!")
    if not doing and not plural(thing.head):
        said = re.sub(r"^\S+", third_person(verb), said)
    edits: list[Edit] = [AddCast(member=member, shots=stage.shots)]
    for shot_id in stage.shots:
        old = stage.shot(shot_id).action
        edits.append(SetAction(shots=(shot_id,), action=cut(f"{old}, {typed} {said}" if old else said, 400)))
    stage.line.use(0, len(stage.text))
    return Found(edits)
