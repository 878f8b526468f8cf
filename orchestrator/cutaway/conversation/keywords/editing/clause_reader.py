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
from cutaway.conversation.keywords.editing.clause_values import SETS, reach_of, valued
from cutaway.conversation.keywords.editing.continuing import carries_on, read_continuing
from cutaway.conversation.keywords.editing.copied import read_copied
from cutaway.conversation.keywords.editing.deed_words import read_other_place
from cutaway.conversation.keywords.editing.figures import read_figure
from cutaway.conversation.keywords.editing.film_values import (
    MUSICAL,
    OBSERVED,
    take_frame,
    take_look,
    take_sound,
    take_style,
)
from cutaway.conversation.keywords.editing.leftover import content, protect, release
from cutaway.conversation.keywords.editing.line import TAKEN, Line
from cutaway.conversation.keywords.editing.lit import lit
from cutaway.conversation.keywords.editing.pace import take_pace
from cutaway.conversation.keywords.editing.places_meant import PUT_IN, place_in
from cutaway.conversation.keywords.editing.scene_values import Value, scene_values
from cutaway.conversation.keywords.editing.shot_orders import read_shot_order, taken_out
from cutaway.conversation.keywords.editing.shots_meant import Meant
from cutaway.conversation.keywords.editing.shots_of_cast import shots_of
from cutaway.conversation.keywords.editing.stage import Found, Stage
from cutaway.conversation.keywords.editing.stems import alike, bag
from cutaway.conversation.keywords.editing.unnamed import unnamed
from cutaway.conversation.keywords.editing.words_orders import read_words
from cutaway.storyboard import edits as e
from cutaway.storyboard.edits import Edit

_CUES: Final = frozenset("except apart excluding second third first last same likewise ditto plus wrong oops".split())
_CAMERA_TALK: Final = re.compile(r"\b(?:camera|pan|tilt|zoom|dolly|lens|view|sweep|push|pull|crane)\b")
_A_PLACE: Final = re.compile(r"\b(?:a|an)\s+·+\s+(?P<what>[a-z]+)\b")
_NO_PLACE: Final = re.compile(
    r"^not\b|\b(?:do|does) not want\b|^no (?:more )?[a-z]+ (?:in|on|at|over)\b"
    r"|\b(?:shown|screened|played|displayed|projected|posted|going on|goes on|it is for|will be on|runs on|screen|back"
    r" to|transitions?)\b"
)
_PARTS_OF_A_PLACE: Final = frozenset(
    "window windows roof roofs glass pane panes ground floor face faces hair windscreen trees leaves grass air sky"
    " horizon distance door wall walls".split()
)
_WITHOUT: Final = re.compile(
    r"\b(?:kill|lose|drop|remove|no more|get rid of|ditch|scrap|without|take (?:away|out)|turn off|cut) (?:the "
    r"|that |all the |those )?"
    r"(?P<what>[a-z]+(?: [a-z]+)?)\W*$"
)
_ONE_BY_ONE: Final = re.compile(r"\beach\b.*\bthan the (?:last|previous|one before)\b|\bprogressively\b")
_HAVE_THEM: Final = re.compile(
    r"\b(?:have|let|make|see|show) (?:them|him|her|it|(?:the|my) [a-z]+) [a-z]+ (?:in|on|at)\b"
)
_COMPARED: Final = re.compile(r"\b(?:[a-z]{2,}(?:er|ier)|more|less|too|not|like|wrong|better)\b")
_NEAR: Final = re.compile(r"\b(?:on|for|of|with|to|around|round|towards?|at|by|behind|over|near|from|in front of)\s+$")


