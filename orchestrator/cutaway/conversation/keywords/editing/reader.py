"""A message about the film there is becomes edits: what it names and what it wants, clause by clause."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from cutaway.conversation.keywords.cast_looks import read_pictured
from cutaway.conversation.keywords.editing.cast_meant import Name, names_in
from cutaway.conversation.keywords.editing.cast_orders import read_cast_order
from cutaway.conversation.keywords.editing.clause_values import reach_of, valued
from cutaway.conversation.keywords.editing.continuing import read_continuing
from cutaway.conversation.keywords.editing.film_values import MUSICAL, take_frame, take_look, take_sound, take_style
from cutaway.conversation.keywords.editing.line import Line
from cutaway.conversation.keywords.editing.looking_back import NOT_FOR_US, look_back
from cutaway.conversation.keywords.editing.memory import remembered
from cutaway.conversation.keywords.editing.new_shots import read_new_shot
from cutaway.conversation.keywords.editing.pace import SECONDS, take_pace
from cutaway.conversation.keywords.editing.places_meant import PUT_IN, place_in
from cutaway.conversation.keywords.editing.scene_values import Value, scene_values
from cutaway.conversation.keywords.editing.shot_orders import read_shot_order, taken_out
from cutaway.conversation.keywords.editing.shots_meant import Finder, Meant
from cutaway.conversation.keywords.editing.shouted import quoted
from cutaway.conversation.keywords.editing.splitting import clauses, sentences, without_lead
from cutaway.conversation.keywords.editing.stage import Found, Stage
from cutaway.conversation.keywords.editing.words_meant import kind_in, speaks_of_words
from cutaway.conversation.keywords.editing.words_orders import read_words, words_corrected
from cutaway.conversation.keywords.editing.words_written import adding
from cutaway.conversation.keywords.heard import Heard
from cutaway.conversation.keywords.refusals import say_refusal
from cutaway.conversation.keywords.segments import Segment
from cutaway.conversation.keywords.targets import EVERYWHERE, WHOLE, Target, scope_of
from cutaway.conversation.keywords.words import FILLERS
from cutaway.conversation.plan import Situation
from cutaway.errors import EditError
from cutaway.storyboard import edits as e
from cutaway.storyboard.apply import apply
from cutaway.storyboard.edits import Edit
from cutaway.storyboard.model import Storyboard

MAX_CHARS: Final = 600
_CAMERA_TALK: Final = re.compile(r"\b(?:camera|pan|tilt|zoom|dolly|lens|view|sweep|push|pull|crane)\b")
_CUES: Final = frozenset("except apart excluding second third first last same likewise ditto plus wrong oops".split())
_TALK: Final = FILLERS | frozenset(
    """no not never sorry meant mean wait hm oh rather instead actually though again both them they he she his her
    him its who which what where when while because bit shot one ones part scene needs need ought might must
    should could feel feels going start starts starting begin begins say says said see please want wants like
    likes love think guess thing things kind sort sure thanks thank fine good great nice perfect better best
    nicer lovely ok till until into onto out off up down over there here than about around only any some other
    does did doing been being had has have was were if or put come comes keep keeps leave go goes get gets got
    try yet today way at all else completely totally entirely exactly simply basically absolutely proper
    properly slowly gently smoothly quickly softly quite too much more less even still just now anymore always
    ever later away across through along bring happen happens happening everywhere nowhere picture image frame
    film video movie piece ending end beginning whole time times last first second third amount everything
    nothing anything enough idea my mistake course obviously apparently probably definitely already ago hello
    hey yes prefer suggest imagine hope suppose believe wish wonder after well""".split()
)

_NEW_FILM: Final = re.compile(
    r"\b(?:make|create|generate|produce|render|start|do|give me|show me|i want|i need"
    r"|need|want)\s+(?:me\s+|us\s+)?(?:a|an|another|one more)\s+(?:(?:completely|totally"
    r"|new|second|short|quick|different|fresh|\w+-?second|vertical|square)\s+){0,3}(?:video"
    r"|film|movie|clip|ad|teaser|trailer)\b|\bnew (?:film|video|movie|project)\b|\bstart (?:over"
    r"|again|from scratch)\b",
    re.I,
)
_UNMADE: Final = re.compile(
    r"\b(?:logo|water-?mark|qr[ -]?code|voice-?over|narrat\w+|my voice|lip[ -]?sync\w*"
    r"|3d glasses|file format|mp4|gif|download|hashtag)s?\b",
    re.I,
)
_REASON: Final = re.compile(r"^(?:it (?:plays?|is|will|goes|runs)|that is|which|because|since|as (?:it|we|i))\b")
_LACKS: Final = re.compile(
    r"\b(?:(?:has|does|have) not (?:got |have )?|has no|lacks|needs|is missing|is without|still needs|misses|without)\b"
)
_A_PLACE: Final = re.compile(r"\b(?:a|an)\s+·+\s+(?P<what>[a-z]+)\b")
_ON_WHOM: Final = re.compile(r"\b(?:on|for|of|with|to|around|towards?)\s+(?P<who>(?:the|my|our|that)\s+[a-z]+)\s*$")
_PACED: Final = re.compile(r"\b(?:slow|slower|slo|fast|faster|speed|half|double)\b")
_RATHER: Final = re.compile(
    r"(?<=\w)[\s.,;:-]+(?:no,? wait|wait,? no|i mean|scratch that|or rather|no,? sorry"
    r"|sorry,? no|correction|no,? i meant|i meant|no,? not that)\b[\s,.:;-]*"
)
_NAMES: Final = re.compile(r"\b(?:first|second|third|last|both|others?|rest|one|it|him|her|them|\d+)\b")
_WHY_BUT: Final = re.compile(
    r"^(?:and |also |but |ok |hey )*why (?:is|are|does|do|did|was|were)\b[^?]{3,60}?\??\s*(?=\b(?:he|she|it"
    r"|they|the \w+)\s+should\b)"
)
_LENGTH_BY_FEEL: Final = re.compile(r"\b(?:longer|shorter|too long|too short)\b(?!.*\d)")
_REST_STAYS: Final = re.compile(
    r"^(?:but |and )*(?:not )?(?:the )?(?:rest|others?|other (?:shots?|ones?))\s*(?:no|not|stays?|remains?"
    r"|stand|as (?:it|they|is)\b"
    r"|unchanged|can stay|untouched|keep)?[\w ]{0,24}$"
)
_PLACE_FIRST: Final = re.compile(r"^(?:and |also |then )*(?:in|on|at|for|during|over|under|when|while|where)\b")
_CUES_ALONE: Final = frozenset("too also only not just except same likewise ditto as well".split())
_BY_WHOM: Final = re.compile(r"^(?:no |but )*(?:not|only|just|except|but not)\s+(?:on|for|in|with|where|when|over)\b")
_THAT_IS: Final = re.compile(r"^(?:so|that is|i mean|meaning|namely|which is|in other words)\b")
_DESCRIBES: Final = re.compile(r"\b(?:a|an|two|three|some)\s+(?:[a-z-]+ ){1,3}?[a-z]+(?:s|ing)\b|⟪")


@dataclass(slots=True)
class Reading:
    """The edits of a message, known to apply. `unused` are words of changed clauses that had no effect."""

    edits: list[Edit] = field(default_factory=list)
    scopes: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    problem: str = ""
    choices: tuple[str, ...] = ()
    same: bool = False

    @property
    def sure(self) -> bool:
        """Whether every word of the message is accounted for."""
        told = any(_DESCRIBES.search(words.lower()) for words in self.aside)
        return bool(self.edits) and not self.unused and not told and not self.problem


def read_editing(heard: Heard) -> Reading | None:
    """The changes a message asks for, or None when there is no film or the message is no change at all."""
    situation = heard.situation
    film = situation.storyboard
    if film is None or not heard.masked.text or len(heard.masked.text) > MAX_CHARS:
        return None
    if _NEW_FILM.search(heard.masked.text) or _UNMADE.search(heard.masked.text):
        return None
    own = _own_words(film)
    masked = quoted(heard.masked)
    message = Line(masked, masked.text, own)
    if why := _WHY_BUT.match(message.text):
        message = message.part(why.end(), len(message.text))
    adds = (
        situation.context
        and re.match(r"^(?:and|also|plus)\b[^?]*$", message.text)
        and situation.before
        and situation.before.overlays != film.overlays
    )
    asks = [_asks(part) for part in sentences(message)]
    if not adds and asks and (all(asks) or (asks[0] and len(asks) > 1 and "?" not in message.text)):
        return None
    reader = _Reader(situation, film, message)
    if why and len(like := reader.finder.looking_like(why[0])) == 1:
        reader.memory.shots = tuple(like)
    return reader.read()


def _asks(line: Line) -> bool:
    return bool(NOT_FOR_US.search(without_lead(line).text) or NOT_FOR_US.search(line.text))


def _own_words(film: Storyboard) -> frozenset[str]:
    said = [f"{m.kind} {m.name} {m.description} {m.colour}" for m in film.cast]
    said += [f"{s.action} {s.setting}" for s in film.shots]
    return frozenset(word for text in said for word in re.findall(r"[^\W\d_]+", text.lower()))


class _Reader:
    """Reads one message; the film it works on takes each edit as it is found."""

    def __init__(self, situation: Situation, film: Storyboard, message: Line) -> None:
        self.situation = situation
        self.before = self.film = film
        self.message = message
        self.memory = remembered(situation)
        self.finder = Finder(film, self.memory)
        self.reading = Reading()
        look_back(self.memory, film, _own_words(film))

    def read(self) -> Reading:
        reading = self.reading
        if self._free_text():
            return self._done()
        memory = self.memory
        if (
            memory.overlays
            and not memory.fields
            and not memory.members
            and not memory.film_fields
            and len(self.message.text.split()) <= 14
            and "⟪" not in self.message.text
            and not re.search(r"\b(?:caption|title|subtitle|shot|scene|seconds?|add|put|write)s?\b", self.message.text)
        ):
            whole = self._stage(self.message.part(0, len(self.message.text)))
            frame, _ = take_frame(whole.line.part(0, len(whole.text)))
            if not whole.meant.named and not frame and (found := words_corrected(whole)) is not None:
                self._take(whole, found)
                reading.unused.clear()
                return self._done()
        if self._corrected():
            return self._done()
        parts = _announced(sentences(self.message))
        for n, sentence in enumerate(parts):
            if len(parts) > 1 and _asks(sentence):
                names = names_in(sentence, self.film)
                self.memory.cast = tuple(dict.fromkeys([*(name.cast_id for name in names), *self.memory.cast]))
                continue
            if self._lacking(parts, n):
                break
            self._sentence(sentence, first=n == 0, alone=len(parts) == 1)
            if reading.problem:
                return reading
        if not reading.edits:
            whole = self._stage(self.message.part(0, len(self.message.text)))
            if (found := words_corrected(whole)) is not None:
                self._take(whole, found)
                reading.unused.clear()
                reading.aside.clear()
        return self._done()

    def _corrected(self) -> bool:
        """The words "... no wait, in the street": what comes last counts, or the shots it names do."""
        match = _RATHER.search(self.message.text)
        if match is None:
            return False
        after = self.message.part(match.end(), len(self.message.text))
        if len(after.text.split()) < 2:
            return False
        stage = self._stage(without_lead(after.part(0, len(after.text))))
        if not stage.meant.shots or _content(stage):
            trial = _Reader(self.situation, self.before, after)
            if trial.read().edits or trial.reading.problem:
                self.reading, self.film = trial.reading, trial.film
                return True
            return False
        for sentence in sentences(self.message.part(0, match.start())):
            self._sentence(sentence, first=True, alone=True)
        if self.reading.edits and not self.reading.problem:
            self._extend(stage, instead=True)
        return bool(self.reading.edits)

    def _done(self) -> Reading:
        reading = self.reading
        reading.same = bool(reading.edits) and self.film == self.before
        return reading

    def _free_text(self) -> bool:
        """Words after "caption: " are the person's own to the end of the message."""
        text = self.message.text
        if (
            "⟪" in text
            or ":" not in text
            or not re.match(
                r"^[^:.!?]{0,80}\b(?:caption|title|subtitle|lower third|label|text|words"
                r"|end card|price tag|name tag|headline|card)s?\b[^:.!?]{0,60}:",
                text,
            )
        ):
            return False
        stage = self._stage(without_lead(self.message.part(0, len(text))), places=False)
        found = read_words(stage)
        return found is not None and self._take(stage, found)

    def _lacking(self, parts: list[Line], n: int) -> bool:
        """The words "the third has no caption yet. Water daily": a shot without words, and then the words."""
        if n + 2 != len(parts) or not _LACKS.search(parts[n].text) or not self.film.overlays:
            return False
        stage = self._stage(parts[n].part(0, len(parts[n].text)))
        if not stage.shots or not (
            speaks_of_words(stage.text) or speaks_of_words(" ".join(self.memory.said[:2]).lower())
        ):
            return False
        kind = kind_in(stage.text) or self.film.overlays[-1].kind
        text = self.message.masked.bare(parts[n + 1].typed(0, len(parts[n + 1].text)))
        stage.line.use(0, len(stage.text))
        self._take(stage, Found(adding(self.film, kind, text, stage.shots, [])))
        return True

    def _stage(self, line: Line, *, alone: bool = True, places: bool = True) -> Stage:
        if self.finder.film is not self.film:
            self.finder = Finder(self.film, self.memory)
        finder = self.finder
        meant = finder.all_in(line, places=places and not PUT_IN.search(line.text))
        names = names_in(line, self.film)
        return Stage(
            line,
            self.film,
            self.memory,
            finder,
            meant,
            tuple(dict.fromkeys(n.cast_id for n in names)),
            alone,
            self.situation.images,
            self.situation.context,
        )

    def _sentence(self, line: Line, *, first: bool, alone: bool) -> None:
        line = without_lead(line)
        fresh = line.part(0, len(line.text))
        stage = self._stage(fresh, alone=alone)
        if stage.meant.wrong:
            there = "There is 1 shot" if len(self.film.shots) == 1 else f"There are {len(self.film.shots)} shots"
            self._problem(
                f"{there} in this film, so there is no shot {stage.meant.wrong}.",
                (f"Make shot {len(self.film.shots)} night",),
            )
            return
        if self.situation.images and (found := self._pictured(stage)) is not None:
            self._take(stage, found)
            return
        pieces = clauses(line)
        for read in (read_words, read_new_shot):
            again = self._stage(line.part(0, len(line.text)), alone=alone, places=read is read_words)
            if (found := read(again)) is not None:
                self._take(again, found)
                return
        if len(pieces) > 1 and (joint := self._whole(line, pieces)) is not None:
            self._take(*joint)
            return
        self._pieces([p.part(0, len(p.text)) for p in pieces], alone=alone)

    def _pictured(self, stage: Stage) -> Found | None:
        """A picture that was given, for one of the cast."""
        text = stage.line.typed(0, len(stage.text))
        target = Target(stage.shots, scope_of(self.film, stage.shots), text)
        reading = read_pictured(Segment(text, stage.line.masked, self.film, target, self.situation.images))
        if reading is None:
            return None
        stage.line.use(0, len(stage.text))
        return Found(list(reading.edits), reading.problem, reading.choices)

    def _whole(self, line: Line, pieces: list[Line]) -> tuple[Stage, Found] | None:
        """Changes a sentence asks for only as a whole: swaps, "not this but that"."""
        stage = self._stage(line.part(0, len(line.text)))
        if (
            re.search(
                r"\b(?:swap|switch|exchange|not|instead|rather|replaced?|only|repeat"
                r"|reverse|backwards)\b|^(?:it|that|he|she) (?:was|is) an? [\w ]+, no \w+$|^(?:[\w ]+): ",
                stage.text,
            )
            and len(pieces) <= 3
        ) or re.search(r",\s+(?:a|an)\s+(?:\w+\s+){0,4}\w+$", stage.text):
            if (
                (found := read_shot_order(stage))
                and found.edits
                and not any(isinstance(edit, e.SetLock | e.Retake) for edit in found.edits)
            ):
                return stage, found
            if re.search(
                r"\bnot\b|\binstead\b|\brather than\b|\bonly\b|\breplaced?\b|, no \w+$|,\s+(?:a"
                r"|an)\s+(?:\w+\s+){0,4}\w+$",
                stage.text,
            ) and not re.search(r"\band (?:make|put|add|set|have|let)\b", stage.text):
                again = self._stage(line.part(0, len(line.text)))
                quiet = again.line.part(0, len(again.text))
                if (
                    not scene_values(quiet, camera_words=False)
                    and (found := read_cast_order(again))
                    and found.edits
                    and not any(isinstance(x, e.RemoveCast) for x in found.edits)
                ):
                    return again, found
        return None

    def _pieces(self, pieces: list[Line], *, alone: bool) -> None:
        """The clauses of a sentence; one that only names something goes with its neighbour."""
        waiting: Line | None = None
        heard: Stage | None = None
        spared: Meant | None = None
        for n, piece in enumerate(pieces):
            line = without_lead(piece)
            if (
                n
                and not [w for w in re.findall(r"[^\W\d_]+", line.text) if w not in _TALK]
                and len(line.text.split()) < 3
                and not _NAMES.search(line.text)
            ):
                continue
            if _REST_STAYS.match(line.text) and (self.reading.edits or heard is not None):
                continue
            if waiting is not None:
                line = _joined(waiting, line)
                waiting = None
            if n + 1 < len(pieces) and _LENGTH_BY_FEEL.search(line.text) and re.match(SECONDS, pieces[n + 1].text):
                waiting = line  # "a bit longer, five seconds": the figure counts
                continue
            stage = self._stage(line.part(0, len(line.text)), alone=alone and len(pieces) == 1)
            if (
                heard is not None
                and _REASON.match(piece.text)
                and self.reading.edits
                and isinstance(self.reading.edits[-1], e.SetSound | e.SetAspect | e.SetResolution | e.SetStyle)
            ):
                continue
            if spared is not None and (not stage.meant.named or stage.meant.pronoun):
                stage.meant = spared
            if (
                re.match(r"^(?:except|apart from|but not)\b", line.text)
                and n + 1 < len(pieces)
                and stage.meant.shots
                and not _content(stage)
            ):
                spared = Meant(tuple(i for i in self.finder.ids if i not in stage.meant.shots))
                continue
            if _THAT_IS.match(piece.text) and stage.meant.shots and self.reading.edits and not _content(stage):
                self._extend(stage, instead=True)
                continue
            if (
                (not stage.meant.named or stage.meant.pronoun)
                and heard is not None
                and heard.meant.named
                and not any(isinstance(x, e.RemoveShot) for x in self.reading.edits)
            ):
                stage.meant = replace(heard.meant, pronoun=True)
                inherited = True
            else:
                inherited = False
            if (
                n == 0
                and len(pieces) > 1
                and stage.meant.shots
                and _PLACE_FIRST.match(line.text)
                and not (set(_content(stage)) | _CUES_ALONE & set(line.text.split()))
            ):
                waiting = line
                continue
            if not stage.meant.named and stage.cast and _BY_WHOM.match(line.text):
                inside = tuple(s.id for s in self.film.shots if set(stage.cast) & set(s.cast))
                if inside and len(inside) < len(self.film.shots):
                    stage.meant, stage.cast = Meant(inside), ()
            found = self._clause(stage)
            if found is not None and (found.edits or found.problem or _spoken_for(found)):
                self._take(stage, found)
                heard = stage
                if stage.meant.shots:
                    self.memory.shots = stage.meant.shots
                if self.reading.problem:
                    return
                continue
            if stage.meant.shots and not inherited:
                self.memory.shots = stage.meant.shots
                heard = stage
            own = stage.meant.named and not inherited
            if MUSICAL.search(stage.text) and n + 1 < len(pieces):
                waiting = line
                continue
            if (own or stage.cast) and n + 1 < len(pieces) and not stage.line.left():
                waiting = line
                continue
            if (own or stage.cast) and n + 1 < len(pieces) and len(_content(stage)) <= 1:
                waiting = line
                continue
            if own and not _content(stage) and self.reading.edits:
                self._extend(stage)
                continue
            if stage.cast and not stage.meant.named:
                inside = tuple(s.id for s in self.film.shots if set(stage.cast) & set(s.cast))
                if inside and len(inside) < len(self.film.shots):
                    self.memory.shots = inside
            if not stage.meant.named:
                doing = " ".join(re.findall(r"\b[a-z]{2,}ing\b", stage.text))
                if doing and len(like := self.finder.looking_like(doing)) == 1:
                    self.memory.shots = tuple(like)
            if (content := _content(stage)) or stage.cast:
                self.reading.aside.append(line.typed(0, len(line.text)))
                del content

    def _extend(self, stage: Stage, *, instead: bool = False) -> None:
        """The last edit of this message reaches these shots too: "slower in the first and the last"."""
        last = self.reading.edits[-1]
        shots = getattr(last, "shots", None)
        if shots is None or (not shots and not instead):
            return
        reach = stage.shots if instead else tuple(dict.fromkeys((*shots, *stage.shots)))
        more = last.model_copy(update={"shots": reach})
        try:
            self.film = apply(self.before, [*self.reading.edits[:-1], more])
        except EditError:
            return
        self.reading.edits[-1] = more
        self.reading.scopes[-1] = scope_of(self.before, reach)

    def _says_more(self, stage: Stage) -> bool:
        """Whether a clause says something of its own besides naming shots."""
        if set(_content(stage)) - _CUES or stage.cast:
            return True
        line = stage.line.part(0, len(stage.text))
        return bool(
            scene_values(line, camera_words=False)
            or line.find(MUSICAL)
            or take_pace(line, self.film, (), each=False).edits
        )

    def _clause(self, stage: Stage) -> Found | None:
        line = stage.line
        if (found := read_words(stage)) is not None:
            return found
        if (found := read_shot_order(stage)) is not None:
            return found
        if (found := read_continuing(stage, more=self._says_more(stage))) is not None:
            return found
        if stage.meant.choice and len(stage.meant.choice) > 1:
            numbers = [str(self.film.number(i)) for i in stage.meant.choice]
            return Found(
                problem=f"Which shots do you mean: {', '.join(numbers)}?",
                choices=tuple(f"Make shot {n} night" for n in numbers[:1]),
            )
        context = (
            bool(self.memory.film_fields)
            and all(f.startswith("sound") for f in self.memory.film_fields)
            and not self.memory.fields
        )
        context = context and not stage.meant.named and len(stage.text.split()) <= 4 and "night" not in stage.text
        edits: list[Edit] = [*take_sound(line, self.film, context=context)]
        on = _ON_WHOM.search(line.free) if stage.cast and not stage.meant.named else None
        protected = _protect(stage)
        frame, refused = take_frame(line)
        if refused:
            return Found(problem=f"I make films in 480p or 720p; {refused} is not one of them.", choices=("In 720p",))
        look = take_look(line, self.film) if not stage.shots else []
        look += take_style(line, like=False) if not look and not stage.shots else []
        weak = bool(_CAMERA_TALK.search(stage.text)) or bool(
            self.memory.fields.get("camera")
            and self.memory.only("camera")
            and len(stage.text.split()) <= 4
            and not stage.cast
        )
        values = scene_values(line, camera_words=weak)
        if values and not stage.meant.named and (match := _A_PLACE.search(line.free)) and not PUT_IN.search(stage.text):
            like = self.finder.looking_like(match["what"])
            if like:
                line.use(match.start(), match.end())
                stage.meant = Meant(tuple(like))
        if on and (values or line.find(_PACED)) and (names := names_in(Line.plain(on["who"]), self.film)):
            inside = tuple(s.id for s in self.film.shots if names[0].cast_id in s.cast)
            if inside and len(inside) < len(self.film.shots):
                stage.meant = Meant(inside)
            line.use(on.start(), on.end())
        seen: list[Name] = []
        inherits = stage.meant.pronoun and not re.search(r"\b(?:there|that|this|both|those|these)\b", stage.text)
        if stage.cast and (not stage.meant.named or inherits):
            seen = self._where_they_are(stage, values)
        shots = reach_of(stage, values, self.message.text)
        pace = take_pace(
            line, self.film, shots, each=bool(stage.shots) or (stage.meant.whole and "film" not in stage.text)
        )
        if pace.problem:
            return Found(problem=pace.problem, choices=pace.choices)
        edits += [*frame, *look]
        edits += valued(values, shots, stage)
        edits += pace.edits
        if not edits and not stage.shots:
            edits += take_style(line, like=True)
        _release(line, protected)
        for name in seen:
            line.use(name.start, name.end)
        rest = _cast_order(stage)
        if rest is not None and pace.edits and all(isinstance(edit, e.SetAction) for edit in rest.edits):
            rest = None  # "the bees can buzz about faster": how fast, not what
        if rest is not None and any(v.field == "weather" for v in values) and re.search(r"\bit should\b", stage.text):
            rest = None  # "it should rain"
        if rest is not None and ((rest.problem and not edits) or rest.edits):
            return Found([*edits, *rest.edits], rest.problem)
        if not edits and (found := taken_out(stage)) is not None:
            return found
        elsewhere = any(isinstance(edit, e.SetAspect | e.SetResolution | e.SetSound | e.SetStyle) for edit in edits)
        if (not elsewhere or PUT_IN.search(stage.text)) and not (
            stage.cast and not edits and not PUT_IN.search(stage.text)
        ):
            place = "" if re.match(r"not\b", stage.text) else place_in(stage)
            set_already = any(isinstance(x, e.SetSetting) for x in self.reading.edits)
            if place and set_already and len(self.film.cast) == 1 and len(stage.text.split()) <= 6:
                who = self.film.cast[0]
                return Found(
                    [e.ChangeCast(cast_id=who.id, description=", ".join(p for p in (who.description, stage.text) if p))]
                )
            if place:
                shots = reach_of(stage, [Value("setting", place, 0, 0)], self.message.text)
                edits.append(e.SetSetting(shots=shots, setting=place))
        return Found(edits) if edits else None

    def _where_they_are(self, stage: Stage, values: list[Value]) -> list[Name]:
        """Camera, light and pace of somebody who is not everywhere are for the shots they are in."""
        line = stage.line
        fields = {v.field for v in values}
        spared = re.search(r"\b(?:rest|others?)\b", self.message.text)
        if (
            not fields & {"camera", "lighting", "transition"}
            and not (fields and spared)
            and not (not values and take_pace(line.part(0, len(line.text)), self.film, (), each=False).edits)
        ):
            return []
        names = [name for name in names_in(Line.plain(stage.text), self.film) if not name.indefinite]
        if len({name.cast_id for name in names}) != 1:
            return []
        inside = tuple(s.id for s in self.film.shots if names[0].cast_id in s.cast)
        if inside and len(inside) < len(self.film.shots):
            stage.meant = Meant(inside)
            return names
        return []

    def _take(self, stage: Stage, found: Found) -> bool:
        """Apply what was found; True when the film took it."""
        if found.problem and not found.edits and self.reading.edits and found.problem == "In which shot?":
            self.reading.aside.append(stage.line.typed(0, len(stage.text)))
            return False
        if found.problem and not found.edits:
            self._problem(found.problem, found.choices)
            return True
        if not found.edits:
            return False
        edits = list(found.edits)
        try:
            after = apply(self.film, edits)
        except EditError as error:
            problem, choices = say_refusal(self.film, edits, error)
            self._problem(problem, choices)
            return True
        self.film = after
        self.reading.edits += edits
        spoken = [edit.cast_id for edit in edits if isinstance(edit, e.ChangeCast)]
        spoken += [edit.member.id for edit in edits if isinstance(edit, e.AddCast)]
        self.memory.cast = tuple(dict.fromkeys([*spoken, *self.memory.cast]))
        self.reading.scopes.append(_scope(self.before, after, edits))
        unused = _content(stage)
        if unused:
            self.reading.unused.append(" ".join(unused))
        return True

    def _problem(self, problem: str, choices: tuple[str, ...]) -> None:
        self.reading.problem, self.reading.choices = problem, choices


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


