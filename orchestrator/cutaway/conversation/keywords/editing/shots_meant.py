"""Which shots a few words mean: by number, by place, by what is seen in them, or by what was spoken of last."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from cutaway.conversation.keywords.editing.line import Line
from cutaway.conversation.keywords.editing.memory import Memory
from cutaway.conversation.keywords.editing.stems import alike, bag
from cutaway.conversation.keywords.parts import split_clauses
from cutaway.conversation.keywords.words import NUMBERS, ORDINALS, TIMES
from cutaway.storyboard.model import Shot, Storyboard

NOUN: Final = r"(?:shots?|scenes?|clips?|parts?|bits?|moments?|segments?|sections?|takes?|pieces?|frames?|sequences?)"
_ONES: Final = rf"(?:{NOUN}|ones?)"
_UNIT: Final = r"(?!\s*(?:seconds?\b|secs?\b|s\b|x\b|%|p\b|times\b|percent|minutes?\b|mins?\b|hours?\b|k\b))"
_COUNT: Final = r"two|three|four|five|six|2|3|4|5|6|couple(?: of)?"
_NO_LOOKS: Final = frozenset("other same new first second third last".split())
_N: Final = rf"(?:\d{{1,5}}|one|two|three|four|five|six|seven|eight|nine|ten){_UNIT}"
_ONE_LIST: Final = rf"{_N}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*)(?:{NOUN}\s+|number\s+)?{_N})*"
_LIST: Final = (
    rf"{_N}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*|\s*-\s*|\s+to\s+|\s+through\s+)(?:{NOUN}\s+|number\s+)?{_N})*"
)
_NTH: Final = "|".join(
    [
        *sorted((w for w in ORDINALS if w not in {"final", "closing", "opening"}), key=len, reverse=True),
        "second to last",
        "second last",
        "next to last",
        "middle",
        "final",
        "closing",
        "opening",
    ]
)
_IN: Final = (
    r"(?:\b(?:in|on|of|for|from|to|at|during|into|over|with|and|just|only|about|around|through|throughout|within"
    r"|across"
    r"|is|be)\s+){0,3}"
)
NUMBERED: Final = re.compile(
    rf"{_IN}\b(?:the\s+)?(?:shots|scenes|clips|parts|numbers)\s*(?:number\s*|no\.?\s*"
    rf"|#\s*)?(?P<list>{_LIST})(?![\w.]*\w)"
    # "set the seed of shot 1 to 42": only several shots have a "to" between numbers.
    rf"|{_IN}\b(?:the\s+)?(?:shot|scene|clip|part|number|nr\.?|no\.)\s*(?:number\s*|no\.?\s*"
    rf"|#\s*)?(?P<one>{_ONE_LIST})(?![\w.]*\w)"
    rf"|#\s?(?P<hash>\d{{1,3}})\b"
)
_BARE: Final = re.compile(
    r"\b(?P<lead>on|in|for|to|unlock|lock|freeze|delete|remove|drop|retake|redo|duplicate"
    rf"|repeat|swap|move|keep)\s+(?P<n>\d{{1,2}}){_UNIT}(?![.:,]?\d)(?=\s*(?:$|[,.;·]"
    r"|and\b|too\b))"
)
NTH: Final = re.compile(
    rf"(?<!\ba )(?<!\ban )(?<!\banother )(?<!\bone )(?<!\bnew ){_IN}\b(?<!\ba )(?<!\ban )(?<!\banother "
    rf")(?:(?P<the>the|my|your|this)\s+)?(?:very\s+)?(?P<which>{_NTH})\s+(?:(?P<count>{_COUNT})\s+)?(?P<noun>"
    rf"(?:\w+\s+)?{_ONES})\b"
    rf"|{_IN}\bthe\s+(?:very\s+)?(?P<bare>{_NTH})(?:\s+(?P<count2>{_COUNT}))?\b(?=\s*(?:$"
    r"|[,.;:!?]|(?:and|but|in|at|to|on|is|are|was|has"
    r"|it|we|he|she|they|i|there|make|let|put|have|should|could|can|must|needs?|goes|a|as|too|also|instead|with"
    r"|please|again"
    r"|though|then|not|lasts?|plays?|ought|·+)\b|·))"
)
_HEAD: Final = re.compile(rf"^(?:the )?(?P<which>{_NTH})(?=\s*[:,-])")
_EVERY: Final = re.compile(
    rf"{_IN}\b(?:(?:all|every|each|any)\s+(?:of\s+)?(?:the\s+|these\s+|those\s+|my\s+)?(?:single\s+)?(?:other"
    rf"\s+)?{_ONES}"
    r"|(?:all|each|every\s+one|the)\s+(?:two|three|four|five|six)(?:\s+of\s+(?:them|these|those))"
    r"|all\s+(?:two|three|four|five|six)\b|(?:all|each|every\s+one)\s+of\s+(?:them|these|those)|them\s+all"
    r"|(?:the\s+)?(?:whole"
    r"|entire)\s+(?:film|video|movie|thing|clip|story|piece)"
    r"|everywhere|throughout|everything|overall|all\s+over|all\s+of\s+it|it\s+all|(?:per"
    r"|a)\s+(?:shot|scene)|(?<!\bat )(?<!\bafter )all)\b"
)
_BOTH: Final = re.compile(
    rf"{_IN}\bboth(?:\s+of\s+(?:them|these|those))?(?:\s+{_ONES})?\b|{_IN}\b(?:those"
    rf"|these|the)\s+two(?:\s+{_ONES})?\b(?!\s+\w+s\b)"
)
_OTHER: Final = re.compile(
    rf"{_IN}\b(?:the\s+)?(?:rest|others|other(?:\s+(?P<count>{_COUNT}))?(?:\s+{_ONES})?"
    rf"|remaining\s+(?:{_COUNT}\s*)?{_ONES})(?:\s+of\s+(?:it|them|the\s+\w+))?(?=\s*(?:$"
    r"|[,.;:!?·])|\s)"
)
_THAT: Final = re.compile(
    rf"{_IN}\b(?:(?:that|this|the\s+same)\s+{_ONES}|those\s+{_ONES}|there(?!\s+(?:is"
    r"|are|was|should|needs?|could|can|must|will|has))"
    r"|at\s+(?:that|this)\s+point|the\s+(?:new|copied|added)\s+(?:one|shot|scene)|(?:the"
    r"|that)\s+copy|the\s+duplicate|in\s+it)\b"
)
_END: Final = re.compile(
    r"\b(?:at|for|towards?|in|to)\s+the\s+(?:very\s+)?(?P<end>end|finish|start|beginning"
    r"|front|opening|ending)\b(?!\s+of\s+(?:the\s+)?(?:shot|first|last|second|third|\w+\s+shot))"
)
_ENDING: Final = re.compile(
    r"^(?:the )?(?:very )?(?P<end>end|finish|ending|finale|start|beginning|opening|intro)(?=\s+(?:in"
    r"|at|with|should|could|must|needs?|on|is|too|slower|faster|darker|brighter|longer"
    r"|shorter)\b)"
)
_EXCEPT: Final = re.compile(
    r"\b(?:except(?:\s+for)?|apart\s+from|but\s+not|other\s+than|excluding|not\s+counting"
    r"|besides|(?:all|everything|everywhere|everyone)\s+but)\b"
)
_ONE_WITH: Final = re.compile(
    rf"{_IN}\b(?:the\s+|that\s+)?(?P<noun>{_ONES})\s+(?:(?:with|where|of|showing|that"
    r"|which|in\s+which|when|in|on|at|by|near|around|from|inside)\s+)+"
    r"(?P<what>(?:(?:it|he|she|they|we|see|says|has|shows|is|the|a|an|his|her|my|their)\s+)*(?:[\w-]+\s*){1,4})"
)
_NAMED_ONE: Final = re.compile(
    rf"{_IN}\b(?:the|that|my|our"
    rf"|your)\s+(?P<what>(?:[\w-]+\s+){{1,3}}?)(?P<noun>{_ONES})\b"
)
_START: Final = re.compile(
    r"^(?P<what>[a-z]+)(?=\s+(?:in|at|with|by|on|during|should|could|must|needs?|a|twice"
    r"|longer|shorter|slower|faster|brighter|darker|first|last|goes|comes)\b|\s*:)"
)
_START_DOING: Final = re.compile(
    r"^(?:the )?(?P<what>[a-z]+ing)(?=\s+(?:not|is|was|can|goes|out|drags|feels|takes|lasts|sends|has|seems|needs)\b)"
)
_NO_START: Final = frozenset(
    "make let have show put set turn change add play move give keep get take cut go look start begin "
    "end zoom fade open bring use try come fly walk see write name call light".split()
)
_BARE_ONE: Final = re.compile(rf"(?:^|,\s|\band\s)(?P<what>(?:[\w-]+\s+){{1,2}}?)(?P<noun>{NOUN})\b")
_COUNTED: Final = re.compile(r"^(?P<n>two|three|four|five|six)(?=\s+(?:in|at|with|should|needs?)\b)")
_IN_PLACE: Final = re.compile(
    r"\b(?P<lead>in|at|on|by|inside|for|to|before|after|during|with|of|over|under|near|around)\s+(?:(?:the|his"
    r"|her|their|that|this|our|my)\s+|(?!(?:a|an|some|another|it|them|him|me|us)\b))(?P<what>[\w-]+(?:\s+[\w-]+)?)\b"
)
_WHILE: Final = re.compile(
    r"\b(?:while|when|as|where|moment)\s+(?:(?:the|a|his|her|it|he|she|they|we|before"
    r"|is|are|says|see)\s+)*(?P<what>[\w-]+(?:\s+[\w-]+){0,2})\b"
)
_THE_DOING: Final = re.compile(r"\b(?:the|that|this|his|her)\s+(?P<what>[\w-]+(?:\s+[\w-]+)?)\b")
_BETWEEN: Final = re.compile(
    rf"{_IN}\bbetween\s+(?:(?:the|those|these|all|both)\s+)*(?:two|{_ONES}|them)?(?=\s|$|[,.])"
)


@dataclass(frozen=True, slots=True)
class Meant:
    """The shots some words mean. `whole`: the film was named; `pronoun`: by "it" or "that one"; `wrong`: no such shot.

    `choice`: several shots fit and one was meant.
    """

    shots: tuple[str, ...] = ()
    whole: bool = False
    pronoun: bool = False
    wrong: str = ""
    choice: tuple[str, ...] = ()

    @property
    def named(self) -> bool:
        """Whether anything was named at all."""
        return bool(self.shots or self.whole or self.choice)


class Finder:
    """Finds what shots a line names; what it finds is taken out of the line."""

    def __init__(self, film: Storyboard, memory: Memory) -> None:
        told = _told(film, memory)
        self.film = film
        self.memory = memory
        self.ids = tuple(shot.id for shot in film.shots)
        cast = frozenset(w for c in film.cast for w in bag(f"{c.kind} {c.name}"))
        self._deeds = {shot.id: _deeds(film, shot) | (told.get(shot.id, frozenset()) - cast) for shot in film.shots}
        said = (w.lower() for c in film.cast for w in re.findall(r"[^\W\d_]+", f"{c.kind} {c.name}"))
        self._names = frozenset(name for word in said for name in (word, f"{word}s"))
        self._bags = {shot.id: _looks(film, shot) | told.get(shot.id, frozenset()) for shot in film.shots}

    def all_in(self, line: Line, *, places: bool = True) -> Meant:
        """Every shot the line names, "except" taken into account. `places`: "in the cave" may name a shot."""
        cut = line.find(_EXCEPT)
        if cut is not None:
            line.use(cut.start(), cut.end())
            tail = line.part(cut.end(), len(line.text))
            spared = self._named(tail, places=True)
            if spared.shots and not spared.whole:
                at = line.text.rindex(tail.text)
                line.free = line.free[:at] + tail.free + line.free[at + len(tail.text) :]
                head = self._named(line, places=places)
                reach = head.shots or self.ids
                return Meant(tuple(i for i in reach if i not in spared.shots))
        return self._named(line, places=places)

    def _named(self, line: Line, *, places: bool) -> Meant:
        found: list[str] = []
        pronoun = False
        for hit in iter(lambda: line.take(NUMBERED), None):
            numbers = _numbers(hit["hash"] or hit["list"] or hit["one"])
            if wrong := next((n for n in numbers if not 1 <= n <= len(self.ids)), None):
                return Meant(wrong=str(wrong))
            found += [self.ids[n - 1] for n in numbers]
        for hit in iter(lambda: line.take(NTH), None):
            shots = self._nth(hit)
            if not shots:
                return Meant(wrong=hit["which"] or hit["bare"])
            found += shots
        if (match := line.find(_HEAD)) is not None and not found:
            found += self._nth_of(match["which"])
            line.use(match.start(), match.end())
        while (match := line.find(_BARE)) is not None and 1 <= int(match["n"]) <= len(self.ids):
            line.use(match.start("n"), match.end())
            found.append(self.ids[int(match["n"]) - 1])
        if (match := line.find(_BOTH)) is not None and not re.search(r"\bboth\s+(?:\w+\s+){1,2}and\b", line.text):
            pair = self._pair()
            if pair:
                line.use(match.start(), match.end())
                found += pair
        whole = False
        if not found and (match := line.take(_EVERY)):
            whole = True
        if not found and (match := line.find(_OTHER)):
            line.use(match.start(), match.end())
            spoken = self.memory.shots or self.memory.reach
            others = [i for i in self.ids if i not in spoken]
            if spoken and others:
                found += others
            else:
                return Meant(choice=self.ids)
        if (match := line.find(_COUNTED)) and not found and NUMBERS.get(match["n"], 99) <= len(self.ids):
            line.use(match.start("n"), match.end("n"))
            found.append(self.ids[NUMBERS[match["n"]] - 1])
        for pattern in (_ONE_WITH, _NAMED_ONE, _BARE_ONE):
            for hit in pattern.finditer(line.free):
                shots, end = self._described(hit["what"], everything=True)
                if not shots:
                    continue
                if hit["noun"].rstrip("s") == hit["noun"] and len(shots) > 1 and not found:
                    return Meant(choice=tuple(shots))
                stop = hit.start("what") + end if pattern is _ONE_WITH else hit.end()
                line.use(hit.start(), stop)
                found += [i for i in shots if i not in found]
        for pattern in (_START, _START_DOING, _WHILE, _IN_PLACE, _THE_DOING) if places and not whole else ():
            for hit in pattern.finditer(line.free):
                if pattern is _START and (hit["what"] in _NO_START or found):
                    continue
                shots, end = self._described(hit["what"])
                if shots and "·" not in line.free[hit.start() : hit.start("what") + end]:
                    found += [i for i in shots if i not in found]
                    line.use(hit.start(), hit.start("what") + end)
        if not found and not whole and (match := line.take(_THAT)):
            found += self.memory.shots or self.memory.reach
            pronoun = bool(found)
        if not found and not whole and (match := line.find(_END) or line.find(_ENDING)):
            line.use(match.start(), match.end())
            found.append(self.ids[-1] if match["end"] in {"end", "finish", "ending", "finale"} else self.ids[0])
        ordered = tuple(i for i in self.ids if i in found)
        return Meant(ordered, whole=whole and not ordered, pronoun=pronoun)

    def _described(self, words: str, *, everything: bool = False) -> tuple[list[str], int]:
        """The shots the first of these words describe, and where those end. `everything`: cast and weather too."""
        end = 0
        used: list[str] = []
        for match in re.finditer(r"[^\s·]+", words):
            one = bag(match[0])
            known = not one or any(alike(w, t) for w in one for t in self._words(everything))
            known = known and (everything or match[0] not in self._names)
            if not known and (used or not (everything or any(w in self._words(True) for w in one))):
                break
            if one and known:
                used.append(match[0])
                end = match.end()
        return (self.looking_like(" ".join(used), everything=everything), end) if used else ([], 0)

    def _words(self, everything: bool) -> frozenset[str]:
        bags = self._bags if everything else self._deeds
        return frozenset(word for one in bags.values() for word in one)

    def looking_like(self, words: str, *, everything: bool = False) -> list[str]:
        """The shots these words describe, never all of them: those that share most of the words."""
        wanted = bag(words) - _NO_LOOKS
        scores: dict[str, int] = {}
        for shot_id in self.ids:
            deeds, there = self._deeds[shot_id], self._bags[shot_id] if everything else frozenset()
            scores[shot_id] = sum(
                2 if any(alike(w, t) for t in deeds) else any(alike(w, t) for t in there) for w in wanted
            )
        best = max(scores.values())
        shots = [i for i in self.ids if scores[i] == best] if best else []
        return shots if len(shots) < len(self.ids) else []

    def _nth_of(self, word: str) -> list[str]:
        match = NTH.search(f"the {word} shot")
        return self._nth(match) if match else []

    def _nth(self, match: re.Match[str]) -> list[str]:
        word = match["which"] or match["bare"]
        count = match["count"] or match["count2"] or ""
        many = 2 if count.startswith("couple") else int(count) if count.isdigit() else NUMBERS.get(count, 1)
        total = len(self.ids)
        if word == "middle":
            mid = total // 2
            return (
                list(self.ids[1:-1])
                if many > 1
                else [self.ids[mid]]
                if total % 2
                else list(self.ids[mid - 1 : mid + 1])
            )
        n = -2 if word in {"second to last", "second last", "next to last", "penultimate"} else ORDINALS[word]
        if n < 0:
            at = total + n
            return list(self.ids[max(0, at - many + 1) : at + 1]) if at >= 0 else []
        return list(self.ids[n - 1 : n - 1 + many])

    def _pair(self) -> tuple[str, ...]:
        if len(self.ids) == 2:
            return self.ids
        return self.memory.shots if len(self.memory.shots) == 2 else ()


def _told(film: Storyboard, memory: Memory) -> dict[str, frozenset[str]]:
    """The words each shot was described with, where a message described every one of them."""
    for text in memory.told:
        parts = split_clauses(text)
        # "Three scenes please. Scene one: ...": what comes first only announces them.
        parts = parts[1:] if len(parts) == len(film.shots) + 1 else parts
        if len(parts) == len(film.shots) > 1 and all(
            not shot.action or bag(shot.action) & bag(part) for shot, part in zip(film.shots, parts, strict=True)
        ):
            return {shot.id: bag(part) for shot, part in zip(film.shots, parts, strict=True)}
        found: dict[str, frozenset[str]] = {}
        at = ""
        for part in re.split(r"[.;,:]|\b(?:and|then|finally)\b", text):
            words = bag(part)
            fits = [
                s.id
                for s in film.shots
                if s.action and any(alike(a, w) for a in bag(s.action.split()[0]) for w in words)
            ]
            at = fits[0] if len(fits) == 1 else at
            if at:
                found[at] = found.get(at, frozenset()) | words
        if len(found) == len(film.shots):
            return found
    return {}


def _deeds(film: Storyboard, shot: Shot) -> frozenset[str]:
    """What is done and where, without who."""
    names = {w.lower() for c in film.cast for w in re.findall(r"[^\W\d_]+", f"{c.kind} {c.name}")}
    names |= {f"{name}s" for name in names}
    said = " ".join(w for w in re.findall(r"[^\W\d_]+", shot.action) if w.lower() not in names)
    return bag(f"{said} {shot.setting}")


def _looks(film: Storyboard, shot: Shot) -> frozenset[str]:
    times = " ".join(word for word, value in TIMES.items() if value == shot.time_of_day and shot.time_of_day != "day")
    weather = "" if shot.weather == "clear" else f"{shot.weather} {shot.weather}y"
    people = " ".join(f"{m.kind} {m.name} {m.colour} {m.description}" for c in shot.cast if (m := film.member(c)))
    return bag(f"{shot.action} {shot.setting} {times} {weather} {people}")


def _numbers(words: str) -> list[int]:
    found: list[int] = []
    span = False
    for part in re.findall(r"\d+|[a-z]+|-", words):
        if part in {"to", "through", "-"}:
            span = True
        elif part.isdigit() or part in NUMBERS:
            n = int(part) if part.isdigit() else NUMBERS[part]
            if span and found and found[-1] < n <= found[-1] + 60:
                found += range(found[-1] + 1, n)
            found.append(n)
            span = False
    return list(dict.fromkeys(found))