def read_clause(stage: Stage, message: str, earlier: Sequence[Edit]) -> Found | None:
    """The changes one clause asks for, None when it asks for none.

    `message` is the whole message, which a clause's "all" and "rest" are about; `earlier` are the edits found so far.
    """
    line = stage.line
    if (found := read_words(stage)) is not None:
        return found
    if (found := read_figure(stage, earlier) or read_copied(stage) or read_other_place(stage)) is not None:
        return found
    filmed = not stage.cast and any(
        v.field == "camera" for v in scene_values(Line.plain(stage.text), camera_words=True)
    )
    if not filmed and (found := read_looks(stage)) is not None:
        return found
    if LOOKS_SOMEWHERE.match(stage.text) and (found := told_to(stage)) is not None:
        return found  # no camera looks up there
    if (found := had_done(stage)) is not None or (found := added_plainly(stage)) is not None:
        return found
    if (found := read_shot_order(stage)) is not None:
        return found
    if (
        found := read_continuing(stage, more=bool(earlier) or (_says_more(stage) and not carries_on(stage)))
    ) is not None:
        return found
    if stage.meant.choice and len(stage.meant.choice) > 1:
        numbers = [str(stage.film.number(i)) for i in stage.meant.choice]
        return Found(
            problem=f"Which shots do you mean: {', '.join(numbers)}?",
            choices=tuple(f"Make shot {n} night" for n in numbers[:1]),
        )
    context = _about_sound(stage, message)
    if _ONE_BY_ONE.search(stage.text):
        return Found(
            problem="I give each shot a value of its own; say which shot should get which.",
            choices=tuple(f"Make shot {n} faster" for n in range(2, min(4, len(stage.film.shots)) + 1)),
        )
    edits: list[Edit] = [*take_sound(line, stage.film, context=context)]
    if stage.shots and not MUSICAL.search(stage.text):
        # "the witch should be scarier" is for her shot: no words about sound, no other bed for the film.
        aloud = re.search(
            r"\b(?:volume|loud|louder|quiet|quieter|sounds?|noise|noisy|audio|mute|muted|silent"
            r"|hear)\b",
            stage.text,
        )
        edits = [edit for edit in edits if not isinstance(edit, e.SetSound) or (aloud and not edit.bed)]
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
    values = [*lit(line), *scene_values(line, camera_words=weak)]
    if values and not stage.meant.named and (match := _A_PLACE.search(line.free)) and not PUT_IN.search(stage.text):
        like = stage.finder.looking_like(match["what"])
        if like:
            line.use(match.start(), match.end())
            stage.meant = Meant(tuple(like))
    seen: list[Name] = []
    inherits = stage.meant.pronoun and not re.search(r"\b(?:there|that|this|both|those|these)\b", stage.text)
    if stage.cast and (not stage.meant.named or inherits):
        seen = _where_they_are(stage, values)
    shots = _contrasted(stage, values, earlier, message) or reach_of(stage, values, message)
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
        lead = _NEAR.search(line.free[: name.start])
        line.use(lead.start() if lead else name.start, name.end)
    rest = _cast_order(stage) if not OBSERVED.search(stage.text) or _COMPARED.search(stage.text) else None
    if rest is not None and pace.edits and all(isinstance(edit, e.SetAction) for edit in rest.edits):
        rest = None  # "the bees can buzz about faster": how fast, not what
    if rest is not None and values and _only_says_again(stage, rest.edits):
        rest = None  # "he should hold it outside in the snow": he holds it already
    if rest is not None and any(v.field == "weather" for v in values) and re.search(r"\bit should\b", stage.text):
        rest = None  # "it should rain"
    if rest is not None and ((rest.problem and not edits) or rest.edits):
        return Found([*edits, *rest.edits], rest.problem, rest.choices)
    if (question := unnamed(stage, edits)) is not None:
        return question
    if not edits and (found := _put_out(stage) or taken_out(stage)) is not None:
        return found
    elsewhere = any(isinstance(edit, e.SetAspect | e.SetResolution | e.SetSound | e.SetStyle) for edit in edits)
    if (not elsewhere or PUT_IN.search(stage.text)) and not (
        stage.cast and not edits and not PUT_IN.search(stage.text)
    ):
        place = "" if _NO_PLACE.search(stage.text) or OBSERVED.search(stage.text) else place_in(stage)
        set_already = any(isinstance(x, e.SetSetting) for x in earlier)
        if place and set_already and len(stage.film.cast) == 1 and len(stage.text.split()) <= 6:
            who = stage.film.cast[0]
            return Found(
                [e.ChangeCast(cast_id=who.id, description=", ".join(p for p in (who.description, stage.text) if p))]
            )
        if place and values and place.split()[-1].lower() in _PARTS_OF_A_PLACE:
            place = ""  # "rain against the windows"
        if place:
            shots = reach_of(stage, [Value("setting", place, 0, 0)], message)
            like = [] if shots or stage.meant.named else stage.finder.looking_like(" ".join(line.left()))
            if len(like) == 1 and _HAVE_THEM.search(stage.text):
                shots = tuple(like)  # "have them nap in a hammock": where they nap
            edits.append(e.SetSetting(shots=shots, setting=place))
    return Found(edits) if edits else None


