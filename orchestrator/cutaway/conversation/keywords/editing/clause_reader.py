"""One clause of a message: the changes it asks for, from its values, its cast and its places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from cutaway.conversation.keywords.editing.cast_joining import added_plainly
from cutaway.conversation.keywords.editing.cast_meant import Name, names_in
from cutaway.conversation.keywords.editing.cast_orders import read_cast_order
from cutaway.conversation.keywords.editing.cast_told import LOOKS_SOMEWHERE, had_done, told_to
from cutaway.conversation.keywords.editing.cast_wearing import read_looks
from cutaway.conversation.keywords.editing.clause_values import reach_of, valued
from cutaway.conversation.keywords.editing.continuing import read_continuing
from cutaway.conversation.keywords.editing.film_values import MUSICAL, take_frame, take_look, take_sound, take_style
from cutaway.conversation.keywords.editing.leftover import content, protect, release
from cutaway.conversation.keywords.editing.line import Line
from cutaway.conversation.keywords.editing.pace import take_pace
from cutaway.conversation.keywords.editing.places_meant import PUT_IN, place_in
from cutaway.conversation.keywords.editing.scene_values import Value, scene_values
from cutaway.conversation.keywords.editing.shot_orders import read_shot_order, taken_out
from cutaway.conversation.keywords.editing.shots_meant import Meant
from cutaway.conversation.keywords.editing.stage import Found, Stage
from cutaway.conversation.keywords.editing.words_orders import read_words
from cutaway.storyboard import edits as e
from cutaway.storyboard.edits import Edit

_CUES: Final = frozenset("except apart excluding second third first last same likewise ditto plus wrong oops".split())
_CAMERA_TALK: Final = re.compile(r"\b(?:camera|pan|tilt|zoom|dolly|lens|view|sweep|push|pull|crane)\b")
_A_PLACE: Final = re.compile(r"\b(?:a|an)\s+·+\s+(?P<what>[a-z]+)\b")
_ON_WHOM: Final = re.compile(r"\b(?:on|for|of|with|to|around|towards?)\s+(?P<who>(?:the|my|our|that)\s+[a-z]+)\s*$")
_PACED: Final = re.compile(r"\b(?:slow|slower|slo|fast|faster|speed|half|double)\b")


def read_clause(stage: Stage, message: str, earlier: Sequence[Edit]) -> Found | None:
    """The changes one clause asks for, None when it asks for none.

    `message` is the whole message, which a clause's "all" and "rest" are about; `earlier` are the edits found so far.
    """
    line = stage.line
    if (found := read_words(stage)) is not None:
        return found
    if (found := read_looks(stage)) is not None:
        return found
    if LOOKS_SOMEWHERE.match(stage.text) and (found := told_to(stage)) is not None:
        return found  # no camera looks up there
    if (found := had_done(stage)) is not None or (found := added_plainly(stage)) is not None:
        return found
    if (found := read_shot_order(stage)) is not None:
        return found
    if (found := read_continuing(stage, more=_says_more(stage))) is not None:
        return found
    if stage.meant.choice and len(stage.meant.choice) > 1:
        numbers = [str(stage.film.number(i)) for i in stage.meant.choice]
        return Found(
            problem=f"Which shots do you mean: {', '.join(numbers)}?",
            choices=tuple(f"Make shot {n} night" for n in numbers[:1]),
        )
    context = _about_sound(stage, message)
    edits: list[Edit] = [*take_sound(line, stage.film, context=context)]
    on = _ON_WHOM.search(line.free) if stage.cast and not stage.meant.named else None
    protected = protect(stage)
    frame, refused = take_frame(line)
    if refused:
        return Found(problem=f"I make films in 480p or 720p; {refused} is not one of them.", choices=("In 720p",))
    look = take_look(line, stage.film) if not stage.shots else []
    look += take_style(line, like=False) if not look and not stage.shots else []
    weak = bool(_CAMERA_TALK.search(stage.text)) or bool(
        stage.memory.fields.get("camera")
        and stage.memory.only("camera")
        and len(stage.text.split()) <= 4
        and not stage.cast
    )
    values = scene_values(line, camera_words=weak)
    if values and not stage.meant.named and (match := _A_PLACE.search(line.free)) and not PUT_IN.search(stage.text):
        like = stage.finder.looking_like(match["what"])
        if like:
            line.use(match.start(), match.end())
            stage.meant = Meant(tuple(like))
    if on and (values or line.find(_PACED)) and (names := names_in(Line.plain(on["who"]), stage.film)):
        inside = tuple(s.id for s in stage.film.shots if names[0].cast_id in s.cast)
        if inside and len(inside) < len(stage.film.shots):
            stage.meant = Meant(inside)
        line.use(on.start(), on.end())
    seen: list[Name] = []
    inherits = stage.meant.pronoun and not re.search(r"\b(?:there|that|this|both|those|these)\b", stage.text)
    if stage.cast and (not stage.meant.named or inherits):
        seen = _where_they_are(stage, values, message)
    shots = reach_of(stage, values, message)
    pace = take_pace(
        line, stage.film, shots, each=bool(stage.shots) or (stage.meant.whole and "film" not in stage.text)
    )
    if pace.problem:
        return Found(problem=pace.problem, choices=pace.choices)
    edits += [*frame, *look]
    edits += valued(values, shots, stage)
    edits += pace.edits
    if not edits and not stage.shots and not _of_somebody(stage):
        edits += take_style(line, like=True)
    release(line, protected)
    for name in seen:
        line.use(name.start, name.end)
    rest = _cast_order(stage)
    if rest is not None and pace.edits and all(isinstance(edit, e.SetAction) for edit in rest.edits):
        rest = None  # "the bees can buzz about faster": how fast, not what
    if rest is not None and any(v.field == "weather" for v in values) and re.search(r"\bit should\b", stage.text):
        rest = None  # "it should rain"
    if rest is not None and ((rest.problem and not edits) or rest.edits):
        return Found([*edits, *rest.edits], rest.problem, rest.choices)
    if not edits and (found := taken_out(stage)) is not None:
        return found
    elsewhere = any(isinstance(edit, e.SetAspect | e.SetResolution | e.SetSound | e.SetStyle) for edit in edits)
    if (not elsewhere or PUT_IN.search(stage.text)) and not (
        stage.cast and not edits and not PUT_IN.search(stage.text)
    ):
        place = "" if re.match(r"not\b", stage.text) else place_in(stage)
        set_already = any(isinstance(x, e.SetSetting) for x in earlier)
        if place and set_already and len(stage.film.cast) == 1 and len(stage.text.split()) <= 6:
            who = stage.film.cast[0]
            return Found(
                [e.ChangeCast(cast_id=who.id, description=", ".join(p for p in (who.description, stage.text) if p))]
            )
        if place:
            shots = reach_of(stage, [Value("setting", place, 0, 0)], message)
            edits.append(e.SetSetting(shots=shots, setting=place))
    return Found(edits) if edits else None


_MOODY: Final = re.compile(
    r"^(?:and |but |or |so |maybe |rather |something |anything |one that is |a |an |some |some kind of |i (?:want"
    r"|need|would"
    r" like) |we (?:want|need) |give (?:me|us|it) |more |less |a (?:bit|little|touch|tad) |much |far |way |just "
    r"|only |very"
    r" |really |hardly |half |back |make it |keep it |should be |would be |nice and |too |as |up )*(?:[a-z-]+)(?:"
    r" (?:one|will do"
    r"|please|instead|rather|now|as (?:that|now|before)|as loud(?: as now)?|then|there|to full|audible|would do"
    r"|would be"
    r" better|tune|sound))*$"
)
_SHADES_TOO: Final = re.compile(
    r"\b(?:dark|darker|bright|brighter|night|warm|warmer|slow|slower|clear|clearer"
    r"|sunny|sunnier)\b"
)


def _about_sound(stage: Stage, message: str) -> bool:
    """Whether a mood alone is the music's: the last change was to the sound, or the sound was spoken of just now."""
    memory = stage.memory
    if stage.meant.named or stage.cast:
        return False
    last = bool(memory.film_fields) and all(f.startswith("sound") for f in memory.film_fields) and not memory.fields
    if last and len(stage.text.split()) <= 4 and "night" not in stage.text:
        return True
    spoken = MUSICAL.search(message) or MUSICAL.search(memory.last_said.lower())
    return bool((last or spoken) and _MOODY.match(stage.text) and not _SHADES_TOO.search(stage.text))


