"""A message about the film there is becomes edits: what it names and what it wants, clause by clause."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from cutaway.conversation.keywords.cast_looks import read_pictured
from cutaway.conversation.keywords.editing.cast_joining import joined
from cutaway.conversation.keywords.editing.cast_meant import names_in
from cutaway.conversation.keywords.editing.cast_orders import read_cast_order
from cutaway.conversation.keywords.editing.cast_wearing import read_looks
from cutaway.conversation.keywords.editing.clause_reader import read_clause
from cutaway.conversation.keywords.editing.deed_words import read_deed_word
from cutaway.conversation.keywords.editing.figures import complains_of_pace, is_figure, read_row
from cutaway.conversation.keywords.editing.film_values import MUSICAL, take_frame
from cutaway.conversation.keywords.editing.leftover import TALK, content
from cutaway.conversation.keywords.editing.line import Line
from cutaway.conversation.keywords.editing.look_words import is_look
from cutaway.conversation.keywords.editing.looking_back import NOT_FOR_US, look_back
from cutaway.conversation.keywords.editing.memory import remembered
from cutaway.conversation.keywords.editing.new_shots import read_new_shot
from cutaway.conversation.keywords.editing.notes_shown import read_notes
from cutaway.conversation.keywords.editing.pace import SECONDS
from cutaway.conversation.keywords.editing.places_meant import PUT_IN
from cutaway.conversation.keywords.editing.reading import Reading, reached
from cutaway.conversation.keywords.editing.remarks import is_remark
from cutaway.conversation.keywords.editing.scene_values import scene_values
from cutaway.conversation.keywords.editing.sense import sensible
from cutaway.conversation.keywords.editing.shot_orders import kept_only, read_shot_order
from cutaway.conversation.keywords.editing.shots_meant import Finder, Meant
from cutaway.conversation.keywords.editing.shots_of_cast import shots_of
from cutaway.conversation.keywords.editing.shouted import quoted
from cutaway.conversation.keywords.editing.splitting import clauses, sentences, without_lead
from cutaway.conversation.keywords.editing.stage import Found, Stage
from cutaway.conversation.keywords.editing.words_letters import read_fuller_name, read_two_quotes
from cutaway.conversation.keywords.editing.words_listed import listed_words, named_words
from cutaway.conversation.keywords.editing.words_meant import kind_in, speaks_of_words
from cutaway.conversation.keywords.editing.words_orders import read_words, words_corrected
from cutaway.conversation.keywords.editing.words_written import adding
from cutaway.conversation.keywords.heard import Heard
from cutaway.conversation.keywords.lexicon import senses
from cutaway.conversation.keywords.refusals import say_refusal
from cutaway.conversation.keywords.segments import Segment
from cutaway.conversation.keywords.targets import Target, scope_of
from cutaway.conversation.plan import Situation
from cutaway.errors import EditError
from cutaway.storyboard import edits as e
from cutaway.storyboard.apply import apply
from cutaway.storyboard.edits import Edit
from cutaway.storyboard.model import Storyboard

MAX_CHARS: Final = 600

_NEW_FILM: Final = re.compile(
    r"\b(?:make|create|generate|produce|render|start|do|give me|show me|i want|i need"
    r"|need|want)\s+(?:me\s+|us\s+)?(?:a|an|another|one more)\s+(?:(?:completely|totally"
    r"|new|second|short|quick|different|fresh|\w+-?second|vertical|square)\s+){0,3}(?:video"
    r"|film|movie|clip|ad|teaser|trailer)\b|\bnew (?:film|video|movie|project)\b|\bstart (?:over"
    r"|again|from scratch)\b",
    re.I,
)
_UNMADE: Final = re.compile(
    r"\b(?:logo|water-?mark|qr[ -]?code|voice-?over|narrat(?!or's)\w+|my voice|lip[ -]?sync\w*"
    r"|3d glasses|file format|mp4|gif|download|hashtag)s?\b",
    re.I,
)
_REASON: Final = re.compile(r"^(?:it (?:plays?|is|will|goes|runs)|that is|which|because|since|as (?:it|we|i))\b")
_LACKS: Final = re.compile(
    r"\b(?:(?:has|does|have) not (?:got |have )?|has no(?:ne|thing)?|lacks|needs|is missing|is without|still needs"
    r"|misses"
    r"|without)\b"
)
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
    r"|^(?:but |and )*(?:everything|everyone|all|anything) else (?:should |can |must )?(?:stays?|remains?|is|are"
    r"|as|be|keeps?)\b.*$"
    r"|^(?:but |and )*(?:leave|keep) (?:the (?:rest|others?|other \w+(?: \w+)?)|everything else)\b.*$"
)
_PLACE_FIRST: Final = re.compile(r"^(?:and |also |then )*(?:in|on|at|for|during|over|under|when|while|where)\b")
_NOT_THERE: Final = re.compile(r"^(?:but |only |just |though )*not (?:on|in|at|for|with|over|during|where|when|the)\b")
_SPEAKS_FOR: Final = re.compile(
    r"^(?:because |since |as |for )?(?:it|that|this|he|she|they) (?!should|must|could|can|needs?|has to"
    r"|also)(?:just |really |always )*"
    r"(?:is|was|are|[a-z]{3,}s|will|would)\b"
)
_DRAGS: Final = re.compile(
    r"^(?:because |since |as |for )?(?:it|that|this|he|she|they) (?:just |really |always )*(?:takes?|drags?|goes"
    r"|go|is|are|feels?)\b.*"
    r"\b(?:forever|ages|on|too (?:long|slow|fast|quick|short)|boring|dull|rushed|endless)\b"
)
_PACED: Final = (e.SetSpeed, e.SetDuration, e.TrimShot)
_WHOLES: Final = (e.MoveShot, e.RemoveShot, e.SetLock, e.DuplicateShot, e.SetAspect, e.SetResolution, e.SetCamera)
_LINKS: Final = frozenset("as he she it they we when while where in on at for during the a".split())
_WISHED: Final = re.compile(
    r"\b(?:should|could|can|may|might|make|let|put|add|set|give|please|want|would|change|show|turn|remove"
    r"|instead|rather|not|back|so no)\b"
)
_CUES_ALONE: Final = frozenset("too also only not just except same likewise ditto as well".split())
_BY_WHOM: Final = re.compile(r"^(?:no |but )*(?:not|only|just|except|but not)\s+(?:on|for|in|with|where|when|over)\b")
_UNWANTED: Final = re.compile(r"\b(?:should|must|do|does|did|is|are|was|were) (?:not|never)\b|\bnever\b|\bstop\b")
_LEADS: Final = re.compile(r"^(?:lead|open|start|begin|kick off|end|close|finish) (?:it )?(?:with|on)\b")
_TAKEN_BACK: Final = re.compile(r"\b(?:no|not|sorry|wait|actually|rather|instead|i mean|i meant|scratch)\b")
_THAT_IS: Final = re.compile(r"^(?:so|that is|i mean|meaning|namely|which is|in other words)\b")


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


def read_shown_notes(heard: Heard) -> Reading | None:
    """The facts of the notes a message puts on the picture, or None when it is about something else."""
    situation, film = heard.situation, heard.situation.storyboard
    if film is None or not heard.whole or len(heard.masked.text) > MAX_CHARS:
        return None
    reader = _Reader(situation, film, Line(heard.masked, heard.masked.text, _own_words(film)))
    return reader.from_notes()


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

    def from_notes(self) -> Reading | None:
        """The facts of the notes the message puts on the picture, None when it does not."""
        found = read_notes(self.message, self._stage)
        return self._done() if found is not None and self._take(*found) else None

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
            and not re.search(
                r"\b(?:caption|title|subtitle|shot|scene|seconds?|secs?|each|add|put|write)s?\b|\d"
                r" ?s\b",
                self.message.text,
            )
        ):
            whole = self._stage(self.message.part(0, len(self.message.text)))
            frame, _ = take_frame(whole.line.part(0, len(whole.text)))
            if not whole.meant.named and not frame and (found := words_corrected(whole)) is not None:
                self._take(whole, found)
                reading.unused.clear()
                return self._done()
        if self.film.overlays:
            whole = self._stage(self.message.part(0, len(self.message.text)))
            found = read_two_quotes(whole) or read_fuller_name(whole)
            if found is not None and self._take(whole, found):
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
            if n + 1 < len(parts) and complains_of_pace(sentence.text, parts[n + 1].text):
                self._speak_of(sentence, "pace")
                continue
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
        if len(after.text.split()) < 2 and not is_figure(after.text):
            return False
        stage = self._stage(without_lead(after.part(0, len(after.text))))
        if not stage.meant.shots or content(stage):
            trial = _Reader(self.situation, self.before, after)
            if not stage.meant.named and (spoken := self._spoken(self.message.part(0, match.start()))):
                trial.memory.shots, trial.memory.topic = spoken, "pace"
            if trial.read().edits or trial.reading.problem:
                self.reading, self.film = trial.reading, trial.film
                return True
            return False
        for sentence in sentences(self.message.part(0, match.start())):
            self._sentence(sentence, first=True, alone=True)
        if self.reading.edits and not self.reading.problem:
            self._extend(stage, instead=True)
        return bool(self.reading.edits)

    def _spoken(self, line: Line) -> tuple[str, ...]:
        """The shots some words name, or those of the members they name; () for none or all of them."""
        stage = self._stage(without_lead(line.part(0, len(line.text))))
        shots = stage.shots or shots_of(self.film, names_in(line, self.film))
        return shots if len(shots) < len(self.film.shots) else ()

    def _speak_of(self, line: Line, topic: str) -> None:
        if shots := self._spoken(line):
            self.memory.shots, self.memory.topic = shots, topic

    def _done(self) -> Reading:
        reading = self.reading
        self._without_idle()
        reading.same = bool(reading.edits) and self.film == self.before
        return reading

    def _without_idle(self) -> None:
        """Take out edits that a later one of the same kind makes idle: "five seconds. no, four"."""
        edits = self.reading.edits
        for n in reversed(range(len(edits) - 1)):
            if not any(type(later) is type(edits[n]) for later in edits[n + 1 :]):
                continue
            if isinstance(edits[n], e.SetTime | e.SetWeather) and not _TAKEN_BACK.search(self.message.text):
                continue  # "dawn and night" contradicts itself, and the reply says which was taken
            try:
                same = apply(self.before, [*edits[:n], *edits[n + 1 :]]) == self.film
            except EditError:
                continue
            if same:
                del edits[n]

    def _free_text(self) -> bool:
        """Words after "caption: " are the person's own to the end of the message."""
        text = self.message.text
        if (
            "⟪" in text
            or ":" not in text
            or not re.match(
                r"^[^:.!?]{0,80}\b(?:caption|title|subtitle|lower third|label|text|words"
                r"|end card|price tag|name tag|headline|card)s?\b[^:.!?]{0,60}:"
                r"|^[^:.!?]{0,40}\b(?:write|print)\b[^:.!?]{0,50}:",
                text,
            )
        ):
            return False
        stage = self._stage(without_lead(self.message.part(0, len(text))), places=False)
        found = listed_words(stage) or named_words(stage) or read_words(stage)
        return found is not None and self._take(stage, found)

    def _lacking(self, parts: list[Line], n: int) -> bool:
        """The words "the third has no caption yet. Water daily": a shot without words, and then the words."""
        if n + 2 != len(parts) or not _LACKS.search(parts[n].text) or not self.film.overlays:
            return False
        stage = self._stage(parts[n].part(0, len(parts[n].text)))
        if not stage.shots or not (
            speaks_of_words(" ".join([stage.text, *self.memory.said[:2]]).lower())
            or re.search(r"\b(?:none|nothing)\b", stage.text)
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
        put = places and PUT_IN.search(line.text)
        meant = finder.all_in(line, places=places and not put)
        if put and not meant.named:
            meant = Meant(finder.put(line))
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
        if row := read_row(line.text, self.finder.ids):
            line.use(0, len(line.text))
            self._take(stage, Found(row))
            return
        if self._comes_instead(line):
            return
        pieces = clauses(line)
        if is_remark(line.text, self.message.text) and not _WISHED.search(self.message.text):
            self._speak_of(line, "spoken")
            told = [name.cast_id for name in names_in(line, self.film)]
            self.memory.cast = tuple(dict.fromkeys([*told, *self.memory.cast]))
            self.reading.aside.append(line.typed(0, len(line.text)))
            return
        if len(pieces) == 1 and _LEADS.match(line.text):
            again = self._stage(line.part(0, len(line.text)), alone=alone)
            found = read_shot_order(again)
            if found and found.edits and all(isinstance(edit, e.MoveShot | e.DuplicateShot) for edit in found.edits):
                self._take(again, found)
                return
        for read in (read_words, read_looks, read_new_shot):
            again = self._stage(line.part(0, len(line.text)), alone=alone, places=read is read_words)
            if (found := read(again)) is not None and (self._take(again, found) or not found.edits):
                return
        if len(pieces) > 1 and (joint := self._whole(line, pieces)) is not None:
            self._take(*joint)
            return
        self._pieces([p.part(0, len(p.text)) for p in pieces], alone=alone)

    def _comes_instead(self, line: Line) -> bool:
        """The words "a pianist" right after somebody was taken out: who comes in their place."""
        last = self.reading.edits[-1] if self.reading.edits else None
        if not isinstance(last, e.RemoveCast) or not re.fullmatch(
            r"(?:an?|two|three|the|my|our) [a-z-]+(?:"
            r" [a-z-]+)?",
            line.text,
        ):
            return False
        where = [shot.id for shot in self.before.shots if last.cast_id in shot.cast and self.film.shot(shot.id)]
        stage = self._stage(Line.plain(f"add {line.text}"))
        found = joined(stage)
        if found is None or not all(isinstance(edit, e.AddCast) for edit in found.edits):
            return False
        return self._take(stage, Found([edit.model_copy(update={"shots": tuple(where)}) for edit in found.edits]))

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
        if any(is_look(piece.text) for piece in pieces[1:]) and not re.search(r"\bnot\b", line.text):
            return None  # "a magician instead, top hat and all"
        stage = self._stage(line.part(0, len(line.text)))
        if (found := (read_deed_word(stage) if len(pieces) <= 3 else None) or kept_only(stage)) is not None:
            return stage, found
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
                and waiting is None
                and not [w for w in re.findall(r"[^\W\d_]+", line.text) if w not in TALK]
                and len(line.text.split()) < 3
                and not _NAMES.search(line.text)
            ):
                continue
            if _SPEAKS_FOR.match(line.text) and self.reading.edits and isinstance(self.reading.edits[-1], _WHOLES):
                continue
            if _DRAGS.match(line.text) and self.reading.edits and isinstance(self.reading.edits[-1], _PACED):
                continue
            if _REST_STAYS.match(line.text) and (self.reading.edits or heard is not None):
                continue
            alone_line = line if waiting is not None else None
            if waiting is not None:
                line = waiting.joined(line)
                waiting = None
            if n + 1 < len(pieces) and _LENGTH_BY_FEEL.search(line.text) and re.match(SECONDS, pieces[n + 1].text):
                waiting = line  # "a bit longer, five seconds": the figure counts
                continue
            if n + 1 < len(pieces) and complains_of_pace(line.text, pieces[n + 1].text) and self._spoken(line):
                self._speak_of(line, "pace")
                heard = None
                continue
            if is_remark(line.text, self.message.text):
                if shots := self._spoken(line):
                    self.memory.shots, self.memory.topic = shots, "spoken"
                self.reading.aside.append(line.typed(0, len(line.text)))
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
                and not content(stage)
            ):
                spared = Meant(tuple(i for i in self.finder.ids if i not in stage.meant.shots))
                continue
            if _THAT_IS.match(piece.text) and stage.meant.shots and self.reading.edits and not content(stage):
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
                and (_PLACE_FIRST.match(line.text) or not set(stage.line.left()) - _LINKS)
                and not (set(content(stage)) | _CUES_ALONE & set(re.sub(r"\bas (?!well)", "", line.text).split()))
            ):
                waiting = line
                continue
            if _NOT_THERE.match(line.text) and self.reading.edits and not content(stage) and self._spare(stage):
                continue
            if not stage.meant.named and stage.cast and _BY_WHOM.match(line.text):
                inside = tuple(s.id for s in self.film.shots if set(stage.cast) & set(s.cast))
                if inside and len(inside) < len(self.film.shots):
                    stage.meant, stage.cast = Meant(inside), ()
            found = read_clause(stage, self.message.text, self.reading.edits)
            if found is None and alone_line is not None:
                # What waited was no name for this clause but a remark of its own.
                again = self._stage(alone_line.part(0, len(alone_line.text)), alone=False)
                if (found := read_clause(again, self.message.text, self.reading.edits)) is not None:
                    stage = again
            if stage.cast:
                self.memory.cast = tuple(dict.fromkeys([*stage.cast, *self.memory.cast]))
                self.memory.named = True
            if found is not None:
                self._take(stage, found)
                last = self.reading.edits[-1] if self.reading.edits else None
                if isinstance(last, e.MoveShot):
                    stage.meant = Meant((last.shot,))  # "make the beach the last, and warmer"
                heard = stage if stage.meant.named else replace(stage, meant=Meant(self._last_reach()))
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
            if (own or stage.cast) and n + 1 < len(pieces) and len(content(stage)) <= 1 and not _tells(stage):
                waiting = line
                continue
            if own and not content(stage) and self.reading.edits and not re.search(r"\bsame\b.*\bas\b", stage.text):
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
            if not self.reading.edits and (shots := self._spoken(line)):
                self.memory.shots, self.memory.topic = shots, "spoken"
            if _UNWANTED.search(stage.text) and len(like := self.finder.looking_like(stage.text)) == 1:
                # "he should not throw stones": the shot in which somebody does.
                self.memory.shots = tuple(like)
                self.memory.cast = tuple(
                    dict.fromkeys(
                        [*stage.cast, *self.film.shots[self.film.number(like[0]) - 1].cast, *self.memory.cast]
                    )
                )
                self.memory.named = True
            if _tells(stage) and not stage.cast:
                self.memory.lost = True
            if content(stage) or stage.cast:
                self.reading.aside.append(line.typed(0, len(line.text)))

    def _last_reach(self) -> tuple[str, ...]:
        """The shots of the last edit, where it is for some of them."""
        shots = getattr(self.reading.edits[-1], "shots", ()) if self.reading.edits else ()
        return shots if len(shots) < len(self.film.shots) else ()

    def _spare(self, stage: Stage) -> bool:
        """The last edit of this message leaves these shots out: "rain. not on the jetty though"."""
        last = self.reading.edits[-1]
        now = getattr(last, "shots", None)
        out = stage.shots or shots_of(self.film, names_in(Line.plain(stage.text), self.film))
        if now is None or not out:
            return False
        reach = tuple(i for i in now or self.finder.ids if i not in out)
        if reach == now:
            return True
        if not reach:
            return False
        return self._instead(last, reach)

    def _extend(self, stage: Stage, *, instead: bool = False) -> None:
        """The last edit of this message reaches these shots too: "slower in the first and the last"."""
        last = self.reading.edits[-1]
        shots = getattr(last, "shots", None)
        if isinstance(last, e.AddCast) and (not shots or re.match(r"(?:but |and )?(?:just|only)\b", stage.text)):
            instead = True  # "a cat, just in the first": nowhere else
        if shots is None:
            return
        # "light him through blinds, shots one and three": nobody said that it was for the whole film.
        reach = stage.shots if instead or not shots else tuple(dict.fromkeys((*shots, *stage.shots)))
        self._instead(last, reach)

    def _instead(self, last: Edit, shots: tuple[str, ...]) -> bool:
        """The last edit for these shots instead; True when the film took it."""
        other = last.model_copy(update={"shots": shots})
        try:
            self.film = apply(self.before, [*self.reading.edits[:-1], other])
        except EditError:
            return False
        self.reading.edits[-1] = other
        self.reading.scopes[-1] = scope_of(self.before, shots)
        return True

    def _take(self, stage: Stage, found: Found) -> bool:
        """Apply what was found; True when the film took it."""
        if found.problem and not found.edits and self.reading.edits and "hich shot" in found.problem:
            self.reading.aside.append(stage.line.typed(0, len(stage.text)))
            return False
        if found.problem and not found.edits:
            self._problem(found.problem, found.choices)
            return True
        edits = [edit for edit in found.edits if sensible(edit, self.film, self.message.masked)]
        if len(edits) < len(found.edits):
            edits = [edit for edit in edits if not isinstance(edit, e.SetShotCast)]  # who did what made no sense
        if not edits or (len(edits) < len(found.edits) and any(isinstance(edit, e.AddShot) for edit in edits)):
            if found.edits:
                self.memory.cast = tuple(dict.fromkeys([*stage.cast, *self.memory.cast]))
                self.reading.aside.append(stage.line.typed(0, len(stage.text)))
            return False
        try:
            after = apply(self.film, edits)
        except EditError as error:
            problem, choices = say_refusal(self.film, edits, error)
            self._problem(problem, choices)
            return True
        self.film = after
        self.reading.edits += edits
        self.reading.notes += stage.notes
        spoken = [edit.cast_id for edit in edits if isinstance(edit, e.ChangeCast)]
        spoken += [edit.member.id for edit in edits if isinstance(edit, e.AddCast)]
        self.memory.cast = tuple(dict.fromkeys([*spoken, *self.memory.cast]))
        if any(isinstance(edit, e.RemoveCast) for edit in edits):
            self.memory.named, self.memory.members = False, ()
        self.reading.scopes.append(reached(self.before, after, edits))
        unused = content(stage)
        if unused:
            self.reading.unused.append(" ".join(unused))
        return True

    def _problem(self, problem: str, choices: tuple[str, ...]) -> None:
        self.reading.problem, self.reading.choices = problem, choices


def _tells(stage: Stage) -> bool:
    """Whether a clause that orders nothing is a remark with a verb of its own: "the clown scares my son"."""
    return any(word.endswith("s") and senses(word).get("VERB", word) != word for word in content(stage))


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
            found[-1] = found[-1].joined(part, ": ")
        else:
            found.append(part)
    return found