def _contrasted(stage: Stage, values: list[Value], earlier: Sequence[Edit], message: str) -> tuple[str, ...]:
    """The shots of "not night, dusk": those in which it is not to be night."""
    if stage.meant.named or not values or not earlier or not re.search(r"\b(?:no|not|never|less)\b", message):
        return ()
    last = earlier[-1]
    return tuple(getattr(last, "shots", ())) if type(last) is SETS.get(values[0].field) else ()


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


def _only_says_again(stage: Stage, edits: Sequence[Edit]) -> bool:
    """Whether all that is found is what the shots show already, in fewer words."""
    for edit in edits:
        if not isinstance(edit, e.SetAction) or not edit.shots:
            return False
        first = bag(edit.action.split()[0])
        if not all(first & bag(stage.shot(i).action) for i in edit.shots):
            return False
    return bool(edits)


def _put_out(stage: Stage) -> Found | None:
    """The light taken out by a word of it: "kill the flicker"."""
    match = _WITHOUT.search(stage.text)
    wanted = bag(match["what"]) if match else frozenset()
    lit_so = tuple(s.id for s in stage.film.shots if any(alike(a, b) for a in wanted for b in bag(s.lighting)))
    if not lit_so:
        return None
    stage.line.use(0, len(stage.text))
    return Found([e.SetLighting(shots=lit_so if len(lit_so) < len(stage.film.shots) else (), lighting="")])


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


def _where_they_are(stage: Stage, values: list[Value]) -> list[Name]:
    """What a shot can be and its pace are, with somebody who is not everywhere, for the shots they are in."""
    line = stage.line
    if not values and not take_pace(line.part(0, len(line.text)), stage.film, (), each=False).edits:
        return []
    names = [name for name in names_in(Line.plain(stage.text), stage.film) if not name.indefinite]
    inside = shots_of(stage.film, names) if names else ()
    if not inside:
        return []
    stage.meant = Meant(inside)
    return names


def _cast_order(stage: Stage) -> Found | None:
    """What a clause does to the cast, also after the place it is for: "in the corridor, a colleague walks along"."""
    if (found := read_cast_order(stage)) is not None:
        # Words that were read already are no part of a place: "with a server room everywhere".
        edits = [
            edit.model_copy(update={"setting": edit.setting.rstrip(f" {TAKEN}")})
            if isinstance(edit, e.SetSetting)
            else edit
            for edit in found.edits
        ]
        if any(TAKEN in str(edit) for edit in edits):
            return None
        return Found(edits, found.problem, found.choices)
    place = re.match(r"^[·\s,]*·[·\s,]*(?:and\s+)?(?=[a-z])", stage.line.free)
    if place is None or not stage.meant.named:
        return None
    found = read_cast_order(replace(stage, line=stage.line.part(place.end(), len(stage.text))))
    if found is not None and found.edits:
        stage.line.use(0, len(stage.text))
    return found
