"""One clause of a description: who does what, where, when, in what weather, seen how."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from cutaway.conversation.keywords.acting import RESTING
from cutaway.conversation.keywords.lexicon import is_only, is_past
from cutaway.conversation.keywords.phrases import (
    Thing,
    drawable,
    known_subject,
    noun_of,
    plainly_named,
    plural,
    read_thing,
    tokens,
)
from cutaway.conversation.keywords.places import (
    SETTING_CHARS,
    leading_place,
    night_of,
    phrase_end,
    place_of,
    read_scenery,
    take_places,
)
from cutaway.conversation.keywords.scenery import camera, seconds, time_of_day, weather
from cutaway.conversation.keywords.text import cut
from cutaway.conversation.keywords.verbs import base, find_verb
from cutaway.conversation.keywords.words import (
    ADVERBS,
    BE,
    CONJUNCTIONS,
    DETERMINERS,
    FIRST_OR_SECOND,
    INDEFINITE,
    NUMBERS,
    PLACE_PREPOSITIONS,
    PLACES,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SINGULAR,
    VERB_BASES,
    WEATHERS,
)
from cutaway.storyboard.model import Camera, TimeOfDay, Weather

_LEAD: Final = re.compile(
    r"^(?:(?:and|then|next|after that|after this|afterwards?|finally|lastly|at last|in the end|later|meanwhile"
    r"|suddenly|"
    r"first(?: of all)?|now|also|so|but|while|as|where|when|cut to|(?:we|you) (?:can )?(?:see|open on|start "
    r"(?:on|with|in)|begin (?:on|with|in)|cut to|end (?:on|with)|move to|are in)|(?:somewhere|elsewhere"
    r"|nearby)|of|about|featuring"
    r"|showing|there(?:'s| is| are)|"
    r"(?:it |the (?:film|video) )?(?:opens?|opening|closes?|closing|starts?|starting|begins?|ends?|ending)(?: on"
    r"| with)|"
    r"in the (?:next|first|second|third|last|final) (?:shot|scene)|"
    r"(?:a |an )?(?:time[- ]?lapse|footage|shot|scene|view|picture|image|close view"
    r"|(?:(?:slow|wide|long|close|tight|low|high|static|aerial|drone|establishing)[- ])+(?:angle )?shot"
    r"|slow[- ]motion(?: shot)?) of|(?:shot|scene)\s*(?:\d+|one|two|three|four|five)|(?:the )?(?:first|second|third"
    r"|last|final|next) (?:shot|scene)(?: is| shows)?)\b[\s,:.-]*)+",
    re.I,
)
_ACTION_CHARS: Final = 300


@dataclass(frozen=True, slots=True)
class Clause:
    """What one clause says; None or empty where it says nothing. `carried` means "the one from before".

    `companions` are others doing something of their own in the same shot.
    """

    text: str
    subjects: tuple[Thing, ...] = ()
    carried: bool = False
    verb: str = ""
    action: str = ""
    objects: tuple[Thing, ...] = ()
    setting: str = ""
    time: TimeOfDay | None = None
    weather: Weather | None = None
    camera: Camera | None = None
    seconds: float | None = None
    determined: bool = False
    indefinite: bool = False
    spoken: bool = False
    companions: tuple[Clause, ...] = ()
    lighting: str = ""

    @property
    def scenic(self) -> bool:
        """Whether the clause says where, when or in what weather."""
        return bool(self.setting or self.time or self.weather)

    @property
    def useful(self) -> bool:
        """Whether a shot can be made of it."""
        return bool(self.subjects or (self.verb and self.carried) or self.scenic)

    @property
    def clear(self) -> bool:
        """Whether it reads as a picture even without "make a video of": a known who or where, doing or being."""
        if self.spoken:
            return False
        if any(other.clear for other in self.companions):
            return True
        if not self.subjects:
            return bool(self.setting)
        nouns = [noun_of(thing.kind.split()) for thing in self.subjects]
        if self.setting:
            return self.determined or any(drawable(noun) for noun in nouns)
        if self.verb or self.scenic:
            test = drawable if self.verb in VERB_BASES else known_subject
            known = any(test(word) for thing in self.subjects for word in thing.kind.split())
            told = self.verb in VERB_BASES or len(self.action.split()) > 2 or bool(self.objects)
            return known or (self.indefinite and bool(self.verb) and told)
        return self.only_named or bool(self.camera and self.indefinite and any(map(drawable, nouns)))

    @property
    def only_named(self) -> bool:
        """Whether it only names somebody or something that can be drawn: "a boat", "two red apples"."""
        if self.spoken or self.verb or self.action or self.objects or self.setting or not self.subjects:
            return False
        kinds = [[word for word in thing.kind.split() if word.lower() not in NUMBERS] for thing in self.subjects]
        return all(
            drawable(noun_of(words)) and (len(words) == 1 or self.determined or plainly_named(words)) for words in kinds
        )

    @property
    def only_craft(self) -> bool:
        """Whether it only says how a shot is seen or how long."""
        empty = not self.subjects and not self.carried and not self.scenic and not self.verb
        return empty and not self.action and bool(self.camera or self.seconds)


def read_clause(text: str, *, opening: bool = False) -> Clause:
    """What this clause says. Quotes in it are masked as `⟪n⟫`; `opening` says that none came before it."""
    original = text.strip()
    rest = _LEAD.sub("", original)
    move, rest = camera(rest)
    if move:
        rest = re.sub(r"^(?:on|of|to|at|as|while)\s+", "", rest, flags=re.I)
    length, rest = seconds(rest)
    sky, rest = weather(rest)
    time, rest = time_of_day(rest)
    words = tokens(_LEAD.sub("", rest))
    while words and words[-1].lower() in CONJUNCTIONS | {","}:
        words.pop()
    while words and words[0].lower() in {"and", "as", "while", ",", "then"}:
        words = words[1:]
    spoken = any(word.lower() in FIRST_OR_SECOND for word in words[:2])
    words, led = leading_place(words)
    at, kind = find_verb(words, opening=opening)
    if at is None:
        return _without_verb(original, words, led, time, sky, move, length, spoken)
    head, predicate = words[:at], words[at:]
    while len(head) > 1 and is_only(head[-1], "ADV") and head[-1].lower() not in PLACES:
        head, predicate = head[:-1], [*predicate[:1], head[-1], *predicate[1:]]
    if len(head) > 1 and head[-1].lower() in RELATIVES:
        head = head[:-1]
    while predicate and predicate[0].lower() in BE:
        predicate = predicate[1:]
    passive = bool(predicate) and (is_past(predicate[0].lower()) or predicate[0].lower() in RESTING)
    if kind == "be" and predicate and not passive and not predicate[0].lower().endswith("ing"):
        # "the dog is happy", "the lamp is on a table": being something is not doing something.
        predicate = ["", *predicate]
    verb = base(predicate[0]) if predicate else ""
    head, inner = _split_at_preposition(head)
    if len(head) > 2 and head[-2].lower() == "of" and head[-1].lower() in {"it", "them", "this", "that"}:
        head = head[:-2]  # "a can of it"
    carried = not head or head[0].lower() in PRONOUNS or head[-1].lower() in {"them", "it"}
    subjects = () if carried else _things(head)
    setting, left = take_places(predicate[1:] + inner, verb)
    objects, left = _take_objects(left)
    owned, left = _take_traits(left, inner, subjects)
    scene, seen = ("", "") if carried else read_scenery(head)
    if seen and (setting or led or scene):
        time = time or night_of(seen)
        setting, subjects = setting or led or scene, ()
        action = " ".join([seen, *predicate[:1], *left])
    elif (place := place_of(head)) and not carried and not any(known_subject(t.head) for t in subjects):
        # "the city sleeps": the place is where we are, not somebody in the cast.
        setting, subjects, left = setting or place, (), left
        predicate = [*head, *predicate]
        action = " ".join([*predicate[: len(head) + 1], *left])
    else:
        action = " ".join([*predicate[:1], *left])
    return Clause(
        text=original,
        subjects=owned,
        carried=carried,
        verb=verb,
        action=_tidy(action),
        objects=objects,
        setting=setting or led,
        time=time,
        weather=sky,
        camera=move,
        seconds=length,
        determined=_starts(head, DETERMINERS),
        indefinite=_starts(head, INDEFINITE),
        spoken=spoken,
    ) if subjects or carried else Clause(
        text=original, carried=False, verb=verb, action=_tidy(action), setting=setting or led, time=time, weather=sky,
        camera=move, seconds=length, spoken=spoken,
    )  # fmt: skip


def _without_verb(
    text: str,
    words: list[str],
    led: str,
    time: TimeOfDay | None,
    sky: Weather | None,
    move: Camera | None,
    length: float | None,
    spoken: bool,
) -> Clause:
    words = [word for word in words if word.lower() not in BE]
    head, rest = _split_at_preposition(words)
    if sky is None and head and (sky := WEATHERS.get(head[-1].lower())):
        # "a storm at sea": the weather is not somebody in the cast.
        head = []
    scene, seen = read_scenery(head)
    setting, left = take_places(rest, "")
    if seen and (setting or led or scene):
        return Clause(
            text=text, action=_tidy(" ".join([seen, *left])), setting=setting or led or scene,
            time=time or night_of(seen), weather=sky, camera=move, seconds=length, spoken=spoken,
        )  # fmt: skip
    place = place_of(head)
    if place and (not setting or not known_subject(head[-1])) and not any(w.lower() == "and" for w in head):
        setting, head = (f"{place} {' '.join(rest)}" if rest and setting else place), []
    objects, left = _take_objects(left)
    carried = bool(head) and head[0].lower() in PRONOUNS
    subjects = () if carried or not head else _things(head)
    owned, left = _take_traits(left, rest, subjects)
    return Clause(
        text=text,
        subjects=owned,
        carried=carried,
        action=_tidy(" ".join(left)),
        objects=objects,
        setting=cut(setting or led, SETTING_CHARS),
        time=time,
        weather=sky,
        camera=move,
        seconds=length,
        determined=_starts(head, DETERMINERS),
        indefinite=_starts(head, INDEFINITE),
        spoken=spoken,
    )


def _starts(words: list[str], kinds: frozenset[str]) -> bool:
    return bool(words) and (words[0].lower() in kinds or words[0].isdigit())


def _split_at_preposition(words: list[str]) -> tuple[list[str], list[str]]:
    for i, word in enumerate(words):
        if word.lower() in PREPOSITIONS and word.lower() != "of":
            return words[:i], words[i:]
    return words, []


def _things(words: list[str]) -> tuple[Thing, ...]:
    """The things joined by "and" or commas in a subject."""
    groups: list[list[str]] = [[]]
    for word in words:
        if word.lower() in {"and", ","}:
            groups.append([])
        else:
            groups[-1].append(word)
    named = [group for group in groups if group and not all(is_only(word, "ADV", "ADJ") for word in group)]
    return tuple(thing for group in named if (thing := read_thing(group)))


_TOWARDS: Final = frozenset("to with at towards for past among".split())


def _take_objects(words: list[str]) -> tuple[tuple[Thing, ...], list[str]]:
    """Known subjects after the verb: "chases a cat", "with a dog", "rides a horse". "a" becomes "the"."""
    found: list[Thing] = []
    kept: list[str] = []
    i = 0
    while i < len(words):
        word = words[i].lower()
        held = i > 1 and words[i - 1].lower() == "of" and words[i - 2].lower() not in {"go", "hold"}
        if word in DETERMINERS and not held:
            end = phrase_end(words, i + 1)
            thing = read_thing(words[i:end])
            if thing and known_subject(thing.head):
                found.append(thing)
                kept += ["the" if word in INDEFINITE and word in SINGULAR else words[i], *words[i + 1 : end]]
                i = end
                continue
        if (
            i
            and words[i - 1].lower() in _TOWARDS
            and plural(word)
            and known_subject(word)
            and (thing := read_thing([word]))
        ):
            found.append(thing)
        kept.append(words[i])
        i += 1
    return tuple(found), kept


def _take_traits(left: list[str], inner: list[str], subjects: tuple[Thing, ...]) -> tuple[tuple[Thing, ...], list[str]]:
    """The words "a girl with a red umbrella": what belongs to the one subject becomes its description."""
    if len(subjects) != 1 or not inner or inner[0].lower() not in {"with", "without", "in"}:
        return subjects, left
    end = phrase_end(inner, 1)
    phrase = inner[:end]
    if known_subject(phrase[-1]):
        return subjects, left
    thing = subjects[0]
    traits = ", ".join(part for part in (thing.description, " ".join(phrase)) if part)
    described = Thing(thing.head, thing.kind, thing.name, thing.colour, cut(traits, 200), thing.definite, thing.other)
    n = len(phrase)
    for i in range(len(left) - n + 1):
        if left[i : i + n] == phrase:
            return (described,), left[:i] + left[i + n :]
    return subjects, left


def _tidy(text: str) -> str:
    text = re.sub(r"\s+,", ",", text)
    text = re.sub(
        rf"(?:[\s,;:]|\b(?:{'|'.join(sorted(CONJUNCTIONS | (PLACE_PREPOSITIONS - ADVERBS)))})\b)+$",
        "",
        text,
        flags=re.I,
    )
    return cut(text.strip(" ,;:"), _ACTION_CHARS)
