"""Changes to what the cast does: "the fox jumps over a log", with where and when."""

from __future__ import annotations

import re

from cutaway.conversation.keywords.clauses import read_clause
from cutaway.conversation.keywords.members import meant
from cutaway.conversation.keywords.phrases import known_subject, read_thing, tokens
from cutaway.conversation.keywords.segments import Reading, Segment
from cutaway.conversation.keywords.text import free_id, slug
from cutaway.conversation.keywords.words import DETERMINERS, VERB_FORMS
from cutaway.storyboard.edits import (
    AddCast,
    Edit,
    SetAction,
    SetCamera,
    SetSetting,
    SetShotCast,
    SetTime,
    SetWeather,
)


def read_cast_action(segment: Segment) -> Reading | None:
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
