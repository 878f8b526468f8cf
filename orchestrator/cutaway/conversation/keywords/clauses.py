"""One clause of a description: who does what, where, when, in what weather, seen how."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from cutaway.conversation.keywords.phrases import Thing, known_subject, plural, read_thing, tokens
from cutaway.conversation.keywords.scenery import camera, seconds, time_of_day, weather
from cutaway.conversation.keywords.text import cut
from cutaway.conversation.keywords.words import (
    ADJECTIVES,
    ADVERBS,
    BE,
    CLIMBED,
    COLOURS,
    CONJUNCTIONS,
    DETERMINERS,
    FIRST_OR_SECOND,
    HEIGHTS,
    INDEFINITE,
    INSIDE_PREPOSITIONS,
    NOT_PLACES,
    NOT_VERBS,
    NUMBERS,
    PLACE_PREPOSITIONS,
    PLACES,
    PLURAL_COUNTS,
    PREPOSITIONS,
    PRONOUNS,
    SINGULAR,
    THINGS,
    TRAVERSALS,
    VEHICLES,
    VERB_FORMS,
)
from cutaway.storyboard.model import Camera, TimeOfDay, Weather

_LEAD: Final = re.compile(
    r"^(?:(?:and|then|next|after that|after this|afterwards?|finally|lastly|at last|in the end|later|meanwhile"
    r"|suddenly|"
    r"first(?: of all)?|now|also|so|but|while|as|where|when|cut to|(?:we|you) (?:can )?see|of|about|featuring"
    r"|showing|there(?:'s| is| are)|"
    r"(?:it |the (?:film|video) )?(?:opens?|opening|closes?|closing|starts?|starting|begins?|ends?|ending)(?: on"
    r"| with)|"
    r"in the (?:next|first|second|third|last|final) (?:shot|scene)|"
    r"(?:a |an )?(?:time[- ]?lapse|footage|shot|scene|view|picture|image|wide shot|close view"
    r"|slow[- ]motion(?: shot)?) of|(?:shot|scene)\s*(?:\d+|one|two|three|four|five)|(?:the )?(?:first|second|third"
    r"|last|final|next) (?:shot|scene)(?: is| shows)?)\b[\s,:.-]*)+",
    re.I,
)
_ELSEWHERE: Final = {"underwater": "underwater", "upstairs": "stairs", "downstairs": "stairs", "downtown": "downtown"}
_SETTING_CHARS: Final = 100
_ACTION_CHARS: Final = 300


@dataclass(frozen=True, slots=True)
class Clause:
    """What one clause says; None or empty where it says nothing. `carried` means "the one from before"."""

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
        if not self.subjects:
            return bool(self.setting)
        known = any(known_subject(thing.kind.split()[-1]) for thing in self.subjects)
        if self.setting:
            return known or self.determined
        return (known and bool(self.verb or self.scenic)) or (self.indefinite and self.verb in VERB_FORMS)

    @property
    def only_craft(self) -> bool:
        """Whether it only says how a shot is seen or how long."""
        empty = not self.subjects and not self.carried and not self.scenic and not self.verb
        return empty and not self.action and bool(self.camera or self.seconds)


def read_clause(text: str) -> Clause:
    """What this clause says. Quotes in it are masked as `⟪n⟫`."""
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
    words, led = _leading_place(words)
    at, kind = _find_verb(words)
    if at is None:
        return _without_verb(original, words, led, time, sky, move, length, spoken)
    head, predicate = words[:at], words[at:]
    while predicate and predicate[0].lower() in BE:
        predicate = predicate[1:]
    if kind == "be" and predicate and not predicate[0].lower().endswith("ing"):
        # "the dog is happy", "the lamp is on a table": being something is not doing something.
        predicate = ["", *predicate]
    verb = _base(predicate[0]) if predicate else ""
    head, inner = _split_at_preposition(head)
    carried = not head or head[0].lower() in PRONOUNS or head[-1].lower() in {"them", "it"}
    subjects = () if carried else _things(head)
    setting, left = take_places(predicate[1:] + inner, verb)
    objects, left = _take_objects(left)
    owned, left = _take_traits(left, inner, subjects)
    if (place := place_of(head)) and not carried and not any(known_subject(t.head) for t in subjects):
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
    setting, left = take_places(rest, "")
    place = place_of(head)
    if place and (not setting or not known_subject(head[-1])) and not any(w.lower() == "and" for w in head):
        setting, head = (f"{place} {_after(rest)}".strip() if rest and setting else place), []
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
        setting=cut(setting or led, _SETTING_CHARS),
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


def _find_verb(words: list[str]) -> tuple[int | None, str]:
    """Where the verb stands and its form; None when the words are only a noun phrase."""
    if not words:
        return None, ""
    lower = [word.lower() for word in words]
    if lower[0] in PRONOUNS:
        start = 1
        while start < len(lower) and (
            lower[start] in BE | ADVERBS or lower[start] in {"then", "also"} or lower[start].endswith("ly")
        ):
            start += 1
        return (start, "third") if start < len(words) and lower[start] not in PREPOSITIONS else (None, "")
    first = VERB_FORMS.get(lower[0])
    noun_first = (
        first is not None and first[1] == "third" and len(lower) > 1 and VERB_FORMS.get(lower[1], ("", ""))[1] == "base"
    )
    if (
        first
        and not noun_first
        and not (first[1] == "base" and len(lower) > 1 and lower[1] in VERB_FORMS)
        and (len(lower) == 1 or lower[1] not in VERB_FORMS or first[1] != "ing")
        and not (len(lower) > 1 and first[1] != "third" and known_subject(lower[1]) and lower[1] not in DETERMINERS)
    ):
        return 0, first[1]
    noun = False
    for i, word in enumerate(lower):
        if word in BE and noun and i + 1 < len(lower):
            return i, "be"
        form = VERB_FORMS.get(word)
        before = lower[i - 1] if i else ""
        after = lower[i + 1] if i + 1 < len(lower) else ""
        if noun and before not in PREPOSITIONS | DETERMINERS and word not in NOT_VERBS:
            if form and (
                form[1] != "base"
                or _plural_before(lower[:i])
                or (known_subject(before) and after in PREPOSITIONS | ADVERBS)
            ):
                return i, form[1]
            if not form and _sounds_like_a_verb(word, before, after, lower):
                return i, "third"
        if word in {"that", "who", "which"}:
            continue
        noun = noun or not (
            word in DETERMINERS | COLOURS | ADJECTIVES | PREPOSITIONS | CONJUNCTIONS
            or word in NUMBERS
            or word in {",", ":", ";"}
            or (i <= 1 and bool(form) and form is not None and form[1] == "ing")
        )  # fmt: skip
    return None, ""


def _plural_before(lower: list[str]) -> bool:
    return "and" in lower or plural(lower[-1]) or any(word in PLURAL_COUNTS for word in lower)


def _sounds_like_a_verb(word: str, before: str, after: str, lower: list[str]) -> bool:
    """An unknown word in a verb's place: "a gnorlax juggles flaming torches"."""
    if word in NOT_VERBS or word in PLACES or known_subject(word) or after == "of" or not word.isalpha():
        return False
    placed = not after or after in DETERMINERS | PREPOSITIONS | ADVERBS | PRONOUNS | {",", "and"}
    if word.endswith("ing") and len(word) > 4:
        return placed
    return (
        word.endswith("s")
        and not word.endswith("ss")
        and len(word) > 3
        and placed
        and (lower[0] in SINGULAR or after in DETERMINERS)
    )