_SOMEBODY: Final = re.compile(r"^(?:and |but |so |make |have |let )*(?:he|she|they|him|her|them|his|their)\b")


def _of_somebody(stage: Stage) -> bool:
    """Whether a clause is about how somebody looks, not the film."""
    return bool(stage.cast or _SOMEBODY.match(stage.text))


def _says_more(stage: Stage) -> bool:
    """Whether a clause says something of its own besides naming shots."""
    if set(content(stage)) - _CUES or stage.cast:
        return True
    line = stage.line.part(0, len(stage.text))
    return bool(
        scene_values(line, camera_words=False)
        or line.find(MUSICAL)
        or take_pace(line, stage.film, (), each=False).edits
    )


def _where_they_are(stage: Stage, values: list[Value], message: str) -> list[Name]:
    """Camera, light and pace of somebody who is not everywhere are for the shots they are in."""
    line = stage.line
    fields = {v.field for v in values}
    spared = re.search(r"\b(?:rest|others?)\b", message)
    if (
        not fields & {"camera", "lighting", "transition"}
        and not (fields and spared)
        and not (not values and take_pace(line.part(0, len(line.text)), stage.film, (), each=False).edits)
    ):
        return []
    names = [name for name in names_in(Line.plain(stage.text), stage.film) if not name.indefinite]
    if len({name.cast_id for name in names}) != 1:
        return []
    inside = tuple(s.id for s in stage.film.shots if names[0].cast_id in s.cast)
    if inside and len(inside) < len(stage.film.shots):
        stage.meant = Meant(inside)
        return names
    return []


def _cast_order(stage: Stage) -> Found | None:
    """What a clause does to the cast, also after the place it is for: "in the corridor, a colleague walks along"."""
    if (found := read_cast_order(stage)) is not None:
        return found
    place = re.match(r"^[·\s,]*·[·\s,]*(?:and\s+)?(?=[a-z])", stage.line.free)
    if place is None or not stage.meant.named:
        return None
    found = read_cast_order(replace(stage, line=stage.line.part(place.end(), len(stage.text))))
    if found is not None and found.edits:
        stage.line.use(0, len(stage.text))
    return found
