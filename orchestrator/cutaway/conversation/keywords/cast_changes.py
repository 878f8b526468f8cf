"""Changes to the cast: who joins, leaves or takes the place of another; looks and actions are read next door."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.cast_actions import read_cast_action
from cutaway.conversation.keywords.cast_looks import (
    read_called,
    read_coloured,
    read_given,
    read_pictured,
    read_traited,
)
from cutaway.conversation.keywords.clauses import read_clause
from cutaway.conversation.keywords.members import cast_list, meant, with_trait
from cutaway.conversation.keywords.phrases import (
    Thing,
    find_member,
    known_subject,
    noun_of,
    read_thing,
    singular,
    tokens,
)
from cutaway.conversation.keywords.pictured import with_references
from cutaway.conversation.keywords.segments import Reading, Segment
from cutaway.conversation.keywords.targets import scope_of
from cutaway.conversation.keywords.text import cut, free_id, slug
from cutaway.conversation.keywords.words import COLOURS, CONJUNCTIONS, PLACES, PREPOSITIONS, WEATHERS
from cutaway.storyboard.edits import (
    AddCast,
    ChangeCast,
    Edit,
    RemoveCast,
    SetAction,
    SetSetting,
    SetShotCast,
)
from cutaway.storyboard.model import MAX_CAST_PER_SHOT, CastMember

_REPLACE: Final = re.compile(
    r"^(?P<verb>replace|swap|substitute|exchange|switch|change|turn|transform)\s+(?:out\s+)?(?P<old>.+?)\s+(?:with"
    r"|for|by|into|to)\s+(?P<new>\S.*)$"
    r"|^(?:use|have|show|put\s+in)\s+(?P<new2>.+?)\s+(?:instead\s+of|in\s+place\s+of|rather\s+than)\s+(?P<old2>\S.*)$"
    r"|^(?P<new4>(?:a|an)\s+.+?)\s+instead\s+of\s+(?P<old4>\S.*)$"
    r"|^(?:make\s+)?(?P<old3>(?:the|my|that)\s+.+?)\s+(?:into\s+|should\s+be\s+|to\s+be\s+|is\s+now\s+"
    r"|becomes\s+)?(?P<new3>(?:a|an)\s+\S.*)$",
    re.I,
)
_ADD: Final = re.compile(
    r"^(?:also\s+)?(?:add|put|include|bring\s+in|introduce|insert|give\s+(?:it|us|me|the\s+(?:film|video"
    r"|scene)))\s+(?:in\s+)?(?P<new>(?:a|an|another|two|three|four|five|some|the|my|\d+)\s+\S.*)$",
    re.I,
)
_REMOVE: Final = re.compile(
    r"^(?:remove|delete|drop|lose|get\s+rid\s+of|take\s+(?:out|away)|without|no\s+more|no|cut|hide|leave\s+out"
    r"|don'?t\s+show|take)\s+(?P<who>\S.*?)(?:\s+(?:out|away|any\s*more|completely|entirely|altogether))*$",
    re.I,
)
_NOT_CAST: Final = frozenset(
    """music sound sounds caption title text words shot scene fade transition light lights lighting filter style seconds
    second voice narration voiceover effect effects colour color zoom logo weather music soundtrack song credits time
    night dusk dawn day transition crossfade motion speed background setting place watermark
    subtitle subtitles""".split()
)
_HERE: Final = re.compile(
    r"^(?:(?:in|into|to|on|next\s+to|beside|with|near)\s+)?(?:(?:the|it|him|her|them|this|that|each|every|all|there"
    r"|too|as\s+well|also|instead|please|"
    r"scene|film|video|picture|shot|shots|background|foreground|screen|cast|mix)\s*)*$",
    re.I,
)


def read_cast_changes(segment: Segment) -> Reading | None:
    """The cast edits a segment asks for, or None when it is about something else."""
    for read in (
        read_pictured,
        read_called,
        read_coloured,
        _replaced,
        read_given,
        _added,
        _removed,
        read_traited,
        read_cast_action,
    ):
        if (reading := read(segment)) is not None:
            return reading
    return None


def _replaced(segment: Segment) -> Reading | None:
    match = _REPLACE.match(segment.rest)
    if match is None:
        return None
    old = next(g for g in (match["old"], match["old2"], match["old3"], match["old4"]) if g)
    new = next(g for g in (match["new"], match["new2"], match["new3"], match["new4"]) if g)
    who = meant(segment, old)
    words = tokens(segment.masked.bare(new))
    end = next(
        (
            i
            for i, w in enumerate(words)
            if i and w.lower() in PREPOSITIONS | CONJUNCTIONS | {","} and w.lower() != "of"
        ),
        len(words),
    )
    thing = read_thing(words[:end])
    if who is None:
        return _nobody(segment, match["verb"], old, new)
    if thing is None or (thing.head in COLOURS and match["verb"] is None):
        return None
    unused = " ".join(w for w in words[end:] if w != ",")
    unused = "" if _HERE.match(unused) else unused
    fields = thing.member(who.id)
    film = segment.film
    here = [shot for shot in film.shots if who.id in shot.cast]
    if segment.shots and set(segment.shots) < {shot.id for shot in here}:
        return Reading(edits=_replaced_in(segment, who, thing), unused=unused)
    edits: list[Edit] = [
        ChangeCast(
            cast_id=who.id, name=fields.name, kind=fields.kind, description=fields.description, colour=fields.colour
        )
    ]
    heads = {singular(noun_of(who.kind.split()))} if who.kind.split() else set()
    for shot in here:
        # Words of the old one left in an action would put both into the order.
        action = re.sub(
            r"\b(?:" + "|".join(map(re.escape, heads)) + r")\b", fields.kind, shot.action, flags=re.I
        ) if heads else shot.action  # fmt: skip
        if action != shot.action and not shot.locked:
            edits.append(SetAction(shots=(shot.id,), action=cut(action, 400)))
    return Reading(edits=edits, unused=unused)


def _replaced_in(segment: Segment, who: CastMember, thing: Thing) -> list[Edit]:
    known = find_member(segment.film.cast, thing)
    edits: list[Edit] = []
    member = known
    if member is None:
        member = thing.member(free_id(slug(thing.head, "someone"), (m.id for m in segment.film.cast)))
    for n, shot_id in enumerate(segment.shots):
        shot = segment.film.shot(shot_id)
        if shot is None or who.id not in shot.cast:
            continue
        cast = tuple(dict.fromkeys(member.id if c == who.id else c for c in shot.cast))
        if known is None and not n and len(shot.cast) == MAX_CAST_PER_SHOT:
            # Make room first: a shot holds only so many.
            edits.append(SetShotCast(shot=shot_id, cast=tuple(c for c in shot.cast if c != who.id)))
        if known is None and not n:
            edits.append(AddCast(member=member, shots=(shot_id,)))
        edits.append(SetShotCast(shot=shot_id, cast=cast))
    return edits


def _nobody(segment: Segment, verb: str | None, old: str, new: str) -> Reading | None:
    if verb is None or verb.lower() in {"change", "turn", "switch", "transform"}:
        return None
    bare = re.sub(r"^(?:the|a|an|my)\s+", "", segment.masked.bare(old), flags=re.I).lower()
    place = read_clause(f"in {segment.masked.bare(new)}").setting
    if place and bare and any(bare in shot.setting.lower() for shot in segment.film.shots):
        shots = tuple(s.id for s in segment.film.shots if bare in s.setting.lower())
        shots = tuple(s for s in shots if s in segment.shots) if segment.shots else shots
        whole = len(shots) == len(segment.film.shots)
        if not shots:
            return None
        edit = SetSetting(shots=() if whole else shots, setting=place)
        return Reading(edits=[edit], scope=scope_of(segment.film, edit.shots))
    if bare.split()[-1:] and bare.split()[-1] in PLACES | {
        "background",
        "setting",
        "location",
        "music",
        "style",
        "camera",
    }:
        return None
    return Reading(
        problem=f"There is no {cut(bare, 60)} in this film. The cast is {cast_list(segment)}.",
        choices=tuple(f"Replace the {m.name} with {cut(segment.masked.bare(new), 60)}" for m in segment.film.cast[:3]),
    )


def _added(segment: Segment) -> Reading | None:
    match = _ADD.match(segment.rest)
    if match is None:
        return None
    words = tokens(segment.masked.bare(match["new"]))
    end = next(
        (
            i
            for i, w in enumerate(words)
            if i and w.lower() in PREPOSITIONS | CONJUNCTIONS | {",", "too", "there"} and w.lower() != "of"
        ),
        len(words),
    )
    thing = read_thing(words[:end])
    after = " ".join(words[end:])
    if thing is None or thing.head in _NOT_CAST or thing.head in WEATHERS or singular(thing.head) in WEATHERS:
        return None
    owner = re.match(r"^(?:to|on)\s+(?P<who>(?:the|my)\s+.+)$", after, re.I)
    if owner and (who := meant(segment, owner["who"])) is not None:
        return Reading(edits=[with_trait(who, f"with {' '.join(words[:end])}")])
    if not _HERE.match(after):
        return None
    film = segment.film
    known = find_member(film.cast, thing)
    if known is not None and thing.definite:
        shots = [s for s in film.shots if known.id not in s.cast and (not segment.shots or s.id in segment.shots)]
        if not shots:
            return Reading(problem=f"The {known.name} is already there.")
        return Reading(edits=[SetShotCast(shot=s.id, cast=(*s.cast, known.id)) for s in shots if not s.locked])
    if thing.definite and not known_subject(thing.head):
        return None
    member = thing.member(free_id(slug(thing.head, "someone"), (m.id for m in film.cast)))
    given = [(image.ref.rpartition(":")[0] or image.ref, image.sha256) for image in segment.images]
    (member,) = with_references([member], given, meant=False)
    return Reading(edits=[AddCast(member=member, shots=segment.shots)])


def _removed(segment: Segment) -> Reading | None:
    match = _REMOVE.match(segment.rest)
    if match is None:
        return None
    words = segment.masked.bare(match["who"]).lower()
    who = meant(segment, re.sub(r"\s+from\s+(?:it|the\s+(?:film|video|scene))$", "", words))
    if who is not None:
        if not segment.shots:
            return Reading(edits=[RemoveCast(cast_id=who.id)])
        inside = [s for s in segment.film.shots if s.id in segment.shots and who.id in s.cast]
        if not inside:
            return Reading(problem=f"The {who.name} is not in {segment.target.scope}.")
        return Reading(edits=[SetShotCast(shot=s.id, cast=tuple(c for c in s.cast if c != who.id)) for s in inside])
    thing = read_thing(tokens(words))
    if thing and known_subject(thing.head) and not segment.rest.lower().startswith(("take ", "cut ")):
        return Reading(
            problem=f"There is no {cut(thing.kind, 60)} in this film. The cast is {cast_list(segment)}.",
            choices=tuple(f"Remove the {m.name}" for m in segment.film.cast[:3]),
        )
    return None