def _spoken_for(found: Found) -> bool:
    return not found.edits and not found.problem


def _announced(parts: list[Line]) -> list[Line]:
    """The words "End card! 'Open late'": a kind of words and then the words are one sentence."""
    found: list[Line] = []
    for part in parts:
        kind = found[-1].text if found else ""
        if (
            kind_in(kind)
            and len(kind.split()) <= 6
            and not re.search(r"[⟪:]|\b(?:no|not|off|remove|delete|drop|lose|kill|out|without)\b", kind)
            and re.fullmatch(r"(?:it (?:says|should say) |please |saying )?⟪\d+⟫(?: please)?", part.text.strip())
        ):
            found[-1] = _joined(found[-1], part, ": ")
        else:
            found.append(part)
    return found


def _joined(first: Line, second: Line, gap: str = "") -> Line:
    """Two neighbouring clauses as one again."""
    line = first.part(0, len(first.text))
    gap = gap or (" and " if not second.text.startswith(("and", "but")) else " ")
    line.text = f"{first.text}{gap}{second.text}"
    line.free = line.text
    end = first._ends[-1] if first._ends else 0
    line._starts = [*first._starts, *[end] * len(gap), *second._starts]
    line._ends = [*first._ends, *[end] * len(gap), *second._ends]
    return line


