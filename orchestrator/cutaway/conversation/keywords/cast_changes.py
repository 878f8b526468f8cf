"""Changes to who or what appears, how they look and what they do."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.clauses import read_clause
from cutaway.conversation.keywords.phrases import Thing, find_member, known_subject, read_thing, singular, tokens
from cutaway.conversation.keywords.segments import Reading, Segment
from cutaway.conversation.keywords.targets import scope_of
from cutaway.conversation.keywords.text import cut, free_id, listed, slug
from cutaway.conversation.keywords.words import (
    ADJECTIVES,
    COLOURS,
    CONJUNCTIONS,
    DETERMINERS,
    PLACES,
    PREPOSITIONS,
    SPECIES,
    VERB_FORMS,
    WEATHERS,
)
from cutaway.storyboard.edits import (
    AddCast,
    AddReference,
    ChangeCast,
    Edit,
    RemoveCast,
    SetAction,
    SetCamera,
    SetSetting,
    SetShotCast,
    SetTime,
    SetWeather,
)
from cutaway.storyboard.model import MAX_CAST_PER_SHOT, CastMember

_PICTURE: Final = re.compile(
    r"\b(?:use|take|attach|set|apply|add)\b.*\b(?:picture|photo|image|drawing|reference|this)\b(?:.*?\b(?:for|as|of"
    r"|on|to)\s+(?P<who>.+))?$",
    re.I,
)
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
_GIVE: Final = re.compile(
    r"^give\s+(?P<who>(?:the|my)\s+[\w-]+(?:\s+[\w-]+)?)\s+(?P<what>(?:a|an|some|two)\s+\S.*)$", re.I
)
_REMOVE: Final = re.compile(
    r"^(?:remove|delete|drop|lose|get\s+rid\s+of|take\s+(?:out|away)|without|no\s+more|no|cut|hide|leave\s+out"
    r"|don'?t\s+show|take)\s+(?P<who>\S.*?)(?:\s+(?:out|away|any\s*more|completely|entirely|altogether))*$",
    re.I,
)
_COLOURS: Final = "|".join(sorted(COLOURS))
_COLOUR: Final = re.compile(
    rf"^(?:make|paint|colou?r|turn|change|have"
    rf"|let)?\s*(?:the\s+colou?r\s+of\s+)?(?P<who>.+?)(?:'s)?(?:\s+colou?r)?\s+(?:to\s+|into\s+|should\s+be\s+|in\s+"
    rf"|is\s+now\s+|be\s+)?(?P<colour>(?:(?:dark|light|bright|pale|deep)\s+)?(?:{_COLOURS}))(?:\s+instead)?$",
    re.I,
)
_TRAIT: Final = re.compile(
    r"^make\s+(?P<who>(?:the|my|that)\s+.+?)\s+(?:look\s+)?(?:a\s+(?:bit|little)\s+)?(?:much\s+|more\s+"
    r"|very\s+)*(?P<trait>[a-z]+)$",
    re.I,
)
_CALL: Final = re.compile(
    r"^(?:re)?(?:name|call)\s+(?P<who>(?:the|my|our)\s+.+?)\s+(?:to\s+|as\s+)?(?P<name>⟪\d+⟫"
    r"|[A-Z][\w'-]*(?:\s+[A-Z][\w'-]*)*)$"
)
_COMPARED: Final = {
    "bigger": "big", "larger": "big", "smaller": "small", "tinier": "tiny", "older": "old", "younger": "young",
    "happier": "happy", "sadder": "sad", "angrier": "angry", "taller": "tall", "thinner": "thin", "fatter": "fat",
    "scarier": "scary", "cuter": "cute", "fluffier": "fluffy", "friendlier": "friendly", "shinier": "shiny",
}  # fmt: skip
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
    for read in (_pictured, _called, _coloured, _replaced, _given, _added, _removed, _traited, _acted):
        if (reading := read(segment)) is not None:
            return reading
    return None


def meant(segment: Segment, words: str) -> CastMember | None:
    """The cast member these words mean; "it" means the only one there is."""
    text = segment.masked.bare(words).strip()
    if re.search(r"\band\b|,", text, re.I):
        return None
    if text.lower() in {"it", "him", "her", "them"} and len(segment.film.cast) == 1:
        return segment.film.cast[0]
    thing = read_thing(tokens(re.sub(r"'s$", "", text)))
    return find_member(segment.film.cast, thing) if thing else None


def _cast_list(segment: Segment) -> str:
    return listed(f"the {m.name}" for m in segment.film.cast) or "nobody"


def _pictured(segment: Segment) -> Reading | None:
    match = _PICTURE.search(segment.rest)
    if (
        match is None
        or not segment.images
        or not re.search(r"\b(?:picture|photo|image|drawing|reference)\b", segment.rest, re.I)
    ):
        return None
    who = meant(segment, match["who"] or "it")
    if who is None:
        return Reading(
            problem=f"Who is the picture of? The cast is {_cast_list(segment)}.",
            choices=tuple(f"Use this picture for the {m.name}" for m in segment.film.cast[:4]),
        )
    return Reading(edits=[AddReference(cast_id=who.id, sha256=segment.images[-1].sha256)])


def _called(segment: Segment) -> Reading | None:
    match = _CALL.match(segment.rest)
    who = meant(segment, match["who"]) if match else None
    if match is None or who is None:
        return None
    return Reading(edits=[ChangeCast(cast_id=who.id, name=cut(segment.masked.bare(match["name"]), 100))])


def _coloured(segment: Segment) -> Reading | None:
    match = _COLOUR.match(segment.rest)
    if match is None:
        return None
    words, colour = match["who"].strip(), match["colour"].lower()
    if words.lower() in {"it", "them", "everything"}:
        return Reading(
            problem=f"What should be {colour}?",
            choices=tuple(f"Make the {m.name} {colour}" for m in segment.film.cast[:4]),
        )
    several = [meant(segment, part) for part in re.split(r"\s*,\s*|\s+and\s+", words)]
    found = [who for who in several if who is not None]
    if not found or len(found) < len(several):
        return None
    return Reading(edits=[_in_colour(who, colour) for who in found])


def _in_colour(who: CastMember, colour: str) -> ChangeCast:
    kind = who.kind.split()
    # A "blue red fox" is nobody: a species named by its colour keeps only its noun.
    plain = (
        " ".join(kind[1:]) if len(kind) > 1 and (kind[0].lower() in COLOURS or who.kind.lower() in SPECIES) else None
    )
    name = plain if plain and who.name.lower() == who.kind.lower() else None
    return ChangeCast(cast_id=who.id, colour=colour, kind=plain, name=name)


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
    heads = {singular(who.kind.split()[-1])} if who.kind.split() else set()
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
        problem=f"There is no {cut(bare, 60)} in this film. The cast is {_cast_list(segment)}.",
        choices=tuple(f"Replace the {m.name} with {cut(segment.masked.bare(new), 60)}" for m in segment.film.cast[:3]),
    )


def _given(segment: Segment) -> Reading | None:
    match = _GIVE.match(segment.rest)
    who = meant(segment, match["who"]) if match else None
    if match is None or who is None:
        return None
    return Reading(edits=[_with_trait(who, f"with {segment.masked.bare(match['what'])}")])


def _with_trait(who: CastMember, trait: str) -> ChangeCast:
    parts = [part for part in (who.description, trait) if part]
    return ChangeCast(cast_id=who.id, description=cut(", ".join(parts), 200))


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
        return Reading(edits=[_with_trait(who, f"with {' '.join(words[:end])}")])
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
            problem=f"There is no {cut(thing.kind, 60)} in this film. The cast is {_cast_list(segment)}.",
            choices=tuple(f"Remove the {m.name}" for m in segment.film.cast[:3]),
        )
    return None


def _traited(segment: Segment) -> Reading | None:
    match = _TRAIT.match(segment.rest)
    who = meant(segment, match["who"]) if match else None
    if match is None or who is None:
        return None
    trait = _COMPARED.get(match["trait"].lower(), match["trait"].lower())
    return Reading(edits=[_with_trait(who, trait)]) if trait in ADJECTIVES else None


def _acted(segment: Segment) -> Reading | None:
    """The words "Have the fox jump over a log" and "in shot 2 the fox sleeps": what they do, and where and when."""
    text = re.sub(r"^(?:make|have|let|get|show|in\s+it)\s+", "", segment.rest, flags=re.I).lstrip(" :,")
    words = tokens(text)
    at = next(
        (i for i, w in enumerate(words) if i and w.lower() in VERB_FORMS and words[i - 1].lower() not in DETERMINERS),
        None,
    )
    if at is None or at > 5:
        return None
    lower = [w.lower() for w in words[:at]]
    pronoun = lower in (["it"], ["he"], ["she"], ["they"], ["him"], ["her"], ["them"])
    who = meant(segment, " ".join(words[:at]))
    thing = read_thing(words[:at])
    if (
        who is None
        and not pronoun
        and not (segment.shots and thing and not thing.definite and known_subject(thing.head))
    ):
        return None
    base, form = VERB_FORMS[words[at].lower()]
    if base == "look" and not (who is not None and not pronoun):
        return None
    verb = (
        next((f for f, (b, kind) in VERB_FORMS.items() if b == base and kind == "third"), base)
        if form == "base"
        else words[at]
    )
    clause = read_clause(segment.masked.restore(" ".join(["it", verb, *words[at + 1 :]])))
    film = segment.film
    shots = segment.shots
    if not shots:
        inside = [s.id for s in film.shots if who is not None and who.id in s.cast]
        shots = tuple(inside) if len(inside) == 1 else tuple(s.id for s in film.shots) if len(film.shots) == 1 else ()
    if not shots:
        return Reading(
            problem="In which shot?",
            choices=tuple(
                f"In shot {n} {' '.join([*words[:at], verb, *words[at + 1 :]])}"
                for n in range(1, min(5, len(film.shots) + 1))
            ),
        )
    edits: list[Edit] = []
    if who is None and thing is not None and not pronoun:
        member = thing.member(free_id(slug(thing.head, "someone"), (m.id for m in film.cast)))
        edits.append(AddCast(member=member, shots=shots))
    elif who is not None:
        missing = [s for s in film.shots if s.id in shots and who.id not in s.cast]
        edits += [SetShotCast(shot=s.id, cast=(*s.cast, who.id)) for s in missing]
    edits.append(SetAction(shots=shots, action=clause.action))
    if clause.setting:
        edits.append(SetSetting(shots=shots, setting=clause.setting))
    if clause.time:
        edits.append(SetTime(shots=shots, time_of_day=clause.time))
    if clause.weather:
        edits.append(SetWeather(shots=shots, weather=clause.weather))
    if clause.camera:
        edits.append(SetCamera(shots=shots, camera=clause.camera))
    numbers = " and ".join(str(film.number(s)) for s in shots)
    return Reading(edits=edits, scope=f"shot{'s' if len(shots) > 1 else ''} {numbers}")