def _base(word: str) -> str:
    form = VERB_FORMS.get(word.lower())
    return form[0] if form else word.lower()


def _leading_place(words: list[str]) -> tuple[list[str], str]:
    """The words "On a beach, a crab walks" and "in the city a dog barks": the place in front and the words after it."""
    if not words or words[0].lower() not in PLACE_PREPOSITIONS:
        return words, ""
    lower = [word.lower() for word in words]
    stop = (
        lower.index(",")
        if "," in lower
        else next(
            (
                i
                for i, word in enumerate(lower)
                if i > 1 and word in DETERMINERS | PRONOUNS and lower[i - 1] not in PREPOSITIONS
            ),
            0,
        )
    )
    if not stop:
        return words, ""
    place = place_of(words[1:stop]) or (_bare(words[1:stop]) if lower[0] in INSIDE_PREPOSITIONS else "")
    return (words[stop:] if lower[stop] != "," else words[stop + 1 :], place) if place else (words, "")


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
    return tuple(thing for group in groups if group and (thing := read_thing(group)))


def _phrase_end(words: list[str], start: int) -> int:
    """Where the noun phrase that starts here ends."""
    i = start
    while i < len(words):
        word = words[i].lower()
        if (
            word in {",", ";", ":", "instead", "too", "please", "again", "now"}
            or word in CONJUNCTIONS
            or (word in PREPOSITIONS and word != "of")
        ):
            break
        if i > start and word in PRONOUNS:
            break
        i += 1
    return i