def _content(stage: Stage) -> list[str]:
    """The words of a clause that were not read and say something."""
    named = {word for name in names_in(stage.line, stage.film) for word in stage.text[name.start : name.end].split()}
    return [word for word in stage.line.left() if word not in _TALK | named and not word.startswith("⟪")]


def _protect(stage: Stage) -> list[tuple[int, int, str]]:
    """Names of the cast that hold words of weather or light are no such values while those are looked for."""
    kept: list[tuple[int, int, str]] = []
    line = stage.line
    for name in names_in(line, stage.film):
        words = line.free[name.start : name.end]
        if len(words.split()) > 1:
            kept.append((name.start, name.end, words))
            line.free = line.free[: name.start] + "¤" * len(words) + line.free[name.end :]
    return kept


def _release(line: Line, kept: list[tuple[int, int, str]]) -> None:
    for start, end, words in kept:
        line.free = line.free[:start] + words + line.free[end:]


def _scope(before: Storyboard, after: Storyboard, edits: list[Edit]) -> str:
    if all(isinstance(edit, e.ReplaceText) for edit in edits):
        return EVERYWHERE
    shots: list[str] = []
    for edit in edits:
        if isinstance(edit, e.AddShot):
            return "a new shot"
        named = getattr(edit, "shots", None)
        one = getattr(edit, "shot", None)
        if isinstance(edit, e.AddOverlay):
            one = edit.overlay.shot_id
        elif isinstance(edit, e.ChangeOverlay | e.RemoveOverlay):
            one = next((o.shot_id for o in before.overlays if o.id == edit.overlay_id), None)
        shots += [*(named or ()), *([one] if isinstance(one, str) else [])]
    film = before if all(before.shot(s) for s in shots) else after
    return scope_of(film, tuple(dict.fromkeys(s for s in shots if film.shot(s)))) if shots else WHOLE