def _bare(words: list[str]) -> str:
    """A noun phrase without its article."""
    while words and words[0].lower() in DETERMINERS:
        words = words[1:]
    return " ".join(words)


def place_of(words: list[str]) -> str:
    """The phrase as a setting when it ends in a place the ear knows, else empty."""
    lower = [word.lower() for word in words]
    named = lower[: lower.index("of")] if "of" in lower else lower
    if not lower or not (lower[-1] in PLACES or (named and named[-1] in PLACES)):
        return ""
    return _setting(words)


def _setting(words: list[str]) -> str:
    place = _bare(words)
    last = place.split()[-1].lower() if place else ""
    if last in HEIGHTS and "mountain" not in place.lower():
        place = f"mountain {place}"
    return cut("sky" if place.lower() in {"air", "skies"} else place, _SETTING_CHARS)


def _after(words: list[str]) -> str:
    return " ".join(words)


def take_places(words: list[str], verb: str = "") -> tuple[str, list[str]]:
    """The setting in a predicate, and the words without it."""
    setting, kept, i = "", [], 0
    adjacent = False
    if verb in TRAVERSALS and words and words[0].lower() not in PREPOSITIONS:
        end = _phrase_end(words, 0)
        if place := place_of(words[:end]):
            setting, i = place, end
            if words[end - 1].lower() in CLIMBED:
                kept = words[:end]
            adjacent = True
    while i < len(words):
        word = words[i].lower()
        if word in _ELSEWHERE and not setting:
            setting, i = _ELSEWHERE[word], i + 1
            continue
        if word not in PLACE_PREPOSITIONS:
            kept.append(words[i])
            adjacent = False
            i += 1
            continue
        end = _phrase_end(words, i + 1)
        phrase = words[i + 1 : end]
        known = place_of(phrase)
        place = known or _unknown_place(word, phrase, bool(setting))
        if place and not setting:
            setting, adjacent = place, True
            if phrase[-1].lower() in CLIMBED:
                kept += words[i:end]
        elif place and adjacent and len(setting) + len(place) < _SETTING_CHARS - 20:
            setting = f"{setting} {words[i].lower()} {_bare(phrase)}"
        else:
            kept += words[i:end]
            adjacent = False
        i = max(end, i + 1)
    return setting, kept


def _unknown_place(preposition: str, phrase: list[str], settled: bool) -> str:
    """A place nobody listed: "in a volcano lair", "in Paris", "on a park bench"."""
    lower = [word.lower() for word in phrase]
    if not lower or known_subject(lower[-1]) or lower[-1] in VEHICLES | COLOURS | THINGS | NOT_PLACES:
        return ""
    if any(word in PLACES for word in lower) and preposition in INSIDE_PREPOSITIONS | {"on", "by", "near"}:
        return _setting(phrase)
    if preposition in INSIDE_PREPOSITIONS - {"at", "into"} and (
        phrase[-1][:1].isupper() or (lower[0] in DETERMINERS and not settled)
    ):
        return _setting(phrase)
    return ""


def _take_objects(words: list[str]) -> tuple[tuple[Thing, ...], list[str]]:
    """Known subjects after the verb: "chases a cat", "with a dog", "rides a horse". "a" becomes "the"."""
    found: list[Thing] = []
    kept: list[str] = []
    i = 0
    while i < len(words):
        word = words[i].lower()
        if word in DETERMINERS and (not i or words[i - 1].lower() != "of"):
            end = _phrase_end(words, i + 1)
            thing = read_thing(words[i:end])
            if thing and known_subject(thing.head):
                found.append(thing)
                kept += ["the" if word in INDEFINITE and word in SINGULAR else words[i], *words[i + 1 : end]]
                i = end
                continue
        kept.append(words[i])
        i += 1
    return tuple(found), kept


def _take_traits(left: list[str], inner: list[str], subjects: tuple[Thing, ...]) -> tuple[tuple[Thing, ...], list[str]]:
    """The words "a girl with a red umbrella": what belongs to the one subject becomes its description."""
    if len(subjects) != 1 or not inner or inner[0].lower() not in {"with", "without", "in"}:
        return subjects, left
    end = _phrase_end(inner, 1)
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
